"""What is said: the content of one cue verb, by the frames its codebook entry allows."""

from __future__ import annotations

from collections.abc import Container

from dragoman.codebook.cues import Cues, VerbCue
from dragoman.coding.attribution_clauses import (
    Match,
    block,
    called,
    clause,
    fits,
    gap,
    parenthesis,
    relative,
    stranded,
    trailing,
)
from dragoman.coding.attribution_syntax import (
    AUXILIARIES,
    SUBJECTS,
    child,
    is_infinitive,
    is_passive,
    phrase,
    rest_of,
    trimmed,
    verb_group,
    without_aside,
)
from dragoman.model import Sentence, Token

_PREDICATES = frozenset({"oprd", "ccomp", "dobj", "acomp", "attr"})
_MARK, _OBJECT = frozenset({"mark"}), frozenset({"dobj"})
_PATIENT, _STOOD_FOR = frozenset({"nsubjpass", "nsubj"}), frozenset({"ccomp", "csubj"})
_POBJ = frozenset({"pobj"})
_AGENT = frozenset({"agent"})
_MARKS = frozenset({"``", "''"})
_SAYERS = frozenset({"speech", "thought"})
_HEARER = frozenset({"dobj", "dative", "nsubjpass"})
_WH = frozenset({"WP", "WDT", "WRB"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def match_verb(
    sentence: Sentence, at: int, entries: tuple[VerbCue, ...], speech: Container[str], cues: Cues
) -> Match | None:
    """The first frame that fits the verb at ``at``: charge, clause, preposition, infinitive, object, bare.

    ``speech`` are the lemmas of verbs of saying: one of them in a sentence of saying ("said X, adding Y") begins
    content of its own. ``cues`` give the prepositions of circumstance that end an object's content.
    """
    usable = [e for e in entries if e.particle and _has_particle(sentence, at, e.particle)]
    usable = usable or [e for e in entries if e.particle is None and _does(sentence, at, e)]
    for finder in (
        _charge,
        clause,
        parenthesis,
        _preposition,
        _infinitive,
        _predicate,
        trailing,
        _object,
        stranded,
        _asked,
        _experience,
        _interrupting,
    ):
        for entry in usable:
            found = finder(sentence, at, entry, cues)
            if found is not None:
                return _cut(sentence, at, found, speech, cues)
    for entry in usable:
        if "bare" in entry.frames and (not entry.objects or called(sentence, at, entry)):
            return Match(entry, "bare", [], verb_group(sentence, at))
    return None


def _has_particle(sentence: Sentence, at: int, word: str) -> bool:
    """Whether ``word`` is a particle of the verb; some parsers call one an adverb."""
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        fits = token.dep == "prt" or token.pos == "ADJ" or (token.dep == "advmod" and c == at + 1)
        if token.lemma == word and fits:
            return True
    return False


def _does(sentence: Sentence, at: int, entry: VerbCue) -> bool:
    """Whether the verb's form and its subject are those that the entry asks for."""
    if entry.stated and not _is_stated(sentence, at):
        return False
    if entry.not_objects and _recalls(sentence, at, entry):
        return False
    if not entry.subjects:
        return True
    subject = child(sentence, at, SUBJECTS)
    return subject is not None and sentence.tokens[subject].lemma in entry.subjects


def _recalls(sentence: Sentence, at: int, entry: VerbCue) -> bool:
    """Whether the verb does something to its object, or to the subject of its passive: "recalled the envoy"."""
    thing = child(sentence, at, _HEARER if is_passive(sentence, at) else _OBJECT)
    return thing is not None and sentence.tokens[thing].lemma in entry.not_objects


def _is_stated(sentence: Sentence, at: int) -> bool:
    """Whether the verb is finite and has no modal."""
    group = [sentence.tokens[i].tag for i in (at, *(c for c in sentence.children[at] if _helps(sentence, c)))]
    return "MD" not in group and "TO" not in group and not _FINITE.isdisjoint(group)


def _helps(sentence: Sentence, c: int) -> bool:
    return sentence.tokens[c].dep in AUXILIARIES


def _cut(sentence: Sentence, at: int, match: Match, speech: Container[str], cues: Cues) -> Match:
    """End content after the cue where another verb of saying takes over: a participle after a comma, or a
    coordinated verb without a subject in the cue's own tense; or where a contrast turns to somebody else's words."""
    if not match.pieces or match.pieces[-1][0] < at:
        return match
    piece = without_aside(sentence, match.pieces[-1])
    match = match._replace(pieces=[*match.pieces[:-1], piece])
    if match.frame not in {"clause", "to", "object"}:
        return match
    for i in piece[1:]:
        if takes_over(sentence, at, i, speech) or _turns(sentence, at, i, cues):
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


def _turns(sentence: Sentence, at: int, i: int, cues: Cues) -> bool:
    """Whether the verb at ``i`` opens what another says, beside and not in the content of ``at``: "said it had won,
    while monitors reported fraud"."""
    token, cue = sentence.tokens[i], sentence.tokens[at]
    if token.dep != "advcl" or token.tag != cue.tag or token.tag not in _FINITE or i <= at:
        return False
    if all(entry.kind == "seeming" for entry in cues.verbs.get(token.lemma, ())):
        return False
    subject, first = child(sentence, i, SUBJECTS), sentence.subtree(i)[0]
    if subject is None or sentence.tokens[subject].pos not in {"NOUN", "PROPN"} or subject > i:
        return False
    return sentence.tokens[first].lemma in cues.contrasts and sentence.tokens[first - 1].text == ","


def _asked(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    """What follows who is asked or told, where the parser took it for an adverbial clause: "asked the crew if ...",
    "asked on Monday if ..."."""
    hearer = child(sentence, at, _HEARER)
    if not entry.hearer or "clause" not in entry.frames or (hearer is None and sentence.tokens[at].tag != "VBN"):
        return None
    for c in sentence.children[at]:
        if sentence.tokens[c].dep != "advcl" or c < max(at, hearer or 0):
            continue
        below = sentence.subtree(c)
        if sentence.tokens[below[0]].lemma in cues.conjunctions:
            last = rest_of(sentence, at, below[-1])
            return Match(entry, "clause", [list(range(below[0], last + 1))], verb_group(sentence, at))
    return None


def _interrupting(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    """A sentence with "critics say" between two commas in it, whatever the parser made of its halves."""
    subject = child(sentence, at, SUBJECTS)
    if "clause" not in entry.frames or entry.kind not in _SAYERS or subject is None or subject > at:
        return None
    tokens, (left, right) = sentence.tokens, block(sentence, at)
    if left == 0 or right + 2 >= len(tokens) or tokens[left - 1].text != "," or tokens[right + 1].text != ",":
        return None
    if tokens[at].tag not in _FINITE or tokens[subject].tag in _WH or sentence.subtree(subject)[0] != left:
        return None
    group = verb_group(sentence, at)
    if (right > group[-1] and not entry.hearer) or not _MARKS.isdisjoint(t.tag for t in tokens):
        return None
    if tokens[right + 2].tag == "VBG":  # "..., the coach agreed, packing his bags"
        return None
    pieces = [trimmed(sentence, list(range(left))), trimmed(sentence, list(range(right + 2, len(tokens))))]
    return Match(entry, "clause", pieces, group) if all(pieces) else None


def _experience(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    """What worries, delights or puzzles somebody: the verb's subject."""
    if "experience" not in entry.frames:
        return None
    if is_passive(sentence, at):
        agent = child(sentence, at, _AGENT)
        if agent is None or sentence.tokens[at].dep == "acl":
            return None
        group, last = verb_group(sentence, at), sentence.subtree(agent)[-1]
        cue = [*group, agent] if agent == group[-1] + 1 else group
        return Match(entry, "experience", [list(range(agent + 1, last + 1))], cue)
    topic, bearer = child(sentence, at, SUBJECTS), child(sentence, at, _OBJECT)
    if topic is None or bearer is None or bearer < at:
        return None
    return Match(entry, "experience", [phrase(sentence, topic)], verb_group(sentence, at))


def _infinitive(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    if "to" not in entry.frames:
        return None
    group = verb_group(sentence, at)
    for c in sentence.children[at]:
        if sentence.tokens[c].dep not in {"xcomp", "ccomp"} or c < at or not is_infinitive(sentence, c):
            continue
        below = sentence.subtree(c)
        low = next(i for i in below if i > at)
        theirs = child(sentence, at, frozenset({"dobj", "dative", "prep"}))
        called = theirs is not None and sentence.tokens[theirs].lemma in entry.prepositions
        if theirs is not None and at < theirs < c and (called or sentence.tokens[theirs].dep != "prep"):
            low = sentence.subtree(theirs)[0]
            if called and theirs == group[-1] + 1:
                group, low = [*group, theirs], theirs + 1
        pieces = [list(range(low, rest_of(sentence, at, below[-1]) + 1))]
        topic = _topic(sentence, at, entry)
        if topic is not None:
            pieces.insert(0, phrase(sentence, topic))
        elif fronted := gap(sentence, at, c):
            pieces.insert(0, fronted)
        return Match(entry, "to", pieces, group)
    return None


def _object(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    if "object" not in entry.frames:
        return None
    group = verb_group(sentence, at, entry.particle)
    if is_passive(sentence, at):
        topic = child(sentence, at, frozenset({"nsubjpass"}))
        if topic is None:
            thing = _described(sentence, at, entry)
            return Match(entry, "object", [thing], group) if thing else None
        if not fits(sentence, topic, entry):
            return None
        pieces = [phrase(sentence, topic)]
        for c in sentence.children[at]:
            if sentence.tokens[c].dep == "prep" and sentence.tokens[c].lemma in cues.grounds and c > at:
                pieces.append(sentence.subtree(c))
                break
        return Match(entry, "object", pieces, group)
    for c in sentence.children[at]:
        if sentence.tokens[c].dep not in {"dobj", "ccomp", "intj"}:
            continue
        if c < at:
            if sentence.tokens[c].tag in _WH and not entry.objects:
                return Match(entry, "object", [[c]], group)
            continue
        if not fits(sentence, c, entry):
            return None
        below = sentence.subtree(c)
        ends = None if entry.subjects else cues.circumstances  # a poll puts somebody *at* a number
        first, last = max(below[0], group[-1] + 1), rest_of(sentence, at, below[-1], ends)
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
        thing = relative(sentence, at)
        return Match(entry, "object", [thing], group) if thing else None
    return Match(entry, "object", [list(range(at + 1, rest_of(sentence, at, sentence.subtree(gerund)[-1]) + 1))], group)


def _described(sentence: Sentence, at: int, entry: VerbCue) -> list[int]:
    """The noun phrase that a participle of saying stands with, where it says by whom: "the deal praised by rivals"."""
    token = sentence.tokens[at]
    if token.dep != "acl" or entry.objects:
        return []
    if child(sentence, at, _AGENT) is None:
        return []
    return trimmed(sentence, [i for i in phrase(sentence, token.head) if i < sentence.subtree(at)[0]])


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
    topic = _topic(sentence, at, entry)
    if topic is not None and not (sentence.tokens[topic].lemma in cues.not_speakers and _holds(sentence, after)):
        pieces.insert(0, phrase(sentence, topic))
    elif fronted := gap(sentence, at, *after):
        pieces.insert(0, fronted)
    return Match(entry, "predicate", pieces, group)


def _topic(sentence: Sentence, at: int, entry: VerbCue) -> int | None:
    """The subject where it is what is spoken of: of a passive, or of a verb of seeming."""
    if not (is_passive(sentence, at) or entry.kind == "seeming"):
        return None
    return child(sentence, at, _PATIENT)


def _holds(sentence: Sentence, predicates: list[int]) -> bool:
    """Whether the predicate is, or has below it, the clause that "it" stands for ("it seems likely that ...")."""
    below = [*predicates, *(c for p in predicates for c in sentence.children[p])]
    return any(sentence.tokens[c].dep in _STOOD_FOR for c in below)


def _charge(sentence: Sentence, at: int, entry: VerbCue, cues: Cues) -> Match | None:
    if not entry.charge:
        return None
    target = child(sentence, at, frozenset({"dobj", "nsubjpass"}))
    if (
        target is None
        and entry.kind != "attitude"
        and sentence.tokens[at].dep == "acl"
        and sentence.tokens[at].tag == "VBN"
    ):
        target = sentence.tokens[at].head
    if target is None:
        return None
    group = verb_group(sentence, at)
    agent = child(sentence, at, _AGENT)
    doer = child(sentence, agent, frozenset({"pobj"})) if agent is not None else None
    theirs = sentence.children[doer] if doer is not None else ()
    for c in (*sentence.children[at], *sentence.children[target], *theirs):
        token = sentence.tokens[c]
        if c < at or not (_marks(sentence, c, entry) if token.dep == "advcl" else _charges(token, entry)):
            continue
        below = [i for i in sentence.subtree(c) if i > c or token.dep == "advcl"]
        if below:
            end = rest_of(sentence, at, below[-1])
            if target > at:
                thing = phrase(sentence, target)
                first, last = (below[0], thing[-1]) if target > c else (thing[0], end)  # "regards as vital the ..."
                return Match(entry, "charge", [list(range(first, last + 1))], group)
            topic = [target] if sentence.tokens[target].tag in _WH else phrase(sentence, target)
            topic = [i for i in topic if i < group[0]] or topic
            if c == group[-1] + 1 and is_passive(sentence, at):  # "was seen as": the preposition belongs to the passive
                return Match(entry, "charge", [topic, list(range(c + 1, end + 1))], [*group, c])
            return Match(entry, "charge", [topic, list(range(c, end + 1))], group)
    return None


def _charges(token: Token, entry: VerbCue) -> bool:
    return token.dep == "prep" and token.lemma in entry.charge


def _marks(sentence: Sentence, c: int, entry: VerbCue) -> bool:
    """Whether the clause at ``c`` is opened by the word before a charge ("sees him as driven by fear")."""
    mark = child(sentence, c, _MARK)
    if mark is None or sentence.tokens[c].tag not in {"VBN", "VBG"} or child(sentence, c, SUBJECTS) is not None:
        return False
    return sentence.tokens[mark].lemma in entry.charge


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
            stranded = child(sentence, c, _POBJ)
            if stranded is None or sentence.tokens[stranded].tag != "WP" or sentence.tokens[at].dep == "relcl":
                continue
            return Match(entry, "preposition", [[stranded]], [*verb_group(sentence, at), c])
        group = verb_group(sentence, at)
        cue = [*group, c] if c == group[-1] + 1 else group
        return Match(entry, "preposition", [list(range(below[0], rest_of(sentence, at, below[-1]) + 1))], cue)
    return None
