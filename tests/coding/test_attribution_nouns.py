"""Nouns as cues: who speaks, and where no one does. Sentences are parsed once; what is found is asked of the step."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

import dragoman.codebook
from dragoman.codebook.cues import load_cues
from dragoman.coding.attribution import AttributionFinder
from dragoman.model import Article, Report
from dragoman.parsing import SpacyParser

EN = Path(dragoman.codebook.__file__).parent / "data" / "en"

CASES = {
    "The priest is an opponent of the dam.": ("The priest", "is an opponent of", "the dam"),
    "The priest remains a Rossi supporter.": ("The priest", "supporter", "Rossi"),
    "The miners acted in defense of their jobs.": ("The miners", "in defense of", "their jobs"),
    "They believed the owner's plea that he was ill.": ("the owner's", "plea", "that he was ill"),
    "The duchess faced criticism for the feast.": ("", "criticism for", "the feast"),
    "The party's strategy of waiting failed.": ("The party's", "strategy of", "waiting"),
    "The nurse began with harsh remarks about the ward.": ("The nurse", "remarks about", "the ward"),
}
NOBODY = [
    "The owner came in order to sell.",
    "The question is whether the roof will hold.",
    "The sailor was in charge of the pumps.",
    "The jury said the rumor that the roof leaked was old.",
    "The pilot gave a speech on Sunday.",
]


@pytest.fixture(scope="module")
def found() -> dict[str, list[tuple[str, str, str, str]]]:
    """Per sentence (source, cue, first piece of content) with the part of speech of the cue's first token."""
    finder = AttributionFinder(SimpleNamespace(cues=load_cues(EN)))
    texts = [*CASES, *NOBODY]
    answers = {}
    for text, analysis in zip(texts, SpacyParser().analyse(iter(texts)), strict=True):
        report = finder(Report(Article("a", text), analysis))
        answers[text] = [
            (
                one.source.of(text) if one.source else "",
                one.cue.of(text) if one.cue else "",
                one.content[0].of(text),
                analysis.sentences[one.sentence].tokens[one.cue_token].lemma,
            )
            for one in report.attributions
        ]
    return answers


@pytest.mark.parametrize("text", CASES)
def test_who_speaks(text: str, found: dict[str, list[tuple[str, str, str, str]]]) -> None:
    assert CASES[text] in [one[:3] for one in found[text]]


@pytest.mark.parametrize("text", NOBODY)
def test_where_nobody_does(text: str, found: dict[str, list[tuple[str, str, str, str]]]) -> None:
    assert {one[3] for one in found[text]} <= {"say"}
