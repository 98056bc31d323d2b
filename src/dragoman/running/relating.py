"""A file of sentences with two marked parties into a file of what the first does to the second."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from itertools import islice
from pathlib import Path

import msgspec

from dragoman.coding.relate import Relater
from dragoman.model import Article, Report, Span
from dragoman.pipeline import Pipeline
from dragoman.running.batch import OutputError, Sink
from dragoman.running.bench import reason_of
from dragoman.running.lines import Lines
from dragoman.running.outcome import BLANK, ERROR, Line, Outcome
from dragoman.running.output import line_of

# Sentences parsed together.
BATCH = 128
# What the relater reads, in this order: parties are marked, so times, amounts and places need not be found.
STEPS = ("actors", "coreference", "attribution", "factuality")
BAD = "bad-line"
RELATED, UNRELATED = "related", "unrelated"
SHAPE = '{"id", "text", "source": [start, end] or null, "target": [start, end] or null}'
# Reasons of failures that are kept to be shown; all are in OUT.failed.jsonl.
REASONS = 5


class Pair(msgspec.Struct, frozen=True):
    """A line of input: ``source`` and ``target`` are [start, end) in ``text``, null for any party.

    ``date`` (ISO 8601) is the day whose office-holders are meant. Unknown fields are ignored.
    """

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
    """Lines by what became of them; the first few reasons of failures; ``problem`` where the input broke off."""

    related: int = 0
    unrelated: int = 0
    blank: int = 0
    failed: int = 0
    reasons: list[str] = []
    problem: str | None = None

    @property
    def lines(self) -> int:
        """All lines counted."""
        return self.related + self.unrelated + self.blank + self.failed


def relate_pairs(pipeline: Pipeline, pairs: list[Pair]) -> list[Related]:
    """What the first party does to the second, for each pair; one parse for all."""
    relater = Relater(pipeline.events, pipeline.codebook.ontology)
    out = []
    for pair, analysis in zip(pairs, pipeline.parser.analyse(p.text for p in pairs), strict=True):
        report = Report(Article(id=str(pair.id), text=pair.text, published=pair.date), analysis)
        for name in STEPS:
            report = pipeline.steps[name](report)
        found = relater(report, _span(pair.source), _span(pair.target))
        out.append(Related(pair.id, found.type, found.scores, found.rule))
    return out


def relate_file(
    in_path: str, out_path: str, pipeline: Pipeline, progress: Callable[[int, int | None, int], None]
) -> RelateCounts:
    """Relate the lines at ``in_path`` (JSONL, gzipped or not, ``-``) to ``out_path``, in order; streams.

    ``progress`` gets bytes read, bytes in all and lines done. A line that is no pair, or on which a step fails, goes
    to OUT.failed.jsonl with its number and reason. Raises InputError and OutputError.
    """
    there = "-" not in (in_path, out_path) and Path(out_path).exists() and Path(in_path).exists()
    if there and Path(in_path).samefile(out_path):
        raise OutputError(f"{out_path}: is the input: choose another file")
    counts = RelateCounts()
    with ExitStack() as stack:
        lines = Lines(in_path)
        stack.callback(lines.close)
        sink = stack.enter_context(Sink(out_path))
        flat = (line for chunk in lines.chunks() for line in chunk)
        while batch := list(islice(flat, BATCH)):
            outcomes = list(_outcomes(pipeline, batch))
            sink.write(outcomes)
            for outcome in outcomes:
                _count(counts, outcome)
            progress(lines.position, lines.size, counts.lines)
        counts.problem = lines.problem
    return counts


def read_pair(line: Line) -> Pair:
    """The pair of a line. Raises ValueError with a reason that says what is expected."""
    if line.data is None:
        raise ValueError("too long for a sentence: split it")
    try:
        pair = msgspec.json.decode(line.data.removeprefix(b"\xef\xbb\xbf"), type=Pair)
    except msgspec.ValidationError as error:
        raise ValueError(f"{error}: expected is {SHAPE}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"not JSON ({error}): expected is {SHAPE}") from error
    for name, span in (("source", pair.source), ("target", pair.target)):
        if span and not 0 <= span[0] < span[1] <= len(pair.text):
            raise ValueError(f"{name} {list(span)} is no part of the text, which has {len(pair.text)} characters")
    if pair.date:
        try:
            date.fromisoformat(pair.date[:10])
        except ValueError as error:
            raise ValueError(f"date {pair.date!r} is no date: write it as 2024-06-24") from error
    return pair


def _outcomes(pipeline: Pipeline, lines: list[Line]) -> Iterator[Outcome]:
    done: dict[int, Outcome] = {}
    pairs: list[tuple[int, Pair]] = []
    for line in lines:
        if line.data is not None and not line.data.strip():
            done[line.number] = Outcome(line.number, BLANK)
            continue
        try:
            pairs.append((line.number, read_pair(line)))
        except ValueError as error:
            done[line.number] = Outcome(line.number, BAD, reason=f"line {line.number}: {error}")
    related = _each(pipeline, [pair for _, pair in pairs])
    for (number, pair), one in zip(pairs, related, strict=True):
        if isinstance(one, Exception):
            done[number] = Outcome(number, ERROR, id=pair.id, reason=f"line {number}: {reason_of(one)}")
        else:
            status = RELATED if one.type else UNRELATED
            done[number] = Outcome(number, status, id=pair.id, out=line_of(msgspec.to_builtins(one)))
    return (done[line.number] for line in lines)


def _each(pipeline: Pipeline, pairs: list[Pair]) -> Iterable[Related | Exception]:
    """Each pair's relation, or the error it caused: one that fails does not take the others with it."""
    try:
        return relate_pairs(pipeline, pairs)
    except Exception:
        return [_alone(pipeline, pair) for pair in pairs]


def _alone(pipeline: Pipeline, pair: Pair) -> Related | Exception:
    try:
        return relate_pairs(pipeline, [pair])[0]
    except Exception as error:
        return error


def _count(counts: RelateCounts, outcome: Outcome) -> None:
    if outcome.reason:
        counts.failed += 1
        if len(counts.reasons) < REASONS:
            counts.reasons.append(outcome.reason)
    else:
        counts.related += outcome.status == RELATED
        counts.unrelated += outcome.status == UNRELATED
        counts.blank += outcome.status == BLANK


def _span(pair: tuple[int, int] | None) -> Span | None:
    return Span(*pair) if pair else None
