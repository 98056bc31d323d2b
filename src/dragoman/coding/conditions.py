"""Under which condition a duty falls due: "in the event of an attack", "if either is invaded"."""

from __future__ import annotations

from dragoman.codebook.grammar import Grammar
from dragoman.model import Sentence, Span


def condition_span(sentence: Sentence, grammar: Grammar, at: int) -> Span | None:
    """The condition stated in the sentence around the duty at token ``at``; null where there is none.

    A clause opened by a condition word, else what follows a condition phrase up to the next punctuation mark.
    """
    tokens = sentence.tokens
    for token in tokens:
        if token.dep in ("mark", "advmod") and token.lemma in grammar.condition_words:
            clause = sentence.subtree(token.head)
            if at not in clause:
                return sentence.span_of([i for i in clause if i >= token.i])
    lower = [t.text.lower() for t in tokens]
    for phrase in grammar.condition_phrases:
        words = phrase.split()
        for first in range(len(lower) - len(words)):
            if lower[first : first + len(words)] == words:
                last = first
                while last + 1 < len(tokens) and tokens[last + 1].pos != "PUNCT":
                    last += 1
                return Span(tokens[first].start, tokens[last].end)
    return None
