"""Seams are weighed by the features that training learns, and tell afterwards which of them weighed most."""

from __future__ import annotations

from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newspaper_cli.features import read_weights
from newspaper_cli.joins import decide_seams, reasons_of
from newspaper_cli.pipeline import language_of, running_lines
from newspaper_cli.regime import read_regime
from newspaper_cli.seams import Situation, features, situations
from newspaper_cli.tables import table_of

if TYPE_CHECKING:
    from newspaper_cli.languages import Language

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
MOST = 4


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def page(request: pytest.FixtureRequest) -> tuple[str, Language]:
    text = request.param.read_text("utf-8")
    return text, language_of(text, "auto")


def test_a_seam_is_weighed_by_all_its_features(page: tuple[str, Language]) -> None:
    text, language = page
    known = read_weights(table_of("joins", language))
    checked = 0
    for lines in running_lines(text, language):
        regime = read_regime(lines)
        found = situations(lines, regime, language)
        for seam, fields in zip(decide_seams(lines, regime, language), found, strict=True):
            if not seam.weighed:
                continue
            held = [name for name in features(Situation._make(fields)) if name in known]
            assert sorted(name for names, _ in seam.weighed for name in names) == sorted(held)
            assert all(known[name] == weight for part in seam.weighed for name, weight in zip(*part, strict=True))
            assert (fsum([known["bias"], *(known[name] for name in held)]) > 0) == (seam.fix is not None)
            checked += 1
    assert checked


def test_the_heaviest_features_are_the_reasons(page: tuple[str, Language]) -> None:
    text, language = page
    for lines in running_lines(text, language):
        for seam in decide_seams(lines, read_regime(lines), language):
            if not seam.weighed:
                assert reasons_of(seam) == seam.reasons
                continue
            sign = 1 if seam.fix is not None else -1
            weights = [sign * weight for _, weight in reasons_of(seam)]
            every = [sign * weight for _, part in seam.weighed for weight in part]
            assert weights == sorted(every, reverse=True)[:MOST]
