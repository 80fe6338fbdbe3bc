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
from newspaper_cli.texts import Texts

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
    # An empty sheet says that the language has nothing of the kind, and the code asks for none of it.
    sheets = {sheet for sheet in sheets if language.sheet(sheet).patterns or language.sheet(sheet).words}
    asked = {path for path in asked if path.partition(".")[0] in sheets}
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
    language, path = load_language(example.code), f"{example.sheet}.{example.pattern}"
    if example.how == "search":
        found = language.pattern(path).search(example.text)
    else:
        found = language.match(path, example.text, whole=example.how == "fullmatch")
    assert (found is not None) is example.matches


HINTS = [(code, sheet, name) for code, sheet in SHEETS for name in load_language(code).sheet(sheet).hints]


@pytest.mark.parametrize(("code", "sheet", "name"), HINTS)
def test_a_hint_misses_nothing_that_its_pattern_would_match(code: str, sheet: str, name: str) -> None:
    hint = load_language(code).hint(f"{sheet}.{name}")
    shown = [it.text for it in EXAMPLES if (it.code, it.sheet, it.pattern) == (code, sheet, name) and it.matches]
    assert shown or never_matches(load_language(code).sheet(sheet).patterns[name])
    held = Texts(shown).holding(hint)
    assert [text for place, text in enumerate(shown) if place not in held] == []


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
