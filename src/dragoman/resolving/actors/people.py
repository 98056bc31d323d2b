"""People of one article: who is called by which surname, and what the text says of them."""

from __future__ import annotations

import bisect
from datetime import date

import msgspec

from dragoman.codebook.actors import ActorEntry, ActorKnowledge, pieces, role_on, short_names, slug


class Person(msgspec.Struct):
    """Somebody named in the article; grows while the article is read, then stays."""

    name: str
    entity: str
    entry: ActorEntry | None = None
    code: str | None = None
    sector: str | None = None
    sectors: tuple[str, ...] = ()
    stated: bool = False
    office: bool = False

    def learn(self, code: str | None, sector: str | None, sectors: tuple[str, ...]) -> None:
        """Take in what the text says; the first word on a slot stands."""
        if code and self.code is None:
            self.code = code
        if sector and not self.stated:
            self.sector, self.sectors, self.stated = sector, sectors, True


class People:
    """The people of one article by short name."""

    def __init__(self, knowledge: ActorKnowledge, day: date | None, countries: frozenset[str]) -> None:
        """``countries`` are the codes that the article's names belong to; they decide between namesakes."""
        self._known = knowledge
        self._day = day
        self._countries = countries
        self._by_entity: dict[str, Person] = {}
        self._by_short: dict[str, list[tuple[int, Person]]] = {}
        self._guessed: dict[str, Person | None] = {}
        self.home: str | None = None

    def met(self, name: str, entry: ActorEntry | None, position: int) -> Person:
        """The person called by full ``name`` at character ``position``."""
        entity = entry.entity if entry and entry.entity else f"person:{slug(name)}"
        person = self._by_entity.get(entity)
        if person is None:
            person = Person(entry.name if entry else name, entity, entry)
            if entry is not None:
                person.code, person.sector, person.sectors = role_on(entry, self._day)
            self._by_entity[entity] = person
        for short in set(short_names(name, self._known.words.family_first)):
            spots = self._by_short.setdefault(short, [])
            if not spots or spots[-1][0] != position:
                bisect.insort(spots, (position, person), key=_position)
        return person

    def settle(self, home: str | None) -> None:
        """Give ``home``, the article's own country, to officials whose country nothing states."""
        self.home = home
        for person in self._by_entity.values():
            if person.office and person.code is None:
                person.code = home

    def country_of(self, name: str) -> str | None:
        """The country of somebody in office whom the text gives a title and the codebook lists by surname alone."""
        short = short_names(name, self._known.words.family_first)[0]
        codes = set()
        for entry in self._known.surnames.get(short, ()):
            code, sector, _ = role_on(entry, self._day)
            if pieces(entry.name) == (short,) and sector == "GOV" and code in self._countries:
                codes.add(code)
        return codes.pop() if len(codes) == 1 else None

    def knows(self, short: str) -> bool:
        """Whether the article names somebody in full whose short name is ``short``."""
        return short in self._by_short

    def called(self, short: str, position: int, code: str | None = None, titled: bool = False) -> Person | None:
        """Whom the surname ``short`` means at ``position``: the last one met before, else the next one after.

        Where the article never gives a full name: somebody the codebook knows, in office then, of a country that the
        article names (or that ``code`` gives). Null where nobody or several fit.
        """
        spots = self._by_short.get(short)
        if spots:
            at = bisect.bisect_right(spots, position, key=_position)
            return spots[at - 1][1] if at else spots[0][1]
        key = f"{short} {code or ''} {titled}"
        if key not in self._guessed:
            self._guessed[key] = self._guess(short, code, titled)
        return self._guessed[key]

    def _guess(self, short: str, code: str | None, titled: bool) -> Person | None:
        scored: list[tuple[int, ActorEntry]] = []
        for entry in self._known.surnames.get(short, ()):
            at, sector, _ = role_on(entry, self._day)
            serving = sector is not None and sector != "ELI"
            if code and code != at:
                continue
            score = 2 * entry.famous + 2 * serving + 2 * (at in self._countries) + (code is not None) + titled
            if score >= 4:
                score += self._heads(entry)
                scored.append((score, entry))
        if not scored:
            return None
        best = max(score for score, _ in scored)
        winners = {entry.entity: entry for score, entry in scored if score == best}
        if len({entry.code for entry in winners.values()}) > 1:
            return None
        famous = [entry for entry in winners.values() if entry.famous]
        entry = famous[0] if famous else list(winners.values())[-1]
        person = self._by_entity.get(entry.entity or "")
        if person is None:
            person = Person(entry.name, entry.entity or "", entry)
            person.code, person.sector, person.sectors = role_on(entry, self._day)
            self._by_entity[person.entity] = person
        return person

    def _heads(self, entry: ActorEntry) -> bool:
        """Whether the person holds the first office of a country or body on the day."""
        day = self._day.isoformat() if self._day else None
        held = [term for term in entry.terms if day is None or term.holds(day)]
        return any((term.office or "").lower() in self._known.words.heads for term in held[-1:])


def _position(spot: tuple[int, Person]) -> int:
    return spot[0]
