"""Pages that no newspaper prints and every archive holds: what hypothesis builds to break the stages."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from newspaper_cli.document import Block, Line, Seam
from newspaper_cli.labels import Fix
from newspaper_cli.lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

# White space that ends no line here, though `str.splitlines` says so of six of them; then the two widths of a space.
ODD_SPACES = "\x0b\x1c\x1d\x1e\x1f\x85\u2028\u2029\u00a0\u200a\u3000\t "
LINE_ENDS = ("\n", "\r\n", "\r", "\f", "\n\n", "\r\n\r\n", "\n\r", "\n\f\n", "")
# Astral Chinese characters, a base with combining marks, a byte order mark, joiners, half a pair, an undecodable byte.
STRANGE = (
    "\U00020000",
    "\U000313ff",
    "e\u0301\u0323",
    "\u0301",
    "\ufeff",
    "\u200d",
    "\ud83d",
    "\udcff",
    "\x1b[2J",
    "〇",
)
PRINTED = "永康日报一二三年月第版记者本讯。，、（）“”：—7Aa-‐"

_character = st.one_of(
    st.sampled_from(PRINTED),
    st.sampled_from(ODD_SPACES),
    st.sampled_from(STRANGE),
    st.characters(exclude_categories=["Cs"]),
)
_spaced = st.lists(st.sampled_from("永康日报年。7"), min_size=3, max_size=9).flatmap(
    lambda characters: st.sampled_from([" ", "\u3000", "  "]).map(lambda space: space.join(characters))
)
line_texts = st.one_of(st.lists(_character, max_size=12).map("".join), _spaced)


@st.composite
def pages(draw: st.DrawFn, max_lines: int = 12) -> str:
    """Draw the text of a page, with line ends of every kind and lone surrogates."""
    lines = draw(st.lists(st.tuples(line_texts, st.sampled_from(LINE_ENDS)), max_size=max_lines))
    return draw(st.sampled_from(["", "\ufeff", "\n\n", " "])) + "".join(text + end for text, end in lines)


_seams = st.sampled_from([Fix.JOIN, Fix.JOIN_SPACE, Fix.HYPHEN, Fix.OVERLAP])


@st.composite
def blocks(draw: st.DrawFn, lines: Sequence[Line]) -> tuple[Block, ...]:
    """Draw a way to put these lines together into blocks, every line in one."""
    found: list[Block] = []
    rest = list(lines)
    while rest:
        size = draw(st.integers(1, min(4, len(rest))))
        taken, rest = rest[:size], rest[size:]
        found.append(Block(tuple(taken), tuple(draw(_seam(*pair)) for pair in pairwise(taken)), ""))
    return tuple(found)


@st.composite
def _seam(draw: st.DrawFn, first: Line, second: Line) -> Seam:
    fix = draw(_seams)
    if fix is Fix.HYPHEN:
        return Seam(fix, draw(st.integers(1, len(first.text))))
    if fix is Fix.OVERLAP:
        return Seam(fix, draw(st.integers(1, len(second.text))))
    return Seam(fix)


@st.composite
def arrangements(draw: st.DrawFn, text: str, *, reordered: bool) -> tuple[tuple[Block, ...], ...]:
    """Draw parts that hold every line of a text once, in the order of the file or in any other."""
    lines: Sequence[Line] = read_lines(text)
    if reordered:
        lines = draw(st.permutations(lines))
    rest = draw(blocks(lines))
    parts: list[tuple[Block, ...]] = []
    while rest:
        size = draw(st.integers(1, len(rest)))
        parts.append(rest[:size])
        rest = rest[size:]
    return tuple(parts)
