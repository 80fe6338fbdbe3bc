"""Lines as strips: which lines a masthead could have printed, cut into the parts that the language knows.

A line is folded first, so that patterns meet one spelling; every part keeps its place in the source.
"""

from __future__ import annotations

from itertools import pairwise, takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.characters import OPENERS
from newspaper_cli.masthead.depths import choose_deep, list_deep
from newspaper_cli.masthead.likeness import nearest
from newspaper_cli.masthead.parts import begins, find_parts
from newspaper_cli.masthead.sieve import LONGEST_NAME, closes, fold_text, reads_tops, sift
from newspaper_cli.masthead.values import DATED, KINDS, NUMBERED, REST, Strip, Token
from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import regex

    from newspaper_cli.document import Line, Span
    from newspaper_cli.languages import Language, Spoken
    from newspaper_cli.masthead.parts import Part

# Parts that a whole line, or a piece between white spaces, can consist of.
_WHOLE: Final = ("masthead.title", "masthead.lone")
# The most lines that a date with its weekday is cut into, what its pieces are, and the kinds of those that say one
# thing alone, or month and year.
_PIECES: Final = 4
_PIECE_PATTERNS: Final = ("masthead.date_head", "masthead.date_middle", "masthead.date_tail")
_PIECE_KINDS: Final = MappingProxyType({("day",): "lone_day", ("month", "year"): "year_month"})
LONGEST_REST: Final = 16
LONGEST_PLACE: Final = 60
# Kinds of which no masthead line consists.
_SILENT: Final = frozenset({REST, "rate"})
# So many parts of a title block, a date among them, are found together nowhere else.
_ENOUGH: Final = 3
_SHORTEST_DAMAGED: Final = 4
_WEEKDAY: Final = frozenset({"day_of_week"})
# Kinds from which a sentence or a headline can run on.
_RUNNING: Final = DATED | {"page_label", REST}
# What follows one of these, up to the next part, belongs to it.
_OPEN: Final = frozenset({"person", "place", "editors"})


class _Folded(msgspec.Struct, frozen=True, gc=False):
    """Hold a folded line: its text, the source offset of each character, and the places where white space was."""

    text: str
    offsets: Sequence[int]
    gaps: frozenset[int]


def read_pages(lines: Sequence[Line], spoken: Spoken) -> tuple[Strip, ...]:
    """Read the lines that could be masthead text, each page in its language."""
    languages = list({language.code: language for language in map(spoken.of, {line.page for line in lines})}.values())
    if len(languages) == 1:
        return read_strips(lines, languages[0])
    strips: list[Strip] = []
    for language in languages:
        places = [place for place, line in enumerate(lines) if spoken.of(line.page) is language]
        own = read_strips([lines[place] for place in places], language)
        strips += [msgspec.structs.replace(strip, place=places[strip.place]) for strip in own]
    return tuple(sorted(strips, key=lambda strip: strip.place))


def read_strips(lines: Sequence[Line], language: Language) -> tuple[Strip, ...]:
    """Read the lines that could be masthead text; the sieve tells most apart by their edges.

    Where a language is read at the top of pages alone and no date stands there, a dateline may stand below.
    """
    places = list(sift(lines, language))
    strips = _read_places(places, lines, language)
    if not reads_tops(language):
        return strips
    found = {strip.place: strip for strip in strips}
    found |= {strip.place: strip for strip in _read_halves(places, found, lines, language)}
    deep = list_deep(lines, tuple(found.values()), places, language)
    found |= {strip.place: strip for strip in choose_deep(_read_places(deep, lines, language), language)}
    return tuple(found[place] for place in sorted(found))


def _read_places(places: Sequence[int], lines: Sequence[Line], language: Language) -> tuple[Strip, ...]:
    """Read the lines at some places; those that are no masthead text as a whole are left out."""
    folded = [_fold(lines[place], language) for place in places]
    # Words take more room than characters.
    longest = LONGEST_PLACE if language.joiner else LONGEST_NAME
    swept = Texts([each.text if len(each.text) <= longest else "" for each in folded])
    alone = {index for path in _WHOLE for index in swept.holding(language.hint(path))}
    strips = (
        _read_strip(place, (lines[place], each), language, alone=index in alone)
        for index, (place, each) in enumerate(zip(places, folded, strict=True))
    )
    return tuple(strip for strip in strips if strip is not None)


