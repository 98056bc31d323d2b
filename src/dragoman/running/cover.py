"""Where the codebook should grow: words between two known parties that no rule codes, counted over a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from dragoman.coding.events import EventCoder, SentenceCoder
from dragoman.coding.frames import Frame, FrameReader
from dragoman.model import ActorMention, Article, Report, Sentence
from dragoman.pipeline import Pipeline
from dragoman.reading.errors import ReadError
from dragoman.running.bench import Bench, MakeBench, reason_of, reports_of
from dragoman.running.lines import Lines
from dragoman.running.outcome import Line
from dragoman.running.workers import runner_for

STEP = 8
# Reasons of failed lines that are kept to be shown.
REASONS = 5


class Sighting(msgspec.Struct, frozen=True):
    """One word between two parties that no rule codes.

    ``pattern`` is how a rule would be written for it; ``rules`` those that wait for the word and do not fit here.
    """

    trigger: str
    word: str
    pattern: str
    rules: tuple[str, ...]
    sentence: str


class Seen(msgspec.Struct, frozen=True):
    """What a line holds; ``reason`` says why it could not be looked at."""

    sightings: tuple[Sighting, ...] = ()
    sentences: int = 0
    reason: str | None = None


class Uncovered(msgspec.Struct):
    """A word with how often it was seen, in which patterns, the rules that wait for it, and one sentence."""

    trigger: str
    word: str
    count: int
    patterns: Counter[str]
    rules: tuple[str, ...]
    example: str


class Coverage:
    """The counts over a corpus. The same sentence counts once, however many copies print it."""

    def __init__(self) -> None:
        self.words: dict[tuple[str, str], Uncovered] = {}
        self.lines = 0
        self.sentences = 0
        self.failed = 0
        self.reasons: list[str] = []
        self.problem: str | None = None
        self.interrupted = False
        self._met: set[int] = set()

    def add(self, seen: Seen) -> None:
        """Count one line."""
        self.lines += 1
        self.sentences += seen.sentences
        if seen.reason:
            self.failed += 1
            if len(self.reasons) < REASONS:
                self.reasons.append(seen.reason)
        for one in seen.sightings:
            key = (one.trigger, one.word)
            copy = hash((*key, one.sentence))
            if copy in self._met:
                continue
            self._met.add(copy)
            if key not in self.words:
                self.words[key] = Uncovered(*key, 0, Counter(), one.rules, one.sentence)
            word = self.words[key]
            word.count += 1
            word.patterns[one.pattern] += 1
            if len(one.sentence) < len(word.example):
                word.example = one.sentence

    def top(self, number: int) -> list[Uncovered]:
        """The most frequent words, then by the alphabet."""
        ordered = sorted(self.words.values(), key=lambda one: (-one.count, one.word, one.trigger))
        return ordered[:number]


class CoverBench(Bench, frozen=True):
    """A bench that stops where parties and speakers are known, and looks for what no rule codes."""

    look: Callable[[Report], Iterable[Sighting]]


def open_cover_bench(
    parser: str | None = None, rules: tuple[Path, ...] = (), actors: tuple[Path, ...] = ()
) -> CoverBench:
    """Load what ``dragoman code`` loads. Raises CodebookError and ParserError."""
    from dragoman.running.opening import bench_of, open_pipeline

    pipeline = open_pipeline(parser, rules, actors)
    parts = msgspec.structs.asdict(bench_of(pipeline)) | {"run": partial(pipeline.run, until="attribution")}
    return CoverBench(**parts, look=partial(sightings, pipeline))


class CoverLines(msgspec.Struct, frozen=True):
    """Looks at lines; the work of one process."""

    def do(self, bench: Bench, items: list[Line]) -> list[Seen]:
        """What each line holds, in order; nothing that a line holds raises."""
        assert isinstance(bench, CoverBench)
        read = [_read(bench, line) for line in items]
        reports = iter(reports_of(bench, [one for one in read if isinstance(one, Article)]))
        return [_seen(bench, line, next(reports)) if isinstance(one, Article) else one
                for line, one in zip(items, read, strict=True)]  # fmt: skip

    def crashed(self, item: Line, code: int | None) -> Seen:
        """For a line that ended its process."""
        return Seen(reason=f"line {item.number}: ended its process (exit code {code}): look at its text")


def cover(
    path: str, jobs: int, make_bench: MakeBench, progress: Callable[[int, int | None, Coverage], None]
) -> Coverage:
    """Look at every article at ``path`` (JSONL as for ``dragoman code``); streams, in ``jobs`` processes.

    0 jobs are one a core. ``progress`` gets bytes read, bytes in all and the counts so far. Raises InputError and what
    ``make_bench`` raises; Ctrl-C ends the work and keeps the counts.
    """
    found = Coverage()
    with ExitStack() as stack:
        lines = Lines(path)
        stack.callback(lines.close)
        runner, chunks = runner_for(make_bench, CoverLines(), lines.chunks(), jobs, STEP)
        stack.callback(runner.close)
        try:
            for several in runner.in_order(chunks):
                for seen in several:
                    found.add(seen)
                progress(lines.position, lines.size, found)
        except KeyboardInterrupt:
            found.interrupted = True  # hours of counting are worth showing
        found.problem = lines.problem
    return found


def _read(bench: Bench, line: Line) -> Article | Seen:
    if line.data is None:
        return Seen(reason=f"line {line.number}: too long for an article: split it")
    if not line.data.strip():
        return Seen()
    try:
        return bench.read_line(line.data.decode("utf-8-sig"), line.number)[1]
    except ReadError as error:
        return Seen(reason=str(error))
    except UnicodeDecodeError:
        return Seen(reason=f"line {line.number}: not UTF-8: convert the file")


def _seen(bench: CoverBench, line: Line, report: Report | Exception) -> Seen:
    if isinstance(report, Exception):
        return Seen(reason=f"line {line.number}: {reason_of(report)}")
    return Seen(tuple(bench.look(report)), len(report.analysis.sentences))


def sightings(pipeline: Pipeline, report: Report) -> Iterator[Sighting]:
    """Words of ``report`` (with mentions and attributions) that stand between two known parties and are in no event."""
    coder = pipeline.events
    cues = {(a.sentence, a.cue_token) for a in report.attributions}
    for sentence in report.analysis.sentences:
        known = {m.head: m for m in report.mentions if m.sentence == sentence.index and m.parties}
        if len(known) > 1:
            yield from _in_sentence(report, sentence, coder, known, cues)


def _in_sentence(
    report: Report, sentence: Sentence, coder: EventCoder, known: dict[int, ActorMention], cues: set[Any]
) -> Iterator[Sighting]:
    own = SentenceCoder(coder, report, sentence)
    covered = _covered(own, sentence)
    for token in sentence.tokens:
        at = token.i
        if at in covered or (sentence.index, at) in cues or token.dep in ("aux", "auxpass"):
            continue
        if token.pos == "VERB":
            frame = own.reader.verb(at)
            if frame.objects and token.lemma in coder.grammar.light_verbs:
                continue  # its object says what is done
        elif token.pos == "NOUN" and not _is_name(report, sentence, at):
            frame = own.reader.noun(at)
        else:
            continue
        trigger = token.pos.lower()
        pattern = pattern_of(frame, trigger, own.reader, known)
        if pattern:
            rules = dict.fromkeys(p.rule.id for p in coder.patterns_at(sentence, at))
            words = " ".join(sentence.span.of(report.article.text).split())
            yield Sighting(trigger, _lemma(sentence, at), pattern, tuple(rules), words)


def _covered(own: SentenceCoder, sentence: Sentence) -> set[int]:
    """Tokens of events, coded or absorbed, and the verbs that only carry them ("held talks", "began to shell")."""
    found: set[int] = set()
    for token in sentence.tokens:
        match = own.match_at(token.i)
        if match is None:
            continue
        found |= {token.i, *match.words, *match.deeds}
        _, light = own.reader.governor(token.i)
        if light is not None:
            found.add(light)
        above = sentence.tokens[token.head]
        if token.dep in ("xcomp", "ccomp", "dobj", "nsubjpass") and above.i != token.i:
            found.add(above.i)
    return found


def _is_name(report: Report, sentence: Sentence, at: int) -> bool:
    """Whether the noun only names somebody, or is part of a name."""
    start = sentence.tokens[at].start
    return any(m.sentence == sentence.index and m.span.start <= start < m.span.end for m in report.mentions)


def _lemma(sentence: Sentence, at: int) -> str:
    """The word's dictionary form, with its particle."""
    particles = [sentence.tokens[c].lemma for c in sentence.children[at] if sentence.tokens[c].dep == "prt"]
    return " ".join((sentence.tokens[at].lemma, *particles))


