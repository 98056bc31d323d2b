"""What is said in a clause: after the verb of saying, around it, before it, or where the parser mislaid it."""

from __future__ import annotations

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
)
from dragoman.model import Sentence

# Tags that begin an adverbial clause rather than a main one.
_OPENERS = frozenset({"IN", "WRB", "VBG", "TO"})
_MARK, _OBJECT = frozenset({"mark"}), frozenset({"dobj"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# What may stand between a verb of saying and its clause.
_BETWEEN = frozenset({"dobj", "dative", "prep", "pobj", "npadvmod"})
_REPORTED = frozenset({"ccomp", "csubj", "advcl"})
# Kinds of verbs that may stand in a clause they interrupt.
_SAYERS = frozenset({"speech", "thought"})
_WH = frozenset({"WP", "WDT", "WRB"})
_PRONOUNS = frozenset({"WP", "WDT"})
_GAPS = frozenset({"dobj", "attr", "oprd", "nsubj", "nsubjpass"})


class Match(NamedTuple):
    """The frame that fits, content pieces (none where only a quotation can be the content) and the cue's tokens."""

    entry: VerbCue
    frame: str
    pieces: list[list[int]]
    cue: list[int]


def fits(sentence: Sentence, at: int, entry: VerbCue) -> bool:
    """Whether the object is one that the entry asks for."""
    return not entry.objects or sentence.tokens[at].lemma.lower() in entry.objects


def clause(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    """The source and the clause that the cue verb at ``at`` reports; null where it has none."""
    if "clause" not in entry.frames:
        return None
    group = verb_group(sentence, at)
    if entry.particle is not None and (found := _by_adjective(sentence, at, entry)) is not None:
        return found
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
            fronted = _fronted(sentence, at, below) if below[0] < group[0] else []
            if not fronted and child(sentence, c, SUBJECTS) is None:
                fronted = relative(sentence, at)
            if fronted:
                pieces.insert(0, fronted)
            return Match(entry, "clause", pieces, group)
        pieces = around(sentence, at, below)
        if pieces:
            return Match(entry, "clause", pieces, group)
    return None


def _by_adjective(sentence: Sentence, at: int, entry: VerbCue) -> Match | None:
    """A clause below the adjective that goes with the verb: "made (it) clear that ..."; the cue holds both."""
    for c in sentence.children[at]:
        if c < at or sentence.tokens[c].pos != "ADJ" or sentence.tokens[c].lemma != entry.particle:
            continue
        for under in (*sentence.children[c], *sentence.children[at]):
            if under > c and sentence.tokens[under].dep in _REPORTED and child(sentence, under, _MARK) is not None:
                return Match(entry, "clause", [sentence.subtree(under)], [*verb_group(sentence, at), c])
    return None


def relative(sentence: Sentence, at: int) -> list[int]:
    """The noun phrase that a relative clause without a pronoun describes: "an arrangement the union has criticized"."""
    token = sentence.tokens[at]
    if (
        token.dep != "relcl"
        or token.tag == "VBG"
        or is_passive(sentence, at)
        or sentence.tokens[token.head].pos == "ADV"
    ):
        return []
    subject = child(sentence, at, SUBJECTS)
    if (
        subject is None
        or sentence.tokens[subject].tag in _WH
        or sentence.subtree(at)[0] != sentence.subtree(subject)[0]
    ):
        return []
    inside = set(sentence.subtree(at))
    return trimmed(sentence, [i for i in phrase(sentence, token.head) if i not in inside and i < at])


def gap(sentence: Sentence, at: int, *below: int) -> list[int]:
    """What stands before the verb at ``at`` though it is the object of it or of a verb ``below``: a pronoun ("what he
    called a setback", "which she refused to sign") or the noun phrase that a clause without one describes."""
    subject = child(sentence, at, SUBJECTS)
    if subject is None or subject > at:
        return []
    first = sentence.subtree(subject)[0]
    for verb in (at, *below):
        for c in sentence.children[verb]:
            if c < first and sentence.tokens[c].tag in _PRONOUNS and sentence.tokens[c].dep in _GAPS:
                return [c]
    return relative(sentence, at)


def stranded(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    """A clause that the parser hung on who is told, or on when or where it was said: "told the paper on Friday that
    ...", and one whose subject is a pronoun before the verb: "a plan, which they say left a gap"."""
    if "clause" not in entry.frames or entry.kind not in _SAYERS:
        return None
    group = verb_group(sentence, at)
    own = {word for other in cues.verbs[sentence.tokens[at].lemma] for word in other.prepositions}
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        if c > at and token.dep == "xcomp" and token.tag in _FINITE and (who := _pronoun(sentence, at)) is not None:
            return Match(entry, "clause", [[who], sentence.subtree(c)], group)
        if c > at and token.dep in _BETWEEN and token.lemma not in own and (entry.hearer or token.dep != "dobj"):
            found = _hung(sentence, c, entry, cues)
            if found:
                return Match(entry, "clause", [found], group)
    return None


def _hung(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> list[int]:
    """The clause below the noun phrase or adverbial at ``at`` that reports: one with a conjunction, or for a verb that
    has a hearer one with a subject of its own and no pronoun."""
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        if c < at:
            continue
        if token.dep in _BETWEEN:
            if found := _hung(sentence, c, entry, cues):
                return found
        elif token.dep in {"relcl", "acl", "advcl", "ccomp"}:
            mark = child(sentence, c, _MARK)
            if mark is not None:
                if sentence.tokens[mark].lemma in cues.conjunctions:
                    return sentence.subtree(c)
            elif token.dep == "relcl" and entry.hearer and not is_infinitive(sentence, c):
                subject = child(sentence, c, SUBJECTS)
                below = sentence.subtree(c)
                if (
                    subject is not None
                    and sentence.subtree(subject)[0] == below[0] > at
                    and sentence.tokens[below[0]].tag not in _WH
                ):
                    return below
    return []


def _pronoun(sentence: Sentence, at: int) -> int | None:
    """A relative pronoun that stands beside the verb's own subject."""
    subjects = [c for c in sentence.children[at] if c < at and sentence.tokens[c].dep in SUBJECTS | _OBJECT]
    return subjects[0] if len(subjects) > 1 and sentence.tokens[subjects[0]].tag in _WH else None


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


def parenthesis(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    """The parser hangs "he said" on the clause it interrupts or follows."""
    token = sentence.tokens[at]
    if token.dep not in {"parataxis", "ccomp", "advcl", "dep"} or token.head == at or entry.kind not in _SAYERS:
        return None
    if not ("clause" in entry.frames or called(sentence, at, entry)) or token.tag not in {"VBD", "VBZ", "VBP", "VBN"}:
        return None
    taken = {"ccomp"} if entry.objects or (entry.hearer and token.dep == "parataxis") else {"ccomp", "dobj"}
    if any(sentence.tokens[c].dep in taken for c in sentence.children[at]):
        return None
    left, _ = block(sentence, at)
    mark = child(sentence, at, _MARK)
    if mark is not None:
        return _comment(sentence, at, entry) if sentence.tokens[mark].lemma in cues.comments else None
    if entry.kind != "speech" or entry.objects:
        return None
    own = set(sentence.subtree(at))
    below = [i for i in sentence.subtree(token.head) if i not in own]
    if left == 0 or not below or sentence.tokens[left - 1].pos != "PUNCT":
        return None
    after = trimmed(sentence, [i for i in below if i > at])
    if below[0] >= left and (not after or token.dep != "parataxis" or left == at):
        return None
    pieces = [trimmed(sentence, list(range(min(below[0], _opening(sentence, left)), left)))]
    if after:
        pieces.append(trimmed(sentence, list(range(after[0], after[-1] + 1))))
    elif (stray := _stray(sentence, at)) is not None:
        pieces.append(trimmed(sentence, stray))
    return Match(entry, "clause", [piece for piece in pieces if piece], verb_group(sentence, at))


def called(sentence: Sentence, at: int, entry: VerbCue) -> bool:
    """Whether the verb has the object that makes it one of saying ("as she put it")."""
    thing = child(sentence, at, _OBJECT)
    return bool(entry.objects) and "bare" in entry.frames and thing is not None and fits(sentence, thing, entry)


def _opening(sentence: Sentence, left: int) -> int:
    """Where the words before the comma at ``left - 1`` begin, if the parser gave them to the clause before."""
    first = left - 1
    while first > 0 and sentence.tokens[first - 1].pos not in {"PUNCT", "CCONJ", "VERB", "AUX"}:
        first -= 1
    return first


def _comment(sentence: Sentence, at: int, entry: VerbCue) -> Match | None:
    """The clause that "as the paper noted" comments on, at whichever end of it."""
    own = phrase(sentence, at)
    top = sentence.tokens[at].head
    before, after = own[0] - 1, own[-1] + 1
    if entry.kind != "speech" and child(sentence, at, SUBJECTS) is None:
        return None
    if before >= 0 and sentence.tokens[before].text != ",":
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


def trailing(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
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
