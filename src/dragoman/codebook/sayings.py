"""Which verbs tell of words said: what the parser's repairs ask of the cues."""

from __future__ import annotations

from collections.abc import Container, Mapping
from types import MappingProxyType
from typing import NamedTuple

from dragoman.codebook.cues import Cues


class Sayings(NamedTuple):
    """Dictionary forms of verbs of saying, and of those that name who is told, each with the prepositions that lead to
    what is said ("told him about")."""

    verbs: Container[str] = frozenset()
    tellers: Mapping[str, Container[str]] = MappingProxyType({})


def sayings_of(cues: Cues) -> Sayings:
    """The verbs of saying among the cues."""
    verbs = frozenset(word for word in cues.verbs if cues.verb_kind(word) == "speech")
    tellers = {
        word: frozenset(lead for entry in cues.verbs[word] for lead in entry.prepositions)
        for word in verbs
        if any(entry.hearer and "clause" in entry.frames for entry in cues.verbs[word])
    }
    return Sayings(verbs, tellers)
