"""What several matches in one sentence come to: one event each, once."""

from __future__ import annotations

import pytest

from dragoman.codebook.load import load_codebook
from dragoman.model import Article
from dragoman.parsing import SpacyParser
from dragoman.pipeline import Pipeline


@pytest.fixture(scope="module")
def pipeline(parser: SpacyParser) -> Pipeline:
    return Pipeline(load_codebook(), parser)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Chad fired two missiles and conducted a nuclear test.", ["MOBILIZE", "MOBILIZE"]),
        ("Mali praised Ghana for its help and thanked Accra for its doctors.", ["SUPPORT", "SUPPORT"]),
        ("Chad attacked Niger and attacked.", ["ASSAULT"]),
    ],
)
def test_two_verbs_with_an_object_each_are_two_events(pipeline: Pipeline, text: str, types: list[str]) -> None:
    (report,) = pipeline.run([Article(id="a", text=text, published="2024-06-24")])
    assert [event.type for event in report.events] == types


def test_a_participle_before_its_noun_is_background(pipeline: Pipeline) -> None:
    (report,) = pipeline.run([Article(id="a", text="Mali released three detained sailors.", published="2024-06-24")])
    assert [event.type for event in report.events] == ["RETREAT"]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Rebels entered a camp of Goma and the government suspended mobile internet.", ["the government"]),
        ("A Kenyan unit opened an inquiry into the attack on Garissa.", ["A Kenyan unit"]),
        ("Kenyan troops took part in the attack on Garissa.", ["Kenyan troops"]),
    ],
)
def test_who_acts_is_found_behind_a_list_and_a_light_verb(pipeline: Pipeline, text: str, actors: list[str]) -> None:
    (report,) = pipeline.run([Article(id="a", text=text, published="2024-06-24")])
    assert [actor.text for actor in report.events[-1].actors] == actors


def test_an_inquiry_into_an_attack_is_none(pipeline: Pipeline) -> None:
    text = "A Kenyan unit opened an inquiry into the attack."
    (report,) = pipeline.run([Article(id="a", text=text, published="2024-06-24")])
    assert [event.type for event in report.events] == ["ACCUSE"]


def test_towns_before_an_attack_say_where_it_was(pipeline: Pipeline) -> None:
    text = "The Nairobi and Kampala attacks shocked the region."
    (report,) = pipeline.run([Article(id="a", text=text, published="2024-06-24")])
    assert report.events == ()


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Malian soldiers executed nine villagers in two attacks.", [("ASSAULT", ["Malian soldiers"])]),
        (
            "Chad condemned an attack blamed on Togolese rebels.",
            [("ACCUSE", ["Chad"]), ("ASSAULT", ["Togolese rebels"])],
        ),
    ],
)
def test_an_attack_is_by_whom_its_verb_or_its_participle_names(
    pipeline: Pipeline, text: str, events: list[tuple[str, list[str]]]
) -> None:
    (report,) = pipeline.run([Article(id="a", text=text, published="2024-06-24")])
    assert [(event.type, [actor.text for actor in event.actors]) for event in report.events] == events
