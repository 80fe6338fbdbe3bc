"""Articles that go on on another page of the file: jump lines (转接语) matched, the two halves made one.

Jump lines name pages. Where a file holds a whole issue without page marks nothing tells its pages apart; then only what
the halves share tells that they are one: a word that the jump cut, or the words of their headings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.credits import read_jump
from newspaper_cli.document import Block, Note, Seam
from newspaper_cli.features import end_class
from newspaper_cli.folios import is_same
from newspaper_cli.hyphens import fix_at_hyphen, fold, halves_at_hyphen, read_words
from newspaper_cli.joins import make_block
from newspaper_cli.labels import ArticleKind, Fix, Label, NoteCode, ParagraphKind
from newspaper_cli.languages.lexicon import load_lexicon
from newspaper_cli.lone_lines import INSTALMENT
from newspaper_cli.texts import find_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newspaper_cli.document import Jump
    from newspaper_cli.groups import Group, Part
    from newspaper_cli.languages import Language, Spoken

_LIKELY: Final = 0.9
_ENDED: Final = frozenset({"stop", "closer"})
_READ_ON: Final = frozenset({ArticleKind.ARTICLE, ArticleKind.SERIAL})
# Words of a heading that say what it is about; so many of them, and this share of those of the shorter heading, must
# stand in both. A word that a jump cut has so many letters before the cut and behind it.
_TELLING: Final = 4
_FEWEST_SHARED: Final = 2
_SHARED: Final = 0.5
_FEWEST_LEFT: Final = 3
_FEWEST_RIGHT: Final = 2


class _End(msgspec.Struct, frozen=True):
    """Hold one end of a jump: the group it stands in, its page and that page's printed number, the page it names."""

    group: int
    page: int
    printed: str
    jump: Jump

    def meets(self, other: _End) -> bool:
        return self.leads_to(other) and other.leads_to(self)

    def leads_to(self, other: _End) -> bool:
        return self.jump.page is None or is_same(self.jump.page, other.printed)


def link_jumps(
    groups: Sequence[Group], spoken: Spoken, numbers: Mapping[int, str]
) -> tuple[tuple[Group, ...], tuple[Note, ...]]:
    """Join the articles whose jump lines name each other's pages; an end without its other end is noted.

    `numbers` gives the printed number of a page by its index, where its running head prints one. What ends an
    instalment goes on in another issue.
    """
    ends = list(_ends(groups, spoken, numbers))
    marked = len({group.parts[0].labelled.block.lines[0].page for group in groups}) > 1
    waiting = [end for end in ends if end.jump.direction == "to"]
    joined = dict(enumerate(groups))
    # The group that each has become part of: an article may go on more than once.
    home = list(joined)
    unmatched = []
    for end in (end for end in ends if end.jump.direction == "from"):
        apart = [other for other in waiting if home[other.group] != home[end.group]]
        chosen = _choose(end, apart, groups, None if marked else spoken.of(end.page))
        if chosen is None or home[end.group] != end.group:
            unmatched.append(end)
            continue
        waiting.remove(chosen)
        first = home[chosen.group]
        joined[first] = _merged(joined[first], joined.pop(end.group), spoken.of(chosen.page))
        home = [first if one == end.group else one for one in home]
    notes = tuple(_note(end) for end in [*unmatched, *waiting])
    return tuple(joined[index] for index in sorted(joined)), notes


def _choose(end: _End, waiting: Sequence[_End], groups: Sequence[Group], language: Language | None) -> _End | None:
    """Choose the end that leads to another, if one does; a `language` is given where no page marks tell pages apart.

    Two articles that jump between the same two pages are told apart by the headline printed again, or by the word of it
    that the first jump line prints.
    """
    likely = [
        other
        for other in waiting
        if other.meets(end) or (language and _are_halves(groups[other.group], groups[end.group], language))
    ]
    return max(likely, key=lambda other: _likeness(groups[other.group], groups[end.group], other.jump), default=None)


def carry_over(pages: Sequence[Sequence[Group]], languages: Sequence[Language]) -> list[Group]:
    """Put the groups of all pages in a row; text that goes on at the head of a page joins the article it is cut from.

    Without jump lines only writing with letter case tells: what begins small begins no article.
    """
    groups: list[Group] = []
    for page, language in zip(pages, languages, strict=True):
        rest = list(page)
        if groups and rest and language.joiner and _is_cut(groups[-1]) and _goes_on(rest[0]):
            groups[-1] = _merged(groups[-1], rest.pop(0), language)
        groups += rest
    return groups


def _is_cut(group: Group) -> bool:
    """Tell whether a group is an article whose text ends inside a sentence."""
    body = _last_body(group.parts) if group.kind in _READ_ON else None
    return body is not None and end_class(group.parts[body].labelled.block.text) not in _ENDED


