"""Names in the form in which they are compared, and the index that finds the longest of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

_PIECE = re.compile(r"[^\s\-\u2013\u2014,]+|,")
_LETTERS = str.maketrans(
    {"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00df": "ss", "\u00e6": "ae", "\u0131": "i", "\u2019": "'",
     "\u02bb": "'", "\u02bc": "'"}
)


class Gazetteer(Generic[T]):
    """Longest match over folded pieces of words: a dict from the first piece to what can follow."""

    def __init__(self, rows: Iterable[tuple[str, T]] = ()) -> None:
        """Index ``rows`` of surface and value; a surface may stand several times. ``begins``: all first words."""
        self.begins: dict[str, dict[tuple[str, ...], list[tuple[str, T]]]] = {}
        self._lengths: dict[str, list[int]] = {}
        for surface, value in rows:
            whole = pieces(surface)
            if whole:
                self.begins.setdefault(whole[0], {}).setdefault(whole, []).append((surface, value))
        for first, below in self.begins.items():
            self._lengths[first] = sorted({len(key) for key in below}, reverse=True)

    def __contains__(self, word: str) -> bool:
        """Whether a surface begins with the folded ``word``."""
        return word in self.begins

    def at(self, words: tuple[str, ...], start: int) -> Iterator[tuple[int, list[tuple[str, T]]]]:
        """Matches that begin at ``start``, longest first: the position after the match, surfaces and values."""
        below = self.begins.get(words[start])
        if below is None:
            return
        for length in self._lengths[words[start]]:
            found = below.get(words[start : start + length]) if start + length <= len(words) else None
            if found and start + length <= len(words):
                yield start + length, found


def fold(text: str) -> str:
    """Lower case without accents, apostrophes and dots: the form in which names are compared."""
    low = text.lower()
    if not low.isascii():
        low = unicodedata.normalize("NFKD", low.translate(_LETTERS))
        low = "".join(c for c in low if not unicodedata.combining(c))
    return low if low.isalnum() else low.replace(".", "").replace("'", "")


def pieces(surface: str) -> tuple[str, ...]:
    """The folded words of a name; hyphens divide, a genitive 's is a word of its own."""
    found: list[str] = []
    for word in _PIECE.findall(surface):
        low = word.lower().replace("\u2019", "'")
        if low.endswith("'s") and len(low) > 2:
            found += [fold(word[:-2]), "s"]
        else:
            folded = fold(word)
            if folded:
                found.append(folded)
    return tuple(found)


def short_names(name: str, family_first: frozenset[str]) -> tuple[str, ...]:
    """The folded family name by which a person is called after the first mention."""
    whole = pieces(name)
    if len(whole) > 1 and whole[0] in family_first:
        return (whole[0],)
    return whole[-1:]


def slug(text: str) -> str:
    """A stable identifier of a name: folded words joined by hyphens."""
    return "-".join(pieces(text))
