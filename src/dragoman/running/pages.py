"""Pages in, reports out, with the pages that could not be read in their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import msgspec
from msgspec.structs import replace

from dragoman.model import Article, Report
from dragoman.reading.capture import Capture
from dragoman.reading.errors import ReadError
from dragoman.running.bench import Bench, MakeBench, reason_of, reports_of
from dragoman.running.coding import slim
from dragoman.running.output import article_json, at_least, json_of
from dragoman.running.workers import runner_for

# Pages that a process reads and parses together.
CHUNK = 8
FAILED = "error"
CRASHED = "crash"


class Page(msgspec.Struct, frozen=True):
    """One page: its ``name`` as given, and its ``report`` (article and records only), or the ``error`` (one line) with
    its ``code``: a ReadError's, ``error`` where a step failed, or ``crash``.

    ``json`` is the page as JSON, an object in UTF-8, where that was asked for, and also where it was read but is in a
    language without rules; ``version`` the codebook's.
    """

    name: str
    report: Report | None = None
    code: str | None = None
    error: str | None = None
    json: bytes | None = None
    version: str = ""


class CodePages(msgspec.Struct, frozen=True):
    """Codes pages. ``json`` and ``layers`` say what to print; ``date`` and ``publisher`` replace what the page says.

    Only records of ``confidence`` and more are printed; a Page's report has them all.
    """

    json: bool = False
    layers: bool = False
    date: str | None = None
    publisher: str | None = None
    confidence: float = 0.0

    def do(self, bench: Bench, items: list[Capture | Page]) -> list[Page]:
        """A Page for each capture, in order; failed ones are passed on."""
        read = [item if isinstance(item, Page) else self._read(bench, item) for item in items]
        reports = iter(reports_of(bench, [got[1] for got in read if not isinstance(got, Page)]))
        return [got if isinstance(got, Page) else self._page(bench, got[0], next(reports)) for got in read]

    def crashed(self, item: Capture | Page, code: int | None) -> Page:
        """For a page that ended its process."""
        return Page(item.name, code=CRASHED, error=f"{item.name}: ended its process (exit code {code}): look at it")

    def _read(self, bench: Bench, capture: Capture) -> tuple[str, Article] | Page:
        try:
            article = bench.read_capture(capture)
        except ReadError as error:
            return replace(failed(capture.name, error), json=self._unfit(error))
        except Exception as error:
            return failed(capture.name, error)
        if self.date:
            article = replace(article, published=self.date, published_basis="argument")
        if self.publisher:
            article = replace(article, publisher=self.publisher)
        return capture.name, article

    def _unfit(self, error: ReadError) -> bytes | None:
        """A page that was read and cannot be coded is printed all the same: without records."""
        if not (self.json and error.article):
            return None
        return msgspec.json.encode({"article": article_json(error.article), "records": []})

    def _page(self, bench: Bench, name: str, report: Report | Exception) -> Page:
        if isinstance(report, Exception):
            return failed(name, report)
        try:
            json = self._json(bench, report) if self.json else None
        except Exception as error:
            return failed(name, error)
        return Page(name, slim(report), json=json, version=bench.version)

    def _json(self, bench: Bench, report: Report) -> bytes:
        shown = at_least(report, self.confidence)
        return msgspec.json.encode(json_of(shown, bench.layers_of(report) if self.layers else None))


def failed(name: str, error: Exception) -> Page:
    """The page that ``error`` was raised for."""
    if isinstance(error, ReadError):
        return Page(name, code=error.code, error=str(error))
    return Page(name, code=FAILED, error=f"{name}: could not be coded: {reason_of(error)}")


def read_pages(
    inputs: Iterable[Capture | ReadError], *, work: CodePages, jobs: int, make_bench: MakeBench
) -> Iterator[Page]:
    """A Page for each of ``inputs``, in order. ``jobs`` processes, 0 for one a core; few pages need one only.

    Memory does not grow with their number. Raises what ``make_bench`` raises, and WorkerError.
    """
    chunks = _chunks(inputs)
    first = next(chunks, [])
    if all(isinstance(item, Page) for item in first) and len(first) < CHUNK:
        # Nothing to parse: no need to load a parser to say so.
        yield from (item for item in first if isinstance(item, Page))
        return
    runner, rest = runner_for(make_bench, work, chain([first], chunks), jobs, CHUNK)
    try:
        for pages in runner.in_order(rest):
            yield from pages
    finally:
        runner.close()


def _chunks(inputs: Iterable[Capture | ReadError]) -> Iterator[list[Capture | Page]]:
    remaining = iter(inputs)
    while chunk := list(islice(remaining, CHUNK)):
        # An error does not pickle, what it says does.
        yield [failed(item.name, item) if isinstance(item, ReadError) else item for item in chunk]
