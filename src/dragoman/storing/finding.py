"""Questions to the ledger: which records, and which article each stands in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, literal_column, or_, select

from dragoman.model import Record
from dragoman.storing.errors import LedgerError
from dragoman.storing.schema import parties, record_words, records, revision_words, revisions, runs
from dragoman.storing.words import fold, full_text_query

# Rows fetched at a time, so that a large answer is never held whole.
PAGE = 500


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What to look for; a field left null asks nothing, all that are set must hold.

    ``actor``, ``recipient``, ``party`` (either) and ``according_to`` (any hop) take a code ("RUS"), a code with a
    sector ("RUS/GOV"), or whole words of the name ("putin"). ``since`` and ``until`` are ISO dates: records whose
    interval overlaps, open ends counted as far as they may reach; undated records do not pass. ``publisher`` takes
    whole words. ``search`` wants its words in the evidence, ``text`` anywhere in the article.
    """

    actor: str | None = None
    recipient: str | None = None
    party: str | None = None
    according_to: str | None = None
    type: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    polarity: str | None = None
    realis: str | None = None
    rule: str | None = None
    confidence: float | None = None
    publisher: str | None = None
    article: str | None = None
    search: str | None = None
    text: str | None = None
    limit: int | None = None
    offset: int = 0


class Found(msgspec.Struct, frozen=True):
    """A record and the article it was read in: id, revision number and what the page says of itself."""

    record: Record
    article: str
    revision: int
    codebook: str
    parser: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None


_FOUND = (
    select(
        records.c.body,
        revisions.c.article,
        revisions.c.number,
        runs.c.codebook,
        runs.c.parser,
        revisions.c.url,
        revisions.c.publisher,
        revisions.c.title,
        revisions.c.published,
    )
    .join(runs, records.c.run == runs.c.id)
    .join(revisions, runs.c.revision == revisions.c.id)
)


def find(connection: Connection, filters: Filters) -> Iterator[Found]:
    """Current records that pass, by start date, then publication date, then as kept."""
    query = _narrowed(_FOUND, filters).order_by(
        func.coalesce(records.c.start, records.c.end).is_(None),
        func.coalesce(records.c.start, records.c.end),
        revisions.c.published,
        records.c.row,
    )
    # SQLite takes an offset only after a limit; -1 is none.
    query = query.limit(-1 if filters.limit is None else filters.limit).offset(filters.offset)
    for row in connection.execution_options(yield_per=PAGE).execute(query):
        yield _found(row)


def count(connection: Connection, filters: Filters) -> int:
    """How many current records pass, without limit and offset."""
    inner = _narrowed(_FOUND.with_only_columns(records.c.row, maintain_column_froms=True), filters).subquery()
    return connection.scalar(select(func.count()).select_from(inner)) or 0


def lookup(connection: Connection, id: str, path: Path) -> Found:
    """The record with this id, or the only one whose id begins so. Raises LedgerError."""
    begins = func.substr(records.c.id, 1, len(id)) == id
    ids = list(connection.scalars(select(records.c.id).where(begins).distinct().order_by(records.c.id).limit(4)))
    if not id or not ids:
        raise LedgerError(f"no record {id!r} in the ledger {path}: dragoman records lists those there are")
    if id not in ids and len(ids) > 1:
        shown = ", ".join(ids[:3]) + (", ..." if len(ids) > 3 else "")
        raise LedgerError(f"{id!r} begins several record ids ({shown}): give more of it")
    wanted = id if id in ids else ids[0]
    # The same id may stand in several runs; the current one is what the other commands show.
    query = _FOUND.where(records.c.id == wanted).order_by(runs.c.current.desc(), runs.c.id.desc()).limit(1)
    return _found(connection.execute(query).one())


def _found(row: Any) -> Found:
    return Found(msgspec.json.decode(row[0], type=Record), *row[1:])


def _narrowed(query: Select[Any], f: Filters) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [runs.c.current == 1]
    for value, roles in (
        (f.actor, ("actor",)),
        (f.recipient, ("recipient",)),
        (f.party, ("actor", "recipient")),
        (f.according_to, ("by",)),
    ):
        if value is not None:
            conditions.append(_has_party(value, roles))
    for value, column in (
        (f.type and f.type.upper(), records.c.type),
        (f.kind, records.c.kind),
        (f.polarity, records.c.polarity),
        (f.realis, records.c.realis),
        (f.rule, records.c.rule),
        (f.article, revisions.c.article),
    ):
        if value is not None:
            conditions.append(column == value)
    if f.confidence is not None:
        conditions.append(records.c.confidence >= f.confidence)
    if f.publisher is not None:
        conditions.append(func.instr(revisions.c.publisher_words, fold(f.publisher)) > 0)
    conditions.extend(_dated(f.since, f.until))
    if f.search is not None:
        conditions.append(_holds(records.c.row, record_words, f.search))
    if f.text is not None:
        conditions.append(_holds(revisions.c.id, revision_words, f.text))
    return query.where(and_(*conditions))


def _has_party(value: str, roles: tuple[str, ...]) -> ColumnElement[bool]:
    code, _, sector = value.upper().partition("/")
    coded: ColumnElement[bool] = parties.c.code == code
    if sector:
        coded = and_(coded, parties.c.sector == sector)
    words = fold(value)
    # Nothing but punctuation names nobody.
    named = func.instr(parties.c.words, words) > 0 if words.strip() else literal_column("0") == 1
    same = or_(coded, named, parties.c.entity == value)
    return exists().where(parties.c.record == records.c.row, parties.c.role.in_(roles), same)


def _dated(since: str | None, until: str | None) -> Iterator[ColumnElement[bool]]:
    if since is None and until is None:
        return
    start, end = records.c.start, records.c.end
    yield or_(start.is_not(None), end.is_not(None))
    if since is not None:
        yield or_(end.is_(None), end >= since)
    if until is not None:
        yield or_(start.is_(None), start <= until)


def _holds(key: ColumnElement[Any], index: Any, words: str) -> ColumnElement[bool]:
    wanted = full_text_query(words)
    if not wanted:
        raise LedgerError(f"nothing to search for in {words!r}: give at least one word")
    return key.in_(select(index.c.rowid).where(index.c[index.name].op("MATCH")(wanted)))
