"""Figures on real pages that may rise and must not fall; `floors.json` holds them with the checksum of their pages."""

from __future__ import annotations

import hashlib
import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest

from newspaper_cli.evaluation import (
    Report,
    Tally,
    check_promises,
    evaluate_issue,
    evaluate_seams,
    issue_report,
    promise_report,
    seam_report,
)
from newspaper_cli.pipeline import analyse
from newspaper_cli.repairs import apply
from newspaper_cli.source import decode, read_source

if TYPE_CHECKING:
    from collections.abc import Callable

FLOORS = Path(__file__).parent / "floors.json"
SAMPLES = Path(__file__).parent.parent / "samples"
# Of these less is better.
CEILINGS = frozenset(
    {"meta_wrong", "body_cer", "missing", "lost", "twice", "texts_wrong", "furniture_share", "changed", "edits_again"}
)
# Base rates and counts: they say what was measured, not how well.
UNPINNED = frozenset({"always_join", "gaps", "articles", "pages", "texts", "b3_precision", "b3_recall"})
# A figure is kept to this many digits, always on the lenient side.
SCALE = 10_000


class Read(NamedTuple):
    """What the program makes of one page."""

    text: str
    issue: dict[str, Any]
    repaired: str


class Set(NamedTuple):
    """Pages by a pattern below the corpus, what they are measured against, and how.

    `gold` is a folder; a page PAGE or PAGE.SHAPE belongs to PAGE.json. `pinned` limits the figures that are kept.
    """

    pages: str
    gold: str | None
    measure: Callable[[Read, Any], Tally]
    report: Callable[[Tally], Report]
    pinned: frozenset[str] | None = None


def against_issue(read: Read, gold: dict[str, Any]) -> Tally:
    return evaluate_issue(gold, read.issue)


def against_lines(read: Read, gold: list[list[str]]) -> Tally:
    return evaluate_seams(gold, read.repaired)


def against_itself(read: Read, _: None) -> Tally:
    return check_promises(read.text, read.issue)


def against_a_second_repair(read: Read, _: None) -> Tally:
    """Count what repairing the repaired text does, which should be nothing."""
    found = analyse(decode(read.repaired.encode("utf-8", "surrogatepass")))
    changed = apply(found.plan, found.source.text) != found.source.text
    return Tally.of({"pages": 1, "changed": changed, "edits": len(found.plan.edits)})


def second_repair_report(tally: Tally) -> Report:
    return {"pages": int(tally["pages"]), "changed": int(tally["changed"]), "edits_again": int(tally["edits"])}


def again(pages: str) -> Set:
    return Set(pages, None, against_a_second_repair, second_repair_report)


def issues(pages: str, gold: str, *pinned: str) -> Set:
    return Set(pages, gold, against_issue, issue_report, frozenset(pinned) or None)


def promises(pages: str, *pinned: str) -> Set:
    return Set(pages, None, against_itself, promise_report, frozenset(pinned))


KEPT = ("missing", "lost", "twice", "texts_wrong")
OF_ARTICLES = ("article_f1", "b3", "headline_f1", "byline_f1", "paragraph_f1", "body_cer")
SETS = {
    "samples": issues("samples/*.txt", "samples/gold"),
    "samples promises": promises("samples/*.txt", *KEPT, "furniture_share"),
    "seed": issues("seed/*.txt", "seed/gold"),
    **{
        f"press {shape}": issues(f"press/*.{shape}.txt", "press/gold")
        for shape in ("blocks", "lines", "pdftotext", "layout", "tesseract")
    },
    "press promises": promises("press/*.txt", *KEPT, "furniture_share"),
    "jingbao_run": issues("jingbao_run/*.txt", "jingbao_run/gold"),
    "jingbao joins": Set("jingbao_run/*.txt", "jingbao/lines", against_lines, seam_report),
    "mets": issues("mets/*.txt", "mets/gold"),
    "zh_raw": issues("zh_raw/*.txt", "zh_raw/gold", "meta_acc", "meta_wrong", *OF_ARTICLES),
    "chronam_1916": issues("chronam_1916/*.txt", "chronam_1916/gold", "meta_acc", "meta_wrong"),
    "promises": promises("**/*.txt", *KEPT),
    "samples repaired again": again("samples/*.txt"),
    "press repaired again": again("press/*.txt"),
    "jingbao_run repaired again": again("jingbao_run/*.txt"),
}


@cache
def read_page(path: Path) -> Read:
    source = read_source(path)
    found = analyse(source)
    return Read(source.text, json.loads(msgspec.json.encode(found.issue)), apply(found.plan, source.text))


def gold_of(page: Path, folder: Path) -> Path | None:
    """Find the gold of a page: PAGE.json, or that of the page it is one shape of."""
    names = (page.stem, page.stem.rpartition(".")[0])
    return next((folder / f"{name}.json" for name in names if name and (folder / f"{name}.json").is_file()), None)


def root_of(name: str, request: pytest.FixtureRequest) -> Path:
    if name.startswith("samples"):
        return SAMPLES.parent
    root: Path = request.getfixturevalue("corpus")
    return root


