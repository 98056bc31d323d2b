"""The state of one article while it is read from first sentence to last: who has been mentioned, how often, where."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dragoman.model import ActorMention, Party, Report, Sentence, Span
from dragoman.resolving.coreference_story import Story
from dragoman.resolving.coreference_units import Key, Trait, Unit, things_of, trait_of, units_of
from dragoman.resolving.coreference_words import Words

# How many sentences back an antecedent is looked for (Mitkov 2002 uses two; news paragraphs are short).
WINDOW = 3
# A party mentioned so often is a protagonist and stays available beyond the window.
PROTAGONIST = 3
TITLES = frozenset({"compound", "appos", "nmod"})
# A noun for a role that only describes another noun ("the police car") brings nobody in that a pronoun could mean.
DESCRIBING = frozenset({"compound", "nmod", "amod", "npadvmod"})


class Outcome(msgspec.Struct, frozen=True):
    """What a phrase was resolved to: ``parties`` (of the antecedent) or the ``reason`` for none, and what it is."""

    parties: tuple[Party, ...] = ()
    antecedent: Span | None = None
    reason: str | None = None
    kind: str = "person"
    number: str = "singular"
    gender: str | None = None


class Discourse:
    """Mentions by sentence, units made from them on demand, and running counts. Lives for one article."""

    def __init__(self, report: Report, words: Words) -> None:
        self.report = report
        self.text = report.article.text
        self.words = words
        self.sentences = report.analysis.sentences
        self.mentions: list[dict[int, ActorMention]] = [{} for _ in self.sentences]
        self.traits: dict[tuple[int, int], Trait] = {}
        self.article_codes: set[str] = set()
        self.countries: dict[str, Party] = {}
        self.named: set[str] = set()
        for mention in report.mentions:
            self.mentions[mention.sentence][mention.head] = mention
            for party in mention.parties:
                if party.code:
                    self.article_codes.add(party.code)
                    if mention.kind == "country":
                        self.countries.setdefault(party.code, party)
                    if mention.kind != "place" or (party.entity or "").startswith("country:"):
                        self.named.add(party.code)
        self.story = Story(self.sentences, self.mentions)
        self.paragraphs: list[int] = []
        at, end = 0, 0
        for sentence in self.sentences:
            start = sentence.tokens[0].start
            at += "\n" in self.text[end:start]
            self.paragraphs.append(at)
            end = sentence.tokens[-1].end
        self.genders: dict[Key, str] = {}
        self.counts: dict[Key, int] = {}
        self.latest: dict[Key, Unit] = {}
        self.code_counts: dict[str, int] = {}
        self.pair_counts: dict[tuple[str, ...], int] = {}
        self.roles: dict[str, dict[Key, Unit]] = {}
        self._units: dict[int, list[Unit]] = {}
        self._things: dict[int, list[Unit]] = {}

    def units(self, index: int) -> list[Unit]:
        """Party units of sentence ``index``, in order, joined ones last."""
        found = self._units.get(index)
        if found is None:
            sentence = self.sentences[index]
            held = []
            for head, mention in sorted(self.mentions[index].items()):
                if mention.kind == "role" and sentence.tokens[head].dep in DESCRIBING:
                    continue
                trait = self.traits.get((index, head))
                if trait is None:
                    if not mention.parties and mention.kind == "pronoun":
                        continue
                    trait = trait_of(mention, sentence, self.words)
                    self.traits[(index, head)] = trait
                if trait.kind != "relative":
                    held.append((mention, trait))
            found = units_of(sentence, held, self.words, self.genders)
            self._units[index] = found
        return found

    def things(self, index: int) -> list[Unit]:
        """Nouns of sentence ``index`` that are no party."""
        found = self._things.get(index)
        if found is None:
            found = things_of(self.sentences[index], self.mentions[index].values(), self.words)
            self._things[index] = found
        return found

    def put(self, mention: ActorMention, trait: Trait) -> None:
        """Take in a resolved mention."""
        self.mentions[mention.sentence][mention.head] = mention
        self.traits[(mention.sentence, mention.head)] = trait
        self._units.pop(mention.sentence, None)
        self._things.pop(mention.sentence, None)

    def tell(self, entity: str, code: str | None, sector: str | None) -> None:
        """Give every mention of the person ``entity`` without a country ``code``, and the ``sector`` of a body."""

        def told(party: Party) -> Party:
            if party.entity != entity or party.code is not None:
                return party
            mine = sector if sector in self.words.bodies else party.sector
            return msgspec.structs.replace(party, code=code, sector=mine)

        for held in self.mentions:
            for head, mention in held.items():
                parties = tuple(told(party) for party in mention.parties)
                if parties != mention.parties:
                    reason = None if code else mention.reason
                    held[head] = msgspec.structs.replace(mention, parties=parties, reason=reason)
                    self._units.pop(mention.sentence, None)

    def close(self, index: int) -> None:
        """Count what sentence ``index`` mentioned, once it is resolved."""
        units = self.units(index)
        sentence = self.sentences[index]
        codes: dict[str, None] = {}
        for unit in units:
            self.counts[unit.key] = self.counts.get(unit.key, 0) + 1
            self.latest[unit.key] = unit
            if unit.joined:
                if len(unit.codes) > 1:
                    self._count_pair(unit.codes)
                continue
            for code in () if self.is_town(unit) else unit.codes:
                codes[code] = None
                self.code_counts[code] = self.code_counts.get(code, 0) + 1
            if unit.parties:
                self._remember_roles(sentence, unit)
        if len(codes) == 2:
            self._count_pair(tuple(codes))

    def is_town(self, unit: Unit) -> bool:
        """Whether ``unit`` is a town or region of a country that the article names nowhere: weak evidence of it."""
        mention = self.mentions[unit.sentence].get(unit.head)
        return mention is not None and mention.kind == "place" and not any(code in self.named for code in unit.codes)

    def _count_pair(self, codes: tuple[str, ...]) -> None:
        key = tuple(sorted(codes))
        self.pair_counts[key] = self.pair_counts.get(key, 0) + 1

    def _remember_roles(self, sentence: Sentence, unit: Unit) -> None:
        """Keep who was called what: the head noun and titles or appositions beside it."""
        for place in (unit.head, *sentence.children[unit.head]):
            token = sentence.tokens[place]
            if place == unit.head or token.dep in TITLES:
                noun = self.words.noun(token)
                if noun in self.words.roles or noun in self.words.groups:
                    self.roles.setdefault(noun, {})[unit.key] = unit

    def window(self, index: int, before: int) -> Iterator[Unit]:
        """Units of sentence ``index`` (all of them) and of the ``WINDOW`` sentences before it, nearest first."""
        yield from self.units(index)
        for earlier in range(index - 1, max(-1, index - 1 - WINDOW), -1):
            yield from self.units(earlier)

    def window_things(self, index: int) -> Iterator[Unit]:
        """Things of this sentence and the one before it; unnamed people and unknown names of the whole window."""
        yield from self.things(index)
        for earlier in range(index - 1, max(-1, index - 1 - WINDOW), -1):
            for unit in self.things(earlier):
                if earlier == index - 1 or unit.kind != "thing":
                    yield unit

    def country(self, code: str) -> Party:
        """The party for a country of the article, as the article's own country mentions have it where there are any."""
        known = self.countries.get(code)
        return known if known else Party("", 0, 0, code=code)

    def as_country(self, party: Party) -> Party | None:
        """The country that ``party`` belongs to."""
        return self.country(party.code) if party.code else None
