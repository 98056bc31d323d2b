"""Periods of the calendar: a day, a week, a season ... as first and last day, shifted and named in TIMEX3.

A week runs Monday to Sunday (ISO 8601); seasons are the northern meteorological ones, winter named after the year of
its December.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

import msgspec

Grain = Literal["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]

GRAINS: dict[str, Grain] = {
    "D": "day", "W": "week", "WE": "weekend", "M": "month", "Q": "quarter", "H": "half", "Y": "year",
    "DE": "decade", "CE": "century",
}  # fmt: skip
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # the first month of each
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}


class Period(msgspec.Struct, frozen=True):
    """Days from ``first`` to ``last``, both inclusive, as one unit of the calendar."""

    grain: Grain
    first: date
    last: date


def period(grain: Grain, day: date) -> Period:
    """The period of ``grain`` that holds ``day``. Raises ValueError out of the years 1 to 9999."""
    if grain == "day":
        return Period(grain, day, day)
    if grain == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(grain, monday, monday + timedelta(days=6))
    if grain == "weekend":
        saturday = day - timedelta(days=day.weekday()) + timedelta(days=5)
        return Period(grain, saturday, saturday + timedelta(days=1))
    if grain == "season":
        back = day.month % 3
        return _months(grain, add_months(day.replace(day=1), -back))
    length = _MONTHS[grain]
    index = (day.year * 12 + day.month - 1) // length * length
    return _months(grain, date(index // 12, index % 12 + 1, 1))


def _months(grain: Grain, first: date) -> Period:
    return Period(grain, first, add_months(first, _MONTHS[grain]) - timedelta(days=1))


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or the last of that month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def shift(of: Period, by: int) -> Period:
    """The period ``by`` units later (earlier where negative)."""
    if of.grain == "day":
        return period("day", of.first + timedelta(days=by))
    if of.grain in ("week", "weekend"):
        return period(of.grain, of.first + timedelta(weeks=by))
    return period(of.grain, add_months(of.first, by * _MONTHS[of.grain]))


def add(day: date, number: float, unit: str) -> date:
    """``day`` plus ``number`` units (D, W, M, Q, Y, DE, CE); a part of a unit counts as its share of days."""
    whole = int(number)
    if unit in ("D", "W", "WE"):
        return day + timedelta(days=round(number * (1 if unit == "D" else 7)))
    length = _MONTHS[GRAINS[unit]]
    return add_months(day, whole * length) + timedelta(days=round((number - whole) * length * 30.44))


def timex(of: Period) -> str:
    """The TIMEX3 value."""
    year, month = f"{of.first.year:04}", of.first.month
    if of.grain == "day":
        return of.first.isoformat()
    if of.grain in ("week", "weekend"):
        iso_year, week, _ = of.first.isocalendar()
        return f"{iso_year:04}-W{week:02}" + ("-WE" if of.grain == "weekend" else "")
    if of.grain == "month":
        return f"{year}-{month:02}"
    if of.grain == "quarter":
        return f"{year}-Q{(month + 2) // 3}"
    if of.grain == "half":
        return f"{year}-H{1 if month < 7 else 2}"
    if of.grain == "season":
        return f"{year}-{next(name for name, first in SEASONS.items() if first == month)}"
    return year[:3] if of.grain == "decade" else year[:2] if of.grain == "century" else year


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The ``nth`` (-1: the last) ``weekday`` (Monday 0) of a month."""
    if nth < 0:
        end = date(year, month, monthrange(year, month)[1])
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    start = date(year, month, 1)
    return start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (nth - 1))


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian computus, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)
