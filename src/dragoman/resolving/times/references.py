"""Computations for words that point at another finding: the same day, the quarter, the year-ago period."""

from __future__ import annotations

from datetime import date

from dragoman.resolving.times.calendar import GRAINS, Grain, add_months, period, shift
from dragoman.resolving.times.grammar import Node
from dragoman.resolving.times.points import year_number
from dragoman.resolving.times.readings import Context, Reading, whole


def same(node: Node, c: Context) -> Reading | None:
    """The unit ``u`` that holds the finding before ("the same day", "that year"). Nothing where there is none."""
    unit = c.value("unit", node.parts["u"]) or ""
    if unit not in GRAINS or c.anchor is None or c.anchor.first is None:
        return _unknown(unit) if unit in GRAINS else None
    return whole(period(GRAINS[unit], c.anchor.first), "derived")


def holding(node: Node, c: Context) -> Reading | None:
    """The unit ``u`` that holds the part ``of`` ("the week of May 5")."""
    outer = c.inner(node, "of")
    unit = c.value("unit", node.parts["u"]) or ""
    if outer is None or outer.first is None:
        return outer
    return whole(period(GRAINS[unit], outer.first), outer.basis or "derived")


def comparable(node: Node, c: Context) -> Reading | None:
    """The quarter, month ... (``u``) that figures are compared with: the last of its kind in the text, else the last
    one over; of year ``y`` or ``step`` years on. With ``known`` nothing where neither text nor unit names one.

    A "period" is a quarter, half or month, whichever the text spoke of last.
    """
    unit = c.value("report_unit", node.parts["u"]) or ""
    grains: tuple[Grain, ...] = ("quarter", "half", "month") if unit == "P" else (GRAINS[unit],)
    seen = [c.latest[grain] for grain in grains if grain in c.latest]
    found = max(seen, key=lambda reading: reading is c.anchor, default=None)
    if found is None and unit == "P" and "known" in node.rule.sets:
        return None
    if found is None and unit == "P" and "y" in node.parts:
        return whole(period("year", date(year_number(node.parts["y"], c), 1, 1)), "stated")
    if found is not None and found.first:
        base = found.first
    else:
        base = shift(period(grains[0], c.today("XXXX", grains[0])), -1).first
    year = year_number(node.parts["y"], c) if "y" in node.parts else base.year + int(node.rule.sets.get("step", 0))
    here = period(found.grain or grains[0] if found else grains[0], base)
    months = 12 * (year - base.year)
    if here.grain in ("week", "weekend"):
        return whole(shift(here, round(months * 52 / 12)), "derived")
    return whole(period(here.grain, add_months(here.first, months)), "derived")


def _unknown(unit: str) -> Reading:
    grain = GRAINS[unit]
    value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(unit, "XXXX")
    precision = {"weekend": "day", "century": "decade", "half": "season"}.get(grain, grain)
    return Reading("DATE", value, None, None, precision, None, "no date before it in the text")