def _read_halves(
    places: Sequence[int], found: dict[int, Strip], lines: Sequence[Line], language: Language
) -> Iterator[Strip]:
    """Read dates that line ends cut apart, on pages that print none whole: FRIDAY, MARCH 3, with 1916 below it.

    Only the first of a page is read: halves of two dates must not meet.
    """
    dated = {strip.line.page for strip in found.values() if "date" in strip.kinds}
    for index, place in enumerate(places):
        page = lines[place].page
        if page in dated:
            continue
        below = set(places[index : index + _PIECES])
        run = takewhile(below.__contains__, range(place, place + _PIECES))
        pieces = _match_pieces([at for at in run if lines[at].page == page], found, lines, language)
        if pieces:
            dated.add(page)
        for at, folded, match in pieces:
            yield Strip.of(at, lines[at], _cut_half(folded, lines[at], match, language))


def _match_pieces(
    run: Sequence[int], found: dict[int, Strip], lines: Sequence[Line], language: Language
) -> Sequence[tuple[int, _Folded, regex.Match[str]]]:
    """Match lines that follow each other as the pieces of one date, a line with the weekday among them or not.

    The year comes last; only a weekday between, which will have to agree, lets it stand above.
    """
    patterns = [language.pattern(path) for path in _PIECE_PATTERNS]
    pieces: list[tuple[int, _Folded, regex.Match[str]]] = []
    said: list[str] = []
    for place in run:
        if pieces and place in found and found[place].kinds == {"day_of_week"}:
            continue
        folded = _fold(lines[place], language)
        match = next((match for pattern in patterns if (match := pattern.fullmatch(folded.text)) is not None), None)
        if match is None:
            return ()
        pieces.append((place, folded, match))
        said += _said(match)
        if sorted(said) == ["day", "month", "year"]:
            return pieces if said[-1] == "year" or len(pieces) <= place - run[0] else ()
    return ()


def _said(piece: regex.Match[str]) -> list[str]:
    return [name for name in ("day", "month", "year") if piece.groupdict().get(name)]


def _cut_half(folded: _Folded, line: Line, match: regex.Match[str], language: Language) -> tuple[Token, ...]:
    """Cut a line that holds one piece of a date; what stands before or behind the piece is cut as any line."""
    said = _said(match)
    kind = _PIECE_KINDS.get(tuple(said), "lone_year" if "year" in said else "month_day")
    start, end = match.span("half")
    groups = {name: text for name, text in _quote_groups(match, folded, line).items() if name != "half"}
    tokens = [Token(kind, *_quote((start, end), folded, line), groups)]
    if start:
        tokens[:0] = _cut(_Folded(folded.text[:start], folded.offsets, frozenset()), line, language)
    if end < len(folded.text):
        tokens += _cut(_Folded(folded.text[end:], folded.offsets[end:], frozenset()), line, language)
    return _absorb_marks(tokens, line)


def _read_strip(place: int, printed: tuple[Line, _Folded], language: Language, *, alone: bool) -> Strip | None:
    """Cut one line into tokens; None if it is no masthead text as a whole.

    The line comes with its folded text; `alone` tells that it may be a single part as a whole.
    """
    line, folded = printed
    if alone:
        whole = _read_whole((0, len(folded.text)), folded, line, language)
        if whole is not None:
            return Strip.of(place, line, (whole,))
    if not _has_beginning(folded, line, language):
        return None
    parts = find_parts(folded.text, language)
    if not parts and not folded.gaps:
        # A line of news, as most are: it is all rest.
        return None
    strip = Strip.of(place, line, _cut_at(parts, folded, line, language))
    return strip if not strip.kinds <= _SILENT and _is_whole(strip, folded, language) else None


def _fold(line: Line, language: Language) -> _Folded:
    """Fold a line; a language that joins its lines with nothing loses its white space too."""
    text = fold_text(line.text, language)
    pieces = text.split()
    if language.joiner or len(pieces) == 1:
        return _Folded(text, range(line.start, line.end + 1), frozenset())
    offsets: list[int] = []
    gaps = set()
    at = 0
    for piece in pieces:
        at = text.index(piece, at)
        gaps.add(len(offsets))
        offsets += range(line.start + at, line.start + at + len(piece))
        at += len(piece)
    return _Folded("".join(pieces), offsets, frozenset(gaps))


