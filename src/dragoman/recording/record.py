"""Findings -> records."""

from __future__ import annotations

import hashlib

import msgspec

from dragoman.codebook.load import Codebook
from dragoman.model import (
    ActorMention,
    Event,
    EventFinding,
    Evidence,
    Factuality,
    FactualityFinding,
    Gap,
    Hop,
    Obligation,
    Party,
    Record,
    Report,
    Span,
    Time,
)
from dragoman.recording.amounts import quantities_of
from dragoman.recording.chain import chain_of, without_things
from dragoman.recording.links import with_links
from dragoman.recording.repeats import with_repeats
from dragoman.recording.statements import DENIAL_RULE, Claim, as_event, claimed_parties, nobody, statements
from dragoman.recording.tree import is_finite, preposition_over
from dragoman.recording.when import stated_time, time_of
from dragoman.recording.where import place_of

# Acts after which the article does not vouch for the content.
CONTESTED = frozenset({"accuse", "deny", "decline", "retract"})
# Quad classes of deeds; the others are words.
MATERIAL = frozenset({2, 4})
# Quad classes of cooperation, in words and deeds.
COOPERATIVE = frozenset({1, 2})
# The quad class of material conflict.
HARMFUL = 4
# Kinds of mention that may be of anybody.
UNNAMED = frozenset({"person", "pronoun"})
# Labels of a name that only says which thing is meant ("the Nairobi bombing").
DESCRIBING = frozenset({"compound", "nmod", "amod"})
# A visit is paid to the place ("arrived in Peru").
VISITED = frozenset({"CONSULT"})


