"""Computations for times of day."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from dragoman.resolving.times.grammar import Node
from dragoman.resolving.times.points import _same_day
from dragoman.resolving.times.readings import Context, Reading, number_of

_AFTERNOON = {"AF", "EV"}


def clock(node: Node, c: Context) -> Reading | None:
    """Hour ``h``, minute ``n``, second ``x``, half of the day ``ap`` or part of day ``p``; the day is ``of``'s or the
    anchor's."""
    found = clock_value(node, c)
    return None if found is None else dated(node, c, found, _part(node, c))


def _part(node: Node, c: Context) -> str | None:
    piece = node.parts.get("p")
    if piece is None:
        return None
    return c.value("day_part", piece) or (c.value("day_part", piece.node.parts["p"]) if piece.node else None)


def _in_part(time: str, part: str) -> str:
    """The clock time "T08" in the part of day ("8 o'clock tonight": T20); hours of the small night stay."""
    hour = time[1:3]
    if not hour.isdigit() or not (part in _AFTERNOON or (part == "NI" and int(hour) > 5)) or int(hour) > 11:
        return time
    return f"T{int(hour) + 12}{time[3:]}"


def clock_value(node: Node, c: Context) -> str | None:
    """ "T15:30" and the like; null where the figures are no time."""
    parts = node.parts
    fixed = node.rule.sets.get("at")
    if fixed:
        return fixed
    minute, second = 0, None
    if "hn" in parts:  # "8.30", "1140"
        text = re.sub(r"\D", "", parts["hn"].text)
        hour, minute = int(text[:-2]), int(text[-2:])
    else:
        hour = int(number_of(parts["h"], c) or 0)
        minute = int(number_of(parts["n"], c) or 0) if "n" in parts else 0
    if "past" in parts:
        minute = int(number_of(parts["past"], c) or 0)
    if "to" in parts:
        hour, minute = hour - 1, 60 - int(number_of(parts["to"], c) or 0)
    if "x" in parts:
        second = int(parts["x"].text)
    half = parts["ap"].text[0] if "ap" in parts else None
    part = _part(node, c)
    if half == "p" or (half is None and part in _AFTERNOON) or (part == "NI" and hour > 5):
        hour += 12 if hour < 12 else 0
    elif half == "a" and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return None
    return f"T{hour:02}" + (f":{minute:02}" if minute or second is not None or "n" in parts else "") + (
        f":{second:02}" if second is not None else ""
    )  # fmt: skip


def dated(node: Node, c: Context, value: str, part: str | None) -> Reading | None:
    """The clock ``value`` on the day of the part ``of``, else on the anchor's day or publication."""
    given = c.inner(node, "of") or (c.inner(node, "p") if part else None)
    if given and given.first and given.grain == "day":
        day, basis = given.first, given.basis
    else:
        day, basis = _same_day(c, value), "derived"
    return Reading("TIME", f"{day.isoformat()}{value}", day, day, "day", basis, grain="day")


def at(node: Node, c: Context) -> Reading | None:
    """A clock time or part of day ``t``, perhaps told by another clock too (``z``), on the day of the part ``of``."""
    inner = node.parts["t"].node
    if inner is None:
        return None
    value = c.inner(node, "t")
    day = c.inner(node, "of")
    if value is None or day is None or day.first is None or day.grain != "day":
        return value
    time = _in_part(value.value[value.value.index("T") :], _part(node, c) or day.value.partition("T")[2])
    reading = _on(day.first, time, day)
    if "split" not in node.rule.sets:
        return reading
    other = c.inner(node, "z")
    parts = [("t", reading), ("of", day)]
    if other is not None:  # the same moment by another clock
        parts.insert(1, ("z", _on(day.first, other.value[other.value.index("T") :], day)))
    return msgspec.structs.replace(reading, parts=tuple(parts))


def _on(day: date, time: str, given: Reading) -> Reading:
    """The clock ``time`` on ``day``, as sure as the reading that gave the day."""
    return Reading("TIME", f"{day.isoformat()}{time}", day, day, "day", given.basis, grain="day")
