"""Report -> Report with its quantities: numbers joined to signs, units, bounds and what they count.

Conventions of a finding:

- ``value`` is what the number says; it is null for a range ("10 to 15": low 10, high 15) and for a vague number
  ("dozens": low 24, by ``numbers.yml``), since the text gives none. Nothing puts a midpoint there.
- a bound sets one side ("at least 10": value 10, low 10; "up to 10": value 10, high 10); "about" sets neither.
- ``unit``: ISO 4217 for money, "%", or the ``unit`` of units.yml; ages have "year". Money whose country the text
  does not say has the currency's name ("rupee"), small coins their own ("cent"): nothing is guessed.
- figures inside time expressions belong to the times, but for ages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction

import msgspec

from dragoman.codebook.quantities import QuantityKnowledge
from dragoman.model import QuantityFinding, Report, Span
from dragoman.model.record import Modifier
from dragoman.resolving.quantities.contexts import Surroundings
from dragoman.resolving.quantities.figure import Figure, Measure
from dragoman.resolving.quantities.items import Items
from dragoman.resolving.quantities.numerals import Numerals
from dragoman.resolving.quantities.outcomes import Outcomes
from dragoman.resolving.quantities.scan import Phrases, Scan
from dragoman.resolving.quantities.units import Units

_ADDRESS = re.compile(r"\S*(?:://|www\.|@\w)\S*")


class QuantityResolver:
    """Fills ``report.quantities``. Holds what it compiles of the codebook; calls change nothing."""

    def __init__(self, knowledge: QuantityKnowledge) -> None:
        self._knowledge = knowledge
        self._numerals = Numerals(knowledge.numbers)
        units = Units(knowledge)
        self._measure = Measure(knowledge, self._numerals, units)
        self._around = Surroundings(knowledge, units)
        self._outcomes = Outcomes(knowledge.outcomes)
        modifiers = knowledge.modifiers
        self._before: Phrases[Modifier] = Phrases(
            ((words, kind) for kind, phrases in modifiers.before.items() for words in phrases), backward=True
        )
        self._after: Phrases[Modifier] = Phrases(
            (words, kind) for kind, phrases in modifiers.after.items() for words in phrases
        )
        self._time_units = frozenset(knowledge.contexts.time_units)
        self._intensifiers = frozenset(modifiers.intensifiers)
        self._counted = frozenset(knowledge.contexts.counted_compounds) - frozenset(knowledge.contexts.item_stop)

    def __call__(self, report: Report) -> Report:
        """The report with its quantities, in text order; needs ``times`` to be filled first."""
        items = Items(report.analysis, self._knowledge)
        found = self._find(report.article.text, [time.span for time in report.times], items)
        return msgspec.structs.replace(report, quantities=tuple(self._outcomes.add(f, items) for f in found))

    def find(self, text: str) -> list[QuantityFinding]:
        """The figures in ``text`` without a parse: no items, and names are told by their letters only."""
        return self._find(text, [], None)

    def _find(self, text: str, times: Sequence[Span], items: Items | None) -> list[QuantityFinding]:
        scan = Scan(text)
        blocked = self._pieces_in(scan, times)
        addresses = self._pieces_in(scan, (Span(*m.span()) for m in _ADDRESS.finditer(text)))
        found: list[QuantityFinding] = []
        at = 0
        free = 0
        may_start = self._numerals.may_start
        for i, word in enumerate(scan.words):
            if i < at or not may_start(word) or i in addresses:
                continue
            figure = self._measure.read(scan, i, free, blocked)
            if figure is None:
                half = self._numerals.half(scan, i)
                if half is None or i in blocked or self._before.at(scan, i - 1) is None:
                    continue
                figure = Figure(i, half.end, i, half.end, half.value, fraction=True)
            at = figure.end
            if figure.none or self._around.refuse(scan, figure, items):
                continue
            finding, at = self._finding(scan, figure, free, items)
            if finding.unit is None and at > figure.end and scan.word(at) in self._time_units:
                continue  # "two or more years"
            if finding.item_span is not None and any(finding.item_span.overlaps(time) for time in times):
                # "A loss of $5 billion in April": what follows says when.
                finding = msgspec.structs.replace(finding, item=None, item_span=None)
            free = at
            found.append(finding)
        return found

    @staticmethod
    def _pieces_in(scan: Scan, spans: Iterable[Span]) -> frozenset[int]:
        """Indexes of the pieces inside ``spans``."""
        inside: set[int] = set()
        for span in spans:
            i = max(0, bisect_right(scan.starts, span.start) - 1)
            while i < scan.n and scan.starts[i] < span.end:
                if scan.ends[i] > span.start:
                    inside.add(i)
                i += 1
        return frozenset(inside)

    def _finding(self, scan: Scan, figure: Figure, free: int, items: Items | None) -> tuple[QuantityFinding, int]:
        """The finding of a figure and the piece after it; pieces before ``free`` are taken."""
        start, modifier = self._modifier(scan, figure.start, free)
        end = figure.end
        behind = self._after.at(scan, end) or (self._after.at(scan, end + 1) if scan.word(end) == "-" else None)
        if behind and not scan.line_between(end - 1, end):
            end, modifier = behind[0], modifier or behind[1]
        number_span = Span(scan.starts[figure.start], scan.ends[figure.end - 1])
        low, high = figure.low, figure.high
        if figure.value is not None:
            low = figure.value if modifier == "at-least" else low
            high = figure.value if modifier == "at-most" else high
        span = Span(scan.starts[start], scan.ends[end - 1])
        item = None
        if items is not None and not figure.age:
            item = items.of_figure(
                Span(number_span.start, span.end), figure.unit is not None or figure.fraction, figure.money
            )
        compound = scan.word(figure.end + 1)
        if item is None and figure.unit is None and scan.word(figure.end) == "-" and compound in self._counted:
            item = Span(scan.starts[figure.end + 1], scan.ends[figure.end + 1])
        text = scan.text
        return QuantityFinding(
            span,
            span.of(text),
            _number(figure.value),
            _number(low),
            _number(high),
            modifier,
            figure.unit,
            " ".join(item.of(text).split()) if item else None,
            item,
            number_span,
        ), end

    def _modifier(self, scan: Scan, start: int, free: int) -> tuple[int, Modifier | None]:
        """Where the words that bound the figure begin, and how they do; the outermost bound counts."""
        modifier: Modifier | None = None
        while start > free:
            found = self._before.at(scan, start - 1)
            if found is None or found[0] < free or scan.line_between(found[0], start):
                break
            start = found[0]
            if modifier is None or found[1] != "approximately":
                modifier = found[1]
            if start > free and scan.word(start - 1) in self._intensifiers:
                start -= 1
        return start, modifier


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
