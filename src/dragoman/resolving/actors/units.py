"""Names in a sentence: gazetteer matches first, then runs of capitalised words, read by their shape."""

from __future__ import annotations

from typing import Literal

import msgspec

from dragoman.codebook.actors import ActorEntry, ActorKnowledge, Reading, Role, fold
from dragoman.model import Sentence

UnitKind = Literal["country", "demonym", "people", "place", "organisation", "group", "person", "unknown"]
_KINDS: dict[str, UnitKind] = {
    "country": "country", "capital": "country", "demonym": "demonym", "people": "people", "region": "place",
    "city": "place", "place": "place", "organisation": "organisation", "party": "organisation", "group": "group",
    "person": "person",
}
_JOINS = frozenset("-–—'’.")


class Unit(msgspec.Struct, frozen=True, gc=False):
    """A name at tokens ``first``..``last`` of a sentence; ``entry`` is what the codebook knows of it."""

    first: int
    last: int
    head: int
    kind: UnitKind
    entry: ActorEntry | None = None
    role: Role | None = None


class RoleHit(msgspec.Struct, frozen=True, gc=False):
    """A noun for a role at tokens ``first``..``last``; ``words`` is it, folded, ``head`` what the others hang on."""

    first: int
    last: int
    head: int
    role: Role
    words: str


class Marked(msgspec.Struct, frozen=True, gc=False):
    """A sentence with its names, by every token they cover, and its roles, by their last token and their head."""

    sentence: Sentence
    units: tuple[Unit, ...]
    unit_at: dict[int, Unit]
    role_at: dict[int, RoleHit]
    lower: tuple[str, ...]


class Context(msgspec.Struct, frozen=True):
    """What an article says as a whole: its words, folded."""

    folded: dict[str, str]
    words: frozenset[str]

    @staticmethod
    def of(sentences: tuple[Sentence, ...]) -> Context:
        """The context that ``sentences`` make."""
        folded = {text: fold(text) for text in {token.text for one in sentences for token in one.tokens}}
        return Context(folded, frozenset(folded.values()))


