"""A user's own actors: a YAML file, or a PETRARCH/Phoenix dictionary as it is.

    # mine.yml
    - name: Jane Mukasa
      entity: person:jane-mukasa
      also: [Mama Jane]
      terms:
        - {start: 2019-03, end: 2023-05-31, code: UGA, sector: GOV, office: minister of energy}
        - {start: 2023-06, code: UGA, sector: OPP}
    - name: Lake Guard
      kind: group
      code: UGA
      sector: REB
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import msgspec
import yaml

from dragoman.codebook.actors import ActorEntry, ActorKnowledge, EntryKind, Role, Term, slug
from dragoman.codebook.phoenix import load_phoenix_actors, load_phoenix_agents
from dragoman.codebook.yamlfile import CodebookError, load_yaml

PHOENIX = (".txt", ".gz")
# What marks the dictionary of role nouns ("SOLDIER [~MIL]"): codes that lack their country.
_AGENTS = b"[~"
_PACKED = b"\x1f\x8b"

Name = Annotated[str, msgspec.Meta(min_length=1)]
_CODE = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class UserTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A role from ``start`` to ``end`` (ISO dates, or months or years), both inclusive; open where left out."""

    start: str | None = None
    end: str | None = None
    code: str | None = None
    sector: str | None = None
    sectors: tuple[str, ...] = ()
    office: str | None = None


class UserActor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One actor. ``kind`` is person where there are terms and organisation else, unless it is given.

    ``code`` is ISO 3166-1 alpha-3 or PLOVER's for international bodies, ``sector`` PLOVER's.
    ``entity`` identifies the thing across names and files; left out, it is made from kind and name. A person's
    ``code`` is that of the last term where it is not given.
    """

    name: Name
    kind: EntryKind | None = None
    code: str | None = None
    sector: str | None = None
    sectors: tuple[str, ...] = ()
    entity: Name | None = None
    also: tuple[Name, ...] = ()
    terms: tuple[UserTerm, ...] = ()


def load_user_actors(path: Path, sectors: Iterable[str]) -> list[ActorEntry]:
    """The actors in the YAML file ``path``; ``sectors`` are those that the ontology knows.

    Raises CodebookError with file, line and what is allowed.
    """
    actors = load_yaml(path, tuple[UserActor, ...])
    allowed = tuple(sectors)
    for at, actor in enumerate(actors):
        _check(path, at, actor, allowed)
    return [_entry(actor) for actor in actors]


def with_user_actors(known: ActorKnowledge, paths: tuple[Path, ...], sectors: Iterable[str]) -> ActorKnowledge:
    """``known`` with the actors of the user's files; they win over shipped ones of the same name.

    A file that ends in .txt or .gz is read as a PETRARCH/Phoenix dictionary (of actors or of agents), any other as
    YAML. Raises CodebookError.
    """
    entries: list[ActorEntry] = []
    roles: list[tuple[str, Role]] = []
    allowed = tuple(sectors)
    for path in paths:
        if path.suffix.lower() not in PHOENIX:
            entries += load_user_actors(path, allowed)
        elif _lists_agents(path):
            roles += load_phoenix_agents(path)
        else:
            entries += load_phoenix_actors(path)
    return known.extended(entries, roles) if entries or roles else known


def _check(path: Path, at: int, actor: UserActor, allowed: tuple[str, ...]) -> None:
    """What the types do not say. Raises CodebookError."""

    def wrong(value: str, what: str) -> CodebookError:
        return CodebookError(f"{path}:{_line(path, at, value)}: {actor.name}: {what}")

    slots: list[UserActor | UserTerm] = [actor, *actor.terms]
    for one in slots:
        if one.code and not _CODE.fullmatch(one.code):
            raise wrong(one.code, f"{one.code!r} is no code: write three capitals, as in KEN or IGO")
        for sector in filter(None, (one.sector, *one.sectors)):
            if sector not in allowed:
                raise wrong(sector, f"no sector {sector!r}; one of {', '.join(allowed)}")
    for term in actor.terms:
        for day in filter(None, (term.start, term.end)):
            if not _DAY.fullmatch(day):
                raise wrong(day, f"{day!r} is no date: write it as 2024-06-24, 2024-06 or 2024")
        if term.start and term.end and term.end < term.start[: len(term.end)]:
            raise wrong(term.end, f"a term ends on {term.end}, before it starts on {term.start}")
    if actor.terms and actor.sector:
        raise wrong(actor.sector, "has terms: write the sector in each of them")
    if actor.kind == "person" and not actor.terms and not (actor.code or actor.sector):
        raise wrong(actor.name, "a person needs a code, a sector or terms")


def _entry(actor: UserActor) -> ActorEntry:
    terms = tuple(
        Term(t.start or "", t.end or "", t.code or actor.code, t.sector, t.sectors, t.office)
        for t in sorted(actor.terms, key=lambda term: term.start or "")
    )
    kind: EntryKind = actor.kind or ("person" if terms else "organisation")
    entity = actor.entity or f"{'person' if kind == 'person' else 'org'}:{slug(actor.name)}"
    code = actor.code or (terms[-1].code if terms else None)
    # Who lists a person wants to find them by surname too.
    famous = kind == "person"
    return ActorEntry(actor.name, kind, code, actor.sector, actor.sectors, entity, actor.also, terms, famous)


def _line(path: Path, at: int, value: str) -> int:
    """The line on which ``value`` stands in the entry of index ``at``."""
    entries: Any = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    entry = entries.value[at]
    todo = [entry]
    while todo:
        node = todo.pop(0)
        if isinstance(node, yaml.MappingNode):
            todo[:0] = [below for _, below in node.value]
        elif isinstance(node, yaml.SequenceNode):
            todo[:0] = node.value
        elif node.value == value:
            return int(node.start_mark.line) + 1
    return int(entry.start_mark.line) + 1


def _lists_agents(path: Path) -> bool:
    try:
        data = path.read_bytes()
        return _AGENTS in (gzip.decompress(data) if data.startswith(_PACKED) else data)
    except (OSError, EOFError):
        return False  # the reader of actors says what is wrong with the file
