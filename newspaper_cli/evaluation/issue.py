"""An issue against gold, and the naive reading that every better one is measured by."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from newspaper_cli.evaluation.articles import evaluate_articles
from newspaper_cli.evaluation.masthead import evaluate_masthead
from newspaper_cli.evaluation.text import split_lines

if TYPE_CHECKING:
    from newspaper_cli.evaluation.parts import Json
    from newspaper_cli.evaluation.tally import Tally


def evaluate_issue(gold: Json, predicted: Json) -> Tally:
    """Compare a predicted issue, as `split` prints it, with gold; `issue_report` turns the sum of tallies into figures.

    Gold is `{"issue": {...}, "articles": [{kicker, headline, deck, bylines: [{name}], paragraphs: [text]}]}` and may
    state `scope` ("all": paragraphs hold every printed text of the article), `floor` (of overlap, 0.75),
    `headline_ratio` (0.9) and `language`. An empty prediction is a page that failed: gold is counted, nothing is hit.
    """
    masthead = evaluate_masthead(gold.get("issue") or {}, predicted.get("issue") or {})
    return masthead + evaluate_articles(gold, predicted)


def naive_issue(raw: str) -> Json:
    """Read a page the trivial way: blank lines part articles, each line is a paragraph, there are no heads."""
    runs = groupby(split_lines(raw), key=lambda line: bool(line.strip()))
    return {"articles": [{"headline": None, "paragraphs": list(lines)} for printed, lines in runs if printed]}
