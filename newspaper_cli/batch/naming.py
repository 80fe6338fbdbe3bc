"""Names of outputs: after the names of the inputs, and no two alike on any system the folder may be moved to."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from newspaper_cli.batch.compression import plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def name_outputs(names: Sequence[str]) -> list[str]:
    """Name the output of each file of one folder after its stem, or after its whole name where stems are equal.

    >>> name_outputs(["a.txt", "a.text", "b.txt.gz", "B.TXT"])
    ['a.txt', 'a.text', 'b', 'B~2']
    """
    stems = {name: _stem(name) for name in names}
    whole = _keep_suffix(stems)
    return distinct(name if name in whole else stems[name] for name in names)


def distinct(names: Iterable[str]) -> list[str]:
    """Number names that some systems take for one: names that differ in case, or in how an accent is encoded.

    >>> distinct(["Page", "page", "page~2"])
    ['Page', 'page~2', 'page~2~2']
    """
    taken: set[str] = set()
    return [_reserved(name, taken) for name in names]


def key_of(name: str) -> str:
    """Give what is equal for names that some system takes for one."""
    return unicodedata.normalize("NFC", name).casefold()


def _reserved(name: str, taken: set[str]) -> str:
    chosen, count = name, 1
    while (key := key_of(chosen)) in taken:
        count += 1
        chosen = f"{name}~{count}"
    taken.add(key)
    return chosen


def _keep_suffix(stems: Mapping[str, str]) -> frozenset[str]:
    """Find the names whose stem is that of another one, or is the whole of one found so."""
    whole: frozenset[str] = frozenset()
    while True:
        outputs = Counter(name if name in whole else stem for name, stem in stems.items())
        more = {name for name, stem in stems.items() if name not in whole and outputs[stem] > 1}
        if not more:
            return whole
        whole |= more


def _stem(name: str) -> str:
    return PurePath(plain_name(name)).stem
