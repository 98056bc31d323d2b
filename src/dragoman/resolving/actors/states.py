"""How the name of a state, its people or a town stands in its sentence: as a party, as an adjective, or as a place."""

from __future__ import annotations

from dragoman.codebook.actors import ActorKnowledge, ActorWords
from dragoman.model import Sentence
from dragoman.resolving.actors.marks import Marked, Unit


def modifies(sentence: Sentence, head: int) -> bool:
    """Whether the token stands before a noun that it describes, alone or coordinated."""
    tokens = sentence.tokens
    at = head
    while tokens[at].dep == "conj" and tokens[at].head != at:
        at = tokens[at].head
    if tokens[at].dep in ("amod", "compound", "nmod", "poss", "npadvmod", "advmod", "dep", "punct"):
        return True
    following = head + 1
    return tokens[head].pos == "ADJ" and following < len(tokens) and tokens[following].pos in ("NOUN", "PROPN")


def state_name(unit: Unit, known: ActorKnowledge) -> str | None:
    """What the codebook calls the state or place that ``unit`` names; null for a name that it does not list."""
    entry = unit.entry
    if entry is None:
        return None
    if entry.entity and entry.entity.startswith("country:") and entry.code in known.countries:
        return known.countries[entry.code].name
    return entry.name


def happened_in(marked: Marked, head: int, words: ActorWords) -> bool:
    """Whether a capital's name before a noun says where something was, not who did it ("the Nairobi bombing")."""
    token = marked.sentence.tokens[head]
    unit = marked.unit_at.get(head)
    capital = unit is not None and unit.entry is not None and unit.entry.kind == "capital"
    return capital and token.dep in ("compound", "nmod") and marked.lower[token.head] in words.happenings


def located(marked: Marked, head: int, words: ActorWords) -> bool:
    """Whether the name at ``head`` stands where a preposition of place needs it."""
    tokens = marked.sentence.tokens
    at = head
    mine = marked.unit_at.get(head)
    while tokens[at].dep == "conj" and tokens[at].head != at:
        at = tokens[at].head
        other = marked.unit_at.get(at)
        # "At a summit in Accra, Togo and Benin signed": a state is not coordinated with a town.
        if mine and other and mine.entry and other.entry and mine.entry.kind != other.entry.kind:
            return False
    if tokens[at].dep != "pobj":
        return False
    word = marked.lower[tokens[at].head]
    state = mine is not None and mine.kind == "country"
    return word in words.locative or (word in words.locative_towns and not state)
