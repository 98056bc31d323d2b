"""What the codebook says of actors."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

import dragoman.codebook
from dragoman.codebook.actors import (
    ActorEntry,
    ActorKnowledge,
    Gazetteer,
    Term,
    fold,
    load_actors,
    pieces,
    plural,
    role_on,
    rows,
)
from dragoman.codebook.yamlfile import CodebookError

DATA = Path(dragoman.codebook.__file__).parent / "data" / "en"
SECTORS = {
    "GOV",
    "MIL",
    "COP",
    "JUD",
    "LEG",
    "SPY",
    "PRM",
    "PTY",
    "REB",
    "UAF",
    "UNK",
    "AGR",
    "BUS",
    "CRM",
    "CVL",
    "EDU",
    "ELI",
    "JRN",
    "LAB",
    "MED",
    "REF",
    "OPP",
    "PRE",
    "REL",
    "SOC",
}
INTERNATIONAL = {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"}


@pytest.fixture(scope="module")
def known() -> ActorKnowledge:
    return load_actors(DATA)


def test_loading_is_fast() -> None:
    best = min(_seconds() for _ in range(3))
    assert best < 1.0, "a quarter of a second on an idle core; a loaded machine gets four times that"


def _seconds() -> float:
    start = time.perf_counter()
    load_actors(DATA)
    return time.perf_counter() - start


def test_every_code_and_sector_exists(known: ActorKnowledge) -> None:
    codes = set(known.countries) | INTERNATIONAL
    for entry in known.entries:
        assert entry.code is None or entry.code in codes, entry
        assert {s for s in (entry.sector, *entry.sectors) if s} <= SECTORS, entry
        for term in entry.terms:
            assert term.code in codes, entry
            assert {s for s in (term.sector, *term.sectors) if s} <= SECTORS, entry
            assert not term.end or term.end >= term.start[: len(term.end)], entry


def test_all_states_are_there(known: ActorKnowledge) -> None:
    assert len(known.countries) >= 195
    assert {"KOS", "PSE", "TWN", "VAT", "SSD"} <= set(known.countries)


def test_folding_and_pieces() -> None:
    assert fold("Erdoğan") == "erdogan"
    assert fold("U.S.") == "us"
    assert pieces("Workers' Party") == ("workers", "party")
    assert pieces("People's Party") == ("people", "s", "party")
    assert pieces("Kim Jong-un") == ("kim", "jong", "un")
    endings = {"s": "ses", "ay": "ays", "y": "ies", "": "s"}
    assert [plural(noun, endings) for noun in ("city", "railway", "envoy")] == ["cities", "railways", "envoies"]
    assert plural("witness", endings) == "witnesses"
    assert plural("Russian", {"an": "ans"}) == "Russians"
    assert plural("British", {"an": "ans"}) == "British"


def test_the_longest_name_wins() -> None:
    names = Gazetteer([("South Sudan", "SSD"), ("South", "?")])
    assert [end for end, _ in names.at(("south", "sudan", "met"), 0)] == [2, 1]
    assert [end for end, _ in names.at(("south",), 0)] == [1]


def test_roles_follow_the_day() -> None:
    person = ActorEntry(
        "A B",
        "person",
        "KEN",
        terms=(Term("2001", "2003-05", "KEN", "GOV"), Term("2010-01-01", "", "KEN", "LEG", known="2012-06")),
    )
    assert role_on(person, date(2000, 12, 31)) == ("KEN", None, ())
    assert role_on(person, date(2003, 5, 31)) == ("KEN", "GOV", ())
    assert role_on(person, date(2005, 1, 1)) == ("KEN", "ELI", ())
    assert role_on(person, date(2012, 6, 30)) == ("KEN", "LEG", ())
    assert role_on(person, date(2020, 1, 1)) == ("KEN", None, ())
    assert role_on(person, None) == ("KEN", "LEG", ())


def test_a_line_with_too_many_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text("a\tb\n1\t2\t3\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"bad\.tsv:2: 3 columns; allowed here: 2"):
        list(rows(path, 2))
