from pathlib import Path

import pytest

import dragoman
from dragoman.codebook.pages import PageKnowledge, load_pages


@pytest.fixture(scope="session")
def pages() -> PageKnowledge:
    return load_pages(Path(dragoman.__file__).parent / "codebook" / "data" / "en")
