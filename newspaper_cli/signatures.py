"""What a file is when it is not a page of text: told by its first bytes, as `file` does, never by its name."""

from __future__ import annotations

import re
from typing import Final

_PICTURE: Final = "read it with an OCR program first, for example: tesseract FILE - -l chi_sim"
_PACKED: Final = "unpack it first"
_OFFICE: Final = "save it as plain text first"
_NO_TEXT: Final = "give the text of the page"
_MARKUP: Final = "take the plain text out of it first"

# First bytes, what they mean, what to do: from the registry of the `file` command, cut down to what lies in archives
# of newspapers. Two-letter signatures that a text could begin with (MZ, BM) are left to the count of control bytes.
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF", "extract its text first, for example: pdftotext FILE -"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _PICTURE),
    (b"\xff\xd8\xff", "a JPEG image", _PICTURE),
    (b"II*\0", "a TIFF image", _PICTURE),
    (b"MM\0*", "a TIFF image", _PICTURE),
    (b"GIF87a", "a GIF image", _PICTURE),
    (b"GIF89a", "a GIF image", _PICTURE),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 image", _PICTURE),
    (b"AT&TFORM", "a DjVu document", "extract its text first, for example: djvutxt FILE"),
    (b"PK\x03\x04", "a ZIP archive (or a DOCX, ODT or EPUB document)", _PACKED),
    (b"\x1f\x8b", "a gzip archive", _PACKED),
    (b"BZh", "a bzip2 archive", _PACKED),
    (b"\xfd7zXZ\0", "an xz archive", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _PACKED),
    (b"Rar!\x1a\x07", "a RAR archive", _PACKED),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Microsoft Office document", _OFFICE),
    (b"{\\rtf", "an RTF document", _OFFICE),
    (b"\x7fELF", "an executable program", _NO_TEXT),
    (b"\xcf\xfa\xed\xfe", "an executable program", _NO_TEXT),
    (b"SQLite format 3\0", "an SQLite database", _NO_TEXT),
)

# A byte order mark and blanks may stand before markup; without its NULs, UTF-16 markup reads as ASCII.
_BLANK: Final = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"
_ROOTS: Final = (
    (b"alto", "ALTO XML"),
    (b"mets", "METS XML"),
    (b"pcgts", "PAGE XML"),
    (b"html", "HTML"),
    (b"tei", "TEI XML"),
)
_OPENS_MARKUP = re.compile(rb"<(?:\?xml\b|!doctype\b|!--|[a-z][\w:.-]*(?:\s[^<>]*)?>\s*<[a-z!?/])", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:!doctype\s+)?(?:[\w.-]+:)?(alto|mets|pcgts|html|tei)\b", re.IGNORECASE)
_HEAD: Final = 4096

# Control characters that no text is written with; NUL among them. Escape is left out: terminals leave it in logs.
_CONTROLS: Final = bytes([*range(0x09), *range(0x0E, 0x1B), 0x7F])
_FEWEST_CONTROLS: Final = 8
_CONTROL_SHARE: Final = 0.02
_SAMPLE: Final = 1 << 16


def recognise(data: bytes) -> str | None:
    r"""Say what the data is and what to do with it, or None where nothing speaks against text.

    >>> recognise(b"%PDF-1.4\n")
    'a PDF, not text; extract its text first, for example: pdftotext FILE -'
    """
    for signature, kind, advice in _SIGNATURES:
        if data.startswith(signature):
            return f"{kind}, not text; {advice}"
    markup = _markup(data[:_HEAD].lstrip(_BLANK).replace(b"\0", b""))
    return markup and f"{markup}, and plain text is needed; {_MARKUP}"


def _markup(head: bytes) -> str | None:
    if not _OPENS_MARKUP.match(head):
        return None
    root = _ROOT.search(head)
    return dict(_ROOTS)[root[1].lower()] if root else "XML"


def is_binary(data: bytes) -> bool:
    """Tell whether control bytes are too many for a text in any encoding of one to four bytes a character.

    UTF-16 and UTF-32 are full of NULs and must have been tried before.
    """
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls >= _FEWEST_CONTROLS and controls > len(sample) * _CONTROL_SHARE
