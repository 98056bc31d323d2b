"""Cues that are no verbs: "the claim that ...", "took aim at ...", "is critical of ...", "according to ..."."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.codebook.cues import AdjectiveCue, Cues, NounCue
from dragoman.coding.attribution_quotes import Draft
from dragoman.coding.attribution_syntax import (
    antecedent,
    child,
    is_infinitive,
    phrase,
    runs,
    spans_of,
    subject_of,
    trimmed,
    verb_group,
    without_aside,
)
from dragoman.model import Sentence

_CLAUSES = frozenset({"acl", "ccomp", "relcl", "advcl", "csubj"})
_POSS, _POBJ, _MARK = frozenset({"poss"}), frozenset({"pobj"}), frozenset({"mark"})
_MODIFIERS = frozenset({"compound", "nmod", "amod"})
_BE = frozenset({"auxpass"})
_PASSIVE = frozenset({"nsubjpass", "nsubj"})
# Where a predicate adjective stands under its verb.
_ADJECTIVE = frozenset({"acomp", "conj", "oprd", "attr", "ccomp"})


class Found(NamedTuple):
    """Where the content stands, its tokens, and those of the cue."""

    frame: str
    content: list[int]
    cue: list[int]


def noun(sentence: Sentence, at: int, cues: Cues) -> Draft | None:
    """The noun cue at ``at`` with its clause or the object of its preposition.

    Whose words they are: its possessor, the agent after a preposition, the subject of a verb that only lends itself
    to the noun ("made the case that"), or a name before it ("Pentagon comments that").
    """
    giver = _giver(sentence, at, cues)
    for entry in cues.nouns[sentence.tokens[at].lemma]:
        if entry.held and giver is None:
            continue
        found = _complement(sentence, at, entry) or _predicated(sentence, at, entry)
        if found is None and giver is not None:
            found = _beside(sentence, at, giver, entry)
        if found is None and entry.kind == "speech" and "clause" in entry.frames:
            found = _displaced(sentence, at, cues)
        if found is not None and (found.frame == "clause" or giver is not None or not _is_object(sentence, at, cues)):
            return _speaking(sentence, at, entry, giver, found, cues)
    return None


def _speaking(sentence: Sentence, at: int, entry: NounCue, giver: int | None, found: Found, cues: Cues) -> Draft | None:
    frame, content, cue = found
    owner = _owner(sentence, at, frame, cues)
    if owner is None and giver is not None:
        owner = subject_of(sentence, giver)
        if owner is not None or entry.held:
            cue = [*verb_group(sentence, giver), *cue]
            at = giver
    if owner is None and entry.kind == "speech":
        owner = _modifier(sentence, at)
    if owner is None and entry.owned:
        return None
    pieces = spans_of(sentence, [without_aside(sentence, content)])
    if not pieces:
        return None
    draft = Draft(
        sentence,
        at,
        entry.kind,
        entry.act,
        sentence.span_of(cue),
        pieces,
        frame="claim" if frame == "clause" else "noun",
    )
    if owner is not None:
        draft.source, draft.speaker = phrase(sentence, owner), antecedent(sentence, owner, at)
    return draft


def _is_object(sentence: Sentence, at: int, cues: Cues) -> bool:
    """Whether the noun is what another cue reports ("rejected the call for ..."), and so no cue of its own."""
    token = sentence.tokens[at]
    above = cues.verbs.get(sentence.tokens[token.head].lemma, ())
    return token.dep == "dobj" and any("object" in entry.frames for entry in above)


def _giver(sentence: Sentence, at: int, cues: Cues) -> int | None:
    """The verb that the noun at ``at`` is the object of, where it says no more than the noun ("make a claim")."""
    token = sentence.tokens[at]
    head = sentence.tokens[token.head]
    if token.dep in {"dobj", "attr"} and head.lemma in cues.givers and head.i < at:
        return head.i
    return None


def _complement(sentence: Sentence, at: int, entry: NounCue) -> Found | None:
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        if c < at:
            continue
        infinitive = is_infinitive(sentence, c)
        marked = child(sentence, c, _MARK) is not None or sentence.tokens[sentence.subtree(c)[0]].pos == "SCONJ"
        if token.dep in _CLAUSES and ((marked and "clause" in entry.frames) or (infinitive and "to" in entry.frames)):
            return Found("to" if infinitive else "clause", sentence.subtree(c), [at])
        if token.dep in {"prep", "dative"} and token.lemma in entry.prepositions:
            content = [i for i in sentence.subtree(c) if i > c]
            return Found("preposition", content, [at, c] if c == at + 1 else [at]) if content else None
    return None


def _predicated(sentence: Sentence, at: int, entry: NounCue) -> Found | None:
    """A clause that a form of "to be" makes the noun's content: "the claim is that ..."."""
    token = sentence.tokens[at]
    verb = sentence.tokens[token.head]
    if token.dep != "nsubj" or verb.pos != "AUX" or "clause" not in entry.frames:
        return None
    for c in sentence.children[verb.i]:
        below = sentence.tokens[c]
        if c > verb.i and below.dep == "ccomp" and child(sentence, c, _MARK) is not None:
            return Found("clause", sentence.subtree(c), [at, verb.i] if verb.i == at + 1 else [at])
    return None


