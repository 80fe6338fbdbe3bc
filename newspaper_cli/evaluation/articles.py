"""Articles against gold: which were found, where they begin, how their text, heads, names and paragraphs agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newspaper_cli.evaluation.alignment import Alignment, align, count_near, list_ends, measure_likeness
from newspaper_cli.evaluation.labelling import evaluate_labels
from newspaper_cli.evaluation.order import evaluate_order
from newspaper_cli.evaluation.parts import Json, count_names, join_prose, list_heads, list_print, list_texts
from newspaper_cli.evaluation.segmentation import count_similarity, count_windows, half_segment
from newspaper_cli.evaluation.tally import Tally
from newspaper_cli.evaluation.text import count_grams, is_latin, list_tokens, list_words, measure_overlap, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MATCH_FLOOR = 0.75
HEADLINE_LIKENESS = 0.9
SLACK = 2
PAID_KINDS = frozenset({"advertisement", "notice"})


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold an article ready to be compared: its record, its texts in order, and these joined."""

    record: Json
    texts: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Hold what a gold file says about the comparison.

    `everything`: gold paragraphs hold the whole printed text, heads and bylines included. `floor`: overlap from which
    two articles are one. `likeness`: from which two headlines are one. `words`: count words too.
    """

    everything: bool
    floor: float
    likeness: float
    words: bool


def evaluate_articles(gold: Json, predicted: Json) -> Tally:
    """Compare the articles of a page; gold without articles asks nothing.

    Predicted advertisements and notices are left aside unless gold has such kinds: many gold sets pass over them.
    """
    records = gold.get("articles") or []
    if not records:
        return Tally()
    terms = read_terms(gold)
    wanted, found = list_entries(gold, predicted, terms)
    pairs = match_articles(wanted, found, terms.floor)
    return (
        Tally.agreement("articles", hit=len(pairs), wanted=len(wanted), found=len(found))
        + _compare_flow(wanted, found)
        + evaluate_order(
            [text for entry in wanted for text in entry.texts], [t for entry in found for t in entry.texts]
        )
        + _count_asked(wanted, found, terms)
        + sum((_compare_pair(wanted[left], found[right], terms) for left, right in pairs), Tally())
        + _count_missed_paragraphs(entry for at, entry in enumerate(wanted) if at not in dict(pairs))
    )


def list_entries(gold: Json, predicted: Json, terms: Terms) -> tuple[list[Entry], list[Entry]]:
    """List the articles of both sides that are compared, in their order."""
    records = gold.get("articles") or []
    wanted = [_make_entry(record, list_texts(record)) for record in records]
    found = [
        _make_entry(record, list_print(record) if terms.everything else list_texts(record))
        for record in drop_paid(records, predicted.get("articles") or [])
    ]
    return wanted, found


def match_articles(wanted: Sequence[Entry], found: Sequence[Entry], floor: float) -> list[tuple[int, int]]:
    """Pair articles one to one by the overlap of their text, the best pair first.

    Greedy matching with a coverage floor keeps the figure comparable with the NewsEye and CITlab measures of article
    separation (ICPR 2020), whose baselines become n-grams of text here. Of equal overlaps the later articles go first.
    """
    left, right = [count_grams(entry.whole) for entry in wanted], [count_grams(entry.whole) for entry in found]
    scored = [(measure_overlap(a, b, floor), i, j) for i, a in enumerate(left) for j, b in enumerate(right)]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _score, i, j in sorted((row for row in scored if row[0] >= floor), reverse=True):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())


def count_bcubed(wanted: Sequence[Entry], found: Sequence[Entry], alignment: Alignment) -> Tally:
    """Count B-cubed precision and recall over characters (Bagga and Baldwin 1998; Amigo et al. 2009).

    Each aligned character adds the share of its found article (precision) or of its gold article (recall) that lies
    in the same gold and found article as itself; a character with no partner adds nothing but counts. Summed article
    by article: n characters shared by a gold and a found article add n * n / size. It sees articles that are split,
    merged or mixed wherever they stand, also where no article is matched.
    """
    gold_owner = [i for i, entry in enumerate(wanted) for _ in entry.whole]
    found_owner = [j for j, entry in enumerate(found) for _ in entry.whole]
    shared: Counter[tuple[int, int]] = Counter()
    for block in alignment.blocks:
        if block.same:
            owners = gold_owner[block.gold_start : block.gold_end], found_owner[block.found_start : block.found_end]
            shared.update(zip(*owners, strict=True))
    left, right = [len(entry.whole) for entry in wanted], [len(entry.whole) for entry in found]
    return Tally.of(
        {
            "bcubed.precision": sum(n * n / right[j] for (_, j), n in shared.items()),
            "bcubed.found": len(found_owner),
            "bcubed.recall": sum(n * n / left[i] for (i, _), n in shared.items()),
            "bcubed.wanted": len(gold_owner),
            **_count_others(left, right, shared),
        }
    )


def _count_others(left: Sequence[int], right: Sequence[int], shared: Counter[tuple[int, int]]) -> dict[str, float]:
    """Count B-cubed again with the character itself left out (doi:10.1007/s10791-024-09436-7).

    With itself in the count every character agrees with one at least, so that articles torn to single characters still
    score above nought. n characters shared add n * (n - 1) / (size - 1); an article of one character has no others and
    is not counted.
    """
    return {
        "others.precision": sum(n * (n - 1) / (right[j] - 1) for (_, j), n in shared.items() if right[j] > 1),
        "others.found": sum(size for size in right if size > 1),
        "others.recall": sum(n * (n - 1) / (left[i] - 1) for (i, _), n in shared.items() if left[i] > 1),
        "others.wanted": sum(size for size in left if size > 1),
    }


def read_terms(gold: Json) -> Terms:
    """Read the terms of a gold file; words are counted where gold names its language and is printed in Latin script."""
    return Terms(
        everything=gold.get("scope") == "all",
        floor=gold.get("floor", MATCH_FLOOR),
        likeness=gold.get("headline_ratio", HEADLINE_LIKENESS),
        words=bool(gold.get("language")) and is_latin(" ".join(join_prose(record) for record in gold["articles"])),
    )


def _make_entry(record: Json, texts: Sequence[str]) -> Entry:
    """Make the entry of an article with these texts."""
    return Entry(record, tuple(texts), "".join(texts))


def drop_paid(gold: Iterable[Json], predicted: Sequence[Json]) -> Sequence[Json]:
    """Drop predicted advertisements and notices unless gold has any."""
    if any(record.get("kind") in PAID_KINDS for record in gold):
        return predicted
    return [record for record in predicted if record.get("kind") not in PAID_KINDS]


def _compare_flow(wanted: Sequence[Entry], found: Sequence[Entry]) -> Tally:
    """Compare the page as one text, from one alignment: article boundaries, near misses, B-cubed and edits.

    A boundary is the offset between two articles; gold's are carried into the found text and hit within two characters.
    """
    left, right = [entry.whole for entry in wanted], [entry.whole for entry in found]
    alignment = align("".join(left), "".join(right))
    carried, ends = alignment.carry(list_ends(left)), list_ends(right)
    hits = count_near(carried, ends, SLACK)
    boundaries = Tally.agreement("boundaries", hit=hits, wanted=len(carried), found=len(ends))
    edits = Tally.of({"page.edits": alignment.edits, "page.characters": sum(map(len, left))})
    return boundaries + _count_near_misses(left, right, alignment) + count_bcubed(wanted, found, alignment) + edits


def _count_near_misses(left: Sequence[str], right: Sequence[str], alignment: Alignment) -> Tally:
    """Count near misses of boundaries in the gold text, into which the found ones are carried.

    So every result is judged by the same windows, and a page on which nothing was found is still asked about.
    """
    size, wanted, found = sum(map(len, left)), list_ends(left), alignment.turn().carry(list_ends(right))
    width = half_segment(size, wanted)
    return count_windows(size, wanted, found, width) + count_similarity(wanted, found, width)


def _count_asked(wanted: Sequence[Entry], found: Sequence[Entry], terms: Terms) -> Tally:
    """Count the labels, heads and names on both sides of the page, matched or not; gold with no heads asks none."""
    if terms.everything:
        return Tally()
    tally = evaluate_labels([entry.record for entry in wanted], [entry.record for entry in found])
    for side, entries in (("wanted", wanted), ("found", found)):
        records = [entry.record for entry in entries]
        tally += Tally.of(
            {
                f"headlines.{side}": sum(bool(normalise(record.get("headline"))) for record in records),
                f"headstacks.{side}": sum(bool(list_heads(record)) for record in records),
                f"bylines.{side}": sum(count_names(record).total() for record in records),
            }
        )
    return tally


def _compare_pair(wanted: Entry, found: Entry, terms: Terms) -> Tally:
    """Compare two matched articles."""
    tally = _compare_body(wanted, found)
    if not terms.everything:
        tally += _compare_heads(wanted.record, found.record, terms.likeness)
    if terms.words:
        tally += _compare_words(wanted.record, found.record)
    return tally


def _compare_body(wanted: Entry, found: Entry) -> Tally:
    """Compare the text of two matched articles: edits over characters, and the breaks between paragraphs.

    Edits are the only figure that sees wrong order inside an article.
    """
    alignment = align(wanted.whole, found.whole)
    carried, ends = alignment.carry(list_ends(wanted.texts)), list_ends(found.texts)
    hits = count_near(carried, ends, SLACK)
    return Tally.agreement("paragraphs", hit=hits, wanted=len(carried), found=len(ends)) + Tally.of(
        {
            "exact": wanted.whole == found.whole,
            "covered": alignment.common,
            "body.edits": alignment.edits,
            "body.characters": len(wanted.whole),
        }
    )


def _compare_heads(wanted: Json, found: Json, likeness: float) -> Tally:
    """Compare headline, stack of heads and names of two matched articles.

    The stack is kicker, headline and deck as one text: which is which is often a matter of the gold's convention.
    """
    headlines = normalise(wanted.get("headline")), normalise(found.get("headline"))
    stacks = "".join(list_heads(wanted)), "".join(list_heads(found))
    return Tally.of(
        {
            "headlines.hit": bool(headlines[0]) and measure_likeness(*headlines) >= likeness,
            "headstacks.hit": bool(stacks[0]) and measure_likeness(*stacks) >= likeness,
            "bylines.hit": (count_names(wanted) & count_names(found)).total(),
        }
    )


def _compare_words(wanted: Json, found: Json) -> Tally:
    """Compare the words of two matched articles, as bags and in order: both show joins that ate a space."""
    texts = join_prose(wanted), join_prose(found)
    left, right = (Counter(list_words(text)) for text in texts)
    printed, read = (list_tokens(text) for text in texts)
    return Tally.agreement("words", hit=(left & right).total(), wanted=left.total(), found=right.total()) + Tally.of(
        {"tokens.edits": align(printed, read).edits, "tokens": len(printed)}
    )


def _count_missed_paragraphs(missed: Iterable[Entry]) -> Tally:
    """Count the paragraph breaks of gold articles that were not found: each is a break missed."""
    return Tally.of({"paragraphs.wanted": sum(len(list_ends(entry.texts)) for entry in missed)})
