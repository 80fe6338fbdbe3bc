"""Language knowledge is data: every sheet loads, every pattern compiles, and every example of what it matches is run.

A row of `SHEET.tsv` is a pattern, `+` or `-`, a text, and where texts of that shape were seen; a fifth column says why
the pattern still gets it wrong. A comment says how the rows below it are tried: `# match` (at the beginning of the
text), `# fullmatch` or `# search`.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import regex

import newspaper_cli
from newspaper_cli.errors import UsageError
from newspaper_cli.languages import available, load_language

PACKAGE = Path(newspaper_cli.__file__).parent
LANGUAGES = PACKAGE / "languages"
SHEETS = [
    (code, path.stem)
    for code in available()
    for path in sorted((LANGUAGES / code).glob("*.toml"))
    if path.stem != "language"
]
MODULES = sorted(PACKAGE.rglob("*.py"))
HOW = ("match", "fullmatch", "search")
HAN = regex.compile(r"\p{Han}")
# From one character to another, as the blocks of Unicode are given.
RANGE = regex.compile(r"\p{Han}-\p{Han}")
# The vocabulary of the output, which names each word in Chinese.
VOCABULARY = PACKAGE / "labels.py"


class Example(NamedTuple):
    code: str
    sheet: str
    pattern: str
    how: str
    matches: bool
    text: str
    known_failure: str = ""


def rows_of(code: str, sheet: str) -> list[tuple[int, str]]:
    """List the lines of a sheet's examples that are not empty, with their numbers."""
    path = LANGUAGES / code / f"{sheet}.tsv"
    lines = path.read_text("utf-8").split("\n") if path.is_file() else []
    return [(number, line) for number, line in enumerate(lines, start=1) if line]


def examples_of(code: str, sheet: str) -> list[Example]:
    found, how = [], ""
    for _, line in rows_of(code, sheet):
        if line.startswith("# "):
            how = line.split()[1]
        else:
            pattern, sign, text, _, *failure = line.split("\t")
            found.append(Example(code, sheet, pattern, how, sign == "+", text, *failure))
    return found


EXAMPLES = [example for code, sheet in SHEETS for example in examples_of(code, sheet)]