def pattern_of(frame: Frame, trigger: str, reader: FrameReader, known: dict[int, ActorMention]) -> str | None:
    """How a rule for the frame would be written: ``ACTOR verb (pact) with RECIPIENT``.

    Null where it does not stand between two different parties of ``known`` (by head token).
    """
    actors = [at for at in frame.before if at in known and known[at].kind != "place"]
    mine = {_identity(known[at]) for at in actors}
    if not mine:
        return None

    def other(found: tuple[int, ...], places: bool) -> bool:
        return any(
            at in known and (places or known[at].kind != "place") and _identity(known[at]) not in mine for at in found
        )

    if other(frame.objects, places=True):
        return f"ACTOR {trigger} RECIPIENT"
    things = [lemma for at in frame.objects[:1] if (lemma := reader.tokens[at].lemma).isalpha()]
    beside = list(frame.preps.items())
    for thing in frame.objects[:1]:  # "signed a pact with B": the parser may hang the phrase on either word
        beside += reader.prepositions(thing)[0].items()
    for name, found in beside:
        if " " not in name and other(found, places=False):
            return " ".join(("ACTOR", trigger, *(f"({thing})" for thing in things), name, "RECIPIENT"))
    return None


def _identity(mention: ActorMention) -> tuple[Any, ...]:
    return tuple((p.entity or p.name or p.text, p.code, p.sector) for p in mention.parties)
