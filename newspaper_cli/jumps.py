"""Articles that go on on another page of the file: jump lines (转接语) matched, the two halves made one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.credits import read_jump
from newspaper_cli.document import Block, Note, Seam
from newspaper_cli.features import end_class
from newspaper_cli.folios import is_same
from newspaper_cli.joins import make_block
from newspaper_cli.labels import ArticleKind, Fix, Label, NoteCode, ParagraphKind
from newspaper_cli.lone_lines import INSTALMENT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newspaper_cli.document import Jump
    from newspaper_cli.groups import Group, Part
    from newspaper_cli.languages import Language, Spoken

_LIKELY: Final = 0.9
_ENDED: Final = frozenset({"stop", "closer"})


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
    waiting = [end for end in ends if end.jump.direction == "to"]
    joined = dict(enumerate(groups))
    unmatched = []
    for end in ends:
        if end.jump.direction != "from":
            continue
        likely = [other for other in waiting if other.meets(end) and other.group != end.group]
        if not likely:
            unmatched.append(end)
            continue
        # Two articles that jump between the same two pages are told apart by the headline printed again, or by the word
        # of it that the first jump line prints.
        chosen = max(likely, key=lambda other: _likeness(groups[other.group], groups[end.group], other.jump))
        waiting.remove(chosen)
        joined[chosen.group] = _merged(joined[chosen.group], joined.pop(end.group), spoken.of(chosen.page))
    notes = tuple(_note(end) for end in [*unmatched, *waiting])
    return tuple(joined[index] for index in sorted(joined)), notes


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
    body = _last_body(group.parts) if group.kind is ArticleKind.ARTICLE else None
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
    seam = Seam(fix, 0, _LIKELY, (("rule jump", 1.0),))
    return make_block((*first.lines, *second.lines), (*first.seams, seam, *second.seams), first.before)
