"""The codebook's own examples of actor strings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman.codebook
from dragoman.codebook.actors import load_actors, rows
from dragoman.resolving.actors import ActorResolver

DATA = Path(dragoman.codebook.__file__).parent / "data" / "en"
FLOOR = 1.0


def test_examples_are_coded_as_they_say() -> None:
    resolver = ActorResolver(load_actors(DATA))
    wrong = []
    examples = list(rows(DATA / "actors" / "examples.tsv", 4))
    for text, day, code, sector in examples:
        party = resolver.code(text, date.fromisoformat(day))
        got = (party.code or "-", party.sector or "-") if party else ("-", "-")
        if got != (code, sector):
            wrong.append(f"{text} ({day}): {' '.join(got)}, not {code} {sector}")
    assert len(examples) >= 300
    assert 1 - len(wrong) / len(examples) >= FLOOR, "\n".join(wrong)


_WORDS = ["the", "Kenyan", "army", "of", "-", "'s", "Putin", "U.S.", "and", "Bank", "ex", "-led", ",", "in", "police"]
_RESOLVER = ActorResolver(load_actors(DATA))


@given(st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join) | st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_any_string_is_read_and_spans_hold_its_words(text: str) -> None:
    party = _RESOLVER.code(text, None)
    if party is not None:
        assert text[party.start : party.end] == party.text
