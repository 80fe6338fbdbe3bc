"""The page as a whole: its head, the summary, the list of pages, then the pages themselves."""

from __future__ import annotations

from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Final

from newspaper_cli.evaluation import labelling
from newspaper_cli.evaluation.figures import ISSUE_FIGURES, SEAM_FIGURES, Value
from newspaper_cli.evaluation.summary import RANKED, rank
from newspaper_cli.export.comparison.markup import number, table, tag, text
from newspaper_cli.export.comparison.sides import render_issue, render_seams

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.evaluation.summary import Counts, Result, Row, Summary

BASELINES: Final = {
    "blank_lines": "blank lines part articles, each line is a paragraph",
    "always_join": "every line goes on in the next, with nothing between",
    "always_break": "every line is a paragraph",
}
_LISTED: Final = {
    ISSUE_FIGURES: ("meta_acc", "article_f1", "b3", "headline_f1", "byline_f1", "paragraph_f1", "body_cer"),
    SEAM_FIGURES: ("accuracy", "break_f1", "join_f1", "separator_accuracy"),
}
_LEGENDS: Final = {
    ISSUE_FIGURES: (
        tag("del", "only in gold"),
        tag("ins", "only in the result"),
        tag("b", "¶", class_="lone") + " a paragraph ends here, and on the other side it does not",
        tag("span", "headline", class_="tag")
        + tag("span", "read as body", class_="tag wrong")
        + " another label there",
        tag("span", "⋯ 120 characters ⋯", class_="alike") + " text that agrees, left out",
    ),
    SEAM_FIGURES: (
        tag("span", "⏎", class_="faint") + " the paragraph goes on, on both sides",
        tag("span", "¶", class_="faint") + " it ends, on both sides",
        tag("del", "¶ not in the result"),
        tag("ins", "¶ only in the result"),
    ),
}


def render_comparison(summary: Summary, inputs: tuple[str, str], most: int) -> Iterator[bytes]:
    """Render the page piece by piece; `inputs` name gold and result, `most` bounds the pages shown in full.

    Pages are loaded again one at a time, so that a big set needs no more memory than its largest page.
    """
    ranked = summary.worst_first()
    shown, named = ranked[:most], ranked[most:]
    places = {result.pair.name: f"page-{at}" for at, result in enumerate(shown, start=1)}
    yield _open(inputs).encode()
    yield _summary(summary, places).encode()
    yield _list_pages(summary, ranked, places).encode()
    if named:
        yield tag("p", f"{len(named)} pages that agree better are named above and not shown.", class_="note").encode()
    render = render_issue if summary.figures is ISSUE_FIGURES else render_seams
    for result in shown:
        yield f"\n{render(result, places[result.pair.name])}".encode()
    yield b"\n</main>\n</body>\n</html>\n"


def _open(inputs: tuple[str, str]) -> str:
    style = files("newspaper_cli.export.comparison").joinpath("page.css").read_text("utf-8")
    gold, result = map(text, inputs)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>{result} against {gold}</title>
