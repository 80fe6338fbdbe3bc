"""Bytes in, text out, and the same bytes back: how an input becomes a Source.

No encoding is accepted before it has given back, byte for byte, what it was given: tables of Chinese encodings map a
few pairs of bytes to one character, and a page that holds one of those must be read another way.
"""

from __future__ import annotations

import codecs
import hashlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from newspaper_cli.characters import is_han
from newspaper_cli.document import Source
from newspaper_cli.errors import UnreadableError, UsageError
from newspaper_cli.signatures import is_binary, recognise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UTF_8: Final = "utf-8"
# The longer mark first: that of UTF-32 begins with that of UTF-16. The mark stays in the text, as U+FEFF.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In order of preference where two fit equally well.
_CHINESE: Final = ("gb18030", "cp950", "big5hkscs")
_UTF_16: Final = ("utf-16-le", "utf-16-be")
_WESTERN: Final = "cp1252"
_FIRST_BEYOND_ASCII: Final = 0x80

# An undecodable byte becomes the surrogate of this number plus its own (PEP 383).
_ESCAPES: Final = 0xDC00
_LAST_BYTE: Final = 0xFF

_SAMPLE: Final = 1 << 16
# Shares of characters. Pages of newspapers reach .95 in their own encoding and stay below .5 in any other.
_LEAST_EXPECTED: Final = 0.7
_LEAST_WESTERN_ASCII: Final = 0.93
# Characters beyond ASCII for each undecodable byte: hundreds in damaged UTF-8, below one in any other encoding.
_LEAST_GOOD: Final = 3

_IDEOGRAPHIC_MARKS: Final = range(0x3000, 0x3040)
_FULL_WIDTH: Final = range(0xFF00, 0xFFF0)
_PUNCTUATION: Final = range(0x2010, 0x2040)
# The first level of a character set holds the characters in common use: rows 16 to 55 of GB 2312 and, in Big5, the
# lead bytes A4 to C6 (GB 2312-1980; Institute for Information Industry, 1984).
_FIRST_LEVELS: Final = (("gb2312", range(0xB0, 0xD8)), ("big5", range(0xA4, 0xC7)))


def read_source(path: Path) -> Source:
    """Read a file of text.

    Raises:
        UsageError: the path is a folder.
        UnreadableError: the file is missing, may not be read, or is not text.
    """
    name = legible(path)
    with explained(name):
        return decode(path.read_bytes(), name)


