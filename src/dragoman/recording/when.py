"""Which time an event belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import EventFinding, Factuality, Report, Sentence, Time, TimeFinding
from dragoman.recording.tree import PREDICATES, SUBJECTS, head_of, path_up, predicate_of

# Labels of a verb that tells the news itself, not a background to it.
MAIN = frozenset({"ROOT", "conj", "ccomp", "parataxis"})
DATED = frozenset({"DATE", "TIME"})
UNSTATED = "the text states no time for it"
REPEATED = "the text tells it as something repeated"
# Labels of a time inside a noun phrase ("last week's offer"): it says when the noun was.
ATTRIBUTES = frozenset({"poss", "compound", "nmod", "amod", "nummod"})
NOUNS = frozenset({"NOUN", "PROPN"})
# Treebank tags of relative pronouns: the subject of such a clause is the noun before it.
RELATIVE = frozenset({"WDT", "WP"})


def time_of(report: Report, event: EventFinding, fact: Factuality) -> tuple[Time | None, str | None]:
    """The event's time, or null and the reason.

    A time expression belongs to the event when both hang from the same verb; so "said on Friday that it would
    strike" dates the saying. Without one, an event told as news in a main clause happened by the day of
    publication, and the basis says so; nested, planned, past, repeated or hypothetical events stay undated.
    """
    time, reason = stated_time(report, event)
    if time is not None or reason != UNSTATED:
        return time, reason
    return _publication(report, report.analysis.sentences[event.sentence], event, fact)


def stated_time(report: Report, event: EventFinding) -> tuple[Time | None, str | None]:
    """The time that the text ties to the event's verb or noun, or null and the reason.

    What a noun tells happened when the noun's own words say, or when the verb above says, unless that verb tells
    another event or who says so: "condemned the raid on Friday" dates the condemning. A time inside the object of a
    verb is no time of the verb ("rejected last week's offer"). Of verbs in a row the first one's time holds for the
    others where it stands before all of them.
    """
    sentence = report.analysis.sentences[event.sentence]
    tokens = event.tokens or (event.trigger,)
    others = _told_by_others(report, event, sentence)
    verbs = {v for t in tokens if (v := predicate_of(sentence, t)) == t or (v not in others and _is_part(sentence, t))}
    nouns = {t for t in tokens if sentence.tokens[t].pos in NOUNS}
    own: list[tuple[int, TimeFinding]] = []
    unresolved: str | None = None
    for head, found in _dated(report, sentence):
        verb = predicate_of(sentence, head)
        if event.trigger not in nouns and _of_object(sentence, head, verb):
            continue
        if verb in verbs or _under(sentence, head, nouns):
            if found.first is None and found.last is None:
                unresolved = found.reason or "the time expression is vague"
                continue
            own.append((abs(head - event.trigger), found))
    if own:
        nearest = min(own, key=lambda pair: pair[0])[1]
        return _time(nearest, _joined(sentence, nearest, [found for _, found in own])), None
    if unresolved is None:
        shared = _shared(report, sentence, predicate_of(sentence, event.trigger))
        if shared is not None:
            return _time(shared, shared), None
    return None, unresolved or UNSTATED


def _dated(report: Report, sentence: Sentence) -> Iterator[tuple[int, TimeFinding]]:
    """The dates and times in a sentence, each with its top token."""
    for found in report.times:
        if found.type in DATED and sentence.span.overlaps(found.span):
            head = head_of(sentence, found.span)
            if head is not None and sentence.tokens[sentence.tokens[head].head].dep != "amod":  # "a now familiar sight"
                yield head, found


def _told_by_others(report: Report, event: EventFinding, sentence: Sentence) -> set[int]:
    """Verbs of the sentence that tell other events, or who says something."""
    found = {e.trigger for e in report.events if e.sentence == event.sentence and e.trigger != event.trigger}
    for said in report.attributions:
        if said.cue is not None and sentence.span.overlaps(said.cue):
            head = head_of(sentence, said.cue)
            if head is not None:
                found.add(head)
    return found - set(event.tokens)


def _is_part(sentence: Sentence, at: int) -> bool:
    """Whether the word belongs to the verb above it as more than an adjunct.

    "Made a transfer of arms", but not "gathered after the attack".
    """
    for i in path_up(sentence, at):
        token = sentence.tokens[i]
        over = sentence.tokens[token.head]
        if over.pos in PREDICATES:
            return token.pos != "ADP" or token.dep == "agent"
    return True


def _under(sentence: Sentence, head: int, nouns: set[int]) -> bool:
    """Whether the time hangs below one of the event's nouns, in no clause about something else.

    "The attack, which came on Friday" is about the attack.
    """
    for i in path_up(sentence, head):
        token = sentence.tokens[i]
        if i in nouns:
            return True
        if token.pos in PREDICATES:
            subject = next(
                (sentence.tokens[c] for c in sentence.children[i] if sentence.tokens[c].dep in SUBJECTS), None
            )
            told = token.dep == "relcl" and token.head in nouns and subject is not None and subject.tag in RELATIVE
            if not told:
                return False
    return False


def _of_object(sentence: Sentence, head: int, verb: int) -> bool:
    """Whether the time at ``head`` stands inside a noun phrase behind the verb."""
    token = sentence.tokens[head]
    over = sentence.tokens[token.head]
    return token.dep in ATTRIBUTES and over.pos in NOUNS and over.i > verb


def _joined(sentence: Sentence, found: TimeFinding, own: list[TimeFinding]) -> TimeFinding:
    """The last of the times in a row that ``found`` begins ("during October and November"), or ``found``."""
    head = head_of(sentence, found.span)
    for other in own:
        at = head_of(sentence, other.span)
        if at is not None and other is not found and head is not None:
            token = sentence.tokens[at]
            if token.dep == "conj" and token.head == head and (other.first or "") > (found.last or "~"):
                return other
    return found


def _shared(report: Report, sentence: Sentence, verb: int) -> TimeFinding | None:
    """The time of the verb that ``verb`` is joined to by "and", where it holds for both."""
    token = sentence.tokens[verb]
    if token.dep != "conj" or sentence.tokens[token.head].pos not in PREDICATES:
        return None
    first = token.head
    for head, found in _dated(report, sentence):
        above = path_up(sentence, head)[1:]
        if found.first is None or first not in above:
            continue
        if any(sentence.tokens[i].pos != "ADP" for i in above[: above.index(first)]):
            continue  # the time of a noun beside the verb
        if head < first:
            return found
    return None


def _time(found: TimeFinding, last: TimeFinding) -> Time:
    return Time(
        found.text, found.first, last.last, found.precision, found.basis or "derived", found.value,
        found.span.start, found.span.end,
    )  # fmt: skip


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
    if _repeated(report, sentence, event.trigger):
        return None, REPEATED
    joined = {c for c in sentence.children[event.trigger] if sentence.tokens[c].dep == "conj"}
    joined |= {trigger.head} if trigger.dep == "conj" else set()
    for head, found in _dated(report, sentence):
        if predicate_of(sentence, head) in joined and (found.last or day) < day[:10]:
            return None, UNSTATED  # "was convicted in 1998 and jailed": what is joined to it lies back
    return Time(None, day[:10], day[:10], "day", "publication", day[:10]), None


def _repeated(report: Report, sentence: Sentence, verb: int) -> bool:
    """Whether the verb has a time of repetition: "sends aid every year"."""
    for found in report.times:
        if found.type == "SET" and sentence.span.overlaps(found.span):
            head = head_of(sentence, found.span)
            if head is not None and predicate_of(sentence, head) == verb and not _of_object(sentence, head, verb):
                return True
    return False
