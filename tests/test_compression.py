"""Compressed text gives back exactly what was put in, or says why it cannot."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import sys
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest
from backports import zstd

from newspaper_cli.batch.compression import is_compressed, open_plain, plain_name, read_bounded
from newspaper_cli.errors import MissingExtraError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = "溪桥日报\n2019年3月5日 星期二\n".encode() * 5000
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd.compress,
}
every_format = pytest.mark.parametrize("suffix", COMPRESS)


def unpack(data: bytes, name: str, limit: int = 1 << 30) -> bytes:
    return read_bounded(open_plain(io.BytesIO(data), name), limit)


def noise(size: int) -> bytes:
    return random.Random(5).randbytes(size)  # noqa: S311  # the same in every run, and no secret


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("page.txt.gz", "page.txt"),
        ("PAGE.TXT.BZ2", "PAGE.TXT"),
        ("a/b.xz", "a/b"),
        ("报.txt.zst", "报.txt"),
        ("pages.tar.gz", "pages.tar"),
        ("pages.tgz", "pages.tar"),
    ],
)
def test_a_name_tells_what_is_compressed(name: str, plain: str) -> None:
    assert is_compressed(name)
    assert plain_name(name) == plain


@pytest.mark.parametrize("name", ["page.txt", "gz", ".gz", "folder.gz/page", "page.gz.txt", "page.zip", ""])
def test_other_names_stay(name: str) -> None:
    assert not is_compressed(name)
    assert plain_name(name) == name
    file = io.BytesIO(PAGE)
    assert open_plain(file, name) is file


@every_format
@pytest.mark.parametrize("data", [b"", b"\0", PAGE, noise(300_000)], ids=["empty", "nul", "text", "noise"])
def test_what_was_put_in_comes_out(suffix: str, data: bytes) -> None:
    assert unpack(COMPRESS[suffix](data), f"page.txt{suffix}") == data


@every_format
def test_streams_one_after_the_other_are_one_text(suffix: str) -> None:
    data = COMPRESS[suffix](PAGE) + COMPRESS[suffix](b"") + COMPRESS[suffix](noise(100_000))
    assert unpack(data, f"page{suffix}") == PAGE + noise(100_000)


@pytest.mark.parametrize("suffix", [".gz", ".xz"])
def test_padding_is_no_text(suffix: str) -> None:
    assert unpack(COMPRESS[suffix](PAGE) + bytes(100_000), f"page{suffix}") == PAGE


@every_format
@pytest.mark.parametrize("kept", [0.0, 0.3, 0.999])
def test_data_cut_short_is_refused(suffix: str, kept: float) -> None:
    whole = COMPRESS[suffix](noise(100_000))
    with pytest.raises(UnreadableError, match=rf"page\.txt{suffix} is damaged and cannot be unpacked: it is cut short"):
        unpack(whole[: int(len(whole) * kept)], f"page.txt{suffix}")


@every_format
def test_every_cut_of_a_small_file_is_refused(suffix: str) -> None:
    whole = COMPRESS[suffix](b"page")
    for end in range(len(whole)):
        with pytest.raises(UnreadableError):
            unpack(whole[:end], f"page{suffix}")


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz"])
def test_a_flipped_bit_is_refused(suffix: str) -> None:
    data = bytearray(COMPRESS[suffix](noise(100_000)))
    data[len(data) // 2] ^= 1
    with pytest.raises(UnreadableError, match="is damaged") as caught:
        unpack(bytes(data), f"page{suffix}")
    # No error of the system stands behind it: reading again is no use.
    assert caught.value.__cause__ is None


@every_format
def test_what_only_has_the_name_is_refused(suffix: str) -> None:
    with pytest.raises(UnreadableError, match="is damaged"):
        unpack(PAGE, f"page{suffix}")


@every_format
def test_something_else_behind_the_data_is_refused(suffix: str) -> None:
    with pytest.raises(UnreadableError, match="is damaged"):
        unpack(COMPRESS[suffix](PAGE) + PAGE, f"page{suffix}")


@every_format
def test_a_bomb_is_read_to_the_limit_and_no_further(suffix: str) -> None:
    bomb = COMPRESS[suffix](bytes(50_000_000))
    tracemalloc.start()
    with pytest.raises(UnreadableError, match=r"larger than 2 MB when unpacked"):
        unpack(bomb, f"page{suffix}", limit=2_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize(("limit", "fits"), [(9, False), (10, True), (11, True)])
def test_the_limit_itself_fits(limit: int, *, fits: bool) -> None:
    if fits:
        assert read_bounded(io.BytesIO(b"0123456789"), limit) == b"0123456789"
    else:
        with pytest.raises(UnreadableError, match="larger than 9 bytes"):
            read_bounded(io.BytesIO(b"0123456789"), limit)


def test_a_header_that_asks_for_too_much_memory_is_refused() -> None:
    small = lzma.compress(b"page", preset=0)
    start, length = 12, (small[12] + 1) * 4
    block = bytearray(small[start : start + length])
    # Behind the number of the filter and the length of its properties stands the size of the dictionary: 37 is 1.5 GB.
    block[block.index(0x21) + 2] = 37
    block[-4:] = zlib.crc32(block[:-4]).to_bytes(4, "little")
    with pytest.raises(UnreadableError, match="Memory usage limit exceeded"):
        unpack(small[:start] + bytes(block) + small[start + length :], "page.xz")


@every_format
def test_the_plain_bytes_can_be_gone_through_both_ways(suffix: str) -> None:
    data = noise(300_000)
    file = open_plain(io.BytesIO(COMPRESS[suffix](data)), f"page{suffix}")
    for place in (250_000, 100, 299_990, 0):
        assert file.seek(place) == place
        assert file.read(20) == data[place : place + 20]
    assert file.seek(400_000) == len(data)
    assert file.read(1) == b""


def test_a_file_that_cannot_be_read_is_an_error_of_the_system() -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(UnreadableError, match="Input/output error") as caught:
        read_bounded(open_plain(Broken(), "page.gz"), 10)
    assert isinstance(caught.value.__cause__, OSError)


def test_the_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "backports.zstd", None)
    monkeypatch.delattr("backports.zstd")
    with pytest.raises(MissingExtraError, match=r"pip install 'newspaper-cli\[zst\]'"):
        open_plain(io.BytesIO(), "page.zst")
