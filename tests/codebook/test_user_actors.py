"""A user's own actors: YAML entries and Phoenix dictionaries, strict where they are wrong."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from dragoman.codebook.actors import ActorKnowledge, load_actors, role_on
from dragoman.codebook.load import DATA
from dragoman.codebook.ontology import load_ontology
from dragoman.codebook.user_actors import load_user_actors, with_user_actors
from dragoman.codebook.yamlfile import CodebookError

SECTORS = load_ontology(DATA / "ontology.yml").sectors

MINE = """
- name: Jane Mukasa
  also: [Mama Jane]
  terms:
    - {start: 2023-06, code: UGA, sector: OPP}
    - {start: 2019-03, end: 2023-05-31, code: UGA, sector: GOV, sectors: [BUS], office: minister of energy}
- name: Lake Guard
  kind: group
  code: UGA
  sector: REB
  entity: org:lake-guard
"""


@pytest.fixture(scope="module")
def shipped() -> ActorKnowledge:
    return load_actors(DATA / "en")


def test_dated_terms_make_a_person(tmp_path: Path) -> None:
    (tmp_path / "mine.yml").write_text(MINE)
    jane, guard = load_user_actors(tmp_path / "mine.yml", SECTORS)
    assert (jane.kind, jane.code, jane.entity, jane.also) == ("person", "UGA", "person:jane-mukasa", ("Mama Jane",))
    assert role_on(jane, date(2020, 1, 1)) == ("UGA", "GOV", ("BUS",))
    assert role_on(jane, date(2024, 1, 1)) == ("UGA", "OPP", ())
    assert (guard.kind, guard.code, guard.sector, guard.entity) == ("group", "UGA", "REB", "org:lake-guard")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("- name: A B\n  colour: red\n", 2, "unknown field `colour`; allowed here: name, kind, code"),
        ("- name: A B\n  kind: ship\n", 2, "Invalid enum value 'ship'"),
        ("- code: KEN\n", 1, "missing required field `name`"),
        ("- name: A B\n  code: Kenya\n", 2, "'Kenya' is no code"),
        ("- name: C D\n- name: A B\n  code: KEN\n  sector: KING\n", 4, "no sector 'KING'; one of GOV, MIL"),
        ("- name: A B\n  terms:\n  - {code: KEN}\n  - {start: May, code: KEN}\n", 4, "'May' is no date"),
        ("- name: A B\n  terms:\n  - {start: 2024, end: 2023-05}\n", 3, "ends on 2023-05, before it starts on 2024"),
        ("- name: A B\n  sector: GOV\n  terms: [{start: 2024}]\n", 2, "write the sector in each of them"),
        ("- name: A B\n  kind: person\n", 1, "a person needs a code"),
    ],
)
def test_mistakes_name_file_line_and_remedy(tmp_path: Path, text: str, line: int, says: str) -> None:
    (tmp_path / "mine.yml").write_text(text)
    with pytest.raises(CodebookError, match=says) as error:
        load_user_actors(tmp_path / "mine.yml", SECTORS)
    assert str(error.value).startswith(f"{tmp_path / 'mine.yml'}:{line}: ")


def names_at(known: ActorKnowledge, *words: str) -> list[tuple[str | None, str | None]]:
    return [(entry.code, entry.sector) for _, found in known.names.at(words, 0) for _, entry in found]


def test_a_term_may_begin_within_the_year_in_which_it_ends(tmp_path: Path) -> None:
    (tmp_path / "mine.yml").write_text("- {name: A B, terms: [{start: 2024-03, end: 2024, code: KEN, sector: GOV}]}\n")
    (one,) = load_user_actors(tmp_path / "mine.yml", SECTORS)
    assert role_on(one, date(2024, 12, 1)) == ("KEN", "GOV", ())


def test_each_file_is_read_as_what_it_is(tmp_path: Path, shipped: ActorKnowledge) -> None:
    (tmp_path / "mine.yml").write_text(MINE)
    (tmp_path / "mine.txt").write_text("RURITANIA_  [RUR]\n")
    (tmp_path / "packed.gz").write_bytes(gzip.compress(b"STRELSAU_FRONT_ [RURREB]\n"))
    (tmp_path / "nouns.txt").write_text("LAMPLIGHTER [~LAB]\n")
    files = tuple(tmp_path / name for name in ("mine.yml", "mine.txt", "packed.gz", "nouns.txt"))
    known = with_user_actors(shipped, files, SECTORS)
    assert names_at(known, "lake", "guard") == [("UGA", "REB")]
    assert names_at(known, "ruritania") == [("RUR", "GOV")]
    assert names_at(known, "strelsau", "front") == [("RUR", "REB")]
    ((_, found),) = known.roles.at(("lamplighters",), 0)
    assert [role.sector for _, role in found] == ["LAB"]
    assert with_user_actors(shipped, (), SECTORS) is shipped


def test_a_users_entry_wins_over_the_shipped_one(tmp_path: Path, shipped: ActorKnowledge) -> None:
    (tmp_path / "mine.yml").write_text("- {name: Greenpeace, code: NGO, sector: CVL}\n")
    assert names_at(with_user_actors(shipped, (tmp_path / "mine.yml",), SECTORS), "greenpeace") == [("NGO", "CVL")]


def test_files_that_are_not_there(tmp_path: Path, shipped: ActorKnowledge) -> None:
    for name in ("none.yml", "none.txt", "none.gz"):
        with pytest.raises(CodebookError, match=f"{name}: cannot be read"):
            with_user_actors(shipped, (tmp_path / name,), SECTORS)
