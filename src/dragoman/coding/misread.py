"""Subjects and particles that the parser put elsewhere: found again by where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.frames import FrameReader

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# What a list of names consists of.
LISTED = frozenset({"PROPN", "NOUN", "CCONJ", "DET", "ADJ"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


def listed_subjects(reader: FrameReader, verb: int) -> tuple[int, ...]:
    """Subjects that the parser took for a list: "At a summit in Hanoi, Laos and Vietnam signed ...".

    Of a finite verb without a subject, the names that a comma divides from the phrase at the sentence's start.
    """
    tokens = reader.tokens
    if tokens[verb].tag not in FINITE or tokens[verb].dep != "ROOT":
        return ()
    for at in range(verb):
        token = tokens[at]
        if token.dep != "pobj" or not any(tokens[c].text == "," for c in reader.children[at]):
            continue
        after = [c for c in reader.conjuncts(at) if c < verb]
        if after and all(tokens[i].pos in LISTED for i in range(after[0], verb)):
            return tuple(after)
    return ()


def next_subjects(reader: FrameReader, verb: int) -> tuple[int, ...]:
    """Subjects that the parser listed with the noun before "and": "Rebels entered Goma and the army shut ...".

    Two verbs that share a subject have a conjunction between them; these have only the one of the false list.
    """
    tokens = reader.tokens
    token = tokens[verb]
    above = token.head
    if token.dep != "conj" or token.tag not in FINITE:
        return ()
    if any(tokens[c].dep == "cc" and above < c < verb for c in reader.children[above]):
        return ()
    at = verb - 1
    while at > above and tokens[at].head == verb and tokens[at].pos in ("AUX", "ADV"):
        at -= 1
    if tokens[at].pos == "PUNCT":
        return ()
    while at > above and (tokens[at].dep != "conj" or tokens[at].pos not in NOMINAL):
        at = tokens[at].head
    if at <= above:
        return ()
    before = min(reader.sentence.subtree(at)) - 1
    return (at, *reader.conjuncts(at)) if tokens[before].dep == "cc" else ()


def adjoined(reader: FrameReader, verb: int, objects: tuple[int, ...]) -> frozenset[str]:
    """The adjective that belongs to a verb and that the parser hung on its object: "set free two miners"."""
    if verb + 1 >= len(reader.tokens):
        return frozenset()
    token = reader.tokens[verb + 1]
    return frozenset({token.lemma}) if token.pos == "ADJ" and token.head in objects else frozenset()
