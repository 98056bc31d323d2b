"""Links between the records of an article: one event told twice, in the headline and again in the body."""

from __future__ import annotations

import re

import msgspec

from dragoman.model import Article, Link, Party, Record, Report
from dragoman.recording.links import name_within

# Words long enough to be content whatever the language's articles and prepositions are.
_WORD = re.compile(r"\w{4,}")
# Of the shorter statement's content words, the share that the longer must have to say the same; set by hand.
SHARED = 0.6
# What ends a sentence, and so a paragraph; a headline ends without it.
_SENTENCE_END = re.compile("[.!?\u2026][\"'\u201d\u2019\u00bb)]*$")
# Sectors that stand for the state itself: "Mali" and "Mali's army" may do the same thing.
STATE = frozenset({None, "GOV", "MIL"})


def with_repeats(report: Report, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """The records, the first in the body that tells what one above it tells linked to that one as ``repeats``.

    Headline and dek announce what the body tells; a paragraph printed twice tells all of it twice. Two records tell
    the same where kind, type and polarity agree, neither is of another age, each party of the one is a party of the
    other, and modes, times and places do not contradict.
    """
    end = headline_end(report.article)
    body = next((at for at, record in enumerate(records) if record.evidence.start >= end), len(records))
    again = _printed_again(report, records)
    out = list(records)
    for index, record in enumerate(records):
        told = again.get(index, len(records))
        if record.evidence.end <= end:
            told = next((at for at in range(body, told) if _same_telling(record, out[at])), told)
        if told < len(records):
            out[told] = msgspec.structs.replace(out[told], links=(*out[told].links, Link(record.id, "repeats")))
    return tuple(out)


def _printed_again(report: Report, records: tuple[Record, ...]) -> dict[int, int]:
    """For each record whose words, in the same sentence, are printed again further on: the number of the next."""
    following: dict[int, int] = {}
    latest: dict[tuple[object, ...], int] = {}
    for index in range(len(records) - 1, -1, -1):
        record = records[index]
        telling = _sentence(report, record), record.evidence.quote, *_kind_of(record)
        if telling in latest and records[latest[telling]].evidence.start >= record.evidence.end:
            following[index] = latest[telling]
        latest[telling] = index
    return following


def headline_end(article: Article) -> int:
    """Where title and dek end: where the body begins, else the end of a first line that is no sentence; else 0."""
    if article.body_start:
        return article.body_start
    first, newline, rest = article.text.partition("\n")
    title = first.strip() == (article.title or "").strip() or not _SENTENCE_END.search(first.strip())
    return len(first) if newline and rest.strip() and title else 0


def _sentence(report: Report, record: Record) -> str:
    sentence = report.analysis.sentence_at(record.evidence.start)
    return sentence.span.of(report.article.text) if sentence else ""


def _kind_of(record: Record) -> tuple[str, str | None]:
    return record.kind, record.event.type if record.event else None


def _same_telling(one: Record, other: Record) -> bool:
    if _kind_of(one) != _kind_of(other) or one.factuality.polarity != other.factuality.polarity:
        return False
    if (one.factuality.realis == "historical") != (other.factuality.realis == "historical"):
        return False
    if one.event is None and not _says_the_same(one, other):
        return False
    modes, others = ({*r.event.modes} if r.event else set() for r in (one, other))
    if modes and others and not modes & others:
        return False
    pairs = ((one.actors, other.actors), (one.recipients, other.recipients))
    if not all(_compatible(mine, theirs) for mine, theirs in pairs) or not any(a and b for a, b in pairs):
        return False
    return _times_meet(one, other) and _places_meet(one, other)


def _says_the_same(one: Record, other: Record) -> bool:
    mine, theirs = ({*_WORD.findall(r.evidence.quote.casefold())} for r in (one, other))
    return len(mine & theirs) >= SHARED * max(1, min(len(mine), len(theirs)))


def _compatible(some: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    """Whether each of the fewer parties is one of the more; nobody named contradicts nobody."""
    fewer, more = sorted((some, others), key=len)
    return all(any(_alike(p, q) for q in more) for p in fewer)


def _alike(one: Party, other: Party) -> bool:
    """Whether two mentions may be one party: one entity, one state or arm of it, or one name inside the other."""
    if one.entity and one.entity == other.entity:
        return True
    if one.code and other.code:
        states = one.sector in STATE and other.sector in STATE
        return one.code == other.code and (states or one.sector == other.sector)
    return name_within(one, other)


def _times_meet(one: Record, other: Record) -> bool:
    """Whether both may be at one time; the day of publication is only when it was told at the latest."""
    mine, theirs = one.time, other.time
    if mine is None or theirs is None or "publication" in (mine.basis, theirs.basis):
        return True
    starts = [t.start for t in (mine, theirs) if t.start]
    ends = [t.end for t in (mine, theirs) if t.end]
    return not starts or not ends or max(starts) <= min(ends)


def _places_meet(one: Record, other: Record) -> bool:
    mine, theirs = one.place, other.place
    if mine is None or theirs is None or not mine.country or not theirs.country:
        return True
    return mine.country == theirs.country
