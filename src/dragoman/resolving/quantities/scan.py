"""A text cut into numbers, words and signs, and phrases looked up in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")

# Digits with separators inside (blanks too where they group thousands), a decimal without a zero, letters, a sign.
_PIECE = re.compile(
    r"(?<![\w.])\.\d+"
    r"|(?<![\d.,])\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?(?!\d)"
    r"|(?<![\d.,])(?<!\d )\d{1,3}(?: \d{3}){2,}(?![\d ]*\d)|(?<![\d.,])(?<!\d )\d{2,3} 000(?!\d)"
    r"|\d+(?:\.\d+)?(?:[eE][+-]?\d+|[x\u00d7*]10\^[+-]?\d+|\^[+-]*\d+)(?![\w.])"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+"
    r"|\S"
)


# Signs that join words and numbers: hyphen-minus, hyphen, non-breaking hyphen.
HYPHENS = frozenset("-\u2010\u2011")


class Scan:
    """Pieces of ``text`` in order: offsets, words in lower case."""

    __slots__ = ("ends", "n", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        for found in _PIECE.finditer(text):
            start, end = found.span()
            self.starts.append(start)
            self.ends.append(end)
        self.words = [text[start:end].lower() for start, end in zip(self.starts, self.ends, strict=True)]
        self.n = len(self.words)

    def word(self, i: int) -> str:
        """The piece at ``i`` in lower case; empty outside the text."""
        return self.words[i] if 0 <= i < self.n else ""

    def raw(self, i: int) -> str:
        """The piece at ``i`` as written; empty outside the text."""
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < self.n else ""

    def touches(self, i: int) -> bool:
        """Whether nothing stands between the pieces ``i`` and ``i + 1``."""
        return 0 <= i < self.n - 1 and self.ends[i] == self.starts[i + 1]

    def line_between(self, i: int, j: int) -> bool:
        """Whether a line ends between the pieces ``i`` and ``j``."""
        return "\n" in self.text[self.ends[i] : self.starts[j]]


class Phrases(Generic[T]):
    """Phrases of several pieces, each standing for something; the longest match wins."""

    def __init__(self, entries: Iterable[tuple[str, T]], case: bool = False, backward: bool = False) -> None:
        """``case``: case and blanks count. ``backward``: phrases are found by where they end."""
        self._case = case
        self._backward = backward
        self._by_piece: dict[str, list[tuple[str, tuple[str, ...], T]]] = {}
        for phrase, what in entries:
            scan = Scan(phrase)
            pieces = tuple(scan.raw(i) for i in range(scan.n)) if case else tuple(scan.words)
            self._by_piece.setdefault(pieces[-1 if backward else 0], []).append((phrase, pieces, what))
        for options in self._by_piece.values():
            options.sort(key=lambda option: -len(option[1]))

    def at(self, scan: Scan, i: int) -> tuple[int, T] | None:
        """The longest phrase that starts at piece ``i`` (ends there, if ``backward``).

        Gives the piece after the phrase (its first piece, if ``backward``) and what it stands for.
        """
        if not 0 <= i < scan.n:
            return None
        options = self._by_piece.get(scan.raw(i) if self._case else scan.words[i])
        if options is None:
            return None
        for phrase, pieces, what in options:
            first = i - len(pieces) + 1 if self._backward else i
            last = first + len(pieces)
            if first < 0 or last > scan.n:
                continue
            if self._case:
                same = scan.text[scan.starts[first] : scan.ends[last - 1]] == phrase
            else:
                same = len(pieces) == 1 or (
                    tuple(scan.words[first:last]) == pieces
                    and (" " in phrase or scan.ends[last - 1] - scan.starts[first] == len(phrase))
                )
            if same:
                return (first if self._backward else last), what
        return None
