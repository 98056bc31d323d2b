"""What is said: the content of one cue verb, by the frames its codebook entry allows."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.codebook.cues import VerbCue
from dragoman.coding.attribution_syntax import (
    SUBJECTS,
    child,
    is_infinitive,
    is_passive,
    phrase,
    rest_of,
    runs,
    trimmed,
    verb_group,
)
from dragoman.model import Sentence

_WH = frozenset({"WP", "WDT", "WRB"})


class Match(NamedTuple):
    """The frame that fits, content pieces (none where only a quotation can be the content) and the cue's tokens."""

    entry: VerbCue
    frame: str
    pieces: list[list[int]]
    cue: list[int]


def match_verb(sentence: Sentence, at: int, entries: tuple[VerbCue, ...]) -> Match | None:
    """The first frame that fits the verb at ``at``: clause, infinitive, charge, preposition, object, bare."""
    particle = child(sentence, at, frozenset({"prt"}))
    word = sentence.tokens[particle].lemma if particle is not None else None
    usable = [entry for entry in entries if entry.particle == word] or [e for e in entries if e.particle is None]
    for finder in (_clause, _infinitive, _predicate, _charge, _preposition, _object):
        for entry in usable:
            found = finder(sentence, at, entry)
            if found is not None:
                return found
    for entry in usable:
        if "bare" in entry.frames:
            return Match(entry, "bare", [], verb_group(sentence, at))
    return None


def _clause(sentence: Sentence, at: int, entry: VerbCue) -> Match | None:
    if "clause" not in entry.frames:
        return None
    group = verb_group(sentence, at)
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        if token.dep != "ccomp" or (is_infinitive(sentence, c) and "to" not in entry.frames):
            continue
        below = sentence.subtree(c)
        if c > at:
            low = next((i for i in below if i > group[-1]), c)
            end = rest_of(sentence, at, below[-1])
            return Match(entry, "clause", [list(range(low, end + 1))], group)
        pieces = around(sentence, at, below)
        if pieces:
            return Match(entry, "clause", pieces, group)
    return None


def around(sentence: Sentence, at: int, below: list[int]) -> list[list[int]]:
    """Content on both sides of a parenthetical verb ("A, he said, B"): ``below`` without the verb's own block."""
    left, right = block(sentence, at)
    first = 0 if sentence.tokens[at].head == at else below[0]
    before = [i for i in range(first, left)]
    after = [i for i in below if i > right]
    if after:
        after = list(range(after[0], after[-1] + 1))
    return [piece for piece in (trimmed(sentence, before), trimmed(sentence, after)) if piece]


def block(sentence: Sentence, at: int) -> tuple[int, int]:
    """First and last token of the verb with its subject and what belongs to the saying (hearer, place, time)."""
    own = {at, *verb_group(sentence, at)}
    left = right = at
    children = sentence.children[at]
    for c in reversed([c for c in children if c < at]):
        token = sentence.tokens[c]
        if token.dep in SUBJECTS or token.dep in {"aux", "auxpass", "neg", "advmod"}:
            low, high = sentence.subtree(c)[0], sentence.subtree(c)[-1]
            if high >= left - 1:
                left = low
                own.update(range(low, left + 1))
                continue
        break
    for c in [c for c in children if c > at]:
        token = sentence.tokens[c]
        if token.dep == "punct" or token.dep == "ccomp":
            if token.text.isalnum() or c == right + 1:
                break
            continue
        below = sentence.subtree(c)
        if below[0] != right + 1:
            break
        right = below[-1]
    return left, right


