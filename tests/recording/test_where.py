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


def test_the_name_of_who_says_so_is_no_place(records: Records) -> None:
    (moved,) = records("According to the Kyiv charity Harbour, 900 tonnes of rice were moved from Russian ports.")
    assert moved.quantities
    assert moved.place is None


def test_a_place_that_one_goes_on_to_is_not_where_one_met(records: Records) -> None:
    found = records("The envoys of Japan and China met in Seoul before flying to Busan.")
    assert [r.place and r.place.name for r in found if r.time] == ["Seoul"]
