"""A line of JSONL -> Article: texts that somebody else has taken from their pages."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from dragoman.codebook.pages import PageKnowledge
from dragoman.model import Article
from dragoman.reading.credits import wires
from dragoman.reading.dates import dateline_day, iso, stamps
from dragoman.reading.errors import ReadError
from dragoman.reading.identity import article_id
from dragoman.reading.read import checked_language


class _Line(msgspec.Struct, frozen=True):
    """The fields that are read; all others are ignored."""

    text: str
    id: str | int | None = None
    title: str | None = None
    dek: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: Any = None
    updated: str | None = None


_PARTIAL = re.compile(r"\d{4}(?:-\d\d)?")
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
_decoder = msgspec.json.Decoder(_Line)


def article_of_line(line: bytes | str, number: int, knowledge: PageKnowledge) -> tuple[str, Article]:
    """The line's ``id`` (its ``number``, from 1, where it has none) and its article.

    The line is a JSON object: {"text"} and optionally id, title, dek, date (ISO 8601, or as pages print it),
    publisher, url, authors, updated. ``Article.text`` is the line's text untouched, so that offsets hold in the
    caller's own text; a title and dek that it does not begin with are kept beside it and not coded.
    Raises ReadError ``bad-line`` naming the line, or ``language`` (with the article).
    """
    where = f"line {number}"
    try:
        given = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ReadError("bad-line", f"{where}: {_reason(error)}; a line is an object like "
                        '{"id": "1", "text": "..."}', where) from error  # fmt: skip
    if not given.text.strip():
        raise ReadError("bad-line", f'{where}: "text" is empty; leave the line out or give the text', where)
    start = _body_start(given)
    published, basis = _date(given.date, "date", where, knowledge), "line"
    if not published:
        published, basis = dateline_day(given.text[start:].splitlines(), knowledge), "dateline"
    article = Article(
        id=article_id(given.url, given.publisher, given.title, published, given.text),
        text=given.text,
        url=given.url,
        publisher=given.publisher or None,
        title=given.title or None,
        dek=given.dek or None,
        authors=tuple(_names(given.authors)),
        published=published,
        published_basis=basis if published else None,
        updated=_date(given.updated, "updated", where, knowledge),
        credits=wires(given.text, knowledge),
        body_start=start,
    )
    name = str(number) if given.id is None else str(given.id)
    return name, checked_language(article, knowledge, where)


def _reason(error: Exception) -> str:
    message = str(error)
    return f"not JSON ({message})" if type(error) is not msgspec.ValidationError else message


def _body_start(given: _Line) -> int:
    """Where the body starts: after the title and dek, where the text begins with them."""
    at = 0
    for part in (given.title, given.dek):
        part = (part or "").strip()
        start = _skip(given.text, at)
        end = start + len(part)
        if part and given.text.startswith(part, start) and not given.text[end : end + 1].isalnum():
            at = end
    return _skip(given.text, at) if at else 0


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _names(given: Any) -> list[str]:
    """Names in a text, an object with a name, or a list of these; corpora differ, and a name is never worth a line."""
    if isinstance(given, list):
        return [name for part in given for name in _names(part)]
    if isinstance(given, dict):
        given = given.get("name")
    return [given.strip()] if isinstance(given, str) and given.strip() else []


def _date(value: str | None, field: str, where: str, knowledge: PageKnowledge) -> str | None:
    """``value`` as ISO 8601; null where it gives no day (a year or a month only)."""
    if not value or not value.strip() or _PARTIAL.fullmatch(value.strip()):
        return None
    found = iso(_COMPACT.sub(r"\1-\2-\3", value.strip()))
    if found:
        return found
    printed = stamps(value, knowledge)
    if printed:
        return printed[0].value
    raise ReadError("bad-line", f'{where}: "{field}" {value[:40]!r} is no date; write it as 2024-06-24', where)
