"""A parse for one actor string, for which no parser is needed: the last noun before a preposition is the head."""

from __future__ import annotations

import re

from dragoman.codebook.actors import ActorKnowledge, ActorWords, fold
from dragoman.model import Sentence, Token

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|['\u2019]s\b|[^\W_]+(?:[.'\u2019](?=[^\W_])[^\W_]+)*\.?(?=\s|$)|[^\W_]+|[^\w\s]")
_POSSESSIVE = re.compile(r"['\u2019]s$")


def sentence_of(text: str, known: ActorKnowledge) -> tuple[Sentence, int]:
    """Tokens of ``text`` as a flat phrase, and its head. Offsets point into ``text``.

    Prepositions inside a noun for a role ("Secretary of State") do not divide the phrase.
    """
    words = known.words
    spans: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if _POSSESSIVE.search(text[start:end]) and end - start > 2:
            spans += [(start, end - 2), (end - 2, end)]
        else:
            spans.append((start, end))
    raw = [text[a:b] for a, b in spans]
    folded = tuple(fold(word) for word in raw)
    inside = {i for at in range(len(raw)) for end, _ in known.roles.at(folded, at) for i in range(at, end)}
    ends = [i for i, word in enumerate(raw) if i and i not in inside and (word.lower() in words.ties or word == ",")]
    stop = ends[0] if ends else len(raw)
    head = max(stop - 1, 0)
    while head > 0 and not raw[head][0].isalnum():
        head -= 1
    tokens = []
    prep: int | None = None
    for i, ((start, end), word) in enumerate(zip(spans, raw, strict=True)):
        above, dep = head, "compound"
        if i == head:
            dep = "ROOT"
        elif i > head:
            following = [e for e in ends if e > i]
            last = (following[0] if following else len(raw)) - 1
            if i in ends:
                dep = "prep" if word != "," else "punct"
                prep = i
            elif i == last:
                comma = prep is not None and raw[prep] == ","
                above, dep = (head, "appos") if comma else (prep if prep is not None else head, "pobj")
            else:
                above = last
        tokens.append(_token(i, start, end, word, dep, above, words))
    return Sentence(0, tuple(tokens)), head


def _token(i: int, start: int, end: int, word: str, dep: str, head: int, words: ActorWords) -> Token:
    low = word.lower()
    if low in ("'s", "\u2019s"):
        return Token(i, start, end, word, low, "POS", "PART", "case", head)
    if dep == "prep":
        return Token(i, start, end, word, low, "IN", "ADP", dep, head)
    if not word[0].isalnum():
        return Token(i, start, end, word, low, "HYPH", "PUNCT", "punct", head)
    if low in words.definite:
        return Token(i, start, end, word, low, "DT", "DET", "det", head)
    if low in words.pronouns:
        return Token(i, start, end, word, low, "PRP", "PRON", dep, head)
    if word[0].isupper():
        return Token(i, start, end, word, low, "NNP", "PROPN", dep, head)
    return Token(i, start, end, word, low, "NN", "NOUN", dep, head)
