"""The ledger of a run whose output lies at an address, where files can be put but not gone on with.

It is kept in a folder of this machine, and what is new in it is put beside the output every few seconds, a segment at a
time. The next run, perhaps on another machine, puts the segments together again.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Self

from newspaper_cli.batch.atomic import SUFFIX
from newspaper_cli.batch.ledger import Ledger
from newspaper_cli.batch.manifest import NAME
from newspaper_cli.batch.remote import RemoteStore

if TYPE_CHECKING:
    from newspaper_cli.batch.tasks import Options

_SEGMENTS: Final = f"{NAME}{SUFFIX}s"
# Seconds between two segments: what a kill may cost in work to be done again.
_BETWEEN: Final = 20


class RemoteLedger(Ledger):
    """Hold what a run has done so far, here and at the address of its output."""

    def __init__(self, address: str, options: Options, *, fresh: bool = False) -> None:
        """Take the address; `fresh` forgets what earlier runs did there."""
        self._home = TemporaryDirectory()
        super().__init__(Path(self._home.name), options, fresh=fresh)
        self._address = address.rstrip("/")
        self._store = RemoteStore(address)
        self._sent = self._number = 0
        self._last = time.monotonic()

    def __enter__(self) -> Self:
        """Fetch what earlier runs left, and go on with it.

        Raises:
            UnreadableError: it cannot be fetched.
        """
        segments = self._segments()
        complete = [address for address in (f"{self._address}/{NAME}",) if self._store.exists(address)]
        self._fetch(complete, self._path(""))
        self._fetch(segments, self._path(SUFFIX))
        super().__enter__()
        self._number = len(segments)
        self._sent = self._file.tell()
        if not self._sent:
            # They were of other options, or shall be forgotten: what they tell of is about to be written over.
            self._remove([*segments, *complete])
        return self

    def __exit__(self, *_: object) -> None:
        """Send what was not finished, for the next run."""
        try:
            if self._path(SUFFIX).exists():
                self.flush()
                self._send()
        finally:
            super().__exit__()
            self._home.cleanup()

    def flush(self) -> None:
        """Make what was set down safe, now and then at the address too."""
        super().flush()
        if time.monotonic() - self._last >= _BETWEEN:
            self._send()

    def finish(self, *, ordered: bool = True) -> None:
        """Put the whole manifest at its address; the segments go.

        Raises:
            UnwritableError: it cannot be written there.
        """
        super().finish(ordered=ordered)
        self._store.put_file(self._path(""), f"{self._address}/{NAME}")
        self._remove(self._segments())

    def _segments(self) -> list[str]:
        folder = f"{self._address}/{_SEGMENTS}"
        if not self._store.exists(folder):
            return []
        return [file.address for file in self._store.list_folder(folder).files]

    def _fetch(self, addresses: list[str], path: Path) -> None:
        for address in addresses:
            with self._store.open_read(address) as there, path.open("ab") as here:
                shutil.copyfileobj(there, here)

    def _send(self) -> None:
        end = self._file.tell()
        self._last = time.monotonic()
        if end > self._sent:
            with self._path(SUFFIX).open("rb") as file:
                file.seek(self._sent)
                data = file.read(end - self._sent)
            self._number += 1
            self._store.write_whole(f"{self._address}/{_SEGMENTS}/{self._number:08}.jsonl", data)
            self._sent = end

    def _remove(self, addresses: list[str]) -> None:
        for address in addresses:
            self._store.remove(address)
