"""Figures made from tallies. A figure that nothing was asked about is left out: it is neither 0 nor 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from newspaper_cli.evaluation.figures import ISSUE_FIGURES, PROMISE_FIGURES, SEAM_FIGURES, make_figures

if TYPE_CHECKING:
    from newspaper_cli.evaluation.tally import Tally

Report: TypeAlias = dict[str, float | int | str]

# The figures that say how good a result is; those of ISSUE_FIGURES that are not here say in what way it is not.
ISSUE_NAMES = (
    "meta_acc",
    "meta_wrong",
    "article_f1",
    "boundary_f1",
    "b3",
    "b3_precision",
    "b3_recall",
    "exact",
    "headline_f1",
    "headstack_f1",
    "byline_f1",
    "paragraph_f1",
    "body_cer",
    "word_f1",
)


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
    figures = make_figures(ISSUE_FIGURES, tally)
    return _keep_known(
        {**{name: figures[name] for name in ISSUE_NAMES}, "articles": f"{hit}/{wanted} got {found}"},
    )


def seam_report(tally: Tally) -> Report:
    """Return the figures of joins against gold.

    `accuracy` gaps answered rightly; `break_f1` and `join_f1` for each answer alone; `separator_accuracy` joins with
    the right thing between, where gold says what that is; `always_join` the accuracy of joining everything, which the
    base rate gives away for nothing; `gaps` how many there were.
    """
    return _keep_known(
        {
            **make_figures(SEAM_FIGURES, tally),
            "always_join": tally.share("joins.wanted", "gaps"),
            "gaps": int(tally["gaps"]),
        }
    )


def promise_report(tally: Tally) -> Report:
    """Return what the promises came to: all but `pages` and `texts` must be 0, and the share of furniture small.

    `missing` pages without a prediction; `lost` and `twice` printed characters in no part and in more than one;
    `texts_wrong` of `texts` heads and paragraphs that are not their spans; `furniture_share` characters in no article.
    """
    figures = make_figures(PROMISE_FIGURES, tally)
    return _keep_known({"pages": int(tally["pages"]), **figures, "texts": int(tally["texts"])})


def _keep_known(figures: dict[str, float | int | str | None]) -> Report:
    """Leave out the figures that have no value."""
    return {name: value for name, value in figures.items() if value is not None}
