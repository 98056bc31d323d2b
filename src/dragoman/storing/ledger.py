"""The ledger: keeps articles with their records, and finds them again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Engine, select

from dragoman.model import Article, Party, Record, Report
from dragoman.storing import schema, writes
from dragoman.storing.connecting import connect, plain_errors, writing
from dragoman.storing.finding import Filters, Found, count, find, lookup
from dragoman.storing.words import fold

# What makes a page another revision. Not its view count, which changes by the minute.
CONTENT = (
    "text", "url", "publisher", "title", "dek", "authors", "published", "updated", "credits", "images", "language",
)  # fmt: skip
# Articles a transaction: enough that the disk's sync is not felt, few enough that little is done again after a crash.
BATCH = 64


class Kept(msgspec.Struct, frozen=True):
    """What became of a report: ``new`` article, ``revised`` page, ``recoded`` with another codebook or parser,
    ``unchanged``, or ``restored`` (an earlier revision or codebook is current again). ``revision`` counts from 1.
    """

    article: str
    revision: int
    records: int
    status: Literal["new", "revised", "recoded", "unchanged", "restored"]


class Ledger:
    """An open ledger; ``path`` is its file. Close it, or use it in a ``with`` block."""

    def __init__(self, path: Path, engine: Engine) -> None:
        """Use ``open_ledger``."""
        self.path = path
        self._engine = engine

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def keep(self, report: Report, codebook_version: str) -> Kept:
        """Keep the article and records of ``report``, all or nothing; on disk when it returns.

        The same page coded by the same codebook and parser changes nothing. Raises LedgerError.
        """
        with plain_errors(self.path), writing(self._engine) as connection:
            return _keep(connection, report, codebook_version)

    def keep_many(self, reports: Iterable[Report], codebook_version: str) -> Iterator[Kept]:
        """Keep ``reports`` in batches; each Kept is given out only when its batch is on disk. Raises LedgerError."""
        remaining = iter(reports)
        while batch := list(islice(remaining, BATCH)):
            with plain_errors(self.path), writing(self._engine) as connection:
                kept = [_keep(connection, report, codebook_version) for report in batch]
            yield from kept

    def find(self, filters: Filters) -> Iterator[Found]:
        """The current records that pass ``filters``, by date; undated ones last. Raises LedgerError."""
        with plain_errors(self.path), self._engine.connect() as connection:
            yield from find(connection, filters)

    def count(self, filters: Filters) -> int:
        """How many records pass ``filters``, whatever its limit and offset. Raises LedgerError."""
        with plain_errors(self.path), self._engine.connect() as connection:
            return count(connection, filters)

    def record(self, id: str) -> Found:
        """The record whose id is ``id`` or alone begins with it, from its latest run.

        Raises LedgerError where there is none, or where several begin so.
        """
        with plain_errors(self.path), self._engine.connect() as connection:
            return lookup(connection, id, self.path)

    def article(self, found: Found) -> Article:
        """The article in which ``found`` was read, in the revision that it was read from. Raises LedgerError."""
        table = schema.revisions
        query = select(table.c.body, table.c.text).where(
            table.c.article == found.article, table.c.number == found.revision
        )
        with plain_errors(self.path), self._engine.connect() as connection:
            body, text = connection.execute(query).one()
        return msgspec.convert(msgspec.json.decode(body) | {"text": text}, Article)


def open_ledger(path: Path) -> Ledger:
    """Open the ledger at ``path``; makes it where there is none and brings older ones up to date.

    Raises LedgerError where it cannot be written, was made by a newer version or is not a ledger.
    """
    return Ledger(path, connect(path))


def content_hash(article: Article) -> str:
    """SHA-256 over what the page says, in hexadecimal: the same for the same revision."""
    content = [getattr(article, name) for name in CONTENT]
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


def _keep(connection: Connection, report: Report, codebook: str) -> Kept:
    article = report.article
    revision, number, change = _revision(connection, article)
    run, status = _run(connection, report, revision, codebook, change)
    if status in ("new", "revised", "recoded"):
        _insert_records(connection, run, report.records)
    return Kept(article.id, number, len(report.records), status)


def _revision(connection: Connection, article: Article) -> tuple[int, int, Literal["new", "revised"] | None]:
    """Key and number of the article's revision, and what it is where it was not there yet."""
    content = content_hash(article)
    seen = connection.execute(writes.SAME_REVISION, {"of": article.id, "content": content}).one_or_none()
    if seen:
        return seen.id, seen.number, None
    last = connection.scalar(writes.LAST_REVISION, {"of": article.id}) or 0
    if not last:
        connection.execute(writes.NEW_ARTICLE, {"id": article.id})
    body = msgspec.to_builtins(article)
    del body["text"]
    values = {
        "article": article.id,
        "number": last + 1,
        "hash": content,
        "url": article.url,
        "publisher": article.publisher,
        "publisher_words": fold(article.publisher),
        "title": article.title,
        "published": article.published,
        "text": article.text,
        "body": _json(body),
        "kept_at": _now(),
    }
    made = connection.execute(writes.NEW_REVISION, values)
    return _key(made), last + 1, "revised" if last else "new"


