"""What an event becomes by its factuality: a promise an agreement, a refusal a rejection, a mere wish no record."""

from __future__ import annotations

import pytest

from recording.conftest import Records


@pytest.mark.parametrize(
    ("text", "kind", "type"),
    [
        # Help for nobody named is a transfer; promised, it is an agreement.
        ("Norway sent 300 tents.", "transfer", None),
        ("Norway will send 300 tents.", "event", "AGREE"),
        # Nobody promises here.
        ("The delivery of 300 tents will take a week.", "transfer", None),
        ("Kenya signed the treaty.", "event", "SUPPORT"),
        ("Kenya will sign the treaty.", "event", "AGREE"),
        # Not doing what one was asked for is a refusal, not done or not going to be done.
        ("Kenya did not sign the treaty.", "event", "REJECT"),
        ("Kenya will not sign the treaty.", "event", "REJECT"),
    ],
)
def test_a_promise_and_a_refusal_are_what_they_are(records: Records, text: str, kind: str, type: str | None) -> None:
    (record,) = records(text)
    assert (record.kind, record.event.type if record.event else None) == (kind, type)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya wants to cooperate with Uganda.",
        "Kenya has to help Uganda.",
        "Kenya needs to support Uganda.",
    ],
)
def test_cooperation_that_nobody_has_bound_themselves_to_is_no_record(records: Records, text: str) -> None:
    assert records(text) == ()


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("Kenya plans to cooperate with Uganda.", "AGREE"),
        ("Kenya agreed to help Uganda.", "AGREE"),
        ("Kenya may help Uganda.", "AID"),
        # A duty that the text states itself.
        ("Under the accord, the rebels must release their prisoners.", "CONCEDE"),
        # Conflict that is only spoken of is kept.
        ("Kenya wants to attack Uganda.", "ASSAULT"),
    ],
)
def test_what_is_planned_possible_due_or_conflict_is_kept(records: Records, text: str, type: str) -> None:
    assert type in [record.event.type for record in records(text) if record.event]


def test_a_wish_that_somebody_utters_is_a_statement(records: Records) -> None:
    (record,) = records("Uganda has to help Kenya, the minister said.")
    assert record.kind == "statement"


def test_a_pronoun_that_means_nobody_known_is_no_party(records: Records) -> None:
    (threat,) = [r for r in records("This could provoke a harsh response from Oman.") if r.event]
    assert threat.recipients == ()
    assert {gap.slot: gap.reason for gap in threat.gaps}["recipients"].startswith("This: ")
