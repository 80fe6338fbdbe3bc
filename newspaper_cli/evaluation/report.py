"""Figures made from tallies. A figure that nothing was asked about is left out: it is neither 0 nor 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from newspaper_cli.evaluation.tally import Tally

Report: TypeAlias = dict[str, float | int | str]


def issue_report(tally: Tally) -> Report:
    """Return the figures of issues against gold; all lie between 0 and 1, more is better, except as said.

    `meta_acc` masthead fields right of those in gold; `meta_wrong` how many are wrong rather than missing (less is
    better). `article_f1` articles matched one to one; `boundary_f1` places where articles part; `b3` B-cubed F over
    characters, with its precision and recall; `exact` articles whose text is gold's to the character. `headline_f1`,
    `headstack_f1` (kicker, headline and deck as one) and `byline_f1` (names) count in matched articles against all
    there are. `paragraph_f1` breaks and `body_cer` edits a character (less is better; it can exceed 1) of matched
    articles; `word_f1` their words, in Latin script. `articles` says hits, wanted and found in words.
    """
    hit, wanted, found = (int(tally[f"articles.{side}"]) for side in ("hit", "wanted", "found"))
    return _keep_known(
        {
            "meta_acc": tally.share("masthead.right", "masthead.wanted"),
            "meta_wrong": int(tally["masthead.wrong"]),
            "article_f1": tally.f1("articles"),
            "boundary_f1": tally.f1("boundaries"),
            "b3": _combine_bcubed(tally),
            "b3_precision": tally.share("bcubed.precision", "bcubed.found"),
            "b3_recall": tally.share("bcubed.recall", "bcubed.wanted"),
            "exact": tally.share("exact", "articles.wanted"),
            "headline_f1": tally.f1("headlines"),
            "headstack_f1": tally.f1("headstacks"),
            "byline_f1": tally.f1("bylines"),
            "paragraph_f1": tally.f1("paragraphs"),
            "body_cer": tally.share("body.edits", "body.characters"),
            "word_f1": tally.f1("words"),
            "articles": f"{hit}/{wanted} got {found}",
        }
    )


def seam_report(tally: Tally) -> Report:
    """Return the figures of joins against gold.

    `accuracy` gaps answered rightly; `break_f1` and `join_f1` for each answer alone; `always_join` the accuracy of
    joining everything, which the base rate gives away for nothing; `gaps` how many there were.
    """
    return _keep_known(
        {
            "accuracy": tally.share("gaps.right", "gaps"),
            "break_f1": tally.f1("breaks"),
            "join_f1": tally.f1("joins"),
            "always_join": tally.share("joins.wanted", "gaps"),
            "gaps": int(tally["gaps"]),
        }
    )


def promise_report(tally: Tally) -> Report:
    """Return what the promises came to: all but `pages` and `texts` must be 0, and the share of furniture small.

    `missing` pages without a prediction; `lost` and `twice` printed characters in no part and in more than one;
    `texts_wrong` of `texts` heads and paragraphs that are not their spans; `furniture_share` characters in no article.
    """
    return _keep_known(
        {
            "pages": int(tally["pages"]),
            "missing": int(tally["missing"]),
            "lost": int(tally["lost"]),
            "twice": int(tally["twice"]),
            "texts_wrong": int(tally["texts.wrong"]),
            "texts": int(tally["texts"]),
            "furniture_share": tally.share("furniture", "ink"),
        }
    )


def _combine_bcubed(tally: Tally) -> float | None:
    """Return the harmonic mean of B-cubed precision and recall; 0 where nothing of the gold text was found."""
    recall = tally.share("bcubed.recall", "bcubed.wanted")
    if recall is None:
        return None
    precision = tally.share("bcubed.precision", "bcubed.found") or 0.0
    return 2 * precision * recall / (precision + recall) if recall else 0.0


def _keep_known(figures: dict[str, float | int | str | None]) -> Report:
    """Leave out the figures that have no value."""
    return {name: value for name, value in figures.items() if value is not None}
