"""Mastheads of many files, each compared with those of the others before it is given on.

What a file says of its neighbours is known when all have been read. Until then mastheads lie on disk: memory holds a
few words a file, whatever their number.
"""

from __future__ import annotations

import pickle
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from newspaper_cli.errors import UnwritableError
from newspaper_cli.runs import compare_places, place_of, settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from newspaper_cli.document import Issue

# Some thousand mastheads: most runs never touch the disk.
_IN_MEMORY: Final = 1 << 23


def compare_issues(issues: Iterable[Issue]) -> Iterator[Issue]:
    """Give the mastheads of issues in their order, with what the issues of the same title say of each.

    Raises:
        UnwritableError: there is no room for what has to wait.
    """
    with SpooledTemporaryFile(_IN_MEMORY) as waiting:
        places = []
        for issue in issues:
            places.append(place_of(issue))
            _put(issue, waiting)
        verdicts = compare_places(places)
        waiting.seek(0)
        for index in range(len(places)):
            # The file is our own and has no name: nobody else wrote what is read here.
            issue = pickle.load(waiting)  # noqa: S301
            yield settle(issue, verdicts[index]) if index in verdicts else issue


def _put(issue: Issue, waiting: IO[bytes]) -> None:
    # Pickle, not JSON: of bytes that are no text, surrogates stand in the issue, which JSON cannot hold.
    masthead = replace(issue, articles=(), furniture=(), repairs=())
    try:
        pickle.dump(masthead, waiting, pickle.HIGHEST_PROTOCOL)
    except OSError as error:
        message = f"cannot write to the folder for temporary files: {error.strerror or error}"
        raise UnwritableError(message) from error
