"""What a heading is: whether it opens an article or only parts one, and which of a stack is kicker, headline or deck.

Whether a heading opens an article or parts one (小标题) is a sum of weights, `weights/articles.tsv`; the features are
what stands around the heading, never what it says.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import compress
from math import fsum
from typing import TYPE_CHECKING, Final, TypeAlias

from newspaper_cli.characters import printed_width
from newspaper_cli.features import in_capitals, read_weights
from newspaper_cli.labels import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import regex

    from newspaper_cli.labeling import Labelled
    from newspaper_cli.languages import Language
    from newspaper_cli.tables import Weights

WIDE_GAP: Final = 2
_KICKER_RATIO: Final = 1.25
_SHORTEST_HALF: Final = 3
_LONGEST_HALF: Final = 12
_LOOKS: Final = ("detached", "capitals", "wide gap", "spans columns", "item", "quoted")

# Everything the features of a heading are made of: whether text stands before it in the article, whether it is a stack,
# what comes next, what that says of its dateline, whether the article before is closed or open, and how it looks.
Situation: TypeAlias = tuple[bool, bool, str, str, str, bool, tuple[bool, bool, bool, bool, bool, bool]]


def look_at(first: Labelled, item: regex.Pattern[str]) -> tuple[bool, bool, bool, bool, bool, bool]:
    """See a heading: detached, in capitals, below a wide gap, across columns, the opening of an item, a quotation."""
    text = first.block.text
    head, wide = first.block.lines[0].head, first.gap >= WIDE_GAP
    quoted = text[0] == "“" and text.find("”") == len(text) - 1
    return first.detached, in_capitals(text), wide, head, item.match(text) is not None, quoted


def features(situation: Situation) -> Iterator[str]:
    """Name the features of a heading, each a row of the table of weights."""
    told, stack, following, lead, before, rubric_tag, look = situation
    yield "bias"
    if not told:
        yield "no text before"
    if stack:
        yield "stack"
    yield f"next {following}"
    if lead:
        yield "next dateline" if lead == "dateline" else "no lead on a page of leads"
    if before:
        yield f"{before} before"
    if rubric_tag:
        yield "rubric tag"
    yield from compress(_LOOKS, look)


@lru_cache(maxsize=1 << 10)
def weigh(situation: Situation, chosen: Weights) -> tuple[tuple[tuple[str, float], ...], float]:
    """Weigh a situation: its features with their weights, and the sum."""
    weights = read_weights("articles", chosen)
    reasons = tuple((name, weights.get(name, 0.0)) for name in features(situation))
    return reasons, fsum(weight for _, weight in reasons)


def head_roles(texts: Sequence[str], language: Language) -> list[Label]:
    """Tell kicker, headline and decks of a stack of headings apart, as far as their words allow.

    A kicker ends like a clause that goes on (…强调, ——) or is clearly longer than the line below it; a deck opens with
    a dash or follows the headline. The name of a column in brackets, on a line of its own, goes with the line above.
    """
    tags = [place > 0 and language.match("parts.rubric_tag", text) is not None for place, text in enumerate(texts)]
    lines = [text for text, tag in zip(texts, tags, strict=True) if not tag]
    ends = language.pattern("parts.kicker_end")
    kickers = 0
    if len(lines) > 1 and not lines[0].startswith(("—", "―")):
        longer = printed_width(lines[0]) > _KICKER_RATIO * printed_width(lines[1])
        kickers = int(bool(ends.search(lines[0])) or (longer and not lines[1].startswith(("—", "―"))))
    roles = iter([Label.KICKER] * kickers + [Label.HEADLINE] + [Label.DECK] * (len(lines) - kickers - 1))
    found: list[Label] = []
    for tag in tags:
        found.append(found[-1] if tag else next(roles))
    return found


def is_couplet(first: str, second: str) -> bool:
    """Tell whether two neighbouring lines are parts of one head: short, of one length, without a mark.

    Of 292 pairs of such lines on 78 pages keyed by hand, 249 are one head; of pairs of other lengths 202 of 451.

    >>> is_couplet("春风吹绿柳渡", "新桥连起两岸"), is_couplet("春风吹绿柳渡", "新桥通车")
    (True, False)
    """
    one_length = len(first) == len(second) and _SHORTEST_HALF <= len(first) <= _LONGEST_HALF
    return one_length and first.isalpha() and second.isalpha() and not first.isascii()
