"""What became of each line, and how many of each."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from dragoman.model import Report

CODED = "coded"
NO_RECORDS = "no-records"
BLANK = "blank"
ERROR = "error"
CRASH = "crash"
TOO_LONG = "too-long"
FINE = (CODED, NO_RECORDS, BLANK)
"""Statuses that are no failure; every other one is ``error``, ``crash``, ``too-long`` or the code of a ReadError."""


class Line(msgspec.Struct, frozen=True):
    """A line as it stands in the file: ``number`` from 1; ``data`` is null where it was too long to be read."""

    number: int
    data: bytes | None


class Outcome(msgspec.Struct, frozen=True):
    """One line's one status; ``out`` is the line to write where it was read, ``reason`` why it was not.

    ``report`` (article and records only) is there where a ledger wants it.
    """

    number: int
    status: str
    id: Any = None
    out: bytes | None = None
    records: int = 0
    reason: str | None = None
    report: Report | None = None


class Counts:
    """How many lines ended in each status. ``problem`` says why the input ended early, ``interrupted`` by whom."""

    def __init__(self) -> None:
        self.by_status: Counter[str] = Counter()
        self.records = 0
        self.problem: str | None = None
        self.interrupted = False

    def add(self, outcome: Outcome) -> None:
        """Count one line."""
        self.by_status[outcome.status] += 1
        self.records += outcome.records

    @property
    def lines(self) -> int:
        """All lines counted."""
        return self.by_status.total()

    @property
    def failed(self) -> int:
        """Lines that gave nothing though they should have."""
        return self.lines - sum(self.by_status[status] for status in FINE)
