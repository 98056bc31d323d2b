"""Subjects and particles that the parser put elsewhere."""

from __future__ import annotations

import pytest

from dragoman.codebook.grammar import load_grammar
from dragoman.codebook.load import DATA
from dragoman.coding.frames import FrameReader
from dragoman.coding.misread import adjoined, listed_subjects, next_subjects
from dragoman.parsing import SpacyParser


def reader_of(parser: SpacyParser, text: str) -> FrameReader:
    (analysis,) = parser.analyse([text])
    return FrameReader(analysis.sentences[0], load_grammar(DATA / "en"))


def at(reader: FrameReader, word: str) -> int:
    return next(token.i for token in reader.tokens if token.text == word)


@pytest.mark.parametrize(
    ("text", "verb", "subjects"),
    [
        ("Rebels entered a camp of Goma and the government suspended mobile internet.", "suspended", ["government"]),
        ("Rebels entered Goma and burned a camp.", "burned", []),
    ],
)
def test_a_clause_after_a_false_list_has_its_own_subject(
    parser: SpacyParser, text: str, verb: str, subjects: list[str]
) -> None:
    reader = reader_of(parser, text)
    assert [reader.tokens[i].text for i in next_subjects(reader, at(reader, verb))] == subjects


def test_names_after_a_place_at_the_start_are_subjects(parser: SpacyParser) -> None:
    reader = reader_of(parser, "Laos signed a pact in Hanoi.")
    assert listed_subjects(reader, at(reader, "signed")) == ()


@pytest.mark.parametrize(("text", "words"), [("Togo set free two miners.", {"free"}), ("Togo set a fire.", set())])
def test_an_adjective_right_behind_a_verb_belongs_to_it(parser: SpacyParser, text: str, words: set[str]) -> None:
    reader = reader_of(parser, text)
    verb = at(reader, "set")
    assert adjoined(reader, verb, reader.kids(verb, "dobj")) == words
