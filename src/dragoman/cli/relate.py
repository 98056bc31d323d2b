"""dragoman relate: what one marked party does to another."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dragoman.cli import exits, options
from dragoman.cli.bars import bar
from dragoman.cli.failures import Stop, say


def relate(
    lines: Annotated[
        str,
        typer.Argument(
            metavar="IN.jsonl",
            help='Pairs, a line each: {"id", "text", "source": [start, end] or null, "target": [start, end] or null} '
            "and, where known, date. Also gzipped; - for stdin.",
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

    The same rules as in `dragoman code`, asked about one pair. A line that is no pair is counted and named, and goes
    to OUT.failed.jsonl with the reason.
    """
    from dragoman.running.opening import open_pipeline
    from dragoman.running.relating import relate_file

    with bar("relating") as show:
        pipeline = open_pipeline(parser, tuple(rules or ()), tuple(actors or ()))
        counts = relate_file(lines, out, pipeline, lambda read, size, done: show(read, size, f"{done:,} lines"))
    said = [f"{counts.related} related", f"{counts.unrelated} unrelated"]
    said += [f"{number} {word}" for number, word in ((counts.blank, "blank"), (counts.failed, "failed")) if number]
    print(f"{counts.lines} lines: {', '.join(said)}", file=sys.stderr)
    if out != "-":  # else each failure was told as it came
        for reason in counts.reasons:
            say(f"{lines}: {reason}")
    if counts.failed > len(counts.reasons):
        from dragoman.running.batch import failed_path

        say(f"{counts.failed} lines failed" + (f": all reasons are in {failed_path(out)}" if out != "-" else ""))
    if counts.problem:
        raise Stop(exits.INPUT, counts.problem)
    if counts.failed:
        raise Stop(exits.SOME_FAILED)
