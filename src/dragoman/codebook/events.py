"""The rules of the event codebook: their YAML form, and the patterns compiled from it.

A pattern is written in the order of a plain active sentence; the coder finds the same slots in passives, relative
clauses, nominalisations and light-verb phrases:

    ACTOR verb RECIPIENT             subject and object
    ACTOR verb [against RECIPIENT]   a prepositional phrase, optional in brackets
    ACTOR verb {arms} to RECIPIENT   the object's head is in the word set ``arms`` (words.yml)
    ACTOR verb (veil|mask)           the object's head is one of these words
    ACTOR verb RECIPIENT's {border}  the party that owns the object
    ACTOR verb RECIPIENT~            the party, or one inside the phrase ("condemned Mali's arrest of a reporter")
    ACTOR verb on|upon DEED          what is agreed, asked, threatened: a clause or an event noun
    ACTOR verb to DEED, that DEED    ... an infinitive, a finite clause
    ACTOR verb doing DEED            ... a gerund ("is considering sending")
    ACTOR verb DEED:AID|COOPERATE    ... one that is coded with one of these types
    ACTOR verb DEED:{leave}          ... one whose head is in a word set
    ACTOR verb DEED:<duty>           ... a clause whose auxiliary is in a word set ("said that Chad must leave")
    ACTOR:GOV|JUD verb               the party has one of these sectors, or one of these as its code ("UNO")
    ACTOR noun [with RECIPIENT]      for nouns, ACTOR before the noun is its possessor, modifier, by-phrase or the
                                     subject of the light verb that governs it
    ACTOR {drone} noun on RECIPIENT  before a noun, words that narrow it down
    ACTOR adj RECIPIENT              for predicate adjectives ("is ready to")
    ACTOR verb !object !for|to       without an object, or one of these prepositions; ``!deed`` without a clause,
                                     ``!subject`` without an agent ("was attacked", "with ten killed")
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import msgspec

from dragoman.codebook.yamlfile import CodebookError, item_line, load_yaml

Where = Literal["before", "object", "prep", "owner"]
Fill = Literal["ACTOR", "RECIPIENT", "DEED", "WORDS", "NOTHING"]


class Gives(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an example must give. Only what is written is compared; parties are compared by their words."""

    actors: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    modes: tuple[str, ...] | None = None
    contexts: tuple[str, ...] | None = None
    type: str | None = None


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence and what the rule gives for it: slots, or ``nothing`` for a near miss.

    ``gives: nothing`` means that this rule does not code the sentence; another rule may (``by`` names it, and is
    checked). ``todo`` marks a known gap: a strict expected failure with its reason.
    """

    text: str
    gives: Gives | Literal["nothing"]
    by: str | None = None
    todo: str | None = None


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule as written in ``events/*.yml``.

    ``event`` is the PLOVER type, null for ``kind: transfer`` or ``kind: statement`` alone. ``verbs``, ``nouns`` and
    ``adjectives`` are lemmas ("carry out" with its particle). ``reciprocal`` puts all parties among the actors;
    ``fewest`` is how many of them there must be. ``speaker`` takes the actor from the attribution of the words ("you
    must leave", she said); without one there is no event.
    ``kind: none`` is for idioms that look like an event and are none ("a request for comment"): the rule wins the
    word and gives nothing.
    ``deed`` says what becomes of the event inside DEED: ``absorb`` (it is the content of this one) or ``keep``.
    ``deed_modes`` gives modes by the type of the deed. ``obligation`` marks a duty that binds the actors.
    ``unnamed`` says that the event stands although the text names no party ("internet access was cut"): only one who
    has the power can do it.
    ``refusal`` says that not doing it is refusing it ("did not sign"): the negated event has the type of a refusal.
    ``promised`` is the type of a transfer that its actors have only promised.
    ``also`` names a second rule's type and modes that the same words state ("jailed": convict and arrest).
    """

    id: str
    examples: tuple[Example, ...]
    event: str | None = None
    kind: Literal["event", "transfer", "statement", "none"] = "event"
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    pattern: str | None = None
    patterns: tuple[str, ...] = ()
    reciprocal: bool = False
    fewest: int = 0
    speaker: bool = False
    deed: Literal["absorb", "keep"] = "absorb"
    deed_modes: dict[str, tuple[str, ...]] = {}
    obligation: bool = False
    refusal: bool = False
    unnamed: bool = False
    promised: str | None = None
    also: tuple[str, ...] = ()
    note: str | None = None


