"""What a computation gives, and what it may ask: publication day, earlier findings, tense, the words' values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

import msgspec

from dragoman.model.findings import TimeType
from dragoman.model.record import Basis
from dragoman.resolving.times.calendar import GRAINS, Grain, Period, add, period, timex
from dragoman.resolving.times.grammar import Grammar, Node, Piece

# Background is what a noun names of which the present tells more; near is past or future, whichever is closer.
Tense = Literal["past", "present", "future", "background", "near"]
ORDER: tuple[Grain, ...] = ("day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century")


class Reading(msgspec.Struct, frozen=True):
    """A time expression understood. ``grain`` is the unit of the calendar it names, where it names one.

    ``parts`` are the readings of the node's parts (by name) that stand as expressions of their own.
    """

    type: TimeType
    value: str
    first: date | None = None
    last: date | None = None
    precision: str = "day"
    basis: Basis | None = "stated"
    reason: str | None = None
    grain: Grain | None = None
    parts: tuple[tuple[str, Reading], ...] = ()

    @property
    def period(self) -> Period | None:
        """The whole unit named; null where there is none."""
        if self.grain is None or self.first is None or self.last is None:
            return None
        return period(self.grain, self.first)


class UndatedError(Exception):
    """The publication day is needed and not known; carries the type and the value with X for what is open."""

    def __init__(
        self, value: str, precision: str, type: TimeType = "DATE", reason: str = "no publication date"
    ) -> None:
        super().__init__(value)
        self.value, self.precision, self.type, self.reason = value, precision, type, reason


Computation = Callable[[Node, "Context"], "Reading | None"]


class Context(msgspec.Struct):
    """What a computation may ask. ``anchor`` is the last dated finding before this one, ``latest`` the last of each
    grain."""

    grammar: Grammar
    computations: dict[str, Computation]
    day: date | None
    tense_at: Callable[[int, int], Tense | None]
    month_first: bool
    anchor: Reading | None = None
    latest: dict[Grain, Reading] = {}

    def remember(self, reading: Reading) -> None:
        """Make ``reading`` what later words such as "the same day" refer to."""
        self.anchor = reading
        if reading.grain:
            self.latest[reading.grain] = reading

    def read(self, node: Node) -> Reading | None:
        """Run the node's computation; null where the words make no time."""
        try:
            return self.computations[node.rule.does](node, self)
        except (ValueError, OverflowError):  # a date that the calendar lacks (31 June, year 12000)
            return None

    def inner(self, node: Node, name: str) -> Reading | None:
        """The reading of the part ``name``, itself a node."""
        part = node.parts.get(name)
        return self.read(part.node) if part and part.node else None

    def value(self, kind: str, piece: Piece) -> str | None:
        """What ``words.yml`` gives for the piece under ``kind``."""
        return self.grammar.values[kind].get(piece.text)

    def tense(self, node: Node) -> Tense | None:
        """Tense of the verb that governs the node."""
        return self.tense_at(node.start, node.end)

    def today(self, value: str, precision: str, type: TimeType = "DATE") -> date:
        """The publication day. Raises UndatedError, with the value as far as it is known."""
        if self.day is None:
            raise UndatedError(value, precision, type)
        return self.day

    def previous(self, value: str, precision: str, coarsest: Grain = "century", later: Node | None = None) -> date:
        """The first day of the finding before this one where it is no longer than ``coarsest``, else publication.

        Raises UndatedError. "Two days later" counts from a day or a month, never from "the 1970s". ``later``: the words
        that point on from there; what is told in the past cannot lie after publication, and what is so years later
        is so now.
        """
        anchor = self.anchor
        if anchor and anchor.first and anchor.grain and ORDER.index(anchor.grain) <= ORDER.index(coarsest):
            return anchor.first
        tense = self.tense(later) if later is not None else None
        if tense == "past" or (tense in ("present", "background") and coarsest in ("year", "decade")):
            kind: TimeType = "TIME" if "T" in value else "DATE"
            raise UndatedError(value, precision, kind, "no date before it in the text")
        return self.today(value, precision)


def whole(of: Period, basis: Basis, type: TimeType = "DATE") -> Reading:
    """The reading of a whole period."""
    grain = of.grain
    precision = {"weekend": "week", "half": "season", "century": "decade"}.get(grain, grain)
    if grain == "weekend":
        precision = "day"
    return Reading(type, timex(of), of.first, of.last, precision, basis, grain=grain)


def number_of(piece: Piece | None, c: Context) -> float | None:
    """The number a piece stands for; null where it is vague ("several")."""
    if piece is None:
        return 1.0
    if piece.text[:1].isdigit() and piece.node is None:
        return float(piece.text.replace(",", ""))
    if piece.node is None:
        word = c.value("numeral", piece) or c.value("ordinal", piece)
        return float(word) if word else None
    if "w" in piece.node.parts:  # "2 1/2"
        parts = {name: int(part.text) for name, part in piece.node.parts.items()}
        return parts["w"] + parts["a"] / parts["b"]
    fixed = piece.node.rule.sets.get("number")
    if fixed is not None:
        return None if fixed == "X" else float(fixed)
    return spelled(piece.text, c)


def spelled(words: str, c: Context) -> float | None:
    """A number in words or figures ("twenty-one", "two thousand and fifteen", "1.5 million")."""
    total = current = 0.0
    numerals, ordinals = c.grammar.values["numeral"], c.grammar.values["ordinal"]
    for word in words.split():
        text = numerals.get(word) or ordinals.get(word)
        if text is None or word in c.grammar.articles:
            if not word[0].isdigit():
                continue
            text = word.replace(",", "")
        number = float(text)
        if number == 100:
            current = (current or 1) * 100
        elif number in (1e3, 1e6, 1e9):
            total, current = total + (current or 1) * number, 0
        else:
            current += number
    return total + current


def figure(number: float) -> str:
    """The number as TIMEX3 writes it: no zeros behind the point."""
    return f"{number:g}" if number < 1e6 else str(int(number))


def offset(day: date, number: float, unit: str, exact: bool, basis: Basis = "derived") -> Reading:
    """``number`` units from ``day``: that very day where ``exact``, else the unit it falls in."""
    at = add(day, number, unit)
    return whole(period("day" if exact or unit == "WE" else GRAINS[unit], at), basis)
