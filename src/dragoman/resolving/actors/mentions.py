"""The mentions of one sentence: which tokens head a phrase for somebody, and for whom."""

from __future__ import annotations

from datetime import date

import msgspec

from dragoman.codebook.actors import ActorKnowledge, fold, slug
from dragoman.model import ActorMention, Party, Sentence
from dragoman.model.findings import MentionKind
from dragoman.resolving.actors.crowds import is_crowd, place_of, shared_noun
from dragoman.resolving.actors.home import OFFICES, holds_office, is_domestic
from dragoman.resolving.actors.marks import Marked, Unit
from dragoman.resolving.actors.people import People
from dragoman.resolving.actors.roles import Owner, RoleReader
from dragoman.resolving.actors.states import happened_in, located, modifies, state_name
from dragoman.resolving.actors.titles import name_of, said_of, who
from dragoman.resolving.phrases import conjuncts, left_edge, right_edge, span_between, ties

_UNNAMED = "the phrase names no country"
_AT_HOME = "the phrase names no country; the article is about one"
_NO_NOUNS = frozenset(
    {"PUNCT", "VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PART", "SPACE", "ADV", "INTJ", "SYM"}
)
# What somebody in government may be besides ("first secretary of the party"); the office goes first.
_SECOND_TO_OFFICE = frozenset({"PTY", "MIL", "LEG", "BUS"})
# Where the parser takes a noun for a verb ("troops" as object), its place in the clause says that it is one.
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})


