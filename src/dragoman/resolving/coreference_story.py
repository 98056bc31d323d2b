"""The parties that an article is about: those of its title, else of the first sentence that has as many.

Reports name them first (the inverted pyramid), so that "both sides" further down is them and not who mediates.
"""

from __future__ import annotations

from dragoman.model import ActorMention, Party, Sentence
from dragoman.resolving.coreference_syntax import SUBJECTS, chain_top
from dragoman.resolving.coreference_words import Words

OPENING = 2
# Kinds of mentions that take part in what is told; a place does not.
_TAKING_PART = frozenset({"country", "person", "organisation", "group", "role"})


class Story:
    """Codes of the parties in each of the opening sentences, in text order."""

    def __init__(self, sentences: tuple[Sentence, ...], mentions: list[dict[int, ActorMention]]) -> None:
        """Read the first sentences; ``mentions`` are those of each sentence by head."""
        self.opening: list[tuple[str, ...]] = []
        for held in mentions[: min(OPENING, len(sentences))]:
            codes = [
                party.code
                for _, mention in sorted(held.items())
                if mention.kind in _TAKING_PART
                for party in mention.parties
                if party.code
            ]
            self.opening.append(tuple(dict.fromkeys(codes)))
        self.codes = frozenset(self.opening[0]) if self.opening else frozenset()

    def several(self, wanted: int) -> tuple[str, ...]:
        """The first of the opening's sets of parties with ``wanted`` members, where none before it has more."""
        for codes in self.opening:
            if len(codes) == wanted:
                return codes
            if len(codes) > wanted:
                break
        return ()


def mediates(sentence: Sentence, head: int, words: Words) -> bool:
    """Whether ``head`` does what a third party does between others ("Qatar brokered it", "brokered by Qatar")."""
    token = sentence.tokens[chain_top(sentence, head)]
    above = sentence.tokens[token.head]
    if token.dep in SUBJECTS:
        return above.lemma in words.mediation
    return token.dep == "pobj" and above.dep == "agent" and sentence.tokens[above.head].lemma in words.mediation


def distinct(parties: tuple[Party, ...]) -> set[tuple[str | None, str | None, str | None]]:
    """What tells parties apart."""
    return {(p.code, p.name, p.sector) for p in parties}
