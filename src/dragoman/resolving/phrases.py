"""The geometry of noun phrases in a parse: where a phrase begins and ends, what hangs on it."""

from __future__ import annotations

from dragoman.model import Sentence, Span

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# Dependents that belong to a phrase's core when they stand to the left of its head.
_LEFT = frozenset(
    {"det", "predet", "compound", "amod", "nmod", "poss", "nummod", "quantmod", "advmod", "npadvmod", "case", "punct",
     "meta", "neg", "preconj", "dep"}
)
_DASHES = frozenset({"-", "--", "\u2013", "\u2014"})
_INSIDE = _LEFT | {"conj", "cc", "prep", "pobj", "acomp", "appos"}


def left_edge(sentence: Sentence, head: int) -> int:
    """Index of the first token of the phrase's core that ends in ``head``."""
    at = head
    for child in reversed(sentence.children[head]):
        if child > head:
            continue
        if sentence.tokens[child].dep not in _LEFT or (
            sentence.tokens[child].dep == "punct" and sentence.tokens[child].text not in "-\u2013\u2014'\u2019\""
        ):
            break
        at = min(at, _leftmost(sentence, child))
    at = _after_dateline(sentence, at, head)
    while at < head and (sentence.tokens[at].dep == "punct" or sentence.tokens[at].pos == "PUNCT"):
        at += 1
    return at


def _after_dateline(sentence: Sentence, first: int, head: int) -> int:
    """The token after a dash between blanks in ``first``..``head``: what stands before it says where ("LIMA - Two")."""
    tokens = sentence.tokens
    for at in range(head - 1, first, -1):
        before, dash, after = tokens[at - 1 : at + 2]
        if dash.text in _DASHES and before.end < dash.start and dash.end < after.start:
            return at + 1
    return first


def _leftmost(sentence: Sentence, top: int) -> int:
    at = top
    for child in sentence.children[top]:
        if child < top and sentence.tokens[child].dep in _INSIDE:
            at = min(at, _leftmost(sentence, child))
    return at


def conjuncts(sentence: Sentence, head: int) -> list[int]:
    """``head`` and the heads coordinated with it to the right, in text order."""
    found, at = [head], head
    while True:
        following = [c for c in sentence.children[at] if sentence.tokens[c].dep == "conj" and c > at]
        if not following:
            return found
        found += following
        at = following[-1]


def appositions(sentence: Sentence, head: int) -> list[int]:
    """Heads of the phrases that rename ``head``: its own appositions, and the phrase it is an apposition of."""
    found = [c for c in sentence.children[head] if sentence.tokens[c].dep == "appos"]
    if sentence.tokens[head].dep == "appos":
        found.append(sentence.tokens[head].head)
    return found


def ties(sentence: Sentence, head: int) -> list[tuple[str, int]]:
    """Prepositions to the right of ``head`` with the heads of their objects, in text order."""
    found = []
    for child in sentence.children[head]:
        if child > head and sentence.tokens[child].dep == "prep":
            word = sentence.tokens[child].text.lower()
            found += [
                (word, below) for below in sentence.children[child] if sentence.tokens[below].dep in ("pobj", "pcomp")
            ]
    return found


def right_edge(sentence: Sentence, head: int, words: frozenset[str]) -> int:
    """Index of the last token of the phrase: attached prepositional phrases with one of ``words`` are kept."""
    at = head
    for child in sentence.children[head]:
        if child < head:
            continue
        token = sentence.tokens[child]
        if token.dep == "prep" and token.text.lower() in words and child <= _after(sentence, at):
            objects = [c for c in sentence.children[child] if sentence.tokens[c].dep == "pobj"]
            if objects:
                last = conjuncts(sentence, objects[-1])[-1]
                at = max(at, right_edge(sentence, last, words))
        elif token.dep not in ("case", "punct"):
            break
    return at


def _after(sentence: Sentence, at: int) -> int:
    """The next token that is not a genitive's mark."""
    following = at + 1
    while following < len(sentence.tokens) and sentence.tokens[following].tag == "POS":
        following += 1
    return following


def span_between(sentence: Sentence, first: int, last: int) -> Span:
    """Characters from token ``first`` to token ``last``, both included."""
    return Span(sentence.tokens[first].start, sentence.tokens[last].end)


def hyphen_participle(sentence: Sentence, last: int) -> str | None:
    """The word after a hyphen that follows token ``last`` ("led" in "US-led"); null where there is none."""
    tokens = sentence.tokens
    if last + 2 < len(tokens) and tokens[last + 1].text in "-\u2013" and tokens[last + 1].start == tokens[last].end:
        return tokens[last + 2].text.lower()
    return None
