"""Addresses are read and written as paths are: in order, whole or not at all, and with errors that say what to do."""

from __future__ import annotations

import os
import pickle
import sys
from typing import TYPE_CHECKING, Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from newspaper_cli.batch.remote import RemoteFile, RemoteStore, is_remote
from newspaper_cli.errors import MissingExtraError, NewspaperError, UnreadableError, UnwritableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = "溪桥日报\n2019年3月5日 星期二\n".encode()
LIMIT = 1 << 20


class RefusingFileSystem(MemoryFileSystem):  # type: ignore[misc]
    """A store with folders that does not write over a file when moving, as HDFS."""

    protocol = "refusing"
    store: dict[str, Any] = {}  # noqa: RUF012  # as fsspec has it
    pseudo_dirs = [""]  # noqa: RUF012

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.replace("refusing://", "memory://")))

    def mv(self, path1: str, path2: str, **_: object) -> None:
        if self.exists(path2):
            self.refuse(path2)
            return
        self.cp_file(path1, path2)
        self.rm_file(path1)

    def refuse(self, path: str) -> None:
        raise FileExistsError(path)


class SilentFileSystem(RefusingFileSystem):
    """A store that refuses without a word, as WebHDFS."""

    protocol = "refusing"

    def refuse(self, path: str) -> None:
        pass


class BrokenFileSystem(MemoryFileSystem):  # type: ignore[misc]
    """A store whose driver has errors of its own."""

    protocol = "broken"

    class Error(Exception):
        pass

    def ls(self, path: str, **_: object) -> list[str]:
        raise self.Error("no credentials for " + path)

    def _open(self, path: str, *_: object, **__: object) -> object:
        raise self.Error("no credentials for " + path)

    pipe_file = exists = info = _open


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    yield
    for kind in (MemoryFileSystem, RefusingFileSystem):
        kind.store.clear()
        kind.pseudo_dirs[:] = [""]