class Element(msgspec.Struct, frozen=True):
    """One condition of a pattern. ``group`` numbers the optional bracket it stands in, null where required.

    ``sectors`` are those that a party may have; a person or group of unknown sector has none of them.
    Fill NOTHING: no agent, no object, none of these prepositions or, with none of them, no clause may stand there.
    """

    where: Where
    fill: Fill
    preps: tuple[str, ...] = ()
    words: frozenset[str] | None = None
    types: frozenset[str] | None = None
    inside: bool = False
    group: int | None = None
    auxiliaries: frozenset[str] | None = None
    sectors: frozenset[str] | None = None


class Pattern(msgspec.Struct, frozen=True):
    """A compiled pattern: the class of its trigger word, the lemmas that trigger it, and its elements in order.

    A sentence that has no word of one of the sets in ``needs`` cannot match: a quick look before the slow one.
    ``by_word`` gives for the first word of each lemma the lemmas that begin with it ("carry out" for "carry").
    """

    rule: Rule
    trigger: Literal["verb", "noun", "adj"]
    lemmas: frozenset[str]
    by_word: dict[str, tuple[str, ...]]
    needs: tuple[frozenset[str], ...]
    elements: tuple[Element, ...]
    text: str


class EventRules(msgspec.Struct, frozen=True):
    """All rules, their patterns by (class, first word of the lemma), the word sets, and each rule's file by its id."""

    rules: tuple[Rule, ...]
    patterns: dict[tuple[str, str], tuple[Pattern, ...]]
    words: dict[str, frozenset[str]]
    files: dict[str, Path]

    def rule(self, id: str) -> Rule | None:
        """The rule of that id."""
        return next((rule for rule in self.rules if rule.id == id), None)

    def wrong(self, rule: Rule, problem: str) -> CodebookError:
        """The error that ``rule`` has a ``problem``, with its file and line."""
        return _wrong(self.files[rule.id], rule, problem)


def _wrong(path: Path, rule: Rule, problem: str) -> CodebookError:
    return CodebookError(f"{path}:{item_line(path, 'id', rule.id)}: rule {rule.id}: {problem}")


_ITEM = re.compile(r"\[|\]|[^\s\[\]]+")
_SLOT = re.compile(r"(ACTOR|RECIPIENT)('s|~)?(?::(?:\{(\w+)\}|([A-Z]{3}(?:\|[A-Z]{3})*)))?$")
_DEED = re.compile(r"DEED(?::(?:\{(\w+)\}|<(\w+)>|([A-Z|]+)))?$")
_WORDS = re.compile(r"\{(\w+)\}$|\(([^()]+)\)$")
_NOTHING = re.compile(r"!([a-z]+(?:_[a-z]+)*(?:\|[a-z]+(?:_[a-z]+)*)*)$")
_PLACES: dict[str, Where] = {"subject": "before", "object": "object"}
_PREPS = re.compile(r"[a-z]+(?:_[a-z]+)*(?:\|[a-z]+(?:_[a-z]+)*)*$")


