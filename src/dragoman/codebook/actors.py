"""Who can act: names of states, people and bodies, nouns for roles, and the words that tie them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from dragoman.codebook.actor_names import Gazetteer, fold, pieces, short_names, slug
from dragoman.codebook.yamlfile import CodebookError, load_yaml

__all__ = [
    "ActorEntry", "ActorKnowledge", "ActorWords", "EntryKind", "Gazetteer", "Reading", "Role", "Term", "fold",
    "load_actors", "pieces", "plural", "role_on", "rows", "short_names", "slug",
]

EntryKind = Literal[
    "country", "demonym", "people", "capital", "region", "city", "organisation", "group", "party", "person", "block"
]
NONE = "none"


class Term(msgspec.Struct, frozen=True, gc=False):
    """A role held from ``start`` to ``end`` (ISO dates or prefixes of them, inclusive).

    An empty ``start`` or ``end`` is open; ``known`` is the last day to which an open end was seen to hold.
    """

    start: str
    end: str
    code: str | None
    sector: str | None
    sectors: tuple[str, ...] = ()
    office: str | None = None
    known: str | None = None

    def holds(self, day: str) -> bool:
        """Whether the term covers the ISO date ``day`` for certain."""
        if self.start and day < self.start:
            return False
        if self.end:
            return day[: len(self.end)] <= self.end
        return self.known is None or day[: len(self.known)] <= self.known


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that an ambiguous name stands for, with words of an article that speak for it."""

    cues: tuple[str, ...]
    code: str | None = None
    kind: Literal["country", "demonym", "capital", "place", "organisation", "none"] = "country"


class ActorEntry(msgspec.Struct, frozen=True, gc=False):
    """A name and what it stands for.

    ``code`` and ``sector`` are PLOVER's; ``terms`` carry dated roles of a person (empty: the role does not change).
    ``also`` are other names. ``famous`` people are recognised by surname alone.
    """

    name: str
    kind: EntryKind
    code: str | None = None
    sector: str | None = None
    sectors: tuple[str, ...] = ()
    entity: str | None = None
    also: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    famous: bool = False
    readings: tuple[Reading, ...] = ()
    after: tuple[str, ...] = ()


class Role(msgspec.Struct, frozen=True, gc=False):
    """A noun for a role: its sector (null: none of its own) and whether it takes the sector of what stands beside."""

    sector: str | None
    weak: bool
    code: str | None = None


class RolesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """roles.yml as written."""

    strong: dict[str, tuple[str, ...]]
    weak: dict[str, tuple[str, ...]]
    modifiers: dict[str, tuple[str, ...]]
    secondary: dict[str, tuple[str, ...]]


class ActorWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """words.yml as written; each key is explained there."""

    pronouns: frozenset[str]
    back: frozenset[str]
    back_alone: frozenset[str]
    counting: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    elsewhere: frozenset[str]
    shared_names: frozenset[str]
    glued_before: frozenset[str]
    former: frozenset[str]
    own_participles: frozenset[str]
    other_participles: frozenset[str]
    locative: frozenset[str]
    locative_towns: frozenset[str]
    happenings: frozenset[str]
    ties: frozenset[str]
    ties_strong: frozenset[str]
    transparent: frozenset[str]
    not_names: frozenset[str]
    honorifics: frozenset[str]
    honorific_sectors: dict[str, str]
    organisation_words: frozenset[str]
    place_words: frozenset[str]
    place_first: frozenset[str]
    thing_words: frozenset[str]
    particles: frozenset[str]
    family_first: frozenset[str]
    given_names: frozenset[str]
    also_people: frozenset[str]
    heads: frozenset[str]
    name_prepositions: frozenset[str]
    name_joins: frozenset[str]
    time_names: frozenset[str]
    time_openers: frozenset[str]
    time_units: frozenset[str]
    of_bodies: frozenset[str]
    body_nouns: frozenset[str]
    bare_things: frozenset[str]
    needs_owner: frozenset[str]
    posted: frozenset[str]
    privy: frozenset[str]
    crowd_verbs: frozenset[str]
    siege_verbs: frozenset[str]
    picture_agencies: frozenset[str]
    plurals: dict[str, str]
    demonym_plurals: dict[str, str]


