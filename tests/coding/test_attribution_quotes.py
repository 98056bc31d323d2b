"""Whose a quotation is, where it goes on, and where content that holds one begins and ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import dragoman.codebook
from dragoman.codebook.cues import load_cues
from dragoman.coding.attribution import AttributionFinder
from dragoman.model import Article, Report
from dragoman.parsing import SpacyParser

EN = Path(dragoman.codebook.__file__).parent / "data" / "en"
Said = list[tuple[str, str, list[str]]]


@pytest.fixture(scope="module")
def said() -> Callable[[str], Said]:
    finder, parser = AttributionFinder(SimpleNamespace(cues=load_cues(EN))), SpacyParser()

    def find(text: str) -> Said:
        report = finder(Report(Article("a", text), next(iter(parser.analyse([text])))))
        return [
            (f.source.of(text) if f.source else "", f.cue.of(text), [piece.of(text) for piece in f.content])
            for f in report.attributions
            if f.cue
        ]

    return find


def test_the_verb_behind_a_quotation_has_it_and_not_the_sentence_before(said: Callable[[str], Said]) -> None:
    text = 'The baker began. "Flour is dear this year," the miller said.'
    assert said(text) == [("the miller", "said", ['"Flour is dear this year,"'])]


def test_of_two_quotations_each_verb_has_the_nearer(said: Callable[[str], Said]) -> None:
    text = '"We lost the sails," the cook said. "We lost the rudder too," the mate said.'
    assert said(text) == [
        ("the cook", "said", ['"We lost the sails,"']),
        ("the mate", "said", ['"We lost the rudder too,"']),
    ]


def test_what_is_said_inside_a_quotation_goes_no_further(said: Callable[[str], Said]) -> None:
    text = '"Okafor said that the well is dry," the nurse told us. "He was right, as always."'
    contents = {(source, cue): content for source, cue, content in said(text)}
    assert contents["the nurse", "told"] == [
        '"Okafor said that the well is dry,"',
        '"He was right, as always."',
    ]
    assert contents["Okafor", "said"] == ["that the well is dry"]


def test_a_quotation_goes_on_over_paragraphs(said: Callable[[str], Said]) -> None:
    text = "“The winter was long,” the shepherd said. “We lost nine sheep.\n\n“We will buy no more.”"
    assert said(text) == [
        (
            "the shepherd",
            "said",
            ["“The winter was long,”", "“We lost nine sheep.", "“We will buy no more.”"],
        )
    ]


def test_a_title_in_marks_is_no_content(said: Callable[[str], Said]) -> None:
    text = '"The winter was long," the shepherd told "Hills and Valleys" on Sunday.'
    assert said(text) == [("the shepherd", "told", ['"The winter was long,"'])]


def test_a_quotation_nobody_claims_is_the_last_speakers(said: Callable[[str], Said]) -> None:
    text = '"The winter was long," the shepherd said. He has sheep near Thun. "We lost nine of them in March."'
    assert ("the shepherd", "said", ['"The winter was long,"', '"We lost nine of them in March."']) in said(text)


def test_a_block_after_a_colon(said: Callable[[str], Said]) -> None:
    text = "The pilot replied:\n\nWe had no fuel left."
    assert said(text) == [("The pilot", "replied", ["We had no fuel left."])]


def test_a_word_kept_at_a_distance_is_nothing_said(said: Callable[[str], Said]) -> None:
    assert said("The ferry began “service” in March.") == []


def test_what_goes_on_is_also_theirs_who_report_it(said: Callable[[str], Said]) -> None:
    text = '"The winter was long," the shepherd said, according to the gazette. "We lost nine sheep."'
    contents = {source: content[-1] for source, _, content in said(text)}
    assert contents["the shepherd"] == contents["the gazette"] == '"We lost nine sheep."'
