"""What the parser says of a text: sentences of tokens in dependency trees."""

from __future__ import annotations

from functools import cached_property

import msgspec

from dragoman.model.span import Span


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word in its sentence.

    ``i`` and ``head`` count from the start of the sentence; the root is its own head. ``start`` and ``end`` are
    offsets in the article's text. ``lemma`` is lower case. ``tag`` is the treebank's, ``pos`` universal, ``dep`` the
    parser's label (ClearNLP style for spaCy's English models).
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int


class Sentence(msgspec.Struct, frozen=True, dict=True):
    """Tokens of one sentence in order; ``index`` counts the article's sentences from 0."""

    index: int
    tokens: tuple[Token, ...]

    @property
    def span(self) -> Span:
        """Offsets from the first token to the last."""
        return Span(self.tokens[0].start, self.tokens[-1].end)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indexes of its dependents, in text order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        return tuple(map(tuple, below))

    def subtree(self, top: int, without: frozenset[str] = frozenset()) -> list[int]:
        """Indexes of ``top`` and all below it, sorted; branches whose label is in ``without`` are left out."""
        found, todo = [], [top]
        while todo:
            at = todo.pop()
            found.append(at)
            todo.extend(c for c in self.children[at] if self.tokens[c].dep not in without)
        return sorted(found)

    def span_of(self, indexes: list[int]) -> Span:
        """The span from the first to the last of sorted token ``indexes``."""
        return Span(self.tokens[indexes[0]].start, self.tokens[indexes[-1]].end)


class Analysis(msgspec.Struct, frozen=True):
    """All sentences of an article and the name of the parser that made them."""

    parser: str
    sentences: tuple[Sentence, ...]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character at ``offset``; null between sentences."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            span = self.sentences[middle].span
            if span.end <= offset:
                low = middle + 1
            elif span.start > offset:
                high = middle
            else:
                return self.sentences[middle]
        return None
