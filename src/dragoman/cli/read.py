"""dragoman read: pages to records."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from dragoman.cli import exits, options
from dragoman.cli.bars import Show, bar
from dragoman.cli.failures import Stop, code_of_read, say

if TYPE_CHECKING:
    from dragoman.running.pages import Page
    from dragoman.storing.ledger import Kept, Ledger

Printer = Callable[["Page"], None]
"""Prints a page that was read."""


def read(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Pages (HTML or text, also gzipped), folders of them, - for stdin."),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON: an object for one page, a line a page for a folder or several.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="OUT", help="Write there instead of to the screen.")
    ] = None,
    db: options.Database = None,
    no_db: Annotated[bool, typer.Option("--no-db", help="Keep nothing in the ledger.")] = False,
    layers: Annotated[bool, typer.Option("--layers", help="With --json: add every finding before assembly.")] = False,
    date: Annotated[
        str | None,
        typer.Option(metavar="DATE", callback=options.moment, help="When it was published, whatever the page says."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who published it, whatever the page says.")
    ] = None,
    min_confidence: options.MinConfidence = 0.0,
    jobs: options.Jobs = 0,
    parser: options.Parser = None,
    rules: options.Rules = None,
    actors: options.Actors = None,
) -> None:
    """Read pages: print who did or said what to whom, when, where, according to whom.

    The records are kept in the ledger, of every confidence, where dragoman records finds them again.
    """
    if layers and not as_json:
        raise Stop(exits.USAGE, "--layers is printed as JSON only: add --json")
    with ExitStack() as stack:
        file = stack.enter_context(_created(out)) if out else sys.stdout
        ledger = None if no_db else stack.enter_context(_opened(options.ledger_path(db)))

        from dragoman.reading.capture import captures
        from dragoman.running.opening import open_bench
        from dragoman.running.pages import CodePages, read_pages

        pages = read_pages(
            captures(inputs),
            work=CodePages(as_json, layers, date, publisher, min_confidence),
            jobs=jobs,
            make_bench=partial(open_bench, parser, tuple(rules or ()), tuple(actors or ())),
        )
        begin = list(islice(pages, 2))
        single = len(begin) == 1 and len(inputs) == 1 and not Path(inputs[0]).is_dir()
        printer = _json_printer(file, single) if as_json else _screen_printer(file if out else None, min_confidence)
        # A bar and records on the same screen would disturb each other.
        show = stack.enter_context(bar("reading", wanted=not single and (out is not None or not sys.stdout.isatty())))
        tell = sys.stderr if as_json or out else sys.stdout
        code = _print_all(_counted(chain(begin, pages), show), printer, ledger, tell)
    if code != exits.OK:
        raise Stop(code)


def _nothing(unsure: int, confidence: float) -> str:
    if unsure:
        return f"{_many(unsure, 'record')}, none with a confidence of {confidence:g} or more."
    return "No rule of the codebook found an event or statement here."


def _created(out: Path) -> IO[str]:
    try:
        return out.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise Stop(exits.OUTPUT, f"{out}: cannot be written: {error.strerror}: choose another file") from error


def _opened(path: Path) -> Ledger:
    from dragoman.storing import LedgerError, open_ledger

    try:
        return open_ledger(path)
    except LedgerError as error:
        raise Stop(exits.LEDGER, f"{error}; or read without keeping: --no-db") from error


def _counted(pages: Iterator[Page], show: Show) -> Iterator[Page]:
    for done, page in enumerate(pages, 1):
        yield page
        show(done, None, f"{done:,} pages")


def _print_all(pages: Iterator[Page], printer: Printer, ledger: Ledger | None, tell: IO[str]) -> int:
    """Print and keep each page, say which failed and what was kept (on ``tell``); the exit code."""
    done = 0
    failures: Counter[int] = Counter()
    kept: list[Kept] = []
    for page in pages:
        if page.report is None:
            say(page.error or page.name)
            failures[code_of_read(page.code or "")] += 1
            if page.json:
                printer(page)
            continue
        done += 1
        printer(page)
        if ledger:
            kept.append(ledger.keep(page.report, page.version))
    if ledger and kept:
        print(_kept_line(kept, ledger.path), file=tell)
    if not failures:
        return exits.OK
    return next(iter(failures)) if not done and len(failures) == 1 else exits.SOME_FAILED


def _kept_line(kept: list[Kept], path: Path) -> str:
    records = sum(one.records for one in kept)
    if len(kept) > 1:
        changes = Counter(one.status for one in kept)
        how = ", ".join(f"{number} {status}" for status, number in sorted(changes.items()))
        return f"{len(kept)} articles ({how}) and {_many(records, 'record')} kept in {path}"
    (one,) = kept
    how = {"new": "new article", "revised": f"the page changed: revision {one.revision}", "recoded": "coded anew",
           "unchanged": "it was there already", "restored": "an earlier version again"}[one.status]  # fmt: skip
    return f"{_many(records, 'record')} kept in {path} ({how})"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _json_printer(file: IO[str], single: bool) -> Printer:
    """One object, indented, for a single page; else a line a page that begins with its path."""
    import msgspec

    def show(page: Page) -> None:
        json = page.json or b""
        if single:
            text = msgspec.json.format(json, indent=2)
        else:
            text = b'{"path":' + msgspec.json.encode(page.name) + b"," + json.removeprefix(b"{")
        file.write(text.decode() + "\n")
        file.flush()  # whole pages, whatever ends the program

    return show


def _screen_printer(file: IO[str] | None, confidence: float) -> Printer:
    """The article in a few lines, then its records of ``confidence`` and more."""
    from dragoman.cli import screen
    from dragoman.running.output import at_least

    console = screen.console(file)

    def show(page: Page) -> None:
        assert page.report
        records = at_least(page.report, confidence).records
        console.print()
        for line in screen.article_lines(page.report.article):
            console.print(line)
        numbers = {record.id: number for number, record in enumerate(records, 1)}
        for record in records:
            console.print()
            for part in screen.record_block(record, numbers):
                console.print(part)
        if not records:
            unsure = len(page.report.records)
            console.print(f"\n{_nothing(unsure, confidence)}", style="dim")
        console.print()

    return show
