"""What the first party does to the second: the event coder asked about one pair."""

from __future__ import annotations

import msgspec

from dragoman.codebook.events import Rule
from dragoman.codebook.ontology import Ontology
from dragoman.coding.events import EventCoder, SentenceCoder
from dragoman.coding.match import Match
from dragoman.model import ActorMention, FactualityFinding, Party, Report, Sentence, Span

# How well an event's slots fit the pair, from both in their slots to a trigger word alone. The weights rank the
# readings; only their order matters for the type, their ratio for the scores.
BOTH, SWAPPED, ONE, NEITHER, WORD = 8.0, 2.0, 3.0, 1.0, 0.4
# What is left of it for an event that is only supposed ("if Mali attacks") or is what somebody is accused of, and for
# one that the sentence tells beside its main point, in a relative or adverbial clause.
LESS, ASIDE = 0.5, 0.75
ASIDES = frozenset({"relcl", "acl", "advcl", "pcomp"})
# Labels of what completes a verb.
COMPLEMENTS = frozenset({"dobj", "xcomp", "ccomp", "attr"})


class Relation(msgspec.Struct, frozen=True):
    """The type of what the first party does to the second (null: nothing stated) and a probability a type."""

    type: str | None
    scores: dict[str, float]
    rule: str | None = None


class Relater:
    """Types the interaction of two marked parties with the rules of the event coder."""

    def __init__(self, coder: EventCoder, ontology: Ontology) -> None:
        self.coder = coder
        self.ontology = ontology

    def __call__(self, report: Report, source: Span | None, target: Span | None) -> Relation:
        """The relation from ``source`` to ``target`` (null: any party) in the sentence that holds them."""
        report = with_parties(report, [s for s in (source, target) if s])
        sure = {(f.sentence, f.token): f for f in report.factuality}
        weights: dict[str, float] = {}
        rules: dict[str, tuple[float, str]] = {}
        for sentence in _sentences(report, source, target):
            coder = SentenceCoder(self.coder, report, sentence)
            heads = tuple(_head(sentence, s) if s else None for s in (source, target))
            path = _between(sentence, heads)
            triggers = [t.i for t in sentence.tokens if self.coder.patterns_at(sentence, t.i)]
            standing = coder.standing(triggers)
            told, unsaid = _told(sentence, standing), _below_statements(sentence, standing)
            for at in triggers:
                fact = sure.get((sentence.index, at))
                if at in unsaid:
                    continue
                for kind, rule, weight in self._readings(coder, sentence, at, standing.get(at), heads, path, fact):
                    if at in told or (fact is not None and fact.realis == "hypothetical"):
                        weight *= LESS
                    if _aside(sentence, at):
                        weight *= ASIDE
                    if fact is not None:
                        kind, _ = self.ontology.reduced(kind, (), fact.polarity, fact.realis, rule.refusal)
                    weights[kind] = max(weights.get(kind, 0.0), weight)
                    if weight >= rules.get(kind, (0.0, ""))[0]:
                        rules[kind] = (weight, rule.id)
        weights = {kind: weight for kind, weight in weights.items() if weight > 0}
        total = sum(weights.values())
        scores = {kind: round(weight / total, 4) for kind, weight in sorted(weights.items())}
        if not scores:
            return Relation(None, scores)
        best = max(scores, key=lambda kind: scores[kind])
        return Relation(best, scores, rules[best][1])

    def _readings(
        self,
        coder: SentenceCoder,
        sentence: Sentence,
        at: int,
        match: Match | None,
        heads: tuple[int | None, ...],
        path: frozenset[int],
        fact: FactualityFinding | None,
    ) -> list[tuple[str, Rule, float]]:
        """(type, rule, weight) of each way to read the trigger ``at``; ``match`` is its match if it stands alone."""
        if match is None:
            nothing_fits = at in path and coder.match_at(at) is None
            return self._partial(coder, sentence, at) if nothing_fits else []
        rule = match.pattern.rule
        kind = rule.event or (rule.promised if fact is not None and fact.realis == "planned" else None)
        if kind is None:
            return []
        return [(kind, rule, self._fit(coder, sentence, match, heads) * (0.5 + match.score / 10))]

    def _partial(self, coder: SentenceCoder, sentence: Sentence, at: int) -> list[tuple[str, Rule, float]]:
        """Readings of a trigger between the two parties none of whose patterns fits: the nearest to fitting."""
        patterns = self.coder.patterns_at(sentence, at)
        if not patterns or sentence.tokens[at].pos == "AUX":  # "is", "has" alone say nothing
            return []
        frame = coder.frame(at, patterns[0].trigger)
        return [
            (p.rule.event, p.rule, WORD * coder.matcher.share(p, frame)) for p in patterns if p.rule.event is not None
        ]

    def _fit(self, coder: SentenceCoder, sentence: Sentence, match: Match, heads: tuple[int | None, ...]) -> float:
        """How well the pair fills the slots of a match."""
        actors, recipients = set(match.actors), set(match.recipients)
        speaker = coder.speaker_at(match.frame.trigger) if match.pattern.rule.speaker else None
        if speaker is not None and speaker.sentence == sentence.index:
            actors.add(speaker.head)
        for deed in match.deeds:
            inner = coder.match_at(deed)
            if inner:
                recipients |= (set(inner.recipients) | set(inner.actors)) - actors
        if match.pattern.rule.reciprocal:
            actors = recipients = actors | recipients
        first, second = heads
        acts = first is not None and _is(sentence, first, actors)
        suffers = second is not None and _is(sentence, second, recipients)
        if (acts or first is None) and (suffers or second is None):
            return BOTH
        if acts or suffers:
            return ONE
        if first is None or second is None:
            return NEITHER
        if _is(sentence, second, actors) and _is(sentence, first, recipients):
            return SWAPPED
        return NEITHER


