"""What many tests need and is slow to load: the parser and the codebook, once a run."""

from __future__ import annotations

import pytest

from dragoman.parsing import SpacyParser


@pytest.fixture(scope="session")
def parser() -> SpacyParser:
    return SpacyParser()