class UnitFinder:
    """Finds names and roles."""

    def __init__(self, knowledge: ActorKnowledge) -> None:
        """Keep ``knowledge``'s indexes."""
        self._known = knowledge
        self._words = knowledge.words

    def mark(self, sentence: Sentence, context: Context) -> Marked:
        """All names and roles of ``sentence``."""
        tokens = sentence.tokens
        folded = context.folded
        lower = tuple([folded[t.text] for t in tokens])
        parts: list[str] = []
        where: list[int] = []
        for i, token in enumerate(tokens):
            if token.text in _JOINS:
                continue
            low = lower[i]
            if "-" in low or "–" in low:
                for piece in low.replace("–", "-").split("-"):
                    if piece:
                        parts.append(piece)
                        where.append(i)
            elif low == "" or low == "’s":
                continue
            else:
                parts.append("s" if token.tag == "POS" else low)
                where.append(i)
        words = tuple(parts)
        shouting = sum(t.text.isupper() for t in tokens) > 0.6 * sum(t.text.isalpha() for t in tokens) and len(tokens) > 3
        units, covered = self._known_names(sentence, words, where, context, shouting)
        roles = self._roles(sentence, words, where)
        units += self._runs(sentence, lower, covered, roles, shouting)
        units.sort(key=_first)
        units = self._joined(sentence, lower, units)
        at = {i: unit for unit in units for i in range(unit.first, unit.last + 1)}
        role_at = {hit.head: hit for hit in roles} | {hit.last: hit for hit in roles}
        return Marked(sentence, tuple(units), at, role_at, lower)

    def _known_names(
        self, sentence: Sentence, words: tuple[str, ...], where: list[int], context: Context, shouting: bool
    ) -> tuple[list[Unit], set[int]]:
        units: list[Unit] = []
        covered: set[int] = set()
        at = 0
        while at < len(words):
            following = at + 1
            for end, found in self._known.names.at(words, at):
                first, last = where[at], where[end - 1]
                entries = [e for surface, e in found if self._fits(sentence, first, last, surface, e, shouting)]
                if not entries:
                    continue
                following = end
                if any(entry.kind == "block" for entry in entries):
                    covered.update(range(first, last + 1))
                    break
                unit = self._unit(sentence, first, last, entries, context)
                if unit is not None:
                    units.append(unit)
                    covered.update(range(first, last + 1))
                break
            at = following
        return units, covered

    def _fits(
        self, sentence: Sentence, first: int, last: int, surface: str, entry: ActorEntry, shouting: bool
    ) -> bool:
        """Capitals where the name has them; a name that is also a person's is none beside another name."""
        tokens = sentence.tokens
        text = tokens[first].text
        if surface.isupper() and len(surface) < 7 and " " not in surface:
            if not text.isupper() or (shouting and len(surface) < 4):
                return False
        elif surface.islower():
            return True
        elif not any(tokens[i].text[:1].isupper() for i in range(first, last + 1)):
            return False
        if entry.kind in ("party", "organisation") and self._inside_name(sentence, first, last):
            return False
        if first != last or entry.kind in ("demonym", "people", "group", "block"):
            return True
        if entry.kind == "city" and fold(surface) in self._known.surnames and not self._after_place_word(sentence, first):
            return False
        if first == 0 and tokens[first].pos not in ("PROPN", "NOUN", "ADJ") and not surface.isupper():
            return False
        if entry.after and (first == 0 or tokens[first - 1].text.lower() not in entry.after):
            return False
        if entry.after and first + 1 < len(tokens) and tokens[first + 1].pos == "PROPN":
            return False
        if fold(surface) in self._words.also_people:
            return not self._beside_name(sentence, first)
        return True

    def _inside_name(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether a body's listed name is only the end of a longer one ("Social Democratic Party")."""
        if first == 0 or fold(sentence.tokens[last].text) not in self._words.organisation_words or first == last:
            return False
        token = sentence.tokens[first - 1]
        low = fold(token.text)
        return (
            token.pos in ("PROPN", "ADJ") and token.text[:1].isupper() and token.text.isalpha()
            and low not in self._words.honorifics
            and not any(True for _ in self._known.names.at((low,), 0))
            and not any(True for _ in self._known.roles.at((low,), 0))
            and first > 1
        )

    def _after_place_word(self, sentence: Sentence, at: int) -> bool:
        return at > 0 and sentence.tokens[at - 1].text.lower() in self._words.locative

    def _beside_name(self, sentence: Sentence, at: int) -> bool:
        """Whether an unknown capitalised word stands directly beside token ``at``."""
        tokens = sentence.tokens
        for near in (at - 1, at + 1):
            if 0 <= near < len(tokens):
                token = tokens[near]
                low = fold(token.text)
                if (
                    token.pos == "PROPN" and token.text[:1].isupper() and not token.text.isupper()
                    and low not in self._words.organisation_words
                    and low not in self._words.place_words
                    and low not in self._words.thing_words
                    and low not in self._words.not_names
                    and not any(True for _ in self._known.roles.at((low,), 0))
                    and not any(True for _ in self._known.names.at((low,), 0))
                    and (near < at or (near > at and low not in self._words.particles))
                ):
                    return low in self._words.given_names or near < at or low not in self._words.given_names
        return False

    def _unit(
        self, sentence: Sentence, first: int, last: int, entries: list[ActorEntry], context: Context
    ) -> Unit | None:
        entry = self._likeliest(entries, context)
        kind: UnitKind = _KINDS[entry.kind]
        if entry.readings:
            reading = max(entry.readings, key=lambda r: _votes(r, context))
            if reading.kind == "none" or reading.code is None:
                return None
            home = self._known.countries[reading.code]
            kind = _KINDS[reading.kind]
            entry = msgspec.structs.replace(home, name=home.name if kind != "place" else entry.name)
            if kind == "place":
                entry = ActorEntry(entry.name, "region", reading.code)
        elif kind == "person" and len(entries) > 1:
            best = [e for e in entries if e.famous] or entries
            entry = best[-1]
        head = head_of(sentence, first, last)
        return Unit(first, last, head, kind, entry)

    def _likeliest(self, entries: list[ActorEntry], context: Context) -> ActorEntry:
        """The entry of namesakes whose country the article speaks of most; a country before its adjective."""
        if len(entries) == 1:
            return entries[0]
        kinds = {entry.kind for entry in entries}
        if "demonym" in kinds and "country" not in kinds:
            entries = [entry for entry in entries if entry.kind == "demonym"]
        elif "demonym" in kinds:
            entries = [entry for entry in entries if entry.kind != "demonym"]
        best = entries[0] if kinds <= {"organisation", "party", "group"} else entries[-1]
        if best.readings or len({entry.code for entry in entries}) == 1:
            return best
        return max(entries, key=lambda e: (len(self._known.cues.get(e.code or "", frozenset()) & context.words), e is best))

    def _roles(self, sentence: Sentence, words: tuple[str, ...], where: list[int]) -> list[RoleHit]:
        hits: list[RoleHit] = []
        at = 0
        while at < len(words):
            following = at + 1
            for end, found in self._known.roles.at(words, at):
                first, last = where[at], where[end - 1]
                head = last if first == last else head_of(sentence, first, last)
                hits.append(RoleHit(first, last, head, found[-1][1], " ".join(words[at:end])))
                following = end
                break
            at = following
        return hits

    def _runs(
        self, sentence: Sentence, lower: tuple[str, ...], covered: set[int], roles: list[RoleHit], shouting: bool
    ) -> list[Unit]:
        """Names that the codebook does not list: runs of proper nouns between those that it does."""
        if shouting:
            return []
        tokens = sentence.tokens
        titles = {i for hit in roles for i in range(hit.first, hit.last + 1)}
        units = []
        at = 0
        while at < len(tokens):
            if at in covered or not _proper(sentence, at):
                at += 1
                continue
            end = at
            while end + 1 < len(tokens) and end + 1 not in covered:
                if _proper(sentence, end + 1):
                    end += 1
                elif _hyphened(sentence, end):
                    end += 2
                elif (
                    end + 2 < len(tokens) and tokens[end + 1].tag == "POS" and end + 2 not in covered
                    and lower[end + 2] in self._words.organisation_words and _proper(sentence, end + 2)
                ):
                    end += 2
                elif (
                    end + 2 < len(tokens) and end + 2 not in covered and _proper(sentence, end + 2)
                    and (tokens[end + 1].text in "-–." and tokens[end + 1].start == tokens[end].end or lower[end + 1] in self._words.particles and lower[end + 1] not in ("of", "y"))
                ):
                    end += 2
                else:
                    break
            unit = self._read_run(sentence, lower, at, end, titles, at - 1 in covered)
            if unit is not None:
                units.append(unit)
                end = max(end, unit.last)
            at = end + 1
        return units

    def _read_run(
        self, sentence: Sentence, lower: tuple[str, ...], first: int, last: int, titles: set[int], beside: bool
    ) -> Unit | None:
        """What the capitalised tokens ``first``..``last`` name; ``beside``: a listed name stands directly before."""
        words = self._words
        tokens = sentence.tokens
        titled = first > 0 and first - 1 in titles
        while first <= last and (lower[first] in words.honorifics or tokens[first].text in _JOINS):
            titled = True
            first += 1
        core = lower[first : last + 1]
        if not core:
            return None
        body = any(w in words.organisation_words for w in core)
        if not body:
            if last in titles and core[0] not in words.given_names:
                return None
            cut = max((i for i in range(first, last) if i in titles), default=None)
            if cut is not None and core[0] not in words.given_names:
                first, titled = cut + 1, True
            while first <= last and (first in titles or lower[first] in words.former or tokens[first].text in _JOINS):
                titled = True
                first += 1
            while last >= first and (lower[last] in words.not_names):
                last -= 1
            core = lower[first : last + 1]
            if not core:
                return None
        if all(w in words.not_names for w in core) or core[-1] in words.thing_words:
            return None
        head = head_of(sentence, first, last)
        if body and not (titled and core[0] in words.given_names):
            last = self._extended(sentence, lower, last)
            if first == last and not beside:
                return None
            return Unit(first, last, head, "organisation")
        if not any(tokens[i].pos == "PROPN" for i in range(first, last + 1)):
            return None
        if core[-1] in words.place_words and core[0] not in words.family_first or core[0] in words.place_first:
            return Unit(first, last, head, "place")
        if titled:
            return Unit(first, last, head, "person")
        place = self._located(sentence, lower, head)
        if place and core[0] not in words.given_names and core[-1] not in self._known.surnames:
            return Unit(first, last, head, "place")
        if len(core) == 1:
            text = tokens[first].text
            if text.isupper() and len(text) > 1:
                return Unit(first, last, head, "organisation")
            if core[0] in self._known.surnames:
                return Unit(first, last, head, "person")
            if first == 0 and tokens[first].tag not in ("NNP", "NNPS"):
                return None
            return Unit(first, last, head, "unknown")
        if tokens[first - 1].text.lower() == "the" if first else False:
            return Unit(first, last, head, "organisation")
        return Unit(first, last, head, "person")

    def _elsewhere(self, sentence: Sentence, lower: tuple[str, ...], previous: Unit, unit: Unit) -> bool:
        """Whether a listed body of one country is only a noun beside another country ("the Peruvian Congress")."""
        if unit.kind != "organisation" or unit.entry is None or previous.entry is None or unit.first != unit.last:
            return False
        if previous.kind not in ("demonym", "country") or previous.entry.code == unit.entry.code:
            return False
        gap = [sentence.tokens[i].tag for i in range(previous.last + 1, unit.first)]
        if gap not in ([], ["POS"]) or unit.entry.code not in self._known.countries:
            return False
        return any(True for _ in self._known.roles.at((lower[unit.first],), 0))

    def _located(self, sentence: Sentence, lower: tuple[str, ...], at: int) -> bool:
        tokens = sentence.tokens
        while tokens[at].dep == "conj" and tokens[at].head != at:
            at = tokens[at].head
        return tokens[at].dep == "pobj" and lower[tokens[at].head] in self._words.locative

    def _extended(self, sentence: Sentence, lower: tuple[str, ...], last: int) -> int:
        """The last token of a body's name with what its prepositions bring in ("Party for Democracy and Peace")."""
        tokens = sentence.tokens
        at = last
        while at + 2 < len(tokens) and lower[at + 1] in self._words.name_prepositions:
            following = at + 2
            if tokens[following].pos == "DET" and following + 1 < len(tokens):
                following += 1
            if not tokens[following].text[:1].isupper() or tokens[following].pos not in ("PROPN", "NOUN", "ADJ"):
                break
            at = following
            while at + 1 < len(tokens):
                if tokens[at + 1].text[:1].isupper() and tokens[at + 1].pos in ("PROPN", "NOUN", "ADJ"):
                    at += 1
                elif (
                    at + 2 < len(tokens) and lower[at + 1] in self._words.name_joins
                    and tokens[at + 2].text[:1].isupper() and tokens[at + 2].dep == "conj"
                    and at + 2 not in (0,) and not any(True for _ in self._known.names.at((lower[at + 2],), 0))
                ):
                    at += 2
                else:
                    break
        return at

    def _joined(self, sentence: Sentence, lower: tuple[str, ...], units: list[Unit]) -> list[Unit]:
        """Names of bodies take in the adjective before them and the names after "of" ("Russian Party of X")."""
        tokens = sentence.tokens
        found: list[Unit] = []
        for unit in units:
            previous = found[-1] if found else None
            if previous is not None and unit.first <= previous.last:
                if unit.kind in ("country", "place", "demonym") and previous.entry is None and unit.entry is not None:
                    entry = ActorEntry(
                        _text(sentence, previous.first, previous.last), "organisation", unit.entry.code, None
                    )
                    found[-1] = msgspec.structs.replace(previous, entry=entry)
                continue
            if previous is None:
                found.append(unit)
                continue
            if self._elsewhere(sentence, lower, previous, unit):
                continue
            body = unit.kind == "organisation" and unit.entry is None
            if body and previous.last == unit.first - 1 and previous.kind in ("demonym", "country", "place") and (
                tokens[previous.head].tag != "POS"
            ):
                home = previous.entry.code if previous.entry else None
                entry = ActorEntry(
                    _text(sentence, previous.first, unit.last), "organisation", home, None
                )
                found[-1] = Unit(previous.first, unit.last, unit.head, "organisation", entry)
                continue
            opens = previous.kind == "organisation" and lower[previous.last] in self._words.organisation_words
            gap = [lower[i] for i in range(previous.last + 1, unit.first)]
            if opens and gap in (["of"], ["of", "the"]) and (
                previous.entry is None or previous.entry.entity is None or previous.entry.kind == "party"
            ):
                home = unit.entry.code if unit.entry and unit.kind in ("country", "place") else None
                home = home or (previous.entry.code if previous.entry else None)
                entry = ActorEntry(_text(sentence, previous.first, unit.last), "organisation", home, None)
                found[-1] = Unit(previous.first, unit.last, previous.head, "organisation", entry)
                continue
            found.append(unit)
        return found


def head_of(sentence: Sentence, first: int, last: int) -> int:
    """The token of ``first``..``last`` that the others hang on: the last whose own head lies outside."""
    for at in range(last, first - 1, -1):
        token = sentence.tokens[at]
        if (token.head < first or token.head > last or token.head == at) and token.pos != "PUNCT":
            return at
    return last


def _proper(sentence: Sentence, at: int) -> bool:
    token = sentence.tokens[at]
    return token.pos == "PROPN" and token.text[:1].isupper() or (
        at > 0 and token.text[:1].isupper() and token.pos in ("NOUN", "ADJ", "VERB", "X") and token.text.isalpha()
        and sentence.tokens[at - 1].text not in ("“", '"', ":", "”", "``")
    )


def _hyphened(sentence: Sentence, at: int) -> bool:
    """Whether a word without a capital is joined by a hyphen to token ``at`` ("Jong-un")."""
    tokens = sentence.tokens
    return (
        at + 2 < len(tokens) and tokens[at + 1].text == "-" and tokens[at + 1].start == tokens[at].end
        and tokens[at + 2].start == tokens[at + 1].end and tokens[at + 2].pos == "PROPN"
    )


def _text(sentence: Sentence, first: int, last: int) -> str:
    """The words of tokens ``first``..``last`` with one blank where the text has any."""
    parts = []
    for at in range(first, last + 1):
        token = sentence.tokens[at]
        if at > first and token.start > sentence.tokens[at - 1].end:
            parts.append(" ")
        parts.append(token.text)
    return "".join(parts)


def _first(unit: Unit) -> int:
    return unit.first


def _votes(reading: Reading, context: Context) -> int:
    return sum(cue in context.words for cue in reading.cues)