<style>
{style}</style>
</head>
<body>
<header id="top">
<h1>Where gold and result part</h1>
<p>gold <b>{gold}</b> · result <b>{result}</b></p>
</header>
<main>
"""


def _summary(summary: Summary, places: dict[str, str]) -> str:
    """Render the figures in their groups, then what they are made of."""
    names = list(summary.baselines())
    head = ("figure", "means", "result", *(name.replace("_", " ") for name in names), "", "worst", "page")
    rows = []
    for group, members in groupby(summary.rows(), key=lambda row: row.figure.group):
        rows.append(tag("tr", tag("th", text(group), colspan=str(len(head)), scope="rowgroup"), class_="group"))
        rows += [_figure_row(row, places) for row in members]
    notes = ["↓ less is better."] if any(figure.less for figure in summary.figures) else []
    notes += [f"The trivial answer “{name.replace('_', ' ')}”: {BASELINES[name]}." for name in names]
    notes += ["A mark on a bar is where it stands."] if names else []
    return "\n".join(
        (
            '<section class="summary">',
            tag("h2", "All pages"),
            tag("p", text(_lead(summary)), class_="lead"),
            table(head, rows, class_="figures"),
            tag("p", text(" ".join(notes)), class_="note"),
            tag("div", "".join(_parts(summary)), class_="parts"),
            "</section>\n",
        )
    )


def _lead(summary: Summary) -> str:
    """Say in a sentence or two how it went, for who does not read figures."""
    total, pages = summary.total, len(summary.results)
    count = f"{pages} page{'' if pages == 1 else 's'} measured."
    if summary.figures is SEAM_FIGURES:
        return f"{count} {total['gaps.right']:.0f} of {total['gaps']:.0f} line ends were answered rightly."
    sentences = [count]
    if total["articles.wanted"]:
        extra = total["articles.found"] - total["articles.hit"]
        sentences.append(
            f"{total['articles.hit']:.0f} of {total['articles.wanted']:.0f} articles were found, {total['exact']:.0f} "
            f"of them to the last character; {extra:.0f} more were given that gold does not have."
        )
    if total["masthead.wanted"]:
        sentences.append(
            f"{total['masthead.right']:.0f} of {total['masthead.wanted']:.0f} masthead fields are right, "
            f"{total['masthead.wrong']:.0f} wrong."
        )
    return " ".join(sentences)


def _figure_row(row: Row, places: dict[str, str]) -> str:
    figure = row.figure
    means = text(figure.means) + (tag("small", f" {text(figure.source)}") if figure.source else "")
    return tag(
        "tr",
        tag("th", text(figure.name) + (" ↓" if figure.less else ""), scope="row")
        + tag("td", means, class_="means")
        + tag("td", tag("b", number(row.value)), class_="number")
        + "".join(tag("td", number(value), class_="number faint") for value in row.baselines)
        + tag("td", "" if figure.less else _bar(row.value, row.baselines))
        + tag("td", number(row.worst), class_="number")
        + tag("td", _link(row.page, places), class_="name"),
    )


def _bar(value: Value, baselines: Sequence[Value]) -> str:
    """Draw a share as a bar, with a mark where each baseline stands; counts have none."""
    if not isinstance(value, float):
        return ""
    marks = "".join(
        tag("i", style=f"left:{_percent(baseline)}") for baseline in baselines if isinstance(baseline, float)
    )
    return tag("span", tag("span", style=f"width:{_percent(value)}", class_="fill") + marks, class_="bar")


def _percent(value: float) -> str:
    return f"{100 * min(max(value, 0.0), 1.0):.1f}%"


def _parts(summary: Summary) -> Iterator[str]:
    """Render the counts behind a figure: masthead fields, labels with what they were taken for, what joins lines."""
    breakdown = summary.breakdown()
    if breakdown["masthead"]:
        yield _count_table("masthead field", breakdown["masthead"])
    if breakdown["labels"]:
        yield _count_table("label", breakdown["labels"])
        yield _confusion_table(labelling.confusion(summary.total))
    if breakdown["separators"]:
        yield _count_table("between lines", breakdown["separators"])


def _count_table(head: str, counts: Counts) -> str:
    columns = [name for name in next(iter(counts.values())) if any(row[name] for row in counts.values())]
    rows = (
        tag(
            "tr",
            tag("th", text(name), scope="row")
            + "".join(
                tag("td", number(row[column]), class_="number" if row[column] else "number faint") for column in columns
            ),
        )
        for name, row in counts.items()
    )
    return table((head, *columns), rows)


def _confusion_table(confusion: dict[str, dict[str, int]]) -> str:
    """Render how often a label of gold was given which label: what agrees stands on the diagonal."""
    answers = [
        label for label in (*labelling.LABELS, labelling.NOWHERE) if any(label in row for row in confusion.values())
    ]
    rows = (
        tag(
            "tr",
            tag("th", text(label), scope="row")
            + "".join(
                tag("td", str(row.get(answer, "")), class_="number agree" if answer == label else "number")
                for answer in answers
            ),
        )
        for label, row in confusion.items()
    )
    return table(("gold \\ read as", *answers), rows)


def _list_pages(summary: Summary, ranked: Sequence[Result], places: dict[str, str]) -> str:
    names = _LISTED[summary.figures]
    ranking = ", ".join(figure.name for figure in summary.figures if figure.name in RANKED)
    rows = []
    for result in ranked:
        figures = summary.describe(result.tally)
        values = [figures[name] for name in names]
        cells = "".join(
            tag("td", number(value) if isinstance(value, int | float) else "", class_="number") for value in values
        )
        mean = tag("td", tag("b", number(rank(figures))), class_="number")
        rows.append(tag("tr", tag("th", _link(result.pair.name, places), scope="row") + mean + cells))
    return "\n".join(
        (
            '<section class="pages">',
            tag("h2", "Page by page, the worst first"),
            tag("p", f"In the order of the mean of {ranking}, as far as gold asks for them.", class_="note"),
            table(("page", "mean", *names), rows),
            tag("h3", "How to read the pages"),
            tag(
                "p",
                " &#160; ".join(tag("span", item, class_="key") for item in _LEGENDS[summary.figures]),
                class_="legend",
            ),
            "</section>\n",
        )
    )


def _link(name: str, places: dict[str, str]) -> str:
    """Link to a page that is shown; name one that is not."""
    return tag("a", text(name), href=f"#{places[name]}") if name in places else text(name)
