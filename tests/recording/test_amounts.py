"""Figures belong to the record whose words they count."""

from __future__ import annotations

from dragoman.model import Quantity, Record
from recording.conftest import Records


def amounts(found: tuple[Record, ...], kind: str) -> list[tuple[float | None, str | None]]:
    events = [record for record in found if record.event and record.event.type == kind]
    return [(q.value, q.item) for record in events for q in record.quantities]


def of_type(found: tuple[Record, ...], kind: str) -> Record:
    return next(record for record in found if record.event and record.event.type == kind)


def test_a_figure_moves_from_giver_to_taker(records: Records) -> None:
    aid = of_type(records("Japan gave Nepal 1,200 tents in February."), "AID")
    (tents,) = aid.quantities
    assert isinstance(tents, Quantity) and (tents.value, tents.item) == (1200, "tents")
    assert tents.from_ and tents.from_.code == "JPN"
    assert tents.to and tents.to.code == "NPL"
    assert tents.time and (tents.time.start, tents.time.end) == ("2025-02-01", "2025-02-28")


def test_what_is_bought_comes_from_the_seller_and_its_price_from_the_buyer(records: Records) -> None:
    deal = of_type(records("Kenya bought 40 tanks from Poland for $90 million."), "COOPERATE")
    ways = {q.text: (q.from_ and q.from_.code, q.to and q.to.code) for q in deal.quantities}
    assert ways == {"40": ("POL", "KEN"), "$90 million": ("KEN", "POL")}
    deal = of_type(records("Poland sold 40 tanks to Kenya for $90 million."), "COOPERATE")
    assert {q.text: (q.from_ and q.from_.code, q.to and q.to.code) for q in deal.quantities} == ways


def test_a_figure_of_the_clause_beside_is_not_ones_own(records: Records) -> None:
    found = records("Kenya deployed 300 soldiers at the border and accused Uganda of spying.")
    assert amounts(found, "ACCUSE") == []
    assert (300, "soldiers") in amounts(found, "MOBILIZE")


def test_an_age_is_no_amount_of_the_event(records: Records) -> None:
    found = records("A 16-year-old Kenyan girl and Juma Otieno, 43, were killed by the Ugandan army.")
    assert found
    assert not any(q.unit == "year" for record in found for q in record.quantities)


def test_a_figure_belongs_to_the_deed_that_it_tells_the_outcome_of(records: Records) -> None:
    found = records("Kenyan police fired tear gas and arrested 27 people.")
    assert amounts(found, "ASSAULT") == [] and [value for value, _ in amounts(found, "COERCE")] == [27]
    found = records("Sudan's army accused the Rapid Support Forces of shelling a market, killing 34 people.")
    assert amounts(found, "ACCUSE") == [] and [value for value, _ in amounts(found, "ASSAULT")] == [34]
    found = records("Kenyan troops shelled a Ugandan village, killing nine people and wounding five.")
    assert [value for value, _ in amounts(found, "ASSAULT")] == [9, 5]
