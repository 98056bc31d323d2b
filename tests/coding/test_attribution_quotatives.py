"""Cues for quotations beside which no verb of the codebook stands."""

from __future__ import annotations

import pytest

from dragoman.coding.attribution_quotatives import clause_after, inverted, quotative
from dragoman.coding.quotes import Quotes
from dragoman.parsing import SpacyParser


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


def found(parser: SpacyParser, text: str, number: int = 0) -> tuple[str, str] | None:
    """Speaker and head of the cue of the quotation with this number."""
    quotes = Quotes(text)
    told = quotative(quotes.items[number], next(iter(parser.analyse([text]))), text, quotes, frozenset({"ask"}))
    if told is None:
        return None
    return told.sentence.span_of(told.source).of(text), told.sentence.tokens[told.at].text


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ('"I sold the boat in March," the widow sighed.', ("the widow", "sighed")),
        ('"I sold the boat in March," sighed the widow.', ("the widow", "sighed")),
        ('"Who bought the old boat?" the widow asked.', ("the widow", "asked")),
        ('"Who bought the old boat?" The widow left the room.', None),
        ('"I sold the boat in March," and left.', None),
        ('The song "I Sold the Boat Too," features a choir.', None),
        ('The widow stamped her foot: "I sold the boat in March."', ("The widow", "stamped")),
        ('Deputy Mara Lund: "I sold the boat in March."', ("Deputy Mara Lund", ":")),
        ('"I sold the boat in March."\n\n— Mara Lund', ("Mara Lund", "—")),
        ('"I sold the boat in March."\n\n— 12 pages', None),
        ('The widow spoke: "Never."', None),
    ],
)
def test_cues(parser: SpacyParser, text: str, cue: tuple[str, str] | None) -> None:
    assert found(parser, text) == cue


def test_a_speaker_behind_the_verb(parser: SpacyParser) -> None:
    (sentence,) = next(iter(parser.analyse(["Then spoke the old judge."]))).sentences
    verb = next(t.i for t in sentence.tokens if t.text == "spoke")
    speaker = inverted(sentence, verb)
    assert speaker is not None and sentence.tokens[speaker].text == "judge"
    assert inverted(sentence, 0) is None


def test_the_clause_after_a_place(parser: SpacyParser) -> None:
    text = "He called it a gift, adding that it came late."
    head = clause_after(next(iter(parser.analyse([text]))), text.index(","))
    assert head is not None and head.text == "adding"
    assert clause_after(next(iter(parser.analyse([text]))), len(text)) is None
