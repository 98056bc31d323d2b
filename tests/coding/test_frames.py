"""Frames: the same roles in actives, passives, relatives, infinitives and nominalisations."""

from __future__ import annotations

import pytest

from dragoman.codebook.grammar import load_grammar
from dragoman.codebook.load import DATA
from dragoman.coding.frames import Frame, FrameReader
from dragoman.parsing import SpacyParser


@pytest.fixture(scope="module")
def grammar():  # type: ignore[no-untyped-def]  # the fixture's type is Grammar
    return load_grammar(DATA / "en")


def frame(parser: SpacyParser, grammar, text: str, word: str):  # type: ignore[no-untyped-def]
    (analysis,) = parser.analyse([text])
    sentence = analysis.sentences[0]
    token = next(t for t in sentence.tokens if t.text == word)
    reader = FrameReader(sentence, grammar)
    made: Frame = reader.noun(token.i) if token.pos == "NOUN" else reader.verb(token.i)
    words = [t.text for t in sentence.tokens]
    return made, words


@pytest.mark.parametrize(
    ("text", "verb", "before", "objects"),
    [
        ("Chad attacked Niger.", "attacked", ["Chad"], ["Niger"]),
        ("Niger was attacked by Chad.", "attacked", ["Chad"], ["Niger"]),
        ("The army that attacked Niger left.", "attacked", ["army"], ["Niger"]),
        ("The town attacked by Chad burned.", "attacked", ["Chad"], ["town"]),
        ("Chad and Mali attacked Niger and Togo.", "attacked", ["Chad", "Mali"], ["Niger", "Togo"]),
        ("Chad wants to attack Niger.", "attack", ["Chad"], ["Niger"]),
        ("Mali urged Chad to attack Niger.", "attack", ["Chad"], ["Niger"]),
        ("Mali accused Chad of attacking Niger.", "attacking", ["Chad"], ["Niger"]),
        ("Chad entered Mali and attacked Niger.", "attacked", ["Chad"], ["Niger"]),
        ("Chad's senate passed a resolution condemning Niger.", "condemning", ["senate"], ["Niger"]),
        ("Chad issued Mali's statement condemning Niger.", "condemning", ["statement"], ["Niger"]),
        ("Mali barred Chad from importing coal and capped its sales.", "capped", ["Mali"], ["sales"]),
        ("The bomb fell on Chad, with nine soldiers killed.", "killed", [], ["soldiers"]),
        ("Chad imposed a ban on rallies to start on Friday.", "imposed", ["Chad"], ["ban"]),
    ],
)
def test_verbs(parser: SpacyParser, grammar, text: str, verb: str, before: list[str], objects: list[str]) -> None:  # type: ignore[no-untyped-def]
    made, words = frame(parser, grammar, text, verb)
    assert [words[i] for i in made.before] == before
    assert [words[i] for i in made.objects] == objects


@pytest.mark.parametrize(
    ("text", "noun", "before", "prep", "found"),
    [
        ("Chad's attack on Niger failed.", "attack", ["Chad"], "on", ["Niger"]),
        ("The attack on Niger by Chad failed.", "attack", ["Chad"], "on", ["Niger"]),
        ("Chad launched an attack on Niger.", "attack", ["Chad"], "on", ["Niger"]),
        ("An attack on Niger was launched by Chad.", "attack", ["Chad"], "on", ["Niger"]),
        ("Chad took part in talks with Niger.", "talks", ["Chad"], "with", ["Niger"]),
        ("US strikes on Niger went on.", "strikes", ["US"], "on", ["Niger"]),
        ("Chad made an attack on the Nigerien ministry calling it corrupt.", "attack", ["Chad"], "on", ["ministry"]),
    ],
)
def test_nouns(  # type: ignore[no-untyped-def]
    parser: SpacyParser, grammar, text: str, noun: str, before: list[str], prep: str, found: list[str]
) -> None:
    made, words = frame(parser, grammar, text, noun)
    assert [words[i] for i in made.before] == before
    assert [words[i] for i in made.preps.get(prep, ())] == found
