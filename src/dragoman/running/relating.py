"""A file of sentences with two marked parties into a file of what the first does to the second."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO, Any

import msgspec

from dragoman.coding.relate import Relater
from dragoman.model import Article, Report, Span
from dragoman.pipeline import Pipeline
from dragoman.running.lines import Lines

# Sentences parsed together.
BATCH = 128


class Pair(msgspec.Struct, frozen=True):
    """A line of input: ``source`` and ``target`` are [start, end) in ``text``, null for any party."""

    id: str | int
    text: str
    source: tuple[int, int] | None = None
    target: tuple[int, int] | None = None
    date: str | None = None


class Related(msgspec.Struct, frozen=True):
    """A line of output: ``type`` is null where the text states no interaction; ``rule`` gave the type."""

    id: str | int
    type: str | None
    scores: dict[str, float]
    rule: str | None = None


class RelateCounts(msgspec.Struct):
    """Lines by what became of them, and why the failed ones failed."""

    related: int = 0
    unrelated: int = 0
    failed: list[str] = []


def relate_pairs(pipeline: Pipeline, pairs: list[Pair]) -> list[Related]:
    """What the first party does to the second, for each pair; one parse for all."""
    events = pipeline.steps["events"]
    relater = Relater(events, pipeline.codebook.ontology)  # type: ignore[arg-type]  # the step of that name
    articles = [Article(id=str(p.id), text=p.text, published=p.date) for p in pairs]
    out = []
    for pair, report in zip(pairs, pipeline.run(articles, until="coreference"), strict=True):
        found = relater(pipeline.steps["factuality"](report), _span(pair.source), _span(pair.target))
        out.append(Related(pair.id, found.type, found.scores, found.rule))
    return out


def relate_file(
    in_path: str, out_path: str, pipeline: Pipeline, progress: Callable[[int, int | None, int], None]
) -> RelateCounts:
    """Relate the lines at ``in_path`` (JSONL, gzipped or not, ``-``) to ``out_path``, in order; streams.

    ``progress`` gets bytes read, bytes in all and lines done. A line that is no pair is counted as failed with its
    number and reason, and has no line in the output. Raises InputError and OSError.
    """
    counts = RelateCounts()
    lines = Lines(in_path)
    encoder = msgspec.json.Encoder()
    with ExitStack() as stack:
        stack.callback(lines.close)
        out = stack.enter_context(_open(out_path)) if out_path != "-" else sys.stdout.buffer
        pairs = _pairs(lines, counts)
        while batch := list(islice(pairs, BATCH)):
            for related in relate_pairs(pipeline, batch):
                counts.related += related.type is not None
                counts.unrelated += related.type is None
                out.write(encoder.encode(related) + b"\n")
            out.flush()
            progress(lines.position, lines.size, counts.related + counts.unrelated)
    return counts


def _pairs(lines: Lines, counts: RelateCounts) -> Iterator[Pair]:
    decoder = msgspec.json.Decoder(Pair)
    for chunk in lines.chunks():
        for line in chunk:
            try:
                pair = decoder.decode(line.data)
                for name, span in (("source", pair.source), ("target", pair.target)):
                    if span and not 0 <= span[0] < span[1] <= len(pair.text):
                        raise ValueError(f"{name} {list(span)} lies outside of the text")
            except (msgspec.DecodeError, ValueError) as error:
                counts.failed.append(f"line {line.number}: {error}")
                continue
            yield pair


def _span(pair: tuple[int, int] | None) -> Span | None:
    return Span(*pair) if pair else None


def _open(path: str) -> IO[Any]:
    return gzip.open(path, "wb") if path.endswith(".gz") else Path(path).open("wb")


__all__ = ["Pair", "RelateCounts", "Related", "Report", "relate_file", "relate_pairs"]
