"""What titles and appositions say of a person, and who a name means in its article."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from dragoman.codebook.actors import short_names
from dragoman.model import Sentence
from dragoman.resolving.actors.marks import Marked, Unit
from dragoman.resolving.actors.people import People, Person
from dragoman.resolving.actors.roles import Reading, RoleReader
from dragoman.resolving.phrases import left_edge, ties


def said_of(
    reader: RoleReader, marked: Marked, unit: Unit, day: date | None, honorifics: dict[str, str]
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Code, sector and secondary sectors that title and apposition give the person at ``unit``."""
    sentence = marked.sentence
    first = min(left_edge(sentence, unit.head), unit.first)
    title = unit.first - 1
    while title >= first and sentence.tokens[title].text in ("-", ",", "."):
        title -= 1
    readings: list[Reading] = []
    hit = marked.role_at.get(title) if title >= first else None
    if hit is not None:
        segment = reader.segment(marked, first, hit.first, unit.head, day)
        body = _body(reader, marked, unit, day)  # "Secretary Tom Hall of the union"
        sector, sectors = reader.sector(hit, segment, body, segment.owners, hit.role.weak)
        if hit.words in honorifics and not segment.owners and not segment.sector:
            sector, sectors = honorifics[hit.words], ()
        readings.append(Reading(segment.owners, sector, sectors, segment.former, first))
    elif title >= first:
        segment = reader.segment(marked, first, unit.first, unit.head, day)
        mine = honorifics.get(marked.lower[title]) or segment.sector
        readings.append(Reading(segment.owners, mine, (), segment.former, first))
    readings += reader.renamed(marked, unit.head, day)
    for below in marked.sentence.children[unit.head]:
        if sentence.tokens[below].dep == "prep" and below > unit.last and not readings:
            body = _body(reader, marked, unit, day)
            readings += [body] if body is not None else []
            break
    code = next((r.code for r in readings if r.code), None)
    told = next((r for r in readings if r.sector or r.former), None)
    if told is None:
        return code, None, ()
    if told.former:
        return code, "ELI", (told.sector,) if told.sector and told.sector != "ELI" else ()
    return code, told.sector, told.sectors


def _body(reader: RoleReader, marked: Marked, unit: Unit, day: date | None) -> Reading | None:
    """What stands behind the name after "of" ("Tom Hall of the union")."""
    found = (reader.thing(marked, below, day, 1) for word, below in ties(marked.sentence, unit.head) if word == "of")
    return next((reading for reading in found if reading is not None), None)


def who(marked: Marked, unit: Unit, people: People, code: str | None) -> Person | None:
    """The person that the name ``unit`` means, given the country ``code`` that the phrase states (null: none)."""
    name = name_of(marked.sentence, unit)
    position = marked.sentence.tokens[unit.first].start
    if unit.kind == "person" and (unit.entry is not None or " " in name.replace("-", " ")):
        return people.met(name, unit.entry, position)
    short = short_names(name, frozenset())
    titled = code is not None or (unit.first > 0 and unit.first - 1 in marked.role_at)
    return people.called(short[0], position, code, titled) if short else None


def name_of(sentence: Sentence, unit: Unit) -> str:
    """The words of ``unit``, with one blank where the text has white space."""
    tokens = sentence.tokens[unit.first : unit.last + 1]
    parts = [tokens[0].text]
    for before, token in pairwise(tokens):
        parts.append((" " if token.start > before.end else "") + token.text)
    return "".join(parts)