def _infinitive(sentence: Sentence, at: int, entry: VerbCue) -> Match | None:
    if "to" not in entry.frames:
        return None
    group = verb_group(sentence, at)
    for c in sentence.children[at]:
        if sentence.tokens[c].dep not in {"xcomp", "ccomp"} or c < at or not is_infinitive(sentence, c):
            continue
        below = sentence.subtree(c)
        low = next(i for i in below if i > at)
        theirs = child(sentence, at, frozenset({"dobj"}))
        if theirs is not None and at < theirs < c:
            low = sentence.subtree(theirs)[0]
        pieces = [list(range(low, rest_of(sentence, at, below[-1]) + 1))]
        topic = child(sentence, at, frozenset({"nsubjpass", "nsubj"}))
        if topic is not None and (is_passive(sentence, at) or entry.kind == "seeming"):
            pieces.insert(0, phrase(sentence, topic))
        return Match(entry, "to", pieces, group)
    return None


def _object(sentence: Sentence, at: int, entry: VerbCue) -> Match | None:
    if "object" not in entry.frames:
        return None
    group = verb_group(sentence, at)
    if is_passive(sentence, at):
        topic = child(sentence, at, frozenset({"nsubjpass"}))
        agent = child(sentence, at, frozenset({"agent"}))
        return Match(entry, "object", [phrase(sentence, topic)], group) if topic is not None and agent is not None else None
    for c in sentence.children[at]:
        if sentence.tokens[c].dep not in {"dobj", "ccomp"}:
            continue
        if c < at:
            if sentence.tokens[c].tag in _WH:
                return Match(entry, "object", [[c]], group)
            continue
        below = sentence.subtree(c)
        return Match(entry, "object", [list(range(max(below[0], at + 1), rest_of(sentence, at, below[-1]) + 1))], group)
    gerund = next((c for c in sentence.children[at] if c > at and sentence.tokens[c].dep == "xcomp"
                   and sentence.tokens[c].tag == "VBG"), None)
    if gerund is None:
        return None
    return Match(entry, "object", [list(range(at + 1, rest_of(sentence, at, sentence.subtree(gerund)[-1]) + 1))], group)


def _predicate(sentence: Sentence, at: int, entry: VerbCue) -> Match | None:
    if "predicate" not in entry.frames:
        return None
    children = [c for c in sentence.children[at] if sentence.tokens[c].dep in {"oprd", "ccomp", "dobj", "acomp", "attr"}]
    after = [c for c in children if c > at]
    group = verb_group(sentence, at)
    predicate = any(sentence.tokens[c].dep != "dobj" for c in after)
    if not after or not (predicate or entry.kind != "attitude"):
        return None
    low = max(sentence.subtree(after[0])[0], at + 1)
    pieces = [list(range(low, rest_of(sentence, at, sentence.subtree(after[-1])[-1]) + 1))]
    topic = child(sentence, at, frozenset({"nsubjpass", "nsubj"}))
    if topic is not None and (is_passive(sentence, at) or entry.kind == "seeming"):
        pieces.insert(0, phrase(sentence, topic))
    return Match(entry, "predicate", pieces, group)


def _charge(sentence: Sentence, at: int, entry: VerbCue) -> Match | None:
    if not entry.charge:
        return None
    target = child(sentence, at, frozenset({"dobj", "nsubjpass"}))
    if target is None:
        return None
    for c in (*sentence.children[at], *sentence.children[target]):
        token = sentence.tokens[c]
        if token.dep != "prep" or token.lemma not in entry.charge or c < at:
            continue
        below = [i for i in sentence.subtree(c) if i > c]
        if below:
            return Match(entry, "charge", [list(range(below[0], rest_of(sentence, at, below[-1]) + 1))], verb_group(sentence, at))
    return None


def _preposition(sentence: Sentence, at: int, entry: VerbCue) -> Match | None:
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        if c < at or token.dep not in {"prep", "prt", "agent"} or token.lemma not in entry.prepositions:
            continue
        below = [i for i in sentence.subtree(c) if i > c]
        if not below:
            continue
        group = verb_group(sentence, at)
        cue = group + [c] if c == group[-1] + 1 else group
        return Match(entry, "preposition", [list(range(below[0], rest_of(sentence, at, below[-1]) + 1))], cue)
    return None


__all__ = ["Match", "around", "block", "match_verb", "runs"]