def _read_whole(bounds: Span, folded: _Folded, line: Line, language: Language) -> Token | None:
    """Read a stretch that is one part: a title, or a part that is masthead text only beside others."""
    if folded.text[slice(*bounds)] in language.words("masthead.sections"):
        return Token("section", *_quote(bounds, folded, line), {})
    match = language.pattern("masthead.title").fullmatch(folded.text, *bounds)
    if match is not None and not _is_trap(match["name"], language):
        return _make_token(folded, line, match)
    match = language.pattern("masthead.lone").fullmatch(folded.text, *bounds)
    return None if match is None else _make_token(folded, line, match)


def _is_trap(name: str, language: Language) -> bool:
    return any(trap in name for trap in language.words("masthead.title_traps"))


def _has_beginning(folded: _Folded, line: Line, language: Language) -> bool:
    """Tell whether a part begins where the line or a piece of it begins: far cheaper to see than a part anywhere."""
    if language.joiner or closes(line.text, language):
        return True
    first = next((at for at, char in enumerate(folded.text) if char.isalnum()), 0)
    return begins(folded.text, (first, *folded.gaps), language)


def _cut(folded: _Folded, line: Line, language: Language) -> tuple[Token, ...]:
    """Cut a line at the parts the language knows."""
    return _cut_at(find_parts(folded.text, language), folded, line, language)


def _cut_at(parts: Sequence[Part], folded: _Folded, line: Line, language: Language) -> tuple[Token, ...]:
    """Cut a line at its parts; what is left between them is cut at its white space."""
    ends = [*(part.match.start() for part in parts[1:]), len(folded.text)]
    tokens: list[Token] = []
    at = 0
    # Without a part `ends` is one longer.
    for (kind, match), end in zip(parts, ends, strict=False):
        if at < match.start():
            tokens += _read_rest((at, match.start()), folded, line, language)
        at = end if kind in _OPEN else match.end()
        groups = _quote_groups(match, folded, line)
        tokens.append(Token(kind, *_quote((match.start(), at), folded, line), groups))
    if at < len(folded.text):
        tokens += _read_rest((at, len(folded.text)), folded, line, language)
    return _absorb_marks(tokens, line)


def _read_rest(bounds: Span, folded: _Folded, line: Line, language: Language) -> Iterator[Token]:
    """Read what lies between two parts: between white spaces there can be what else is a line by itself."""
    start, end = bounds
    cuts = (start, *sorted(gap for gap in folded.gaps if start < gap < end), end)
    if len(cuts) > end - start:
        # Nothing but single characters: one word, set apart.
        cuts = (start, end)
    for begin, end in pairwise(cuts):
        piece = begin + _count_separators(folded.text[begin:end]), end
        if begin < piece[0]:
            yield Token(REST, *_quote((begin, piece[0]), folded, line), {})
        if piece[0] == end:
            continue
        token = Token(REST, *_quote(piece, folded, line), {})
        if folded.gaps.issuperset({piece[0], piece[1]} - {len(folded.text)}):
            token = _read_whole(piece, folded, line, language) or token
        yield token


def _count_separators(text: str) -> int:
    """Count the marks that part a piece from the one before; a bracket belongs to what it opens."""
    return next((at for at, char in enumerate(text) if char.isalnum() or char in OPENERS), len(text))


def _make_token(folded: _Folded, line: Line, match: regex.Match[str]) -> Token:
    """Make a token of a stretch that is one part; the group around its groups, if any, names its kind."""
    groups = _quote_groups(match, folded, line)
    kind = next((name for name in groups if name in KINDS), "title")
    groups.pop(kind, None)
    return Token(kind, *_quote(match.span(), folded, line), groups)


def _quote_groups(match: regex.Match[str], folded: _Folded, line: Line) -> dict[str, str]:
    """Give the printed text of each group that matched something."""
    return {
        name: _quote(match.span(name), folded, line)[0]
        for name, value in match.groupdict().items()
        if value and name != "sep"
    }


def _quote(bounds: Span, folded: _Folded, line: Line) -> tuple[str, Span]:
    """Give the printed text of a stretch without white space, and its span in the source."""
    span = folded.offsets[bounds[0]], folded.offsets[bounds[1] - 1] + 1
    return _without_space(span, line), span


