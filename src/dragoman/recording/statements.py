"""What is said that states no event: the claims worth a record of their own."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dragoman.codebook.coreference import CoreferenceKnowledge
from dragoman.codebook.cues import Cues
from dragoman.codebook.grammar import Grammar
from dragoman.model import ActorMention, AttributionFinding, EventFinding, Report, Sentence, Span
from dragoman.recording.chain import is_speech
from dragoman.recording.tree import PREDICATES

STATEMENT_RULE = "statement.said"
DENIAL_RULE = "statement.deny"
# Parts of speech of words that stand for what was said before ("it", "which", "that").
POINTING = frozenset({"PRON", "DET"})
# A shorter content ("said so", "called it a mistake") says nothing that could be checked.
FEWEST_WORDS = 4
# Labels of what completes a verb: what is said may be stated there ("is a violation", "began to fire").
COMPLEMENTS = frozenset({"xcomp", "acomp", "attr", "dobj"})
LEADING = frozenset({"xcomp", "acomp"})
SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE = frozenset({"nsubjpass", "csubjpass"})
HELPERS = frozenset({"aux", "auxpass"})
OBJECTS = frozenset({"dobj", "dative", "iobj"})


class Claim(msgspec.Struct, frozen=True):
    """One clause that somebody says: ``content`` is its part of what ``found`` reports, ``head`` its verb."""

    found: AttributionFinding
    sentence: Sentence
    content: Span
    head: int
    rule: str = STATEMENT_RULE

    @property
    def words(self) -> tuple[int, ...]:
        """The verb and the verbs and adjectives that it leads to ("is", "likely", "announce"), in that order."""
        found = [self.head]
        while below := [c for c in self.sentence.children[found[-1]] if self.sentence.tokens[c].dep in LEADING]:
            found.append(below[0])
        return tuple(found)


def nobody(knowledge: CoreferenceKnowledge) -> frozenset[str]:
    """Pronouns that name no speaker where nothing tells whom they mean: "it", "this", "which", "you"; not "she"."""
    return frozenset(
        word
        for rule in knowledge.pronouns
        if rule.person == 2
        or rule.kind in ("relative", "demonstrative")
        or (rule.kind == "personal" and rule.of == "any" and rule.number == "singular" and rule.person == 3)
        for word in rule.words
    )


def statements(
    report: Report, taken: frozenset[tuple[int, int]], cues: Cues, nameless: frozenset[str]
) -> list[Claim]:
    """The claims with a known source that no event states, each clause once, under its innermost speaker.

    ``nameless`` are the pronouns of ``nobody``: a thing that "shows" something is no speaker.

    ``taken`` are the words that events are read from, as (sentence, token): a claim is not a second record of what an
    event says, but a clause that only mentions an event in passing ("the pact will frame the trade between the two")
    is one. A content of several sentences or of several "that" clauses is as many claims.
    """
    said = [
        f for f in report.attributions
        if f.level == "clause" and _has_speaker(report, f, nameless) and f.content and is_speech(report, f, cues)
    ]
    said.sort(key=lambda f: sum(piece.end - piece.start for piece in f.content))
    negated = {(f.sentence, f.token) for f in report.factuality if f.polarity == "negative"}
    heads: set[tuple[int, int]] = set()
    out = []
    for found in said:
        cue_at = (found.sentence, found.cue_token)
        if cue_at in taken and (found.act != "deny" or cue_at in negated):
            continue  # a denial is one record, what it denies another
        for claim in _claims(report, found):
            at = (claim.sentence.index, claim.head)
            words = [claim.head, *_complements(claim.sentence, claim.head)]
            if at in heads or any((claim.sentence.index, word) in taken for word in words):
                continue
            heads.add(at)
            out.append(claim)
    speaking = {(c.found.sentence, c.found.cue_token) for c in out}
    # "A said B believes C" claims C, by B, by A.
    claims = [c for c in out if (c.sentence.index, c.head) not in speaking]
    claims = [msgspec.structs.replace(c, rule=DENIAL_RULE) if _calls_false(c, cues) else c for c in claims]
    return [*claims, *_denials(report, said, taken)]


def _calls_false(claim: Claim, cues: Cues) -> bool:
    """Whether it says of what others claim that it is not so ("the charges were false", "the report is baseless")."""
    tokens, facts = claim.sentence.tokens, cues.factuality
    below = [tokens[c] for c in claim.sentence.children[claim.head]]
    about = any(
        t.dep in SUBJECTS and any(e.effect == "unknown" for e in facts.nouns.get(t.lemma, ())) for t in below
    )
    untrue = any(
        t.dep == "acomp"
        and any("claim" in e.reach and e.effect == "negate" for e in facts.complement_adjectives.get(t.lemma, ()))
        for t in below
    )
    return about and untrue and not any(t.dep == "neg" for t in below)


def _denials(
    report: Report, said: list[AttributionFinding], taken: frozenset[tuple[int, int]]
) -> Iterator[Claim]:
    """Those who deny what a pronoun stands for, as a claim headed by the denying verb ("..., which Quito denies")."""
    for found in said:
        at = (found.sentence, found.cue_token)
        if found.act != "deny" or found.sentence is None or found.cue_token is None or at in taken:
            continue
        sentence = report.analysis.sentences[found.sentence]
        words = [t for piece in found.content for t in sentence.tokens if piece.covers(Span(t.start, t.end))]
        if words and all(t.pos in POINTING for t in words):
            yield Claim(found, sentence, found.content[0], found.cue_token, DENIAL_RULE)


def _has_speaker(report: Report, found: AttributionFinding, nameless: frozenset[str]) -> bool:
    """Whether the source is known: a resolved party, or words that are more than a pronoun for a thing."""
    if found.source is None:
        return False
    resolved = found.speaker is not None and bool(found.speaker.parties)
    return resolved or found.source.of(report.article.text).lower() not in nameless


def claimed_parties(
    report: Report, claim: Claim, grammar: Grammar
) -> tuple[tuple[ActorMention, ...], tuple[ActorMention, ...]]:
    """(who does, to whom) in a claim: those its verb has as subject or agent, and as object, where they are parties."""
    sentence = claim.sentence
    does: list[int] = []
    undergoes: list[int] = []
    for child in sentence.children[claim.head]:
        token = sentence.tokens[child]
        if token.dep in SUBJECTS:
            does.append(child)
        elif token.dep in PASSIVE or token.dep in OBJECTS:
            undergoes.append(child)
        elif token.dep in ("prep", "agent"):
            below = [c for c in sentence.children[child] if sentence.tokens[c].dep == "pobj"]
            if token.dep == "agent":
                does += below
            elif token.lemma in grammar.target_prepositions:
                undergoes += below
    return _mentions(report, sentence, does), _mentions(report, sentence, undergoes)


def as_event(claim: Claim) -> EventFinding:
    """The claim in the shape in which times, places and figures are looked for."""
    return EventFinding(
        sentence=claim.sentence.index, trigger=claim.head, evidence=claim.content, rule=STATEMENT_RULE,
        kind="statement", type=None, tokens=claim.words,
    )


def _claims(report: Report, found: AttributionFinding) -> Iterator[Claim]:
    for number, piece in enumerate(found.content):
        sentence = report.analysis.sentence_at(piece.start)
        while sentence is not None and sentence.span.overlaps(piece):
            content = Span(max(piece.start, sentence.span.start), min(piece.end, sentence.span.end))
            heads = _heads(sentence, content, first=number == 0)
            for head in heads:
                part = _clause(sentence, content, head, heads)
                if _long_enough(sentence, part):
                    yield Claim(found, sentence, part, head)
            after = sentence.index + 1
            sentence = report.analysis.sentences[after] if after < len(report.analysis.sentences) else None


def _heads(sentence: Sentence, content: Span, first: bool) -> list[int]:
    """The verb that heads a content and those of further "that" clauses joined to it, in text order.

    A content that is no clause has the first verb inside it (``first``), where that states something of its own and
    does not only say which thing is meant ("shared a video showing the square"); a further piece of one has none.
    """
    inside = {t.i for t in sentence.tokens if content.start <= t.start < content.end}
    tops = [i for i in sorted(inside) if sentence.tokens[i].head not in inside or sentence.tokens[i].head == i]
    heads = [i for i in tops if sentence.tokens[i].pos in PREDICATES]
    if heads and all(_attached(sentence, i) for i in heads):
        return []
    heads = [i for i in heads if not _attached(sentence, i)]
    if not heads and first:
        verbs = [
            i for i in sorted(inside)
            if sentence.tokens[i].pos in PREDICATES and sentence.tokens[i].dep not in HELPERS
        ]
        heads = verbs if verbs and not _describes(sentence, verbs[0]) else []
    heads = heads[:1]
    for head in heads:
        heads += [
            i for i in sentence.children[head]
            if i in inside and sentence.tokens[i].dep == "conj" and _own_clause(sentence, i)
        ]
    return heads


def _attached(sentence: Sentence, at: int) -> bool:
    """Whether the verb is a participle that another clause hangs on to ("..., marking the fifth day"): no claim."""
    token = sentence.tokens[at]
    alone = not any(sentence.tokens[c].dep in SUBJECTS | PASSIVE for c in sentence.children[at])
    return token.tag in ("VBG", "VBN") and token.dep in ("advcl", "acl") and alone


def _describes(sentence: Sentence, at: int) -> bool:
    """Whether the verb only describes a noun: a relative clause or participle ("the firms he represents")."""
    token = sentence.tokens[at]
    opened = any(sentence.tokens[c].dep == "mark" for c in sentence.children[at])  # "reports that the dam broke"
    return token.dep in ("relcl", "amod") or (token.dep == "acl" and not opened)


def _own_clause(sentence: Sentence, at: int) -> bool:
    verb = sentence.tokens[at].pos in PREDICATES
    return verb and any(sentence.tokens[c].dep == "mark" for c in sentence.children[at])


def _clause(sentence: Sentence, content: Span, head: int, heads: list[int]) -> Span:
    """The part of ``content`` that belongs to ``head`` and not to the other ``heads``."""
    joined = [i for i in heads if i != head]
    if not joined:
        return content
    gone = {word for i in joined if i in sentence.subtree(head) for word in sentence.subtree(i)}
    words = [i for i in sentence.subtree(head) if i not in gone]
    words = [i for i in words if content.start <= sentence.tokens[i].start < content.end]
    while len(words) > 1 and sentence.tokens[words[-1]].pos in ("CCONJ", "PUNCT"):
        words.pop()
    return sentence.span_of(words)


def _complements(sentence: Sentence, head: int) -> list[int]:
    return [c for c in sentence.children[head] if sentence.tokens[c].dep in COMPLEMENTS]


def _long_enough(sentence: Sentence, content: Span) -> bool:
    inside = [t for t in sentence.tokens if content.start <= t.start < content.end and t.pos != "PUNCT"]
    return len(inside) >= FEWEST_WORDS and any(t.pos in PREDICATES for t in inside)


def _mentions(report: Report, sentence: Sentence, heads: list[int]) -> tuple[ActorMention, ...]:
    """The mentions at ``heads`` and at what is joined to them."""
    found = []
    for head in heads:
        while True:
            mention = report.mention_at.get((sentence.index, head))
            if mention is not None and mention.parties:
                found.append(mention)
            joined = [c for c in sentence.children[head] if sentence.tokens[c].dep == "conj"]
            if not joined:
                break
            head = joined[0]
    return tuple(found)
