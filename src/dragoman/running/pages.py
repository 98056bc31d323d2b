"""Pages in, reports out, with the pages that could not be read in their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import msgspec

from dragoman.model import Article, Report
from dragoman.reading.capture import Capture
from dragoman.reading.errors import ReadError
from dragoman.running.bench import Bench, reason_of, reports_of

# Pages read before they are parsed together.
CHUNK = 16
UNFORESEEN = "error"


class Page(msgspec.Struct, frozen=True):
    """One page: its ``name`` as given, and its ``report`` or the ``error`` (one line) with its ``code``.

    ``code`` is a ReadError's, or ``error`` where a step failed.
    """

    name: str
    report: Report | None = None
    code: str | None = None
    error: str | None = None


def read_pages(
    bench: Bench,
    inputs: Iterable[Capture | ReadError],
    change: Callable[[Article], Article] = lambda article: article,
) -> Iterator[Page]:
    """A Page for each of ``inputs``, in order. ``change`` is applied to each article before it is coded."""
    remaining = iter(inputs)
    while chunk := list(islice(remaining, CHUNK)):
        read = [_read(bench, given, change) for given in chunk]
        reports = iter(reports_of(bench, [article for _, article in read if isinstance(article, Article)]))
        for name, got in read:
            yield _failed(name, got) if isinstance(got, Exception) else _page(name, next(reports))


def _read(
    bench: Bench, given: Capture | ReadError, change: Callable[[Article], Article]
) -> tuple[str, Article | Exception]:
    if isinstance(given, ReadError):
        return given.name, given
    try:
        return given.name, change(bench.read_capture(given))
    except Exception as error:
        return given.name, error


def _page(name: str, report: Report | Exception) -> Page:
    return _failed(name, report) if isinstance(report, Exception) else Page(name, report)


def _failed(name: str, error: Exception) -> Page:
    if isinstance(error, ReadError):
        return Page(name, code=error.code, error=str(error))
    return Page(name, code=UNFORESEEN, error=f"{name}: could not be coded: {reason_of(error)}")
