"""dragoman records: what the ledger holds."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli import exits, options, words
from dragoman.cli.failures import Stop

if TYPE_CHECKING:
    from dragoman.model import Party
    from dragoman.storing import Filters, Found

# Rows of a table where no limit is given: a few screens.
TABLE_ROWS = 50
SHORT = 8  # characters of an id in a table; dragoman show takes any unique beginning
# A table for fewer characters has no column for the speaker: names would be cut in two.
WIDE = 100


class Format(StrEnum):
    """How records are printed."""

    table = "table"
    json = "json"
    csv = "csv"


WHO = 'A code (RUS), a code with a sector (RUS/GOV) or whole words of a name ("putin").'


def records(
    actor: Annotated[str | None, typer.Option(metavar="WHO", help=f"Who did or said it. {WHO}")] = None,
    recipient: Annotated[str | None, typer.Option(metavar="WHO", help="To whom.")] = None,
    party: Annotated[str | None, typer.Option(metavar="WHO", help="Either of the two.")] = None,
    by: Annotated[
        str | None, typer.Option("--according-to", "--by", metavar="WHO", help="Any speaker on the way to the reader.")
    ] = None,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="PLOVER event type, such as PROTEST.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="event, transfer or statement.")] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", callback=options.first_day, help="Not over before this day, month or year."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", callback=options.last_day, help="Begun by the end of this day, month or year."),
    ] = None,
    polarity: Annotated[str | None, typer.Option(metavar="POLARITY", help="positive or negative.")] = None,
    realis: Annotated[
        str | None, typer.Option(metavar="REALIS", help="actual, planned, hypothetical or historical.")
    ] = None,
    rule: Annotated[str | None, typer.Option(metavar="ID", help="Made by this rule of the codebook.")] = None,
    min_confidence: options.MinConfidence = 0.0,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Whole words of the outlet's name.")] = None,
    article: Annotated[str | None, typer.Option(metavar="ID", help="Of this article.")] = None,
    search: Annotated[
        str | None, typer.Option(metavar="WORDS", help='Words of the evidence; "in quotes" together, begin* any end.')
    ] = None,
    text: Annotated[str | None, typer.Option(metavar="WORDS", help="Words anywhere in the article.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=0, help="At most so many.", show_default=f"{TABLE_ROWS} in a table, else all")
    ] = None,
    offset: Annotated[int, typer.Option(min=0, help="Leave out so many first.")] = 0,
    format: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.table,
    db: options.Database = None,
) -> None:
    """List the records in the ledger, by date; every filter given must hold."""
    _check("--kind", kind, ("event", "transfer", "statement"))
    _check("--polarity", polarity, ("positive", "negative"))
    _check("--realis", realis, ("actual", "planned", "hypothetical", "historical"))
    opened = options.open_existing(db)

    from dragoman.storing import Filters

    if limit is None and format is Format.table:
        limit = TABLE_ROWS
    filters = Filters(
        actor=actor, recipient=recipient, party=party, according_to=by, type=type, kind=kind, since=since, until=until,
        polarity=polarity, realis=realis, rule=rule, confidence=min_confidence, publisher=publisher, article=article,
        search=search, text=text, limit=limit, offset=offset,
    )  # fmt: skip
    with opened as ledger:
        found = ledger.find(filters)
        if format is Format.json:
            _print_json(found)
        elif format is Format.csv:
            _print_csv(found)
        else:
            _print_table(list(found), ledger.count(filters), filters)


def _check(option: str, value: str | None, allowed: tuple[str, ...]) -> None:
    if value is not None and value not in allowed:
        raise Stop(exits.USAGE, f"{option} {value!r} is none of {', '.join(allowed)}")


def json_of(found: Found) -> dict[str, Any]:
    """The record as the contract has it, with the article it stands in and what coded it."""
    import msgspec

    article = {
        "id": found.article,
        "revision": found.revision,
        "url": found.url,
        "publisher": found.publisher,
        "title": found.title,
        "published": found.published,
    }
    record: dict[str, Any] = msgspec.to_builtins(found.record)
    return record | {"article": article, "codebook": found.codebook, "parser": found.parser}


def _print_json(several: Iterable[Found]) -> None:
    """An array, a record a line; printed as it is read."""
    import msgspec

    before = "[\n"
    for found in several:
        sys.stdout.write(before + msgspec.json.encode(json_of(found)).decode())
        before = ",\n"
    sys.stdout.write("[]\n" if before == "[\n" else "\n]\n")


def _names(several: Iterable[Party]) -> str:
    return "; ".join(one.name or one.text for one in several)


def _codes(several: Iterable[Party]) -> str:
    return "; ".join("/".join(filter(None, (one.code, one.sector))) for one in several)


COLUMNS: dict[str, Callable[[Found], object]] = {
    "id": lambda found: found.record.id,
    "kind": lambda found: found.record.kind,
    "type": lambda found: found.record.event and found.record.event.type,
    "modes": lambda found: found.record.event and "; ".join(found.record.event.modes),
    "contexts": lambda found: found.record.event and "; ".join(found.record.event.contexts),
    "cameo": lambda found: found.record.event and found.record.event.cameo,
    "quad": lambda found: found.record.event and found.record.event.quad,
    "intensity": lambda found: found.record.event and found.record.event.intensity,
    "actors": lambda found: _names(found.record.actors),
    "actor_codes": lambda found: _codes(found.record.actors),
    "recipients": lambda found: _names(found.record.recipients),
    "recipient_codes": lambda found: _codes(found.record.recipients),
    "according_to": lambda found: _names(hop.by for hop in found.record.attribution if hop.by),
    "acts": lambda found: "; ".join(hop.act for hop in found.record.attribution),
    "polarity": lambda found: found.record.factuality.polarity,
    "modality": lambda found: found.record.factuality.modality,
    "realis": lambda found: found.record.factuality.realis,
    "start": lambda found: found.record.time and found.record.time.start,
    "end": lambda found: found.record.time and found.record.time.end,
    "precision": lambda found: found.record.time and found.record.time.precision,
    "basis": lambda found: found.record.time and found.record.time.basis,
    "place": lambda found: found.record.place and (found.record.place.name or found.record.place.text),
    "country": lambda found: found.record.place and found.record.place.country,
    "lat": lambda found: found.record.place.lat if found.record.place else None,
    "lon": lambda found: found.record.place.lon if found.record.place else None,
    "quantities": lambda found: "; ".join(quantity.text for quantity in found.record.quantities),
    "rule": lambda found: found.record.rule,
    "confidence": lambda found: found.record.confidence,
    "quote": lambda found: " ".join(found.record.evidence.quote.split()),
    "article": lambda found: found.article,
    "publisher": lambda found: found.publisher,
    "published": lambda found: found.published,
    "title": lambda found: found.title,
    "url": lambda found: found.url,
}
"""The columns of a CSV; several values in a cell are set apart by "; "."""


def _print_csv(several: Iterable[Found]) -> None:
    """A header and a row a record."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([column(found) for column in COLUMNS.values()] for found in several)


def _print_table(several: list[Found], total: int, filters: Filters) -> None:
    from rich.table import Table

    from dragoman.cli.screen import console, safe, styled

    screen = console()
    if not several:
        screen.print("No records." if not total else f"No records from {filters.offset} on: there are {total}.")
        return
    names = ["what", "who", "to whom", "status", *(["according to"] if screen.width >= WIDE else [])]
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("id", no_wrap=True, style="dim")
    table.add_column("when", min_width=10)
    for name in names:
        table.add_column(name, overflow="fold")
    for found in several:
        record = found.record
        speaker = next((hop.by for hop in record.attribution if hop.by), None)
        cells = {
            "what": words.short(record),
            "who": words.names(record.actors),
            "to whom": words.names(record.recipients),
            "status": words.status(record.factuality),
            "according to": (speaker.name or speaker.text) if speaker else "",
        }
        row = (record.id[:SHORT], words.span(record.time), *(cells[name] for name in names))
        table.add_row(*(styled(safe(cell)) for cell in row))
    screen.print(table)
    if total > len(several):
        first = filters.offset + 1
        screen.print(f"{first} to {first + len(several) - 1} of {total}; --limit and --offset show others", style="dim")