def _beside(sentence: Sentence, at: int, verb: int, entry: NounCue) -> Found | None:
    """The complement of a noun that the parser hung on the verb that governs it."""
    for c in sentence.children[verb]:
        token = sentence.tokens[c]
        if c < at:
            continue
        if token.dep in {"prep", "dative"} and token.lemma in entry.prepositions:
            content = [i for i in sentence.subtree(c) if i > c]
            return Found("preposition", content, [at, c] if c == at + 1 else [at]) if content else None
        infinitive = is_infinitive(sentence, c)
        if token.dep in {"ccomp", "advcl", "xcomp"} and (
            ("to" in entry.frames and infinitive)
            or ("clause" in entry.frames and not infinitive and sentence.subtree(c)[0] == at + 1)
        ):
            return Found("to" if infinitive else "clause", sentence.subtree(c), [at])
    return None


def _displaced(sentence: Sentence, at: int, cues: Cues) -> Found | None:
    """The clause of a noun in a verb's object, hung on the verb: "referred to comments last week that"."""
    token = sentence.tokens[at]
    while token.dep in {"pobj", "dobj", "prep"} and token.head != token.i:
        token = sentence.tokens[token.head]
    if token.pos != "VERB" or token.i > at:
        return None
    if any("clause" in entry.frames for entry in cues.verbs.get(token.lemma, ())):
        return None
    for c in sentence.children[token.i]:
        below = sentence.subtree(c)
        if c > at and sentence.tokens[c].dep == "ccomp" and sentence.tokens[below[0]].pos == "SCONJ":
            between = sentence.tokens[at + 1 : below[0]]
            return Found("clause", below, [at]) if all(t.pos not in {"PUNCT", "VERB"} for t in between) else None
    return None


def _owner(sentence: Sentence, at: int, frame: str, cues: Cues) -> int | None:
    """Head of the possessor, or of who stands after a preposition of agents."""
    owner = child(sentence, at, _POSS)
    if owner is not None:
        return owner
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        if c > at and (
            token.dep == "agent"
            or (token.dep == "prep" and token.lemma in cues.noun_agents)
            or (token.dep == "prep" and frame == "clause" and token.lemma in cues.noun_owners)
        ):
            owner = child(sentence, c, _POBJ)
    return owner


def _modifier(sentence: Sentence, at: int) -> int | None:
    """A name or an adjective of a people right before the noun."""
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        if (
            c < at
            and token.dep in _MODIFIERS
            and (token.pos == "PROPN" or (token.pos == "ADJ" and token.text[0].isupper() and c > 0))
        ):
            return c
    return None


def adjective(sentence: Sentence, at: int, cues: Cues) -> Draft | None:
    """The predicate adjective or participle at ``at`` with what follows: "is confident that", "opposed to"."""
    token = sentence.tokens[at]
    if token.dep not in _ADJECTIVE and child(sentence, at, _BE) is None:
        return None
    for entry in cues.adjectives[token.text.lower()]:
        content, last = _after(sentence, at, entry)
        pieces = spans_of(sentence, [content])
        if not pieces:
            continue
        source = _bearer(sentence, at)
        if source is None or sentence.tokens[source].lemma in cues.not_speakers:
            return None
        cue = sentence.span_of([_first(sentence, at), last])
        draft = Draft(sentence, at, entry.kind, entry.act, cue, pieces, frame="adjective")
        draft.source, draft.speaker = phrase(sentence, source), antecedent(sentence, source, token.head)
        return draft
    return None


