"""Where articles open on a page without blank lines, block by block.

What opens an article there is told by the shapes around it: what each block is, how long, how it ends, what stands
before and after. The weights of these features, `weights/starts.tsv`, were learned on pages whose articles are known;
none of them is a word. What the grouping by headings says is one feature among them, and on pages with blank lines it
stands alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.characters import CLOSERS, COMMAS, OPENERS, STOPS
from newspaper_cli.features import end_class, probability, read_weights, score
from newspaper_cli.labels import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from newspaper_cli.labeling import Labelled
    from newspaper_cli.regime import Regime
    from newspaper_cli.tables import Weights

_LEAST: Final = 0.16
"""How probable a start must be: of several blocks that could open an article, one does."""
_LEAST_IN_TEXT: Final = 0.25
"""How probable, where running text follows running text."""
_MARK: Final = re.compile("[，、。；：！？]")
_STEP: Final = 6
_SHORT: Final = 30
_LONG: Final = 80
_MOST_LINES: Final = 4
_DASHES: Final = "—―"


class Look(NamedTuple):
    """Hold what a block shows: label, rule, size, classes of its end and its start, marks, brackets around, lines."""

    label: str
    rule: str
    size: str
    end: str
    start: str
    marks: str
    signed: str
    lines: str


_NOTHING: Final = Look(*["none"] * len(Look._fields))


def look_at(item: Labelled) -> Look:
    """See one block by itself."""
    text = item.block.text
    size = str(len(text) // _STEP) if len(text) < _SHORT else "L" if len(text) < _LONG else "XL"
    return Look(
        item.label.value,
        item.rule or "",
        size,
        end_class(text),
        _start_class(text[0]),
        "marks" if _MARK.search(text) else "bare",
        "signed" if text[0] in OPENERS and text[-1] in CLOSERS else "",
        str(min(len(item.block.lines), _MOST_LINES)),
    )


def _start_class(first: str) -> str:
    if first in _DASHES:
        return "dash"
    if first in OPENERS:
        return "opener"
    return "mark" if first in CLOSERS or first in COMMAS or first in STOPS else "letter"


def features(looks: Sequence[Look], place: int, mode: str, opens: str) -> Iterator[str]:
    """Name the features of a block by its neighbours; `opens` is what the grouping by headings says of it."""
    two, before, here, after, next_two, next_three = (
        looks[at] if 0 <= at < len(looks) else _NOTHING for at in range(place - 2, place + 4)
    )
    label = here.label
    yield f"opens {mode} {opens}"
    yield f"opens {label} {opens}"
    yield f"rule {label} {here.rule}"
    yield f"size {mode} {label} {here.size}"
    yield f"end {label} {here.end}"
    yield f"start {label} {here.start}"
    yield f"marks {label} {here.marks}"
    yield f"signed {label} {here.signed}"
    for where, other in (("before", before), ("after", after)):
        yield f"{where} {mode} {label} {other.label} {other.rule}"
        yield f"{where} size {label} {other.label} {other.size}"
        yield f"{where} end {mode} {label} {other.label} {other.end}"
        yield f"{where} lines {label} {other.lines}"
        yield f"{where} signed {label} {other.signed}"
    yield f"around {mode} {before.label} {label} {after.label}"
    yield f"two before {mode} {two.label} {before.label} {label}"
    yield f"two after {mode} {label} {after.label} {next_two.label}"
    yield f"three after {label} {after.label} {next_two.label} {next_three.label}"
    yield f"sizes {mode} {label} {here.size} {after.label} {after.size}"
    yield f"marks after {label} {after.marks} {next_two.marks}"
    yield f"marks before {label} {before.marks}"


def find_starts(
    blocks: Sequence[Labelled], regime: Regime, opened: AbstractSet[int], chosen: Weights
) -> dict[int, float]:
    """Find the blocks that open an article, with the probability of each; the first always does.

    `opened` are the places where the grouping by headings opens one.
    """
    weights = read_weights("starts", chosen)
    looks = [look_at(item) for item in blocks]
    starts = {0: 1.0}
    for place in range(1, len(blocks)):
        found = score(weights, features(looks, place, regime.mode, "yes" if place in opened else "no"))
        chance = probability(found) if found > 0 else 1 - probability(found)
        heading = place in opened or blocks[place].label is not Label.BODY
        if chance >= (_LEAST if heading else _LEAST_IN_TEXT):
            starts[place] = round(chance, 3)
    return starts
