from __future__ import annotations

import json
from pathlib import Path

from cli.conftest import Dragoman
from dragoman.cli import exits
from dragoman.storing import Filters, open_ledger


def test_all_well(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": "x", "text": "They met."}\n')
    ran = dragoman("code", "in.jsonl", "-o", "out.jsonl", "--layers", "--db", "l.db")
    assert (ran.code, ran.out, ran.err) == (0, "", "1 lines: 1 coded; 1 records\n")
    line = json.loads((tmp_path / "out.jsonl").read_text())
    assert line["id"] == "x"
    assert line["times"]
    with open_ledger(tmp_path / "l.db") as ledger:
        assert ledger.count(Filters()) == 1


def test_without_db_nothing_is_kept(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": "x", "text": "They met."}\n')
    dragoman("code", "in.jsonl", "-o", "out.jsonl")
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", "out.jsonl"}


def test_one_bad_line(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "They met."}\nbad\n\n{"id": 2, "text": "Quiet."}\n')
    ran = dragoman("code", "in.jsonl", "-o", "out.jsonl")
    assert ran.code == exits.SOME_FAILED
    assert ran.err.splitlines() == [
        "4 lines: 1 bad-line, 1 blank, 1 coded, 1 no-records; 1 records",
        "dragoman: 1 lines failed: the reasons are in out.failed.jsonl",
    ]
    assert json.loads((tmp_path / "out.failed.jsonl").read_text())["line"] == 2


def test_unsure_records_are_kept_and_not_written(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "They met."}\n')
    ran = dragoman("code", "in.jsonl", "-o", "out.jsonl", "--db", "l.db", "--min-confidence", "0.6")
    assert ran.err == "1 lines: 1 no-records; 0 records\n"
    assert json.loads((tmp_path / "out.jsonl").read_text())["records"] == []
    assert len(json.loads(dragoman("records", "--db", "l.db", "--format", "json").out)) == 1
