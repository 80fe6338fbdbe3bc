"""What all tests share: where the corpus lies, and the options that rewrite what tests compare with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

VARIABLE = "NEWSPAPER_CORPUS"
BENCHMARKS = Path(__file__).with_name("benchmarks")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the benchmarks to those who name them: they tell how fast it is, not whether it is right."""
    if collection_path != BENCHMARKS:
        return None
    named = [(config.invocation_params.dir / argument.partition("::")[0]).resolve() for argument in config.args]
    return None if any(path.is_relative_to(BENCHMARKS) for path in named) else True


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what is printed now to tests/golden")
    parser.addoption("--update-floors", action="store_true", help="raise the figures of tests/floors.json")
    parser.addoption("--lower-floors", metavar="REASON", help="with --update-floors: let figures fall, and say why")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Give the folder of real pages, or skip; under CI a missing corpus is a failure, for nothing would be measured."""
    named = os.environ.get(VARIABLE)
    if named and Path(named).is_dir():
        return Path(named)
    reason = f"${VARIABLE} is not set" if not named else f"${VARIABLE} is {named}, which is no folder"
    if os.environ.get("CI"):
        pytest.fail(f"{reason}: under CI the corpus must be there")
    pytest.skip(f"{reason}: set it to the folder of real pages to measure on them")