def _absorb_marks(tokens: list[Token], line: Line) -> tuple[Token, ...]:
    """Give the marks between parts to the part before them, those at the line's beginning to the first."""
    if all(token.kind != REST for token in tokens):
        return tuple(tokens)
    kept: list[Token] = []
    for token in tokens:
        is_mark = token.kind == REST and not any(char.isalnum() for char in token.text)
        if kept and (is_mark or _is_bare(kept[-1])):
            before = kept[-1]
            span = (before.span[0], token.span[1])
            host = token if _is_bare(before) else before
            kept[-1] = msgspec.structs.replace(host, span=span, text=_without_space(span, line))
        else:
            kept.append(token)
    return tuple(kept)


def _is_bare(token: Token) -> bool:
    return token.kind == REST and not any(char.isalnum() for char in token.text)


def _without_space(span: Span, line: Line) -> str:
    """Give the printed text of a span; white space stays only between words of the Latin script."""
    words = line.text[span[0] - line.start : span[1] - line.start].split()
    if len(words) == 1:
        return words[0]
    text = "".join(words[:1])
    for before, word in pairwise(words):
        text += " " + word if before[-1].isascii() and word[0].isascii() and word[0].isalpha() else word
    return text


def _is_whole(strip: Strip, folded: _Folded, language: Language) -> bool:
    """Tell whether a line is masthead text as a whole: what no pattern knows is short, and reads like no sentence."""
    if REST not in strip.kinds or (language.joiner and _says_enough(strip)):
        return True
    rest = [token for token in strip.tokens if token.kind == REST and read_title_name(token.text, language) is None]
    if not rest:
        return True
    prose = language.pattern("masthead.prose")
    if any(prose.search(token.text) for token in rest):
        return False
    left = sum(len(token.text) for token in rest)
    if language.joiner:
        # Words take more room than characters, and a place stands before the date.
        other = strip.firm == _WEEKDAY and language.match("masthead.other_weekday", folded.text, whole=True)
        return left <= LONGEST_PLACE and not other
    if left > LONGEST_REST or 2 * left > len(folded.text):
        return False
    # A date that runs on into a word is the beginning of a sentence or a headline.
    return not strip.kinds <= _RUNNING or all(_stands_apart(token, strip.tokens, strip.line) for token in rest)


def _says_enough(strip: Strip) -> bool:
    """Tell whether a line opens with so much of an issue that it is masthead text, though a motto stands in it too."""
    rest = [token.text for token in strip.tokens if token.kind == REST]
    if strip.tokens[0].kind not in strip.firm or sum(map(len, rest)) > LONGEST_PLACE:
        return False
    if strip.firm >= NUMBERED:
        return True
    # What goes on in small letters says when and where something will be.
    return len(strip.firm) >= _ENOUGH and "date" in strip.firm and not any(text[0].islower() for text in rest)


def read_title_name(text: str, language: Language) -> str | None:
    """Read the name of a paper that a text consists of, in the text's own spelling."""
    match = language.pattern("masthead.title").fullmatch(fold_text(text, language))
    return None if match is None or _is_trap(match["name"], language) else text[match.start("name") : match.end("name")]


def read_head_name(text: str, language: Language) -> str | None:
    """Read the name of a paper from a line at the head of its page, known by its last word.

    Display type is the worst read of all: behind what makes `sure` of a name, such as an article, a word in capitals
    may be damaged, and may be one that names other things as well; else it must be a name as it stands.
    """
    match = language.pattern("masthead.head_title").fullmatch(text) if len(text) <= LONGEST_PLACE else None
    if match is None:
        return None
    groups = match.groupdict()
    word = groups["word"].capitalize()
    listed = word in language.words("masthead.names")
    if groups["sure"]:
        known = listed or word in language.words("masthead.head_names") or _is_damaged_name(groups["word"], language)
    else:
        known = listed and word not in language.words("masthead.common_names")
    return match["name"] if known else None


def _is_damaged_name(word: str, language: Language) -> bool:
    return len(word) >= _SHORTEST_DAMAGED and word == word.upper() and nearest(word, "names", language) is not None


def _stands_apart(token: Token, tokens: Sequence[Token], line: Line) -> bool:
    """Tell whether white space or a mark parts a piece from what stands before and after it."""
    return all(
        before.span[1] < after.span[0] or not line.text[after.span[0] - line.start - 1].isalnum()
        for before, after in pairwise(tokens)
        if token is before or token is after
    )
