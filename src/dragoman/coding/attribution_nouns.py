"""Nouns that are cues: "the claim that ...", "took aim at ...", "is a critic of ...", "her goal was to ..."."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.codebook.cues import Cues, NounCue
from dragoman.coding.attribution_drafts import Draft
from dragoman.coding.attribution_syntax import (
    antecedent,
    child,
    is_infinitive,
    phrase,
    spans_of,
    subject_of,
    verb_group,
    without_aside,
)
from dragoman.model import Sentence

QUESTION = "WRB"
_CONTENT = frozenset({"ccomp"})
_CLAUSES = frozenset({"acl", "ccomp", "relcl", "advcl", "csubj"})
_POSS, _POBJ, _MARK = frozenset({"poss"}), frozenset({"pobj"}), frozenset({"mark"})
_MODIFIERS = frozenset({"compound", "nmod", "amod"})
_PASSIVE = frozenset({"nsubjpass", "nsubj"})
_PASSED = frozenset({"auxpass", "nsubjpass"})
_SINGULAR = frozenset({"NN", "NNP"})
_COMPLETE = frozenset({"acomp", "attr", "ccomp", "auxpass"})
_SPACE = frozenset({"PUNCT", "SPACE"})
_IN_PHRASE = frozenset({"NOUN", "PROPN", "DET", "ADJ", "PART", "PRON"})
# Treebank tags of a verb taken for a noun and of its subject: one has the mark of number that the other lacks.
_AGREE = frozenset({("NN", "NNS"), ("NN", "NNPS"), ("NNS", "NN"), ("NNS", "NNP")})
_FULL = _COMPLETE | {"dobj"}


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
    given = _giver(sentence, at, cues)
    for entry in sorted(cues.nouns[sentence.tokens[at].lemma], key=lambda entry: not (entry.inside or entry.received)):
        if entry.role or entry.received:
            draft = (_role if entry.role else _received)(sentence, at, entry, cues)
            if draft is not None:
                return draft
            continue
        giver = _above(sentence, at, entry) if entry.inside else given
        if (entry.held or entry.inside) and giver is None:
            continue
        found = _complement(sentence, at, entry, cues) or _predicated(sentence, at, entry, cues)
        if found is None and giver is not None:
            found = _beside(sentence, at, giver, entry, cues)
        if found is None and entry.kind == "speech" and "clause" in entry.frames:
            found = _displaced(sentence, at, cues)
        if found is None:
            found = _adjoining(sentence, at, entry, cues)
        if found is None or not (found.frame == "clause" or giver is not None or not _is_object(sentence, at, cues)):
            continue
        draft = _said_in(sentence, at, found, cues) or _speaking(sentence, at, entry, giver, found, cues)
        if draft is not None:
            return draft
    return None


def _said_in(sentence: Sentence, at: int, found: Found, cues: Cues) -> Draft | None:
    """The verb whose clause the parser hung on the paper it stands in: "said in a statement that ..."."""
    token = sentence.tokens[at]
    if found.frame != "clause" or token.dep != "pobj" or token.lemma not in cues.statement_nouns:
        return None
    verb = sentence.tokens[sentence.tokens[token.head].head]
    entries = cues.verbs.get(verb.lemma, ()) if verb.pos == "VERB" else ()
    entry = next((e for e in entries if e.kind == "speech" and "clause" in e.frames), None)
    if entry is None or child(sentence, verb.i, _CONTENT) is not None:
        return None
    source = subject_of(sentence, verb.i)
    pieces = spans_of(sentence, [found.content])
    if source is None or not pieces:
        return None
    cue = sentence.span_of(verb_group(sentence, verb.i))
    draft = Draft(sentence, verb.i, entry.kind, entry.act, cue, pieces, finite=True, frame="claim")
    draft.source, draft.speaker = phrase(sentence, source), antecedent(sentence, source, verb.i)
    return draft


def _received(sentence: Sentence, at: int, entry: NounCue, cues: Cues) -> Draft | None:
    """Whose support or anger the subject has: "won the backing of the miners"."""
    token = sentence.tokens[at]
    verb = sentence.tokens[token.head]
    if token.dep != "dobj" or verb.lemma not in cues.receivers or verb.i > at:
        return None
    after = [c for c in (*sentence.children[at], *sentence.children[verb.i]) if c > at]
    before = next((c for c in after if _opens(sentence, c, entry, cues)), None)
    source = child(sentence, before, _POBJ) if before is not None else None
    subject = subject_of(sentence, verb.i)
    if before is None or source is None or subject is None or subject > verb.i:
        return None
    pieces = spans_of(sentence, [phrase(sentence, subject)])
    if not pieces:
        return None
    cue = sentence.span_of([*verb_group(sentence, verb.i), before])
    draft = Draft(sentence, verb.i, entry.kind, entry.act, cue, pieces, frame="noun")
    draft.source, draft.speaker = phrase(sentence, source), source
    return draft


def _role(sentence: Sentence, at: int, entry: NounCue, cues: Cues) -> Draft | None:
    """The subject that is said to be a critic, a supporter or the like, and of whom or what."""
    token = sentence.tokens[at]
    source = subject_of(sentence, token.head) if token.dep == "attr" and token.head < at else None
    if source is None or source > token.head or sentence.tokens[source].lemma in cues.not_speakers:
        return None
    found = _complement(sentence, at, entry, cues)
    if found is None:
        name = next((c for c in sentence.children[at] if c == at - 1 and sentence.tokens[c].pos == "PROPN"), None)
        if name is None:
            return None
        found = Found("role", sentence.subtree(name), [at])
    cue = [at] if found.frame == "role" else [*verb_group(sentence, token.head), *found.cue]
    pieces = spans_of(sentence, [without_aside(sentence, found.content)])
    if not pieces:
        return None
    draft = Draft(sentence, at, entry.kind, entry.act, sentence.span_of(cue), pieces, frame="noun")
    draft.source, draft.speaker = phrase(sentence, source), antecedent(sentence, source, token.head)
    return draft


def _speaking(sentence: Sentence, at: int, entry: NounCue, giver: int | None, found: Found, cues: Cues) -> Draft | None:
    frame, content, cue = found
    owner = _owner(sentence, at, frame, cues)
    if owner is None and giver is not None:
        owner = subject_of(sentence, giver)
        if owner is not None or entry.held or entry.inside:
            cue = [*verb_group(sentence, giver), *cue]
            at = giver
    if owner is None and entry.kind == "speech":
        owner = _modifier(sentence, at)
    if owner is None and frame != "clause":
        owner = _carrier(sentence, at, cues)
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


def _above(sentence: Sentence, at: int, entry: NounCue) -> int | None:
    """The preposition that the noun at ``at`` stands right behind, if it is one that makes a cue with the noun."""
    head = sentence.tokens[sentence.tokens[at].head]
    return head.i if head.i == at - 1 and head.text.lower() in entry.inside else None


def _complement(sentence: Sentence, at: int, entry: NounCue, cues: Cues) -> Found | None:
    """The clause or the object of a preposition that hangs on the noun."""
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        if c < at:
            continue
        infinitive = is_infinitive(sentence, c)
        marked = reports(sentence, c, cues)
        if token.dep in _CLAUSES and ((marked and "clause" in entry.frames) or (infinitive and "to" in entry.frames)):
            return Found("to" if infinitive else "clause", sentence.subtree(c), [at])
        if _opens(sentence, c, entry, cues):
            content = [i for i in sentence.subtree(c) if i > c]
            return Found("preposition", content, [at, c] if c == at + 1 else [at]) if content else None
    return None


def reports(sentence: Sentence, clause: int, cues: Cues) -> bool:
    """Whether a conjunction or a question word opens the clause at ``clause``, and not when or why something is.

    A word that the parser took for a relative, though the clause lacks nothing, is a conjunction too.
    """
    mark = child(sentence, clause, _MARK)
    opener = sentence.tokens[mark if mark is not None else sentence.subtree(clause)[0]]
    if mark is None and opener.pos != "SCONJ" and not (opener.head == clause and _lacks_nothing(sentence, clause)):
        return False
    return opener.text.lower() in cues.conjunctions or opener.tag == QUESTION


def _lacks_nothing(sentence: Sentence, clause: int) -> bool:
    """Whether the clause, opened by a word that may be a relative, has a subject and a complement besides it."""
    first = sentence.subtree(clause)[0]
    others = {sentence.tokens[c].dep for c in sentence.children[clause] if c > first}
    role = sentence.tokens[first].dep
    if not others & _PASSIVE:
        return False
    return role in _PASSIVE or bool(others & _COMPLETE) or (role != "dobj" and "dobj" in others)


def _opens(sentence: Sentence, at: int, entry: NounCue, cues: Cues) -> bool:
    """Whether the preposition at ``at`` is followed by what the noun tells of, not by where or when ("on Monday")."""
    token = sentence.tokens[at]
    if token.dep not in {"prep", "dative"} or token.lemma not in entry.prepositions:
        return False
    what = child(sentence, at, _POBJ)
    return what is None or sentence.tokens[what].lemma not in cues.occasions


def _predicated(sentence: Sentence, at: int, entry: NounCue, cues: Cues) -> Found | None:
    """What a form of "to be" makes the noun's content: "the claim is that ..."; where the text says whose, an
    infinitive, a question or a bare clause too: "her goal was to ...", "his point is, you lose"."""
    token = sentence.tokens[at]
    verb = sentence.tokens[token.head]
    if token.dep != "nsubj" or verb.pos != "AUX" or not entry.frames:
        return None
    owned = child(sentence, at, _POSS) is not None
    for c in sentence.children[verb.i]:
        below = sentence.tokens[c]
        if c < verb.i or below.dep not in {"ccomp", "xcomp"}:
            continue
        mark = child(sentence, c, _MARK)
        asked = mark is not None and sentence.tokens[mark].text.lower() in cues.questions
        infinitive = is_infinitive(sentence, c)
        if owned or ("clause" in entry.frames and mark is not None and not asked and not infinitive):
            cue = [at, verb.i] if verb.i == at + 1 else [at]
            return Found("to" if infinitive else "clause", sentence.subtree(c), cue)
    return None


def _beside(sentence: Sentence, at: int, verb: int, entry: NounCue, cues: Cues) -> Found | None:
    """The complement of a noun that the parser hung on the verb that governs it."""
    for c in sentence.children[verb]:
        token = sentence.tokens[c]
        if c < at:
            continue
        if _opens(sentence, c, entry, cues):
            content = [i for i in sentence.subtree(c) if i > c]
            return Found("preposition", content, [at, c] if c == at + 1 else [at]) if content else None
        infinitive = is_infinitive(sentence, c)
        if token.dep in {"ccomp", "advcl", "xcomp"} and (
            ("to" in entry.frames and infinitive)
            or ("clause" in entry.frames and not infinitive and reports(sentence, c, cues))
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


def _adjoining(sentence: Sentence, at: int, entry: NounCue, cues: Cues) -> Found | None:
    """What stands right after the noun: an infinitive that the parser hung elsewhere ("flooded with calls to strike"),
    or a clause without a conjunction that lacks nothing ("claims he beat his brother")."""
    following = sentence.tokens[min(at + 1, len(sentence.tokens) - 1)]
    verb = sentence.tokens[following.head]
    if following.tag == "TO" and "to" in entry.frames and verb.dep in {"xcomp", "advcl", "acl"}:
        clause = sentence.subtree(verb.i)
        return Found("to", clause, [at]) if clause[0] == at + 1 else None
    if "clause" not in entry.frames or following.tag in {"WDT", "WP"}:
        return None
    for c in sentence.children[at]:
        if c > at and sentence.tokens[c].dep in {"relcl", "acl"} and sentence.tokens[c].lemma not in cues.givers:
            clause = sentence.subtree(c)
            labels = {sentence.tokens[below].dep for below in sentence.children[c]}
            if clause[0] == at + 1 and labels & _PASSIVE and labels & _FULL:
                return Found("clause", clause, [at])
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


def _carrier(sentence: Sentence, at: int, cues: Cues) -> int | None:
    """The subject that does something with the words, where they are not known yet ("opened with an attack on")."""
    head = sentence.tokens[sentence.tokens[at].head]
    if head.dep != "prep" or head.lemma not in cues.carriers or sentence.tokens[head.head].pos not in {"VERB", "AUX"}:
        return None
    if child(sentence, head.head, _PASSED) is not None:  # "was met with calls for"
        return None
    before = [sentence.tokens[c].text.lower() for c in sentence.children[at] if c < at]
    bare = not before and sentence.tokens[at].tag in _SINGULAR  # "in order to"
    return None if bare or set(before) & set(cues.articles) else subject_of(sentence, head.i)


def mistaken(sentence: Sentence, at: int, cues: Cues) -> Draft | None:
    """A verb that ends the sentence and that the parser took for a noun: "..., court records show".

    It must agree with the noun right before it, and what stands between a comma and it must be a noun phrase.
    """
    tokens = sentence.tokens
    entry = next((e for e in cues.verbs[tokens[at].lemma] if "clause" in e.frames), None)
    if entry is None or at < 2 or any(token.pos not in _SPACE for token in tokens[at + 1 :]):
        return None
    start = at
    while start > 0 and tokens[start - 1].pos in _IN_PHRASE:
        start -= 1
    comma = tokens[start - 1] if 0 < start < at else None
    if comma is None or comma.pos != "PUNCT" or (tokens[at].tag, tokens[at - 1].tag) not in _AGREE:
        return None
    content = list(range(start - 1))
    said = {tokens[i].dep for i in content}
    if not said & _PASSIVE or tokens[start - 2].pos == "ADJ":
        return None
    pieces = spans_of(sentence, [content])
    cue = sentence.span_of([at])
    draft = Draft(sentence, at, entry.kind, entry.act, cue, pieces, finite=True, frame="clause")
    draft.source, draft.speaker = list(range(start, at)), at - 1
    return draft
