"""Pages small enough to work figures out by hand."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def han(start: int, length: int) -> str:
    """Make a text in which no character comes twice, so that only one alignment is the shortest."""
    return "".join(chr(0x4E00 + start + step) for step in range(length))


LONG, SHORT = han(0, 20), han(100, 10)


def page(*texts: str | list[str], **gold: object) -> Json:
    """Make a page of articles, each given by its text or its paragraphs."""
    bodies = [[text] if isinstance(text, str) else text for text in texts]
    return {"articles": [{"paragraphs": body} for body in bodies], **gold}
