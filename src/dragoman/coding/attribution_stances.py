"""Cues that are neither verbs nor nouns: "is critical of ...", "allegedly ...", "according to ...", "in a poll ..."."""

from __future__ import annotations

from dragoman.codebook.cues import AdjectiveCue, Cues
from dragoman.coding.attribution_drafts import Draft
from dragoman.coding.attribution_nouns import QUESTION, reports
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
)
from dragoman.model import Sentence

_POSS, _POBJ = frozenset({"poss"}), frozenset({"pobj"})
_BE = frozenset({"auxpass"})
_PASSIVE = frozenset({"nsubjpass", "nsubj"})
# Where a predicate adjective stands under its verb, where one that follows its noun, and what may follow either.
_ADJECTIVE = frozenset({"acomp", "conj", "oprd", "attr", "ccomp", "advcl"})
_AFTER_NOUN = frozenset({"amod"})
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "advcl"})
# A survey is one; what it is attached to in "holds a lead in the latest poll".
_SINGULAR = frozenset({"NN", "NNP"})
_UP = frozenset({"dobj", "pobj", "prep", "attr"})
_NOMINAL = frozenset({"NOUN", "ADP"})


def adjective(sentence: Sentence, at: int, cues: Cues) -> Draft | None:
    """The adjective or participle at ``at`` with what follows: "is confident that", "opposed to", "voters angry at"."""
    token = sentence.tokens[at]
    after_noun = token.dep in _AFTER_NOUN and token.head < at
    if not (after_noun or token.dep in _ADJECTIVE or child(sentence, at, _BE) is not None):
        return None
    for entry in cues.adjectives[token.text.lower()]:
        content, last = _after(sentence, at, entry, cues)
        pieces = spans_of(sentence, [content])
        if not pieces:
            continue
        source = token.head if after_noun else _bearer(sentence, at)
        if source is None or sentence.tokens[source].lemma in cues.not_speakers:
            return None
        cue = sentence.span_of([_first(sentence, at), last])
        draft = Draft(sentence, at, entry.kind, entry.act, cue, pieces, frame="adjective")
        draft.source, draft.speaker = phrase(sentence, source), antecedent(sentence, source, token.head)
        if after_noun:
            draft.source = [i for i in draft.source if i < at]
        return draft
    return None


def _after(sentence: Sentence, at: int, entry: AdjectiveCue, cues: Cues) -> tuple[list[int], int]:
    """The complement of the adjective, which may hang on the verb it stands under, and the last token of the cue.

    An infinitive of saying is a cue of its own ("was quick to point out").
    """
    token = sentence.tokens[at]
    beside = sentence.children[token.head] if token.dep in {"acomp", "oprd"} else ()
    for c in (*sentence.children[at], *beside):
        below = sentence.tokens[c]
        if c < at or (below.head != at and sentence.subtree(c)[0] != at + 1 and not reports(sentence, c, cues)):
            continue
        infinitive = is_infinitive(sentence, c)
        asked = infinitive and sentence.tokens[sentence.subtree(c)[0]].tag == QUESTION  # "is not sure how to leave"
        infinitive = infinitive and not asked
        if below.dep in _COMPLEMENTS and ("to" if infinitive else "clause") in entry.frames:
            if infinitive and any(e.kind == "speech" and "clause" in e.frames for e in cues.verbs.get(below.lemma, ())):
                continue
            if infinitive or asked or below.dep != "advcl" or reports(sentence, c, cues):
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
    """Whose view a clause is: "in her view", "from the union's perspective", "in a new poll"; the rest is content.

    A survey may end the clause where it is one ("leads in a new poll"): doing well "in the polls" is no finding.
    """
    word, low = child(sentence, at, _POBJ), sentence.tokens[at].text.lower()
    if word is None:
        return None
    lemma = sentence.tokens[word].lemma
    survey = lemma in cues.surveys.get(low, ())
    top = sentence.tokens[at].head
    while survey and sentence.tokens[top].dep in _UP and sentence.tokens[top].pos in _NOMINAL:
        top = sentence.tokens[top].head  # "holds a lead in the latest poll"
    if sentence.tokens[top].pos not in {"VERB", "AUX"}:
        return None
    subject = child(sentence, top, _PASSIVE)
    source, after = None, False
    if lemma in cues.standpoints.get(low, ()):
        source = child(sentence, word, _POSS)
    elif survey and subject is not None:
        after = at > subject
        source = word if not after or sentence.tokens[word].tag in _SINGULAR else None
    if source is None:
        return None
    inside = set(sentence.subtree(at))
    content = [i for i in sentence.subtree(top) if i not in inside and not (after and i > at)]
    pieces = spans_of(sentence, [trimmed(sentence, run) for run in runs(content)])
    if not pieces:
        return None
    draft = Draft(sentence, at, "thought", "assert", sentence.span_of([at] if source == word else [at, word]), pieces)
    draft.source, draft.speaker = phrase(sentence, source), source
    return draft
