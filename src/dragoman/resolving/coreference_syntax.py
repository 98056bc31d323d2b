"""What binding needs to know of a dependency tree: clauses, their subjects, quotations.

Indexes are of tokens in their sentence; labels are the parser's (ClearNLP style).
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.model import Sentence
from dragoman.resolving.coreference_words import Words

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "dative"})
INFINITIVE = "VB"
RELATIVE_TAGS = ("WP", "WDT")
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
# Climbing a chain of heads stops here: deeper trees are broken parses.
DEPTH = 25


def clause_of(sentence: Sentence, at: int) -> int:
    """The verb (or root) whose clause holds token ``at``; ``at`` itself where it is the root."""
    tokens = sentence.tokens
    for _ in range(DEPTH):
        token = tokens[at]
        if token.head == at:
            return at
        at = token.head
        head = tokens[at]
        if head.pos in ("VERB", "AUX") and head.dep not in ("aux", "auxpass", "amod", "compound"):
            return at
    return at


def clauses_of(sentence: Sentence, at: int) -> list[int]:
    """The verbs above token ``at``, innermost first."""
    found: list[int] = []
    for _ in range(DEPTH):
        verb = clause_of(sentence, at)
        if verb == at or (found and verb == found[-1]):
            break
        found.append(verb)
        at = verb
    return found


def own_subject(sentence: Sentence, verb: int) -> int | None:
    """The subject that stands at ``verb`` itself."""
    for child in sentence.children[verb]:
        if sentence.tokens[child].dep in SUBJECTS:
            return child
    return None


def object_of(sentence: Sentence, verb: int) -> int | None:
    """The direct object of ``verb``."""
    for child in sentence.children[verb]:
        if sentence.tokens[child].dep in OBJECTS:
            return child
    return None


def subject_of(sentence: Sentence, verb: int, depth: int = 0) -> int | None:
    """Who does ``verb``, also where an infinitive, gerund, participle or coordination leaves it unsaid."""
    subject = own_subject(sentence, verb)
    token = sentence.tokens[verb]
    if subject is not None and token.dep == "relcl" and sentence.tokens[subject].tag in RELATIVE_TAGS:
        return token.head
    if subject is not None or depth > 6:
        return subject
    if token.head == verb:
        return None
    dep, above = token.dep, token.head
    if dep == "acl" and token.tag == INFINITIVE:  # "Russia's plans to send its"
        owner = possessor(sentence, above)
        if owner is not None:
            return owner
        clause = clause_of(sentence, above)
        return subject_of(sentence, clause, depth + 1) if clause != above else None
    if dep in ("relcl", "acl"):
        return above
    if dep in ("pcomp", "prep", "pobj", "amod"):
        while sentence.tokens[above].pos not in ("VERB", "AUX") and sentence.tokens[above].head != above:
            if sentence.tokens[above].pos in NOMINAL:
                break
            above = sentence.tokens[above].head
        if sentence.tokens[above].pos in NOMINAL:
            return possessor(sentence, above)
    if dep in ("xcomp", "ccomp", "pcomp", "amod") or (dep == "prep" and above != token.head):
        found = object_of(sentence, above)
        if found is not None and found < verb and sentence.tokens[found].head != verb:
            return found
    return subject_of(sentence, above, depth + 1)


def possessor(sentence: Sentence, noun: int) -> int | None:
    """The possessor of ``noun``."""
    return next((c for c in sentence.children[noun] if sentence.tokens[c].dep == "poss"), None)


def conjuncts(sentence: Sentence, first: int) -> list[int]:
    """``first`` and the tokens coordinated with it, in order."""
    found, at = [first], 0
    while at < len(found) and len(found) < DEPTH:
        found.extend(c for c in sentence.children[found[at]] if sentence.tokens[c].dep == "conj" and c > first)
        at += 1
    return sorted(found)


def chain_top(sentence: Sentence, at: int) -> int:
    """The first conjunct of the coordination that ``at`` belongs to."""
    for _ in range(DEPTH):
        token = sentence.tokens[at]
        if token.dep != "conj" or sentence.tokens[token.head].pos not in NOMINAL:
            break
        at = token.head
    return at


def containers(sentence: Sentence, at: int) -> list[int]:
    """Nouns that hold token ``at`` in their phrase (up to the first verb), which it cannot stand for."""
    found: list[int] = []
    tokens = sentence.tokens
    for _ in range(DEPTH):
        token = tokens[at]
        if token.head == at:
            break
        skip = token.dep in ("conj", "appos")
        at = token.head
        if tokens[at].pos in ("VERB", "AUX"):
            break
        if not skip and tokens[at].pos in NOMINAL:
            found.append(at)
    return found


def coarguments(sentence: Sentence, at: int, spatial: frozenset[str]) -> set[int]:
    """Tokens that a personal pronoun at ``at`` cannot stand for, since they are arguments of the same verb or noun.

    Not after a preposition of place (``spatial``): "he looked behind him".
    """
    tokens = sentence.tokens
    barred: set[int] = set()
    place = at
    for _ in range(DEPTH):
        token = tokens[place]
        if token.head == place:
            break
        if token.dep == "prep" and token.lemma in spatial:
            return barred
        place = token.head
        above = tokens[place]
        if above.pos in NOMINAL:
            owner = possessor(sentence, place)
            if owner is not None and owner != at:
                return {owner}
        if above.pos in ("VERB", "AUX") and above.dep not in ("aux", "auxpass", "amod"):
            break
    top = chain_top(sentence, at)
    subject = subject_of(sentence, place)
    if subject is not None and subject not in (at, top):
        barred.update(conjuncts(sentence, subject))
    for child in sentence.children[place]:
        token = tokens[child]
        if token.dep in OBJECTS and child not in (at, top):
            barred.update(conjuncts(sentence, child))
        elif token.dep in ("prep", "agent") and tokens[at].dep in SUBJECTS:
            barred.update(c for c in sentence.children[child] if tokens[c].dep == "pobj" and child > place)
    return barred


def quoted(sentence: Sentence, inside: bool, marks: Mapping[str, str], end: str) -> tuple[list[bool], bool, str]:
    """Which tokens stand inside quotation marks, and whether a quotation goes on after the sentence.

    ``inside`` and ``end`` say whether one was open before it and which mark will close it.
    """
    flags: list[bool] = []
    for token in sentence.tokens:
        text = token.text
        if inside:
            if text == end:
                inside = False
                flags.append(False)
            else:
                flags.append(True)
        else:
            if text in marks:
                inside, end = True, marks[text]
            flags.append(False)
    return flags, inside, end


def is_empty(sentence: Sentence, at: int, words: Words) -> bool:
    """Whether "it" stands for nothing: "it is clear that", "it rained", "find it hard to"."""
    tokens = sentence.tokens
    token = tokens[at]
    if token.dep == "expl":
        return True
    verb = tokens[token.head]
    below = [tokens[c] for c in sentence.children[verb.i]]
    clause = any(t.dep in ("ccomp", "xcomp", "csubj", "advcl") and t.i > at and t.i > verb.i for t in below)
    if token.dep == "nsubjpass":
        return clause and verb.lemma in words.extraposition_verbs and any(t.dep == "ccomp" for t in below)
    if token.dep not in SUBJECTS:
        return False
    if verb.lemma in words.weather_verbs:
        return True
    if verb.lemma in words.pleonastic_verbs:  # "it seems that", "it took years"; not "it took the town"
        times = [t for t in below if t.dep == "dobj" and t.lemma in words.ignored_nouns]
        told = [t for t in below if t.dep in ("ccomp", "csubj", "advcl", "prt") and t.i > verb.i]
        return bool(times) or (bool(told) and not any(t.dep in ("dobj", "acomp") for t in below))
    if verb.lemma in words.copulas:
        predicate = [t for t in below if t.dep in ("acomp", "attr", "oprd") and t.i > verb.i]
        deeper = any(
            tokens[c].dep in ("ccomp", "xcomp", "relcl", "acl")
            for p in predicate
            for c in sentence.children[p.i]
            if c > p.i
        )
        bare = bool(predicate) and predicate[0].lemma in words.situations  # "it is impossible", "it's a sad day"
        return bare or (bool(predicate) and (clause or deeper))
    return False
