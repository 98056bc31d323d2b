"""The ledger keeps what it said it kept, once, and finds it again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from msgspec.structs import replace

from dragoman.model import Factuality, Hop, Time
from dragoman.storing import Filters, Ledger, LedgerError, open_ledger
from storing.making import TEXT, party, record, report


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(tmp_path / "deep" / "ledger.db")


def rows(ledger: Ledger, table: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(ledger.path) as plain:
        return plain.execute(f"SELECT * FROM {table}").fetchall()


def test_a_record_comes_back_as_it_was_kept(ledger: Ledger) -> None:
    one = record()
    assert ledger.keep(report("a1", TEXT, one), "cb-1").status == "new"
    found = ledger.record("r1")
    assert (found.record, found.article, found.publisher, found.codebook) == (one, "a1", "The Lomé Post", "cb-1")
    assert ledger.article(found) == report("a1", TEXT).article


def test_the_same_page_twice_changes_nothing(ledger: Ledger) -> None:
    ledger.keep(report("a1", TEXT, record()), "cb-1")
    tables = ("articles", "revisions", "runs", "records", "parties")
    before = [rows(ledger, table) for table in tables]
    # The view count is no change of the page.
    assert ledger.keep(report("a1", TEXT, record(), views=99), "cb-1").status == "unchanged"
    assert [rows(ledger, table) for table in tables] == before


def test_a_changed_page_is_a_new_revision_and_both_are_kept(ledger: Ledger) -> None:
    ledger.keep(report("a1", TEXT, record("old")), "cb-1")
    changed = TEXT + " Corrected."
    kept = ledger.keep(report("a1", changed, record("new", changed)), "cb-1")
    assert (kept.status, kept.revision) == ("revised", 2)
    assert [found.record.id for found in ledger.find(Filters())] == ["new"]
    assert ledger.article(ledger.record("old")).text == TEXT
    assert len(rows(ledger, "articles")) == 1
    # The page goes back to what it said.
    assert ledger.keep(report("a1", TEXT, record("old")), "cb-1").status == "restored"
    assert [found.record.id for found in ledger.find(Filters())] == ["old"]


def test_another_codebook_or_parser_is_a_new_run_of_the_same_revision(ledger: Ledger) -> None:
    ledger.keep(report("a1", TEXT, record("r1", confidence=0.1)), "cb-1")
    assert ledger.keep(report("a1", TEXT, record("r1", confidence=0.2)), "cb-2").status == "recoded"
    assert ledger.keep(report("a1", TEXT, record("r1", confidence=0.3), parser="fake-2"), "cb-2").status == "recoded"
    assert [found.record.confidence for found in ledger.find(Filters())] == [0.3]
    assert ledger.record("r1").record.confidence == 0.3
    assert len(rows(ledger, "revisions")) == 1


def test_an_article_without_records_is_kept_too(ledger: Ledger) -> None:
    assert ledger.keep(report("a1", TEXT), "cb-1").records == 0
    assert rows(ledger, "runs")[0][4] == "no-records"


def test_a_report_is_kept_whole_or_not_at_all(ledger: Ledger) -> None:
    twice = report("a1", TEXT, record("same"), record("same"))
    with pytest.raises(LedgerError, match="UNIQUE"):
        ledger.keep(twice, "cb-1")
    assert rows(ledger, "articles") == rows(ledger, "revisions") == rows(ledger, "records") == []


DIES = """
import os, signal, sys
from pathlib import Path
from dragoman.storing import open_ledger
from storing.making import TEXT, record, report

def reports():
    for n in range(1000):
        if n == 300:
            os.kill(os.getpid(), signal.SIGKILL)
        yield report(f"a{n}", TEXT, record(f"r{n}"))

for kept in open_ledger(Path(sys.argv[1])).keep_many(reports(), "cb-1"):
    print(kept.article, flush=True)
