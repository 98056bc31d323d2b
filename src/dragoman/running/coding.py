"""Lines in, outcomes out: the work of one process."""

from __future__ import annotations

from typing import Any

import msgspec

from dragoman.model import Analysis, Report
from dragoman.reading.errors import ReadError
from dragoman.running.bench import Bench, reason_of, reports_of
from dragoman.running.outcome import BLANK, CODED, CRASH, ERROR, NO_RECORDS, TOO_LONG, Line, Outcome
from dragoman.running.output import at_least, json_of, line_of


class CodeLines(msgspec.Struct, frozen=True):
    """Codes lines. ``layers`` adds the findings to what is printed, ``keep`` the report to the outcome.

    Only records of ``confidence`` and more are printed and counted; the report to keep has them all.
    """

    layers: bool
    keep: bool
    confidence: float = 0.0

    def do(self, bench: Bench, items: list[Line]) -> list[Outcome]:
        """The outcome of each line, in order; nothing that a line holds raises."""
        outcomes: dict[int, Outcome] = {}
        read: list[tuple[int, Any, Any]] = []
        for line in items:
            got = _read(bench, line)
            if isinstance(got, Outcome):
                outcomes[line.number] = got
            else:
                read.append((line.number, *got))
        reports = reports_of(bench, [article for _, _, article in read])
        for (number, id, _), report in zip(read, reports, strict=True):
            outcomes[number] = self._outcome(bench, number, id, report)
        return [outcomes[line.number] for line in items]

    def crashed(self, item: Line, code: int | None) -> Outcome:
        """For a line that ended its process."""
        reason = f"line {item.number}: ended its process (exit code {code}): look at its text"
        return Outcome(item.number, CRASH, reason=reason)

    def _outcome(self, bench: Bench, number: int, id: Any, report: Report | Exception) -> Outcome:
        if isinstance(report, Exception):
            return Outcome(number, ERROR, id=id, reason=f"line {number}: {reason_of(report)}")
        shown = at_least(report, self.confidence)
        try:
            out = line_of({"id": id} | json_of(shown, bench.layers_of(report) if self.layers else None))
        except Exception as error:
            return Outcome(number, ERROR, id=id, reason=f"line {number}: {reason_of(error)}")
        status = CODED if shown.records else NO_RECORDS
        kept = slim(report) if self.keep else None
        return Outcome(number, status, id=id, out=out, records=len(shown.records), report=kept)


def _read(bench: Bench, line: Line) -> Outcome | tuple[Any, Any]:
    number = line.number
    if line.data is None:
        return Outcome(number, TOO_LONG, reason=f"line {number}: too long for an article: split it")
    try:
        text = line.data.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        return Outcome(number, "bad-line", reason=f"line {number}: not UTF-8 at byte {error.start}: convert the file")
    if not text.strip():
        return Outcome(number, BLANK)
    try:
        return bench.read_line(text, number)
    except ReadError as error:
        return Outcome(number, error.code, reason=str(error))
    except Exception as error:
        return Outcome(number, ERROR, reason=f"line {number}: {reason_of(error)}")


def slim(report: Report) -> Report:
    """Article, parser's name and records: what the ledger keeps, cheap to hand from one process to another."""
    return Report(report.article, Analysis(report.analysis.parser, ()), records=report.records)
