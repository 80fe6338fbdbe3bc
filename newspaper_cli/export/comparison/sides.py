"""One page of a set: its masthead, then gold and result side by side where they part."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from newspaper_cli.evaluation.differences import (
    EXTRA,
    MISSED,
    SAME,
    Field,
    Gap,
    Group,
    Piece,
    compare_articles,
    compare_fields,
    compare_seams,
)
from newspaper_cli.evaluation.folders import load_paragraphs, load_prediction
from newspaper_cli.evaluation.masthead import HARM, INVENTED, MISSING, RIGHT, WRONG
from newspaper_cli.export.comparison.markup import table, tag, text
from newspaper_cli.source import read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newspaper_cli.evaluation.summary import Result

VERDICTS: Final = {
    "same": "agrees",
    "differs": "differs",
    "split": "split: one article of gold is several",
    "merged": "merged: several articles of gold are one",
    "mixed": "mixed: several articles share their text in another way",
    "missed": "missed: nothing like it was found",
    "extra": "extra: gold has nothing like it",
}
COUNTED: Final = {
    "same": "agreeing",
    "differs": "with differences",
    "split": "split",
    "merged": "merged",
    "mixed": "mixed",
    "missed": "missed",
    "extra": "extra",
}
FIELD_VERDICTS: Final = {
    RIGHT: "right",
    WRONG: "wrong",
    MISSING: "missing",
    HARM: "wrong, though it was read rightly",
    INVENTED: "the page prints none",
}
# A stretch that agrees is shown with this many characters at each end, if that leaves out enough to be worth it.
_KEPT: Final = 36
_WORTH: Final = 60


def render_issue(result: Result, place: str) -> str:
    """Render a page of an issue."""
    gold, predicted = load_prediction(result.pair.gold), load_prediction(result.pair.predicted)
    groups = compare_articles(gold, predicted)
    language = _read_language(predicted) or _read_language(gold)
    counts = Counter(group.verdict for group in groups)
    facts = [f"{count} {words}" for verdict, words in COUNTED.items() if (count := counts[verdict])]
    if not predicted:
        facts.append("there is no result for this page")
    body = [
        _fields(compare_fields(gold, predicted), language),
        _agreeing([group for group in groups if group.verdict == SAME], language),
        *(_group(group, language) for group in groups if group.verdict != SAME),
    ]
    return _section(result.pair.name, place, facts, body)


def render_seams(result: Result, place: str) -> str:
    """Render a page of joins: the gold paragraphs in which a line end was answered wrongly."""
    paragraphs = load_paragraphs(result.pair.gold)
    repaired = read_source(result.pair.predicted).text if result.pair.predicted else ""
    gaps = compare_seams(paragraphs, repaired)
    wrong = Counter("break missed" if gap.wanted else "break too many" for lines in gaps for gap in lines if gap.wrong)
    facts = [f"{count} × {name}" for name, count in sorted(wrong.items())] or ["all line ends agree"]
    return _section(result.pair.name, place, facts, [tag("div", "\n".join(_seams(gaps)), class_="seams")])


def _read_language(issue: dict[str, Any]) -> str:
    """Read the language of an issue: it chooses the shapes of characters that scripts share."""
    source = issue.get("source")
    return str((source.get("language") if isinstance(source, dict) else None) or issue.get("language") or "")


def _section(name: str, place: str, facts: Sequence[str], body: Iterable[str]) -> str:
    top = tag("a", "↑ top", href="#top", class_="up")
    parts = [
        tag("h2", text(name) + top),
        tag("p", text(" · ".join(facts)), class_="facts"),
        *(part for part in body if part),
    ]
    return tag("section", "\n".join(parts), id=place, class_="sheet")


def _fields(fields: Sequence[Field], language: str) -> str:
    """Render the masthead fields that are not right, and count the others."""
    right = sum(field.verdict == RIGHT for field in fields)
    others = [field for field in fields if field.verdict != RIGHT]
    if not fields:
        return ""
    if not others:
        return tag("p", f"masthead: all {right} fields right", class_="fine")
    rows = (
        tag(
            "tr",
            tag("th", text(field.name), scope="row")
            + tag("td", text(field.gold) or "–", lang=language)
            + tag("td", text(field.found) or "–", lang=language)
            + tag("td", tag("span", text(FIELD_VERDICTS[field.verdict]), class_=f"badge {field.verdict}")),
        )
        for field in others
    )
    count = tag("p", f"masthead: {right} of {len(fields)} fields right", class_="fine")
    return count + table(("field", "gold", "result", ""), rows, class_="fields")


def _agreeing(groups: Sequence[Group], language: str) -> str:
    """Name the articles that agree in everything, folded away."""
    if not groups:
        return ""
    names = "".join(tag("li", text(_shorten(group.title)), lang=language) for group in groups)
    count = f"{len(groups)} article{'' if len(groups) == 1 else 's'} agree{'s' if len(groups) == 1 else ''}"
    return tag("details", tag("summary", count) + tag("ul", names), class_="agreeing")


def _group(group: Group, language: str) -> str:
    alone = group.verdict in {MISSED, EXTRA}
    gold = "".join(_article(article, "del", alone=alone) for article in group.gold)
    found = "".join(_article(article, "ins", alone=alone) for article in group.found)
    badge = tag("span", text(VERDICTS[group.verdict]), class_=f"badge {group.verdict}")
    sides = tag("div", tag("h4", "gold") + (gold or _nothing()), class_="side") + tag(
        "div", tag("h4", "result") + (found or _nothing()), class_="side"
    )
    head = tag("h3", tag("span", text(_shorten(group.title)), lang=language) + " " + badge)
    return tag("article", head + tag("div", sides, class_="sides", lang=language), class_=group.verdict)


def _nothing() -> str:
    return tag("p", "nothing", class_="nothing", lang="en")


def _article(pieces: Iterable[Piece], mark: str, *, alone: bool) -> str:
    return tag("div", "\n".join(_piece(piece, mark, alone=alone) for piece in pieces), class_="card")


def _piece(piece: Piece, mark: str, *, alone: bool) -> str:
    """Render a part: its label where it is no plain paragraph or was taken for another, its text, its end."""
    label = (
        "" if piece.label == "body" and (alone or not piece.taken_for) else tag("span", text(piece.label), class_="tag")
    )
    if piece.taken_for and not alone:
        other = "gold has " if mark == "ins" else "read as "
        label += tag("span", other + text(piece.taken_for), class_="tag wrong")
    runs = "".join(tag(mark, text(run.text)) if run.differs and not alone else _alike(run.text) for run in piece.runs)
    end = tag("b", "¶", class_="lone") if piece.lone_end and not alone else ""
    look = [piece.label] if piece.label in {"headline", "kicker", "deck"} else []
    look += ["calm"] if piece.agrees and not alone else []
    return tag("p", label + runs + end, class_=" ".join(look))


def _alike(run: str) -> str:
    """Render text that agrees, without its middle where it is long: what differs shall catch the eye."""
    left_out = len(run) - 2 * _KEPT
    if left_out < _WORTH:
        return text(run)
    note = tag("span", f" ⋯ {left_out} characters ⋯ ", class_="alike", lang="en")
    return text(run[:_KEPT]) + note + text(run[-_KEPT:])


def _shorten(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= _WORTH else f"{line[: _WORTH - 1]}…"


def _seams(paragraphs: Sequence[Sequence[Gap]]) -> Iterator[str]:
    """Render the paragraphs with a wrong line end, and count those between them."""
    passed = 0
    for lines in paragraphs:
        if not any(gap.wrong for gap in lines):
            passed += 1
            continue
        if passed:
            yield _passed(passed)
        passed = 0
        yield tag("p", "".join(map(_line, lines)), class_="card")
    if passed:
        yield _passed(passed)


def _passed(count: int) -> str:
    return tag("p", f"⋯ {count} paragraph{'' if count == 1 else 's'} alike ⋯", class_="alike")


def _line(gap: Gap) -> str:
    if not gap.wrong:
        # Where nobody is asked, inside a head or at the end of the text, there is nothing to say.
        sign = "" if gap.wanted is None else "¶" if gap.wanted else "⏎"
        return text(gap.line) + tag("span", sign, class_="faint") + "<br/>"
    note, mark = ("¶ not in the result", "del") if gap.wanted else ("¶ only in the result", "ins")
    return text(gap.line) + tag(mark, note) + "<br/>"