class Recorder:
    """Makes the records of a report: one an event, one a statement that states no event."""

    def __init__(self, codebook: Codebook, parser: str) -> None:
        self.codebook = codebook
        self.parser = parser
        self._nobody = nobody(codebook.coreference)
        self._evidence = frozenset(codebook.coreference.cues.evidence)

    def __call__(self, report: Report) -> Report:
        """Fill ``report.records``, in text order, with their links."""
        sure = {(f.sentence, f.token): f for f in report.factuality}
        events = [
            event for event in report.events
            if not (self._only_wished(report, event, sure) or self._only_feared(event, sure) or self._private(event))
        ]
        made = [self._event(report, event, sure) for event in events]
        taken = frozenset((event.sentence, token) for event in events for token in event.tokens)
        claims = statements(report, taken, self.codebook.cues, self._nobody)
        made += [self._statement(report, claim, sure) for claim in claims]
        made.sort(key=lambda record: (record.evidence.start, record.evidence.end, record.rule))
        records = with_repeats(report, with_links(report, _distinct(made)))
        return msgspec.structs.replace(report, records=records)

    def _only_wished(
        self, report: Report, event: EventFinding, sure: dict[tuple[int, int], FactualityFinding]
    ) -> bool:
        """Whether an event is cooperation that nobody has bound themselves to: no deed, no promise, no refusal.

        "They met to help X", "he wants to work with Y", "they have to support Z" name what somebody would like. What is
        planned, promised or possible is recorded, and so are duties that the text states itself ("the rebels must hand
        over their arms") and conflict that is only spoken of, which is a threat.
        """
        fact = sure.get((event.sentence, event.trigger))
        if event.type is None or event.realis or event.polarity or fact is None:
            return False
        idle = fact.modality == "unknown" and fact.realis != "actual" and fact.polarity == "positive"
        if not idle or self.codebook.ontology.types[event.type].quad not in COOPERATIVE:
            return False
        sentence = report.analysis.sentences[event.sentence]
        if not is_finite(sentence, event.trigger):
            return True
        trigger = sentence.tokens[event.trigger]
        said = chain_of(report, Span(trigger.start, trigger.end), self.codebook.cues)
        return fact.realis == "hypothetical" and any(hop.cue for hop in said)

    def _only_feared(self, event: EventFinding, sure: dict[tuple[int, int], FactualityFinding]) -> bool:
        """Whether an event is harm that has not happened and that nobody is said to do.

        "A missile that could hit the port", "the risk of an attack on Mali": without an actor there is no event
        (plover.md, 1), and nobody threatens.
        """
        fact = sure.get((event.sentence, event.trigger))
        if event.type is None or event.realis or fact is None or fact.realis != "hypothetical":
            return False
        harm = self.codebook.ontology.types[event.type].quad == HARMFUL
        return harm and not event.reciprocal and not parties_of(event.actors)

    def _private(self, event: EventFinding) -> bool:
        """Whether an event is words or help among people of whom the text says neither country nor role.

        "Ms Diallo met her cousin" is no political event, nor is "Ms Diallo visited Kenya"; force is one whoever uses
        it, and what a named body does may be.
        """
        if event.type is None or self.codebook.ontology.types[event.type].quad == HARMFUL:
            return False
        both = event.actors if event.type in VISITED else (*event.actors, *event.recipients)
        return bool(event.actors) and all(
            mention.kind in UNNAMED and not any(p.code or p.sector for p in mention.parties) for mention in both
        )

    def _event(
        self, report: Report, event: EventFinding, sure: dict[tuple[int, int], FactualityFinding]
    ) -> Record:
        actors = parties_of(event.actors)
        meant = self._meant(report, event)
        recipients = tuple(p for p in parties_of(meant) if not any(_same(p, a) for a in actors))
        trigger = report.analysis.sentences[event.sentence].tokens[event.trigger]
        deed = event.type is not None and self.codebook.ontology.types[event.type].quad in MATERIAL
        chain = chain_of(report, Span(trigger.start, trigger.end), self.codebook.cues, deed)
        fact = self._factuality(event, sure.get((event.sentence, event.trigger)), chain)
        time, no_time = time_of(report, event, fact)
        place, no_place = place_of(report, event, self.codebook.grammar)
        quantities = quantities_of(report, event, actors, recipients, time, self.codebook)
        plover = self._plover(report, event, fact)
        duty = self._obligation(report, event, plover, actors)
        gaps = []
        if not actors:
            gaps.append(Gap("actors", _missing(event.actors, "the text names nobody who did it")))
        if not recipients and not event.reciprocal:
            gaps.append(Gap("recipients", _missing(event.recipients, "the text names nobody to whom it was done")))
        gaps += [Gap("actors", f"{p.text}: no country known") for p in actors if p.code is None and p.sector is None]
        if no_time:
            gaps.append(Gap("time", no_time))
        if no_place:
            gaps.append(Gap("place", no_place))
        if not quantities:
            gaps.append(Gap("quantities", "the text gives no figure for it"))
        if not duty:
            gaps.append(Gap("obligation", "the text states no duty"))
        return self._record(
            report, "event" if plover else event.kind, event.evidence, plover, actors, recipients, chain, fact, time,
            event.rule, self.codebook.confidence.of(event.score), tuple(gaps), place=place, quantities=quantities,
            obligation=duty,
        )

    def _meant(self, report: Report, event: EventFinding) -> tuple[ActorMention, ...]:
        """The recipients of an event without places where it only happens.

        Words are aimed at a state, seldom at where something was ("condemned the raid in Mali", "the Paris accord"); a
        deed in a place is one against it where the text names nobody else.
        """
        sentence = report.analysis.sentences[event.sentence]
        places = self.codebook.grammar.locative_prepositions
        kept = tuple(
            m for m in event.recipients
            if m.kind != "place"
            or (preposition_over(sentence, m.head) not in places and sentence.tokens[m.head].dep not in DESCRIBING)
        )
        quad = self.codebook.ontology.types[event.type].quad if event.type is not None else None
        return event.recipients if not kept and (quad in MATERIAL or event.type in VISITED) else kept

    def _statement(self, report: Report, claim: Claim, sure: dict[tuple[int, int], FactualityFinding]) -> Record:
        """The record of a claim: its actors are those it is about; where it names none, the party that makes it."""
        found, content = claim.found, claim.content
        parts = [content, *([found.cue] if found.cue else []), *([found.source] if found.source else [])]
        inside = [p for p in parts if claim.sentence.span.overlaps(p)]
        evidence = Span(min(p.start for p in inside), max(p.end for p in inside))
        verb = claim.sentence.tokens[claim.head]
        fact = _plain(sure.get((claim.sentence.index, claim.words[-1])) or sure.get((claim.sentence.index, claim.head)))
        chain = chain_of(report, Span(verb.start, verb.end), self.codebook.cues)
        if fact.modality == "certain" and chain and chain[0].act in CONTESTED:
            fact = msgspec.structs.replace(fact, modality="unknown")
        does, undergoes = claimed_parties(report, claim, self.codebook.grammar)
        actors = parties_of(does) or (found.speaker.parties if found.speaker is not None else ())
        recipients = tuple(p for p in parties_of(undergoes) if not any(_same(p, a) for a in actors))
        if claim.rule == DENIAL_RULE and found.speaker is not None:  # what is denied is no party
            actors, recipients = found.speaker.parties or actors, ()
        event = as_event(claim)
        time, no_time = stated_time(report, event)
        place, no_place = place_of(report, event, self.codebook.grammar)
        quantities = quantities_of(report, event, actors, recipients, time, self.codebook)
        gaps = [Gap("event", "what is said is no PLOVER event")]
        gaps += [] if actors else [Gap("actors", "neither the claim nor its source names a party")]
        gaps += [Gap("time", no_time)] if no_time else []
        gaps += [Gap("place", no_place)] if no_place else []
        gaps += [] if quantities else [Gap("quantities", "the text gives no figure for it")]
        return self._record(
            report, "statement", evidence, None, actors, recipients, chain, fact, time, claim.rule,
            self.codebook.confidence.of_statement,
            tuple(gaps), place=place, quantities=quantities,
        )

    def _record(
        self, report: Report, kind: str, evidence: Span, event: Event | None, actors: tuple[Party, ...],
        recipients: tuple[Party, ...], chain: tuple[Hop, ...], fact: Factuality, time: Time | None, rule: str,
        confidence: float, gaps: tuple[Gap, ...], **slots: object,
    ) -> Record:
        quote = evidence.of(report.article.text)
        chain, things = without_things(report, chain, self._evidence)
        gaps += things
        identity = "\n".join(
            (report.article.id, self.codebook.version, self.parser, rule, event.type if event else kind,
             *(event.modes if event else ()), str(evidence.start), quote)
        )
        values = {
            "id": hashlib.sha256(identity.encode()).hexdigest()[:16], "kind": kind,
            "evidence": Evidence(evidence.start, evidence.end, quote), "event": event, "actors": actors,
            "recipients": recipients, "attribution": chain, "factuality": fact, "time": time, "place": None,
            "quantities": (), "obligation": None, "links": (), "rule": rule, "confidence": confidence, "gaps": gaps,
        }
        return Record(**{**values, **slots})  # type: ignore[arg-type]  # the slots of Record, named above

    def _plover(self, report: Report, event: EventFinding, fact: Factuality) -> Event | None:
        """The PLOVER event, reduced by its factuality: planned cooperation is an agreement, refused a rejection."""
        ontology = self.codebook.ontology
        kind, modes = event.type, event.modes
        if kind is None and event.actors and (fact.realis, fact.polarity) == ("planned", "positive"):
            kind = event.promised
        if kind is None:
            return None
        if fact.modality != "unknown":  # a bare infinitive ("to hold talks") announces nothing
            kind, modes = ontology.reduced(kind, modes, fact.polarity, fact.realis, event.refusal)
        modes = tuple(m for m in modes if m in ontology.types[kind].modes)
        sentence = report.analysis.sentences[event.sentence]
        lemmas = [t.lemma for t in sentence.tokens if event.evidence.overlaps(Span(t.start, t.end))]
        added = [c for m in modes for c in ontology.types[kind].modes[m].contexts]
        contexts = tuple(dict.fromkeys((*event.contexts, *added, *self.codebook.contexts.of(lemmas))))
        return Event(
            kind, modes, contexts, ontology.cameo(kind, modes), ontology.types[kind].quad,
            ontology.intensity(kind, modes),
        )

    def _factuality(
        self, event: EventFinding, found: FactualityFinding | None, chain: tuple[Hop, ...]
    ) -> Factuality:
        fact = _plain(found)
        if event.realis:
            fact = msgspec.structs.replace(fact, realis=event.realis)
        if event.polarity:
            fact = msgspec.structs.replace(fact, polarity=event.polarity)
        if fact.modality == "certain" and chain and chain[0].act in CONTESTED:
            words = (*fact.words, *((chain[0].cue,) if chain[0].cue else ()))
            fact = msgspec.structs.replace(fact, modality="unknown", words=words)
        return fact

    def _obligation(
        self, report: Report, event: EventFinding, plover: Event | None, actors: tuple[Party, ...]
    ) -> Obligation | None:
        """What the actors bind themselves to: the rule's duty, or the planned act that is coded as an agreement."""
        text = report.article.text
        duty = event.duty
        if duty is None and plover is not None and plover.type != event.type and self._binds(plover.type):
            start = report.analysis.sentences[event.sentence].tokens[event.trigger].start
            duty = Span(start, event.evidence.end) if start < event.evidence.end else None
        if duty is None:
            return None
        trigger = event.trigger_clause
        if trigger and duty.start < trigger.start < duty.end:
            duty = Span(duty.start, trigger.start)
        return Obligation(duty.of(text).strip(" ,"), trigger.of(text) if trigger else None, actors)

    def _binds(self, type: str) -> bool:
        return self.codebook.ontology.types[type].binds


