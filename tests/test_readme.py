"""The README tells the truth: its examples are run again, its tables are those of the code, its links lead somewhere.

`pytest tests/test_readme.py --update-golden` writes examples and tables anew; a person reads the difference.

In the output of an example a line `…` stands for one or more lines left out, and `…` inside a line for any characters.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, get_args, get_type_hints

import pytest
from rich.cells import cell_len, set_cell_size
from typer.main import get_command

import newspaper_cli
from newspaper_cli import document, labels
from newspaper_cli.batch import manifest
from newspaper_cli.cli import app
from newspaper_cli.errors import ExitCode
from newspaper_cli.evaluation.figures import ISSUE_FIGURES, PROMISE_FIGURES, SEAM_FIGURES
from newspaper_cli.export import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT: Final = Path(__file__).parent.parent
README: Final = ROOT / "README.md"
FLOORS: Final = Path(__file__).parent / "floors.json"
COLUMNS: Final = 100
CUT: Final = 112
PROMPT: Final = "$ "
LEFT_OUT: Final = "…"
FENCED: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TABLE: Final = re.compile(r"(?<=^<!-- table: )([\w -]+)( -->\n).*?(?=^<!-- end -->$)", re.MULTILINE | re.DOTALL)
FIELDS: Final = re.compile(r"^<!-- fields: (\w+) -->\n\n?((?:\|.*\n)+)", re.MULTILINE)
LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
VOCABULARIES: Final = {
    "article kinds": labels.ArticleKind,
    "paragraph kinds": labels.ParagraphKind,
    "furniture labels": labels.FurnitureLabel,
    "fixes": labels.Fix,
    "bases": labels.Basis,
    "checks": labels.Check,
    "note codes": labels.NoteCode,
}
SETS: Final = {
    "seed": "1 page of a county daily, column fragments",
    "press blocks": "12 typeset pages, column fragments",
    "press lines": "12 typeset pages, printed lines",
    "press pdftotext": "12 typeset pages, `pdftotext`",
    "press layout": "12 typeset pages, `pdftotext -layout`",
    "press tesseract": "12 typeset pages, Tesseract",
    "jingbao_run": "78 hand-keyed pages of 晶報, 1920 to 1939",
    "zh_raw": "21 pages of OCR, Chinese, 1872 to 2025",
    "mets": "10 issues of OCR, Latin script, 1814 to 1904",
    "samples": "the 13 samples of this project",
}
FIGURES: Final = {
    "meta_acc": "masthead",
    "article_f1": "articles",
    "boundary_f1": "boundaries",
    "headline_f1": "headlines",
    "byline_f1": "bylines",
    "paragraph_f1": "paragraphs",
    "body_cer": "CER",
}


class Option(Protocol):
    """Say what the table needs of an option as typer builds it."""

    name: str
    opts: list[str]
    param_type_name: str
    is_flag: bool
    metavar: str | None
    default: object
    help: str


class Command(Protocol):
    """Say what the tables need of a command as typer builds it."""

    help: str
    params: list[Option]
    callback: Callable[..., None]


class Example(NamedTuple):
    """Hold one command of a console block, and the output shown below it."""

    command: str
    shown: tuple[str, ...]


def readme() -> str:
    return README.read_text("utf-8")


def blocks(language: str) -> list[str]:
    return [text for found, text in FENCED.findall(readme()) if found == language]


def examples(block: str) -> list[Example]:
    """Read a console block: each prompt opens a command, what follows is its output."""
    found: list[Example] = []
    for line in block.splitlines():
        if line.startswith(PROMPT):
            found.append(Example(line.removeprefix(PROMPT), ()))
        else:
            found[-1] = found[-1]._replace(shown=(*found[-1].shown, line))
    return found


def agrees(shown: Iterable[str], printed: Iterable[str]) -> bool:
    lines = ("(?:.*\n)+?" if line == LEFT_OUT else re.escape(line).replace(LEFT_OUT, ".*") + "\n" for line in shown)
    return re.fullmatch("".join(lines), "".join(f"{line}\n" for line in printed)) is not None


def renew(shown: tuple[str, ...], printed: list[str]) -> list[str]:
    """Show what is printed now, with as many lines left out as before, and long lines cut.

    The lines before the first gap and after the last are kept by their number; those between gaps are found again by
    the first of them.
    """
    if agrees(shown, printed):
        return list(shown)
    first, *rest = [run.split("\n") for run in "\n".join(shown).split(f"\n{LEFT_OUT}\n")]
    if not rest:
        return [cut(line) for line in printed]
    *middle, last = rest
    kept, ahead = renew_run(first, printed), printed[len(first) :]
    for run in middle:
        place = next(index for index, line in enumerate(ahead) if agrees(run[:1], [line]))
        kept += [LEFT_OUT, *renew_run(run, ahead[place:])]
        ahead = ahead[place + len(run) :]
    return [*kept, LEFT_OUT, *renew_run(last, printed[-len(last) :])]


def renew_run(shown: list[str], printed: list[str]) -> list[str]:
    return [old if agrees([old], [new]) else cut(new) for old, new in zip(shown, printed, strict=False)]


def cut(line: str) -> str:
    return line if cell_len(line) <= CUT else set_cell_size(line, CUT - 1).rstrip() + LEFT_OUT


@pytest.fixture
def run(tmp_path: Path) -> Callable[[str], list[str]]:
    """Give what runs a command line beside a copy of the samples, as a reader does in the project's folder."""
    home, bin_ = tmp_path / "newspaper-cli", tmp_path / "bin"
    shutil.copytree(ROOT / "samples", home / "samples")
    bin_.mkdir()
    program = bin_ / "newspaper-cli"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newspaper_cli "$@"\n')
    program.chmod(0o755)
    path = f"{bin_}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": str(COLUMNS), "PYTHONPATH": str(ROOT)}

    def type_in(command: str) -> list[str]:
        # On a terminal both streams meet; blank lines at the end of an output are not shown.
        line = ["/bin/sh", "-c", f"exec 2>&1; {command}"]
        done = subprocess.run(line, cwd=home, env=environment, check=False, timeout=60, stdout=subprocess.PIPE)
        return done.stdout.decode().rstrip("\n").splitlines()

    return type_in


