"""What is marked in a sentence before it is read: names and nouns for roles."""

from __future__ import annotations

from typing import Literal

import msgspec

from dragoman.codebook.actors import ActorEntry, Role, fold
from dragoman.model import Sentence

UnitKind = Literal["country", "demonym", "people", "place", "organisation", "group", "person", "unknown"]
JOINS = frozenset("-\u2013\u2014'\u2019.")


class Unit(msgspec.Struct, frozen=True, gc=False):
    """A name at tokens ``first``..``last`` of a sentence; ``entry`` is what the codebook knows of it."""

    first: int
    last: int
    head: int
    kind: UnitKind
    entry: ActorEntry | None = None
    role: Role | None = None


class RoleHit(msgspec.Struct, frozen=True, gc=False):
    """A noun for a role at tokens ``first``..``last``; ``words`` is it, folded, ``head`` what the others hang on."""

    first: int
    last: int
    head: int
    role: Role
    words: str


class Marked(msgspec.Struct, frozen=True, gc=False):
    """A sentence with its names, by every token they cover, and its roles, by their last token and their head."""

    sentence: Sentence
    units: tuple[Unit, ...]
    unit_at: dict[int, Unit]
    role_at: dict[int, RoleHit]
    lower: tuple[str, ...]


class Context(msgspec.Struct, frozen=True):
    """What an article says as a whole: its words, folded."""

    folded: dict[str, str]
    words: frozenset[str]

    @staticmethod
    def of(sentences: tuple[Sentence, ...]) -> Context:
        """The context that ``sentences`` make."""
        folded = {text: fold(text) for text in {token.text for one in sentences for token in one.tokens}}
        return Context(folded, frozenset(folded.values()))


def head_of(sentence: Sentence, first: int, last: int) -> int:
    """The token of ``first``..``last`` that the others hang on: the last whose own head lies outside."""
    for at in range(last, first - 1, -1):
        token = sentence.tokens[at]
        if (token.head < first or token.head > last or token.head == at) and token.pos != "PUNCT":
            return at
    return last


def words_of(sentence: Sentence, first: int, last: int) -> str:
    """The words of tokens ``first``..``last`` with one blank where the text has any."""
    parts = []
    for at in range(first, last + 1):
        token = sentence.tokens[at]
        if at > first and token.start > sentence.tokens[at - 1].end:
            parts.append(" ")
        parts.append(token.text)
    return "".join(parts)
