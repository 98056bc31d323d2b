"""The time step: tense from the parse, missing publication days, spans."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman.codebook
from dragoman.codebook.times import load_times
from dragoman.codebook.yamlfile import CodebookError
from dragoman.model import Analysis, Article, Report
from dragoman.parsing import SpacyParser
from dragoman.resolving.times import TimeResolver

KNOWLEDGE = load_times(Path(dragoman.codebook.__file__).parent / "data" / "en")
RESOLVER = TimeResolver(KNOWLEDGE)
WORDS = [
    *sorted({w for words in KNOWLEDGE.words.valued.values() for w in words}),
    "the", "of", "in", "June", "24", "2024", ",", ".", "-", "to", "ago", "Friday", "and", "minister", "met", "31", "\n",
]  # fmt: skip


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Leaders met on Friday.", "2024-06-21"),
        ("Leaders will meet on Friday.", "2024-06-28"),
        ("Leaders agreed to meet on Friday.", "2024-06-28"),
        ("Leaders managed to meet on Friday.", "2024-06-21"),
        ("They are scheduled for talks on Wednesday.", "2024-06-26"),
        ("The firm set that record in June.", "2024-06-01"),
        ("The court ruled in September.", "2023-09-01"),
        ("The court will rule in September.", "2024-09-01"),
        ("He said he would resign on July 5.", "2024-07-05"),
        ("The minister resigned on July 5.", "2023-07-05"),
        ("The minister has resigned on Monday.", "2024-06-24"),
        ("Nurses announced a strike for 12 and 13 July.", "2024-07-12"),
        ("The nurses announced the strike on Friday.", "2024-06-21"),
        ("The premier called elections for 9 August.", "2024-08-09"),
        ("The general announced a truce from 26 June.", "2024-06-26"),
        ("The queen invited both sides to talks on Friday.", "2024-06-28"),
        ("The invitation to talks on Tuesday was refused.", "2024-06-25"),
        ("The union called off the strike on Friday.", "2024-06-21"),
        ("The cabinet planned a vote for Thursday.", "2024-06-27"),
        ("The court set a hearing for 30 June.", "2024-06-30"),
        ("The delegates meet again on Friday.", "2024-06-28"),
        ("All shops are closed on Friday.", "2024-06-28"),
        ("The defeat on Friday leaves the party without a leader.", "2024-06-21"),
        ("Despite Friday's clashes, the pass remains open.", "2024-06-21"),
        ("Friday's election is the first since the coup.", "2024-06-28"),
        ("The port lies idle after Friday's blast.", "2024-06-21"),
        ("Envoys arrived ahead of Friday's summit.", "2024-06-28"),
        ("He fell ill a day before Tuesday's vote.", "2024-06-24"),
        ("Talks were scheduled to begin on Tuesday.", "2024-06-25"),
        ("Talks were due on Saturday.", "2024-06-22"),
        ("These are lessons from a fire on Friday that killed nine.", "2024-06-21"),
        ("The mayor declined to speak on Friday.", "2024-06-21"),
        ("The flight was scheduled to leave on Sunday.", "2024-06-23"),
    ],
)
def test_tense_of_the_governing_verb_decides(parser: SpacyParser, text: str, first: str) -> None:
    analysis = next(iter(parser.analyse([text])))
    report = RESOLVER(Report(Article(id="a", text=text, published="2024-06-24T10:00:00+02:00"), analysis))
    assert [time.first for time in report.times] == [first]


def test_without_publication_day_relative_times_stay_open() -> None:
    (found,) = RESOLVER.find("They met last week.", None)
    assert (found.basis, found.first, found.last) == (None, None, None)
    assert found.reason == "no publication date"


def test_what_is_told_in_the_past_is_not_later_than_publication(parser: SpacyParser) -> None:
    text = "Two days later the king fled."
    analysis = next(iter(parser.analyse([text])))
    (found,) = RESOLVER(Report(Article(id="a", text=text, published="2024-06-24"), analysis)).times
    assert (found.value, found.first, found.reason) == ("XXXX-XX-XX", None, "no date before it in the text")


def test_the_same_moment_by_two_clocks(parser: SpacyParser) -> None:
    (found,) = RESOLVER.find("It struck at 7:15 p.m. local time (1115 GMT) on Friday.", date(2024, 6, 24))
    assert [part.value for part in found.parts] == ["2024-06-21T19:15", "2024-06-21T11:15", "2024-06-21"]


def test_without_publication_day_full_dates_are_known() -> None:
    (found,) = RESOLVER.find("They met on 3 May 2021.", None)
    assert (found.basis, found.first, found.last) == ("stated", "2021-05-03", "2021-05-03")


def test_basis_tells_stated_from_derived() -> None:
    found = RESOLVER.find("In 2019 they met; yesterday they met again.", date(2024, 6, 24))
    assert [f.basis for f in found] == ["stated", "derived"]


def test_impossible_dates_are_left_out() -> None:
    assert RESOLVER.find("Dated 2023-02-30 by mistake.", date(2024, 6, 24)) == []


def test_day_first_custom() -> None:
    found = TimeResolver(KNOWLEDGE, month_first=False).find("Signed 5/3/2024.", None)
    assert [f.value for f in found] == ["2024-03-05"]


def test_unknown_computation_is_named() -> None:
    stage = [msgspec.structs.replace(KNOWLEDGE.stages[0][0], does="conjure")]
    with pytest.raises(CodebookError, match="conjure"):
        TimeResolver(msgspec.structs.replace(KNOWLEDGE, stages=[stage]))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), st.sampled_from([None, date(2024, 2, 29)]))
def test_spans_are_exact_ordered_and_apart(text: str, day: date | None) -> None:
    found = RESOLVER.find(text, day)
    at = 0
    for time in found:
        assert time.text == text[time.span.start : time.span.end] != ""
        assert time.span.start >= at
        at = time.span.end
        if time.first and time.last:
            assert time.first <= time.last
    report = RESOLVER(Report(Article(id="a", text=text), Analysis("none", ())))
    assert len(report.times) == len(RESOLVER.find(text, None, lambda start, end: None))


def found_in(text: str) -> list[tuple[str, str]]:
    return [(time.text, time.value) for time in RESOLVER.find(text, date(2024, 8, 20))]


def test_a_range_in_words_keeps_its_two_ends() -> None:
    (time,) = RESOLVER.find("The dam was built from 1961 to 1968.", date(2024, 6, 24))
    assert (time.value, time.first, time.last) == ("1961/1968", "1961-01-01", "1968-12-31")
    assert [(part.text, part.value) for part in time.parts] == [("1961", "1961"), ("1968", "1968")]


def test_a_clock_and_its_day_with_a_preposition_are_two_parts() -> None:
    (time,) = RESOLVER.find("A shell fell at 7 a.m. on May 3, 2024.", date(2024, 6, 24))
    assert time.value == "2024-05-03T07"
    assert [part.value for part in time.parts] == ["2024-05-03T07", "2024-05-03"]
    (whole,) = RESOLVER.find("A shell fell at 7 a.m. yesterday.", date(2024, 6, 24))
    assert whole.parts == ()


def test_what_is_compared_with_moves_no_later_words() -> None:
    text = "In May 2024 it sold 9 ships, from 8 a year earlier, and 5 planes, from 4 a year earlier."
    assert [value for words, value in found_in(text) if words == "a year earlier"] == ["2023", "2023"]


def test_days_are_not_counted_from_a_decade() -> None:
    assert ("Two days earlier", "2024-08-18") in found_in("Unlike in the 1970s, it pays. Two days earlier it signed.")


def test_hours_are_counted_from_a_clock_time_only() -> None:
    told = "Guards fled at 22:30 on May 3, 2024. Three hours later the hall burned."
    assert found_in(told)[1] == ("Three hours later", "2024-05-04T01:30")
    assert found_in("Guards fled on May 3, 2024. Three hours later it burned.")[1][1] == "2024-05-03TXX"


def test_a_period_is_the_one_the_text_spoke_of() -> None:
    text = "Net rose in the first quarter of 2024. It had lost money in the year-ago period."
    assert found_in(text)[-1] == ("the year-ago period", "2023-Q1")
    assert found_in("He wrote of the period in a letter.") == []
