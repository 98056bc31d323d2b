"""Calibration: rising, between 0 and 1, linear between its points."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.codebook.confidence import Calibration, Point, load_confidence
from dragoman.codebook.load import DATA
from dragoman.codebook.yamlfile import CodebookError

MADE = Calibration((Point(2, 0.4), Point(4, 0.8)), Point(0, 0.5), discount=0.5)


@pytest.mark.parametrize(("score", "wanted"), [(0, 0.2), (2, 0.2), (3, 0.3), (4, 0.4), (9, 0.4)])
def test_linear_between_the_points_and_flat_outside(score: float, wanted: float) -> None:
    assert MADE.of(score) == wanted


@given(st.floats(0, 50), st.floats(0, 50))
def test_the_shipped_curve_rises_within_bounds(one: float, other: float) -> None:
    shipped = load_confidence(DATA / "confidence.yml")
    low, high = sorted((one, other))
    assert 0 <= shipped.of(low) <= shipped.of(high) <= 1


def test_points_out_of_order_are_an_error(tmp_path: Path) -> None:
    file = tmp_path / "confidence.yml"
    file.write_text("events: [{score: 2, right: 0.5}, {score: 1, right: 0.6}]\nstatements: {score: 0, right: 0.5}\n")
    with pytest.raises(CodebookError, match=r"calibrate\.py"):
        load_confidence(file)
