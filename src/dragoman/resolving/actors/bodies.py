"""Bodies of one article that the codebook does not list: what the text says of them once holds all through it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from dragoman.codebook.actors import ActorEntry, ActorWords, fold
from dragoman.model import Party
from dragoman.resolving.actors.marks import Marked, Unit, words_of
from dragoman.resolving.phrases import appositions

_BODIES = frozenset({"organisation", "group"})
_NAMES = _BODIES | {"unknown"}


class Bodies:
    """What the article says of its bodies, by folded name."""

    def __init__(self, words: ActorWords) -> None:
        """``words`` names the nouns for bodies."""
        self._nouns = words.body_nouns
        self._entries: dict[str, ActorEntry] = {}
        self._short: dict[str, ActorEntry] = {}

    def meet(self, marked: Iterable[Marked], read: Callable[[Marked, Unit], Party | None]) -> None:
        """Learn of the bodies in ``marked``; ``read`` gives the party that a name stands for where it is read."""
        for one in marked:
            for unit in one.units:
                if unit.kind not in _NAMES:
                    continue
                if unit.entry is not None and unit.entry.entity is not None:
                    self._shorten(one, unit, unit.entry)
                short = _bracketed(one, unit)
                described = unit.entry is None and self._described(one, unit)
                if short is None and not described:
                    continue
                party = read(one, unit)
                if party is None or not (party.code or party.sector):
                    continue
                name = words_of(one.sentence, unit.first, unit.last)
                entry = ActorEntry(
                    party.name or name, "organisation", party.code, party.sector, party.sectors, party.entity
                )
                if described:
                    self._entries.setdefault(fold(name), entry)
                if short is not None:
                    self._entries.setdefault(fold(words_of(one.sentence, short.first, short.last)), entry)

    def known(self, marked: Marked) -> Marked:
        """The same sentence with what was learned behind the names that the codebook does not list."""
        if not self._entries and not self._short:
            return marked
        at = dict(marked.unit_at)
        units = []
        for unit in marked.units:
            if unit.entry is None and unit.kind in _NAMES:
                entry = self._entries.get(fold(words_of(marked.sentence, unit.first, unit.last)))
                if entry is not None:
                    unit = msgspec.structs.replace(unit, kind="organisation", entry=entry)
                    at.update(dict.fromkeys(range(unit.first, unit.last + 1), unit))
            elif unit.entry is not None and unit.kind in _BODIES:
                mine = self._short.get(_name(marked, unit))
                if mine is not None and mine.entity != unit.entry.entity:
                    unit = msgspec.structs.replace(unit, entry=mine)
                    at.update(dict.fromkeys(range(unit.first, unit.last + 1), unit))
            units.append(unit)
        return msgspec.structs.replace(marked, units=tuple(units), unit_at=at)

    def _shorten(self, marked: Marked, unit: Unit, entry: ActorEntry) -> None:
        """Keep what a listed body may be called further on: its last word, and its first ones ("the Joint Chiefs").

        Such a short name alone may be listed for another body ("the Times"); in this article it is this one.
        """
        words = _name(marked, unit).split()
        if len(words) > 2:
            self._short.setdefault(words[-1], entry)
            self._short.setdefault(" ".join(words[:2]), entry)

    def _described(self, marked: Marked, unit: Unit) -> bool:
        """Whether a noun for a body stands directly before the name ("oil firm Lumen") or renames it behind a comma."""
        before = marked.role_at.get(unit.first - 1) if unit.first else None
        hits = [before, *(marked.role_at.get(other) for other in appositions(marked.sentence, unit.head))]
        return any(hit is not None and hit.words.rpartition(" ")[2] in self._nouns for hit in hits)


def _bracketed(marked: Marked, unit: Unit) -> Unit | None:
    """The short name in brackets behind ``unit`` ("the Farmers' Front (FFR)"); null where there is none."""
    tokens = marked.sentence.tokens
    if unit.kind not in _BODIES or unit.last + 3 >= len(tokens) or tokens[unit.last + 1].text != "(":
        return None
    short = marked.unit_at.get(unit.last + 2)
    if short is None or short.entry is not None or tokens[short.last + 1].text != ")":
        return None
    return short if words_of(marked.sentence, short.first, short.last).isupper() else None


def _name(marked: Marked, unit: Unit) -> str:
    """The folded words of ``unit`` without the article that may be part of a listed name."""
    words = fold(words_of(marked.sentence, unit.first, unit.last)).split()
    tag = marked.sentence.tokens[unit.first].tag
    return " ".join(words[1:] if tag == "DT" and len(words) > 1 else words)
