"""Whatever stands in a text, the pipeline goes through, and every span in what it finds points at its words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Article, Party, Quantity, Record, Report, Time
from dragoman.running.bench import Bench
from dragoman.running.opening import open_bench
from dragoman.running.output import json_of, line_of

NAMES = (
    "Ghana", "Togo's president", "Prime Minister Ama Mensah", "the foreign ministry", "rebels", "He", "they",
    "each side", "José Peña", "U.S. officials", "both countries", "the UN", "Côte d’Ivoire", "the", "al-Watan",
    "Ms. O'Neil-Traoré",
)  # fmt: skip
VERBS = (
    "met", "did not meet", "will attack", "denied that it had shelled", "accused", "agreed to give", "signed",
    "fired", "was killed by", "may have bombed", "has been urged to release", "reportedly sent",
    "threatened to invade", "said",
)  # fmt: skip
OBJECTS = (
    "Benin", "twenty tonnes of grain to Mali", "at least 12 people", "it", "a ceasefire", "$3.5 billion",
    "half of them", "between 5 and 7 per cent", "the port of Lomé", "hundreds of protesters", "an 1,0,0 deal",
    "whom", "1/0 men", "-0.0%",
)  # fmt: skip
TIMES = (
    "on Monday", "last year", "on 31 February", "in May 1066", "between 3 and 1 May", "yesterday",
    "in the 1990s", "at 25:61", "two days before the war", "since Tuesday night", "on 29 February 2023",
    "in year 99999", "next 0 weeks", "02/30/2024",
)  # fmt: skip
TAILS = (
    ", officials said", ", according to Reuters", " — sources say", ", he said", ' ("no comment")',
    " if it can", " unless they leave", " because of “threats”", ", killing six", "; the talks failed",
    ", when Mali attacks",
)  # fmt: skip
ODD = (
    "😀🔥", "שלום עליכם", "مرحبا", "\u202eabc\u202c", "\u200b", "\ufeff", "e\u0301", "\u00a0", "x" * 400, "(((((",
    "“", "”", '"', "...", "—", "''", "\t", "\x0b", "%%%", "<b>", "&amp;", "http://example.org/a?b=c", "1" * 60,
    "\u017f", "İstanbul", "ß", "🇬🇭", "@user #tag", "A.B.C.", "I", "\u2028", "“‘nested”’", "12th", "№ 5", "½", "三",
    "0", "-", "•", "Mr.", "$", "€5-€", "10,",
)  # fmt: skip
ENDS = (".", ".", "?", "!", ".”", "", "\n", "\n\n", ".\n\n\n", " ", ":", ";")

sentence = st.builds(
    lambda parts, end: " ".join(part for part in parts if part) + end,
    st.tuples(*(st.sampled_from(("", *words)) for words in (NAMES, VERBS, OBJECTS, TIMES, TAILS, ODD))),
    st.sampled_from(ENDS),
)
quotation = st.builds(lambda words, name: f"“{words}” {name} said. ", sentence, st.sampled_from(NAMES))
salad = st.lists(st.sampled_from((*NAMES, *VERBS, *OBJECTS, *TIMES, *TAILS, *ODD)), max_size=8).map(" ".join)
texts = st.lists(st.one_of(sentence, quotation, salad, st.sampled_from(ODD)), min_size=1, max_size=5).map(" ".join)
days = st.sampled_from((None, "2024-02-29", "2024-12-31T23:30:00+09:00", "1999-01-01"))


@pytest.fixture(scope="module")
def bench() -> Bench:
    return open_bench()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=texts, day=days)
def test_any_text_goes_through(bench: Bench, text: str, day: str | None) -> None:
    article = Article(id="a", text=text, published=day, publisher="Lake Post", credits=("Reuters",))
    (report,) = bench.run([article])
    check_findings(report)
    check_records(report)
    printed = json.loads(line_of(json_of(report, bench.layers_of(report))))
    assert printed["article"]["text"] == text
    check_layers(text, printed)


def check_span(text: str, start: int, end: int, words: str | None = None) -> None:
    assert 0 <= start < end <= len(text)
    if words is not None:
        assert text[start:end] == words


def check_findings(report: Report) -> None:
    """Spans of what the steps found, and the tokens they name."""
    text, sentences = report.article.text, report.analysis.sentences
    for found in (*report.times, *report.quantities, *report.places, *report.mentions):
        check_span(text, found.span.start, found.span.end, found.text)
    for mention in report.mentions:
        head = sentences[mention.sentence].tokens[mention.head]
        assert mention.span.start <= head.start < mention.span.end
        assert mention.parties or mention.reason
    for event in report.events:
        tokens = sentences[event.sentence].tokens
        check_span(text, event.evidence.start, event.evidence.end)
        assert event.evidence.start <= tokens[event.trigger].start < event.evidence.end
    for attribution in report.attributions:
        for span in (*attribution.content, attribution.source, attribution.cue):
            if span is not None:
                check_span(text, span.start, span.end)
    for fact in report.factuality:
        check_span(text, fact.span.start, fact.span.end)
        assert -3 <= fact.score <= 3


def check_records(report: Report) -> None:
    """What the contract promises of every record."""
    text = report.article.text
    ids = [record.id for record in report.records]
    assert len(ids) == len(set(ids))
    for record in report.records:
        check_span(text, record.evidence.start, record.evidence.end, record.evidence.quote)
        for party in parties(record):
            if party.start or party.end:  # the publisher and a wire may stand outside of the text
                check_span(text, party.start, party.end, party.text)
        for hop in record.attribution:
            assert (hop.cue is None) == (hop.start is None) == (hop.end is None)
            if hop.cue is not None and hop.start is not None and hop.end is not None:
                check_span(text, hop.start, hop.end, hop.cue)
        assert record.attribution[-1].by and record.attribution[-1].by.name == "Lake Post"
        if record.time:
            check_time(text, record.time)
            assert record.time.basis != "publication" or report.article.published
        if record.place and record.place.start is not None and record.place.end is not None:
            check_span(text, record.place.start, record.place.end, record.place.text)
        for quantity in record.quantities:
            check_quantity(text, quantity)
        assert {link.to for link in record.links} <= set(ids) - {record.id}
        assert 0 <= record.confidence <= 1
        assert record.kind != "event" or record.event
        for slot in ("time", "place", "actors"):
            empty = not getattr(record, slot)
            assert not empty or slot == "place" or any(gap.slot == slot for gap in record.gaps), slot


def parties(record: Record) -> Iterator[Party]:
    yield from (*record.actors, *record.recipients)
    yield from (hop.by for hop in record.attribution if hop.by)
    yield from (party for quantity in record.quantities for party in (quantity.from_, quantity.to) if party)
    yield from record.obligation.parties if record.obligation else ()


def check_time(text: str, time: Time) -> None:
    first = date.fromisoformat(time.start) if time.start else None
    last = date.fromisoformat(time.end) if time.end else None
    assert first or last
    assert not (first and last) or first <= last
    assert (time.text is None) == (time.basis == "publication")
    if time.text is not None and time.text_start is not None and time.text_end is not None:
        check_span(text, time.text_start, time.text_end, time.text)


def check_quantity(text: str, quantity: Quantity) -> None:
    check_span(text, quantity.start, quantity.end, quantity.text)
    low, value, high = quantity.low, quantity.value, quantity.high
    known = [number for number in (low, value, high) if number is not None]
    assert known == sorted(known)
    assert all(number == number for number in known)


def check_layers(text: str, layers: dict[str, Any]) -> None:
    """Offsets in what ``--layers`` prints."""
    for name in ("times", "places", "quantities", "actors", "factuality"):
        for row in layers[name]:
            check_span(text, row["start"], row["end"], row["text"])
    for row in layers["times"]:
        first, last = (date.fromisoformat(row[end]) if row[end] else None for end in ("first", "last"))
        assert not (first and last) or first <= last
    for row in layers["attributions"]:
        for pair in (*row["content"], row["source"], row["cue"]):
            if pair:
                check_span(text, *pair)