def parties_of(mentions: tuple[ActorMention, ...]) -> tuple[Party, ...]:
    """The parties of mentions, each once; unresolved ones as their words alone, but for pronouns: "it" names nobody."""
    out: dict[tuple[object, ...], Party] = {}
    for mention in mentions:
        if mention.kind == "pronoun" and not mention.parties:
            continue
        for party in mention.parties or (Party(mention.text, mention.span.start, mention.span.end),):
            out.setdefault((party.code, party.sector, party.entity or party.name or party.text), party)
    return tuple(out.values())


def _same(one: Party, other: Party) -> bool:
    """Whether two mentions name one party ("each side" helping "the other" are the same two)."""
    if one.entity or other.entity:
        return one.entity == other.entity
    return one.code is not None and (one.code, one.sector, one.name) == (other.code, other.sector, other.name)


def _missing(mentions: tuple[ActorMention, ...], otherwise: str) -> str:
    return next((f"{m.text}: {m.reason}" for m in mentions if m.reason), otherwise)


def _plain(found: FactualityFinding | None) -> Factuality:
    if found is None:
        return Factuality()
    return Factuality(found.polarity, found.modality, found.realis, found.words)


def _distinct(records: list[Record]) -> tuple[Record, ...]:
    """Each id once."""
    return tuple({record.id: record for record in records}.values())
