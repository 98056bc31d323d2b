"""Whose and what: the country and the sector of a phrase, read from the words around its head."""

from __future__ import annotations

from datetime import date

import msgspec

from dragoman.codebook.actors import ActorKnowledge, role_on
from dragoman.model import Sentence
from dragoman.resolving.actors.marks import Marked, RoleHit, Unit
from dragoman.resolving.phrases import appositions, conjuncts, hyphen_participle, left_edge, ties

# Phrases inside phrases inside phrases: deeper ones say nothing of the head any more.
_DEPTH = 3
_INTERNATIONAL = frozenset({"UNO", "EUR", "IGO"})
# Sectors of bodies that have presidents and chancellors of their own, who are no officials of the state.
_BODIES = frozenset({"BUS", "JRN", "EDU", "LAB", "MED", "SOC", "LEG", "JUD"})
_NAMED_BODIES = _BODIES | {"PTY", "REL", "AGR", "CRM", "REB", "PRM"}
_COUNTRIES = frozenset({"country", "demonym", "people", "place"})


class Owner(msgspec.Struct, frozen=True, gc=False):
    """Somebody that a phrase belongs to: a name in it."""

    unit: Unit | None
    code: str | None
    sector: str | None
    sectors: tuple[str, ...] = ()


class Reading(msgspec.Struct, frozen=True):
    """What a phrase says of its head: owners (several for "officials of A and B"), sector, secondary sectors."""

    owners: tuple[Owner, ...] = ()
    sector: str | None = None
    sectors: tuple[str, ...] = ()
    former: bool = False
    first: int = 0

    @property
    def code(self) -> str | None:
        """The one code; null where there are none or several."""
        codes = {owner.code for owner in self.owners if owner.code}
        return next(iter(codes)) if len(codes) == 1 else None


