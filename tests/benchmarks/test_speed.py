"""How long the steps of a run take, each beside another step of the same run on the same bytes.

    NEWSPAPER_CORPUS=... pytest tests/benchmarks

Limits are ratios, with room for at least half as much again as was measured on a busy machine: they fail where a step
has come to cost what it should not. With --benchmark-json the ratios are among the figures.
"""

from __future__ import annotations

from functools import partial
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

import pytest
from measuring import best, corpus_pages, lay_out

from newspaper_cli import decode, read_issue, render
from newspaper_cli.batch.executors import Means
from newspaper_cli.batch.planning import Request, plan_tasks
from newspaper_cli.batch.run import Conduct, Run
from newspaper_cli.batch.tasks import Job
from newspaper_cli.export import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

    from newspaper_cli.batch.manifest import Row
    from newspaper_cli.batch.run import Summary

PAGES = {
    "typeset": "press/*.lines.txt",
    "keyed": "jingbao/*.txt",
    "pdftotext": "press/*.pdftotext.txt",
    "ocr": "press/*.tesseract.txt",
}
BATCH = 200
REPEATS = 15


class Deaf:
    """Watch a run and tell nobody."""

    stopped = False

    def told(self, summary: Summary, rows: list[Row], *, kept: bool) -> None:
        pass


def middle(paths: list[Path]) -> bytes:
    """Give the page of median length."""
    return sorted((path.read_bytes() for path in paths), key=len)[len(paths) // 2]


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest, corpus: Path) -> bytes:
    return middle(sorted(corpus.glob(PAGES[request.param])))


@pytest.fixture(scope="module")
def keyed(corpus: Path) -> bytes:
    return middle(sorted(corpus.glob(PAGES["keyed"])))


def compare(
    benchmark: BenchmarkFixture, action: Callable[[], object], yardstick: Callable[[], object], rounds: int = REPEATS
) -> float:
    """Give the shortest time of an action as a multiple of that of a yardstick, measured just before."""
    if benchmark.disabled:
        pytest.skip("benchmarks are switched off: nothing is measured")
    yardstick()
    seconds = best(yardstick, rounds)
    measure: Any = benchmark.pedantic
    measure(action, rounds=rounds, warmup_rounds=1)
    stats: Any = benchmark.stats
    ratio = float(stats.stats.min) / seconds
    benchmark.extra_info["ratio"] = ratio
    return ratio


@pytest.mark.benchmark(group="read")
def test_a_character_costs_about_the_same_on_every_page(benchmark: BenchmarkFixture, page: bytes, keyed: bytes) -> None:
    source, yardstick = decode(page), decode(keyed)
    ratio = compare(benchmark, partial(read_issue, source), partial(read_issue, yardstick))
    assert ratio / (len(source.text) / len(yardstick.text)) < 4


@pytest.mark.benchmark(group="read")
def test_time_grows_in_step_with_the_text(benchmark: BenchmarkFixture, keyed: bytes) -> None:
    once, often = decode(keyed), decode(b"\f".join([keyed] * 8))
    assert compare(benchmark, partial(read_issue, often), partial(read_issue, once)) < 16


@pytest.mark.benchmark(group="decode")
def test_decoding_is_nothing_beside_reading(benchmark: BenchmarkFixture, page: bytes) -> None:
    assert compare(benchmark, partial(decode, page), partial(read_issue, decode(page))) < 0.02


@pytest.mark.benchmark(group="render")
@pytest.mark.parametrize("name", FORMATS)
def test_writing_costs_little_beside_reading(benchmark: BenchmarkFixture, keyed: bytes, name: str) -> None:
    source = decode(keyed)
    issue = read_issue(source)
    assert compare(benchmark, lambda: "".join(render([issue], name)), partial(read_issue, source)) < 0.25


@pytest.mark.benchmark(group="batch")
@pytest.mark.usefixtures("corpus")
def test_a_batch_costs_little_more_than_its_pages(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    pages = corpus_pages()
    lay_out(pages, tmp_path / "in", BATCH)
    output = str(tmp_path / "out")
    conduct = Conduct(means=Means(jobs=0), fresh=True)

    def batch() -> None:
        summary = Run(Job(output), conduct, Deaf()).do(plan_tasks(Request((str(tmp_path / "in"),), output)))
        assert summary.done == BATCH

    def alone() -> None:
        for page in islice(cycle(pages), BATCH):
            "".join(render([read_issue(decode(page))], "json")).encode()

    assert compare(benchmark, batch, alone, rounds=2) < 2