def _run(
    connection: Connection, report: Report, revision: int, codebook: str, change: Literal["new", "revised"] | None
) -> tuple[int, Literal["new", "revised", "recoded", "unchanged", "restored"]]:
    """Key of the run of this codebook and parser over the revision, made current, and what happened."""
    named = {"of": revision, "with_codebook": codebook, "with_parser": report.analysis.parser}
    seen = None if change else connection.execute(writes.SAME_RUN, named).one_or_none()
    if seen and seen.current:
        return seen.id, "unchanged"
    if change != "new":
        connection.execute(writes.NO_RUN_CURRENT, {"of": report.article.id})
    if seen:
        connection.execute(writes.RUN_CURRENT, {"key": seen.id})
        return seen.id, "restored"
    values = {
        "revision": revision,
        "codebook": codebook,
        "parser": report.analysis.parser,
        "status": "coded" if report.records else "no-records",
        "current": 1,
        "kept_at": _now(),
    }
    return _key(connection.execute(writes.NEW_RUN, values)), change or "recoded"


def _insert_records(connection: Connection, run: int, records: tuple[Record, ...]) -> None:
    if not records:
        return
    # The write lock is held, so no one else can take these keys.
    first = (connection.scalar(writes.LAST_RECORD) or 0) + 1
    connection.execute(writes.NEW_RECORD, [_row(row, run, r) for row, r in enumerate(records, first)])
    parties = [values for row, record in enumerate(records, first) for values in _parties(row, record)]
    if parties:
        connection.execute(writes.NEW_PARTY, parties)


def _row(row: int, run: int, record: Record) -> dict[str, Any]:
    return {
        "row": row,
        "run": run,
        "id": record.id,
        "kind": record.kind,
        "type": record.event.type if record.event else None,
        "start": record.time.start if record.time else None,
        "end": record.time.end if record.time else None,
        "polarity": record.factuality.polarity,
        "modality": record.factuality.modality,
        "realis": record.factuality.realis,
        "confidence": record.confidence,
        "rule": record.rule,
        "quote": record.evidence.quote,
        "body": _json(record),
    }


def _parties(row: int, record: Record) -> Iterator[dict[str, Any]]:
    speakers = [hop.by for hop in record.attribution if hop.by]
    for role, several in (("actor", record.actors), ("recipient", record.recipients), ("by", speakers)):
        for position, party in enumerate(several):
            yield _party(row, role, position, party)


def _party(row: int, role: str, position: int, party: Party) -> dict[str, Any]:
    return {
        "record": row,
        "role": role,
        "position": position,
        "code": party.code,
        "sector": party.sector,
        "entity": party.entity,
        "name": party.name,
        "text": party.text,
        "words": fold(party.name, party.text),
    }


def _json(thing: object) -> str:
    return msgspec.json.encode(thing).decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _key(made: Any) -> int:
    key: int = made.inserted_primary_key[0]
    return key
