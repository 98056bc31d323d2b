"""What the ledger holds, listed and shown."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cli.conftest import Dragoman
from dragoman.cli import exits
from dragoman.cli.records import COLUMNS
from dragoman.model import Hop, Obligation
from dragoman.storing import open_ledger
from storing.making import TEXT, party, record, report


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "data" / "dragoman" / "ledger.db") as ledger:
        said = record(
            "bbbb22223333",
            quote="He said trade would grow",
            kind="statement",
            event=None,
            actors=(),
            recipients=(),
            attribution=(Hop(party("He", "Assimi Goïta", "MLI"), "predict", "said", 88, 92),),
            obligation=Obligation("trade", "when it grows", (party("Mali"),)),
            time=None,
        )
        ledger.keep(report("a1", TEXT, record("aaaa11112222"), said, url="https://example.org/1"), "cb-1")


def test_table(dragoman: Dragoman) -> None:
    ran = dragoman("records")
    assert (ran.code, ran.err) == (0, "")
    head, first, *_ = ran.out.splitlines()
    assert head.split() == ["id", "when", "what", "who", "to", "whom", "status", "according", "to"]
    assert first.split()[:3] == ["aaaa1111", "2024-05-03", "CONSULT"]


def test_a_table_says_when_there_is_more(dragoman: Dragoman) -> None:
    assert "1 to 1 of 2" in dragoman("records", "--limit", "1").out
    assert "2 to 2 of 2" in dragoman("records", "--limit", "1", "--offset", "1").out
    assert "there are 2" in dragoman("records", "--offset", "5").out
    assert dragoman("records", "--actor", "Nobody").out == "No records.\n"


def test_json(dragoman: Dragoman) -> None:
    first, second = json.loads(dragoman("records", "--format", "json").out)
    assert first["id"] == "aaaa11112222"
    assert first["quantities"][0]["from"]["code"] == "MLI"
    assert first["article"]["url"] == "https://example.org/1"
    assert (second["kind"], second["codebook"], second["parser"]) == ("statement", "cb-1", "fake-1")
    assert json.loads(dragoman("records", "--format", "json", "--actor", "Nobody").out) == []


def test_csv(dragoman: Dragoman) -> None:
    first, second = csv.DictReader(io.StringIO(dragoman("records", "--format", "csv").out))
    assert tuple(first) == tuple(COLUMNS)
    assert (first["type"], first["modes"], first["actor_codes"], first["start"]) == (
        "CONSULT", "visit", "MLI/GOV", "2024-05-03",
    )  # fmt: skip
    assert (second["type"], second["according_to"], second["quote"]) == ("", "Assimi Goïta", "He said trade would grow")
    assert dragoman("records", "--format", "csv", "--actor", "Nobody").out.strip() == ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ("--actor MLI", ["aaaa11112222"]),
        ("--recipient ghana", ["aaaa11112222"]),
        ("--party GHA --type consult", ["aaaa11112222"]),
        ("--by goita", ["bbbb22223333"]),
        ("--according-to Lomé", ["aaaa11112222"]),
        ("--since 2024-05 --until 2024-05", ["aaaa11112222"]),
        ("--until 2023", []),
        ("--search trade", ["bbbb22223333"]),
        ("--text pact --kind statement", ["bbbb22223333"]),
        ("--publisher post --realis actual --polarity positive --min-confidence 0.5", ["aaaa11112222", "bbbb22223333"]),
    ],
)
def test_filters(dragoman: Dragoman, arguments: str, ids: list[str]) -> None:
    found = json.loads(dragoman("records", "--format", "json", *arguments.split()).out)
    assert [one["id"] for one in found] == ids


def test_show(dragoman: Dragoman) -> None:
    ran = dragoman("show", "aaaa")
    assert ran.code == 0
    assert "Mali's president met a delegation from Ghana in Accra on 3 May." in ran.out
    for field in ("when", "who", "to whom", "status", "according to", "where", "how much"):
        assert f"\n   {field} " in ran.out
    assert "obligation: no duty is stated" in ran.out
    assert "consult.meet" in ran.out
    assert "duty" in dragoman("show", "bbbb22223333").out


def test_show_of_no_or_several_records(dragoman: Dragoman) -> None:
    assert dragoman("show", "zz").code == exits.LEDGER
    assert "no record 'zz'" in dragoman("show", "zz").err
