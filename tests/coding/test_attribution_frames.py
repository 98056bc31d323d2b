"""Which frame of a cue verb fits: by its form, its particle, and what stands beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman.codebook
from dragoman.codebook.cues import Cues, VerbCue, load_cues
from dragoman.coding.attribution_clauses import Match
from dragoman.coding.attribution_frames import match_verb
from dragoman.parsing import SpacyParser

EN = Path(dragoman.codebook.__file__).parent / "data" / "en"


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues(EN)


def matched(
    parser: SpacyParser, cues: Cues, text: str, verb: str, *entries: VerbCue
) -> tuple[Match | None, tuple[str, ...]]:
    """The match of the verb as written in ``text``, and the words of its content."""
    sentence = next(iter(parser.analyse([text]))).sentences[0]
    at = next(token.i for token in sentence.tokens if token.text == verb)
    found = match_verb(sentence, at, entries or cues.verbs[sentence.tokens[at].lemma], frozenset(), cues)
    pieces = found.pieces if found else []
    return found, tuple(" ".join(sentence.tokens[i].text for i in piece) for piece in pieces)


@pytest.mark.parametrize(
    ("text", "verb", "fits"),
    [
        ("Growers see a threat.", "see", True),
        ("Growers have seen a threat.", "seen", True),
        ("Growers could see a threat.", "see", False),
        ("Growers came to see a threat.", "see", False),
    ],
)
def test_only_what_is_stated(parser: SpacyParser, cues: Cues, text: str, verb: str, fits: bool) -> None:
    entry = VerbCue(("see",), "thought", frames=("object",), stated=True)
    found, content = matched(parser, cues, text, verb, entry)
    assert (found is not None) is fits
    assert content == (("a threat",) if fits else ())


def test_a_particle_goes_before_the_bare_verb(parser: SpacyParser, cues: Cues) -> None:
    plain = VerbCue(("turn",), "speech", frames=("object",))
    down = VerbCue(("turn",), "speech", act="deny", particle="down", frames=("object",))
    found, content = matched(parser, cues, "The guild turned down the offer.", "turned", plain, down)
    assert found is not None and found.entry is down and content == ("the offer",)


def test_what_somebody_is_seen_as_goes_before_a_clause(parser: SpacyParser, cues: Cues) -> None:
    found, content = matched(parser, cues, "The critic sees the novel as a warning.", "sees")
    assert found is not None and found.frame == "charge" and content == ("the novel as a warning",)


def test_between_commas(parser: SpacyParser, cues: Cues) -> None:
    found, content = matched(parser, cues, "The ferry, fishermen say, is too slow.", "say")
    assert found is not None and content == ("The ferry", "is too slow")


def test_a_feeling_in_the_passive_has_its_agent_as_content(parser: SpacyParser, cues: Cues) -> None:
    found, content = matched(parser, cues, "Shoppers were angered by the tolls.", "angered")
    assert found is not None and found.frame == "experience" and content == ("the tolls",)
    assert matched(parser, cues, "Shoppers were angered.", "angered")[0] is None