"""


def test_what_was_reported_as_kept_survives_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    killed = subprocess.run(
        [sys.executable, "-c", DIES, str(path)], capture_output=True, text=True, env=environment, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    told = killed.stdout.split()
    assert 200 < len(told) < 300
    with open_ledger(path) as again:
        assert {found.article for found in again.find(Filters())} == set(told)
        # Going on where it stopped needs nothing but doing it again.
        once_more = (report(f"a{n}", TEXT, record(f"r{n}")) for n in range(310))
        statuses = [kept.status for kept in again.keep_many(once_more, "cb-1")]
        assert statuses == ["unchanged"] * len(told) + ["new"] * (310 - len(told))


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(), ["r1", "r2", "r3"]),
        (Filters(actor="MLI"), ["r1"]),
        (Filters(actor="mli/gov"), ["r1"]),
        (Filters(actor="MLI/MIL"), []),
        (Filters(actor="goita"), ["r1"]),
        (Filters(actor="goit"), []),
        (Filters(actor="GHA"), ["r3"]),
        (Filters(party="GHA"), ["r1", "r3"]),
        (Filters(recipient="delegation from Ghana"), ["r1"]),
        (Filters(recipient="?!"), []),
        (Filters(according_to="Lome Post"), ["r1", "r3"]),
        (Filters(according_to="Ama Mensah"), ["r2"]),
        (Filters(type="consult"), ["r1", "r3"]),
        (Filters(kind="statement"), ["r2"]),
        (Filters(realis="planned"), ["r2"]),
        (Filters(since="2024-05-03", until="2024-05-03"), ["r1", "r3"]),
        (Filters(since="2024-05-04"), ["r3"]),
        (Filters(until="2024-05-02"), []),
        (Filters(since="2030-01-01"), ["r3"]),
        (Filters(publisher="accra"), ["r2", "r3"]),
        (Filters(article="a2"), ["r2", "r3"]),
        (Filters(search="delegations"), ["r1", "r3"]),
        (Filters(search='"said trade"'), ["r2"]),
        (Filters(search='"trade said"'), []),
        (Filters(search="deleg*"), ["r1", "r3"]),
        (Filters(search='met OR NEAR( "'), []),
        (Filters(text="pact"), ["r1", "r2", "r3"]),
        (Filters(confidence=0.75), ["r1", "r3"]),
        (Filters(rule="consult.meet", limit=1, offset=1), ["r3"]),
        (Filters(offset=2), ["r2"]),
        (Filters(limit=0), []),
    ],
)
def test_filters(tmp_path: Path, filters: Filters, wanted: list[str]) -> None:
    ledger = open_ledger(tmp_path / "ledger.db")
    ledger.keep(report("a1", TEXT, record("r1")), "cb-1")
    said = record(
        "r2",
        quote="He said trade would grow",
        kind="statement",
        event=None,
        actors=(),
        recipients=(),
        attribution=(Hop(None, "assert"), Hop(party("she", "Ama Mensah"), "assert")),
        factuality=Factuality(realis="planned"),
        time=None,
        rule="said",
        confidence=0.7,
    )
    open_end = record(
        "r3",
        actors=(party("Ghana", "Ghana", "GHA"),),
        recipients=(),
        time=Time("since 3 May", "2024-05-03", None, "day", "derived"),
    )
    ledger.keep(report("a2", TEXT, said, open_end, publisher="Accra Times", published="2024-06-01"), "cb-1")
    found = [found.record.id for found in ledger.find(filters)]
    assert sorted(found) == wanted
    assert ledger.count(replace(filters, limit=None, offset=0)) >= len(wanted)
    if filters.limit is None and not filters.offset:
        assert ledger.count(filters) == len(wanted)


def test_undated_records_come_last(ledger: Ledger) -> None:
    ledger.keep(report("a1", TEXT, record("undated", time=None), record("dated")), "cb-1")
    assert [found.record.id for found in ledger.find(Filters())] == ["dated", "undated"]


def test_nothing_to_search_for_is_an_error(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="nothing to search for"):
        list(ledger.find(Filters(search=" -- ")))


def test_full_text_follows_changes(ledger: Ledger) -> None:
    ledger.keep(report("a1", TEXT, record()), "cb-1")
    with sqlite3.connect(ledger.path) as plain:
        plain.execute("UPDATE records SET quote = 'a bridge fell'")
    assert ledger.count(Filters(search="delegation")) == 0
    assert ledger.count(Filters(search="bridge")) == 1
    with sqlite3.connect(ledger.path) as plain:
        plain.execute("DELETE FROM parties")
        plain.execute("DELETE FROM records")
        plain.execute("INSERT INTO record_words(record_words) VALUES ('integrity-check')")


def test_a_record_is_found_by_a_beginning_of_its_id(ledger: Ledger) -> None:
    ledger.keep(report("a1", TEXT, record("abc1"), record("abd2"), record("ab")), "cb-1")
    assert ledger.record("abc").record.id == "abc1"
    assert ledger.record("ab").record.id == "ab"  # exact comes first
    for wrong, says in (("a", "several"), ("zz", "no record"), ("", "no record"), ("%", "no record")):
        with pytest.raises(LedgerError, match=says):
            ledger.record(wrong)


def test_two_open_the_same_new_ledger(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as one, open_ledger(tmp_path / "l.db") as two:
        one.keep(report("a1", TEXT, record("r1")), "cb-1")
        assert two.keep(report("a1", TEXT, record("r1")), "cb-1").status == "unchanged"


def test_opening_an_existing_ledger_does_not_import_alembic(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    open_ledger(path).close()
    code = (
        "import sys; from pathlib import Path; from dragoman.storing import open_ledger; "
        "open_ledger(Path(sys.argv[1])); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def keep_fifty(path: Path, name: str) -> int:
    with open_ledger(path) as ledger:
        reports = (report(f"{name}-{n}", TEXT, record(f"{name}-{n}")) for n in range(50))
        return sum(kept.status == "new" for kept in ledger.keep_many(reports, "cb-1"))


def test_several_processes_make_and_fill_the_same_ledger(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(keep_fifty, [path] * 3, "abc")) == [50, 50, 50]
    with open_ledger(path) as ledger:
        assert ledger.count(Filters()) == 150