def legible(path: Path | str) -> str:
    """Give a path as text that can be written: names of files are bytes, and not all of them are UTF-8."""
    return os.fsencode(path).decode(UTF_8, "backslashreplace")


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn what the system says about a file that cannot be read into what its user can do.

    Raises:
        UsageError: it is a folder.
        UnreadableError: it is missing, may not be read, or cannot be.
    """
    try:
        yield
    except IsADirectoryError as error:
        message = f"{name} is a folder; to read all pages in it: newspaper-cli export {name} -o FOLDER"
        raise UsageError(message) from error
    except FileNotFoundError as error:
        message = f"{name} does not exist"
        raise UnreadableError(message) from error
    except PermissionError as error:
        message = f"{name} may not be read; change its permissions or ask its owner"
        raise UnreadableError(message) from error
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror or error}"
        raise UnreadableError(message) from error


def decode(data: bytes, path: str | None = None) -> Source:
    r"""Turn bytes into a Source from which `encode` gives the same bytes.

    UTF-8 is tried first, then byte order marks, then detection; newlines and byte order marks stay as they are.
    `guessed` tells that detection chose the encoding. Bytes that are no text in it become lone surrogates (PEP 383).

    >>> decode("新闻\r\n".encode("gb18030")).text
    '新闻\r\n'

    Raises:
        UnreadableError: the data is something else than text; the message says what.
    """
    kind = recognise(data)
    if kind is None:
        for encoding, guessed in _candidates(data):
            text = _decode_exactly(data, encoding)
            if text is not None:
                return Source(text, encoding, digest(data), path, guessed)
        kind = "binary data, not text; give the text of the page"
    message = f"{path or 'the input'} is {kind}"
    raise UnreadableError(message)


def digest(data: bytes) -> str:
    """Give the SHA-256 by which a source is known."""
    return hashlib.sha256(data).hexdigest()


def encode(text: str, encoding: str) -> bytes:
    """Give back the bytes that a Source was decoded from.

    Text that came from no decoding is encoded where the encoding can: the result is exact for `Source.text` alone.
    """
    errors = _errors(encoding)
    if encoding.startswith("utf-16") and text and 0 <= ord(text[-1]) - _ESCAPES <= _LAST_BYTE:
        # The data ended in half a unit.
        return text[:-1].encode(encoding, errors) + bytes([ord(text[-1]) - _ESCAPES])
    return text.encode(encoding, errors)


def to_utf8(text: str, encoding: str) -> bytes:
    """Write text of a Source of that encoding as UTF-8, undecodable bytes too, so that `from_utf8` reads the same."""
    return text.encode(UTF_8, _errors(encoding))


def from_utf8(data: bytes, encoding: str) -> str:
    """Read back what `to_utf8` wrote for a Source of that encoding.

    Raises:
        UnreadableError: the data is not UTF-8.
    """
    try:
        return data.decode(UTF_8, _errors(encoding))
    except UnicodeDecodeError as error:
        message = f"the repaired text is not UTF-8: {error.reason} at byte {error.start}"
        raise UnreadableError(message) from error


def _errors(encoding: str) -> str:
    """Name how undecodable data survives: bytes as surrogates, but in UTF-16 lone surrogates as themselves."""
    return "surrogatepass" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"


def _decode_exactly(data: bytes, encoding: str) -> str | None:
    odd = encoding.startswith("utf-16") and len(data) % 2
    try:
        if odd:
            text = data[:-1].decode(encoding, _errors(encoding)) + chr(_ESCAPES + data[-1])
        else:
            text = data.decode(encoding, _errors(encoding))
        if encode(text, encoding) != data:
            text = _escape_doubles(text, data, encoding)
        return text if encode(text, encoding) == data else None
    except UnicodeError:
        return None


def _escape_doubles(text: str, data: bytes, encoding: str) -> str:
    """Treat pairs of bytes that would come back as another pair for the same character as undecodable.

    Big5 has about ten such pairs; a page that holds one is still Big5.
    """
    lines = zip(text.split("\n"), data.split(b"\n"), strict=False)
    return "\n".join(
        line if encode(line, encoding) == found else "".join(_escaped(line, found, encoding)) for line, found in lines
    )


def _escaped(line: str, data: bytes, encoding: str) -> Iterator[str]:
    position = 0
    for character in line:
        expected = encode(character, encoding)
        found = data[position : position + len(expected)]
        yield character if found == expected else found.decode("ascii", "surrogateescape")
        position += len(expected)


def _candidates(data: bytes) -> Iterator[tuple[str, bool]]:
    """List encodings with whether each is a guess, the likeliest first; the first that is exact is the answer."""
    first_bad = _first_undecodable(data)
    if first_bad is None and b"\0" not in data:
        yield UTF_8, False
        return
    yield from ((encoding, False) for mark, encoding in _MARKS if data.startswith(mark))
    utf_8 = first_bad is None or _is_damaged_utf8(data)
    sample = _sample(data, first_bad or 0)
    # Any part of UTF-16 will do that begins with a whole unit. In a Western language it is valid UTF-8, full of NULs.
    likely = _ranked(sample if not utf_8 else b"", data[:_SAMPLE] if b"\0" in data or not utf_8 else b"")
    yield from ((encoding, True) for encoding in likely)
    if is_binary(data):
        return
    if not utf_8:
        yield from ((encoding, True) for encoding in _other_encodings(sample))
    yield UTF_8, False


def _first_undecodable(data: bytes) -> int | None:
    try:
        data.decode(UTF_8)
    except UnicodeDecodeError as error:
        return error.start
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode(UTF_8, "ignore")
    bad = len(data) - len(text.encode(UTF_8))
    good = len(text) - len(text.encode("ascii", "ignore"))
    return good >= _LEAST_GOOD * bad


def _sample(data: bytes, position: int) -> bytes:
    """Cut out text around a position, from the start of its line: a line feed is never half a character."""
    start = data.rfind(b"\n", 0, position) + 1
    if position - start > _SAMPLE // 2:
        start = position
    return data[start : start + _SAMPLE]


def _ranked(sample: bytes, units: bytes) -> list[str]:
    """Rank the Chinese encodings, and UTF-16 in any language, by how much of a sample they make common characters."""
    shares = {encoding: _expected_share(sample, encoding) for encoding in _CHINESE}
    shares |= {encoding: _expected_share(units, encoding) for encoding in _UTF_16}
    likely = [encoding for encoding in shares if shares[encoding] >= _LEAST_EXPECTED]
    return sorted(likely, key=lambda encoding: -shares[encoding])


def _expected_share(sample: bytes, encoding: str) -> float:
    """Measure the share of common characters among those that tell: in UTF-16 all, elsewhere all beyond ASCII."""
    text = sample.decode(encoding, "replace")
    telling = text if encoding.startswith("utf-16") else [c for c in text if not c.isascii()]
    counts: dict[str, int] = {}
    for character in telling:
        counts[character] = counts.get(character, 0) + 1
    return sum(counts[c] for c in counts if _is_expected(c)) / max(sum(counts.values()), 1)


def _is_expected(character: str) -> bool:
    if character.isascii():
        return character.isprintable() or character.isspace()
    code = ord(character)
    if code in _IDEOGRAPHIC_MARKS or code in _FULL_WIDTH or code in _PUNCTUATION:
        return True
    return is_han(character) and any(character.encode(name, "ignore")[:1] in level for name, level in _LEVEL_BYTES)


_LEVEL_BYTES: Final = tuple((name, frozenset(bytes([lead]) for lead in leads)) for name, leads in _FIRST_LEVELS)


def _other_encodings(sample: bytes) -> Iterator[str]:
    """Guess at encodings of other scripts; text that is nearly all ASCII is taken for Western European."""
    western = sum(byte < _FIRST_BEYOND_ASCII for byte in sample) >= len(sample) * _LEAST_WESTERN_ASCII
    if not western:
        # Heavy, and needed for a file in ten thousand.
        from charset_normalizer import from_bytes  # noqa: PLC0415

        best = from_bytes(sample).best()
        if best:
            yield best.encoding
    yield _WESTERN
