"""A ledger is opened at the right version or refused in one line."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import dragoman.storing
from dragoman.storing import LedgerError, open_ledger
from dragoman.storing.connecting import connect
from dragoman.storing.schema import VERSIONS, metadata


def refused(path: Path) -> str:
    with pytest.raises(LedgerError) as refusal:
        open_ledger(path)
    said = str(refusal.value)
    assert "\n" not in said
    assert str(path) in said
    return said


def test_the_migrations_end_at_the_version_and_tables_the_queries_know(tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(dragoman.storing.__file__).with_name("migrations")))
    revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(revisions)) == VERSIONS
    with connect(tmp_path / "l.db").connect() as connection:

        def ours(_object: object, name: str | None, kind: str, *_: object) -> bool:
            return kind != "table" or name in metadata.tables

        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, metadata) == []


def test_settings(tmp_path: Path) -> None:
    with connect(tmp_path / "l.db").connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_newer_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    open_ledger(path).close()
    with sqlite3.connect(path) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer dragoman" in refused(path)


def test_other_files_are_refused_and_left_alone(tmp_path: Path) -> None:
    text, other = tmp_path / "text", tmp_path / "other.db"
    text.write_text("not a database, but long enough to be looked at " * 20)
    before = text.read_bytes()
    assert "not a dragoman ledger" in refused(text)
    assert text.read_bytes() == before
    with sqlite3.connect(other) as plain:
        plain.execute("CREATE TABLE songs (name)")
    assert "another program" in refused(other)
    assert "folder" in refused(tmp_path)


def test_where_it_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be made" in refused(tmp_path / "file" / "l.db")
    assert "cannot be opened" in refused(Path("/proc/l.db"))


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "l.db").touch()
    open_ledger(tmp_path / "l.db").close()
    open_ledger(tmp_path / "l.db").close()


def test_a_percent_sign_in_the_path(tmp_path: Path) -> None:
    open_ledger(tmp_path / "50% ?#é.db").close()
    assert (tmp_path / "50% ?#é.db").exists()
