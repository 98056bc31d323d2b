"""PETRARCH and Phoenix dictionaries, read as they are."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

import dragoman.codebook
from dragoman.codebook.actors import load_actors, role_on
from dragoman.codebook.phoenix import load_phoenix_actors, load_phoenix_agents, plover
from dragoman.codebook.yamlfile import CodebookError

DATA = Path(dragoman.codebook.__file__).parent / "data" / "en"

ACTORS = """# a comment
RURITANIA_  [RUR]
+KINGDOM_OF_RURITANIA_
RUDOLF_ELPHBERG_
+R._ELPHBERG_
\t[RURGOV 970101-20061231]
\t[RUROPP <961231]
\t[RURELI]
STRELSAU_LIBERATION_FRONT [IMGREBRUR]  # since 1999
WORLD_TULIP_FORUM_ [IGOUNOTUL]
"""

AGENTS = """!PERSON! = MAN, WOMEN
SOLDIER [~MIL]
FISHERMAN {FISHERMEN} [~AGR]
CATTLE!PERSON! [~AGR]
PHYSICIAN_ [~HLH]
"""


@pytest.fixture
def actors(tmp_path: Path) -> Path:
    path = tmp_path / "mine.actors.txt"
    path.write_text(ACTORS, encoding="utf-8")
    return path


def test_names_synonyms_and_dated_codes(actors: Path) -> None:
    entries = {entry.name: entry for entry in load_phoenix_actors(actors)}
    assert entries["Ruritania"].code == "RUR"
    assert entries["Ruritania"].kind == "country"
    assert entries["Ruritania"].also == ("Kingdom Of Ruritania",)
    king = entries["Rudolf Elphberg"]
    assert role_on(king, date(2001, 5, 1)) == ("RUR", "GOV", ())
    assert role_on(king, date(1990, 5, 1)) == ("RUR", "OPP", ())
    assert role_on(king, date(2010, 5, 1)) == ("RUR", "ELI", ())
    assert (entries["Strelsau Liberation Front"].code, entries["Strelsau Liberation Front"].sector) == ("IMG", "REB")
    assert entries["World Tulip Forum"].code == "UNO"


def test_gzip_is_read_too(tmp_path: Path, actors: Path) -> None:
    packed = tmp_path / "mine.actors.txt.gz"
    packed.write_bytes(gzip.compress(actors.read_bytes()))
    assert load_phoenix_actors(packed) == load_phoenix_actors(actors)


def test_agents_with_sets_and_irregular_plurals(tmp_path: Path) -> None:
    path = tmp_path / "mine.agents.txt"
    path.write_text(AGENTS, encoding="utf-8")
    roles = dict(load_phoenix_agents(path))
    assert {noun: role.sector for noun, role in roles.items()} == {
        "soldier": "MIL",
        "soldiers": "MIL",
        "fisherman": "AGR",
        "fishermen": "AGR",
        "cattleman": "AGR",
        "cattlewomen": "AGR",
        "physician": "MED",
        "physicians": "MED",
    }


@pytest.mark.parametrize(
    ("chain", "wanted"),
    [
        ("KENGOVMIL", ("KEN", "GOV", ("MIL",))),
        ("IGOUNO", ("UNO", None, ())),
        ("IGOEUREEC", ("EUR", None, ())),
        ("---", (None, None, ())),
        ("USAMED", ("USA", "JRN", ())),
        ("KSVGOV", ("KOS", "GOV", ())),
        ("GOV", (None, "GOV", ())),
    ],
)
def test_chains_become_plover(chain: str, wanted: tuple[str | None, str | None, tuple[str, ...]]) -> None:
    assert plover(chain) == wanted


def test_errors_name_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_text("+SYNONYM_OF_NOBODY_\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"bad\.txt:1: a synonym needs a name"):
        load_phoenix_actors(path)
    with pytest.raises(CodebookError, match="cannot be read"):
        load_phoenix_actors(tmp_path / "none.txt")


def test_a_users_actors_win(actors: Path) -> None:
    known = load_actors(DATA).extended(load_phoenix_actors(actors))
    ours = [entry for _, found in known.names.at(("ruritania",), 0) for _, entry in found]
    assert [entry.code for entry in ours] == ["RUR"]