class RoleReader:
    """Reads phrases against the codebook."""

    def __init__(self, knowledge: ActorKnowledge) -> None:
        """Keep ``knowledge``'s indexes."""
        self._known = knowledge
        self._words = knowledge.words

    def hit(self, marked: Marked, head: int) -> RoleHit | None:
        """The noun for a role that ends in ``head``."""
        return marked.role_at.get(head)

    def is_modifier(self, word: str) -> bool:
        """Whether the folded ``word`` only says which part of a state a role is of ("interior minister")."""
        return word in self._known.modifiers or word in self._words.former

    def phrase(self, marked: Marked, head: int, day: date | None, depth: int = 0) -> Reading:
        """The reading of the phrase whose head noun is ``head``: its left part first, then what is tied to it."""
        sentence = marked.sentence
        first = self.after_time(marked, left_edge(sentence, head), head)
        hit = self.hit(marked, head)
        end = hit.first if hit and hit.first >= first else head
        segment = self.segment(marked, first, end, head, day)
        owners = segment.owners
        tied: Reading | None = None
        if depth < _DEPTH:
            posted = hit is not None and hit.words in self._words.posted
            tied = self._tied(marked, head, day, depth, strong_only=bool(owners) or posted)
        weak = hit is None or hit.role.weak
        if not owners and tied is not None:
            owners = tied.owners
        if not owners:
            owners = self._shared(marked, head, day, depth)
        sector, sectors = self.sector(hit, segment, tied, owners, weak)
        return Reading(owners, sector, sectors, segment.former, first)

    def after_time(self, marked: Marked, first: int, head: int) -> int:
        """Token ``first``, or the one after the time that the parser took into the phrase ("Monday rebels")."""
        words = self._words
        if marked.sentence.tokens[first].text[:1].islower() and marked.lower[first] not in words.time_openers:
            return first
        at = first
        while at < head and marked.lower[at] in words.time_openers:
            at += 1
        named = marked.lower[at] in words.time_names
        if at >= head or not (named or (at > first and marked.lower[at] in words.time_units)):
            return first
        at += 1
        while at < head and (marked.sentence.tokens[at].pos in ("NUM", "PUNCT") or marked.lower[at].isdigit()):
            at += 1
        return at

    def segment(self, marked: Marked, first: int, end: int, head: int, day: date | None) -> Reading:
        """Names and role words in tokens ``first``..``end`` - 1, left of ``head``."""
        owners: list[Owner] = []
        sector: str | None = None
        strong = False
        secondary: list[str] = []
        former = False
        at = first
        while at < end:
            unit = marked.unit_at.get(at)
            if unit is not None and unit.last < end:
                if not self._foreign(marked, unit):
                    owners.append(self.owner(unit, day))
                at = unit.last + 1
                continue
            low = marked.lower[at]
            if low in self._words.former or low.startswith("ex-"):
                former = former or self._reaches(marked.sentence, at, head)
            hit = marked.role_at.get(at)
            if hit is not None and hit.first >= first and at < end:
                if not hit.role.weak and hit.role.sector:
                    sector, strong = hit.role.sector, True
                    secondary += self._extra(hit.words)
                elif sector is None and hit.role.sector and not strong:
                    sector = None
            if hit is None or hit.role.weak or hit.role.sector is None:
                mine = self._known.modifiers.get(low)
                if mine and (sector is None or not strong or mine in ("OPP",)):
                    sector = mine
            more = self._known.secondary.get(low)
            if more and more not in secondary:
                secondary.append(more)
            at += 1
        return Reading(self._chosen(marked, owners), sector, tuple(secondary), former, first)

    def owner(self, unit: Unit, day: date | None) -> Owner:
        """Code and sectors that the name ``unit`` lends to what belongs to it."""
        if unit.entry is None:
            return Owner(unit, None, None)
        code, sector, sectors = role_on(unit.entry, day)
        if unit.kind in _COUNTRIES:
            return Owner(unit, code, None, sectors)
        return Owner(unit, code, sector, sectors)

    def _foreign(self, marked: Marked, unit: Unit) -> bool:
        """Whether the name belongs to a participle that makes it somebody else's ("Iran-backed")."""
        word = hyphen_participle(marked.sentence, unit.last)
        if word is not None:
            return word in self._words.other_participles
        tokens = marked.sentence.tokens
        before = unit.first - 1
        return before > 0 and tokens[before].text in "-\u2013" and marked.lower[before - 1] in ("anti", "pro", "non")

    def _reaches(self, sentence: Sentence, at: int, head: int) -> bool:
        """Whether the modifier ``at`` belongs to ``head`` and not to a possessor of it."""
        for _ in range(6):
            token = sentence.tokens[at]
            if token.head == at:
                return True
            if token.dep in ("poss", "pobj") and at != head:
                return False
            at = token.head
            if at == head:
                return True
        return True

    def _extra(self, words: str) -> list[str]:
        more = self._known.secondary.get(words)
        return [more] if more else []

    def _chosen(self, marked: Marked, owners: list[Owner]) -> tuple[Owner, ...]:
        """One owner, or several that are coordinated; an international body goes before the country it acts in."""
        named = [owner for owner in owners if owner.code]
        if len(named) < 2:
            return tuple(named or owners[-1:])
        for owner in named:
            if owner.code in _INTERNATIONAL:
                return (owner,)
        last = named[-1]
        together = [last]
        for owner in reversed(named[:-1]):
            later = together[0].unit
            mine = owner.unit
            if mine is None or later is None:
                break
            gap = {marked.lower[i] for i in range(mine.last + 1, later.first)} - {"the"}
            texts = {marked.sentence.tokens[i].text for i in range(mine.last + 1, later.first)}
            if gap & {"and", "or"} or (texts and texts <= {"-", "\u2013", "/", ",", "the", "&"}):
                together.insert(0, owner)
            else:
                break
        if len({owner.code for owner in together}) > 1:
            return tuple(together)
        return (last,)

    def _tied(self, marked: Marked, head: int, day: date | None, depth: int, strong_only: bool) -> Reading | None:
        """The reading of what a preposition ties to ``head``."""
        for word, below in ties(marked.sentence, head):
            if word not in (self._words.ties_strong if strong_only else self._words.ties):
                continue
            found = self.thing(marked, below, day, depth + 1)
            if found is not None and (found.owners or found.sector):
                return found
        return None

    def thing(self, marked: Marked, head: int, day: date | None, depth: int) -> Reading | None:
        """The reading of a phrase of any sort, with those coordinated with it."""
        owners: list[Owner] = []
        sector: str | None = None
        sectors: tuple[str, ...] = ()
        for one in conjuncts(marked.sentence, head):
            unit = marked.unit_at.get(one)
            if unit is not None:
                owner = self.owner(unit, day)
                if unit.kind == "organisation" and not (owner.code and owner.sector):
                    hits = [marked.role_at[i] for i in range(unit.last, unit.first - 1, -1) if i in marked.role_at]
                    role = next((hit for hit in hits if not hit.role.weak), hits[0] if hits else None)
                    begin = min(unit.first, left_edge(marked.sentence, unit.head))
                    home = owner.code or self.segment(marked, begin, unit.first, unit.head, day).code
                    mine = None if owner.code in _INTERNATIONAL or role is None else role.role.sector
                    owner = Owner(unit, home, owner.sector or mine, owner.sectors)
                owners.append(owner)
                sector, sectors = sector or owner.sector, sectors or owner.sectors
            elif marked.sentence.tokens[one].pos in ("NOUN", "PROPN", "NUM", "ADJ"):
                inner = self.phrase(marked, one, day, depth)
                owners += inner.owners
                sector, sectors = sector or inner.sector, sectors or inner.sectors
        coded = [owner for owner in owners if owner.code]
        return Reading(tuple(coded or owners[:1]), sector, sectors)

    def _shared(self, marked: Marked, head: int, day: date | None, depth: int) -> tuple[Owner, ...]:
        """The owner of the first of coordinated phrases where this one has no determiner ("Thai troops and jets")."""
        token = marked.sentence.tokens[head]
        if token.dep != "conj" or depth:
            return ()
        if any(marked.sentence.tokens[c].dep in ("det", "poss", "nummod") for c in marked.sentence.children[head]):
            return ()
        before = token.head
        if before in marked.unit_at or marked.role_at.get(before) is None:
            return ()
        first = left_edge(marked.sentence, before)
        return self.segment(marked, first, before, before, day).owners

    def sector(
        self, hit: RoleHit | None, segment: Reading, tied: Reading | None, owners: tuple[Owner, ...], weak: bool
    ) -> tuple[str | None, tuple[str, ...]]:
        """The most specific institution first: the noun's own, its modifiers', the body's, then the default."""
        own = hit.role.sector if hit else None
        if hit is not None and (theirs := self._body_sector(hit, segment, tied, owners)):
            return theirs, ()
        if hit is not None and not weak and own:
            extra = [*self._extra(hit.words), *segment.sectors]
            if segment.sector == "OPP" and own != "OPP":
                extra.append("OPP")
            return own, tuple(dict.fromkeys(s for s in extra if s != own))
        if segment.sector:
            return segment.sector, tuple(s for s in segment.sectors if s != segment.sector)
        for owner in owners:
            if owner.sector:
                return owner.sector, owner.sectors
        if tied is not None and tied.sector:
            return tied.sector, tied.sectors
        if hit is None:
            return None, ()
        return own, tuple(s for s in segment.sectors if s != own)

    def is_thing(self, marked: Marked, hit: RoleHit, reading: Reading) -> bool:
        """Whether a noun for a role that nobody owns means a thing ("seek justice", "the far side of the lake")."""
        if hit.first != hit.last:
            return False
        if hit.words in self._words.needs_owner and reading.sector == hit.role.sector:
            return True
        token = marked.sentence.tokens[hit.head]
        alone = not any(child < hit.head for child in marked.sentence.children[hit.head])
        describes = token.dep in ("compound", "nmod", "amod")
        return alone and not describes and token.tag == "NN" and hit.words in self._words.bare_things

    def _body_sector(
        self, hit: RoleHit, segment: Reading, tied: Reading | None, owners: tuple[Owner, ...]
    ) -> str | None:
        """The sector of the body whose office ``hit`` is ("the president of the union"); null where it is a state's."""
        if hit.words not in self._words.of_bodies:
            return None
        for owner in owners:
            named = owner.unit is not None and owner.unit.kind in ("organisation", "group")
            if named and owner.sector in _NAMED_BODIES:
                return owner.sector
        for sector in (segment.sector, tied.sector if tied is not None else None):
            if sector in _BODIES:
                return sector
        return None

    def renamed(self, marked: Marked, head: int, day: date | None) -> list[Reading]:
        """Readings of the phrases that rename ``head`` in apposition."""
        found = []
        for other in appositions(marked.sentence, head):
            if other in marked.unit_at and marked.unit_at[other].kind in ("country", "place", "demonym", "person"):
                continue
            low = marked.lower[other]
            if low in self._words.transparent:
                inner = [below for word, below in ties(marked.sentence, other) if word == "of"]
                other = inner[0] if inner else other
            if marked.role_at.get(other) is not None:
                found.append(self.phrase(marked, other, day))
        return found