def list_files(root: Path, chosen: Set) -> list[tuple[Path, Path | None]]:
    """Pair each page of a set with its gold; a page without gold is measured only against itself."""
    pages = sorted(root.glob(chosen.pages))
    if chosen.gold is None:
        return [(page, None) for page in pages]
    pairs = [(page, gold_of(page, root / chosen.gold)) for page in pages]
    return [(page, gold) for page, gold in pairs if gold]


def checksum(root: Path, files: list[tuple[Path, Path | None]]) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pair in files for path in pair if path):
        digest.update(f"{path.relative_to(root)}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def measure(chosen: Set, files: list[tuple[Path, Path | None]]) -> dict[str, float]:
    tallies = [chosen.measure(read_page(page), json.loads(gold.read_bytes()) if gold else None) for page, gold in files]
    report = chosen.report(sum(tallies, Tally()))
    return {
        name: value
        for name, value in report.items()
        if isinstance(value, int | float) and (name in chosen.pinned if chosen.pinned else name not in UNPINNED)
    }


def worse(figures: dict[str, float], kept: dict[str, Any]) -> list[str]:
    """List the figures that are missing, or worse than what is kept."""
    found = []
    for side, sign in (("floors", 1), ("ceilings", -1)):
        for name, bound in kept.get(side, {}).items():
            value = figures.get(name)
            if value is None or sign * value < sign * bound:
                found.append(f"{name} is {value}, {side[:-1]} {bound}")
    return found


def bounds(figures: dict[str, float]) -> dict[str, dict[str, float]]:
    """Write figures as bounds, rounded to the lenient side."""
    floors = {name: math.floor(value * SCALE) / SCALE for name, value in figures.items() if name not in CEILINGS}
    ceilings = {name: math.ceil(value * SCALE) / SCALE for name, value in figures.items() if name in CEILINGS}
    return {"floors": floors, "ceilings": ceilings}


def raised(old: dict[str, dict[str, float]], new: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Keep the better of two bounds for each figure."""
    best = {"floors": max, "ceilings": min}
    return {
        side: {name: best[side](value, old.get(side, {}).get(name, value)) for name, value in new[side].items()}
        for side in best
    }


def update(name: str, figures: dict[str, float], digest: str, reason: str | None) -> None:
    """Write the figures of one set; without a reason none may get worse."""
    kept = json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {"sets": {}, "required": {}}
    old = kept["sets"].get(name, {})
    new = bounds(figures)
    entry = {"checksum": digest, **(raised(old, new) if not reason else new)}
    if reason and worse(figures, old):
        entry["reason"] = reason
    elif "reason" in old:
        entry["reason"] = old["reason"]
    kept["sets"] = {known: entry if known == name else kept["sets"].get(known) for known in SETS}
    kept["sets"] = {known: value for known, value in kept["sets"].items() if value}
    FLOORS.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")


@pytest.mark.parametrize("name", SETS)
def test_no_figure_falls(name: str, request: pytest.FixtureRequest) -> None:
    root = root_of(name, request)
    files = list_files(root, SETS[name])
    assert files
    figures = measure(SETS[name], files)
    digest = checksum(root, files)
    if request.config.getoption("update_floors"):
        assert not hasattr(request.config, "workerinput"), "figures are written by one process: leave out -n"
        update(name, figures, digest, request.config.getoption("lower_floors"))
    kept = json.loads(FLOORS.read_text("utf-8"))
    assert kept["sets"][name]["checksum"] == digest, "other pages than those measured: run pytest --update-floors"
    fallen = [*worse(figures, kept["sets"][name]), *worse(figures, kept["required"].get(name, {}))]
    assert not fallen, "; ".join(fallen)


def test_every_set_is_pinned_and_every_requirement_names_a_set() -> None:
    kept = json.loads(FLOORS.read_text("utf-8"))
    assert list(kept["sets"]) == list(SETS)
    assert set(kept["required"]) <= set(SETS)
    assert all(entry["floors"] or entry["ceilings"] for entry in kept["sets"].values())


def test_floors_rise_by_themselves_and_fall_only_for_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.FLOORS", tmp_path / "floors.json")
    update("seed", {"exact": 0.5, "body_cer": 0.2}, "a", None)
    update("seed", {"exact": 0.75, "body_cer": 0.3}, "a", None)
    entry = json.loads((tmp_path / "floors.json").read_text())["sets"]["seed"]
    assert entry == {"checksum": "a", "floors": {"exact": 0.75}, "ceilings": {"body_cer": 0.2}}
    assert worse({"exact": 0.7, "body_cer": 0.2}, entry) == ["exact is 0.7, floor 0.75"]
    assert worse({"exact": 0.75, "body_cer": 0.3}, entry) == ["body_cer is 0.3, ceiling 0.2"]
    update("seed", {"exact": 0.7, "body_cer": 0.2}, "b", "gold was wrong")
    entry = json.loads((tmp_path / "floors.json").read_text())["sets"]["seed"]
    assert entry["floors"] == {"exact": 0.7}
    assert entry["reason"] == "gold was wrong"
