"""Why a text is coded as it is: everything that each step saw and chose, as data."""

from __future__ import annotations

import msgspec

from dragoman.codebook.events import Pattern
from dragoman.coding.events import EventCoder, SentenceCoder
from dragoman.coding.match import Match
from dragoman.model import (
    ActorMention,
    Article,
    AttributionFinding,
    EventFinding,
    Factuality,
    Party,
    Record,
    Report,
    Sentence,
    Span,
    TimeFinding,
    Token,
)
from dragoman.pipeline import Pipeline
from dragoman.running.origins import Origins

HELPERS = ("aux", "auxpass")


class Attempt(msgspec.Struct, frozen=True):
    """One pattern tried at a trigger: ``score`` and ``slots`` where it fits, else ``missed`` says what it lacks.

    ``near`` is the share of its required parts that are there, 0..1.
    """

    rule: str
    pattern: str
    score: float | None = None
    slots: dict[str, tuple[str, ...]] = {}
    missed: str | None = None
    near: float = 1.0


class Trigger(msgspec.Struct, frozen=True):
    """A word that rules wait for: its attempts, best first, what became of it, and how sure the text is of it."""

    token: int
    text: str
    trigger: str
    attempts: tuple[Attempt, ...]
    verdict: str
    coded: tuple[str, ...]
    factuality: Factuality | None


class Who(msgspec.Struct, frozen=True):
    """Somebody found: the words, whom they stand for, and where the codes come from, a line each."""

    text: str
    start: int
    end: int
    kind: str
    parties: tuple[Party, ...]
    origins: tuple[str, ...]


class Said(msgspec.Struct, frozen=True):
    """An attribution in the text's own words; ``source`` and ``cue`` are null where the text hides them."""

    source: str | None
    cue: str | None
    act: str
    direct: bool
    content: tuple[str, ...]
    speaker: tuple[Party, ...]


class Explained(msgspec.Struct, frozen=True):
    """One sentence: its parse, who is in it, and every word that might state an event."""

    text: str
    tokens: tuple[Token, ...]
    tree: str
    actors: tuple[Who, ...]
    triggers: tuple[Trigger, ...]
    attributions: tuple[Said, ...]
    times: tuple[TimeFinding, ...]
    records: tuple[Record, ...]


def explain(pipeline: Pipeline, text: str, day: str | None) -> list[Explained]:
    """What every step makes of ``text``, published on ``day`` (ISO 8601), sentence by sentence."""
    (report,) = pipeline.run([Article(id="explained", text=text, published=day)])
    coder = pipeline.events
    origins = Origins(pipeline.codebook.actors, report)
    return [_sentence(report, sentence, coder, origins) for sentence in report.analysis.sentences]


def bracketed(sentence: Sentence) -> str:
    """The tree on one line: ``met(nsubj Kenya, prep with(pobj Uganda))``; punctuation is left out."""
    tops = [t.i for t in sentence.tokens if t.head == t.i]
    return " ".join(_branch(sentence, top) for top in tops)


def _branch(sentence: Sentence, top: int) -> str:
    below = [c for c in sentence.children[top] if sentence.tokens[c].dep != "punct"]
    inner = ", ".join(f"{sentence.tokens[c].dep} {_branch(sentence, c)}" for c in below)
    return sentence.tokens[top].text + (f"({inner})" if inner else "")


def _sentence(report: Report, sentence: Sentence, coder: EventCoder, origins: Origins) -> Explained:
    where, text = sentence.span, report.article.text
    own = SentenceCoder(coder, report, sentence)
    triggers = [
        t.i
        for t in sentence.tokens
        # a helping verb is no trigger unless, against its label, something fits
        if coder.patterns_at(sentence, t.i) and (t.dep not in HELPERS or own.match_at(t.i))
    ]
    return Explained(
        text=where.of(text),
        tokens=sentence.tokens,
        tree=bracketed(sentence),
        actors=tuple(_who(m, origins) for m in report.mentions if m.sentence == sentence.index),
        triggers=tuple(_trigger(report, sentence, coder, own, triggers, at) for at in triggers),
        attributions=tuple(_said(a, text) for a in report.attributions if _touches(a, where)),
        times=tuple(t for t in report.times if where.overlaps(t.span)),
        records=tuple(
            r for r in report.records if where.overlaps(Span(r.evidence.start, r.evidence.end))
        ),
    )


def _who(mention: ActorMention, origins: Origins) -> Who:
    return Who(
        mention.text, mention.span.start, mention.span.end, mention.kind, mention.parties, origins.of(mention)
    )


def _touches(found: AttributionFinding, where: Span) -> bool:
    return any(where.overlaps(span) for span in (*found.content, *filter(None, (found.cue, found.source))))


def _said(found: AttributionFinding, text: str) -> Said:
    return Said(
        found.source.of(text) if found.source else None,
        found.cue.of(text) if found.cue else None,
        found.act,
        found.direct,
        tuple(piece.of(text) for piece in found.content),
        found.speaker.parties if found.speaker else (),
    )


