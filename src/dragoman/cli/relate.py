"""dragoman relate: what one marked party does to another."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dragoman.cli import exits, options
from dragoman.cli.bars import bar
from dragoman.cli.failures import Stop, say

# Reasons of failed lines that are shown; the rest are counted.
SHOWN = 5


def relate(
    lines: Annotated[
        str,
        typer.Argument(
            metavar="IN.jsonl",
            help='Pairs, a line each: {"id", "text", "source": [start, end] or null, "target": [start, end] or null} and, '
            "where known, date. Also gzipped; - for stdin.",
        ),
    ],
    out: Annotated[
        str, typer.Option("-o", "--out", metavar="OUT.jsonl", help="Where to write; - for stdout, .gz to compress.")
    ],
    parser: options.Parser = None,
    rules: options.Rules = None,
    actors: options.Actors = None,
) -> None:
    """Say what the first party does to the second: a PLOVER type with scores, or null where no interaction is stated.

    The same rules as in `dragoman code`, asked about one pair. A line that is no pair is counted and named, and has
    no line in the output.
    """
    from dragoman.running.opening import open_pipeline
    from dragoman.running.relating import relate_file

    pipeline = open_pipeline(parser, tuple(rules or ()), tuple(actors or ()))
    with bar("relating") as show:
        try:
            counts = relate_file(
                lines, out, pipeline, lambda read, size, done: show(read, size, f"{done:,} pairs")
            )
        except OSError as error:
            raise Stop(exits.OUTPUT, f"{out}: cannot be written: {error.strerror}: check the path") from error
    total = counts.related + counts.unrelated + len(counts.failed)
    print(
        f"{total} lines: {counts.related} related, {counts.unrelated} unrelated, {len(counts.failed)} failed",
        file=sys.stderr,
    )
    for reason in counts.failed[:SHOWN]:
        say(f"{lines}: {reason}")
    if counts.failed:
        raise Stop(exits.SOME_FAILED)
