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
    text = "Kenya accused Uganda of arming rebels. Ghana accused Togo of spying. Uganda denied the allegation."
    quotes = denied(records(text))
    assert any("Uganda" in quote for quote in quotes)
    assert not any("Togo" in quote for quote in quotes)


def test_nobody_denies_a_claim_of_their_own(records: Records) -> None:
    assert denied(records("Uganda accused Kenya of spying. Uganda denied the allegations.")) == []


def test_without_a_claim_there_is_no_link(records: Records) -> None:
    assert denied(records("Uganda denied the allegations.")) == []


def test_a_pronoun_answers_what_was_said_two_sentences_before(records: Records) -> None:
    text = "The union said soldiers burned the market. The market lies in the north. The army denied it."
    assert denied(records(text)) == ["soldiers burned the market"]


def test_a_relative_clause_denies_what_it_hangs_on(records: Records) -> None:
    found = records("Zambia sent arms to the rebels, which Lusaka denies.")
    assert denied(found) == ["Zambia sent arms to the rebels"]
    (denial,) = [record for record in found if record.links]
    assert [party.code for party in denial.actors] == ["ZMB"] and denial.recipients == ()
    assert denied(records("Sudan bombed the camp, a charge that Khartoum denies.")) != []


def test_who_does_not_deny_denies_nothing(records: Records) -> None:
    assert denied(records("Kenya said Uganda shelled the port. Uganda did not deny the attack.")) == []
    assert denied(records("The ministry neither confirmed nor denied that the missile was fired.")) == []


def test_nobody_denies_what_he_says_himself(records: Records) -> None:
    assert denied(records('"We did not attack the convoy," the commander said, denying accusations by Chad.')) == []


def test_a_denied_claim_without_an_event_is_a_record_of_its_own(records: Records) -> None:
    found = records("The firm denied that it had paid the rebels or that it had bought oil from them.")
    assert denied(found) == ["The firm denied that it had paid the rebels", "it had bought oil from them"]


def test_who_calls_a_claim_false_denies_it(records: Records) -> None:
    text = "The prosecutor said the mayor of Lima took bribes. A lawyer for the city said the charges were false."
    assert denied(records(text)) == ["The prosecutor said the mayor of Lima took bribes"]
    assert denied(records("Kenya said Uganda shelled the port. Ghana said the report was not false.")) == []


def test_rebels_answer_what_the_army_of_their_country_says(records: Records) -> None:
    text = "Sudan's army accused the Rapid Support Forces of shelling a market. The RSF rejected the accusation."
    assert "the Rapid Support Forces of shelling a market" in denied(records(text))
