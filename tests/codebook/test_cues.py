"""Cue words as they are loaded: fields of nouns, words by preposition, and what a wrong file says."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman.codebook
from dragoman.codebook.cues import Cues, load_cues
from dragoman.codebook.yamlfile import CodebookError

EN = Path(dragoman.codebook.__file__).parent / "data" / "en"


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues(EN)


def written(folder: Path, text: str) -> Path:
    (folder / "attribution").mkdir()
    (folder / "attribution" / "cues.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_noun_keeps_its_entries_in_order_of_the_file(cues: Cues) -> None:
    entries = cues.nouns["support"]
    assert {entry.held for entry in entries} == {True, False}
    assert any(entry.inside for entry in entries)


def test_surveys_and_standpoints_go_by_their_preposition(cues: Cues) -> None:
    assert "poll" in cues.surveys["in"]
    assert "perspective" in cues.standpoints["from"]


def test_roles_are_no_words_said(cues: Cues) -> None:
    roles = [entry for entries in cues.nouns.values() for entry in entries if entry.role]
    assert roles and all(entry.kind == "attitude" and entry.prepositions for entry in roles)


def test_every_noun_says_what_follows_it(cues: Cues) -> None:
    empty = [word for word, entries in cues.nouns.items() if any(not (e.frames or e.prepositions) for e in entries)]
    assert not empty


def test_a_noun_is_speech_by_its_first_entry(cues: Cues) -> None:
    assert cues.is_speech("NOUN", "claim", "claim")
    assert not cues.is_speech("NOUN", "belief", "belief")


def test_an_unknown_field_is_an_error(tmp_path: Path) -> None:
    folder = written(tmp_path, "nouns:\n  - nouns: [claim]\n    kind: speech\n    possessed: true\n")
    with pytest.raises(CodebookError, match="possessed"):
        load_cues(folder)


def test_a_folder_without_cues_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "attribution").mkdir()
    with pytest.raises(CodebookError, match="no cue files"):
        load_cues(tmp_path)
