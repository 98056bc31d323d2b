"""Quotation marks: where quoted words begin and end, across sentences and paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from dragoman.model import Span

# Typography, not language: pairs of marks that open and close.
_CLOSERS = {"“": "”", "”": "”", "«": "»", "„": "”“", "\u2018": "\u2019", '"': '"', "''": "''", "``": "''", "'": "'"}
# Marks of another kind that close a quotation by a slip of the typist: a straight one, a curly one, an opening one.
_STOPS = frozenset(".,!?")
_AFTER = frozenset(" \xa0\n.,;:!?)")
_SLIPS = frozenset({("“", '"'), ('"', "”"), ("“", "“")})
_MARKS = re.compile("''|``|[“”«»„\u2018\u2019\"]")
_ALL_MARKS = re.compile("[\u2018\u2019']")
_DOUBLE = re.compile("''|``|[“”«„\"]")
# A straight single mark may be an apostrophe: it quotes where it closes behind a stop, or behind a letter that is no
# plural's, before any other mark.
_SINGLE = re.compile(r"'(?=\w)[^\n\"“”]{8,400}?(?:[.,!?]|[a-rt-z])'(?!\w)")
_LINE = re.compile(r"[^\n]+")
# A quotation that no mark closes is believed only so far (characters): the mark may be a slip.
_LONGEST_OPEN = 3000

# What stands around quoted words, what a sentence in marks ends with, and how many words make one that is no title.
_OPENING, _CLOSING = " \xa0\"'`“‘«„[(.…", " \xa0\"'”’»"
_ENDS = frozenset(".!?,…—-")
_FEWEST_OF_SENTENCE = 5


class Quote(NamedTuple):
    """Quoted words with their marks. ``open_end``: the paragraph ends first, so the next one may go on."""

    span: Span
    open_end: bool
    paragraph: int

    def words(self, text: str) -> str:
        """The words without marks, blanks and dots at either end but for a stop at the last."""
        return self.span.of(text).lstrip(_OPENING).rstrip(_CLOSING)

    def opening(self, text: str) -> int:
        """Offset of the first character that is no mark."""
        return self.span.end - len(self.span.of(text).lstrip(_OPENING))

    def first(self, text: str) -> str:
        """The first character that is no mark."""
        return self.words(text)[:1]

    def last(self, text: str) -> str:
        """The last character that is no mark of quotation."""
        return self.words(text)[-1:]


def is_sentence(quote: Quote, text: str) -> bool:
    """Whether a quotation is a sentence by its looks: a capital first, a stop last, and more words than titles have."""
    words = quote.words(text)
    return words[:1].isupper() and words[-1:] in _ENDS and len(words.split()) >= _FEWEST_OF_SENTENCE


class Quotes:
    """All outermost quotations of a text, in order."""

    def __init__(self, text: str) -> None:
        """Scan ``text``; a mark that nothing closes quotes up to the paragraph's end."""
        self.items: list[Quote] = []
        self.paragraphs = [(match.start(), match.end()) for match in _LINE.finditer(text)]
        # Straight single marks quote only in a text that has no other marks to quote with.
        marks = _MARKS if _DOUBLE.search(text) else _ALL_MARKS
        for number, (start, end) in enumerate(self.paragraphs):
            self.items.extend(_paragraph(text, start, end, number, marks))
        self._starts = [quote.span.start for quote in self.items]
        self._lines = [start for start, _ in self.paragraphs]

    def at(self, offset: int) -> Quote | None:
        """The quotation that holds the character at ``offset``."""
        place = bisect_right(self._starts, offset) - 1
        return self.items[place] if place >= 0 and offset < self.items[place].span.end else None

    def within(self, span: Span) -> list[Quote]:
        """Quotations that share a character with ``span``."""
        place = max(bisect_right(self._starts, span.start) - 1, 0)
        found = []
        for quote in self.items[place:]:
            if quote.span.start >= span.end:
                break
            if quote.span.end > span.start:
                found.append(quote)
        return found

    def next_from(self, offset: int) -> Quote | None:
        """The first quotation that begins at ``offset`` or after it."""
        place = bisect_right(self._starts, offset - 1)
        return self.items[place] if place < len(self.items) else None

    def before(self, quote: Quote) -> Quote | None:
        """The quotation before ``quote``."""
        place = bisect_right(self._starts, quote.span.start) - 2
        return self.items[place] if place >= 0 else None

    def paragraph_of(self, offset: int) -> int:
        """Number of the paragraph (non-empty line) that holds ``offset``."""
        return max(bisect_right(self._lines, offset) - 1, 0)


def _paragraph(text: str, start: int, end: int, number: int, marks: re.Pattern[str]) -> list[Quote]:
    found: list[Quote] = []
    opened: tuple[int, str] | None = None
    for match in marks.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if opened is None:
            if mark in _CLOSERS and _can_open(text, at, mark, start):
                opened = (at, mark)
        elif (mark in _CLOSERS[opened[1]] and _can_close(text, match.end(), mark)) or _slips(text, opened, match, end):
            found.append(Quote(Span(opened[0], match.end()), False, number))
            opened = None
    if opened and opened[1] not in "\u2018'" and end - opened[0] <= _LONGEST_OPEN:
        found.append(Quote(Span(opened[0], end), True, number))
    return found


def _slips(text: str, opened: tuple[int, str], match: re.Match[str], end: int) -> bool:
    """Whether the mark closes though it is of another kind ("“We won," he said"): it stands behind a word or a stop,
    no letter follows, and the proper mark does not come before the next quotation opens, or it is the first of its kind
    and stands behind a stop."""
    mark, after = match.group(), match.end()
    if (opened[1], mark) not in _SLIPS or text[match.start() - 1].isspace() or text[after : after + 1].isalnum():
        return False
    if mark == "“":
        return text[after : after + 1] in _AFTER
    if mark == "”":
        return "“" not in text[opened[0] : match.start()]
    if text[match.start() - 1] in _STOPS and '"' not in text[opened[0] : match.start()]:
        return True
    closer, opener = text.find("”", after, end), text.find("“", after, end)
    return closer < 0 or 0 <= opener < closer


def _can_open(text: str, at: int, mark: str, start: int) -> bool:
    """An opening mark stands before a word and not after one (inches, apostrophes and closing marks do not)."""
    before = text[at - 1] if at > start else " "
    after = text[at + len(mark)] if at + len(mark) < len(text) else " "
    if mark == "'":
        return not before.isalnum() and before not in "'\u2019" and _SINGLE.match(text, at) is not None
    if mark == "”":  # a closing mark where only an opening one can stand
        return at == start and after.isalnum()
    return not before.isalnum() and (mark in "“„«" or not after.isspace())


def _can_close(text: str, end: int, mark: str) -> bool:
    """A closing single mark is no apostrophe: no letter follows it."""
    return mark not in "\u2019'" or not (end < len(text) and text[end].isalnum())