def _goes_on(group: Group) -> bool:
    """Tell whether a group has no heading, and its first text begins small."""
    body = _first_body(group.parts)
    advert = group.kind is ArticleKind.ADVERTISEMENT
    if body is None or advert or group.of(Label.HEADLINE) or group.of(Label.JUMP):
        return False
    return group.parts[body].labelled.block.text[0].islower()


def _note(end: _End) -> Note:
    return Note(NoteCode.JUMP_UNMATCHED, end.jump.span, f"no other end of this jump in the file: {end.jump.text}")


def _ends(groups: Sequence[Group], spoken: Spoken, numbers: Mapping[int, str]) -> list[_End]:
    ends = []
    for index, group in enumerate(groups):
        for item in group.of(Label.JUMP):
            page = item.block.lines[0].page
            if item.rule == INSTALMENT:
                continue
            if jump := read_jump(item.block, spoken.of(page)):
                ends.append(_End(index, page, str(numbers.get(page, page + 1)), jump))
    return ends


def _likeness(first: Group, second: Group, jump: Jump) -> tuple[bool, int]:
    heads = ["".join(item.block.text for item in group.of(Label.HEADLINE)) for group in (first, second)]
    return bool(heads[1]) and heads[1] in jump.text, len(set(heads[0]) & set(heads[1]))


def _are_halves(first: Group, second: Group, language: Language) -> bool:
    """Tell by what two groups share that one goes on in the other."""
    heads = [{word for word in _head_words(group) if len(word) >= _TELLING} for group in (first, second)]
    shared = len(heads[0] & heads[1])
    alike = shared >= _FEWEST_SHARED and shared >= _SHARED * min(map(len, heads))
    return alike or _cut_word(first, second, language)


def _head_words(group: Group) -> Sequence[str]:
    return find_words(" ".join(item.block.text for item in group.of(Label.HEADLINE)).casefold())


def _cut_word(first: Group, second: Group, language: Language) -> bool:
    """Tell whether the last word of a text and the first of another are the parts of one, and the other is none."""
    before, after = _last_body(first.parts), _first_body(second.parts)
    if before is None or after is None:
        return False
    lines = first.parts[before].labelled.block.lines[-1], second.parts[after].labelled.block.lines[0]
    halves = halves_at_hyphen(lines[0].text, lines[1].text)
    if halves is None or len(halves.left) < _FEWEST_LEFT or len(halves.right) < _FEWEST_RIGHT:
        return False
    known = load_lexicon(language.code).frequency
    right = fold(halves.right)
    return known(fold(halves.left) + right) is not None and known(right) is None


def _merged(first: Group, second: Group, language: Language) -> Group:
    """Put the second half behind the first; a paragraph that the jump cut is made whole."""
    parts = [_inside(part) for part in second.parts]
    before, after = _last_body(first.parts), _first_body(parts)
    if before is None or after is None or end_class(first.parts[before].labelled.block.text) == "stop":
        return msgspec.structs.replace(first, parts=(*first.parts, *parts))
    cut, rest = first.parts[before], parts.pop(after)
    whole = msgspec.structs.replace(cut.labelled, block=_joined(cut.labelled.block, rest.labelled.block, language))
    head = [*first.parts[:before], cut._replace(labelled=whole), *first.parts[before + 1 :]]
    return msgspec.structs.replace(first, parts=(*head, *parts))


def _inside(part: Part) -> Part:
    """Turn the headline that is printed again on the second page into a heading inside the article."""
    again = part.label is Label.HEADLINE
    return part._replace(label=Label.SUBHEAD, paragraph=ParagraphKind.SUBHEAD) if again else part


def _last_body(parts: Sequence[Part]) -> int | None:
    return max((index for index, part in enumerate(parts) if part.paragraph is ParagraphKind.BODY), default=None)


def _first_body(parts: Sequence[Part]) -> int | None:
    return min((index for index, part in enumerate(parts) if part.paragraph is ParagraphKind.BODY), default=None)


def _joined(first: Block, second: Block, language: Language) -> Block:
    fix = Fix.JOIN_SPACE if language.joiner else Fix.JOIN
    halves = halves_at_hyphen(first.lines[-1].text, second.lines[0].text)
    if halves:
        fix = fix_at_hyphen(
            halves, second.lines[0].text, read_words(f"{first.text}\n{second.text}", language.code), language
        )
    seam = Seam(fix, int(fix is Fix.HYPHEN), _LIKELY, (("rule jump", 1.0),))
    return make_block((*first.lines, *second.lines), (*first.seams, seam, *second.seams), first.before)
