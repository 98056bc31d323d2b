"""Who speaks and what is said, read off one sentence's dependency tree."""

from __future__ import annotations

from dragoman.model import Sentence, Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
AUXILIARIES = frozenset({"aux", "auxpass", "neg"})
_SHARED = frozenset({"conj", "xcomp", "advcl", "pcomp", "ccomp", "prep", "parataxis", "dep"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "NUM", "ADJ", "X"})
_COMPLETING = frozenset({"prep", "oprd", "xcomp", "acomp", "pcomp", "prt", "dative", "agent"})
_LINKS = frozenset({"CCONJ", "ADV", "SCONJ"})
_END = frozenset({"prep", "advcl", "npadvmod", "advmod", "agent", "dative", "oprd", "xcomp", "acomp", "pcomp", "prt"})
_CLAUSE_END = _END | {"ccomp"}


def child(sentence: Sentence, at: int, labels: frozenset[str]) -> int | None:
    """The first dependent of ``at`` with one of ``labels``."""
    return next((c for c in sentence.children[at] if sentence.tokens[c].dep in labels), None)


def is_passive(sentence: Sentence, at: int) -> bool:
    """Whether the verb at ``at`` is a passive (or a participle after its noun)."""
    token = sentence.tokens[at]
    if token.tag != "VBN":
        return False
    labels = {sentence.tokens[c].dep for c in sentence.children[at]}
    if labels & {"auxpass", "nsubjpass", "agent"} or token.dep == "acl":
        return True
    return token.dep == "advcl" and not labels & {"aux", "nsubj"}


def is_infinitive(sentence: Sentence, at: int) -> bool:
    """Whether "to" marks the verb at ``at`` (a treebank tag, so no word is named here)."""
    return any(sentence.tokens[c].tag == "TO" for c in sentence.children[at])


def negation(sentence: Sentence, at: int) -> int | None:
    """The token that negates the verb at ``at``, if one does."""
    return child(sentence, at, frozenset({"neg"}))


def phrase(sentence: Sentence, head: int) -> list[int]:
    """Tokens of the noun phrase at ``head``, without what the parser hangs on it across a dash or a bracket."""
    found = sentence.subtree(head, frozenset({"parataxis"}))
    while found and sentence.tokens[found[-1]].pos == "PUNCT" and found[-1] != head:
        found.pop()
    while found and sentence.tokens[found[0]].pos == "PUNCT" and found[0] != head:
        found.pop(0)
    return found


def subject_of(sentence: Sentence, at: int, depth: int = 0) -> int | None:
    """Head of the noun phrase that does the verb at ``at``: its own, or one it shares with a governing verb."""
    subjects = [c for c in sentence.children[at] if sentence.tokens[c].dep in {"nsubj", "csubj"}]
    own = min(subjects, key=lambda c: (c > at, abs(at - c)), default=None)
    if is_passive(sentence, at):
        agent = child(sentence, at, frozenset({"agent"}))
        return child(sentence, agent, frozenset({"pobj"})) if agent is not None else None
    if own is not None:
        return own
    token = sentence.tokens[at]
    if token.head == at or depth > 4:
        return None
    governor = sentence.tokens[token.head]
    if governor.pos == "ADJ" and token.dep == "xcomp" and governor.dep in {"acomp", "oprd"}:
        return subject_of(sentence, governor.head, depth + 1)
    if token.dep in _SHARED and governor.pos in {"VERB", "AUX"}:
        if token.dep == "xcomp":
            controller = child(sentence, governor.i, frozenset({"dobj"}))
            if controller is not None and controller < at:
                return controller
        passive = child(sentence, governor.i, frozenset({"nsubjpass"}))
        if passive is not None:
            return passive
        return subject_of(sentence, governor.i, depth + 1)
    if token.dep in {"pcomp", "prep"} and governor.dep == "prep":
        return subject_of(sentence, governor.i, depth + 1)
    if token.dep == "prep" and governor.pos in {"VERB", "AUX"}:
        return subject_of(sentence, governor.i, depth + 1)
    if token.dep == "acl" and token.tag == "VBG" and governor.pos in _NOMINAL:
        return governor.i
    return None


