"""dragoman code: a file of articles to a file of records."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import exits, options
from dragoman.cli.bars import bar
from dragoman.cli.failures import Stop, say

if TYPE_CHECKING:
    from dragoman.running.batch import Progress
    from dragoman.running.outcome import Counts


def code(
    lines: Annotated[
        str,
        typer.Argument(
            metavar="IN.jsonl",
            help='Articles, a line each: {"id", "text"} and, where known, title, dek, date, publisher, url, authors. '
            "Also gzipped; - for stdin.",
        ),
    ],
    out: Annotated[
        str, typer.Option("-o", "--out", metavar="OUT.jsonl", help="Where to write; - for stdout, .gz to compress.")
    ],
    layers: Annotated[bool, typer.Option("--layers", help="Add every finding before assembly.")] = False,
    min_confidence: options.MinConfidence = 0.0,
    jobs: options.Jobs = 0,
    db: Annotated[
        Path | None, typer.Option("--db", metavar="PATH", help="Also keep the records in this ledger.")
    ] = None,
    parser: options.Parser = None,
    rules: options.Rules = None,
    actors: options.Actors = None,
) -> None:
    """Code a file of articles: a line in, a line with its records out, in order.

    One bad line never stops the rest: what fails goes to OUT.failed.jsonl with the reason, and every line is counted
    once at the end. Lines are written whole, chunk by chunk, so what is there after Ctrl-C is good. A ledger keeps
    records of every confidence.
    """
    from dragoman.running.batch import code_file
    from dragoman.running.opening import open_bench

    with ExitStack() as stack:
        ledger = None
        if db:
            from dragoman.storing import open_ledger

            ledger = stack.enter_context(open_ledger(db))
        show = stack.enter_context(bar("coding"))

        def progress(now: Progress) -> None:
            show(now.read, now.size, f"{now.lines:,} lines, {now.records:,} records")

        counts = code_file(
            lines,
            out,
            layers=layers,
            confidence=min_confidence,
            jobs=jobs,
            make_bench=partial(open_bench, parser, tuple(rules or ()), tuple(actors or ())),
            ledger=ledger,
            progress=progress,
        )
    _close(counts, out)


def _close(counts: Counts, out: str) -> None:
    """The closing count, and the exit code where not all went well."""
    from dragoman.running.batch import failed_path

    by_status = ", ".join(f"{number} {status}" for status, number in sorted(counts.by_status.items()))
    print(f"{counts.lines} lines: {by_status or 'none'}; {counts.records} records", file=sys.stderr)
    if counts.failed and out != "-":
        say(f"{counts.failed} lines failed: the reasons are in {failed_path(out)}")
    if counts.interrupted:
        raise Stop(exits.INTERRUPTED, f"interrupted: {out} holds the first {counts.lines} lines")
    if counts.problem:
        raise Stop(exits.INPUT, counts.problem)
    if counts.failed:
        raise Stop(exits.SOME_FAILED)