class SentenceReader:
    """The mentions of one sentence."""

    def __init__(
        self, known: ActorKnowledge, reader: RoleReader, people: People, marked: Marked, text: str, day: date | None
    ) -> None:
        self._known = known
        self._words = known.words
        self._reader = reader
        self._people = people
        self._marked = marked
        self._text = text
        self._day = day

    def mentions(self) -> list[ActorMention]:
        """All mentions, by head token."""
        found: list[ActorMention] = []
        for token in self._marked.sentence.tokens:
            mention = self._at(token.i)
            if mention is not None:
                found.append(mention)
        return found

    def _at(self, head: int) -> ActorMention | None:
        marked = self._marked
        token = marked.sentence.tokens[head]
        unit = marked.unit_at.get(head)
        if unit is not None:
            return self.named(unit) if unit.head == head else None
        misread = token.pos == "VERB" and token.dep in _ARGUMENTS and head in marked.role_at
        if token.pos in _NO_NOUNS and not misread:
            return None
        low = marked.lower[head]
        if token.pos in ("PRON", "DET") or (low in self._words.pronouns and token.pos != "NOUN"):
            if low in self._words.pronouns and token.dep not in ("det", "predet", "expl", "mark", "amod"):
                if low in self._words.transparent and (through := self._through(head)) is not None:
                    return through
                return self._mention(head, head, head, "pronoun", (), "a pronoun")
            return None
        if low in self._words.transparent and (through := self._through(head)) is not None:
            return through
        if is_crowd(marked, head, self._words):
            return self._crowd(head)
        hit = marked.role_at.get(head)
        if hit is None and low not in self._words.back:
            return None
        if token.dep == "amod" or (token.pos == "ADJ" and token.dep in ("amod", "acomp", "conj", "advmod")):
            return None
        if token.dep in ("compound", "nmod") and self._swallowed(head):
            return None
        return self._role(head)

    def _swallowed(self, head: int) -> bool:
        """Whether the noun is only part of a longer phrase for somebody ("police" in "police chief")."""
        above = self._marked.sentence.tokens[head].head
        return above in self._marked.role_at or above in self._marked.unit_at

    def _span(self, head: int, first: int | None = None) -> tuple[int, int]:
        sentence = self._marked.sentence
        begin = left_edge(sentence, head) if first is None else first
        end = max(head, right_edge(sentence, head, self._words.ties_strong))
        for child in sentence.children[head]:
            if child == end + 1 and self._marked.lower[child] in self._words.privy:
                end = max(sentence.subtree(child))
        return begin, end

    def _mention(
        self, head: int, first: int, last: int, kind: MentionKind, parties: tuple[Party, ...], reason: str | None
    ) -> ActorMention:
        sentence = self._marked.sentence
        span = span_between(sentence, first, last)
        return ActorMention(sentence.index, head, span, span.of(self._text), kind, parties, None, reason)

    def named(self, unit: Unit) -> ActorMention | None:
        """The mention that the name ``unit`` makes."""
        if unit.kind == "person" or unit.kind == "unknown":
            return self._person(unit)
        if unit.kind in ("organisation", "group"):
            return self._body(unit)
        entry = unit.entry
        town = entry is not None and entry.kind == "city" and not located(self._marked, unit.head, self._words)
        if town and entry and self._people.knows(fold(entry.name)):
            return self._person(Unit(unit.first, unit.last, unit.head, "unknown"))
        return self._country(unit)

    def _country(self, unit: Unit) -> ActorMention | None:
        marked = self._marked
        sentence = marked.sentence
        kind: MentionKind = "country"
        sector: str | None = None
        sectors: tuple[str, ...] = ()
        entry = unit.entry
        code = entry.code if entry else None
        name = state_name(unit, self._known)
        entity = entry.entity if entry else None
        first, last = unit.first, unit.last
        where = located(self._marked, unit.head, self._words)
        if unit.kind == "place":
            kind = "place"
            if entry and entry.kind == "region" and not where:
                sectors = entry.sectors
                sector = "GOV" if "PRE" in sectors else None
        elif where or happened_in(marked, unit.head, self._words):
            kind = "place"
        elif (noun := shared_noun(marked, unit.head)) is not None:
            sector = self._reader.phrase(marked, noun, self._day).sector
        elif unit.kind == "people" or (unit.kind == "demonym" and not modifies(marked.sentence, unit.head)):
            definite = any(sentence.tokens[c].dep == "det" for c in sentence.children[unit.head])
            counted = any(sentence.tokens[c].dep in ("nummod", "amod") for c in sentence.children[unit.head])
            sector = None if definite and not counted else "CVL"
            name = None
            if sector == "CVL":
                entity = None
            first, last = self._span(unit.head)
        else:
            sector = entry.sector if entry else None
            begin = left_edge(sentence, unit.head)
            if begin == unit.first - 1 and self._marked.lower[begin] == "the":
                first = begin
        first = min(first, unit.first)
        span = span_between(sentence, first, max(last, unit.last))
        text = span.of(self._text)
        party = Party(text, span.start, span.end, name or text, code, sector, entity, sectors)
        return self._mention(unit.head, first, max(last, unit.last), kind, (party,), None)

    def _crowd(self, head: int) -> ActorMention:
        """People of whom only the number is given; the country is where it happened."""
        first, last = self._span(head)
        span = span_between(self._marked.sentence, first, last)
        text = span.of(self._text)
        code = place_of(self._marked, self._marked.sentence.tokens[head].head, self._words)
        party = Party(text, span.start, span.end, text, code, "CVL", None)
        return self._mention(head, first, last, "group", (party,), None if code else _UNNAMED)

    def _body(self, unit: Unit) -> ActorMention:
        sentence = self._marked.sentence
        entry = unit.entry
        first, last = min(unit.first, left_edge(sentence, unit.head)), unit.last
        code = sector = None
        sectors: tuple[str, ...] = ()
        entity = None
        name = name_of(sentence, unit)
        if entry is not None:
            code, sector, sectors, entity = entry.code, entry.sector, entry.sectors, entry.entity
            name = entry.name
        if sector is None and (entry is None or entry.entity is None):
            sector = self._named_sector(unit)
            segment = self._reader.segment(self._marked, first, unit.first, unit.head, self._day)
            code = code or segment.code
            if unit.first - 1 in self._marked.role_at:  # "oil firm Lumen"
                sector = sector or segment.sector
            if code is None:
                found = self._reader.phrase(self._marked, unit.head, self._day)
                code = found.code
            for reading in self._reader.renamed(self._marked, unit.head, self._day):
                code, sector = code or reading.code, sector or reading.sector
            whole = self._marked.role_at.get(unit.last)
            generic = whole is not None and whole.first <= unit.first
            home = f"{code.lower()}-" if code else ""
            entity = None if generic and code is None else f"org:{home}{slug(name)}"
        span = span_between(sentence, first, last)
        party = Party(span.of(self._text), span.start, span.end, name, code, sector, entity, sectors)
        kind: MentionKind = "group" if unit.kind == "group" else "organisation"
        return self._mention(unit.head, first, last, kind, (party,), None)

    def _named_sector(self, unit: Unit) -> str | None:
        """The sector that the words of an unlisted body's name give it."""
        for at in range(unit.last, unit.first - 1, -1):
            hit = self._marked.role_at.get(at)
            if hit is not None and hit.first >= unit.first and not hit.role.weak:
                return hit.role.sector
        for at in range(unit.last, unit.first - 1, -1):
            mine = self._known.modifiers.get(self._marked.lower[at])
            if mine and self._marked.lower[at] != "national":
                return mine
        hit = self._marked.role_at.get(unit.last)
        return hit.role.sector if hit else None

    def _person(self, unit: Unit) -> ActorMention | None:
        sentence = self._marked.sentence
        name = name_of(sentence, unit)
        first, last = min(unit.first, left_edge(sentence, unit.head)), unit.last
        span = span_between(sentence, first, last)
        text = span.of(self._text)
        told = said_of(self._reader, self._marked, unit, self._day, self._words.honorific_sectors)
        person = who(self._marked, unit, self._people, told[0])
        if person is None:
            if told[0] is None and self._people.home and told[1] in OFFICES and unit.kind == "person" and (
                holds_office(self._marked, unit, self._reader, self._words.posted)
            ):
                told = (self._people.home, *told[1:])
            entity = f"person:{slug(name)}" if unit.kind == "person" and told[1] else None
            party = Party(text, span.start, span.end, name, told[0], told[1], entity, told[2])
            return self._mention(unit.head, first, last, "person", (party,), None if told[0] else _UNNAMED)
        sector, sectors = (told[1], told[2]) if told[1] else (person.sector, person.sectors)
        # A body named beside somebody well known does not change whose they are ("CNN's interview partner Macron").
        # An adjective of a state does: "Serbian President Milan Pavic" is Serbia's, whoever else is called so.
        famous = person.entry is not None and person.entry.famous
        if person.entry is not None and person.sector == "GOV" and told[1] in _SECOND_TO_OFFICE:
            sector, sectors = person.sector, tuple(dict.fromkeys((*person.sectors, told[1])))
        stated = not famous or self._adjective(first, unit.first, told[0], person.code)
        code = told[0] or person.code if stated else person.code or told[0]
        party = Party(text, span.start, span.end, person.name, code, sector, person.entity, sectors)
        return self._mention(unit.head, first, last, "person", (party,), None)

    def _adjective(self, first: int, end: int, told: str | None, known: str | None) -> bool:
        """Whether the country ``told`` stands as an adjective in tokens ``first``..``end`` - 1 and ``known`` is one."""
        countries = self._known.countries
        return told in countries and known in countries and any(
            unit.kind == "demonym" and unit.entry is not None and unit.entry.code == told
            for unit in self._marked.units if first <= unit.first < end
        )

    def _through(self, head: int) -> ActorMention | None:
        """The party behind a number or a word for a group ("dozens of soldiers")."""
        sentence = self._marked.sentence
        for word, below in ties(sentence, head):
            if word in ("of", "from", "among"):
                inner = self._at(below)
                if inner is not None and inner.kind != "place":
                    first, last = self._span(head)
                    last = max(last, below)
                    span = span_between(sentence, first, last)
                    text = span.of(self._text)
                    home = self._reader.segment(self._marked, first, head, head, self._day).code
                    parties = tuple(
                        msgspec.structs.replace(
                            p, text=text, start=span.start, end=span.end, name=text, entity=None, code=p.code or home
                        )
                        if len(inner.parties) == 1 else p
                        for p in inner.parties
                    )
                    kind: MentionKind = inner.kind if inner.kind in ("pronoun", "description") else "role"
                    return self._mention(head, first, last, kind, parties, inner.reason)
        return None

    def _role(self, head: int) -> ActorMention | None:
        marked = self._marked
        sentence = marked.sentence
        low = marked.lower[head]
        reading = self._reader.phrase(marked, head, self._day)
        first, last = self._span(head, reading.first)
        coded = [owner for owner in reading.owners if owner.code]
        if not coded and self._points_back(head, low):
            return self._mention(head, first, last, "description", (), "points back to somebody named before")
        hit = marked.role_at.get(head)
        if hit is None or hit.head != head:
            return None
        if not coded and not self._renaming_persons(head) and self._reader.is_thing(marked, hit, reading):
            return None
        sector, sectors = reading.sector, reading.sectors
        if reading.former:
            sectors = (sector,) if sector and sector != "ELI" else ()
            sector = "ELI"
        persons = self._renaming_persons(head)
        span = span_between(sentence, first, last)
        text = span.of(self._text)
        if len(persons) > 1:
            return self._mention(head, first, last, "role", tuple(persons), None)
        if persons and len({owner.code for owner in coded}) < 2:
            person = persons[0]
            party = Party(
                text, span.start, span.end, person.name, reading.code or person.code,
                sector or person.sector, person.entity, sectors,
            )
            return self._mention(head, first, last, "role", (party,), None)
        if len({owner.code for owner in coded}) > 1:
            parties = tuple(self._member(owner, sector, sectors) for owner in coded)
            return self._mention(head, first, last, "role", parties, None)
        code = reading.code
        if code is None and marked.role_at[head].role.weak and not reading.sector and sector is None:
            sector = None
        reason = None if code else _UNNAMED
        if not code and not reading.former and is_domestic(marked, hit, sector, reading.first, self._words):
            code, reason = (self._people.home, _AT_HOME) if self._people.home else (None, _UNNAMED)
        name = _bare(sentence, text, first)
        party = Party(text, span.start, span.end, name, code, sector, None, sectors)
        return self._mention(head, first, last, "role", (party,), reason)

    def _member(self, owner: Owner, sector: str | None, sectors: tuple[str, ...]) -> Party:
        """One of several owners of a phrase, with the phrase's sector."""
        unit = owner.unit
        if unit is None:
            return Party("", 0, 0, None, owner.code, sector, None, sectors)
        span = span_between(self._marked.sentence, unit.first, unit.last)
        return Party(
            span.of(self._text), span.start, span.end, state_name(unit, self._known), owner.code, sector, None, sectors
        )

    def _renaming_persons(self, head: int) -> list[Party]:
        """The people whose names stand in apposition to the role at ``head`` ("the ministers, A and B")."""
        sentence = self._marked.sentence
        near = [one for c in sentence.children[head] if sentence.tokens[c].dep == "appos"
                for one in conjuncts(sentence, c)]
        if sentence.tokens[head].dep == "appos":
            near.append(sentence.tokens[head].head)
        found = []
        for other in near:
            unit = self._marked.unit_at.get(other)
            if unit is not None and unit.kind in ("person", "unknown"):
                mention = self._person(unit)
                if mention is not None and mention.parties[0].entity is not None:
                    found.append(mention.parties[0])
        return found

    def _points_back(self, head: int, low: str) -> bool:
        """Whether the phrase only points back ("both countries", "the two leaders", "the country")."""
        if low not in self._words.back:
            return False
        sentence = self._marked.sentence
        before = {self._marked.lower[c] for c in sentence.children[head] if c < head}
        if before & self._words.counting:
            return True
        if any(sentence.tokens[c].dep in ("amod", "compound", "poss", "nmod") for c in sentence.children[head]):
            return False
        return low in self._words.back_alone and bool(before & self._words.definite)

    def layer(self) -> list[dict[str, object]]:
        """Names with spans that leave out titles."""
        found: list[dict[str, object]] = []
        for unit in self._marked.units:
            mention = self.named(unit)
            party = mention.parties[0] if mention and mention.parties else None
            span = span_between(self._marked.sentence, unit.first, unit.last)
            names = {"group": "armed group", "organisation": "organisation", "person": "person",
                    "unknown": "person", "place": "location"}
            kind = names.get(unit.kind, "country")
            if mention is not None and mention.kind == "person":
                kind = "person"
            found.append(
                {"start": span.start, "end": span.end, "text": span.of(self._text),
                 "code": party.code if party else None, "sector": party.sector if party else None, "kind": kind}
            )
        return found


def _bare(sentence: Sentence, text: str, first: int) -> str:
    """A phrase without its article or possessive pronoun."""
    token = sentence.tokens[first]
    if token.dep in ("det", "predet") or token.tag in ("DT", "PRP$", "PDT"):
        return text[token.end - token.start :].lstrip()
    return text
