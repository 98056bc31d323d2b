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
    from dragoman.model import Article, Report
    from dragoman.running.bench import Bench
    from dragoman.running.pages import Page
    from dragoman.storing.ledger import Kept, Ledger

Printer = Callable[[str, "Report"], None]
"""Prints a page: its path and its report."""


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
    parser: options.Parser = None,
    rules: options.Rules = None,
    actors: options.Actors = None,
) -> None:
    """Read pages: print who did or said what to whom, when, where, according to whom.

    The records are kept in the ledger, where dragoman records finds them again.
    """
    if layers and not as_json:
        raise Stop(exits.USAGE, "--layers is printed as JSON only: add --json")
    with ExitStack() as stack:
        file = stack.enter_context(_created(out)) if out else sys.stdout
        ledger = None if no_db else stack.enter_context(_opened(options.ledger_path(db)))

        from dragoman.reading.capture import captures
        from dragoman.running.opening import open_bench
        from dragoman.running.pages import read_pages

        bench = open_bench(parser, tuple(rules or ()), tuple(actors or ()))
        pages = read_pages(bench, captures(inputs), partial(_change, date, publisher))
        begin = list(islice(pages, 2))
        single = len(begin) == 1 and len(inputs) == 1 and not Path(inputs[0]).is_dir()
        printer = _json_printer(bench, file, layers, single) if as_json else _screen_printer(file if out else None)
        # A bar and records on the same screen would disturb each other.
        show = stack.enter_context(bar("reading", wanted=not single and (out is not None or not sys.stdout.isatty())))
        tell = sys.stderr if as_json or out else sys.stdout
        code = _print_all(_counted(chain(begin, pages), show), printer, ledger, bench.version, tell)
    if code != exits.OK:
        raise Stop(code)


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


def _change(date: str | None, publisher: str | None, article: Article) -> Article:
    """The article with what the user knows better than the page."""
    from msgspec.structs import replace

    if date:
        article = replace(article, published=date, published_basis="argument")
    return replace(article, publisher=publisher) if publisher else article


def _counted(pages: Iterator[Page], show: Show) -> Iterator[Page]:
    for done, page in enumerate(pages, 1):
        yield page
        show(done, None, f"{done:,} pages")


def _print_all(pages: Iterator[Page], printer: Printer, ledger: Ledger | None, version: str, tell: IO[str]) -> int:
    """Print and keep each page, say which failed and what was kept (on ``tell``); the exit code."""
    done = 0
    failures: Counter[int] = Counter()
    kept: list[Kept] = []
    for page in pages:
        if page.report is None:
            say(page.error or page.name)
            failures[code_of_read(page.code or "")] += 1
            continue
        done += 1
        printer(page.name, page.report)
        if ledger:
            kept.append(ledger.keep(page.report, version))
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


def _json_printer(bench: Bench, file: IO[str], layers: bool, single: bool) -> Printer:
    """One object, indented, for a single page; else a line a page that begins with its path."""
    import msgspec

    from dragoman.running.output import json_of

    def show(name: str, report: Report) -> None:
        values = json_of(report, bench.layers_of(report) if layers else None)
        if single:
            text = msgspec.json.format(msgspec.json.encode(values), indent=2).decode()
        else:
            text = msgspec.json.encode({"path": name} | values).decode()
        file.write(text + "\n")

    return show


def _screen_printer(file: IO[str] | None) -> Printer:
    """The article in a few lines, then its records."""
    from dragoman.cli import screen

    console = screen.console(file)

    def show(_name: str, report: Report) -> None:
        console.print()
        for line in screen.article_lines(report.article):
            console.print(line)
        numbers = {record.id: number for number, record in enumerate(report.records, 1)}
        for record in report.records:
            console.print()
            for part in screen.record_block(record, numbers):
                console.print(part)
        if not report.records:
            console.print("\nNo rule of the codebook found an event or statement here.", style="dim")
        console.print()

    return show
