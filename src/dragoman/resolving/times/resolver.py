"""The step: a report's text to time findings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from dragoman.codebook.times import TimeKnowledge
from dragoman.codebook.yamlfile import CodebookError
from dragoman.model import Report, Span, TimeFinding
from dragoman.resolving.times import clock, points, references, relations
from dragoman.resolving.times.grammar import Grammar, Node
from dragoman.resolving.times.readings import Computation, Context, Reading, Tense, UndatedError
from dragoman.resolving.times.tense import TenseFinder


def _none(node: Node, c: Context) -> Reading | None:
    return None


# The names that rules may use in ``does``.
COMPUTATIONS: dict[str, Computation] = {
    "amount": relations.amount,
    "apart": relations.apart,
    "at": clock.at,
    "century": points.century,
    "clock": clock.clock,
    "comparable": references.comparable,
    "compact_date": points.compact_date,
    "date_of": points.date_of,
    "day_of_month": points.day_of_month,
    "decade": points.decade,
    "edge": relations.edge,
    "fiscal": points.fiscal,
    "full_date": points.full_date,
    "holding": references.holding,
    "holiday": points.holiday,
    "month": points.month,
    "nothing": _none,
    "number": _none,
    "numbered_week": relations.numbered_week,
    "open_ended": relations.open_ended,
    "part_of_day": points.part_of_day,
    "reference": relations.reference,
    "relative_day": points.relative_day,
    "repeated": relations.repeated,
    "same": references.same,
    "season": points.season,
    "shifted": points.shifted,
    "stretch": relations.stretch,
    "stretch_between": relations.stretch_between,
    "weekday": points.weekday,
    "within": relations.within,
    "year": points.year,
    "year_words": points.year,
}


class TimeResolver:
    """Fills ``report.times``. Needs the article's text and day and, for tense, the analysis."""

    def __init__(self, knowledge: TimeKnowledge, month_first: bool = True) -> None:
        """Compile ``knowledge``; ``month_first`` says how 5/3/2024 is read (May 3). Raises CodebookError."""
        for rule in (rule for stage in knowledge.stages for rule in stage):
            if rule.does not in COMPUTATIONS:
                known = ", ".join(COMPUTATIONS)
                raise CodebookError(f"time rule {rule.id}: no computation {rule.does!r}; there are: {known}")
        self._grammar = Grammar(knowledge)
        self._tenses = TenseFinder(knowledge.tense)
        self._month_first = month_first

    def __call__(self, report: Report) -> Report:
        """The report with its time findings, in text order, none overlapping."""
        article, analysis = report.article, report.analysis

        def tense_at(start: int, end: int) -> Tense | None:
            return self._tenses.by_parse(analysis, start)

        return msgspec.structs.replace(report, times=tuple(self.find(article.text, article.day, tense_at)))

    def find(
        self, text: str, day: date | None, tense_of: Callable[[int, int], Tense | None] | None = None
    ) -> list[TimeFinding]:
        """The time expressions of ``text`` published on ``day``.

        ``tense_of(start, end)`` gives the tense of the verb that governs a span; without it cue words decide.
        """

        def by_cues(start: int, end: int) -> Tense | None:
            return self._tenses.by_cues(text, start, end)

        context = Context(self._grammar, COMPUTATIONS, day, tense_of or by_cues, self._month_first)
        found = []
        for node in self._grammar.find(text):
            found.extend(self._findings(text, node, context))
        return found

    def _findings(self, text: str, node: Node, context: Context) -> list[TimeFinding]:
        """The node's finding; where it makes no sense as a whole, those of its parts that stand alone."""
        try:
            reading = context.read(node)
        except UndatedError as error:
            reading = Reading(error.type, error.value, None, None, error.precision, None, reason=error.reason)
        if reading is None:
            inner = [part.node for part in node.parts.values() if part.node is not None and part.node.rule.emit]
            inner.sort(key=lambda n: n.start)
            return [finding for part in inner for finding in self._findings(text, part, context)]
        # What is only compared with ("from 30 a year earlier") is no day that later words count from.
        aside = "aside" in node.rule.sets and reading.grain not in ("day", "week", "weekend")
        dated = reading.type in ("DATE", "TIME") and reading.first and reading.last and reading.precision != "fuzzy"
        if dated and not aside:
            context.remember(reading)
        pieces = [(node.parts[name], part) for name, part in reading.parts]
        parts = tuple(_finding(text, Span(piece.start, piece.end), part) for piece, part in pieces)
        return [_finding(text, Span(node.start, node.end), reading, parts)]


def _finding(text: str, span: Span, reading: Reading, parts: tuple[TimeFinding, ...] = ()) -> TimeFinding:
    return TimeFinding(
        span=span,
        text=span.of(text),
        type=reading.type,
        value=reading.value,
        first=reading.first.isoformat() if reading.first else None,
        last=reading.last.isoformat() if reading.last else None,
        precision=reading.precision,
        basis=reading.basis,
        reason=reading.reason,
        parts=parts,
    )
