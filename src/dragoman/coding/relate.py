"""What the first party does to the second: the event coder asked about one pair."""

from __future__ import annotations

import msgspec

from dragoman.coding.events import EventCoder, SentenceCoder
from dragoman.coding.match import Match
from dragoman.model import ActorMention, Party, Report, Sentence, Span

# How well an event's slots fit the pair, from both in their slots to a trigger word alone. The weights rank the
# readings; only their order matters for the type, their ratio for the scores.
BOTH, SWAPPED, ONE, NEITHER, WORD = 8.0, 2.0, 3.0, 1.0, 0.4


class Relation(msgspec.Struct, frozen=True):
    """The type of what the first party does to the second (null: nothing stated) and a probability a type."""

    type: str | None
    scores: dict[str, float]
    rule: str | None = None


class Relater:
    """Types the interaction of two marked parties with the rules of the event coder."""

    def __init__(self, coder: EventCoder) -> None:
        self.coder = coder

    def __call__(self, report: Report, source: Span | None, target: Span | None) -> Relation:
        """The relation from ``source`` to ``target`` (null: any party) in the sentence that holds them."""
        report = with_parties(report, [s for s in (source, target) if s])
        weights: dict[str, float] = {}
        rules: dict[str, tuple[float, str]] = {}
        linked = False
        for sentence in _sentences(report, source, target):
            coder = SentenceCoder(self.coder, report, sentence)
            heads = tuple(_head(sentence, s) if s else None for s in (source, target))
            for at in range(len(sentence.tokens)):
                for match, fit in self._readings(coder, sentence, at, heads):
                    rule = match.pattern.rule
                    kind = rule.event
                    if kind is None:
                        continue
                    linked = linked or fit >= ONE
                    weight = fit * (0.5 + match.score / 10)
                    weights[kind] = max(weights.get(kind, 0.0), weight)
                    if weight >= rules.get(kind, (0.0, ""))[0]:
                        rules[kind] = (weight, rule.id)
        total = sum(weights.values())
        scores = {kind: round(weight / total, 4) for kind, weight in sorted(weights.items())}
        if not scores or not linked:
            return Relation(None, scores)
        best = max(scores, key=lambda kind: scores[kind])
        return Relation(best, scores, rules[best][1])

    def _readings(
        self, coder: SentenceCoder, sentence: Sentence, at: int, heads: tuple[int | None, ...]
    ) -> list[tuple[Match, float]]:
        match = coder.match_at(at)
        if match is None:
            return []
        actors, recipients = set(match.actors), set(match.recipients)
        for deed in match.deeds:
            inner = coder.match_at(deed)
            if inner:
                recipients |= set(inner.recipients) | set(inner.actors) - actors
        first, second = heads
        acts = first is None or _is(sentence, first, actors)
        suffers = second is None or _is(sentence, second, recipients)
        reciprocal = match.pattern.rule.reciprocal
        if reciprocal:
            both = actors | recipients
            acts = first is None or _is(sentence, first, both)
            suffers = second is None or _is(sentence, second, both)
        if acts and suffers:
            return [(match, BOTH)]
        if acts and first is not None or suffers and second is not None:
            return [(match, ONE)]
        if first is not None and second is not None and _is(sentence, second, actors) and _is(sentence, first, recipients):
            return [(match, SWAPPED)]
        return [(match, NEITHER)]


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
