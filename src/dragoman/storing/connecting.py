"""Opening a ledger's file: SQLite as the ledger needs it, at the version this program writes, errors in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc
from sqlalchemy import text as sql

from dragoman.storing.errors import LedgerError
from dragoman.storing.schema import VERSIONS

# Seconds to wait for another program that is writing.
PATIENCE = 30


def connect(path: Path) -> Engine:
    """An engine on the ledger at ``path``, made or brought up to date where needed. Raises LedgerError."""
    with plain_errors(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            folder = path.is_dir()
        except OSError as error:
            raise LedgerError(f"the ledger {path} cannot be made: {error.strerror}: choose another file") from error
        if folder:
            raise LedgerError(f"the ledger {path} is a folder: give a file")
        engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": PATIENCE})
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        with engine.connect() as connection:
            version = _version(connection, path)
        if version != VERSIONS[-1]:
            with writing(engine) as connection:
                if _version(connection, path) != VERSIONS[-1]:  # nobody else did it while we waited
                    _upgrade(connection)
        return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the write lock from its start, so that what it reads cannot change under it."""
    with engine.connect().execution_options(dragoman_writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turns the database's errors into one line that names the ledger."""
    try:
        yield
    except exc.DBAPIError as error:
        raise LedgerError(_explain(path, str(error.orig))) from error


def _explain(path: Path, said: str) -> str:
    for sign, meaning in (
        ("locked", "is in use by another program: try again when it has finished"),
        ("not a database", "is not a dragoman ledger: choose another file"),
        ("readonly", "cannot be written: choose another file, or change its permissions"),
        ("unable to open", "cannot be opened: check that its folder can be written"),
        ("disk is full", "cannot grow: the disk is full"),
        ("malformed", "is damaged: restore it from a copy"),
    ):
        if sign in said:
            return f"the ledger {path} {meaning}"
    return f"the ledger {path} failed: {said}"


def _prepare(raw: Any, _record: object) -> None:
    """Settings of each connection. The driver must not begin transactions by itself: _begin does."""
    raw.isolation_level = None
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL"):
        raw.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("dragoman_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _version(connection: Connection, path: Path) -> str | None:
    """The version of the tables, null for an empty file. Plain SQL: importing Alembic takes a fifth of a second."""
    tables = set(connection.scalars(sql("SELECT name FROM sqlite_master WHERE type = 'table'")))
    if not tables:
        return None
    if "alembic_version" not in tables or "revisions" not in tables:
        raise LedgerError(f"{path} is a database of another program, not a dragoman ledger: choose another file")
    version = str(connection.scalar(sql("SELECT version_num FROM alembic_version")))
    if version not in VERSIONS:
        raise LedgerError(
            f"the ledger {path} was written by a newer dragoman (version {version}, this one knows {VERSIONS[-1]}): "
            "upgrade dragoman, or choose another file"
        )
    return version


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
