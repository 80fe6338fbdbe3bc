"""HTML made of text that cannot break it: everything printed is escaped here and nowhere else."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from newspaper_cli.characters import display_safe

if TYPE_CHECKING:
    from collections.abc import Iterable

# XML has no place for these two, and a page shall be well-formed XML too.
_NO_CHARACTER: Final = re.compile("[\ufffe\uffff]")
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def text(value: object) -> str:
    """Escape a value; what would steer a screen or turn the direction of writing is shown, not obeyed.

    >>> text('<b> & "c"')
    '&lt;b&gt; &amp; &quot;c&quot;'
    """
    return escape(_NO_CHARACTER.sub(_REPLACEMENT, display_safe(str(value))))


def tag(name: str, content: str = "", **attributes: str) -> str:
    """Make an element of content that is HTML already; `class_` is the attribute class, empty attributes are left out.

    >>> tag("p", "<i>x</i>", class_="note", id="")
    '<p class="note"><i>x</i></p>'
    """
    listed = "".join(f' {key.rstrip("_")}="{text(value)}"' for key, value in attributes.items() if value)
    return f"<{name}{listed}>{content}</{name}>"


def table(head: Iterable[str], rows: Iterable[str], **attributes: str) -> str:
    """Make a table of rows that are HTML already under a head of plain words; it scrolls in a narrow window."""
    top = tag("tr", "".join(tag("th", text(word), scope="col") for word in head))
    whole = tag("table", tag("thead", top) + tag("tbody", "\n".join(rows)), **attributes)
    return tag("div", whole, class_="scroll")


def number(value: float | None) -> str:
    """Write a figure as on the terminal: four digits behind the point, counts as they are, nothing for None."""
    return "" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
