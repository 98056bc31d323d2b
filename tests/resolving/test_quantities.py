"""Figures: the codebook's examples, conventions that they do not show, properties of spans."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman.codebook
from dragoman.codebook.quantities import Counts, Example, load_quantities
from dragoman.codebook.yamlfile import CodebookError, parse_yaml
from dragoman.model import Article, QuantityFinding, Report, Span, TimeFinding
from dragoman.parsing import SpacyParser
from dragoman.resolving.quantities import QuantityResolver, layer_rows

FOLDER = Path(dragoman.codebook.__file__).parent / "data" / "en"
KNOWLEDGE = load_quantities(FOLDER)
RESOLVER = QuantityResolver(KNOWLEDGE)
SLOTS = ("value", "low", "high", "modifier", "unit", "item")

Resolve = Callable[..., tuple[QuantityFinding, ...]]


@pytest.fixture
def resolve(parser: SpacyParser) -> Resolve:
    def of(text: str, times: tuple[TimeFinding, ...] = ()) -> tuple[QuantityFinding, ...]:
        (analysis,) = parser.analyse([text])
        return RESOLVER(Report(Article("a", text), analysis, times=times)).quantities

    return of


def same(have: object, want: object) -> bool:
    if isinstance(have, float) and isinstance(want, float):
        return math.isclose(have, want, rel_tol=1e-9)
    return have == want


@pytest.mark.parametrize("example", KNOWLEDGE.examples, ids=lambda example: example.text[:60])
def test_example(resolve: Resolve, example: Example) -> None:
    found = resolve(example.text)
    assert [finding.text for finding in found] == [figure.text for figure in example.gives]
    for finding, figure in zip(found, example.gives, strict=True):
        for slot in SLOTS:
            assert same(getattr(finding, slot), getattr(figure, slot)), f"{slot} of {finding}"
        assert finding.span.of(example.text) == finding.text
        assert finding.number_span is not None and finding.span.covers(finding.number_span)
        assert (finding.item is None) == (finding.item_span is None)
        if finding.item_span is not None:
            assert finding.item_span.of(example.text) == finding.item


@pytest.mark.parametrize("example", KNOWLEDGE.outcomes.examples, ids=lambda example: example.text[:60])
def test_what_became_of_them(resolve: Resolve, example: Counts) -> None:
    assert [finding.counted or "" for finding in resolve(example.text)] == example.counts


def test_enough_examples_and_near_misses() -> None:
    assert len(KNOWLEDGE.examples) >= 120
    assert sum(not example.gives for example in KNOWLEDGE.examples) >= 15


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.5k", 2500), ("5,000,000", 5e6), ("12,34,567.89", 1234567.89), ("1.234,5", 1234.5), ("forty-one", 41),
        ("two thousand and six", 2006), ("three hundred and four thousand", 304000), ("1.1 million", 1.1e6),
        ("a hundred", 100), ("one and a quarter", 1.25), ("2 3/4", 2.75), ("⅓", 1 / 3), ("five sixths", 5 / 6),
        ("minus seven", -7), ("-0.5", -0.5), (".75", 0.75), ("half a dozen", 6), ("3 lakh", 300000),
        ("seven point two five", 7.25), ("2e3", 2000), ("a quarter million", 250000), ("six million and a half", 6.5e6),
    ],
)  # fmt: skip
def test_number(text: str, value: float) -> None:
    (finding,) = RESOLVER.find(text)
    assert finding.text == text
    assert finding.value == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "no one", "zk-99", "the 4th", "777F", "5G", "http://a.example/?q=30", "12.34.56.78", "v2.1.3", "2019-04-05",
        "Su-25", "a one-off", "the third attempt", "from 1994 to 1997", "on Feb. 3",
    ],
)  # fmt: skip
def test_no_number(text: str) -> None:
    assert RESOLVER.find(text) == []


def test_times_own_their_figures(resolve: Resolve) -> None:
    text = "In 2023, 40 officers left after 3 years."
    times = tuple(TimeFinding(Span(*at), text[at[0] : at[1]], "DATE", "x") for at in [(3, 7), (32, 39)])
    assert [finding.text for finding in resolve(text, times)] == ["40"]


def test_a_time_is_not_what_is_counted(resolve: Resolve) -> None:
    text = "The firm booked a loss of $5 billion in April."
    (finding,) = resolve(text, (TimeFinding(Span(40, 45), "April", "DATE", "2024-04"),))
    assert (finding.text, finding.item) == ("$5 billion", None)


def test_a_time_inside_a_number_does_not_cut_it(resolve: Resolve) -> None:
    text = "It sold a quarter million cars."
    (finding,) = resolve(text, (TimeFinding(Span(8, 17), "a quarter", "DURATION", "P3M"),))
    assert (finding.value, finding.item) == (250000, "cars")


def test_an_age_stays_though_a_time_covers_it(resolve: Resolve) -> None:
    text = "The girl is seven years old."
    (finding,) = resolve(text, (TimeFinding(Span(12, 23), "seven years", "DURATION", "P7Y"),))
    assert (finding.text, finding.value, finding.unit) == ("seven years old", 7, "year")


def test_modifier_is_outside_the_number_span() -> None:
    (finding,) = RESOLVER.find("They paid more than $20 million.")
    assert finding.text == "more than $20 million"
    assert finding.number_span == Span(20, 31)


def test_layer_has_plain_spans_and_english_units() -> None:
    rows = layer_rows(RESOLVER.find("about 30 km and up to $5 and 7%"), KNOWLEDGE)
    assert [row["text"] for row in rows] == ["30 km", "$5", "7%"]
    assert [row["unit"] for row in rows] == ["Kilometer", "United States dollar", "%"]
    assert [(row["start"], row["end"]) for row in rows] == [(6, 11), (22, 24), (29, 31)]


def test_figures_do_not_cross_lines() -> None:
    assert [finding.text for finding in RESOLVER.find("Toll rises to 40\n\nMillion march in Lima")] == ["40"]


PIECES = """a and half million dozen 5 1,200 2.5 - \u2013 to between % $ US$ dollars km one two thirds of people ( ) . ,
or more about at least minus hundreds thousands point 3m the over 2019 years old 1/2 \u00bd twenty 12:30 in percent"""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*PIECES.split(), "\n"]), max_size=14).map(" ".join))
def test_spans_hold_their_words_in_order(text: str) -> None:
    end = 0
    for finding in RESOLVER.find(text):
        assert finding.span.of(text) == finding.text
        assert finding.number_span is not None and finding.span.covers(finding.number_span)
        assert end <= finding.span.start < finding.span.end
        end = finding.span.end
        if finding.low is not None and finding.high is not None:
            assert finding.low <= finding.high


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert all(finding.span.of(text) == finding.text for finding in RESOLVER.find(text))


@given(st.integers(min_value=10, max_value=10**12))
def test_grouped_digits_are_read_back(number: int) -> None:
    (finding,) = RESOLVER.find(f"{number:,} people")
    assert finding.value == number


def test_units_are_known_to_pint() -> None:
    pint = pytest.importorskip("pint")
    registry = pint.UnitRegistry()
    for unit in KNOWLEDGE.units:
        if unit.pint is not None:
            assert registry.parse_units(unit.pint) is not None, unit.unit


def test_currencies_are_known_to_iso_4217() -> None:
    codes = [currency.code for currency in KNOWLEDGE.currencies if currency.code.isupper()]
    assert all(len(code) == 3 for code in codes)
    assert {"USD", "EUR", "GBP", "ILS", "KRW", "KPW", "RUB", "CNY", "JPY"} <= set(codes)


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(CodebookError, match="unknown field `nmae`"):
        parse_yaml("- {text: x, gives: [], nmae: y}", "examples.yml", list[Example])
