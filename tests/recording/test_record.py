"""Who an event is done to."""

from __future__ import annotations

import pytest

from recording.conftest import Records


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kenya condemned the raid in Mali.", []),
        ("Kenya condemned the Nairobi bombing.", []),
        ("Kenya condemned Mali.", ["MLI"]),
        ("The Kenyan president arrived in Mali on Monday.", ["MLI"]),
        ("Kenya's army carried out strikes against Uganda in Mali.", ["UGA"]),
    ],
)
def test_a_place_is_no_recipient_of_words(records: Records, text: str, codes: list[str]) -> None:
    found = records(text)
    assert [party.code for record in found[:1] for party in record.recipients] == codes


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("A missile that could hit Togo was shown.", []),
        ("Mali could attack Togo.", ["ASSAULT"]),
        ("Togo was attacked on Monday.", ["ASSAULT"]),
    ],
)
def test_harm_that_nobody_does_is_no_event_before_it_happens(records: Records, text: str, types: list[str]) -> None:
    assert [record.event.type for record in records(text) if record.event] == types


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Ms Diallo met her cousin.", []),
        ("Ms Diallo visited Kenya.", []),
        ("The French minister visited Kenya.", ["CONSULT"]),
        ("Ms Diallo shot a man.", ["ASSAULT"]),
    ],
)
def test_words_among_private_people_are_no_event(records: Records, text: str, types: list[str]) -> None:
    assert [record.event.type for record in records(text) if record.event] == types
