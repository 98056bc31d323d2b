"""Where an event happened."""

from __future__ import annotations

from recording.conftest import Records


def test_a_clause_about_a_place_happens_there(records: Records) -> None:
    found = records("The minister flew to Nairobi, where he met the Ugandan president.")
    places = {record.event.type: record.place and record.place.name for record in found if record.event}
    assert places["CONSULT"] == "Nairobi"


def test_when_is_no_place(records: Records) -> None:
    found = records("Kenya praised the summit in Geneva on Monday, when Uganda expelled two Kenyan diplomats.")
    (expulsion,) = [record for record in found if record.event and record.event.type == "SANCTION"]
    assert expulsion.place is None
