"""A folder of weights takes the place of the shipped tables, and says what is wrong with it."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from newspaper_cli.errors import ExitCode, NewspaperError, UnreadableError, UsageError
from newspaper_cli.features import read_weights
from newspaper_cli.pipeline import analyse, read_issue
from newspaper_cli.source import read_source
from newspaper_cli.tables import SHIPPED, TABLES, Weights, open_weights

SAMPLES = Path(__file__).parent.parent / "samples"
PAGE = SAMPLES / "evening-paper.txt"
NEVER = "bias\t-50\n"


@pytest.fixture
def never(tmp_path: Path) -> Path:
    """Give a folder of weights by which no two lines are joined."""
    (tmp_path / "never").mkdir()
    (tmp_path / "never" / "joins.han.tsv").write_text(NEVER)
    return tmp_path / "never"


def run(*arguments: object, weights: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"NEWSPAPER_WEIGHTS": str(weights)} if weights else {}
    command = [sys.executable, "-m", "newspaper_cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_a_table_of_the_folder_replaces_the_shipped_one_and_the_others_stay(never: Path) -> None:
    weights = open_weights(never)
    assert dict(read_weights("joins.han", weights)) == {"bias": -50.0}
    assert read_weights("joins.latin", weights) == read_weights("joins.latin")
    joined, apart = (analyse(read_source(PAGE), "zh", chosen) for chosen in (SHIPPED, weights))
    assert any(edit.fix == "join" for edit in joined.plan.edits)
    assert not any(edit.fix == "join" for edit in apart.plan.edits)
    # The choice is a value: what was decided by one set of weights is not remembered for another.
    assert read_issue(read_source(PAGE)) == joined.issue


def test_no_folder_means_the_shipped_tables() -> None:
    assert open_weights(None) is SHIPPED
    assert open_weights("") is SHIPPED


def test_a_folder_trained_anew_is_read_anew(never: Path) -> None:
    before = open_weights(never)
    assert read_weights("joins.han", before)["bias"] == -50
    (never / "joins.han.tsv").write_text("bias\t50\n")
    after = open_weights(never)
    assert before != after
    assert read_weights("joins.han", after)["bias"] == 50


def test_the_choice_can_be_sent_to_another_process(never: Path) -> None:
    weights = open_weights(never)
    assert pickle.loads(pickle.dumps(weights)) == weights  # noqa: S301  # the bytes are our own
    assert msgspec.json.decode(msgspec.json.encode(weights), type=Weights) == weights


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("bias\t1\nedges lines han\n", "line 2: expected a feature, a tab and a number: 'edges lines han'"),
        ("bias\t1\nedges lines han\tmuch\n", "line 2: expected"),
        ("bias\tnan\n", "line 1: expected"),
        ("bias\t1\nbias\t2\n", "line 2: the feature stands twice"),
        ("\t1\n", "line 1: expected"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(tmp_path: Path, table: str, message: str) -> None:
    path = tmp_path / "joins.han.tsv"
    path.write_text(table)
    with pytest.raises(UnreadableError) as caught:
        open_weights(tmp_path)
    assert f"{path}, {message}" in str(caught.value)


def test_bytes_that_are_no_text_are_named_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "joins.latin.tsv").write_bytes(b"bias\t1\n\xff\t2\n")
    with pytest.raises(UnreadableError, match=r"joins\.latin\.tsv, line 2: not UTF-8"):
        open_weights(tmp_path)


def test_an_editor_may_have_changed_line_ends_and_put_a_mark_before(tmp_path: Path) -> None:
    (tmp_path / "joins.han.tsv").write_bytes(b"\xef\xbb\xbfbias\t1.5\r\n\r\nspanning\t-8\r\n")
    assert dict(read_weights("joins.han", open_weights(tmp_path))) == {"bias": 1.5, "spanning": -8.0}


def test_folders_that_are_none_or_hold_nothing(tmp_path: Path) -> None:
    cases: list[tuple[Path, type[NewspaperError], str]] = [
        (tmp_path / "absent", UnreadableError, "absent cannot be read"),
        (PAGE, UsageError, "is a file; weights are a folder"),
        (tmp_path, UsageError, r"holds no table of weights; expected joins\.han\.tsv or joins\.latin\.tsv"),
    ]
    for path, error, message in cases:
        with pytest.raises(error, match=message):
            open_weights(path)


def test_every_table_named_is_shipped() -> None:
    for table in TABLES:
        assert read_weights(table)


def test_every_command_that_reads_pages_takes_weights(never: Path, tmp_path: Path) -> None:
    for command in (["split"], ["repair"], ["repair", "--plan"], ["explain", "--line", "20", "--format", "json"]):
        shipped, option = run(*command, PAGE), run(*command, PAGE, "--weights", never)
        variable = run(*command, PAGE, weights=never)
        assert option.returncode == 0, option.stderr
        assert option.stdout == variable.stdout != shipped.stdout
    # The masthead hangs on no join, but a wrong folder is told all the same.
    assert run("meta", PAGE, "--weights", never).stdout == run("meta", PAGE).stdout
    for command in (
        ["split"],
        ["repair"],
        ["meta"],
        ["explain", "--line", "3"],
        ["export", "-o", str(tmp_path / "out")],
    ):
        done = run(*command, PAGE, "--weights", tmp_path)
        assert done.returncode == ExitCode.USAGE, done.stderr
        assert "holds no table of weights" in done.stderr


def test_the_manifest_says_which_weights_made_the_output(never: Path, tmp_path: Path) -> None:
    for name, arguments in (("own", ["--weights", never]), ("shipped", [])):
        assert run("export", PAGE, "-o", tmp_path / name, "--quiet", *arguments).returncode == 0
    own, shipped = (json.loads((tmp_path / name / "manifest.jsonl").read_text()) for name in ("own", "shipped"))
    assert own["options"]["weights"] == {"folder": str(never), "sha256": open_weights(never).sha256}
    assert shipped["options"]["weights"] == {"folder": "", "sha256": ""}
    outputs = [(tmp_path / name / "evening-paper.json").read_bytes() for name in ("own", "shipped")]
    assert outputs[0] != outputs[1]


def test_the_manifest_holds_a_folder_whose_name_is_no_text(never: Path, tmp_path: Path) -> None:
    odd = never.rename(tmp_path / "own\udcff")
    assert run("export", PAGE, "-o", tmp_path / "out", "--quiet", "--weights", odd).returncode == 0
    row = json.loads((tmp_path / "out" / "manifest.jsonl").read_text())
    assert row["options"]["weights"]["folder"] == f"{tmp_path}/own\\xff"
