"""Which articles of a page with letter case are text that somebody paid for.

An advertisement sells, lets or calls for something, in lines set one by one; a report tells, in running text. Words of
both are listed by language (sheet `adverts`). How many there are, how the lines are set, how much is figures, capitals
and words that nobody knows, and what headings and bylines say are features, whose weights are in
`weights/paid.latin.tsv`. Advertisements stand together, so what stands beside one is likelier to be one (`sequences`).
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import accumulate
from math import exp
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.characters import STOPS
from newspaper_cli.features import NO_CAPITALS, count_each, in_capitals, in_latin, read_weights, score
from newspaper_cli.labels import Label
from newspaper_cli.languages import load_language
from newspaper_cli.languages.lexicon import load_lexicon
from newspaper_cli.sequences import alone, chances, sweep
from newspaper_cli.shapes import shape_of, small_share, wide_share
from newspaper_cli.tables import SHIPPED
from newspaper_cli.texts import find_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newspaper_cli.groups import Group
    from newspaper_cli.labels import ArticleKind
    from newspaper_cli.languages import Language
    from newspaper_cli.tables import Weights

TABLE: Final = "paid.latin"
TIE: Final = "beside"
# From here on an article is taken for paid: on pages left out F1 is .76 here and at .5, where recall is .04 less.
LIKELY: Final = 0.4
_OFFER, _TRADE, _REPORT = "adverts.offer", "adverts.trade", "adverts.report"
_MOST_OFFERS: Final = 4
# Steps of each measure: a feature is the number of steps reached.
_SIZES: Final = (12, 40, 120, 300)
_PER_HUNDRED: Final = (0.5, 2, 4, 7, 11, 16, 24)
_BALANCES: Final = (0.15, 0.3, 0.45, 0.6, 0.75, 0.9)
_KNOWN: Final = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9)
_COMMON: Final = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5)
_FIGURES: Final = (0.01, 0.03, 0.06, 0.1, 0.2, 0.3)
_CAPITALS: Final = (0.03, 0.06, 0.1, 0.2, 0.35, 0.6)
_SMALL: Final = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8)
_WIDE: Final = (0.25, 0.4, 0.55, 0.7, 0.85)
_NO_FIGURES: Final = bytes(code for code in range(256) if not chr(code).isdecimal() and chr(code) != "\n")
_MOST_LINES: Final = 4
_MOST_HEADS: Final = 3
# Words of a text that are looked up, the shortest of them, and the frequency from which a word is a common one.
_LOOKED_UP: Final = 200
_SHORTEST: Final = 3
_FREQUENT: Final = 6.3
_MOST_REASONS: Final = 4
# An article is told by its first lines, up to so many characters: long ones are reports from beginning to end.
_TOLD_BY: Final = 2000


class Seen(NamedTuple):
    """Hold an article, what kind the setting of its lines tells, and whether it says of itself that it is paid for."""

    group: Group
    shape: ArticleKind | None
    says_so: bool


def see(group: Group, language: Language) -> Seen:
    """See an article before its kind is told."""
    texts = group.texts()
    said = bool(texts) and language.pattern("parts.advertisement").search(f"{texts[0]}\n{texts[-1]}") is not None
    return Seen(group, shape_of(texts), said)


class Likelihood(NamedTuple):
    """Hold how probable it is that an article is paid for, and of one that likely is what weighs most.

    `alone` tells whether that is likely by the article alone, whatever stands beside it.
    """

    chance: float
    alone: bool
    reasons: tuple[tuple[str, float], ...]


def weigh_adverts(page: Sequence[Seen], language: Language, weights: Weights = SHIPPED) -> list[Likelihood]:
    """Say of each article of a page how probable it is that it is paid for."""
    if not page:
        return []
    known = read_weights(TABLE, weights)
    named = [tuple(features(seen, language)) for seen in page]
    tie = exp(known.get(TIE, 0.0))
    scores = [score(known, names) for names in named]
    found = chances(sweep(alone(scores), [tie] * (len(page) - 1)))
    return [
        Likelihood(chance, own > 0, _reasons(names, known) if chance >= LIKELY else ())
        for names, own, chance in zip(named, scores, found, strict=True)
    ]


def _reasons(names: Iterable[str], known: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    weighed = [(f"paid {name}", known[name]) for name in names if name in known]
    return tuple(sorted(weighed, key=lambda one: abs(one[1]), reverse=True)[:_MOST_REASONS])


def features(seen: Seen, language: Language) -> Iterator[str]:
    """Name the features of one article: of its words, of its letters and figures, and of how it is set."""
    texts = [line.text for part in seen.group.parts for line in part.labelled.block.lines]
    first = texts[: sum(end < _TOLD_BY for end in accumulate(map(len, texts))) + 1]
    # Not only small letters: German lists and pages write ss for ß, or not.
    yield from _word_features(find_words("\n".join(first).casefold()), language)
    yield from _letter_features(first)
    yield from _line_features(texts)
    yield from _part_features(seen, language)


def _word_features(words: Sequence[str], language: Language) -> Iterator[str]:
    size = _step(len(words), _SIZES)
    counts = _count(words, _listed(language.code))
    offer, trade, report = counts[_OFFER], counts[_TRADE], counts[_REPORT]
    hundred = max(len(words), 1) / 100
    looked_up = [word for word in words[:_LOOKED_UP] if len(word) >= _SHORTEST]
    told = [known for known in map(load_lexicon(language.code).frequency, looked_up) if known is not None]
    common = sum(known >= _FREQUENT for known in told)
    yield f"size {size}"
    yield f"offers {size} {min(offer, _MOST_OFFERS)}"
    yield f"trade {size} {_step(trade / hundred, _PER_HUNDRED)}"
    yield f"report {size} {_step(report / hundred, _PER_HUNDRED)}"
    yield f"balance {size} {_step((offer + trade + 0.5) / (offer + trade + report + 1), _BALANCES)}"
    yield f"known {size} {_step(len(told) / max(len(looked_up), 1), _KNOWN)}"
    yield f"common {size} {_step(common / max(len(looked_up), 1), _COMMON)}"


@cache
def _listed(code: str) -> Mapping[str, Sequence[tuple[int, Sequence[str], str]]]:
    """Give the runs of words that a language lists by the rarest word of each, with its place and the list."""
    language, frequency = load_language(code), load_lexicon(code).frequency
    runs: dict[str, list[tuple[int, Sequence[str], str]]] = {}
    for path in (_OFFER, _TRADE, _REPORT):
        for run in map(str.split, sorted(language.words(path))):
            place = min(range(len(run)), key=lambda place: frequency(run[place]) or 0.0)
            runs.setdefault(run[place], []).append((place, run, path))
    return runs


def _count(words: Sequence[str], listed: Mapping[str, Sequence[tuple[int, Sequence[str], str]]]) -> Counter[str]:
    """Count the runs of words by the list that they stand in."""
    counts: Counter[str] = Counter()
    for at in [at for at, word in enumerate(words) if word in listed]:
        for place, run, path in listed[words[at]]:
            if at >= place and words[at - place : at - place + len(run)] == run:
                counts[path] += 1
    return counts


def _letter_features(texts: Sequence[str]) -> Iterator[str]:
    ink = max(sum(len(text) - text.count(" ") for text in texts), 1)
    latin = in_latin(texts)
    yield f"figures {_step(sum(count_each(latin, _NO_FIGURES)) / ink, _FIGURES)}"
    yield f"capitals {_step(sum(count_each(latin, NO_CAPITALS)) / ink, _CAPITALS)}"


def _line_features(texts: Sequence[str]) -> Iterator[str]:
    many = min(len(texts), _MOST_LINES)
    yield f"small {many} {_step(small_share(texts), _SMALL)}"
    if many == _MOST_LINES:
        yield f"wide {_step(wide_share(texts), _WIDE)}"
    yield f"end {_end(texts[-1])}"


def _end(text: str) -> str:
    if text[-1] in STOPS:
        return "stop"
    return "figure" if text[-1].isdigit() else "capitals" if in_capitals(text) else "other"


def _part_features(seen: Seen, language: Language) -> Iterator[str]:
    group = seen.group
    yield f"credited {'yes' if group.is_credited() else 'no'}"
    yield f"shape {seen.shape.value if seen.shape else 'none'}"
    heads = group.of(Label.HEADLINE)
    head = heads[0].block.text if heads else ""
    case = "capitals" if in_capitals(head) else "other"
    yield f"heads {min(len(heads), _MOST_HEADS)} {case}"
    if _count(find_words(head.casefold()), _listed(language.code))[_OFFER]:
        yield "head offers"
    yield f"kind {group.kind.value}"
    if seen.says_so:
        yield "says so"


def _step(value: float, steps: Sequence[float]) -> int:
    """Count the steps that a value has reached."""
    return sum(value >= step for step in steps)
