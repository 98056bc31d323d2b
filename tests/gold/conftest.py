"""The real parts, loaded once for all measuring."""

from __future__ import annotations

import pytest

from dragoman.pipeline import Pipeline
from dragoman.running.bench import Bench
from dragoman.running.opening import open_bench, open_pipeline


@pytest.fixture(scope="session")
def bench() -> Bench:
    return open_bench()


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return open_pipeline()
