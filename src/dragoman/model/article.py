"""The article: one text as published, cleaned, with what the page says of itself."""

from __future__ import annotations

from datetime import date

import msgspec


class Image(msgspec.Struct, frozen=True):
    """A picture's words: ``caption`` under it, ``credit`` of its maker."""

    caption: str | None = None
    credit: str | None = None


class Article(msgspec.Struct, frozen=True):
    """One article.

    ``text`` is title, dek and body in page order, one paragraph a line, a blank line between; for a JSONL line
    it is the text given, untouched. It never changes, so every span stays valid.
    ``published`` and ``updated`` are ISO 8601, with the offset where the page states one; ``published_basis`` says
    where the date was found (``page``, ``metadata``, ``line``, ``argument``; ``updated`` where the page states only
    when it was updated) and is null where there is none.
    ``credits`` names wires ("Reuters"), ``language`` is ISO 639-1.
    ``body_start`` is the offset in ``text`` at which the body begins, after title and dek.
    """

    id: str
    text: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    dek: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_basis: str | None = None
    updated: str | None = None
    views: int | None = None
    credits: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    language: str | None = None
    body_start: int = 0

    @property
    def day(self) -> date | None:
        """The day of publication, as the page's own calendar has it; null where the date is not known."""
        return date.fromisoformat(self.published[:10]) if self.published else None
