"""Denials and what they deny."""

from __future__ import annotations

from dragoman.model import Record
from recording.conftest import Records


def denied(found: tuple[Record, ...]) -> list[str]:
    """The evidence of all that is denied."""
    quotes = {record.id: record.evidence.quote for record in found}
    return [quotes[link.to] for record in found for link in record.links if link.relation == "denies"]


def test_the_accused_denies_the_accusation(records: Records) -> None:
    found = records("Kenya accused Uganda of arming rebels. Uganda denied the allegation.")
    assert any(quote.startswith("Kenya accused Uganda") for quote in denied(found))


def test_a_spokesman_answers_for_those_who_are_accused(records: Records) -> None:
    text = "The union accused the police of beating two workers. A police spokesman denied the allegation."
    assert any(quote.startswith("The union accused the police") for quote in denied(records(text)))


def test_a_denial_answers_the_claim_about_the_denier_and_not_a_later_one(records: Records) -> None:
    text = (
        "Kenya accused Uganda of arming rebels. Ghana accused Togo of spying. "
        "Uganda denied the allegation."
    )
    quotes = denied(records(text))
    assert any("Uganda" in quote for quote in quotes)
    assert not any("Togo" in quote for quote in quotes)


def test_nobody_denies_a_claim_of_their_own(records: Records) -> None:
    assert denied(records("Uganda accused Kenya of spying. Uganda denied the allegations.")) == []


def test_without_a_claim_there_is_no_link(records: Records) -> None:
    assert denied(records("Uganda denied the allegations.")) == []