class AmbiguousName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name with several readings; ``after`` are words one of which must stand before it."""

    name: str
    readings: tuple[Reading, ...]
    after: tuple[str, ...] = ()


class ActorKnowledge:
    """All that the resolver knows, indexed once."""

    def __init__(
        self,
        entries: tuple[ActorEntry, ...],
        roles: tuple[tuple[str, Role], ...],
        modifiers: dict[str, str],
        secondary: dict[str, str],
        words: ActorWords,
    ) -> None:
        """Index ``entries`` by every name, ``roles`` by singular and plural; later entries win over earlier ones."""
        self.entries = entries
        self.modifiers = modifiers
        self.secondary = secondary
        self.words = words
        self._roles = roles
        self.names = Gazetteer(
            (surface, entry)
            for entry in entries
            for surface in (entry.name, *entry.also)
            if entry.kind != "person" or entry.also or " " in surface or "-" in surface
        )
        self.roles = Gazetteer(roles)
        self.countries = {entry.code: entry for entry in entries if entry.kind == "country" and entry.code}
        self.cues: dict[str, frozenset[str]] = {}
        for entry in entries:
            if entry.code and entry.kind in ("country", "demonym", "people", "capital"):
                mine = self.cues.get(entry.code, frozenset())
                self.cues[entry.code] = mine | {pieces(name)[-1] for name in (entry.name, *entry.also)}
        self.surnames: dict[str, list[ActorEntry]] = {}
        for entry in entries:
            if entry.kind == "person":
                for short in short_names(entry.name, words.family_first):
                    self.surnames.setdefault(short, []).append(entry)

    def extended(
        self, entries: Iterable[ActorEntry] = (), roles: Iterable[tuple[str, Role]] = ()
    ) -> ActorKnowledge:
        """The same with a user's own actors and roles, which win over the shipped ones of the same name."""
        mine = tuple(entries)
        taken = {pieces(surface) for entry in mine for surface in (entry.name, *entry.also)}
        kept = tuple(entry for entry in self.entries if pieces(entry.name) not in taken)
        return ActorKnowledge(
            (*kept, *mine), (*self._roles, *roles), self.modifiers, self.secondary, self.words
        )


def plural(noun: str, endings: dict[str, str]) -> str:
    """The regular plural of the last word: the first of ``endings`` that it has is replaced."""
    for ending, instead in endings.items():
        if noun.endswith(ending):
            return noun[: len(noun) - len(ending)] + instead
    return noun


def load_actors(folder: Path) -> ActorKnowledge:
    """Read ``folder``/actors (folder is the language's). Raises CodebookError."""
    place = folder / "actors"
    roles = load_yaml(place / "roles.yml", RolesFile)
    words = load_yaml(place / "words.yml", ActorWords)
    ambiguous = load_yaml(place / "ambiguous.yml", tuple[AmbiguousName, ...])
    blocks = load_yaml(place / "blocks.yml", tuple[str, ...])
    entries: list[ActorEntry] = [ActorEntry(name, "block") for name in blocks]
    entries += _cities(place / "cities.tsv")
    entries += _regions(place / "regions.tsv")
    entries += _countries(place / "countries.tsv", words.demonym_plurals)
    entries += _bodies(place / "organisations.tsv", "organisation")
    entries += _bodies(place / "groups.tsv", "group")
    entries += _bodies(place / "parties.tsv", "party")
    known = _people([place / "people.tsv"], famous=True)
    taken = {(entry.entity, entry.code) for entry in known}
    others = _people([place / "leaders.tsv", place / "officials.tsv"], famous=False)
    entries += [entry for entry in others if (entry.entity, entry.code) not in taken]
    entries += known
    entries += [ActorEntry(name.name, "country", readings=name.readings, after=name.after) for name in ambiguous]
    return ActorKnowledge(
        tuple(entries),
        tuple(_role_rows(roles, words.plurals)),
        {word: sector for sector, listed in roles.modifiers.items() for word in listed},
        {word: sector for sector, listed in roles.secondary.items() for word in listed},
        words,
    )


