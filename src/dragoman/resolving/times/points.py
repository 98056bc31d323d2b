"""Computations for points of the calendar: dates, weekdays, months, years, seasons, holidays, clock times."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from dragoman.model.record import Basis
from dragoman.resolving.times.calendar import (
    GRAINS,
    SEASONS,
    Period,
    easter,
    nth_weekday,
    period,
    shift,
)
from dragoman.resolving.times.grammar import Node, Piece
from dragoman.resolving.times.readings import Context, Reading, UndatedError, number_of, spelled, whole

# A year of two figures is read as that nearest to this span around publication (ISO C's pivot is 69).
_PIVOT = 40
DAYS_IN_WEEK = 7
WEDNESDAY = 2  # as Python counts weekdays
# A day as little past is meant even where the verb looks ahead to next year's.
JUST_OVER, HALF_YEAR = timedelta(days=31), timedelta(days=183)


def choose(options: list[Period], node: Node, c: Context, value: str) -> Period:
    """Of the periods that the words can mean, the one that fits the tense.

    Past: the last that has begun by publication; future: the first not yet over, but for a day that has just been and
    comes again in a year; unknown: the nearest, and for a tie the earlier. Raises UndatedError.
    """
    day = c.today(value, options[0].grain if options else "day")
    tense = "future" if node.rule.sets.get("when") == "ahead" else c.tense(node)
    begun = [o for o in options if o.first <= day]
    ahead = [o for o in options if o.last >= day]
    if tense == "past" and begun:
        return max(begun, key=lambda o: o.first)
    if tense == "future" and ahead:
        found = min(ahead, key=lambda o: o.first)
        just = [o for o in begun if o.grain == "day" and day - o.last <= JUST_OVER]
        return just[-1] if just and found.first - day > HALF_YEAR else found
    return min(options, key=lambda o: (max((o.first - day).days, (day - o.last).days, 0), o.first))


def _around(c: Context) -> list[int]:
    year = c.day.year if c.day else 2000
    return [year - 1, year, year + 1]


def year_number(piece: Piece, c: Context) -> int:
    """The year that figures or words stand for."""
    if piece.node is not None and piece.node.rule.does == "year_words":
        words = piece.node.parts
        century = spelled(words["c"].text, c) or 0.0
        return int(century * 100 + sum(spelled(words[name].text, c) or 0.0 for name in ("t", "u") if name in words))
    text = "".join(ch for ch in piece.text if ch.isdigit())
    if text and len(text) > 2:
        return int(text)
    number = int(text) if text else int(number_of(piece, c) or 0)
    if number >= 100:
        return number
    return number + (2000 if number < _PIVOT else 1900)


def month_number(piece: Piece, c: Context) -> int:
    """The month that a name or figures stand for. Raises ValueError."""
    return int(c.value("month", piece) or piece.text)


def full_date(node: Node, c: Context) -> Reading | None:
    """Month ``m``, day ``d`` and perhaps year ``y``; in figures alone (``a``, ``b``, ``y``) month first, as
    in the United States, unless the resolver was told otherwise or the figures allow only the other."""
    parts = node.parts
    if "a" in parts:
        first, second = int(parts["a"].text), int(parts["b"].text)
        month_first = (c.month_first or second > 12) and first <= 12
        month, day = (first, second) if month_first else (second, first)
    else:
        month, day = month_number(parts["m"], c), int(number_of(parts["d"], c) or 0)
    if "y" in parts:
        return whole(period("day", date(year_number(parts["y"], c), month, day)), "stated")
    options = [period("day", date(y, month, day)) for y in _around(c) if month != 2 or day < 29 or y % 4 == 0]
    if not options:
        return None
    if "s" in parts:
        return _shifted_name(options, parts["s"], c, f"XXXX-{month:02}-{day:02}")
    return whole(choose(options, node, c, f"XXXX-{month:02}-{day:02}"), "derived")


def date_of(node: Node, c: Context) -> Reading | None:
    """Month and day ``d`` in the year that the part ``of`` names."""
    outer, given = c.inner(node, "of"), c.inner(node, "d")
    if outer is None or outer.first is None or given is None or given.first is None:
        return outer
    return whole(period("day", given.first.replace(year=outer.first.year)), outer.basis or "derived")


def compact_date(node: Node, c: Context) -> Reading | None:
    """Eight figures (20240624) or figures with points, day first (24.06.2024)."""
    text = node.parts["d"].text
    if "." not in text:
        return whole(period("day", date(int(text[:4]), int(text[4:6]), int(text[6:]))), "stated")
    figures = [int(part) for part in text.split(".")]
    if len(figures) != 3:
        return None
    day, month, year = figures if figures[2] > 31 else figures[::-1] if figures[0] > 31 else (0, 0, 0)
    return whole(period("day", date(year, month, day)), "stated")


def day_of_month(node: Node, c: Context) -> Reading | None:
    """A day without its month ("the 24th")."""
    day = int(number_of(node.parts["d"], c) or 0)
    today = c.today(f"XXXX-XX-{day:02}", "day")
    months = [shift(period("month", today), by).first for by in (-2, -1, 0, 1, 2)]
    options = [period("day", m.replace(day=day)) for m in months if day <= period("month", m).last.day]
    return whole(choose(options, node, c, ""), "derived") if options else None


def month(node: Node, c: Context) -> Reading | None:
    """Month ``m``, perhaps of year ``y`` (figures) or of the year that the part ``of`` names."""
    number = month_number(node.parts["m"], c)
    if "y" in node.parts:
        return whole(period("month", date(year_number(node.parts["y"], c), number, 1)), "stated")
    outer = c.inner(node, "of")
    if outer and outer.first:
        return whole(period("month", date(outer.first.year, number, 1)), outer.basis or "derived")
    by = node.parts.get("s")
    if by is not None:
        return _shifted_name([period("month", date(y, number, 1)) for y in _wide(c)], by, c, f"XXXX-{number:02}")
    options = [period("month", date(y, number, 1)) for y in _around(c)]
    return whole(choose(options, node, c, f"XXXX-{number:02}"), "derived")


def _wide(c: Context) -> list[int]:
    year = c.day.year if c.day else 2000
    return [year - 2, year - 1, year, year + 1, year + 2]


def _shifted_name(options: list[Period], by: Piece, c: Context, value: str) -> Reading | None:
    """A named period with last, this or next: the last one over, that of this year, the next to begin."""
    day = c.today(value, options[0].grain)
    step = int(c.value("shift", by) or 0)
    if step < 0:
        found = [o for o in options if o.last < day][-1:]
    elif step > 0:
        found = [o for o in options if o.first > day][:1]
    else:
        found = [o for o in options if o.first.year == day.year]
    return whole(found[0], "derived") if found else None


def season(node: Node, c: Context) -> Reading | None:
    """Season ``s``, of year ``y``, with shift ``by``, or bare."""
    name = c.value("season", node.parts["s"]) or ""
    years = [year_number(node.parts["y"], c)] if "y" in node.parts else _wide(c)
    options = [period("season", date(y, SEASONS[name], 1)) for y in years]
    outer = c.inner(node, "of")
    if "y" in node.parts:
        return whole(options[0], "stated")
    if outer and outer.first:
        return whole(period("season", date(outer.first.year, SEASONS[name], 1)), outer.basis or "derived")
    if "by" in node.parts:
        return _shifted_name(options, node.parts["by"], c, f"XXXX-{name}")
    return whole(choose(options, node, c, f"XXXX-{name}"), "derived")


def year(node: Node, c: Context) -> Reading | None:
    """A year in figures or words."""
    return whole(period("year", date(year_number(node.parts["y"], c), 1, 1)), "stated")


def decade(node: Node, c: Context) -> Reading | None:
    """ "The 1990s", "the '90s" or, in words, "the nineties"."""
    piece = node.parts["y"]
    words = c.value("decade_word", piece)
    number = 1900 + int(words) if words else int(piece.text)
    if number < 100:
        number += 2000 if number < 30 else 1900
    return whole(period("decade", date(number, 1, 1)), "stated")


def century(node: Node, c: Context) -> Reading | None:
    """ "The 19th century": years 1800 to 1899, as TIMEX3 counts them."""
    nth = int(number_of(node.parts["n"], c) or 0)
    return whole(period("century", date((nth - 1) * 100 or 1, 1, 1)), "stated")


def fiscal(node: Node, c: Context) -> Reading | None:
    """A fiscal year: its days differ from land to land, so it has no bounds."""
    piece = node.parts.get("y")
    outer = c.inner(node, "of")
    if outer is not None:
        return msgspec.structs.replace(outer, value=f"{outer.value}-Q{number_of(node.parts['n'], c):g}")
    if piece is not None:
        number, basis = year_number(piece, c), "stated"
    else:
        step = int(c.value("shift", node.parts["s"]) or 0) if "s" in node.parts else 0
        number, basis = c.today("FYXXXX", "year").year + step, "derived"
    reason = "a fiscal year has other days in every country"
    part = f"-Q{number_of(node.parts['n'], c):g}" if "n" in node.parts else ""
    return Reading(
        "DATE", f"FY{number}{part}", None, None, "year", "stated" if basis == "stated" else "derived", reason
    )


def weekday(node: Node, c: Context) -> Reading | None:
    """Weekday ``w``, with shift ``s``, in the week of the part ``of``, with the date it stands beside, or bare."""
    number = int(c.value("weekday", node.parts["w"]) or 0)
    value = f"XXXX-WXX-{number}"
    given = c.inner(node, "date")
    if given:  # "Friday, June 21": the date says more than its weekday, which tells the year
        return _on_weekday(given, number, c)
    outer = c.inner(node, "of")
    if outer and outer.first and "n" in node.parts:  # "the second Sunday of May"
        nth = int(number_of(node.parts["n"], c) or 0)
        day = nth_weekday(outer.first.year, outer.first.month, number - 1, nth)
        return whole(period("day", day), outer.basis or "derived") if outer.grain == "month" else None
    if outer and outer.first:
        return whole(period("day", period("week", outer.first).first + timedelta(days=number - 1)), "derived")
    step = c.value("shift", node.parts["s"]) if "s" in node.parts else None
    day = c.previous(value, "day") if node.rule.sets.get("from") == "previous" else c.today(value, "day")
    monday = period("week", day).first + timedelta(days=number - 1)
    before = day - timedelta(days=(day.isoweekday() - number) % 7)
    if step is not None:
        if "a_week" in node.rule.sets:
            return whole(period("day", monday - timedelta(weeks=1)), "derived")
        exact = {"-1": before if before < day else before - timedelta(weeks=1), "0": monday,
                 "1": monday + timedelta(weeks=1), "-2": monday - timedelta(weeks=1)}  # fmt: skip
        if "nearest" in node.rule.sets:
            return whole(period("day", before + timedelta(weeks=1)), "derived")
        return whole(period("day", exact[step]), "derived")
    # "The court sits on Monday": the present of what is arranged; what has happened is told in the past.
    tense = c.tense(node)
    near = tense == "near" and (day - before).days > DAYS_IN_WEEK // 2
    if (tense in ("future", "present") and before < day) or near:
        before += timedelta(weeks=1)
    return whole(period("day", before), "derived")


def _on_weekday(given: Reading, number: int, c: Context) -> Reading:
    """The date ``given`` in the nearest year in which it falls on the weekday ``number``, where none was stated."""
    day = given.first
    if day is None or c.day is None or given.basis == "stated" or day.isoweekday() == number:
        return given
    options = [day.replace(year=year) for year in _around(c) if day.month != 2 or day.day < 29 or year % 4 == 0]
    fitting = [option for option in options if option.isoweekday() == number]
    nearest = min(fitting, key=lambda option: abs((option - c.day).days if c.day else 0), default=day)
    return whole(period("day", nearest), "derived")


def relative_day(node: Node, c: Context) -> Reading | None:
    """Today, yesterday, tomorrow and the like: ``d`` days from publication."""
    step = int(c.value("relative_day", node.parts["d"]) or 0)
    day = c.today("XXXX-XX-XX", "day")
    return whole(period("day", day + timedelta(days=step)), "derived")


def holiday_on(on: str, year: int) -> date:
    """The day of a holiday in a year; ``on`` as in ``holidays.yml``. Raises ValueError."""
    words = on.replace("-", " -", 1).split() if on.startswith("easter") else on.split()
    if words[0] == "easter":
        return easter(year) + timedelta(days=int("".join(words[1:]) or 0))
    if len(words) == 1:
        month_of, day = on.split("-")
        return date(year, int(month_of), int(day))
    nth, weekday_of, month_of = words
    return nth_weekday(year, int(month_of), int(weekday_of) - 1, int(nth))


def holiday(node: Node, c: Context) -> Reading | None:
    """A holiday of year ``y``, of the part ``of``, with shift ``s``, or bare. Longer ones have bounds of their own."""
    base = node
    while "h" in base.parts and base.parts["h"].node is not None:
        base = base.parts["h"].node
    if "on" not in base.rule.sets:
        return None
    on, days = base.rule.sets["on"], int(base.rule.sets["days"])
    outer = c.inner(node, "of")
    if "y" in node.parts:
        found, basis = holiday_on(on, year_number(node.parts["y"], c)), "stated"
    elif outer and outer.first:
        found, basis = holiday_on(on, outer.first.year), "derived"
    else:
        options = [period("day", holiday_on(on, y)) for y in _wide(c)]
        basis = "derived"
        if "s" in node.parts:
            named = _shifted_name(options, node.parts["s"], c, "XXXX-XX-XX")
            if named is None or named.first is None:
                return None
            found = named.first
        else:
            found = choose(options, node, c, "XXXX-XX-XX").first
    if "weekend" in node.rule.sets:  # the nearest one, before a Monday to Wednesday, after a Thursday or Friday
        nearest = found - timedelta(days=found.weekday() + 1) if found.weekday() <= WEDNESDAY else found
        return whole(period("weekend", nearest), "derived")
    reading = whole(period("day", found), "stated" if basis == "stated" else "derived")
    return msgspec.structs.replace(reading, last=found + timedelta(days=days - 1)) if days > 1 else reading


def shifted(node: Node, c: Context) -> Reading | None:
    """Last, this, next ... (``s``) unit ``u``, from publication or (``from: previous``) from the finding before."""
    unit = c.value("unit", node.parts["u"]) or node.rule.sets.get("unit", "")
    if unit not in GRAINS:
        return None
    step = int(node.rule.sets.get("step") or c.value("shift", node.parts["s"]) or 0)
    grain = GRAINS[unit]
    value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(unit, "XXXX")
    precision = "day" if grain == "weekend" else grain
    if node.rule.sets.get("from") == "previous":
        day = c.previous(value, precision, later=node if step > 0 else None)
    else:
        day = c.today(value, precision)
    basis: Basis = "derived"
    here = period(grain, day)
    if "told" in node.rule.sets and c.tense(node) != "future" and here.first > day:
        return whole(shift(here, -1), basis)
    if grain == "weekend" and step < 0 and here.last < day:
        step += 1
    return whole(shift(here, step), basis)


def part_of_day(node: Node, c: Context) -> Reading | None:
    """Part ``p`` of the day that ``of`` names, of ``step`` days from publication, or of the anchor's day."""
    part = (c.value("day_part", node.parts["p"]) if "p" in node.parts else node.rule.sets.get("part")) or ""
    given = c.inner(node, "of")
    if "of" in node.parts and (given is None or given.first is None or given.grain != "day"):
        return given
    if given and given.first:
        day, basis = given.first, given.basis
    else:
        step = c.value("shift", node.parts["s"]) if "s" in node.parts else node.rule.sets.get("step")
        if step is not None and "from" in node.rule.sets:
            day = _same_day(c, f"T{part}") + timedelta(days=int(step))
        elif step is not None:
            day = c.today(f"XXXX-XX-XXT{part}", "day", "TIME") + timedelta(days=int(step))
        else:
            day = _same_day(c, f"T{part}")
        basis = "derived"
    return Reading("TIME", f"{day.isoformat()}T{part}", day, day, "day", basis, grain="day")


def _same_day(c: Context, value: str) -> date:
    """The anchor's day where it is a single one, else publication."""
    if c.anchor and c.anchor.first and c.anchor.grain == "day":
        return c.anchor.first
    if c.day is None:
        raise UndatedError(value, "day", "TIME")
    return c.day
