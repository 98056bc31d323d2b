"""Numbers that are no figures: labels, names, ranks, years, clock times, scores, calibres, the pronoun "one"."""

from __future__ import annotations

from dragoman.codebook.quantities import QuantityKnowledge
from dragoman.resolving.quantities.figure import Figure
from dragoman.resolving.quantities.items import Items
from dragoman.resolving.quantities.scan import HYPHENS, Phrases, Scan
from dragoman.resolving.quantities.units import Units

# A bare number in this range may be a year.
_YEARS = range(1700, 2100)
_SENTENCE_STARTS = frozenset('.?!"\u201c')
# More digits than this in one piece are an account, a message or a telephone.
_MOST_DIGITS = 15
# Marks of minutes and seconds of arc, and what stands behind degrees of a coordinate.
_ARC = frozenset("\u2032\u2033\u00b0")
# How many words around a score its word may stand, and behind a calibre its weapon.
_CONTEST_REACH = 5
_WEAPON_REACH = 4


class Surroundings:
    """Refuses figures by the words around them."""

    def __init__(self, knowledge: QuantityKnowledge, units: Units) -> None:
        words, contexts = knowledge.numbers, knowledge.contexts
        self._units = units
        self._labels = frozenset(contexts.label_before)
        self._maybe_labels = Phrases(((phrase, True) for phrase in contexts.label_maybe), backward=True)
        self._one = frozenset(words.one)
        self._one_before = frozenset(contexts.one_before)
        self._one_after = frozenset(contexts.one_after)
        self._multipliers = frozenset({*words.hundreds, *words.scales, *words.groups})
        self._months = frozenset(contexts.months)
        self._clock = frozenset(contexts.clock)
        self._year_before = frozenset(contexts.year_before)
        self._calibres = frozenset(contexts.calibre_units)
        self._weapons = frozenset(contexts.calibre_nouns)
        self._contest = frozenset(contexts.contest_words)
        self._joins = frozenset({"/", ":", ".", *contexts.dashes})
        self._compounds = frozenset(contexts.counted_compounds)

    def refuse(self, scan: Scan, figure: Figure, items: Items | None) -> bool:
        """Whether the figure is none; ``items`` is the parse where there is one."""
        if self._glued(scan, figure) or self._score(scan, figure) or self._calibre(scan, figure):
            return True
        if self._reference(scan, figure):
            return True
        if figure.unit is not None:
            return False
        if not figure.single:
            return self._years(scan, figure, items)
        return (
            self._pronoun(scan, figure, items)
            or self._lone_multiplier(scan, figure)
            or self._label(scan, figure, items)
            or self._calendar(scan, figure, items)
            or self._compound(scan, figure)
            or self._proper(scan, figure)
        )

    def _glued(self, scan: Scan, figure: Figure) -> bool:
        """Part of a longer word or code: "T-72", "4th", "777F", "1-222-2222", "5/17/2018", "192.168.1.2"."""
        first, last = figure.start, figure.end - 1
        before, after = scan.word(first - 1), scan.word(last + 1)
        if scan.touches(first - 1):
            if before[-1:].isalnum() or before in ("_", "#", "№"):
                return True
            joins = before in self._joins or before in HYPHENS
            if joins and scan.touches(first - 2) and scan.word(first - 2)[-1:].isalnum():
                return True
        if scan.touches(last):
            if after[:1].isalnum() or after == "_":
                return True
            if after in ("/", ":", "-", ".") and scan.touches(last + 1):
                follows = scan.word(last + 2)[:1]
                return follows.isdecimal() or (after == "/" and figure.unit is None and follows.isalpha())
        return False

    @staticmethod
    def _proper(scan: Scan, figure: Figure) -> bool:
        """A number word with a capital that begins a name: "the founder of Three Rivers Press"."""
        i = figure.start
        if figure.end - i != 1 or not scan.raw(i).istitle() or not scan.raw(i).isalpha():
            return False
        inside = i > 0 and scan.raw(i - 1).isalpha() and scan.raw(i - 1).islower() and not scan.line_between(i - 1, i)
        return inside and scan.raw(figure.end)[:1].isupper()

    @staticmethod
    def _reference(scan: Scan, figure: Figure) -> bool:
        """A footnote "[3]", the point of a list "2)", a coordinate, a telephone or an account: digits that count
        nothing."""
        first, last = figure.start, figure.end - 1
        before, after = scan.word(first - 1), scan.word(last + 1)
        if figure.bare and figure.single and figure.unit is None:
            if before == "[" and after == "]":
                return True
            if after == ")" and scan.touches(last) and before != "(" and scan.word(first - 2) != "(":
                return figure.end - figure.start == 1 and figure.value is not None and figure.value < 20
            opens = first == 0 or before in _SENTENCE_STARTS or scan.line_between(first - 1, first)
            if opens and after == "." and scan.touches(last) and scan.raw(last + 2)[:1].isupper():
                return figure.end - first == 1  # the point of a list: "2. Police"
            digits = scan.word(first)
            if digits.isdecimal() and (len(digits) > _MOST_DIGITS or (digits[0] == "0" and figure.value != 0)):
                return True
            at = first - 1
            while scan.word(at).isdecimal():  # "0207 782 4368"
                if scan.word(at)[0] == "0":
                    return True
                at -= 1
        if scan.word(last) in _ARC and scan.touches(last):
            return after[:1].isalnum()
        return (before in _ARC and scan.touches(first - 1)) or (after in _ARC and scan.touches(last))

    def _score(self, scan: Scan, figure: Figure) -> bool:
        """ "A 3-2 win": two small numbers joined by a dash near a word of contest."""
        if figure.single or not figure.dash or not figure.bare or figure.unit is not None:
            return False
        around = (*range(figure.start - _CONTEST_REACH, figure.start), *range(figure.end, figure.end + _CONTEST_REACH))
        return any(scan.word(k) in self._contest for k in around)

    def _calibre(self, scan: Scan, figure: Figure) -> bool:
        if figure.unit not in self._calibres:
            return False
        return any(scan.word(k) in self._weapons for k in range(figure.end, figure.end + _WEAPON_REACH))

    def _pronoun(self, scan: Scan, figure: Figure, items: Items | None) -> bool:
        """ "One" that counts nothing."""
        if figure.value != 1 or figure.end - figure.start != 1 or scan.word(figure.start) not in self._one:
            return False
        before, after = scan.word(figure.start - 1), scan.word(figure.end)
        if before in self._one_before or after in self._one_after:
            return True
        if not after:
            return figure.start > 0
        return items is not None and items.counts_noun(scan.starts[figure.start], scan.ends[figure.start]) is False

    def _lone_multiplier(self, scan: Scan, figure: Figure) -> bool:
        """ "Million" with nothing that says how many."""
        if figure.value is None or figure.end - figure.start != 1:
            return False
        return scan.word(figure.start) in self._multipliers

    def _label(self, scan: Scan, figure: Figure, items: Items | None) -> bool:
        """ "Article 4", "No. 2", "Boeing 737", "Phase 2"."""
        if figure.fraction or figure.end - figure.first > 1 or figure.value is None:
            return False
        at = figure.start - 1
        if scan.word(at) in (".", "("):
            at -= 1
        before = scan.word(at)
        if before in self._labels:
            return scan.word(at + 1) != "." or len(before) < 4
        if at != figure.start - 1 or at < 0:
            return False
        start = scan.starts[figure.start]
        noun = scan.word(figure.end).isalpha() and scan.raw(figure.end).islower()
        if items is not None and items.counts_noun(start, scan.ends[figure.last - 1]) is False:
            noun = False
        label = self._maybe_labels.at(scan, at)
        if label:
            return self._capital(scan, label[0]) or not noun
        if not figure.bare:
            return False
        if items is not None:
            return items.names(start)
        return self._capital(scan, at) and not noun and scan.raw(at)[1:2].islower()

    @staticmethod
    def _capital(scan: Scan, i: int) -> bool:
        """Whether the word at ``i`` has a capital that no sentence start gives it."""
        return scan.raw(i)[:1].isupper() and i > 0 and scan.word(i - 1) not in _SENTENCE_STARTS

    def _calendar(self, scan: Scan, figure: Figure, items: Items | None) -> bool:
        """A year, a day of a month or an hour."""
        if not figure.bare or figure.value is None or figure.value.denominator != 1:
            return False
        before, after = scan.word(figure.start - 1), scan.word(figure.end)
        if after in self._clock or (before == ":" and scan.touches(figure.start - 1)):
            return True
        value = int(figure.value)
        if value <= 31 or value in _YEARS:
            at = figure.start - (2 if before == "." else 1)
            dated = scan.word(at) in self._months and not scan.word(at - 1)[:1].isdecimal()
            if dated and scan.raw(at)[0].isupper():
                return True
            if after in self._months and scan.raw(figure.end)[0].isupper():
                return True
        if value not in _YEARS or scan.ends[figure.start] - scan.starts[figure.start] != 4:
            return False
        if items is not None and items.counts_noun(scan.starts[figure.start], scan.ends[figure.start]):
            # "The armed 2014 Kivu raids": before a name only a round number is likely to count.
            return (before in self._year_before or value % 10 != 0) and not scan.raw(figure.end).islower()
        return before in self._year_before or not after.isalpha()

    def _years(self, scan: Scan, figure: Figure, items: Items | None) -> bool:
        """From one year to another: "from 2001 to 2009", "1914-18" before no noun of its own."""
        if not figure.bare or figure.low is None or int(figure.low) not in _YEARS:
            return False
        if scan.ends[figure.first] - scan.starts[figure.first] != 4 or (figure.high or 0) >= _YEARS.stop:
            return False
        last = figure.end - 1
        return items is None or not items.counts_noun(scan.starts[last], scan.ends[last])

    def _compound(self, scan: Scan, figure: Figure) -> bool:
        """ "Two-state solution": a number glued to a word that it does not count."""
        at = figure.end
        if scan.word(at) not in HYPHENS or not scan.word(at + 1).isalpha():
            return False
        return scan.touches(at - 1) and scan.touches(at) and scan.word(at + 1) not in self._compounds
