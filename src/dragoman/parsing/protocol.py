"""What a parser must give: articles in, analyses out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from dragoman.model import Analysis


class ParserError(Exception):
    """The parser cannot be loaded; the message says what to install."""


class Parser(Protocol):
    """Turns texts into sentences, tokens and dependency trees."""

    @property
    def name(self) -> str:
        """Name and version, as kept in ids and records."""
        ...

    def analyse(self, texts: Iterable[str]) -> Iterator[Analysis]:
        """One Analysis a text, in order. Streams: holds no more than a batch. Offsets point into the text."""
        ...
