from __future__ import annotations

import codecs
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import pages

from newspaper_cli.errors import UnreadableError, UsageError
from newspaper_cli.source import decode, encode, from_utf8, read_source, to_utf8

SIMPLIFIED = (
    "青河日报\r\n2021年3月4日 星期四\r\n　　本报讯（记者 林小满）昨日，全县春耕工作会议在青河召开，部署农业生产。\r\n"
)
TRADITIONAL = (
    "清河晚報\r\n中華民國二十三年五月六日\r\n（本埠訊）昨日大雨、南門外河水暴漲、沿岸商店多被水浸、損失甚鉅云、\r\n"
)
ENGLISH = "THE RIVERTON GAZETTE\nRiverton’s mayor said: “The bridge – long promised – will open in café season.”\n" * 3


@given(st.binary(max_size=200))
def test_bytes_come_back_or_are_refused(data: bytes) -> None:
    try:
        source = decode(data)
    except UnreadableError:
        return
    assert encode(source.text, source.encoding) == data


@given(st.sampled_from(["utf-8", "gb18030", "cp950", "utf-16", "utf-16-be", "utf-32"]), pages(), st.binary(max_size=4))
def test_damaged_pages_come_back(encoding: str, text: str, damage: bytes) -> None:
    page = (SIMPLIFIED + text).encode(encoding, "ignore")
    data = page[: len(page) // 2] + damage + page[len(page) // 2 :]
    try:
        source = decode(data)
    except UnreadableError:
        # Where the damage shifts units that no mark announces, the rest is text in no encoding.
        assert encoding in {"utf-16-be", "utf-32"}
        return
    assert encode(source.text, source.encoding) == data


@given(pages())
def test_what_is_written_as_utf_8_is_read_the_same(text: str) -> None:
    for encoding in ("utf-16-le", "utf-32-be"):
        assert from_utf8(to_utf8(text, encoding), encoding) == text
    source = decode(text.encode("utf-8", "surrogatepass") + b"\xff")
    assert from_utf8(to_utf8(source.text, source.encoding), source.encoding) == source.text


def test_repaired_text_in_another_encoding_is_refused() -> None:
    with pytest.raises(UnreadableError, match="not UTF-8"):
        from_utf8(SIMPLIFIED.encode("gb18030"), "utf-16-le")


@pytest.mark.parametrize(
    ("text", "encoding", "expected", "guessed"),
    [
        (SIMPLIFIED, "utf-8", "utf-8", False),
        (SIMPLIFIED, "gb18030", "gb18030", True),
        (SIMPLIFIED, "gbk", "gb18030", True),
        (SIMPLIFIED, "utf-16-le", "utf-16-le", True),
        (SIMPLIFIED, "utf-16-be", "utf-16-be", True),
        (TRADITIONAL, "gb18030", "gb18030", True),
        (TRADITIONAL, "big5", "cp950", True),
        (TRADITIONAL + "深水埗、嘅", "big5hkscs", "big5hkscs", True),
        (TRADITIONAL, "utf-8", "utf-8", False),
        (ENGLISH, "cp1252", "cp1252", True),
        (ENGLISH, "utf-16-le", "utf-16-le", True),
        (ENGLISH, "utf-16-be", "utf-16-be", True),
        ("永康日报", "gb18030", "gb18030", True),
        ("", "utf-8", "utf-8", False),
        ("a lone \0 NUL in a page of text", "utf-8", "utf-8", False),
    ],
)
def test_encodings(text: str, encoding: str, expected: str, guessed: bool) -> None:  # noqa: FBT001
    source = decode(text.encode(encoding))
    assert (source.text, source.encoding, source.guessed) == (text, expected, guessed)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_stays_in_the_text(mark: bytes, encoding: str) -> None:
    for text in (SIMPLIFIED, TRADITIONAL, "x", ""):
        source = decode(mark + text.encode(encoding))
        assert (source.text, source.encoding, source.guessed) == ("\ufeff" + text, encoding, False)


def test_pairs_of_big5_that_map_to_one_character_come_back() -> None:
    data = TRADITIONAL.encode("cp950") + b"\xa2\xcc\xa2\xce\xf9\xf9"
    source = decode(data)
    assert "清河晚報" in source.text
    assert encode(source.text, source.encoding) == data


def test_utf_16_cut_in_half_a_unit_keeps_the_half() -> None:
    data = SIMPLIFIED.encode("utf-16")[:-1]
    source = decode(data)
    assert source.text.startswith("\ufeff青河日报")
    assert encode(source.text, source.encoding) == data


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_few_undecodable_bytes_do_not_lose_the_page(encoding: str) -> None:
    text = TRADITIONAL if encoding == "big5" else SIMPLIFIED
    data = text.encode(encoding) + b"\xff\xfe\n" + text.encode(encoding)[:-3]
    source = decode(data)
    assert source.text.count(text[:20]) == 2
    assert encode(source.text, source.encoding) == data


def test_other_scripts_are_detected() -> None:
    text = "Вчера в нашем городе открылась новая библиотека, сообщает газета. " * 5
    source = decode(text.encode("cp1251"))
    assert (source.text, source.guessed) == (text, True)


MARKUP = '<?xml version="1.0" encoding="UTF-8"?>\n<{0}{1} xmlns="urn:x"><a/></{0}{1}>'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG image"),
        (b"II*\0\x08\0\0\0", "TIFF image"),
        (b"MM\0*\0\0\0\x08", "TIFF image"),
        (b"GIF89a\x01\0", "GIF image"),
        (b"PK\x03\x04\x14\0", "ZIP archive"),
        (b"\x1f\x8b\x08\0", "gzip archive"),
        (b"\x7fELF\x02\x01\x01", "executable"),
        (b"MZ\x90\0\x03\0\0\0\x04\0\0\0" * 9, "binary data"),
        (bytes(range(256)) * 20, "binary data"),
        (MARKUP.format("", "alto").encode(), "ALTO XML"),
        (MARKUP.format("a:", "alto").encode("utf-8-sig"), "ALTO XML"),
        (MARKUP.format("", "alto").encode("utf-16"), "ALTO XML"),
        (MARKUP.format("mets:", "mets").encode(), "METS XML"),
        (MARKUP.format("", "PcGts").encode(), "PAGE XML"),
        (MARKUP.format("", "unit").encode(), "XML"),
        (b'<alto xmlns="urn:x">\n  <Description>', "ALTO XML"),
        (b"\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>\n<html>", "HTML"),
        (b"<HTML>\n<body>", "HTML"),
        (b"{\\rtf1\\ansi", "RTF"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, kind: str) -> None:
    with pytest.raises(UnreadableError, match=kind) as refusal:
        decode(data, "page.txt")
    assert str(refusal.value).startswith("page.txt is ")


@pytest.mark.parametrize("text", ["<< 上接第1版", "<广告>", "<b>", "MZ 3 4 5", "BM", "GIF", "%PDF", "PK"])
def test_text_that_only_looks_like_another_format_is_read(text: str) -> None:
    assert decode(text.encode()).text == text


def test_a_file_is_read_with_its_path(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(SIMPLIFIED.encode())
    source = read_source(file)
    assert (source.text, source.path) == (SIMPLIFIED, str(file))


def test_an_empty_file_is_a_source(tmp_path: Path) -> None:
    file = tmp_path / "empty.txt"
    file.touch()
    assert read_source(file).text == ""


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="does not exist"):
        read_source(tmp_path / "missing.txt")


def test_a_folder_points_to_export(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="newspaper-cli export"):
        read_source(tmp_path)


@pytest.mark.parametrize(
    ("error", "said"),
    [(PermissionError(13, "Permission denied"), "may not be read"), (OSError(5, "Input/output error"), "Input/output")],
)
def test_a_file_the_system_withholds_is_refused(error: OSError, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing is forbidden to root, whom tests in containers run as.
    def withhold(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", withhold)
    with pytest.raises(UnreadableError, match=said):
        read_source(Path("page.txt"))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_name_that_is_no_text_does_not_reach_the_output(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"\xff.txt")
    file.write_bytes(b"x")
    path = read_source(file).path
    assert path is not None
    assert path.endswith(r"\xff.txt")


def test_reading_utf_8_loads_no_detector() -> None:
    code = "import sys, newspaper_cli.source as s; s.decode(b'x'); assert 'charset_normalizer' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
