"""Noun phrases -> who: names, roles with their countries, and phrases that only point back."""

from __future__ import annotations

from datetime import date

import msgspec

from dragoman.codebook.actors import ActorEntry, ActorKnowledge
from dragoman.model import ActorMention, Analysis, Article, Party, Report, Span
from dragoman.resolving.actors.bodies import Bodies
from dragoman.resolving.actors.home import OFFICES, at_home, dateline_end, holds_office, home_of
from dragoman.resolving.actors.marks import Context, Marked, Unit
from dragoman.resolving.actors.mentions import SentenceReader
from dragoman.resolving.actors.people import People, Person
from dragoman.resolving.actors.roles import RoleReader
from dragoman.resolving.actors.strings import sentence_of
from dragoman.resolving.actors.titles import name_of, said_of, who
from dragoman.resolving.actors.units import UnitFinder
from dragoman.resolving.phrases import span_between


class ActorResolver:
    """Finds who the noun phrases of an article are."""

    def __init__(self, knowledge: ActorKnowledge) -> None:
        """Index ``knowledge`` once."""
        self._known = knowledge
        self._words = knowledge.words
        self._finder = UnitFinder(knowledge)
        self._reader = RoleReader(knowledge)

    def __call__(self, report: Report) -> Report:
        """Fill ``report.mentions``, in text order: at most one for each head token.

        Roles are those of the day of publication; where it is not known, the latest that the codebook lists.
        """
        marked, people = self._read(report)
        day = report.article.day
        mentions: list[ActorMention] = []
        for one in marked:
            found = SentenceReader(self._known, self._reader, people, one, report.article.text, day).mentions()
            start = dateline_end(one)  # says where the report is from, not who is in it
            mentions += [mention for mention in found if mention.head >= start]
        return msgspec.structs.replace(report, mentions=tuple(mentions))

    def code(self, text: str, day: date | None) -> Party | None:
        """Who one actor string is on ``day`` ("Russian President Vladimir Putin"); null where it names nobody."""
        sentence, head = sentence_of(text, self._known)
        if not sentence.tokens:
            return None
        article = Article("string", text, published=day.isoformat() if day else None)
        done = self(Report(article, Analysis("string", (sentence,))))
        mention = done.mention_at.get((0, head))
        return mention.parties[0] if mention and mention.parties else None

    def layer(self, report: Report) -> tuple[dict[str, object], ...]:
        """The names of ``report``'s text for ``--layers``: start, end, text, code, sector and kind of each.

        Spans hold the name alone, without titles; kind is country, location, person, organisation or armed group.
        """
        marked, people = self._read(report)
        found: list[dict[str, object]] = []
        for one in marked:
            reading = SentenceReader(self._known, self._reader, people, one, report.article.text, report.article.day)
            found += reading.layer()
        return tuple(found)

    def _read(self, report: Report) -> tuple[list[Marked], People]:
        sentences = report.analysis.sentences
        context = Context.of(sentences)
        dated = [found.span for found in report.times]
        marked = [_undated(self._finder.mark(sentence, context), dated) for sentence in sentences]
        home = home_of(marked, self._known)
        if home is not None:
            marked = [at_home(one, home, self._known) for one in marked]
        countries = frozenset(
            unit.entry.code for one in marked for unit in one.units
            if unit.entry is not None and unit.entry.code and unit.kind in ("country", "demonym", "people", "place")
        )
        people = People(self._known, report.article.day, countries)
        for one in marked:
            self._meet(one, people, report.article.day)
        people.settle(home)
        bodies = Bodies(self._words)
        bodies.meet(marked, lambda one, unit: self._party(report, people, one, unit))
        return [self._recognised(bodies.known(one), people) for one in marked], people

    def _party(self, report: Report, people: People, marked: Marked, unit: Unit) -> Party | None:
        """The party that the name ``unit`` stands for by what its sentence says of it."""
        text, day = report.article.text, report.article.day
        mention = SentenceReader(self._known, self._reader, people, marked, text, day).named(unit)
        return mention.parties[0] if mention and mention.parties else None

    def _recognised(self, marked: Marked, people: People) -> Marked:
        """The same with the people of the article behind their names, so that what is theirs has a country."""
        at = dict(marked.unit_at)
        units = []
        for unit in marked.units:
            if unit.kind in ("person", "unknown") and (unit.entry is None or unit.entry.terms):
                person = self._person(marked, unit, people)
                if person is not None:
                    entry = ActorEntry(
                        person.name, "person", person.code, person.sector, person.sectors, person.entity
                    )
                    unit = msgspec.structs.replace(unit, kind="person", entry=entry)
                    at.update(dict.fromkeys(range(unit.first, unit.last + 1), unit))
            units.append(unit)
        return msgspec.structs.replace(marked, units=tuple(units), unit_at=at)

    def _person(self, marked: Marked, unit: Unit, people: People) -> Person | None:
        return who(marked, unit, people, said_of(
            self._reader, marked, unit, None, self._words.honorific_sectors)[0] if unit.entry is None else None)

    def _meet(self, marked: Marked, people: People, day: date | None) -> None:
        """Make the acquaintance of everybody named in full, with what the sentence says of them."""
        for unit in marked.units:
            if unit.kind != "person":
                continue
            name = name_of(marked.sentence, unit)
            entry = unit.entry
            if entry is None and " " not in name.replace("-", " "):
                continue
            person = people.met(name, entry, marked.sentence.tokens[unit.first].start)
            code, sector, sectors = said_of(self._reader, marked, unit, day, self._words.honorific_sectors)
            if code is None and person.code is None and sector == "GOV":
                code = people.country_of(name)
            person.learn(code, sector, sectors)
            if entry is None and code is None and sector in OFFICES:
                person.office = person.office or holds_office(marked, unit, self._reader, self._words.posted)


def _undated(marked: Marked, dated: list[Span]) -> Marked:
    """The same without the unlisted names inside a time expression ("the eve of Founders' Day")."""
    sentence = marked.sentence
    spans = [span for span in dated if sentence.span.overlaps(span)]
    if not spans:
        return marked
    units = tuple(
        unit for unit in marked.units
        if unit.entry is not None
        or not any(span.overlaps(span_between(sentence, unit.first, unit.last)) for span in spans)
    )
    at = {i: unit for unit in units for i in range(unit.first, unit.last + 1)}
    return msgspec.structs.replace(marked, units=units, unit_at=at)
