"""Words whose letters were set apart are closed up only where words tell it for sure; every edit is undone."""

from __future__ import annotations

import pytest

from newspaper_cli.joins import make_block
from newspaper_cli.labels import Fix
from newspaper_cli.languages import load_language
from newspaper_cli.lines import read_lines
from newspaper_cli.pipeline import analyse
from newspaper_cli.repairs import apply, invert
from newspaper_cli.source import decode
from newspaper_cli.spacing import close_up

AROUND = (
    "The harbour board sat until midnight and",
    "heard eleven witnesses on the matter of",
)


def closed(line: str, code: str = "en") -> str:
    lines = close_up(read_lines("\n".join((*AROUND, line))), load_language(code))
    return make_block(lines[-1:], ()).text


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Dakota's g re a te st m orning paper", "Dakota's greatest morning paper"),
        ("THE PELLHAVEN D A IL Y NEWS", "THE PELLHAVEN DAILY NEWS"),
        ("of a gr ea t er num b er of men in it", "of a greater number of men in it"),
        ("About t h r e e o'clock on Monday", "About three o'clock on Monday"),
        ('the S ta te" of the old wharf', 'the State" of the old wharf'),
    ],
)
def test_a_word_set_apart_is_closed_up(line: str, text: str) -> None:
    assert closed(line) == text


@pytest.mark.parametrize(
    "line",
    [
        # Short words in a row are words, though together they make one.
        "so it is to be in a day or so, and",
        "he is to get her to go on to it now",
        "for all of us to do as he is to do it",
        # Initials, points of the compass, rows of marks and figures.
        "Mr. J. P. M. Harker and W. H. Crewe",
        "winds N N E to S S W, and rain later",
        "a b c d e f of the plan on the wall",
        "E L S I E  J A N  is at the theatre",
        # A word in two fragments alone is not sure, nor is one that no list knows.
        "the board said in the m orning that",
        "he lived at W im ble thorn by the sea",
        # What stands beside may be of the same word.
        "for evils that were rem se e d in it",
        # Noise spells words by chance.
        "xq ne a r Isw w r iwe te n II zz kq",
        # Letters of more than one case, or more than one space between them, are no word set so.
        "said th E m en of the harbour board",
        "the f  a  m  o  u  s old wharf of it",
    ],
)
def test_other_lines_stay(line: str) -> None:
    assert closed(line) == line


def test_german_and_french_letters_are_known() -> None:
    assert closed("die Vertreter der R e gi er ung kamen", "de") == "die Vertreter der Regierung kamen"
    assert closed("le président du g ou ve rne ment a dit", "fr") == "le président du gouvernement a dit"
    assert closed("il y a à la fin de la rue un homme", "fr") == "il y a à la fin de la rue un homme"


def test_each_space_is_an_edit_that_is_shown_and_undone() -> None:
    text = "\n".join((*AROUND, "the g re a te st m orning of them all, and", "so it went on until the evening.", ""))
    analysis = analyse(decode(text.encode()), "en")
    edits = [edit for edit in analysis.issue.repairs if edit.fix is Fix.LETTER_SPACING]
    assert [(edit.before, edit.after) for edit in edits] == [(" ", "")] * 5
    assert [text[edit.span[0] - 1] for edit in edits] == ["g", "e", "a", "e", "m"]
    assert any(
        "the greatest morning of them" in p.text for article in analysis.issue.articles for p in article.paragraphs
    )
    repaired = apply(analysis.plan, text)
    assert "the greatest morning of them" in repaired
    assert invert(analysis.plan, repaired) == text