def test_examples_print_what_is_shown(run: Callable[[str], list[str]], request: pytest.FixtureRequest) -> None:
    text = readme()
    assert blocks("console")
    for block in blocks("console"):
        lines: list[str] = []
        for command, shown in examples(block):
            printed = run(command)
            assert not any("Traceback" in line for line in printed), printed
            lines += [f"{PROMPT}{command}", *renew(shown, printed)]
        text = text.replace(f"```console\n{block}```", "```console\n" + "".join(f"{line}\n" for line in lines) + "```")
    if request.config.getoption("update_golden"):
        README.write_text(text, "utf-8")
    assert readme() == text, "if the change is meant: pytest tests/test_readme.py --update-golden"


def test_every_command_has_an_example() -> None:
    typed = " ".join(example.command for block in blocks("console") for example in examples(block))
    assert set(re.findall(r"newspaper-cli (\w+)", typed)) == set(commands())


def test_gaps_stand_for_lines_and_for_parts_of_lines() -> None:
    printed = ["one", "two", "three", "four", "five"]
    assert agrees(["one", "…", "five"], printed)
    assert agrees(["o…", "two", "t…e", "…"], printed)
    assert not agrees(["one", "five"], printed)
    assert not agrees(["one", "two", "three", "four", "…", "five"], printed)
    assert renew(("eins", "…", "three", "…", "fünf"), printed) == ["one", "…", "three", "…", "five"]
    assert renew(("eins",), ["長" * CUT]) == ["長" * (CUT // 2 - 1) + "…"]


def test_python_examples_give_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert blocks("python")
    for block in blocks("python"):
        case = doctest.DocTestParser().get_doctest(block, {}, README.name, str(README), None)
        result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(case)
        assert result.attempted
        assert not result.failed


def commands() -> dict[str, Command]:
    """Give the commands as typer builds them; their parameters are read by the names that its help reads."""
    group: Any = get_command(app)
    return dict(group.commands)


def table(*rows: Iterable[object]) -> str:
    """Write rows as Markdown, the first as the head."""
    lines = ["| " + " | ".join(str(cell).replace("|", r"\|") for cell in row) + " |" for row in rows]
    head, *body = lines
    return "\n".join([head, "|---" * (head.count(" | ") + 1) + "|", *body]) + "\n"


def vocabulary(term: type[labels.Term]) -> str:
    named = any(word.chinese for word in term)
    head = ("word", "中文", "means") if named else ("word", "means")
    return table(head, *((f"`{word}`", *([word.chinese] if named else []), word.definition) for word in term))


def command_table() -> str:
    rows = ((f"[`{name}`](#{name})", command.help.partition("\n")[0]) for name, command in commands().items())
    return table(("command", "does"), *rows)


def option_table() -> str:
    """List each option once for every meaning it has, with the commands that take it."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, command in commands().items():
        taken = get_type_hints(command.callback)
        for option in command.params:
            if option.param_type_name == "option":
                key = spelled(option, choices(taken[option.name])), meaning(option)
                found.setdefault(key, []).append(f"`{name}`")
    rows = ((option, " ".join(names), means) for (option, means), names in sorted(found.items()))
    return table(("option", "of", "does"), *rows)


def choices(taken: object) -> list[str]:
    """List the words that a parameter of this type takes, if they are a closed set."""
    kinds = [kind for kind in (taken, *get_args(taken)) if isinstance(kind, type) and issubclass(kind, StrEnum)]
    return [word.value for kind in kinds for word in kind]


def spelled(option: Option, words: list[str]) -> str:
    names = ", ".join(sorted(option.opts, key=len, reverse=True))
    return f"`{names}`" if option.is_flag else f"`{names} {'|'.join(words) or option.metavar or option.name.upper()}`"


def meaning(option: Option) -> str:
    default = getattr(option.default, "value", option.default)
    return f"{option.help} (default: `{default}`)" if isinstance(default, str) else str(option.help)


def figure_table() -> str:
    sets = json.loads(FLOORS.read_text("utf-8"))["sets"]
    rows = []
    for name, described in SETS.items():
        kept = {**sets[name]["floors"], **sets[name]["ceilings"]}
        rows.append((described, *(f"{kept[figure]:.3f}" if figure in kept else "" for figure in FIGURES)))
    return table(("pages", *FIGURES.values()), *rows)


def join_table() -> str:
    kept = json.loads(FLOORS.read_text("utf-8"))["sets"]["jingbao joins"]["floors"]
    row = (SETS["jingbao_run"], *(f"{kept[name]:.3f}" for name in ("accuracy", "break_f1", "join_f1")))
    return table(("pages", "accuracy", "breaks F1", "joins F1"), row)


def measure_table() -> str:
    """List the figures of `evaluate` with what they mean; one whose definition is a paper's names it."""
    rows = (
        (
            figure.group,
            f"`{figure.name}`" + (" ↓" if figure.less else ""),
            figure.means,
            figure.source,
        )
        for figure in (*ISSUE_FIGURES, *SEAM_FIGURES, *PROMISE_FIGURES)
    )
    return table(("of", "figure, ↓ less is better", "means", "source"), *rows)


def promise_table() -> str:
    sets = json.loads(FLOORS.read_text("utf-8"))["sets"]
    counted = ("missing", "lost", "twice", "texts_wrong")
    named = {"promises": "all 311 pages measured", "samples promises": SETS["samples"]}
    rows = (
        (described, *(f"{sets[name]['ceilings'][count]:.0f}" for count in counted)) for name, described in named.items()
    )
    return table(("pages", *counted), *rows)


def tables() -> dict[str, str]:
    """Write every table that comes from the code or from the figures kept in `floors.json`."""
    return {
        "commands": command_table(),
        "options": option_table(),
        **{name: vocabulary(term) for name, term in VOCABULARIES.items()},
        "figures": figure_table(),
        "measures": measure_table(),
        "joins": join_table(),
        "promises": promise_table(),
    }


def test_tables_are_those_of_the_code(request: pytest.FixtureRequest) -> None:
    written = tables()
    assert sorted(name for name, _ in TABLE.findall(readme())) == sorted(written)
    text = TABLE.sub(lambda found: f"{found[1]}{found[2]}\n{written[found[1]]}\n", readme())
    if request.config.getoption("update_golden"):
        README.write_text(text, "utf-8")
    assert readme() == text, "if the change is meant: pytest tests/test_readme.py --update-golden"


def described_fields() -> Iterator[tuple[str, list[str]]]:
    for name, rows in FIELDS.findall(readme()):
        cells = [row.split("|")[1].strip() for row in rows.splitlines()[2:]]
        yield name, [word for cell in cells for word in re.findall(r"`(\w+)`", cell) or [cell]]


def fields_of(name: str) -> list[str]:
    if name == "ExitCode":
        return [str(code.value) for code in ExitCode]
    home = next(module for module in (document, records, manifest) if hasattr(module, name))
    return list(getattr(home, name).__struct_fields__)


def test_fields_and_exit_codes_are_those_of_the_code() -> None:
    described = dict(described_fields())
    assert set(described) == {
        "ExitCode",
        "ArticleRecord",
        "ParagraphRecord",
        "Row",
        *{"Plan", "Issue", "SourceInfo", "IssueFields", "Reading", "CheckResult", "Contact", "Editor", "Page"},
        *{"Article", "Head", "Byline", "Dateline", "Paragraph", "Caption", "Jump", "Furniture", "Edit", "Note"},
    }
    for name, fields in described.items():
        assert fields == fields_of(name), name


def test_the_commands_that_install_are_those_that_are_tested() -> None:
    install, develop = (line for block in blocks("sh") for line in block.splitlines() if "pip install" in line)
    ci = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert install in ci
    assert develop in ci
    assert "newspaper-cli split" in install
    assert "pytest" in develop


def test_links_lead_somewhere() -> None:
    anchors = {
        re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-")
        for head in re.findall(r"^#+ (.*)$", readme(), re.MULTILINE)
    }
    for page in (README, ROOT / "CHANGELOG.md", ROOT / "newspaper_cli" / "weights" / "README.md"):
        for link in LINK.findall(page.read_text("utf-8")):
            if link.startswith("#"):
                assert link[1:] in anchors, link
            elif not link.startswith("https://"):
                assert (page.parent / link).exists(), link


def test_every_table_of_weights_is_described() -> None:
    folder = ROOT / "newspaper_cli" / "weights"
    described = re.findall(r"^## ([\w.]+\.(?:tsv|bin))", (folder / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(described) == sorted(path.name for path in folder.iterdir() if path.suffix in {".tsv", ".bin"})


def test_the_changelog_tells_of_this_version() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    version = re.findall(r'^version = "(.*)"', text, re.MULTILINE)[0]
    assert re.search(rf"^## \[{re.escape(version)}\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)


def test_the_library_gives_its_public_names_and_no_other() -> None:
    assert dir(newspaper_cli) == sorted(newspaper_cli.__all__)
    assert all(getattr(newspaper_cli, name).__name__ == name for name in newspaper_cli.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        newspaper_cli.nothing  # type: ignore[attr-defined]  # noqa: B018