def _after(sentence: Sentence, at: int, entry: AdjectiveCue) -> tuple[list[int], int]:
    """The complement of the adjective and the last token of the cue."""
    for c in sentence.children[at]:
        if c < at:
            continue
        below = sentence.tokens[c]
        infinitive = is_infinitive(sentence, c)
        if below.dep in {"ccomp", "xcomp"} and ("to" if infinitive else "clause") in entry.frames:
            return sentence.subtree(c), at
        if below.dep in {"prep", "agent"} and below.lemma in entry.prepositions:
            return [i for i in sentence.subtree(c) if i > c], c if c == at + 1 else at
    return [], at


def _bearer(sentence: Sentence, at: int) -> int | None:
    """Whose state the adjective or participle names."""
    token = sentence.tokens[at]
    for holder in (at, child(sentence, at, _BE)):  # some parsers hang the subject on the auxiliary
        own = child(sentence, holder, _PASSIVE) if holder is not None else None
        if own is not None:
            return own
    return subject_of(sentence, token.head) if token.head != at else None


def _first(sentence: Sentence, at: int) -> int:
    """Where the cue begins: at the verb that carries the adjective, if only adverbs stand between."""
    token = sentence.tokens[at]
    if token.pos == "VERB":
        return verb_group(sentence, at)[0]
    head = token.head
    between = sentence.tokens[head + 1 : at]
    if token.dep in {"acomp", "oprd"} and head < at and all(t.pos in {"ADV", "PART"} for t in between):
        return verb_group(sentence, head)[0]
    return at


def adverb(sentence: Sentence, at: int, cues: Cues) -> Draft | None:
    """An adverb that hides a speaker: its clause is the content."""
    entry = cues.adverbs[sentence.tokens[at].text.lower()]
    head = sentence.tokens[at].head
    content = [i for i in sentence.subtree(head, frozenset({"conj", "cc"})) if i != at]
    pieces = spans_of(sentence, runs(content))
    return Draft(sentence, at, "speech", entry.act, sentence.span_of([at]), pieces) if pieces else None


def preposition(sentence: Sentence, at: int, cues: Cues) -> Draft | None:
    """A phrase before the source ("according to ..."): the rest of the clause is the content."""
    lower = [token.text.lower() for token in sentence.tokens[at : at + 6]]
    for entry, words in cues.phrases[lower[0]]:
        if tuple(lower[: len(words)]) != words:
            continue
        last = at + len(words) - 1
        source = child(sentence, last, _POBJ)
        if source is None:
            return None
        top = sentence.tokens[at].head
        if top == at:
            return None
        inside = set(sentence.subtree(at))
        content = [i for i in sentence.subtree(top) if i not in inside]
        pieces = [trimmed(sentence, run) for run in runs(content)]
        cue = sentence.span_of([at, last])
        draft = Draft(sentence, at, "speech", entry.act, cue, spans_of(sentence, pieces))
        draft.source, draft.speaker = phrase(sentence, source), source
        return draft
    return None


def standpoint(sentence: Sentence, at: int, cues: Cues) -> Draft | None:
    """Whose view a clause is: "in her view", "from the union's perspective", "in a new poll"; the rest is content."""
    word = child(sentence, at, _POBJ)
    top = sentence.tokens[at].head
    if word is None or sentence.tokens[top].pos not in {"VERB", "AUX"}:
        return None
    lemma = sentence.tokens[word].lemma
    if lemma in cues.standpoints[sentence.tokens[at].text.lower()]:
        source = child(sentence, word, _POSS)
    else:
        subject = child(sentence, top, _PASSIVE)
        source = word if lemma in cues.surveys and subject is not None and at < subject else None
    if source is None:
        return None
    inside = set(sentence.subtree(at))
    content = [i for i in sentence.subtree(top) if i not in inside]
    pieces = spans_of(sentence, [trimmed(sentence, run) for run in runs(content)])
    if not pieces:
        return None
    draft = Draft(sentence, at, "thought", "assert", sentence.span_of([at] if source == word else [at, word]), pieces)
    draft.source, draft.speaker = phrase(sentence, source), source
    return draft
