"""Measure issues, joins and promises against gold, with the metrics of the field.

Everything here works on decoded JSON: gold, and what `split` prints. Pages are tallied one by one, tallies add, and a
report turns a tally into figures.
"""

from newspaper_cli.evaluation.folders import Pair, load_paragraphs, load_prediction, pair_predictions
from newspaper_cli.evaluation.issue import evaluate_issue, naive_issue
from newspaper_cli.evaluation.promises import check_promises
from newspaper_cli.evaluation.report import Report, issue_report, promise_report, seam_report
from newspaper_cli.evaluation.seams import evaluate_seams
from newspaper_cli.evaluation.summary import (
    Result,
    Summary,
    summarise_issues,
    summarise_promises,
    summarise_seams,
    to_json,
)
from newspaper_cli.evaluation.tally import Tally

__all__ = [
    "Pair",
    "Report",
    "Result",
    "Summary",
    "Tally",
    "check_promises",
    "evaluate_issue",
    "evaluate_seams",
    "issue_report",
    "load_paragraphs",
    "load_prediction",
    "naive_issue",
    "pair_predictions",
    "promise_report",
    "seam_report",
    "summarise_issues",
    "summarise_promises",
    "summarise_seams",
    "to_json",
]
