"""The stages in order: from a source to its issue, its plan of repairs, and the reasons for both."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.articles import group_articles
from newspaper_cli.assembly import leftovers, make_article, make_pages
from newspaper_cli.blocks import heading_style, label_page, see_pages
from newspaper_cli.characters import undecodable
from newspaper_cli.columns import Order, restore_order
from newspaper_cli.document import Article, Block, Issue, Line, Note, Page, Plan, Source, SourceInfo, Span
from newspaper_cli.filenames import compare_name
from newspaper_cli.identification import identify_pages, spelling
from newspaper_cli.joins import make_block
from newspaper_cli.jumps import carry_over, link_jumps
from newspaper_cli.labels import NoteCode
from newspaper_cli.languages import Language, PageLanguages, Spoken, load_language
from newspaper_cli.lines import page_spans, read_lines
from newspaper_cli.masthead import Masthead, read_masthead
from newspaper_cli.repairs import plan_repairs, visible
from newspaper_cli.run_in_jumps import part_run_in
from newspaper_cli.tables import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newspaper_cli.groups import Group
    from newspaper_cli.tables import Weights

AUTO: Final = "auto"


class Analysis(msgspec.Struct, frozen=True):
    """Hold everything the stages found in one source; `groups` are the articles as blocks with labels and reasons.

    `parts` are all blocks of the file in reading order, by article and by run of masthead lines.
    """

    source: Source
    languages: PageLanguages
    lines: tuple[Line, ...]
    masthead: Masthead
    groups: tuple[Group, ...]
    parts: tuple[tuple[Block, ...], ...]
    issue: Issue

    @property
    def plan(self) -> Plan:
        """Plan the repairs of the source; made when asked for, since most users want the issue alone."""
        return plan_repairs(self.source, self.parts)


def read_issue(source: Source, language: str = AUTO, weights: Weights = SHIPPED) -> Issue:
    """Read the issue of a source: its masthead, articles, furniture, repairs and notes."""
    return analyse(source, language, weights).issue


def analyse(source: Source, language: str = AUTO, weights: Weights = SHIPPED) -> Analysis:
    """Run all stages on a source.

    `language` is the code of one, or `auto` to tell it page by page; `weights` are the tables to go by.
    """
    spans = page_spans(source.text)
    known, told = _tell_languages(source.text, spans, language)
    ordered = restore_order(read_lines(source.text), known)
    ordered = msgspec.structs.replace(ordered, lines=part_run_in(ordered.lines, known))
    masthead = read_masthead(ordered.lines, known)
    found = _groups(_unclaimed(ordered.lines, masthead), known, weights)
    groups, unmatched = link_jumps(found, known, _numbers(masthead))
    parts = _parts(ordered.lines, masthead, groups)
    ordered = msgspec.structs.replace(ordered, notes=(*told, *ordered.notes, *unmatched))
    issue = _issue(source, known, ordered, masthead, groups)
    shown = visible(source.text, (block for part in parts for block in part))
    issue = msgspec.structs.replace(issue, repairs=shown)
    return Analysis(source, known, ordered.lines, masthead, groups, parts, issue)


def running_lines(text: str, spoken: Spoken) -> list[list[Line]]:
    """Give the lines whose joins are decided, page by page and in reading order: all but those of the masthead."""
    lines = part_run_in(restore_order(read_lines(text), spoken).lines, spoken)
    return _unclaimed(lines, read_masthead(lines, spoken))


def running_pages(text: str) -> list[tuple[list[Line], Language]]:
    """Give the lines whose joins are decided, page by page, each page with its language as it is told."""
    spoken, _ = _tell_languages(text, page_spans(text), AUTO)
    return [(lines, spoken.of(lines[0].page)) for lines in running_lines(text, spoken) if lines]


def language_of(text: str, code: str) -> Language:
    """Load the language with this code, or for `auto` the one that most of the text is in."""
    return _tell_languages(text, page_spans(text), code)[0].main


def _tell_languages(text: str, spans: Sequence[Span], code: str) -> tuple[PageLanguages, tuple[Note, ...]]:
    """Tell the language of each page, and note where pages differ or one is unsure; a code leaves nothing to tell."""
    if code != AUTO:
        return PageLanguages(load_language(code), ()), ()
    spoken, doubts = identify_pages([text[slice(*span)] for span in spans])
    notes = [
        Note(NoteCode.LANGUAGE_UNSURE, span, f"page {number} is read as {language.name}: {doubt}")
        for number, (span, language, doubt) in enumerate(zip(spans, spoken.pages, doubts, strict=True), start=1)
        if doubt
    ]
    if spoken.mixed:
        told = ", ".join(f"{number} {language.name}" for number, language in enumerate(spoken.pages, start=1))
        notes.insert(0, Note(NoteCode.LANGUAGES_MIXED, None, f"the pages are not in one language: {told}"))
    return spoken, tuple(notes)


def _by_page(lines: Iterable[Line]) -> list[list[Line]]:
    pages: dict[int, list[Line]] = {}
    lines = list(lines)
    if not lines or lines[0].page == lines[-1].page:
        return [lines]
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    return list(pages.values())


def _unclaimed(lines: Sequence[Line], masthead: Masthead) -> list[list[Line]]:
    return _by_page(line for index, line in enumerate(lines) if index not in masthead.claimed)


def _groups(pages: Iterable[Sequence[Line]], spoken: Spoken, weights: Weights) -> list[Group]:
    """Join the lines of each page to blocks, label them and group them to articles."""
    seen = see_pages((lines, spoken.of(lines[0].page if lines else 0)) for lines in pages)
    style = heading_style(seen)
    groups = [group_articles(label_page(page, style, weights), page.regime, page.language, weights) for page in seen]
    return carry_over(groups, [page.language for page in seen])


def _numbers(masthead: Masthead) -> dict[int, str]:
    return {folio.page: folio.printed for folio in masthead.folios if folio.printed}


def _parts(lines: Sequence[Line], masthead: Masthead, groups: Sequence[Group]) -> tuple[tuple[Block, ...], ...]:
    """List the parts of the page in reading order; a masthead line in the middle of a block comes before it."""
    place = dict(zip([line.start for line in lines], range(len(lines)), strict=True))
    blocks = [[part.labelled.block for part in group.parts] for group in groups]
    parts = [(place[part[0].lines[0].start], part) for part in blocks]
    previous = -2
    for index in sorted(masthead.claimed):
        block = make_block([lines[index]], ())
        if index == previous + 1:
            parts[-1][1].append(block)
        else:
            parts.append((index, [block]))
        previous = index
    return tuple(tuple(blocks) for _, blocks in sorted(parts, key=lambda part: part[0]))


def _issue(source: Source, spoken: PageLanguages, ordered: Order, masthead: Masthead, groups: Sequence[Group]) -> Issue:
    articles: list[Article] = []
    furniture = list(masthead.furniture)
    for group in groups:
        language = spoken.of(group.parts[0].labelled.block.lines[0].page)
        article, loose = make_article(group, len(articles) + 1, language, masthead.fields.date)
        furniture += loose
        if article:
            articles.append(article)
    spans = page_spans(source.text)
    tags = [spelling(source.text[slice(*span)], spoken.of(page)) for page, span in enumerate(spans)]
    pages = make_pages(spans, masthead.folios, tags)
    issue = Issue(
        source=SourceInfo(source.path, source.sha256, source.encoding, len(source.text), _main_tag(pages, spoken)),
        issue=masthead.fields,
        pages=pages,
        articles=tuple(articles),
        furniture=tuple(furniture),
    )
    lost = leftovers(source.text, taken_spans(issue))
    restored = [piece for piece in lost if piece.text.isprintable()]
    notes = [*_source_notes(source), *ordered.notes, *masthead.notes, *_page_notes(issue, inked=bool(ordered.lines))]
    notes += _torn_notes(groups)
    if restored:
        where = restored[0].spans[0]
        kept = _counted(len(restored), "piece of text", "pieces of text")
        notes.append(Note(NoteCode.TEXT_RESTORED, where, f"{kept} kept as furniture"))
    # Masthead and page may tell the same.
    told = tuple(dict.fromkeys(notes))
    return compare_name(msgspec.structs.replace(issue, furniture=(*issue.furniture, *lost), notes=told))


def _main_tag(pages: Sequence[Page], spoken: PageLanguages) -> str:
    """Name the language and spelling of most pages."""
    tags = [page.language for page in pages if page.language and spoken.main.has_tag(page.language)]
    return Counter(tags).most_common(1)[0][0]


def taken_spans(issue: Issue) -> list[Span]:
    """Give the spans of the primary parts of an issue, those that partition its pages."""
    taken = [span for page in issue.pages for span in page.folio_spans]
    held = [reading.spans for reading in issue.issue.readings] + [piece.spans for piece in issue.furniture]
    for article in issue.articles:
        held += [head.spans for head in article.heads]
        held += [paragraph.spans for paragraph in article.paragraphs]
        held += [caption.spans for caption in article.captions]
        taken += [byline.line_span for byline in article.bylines]
        taken += [jump.span for jump in article.jumps]
        taken += [editor.span for editor in article.editors]
    return [*taken, *chain.from_iterable(held)]


def _source_notes(source: Source) -> Iterator[Note]:
    if source.guessed:
        yield Note(NoteCode.ENCODING_GUESSED, None, f"the encoding was detected as {source.encoding}")
    if bad := undecodable(source.text):
        text = _counted(bad, "byte is no text", "bytes are no text")
        yield Note(NoteCode.UNDECODABLE, None, f"{text} in {source.encoding}")


def _torn_notes(groups: Iterable[Group]) -> Iterator[Note]:
    """Note how many words at line ends were left in two, with the line in which the first of them begins to go on."""
    blocks = [part.labelled.block for group in groups for part in group.parts]
    torn = [
        line
        for block in blocks
        for line, seam in zip(block.lines, (block.before, *block.seams), strict=True)
        if seam and seam.torn
    ]
    if torn:
        one = "word that seems cut in two at a line end was left so, above this line"
        many = "words that seem cut in two at line ends were left so, the first above this line"
        yield Note(NoteCode.TORN_WORDS, (torn[0].start, torn[0].end), _counted(len(torn), one, many))


def _counted(count: int, one: str, many: str) -> str:
    """Say how many there are of something, in words for one or for more.

    >>> _counted(1, "byte is", "bytes are"), _counted(2, "byte is", "bytes are")
    ('1 byte is', '2 bytes are')
    """
    return f"{count} {one if count == 1 else many}"


def _page_notes(issue: Issue, *, inked: bool) -> Iterator[Note]:
    if not inked:
        yield Note(NoteCode.EMPTY_PAGE, None, "the input holds no text")
        return
    if not issue.issue.readings:
        yield Note(NoteCode.NO_MASTHEAD, None, "no masthead field was found")
    if not issue.articles:
        yield Note(NoteCode.NO_ARTICLES, None, "no article was found")
