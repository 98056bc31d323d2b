"""What is said: the content of one cue verb, by the frames its codebook entry allows."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from dragoman.codebook.cues import Cues, VerbCue
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
    without_aside,
)
from dragoman.model import Sentence

# Tags that begin an adverbial clause rather than a main one.
_OPENERS = frozenset({"IN", "WRB", "VBG", "TO"})
_PREDICATES = frozenset({"oprd", "ccomp", "dobj", "acomp", "attr"})
_MARK = frozenset({"mark"})
_WH = frozenset({"WP", "WDT", "WRB"})


class Match(NamedTuple):
    """The frame that fits, content pieces (none where only a quotation can be the content) and the cue's tokens."""

    entry: VerbCue
    frame: str
    pieces: list[list[int]]
    cue: list[int]


def match_verb(
    sentence: Sentence, at: int, entries: tuple[VerbCue, ...], speech: Container[str], cues: Cues
) -> Match | None:
    """The first frame that fits the verb at ``at``: clause, infinitive, charge, preposition, object, bare.

    ``speech`` are the lemmas of verbs of saying: one of them in a sentence of saying ("said X, adding Y") begins
    content of its own. ``cues`` give the prepositions of circumstance that end an object's content.
    """
    usable = [e for e in entries if e.particle and _has_particle(sentence, at, e.particle)]
    usable = usable or [e for e in entries if e.particle is None]
    for finder in (_clause, _parenthesis, _charge, _preposition, _infinitive, _predicate, _trailing, _object):
        for entry in usable:
            found = finder(sentence, at, entry, cues)
            if found is not None:
                return _cut(sentence, at, found, speech)
    for entry in usable:
        if "bare" in entry.frames:
            return Match(entry, "bare", [], verb_group(sentence, at))
    return None


def _has_particle(sentence: Sentence, at: int, word: str) -> bool:
    """Whether ``word`` is a particle of the verb; some parsers call one an adverb."""
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        if token.lemma == word and (token.dep == "prt" or (token.dep == "advmod" and c == at + 1)):
            return True
    return False


def _cut(sentence: Sentence, at: int, match: Match, speech: Container[str]) -> Match:
    """End content after the cue where another verb of saying takes over: a participle after a comma, or a
    coordinated verb without a subject in the cue's own tense. See ``speaker_of_follower`` for whose it is."""
    if not match.pieces or match.pieces[-1][0] < at:
        return match
    piece = without_aside(sentence, match.pieces[-1])
    match = match._replace(pieces=[*match.pieces[:-1], piece])
    if match.frame not in {"clause", "to", "object"}:
        return match
    for i in piece[1:]:
        if takes_over(sentence, at, i, speech):
            end = min(x for x in sentence.subtree(i) if x >= piece[0])
            while end > piece[0] and sentence.tokens[end - 1].pos in {"PUNCT", "CCONJ", "ADV"}:
                end -= 1
            kept = [x for x in piece if x < end]
            return match._replace(pieces=[*match.pieces[:-1], kept]) if kept else match
    return match


def takes_over(sentence: Sentence, at: int, i: int, speech: Container[str]) -> bool:
    """Whether the verb of saying at ``i`` in the content of ``at`` goes on with the same speaker."""
    token, cue = sentence.tokens[i], sentence.tokens[at]
    if token.pos != "VERB" or token.lemma not in speech or i <= at:
        return False
    if child(sentence, i, SUBJECTS) is not None:
        return False
    if token.tag == "VBG":
        first = sentence.subtree(i)[0]
        return token.dep == "advcl" and first > 0 and sentence.tokens[first - 1].text == ","
    partner = sentence.tokens[token.head]
    return token.dep == "conj" and token.tag == cue.tag and token.tag in {"VBD", "VBZ"} and partner.tag != token.tag