@pytest.fixture(params=["memory", "file", "refusing", "silent"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a folder in a store of each kind."""
    if request.param == "file":
        return f"file://{tmp_path}"
    if request.param != "memory":
        kind = RefusingFileSystem if request.param == "refusing" else SilentFileSystem
        fsspec.register_implementation("refusing", kind, clobber=True)
        return "refusing://archive/pages"
    return "memory://archive/pages"


@pytest.mark.parametrize(
    "address", ["s3://bucket/a", "gs://b", "hdfs://host:8020/x", "memory://", "file:///tmp/a", "S3://bucket"]
)
def test_addresses(address: str) -> None:
    assert is_remote(address)


@pytest.mark.parametrize("path", ["a", "/home/a", "C:\\pages", "c://pages", "a/s3://b", "", "-", "报纸://a", "s3:/a"])
def test_paths_are_no_addresses(path: str) -> None:
    assert not is_remote(path)
    with pytest.raises(UsageError, match="no address"):
        RemoteStore(path)


def test_what_is_written_is_read(folder: str) -> None:
    store = RemoteStore(folder)
    for name in ("a.txt", "deep/er/报 [1]*.txt", "empty"):
        data = PAGE if name != "empty" else b""
        assert not store.exists(f"{folder}/{name}")
        store.write_whole(f"{folder}/{name}", data)
        assert store.exists(f"{folder}/{name}")
        assert store.read(f"{folder}/{name}", LIMIT) == data
        store.write_whole(f"{folder}/{name}", b"new")
        assert store.read(f"{folder}/{name}", LIMIT) == b"new"
    assert not [file for file in store.list_folder(folder).files if file.address.endswith(".part")]


def test_folders_are_listed_one_at_a_time_in_order(folder: str) -> None:
    store = RemoteStore(folder)
    for name in ("b.txt", "a.txt", "B.txt", "报.txt", "x/c.txt", "x/y/d.txt", "w/e.txt"):
        store.write_whole(f"{folder}/{name}", PAGE)
    listing = store.list_folder(folder)
    names = ("B.txt", "a.txt", "b.txt", "报.txt")
    assert listing.files == tuple(RemoteFile(f"{folder}/{name}", len(PAGE)) for name in names)
    assert listing.folders == (f"{folder}/w", f"{folder}/x")
    assert store.list_folder(f"{folder}/x/") == store.list_folder(f"{folder}/x")
    assert [file.address for file in store.list_folder(listing.folders[1]).files] == [f"{folder}/x/c.txt"]
    assert not listing.others


def test_what_is_listed_is_what_is_there_now(folder: str) -> None:
    reader, writer = RemoteStore(folder), RemoteStore(folder)
    for count in range(1, 4):
        writer.write_whole(f"{folder}/{count}.txt", PAGE)
        assert len(reader.list_folder(folder).files) == count


def test_an_empty_folder(tmp_path: Path) -> None:
    store = RemoteStore("file:///")
    store.make_folder(f"file://{tmp_path}/a/b")
    store.make_folder(f"file://{tmp_path}/a/b")
    assert (tmp_path / "a" / "b").is_dir()
    assert store.list_folder(f"file://{tmp_path}/a/b").files == ()
    assert store.list_folder(f"file://{tmp_path}/a").folders == (f"file://{tmp_path}/a/b",)


def test_links_and_pipes_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "link.txt").symlink_to("page.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling.txt").symlink_to("none")
    os.mkfifo(tmp_path / "pipe")
    listing = RemoteStore("file://").list_folder(f"file://{tmp_path}")
    assert [file.address.rpartition("/")[2] for file in listing.files] == ["link.txt", "page.txt"]
    assert [place.rpartition("/")[2] for place in listing.others] == ["dangling.txt", "loop", "pipe"]
    assert listing.folders == ()


def test_a_marker_of_a_folder_is_no_file() -> None:
    MemoryFileSystem().pipe_file("/archive/x/a.txt", PAGE)

    class Marking(MemoryFileSystem):  # type: ignore[misc]
        protocol = "marking"

        @classmethod
        def _strip_protocol(cls, path: str) -> str:
            return str(super()._strip_protocol(path.replace("marking://", "memory://")))

        def ls(self, path: str, **options: object) -> list[dict[str, object]]:
            return [{"name": f"{path}/", "type": "file", "size": 0}, *super().ls(path, **options)]

    fsspec.register_implementation("marking", Marking, clobber=True)
    listing = RemoteStore("marking://archive").list_folder("marking://archive/x")
    assert [file.address for file in listing.files] == ["marking://archive/x/a.txt"]


@pytest.mark.parametrize(("limit", "fits"), [(len(PAGE) - 1, False), (len(PAGE), True)])
def test_no_more_is_read_than_asked_for(folder: str, limit: int, *, fits: bool) -> None:
    store = RemoteStore(folder)
    store.write_whole(f"{folder}/a.txt", PAGE)
    if fits:
        assert store.read(f"{folder}/a.txt", limit) == PAGE
    else:
        with pytest.raises(UnreadableError, match=r"a\.txt is larger than"):
            store.read(f"{folder}/a.txt", limit)


def test_streams(folder: str) -> None:
    store = RemoteStore(folder)
    for content in (PAGE, b"new"):
        with store.open_write(f"{folder}/a.txt") as file:
            file.write(content[:2])
            assert not store.exists(f"{folder}/a.txt") or store.read(f"{folder}/a.txt", LIMIT) == PAGE
            file.write(content[2:])
        with store.open_read(f"{folder}/a.txt") as file:
            assert (file.read(2), file.read()) == (content[:2], content[2:])
    assert [file.address for file in store.list_folder(folder).files] == [f"{folder}/a.txt"]


def test_a_stream_that_breaks_off_leaves_what_was_there(folder: str) -> None:
    store = RemoteStore(folder)
    store.write_whole(f"{folder}/a.txt", PAGE)

    def write() -> None:
        with store.open_write(f"{folder}/a.txt") as file:
            file.write(b"half")
            raise UsageError

    with pytest.raises(UsageError):
        write()
    assert store.read(f"{folder}/a.txt", LIMIT) == PAGE
    assert [file.address for file in store.list_folder(folder).files] == [f"{folder}/a.txt"]


def test_files_of_this_machine_are_put(folder: str, tmp_path: Path) -> None:
    store = RemoteStore(folder)
    (tmp_path / "shard").write_bytes(PAGE * 1000)
    for _ in range(2):
        store.put_file(tmp_path / "shard", f"{folder}/out/issues.jsonl")
        assert store.read(f"{folder}/out/issues.jsonl", LIMIT) == PAGE * 1000
    with pytest.raises(UnwritableError, match=r"cannot write .*other: (.*none|No such file.*)$"):
        store.put_file(tmp_path / "none", f"{folder}/out/other")
    assert not store.exists(f"{folder}/out/other")


def test_files_are_removed(folder: str) -> None:
    store = RemoteStore(folder)
    store.write_whole(f"{folder}/a.txt", PAGE)
    store.remove(f"{folder}/a.txt")
    assert not store.exists(f"{folder}/a.txt")
    store.remove(f"{folder}/a.txt")


def test_what_is_not_there_is_said(folder: str) -> None:
    store = RemoteStore(folder)
    with pytest.raises(UnreadableError, match=r"none\.txt does not exist") as caught:
        store.read(f"{folder}/none.txt", LIMIT)
    assert isinstance(caught.value.__cause__, OSError)
    with pytest.raises(UnreadableError, match="none does not exist"):
        store.list_folder(f"{folder}/none")


def test_a_file_is_no_folder(folder: str) -> None:
    store = RemoteStore(folder)
    store.write_whole(f"{folder}/a.txt", PAGE)
    with pytest.raises(UnreadableError, match=r"a\.txt is a file, not a folder"):
        store.list_folder(f"{folder}/a.txt")


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = RemoteStore("file:///")
    with pytest.raises(UnwritableError, match=r"cannot write file://.*/file/a\.txt: ") as caught:
        store.write_whole(f"file://{tmp_path}/file/a.txt", PAGE)
    assert isinstance(caught.value.__cause__, OSError)
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnwritableError, match="cannot write"):
        store.write_whole(f"file://{tmp_path}/folder", PAGE)
    with pytest.raises(UnwritableError, match="cannot write"):
        store.make_folder(f"file://{tmp_path}/file/a")


def test_errors_of_drivers_become_errors_of_this_program() -> None:
    fsspec.register_implementation("broken", BrokenFileSystem, clobber=True)
    store = RemoteStore("broken://archive")
    for action in (
        lambda: store.list_folder("broken://archive/x"),
        lambda: store.read("broken://archive/x", LIMIT),
        lambda: store.exists("broken://archive/x"),
        lambda: store.write_whole("broken://archive/x", PAGE),
    ):
        with pytest.raises(NewspaperError, match=r"broken://archive/x.*no credentials for") as caught:
            action()
        # It may work another time.
        assert isinstance(caught.value.__cause__, OSError)
        assert isinstance(caught.value, UnreadableError | UnwritableError)


def test_another_process_makes_the_store_anew(folder: str) -> None:
    store = RemoteStore(folder)
    store.write_whole(f"{folder}/a.txt", PAGE)
    packed = pickle.dumps(store)
    assert len(packed) < 150
    assert pickle.loads(packed).read(f"{folder}/a.txt", LIMIT) == PAGE  # noqa: S301  # written above


def test_an_address_of_another_store_is_refused() -> None:
    store = RemoteStore("memory://archive/x")
    for address in ("memory://archive2/a", "s3://archive/a", "a"):
        with pytest.raises(UsageError, match="is not in memory://archive"):
            store.exists(address)
    assert not store.exists("MEMORY://archive/a")


def test_the_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'newspaper-cli\[remote\]'"):
        RemoteStore("memory://a").exists("memory://a")


@pytest.mark.parametrize(("scheme", "module"), [("s3", "s3fs"), ("gs", "gcsfs"), ("hdfs", "pyarrow.fs")])
def test_the_driver_that_is_missing_is_named(scheme: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    package = module.partition(".")[0]
    with pytest.raises(MissingExtraError, match=rf"^{scheme}:// needs a package .*pip install {package}$"):
        RemoteStore(f"{scheme}://a").list_folder(f"{scheme}://a/b")


def test_an_unknown_kind_of_address_is_said() -> None:
    with pytest.raises(UsageError, match="nowhere:// is no kind of address"):
        RemoteStore("nowhere://a").exists("nowhere://a/b")
