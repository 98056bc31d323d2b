"""Records of short invented texts, made by the real steps."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import Article, Record
from dragoman.pipeline import Pipeline
from dragoman.running.opening import open_pipeline

Records = Callable[[str], tuple[Record, ...]]


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return open_pipeline()


@pytest.fixture(scope="session")
def records(pipeline: Pipeline) -> Records:
    """The records of a text that was published on Wednesday, 12 March 2025."""

    def of(text: str) -> tuple[Record, ...]:
        (report,) = pipeline.run([Article("test", text, published="2025-03-12")])
        return report.records

    return of