def _clause(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    if "clause" not in entry.frames:
        return None
    group = verb_group(sentence, at)
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        question = token.dep == "advcl" and c > at and _is_question(sentence, c, group[-1], cues)
        if not (token.dep == "ccomp" or question) or (is_infinitive(sentence, c) and "to" not in entry.frames):
            continue
        below = sentence.subtree(c)
        if c > at:
            low = next((i for i in below if i > group[-1]), c)
            end = rest_of(sentence, at, below[-1])
            pieces = [list(range(low, end + 1))]
            if below[0] < group[0] and (fronted := _fronted(sentence, at, below)):
                pieces.insert(0, fronted)
            return Match(entry, "clause", pieces, group)
        pieces = around(sentence, at, below)
        if pieces:
            return Match(entry, "clause", pieces, group)
    return None


def _fronted(sentence: Sentence, at: int, below: list[int]) -> list[int]:
    """What stands before the verb and its subject though it belongs to the content: "the bill, which he said ..."."""
    left, _ = block(sentence, at)
    return trimmed(sentence, list(range(below[0], min(left, at))))


def _is_question(sentence: Sentence, c: int, last: int, cues: Cues) -> bool:
    """An indirect question right after the verb that the parser took for an adverbial clause ("not said when ...")."""
    first = sentence.subtree(c)[0]
    asks = sentence.tokens[first].tag in _WH or sentence.tokens[first].lemma in cues.questions
    return first == last + 1 and asks


def around(sentence: Sentence, at: int, below: list[int]) -> list[list[int]]:
    """Content on both sides of a parenthetical verb ("A, he said, B"): ``below`` without the verb's own block."""
    left, _ = block(sentence, at)
    first = 0 if sentence.tokens[at].head == at else below[0]
    inside = set(below)
    own = {i for i in sentence.subtree(at) if i not in inside or i == at}
    before = list(range(first, left))
    after = [i for i in below if i > at and i not in own]
    if after:
        after = list(range(after[0], after[-1] + 1))
    return [piece for piece in (trimmed(sentence, before), trimmed(sentence, after)) if piece]


def _parenthesis(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    """The parser hangs "he said" on the clause it interrupts or follows."""
    token = sentence.tokens[at]
    if token.dep not in {"parataxis", "ccomp", "advcl", "dep"} or token.head == at or entry.kind != "speech":
        return None
    if "clause" not in entry.frames or token.tag not in {"VBD", "VBZ", "VBP", "VBN"}:
        return None
    if any(sentence.tokens[c].dep in {"ccomp", "dobj"} for c in sentence.children[at]):
        return None
    left, _ = block(sentence, at)
    mark = child(sentence, at, _MARK)
    if mark is not None:
        return _comment(sentence, at, entry) if sentence.tokens[mark].lemma in cues.comments else None
    own = set(sentence.subtree(at))
    below = [i for i in sentence.subtree(token.head) if i not in own]
    if left == 0 or not below or below[0] >= left or sentence.tokens[left - 1].pos != "PUNCT":
        return None
    after = trimmed(sentence, [i for i in below if i > at])
    pieces = [trimmed(sentence, list(range(below[0], left)))]
    if after:
        pieces.append(trimmed(sentence, list(range(after[0], after[-1] + 1))))
    elif (stray := _stray(sentence, at)) is not None:
        pieces.append(trimmed(sentence, stray))
    return Match(entry, "clause", [piece for piece in pieces if piece], verb_group(sentence, at))


def _comment(sentence: Sentence, at: int, entry: VerbCue) -> Match | None:
    """The clause that "as the paper noted" comments on, at whichever end of it."""
    own = sentence.subtree(at)
    top = sentence.tokens[at].head
    before, after = own[0] - 1, own[-1] + 1
    if "clause" not in entry.frames or (before >= 0 and sentence.tokens[before].text != ","):
        return None
    if after < len(sentence.tokens) and sentence.tokens[after].pos != "PUNCT":
        return None
    below = [i for i in sentence.subtree(top) if not own[0] <= i <= own[-1]]
    pieces = [trimmed(sentence, run) for run in runs(below)]
    kept = [piece for piece in pieces if piece]
    return Match(entry, "clause", kept, verb_group(sentence, at)) if kept else None


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


def _stray(sentence: Sentence, at: int) -> list[int] | None:
    """The rest of a clause that "he said" interrupts, hung on the verb of saying: ", and wounded dozens"."""
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        if c > at and token.dep == "conj" and token.pos in {"VERB", "AUX"} and child(sentence, c, SUBJECTS) is None:
            link = next((k for k in sentence.children[at] if at < k < c and sentence.tokens[k].dep == "cc"), None)
            if link is not None and sentence.tokens[link - 1].text == ",":
                return list(range(link, sentence.subtree(c)[-1] + 1))
    return None


def _trailing(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    """A clause, a comma and "the mayor told the paper" at the sentence's end, where the parser lost the link."""
    token = sentence.tokens[at]
    if entry.kind != "speech" or "clause" not in entry.frames or token.head != at:
        return None
    if not entry.hearer and child(sentence, at, frozenset({"dobj"})) is not None:
        return None
    left, right = block(sentence, at)
    if left < 3 or sentence.tokens[left - 1].text != ",":
        return None
    if any(t.pos not in {"PUNCT", "SPACE"} for t in sentence.tokens[right + 1 :]):
        return None
    before = sentence.tokens[:left]
    if not any(t.tag in {"VBD", "VBZ", "VBP", "MD", "VBN"} for t in before) or before[0].tag in _OPENERS:
        return None
    return Match(entry, "clause", [trimmed(sentence, list(range(left)))], verb_group(sentence, at))


def _infinitive(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    if "to" not in entry.frames:
        return None
    group = verb_group(sentence, at)
    for c in sentence.children[at]:
        if sentence.tokens[c].dep not in {"xcomp", "ccomp"} or c < at or not is_infinitive(sentence, c):
            continue
        below = sentence.subtree(c)
        low = next(i for i in below if i > at)
        theirs = child(sentence, at, frozenset({"dobj", "prep"}))
        called = theirs is not None and sentence.tokens[theirs].lemma in entry.prepositions
        if theirs is not None and at < theirs < c and (called or sentence.tokens[theirs].dep == "dobj"):
            low = sentence.subtree(theirs)[0]
            if called and theirs == group[-1] + 1:
                group, low = [*group, theirs], theirs + 1
        pieces = [list(range(low, rest_of(sentence, at, below[-1]) + 1))]
        topic = child(sentence, at, frozenset({"nsubjpass", "nsubj"}))
        if topic is not None and (is_passive(sentence, at) or entry.kind == "seeming"):
            pieces.insert(0, phrase(sentence, topic))
        return Match(entry, "to", pieces, group)
    return None


def _object(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    if "object" not in entry.frames:
        return None
    group = verb_group(sentence, at, entry.particle)
    if is_passive(sentence, at):
        topic = child(sentence, at, frozenset({"nsubjpass"}))
        if topic is None or not _fits(sentence, topic, entry):
            return None
        return Match(entry, "object", [phrase(sentence, topic)], group)
    for c in sentence.children[at]:
        if sentence.tokens[c].dep not in {"dobj", "ccomp"}:
            continue
        if c < at:
            if sentence.tokens[c].tag in _WH and not entry.objects:
                return Match(entry, "object", [[c]], group)
            continue
        if not _fits(sentence, c, entry):
            return None
        below = sentence.subtree(c)
        first, last = max(below[0], group[-1] + 1), rest_of(sentence, at, below[-1], cues.circumstances)
        return Match(entry, "object", [list(range(first, last + 1))], group)
    if entry.objects:
        return None
    gerund = next(
        (
            c
            for c in sentence.children[at]
            if c > at and sentence.tokens[c].dep == "xcomp" and sentence.tokens[c].tag == "VBG"
        ),
        None,
    )
    if gerund is None:
        return None
    return Match(entry, "object", [list(range(at + 1, rest_of(sentence, at, sentence.subtree(gerund)[-1]) + 1))], group)


def _fits(sentence: Sentence, at: int, entry: VerbCue) -> bool:
    """Whether the object is one that the entry asks for."""
    return not entry.objects or sentence.tokens[at].lemma.lower() in entry.objects


def _predicate(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    if "predicate" not in entry.frames:
        return None
    children = [c for c in sentence.children[at] if sentence.tokens[c].dep in _PREDICATES]
    after = [c for c in children if c > at]
    group = verb_group(sentence, at)
    predicate = any(sentence.tokens[c].dep != "dobj" for c in after)
    if not after or not (predicate or entry.kind != "attitude"):
        return None
    low = max(sentence.subtree(after[0])[0], at + 1)
    pieces = [list(range(low, rest_of(sentence, at, sentence.subtree(after[-1])[-1], cues.circumstances) + 1))]
    topic = child(sentence, at, frozenset({"nsubjpass", "nsubj"}))
    if topic is not None and (is_passive(sentence, at) or entry.kind == "seeming"):
        pieces.insert(0, phrase(sentence, topic))
    return Match(entry, "predicate", pieces, group)


def _charge(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    if not entry.charge:
        return None
    target = child(sentence, at, frozenset({"dobj", "nsubjpass"}))
    if target is None:
        return None
    group = verb_group(sentence, at)
    agent = child(sentence, at, frozenset({"agent"}))
    doer = child(sentence, agent, frozenset({"pobj"})) if agent is not None else None
    theirs = sentence.children[doer] if doer is not None else ()
    for c in (*sentence.children[at], *sentence.children[target], *theirs):
        token = sentence.tokens[c]
        if token.dep != "prep" or token.lemma not in entry.charge or c < at:
            continue
        below = [i for i in sentence.subtree(c) if i > c]
        if below:
            end = rest_of(sentence, at, below[-1])
            if target > at:
                thing = phrase(sentence, target)
                first, last = (below[0], thing[-1]) if target > c else (thing[0], end)  # "regards as vital the ..."
                return Match(entry, "charge", [list(range(first, last + 1))], group)
            topic = [target] if sentence.tokens[target].tag in _WH else phrase(sentence, target)
            return Match(entry, "charge", [topic, list(range(c, end + 1))], group)
    return None


def _preposition(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        if c > at and token.dep in {"ccomp", "xcomp", "advcl"}:  # "call for both sides to talk"
            mark = child(sentence, c, _MARK)
            if mark is not None and sentence.tokens[mark].lemma in entry.prepositions and is_infinitive(sentence, c):
                end = rest_of(sentence, at, sentence.subtree(c)[-1])
                group = verb_group(sentence, at)
                cue = [*group, mark] if mark == group[-1] + 1 else group
                return Match(entry, "preposition", [list(range(mark + 1, end + 1))], cue)
        if c < at or token.dep not in {"prep", "prt", "agent"} or token.lemma not in entry.prepositions:
            continue
        below = [i for i in sentence.subtree(c) if i > c]
        if not below:
            continue
        group = verb_group(sentence, at)
        cue = [*group, c] if c == group[-1] + 1 else group
        return Match(entry, "preposition", [list(range(below[0], rest_of(sentence, at, below[-1]) + 1))], cue)
    return None


__all__ = ["Match", "around", "block", "match_verb", "runs"]