@cache
def named_in_code() -> frozenset[str]:
    """Find the `sheet.name` of every pattern and list that some module asks for."""
    constants = (node for path in MODULES for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    texts = {node.value for node in constants if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return frozenset(text for text in texts if regex.fullmatch(r"[a-z]+\.[a-z_]+", text))


def never_matches(pattern: str) -> bool:
    """Tell whether a pattern says that the language has no such thing."""
    return bool(regex.fullmatch(r"\(\?!\)|\(\?P<\w+>\(\?!\)\)", pattern))


@pytest.mark.parametrize(("code", "sheet"), SHEETS)
def test_every_pattern_of_a_sheet_compiles(code: str, sheet: str) -> None:
    language = load_language(code)
    for name in language.sheet(sheet).patterns:
        assert language.pattern(f"{sheet}.{name}").pattern
    for name in language.sheet(sheet).hints:
        assert language.hint(f"{sheet}.{name}").pattern


@pytest.mark.parametrize("code", available())
def test_a_language_has_all_that_the_code_asks_for(code: str) -> None:
    language = load_language(code)
    sheets = {sheet for known, sheet in SHEETS if known == "zh" and sheet != "calendar"}
    asked = {path for path in named_in_code() if path.partition(".")[0] in sheets}
    own = {sheet: language.sheet(sheet) for sheet in sheets}
    known = {
        f"{sheet}.{name}" for sheet in own for name in (*own[sheet].patterns, *own[sheet].words, *own[sheet].hints)
    }
    # Counts of the evaluation have names of the same form.
    assert asked - known - {"masthead.right", "masthead.wanted", "masthead.wrong"} == set()


@pytest.mark.parametrize(("code", "sheet"), SHEETS)
def test_every_rule_has_texts_it_must_and_must_not_match(code: str, sheet: str) -> None:
    patterns = load_language(code).sheet(sheet).patterns
    rules = {name for name in patterns if f"{sheet}.{name}" in named_in_code()}
    shown = {(example.pattern, example.matches) for example in examples_of(code, sheet)}
    assert {name for name in rules if (name, True) not in shown and not never_matches(patterns[name])} == set()
    assert {name for name in rules if (name, False) not in shown} == set()


@pytest.mark.parametrize(("code", "sheet"), SHEETS)
def test_examples_are_well_formed(code: str, sheet: str) -> None:
    lines = rows_of(code, sheet)
    patterns = load_language(code).sheet(sheet).patterns
    assert not lines or lines[0][1].removeprefix("# ").split()[0] in HOW
    for number, line in lines:
        if line.startswith("# "):
            assert line.split()[1] in HOW, number
        else:
            pattern, sign, text, source = line.split("\t")[:4]
            assert (pattern in patterns, sign in {"+", "-"}, bool(text), bool(source.strip())) == (True,) * 4, number
    examples = [(example.pattern, example.how, example.text) for example in examples_of(code, sheet)]
    assert len(set(examples)) == len(examples)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda it: f"{it.code}.{it.sheet}.{it.pattern} {it.text}")
def test_a_pattern_matches_what_it_must_and_nothing_else(example: Example, request: pytest.FixtureRequest) -> None:
    if example.known_failure:
        request.applymarker(pytest.mark.xfail(reason=example.known_failure, strict=True))
    pattern = load_language(example.code).pattern(f"{example.sheet}.{example.pattern}")
    assert (getattr(pattern, example.how)(example.text) is not None) is example.matches


# A quick look, how it is taken, and the rules that are tried only where it finds something.
LOOKS = {
    "openings.lead": ("search", ("leads.dateline", "leads.byline", "openings.box")),
    "openings.item": ("match", ("openings.item",)),
    "parts.part": (
        "search",
        (
            "leads.dateline",
            "leads.byline",
            "leads.end_dateline",
            "parts.jump",
            "parts.furniture",
            "parts.editor",
            "parts.caption",
            "parts.closing",
        ),
    ),
    "parts.caption": ("search", ("parts.caption",)),
    "parts.bracket": ("search", ("parts.closing",)),
    "parts.dateline": ("search", ("leads.dateline",)),
    "parts.byline": ("search", ("leads.byline",)),
    "parts.jump": ("search", ("parts.jump",)),
    "parts.furniture": ("search", ("parts.furniture",)),
    "parts.editor": ("search", ("parts.editor",)),
}
MISSED = {("en", "parts.part"): "an agency in brackets at the end of a report holds none of its marks"}


def missed(code: str, look: str) -> list[str]:
    """List the examples of rules that a quick look would keep from being tried."""
    how, rules = LOOKS[look]
    language = load_language(code)
    pattern = language.hint(look)
    rows = [it.text for it in EXAMPLES if it.code == code and it.matches and f"{it.sheet}.{it.pattern}" in rules]
    assert rows
    return [text for text in rows if not getattr(pattern, how)(text)]


@pytest.mark.parametrize("code", available())
@pytest.mark.parametrize("look", LOOKS)
def test_a_quick_look_misses_nothing_that_a_rule_would_match(
    code: str, look: str, request: pytest.FixtureRequest
) -> None:
    if (code, look) in MISSED:
        request.applymarker(pytest.mark.xfail(reason=MISSED[code, look], strict=True))
    assert missed(code, look) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_holds_a_word_of_chinese(path: Path) -> None:
    if path == VOCABULARY:
        return
    tree = ast.parse(path.read_text("utf-8"))
    # A text that stands alone is a docstring: it may quote.
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in alone]
    found = [(n.lineno, n.value) for n in texts if isinstance(n.value, str) and HAN.search(RANGE.sub("", n.value))]
    assert found == []


@pytest.mark.parametrize("code", ["", "xx", "shared", "../zh", "ZH "])
def test_an_unknown_language_is_refused(code: str) -> None:
    with pytest.raises(UsageError, match="auto"):
        load_language(code)