def _trigger(
    report: Report, sentence: Sentence, coder: EventCoder, own: SentenceCoder, triggers: list[int], at: int
) -> Trigger:
    best = own.match_at(at)
    tried = attempts_at(coder, own, at)
    events = [e for e in report.events if (e.sentence, e.trigger) == (sentence.index, at)]
    fact = next((f for f in report.factuality if (f.sentence, f.token) == (sentence.index, at)), None)
    return Trigger(
        token=at,
        text=sentence.tokens[at].text,
        trigger=coder.patterns_at(sentence, at)[0].trigger,
        attempts=tuple(tried),
        verdict=_verdict(report, own, triggers, at, best, events, tried),
        coded=tuple(_coded(report, event) for event in events),
        factuality=Factuality(fact.polarity, fact.modality, fact.realis, fact.words) if fact else None,
    )


def attempts_at(coder: EventCoder, own: SentenceCoder, at: int) -> list[Attempt]:
    """The patterns that wait for the word at token ``at`` of ``own``'s sentence, best first."""
    patterns = {id(pattern): pattern for pattern in coder.patterns_at(own.sentence, at)}  # one a lemma with its head
    tried = [_attempt(own, at, pattern) for pattern in patterns.values()]
    return sorted(tried, key=lambda one: (-(one.score or 0.0), -one.near))


def _attempt(own: SentenceCoder, at: int, pattern: Pattern) -> Attempt:
    frame = own.frame(at, pattern.trigger)
    lemmas = own._lemmas(pattern, own.sentence.tokens[at].lemma)
    matches = [m for lemma in lemmas if (m := own.matcher.match(pattern, lemma, frame))]
    if not matches:
        near = own.matcher.share(pattern, frame)
        plainest = min(lemmas, key=lambda lemma: (lemma.count(" "), lemma))  # "send" before "send off"
        missed = own.matcher.why_not(pattern, plainest, frame)
        return Attempt(pattern.rule.id, pattern.text, missed=missed, near=round(near, 2))
    match = max(matches, key=lambda one: one.score)
    return Attempt(pattern.rule.id, pattern.text, round(match.score, 2), _slots(own, match))


def _slots(own: SentenceCoder, match: Match) -> dict[str, tuple[str, ...]]:
    """The words in each slot: parties by their whole phrase, the others by their head."""
    named = (("ACTOR", match.actors), ("RECIPIENT", match.recipients), ("DEED", match.deeds), ("words", match.words))
    return {name: tuple(_words(own, i) for i in found) for name, found in named if found}


def _words(own: SentenceCoder, at: int) -> str:
    mention = own._mention(at)
    return mention.text if mention else own.sentence.tokens[at].text


def _verdict(
    report: Report, own: SentenceCoder, triggers: list[int], at: int, best: Match | None,
    events: list[EventFinding], tried: list[Attempt],
) -> str:
    """What became of the trigger, and why."""
    tokens = own.sentence.tokens
    fitting = [one for one in tried if one.score is not None]
    if best is None:
        return "no pattern fits" if not fitting else "a pattern fits, but nobody in its slots is known"
    rule = best.pattern.rule.id
    if events:
        others = [one for one in fitting if one.rule != rule]
        if not others:
            return f"coded by {rule}, the only rule that fits"
        next_best = others[0]
        if next_best.score == round(best.score, 2):
            return f"coded by {rule}: it fits as well as {next_best.rule} and stands before it"
        return f"coded by {rule}: it says more ({best.score:.1f}) than {next_best.rule} ({next_best.score:.1f})"
    for other in triggers:
        match = own.match_at(other)
        if other == at or match is None:
            continue
        if at in match.words:
            return f"absorbed: it is a word of `{tokens[other].text}` ({match.pattern.rule.id})"
        if at in match.deeds and match.pattern.rule.deed == "absorb":
            return f"absorbed: it is what `{tokens[other].text}` is about ({match.pattern.rule.id})"
    kind = best.pattern.rule.event
    same = next((e for e in report.events if e.sentence == own.sentence.index and e.type == kind), None)
    if same is not None:
        return f"{rule} fits; the same event as at `{tokens[same.trigger].text}` ({same.rule}), which is kept"
    return f"{rule} fits, but its event stands inside another"


def _coded(report: Report, event: EventFinding) -> str:
    """The event on one line, and what the record makes of it where its factuality changes the type."""
    codes = " ".join((event.type or event.kind, *event.modes))
    actors = ", ".join(m.text for m in event.actors) or "nobody named"
    recipients = ", ".join(m.text for m in event.recipients)
    line = f"{codes}: {actors}" + (f" → {recipients}" if recipients else "")
    types = {e.type for e in report.events if e.rule == event.rule}  # a rule may state two events
    for record in report.records:
        same = record.rule == event.rule and record.evidence.start == event.evidence.start
        if same and record.event and event.type and record.event.type not in types:
            how = f"{record.factuality.polarity}, {record.factuality.realis}"
            return f"{line}; recorded as {record.event.type}, since it is {how}"
    return line
