"""One event told twice in one article."""

from __future__ import annotations

import pytest

from dragoman.model import Record
from recording.conftest import Records


def repeated(found: tuple[Record, ...]) -> list[tuple[str, str]]:
    """(what is repeated, what repeats it) by their evidence."""
    quotes = {record.id: record.evidence.quote for record in found}
    return [
        (quotes[link.to], record.evidence.quote)
        for record in found
        for link in record.links
        if link.relation == "repeats"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya arrests Ugandan envoy\n\nKenya arrested the Ugandan envoy in Mombasa on Monday.",
        "Ghana and Togo sign fishing pact\n\nGhana and Togo signed a pact on fishing on Tuesday, officials said.",
        "Police clash with miners\n\nPeruvian police clashed with miners near Arequipa on Monday.",
    ],
)
def test_the_body_repeats_the_headline(records: Records, text: str) -> None:
    ((above, below),) = repeated(records(text))
    assert text.index(above) < text.index("\n") < text.index(below)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya arrests Ugandan envoy\n\nGhana arrested three smugglers near Accra on Monday.",
        "Kenya condemns Uganda\n\nGhana condemned Togo on Monday.",
        "Kenya arrested an envoy. Kenya arrested a smuggler on Monday.",
    ],
)
def test_other_parties_or_no_headline_repeat_nothing(records: Records, text: str) -> None:
    assert repeated(records(text)) == []


def test_only_the_first_in_the_body_repeats(records: Records) -> None:
    text = "Kenya condemns Uganda\n\nKenya condemned Uganda on Monday.\n\nKenya condemned Uganda again on Tuesday."
    assert len(repeated(records(text))) == 1


def test_a_paragraph_printed_twice(records: Records) -> None:
    line = "The minister said that Kenya condemned Uganda."
    found = records(f"A quiet day.\n\n{line}\n\nOther things happened.\n\n{line}")
    assert repeated(found) == [("Kenya condemned Uganda", "Kenya condemned Uganda")]
