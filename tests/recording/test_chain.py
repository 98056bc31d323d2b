"""According to whom: who says it, innermost first."""

from __future__ import annotations

from dragoman.model import Analysis, Article, AttributionFinding, Record, Report, Span
from dragoman.recording.chain import outer_hops
from recording.conftest import Records


def event(found: tuple[Record, ...], kind: str) -> Record:
    return next(record for record in found if record.event and record.event.type == kind)


def test_a_claimed_attack_is_known_from_who_claims_it(records: Records) -> None:
    attack = event(records("Islamic State claimed responsibility for the attack in Lagos."), "ASSAULT")
    assert [hop.by.name for hop in attack.attribution if hop.by] == ["Islamic State"]


def test_an_accusation_is_its_speakers_own_act(records: Records) -> None:
    accusation = event(records("Kenya accused Uganda of arming rebels."), "ACCUSE")
    assert accusation.attribution == ()


def test_those_who_speak_together_are_a_hop_each(records: Records) -> None:
    found = records("Kenyan and Ugandan officials said that Sudan had expelled two diplomats.")
    hops = event(found, "SANCTION").attribution
    assert [hop.by.code for hop in hops if hop.by] == ["KEN", "UGA"]
    assert len({(hop.start, hop.end) for hop in hops}) == 1


def test_words_quoted_in_part_are_direct_and_a_single_one_is_not(records: Records) -> None:
    (quoted,) = records('The mayor said the harbour had "no future after the flood".')
    assert quoted.attribution[0].direct
    (doubted,) = records('The mayor said the "new" harbour was too small for the ferry.')
    assert not doubted.attribution[0].direct


def test_a_noun_that_tells_the_event_is_denied_with_its_verb(records: Records) -> None:
    probe = event(records("The prosecution did not make a proper probe into the vote."), "ACCUSE")
    assert (probe.factuality.polarity, probe.factuality.words) == ("negative", ("not",))


def test_a_wire_is_one_hop_however_often_it_is_credited() -> None:
    text = "LIMA (Reuters) - Peru met Chile. (Reuters)"
    spots = [text.find("Reuters"), text.rfind("Reuters")]
    credits = tuple(
        AttributionFinding((Span(0, len(text)),), Span(at, at + 7), act="report", level="document") for at in spots
    )
    report = Report(Article("a", text, credits=("Reuters",)), Analysis("none", ()), attributions=credits)
    assert [hop.by.name for hop in outer_hops(report) if hop.by] == ["Reuters"]


def test_a_thing_that_shows_something_is_no_actor(records: Records) -> None:
    (claim,) = records("A scan showed that the dam had cracked in two places.")
    assert [(hop.by.text, hop.by.name) for hop in claim.attribution if hop.by] == [("A scan", None)]
    assert "A scan: shows it and is no actor" in {gap.reason for gap in claim.gaps if gap.slot == "attribution"}
    (claim,) = records("Witnesses said that the dam had cracked in two places.")
    assert [hop.by.name for hop in claim.attribution if hop.by] == ["Witnesses"]
