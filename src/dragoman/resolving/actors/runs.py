"""Names that the codebook does not list: runs of capitalised words, read by their shape."""

from __future__ import annotations

import msgspec

from dragoman.codebook.actors import ActorEntry, ActorKnowledge
from dragoman.model import Sentence
from dragoman.resolving.actors.marks import JOINS, RoleHit, Unit, head_of, words_of
from dragoman.resolving.phrases import hyphen_participle


class RunReader:
    """Reads runs of proper nouns, and joins names that stand together to the name of one body."""

    def __init__(self, knowledge: ActorKnowledge) -> None:
        """Keep ``knowledge``'s indexes."""
        self._known = knowledge
        self._words = knowledge.words

    def runs(
        self, sentence: Sentence, lower: tuple[str, ...], covered: set[int], roles: list[RoleHit], shouting: bool
    ) -> list[Unit]:
        """Names that the codebook does not list: runs of proper nouns between those that it does."""
        if shouting:
            return []
        tokens = sentence.tokens
        titles = {i for hit in roles for i in range(hit.first, hit.last + 1)}
        bodies = {hit.last for hit in roles if hit.words.rpartition(" ")[2] in self._words.body_nouns}
        long = [t.text for t in tokens if len(t.text) > 3 and t.text.isalpha()]
        capitals = sum([word[0].isupper() for word in long])
        headline = len(long) > 3 and tokens[-1].text not in (".", "!", "?") and capitals > 0.8 * len(long)
        units = []
        at = 0
        while at < len(tokens):
            if at in covered or not _proper(sentence, at):
                at += 1
                continue
            end = self._end(sentence, lower, at, covered)
            unit = self._read_run(sentence, lower, at, end, titles, at - 1 in covered, headline)
            if unit is not None:
                if unit.kind == "person" and unit.first - 1 in bodies and lower[unit.first] not in (
                    self._words.given_names
                ):  # "oil firm Lumen"
                    unit = msgspec.structs.replace(unit, kind="organisation")
                units.append(unit)
                end = max(end, unit.last)
            at = end + 1
        return units

    def _end(self, sentence: Sentence, lower: tuple[str, ...], at: int, covered: set[int]) -> int:
        """The last token of the run of capitalised words that begins at ``at``."""
        tokens = sentence.tokens
        end = at
        while end + 1 < len(tokens) and end + 1 not in covered:
            if _proper(sentence, end + 1):
                end += 1
                continue
            if not _hyphened(sentence, end):
                if end + 2 >= len(tokens) or end + 2 in covered or not _proper(sentence, end + 2):
                    break
                between = tokens[end + 1]
                genitive = between.tag == "POS" and lower[end + 2] in self._words.organisation_words
                joined = between.text in "-\u2013." and between.start == tokens[end].end
                particle = lower[end + 1] in self._words.particles - self._words.name_prepositions
                if not (genitive or joined or particle):
                    break
            end += 2
        return end

    def _read_run(
        self, sentence: Sentence, lower: tuple[str, ...], first: int, last: int, titles: set[int], beside: bool,
        headline: bool,
    ) -> Unit | None:
        """What the capitalised tokens ``first``..``last`` name; ``beside``: a listed name stands directly before.

        In a headline, where all words have capitals, only what looks like a person or a body counts.
        """
        words = self._words
        tokens = sentence.tokens
        titled = first > 0 and first - 1 in titles
        while first <= last and (lower[first] in words.honorifics or tokens[first].text in JOINS):
            titled = True
            first += 1
        core = lower[first : last + 1]
        if not core:
            return None
        body = any(
            w in words.organisation_words and not self._before_office(lower, i, last, titles)
            for i, w in enumerate(core, start=first)
        )
        if not body:
            if last in titles and core[0] not in words.given_names:
                return None
            cut = max((i for i in range(first, last) if i in titles), default=None)
            if cut is not None and core[0] not in words.given_names:
                first, titled = cut + 1, True
            while first <= last and (first in titles or lower[first] in words.former or tokens[first].text in JOINS):
                titled = True
                first += 1
            while last >= first and (lower[last] in words.not_names):
                last -= 1
            core = lower[first : last + 1]
            if not core:
                return None
        if headline and not (
            core[0] in words.given_names or core[-1] in self._known.surnames or core[-1] in words.organisation_words
        ):
            return None
        if all(w in words.not_names for w in core) or core[-1] in words.thing_words:
            return None
        head = head_of(sentence, first, last)
        if body and not (titled and core[0] in words.given_names):
            last = self._extended(sentence, lower, last)
            if first == last and not beside:
                return None
            return Unit(first, last, head_of(sentence, first, last), "organisation")
        if not any(tokens[i].pos == "PROPN" for i in range(first, last + 1)):
            return None
        if (core[-1] in words.place_words and core[0] not in words.family_first) or core[0] in words.place_first:
            return Unit(first, last, head, "place")
        if titled:
            return Unit(first, last, head, "person")
        if hyphen_participle(sentence, last) in words.own_participles:
            return Unit(first, last, head, "place")
        place = self._located(sentence, lower, head)
        if place and core[0] not in words.given_names and core[-1] not in self._known.surnames:
            return Unit(first, last, head, "place")
        if self._besieged(sentence, head) and core[0] not in words.given_names and (
            core[-1] not in self._known.surnames
        ):
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

    def _before_office(self, lower: tuple[str, ...], at: int, last: int, titles: set[int]) -> bool:
        """Whether the word at ``at`` only opens somebody's office ("Labour Minister Ana Ruiz")."""
        office = at + 1
        return office < last and office in titles and lower[office] not in self._words.organisation_words

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
        return tokens[at].dep == "pobj" and (
            lower[tokens[at].head] in self._words.locative or lower[tokens[at].head] in self._words.locative_towns
        )

    def _besieged(self, sentence: Sentence, at: int) -> bool:
        """Whether something is done to the name that is done to towns alone ("shelled Farap")."""
        tokens = sentence.tokens
        while tokens[at].dep == "conj" and tokens[at].head != at:
            at = tokens[at].head
        return tokens[at].dep in ("dobj", "nsubjpass") and tokens[tokens[at].head].lemma in self._words.siege_verbs

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

    def joined(self, sentence: Sentence, lower: tuple[str, ...], units: list[Unit]) -> list[Unit]:
        """Names of bodies take in the adjective before them and the names after "of" ("Russian Party of X")."""
        tokens = sentence.tokens
        found: list[Unit] = []
        for unit in units:
            previous = found[-1] if found else None
            if previous is not None and unit.first <= previous.last:
                if unit.kind in ("country", "place", "demonym") and previous.entry is None and unit.entry is not None:
                    entry = ActorEntry(
                        words_of(sentence, previous.first, previous.last), "organisation", unit.entry.code, None
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
                    words_of(sentence, previous.first, unit.last), "organisation", home, None
                )
                found[-1] = Unit(
                    previous.first, unit.last, head_of(sentence, previous.first, unit.last), "organisation", entry
                )
                continue
            opens = previous.kind == "organisation" and lower[previous.last] in self._words.organisation_words
            gap = [lower[i] for i in range(previous.last + 1, unit.first)]
            if opens and gap in (["of"], ["of", "the"]) and (
                previous.entry is None or previous.entry.entity is None or previous.entry.kind == "party"
            ):
                home = unit.entry.code if unit.entry and unit.kind in ("country", "place") else None
                home = home or (previous.entry.code if previous.entry else None)
                entry = ActorEntry(words_of(sentence, previous.first, unit.last), "organisation", home, None)
                found[-1] = Unit(
                    previous.first, unit.last, head_of(sentence, previous.first, unit.last), "organisation", entry
                )
                continue
            found.append(unit)
        return found


def _proper(sentence: Sentence, at: int) -> bool:
    token = sentence.tokens[at]
    return (token.pos == "PROPN" and token.text[:1].isupper()) or (
        at > 0 and token.text[:1].isupper() and token.pos in ("NOUN", "ADJ", "VERB", "X") and token.text.isalpha()
        and sentence.tokens[at - 1].text not in ("\u201c", '"', ":", "\u201d", "``")
    )


def _hyphened(sentence: Sentence, at: int) -> bool:
    """Whether a word without a capital is joined by a hyphen to token ``at`` ("Jong-un")."""
    tokens = sentence.tokens
    return (
        at + 2 < len(tokens) and tokens[at + 1].text == "-" and tokens[at + 1].start == tokens[at].end
        and tokens[at + 2].start == tokens[at + 1].end and tokens[at + 2].pos == "PROPN"
    )
