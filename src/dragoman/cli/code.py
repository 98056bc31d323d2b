"""dragoman code: a file of articles to a file of records."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import exits, options
from dragoman.cli.failures import Stop, say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

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
    jobs: Annotated[
        int, typer.Option(min=0, max=256, help="Processes, each with a parser of its own; 0 is one a core.")
    ] = 0,
    db: Annotated[
        Path | None, typer.Option("--db", metavar="PATH", help="Also keep the records in this ledger.")
    ] = None,
    parser: options.Parser = None,
    rules: options.Rules = None,
    actors: options.Actors = None,
) -> None:
    """Code a file of articles: a line in, a line with its records out, in order.

    One bad line never stops the rest: what fails goes to OUT.failed.jsonl with the reason, and every line is counted
    once at the end. Lines are written whole, chunk by chunk, so what is there after Ctrl-C is good.
    """
    from dragoman.running.batch import code_file
    from dragoman.running.opening import open_bench

    with ExitStack() as stack:
        ledger = None
        if db:
            from dragoman.storing import open_ledger

            ledger = stack.enter_context(open_ledger(db))
        show = _Progress() if sys.stderr.isatty() else None
        if show:
            stack.enter_context(show.bar)
        counts = code_file(
            lines,
            out,
            layers=layers,
            jobs=jobs,
            make_bench=partial(open_bench, parser, tuple(rules or ()), tuple(actors or ())),
            ledger=ledger,
            **({"progress": show} if show else {}),
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


class _Progress:
    """A bar on standard error, by bytes of the input where its size is known."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        self.bar: Bar = Progress(
            TextColumn("coding"), BarColumn(), TextColumn("{task.fields[lines]} lines, {task.fields[records]} records"),
            TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._task = self.bar.add_task("coding", total=None, lines=0, records=0)

    def __call__(self, now: Progress) -> None:
        self.bar.update(
            self._task, completed=now.read, total=now.size, lines=f"{now.lines:,}", records=f"{now.records:,}"
        )