def _told(sentence: Sentence, matches: dict[int, Match]) -> frozenset[int]:
    """Tokens inside what somebody is accused of or denies: it is not what the accuser and the accused do."""
    deeds = {d for m in matches.values() if m.pattern.rule.deed == "keep" and m.pattern.rule.event for d in m.deeds}
    return frozenset(t for deed in deeds for t in sentence.subtree(deed))


def _below_statements(sentence: Sentence, matches: dict[int, Match]) -> frozenset[int]:
    """Tokens inside what somebody only hopes, considers, mourns or denies: a statement, and no deed of a pair."""
    tops = {at for at, match in matches.items() if match.pattern.rule.kind == "statement" and match.actors}
    return frozenset(t for at in tops for t in sentence.subtree(at, frozenset({"conj"}))) - tops


def _aside(sentence: Sentence, at: int) -> bool:
    """Whether the token stands in a clause that is not the sentence's main one nor what it says, wants or does."""
    token = sentence.tokens[at]
    while token.head != token.i:
        if token.dep in ASIDES:
            return True
        token = sentence.tokens[token.head]
    return False


def _between(sentence: Sentence, heads: tuple[int | None, ...]) -> frozenset[int]:
    """Tokens on the way from the pair to the root, and what hangs on it as object or complement."""
    path: set[int] = set()
    for head in heads:
        at = head
        while at is not None:
            path.add(at)
            above = sentence.tokens[at].head
            at = above if above != at else None
    near = {c for at in path for c in sentence.children[at] if sentence.tokens[c].dep in COMPLEMENTS}
    return frozenset(path | near)


def with_parties(report: Report, spans: list[Span]) -> Report:
    """The report with a mention for each of ``spans``, whatever it names."""
    mentions = list(report.mentions)
    for span in spans:
        sentence = report.analysis.sentence_at(span.start)
        if sentence is None:
            continue
        head = _head(sentence, span)
        have = report.mention_at.get((sentence.index, head)) if head is not None else None
        if head is None or (have is not None and have.parties and have.kind != "place"):
            continue
        words = span.of(report.article.text)
        if have is not None:
            mentions.remove(have)
        party = have.parties if have is not None and have.parties else (Party(words, span.start, span.end, name=words),)
        mentions.append(ActorMention(sentence.index, head, span, words, "organisation", party))
    return msgspec.structs.replace(report, mentions=tuple(mentions))


def _sentences(report: Report, source: Span | None, target: Span | None) -> list[Sentence]:
    """The sentences that hold the pair; all of them where neither is given."""
    spans = [s for s in (source, target) if s]
    if not spans:
        return list(report.analysis.sentences)
    return [s for s in report.analysis.sentences if any(s.span.overlaps(x) for x in spans)]


def _head(sentence: Sentence, span: Span) -> int | None:
    inside = [t.i for t in sentence.tokens if t.start < span.end and span.start < t.end]
    tops = [i for i in inside if sentence.tokens[i].head not in inside or sentence.tokens[i].head == i]
    return tops[0] if tops else None


def _is(sentence: Sentence, head: int, slots: set[int]) -> bool:
    """Whether the marked head fills a slot: itself, or as a modifier, owner or member of the phrase that does."""
    at = head
    for _ in range(4):
        if at in slots:
            return True
        token = sentence.tokens[at]
        if token.dep not in ("compound", "amod", "poss", "nmod", "appos", "pobj", "prep", "conj") or token.head == at:
            return False
        if token.dep == "prep" and token.pos == "ADP" and sentence.tokens[token.head].pos not in ("NOUN", "PROPN"):
            return False
        at = token.head
    return at in slots