def antecedent(sentence: Sentence, head: int, at: int) -> int:
    """For a relative pronoun at ``head``, subject of the verb ``at``: the noun it stands for; else ``head``."""
    verb = sentence.tokens[at]
    while verb.dep in {"conj", "xcomp", "ccomp"} and verb.head != verb.i:
        verb = sentence.tokens[verb.head]
    if sentence.tokens[head].tag in {"WP", "WDT"} and verb.dep == "relcl":
        return verb.head
    return head


def verb_group(sentence: Sentence, at: int, particle: str | None = None) -> list[int]:
    """The verb with auxiliaries, negation, particle and adverbs that touch it."""
    group = [at]
    for c in reversed([c for c in sentence.children[at] if c < at]):
        token = sentence.tokens[c]
        if c == group[0] - 1 and not sentence.children[c] and (token.dep in AUXILIARIES or token.dep == "advmod"):
            group.insert(0, c)
        elif token.dep in SUBJECTS or c != group[0] - 1:
            break
    for c in sentence.children[at]:
        if c == group[-1] + 1 and (sentence.tokens[c].dep == "prt" or sentence.tokens[c].lemma == particle):
            group.append(c)
    return group


def rest_of(sentence: Sentence, at: int, last: int, ends: frozenset[str] | None = None) -> int:
    """Where the content that reaches ``last`` ends: what else hangs on the verb ``at`` to the right, up to a comma.

    With ``ends``, prepositions of circumstance, only what completes an object ("criticized X for Y", "described X as
    Y") is taken, and not when and where it was said.
    """
    end = last
    for c in sentence.children[at]:
        if c <= end:
            continue
        token = sentence.tokens[c]
        first = min(sentence.subtree(c))
        if token.dep not in (_END if ends is not None else _CLAUSE_END) or _is_set_off(sentence, first, token):
            break
        completes = token.dep in _COMPLETING or (token.dep == "advcl" and is_infinitive(sentence, c))
        if ends is not None and (not completes or token.lemma in ends):
            break
        end = max(sentence.subtree(c))
    return end


def _is_set_off(sentence: Sentence, first: int, token: Token) -> bool:
    """Whether punctuation before ``first`` parts what hangs on the verb from its content: a comma does not before a
    preposition (two in three belong to the content in attributions.train), and marks of quotation never do."""
    before = sentence.tokens[first - 1]
    if first == 0 or before.pos != "PUNCT":
        return False
    return token.dep != "prep" or (before.text != "," and before.tag not in {"''", "``"})


def trimmed(sentence: Sentence, indexes: list[int]) -> list[int]:
    """``indexes`` without punctuation at the ends; closing marks that belong to the inside stay out too."""
    low, high = 0, len(indexes)
    while low < high and _is_edge(sentence.tokens[indexes[low]]):
        low += 1
    while high > low and _is_edge(sentence.tokens[indexes[high - 1]]):
        high -= 1
    return indexes[low:high]


def _is_edge(token: Token) -> bool:
    return token.pos in {"PUNCT", "SPACE"} and not any(c.isalnum() for c in token.text) and token.text != "$"


def runs(indexes: list[int]) -> list[list[int]]:
    """Sorted ``indexes`` cut into stretches without gaps."""
    found: list[list[int]] = []
    for i in indexes:
        if found and found[-1][-1] == i - 1:
            found[-1].append(i)
        else:
            found.append([i])
    return found


def spans_of(sentence: Sentence, pieces: list[list[int]]) -> list[Span]:
    """Spans of ``pieces`` without punctuation at their ends; a lone "But" before the cue says nothing."""
    kept = [trimmed(sentence, piece) for piece in pieces]
    if len(kept) > 1:
        kept = [piece for piece in kept if piece and (len(piece) > 1 or sentence.tokens[piece[0]].pos not in _LINKS)]
    return [sentence.span_of(piece) for piece in kept if piece]


def without_aside(sentence: Sentence, piece: list[int]) -> list[int]:
    """``piece`` without a relative clause after a comma at its end: that is the writer's addition more often than not
    (two to one in attributions.train)."""
    first, at = piece[0], piece[-1]
    while sentence.tokens[at].head > first and sentence.tokens[at].head != at:
        token = sentence.tokens[at]
        if token.dep == "relcl" and token.head < at:
            start = next((i for i in sentence.subtree(at) if i > token.head), at)
            if start > first + 2 and sentence.tokens[start - 1].text == ",":
                return [i for i in piece if i < start - 1]
        at = token.head
    return piece
