"""Text that is safe to write: no control character of a page leaves the program, nothing that UTF-8 refuses."""

from __future__ import annotations

import re
from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


def printable(text: str) -> str:
    r"""Put U+FFFD for control characters, line ends and tabs aside, and for lone surrogates.

    A carriage return is one of them: on a terminal it lets a text write over the line it stands in.

    >>> printable("a\x1b[31m\tb\udc80")
    'a\ufffd[31m\tb\ufffd'
    """
    return text if text.isprintable() else _CONTROL.sub(REPLACEMENT, text)


def encodable(text: str) -> str:
    """Put U+FFFD for lone surrogates, which stand for undecodable bytes and which UTF-8 cannot write."""
    return _SURROGATE.sub(REPLACEMENT, text)
