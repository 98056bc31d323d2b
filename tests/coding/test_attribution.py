"""The attribution cues against the examples that stand beside them, and what must hold of every finding."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dragoman.codebook
from dragoman.codebook.cues import load_cues
from dragoman.codebook.yamlfile import load_yaml
from dragoman.coding.attribution import AttributionFinder
from dragoman.model import ActorMention, Article, AttributionFinding, Report, Span
from dragoman.parsing import SpacyParser

EN = Path(dragoman.codebook.__file__).parent / "data" / "en"


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    cue: str
    content: tuple[str, ...]
    act: str | None = None
    direct: bool | None = None


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    finds: tuple[Expected, ...] = ()
    not_: tuple[str, ...] = msgspec.field(default=(), name="not")
    credits: tuple[str, ...] = ()
    level: str | None = None


EXAMPLES = load_yaml(EN / "attribution" / "examples.yml", tuple[Example, ...])


@pytest.fixture(scope="module")
def finder() -> AttributionFinder:
    return AttributionFinder(SimpleNamespace(cues=load_cues(EN)))


@pytest.fixture(scope="module")
def analyses() -> dict[str, Report]:
    found = SpacyParser().analyse(example.text for example in EXAMPLES)
    return {
        example.text: Report(Article("a", example.text, credits=example.credits), analysis)
        for example, analysis in zip(EXAMPLES, found, strict=True)
    }


def bare(words: str) -> str:
    """Without marks and blanks at the ends."""
    return words.strip(" .,\"“”'")


def of(text: str, finding: AttributionFinding) -> tuple[str, str, tuple[str, ...]]:
    return (
        finding.source.of(text) if finding.source else "",
        finding.cue.of(text) if finding.cue else "",
        tuple(bare(piece.of(text)) for piece in finding.content),
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.text[:60] for example in EXAMPLES])
def test_example(example: Example, finder: AttributionFinder, analyses: dict[str, Report]) -> None:
    found = finder(analyses[example.text]).attributions
    said = [of(example.text, finding) for finding in found]
    for want in example.finds:
        key = (want.source, want.cue, tuple(map(bare, want.content)))
        assert key in said, f"wanted {key}, found {said}"
        finding = found[said.index(key)]
        assert want.act is None or finding.act == want.act
        assert want.direct is None or finding.direct == want.direct
    cues = {cue for _, cue, _ in said}
    assert not cues & set(example.not_), said
    if example.level:
        assert example.level in {finding.level for finding in found}


def test_enough_examples() -> None:
    assert len(EXAMPLES) >= 120


def test_spans_lie_in_the_text(finder: AttributionFinder, analyses: dict[str, Report]) -> None:
    for text, report in analyses.items():
        for finding in finder(report).attributions:
            spans = [*finding.content, *filter(None, (finding.source, finding.cue))]
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
            assert list(finding.content) == sorted(finding.content)


def test_speaker_is_the_mention_at_the_head(finder: AttributionFinder) -> None:
    text = "The foreign minister said that the talks had failed."
    report = Report(Article("a", text), next(iter(SpacyParser().analyse([text]))))
    mention = ActorMention(0, 2, Span(0, 20), text[:20], "role")
    found = finder(msgspec.structs.replace(report, mentions=(mention,))).attributions
    assert [finding.speaker for finding in found] == [mention]
    assert found[0].sentence == 0 and found[0].cue_token == 3


def test_speaker_behind_a_relative_pronoun(finder: AttributionFinder) -> None:
    text = "The envoy, who said that the talks had failed, left."
    report = Report(Article("a", text), next(iter(SpacyParser().analyse([text]))))
    mention = ActorMention(0, 1, Span(0, 9), text[:9], "role")
    found = finder(msgspec.structs.replace(report, mentions=(mention,))).attributions
    assert [finding.speaker for finding in found] == [mention]


def test_an_object_put_behind_its_judgement(finder: AttributionFinder) -> None:
    text = "The owners left early, always viewing as a threat the plan that the miners would meet."
    report = Report(Article("a", text), next(iter(SpacyParser().analyse([text]))))
    found = finder(report).attributions
    assert [[span.of(text) for span in finding.content] for finding in found] == [
        ["a threat the plan that the miners would meet"]
    ]


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


PIECES = ["“", "”", '"', "''", " said ", "he", ", ", "\n", "The minister", ":", " told ", ".", "according to "]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_marks_in_any_order(finder: AttributionFinder, parser: SpacyParser, pieces: list[str]) -> None:
    text = "".join(pieces)
    report = Report(Article("a", text), next(iter(parser.analyse([text]))))
    for finding in finder(report).attributions:
        assert finding.content
        for span in finding.content:
            assert 0 <= span.start < span.end <= len(text)