def compile_pattern(rule: Rule, text: str, words: dict[str, frozenset[str]], path: Path) -> Pattern:
    """Compile one pattern of ``rule`` in the file at ``path``. Raises CodebookError with file, line and a caret."""

    def wrong(item: str, remedy: str) -> CodebookError:
        at = text.find(item)
        return _wrong(path, rule, f"{remedy}\n    {text}\n    {' ' * max(at, 0)}^")

    def word_set(key: str) -> frozenset[str]:
        if key not in words:
            raise wrong(key, f"no word set {key!r}; add it to words.yml or use one of its sets")
        return words[key]

    trigger: Literal["verb", "noun", "adj"] | None = None
    elements: list[Element] = []
    preps: tuple[str, ...] = ()
    group, groups = None, 0
    for item in _ITEM.findall(text):
        where: Where = "before" if trigger is None else ("prep" if preps else "object")
        if item == "[":
            groups += 1
            group = groups
            continue
        if item == "]":
            group = None
            continue
        if item in ("verb", "noun", "adj"):
            trigger = item
            continue
        if match := _SLOT.match(item):
            role, mark, key, sectors = match.groups()
            if mark == "'s":
                where = "owner"
            elements.append(
                Element(
                    where,
                    "ACTOR" if role == "ACTOR" else "RECIPIENT",
                    preps,
                    word_set(key) if key else None,
                    None,
                    mark == "~",
                    group,
                    sectors=frozenset(sectors.split("|")) if sectors else None,
                )
            )
        elif match := _DEED.match(item):
            key, auxiliary, types = match.groups()
            elements.append(
                Element(
                    where,
                    "DEED",
                    preps,
                    word_set(key) if key else None,
                    frozenset(types.split("|")) if types else None,
                    False,
                    group,
                    word_set(auxiliary) if auxiliary else None,
                )
            )
        elif match := _WORDS.match(item):
            key, alternatives = match.groups()
            choice = word_set(key) if key else frozenset(a.replace("_", " ") for a in alternatives.split("|"))
            elements.append(Element(where, "WORDS", preps, choice, None, False, group))
        elif (match := _NOTHING.match(item)) and trigger:
            what = match.group(1)
            named = () if what in _PLACES or what == "deed" else tuple(p.replace("_", " ") for p in what.split("|"))
            elements.append(Element(_PLACES.get(what, "prep"), "NOTHING", named, None, None, False, group))
        elif _PREPS.match(item) and trigger:
            if preps:
                raise wrong(item, f"two prepositions in a row: write {'|'.join(preps)}_{item}")
            preps = tuple(p.replace("_", " ") for p in item.split("|"))
            continue
        else:
            raise wrong(item, f"{item!r} is no part of a pattern")
        preps = ()
    if preps:
        raise wrong("|".join(preps), "nothing follows the preposition")
    if trigger is None:
        raise wrong(text, "a pattern needs its trigger: verb, noun or adj")
    lemmas = {"verb": rule.verbs, "noun": rule.nouns, "adj": rule.adjectives}[trigger]
    if not lemmas:
        raise wrong(trigger, f"the pattern names {trigger!r} and the rule lists none")
    by_word: dict[str, tuple[str, ...]] = {}
    for lemma in lemmas:
        first = lemma.partition(" ")[0]
        by_word[first] = (*by_word.get(first, ()), lemma)
    return Pattern(rule, trigger, frozenset(lemmas), by_word, _needs(elements), tuple(elements), text)


def _needs(elements: list[Element]) -> tuple[frozenset[str], ...]:
    """For each required element that names words or prepositions, the words of which one must be in the sentence.

    Of several words the first. Prepositions before DEED may stand for the form of a clause, so they are not counted.
    """
    needs = []
    for element in elements:
        if element.group is None and element.words is not None:
            needs.append(frozenset(word.partition(" ")[0] for word in element.words))
        if element.group is None and element.where == "prep" and element.fill not in ("DEED", "NOTHING"):
            needs.append(frozenset(name.partition(" ")[0] for name in element.preps))
    return tuple(needs)


def load_words(path: Path) -> dict[str, frozenset[str]]:
    """The word sets of words.yml: name -> lemmas; ``+other`` takes in another set defined above it."""
    raw = load_yaml(path, dict[str, tuple[str, ...]])
    sets: dict[str, frozenset[str]] = {}
    for name, words in raw.items():
        members: set[str] = set()
        for word in words:
            if word.startswith("+"):
                if word[1:] not in sets:
                    raise CodebookError(f"{path}: set {name}: {word[1:]!r} is not defined above it")
                members |= sets[word[1:]]
            else:
                members.add(word)
        sets[name] = frozenset(members)
    return sets


def load_events(folder: Path, extra: tuple[Path, ...] = ()) -> EventRules:
    """All rule files under ``folder``/events and the ``extra`` files of the user. Raises CodebookError."""
    words = load_words(folder / "words.yml")
    rules: list[Rule] = []
    compiled: dict[tuple[str, str], list[Pattern]] = {}
    seen: dict[str, Path] = {}
    for path in [*sorted((folder / "events").glob("*.yml")), *extra]:
        for rule in load_yaml(path, tuple[Rule, ...]):
            if rule.id in seen:
                raise _wrong(path, rule, f"there is one of that id in {seen[rule.id]}: give it another")
            seen[rule.id] = path
            rules.append(rule)
            for text in (rule.pattern, *rule.patterns) if rule.pattern else rule.patterns:
                pattern = compile_pattern(rule, text, words, path)
                for lemma in pattern.lemmas:
                    compiled.setdefault((pattern.trigger, lemma.split()[0]), []).append(pattern)
            if not rule.pattern and not rule.patterns:
                raise _wrong(path, rule, "has no pattern")
    return EventRules(tuple(rules), {key: tuple(found) for key, found in compiled.items()}, words, seen)
