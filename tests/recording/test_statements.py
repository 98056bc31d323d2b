"""What is said and states no event: whom it is about, when, how much, according to whom."""

from __future__ import annotations

import pytest

from dragoman.model import Record
from recording.conftest import Records


def said(found: tuple[Record, ...]) -> list[Record]:
    return [record for record in found if record.rule == "statement.said"]


def test_a_claim_has_its_figures_and_time(records: Records) -> None:
    (claim,) = said(records("About 300 houses collapsed on Monday, the mayor of Lima said."))
    assert claim.kind == "statement" and claim.event is None
    assert [(q.value, q.modifier, q.item) for q in claim.quantities] == [(300, "approximately", "houses")]
    assert claim.time is not None and (claim.time.start, claim.time.end) == ("2025-03-10", "2025-03-10")


def test_a_claim_without_a_time_of_its_own_is_not_dated(records: Records) -> None:
    (claim,) = said(records("The minister said on Monday that the bridge was in poor condition."))
    assert claim.time is None
    assert "time" in {gap.slot for gap in claim.gaps}


def test_a_claim_is_about_its_subject_and_by_its_speaker(records: Records) -> None:
    (claim,) = said(records("Kenya says Uganda knows the way out of the crisis."))
    assert [party.code for party in claim.actors] == ["UGA"]
    assert [hop.by.code for hop in claim.attribution if hop.by] == ["KEN"]


def test_a_claim_about_no_party_has_its_speaker_as_actor(records: Records) -> None:
    (claim,) = said(records("Kenya says the road will be dry by the autumn."))
    assert [party.code for party in claim.actors] == ["KEN"]


def test_each_that_clause_is_a_claim(records: Records) -> None:
    text = "The governor said that the harbour was empty and that the last ferry had sunk near the pier."
    quotes = [claim.evidence.quote for claim in said(records(text))]
    assert len(quotes) == 2
    assert quotes[0].endswith("the harbour was empty")
    assert quotes[1].endswith("the last ferry had sunk near the pier")


def test_each_quoted_sentence_is_a_claim(records: Records) -> None:
    text = 'The mayor said: "The water is rising very fast. Nobody knows where the boats are."'
    claims = said(records(text))
    assert len(claims) == 2
    assert all(text[c.evidence.start : c.evidence.end] == c.evidence.quote for c in claims)


def test_what_an_event_says_is_not_said_twice(records: Records) -> None:
    found = records("Kenya said that Uganda had expelled two Kenyan diplomats.")
    assert [record.event.type for record in found if record.event] == ["SANCTION"]
    assert said(found) == []


def test_too_few_words_are_no_claim(records: Records) -> None:
    assert said(records("The mayor said so.")) == []


def test_the_verb_that_a_claim_leads_to_has_its_time(records: Records) -> None:
    (claim,) = said(records("The bridge is likely to reopen in May 2026, the mayor said."))
    assert claim.time is not None and (claim.time.start, claim.time.end) == ("2026-05-01", "2026-05-31")


def test_a_source_that_is_no_party_is_no_actor(records: Records) -> None:
    (found,) = records("The pictures show that the bridge was open in May.")
    assert found.actors == ()
    assert "actors" in {gap.slot for gap in found.gaps}


def test_a_participle_behind_the_clause_is_no_claim(records: Records) -> None:
    found = records("Two ships sank, marking the worst day of the war, according to the navy of Peru.")
    assert not any(record.evidence.quote.startswith("marking") for record in found)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It shows that the bridge is far too weak for lorries.", 0),
        ("This means that the bridge is far too weak for lorries.", 0),
        ("She says that the bridge is far too weak for lorries.", 1),
        ("A new report shows that the bridge is far too weak for lorries.", 1),
    ],
)
def test_a_thing_that_shows_something_is_no_speaker(records: Records, text: str, number: int) -> None:
    assert len(said(records(text))) == number


def test_a_clause_that_only_says_which_thing_is_meant_is_no_claim(records: Records) -> None:
    assert said(records("The mayor published maps that show the empty harbour of Lima.")) == []
