"""Where quoted words begin and end."""

from __future__ import annotations

import pytest

from dragoman.coding.quotes import Quotes, is_sentence
from dragoman.model import Span


def quoted(text: str) -> list[str]:
    return [quote.span.of(text) for quote in Quotes(text).items]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"Yes," she said, "but not now."', ['"Yes,"', '"but not now."']),
        ("''Yes,'' she said.", ["''Yes,''"]),
        ("``Yes,'' she said.", ["``Yes,''"]),
        ("“He told me ‘never again’ twice,” she said.", ["“He told me ‘never again’ twice,”"]),
        ("The boat is 6' long and the crew's tired.", []),
        ("'The road is closed,' the driver said.", ["'The road is closed,'"]),
        ("«Niet», zei hij.", ["«Niet»"]),
        ("He called the toll a “swindle“ and left.", ["“swindle“"]),
    ],
)
def test_marks(text: str, found: list[str]) -> None:
    assert quoted(text) == found


def test_a_mark_that_nothing_closes_quotes_to_the_end_of_its_paragraph() -> None:
    text = "“We waited all night.\n\n“Nobody came,” she said."
    first, second = Quotes(text).items
    assert (first.span.of(text), first.open_end) == ("“We waited all night.", True)
    assert (second.span.of(text), second.open_end, second.paragraph) == ("“Nobody came,”", False, 1)


def test_looking_up() -> None:
    text = '"One two," he said. "Three four."'
    quotes = Quotes(text)
    one, three = quotes.items
    assert quotes.at(0) == quotes.at(3) == one and quotes.at(one.span.end) is None
    assert quotes.next_from(1) == three and quotes.next_from(three.span.start + 1) is None
    assert quotes.before(three) == one and quotes.before(one) is None
    assert quotes.within(Span(0, len(text))) == [one, three] and quotes.within(Span(11, 14)) == []


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ('"The bread was baked at dawn."', True),
        ('"The bread was baked at dawn,"', True),
        ('"[The bread] was baked at dawn."', True),
        ('"baked at dawn by two monks."', False),
        ('"Morning Show"', False),
        ('"The Long and Winding Road Home"', False),
        ('"Never."', False),
    ],
)
def test_sentences(text: str, is_one: bool) -> None:
    (quote,) = Quotes(text).items
    assert is_sentence(quote, text) is is_one


def test_words_without_marks() -> None:
    text = "‘“Well, no,”’"
    (quote,) = Quotes(text).items
    assert (quote.words(text), quote.first(text), quote.last(text)) == ("Well, no,", "W", ",")
