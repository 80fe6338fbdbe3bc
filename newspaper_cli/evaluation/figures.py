"""The figures of `evaluate`: what each is called, what it means and whose it is, and how counts make it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from newspaper_cli.evaluation import labelling
from newspaper_cli.evaluation.separators import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from newspaper_cli.evaluation.tally import Tally

Value: TypeAlias = float | int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """Name a figure: the group it is shown in, its meaning in a line, its source, and its making from a tally.

    `less` says that less of it is better.
    """

    name: str
    group: str
    means: str
    source: str
    make: Callable[[Tally], Value]
    less: bool = False


def make_figures(figures: tuple[Figure, ...], tally: Tally) -> dict[str, Value]:
    """Make figures from a tally, by name in their order; None for what gold does not ask."""
    return {figure.name: figure.make(tally) for figure in figures}


def always_join(tally: Tally) -> dict[str, Value]:
    """Return the figures of one who joins everything with nothing between: what the base rates give away."""
    gaps, joins = tally["gaps"], tally["joins.wanted"]
    return {
        "accuracy": tally.share("joins.wanted", "gaps"),
        "break_f1": 0.0 if tally["breaks.wanted"] else None,
        "join_f1": 2 * joins / (gaps + joins) if gaps else None,
        "separator_accuracy": tally.share(f"separator.{NOTHING}.wanted", "separators"),
    }


def always_break(tally: Tally) -> dict[str, Value]:
    """Return the figures of one who joins nothing, which is what the page is before a repair."""
    gaps, breaks = tally["gaps"], tally["breaks.wanted"]
    return {
        "accuracy": tally.share("breaks.wanted", "gaps"),
        "break_f1": 2 * breaks / (gaps + breaks) if gaps else None,
        "join_f1": 0.0 if tally["joins.wanted"] else None,
        "separator_accuracy": 0.0 if tally["separators"] else None,
    }


def _share(part: str, whole: str) -> Callable[[Tally], Value]:
    return lambda tally: tally.share(part, whole)


def _count(name: str) -> Callable[[Tally], Value]:
    return lambda tally: int(tally[name])


def _f1(name: str) -> Callable[[Tally], Value]:
    return lambda tally: tally.f1(name)


def _bcubed(name: str) -> Callable[[Tally], Value]:
    """Make the harmonic mean of precision and recall; 0 where nothing of the gold text was found."""

    def make(tally: Tally) -> Value:
        recall = tally.share(f"{name}.recall", f"{name}.wanted")
        if recall is None:
            return None
        precision = tally.share(f"{name}.precision", f"{name}.found") or 0.0
        return 2 * precision * recall / (precision + recall) if recall else 0.0

    return make


def _boundary_similarity(tally: Tally) -> Value:
    lost = tally["borders.alone"] + tally["borders.cost"]
    return 1 - lost / tally["borders"] if tally["borders"] else None


def _tau(tally: Tally) -> Value:
    return 1 - 2 * tally["turned"] / tally["pairs"] if tally["pairs"] else None


def _harm(tally: Tally) -> Value:
    return sum(int(count) for name, count in tally.counts if name.startswith("field.") and name.endswith(".harm"))


_BAGGA = "Bagga and Baldwin 1998; Amigó et al. 2009"
_ELSE = "doi:10.1007/s10791-024-09436-7"
_ICPR = "ICPR 2020 (NewsEye, CITlab)"
_LEVENSHTEIN = "Levenshtein 1966"

ISSUE_FIGURES = (
    Figure(
        "meta_acc", "masthead", "fields right, of those that gold has", "", _share("masthead.right", "masthead.wanted")
    ),
    Figure(
        "meta_wrong",
        "masthead",
        "fields with a wrong value; a missing one is not wrong",
        "",
        _count("masthead.wrong"),
        less=True,
    ),
    Figure("meta_harm", "masthead", "wrong fields whose right value was read and set aside", "", _harm, less=True),
    Figure("article_f1", "articles", "F1 of articles, matched one to one by their text", _ICPR, _f1("articles")),
    Figure(
        "articles_missed",
        "articles",
        "gold articles with no match",
        _ICPR,
        lambda tally: int(tally["articles.wanted"] - tally["articles.hit"]),
        less=True,
    ),
    Figure(
        "articles_extra",
        "articles",
        "found articles with no match",
        _ICPR,
        lambda tally: int(tally["articles.found"] - tally["articles.hit"]),
        less=True,
    ),
    Figure(
        "coverage",
        "articles",
        "gold characters that stand in the article matched with theirs",
        _ICPR,
        _share("covered", "bcubed.wanted"),
    ),
    Figure(
        "exact", "articles", "articles whose text is gold's to the character", "", _share("exact", "articles.wanted")
    ),
    Figure("b3", "articles", "B-cubed F over characters", _BAGGA, _bcubed("bcubed")),
    Figure(
        "b3_precision",
        "articles",
        "less where articles were merged",
        _BAGGA,
        _share("bcubed.precision", "bcubed.found"),
    ),
    Figure("b3_recall", "articles", "less where articles were torn", _BAGGA, _share("bcubed.recall", "bcubed.wanted")),
    Figure("b3_others", "articles", "B-cubed F, the character itself left out", _ELSE, _bcubed("others")),
    Figure(
        "boundary_f1",
        "boundaries",
        "F1 of the places where articles part, two characters off at most",
        "",
        _f1("boundaries"),
    ),
    Figure(
        "pk",
        "boundaries",
        "windows whose ends are wrongly together or apart",
        "Beeferman et al. 1999",
        _share("windows.apart", "windows"),
        less=True,
    ),
    Figure(
        "window_diff",
        "boundaries",
        "windows that hold another number of boundaries",
        "Pevzner and Hearst 2002",
        _share("windows.uneven", "windows"),
        less=True,
    ),
    Figure(
        "boundary_similarity",
        "boundaries",
        "boundaries right, with part of a point for near ones",
        "Fournier 2013",
        _boundary_similarity,
    ),
    Figure(
        "headline_f1",
        "heads and names",
        "F1 of headlines in matched articles, one character of ten wrong at most",
        "",
        _f1("headlines"),
    ),
    Figure("headstack_f1", "heads and names", "F1 of kicker, headline and deck as one text", "", _f1("headstacks")),
    Figure("byline_f1", "heads and names", "F1 of the names in bylines", "", _f1("bylines")),
    Figure("label_macro_f1", "labels", "mean F1 of the labels that gold uses", "", labelling.average),
    Figure("label_accuracy", "labels", "characters with the right label", "", _share("labelled.right", "labelled")),
    Figure(
        "successor_accuracy",
        "reading order",
        "paragraphs followed by the one that follows in gold",
        "",
        _share("successors.kept", "successors"),
    ),
    Figure("kendall_tau", "reading order", "pairs in order less pairs turned round, -1 to 1", "Kendall 1938", _tau),
    Figure("paragraph_f1", "text", "F1 of paragraph breaks in matched articles", "", _f1("paragraphs")),
    Figure(
        "body_cer",
        "text",
        "edits a character in matched articles",
        _LEVENSHTEIN,
        _share("body.edits", "body.characters"),
        less=True,
    ),
    Figure(
        "page_cer",
        "text",
        "edits a character over all articles in order",
        _LEVENSHTEIN,
        _share("page.edits", "page.characters"),
        less=True,
    ),
    Figure("word_f1", "text", "F1 of the words of matched articles in any order, Latin script", "", _f1("words")),
    Figure(
        "wer",
        "text",
        "edits a word in matched articles, Latin script",
        _LEVENSHTEIN,
        _share("tokens.edits", "tokens"),
        less=True,
    ),
)
SEAM_FIGURES = (
    Figure("accuracy", "joins", "gaps between lines answered rightly", "", _share("gaps.right", "gaps")),
    Figure("break_f1", "joins", "F1 of the gaps where a paragraph ends", "", _f1("breaks")),
    Figure("join_f1", "joins", "F1 of the gaps where it goes on", "", _f1("joins")),
    Figure(
        "separator_accuracy",
        "joins",
        "joins with the right thing between: nothing, a space, a hyphen or an overlap dropped",
        "",
        _share("separators.right", "separators"),
    ),
)
PROMISE_FIGURES = (
    Figure("missing", "promises", "pages without a result", "", _count("missing"), less=True),
    Figure("lost", "promises", "printed characters in no part", "", _count("lost"), less=True),
    Figure("twice", "promises", "printed characters in more than one part", "", _count("twice"), less=True),
    Figure(
        "texts_wrong", "promises", "heads and paragraphs that are not their spans", "", _count("texts.wrong"), less=True
    ),
    Figure(
        "furniture_share", "promises", "printed characters in no article", "", _share("furniture", "ink"), less=True
    ),
)
