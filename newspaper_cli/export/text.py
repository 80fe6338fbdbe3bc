"""Plain reading text: what is known of the issue, then its articles, one paragraph a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspaper_cli.export.printable import printable
from newspaper_cli.export.records import facts, reading_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newspaper_cli.document import Issue
    from newspaper_cli.export.options import ExportOptions


def render_text(issues: Iterable[Issue], _options: ExportOptions) -> Iterator[str]:
    """Write each issue as lines, a blank line between articles and two between issues."""
    parting = ""
    for issue in issues:
        yield printable(parting + _issue(issue))
        parting = "\n\n"


def _issue(issue: Issue) -> str:
    head = [issue.issue.title] if issue.issue.title else []
    head += [f"{caption}: {value}" for caption, value in facts(issue)]
    articles = ([part.text for part in reading_parts(article)] for article in issue.articles)
    return "\n".join("".join(f"{line}\n" for line in lines) for lines in (head, *articles) if lines)
