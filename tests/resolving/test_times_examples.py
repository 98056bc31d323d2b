"""Every example beside the rules of time expressions holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import dragoman.codebook
from dragoman.codebook.times import Example, load_times
from dragoman.resolving.times import TimeResolver

KNOWLEDGE = load_times(Path(dragoman.codebook.__file__).parent / "data" / "en")
RESOLVER = TimeResolver(KNOWLEDGE)
EXAMPLES = [
    pytest.param(example, id=f"{rule.id}:{number}")
    for stage in KNOWLEDGE.stages
    for rule in stage
    for number, example in enumerate(rule.examples)
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_example(example: Example) -> None:
    found = RESOLVER.find(example.text, date.fromisoformat(example.day) if example.day else None)
    if example.gives == "nothing":
        assert found == []
        return
    match = next((f for f in found if f.text == example.gives), None)
    assert match is not None, f"found {[f.text for f in found]}"
    for name in ("type", "value", "first", "last", "precision"):
        wanted = getattr(example, name)
        if wanted is not None:
            assert getattr(match, name) == wanted, name
