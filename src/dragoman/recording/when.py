"""Which time an event belongs to."""

from __future__ import annotations

from dragoman.model import EventFinding, Factuality, Report, Sentence, Time, TimeFinding
from dragoman.recording.tree import head_of, predicate_of

# Labels of a verb that tells the news itself, not a background to it.
MAIN = frozenset({"ROOT", "conj", "ccomp", "parataxis"})
DATED = frozenset({"DATE", "TIME"})
UNSTATED = "the text states no time for it"


def time_of(report: Report, event: EventFinding, fact: Factuality) -> tuple[Time | None, str | None]:
    """The event's time, or null and the reason.

    A time expression belongs to the event when both hang from the same verb; so "said on Friday that it would
    strike" dates the saying. Without one, an event told as news in a main clause happened by the day of
    publication, and the basis says so; nested, planned, past or hypothetical events stay undated.
    """
    time, reason = stated_time(report, event)
    if time is not None or reason != UNSTATED:
        return time, reason
    return _publication(report, report.analysis.sentences[event.sentence], event, fact)


def stated_time(report: Report, event: EventFinding) -> tuple[Time | None, str | None]:
    """The time that the text ties to the event's verb, or null and the reason."""
    sentence = report.analysis.sentences[event.sentence]
    span = sentence.span
    verbs = {predicate_of(sentence, t) for t in event.tokens or (event.trigger,)}
    own: list[tuple[int, TimeFinding]] = []
    unresolved: str | None = None
    for found in report.times:
        if not span.overlaps(found.span) or found.type not in DATED:
            continue
        head = head_of(sentence, found.span)
        if head is None:
            continue
        if predicate_of(sentence, head) in verbs:
            if found.first is None and found.last is None:
                unresolved = found.reason or "the time expression is vague"
                continue
            own.append((abs(head - event.trigger), found))
    if own:
        return _time(min(own, key=lambda pair: pair[0])[1]), None
    return None, unresolved or UNSTATED


def _time(found: TimeFinding) -> Time:
    return Time(
        found.text, found.first, found.last, found.precision, found.basis or "derived", found.value,
        found.span.start, found.span.end,
    )


def _publication(
    report: Report, sentence: Sentence, event: EventFinding, fact: Factuality
) -> tuple[Time | None, str | None]:
    day = report.article.published
    if not day:
        return None, "the text states no time and the article has no date"
    trigger = sentence.tokens[event.trigger]
    main = predicate_of(sentence, event.trigger) == event.trigger and trigger.dep in MAIN
    if fact.realis != "actual" or fact.polarity != "positive" or not main:
        return None, UNSTATED
    if trigger.dep == "ccomp" and sentence.tokens[trigger.head].tag == "VBD" and trigger.tag == "VBN":
        return None, UNSTATED
    return Time(None, day[:10], day[:10], "day", "publication", day[:10]), None
