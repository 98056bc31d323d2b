"""Under which condition a duty falls due: "in the event of an attack", "if either is invaded"."""

from __future__ import annotations

from dragoman.codebook.grammar import Grammar
from dragoman.model import Sentence, Span


def condition_span(sentence: Sentence, grammar: Grammar, at: int) -> Span | None:
    """The condition stated in the sentence around the duty at token ``at``; null where there is none.

    A clause opened by a condition word, else the phrase that follows a condition phrase.
    """
    tokens = sentence.tokens
    for token in tokens:
        if token.dep in ("mark", "advmod") and token.lemma in grammar.condition_words:
            clause = sentence.subtree(token.head)
            if at not in clause:
                return sentence.span_of([i for i in clause if i >= token.i])
    text = " ".join(t.text.lower() for t in tokens)
    for phrase in grammar.condition_phrases:
        found = f" {text} ".find(f" {phrase} ")
        if found >= 0:
            first = text[: max(found, 0)].count(" ") + (1 if found > 0 and not text[:found].endswith(" ") else 0)
            head = next((t for t in tokens[first:] if t.dep in ("prep", "mark", "advcl", "pobj")), tokens[first])
            clause = [i for i in sentence.subtree(head.i) if i >= first and tokens[i].text not in ".,"]
            if clause:
                return sentence.span_of(clause)
    return None
