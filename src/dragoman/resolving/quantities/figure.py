"""A figure: a number or a range with its sign, currency and unit, or an age."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from dragoman.codebook.quantities import QuantityKnowledge
from dragoman.resolving.quantities.numerals import Number, Numerals
from dragoman.resolving.quantities.scan import Phrases, Scan
from dragoman.resolving.quantities.units import Kind, Units

_MINUS_SIGNS = frozenset("-\u2212")
# Words back in which a verb of change makes "5% to 12%" two figures.
_CHANGE_REACH = 4
# Behind such a verb numbers further apart than this are no range, with or without a unit: "fell 2 to 340".
_RANGE = 5


class Figure(msgspec.Struct, frozen=True):
    """Pieces ``start``..``end`` hold sign, number and unit; ``first``..``last`` the number alone.

    ``none``: it was read only to be passed over (a time or a duration). ``single``: one number, no range.
    """

    start: int
    end: int
    first: int
    last: int
    value: Fraction | None
    low: Fraction | None = None
    high: Fraction | None = None
    unit: str | None = None
    money: bool = False
    fraction: bool = False
    age: bool = False
    bare: bool = False
    single: bool = True
    dash: bool = False
    none: bool = False


class Measure:
    """Reads figures at a piece of a scan."""

    def __init__(self, knowledge: QuantityKnowledge, numerals: Numerals, units: Units) -> None:
        self._numerals = numerals
        self._units = units
        words, contexts = knowledge.numbers, knowledge.contexts
        self._minus = frozenset(words.minus)
        self._of = frozenset(words.of)
        self._also = frozenset(words.also)
        self._article = frozenset(words.article)
        self._dashes = frozenset(contexts.dashes)
        self._to = frozenset(contexts.range_to)
        self._and = frozenset(contexts.range_and)
        self._or = frozenset(contexts.range_or)
        self._between = frozenset(contexts.range_between)
        self._from = frozenset(contexts.range_from)
        self._change = frozenset(contexts.change_words)
        self._by = frozenset(contexts.change_by)
        self._time_units = frozenset(contexts.time_units)
        self._old = Phrases((phrase, True) for phrase in contexts.age_old)
        self._age_units = contexts.age_units
        self._age_people = frozenset(contexts.age_people)
        self._age_alone = Phrases(contexts.age_alone.items())
        self._age_before = Phrases(((phrase, True) for phrase in contexts.age_before), backward=True)
        self._metre_after = frozenset(contexts.metre_after)
        self._money_words = frozenset(contexts.money_words)
        # A weight whose name is a currency's too ("pounds").
        self._double = {unit.unit: unit.money for unit in knowledge.units if unit.money}
        self._double_words = frozenset(word for unit in knowledge.units if unit.money for word in unit.words)

    def read(self, scan: Scan, i: int, free: int, blocked: frozenset[int]) -> Figure | None:
        """The figure whose number starts at piece ``i``; those before ``free`` are taken, ``blocked`` are times."""
        number = self._numerals.read(scan, i)
        if number is None:
            return None
        if not blocked.isdisjoint(range(i, number.end)) and not self._holds_time(scan, i, number, blocked):
            return self._age(scan, i, number, blocked) or Figure(i, number.end, i, number.end, None, none=True)
        one = self._one(scan, i, number, free)
        figure = self._range(scan, one, free, blocked) or one
        aged = self._aged(scan, figure)
        if aged is not None:
            return aged
        if figure.unit is None and self._time_unit(scan, figure.end):
            return msgspec.structs.replace(figure, none=True)
        return figure

    # -- one number with its sign and unit

    def _one(self, scan: Scan, i: int, number: Number, free: int, shared: Kind | None = None) -> Figure:
        """The number at ``i`` with sign, currency before it and unit behind it."""
        start, end, value, low = i, number.end, number.value, number.low
        start, negative = self._sign(scan, start, free)
        kind: Kind | None = None
        before = self._units.money_before(scan, start)
        if before and before[0] >= free and (not before[1].minimum or number.scale >= before[1].minimum):
            start, kind = before
            if not negative:
                start, negative = self._sign(scan, start, free)
        if number.metres and kind is None and not (shared and shared.money):
            number, value, kind, end = self._letter(scan, i, number)
        behind = self._unit_behind(scan, end, number, value)
        if behind is not None and (kind is None or self._again(scan, kind, behind)):
            end, kind = behind
            more = self._parts(scan, end, kind)
            if more is not None and value is not None:
                end, value = more[0], value + more[1]
        if kind is not None and kind.money:
            scale = self._scale_behind(scan, end) if number.scale == 1 and end > number.end else None
            if scale:
                end, kind = end + 1, kind._replace(scale=scale)
        if kind is None:
            head = self._units.head_before(scan, start)
            if head and head[0] >= free and not scan.word(head[0] - 1)[:1].isnumeric():
                start, kind = head
        if kind is not None and kind.scale > 1:
            value = value * kind.scale if value is not None else None
            low = low * kind.scale if low is not None else None
        if negative and value is not None:
            value = -value
        return Figure(
            start,
            end,
            i,
            number.end,
            value,
            low,
            None,
            kind.unit if kind else None,
            bool(kind and kind.money),
            number.fraction,
            bare=number.bare,
        )

    @staticmethod
    def _again(scan: Scan, kind: Kind, behind: tuple[int, Kind]) -> bool:
        """Whether the currency before a number is said again behind it, in words: "$10 dollars"."""
        return kind.money and behind[1].unit == kind.unit and scan.word(behind[0] - 1).isalpha()

    def _sign(self, scan: Scan, start: int, free: int) -> tuple[int, bool]:
        """Where a minus before ``start`` begins, and whether there is one."""
        at = start - 1
        if at < free:
            return start, False
        word = scan.word(at)
        if word in self._minus:
            return at, True
        if word in _MINUS_SIGNS and (at == 0 or not scan.touches(at - 1)):
            before = scan.word(at - 1) if at else ""
            after_number = before[-1:].isnumeric() or self._numerals.may_start(before)
            if at == 0 or (scan.touches(at) and not after_number):
                return at, True
        return start, False

    def _letter(self, scan: Scan, i: int, number: Number) -> tuple[Number, Fraction | None, Kind | None, int]:
        """ "5m" without money: five million before a noun, five metres otherwise."""
        word = scan.word(number.end)
        behind = self._unit_behind(scan, number.end, number, number.value)
        if behind is not None or (word.isalpha() and word not in self._metre_after):
            return number, number.value, None, number.end
        assert number.value is not None
        plain = number._replace(value=number.value / number.scale, scale=1, end=number.end - 1)
        metre = self._units.behind(scan, plain.end)
        if metre is None:
            return number, number.value, None, number.end
        return plain, plain.value, metre[1], metre[0]

    def _unit_behind(self, scan: Scan, end: int, number: Number, value: Fraction | None) -> tuple[int, Kind] | None:
        """The unit behind a number: "5 km", "45-acre", "half a mile", "millions of dollars"."""
        at = end
        if scan.word(at) in self._dashes:
            if scan.touches(at - 1) != scan.touches(at):
                return None
            at += 1
        elif number.fraction and scan.word(at) in self._of and scan.word(at + 1) in self._article:
            at += 2
        elif scan.word(at) in (self._article if number.fraction else self._of if number.value is None else ()):
            at += 1
        if at >= scan.n or scan.line_between(end - 1, at):
            return None
        found = self._units.behind(scan, at)
        if found is None or (found[1].minimum and (value is None or abs(value) < found[1].minimum)):
            return None
        after, kind = found
        if scan.touches(after - 1) and scan.word(after)[:1].isalnum():
            return None
        money = self._double.get(kind.unit)
        if money and at == end and scan.word(after) not in self._of:
            paid = any(scan.word(k) in self._money_words for k in range(max(0, end - 6), end))
            if (number.scale >= 1000 or paid) and scan.word(after - 1) in self._double_words:
                return after, Kind(money, True)
        return found

    def _scale_behind(self, scan: Scan, end: int) -> int | None:
        """ "75 USD million": the scale behind the currency."""
        return self._numerals.scale(scan.word(end))

    def _parts(self, scan: Scan, end: int, kind: Kind) -> tuple[int, Fraction] | None:
        """The smaller unit behind a larger one, as a share of it: "5 feet 2 inches", "3 dollars and 50 cents"."""
        if not kind.parts:
            return None
        at = end + 1 if scan.word(end) in self._also else end
        if not self._numerals.may_start(scan.word(at)):
            return None
        number = self._numerals.read(scan, at)
        if number is None or number.value is None:
            return None
        behind = self._units.part_behind(scan, number.end)
        if behind is None and kind.money and number.value.denominator == 1 and 0 < number.value < 100:
            # "15 dollars and 50": the hundredths by themselves, where nothing follows that they could count.
            alone = not scan.word(number.end).isalnum() and scan.word(number.end) not in ("%", "-")
            return (number.end, number.value / 100) if alone else None
        if behind is None or behind[1].unit not in kind.parts or number.value >= kind.parts[behind[1].unit]:
            return None
        return behind[0], number.value / kind.parts[behind[1].unit]

    # -- ranges

    def _range(self, scan: Scan, one: Figure, free: int, blocked: frozenset[int]) -> Figure | None:
        """The range that begins with ``one``: "10 to 15", "between 5 and 7 million", "$3-5bn"; null if it is none."""
        if one.value is None:
            return None
        link = scan.word(one.end)
        between = scan.word(one.start - 1) in self._between and one.start - 1 >= free
        dash = link in self._dashes and link != "—" and scan.touches(one.end - 1) == scan.touches(one.end)
        word = link in self._to or link in self._or or (between and link in self._and)
        if not (dash or word) or scan.line_between(one.end - 1, min(one.end + 1, scan.n - 1)):
            return None
        at = one.end + 1
        start = self._number_after(scan, at)
        if start is None:
            return None
        number = self._numerals.read(scan, start)
        if number is None or number.value is None or not blocked.isdisjoint(range(start, number.end)):
            return None
        other = self._one(scan, start, number, at, Kind(one.unit, True) if one.money and one.unit else None)
        if other.start != at or other.value is None:
            return None
        if one.unit and other.unit and one.unit != other.unit:
            return None
        if one.fraction and not one.unit and other.money:  # "shrank by a fifth to $3bn"
            return None
        low, high = one.value, other.value
        scale = max(number.scale, 1)
        if not one.bare and one.value >= scale:
            scale = 1
        if scale > 1 and low < high / scale and low * scale < high:
            low *= scale
        if one.bare and dash and high % 1000 == 0 and low < high / 1000 <= 3 * low:  # "5-6,000"
            low *= 1000
        if not low < high:
            return None
        if link in self._or and (high > 2 * low or low >= 100):
            return None
        lead = scan.word(one.start - 1)
        apart = one.unit or lead in self._from or high > _RANGE * low > 0
        if link in self._to and apart and self._changes(scan, one.start):
            return None
        led = between or (lead in self._from and link in self._to)
        return Figure(
            one.start - 1 if led and one.start - 1 >= free else one.start,
            other.end,
            one.first,
            other.last,
            None,
            low,
            high,
            one.unit or other.unit,
            one.money or other.money,
            one.fraction or other.fraction,
            bare=one.bare and other.bare,
            single=False,
            dash=dash,
        )

    def _number_after(self, scan: Scan, at: int) -> int | None:
        """The piece where a number starts at ``at`` or behind a currency or minus there."""
        for k in range(at, min(at + 4, scan.n)):
            if self._numerals.may_start(scan.word(k)):
                return k
        return None

    def _changes(self, scan: Scan, start: int) -> bool:
        """Whether a word of change goes before: "rose 5% to 12%"; not "rose by 5% to 6%"."""
        if scan.word(start - 1) in self._by:
            return False
        return any(scan.word(k) in self._change for k in range(max(0, start - _CHANGE_REACH), start))

    # -- ages and times

    def _age(self, scan: Scan, i: int, number: Number, blocked: frozenset[int]) -> Figure | None:
        """An age among the times' pieces ("45-year-old", "five years of age")."""
        one = Figure(i, number.end, i, number.end, number.value, bare=number.bare)
        return self._aged(scan, one)

    def _holds_time(self, scan: Scan, i: int, number: Number, blocked: frozenset[int]) -> bool:
        """Whether the time is only a part of the number ("a quarter million"), or the number is a part of something
        ("three quarters of the city")."""
        if i - 1 in blocked or number.end in blocked:
            return False
        return not blocked.issuperset(range(i, number.end)) or (number.fraction and scan.word(number.end) in self._of)

    def _aged(self, scan: Scan, figure: Figure) -> Figure | None:
        """The figure as an age where words behind or before it say so."""
        at = figure.end + 1 if scan.word(figure.end) in self._dashes else figure.end
        unit = self._age_units.get(scan.word(at))
        if unit is not None:
            after = at + 2 if scan.word(at + 1) in self._dashes else at + 1
            old = self._old.at(scan, after)
            if old is not None:
                return msgspec.structs.replace(figure, end=old[0], unit=unit, age=True)
            return None
        alone = self._age_alone.at(scan, figure.end)
        if alone is not None and figure.unit is None:
            return msgspec.structs.replace(figure, end=alone[0], unit=alone[1], age=True)
        if figure.unit is not None or (figure.value is None and figure.single):
            return None
        if self._named_age(scan, figure) or self._age_before.at(scan, self._first_listed(scan, figure.start) - 1):
            return msgspec.structs.replace(figure, unit=next(iter(self._age_units.values())), age=True)
        return None

    def _first_listed(self, scan: Scan, i: int) -> int:
        """The first of the numbers that are listed up to piece ``i``: "ages 4, 7 and 9"."""
        while (scan.word(i - 1) in self._also or scan.word(i - 1) == ",") and scan.word(i - 2).isdecimal():
            i -= 2
        return i

    def _named_age(self, scan: Scan, figure: Figure) -> bool:
        """ "Ali Hassan, 32, said", "her son, 12, ran": a number between commas behind somebody."""
        i = figure.start
        if not figure.bare or not figure.single or figure.value is None or not 1 < figure.value < 120:
            return False
        if scan.word(i - 1) != "," or scan.word(figure.end) not in (",", ".", ";", ")"):
            return False
        names = [name[:1].isupper() and name[1:2].islower() for name in (scan.raw(i - 2), scan.raw(i - 3))]
        if scan.word(i - 3) == "." and scan.raw(i - 4).isupper():  # "Juan P. Soto"
            names[1] = len(scan.word(i - 4)) == 1
        return all(names) or (scan.word(figure.end) == "," and (names[0] or scan.word(i - 2) in self._age_people))

    def _time_unit(self, scan: Scan, end: int) -> bool:
        """Whether a unit of time follows, or another number with one ("five and seven years")."""
        at = end + 1 if scan.word(end) in self._dashes else end
        if scan.word(at) in self._time_units:
            return True
        if scan.word(end) not in self._also and scan.word(end) not in self._or:
            return False
        other = self._numerals.read(scan, end + 1)
        return other is not None and scan.word(other.end) in self._time_units
