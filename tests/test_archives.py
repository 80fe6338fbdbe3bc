"""Archives: every member is read or said why not, and none of them can do harm."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import sys
import tarfile
import time
import tracemalloc
import zipfile
import zlib
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from backports import zstd

from newspaper_cli.batch import members as bounds
from newspaper_cli.batch import tars, zips
from newspaper_cli.batch.archives import ArchiveReader, Member, is_archive, list_members
from newspaper_cli.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

PAGE = "溪桥日报\n2019年3月5日 星期二\n本报讯 昨日下午,溪桥水库新闸落成。\n".encode()
SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar.zst")
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    ".tar": bytes,
    ".tar.gz": gzip.compress,
    ".tgz": gzip.compress,
    ".tar.bz2": bz2.compress,
    ".tar.xz": lzma.compress,
    ".tar.zst": zstd.compress,
}
every_kind = pytest.mark.parametrize("suffix", SUFFIXES)
every_tar = pytest.mark.parametrize("suffix", SUFFIXES[1:])


def tar_bytes(entries: Iterable[tuple[str | tarfile.TarInfo, bytes]], form: int = tarfile.PAX_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=form) as archive:
        for name, data in entries:
            entry = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return file.getvalue()


def zip_bytes(entries: Iterable[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return file.getvalue()


def make(folder: Path, suffix: str, entries: Iterable[tuple[str, bytes]]) -> Path:
    path = folder / f"pages{suffix}"
    path.write_bytes(zip_bytes(entries) if suffix == ".zip" else COMPRESS[suffix](tar_bytes(entries)))
    return path


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def problems(path: Path) -> dict[str, str | None]:
    return {member.name: member.problem for member in list_members(path)}


def only(path: Path) -> Member:
    (member,) = list_members(path)
    return member


def read(path: Path, member: Member) -> bytes:
    with ArchiveReader() as reader:
        return reader.read(path, member)


# What works


def test_names_of_archives() -> None:
    assert all(is_archive(f"pages{suffix}") and is_archive(f"PAGES{suffix.upper()}") for suffix in SUFFIXES)
    assert not any(map(is_archive, ("page.txt", "page.txt.gz", "tar", "zip", "pages.zip.gz", "a.tar/page.txt", "")))


@every_kind
def test_members_are_listed_in_their_order_and_read(suffix: str, tmp_path: Path) -> None:
    entries = [("b/2.txt", PAGE * 3), ("a.txt", PAGE), ("empty.txt", b""), ("b/报.txt.gz", gzip.compress(PAGE))]
    path = make(tmp_path, suffix, entries)
    members = list(list_members(path))
    assert [(member.name, member.size) for member in members] == [(name, len(data)) for name, data in entries]
    assert not any(member.problem or member.hidden for member in members)
    with ArchiveReader() as reader:
        assert [reader.read(path, member) for member in members] == [data for _, data in entries]
        # Backward, too, and again after another archive.
        assert [reader.read(path, member) for member in members[::-1]] == [data for _, data in entries[::-1]]


@every_kind
def test_a_reader_goes_from_archive_to_archive(suffix: str, tmp_path: Path) -> None:
    one = make(tmp_path, suffix, [("a.txt", b"one")])
    other = make(tmp_path, ".zip" if suffix != ".zip" else ".tar", [("a.txt", b"other")])
    with ArchiveReader() as reader:
        for path, data in ((one, b"one"), (other, b"other"), (one, b"one")):
            assert reader.read(path, only(path)) == data


@every_kind
def test_an_archive_may_be_empty(suffix: str, tmp_path: Path) -> None:
    assert not list(list_members(make(tmp_path, suffix, [])))


@every_kind
def test_hidden_members_are_marked(suffix: str, tmp_path: Path) -> None:
    names = ["__MACOSX/._a.txt", ".b.txt", "x/.git/c.txt", "x/d.txt", "./e.txt"]
    path = make(tmp_path, suffix, [(name, PAGE) for name in names])
    assert [member.hidden for member in list_members(path)] == [True, True, True, False, False]


@every_kind
def test_the_same_path_written_otherwise_is_one_name(suffix: str, tmp_path: Path) -> None:
    path = make(tmp_path, suffix, [("./x//a.txt", PAGE), ("y/./b.txt", PAGE)])
    assert list(problems(path)) == ["x/a.txt", "y/b.txt"]


def test_folders_are_no_members(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "pages.tar", "w") as archive:
        folder = tarfile.TarInfo("x")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as packed:
        packed.mkdir("x")
    assert not list(list_members(tmp_path / "pages.tar"))
    assert not list(list_members(tmp_path / "pages.zip"))


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_names_of_every_kind_of_tar(form: int, tmp_path: Path) -> None:
    name = "/".join(["folder" * 10] * 3) + "/page.txt"
    path = write(tmp_path, "a.tar", tar_bytes([(name, PAGE), ("b.txt", PAGE)], form))
    members = list(list_members(path))
    assert [member.name for member in members] == [name, "b.txt"]
    assert [read(path, member) for member in members] == [PAGE, PAGE]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_method_of_zip(method: int, tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", zip_bytes([("a.txt", PAGE * 1000)], method))
    assert read(path, only(path)) == PAGE * 1000


def test_sizes_behind_the_data_and_sizes_of_64_bits(tmp_path: Path) -> None:
    class Pipe(io.BytesIO):
        """A file that cannot go back, so that sizes are written behind the data."""

        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", PAGE)
        with archive.open("b.txt", "w", force_zip64=True) as file:
            file.write(PAGE)
    path = write(tmp_path, "a.zip", pipe.getvalue())
    assert [read(path, member) for member in list_members(path)] == [PAGE, PAGE]


def test_a_zip_may_stand_behind_something_else(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", b"#!/bin/sh\n" + zip_bytes([("a.txt", PAGE)]))
    assert read(path, only(path)) == PAGE


# Names


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../a.txt", "has .. in it"),
        ("x/../../a.txt", "has .. in it"),
        ("x/..", "has .. in it"),
        ("/etc/passwd", "absolute"),
        ("C:/a.txt", "absolute"),
        ("c:a.txt", "absolute"),
        ("x\\..\\a.txt", "backslash"),
        ("\\\\host\\a.txt", "backslash"),
        (".", "no name"),
    ],
)
@pytest.mark.parametrize("suffix", [".zip", ".tar"])
def test_names_that_lead_out_are_refused(suffix: str, name: str, reason: str, tmp_path: Path) -> None:
    path = make(tmp_path, suffix, [(name, PAGE), ("good.txt", PAGE)])
    bad, good = list_members(path)
    assert reason in str(bad.problem)
    assert bad.name == name
    with pytest.raises(UnreadableError, match=reason):
        read(path, bad)
    assert read(path, good) == PAGE


@every_kind
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_second_of_a_name_is_refused(suffix: str, tmp_path: Path) -> None:
    path = make(tmp_path, suffix, [("a.txt", b"first"), ("a.txt", b"other"), ("./a.txt", b"third")])
    first, *others = list_members(path)
    assert read(path, first) == b"first"
    assert ["another member of this name" in str(member.problem) for member in others] == [True, True]


@every_kind
def test_archives_in_archives_are_not_entered(suffix: str, tmp_path: Path) -> None:
    inner = [(f"inner{kind}", b"") for kind in SUFFIXES]
    path = make(tmp_path, suffix, [*inner, ("page.txt.gz", b"")])
    found = problems(path)
    assert ["not entered" in str(found[name]) for name, _ in inner] == [True] * len(inner)
    assert found["page.txt.gz"] is None


def legacy_zip(raw: list[bytes]) -> bytes:
    """Make a .zip as programs did that knew no UTF-8: the names in the encoding of the system, and no word about it."""
    data = zip_bytes([("#" * (len(name) - 2) + f"{place:02}", PAGE) for place, name in enumerate(raw)])
    for place, name in enumerate(raw):
        data = data.replace(b"#" * (len(name) - 2) + b"%02d" % place, name)
    return data


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("gb18030", ["人民来信/第一版.txt", "人民来信/第二版.txt"]),
        ("big5", ["華僑日報/第一版.txt", "華僑日報/第二版.txt"]),
        ("utf-8", ["Zürich/Blatt.txt", "Zürich/Ärger.txt"]),
        ("cp437", ["café/page.txt", "Zürich/page.txt"]),
    ],
)
def test_names_of_a_zip_that_does_not_tell_their_encoding(encoding: str, names: list[str], tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", legacy_zip([name.encode(encoding) for name in names]))
    members = list(list_members(path))
    assert [member.name for member in members] == names
    assert [read(path, member) for member in members] == [PAGE, PAGE]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("人民来信/第一版.txt".encode("gb18030"), "人民来信/第一版.txt"),
        ("Zürich/Blatt.txt".encode("latin-1"), "Zürich/Blatt.txt"),
        ("人民来信.txt".encode(), "人民来信.txt"),
    ],
)
def test_names_of_a_tar_that_are_not_utf_8(raw: bytes, name: str, tmp_path: Path) -> None:
    entry = tarfile.TarInfo(raw.decode("utf-8", "surrogateescape"))
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT, errors="surrogateescape") as archive:
        entry.size = len(PAGE)
        archive.addfile(entry, io.BytesIO(PAGE))
    path = write(tmp_path, "a.tar", file.getvalue())
    assert only(path).name == name
    assert read(path, only(path)) == PAGE


def test_a_name_that_is_no_text_is_written_in_hexadecimal() -> None:
    assert bounds.read_name(b"a\xff.txt", "utf-8") == "a%FF.txt"


# Things that are no files


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, "a link"),
        (tarfile.LNKTYPE, "a link"),
        (tarfile.CHRTYPE, "a device or a pipe"),
        (tarfile.BLKTYPE, "a device or a pipe"),
        (tarfile.FIFOTYPE, "a device or a pipe"),
        (b"?", "no plain file"),
    ],
)
def test_what_is_no_file_in_a_tar_is_refused(kind: bytes, reason: str, tmp_path: Path) -> None:
    entry = tarfile.TarInfo("a.txt")
    entry.type = kind
    entry.linkname = "../../secret"
    path = write(tmp_path, "a.tar", tar_bytes([(entry, b""), ("good.txt", PAGE)]))
    found = problems(path)
    assert reason in str(found["a.txt"])
    assert found["good.txt"] is None


@pytest.mark.parametrize(
    ("mode", "reason"),
    [(stat.S_IFLNK, "a link"), (stat.S_IFIFO, "a device"), (stat.S_IFCHR, "a device"), (stat.S_IFREG, None), (0, None)],
)
def test_what_is_no_file_in_a_zip_is_refused(mode: int, reason: str | None, tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("a.txt")
    entry.create_system = 3
    entry.external_attr = (mode | 0o644) << 16
    path = write(tmp_path, "a.zip", zip_bytes([(entry, b"/etc/passwd")]))
    problem = only(path).problem
    assert problem is None if reason is None else reason in str(problem)


# Bombs and lies


def test_a_zip_bomb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, count in (("large.txt", 300), ("dense.txt", 20)):
            with archive.open(name, "w") as file:
                for _ in range(count):
                    file.write(bytes(1 << 20))
        archive.writestr("blank.txt", bytes(1 << 20))
    assert path.stat().st_size < 3_000_000
    tracemalloc.start()
    found = problems(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000
    assert all("200 times as large" in str(found[name]) for name in ("large.txt", "dense.txt"))
    assert found["blank.txt"] is None


@pytest.mark.parametrize("suffix", [".tar.gz", ".tar.zst"])
def test_a_large_member_of_a_compressed_tar_is_passed_by(suffix: str, tmp_path: Path) -> None:
    entry = tarfile.TarInfo("large.txt")
    entry.size = 300 << 20
    head, tail = entry.tobuf(), tar_bytes([("good.txt", PAGE)])
    compress = zlib.compressobj(1, wbits=31) if suffix == ".tar.gz" else zstd.ZstdCompressor()
    pieces = [
        compress.compress(head),
        *(compress.compress(bytes(1 << 20)) for _ in range(300)),
        compress.compress(tail),
    ]
    path = write(tmp_path, f"bomb{suffix}", b"".join([*pieces, compress.flush()]))
    tracemalloc.start()
    large, good = list_members(path)
    assert read(path, good) == PAGE
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000
    assert "larger than 268.435 MB" in str(large.problem)
    assert good.problem is None


def test_a_tar_bomb_is_left_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tars, "_RATIO_FREE", 32 << 20)
    entry = tarfile.TarInfo("large.txt")
    entry.size = 1 << 40
    path = write(tmp_path, "bomb.tar.xz", lzma.compress(entry.tobuf(tarfile.GNU_FORMAT) + bytes(80 << 20), preset=0))
    large, last = list_members(path)
    assert "larger than" in str(large.problem)
    assert last.name == ""
    assert "200 times as large" in str(last.problem)


def patch_directory(data: bytes, offset: int, value: int, width: str = "<I") -> bytes:
    """Change a number in the directory of a .zip of one member."""
    place = data.rindex(b"PK\x01\x02") + offset
    return data[:place] + struct.pack(width, value) + data[place + struct.calcsize(width) :]


def patch_header(data: bytes, offset: int, value: int, width: str = "<I") -> bytes:
    place = data.index(b"PK\x03\x04") + offset
    return data[:place] + struct.pack(width, value) + data[place + struct.calcsize(width) :]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_header_that_says_less_than_there_is(method: int, tmp_path: Path) -> None:
    data = patch_directory(zip_bytes([("a.txt", bytes(50 << 20))], method), 24, 1000)
    path = write(tmp_path, "a.zip", data)
    assert only(path).size == 1000
    tracemalloc.start()
    with pytest.raises(UnreadableError, match=r"a\.zip/a\.txt: the member is damaged: Bad CRC-32"):
        read(path, only(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # bzip2 packs these 50 MB into less than is read at once; that is the most that 4 kB can become, about twice.
    assert peak < (1_000_000 if method == zipfile.ZIP_DEFLATED else bounds.MAX_SIZE)


def test_a_header_that_says_more_than_there_is(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", patch_directory(zip_bytes([("a.txt", PAGE)]), 24, 20_000))
    with pytest.raises(UnreadableError, match="20000 were announced"):
        read(path, only(path))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_wrong_sum_costs_that_member_alone(method: int, tmp_path: Path) -> None:
    data = patch_directory(zip_bytes([("good.txt", PAGE), ("a.txt", PAGE)], method), 16, 1)
    path = write(tmp_path, "a.zip", data)
    good, bad = list_members(path)
    with ArchiveReader() as reader:
        with pytest.raises(UnreadableError, match="Bad CRC-32") as caught:
            reader.read(path, bad)
        assert reader.read(path, good) == PAGE
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packed_data_that_is_damaged(method: int, tmp_path: Path) -> None:
    data = bytearray(zip_bytes([("a.txt", PAGE * 100)], method))
    data[60:80] = b"\xff" * 20
    path = write(tmp_path, "a.zip", bytes(data))
    with pytest.raises(UnreadableError, match="the member is damaged") as caught:
        read(path, only(path))
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(("bits", "reason"), [(0x1, "encrypted"), (0x41, "encrypted"), (0x2001, "encrypted")])
def test_encrypted_members_are_refused(bits: int, reason: str, tmp_path: Path) -> None:
    data = patch_directory(zip_bytes([("a.txt", PAGE)]), 8, bits, "<H")
    assert reason in str(only(write(tmp_path, "a.zip", data)).problem)


def test_encryption_that_only_the_header_tells(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", patch_header(zip_bytes([("b.txt", PAGE)]), 26, 4, "<H"))
    with pytest.raises(UnreadableError, match="the member is damaged"):
        read(path, only(path))


def test_unknown_methods_are_refused(tmp_path: Path) -> None:
    data = patch_directory(zip_bytes([("a.txt", PAGE)]), 10, 9, "<H")
    assert "method 9" in str(only(write(tmp_path, "a.zip", data)).problem)


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    data = zip_bytes([("a.txt", PAGE), ("b.txt", PAGE)])
    # The directory says that the first member reaches into the second.
    place = data.index(b"PK\x01\x02")
    (packed,) = struct.unpack_from("<I", data, place + 20)
    data = data[: place + 20] + struct.pack("<I", packed + 10) + data[place + 24 :]
    path = write(tmp_path, "a.zip", data)
    found = problems(path)
    assert "those of another member" in str(found["a.txt"])
    assert found["b.txt"] is None


# Damage


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_only_has_the_name_of_an_archive(suffix: str, tmp_path: Path) -> None:
    for data in (b"", PAGE, PAGE * 50, bytes(100)):
        member = only(write(tmp_path, f"a{suffix}", data))
        assert member.name == ""
        assert member.problem
        assert not member.failed


@every_tar
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_tar_cut_short_says_so_after_what_it_holds(suffix: str, kept: float, tmp_path: Path) -> None:
    data = tar_bytes([(f"{number}.txt", zlib.compress(PAGE * number) * 50) for number in range(1, 40)])
    whole = COMPRESS[suffix](data)
    path = write(tmp_path, f"a{suffix}", whole[: int(len(whole) * kept)])
    *members, last = list_members(path)
    assert last.name == ""
    assert "damaged" in str(last.problem)
    assert [member.name for member in members] == [f"{number}.txt" for number in range(1, len(members) + 1)]
    with ArchiveReader() as reader:
        for member in members[:-1]:
            assert len(reader.read(path, member)) == member.size
        for member in members[-1:]:
            with pytest.raises(UnreadableError, match=r"cut short|changed"):
                reader.read(path, member)


def test_a_tar_cut_between_two_members_is_not_taken_for_whole(tmp_path: Path) -> None:
    data = tar_bytes([("a.txt", b"x" * 512), ("b.txt", b"x" * 512)])
    assert list(problems(write(tmp_path, "a.tar", data[:1024]))) == ["a.txt", ""]
    assert list(problems(write(tmp_path, "a.tar", data[:2048]))) == ["a.txt", "b.txt", ""]
    assert list(problems(write(tmp_path, "a.tar", data[:2560]))) == ["a.txt", "b.txt"]


def test_a_tar_with_a_damaged_header_says_so(tmp_path: Path) -> None:
    data = bytearray(tar_bytes([("a.txt", b"x" * 512), ("b.txt", b"x" * 512)]))
    data[1024 + 100] ^= 1
    found = problems(write(tmp_path, "a.tar", bytes(data)))
    assert list(found) == ["a.txt", ""]
    assert "damaged" in str(found[""])


def test_archives_one_after_the_other_are_not_taken_for_one(tmp_path: Path) -> None:
    found = problems(write(tmp_path, "a.tar", tar_bytes([("a.txt", PAGE)]) + tar_bytes([("b.txt", PAGE)])))
    assert list(found) == ["a.txt", ""]
    assert "follows the end" in str(found[""])


@pytest.mark.parametrize("size", [-512, -1024, -(1 << 40), 1 << 62])
def test_a_size_that_cannot_be_ends_the_list(size: int, tmp_path: Path) -> None:
    first = tarfile.TarInfo("a.txt")
    entry = tarfile.TarInfo("b.txt")
    entry.size = size
    data = first.tobuf() + entry.tobuf(tarfile.GNU_FORMAT) + tar_bytes([("c.txt", PAGE)])
    began = time.monotonic()
    *_, last = islice(list_members(write(tmp_path, "a.tar", data)), 100)
    assert time.monotonic() - began < 30
    assert last.name == ""
    assert last.problem


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.XGLTYPE])
def test_headers_without_end_are_refused(kind: bytes, tmp_path: Path) -> None:
    entry = tarfile.TarInfo("a.txt")
    entry.type = kind
    entry.size = 64 << 20
    data = gzip.compress(entry.tobuf() + bytes(64 << 20), 1)
    entry.size = 512
    chain = (entry.tobuf() + b"11 path=ab\n".ljust(512, b"\0")) * 20_000
    tracemalloc.start()
    for path in (write(tmp_path, "a.tgz", data), write(tmp_path, "a.tar", chain)):
        member = only(path)
        assert member.name == ""
        assert member.problem
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_a_zip_cut_short_is_unreadable(kept: float, tmp_path: Path) -> None:
    whole = zip_bytes([(f"{number}.txt", PAGE) for number in range(20)])
    member = only(write(tmp_path, "a.zip", whole[: int(len(whole) * kept)]))
    assert member.name == ""
    assert "damaged or no .zip" in str(member.problem)


def test_any_damaged_byte_of_a_zip_is_no_traceback(tmp_path: Path) -> None:
    whole = zip_bytes([("a.txt", PAGE), ("报.txt", PAGE)])
    with_damage(whole, tmp_path / "a.zip")


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_any_damaged_byte_of_a_tar_is_no_traceback(form: int, tmp_path: Path) -> None:
    entry = tarfile.TarInfo("報" * 60 + ".txt")
    entry.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "comment": "c"}
    with_damage(tar_bytes([(entry, PAGE), ("b.txt", PAGE)], form)[: 512 * 9], tmp_path / "a.tar")


def with_damage(whole: bytes, path: Path) -> None:
    """Damage each byte in turn, in turn in another way; one in thirty-two of the NULs, of which there are many."""
    for place, byte in enumerate(whole):
        if not byte and place % 32:
            continue
        damaged = (0, 0xFF, byte ^ 1, ord("9"))[(place if byte else place // 32) % 4]
        path.write_bytes(whole[:place] + bytes([damaged]) + whole[place + 1 :])
        with ArchiveReader() as reader:
            for member in islice(list_members(path), 50):
                try:
                    reader.read(path, member)
                except UnreadableError as error:
                    assert str(error).startswith(str(path))  # noqa: PT017  # most are not damaged


# The archive and the system


@every_kind
def test_an_archive_that_is_not_there_may_work_another_time(suffix: str, tmp_path: Path) -> None:
    member = only(tmp_path / f"none{suffix}")
    assert member.failed
    assert "No such file" in str(member.problem)
    with pytest.raises(UnreadableError, match="No such file") as caught:
        read(tmp_path / f"none{suffix}", Member("a.txt", 1, 512))
    assert isinstance(caught.value.__cause__, OSError)


@every_kind
def test_an_archive_that_was_changed_is_not_read_by_the_old_list(suffix: str, tmp_path: Path) -> None:
    path = make(tmp_path, suffix, [("a.txt", PAGE), ("b.txt", PAGE)])
    _, member = list_members(path)
    make(tmp_path, suffix, [("new.txt", PAGE * 40), ("a.txt", PAGE), ("b.txt", PAGE)])
    with pytest.raises(UnreadableError, match="has changed"):
        read(path, member)


def test_the_extra_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path, ".tar.zst", [("a.txt", PAGE)])
    monkeypatch.delattr("backports.zstd")
    monkeypatch.setitem(sys.modules, "backports.zstd", None)
    member = only(path)
    assert member.failed
    assert "newspaper-cli[zst]" in str(member.problem)


# Many members


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.gz"])
def test_ten_thousand_members_are_read_in_one_go(suffix: str, tmp_path: Path) -> None:
    path = make(tmp_path, suffix, ((f"{number % 100}/{number}.txt", b"%d" % number) for number in range(10_000)))
    began = time.monotonic()
    with ArchiveReader() as reader:
        data = [reader.read(path, member) for member in list_members(path)]
    assert data == [b"%d" % number for number in range(10_000)]
    assert time.monotonic() - began < 60  # beginning again for each would take longer than the rest of the suite


@pytest.mark.parametrize("suffix", [".zip", ".tar"])
def test_there_may_be_too_many_members(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (bounds, tars, zips):
        monkeypatch.setattr(module, "MAX_MEMBERS", 20)
    enough = make(tmp_path, suffix, [(f"{number}.txt", PAGE) for number in range(20)])
    assert not any(problems(enough).values())
    path = make(tmp_path, suffix, [(f"{number}.txt", PAGE) for number in range(21)])
    *members, last = list_members(path)
    assert last.name == ""
    assert "more than 20 members" in str(last.problem)
    assert len(members) == (0 if suffix == ".zip" else 20)


def test_a_directory_too_large_for_memory_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "_MOST_DIRECTORY", 1 << 17)
    path = write(tmp_path, "a.zip", zip_bytes([(f"{number:0200}.txt", PAGE) for number in range(600)]))
    assert "members" in str(only(path).problem)
