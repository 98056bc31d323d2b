"""Who did what to whom: the event coder."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dragoman.codebook.events import EventRules, Pattern
from dragoman.codebook.grammar import Grammar
from dragoman.coding.asides import only_mentioned
from dragoman.coding.conditions import condition_span
from dragoman.coding.frames import Frame, FrameReader
from dragoman.coding.match import Match, Matcher
from dragoman.model import ActorMention, EventFinding, Report, Sentence, Span

CLASSES = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}


class EventCoder:
    """Finds the events of a report with the rules of the codebook."""

    def __init__(self, rules: EventRules, grammar: Grammar) -> None:
        self.rules = rules
        self.grammar = grammar

    def __call__(self, report: Report) -> Report:
        """Fill ``report.events``; needs ``mentions``."""
        found: list[EventFinding] = []
        for sentence in report.analysis.sentences:
            found.extend(self.sentence(report, sentence))
        return msgspec.structs.replace(report, events=tuple(found))

    def sentence(self, report: Report, sentence: Sentence) -> list[EventFinding]:
        """The events of one sentence, in text order."""
        triggers = [t.i for t in sentence.tokens if self.patterns_at(sentence, t.i)]
        if not triggers:
            return []
        coder = SentenceCoder(self, report, sentence)
        return coder.events(triggers)

    def patterns_at(self, sentence: Sentence, at: int) -> tuple[Pattern, ...]:
        """The patterns that the word at a token may trigger."""
        token = sentence.tokens[at]
        kind = CLASSES.get(token.pos)
        if kind is None:
            return ()
        found = self.rules.patterns.get((kind, token.lemma), ())
        if kind == "noun" and not found and token.tag in ("VBG", "NN", "NNP"):
            # a participle or a headline's verb read as a noun keeps its verb's dictionary form in lower case
            found = self.rules.patterns.get((kind, token.text.lower()), ())
        return found


class SentenceCoder:
    """Codes one sentence; matches are kept by token, since one event may be the deed of another."""

    def __init__(self, coder: EventCoder, report: Report, sentence: Sentence) -> None:
        self.coder = coder
        self.report = report
        self.sentence = sentence
        self.reader = FrameReader(sentence, coder.grammar)
        self.matcher = Matcher(self.reader, self._mention, self._type_at, self._stands_for)
        self.words = {w for token in sentence.tokens for w in (token.lemma, token.text.lower())}
        self._kept: dict[int, Match | None] = {}

    def events(self, triggers: list[int]) -> list[EventFinding]:
        """All events at ``triggers``, less those that are the content of another."""
        standing = self.standing(triggers)
        stated = {at: m for at, m in standing.items() if not only_mentioned(self.reader, at, m, standing)}
        out = [finding for at, match in stated.items() for finding in self._findings(at, match)]
        return self._once(self._with_results(out))

    def _with_results(self, events: list[EventFinding]) -> list[EventFinding]:
        """One event for an act and its stated result: "bombed the town, killing six" is one assault on both."""
        by_trigger = {event.trigger: event for event in events}
        gone = {event.trigger for event in events if self._only_names(event, by_trigger)}
        for event in events:
            token = self.sentence.tokens[event.trigger]
            cause = by_trigger.get(token.head)
            if token.dep != "advcl" or token.tag != "VBG" or cause is None or cause is event or token.head in gone:
                continue
            if cause.type == event.type and cause.type is not None and _who(event.actors) == _who(cause.actors):
                gone.add(event.trigger)
                hurt = tuple(m for m in event.recipients if m not in cause.recipients)
                by_trigger[token.head] = msgspec.structs.replace(
                    cause,
                    recipients=(*cause.recipients, *hurt),
                    modes=tuple(dict.fromkeys((*cause.modes, *event.modes))),
                    evidence=Span(
                        min(cause.evidence.start, event.evidence.start), max(cause.evidence.end, event.evidence.end)
                    ),
                    tokens=(*cause.tokens, *event.tokens),
                )
        kept = [event for event in events if event.trigger not in gone]
        return [by_trigger[e.trigger] if e.type == by_trigger[e.trigger].type else e for e in kept]

    def _only_names(self, event: EventFinding, others: dict[int, EventFinding]) -> bool:
        """Whether a noun only says what its verb's deed was part of: "shot two men in an attack" is one assault."""
        token = self.sentence.tokens[event.trigger]
        light = self.reader.governor(event.trigger)[1]
        verb = others.get(self.sentence.tokens[token.head].head if light is None else light)
        same = verb is not None and verb.type == event.type and _who(event.actors) == _who(verb.actors)
        return same and token.dep == "pobj" and not event.recipients

    def _once(self, events: list[EventFinding]) -> list[EventFinding]:
        """Each event once: the same type with the same parties is one in a sentence, told by the more specific rule.

        Two verbs with an object each, joined by "and", are two: "tested a rocket and launched a satellite".
        """
        best: dict[tuple[object, ...], EventFinding] = {}
        for event in events:
            parties = tuple(sorted(f"{p.code or p.text} {p.sector}" for m in event.actors for p in m.parties))
            others = tuple(sorted(p.code or p.text for m in event.recipients for p in m.parties))
            key: tuple[object, ...] = (event.type, event.modes, parties, others)
            if key in best and self._two_deeds(best[key].trigger, event.trigger):
                key = (*key, event.trigger)
            if key not in best or event.score > best[key].score:
                best[key] = event
        return [event for event in events if any(event is kept for kept in best.values())]

    def _two_deeds(self, one: int, other: int) -> bool:
        """Whether two verbs are joined as equals and each has an object of its own; an event noun has its verb's."""
        one, other = (self.reader.governor(at)[1] or at for at in (one, other))
        joined = other in self.reader.conjuncts(one, verbs=True) or one in self.reader.conjuncts(other, verbs=True)
        return joined and all(self.reader.kids(at, "dobj") for at in (one, other))

    def standing(self, triggers: Iterable[int]) -> dict[int, Match]:
        """The matches at ``triggers`` that are not words or content of another: "refused to give aid" is one event."""
        matches = {at: match for at in triggers if (match := self.match_at(at))}
        within: dict[int, int] = {}
        for at, match in matches.items():
            for word in match.words:
                within.setdefault(word, at)
            if match.pattern.rule.deed == "absorb":
                for deed in match.deeds:
                    within.setdefault(deed, at)
        return {at: m for at, m in matches.items() if at not in within or not self._reaches_root(at, within)}

    def _reaches_root(self, at: int, within: dict[int, int]) -> bool:
        """Whether the chain of events around ``at`` ends in one that is coded (always, unless it is a circle)."""
        seen = {at}
        while at in within:
            at = within[at]
            if at in seen:
                return False
            seen.add(at)
        return True

    def match_at(self, at: int) -> Match | None:
        """The best match at a token."""
        if at in self._kept:
            return self._kept[at]
        self._kept[at] = None  # a deed that leads back here finds nothing
        best: Match | None = None
        token = self.sentence.tokens[at]
        patterns = self.coder.patterns_at(self.sentence, at)
        if patterns:
            frame = self.frame(at, patterns[0].trigger)
            for pattern in patterns:
                for need in pattern.needs:
                    if need.isdisjoint(self.words):
                        break
                else:
                    for lemma in self._lemmas(pattern, token.lemma):
                        match = self.matcher.match(pattern, lemma, frame)
                        if match and self._has_party(at, match) and (best is None or match.score > best.score):
                            best = match
        self._kept[at] = best
        return best

    def _lemmas(self, pattern: Pattern, lemma: str) -> tuple[str, ...]:
        return pattern.by_word.get(lemma) or (lemma,)

    def frame(self, at: int, kind: str) -> Frame:
        """The frame around a trigger of a class."""
        return {"verb": self.reader.verb, "noun": self.reader.noun, "adj": self.reader.adjective}[kind](at)

    def _mention(self, at: int) -> ActorMention | None:
        return self.report.mention_at.get((self.sentence.index, at))

    def _type_at(self, at: int) -> str | None:
        match = self.match_at(at)
        return match.pattern.rule.event if match else None

    def _stands_for(self, at: int) -> frozenset[str]:
        """Dictionary forms of the noun that a pronoun was resolved to, alone and with the word before it."""
        mention = self._mention(at)
        span = mention.antecedent if mention is not None else None
        sentence = self.report.analysis.sentence_at(span.start) if span is not None else None
        if span is None or sentence is None:
            return frozenset()
        inside = [t for t in sentence.tokens if t.start < span.end and span.start < t.end]
        tops = [t for t in inside if not span.start <= sentence.tokens[t.head].start < span.end or t.head == t.i]
        pairs = (f"{sentence.tokens[t.i - 1].lemma} {t.lemma}" for t in tops if t.i)
        return frozenset({*(t.lemma for t in tops), *pairs})

    def _has_party(self, at: int, match: Match) -> bool:
        """Whether some party of the match is known; an event between unresolved pronouns alone is none.

        It is one all the same by a rule whose deed nobody else can do.
        """
        if match.pattern.rule.speaker:
            return self.speaker_at(at) is not None
        return (
            any(
                (mention := self._mention(at)) is not None and mention.parties
                for at in (*match.actors, *match.recipients)
            )
            or match.pattern.rule.kind != "event"
            or (match.pattern.rule.unnamed and match.frame.passive)
        )

    def speaker_at(self, at: int) -> ActorMention | None:
        """Who says the words at a token: the resolved speaker of the innermost attribution around them."""
        token = self.sentence.tokens[at]
        word = Span(token.start, token.end)
        around = [
            found
            for found in self.report.attributions
            if found.speaker is not None and found.speaker.parties and any(p.covers(word) for p in found.content)
        ]
        return min(around, key=lambda f: sum(p.end - p.start for p in f.content)).speaker if around else None

    def _findings(self, at: int, match: Match) -> list[EventFinding]:
        rule = match.pattern.rule
        if rule.kind == "none":
            return []
        speaker = self.speaker_at(at) if rule.speaker else None
        actors = list(match.actors)
        recipients = list(match.recipients)
        contexts = list(rule.contexts)
        modes = list(rule.modes)
        for deed in match.deeds:
            inner = self.match_at(deed)
            kind = inner.pattern.rule.event if inner else None
            modes.extend(m for m in rule.deed_modes.get(kind or "other", ()) if m not in modes)
            if inner:
                contexts.extend(c for c in inner.pattern.rule.contexts if c not in contexts)
            if not recipients:
                recipients = self._deed_parties(deed, inner, actors)
        if rule.reciprocal:
            actors, recipients = [*actors, *(r for r in recipients if r not in actors)], []
        own = match.deeds if rule.deed == "absorb" else ()  # what is told of a kept deed is not told of this event
        tokens = (at, *match.words, *own)
        common = EventFinding(
            sentence=self.sentence.index,
            trigger=at,
            evidence=self._evidence((at, *match.words, *match.deeds), (*actors, *recipients)),
            rule=rule.id,
            kind=rule.kind,
            type=rule.event,
            promised=rule.promised,
            refusal=rule.refusal,
            modes=tuple(modes),
            contexts=tuple(contexts),
            actors=(speaker,) if speaker else self._mentions(actors),
            recipients=self._mentions(recipients),
            tokens=tokens,
            reciprocal=rule.reciprocal,
            trigger_clause=condition_span(self.sentence, self.coder.grammar, at),
            score=match.score,
        )
        if rule.obligation:
            common = msgspec.structs.replace(common, duty=self._duty(match))
        out = [common]
        for extra in rule.also:
            kind, _, mode = extra.partition("/")
            out.append(msgspec.structs.replace(common, type=kind, modes=(mode,) if mode else ()))
        return out

    def _deed_parties(self, deed: int, inner: Match | None, actors: list[int]) -> list[int]:
        """Recipients read from the content: who shall do it, else to whom it is done."""
        token = self.sentence.tokens[deed]
        if token.pos in ("VERB", "AUX"):
            subjects = [s for s in self.reader.agents(deed) if s not in actors and self._mention(s)]
            if subjects:
                return subjects
        if inner:
            parties = [p for p in (*inner.recipients, *inner.actors) if p not in actors]
            if parties:
                return parties
        frame = self.reader.verb(deed) if token.pos in ("VERB", "AUX") else self.reader.noun(deed)
        targets = self.coder.grammar.target_prepositions
        aimed = [x for name, found in frame.preps.items() if name in targets for x in found]
        found = [o for o in (*frame.objects, *aimed) if o not in actors and self._mention(o)]
        return list(dict.fromkeys(found))

    def _mentions(self, heads: list[int]) -> tuple[ActorMention, ...]:
        return tuple(m for h in heads if (m := self._mention(h)) is not None)

    def _duty(self, match: Match) -> Span:
        """What is promised: the deed's phrase, else the matched words'."""
        heads = match.deeds or match.words or (match.frame.trigger,)
        span = self._phrase(heads[0])
        for head in heads[1:]:
            other = self._phrase(head)
            span = Span(min(span.start, other.start), max(span.end, other.end))
        return span

    def _phrase(self, head: int) -> Span:
        tokens = self.sentence.subtree(head, frozenset({"relcl", "advcl", "punct", "mark"}))
        return self.sentence.span_of(tokens)

    def _evidence(self, tokens: tuple[int, ...], parties: tuple[int, ...]) -> Span:
        """The words from the first to the last that state the event."""
        spans = [Span(self.sentence.tokens[t].start, self.sentence.tokens[t].end) for t in tokens]
        spans += [m.span for p in parties if (m := self._mention(p))]
        if len(tokens) > 1:
            spans.append(self._phrase(tokens[-1]))
        return Span(min(s.start for s in spans), max(s.end for s in spans))


def _who(mentions: tuple[ActorMention, ...]) -> set[str]:
    return {party.code or party.text for mention in mentions for party in mention.parties}
