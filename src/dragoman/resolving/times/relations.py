"""Computations over others: amounts, offsets, edges, ranges, open intervals, repetitions."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from dragoman.model.findings import TimeType
from dragoman.model.record import Basis
from dragoman.resolving.times.calendar import GRAINS, Grain, Period, add, add_months, period, shift
from dragoman.resolving.times.clock import clock_value
from dragoman.resolving.times.grammar import Node
from dragoman.resolving.times.points import choose, year_number
from dragoman.resolving.times.readings import Context, Reading, figure, number_of, offset, whole

_CLOCK = re.compile(r"T(\d\d)(?::(\d\d))?")
# TIMEX3 of a week, month or year that nothing tells.
_UNKNOWN = {"W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}
# Units that are written in years where they are not whole ("half a century").
_YEARS = {"DE": 10, "CE": 100}
# The thirds of a year or a decade, in order.
_THIRDS = {"START": 0, "MID": 1, "END": 2}
# The longest finding from which so many units are counted ("two days later" never counts from a decade).
_COARSEST: dict[str, Grain] = {"D": "month", "W": "month", "M": "year", "Q": "year", "Y": "year", "DE": "decade"}


def amount(node: Node, c: Context) -> Reading | None:
    """A DURATION: number ``n`` (vague: X) of unit ``u``, perhaps with a second pair ``n2``, ``u2`` or a share ``f``."""
    if "d" in node.parts:  # a duration in other words around it ("about two years")
        return c.inner(node, "d")
    value = "P"
    in_time = False
    for n, u in (("n", "u"), ("n2", "u2"), ("n3", "u3")):
        if u not in node.parts:
            continue
        number, unit = _number(node, c, n), c.value("unit", node.parts[u]) or ""
        if number is not None and "f" in node.parts and n == "n":
            number += number_of(node.parts["f"], c) or 0
        if unit == "FN":
            number, unit = None if number is None else number * 2, "W"
        if unit.startswith("T"):
            value, unit, in_time = value + ("" if in_time else "T"), unit[1:], True
        if unit == "Q" and number is not None:
            number, unit = number * 3, "M"
        if unit == "Y" and number == 0.5:
            number, unit = 6, "M"
        if unit in _YEARS and number is not None and number != int(number):
            number, unit = number * _YEARS[unit], "Y"
        if unit in ("NI", "BD"):
            unit = "D"
        value += ("X" if number is None else figure(number)) + unit
    return Reading("DURATION", value, precision="fuzzy" if "X" in value else "day", basis="stated")


def _number(node: Node, c: Context, name: str) -> float | None:
    if name not in node.parts and "number" in node.rule.sets:
        fixed = node.rule.sets["number"]
        return None if fixed == "X" else float(fixed)
    return number_of(node.parts.get(name), c)


def _length(node: Node | None, c: Context) -> tuple[float | None, str] | None:
    """Number and unit of a duration node (its first pair)."""
    while node is not None and "d" in node.parts:
        node = node.parts["d"].node
    if node is None or "u" not in node.parts:
        return None
    number, unit = _number(node, c, "n"), c.value("unit", node.parts["u"]) or ""
    if number is not None and "f" in node.parts:
        number += number_of(node.parts["f"], c) or 0
    if unit == "FN":
        return (None if number is None else number * 2), "W"
    return number, {"NI": "D", "BD": "D"}.get(unit, unit)


def _pairs(node: Node | None, c: Context) -> list[tuple[float, str]]:
    """All pairs of a duration ("2 years 1 month"), none of them vague."""
    first = _length(node, c)
    while node is not None and "d" in node.parts:
        node = node.parts["d"].node
    found = [first] if first else []
    for n, u in (("n2", "u2"), ("n3", "u3")):
        if node is not None and u in node.parts:
            found.append((number_of(node.parts.get(n), c), c.value("unit", node.parts[u]) or ""))
    return [(number, unit) for number, unit in found if number is not None]


def apart(node: Node, c: Context) -> Reading | None:
    """Duration ``d`` before (``way: -1``) or after a day: publication, the finding before (``from: previous``) or the
    part ``of``. Hours and minutes give a TIME; a vague number gives PAST_REF or FUTURE_REF."""
    pairs = _pairs(node.parts["d"].node if "d" in node.parts else node, c)
    way = int(node.rule.sets["way"])
    if "tense" in node.rule.sets and c.tense(node) == "past":
        return c.inner(node, "d")
    outer = c.inner(node, "of")
    if "of" in node.parts and (outer is None or outer.first is None):
        return outer
    if not pairs:
        return _vague(way, c)
    basis: Basis = "derived"
    if outer and outer.first:
        day = outer.first
    elif node.rule.sets.get("from") == "previous":
        unit = pairs[-1][1]
        unknown = _UNKNOWN.get(unit, "XXXX-XX-XXTXX" if unit.startswith("T") else "XXXX-XX-XX")
        precision = GRAINS[unit] if unit in _UNKNOWN else "day"
        day = c.previous(unknown, precision, _COARSEST.get(unit, "day"), node if way > 0 else None)
    else:
        day = c.today("XXXX-XX-XX", "day")
    if outer and outer.period and outer.grain == "month" and pairs[-1][1] == "Y":
        return whole(shift(outer.period, round(way * pairs[-1][0] * 12)), basis)
    if pairs[0][1].startswith("T"):
        return _clock_apart(day, way, pairs, c.anchor if "from" in node.rule.sets else None)
    for number, unit in pairs[:-1]:
        day = add(day, way * number, unit)
    number, unit = pairs[-1]
    exact = "exact" in node.rule.sets or len(pairs) > 1 or number != int(number)
    exact = exact or (outer is not None and outer.grain == "day") or unit == "D"
    if node.rule.sets.get("from") == "previous" and unit == "W":  # "a week later" counts from a day in the text
        exact = exact or (c.anchor is not None and c.anchor.grain == "day")
    return offset(day, way * number, unit, exact, basis)


def _clock_apart(day: date, way: int, pairs: list[tuple[float, str]], anchor: Reading | None) -> Reading:
    """Hours and minutes from midnight of ``day`` or, where ``anchor`` is a clock time, from that."""
    hours = sum(n * {"TH": 1, "TM": 1 / 60, "TS": 1 / 3600}[u] for n, u in pairs if u.startswith("T"))
    if hours >= 24:
        found = day + timedelta(days=way * round(hours / 24))
        return whole(period("day", found), "derived")
    clock = _CLOCK.search(anchor.value) if anchor else None
    if clock:
        at = datetime.combine(day, datetime.min.time()) + timedelta(
            hours=int(clock[1]) + way * hours, minutes=int(clock[2] or 0)
        )
        return Reading("TIME", f"{at:%Y-%m-%dT%H:%M}", at.date(), at.date(), "day", "derived", grain="day")
    minutes = round(hours * 60) * way % (24 * 60)
    known = way > 0 and anchor is None
    value = f"{day.isoformat()}T{minutes // 60:02}:{minutes % 60:02}" if known else f"{day.isoformat()}TXX"
    return Reading("TIME", value, day, day, "day", "derived", grain="day")


def _vague(way: int, c: Context) -> Reading:
    return Reading("DATE", "PAST_REF" if way < 0 else "FUTURE_REF", None, None, "fuzzy", "derived" if c.day else None,
                   None if c.day else "no publication date")  # fmt: skip


def reference(node: Node, c: Context) -> Reading | None:
    """PRESENT_REF, PAST_REF or FUTURE_REF; the present is the day of publication."""
    value = node.rule.sets["value"]
    day = c.day if value == "PRESENT_REF" else None
    reason = None if c.day else "no publication date"
    return Reading("DATE", value, day, day, "fuzzy", "derived" if c.day else None, reason)


def stretch(node: Node, c: Context) -> Reading | None:
    """A DURATION that ends (``way: -1``) or begins at publication ("the past two years", "the next 48 hours")."""
    length = c.inner(node, "d") if "d" in node.parts else amount(node, c)
    if length is None:
        return None
    way = int(node.rule.sets["way"])
    pairs = _pairs(node.parts["d"].node if "d" in node.parts else node, c)
    if c.day is None:
        return Reading("DURATION", length.value, precision="fuzzy", basis=None, reason="no publication date")
    if not pairs:
        fuzzy = _vague(way, c) if node.rule.sets.get("vague") == "reference" else length
        return Reading(fuzzy.type, fuzzy.value, precision="fuzzy", basis="derived")
    end = c.day
    for number, unit in pairs:
        if unit.startswith("T"):
            end += timedelta(days=way * -(-number * {"TH": 1, "TM": 0, "TS": 0}[unit] // 24))
        else:
            end = add(end, way * number, unit)
    first, last = sorted((c.day, end))
    unit = pairs[-1][1]
    precision = "day" if unit.startswith("T") else GRAINS[unit]
    precision = "day" if precision == "weekend" else "decade" if precision == "century" else precision
    return Reading("DURATION", length.value, first, last, precision, "derived")


def within(node: Node, c: Context) -> Reading | None:
    """The ``n``-th (or last) unit ``u`` of the part ``of``; bare quarters and halves are those that fit the tense."""
    unit = c.value("part_unit" if node.rule.sets.get("of") == "year" else "unit", node.parts["u"]) or ""
    if unit not in GRAINS:
        return None
    nth = float(c.value("from_end", node.parts["n"]) or number_of(node.parts["n"], c) or 0)
    outer = c.inner(node, "of")
    if "y" in node.parts:
        outer = whole(period("year", date(year_number(node.parts["y"], c), 1, 1)), "stated")
    elif "of" in node.parts and outer is None:
        return None
    if outer is None:
        size = {"Q": 3, "H": 6}[unit]
        years = [c.day.year + by for by in (-1, 0, 1)] if c.day else [2000]
        options = [period(GRAINS[unit], date(y, int(nth - 1) * size + 1, 1)) for y in years]
        return whole(choose(options, node, c, f"XXXX-{unit}{nth:g}"), "derived")
    span = outer.period
    if span is None:
        return None
    if unit == "W" and span.grain == "year":  # ISO week 1 holds 4 January
        first = period("week", date(span.first.year, 1, 4))
        last = period("week", date(span.first.year, 12, 28))
    else:
        first, last = period(GRAINS[unit], span.first), period(GRAINS[unit], span.last)
    found = shift(last, int(nth) + 1) if nth < 0 else shift(first, int(nth) - 1)
    return whole(found, outer.basis or "derived") if found.first <= span.last else None


def numbered_week(node: Node, c: Context) -> Reading | None:
    """ISO week ``n`` of the year of the part ``of``, else of the current year."""
    inner = node.parts["n"].node
    number = int((inner.parts["n"] if inner else node.parts["n"]).text)
    outer = c.inner(node, "of")
    year = outer.first.year if outer and outer.first else c.today(f"XXXX-W{number:02}", "week").year
    if not 1 <= number <= 53:
        return None
    basis = outer.basis if outer else "derived"
    return whole(shift(period("week", date(year, 1, 4)), number - 1), basis or "derived")


def edge(node: Node, c: Context) -> Reading | None:
    """A part of a period (``e``: START, MID, END: a third of it, which is four months of a year), or what is over or
    left of it (EARLIER, LATER)."""
    outer = c.inner(node, "of")
    if outer is None or outer.first is None or outer.last is None:
        return outer
    if outer.type == "TIME":
        return outer
    which = node.rule.sets.get("edge") or c.value("edge", node.parts["e"]) or ""
    if "day" in node.rule.sets and which == "END" and outer.grain == "day":
        return Reading("TIME", f"{outer.first.isoformat()}T23:59:59", outer.first, outer.first, "day", outer.basis,
                       grain="day")  # fmt: skip
    days = (outer.last - outer.first).days + 1
    first, last = outer.first, outer.last
    span = outer.period
    precision = outer.precision
    if span and span.grain in ("year", "decade") and which in _THIRDS and (first, last) == (span.first, span.last):
        months = 4 if span.grain == "year" else 40
        nth = _THIRDS[which]
        first = add_months(span.first, nth * months)
        last = add_months(first, months) - timedelta(days=1)
        precision = "season" if span.grain == "year" else precision
    elif days > 2:
        third = max(days // 3, 1)
        if which == "START":
            last = first + timedelta(days=third - 1)
        elif which == "END":
            first = last - timedelta(days=third - 1)
        elif which == "MID":
            first, last = first + timedelta(days=third), last - timedelta(days=third)
        elif c.day and which == "EARLIER" and first <= c.day <= last:
            last = c.day
        elif c.day and which == "LATER" and first <= c.day <= last:
            first = c.day
    return Reading(outer.type, outer.value, first, last, precision, outer.basis, grain=outer.grain)


def stretch_between(node: Node, c: Context) -> Reading | None:
    """From the part ``a`` to the part ``b``: one DURATION-like DATE with both bounds.

    Where only the end has a year the start is the last such before it; where neither has, both are resolved by
    tense and the start goes back before the end."""
    if "da" in node.parts:
        return _days_between(node, c)
    if "ya" in node.parts:
        low, high = year_number(node.parts["ya"], c), _second_year(node, c)
        if high <= low:
            return None
        years = [whole(period("year", date(number, 1, 1)), "stated") for number in (low, high)]
        parts = (("ya", years[0]), ("yb", years[1])) if "split" in node.rule.sets else ()
        return Reading("DATE", f"{low}/{high}", date(low, 1, 1), date(high, 12, 31), "year", "stated", parts=parts)
    start, end = c.inner(node, "a"), c.inner(node, "b")
    if start is None or end is None or start.first is None or end.last is None:
        return None
    start, end = _in_order(node, c, start, end)
    if start.first is None or end.last is None or start.first > end.last:
        return None
    kind: TimeType = "TIME" if "TIME" in (start.type, end.type) else "DATE"
    basis: Basis = "stated" if start.basis == end.basis == "stated" else "derived"
    parts = (("a", start), ("b", end)) if "split" in node.rule.sets else ()
    return Reading(kind, f"{start.value}/{end.value}", start.first, end.last, end.precision, basis, parts=parts)


def _in_order(node: Node, c: Context, start: Reading, end: Reading) -> tuple[Reading, Reading]:
    """Both ends of a range, moved by weeks or years where read alone they lie the wrong way round."""
    first, last, day = start.first, end.first, c.day
    if first is None or last is None or end.last is None:
        return start, end
    weekdays = [
        part.node is not None and part.node.rule.does == "weekday" for part in (node.parts["a"], node.parts["b"])
    ]
    if weekdays[1] and first > last:
        if weekdays[0] and c.tense(node) != "future":
            return whole(period("day", first - timedelta(weeks=1)), "derived"), end
        weeks = -(-(first - last).days // 7)
        return start, whole(period("day", last + timedelta(weeks=weeks)), "derived")
    if first > last:
        if end.basis == "stated" or (day and end.last <= day):
            return whole(period(start.grain or "day", add_months(first, -12)), "derived"), end
        return start, whole(period(end.grain or "day", add_months(last, 12)), "derived")
    if start.basis == "derived" and day and end.last > day and end.grain != "day" and c.tense(node) == "past":
        # "from August to January" told in the past: the end is over, so both lie a year back
        end = whole(period(end.grain or "day", add_months(last, -12)), "derived")
        if end.first and first > end.first:
            start = whole(period(start.grain or "day", add_months(first, -12)), "derived")
    return start, end


def _second_year(node: Node, c: Context) -> int:
    piece = node.parts["yb"]
    if len(piece.text) == 2:
        return year_number(node.parts["ya"], c) // 100 * 100 + int(piece.text)
    return year_number(piece, c)


def _days_between(node: Node, c: Context) -> Reading | None:
    """ "May 3-5", "between 1 and 5 May 2024": days ``da`` to ``db`` of month ``m``."""
    month = int(c.value("month", node.parts["m"]) or 0)
    low, high = int(number_of(node.parts["da"], c) or 0), int(number_of(node.parts["db"], c) or 0)
    if low >= high:
        return None
    if "y" in node.parts:
        year, basis = year_number(node.parts["y"], c), "stated"
    else:
        years = [c.day.year + by for by in (-1, 0, 1)] if c.day else [2000]
        spans = [Period("day", date(y, month, low), date(y, month, high)) for y in years]
        found = choose(spans, node, c, f"XXXX-{month:02}-{low:02}/XXXX-{month:02}-{high:02}")
        year, basis = found.first.year, "derived"
    first, last = date(year, month, low), date(year, month, high)
    return Reading("DATE", f"{first.isoformat()}/{last.isoformat()}", first, last, "day",
                   "stated" if basis == "stated" else "derived")  # fmt: skip


def open_ended(node: Node, c: Context) -> Reading | None:
    """The part ``a`` as a bound: ``open: after`` (since), ``before`` (until), ``later`` (after) or
    ``earlier`` (before)."""
    found = c.inner(node, "a")
    if found is None or found.first is None or found.last is None:
        return found
    which = node.rule.sets["open"]
    first, last = {
        "after": (found.first, None),
        "before": (None, found.last),
        "later": (found.last + timedelta(days=1), None),
        "earlier": (None, found.first - timedelta(days=1)),
    }[which]
    return Reading(found.type, found.value, first, last, found.precision, found.basis, grain=found.grain)


def repeated(node: Node, c: Context) -> Reading | None:
    """A SET: every weekday ``w`` (with time ``t``), every ``n`` units ``u``, or a fixed ``value``."""
    fixed = node.rule.sets.get("value")
    if fixed:
        return Reading("SET", fixed, precision="fuzzy")
    if "adverb" in node.parts:
        return Reading("SET", c.value("frequency", node.parts["adverb"]) or "", precision="fuzzy")
    if "s" in node.parts and node.parts["s"].node:
        outside = {name: part for name, part in node.parts.items() if name != "s"}
        node = Node(node.rule, {**outside, **node.parts["s"].node.parts}, node.start, node.end)
    if "w" in node.parts:
        value = f"XXXX-WXX-{c.value('weekday', node.parts['w'])}"
        if "p" in node.parts:
            return Reading("SET", f"{value}T{c.value('day_part', node.parts['p'])}", precision="fuzzy")
        time = node.parts.get("t")
        if time is not None:
            value += (clock_value(time.node, c) if time.node else "T" + time.text.replace(".", ":")) or ""
        return Reading("SET", value, precision="fuzzy")
    if "m" in node.parts:
        return Reading("SET", f"XXXX-{int(c.value('month', node.parts['m']) or 0):02}", precision="fuzzy")
    if "p" in node.parts:
        return Reading("SET", f"XXXX-XX-XXT{c.value('day_part', node.parts['p'])}", precision="fuzzy")
    if "s" in node.parts:
        return Reading("SET", f"XXXX-{c.value('season', node.parts['s'])}", precision="fuzzy")
    length = amount(node, c)
    return Reading("SET", length.value, precision="fuzzy") if length else None