def _role_rows(file: RolesFile, endings: dict[str, str]) -> Iterator[tuple[str, Role]]:
    for weak, table in ((False, file.strong), (True, file.weak)):
        for sector, nouns in table.items():
            role = Role(None if sector == NONE else sector, weak)
            for noun in nouns:
                yield noun, role
                yield plural(noun, endings), role
                yield noun + endings[""], role


def rows(path: Path, columns: int) -> Iterator[list[str]]:
    """Lines of a TSV file after comments and the header. Raises CodebookError where a line has too many columns."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path}: cannot be read: {error}") from error
    header = False
    for number, line in enumerate(lines, 1):
        if not line or line[0] == "#":
            continue
        if not header:
            header = True
            continue
        cells = line.split("\t")
        if len(cells) > columns:
            raise CodebookError(f"{path}:{number}: {len(cells)} columns; allowed here: {columns}, divided by tabs")
        yield cells + [""] * (columns - len(cells))


def _many(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _countries(path: Path, endings: dict[str, str]) -> Iterator[ActorEntry]:
    for code, name, also, adjectives, people, capitals in rows(path, 6):
        entity = f"country:{code}"
        yield ActorEntry(name, "country", code, "GOV", entity=entity, also=_many(also))
        for adjective in _many(adjectives):
            yield ActorEntry(adjective, "demonym", code, "GOV", entity=entity)
            several = plural(adjective, endings)
            if several != adjective and not people.startswith(adjective):
                yield ActorEntry(several, "people", code, "CVL", entity=entity)
        for noun in _many(people):
            yield ActorEntry(noun, "people", code, "CVL", entity=entity)
        for capital in _many(capitals):
            yield ActorEntry(capital, "capital", code, "GOV", entity=entity)


def _regions(path: Path) -> Iterator[ActorEntry]:
    for code, name, also, sectors in rows(path, 4):
        for one in (name, *_many(also)):
            yield ActorEntry(one, "region", code, None, _many(sectors), f"place:{slug(one)}")


def _cities(path: Path) -> Iterator[ActorEntry]:
    for code, names in rows(path, 2):
        for name in names.split("|"):
            yield ActorEntry(name, "city", code)


def _bodies(path: Path, default: EntryKind) -> Iterator[ActorEntry]:
    for code, sector, sectors, name, also in rows(path, 5):
        yield ActorEntry(
            name, default, code or None, sector or None, _many(sectors), f"org:{slug(name)}", _many(also)
        )


def _people(paths: list[Path], famous: bool) -> list[ActorEntry]:
    """One entry a person: terms of the same name and country belong together."""
    terms: dict[tuple[str, str], list[Term]] = {}
    other: dict[tuple[str, str], tuple[str, ...]] = {}
    for path in paths:
        for code, sector, name, office, start, end, also in rows(path, 7):
            key = (name, code)
            known = end[1:] if end.startswith("?") else None
            primary, *more = sector.split("|")
            terms.setdefault(key, []).append(
                Term(start, "" if known else end, code, primary, tuple(more), office or None, known)
            )
            if also:
                other[key] = _many(also)
    return [
        ActorEntry(
            name, "person", code, None, (), f"person:{slug(name)}", other.get((name, code), ()),
            tuple(sorted(held, key=_start)), famous,
        )
        for (name, code), held in terms.items()
    ]


def _start(term: Term) -> str:
    return term.start


def role_on(entry: ActorEntry, day: date | None) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Code, sector and secondary sectors of ``entry`` on ``day``.

    Without a day the latest role is given. After the last term of a person who held office: ELI (PLOVER manual, 4).
    Before the first, or where it is not known whether a term went on: the code alone.
    """
    if not entry.terms:
        return entry.code, entry.sector, entry.sectors
    if day is None:
        last = entry.terms[-1]
        return last.code, last.sector, last.sectors
    at = day.isoformat()
    for term in reversed(entry.terms):
        if term.holds(at):
            return term.code, term.sector, term.sectors
    past = [term for term in entry.terms if term.end and term.end < at]
    unsure = any(term.known and term.start <= at for term in entry.terms)
    if past and not unsure:
        last = max(past, key=_start)
        return last.code, "ELI" if last.sector in ("GOV", "LEG", "MIL", "SPY", "JUD", "COP") else last.sector, ()
    return entry.code, None, ()
