"""The house stands: an arrow never points back, and only the command line knows the terminal."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import newspaper_cli

ROOT = Path(newspaper_cli.__file__).parent
PACKAGE = ROOT.name
LAYERS = (
    {"errors", "labels", "document"},
    {
        "source",
        "signatures",
        "lines",
        "characters",
        "trigrams",
        "texts",
        "languages",
        "calendars",
        "filenames",
        "folios",
    },
    {"identification", "regime", "columns", "seams", "joins", "features", "cased", "hyphens", "leaps", "spacing"}
    | {"sequences", "tables", "lone_lines", "run_in_jumps"},
    {"labeling", "articles", "masthead", "repairs"},
    {"pipeline", "explain", "evaluation", "training", "readers", "runs"},
    {"export"},
    {"batch"},
    {"cli"},
)
# Parts of a stage that have a file of their own stand beside it.
BESIDE = {
    "blocks": "articles",
    "groups": "articles",
    "headlines": "labeling",
    "heading_lines": "labeling",
    "looks": "labeling",
    "states": "sequences",
    "kinds": "articles",
    "adverts": "articles",
    "shapes": "articles",
    "sections": "articles",
    "starts": "articles",
    "headings": "articles",
    "context": "labeling",
    "credits": "articles",
    "assembly": "articles",
    "jumps": "articles",
    "script": "export",
}
TERMINAL = {"typer", "rich", "click"}
STORES = {"sqlite3", "pyarrow", "fsspec", "backports", "dask", "distributed"}
HEAVY = {"opencc", "charset_normalizer", "rapidfuzz", "numpy", "scipy", "sklearn", *TERMINAL, *STORES}
MODULES = sorted(ROOT.rglob("*.py"))


def unit_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@cache
def imports_of(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update((node.module, *(f"{node.module}.{alias.name}" for alias in node.names)))
    return frozenset(names)


def units_imported(path: Path) -> set[str]:
    own = {name.split(".")[1] for name in imports_of(path) if name.startswith(f"{PACKAGE}.")}
    return {name for name in own if (ROOT / name).is_dir() or (ROOT / f"{name}.py").exists()}


def level_of(unit: str) -> int:
    stage = BESIDE.get(unit, unit)
    return next((level for level, units in enumerate(LAYERS) if stage in units), -1)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_every_module_has_a_layer_and_looks_down(path: Path) -> None:
    unit = unit_of(path)
    if unit in {"__init__", "__main__"}:
        return
    level = level_of(unit)
    assert level >= 0, f"{unit} has no place in the layers"
    upward = {name for name in units_imported(path) if level_of(name) > level}
    assert not upward, f"{relative(path)} imports from above: {upward}"


def test_no_two_units_need_each_other() -> None:
    needs = {unit: set[str]() for unit in map(unit_of, MODULES)}
    for path in MODULES:
        needs[unit_of(path)] |= units_imported(path) - {unit_of(path)}
    done: set[str] = set()
    while ready := {unit for unit in needs if unit not in done and needs[unit] <= done}:
        done |= ready
    assert done == set(needs), f"these import in a circle: {set(needs) - done}"


@pytest.mark.parametrize("path", [path for path in MODULES if unit_of(path) != "cli"], ids=relative)
def test_only_the_command_line_knows_the_terminal(path: Path) -> None:
    roots = {name.partition(".")[0] for name in imports_of(path)}
    assert not roots & TERMINAL
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        assert not (isinstance(node, ast.Name) and node.id in {"print", "input"}), "only cli prints"
        is_stream = isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr", "stdin"}
        assert not (is_stream and ast.unparse(node).startswith("sys.")), "only cli knows the streams"


def test_modules_stay_on_a_few_screens() -> None:
    long = {relative(path): count for path in MODULES if (count := len(path.read_text("utf-8").split("\n"))) > 401}
    assert not long


@pytest.mark.parametrize(
    "module",
    [
        "newspaper_cli",
        "newspaper_cli.pipeline",
        "newspaper_cli.batch.run",
        "newspaper_cli.batch.archives",
        "newspaper_cli.batch.remote",
        "newspaper_cli.training.own",
        "newspaper_cli.export.database",
        "newspaper_cli.export.parquet",
    ],
)
def test_importing_the_library_loads_nothing_heavy(module: str) -> None:
    script = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & HEAVY
