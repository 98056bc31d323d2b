"""What a figure counts, read off the dependency parse."""

from __future__ import annotations

from dragoman.codebook.quantities import QuantityKnowledge
from dragoman.model import Analysis, Sentence, Span, Token

_NOUNS = frozenset({"NOUN", "PROPN"})
_INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "ADV"})
# Labels of words that stand before the noun they belong to.
_BEFORE = frozenset(
    {"nummod", "compound", "nmod", "quantmod", "amod", "npadvmod", "advmod", "poss", "det", "predet", "dep"}
)
_DROPPED_TAGS = frozenset({"DT", "PRP$", "POS", "CD", "PDT", "$", "WP$", "SYM", "JJR", "RBR"})
# How far behind the figure its noun may stand, in words; longer noun phrases are parse errors.
_REACH = 8


class Items:
    """Finds counted noun phrases in one report's analysis."""

    def __init__(self, analysis: Analysis, knowledge: QuantityKnowledge) -> None:
        self._analysis = analysis
        self._of = frozenset(knowledge.numbers.of)
        self._links = frozenset(word for phrase in knowledge.contexts.money_of for word in phrase.split())
        self._stop = frozenset(knowledge.contexts.item_stop)

    def at(self, offset: int) -> tuple[Sentence, int] | None:
        """The sentence and the index of the token that holds the character at ``offset``."""
        sentence = self._analysis.sentence_at(offset)
        if sentence is None:
            return None
        low, high = 0, len(sentence.tokens)
        while low < high:
            middle = (low + high) // 2
            if sentence.tokens[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        token = sentence.tokens[low]
        return (sentence, low) if token.start <= offset else None

    def of_figure(self, span: Span, unit: bool, money: bool) -> Span | None:
        """The noun phrase that the figure at ``span`` (number and unit) counts.

        ``unit``: it has one, so a noun must hang on it; ``money``: it is some, so "in" leads to the noun too.
        """
        first, last = self.at(span.start), self.at(span.end - 1)
        if first is None or last is None or first[0] is not last[0]:
            return None
        sentence, start, end = first[0], first[1], last[1]
        links = self._links if money else self._of
        after = sentence.tokens[end + 1] if end + 1 < len(sentence.tokens) else None
        if after is None:
            return None
        if after.lemma in links:
            return self._behind_link(sentence, end + 1, links)
        top = self._top(sentence, start, end)
        head = sentence.tokens[top].head
        if end < head <= end + _REACH and sentence.tokens[top].dep in _BEFORE and sentence.tokens[head].pos in _NOUNS:
            return self._phrase(sentence, end + 1, head)
        if unit:
            return None
        return self._run(sentence, end + 1)

    def counts_noun(self, start: int, end: int) -> bool | None:
        """Whether the number at these offsets stands before a noun of its own; null where there is no token."""
        first, last = self.at(start), self.at(end - 1)
        if first is None or last is None or first[0] is not last[0]:
            return None
        sentence, top = first[0], self._top(first[0], first[1], last[1])
        token = sentence.tokens[top]
        return token.head > last[1] and token.dep in _BEFORE and sentence.tokens[token.head].pos in _NOUNS

    def names(self, start: int) -> bool:
        """Whether the number at ``start`` belongs to the name right before it ("Boeing 737", "Falcon 9 rockets")."""
        here = self.at(start)
        if here is None or here[1] == 0:
            return False
        sentence, i = here
        number, before = sentence.tokens[i], sentence.tokens[i - 1]
        if before.pos != "PROPN":
            return False
        return number.head == before.i or (before.dep in ("compound", "nmod") and before.head >= i)

    @staticmethod
    def _top(sentence: Sentence, start: int, end: int) -> int:
        """The highest token of the figure: its chain of heads is followed while it stays inside."""
        at = end
        while start <= sentence.tokens[at].head <= end and sentence.tokens[at].head != at:
            at = sentence.tokens[at].head
        return at

    def _behind_link(self, sentence: Sentence, link: int, links: frozenset[str]) -> Span | None:
        """The object of "of" or "in" at ``link``, or of the second of two ("worth of")."""
        tokens = sentence.tokens
        while link + 1 < len(tokens) and tokens[link + 1].lemma in links:
            link += 1
        below = [c for c in sentence.children[link] if tokens[c].dep in ("pobj", "dobj") and c > link]
        if not below or below[0] > link + _REACH + 2:
            return self._run(sentence, link + 1)
        return self._phrase(sentence, link + 1, below[0])

    def _phrase(self, sentence: Sentence, first: int, head: int) -> Span | None:
        """Tokens ``first`` to ``head`` without articles, possessors' ends and numbers; null for pronouns."""
        tokens = sentence.tokens
        if tokens[head].pos not in _NOUNS or tokens[head].text.lower() in self._stop:
            return None
        at = first
        for i in range(first, head):
            glued = i + 1 < head and tokens[i + 1].tag == "HYPH" and tokens[i].end == tokens[i + 1].start
            if (tokens[i].tag in _DROPPED_TAGS and not glued) or (tokens[i].pos == "PUNCT" and tokens[i].tag != "HYPH"):
                at = i + 1
        while at < head and tokens[at].pos not in _INSIDE:
            at += 1
        return Span(tokens[at].start, tokens[head].end)

    def _run(self, sentence: Sentence, first: int) -> Span | None:
        """Where the parse does not say: the adjectives and nouns right behind the figure, up to the last noun."""
        last = None
        for i in range(first, min(first + _REACH, len(sentence.tokens))):
            token: Token = sentence.tokens[i]
            if token.pos in _NOUNS:
                last = i
            elif token.pos != "ADJ" or last is not None:
                break
        return self._phrase(sentence, first, last) if last is not None else None
