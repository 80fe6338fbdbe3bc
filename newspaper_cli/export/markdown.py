"""Markdown to read or to print: no front matter, and nothing on the page can turn into markup or HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newspaper_cli.export.printable import printable
from newspaper_cli.export.records import facts, reading_parts
from newspaper_cli.labels import ArticleKind, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newspaper_cli.document import Article, Issue
    from newspaper_cli.export.options import ExportOptions

# Entities rather than backslashes for HTML: the first Markdown programs know no backslash before < and &.
_ENTITIES: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_MARKUP: Final = re.compile(r"[\\`*_\[\]#~|$^]")
# GitHub's flavour links bare web addresses: a page must not put a link into the output.
_ADDRESS: Final = re.compile(r":(?=//)|\.(?<=[wW]{3}\.)")
_LIST_MARK: Final = re.compile(r"\d{1,9}(?=[.)])|(?=[-+=:])", re.ASCII)

_SHAPES: Final = {
    Label.KICKER: "*{}*",
    Label.HEADLINE: "## {}",
    Label.DECK: "*{}*",
    Label.SUBHEAD: "### {}",
    Label.CAPTION: "> {}",
    Label.JUMP: "*{}*",
    Label.EDITOR: "*{}*",
}
_ONE_LINE: Final = frozenset({Label.HEADLINE, Label.SUBHEAD})


def render_markdown(issues: Iterable[Issue], _options: ExportOptions) -> Iterator[str]:
    """Write each issue under a first-level heading, with a rule between issues."""
    parting = ""
    for issue in issues:
        yield parting + "\n\n".join(_blocks(issue)) + "\n"
        parting = "\n---\n\n"


def escape(text: str) -> str:
    r"""Make a text that Markdown shows as it stands: CommonMark, GitHub's flavour and older programs.

    Line ends inside the text become hard breaks; white space at both ends of a line goes, it would be markup.

    >>> escape("<b>1. *x*</b>")
    '&lt;b&gt;1. \\*x\\*&lt;/b&gt;'
    >>> escape("1. x")
    '1\\. x'
    """
    lines = (line.strip() for line in printable(text).split("\n"))
    return "\\\n".join(_escaped_line(line) for line in lines if line)


def _escaped_line(line: str) -> str:
    for character, entity in _ENTITIES:
        line = line.replace(character, entity)
    line = _MARKUP.sub(r"\\\g<0>", line)
    line = _ADDRESS.sub(r"\\\g<0>", line)
    mark = _LIST_MARK.match(line)
    return f"{mark[0]}\\{line[mark.end() :]}" if mark else line


def _blocks(issue: Issue) -> Iterator[str]:
    yield f"# {_one_line(issue.issue.title or 'Untitled issue')}"
    if known := [f"- {caption}: {_one_line(value)}" for caption, value in facts(issue)]:
        yield "\n".join(known)
    for article in issue.articles:
        yield from _article_blocks(article)


def _article_blocks(article: Article) -> Iterator[str]:
    """Give heading, whereabouts and parts: the kicker comes below the headline, or it would end the article before."""
    parts = [(part.label, text) for part in reading_parts(article) if (text := _part_text(part.label, part.text))]
    headline = next((text for label, text in parts if label is Label.HEADLINE), f"Untitled {article.kind}")
    yield _SHAPES[Label.HEADLINE].format(headline)
    yield _whereabouts(article)
    for label, text in parts:
        if label is not Label.HEADLINE:
            yield _SHAPES.get(label, "{}").format(text)


def _part_text(label: Label, text: str) -> str:
    return _one_line(text) if label in _ONE_LINE else escape(text)


def _one_line(text: str) -> str:
    return escape(" ".join(printable(text).split()))


def _whereabouts(article: Article) -> str:
    kind = "" if article.kind is ArticleKind.ARTICLE else str(article.kind)
    section = _one_line(article.section or "")
    return " · ".join(part for part in (f"Page {article.page}", section, kind) if part)
