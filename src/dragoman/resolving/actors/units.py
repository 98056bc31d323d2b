"""Names and nouns for roles in a sentence: what the codebook lists first, then runs of capitalised words."""

from __future__ import annotations

import msgspec

from dragoman.codebook.actors import ActorEntry, ActorKnowledge, Reading, fold
from dragoman.model import Sentence
from dragoman.resolving.actors.marks import JOINS, Context, Marked, RoleHit, Unit, UnitKind, head_of
from dragoman.resolving.actors.runs import RunReader

_KINDS: dict[str, UnitKind] = {
    "country": "country", "capital": "country", "demonym": "demonym", "people": "people", "region": "place",
    "city": "place", "place": "place", "organisation": "organisation", "party": "organisation", "group": "group",
    "person": "person",
}
_NATIONS = frozenset({"country", "demonym", "people"})
_HYPHENS = frozenset({"-", "\u2010", "\u2011"})
# What a caption begins with.
_OPENERS = frozenset({"PROPN", "NOUN", "ADJ", "DET", "NUM"})


class UnitFinder:
    """Finds names and roles."""

    def __init__(self, knowledge: ActorKnowledge) -> None:
        """Keep ``knowledge``'s indexes."""
        self._known = knowledge
        self._words = knowledge.words
        self._reader = RunReader(knowledge)

    def mark(self, sentence: Sentence, context: Context) -> Marked:
        """All names and roles of ``sentence``."""
        tokens = sentence.tokens
        folded = context.folded
        lower = tuple([folded[t.text] for t in tokens])
        parts: list[str] = []
        where: list[int] = []
        for i, token in enumerate(tokens):
            if token.text in JOINS:
                continue
            low = lower[i]
            if "-" in low or "\u2013" in low:
                for piece in low.replace("\u2013", "-").split("-"):
                    if piece:
                        parts.append(piece)
                        where.append(i)
            elif low == "" or low == "\u2019s":
                continue
            else:
                parts.append("s" if token.tag == "POS" else low)
                where.append(i)
        words = tuple(parts)
        loud = sum([t.text.isupper() for t in tokens])
        shouting = len(tokens) > 3 and loud > 0.6 * sum([t.text.isalpha() for t in tokens])
        units, covered, blocked = self._known_names(sentence, words, where, context, shouting)
        roles = [hit for hit in self._roles(sentence, words, where) if hit.head not in blocked]
        units += self._reader.runs(sentence, lower, covered, roles, shouting)
        units.sort(key=_first)
        units = self._reader.joined(sentence, lower, units)
        at = {i: unit for unit in units for i in range(unit.first, unit.last + 1)}
        role_at = {hit.head: hit for hit in roles} | {hit.last: hit for hit in roles}
        return Marked(sentence, tuple(units), at, role_at, lower)

    def _known_names(
        self, sentence: Sentence, words: tuple[str, ...], where: list[int], context: Context, shouting: bool
    ) -> tuple[list[Unit], set[int], set[int]]:
        units: list[Unit] = []
        covered: set[int] = set()
        blocked: set[int] = set()
        at = self._credited(sentence, words, where)
        covered.update(where[:at])
        begins = self._known.names.begins
        while at < len(words):
            following = at + 1
            if words[at] not in begins:
                at = following
                continue
            for end, found in self._known.names.at(words, at):
                first, last = where[at], where[end - 1]
                entries = [e for surface, e in found if self._fits(sentence, first, last, surface, e, shouting)]
                if not entries:
                    continue
                following = end
                if any(entry.kind == "block" for entry in entries):
                    covered.update(range(first, last + 1))
                    blocked.update(range(first, last + 1))
                    break
                unit = self._unit(sentence, first, last, entries, context)
                if unit is not None:
                    units.append(unit)
                    covered.update(range(first, last + 1))
                break
            at = following
        return units, covered, blocked

    def _credited(self, sentence: Sentence, words: tuple[str, ...], where: list[int]) -> int:
        """How many of the first ``words`` are the credit of a picture, and none of the caption after it."""
        for end in (2, 1):
            if " ".join(words[:end]) in self._words.picture_agencies and end < len(words):
                after = sentence.tokens[where[end]]
                apart = after.i == where[end - 1] + 1 and after.text[:1].isupper()
                return end if apart and after.pos in _OPENERS else 0
        return 0

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
        surname = entry.kind == "city" and fold(surface) in self._known.surnames
        if surname and not self._after_place_word(sentence, first):
            return False
        if entry.kind in ("city", "region") and (
            self._opens_name(sentence, first) or self._ends_name(sentence, first)
        ):
            return False
        if first == 0 and tokens[first].pos not in ("PROPN", "NOUN", "ADJ") and not surface.isupper():
            return False
        if first == 0 and entry.kind in ("organisation", "party") and tokens[first].pos != "PROPN":
            return False
        if entry.kind == "party" and self._opens_role(sentence, first):
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

    def _opens_role(self, sentence: Sentence, at: int) -> bool:
        """Whether a party's short name is only the first word of an office or body ("Labor Secretary")."""
        words = tuple(fold(token.text) for token in sentence.tokens[at : at + 3])
        return any(end > 1 for end, _ in self._known.roles.at(words, 0))

    def _opens_name(self, sentence: Sentence, at: int) -> bool:
        """Whether a town's name is somebody's given name: a title or nothing before it, a surname behind it."""
        tokens = sentence.tokens
        low = fold(tokens[at].text)
        if tokens[at].dep != "compound" or tokens[at].head <= at or tokens[tokens[at].head].pos != "PROPN":
            return False
        whole = tokens[tokens[at].head]
        renamed = tokens[whole.head] if whole.dep == "appos" else None  # "its foreign minister, Lima Okoro"
        titles = [*([tokens[at - 1]] if at else []), *([renamed] if renamed is not None else [])]
        titled = any(True for title in titles for _ in self._known.roles.at((fold(title.text),), 0))
        return (low in self._words.given_names or titled) and self._beside_name(sentence, at)

    def _ends_name(self, sentence: Sentence, at: int) -> bool:
        """Whether a town's name is somebody's surname: a given name that is no state stands directly before it."""
        before = sentence.tokens[at - 1] if at else None
        return before is not None and before.pos == "PROPN" and fold(before.text) in self._words.given_names and (
            fold(before.text) not in self._words.also_people
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
        if kind in _NATIONS and self._is_glued(sentence, first):
            return None
        if entry.readings:
            readings = [r for r in entry.readings if r.kind != "organisation" or self._acts(sentence, first)]
            reading = max(readings, key=lambda r: _votes(r, context))
            if reading.kind == "none" or reading.code is None:
                return None
            if reading.kind == "organisation":
                body = ActorEntry(entry.name, "organisation", reading.code)
                return Unit(first, last, head_of(sentence, first, last), "organisation", body)
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

    def _is_glued(self, sentence: Sentence, first: int) -> bool:
        """Whether a hyphen joins the name to a word that makes another thing of it ("Pan-American")."""
        tokens = sentence.tokens
        if first < 2 or tokens[first - 1].text not in _HYPHENS or tokens[first - 1].start != tokens[first - 2].end:
            return False
        return tokens[first - 2].text.lower() in self._words.glued_before

    def _acts(self, sentence: Sentence, at: int) -> bool:
        """Whether a town's name may stand for a body that sits there: "Brussels sued", not "talks in Brussels"."""
        token = sentence.tokens[at]
        return token.dep != "pobj" or sentence.tokens[token.head].text.lower() in self._words.ties_strong

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
        cues = self._known.cues
        return max(entries, key=lambda e: (len(cues.get(e.code or "", frozenset()) & context.words), e is best))

    def _roles(self, sentence: Sentence, words: tuple[str, ...], where: list[int]) -> list[RoleHit]:
        hits: list[RoleHit] = []
        at = 0
        begins = self._known.roles.begins
        while at < len(words):
            following = at + 1
            if words[at] not in begins:
                at = following
                continue
            for end, found in self._known.roles.at(words, at):
                first, last = where[at], where[end - 1]
                head = last if first == last else head_of(sentence, first, last)
                hits.append(RoleHit(first, last, head, found[-1][1], " ".join(words[at:end])))
                following = end
                break
            at = following
        return hits


def _first(unit: Unit) -> int:
    return unit.first


def _votes(reading: Reading, context: Context) -> int:
    return sum(cue in context.words for cue in reading.cues)
