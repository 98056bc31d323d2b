"""Matching one compiled pattern against one frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from dragoman.codebook.events import Element, Pattern
from dragoman.coding.frames import Frame, FrameReader
from dragoman.coding.why import why_not
from dragoman.model import ActorMention

# Weights that decide between patterns that match the same word: a named word or type says more than a filled slot,
# and a slot more than a free complement. Chosen by hand so that the more specific pattern always wins.
# An idiom that is no event names what makes it one, so it goes before rules as specific as itself.
NAMED, SLOT, FREE, PARTICLE, IDIOM = 3.0, 2.0, 0.8, 2.0, 0.9
# The type whose events are often named for where they happened, and the kinds of phrase that name a place.
FOUGHT, PLACES = "ASSAULT", frozenset({"country", "place"})
# How deep inside a phrase a party is looked for ("the deepening of cooperation between A and B" needs two).
INSIDE = 3


class Match(msgspec.Struct, frozen=True):
    """A pattern that fits: token indexes by slot, the deed's heads, the words matched and how specific it is."""

    pattern: Pattern
    frame: Frame
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    deeds: tuple[int, ...]
    words: tuple[int, ...]
    score: float


class Matcher:
    """Matches patterns in one sentence.

    ``mention`` gives the mention headed by a token, ``type_at`` the event type that a token is coded with,
    ``stands_for`` the dictionary forms of the noun that a pronoun stands for.
    """

    def __init__(
        self,
        reader: FrameReader,
        mention: Callable[[int], ActorMention | None],
        type_at: Callable[[int], str | None],
        stands_for: Callable[[int], frozenset[str]],
    ) -> None:
        self.reader = reader
        self.mention = mention
        self.type_at = type_at
        self.stands_for = stands_for
        self._found: dict[tuple[Element, int, tuple[int, ...]], list[int]] = {}

    def match(self, pattern: Pattern, lemma: str, frame: Frame) -> Match | None:
        """The match of ``pattern`` on ``frame``, whose trigger has the dictionary form ``lemma``; null for none."""
        if not _has_particle(lemma, frame):
            return None
        score = (PARTICLE if " " in lemma else 0.0) + (IDIOM if pattern.rule.kind == "none" else 0.0)
        filled: dict[str, list[int]] = {"ACTOR": [], "RECIPIENT": [], "DEED": [], "WORDS": []}
        bad_groups: set[int] = set()
        for element in pattern.elements:
            if element.group in bad_groups:
                continue
            if element.fill == "NOTHING":
                if self.there(element, frame):
                    return None
                continue
            found = self._find(element, frame, filled["WORDS"], pattern.trigger, filled["DEED"])
            if element.fill == "ACTOR" and pattern.rule.event == FOUGHT:
                found = [f for f in found if not self._is_scene(f)]
            if not found:
                if element.group is None or self._lacks_agent(element, pattern, frame):
                    return None
                bad_groups.add(element.group)
                continue
            if element.fill == "RECIPIENT":
                actors = filled["ACTOR"]
                found = [
                    f for f in found if f not in actors and not self._is_reflexive(f) and not self._is_own(f, actors)
                ]
                if not found and element.group is None:
                    return None
            if element.fill == "DEED":
                found = [f for f in found if f not in filled["RECIPIENT"]]
                if not found and element.group is None:
                    return None
            filled[element.fill].extend(f for f in found if f not in filled[element.fill])
            score += _weight(element) * (1.0 if element.group is None else 0.6)
        if not filled["ACTOR"] and pattern.trigger == "verb" and self.reader.tokens[frame.trigger].dep == "amod":
            return None  # "three detained sailors": background, told by nobody
        undergoes = any(e.fill == "ACTOR" and e.where == "object" for e in pattern.elements)
        if undergoes and self.reader.tokens[frame.trigger].dep in ("amod", "acl"):
            return None  # "a soldier stationed in Mali": so too
        taken = [r for r in filled["RECIPIENT"] if r not in filled["WORDS"]]
        if len(taken) < len(filled["RECIPIENT"]) and not taken and _needs_recipient(pattern):
            return None  # one word cannot be what is given and to whom
        filled["RECIPIENT"] = taken
        if pattern.rule.fewest > self._parties(
            filled["ACTOR"] + (filled["RECIPIENT"] if pattern.rule.reciprocal else [])
        ):
            return None
        return Match(
            pattern,
            frame,
            tuple(filled["ACTOR"]),
            tuple(filled["RECIPIENT"]),
            tuple(filled["DEED"]),
            tuple(filled["WORDS"]),
            score,
        )

    def _parties(self, heads: list[int]) -> int:
        """How many parties the phrases name: "Omani and Indian forces" are two."""
        return sum(max(1, len(m.parties) if (m := self.mention(at)) is not None else 1) for at in heads)

    def _is_reflexive(self, at: int) -> bool:
        """Whether the word says that somebody does it to themselves: "armed itself" helps nobody else."""
        return self.reader.tokens[at].text.lower() in self.reader.grammar.reflexives

    def _is_own(self, at: int, actors: list[int]) -> bool:
        """Whether a possessive pronoun means one of the ``actors``, or nobody known: "Mali defended its budget"."""
        token, mention = self.reader.tokens[at], self.mention(at)
        if token.tag != "PRP$" or mention is None:
            return False
        mine = {(p.code, p.sector, p.entity) for a in actors if (m := self.mention(a)) for p in m.parties}
        return all((p.code, p.sector, p.entity) in mine for p in mention.parties)

    def _is_scene(self, at: int) -> bool:
        """Whether a place before a noun may be where it happened and not who did it: "the Kabul bombing".

        "The Kenyan raid", "the US raid" and "the Kenya raid on Juba" are by whom they name.
        """
        token, mention = self.reader.tokens[at], self.mention(at)
        named = token.text
        while token.dep == "conj" and token.head < token.i:  # "the Kabul and Herat bombings"
            token = self.reader.tokens[token.head]
        narrows = token.dep in ("compound", "nmod")
        if not narrows or named.isupper() or mention is None or mention.kind not in PLACES:
            return False
        below, _ = self.reader.prepositions(token.head)
        aimed = (x for name in self.reader.grammar.target_prepositions for x in below.get(name, ()))
        return all(self.mention(x) is None for x in aimed)  # "the Kabul bombing on Friday" is aimed at nobody

    def _lacks_agent(self, element: Element, pattern: Pattern, frame: Frame) -> bool:
        """Whether a verb has no subject though it is no passive ("was released"), nor any other finite form."""
        if pattern.trigger != "verb" or pattern.rule.kind == "none" or frame.passive:
            return False
        bare = not frame.before or self.reader.infinitive(frame.trigger)
        return bare and element.fill == "ACTOR" and element.where == "before"

    def why_not(self, pattern: Pattern, lemma: str, frame: Frame) -> str | None:
        """The first thing that ``pattern`` lacks on ``frame``, in words for who writes rules; null where it fits."""
        return why_not(self, pattern, lemma, frame)

    def is_named(self, pattern: Pattern, word: str, frame: Frame) -> bool:
        """Whether ``word`` with its particle is one of the words that trigger the pattern."""
        return any(_has_particle(lemma, frame) for lemma in pattern.by_word.get(word, (word,)))

    def share(self, pattern: Pattern, frame: Frame) -> float:
        """How much of a pattern that does not fit is there after all: the share of its required elements, 0..1.

        Little is there without the words it names, and nothing at a light verb: "launched" alone says nothing.
        """
        needed = [e for e in pattern.elements if e.group is None]
        words: list[int] = []
        there = 0
        for element in needed:
            if element.fill == "NOTHING":
                there += not self.there(element, frame)
                continue
            found = self._find(element, frame, words, pattern.trigger)
            there += bool(found)
            if not found and (element.words is not None or element.types is not None):
                light = self.reader.tokens[frame.trigger].lemma in self.reader.grammar.light_verbs
                return 0.0 if light else 0.3 * there / len(needed)
            if element.fill == "WORDS":
                words.extend(found)
        return there / len(needed) if needed else 1.0

    def there(self, element: Element, frame: Frame) -> tuple[int, ...]:
        """What stands where ``element`` wants nothing: agents, objects, phrases with its prepositions, or a clause."""
        if element.where == "before":  # only a passive can leave its agent unsaid
            return frame.before if frame.passive else (frame.trigger,)
        if element.where == "object":
            return frame.objects
        if not frame.particles.isdisjoint(element.preps):
            return (frame.trigger,)
        names = element.preps or ("",)
        return tuple(x for name in names for x in (*frame.preps.get(name, ()), *frame.clauses.get(name, ())))

    def _find(
        self, element: Element, frame: Frame, words: list[int], trigger: str, deeds: Sequence[int] = ()
    ) -> list[int]:
        """Tokens that fill ``element``. Patterns of one word share most elements, so what was found is kept."""
        if element.fill == "DEED":  # what a deed is coded with may still be open
            return self._deeds(element, frame, self._candidates(element, frame, words), words)
        key = (element, frame.trigger, (*words, *deeds))
        found = self._found.get(key)
        if found is None:
            found = self._fillers(element, frame, words, trigger)
            if not found and element.fill == "WORDS":
                found = self._under_deeds(element, deeds)
            self._found[key] = found
        return found

    def _under_deeds(self, element: Element, deeds: Sequence[int]) -> list[int]:
        """Words named after DEED that stand below it: "refused to respond to a request"."""
        verbs = [d for d in deeds if self.reader.tokens[d].pos == "VERB"]
        if element.where == "object":
            found = [x for verb in verbs for x in self.reader.kids(verb, "dobj")]
        else:
            found = [
                x for verb in verbs for name in element.preps for x in self.reader.prepositions(verb)[0].get(name, ())
            ]
        return [x for x in found if element.words is not None and self._is_word(x, element.words)]

    def _fillers(self, element: Element, frame: Frame, words: list[int], trigger: str) -> list[int]:
        candidates = self._candidates(element, frame, words)
        if element.fill == "WORDS" and element.where == "before" and trigger == "noun":
            candidates = self.reader.modifiers(frame.trigger)  # "a drone strike"
        if element.fill == "WORDS":
            words_of = element.words or frozenset()
            return [c for c in candidates if self._is_word(c, words_of) or self._stands_for_word(c, words_of)]
        if element.words is not None:
            candidates = [c for c in candidates if self._is_word_or_some(c, element.words)]
        places = element.where in ("object", "owner") or element.inside
        out = [c for c in candidates if self._is_party(c, places)]
        if not out:
            depth = INSIDE if element.inside else 1
            for candidate in candidates:
                out.extend(self._inside(candidate, depth, element.inside))
        if element.sectors is not None:
            out = [c for c in out if self.is_of(c, element.sectors)]
        return out

    def _candidates(self, element: Element, frame: Frame, words: list[int]) -> list[int]:
        if element.where == "before":
            return list(frame.before)
        if element.where == "object":
            return list(frame.objects)
        if element.where == "owner":
            return [o for w in (words or frame.objects) for o in self._owners(w)]
        found = [x for name in element.preps for x in frame.preps.get(name, ())]
        for noun in words or frame.objects:
            below, _ = self.reader.prepositions(noun)
            found.extend(x for name in element.preps for x in below.get(name, ()) if x not in found)
        return found

    def _owners(self, noun: int) -> list[int]:
        owners = [
            x
            for c in self.reader.children[noun]
            if self.reader.tokens[c].dep in ("poss", "compound", "amod", "nmod")
            for x in (c, *self.reader.conjuncts(c))
        ]
        below, _ = self.reader.prepositions(noun)
        return [*owners, *below.get("of", ())]

    def _deeds(self, element: Element, frame: Frame, candidates: list[int], words: list[int]) -> list[int]:
        clauses = [x for name in (element.preps or ("",)) for x in frame.clauses.get(name, ())]
        if element.preps:
            for noun in frame.objects:
                _, below = self.reader.prepositions(noun)
                clauses.extend(x for name in element.preps for x in below.get(name, ()))
        else:
            for noun in words:
                clauses.extend(c for c in self.reader.noun(noun).clauses.get("", ()))
        deeds = clauses + [c for c in candidates if self.reader.tokens[c].pos in ("NOUN", "PROPN")]
        if element.words is not None:
            return [d for d in deeds if self._is_word(d, element.words)]
        if element.auxiliaries is not None:
            return [d for d in deeds if self._has_auxiliary(d, element.auxiliaries)]
        if element.types is not None:
            return [d for d in deeds if self.type_at(d) in element.types]
        return deeds

    def _is_word(self, at: int, words: frozenset[str]) -> bool:
        """Whether the token, or it with a modifier, the word before or its particle, is in the set."""
        token = self.reader.tokens[at]
        if token.text in self.reader.grammar.month_names and not self.reader.children[at]:
            return False  # "in March" is no march; "the Women's March" is one
        if token.lemma in words or token.text.lower() in words:
            return True
        if at and f"{self.reader.tokens[at - 1].lemma} {token.lemma}" in words:
            return True
        for child in self.reader.children[at]:
            below = self.reader.tokens[child]
            if below.dep == "prt" and f"{token.lemma} {below.lemma}" in words:
                return True
            if below.dep in ("amod", "compound") and f"{below.lemma} {token.lemma}" in words:
                return True
        return False

    def _is_word_or_some(self, at: int, words: frozenset[str]) -> bool:
        """Whether the phrase is of such words: "soldiers", "dozens of soldiers", "they" for soldiers and a name that
        such a word is the title of ("President Ana Solis") too."""
        if self._is_word(at, words):
            return True
        if self.reader.tokens[at].pos == "PROPN":
            titles = [c for c in self.reader.children[at] if self.reader.tokens[c].dep in ("compound", "appos")]
            return any(self.reader.tokens[c].lemma in words for c in titles)
        if self.reader.tokens[at].pos == "PRON":
            return self._stands_for_word(at, words)
        if self.reader.tokens[at].lemma not in self.reader.grammar.transparent_nouns:
            return False
        below, _ = self.reader.prepositions(at)
        names = self.reader.grammar.member_prepositions
        return any(self._is_word(x, words) for name in names for x in below.get(name, ()))

    def _stands_for_word(self, at: int, words: frozenset[str]) -> bool:
        return self.reader.tokens[at].pos == "PRON" and not words.isdisjoint(self.stands_for(at))

    def _has_auxiliary(self, at: int, words: frozenset[str]) -> bool:
        tokens = self.reader.tokens
        return any(tokens[c].dep == "aux" and tokens[c].lemma in words for c in self.reader.children[at])

    def is_of(self, at: int, sectors: frozenset[str]) -> bool:
        """Whether the phrase names a party with one of the ``sectors``, or with one of them as its code."""
        mention = self.mention(at)
        return mention is not None and any(p.sector in sectors or p.code in sectors for p in mention.parties)

    def _is_party(self, at: int, places: bool) -> bool:
        mention = self.mention(at)
        return mention is not None and (places or mention.kind != "place")

    def _inside(self, at: int, depth: int, deep: bool) -> list[int]:
        """Parties inside the phrase headed by ``at``: owners and modifiers first, then prepositional phrases."""
        owners = [
            x
            for c in self.reader.children[at]
            if self.reader.tokens[c].dep in ("poss", "compound", "amod", "nmod")
            for x in (c, *self.reader.conjuncts(c))
            if self._is_party(x, deep)
        ]
        grammar, lemma = self.reader.grammar, self.reader.tokens[at].lemma
        if owners and (deep or lemma in grammar.transparent_nouns or lemma in grammar.instrument_nouns):
            return owners
        acts = lemma in grammar.instrument_nouns and not deep
        if depth == 0 or not (deep or acts or lemma in grammar.transparent_nouns):
            return []
        allowed = grammar.inside_prepositions if deep else grammar.member_prepositions
        if acts:  # "a resolution by the council bars it"
            allowed = grammar.agent_prepositions
        below, clauses = self.reader.prepositions(at)
        ordered = sorted(below, key=lambda name: name not in self.reader.grammar.agent_prepositions)
        for name in ordered:
            if name in allowed:
                direct = [x for x in below[name] if self._is_party(x, deep)]
                if direct:
                    return direct
        for name in ordered:
            if name in allowed:
                for x in below[name]:
                    if found := self._inside(x, depth - 1, deep):
                        return found
        objects = (x for found in clauses.values() for c in found for x in self.reader.kids(c, "dobj"))
        return [x for x in objects if self._is_party(x, deep)]


def _has_particle(lemma: str, frame: Frame) -> bool:
    """Whether the particle that the dictionary form asks for ("carry out") is there."""
    _, _, particle = lemma.partition(" ")
    return set(particle.split()) <= frame.particles | set(frame.preps)


def _needs_recipient(pattern: Pattern) -> bool:
    return any(e.fill == "RECIPIENT" and e.group is None for e in pattern.elements)


def _weight(element: Element) -> float:
    if element.fill == "WORDS":
        return NAMED
    if element.fill == "DEED":
        return NAMED if element.types or element.words or element.auxiliaries else FREE
    return SLOT + (NAMED / 2 if element.words or element.sectors else 0) + (0.3 if element.where == "prep" else 0)
