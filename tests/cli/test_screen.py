"""What reaches the terminal: marks where the spans are, and nothing of the page that commands it."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace
from rich.console import Console

from dragoman.cli import screen, words
from dragoman.model import Article, Factuality, Gap, Quantity, Time
from storing.making import TEXT, party, record


def test_pages_cannot_steer_the_terminal() -> None:
    nasty = "a\x1b[31mred\x07\u202eturned [bold]b[/bold]\r\nend"
    out = io.StringIO()
    Console(file=out, force_terminal=True, color_system="truecolor").print(screen.styled(nasty))
    assert out.getvalue() == "a [31mred  turned [bold]b[/bold] \nend\n"


def test_marks_are_at_the_spans() -> None:
    one = record(actors=(party("Mali's president"),))
    start = TEXT.index("Mali's")
    placed = party("Mali's president").__class__("Mali's president", start, start + 16)
    shown = screen.in_its_place(Article(id="a", text=TEXT), record(actors=(placed,)))
    assert shown.plain == TEXT.split("\n\n")[1]
    marked = {(shown.plain[span.start : span.end], span.style) for span in shown.spans}
    assert ("Mali's president", "bold cyan") in marked
    assert (one.evidence.quote, "underline") in marked


@pytest.mark.parametrize(
    ("span", "lines"),
    # the line end at 3 belongs to the line before it
    [((0, 1), "one"), ((3, 4), "one"), ((4, 7), "two"), ((2, 5), "one\ntwo"), ((8, 13), "three")],
)
def test_paragraphs_around(span: tuple[int, int], lines: str) -> None:
    text = "one\ntwo\nthree"
    start, end = screen.paragraphs_around(text, *span)
    assert text[start:end] == lines


@pytest.mark.parametrize(
    ("factuality", "shown"),
    [
        (Factuality(), "happened"),
        (Factuality(polarity="negative"), "did not happen"),
        (Factuality(modality="possible", realis="planned"), "possibly planned"),
        (Factuality(realis="hypothetical", words=("if", "if")), "hypothetical (“if”)"),
        (Factuality(polarity="negative", modality="unknown"), "did not happen, certainty not stated"),
    ],
)
def test_status(factuality: Factuality, shown: str) -> None:
    assert words.status_and_words(factuality) == shown


def test_a_list_of_records_names_only_slots_that_a_fact_usually_has() -> None:
    gaps = tuple(Gap(slot, "why") for slot in ("time", "place", "quantities", "obligation", "actors"))
    assert words.empty(replace(record(actors=(party("A"),)), time=None, place=None, gaps=gaps)) == ["time", "place"]


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2024-05-03", "2024-05-03", "2024-05-03"),
        ("2024-05-01", "2024-05-31", "2024-05-01 to 2024-05-31"),
        ("2024-05-01", None, "from 2024-05-01"),
        (None, "2024-05-01", "until 2024-05-01"),
        (None, None, ""),
    ],
)
def test_day(start: str | None, end: str | None, shown: str) -> None:
    assert words.day(Time("x", start, end, "day", "stated")) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-02-01", "2024-02-28", "2024-02-01 to 2024-02-28"),
        ("2023-12-01", "2024-12-31", "2023-12-01 to 2024-12-31"),
        ("9999-12-01", None, "from 9999-12-01"),
    ],
)
def test_whole_months_and_years_in_a_table(start: str, end: str | None, shown: str) -> None:
    assert words.span(Time("x", start, end, "month", "stated")) == shown


def test_one_name_with_several_codes_is_shown_once() -> None:
    both = (party("both armies", code="UZB", sector="MIL"), party("both armies", code="TKM", sector="MIL"))
    assert words.parties((*both, party("Oman"))) == "both armies [UZB MIL, TKM MIL], Oman"
    assert words.names(both) == "both armies"


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        (Quantity("two", 0, 3, 2.0), "2 (“two”)"),
        (Quantity("x", 0, 1, 20000.0, modifier="at-least", unit="USD"), "at least 20,000 USD (“x”)"),
        (Quantity("x", 0, 1, None, 1.5, 2.0, unit="km"), "1.5 to 2 km (“x”)"),
        (Quantity("hundreds", 0, 8, None, item="men"), "“hundreds”: men"),
        (Quantity("x", 0, 1, 1.0, from_=party("A"), to=party("B", code="BRA")), "1, from A, to B [BRA] (“x”)"),
    ],
)
def test_quantity(quantity: Quantity, shown: str) -> None:
    assert words.quantity(quantity) == shown
