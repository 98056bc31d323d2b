"""A time is the event's whose words it stands with; without one the day of publication, where that can be meant."""

from __future__ import annotations

import pytest

from dragoman.model import Record
from dragoman.recording.when import REPEATED, UNSTATED
from recording.conftest import Records


def of_type(found: tuple[Record, ...], kind: str) -> Record:
    return next(record for record in found if record.event and record.event.type == kind)


def when(record: Record) -> tuple[str | None, str | None] | None:
    return (record.time.start, record.time.end) if record.time else None


@pytest.mark.parametrize(
    ("text", "kind", "days"),
    [
        ("The United Nations on 3 January 2025 condemned Chad's shelling of a town.", "ACCUSE", "2025-01-03"),
        ("Kenya carried out a strike on Mandera on 3 January 2025.", "ASSAULT", "2025-01-03"),
        ("On 3 January 2025 rebels attacked Goma and the army arrested nine men.", "COERCE", "2025-01-03"),
    ],
)
def test_a_day_belongs_to_the_words_it_stands_with(records: Records, text: str, kind: str, days: str) -> None:
    assert when(of_type(records(text), kind)) == (days, days)


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("The United Nations on 3 January 2025 condemned Chad's shelling of a town.", "ASSAULT", UNSTATED),
        ("Peru sends aid to Bolivia every year.", "AID", REPEATED),
        ("Chad invaded Niger in 1983 and attacked Libya.", "ASSAULT", UNSTATED),
    ],
)
def test_what_is_not_told_of_today_is_not_dated(records: Records, text: str, kind: str, reason: str) -> None:
    found = [r for r in records(text) if r.event and r.event.type == kind and r.time is None]
    assert reason in {gap.reason for record in found for gap in record.gaps if gap.slot == "time"}


def test_a_time_inside_the_object_is_not_the_verbs(records: Records) -> None:
    time = of_type(records("Ghana accused Togo of last month's raid on a farm."), "ACCUSE").time
    assert time is not None and time.basis == "publication"


def test_months_in_a_row_are_one_span(records: Records) -> None:
    found = of_type(records("Kenya bombed Mandera in January and February 2025."), "ASSAULT")
    assert when(found) == ("2025-01-01", "2025-02-28")
