"""Dates with times as pages print them -> ISO 8601, as precise as the page is and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import msgspec

from dragoman.codebook.pages import PageKnowledge

# Years of news; others are a publishing system's placeholders ("0001-01-01").
YEARS = range(1800, 2200)
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:[.,]\d+)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?", re.IGNORECASE
)


# A dateline: a place in capitals at the start of a paragraph, a date, and a dash at most so many characters on.
_PLACE = re.compile(r"[^\W\d_]{3,}")
_DASH = re.compile(r"\s(?:-|--|\u2013|\u2014)\s|[)\].]\s*(?:-|--|\u2013|\u2014)\s")
_LONGEST_DATELINE = 90
_LEAD = 5


class Stamp(msgspec.Struct, frozen=True):
    """A date in a line, at ``start``..``end`` with its time of day: ``value`` is ISO 8601 (day, or with minutes)."""

    start: int
    end: int
    value: str


def stamps(line: str, knowledge: PageKnowledge) -> list[Stamp]:
    """All dates in ``line``, in order, each with the time that stands next to it.

    All-figure dates are read only where day and month cannot be confused: year first, with dots (day first), or
    with a number above 12. Times in zones whose abbreviation is ambiguous come without offset.
    """
    days = _days(line, knowledge)
    if not days:
        return []
    times = [match for match in knowledge.time.finditer(line) if not any(_overlap(match, at) for at in days)]
    found = []
    for at, day in sorted(days.items()):
        start, end = at
        clock = _neighbour(line, at, times, knowledge)
        if clock:
            times.remove(clock)
            start, end = min(start, clock.start()), max(end, clock.end())
        found.append(Stamp(start, end, day + _clock(clock, day, knowledge) if clock else day))
    return found


def dateline_day(paragraphs: Iterable[str], knowledge: PageKnowledge) -> str | None:
    """The day with its year in a dateline ("LIMA, March 3, 2025 (Wire) - "): when the report was filed, for a page that
    says nothing else. One of the first five paragraphs must begin with it; null where none does."""
    for paragraph in islice(filter(str.strip, paragraphs), _LEAD):
        place = _PLACE.match(paragraph)
        dash = _DASH.search(paragraph, 0, _LONGEST_DATELINE)
        if place is None or dash is None or not place.group().isupper():
            continue
        days = _days(paragraph[: dash.start() + 1], knowledge)
        if days:
            return min(days.items())[1]
    return None


def iso(value: str) -> str | None:
    """A machine-readable date ("2024-06-24T15:43:10.000Z") as ISO 8601 with minutes, or the day; null if it is none."""
    match = _ISO.match(value.strip())
    if not match:
        return None
    year, month, day, hour, minute, zone = match.groups()
    try:
        datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0))
    except ValueError:
        return None
    if int(year) not in YEARS:
        return None
    if hour is None:
        return f"{year}-{month}-{day}"
    return f"{year}-{month}-{day}T{hour}:{minute}{_offset(zone)}"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if zone in "zZ":
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def _overlap(match: re.Match[str], at: tuple[int, int]) -> bool:
    return match.start() < at[1] and at[0] < match.end()


def _days(line: str, knowledge: PageKnowledge) -> dict[tuple[int, int], str]:
    days: dict[tuple[int, int], str] = {}
    for pattern in knowledge.dates:
        for match in pattern.finditer(line):
            if not any(_overlap(match, at) for at in days):
                value = _day(match, knowledge)
                if value:
                    days[match.span()] = value
    return days


def _day(match: re.Match[str], knowledge: PageKnowledge) -> str | None:
    named = match["month"].casefold()
    year, day = int(match["year"]), int(match["day"])
    if named.isdigit():
        month = int(named)
        day_first = match.start("day") < match.start("month")
        if day_first and match["mark"] != ".":
            if day <= 12 and month <= 12 and day != month:
                return None
            if month > 12:
                day, month = month, day
    else:
        month = knowledge.words.months[named]
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _neighbour(
    line: str, at: tuple[int, int], times: list[re.Match[str]], knowledge: PageKnowledge
) -> re.Match[str] | None:
    """The time of day that only glue ("at", commas) parts from the date at ``at``; one that follows wins."""
    for match in times:
        if match.start() >= at[1] and knowledge.stamp_gap.fullmatch(line, at[1], match.start()):
            return match
    for match in reversed(times):
        if match.end() <= at[0] and knowledge.stamp_gap.fullmatch(line, match.end(), at[0]):
            return match
    return None


def _clock(match: re.Match[str], day: str, knowledge: PageKnowledge) -> str:
    if match["hhmm"]:
        hour, minute = int(match["hhmm"][:2]), int(match["hhmm"][2:])
    else:
        hour, minute = int(match["hour"] or match["hour12"]), int(match["minute"] or 0)
    half = (match["half"] or match["half12"] or "").casefold()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in knowledge.afternoon else 0)
    return f"T{hour:02}:{minute:02}{_zone(match, day, hour, minute, knowledge)}"


def _zone(match: re.Match[str], day: str, hour: int, minute: int, knowledge: PageKnowledge) -> str:
    if match["sign"]:
        sign = "-" if match["sign"] != "+" else "+"
        return f"{sign}{int(match['oh']):02}:{match['om'] or '00'}" if int(match["oh"]) <= 14 else ""
    if not match["zone"]:
        return ""
    named = knowledge.words.zones[match["zone"].upper()]
    if "/" not in named:
        return named
    then = datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}").replace(tzinfo=ZoneInfo(named))
    return _offset(then.strftime("%z"))
