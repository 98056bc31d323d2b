"""Cue words for factuality: negators, modals, embedding predicates and the rest of ``factuality/``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import msgspec

from dragoman.codebook.yamlfile import CodebookError, load_yaml
from dragoman.model.record import Modality, Realis

# From the plainest to what takes most away.
Grade = Literal[
    "fact",
    "present",
    "achieved",
    "probable",
    "planned",
    "prospect",
    "contingent",
    "request",
    "aim",
    "purpose",
    "ability",
    "possible",
    "unknown",
    "necessity",
    "question",
    "wish",
    "counterfactual",
    "unlikely",
    "condition",
    "order",
]
Effect = Literal["keep", "negate", Grade]
Reach = Literal["to", "object", "clause", "past", "ing", "from", "subject", "claim"]


class Shade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a modal, adverb or adjective does to the predicate it stands with.

    ``past`` is the grade before a perfect ("must have left"), ``reported`` the one in a sentence of saying ("said it
    would send"), ``negated`` the one that is denied ("could not"). ``negative``: the word denies by itself ("hardly").
    ``courteous``: with the ``courtesies`` it is politeness alone.
    """

    words: tuple[str, ...]
    grade: Grade = "fact"
    past: Grade | None = None
    reported: Grade | None = None
    negated: Grade | None = None
    negative: bool = False
    courteous: bool = False


class Embedding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What predicates do to their complements: ``effect``, and ``negated`` where the predicate is negated itself.

    ``reach`` names the complements meant: an infinitive or what is demanded (``to``), a finite ``clause`` or only one
    in the ``past``, a gerund (``ing``) or one that is barred (``from``), the ``object`` or ``subject``, or what a noun
    for a ``claim`` says. ``tags`` are the treebank tags of the predicate, where only some are meant.
    Implicative signatures after Karttunen (1971, 2012).
    """

    words: tuple[str, ...]
    effect: Effect
    reach: tuple[Reach, ...]
    negated: Effect | None = None
    tags: tuple[str, ...] = ()


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a grade means: two axes of the record, and the score -3..3 of a positive predicate and a negative one.

    ``personal`` and ``personal_negative`` are those in a sentence where writer and reader speak of themselves.
    ``denied`` is the modality of a negative one, where it differs ("cannot" is certain); ``denies``: the grade itself
    says no ("should have", "unlikely").
    """

    modality: Modality
    realis: Realis
    score: float
    negative: float
    personal: float
    personal_negative: float | None = None
    denied: Modality | None = None
    denies: bool = False


class FactualityCues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of factuality cues.

    ``conditionals`` open a clause that is no more than a condition; after the ``suppositions`` among them the main
    clause hangs on it. ``befores`` open a clause that is a condition where what it goes with is refused ("will not
    return before ..."), and did not come to pass where it could no longer ("died before he could testify").
    ``alternatives`` take the force from a "not" behind them ("whether or not"). ``pending`` before an infinitive deny
    it ("has yet to"). What is attempted failed where a verb of ``attempts`` goes on with one of the ``contrasts``
    ("tried to flee but was caught"). ``perfect`` are auxiliaries of the perfect, ``passives`` those of the passive that
    count as verbs ("got killed"). ``lasting`` are prepositions before a date from which something still goes on.
    ``performed`` are verbs for what is done by doing something else: as its purpose they are as true as that act ("sent
    doctors to help"), unless that act is one of the ``motions`` ("flew to Oslo to discuss").
    ``many`` are pronouns for several others: a bare verb joined to theirs is a present. ``adjunct_prepositions`` put a
    gerund beside the main clause ("after failing"), ``barring_prepositions`` before what is barred ("from selling");
    ``object_prepositions`` bring a verb's object ("call for"), ``occasion_prepositions`` an occasion ("in the strike").
    After the ``temporals`` among the conditionals a past has come about ("once he ruled"), after the ``causals`` a
    present is no condition ("cannot come because he is ill"). ``aheads`` are words for a time ahead by which a present
    progressive tells what is arranged. ``courtesies`` are verbs that "would" only softens after the ``own`` pronouns of
    the speaker; a speaker asks nothing about himself. ``granting`` are gerunds that take what they name for granted.
    ``articles`` leave open which thing is meant, ``whichever`` pronouns whether there is one.
    ``casual`` words, like the ``speakers``, belong to a writer who talks to his readers.
    ``please`` are words that make a bare verb a request; ``speaking_marks`` end sentences said to somebody.
    """

    negators: tuple[str, ...] = ()
    not_negating: tuple[str, ...] = ()
    negative_phrases: tuple[str, ...] = ()
    negative_prepositions: tuple[str, ...] = ()
    modals: tuple[Shade, ...] = ()
    adverbs: tuple[Shade, ...] = ()
    adjectives: tuple[Shade, ...] = ()
    verbs: tuple[Embedding, ...] = ()
    nouns: tuple[Embedding, ...] = ()
    complement_adjectives: tuple[Embedding, ...] = ()
    adjunct_prepositions: tuple[str, ...] = ()
    barring_prepositions: tuple[str, ...] = ()
    object_prepositions: tuple[str, ...] = ()
    occasion_prepositions: tuple[str, ...] = ()
    conditionals: tuple[str, ...] = ()
    suppositions: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    attempts: tuple[str, ...] = ()
    contrasts: tuple[str, ...] = ()
    passives: tuple[str, ...] = ()
    perfect: tuple[str, ...] = ()
    motions: tuple[str, ...] = ()
    please: tuple[str, ...] = ()
    speaking_marks: tuple[str, ...] = ()
    befores: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    performed: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    event_nouns: tuple[str, ...] = ()
    event_suffixes: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    temporals: tuple[str, ...] = ()
    causals: tuple[str, ...] = ()
    aheads: tuple[str, ...] = ()
    courtesies: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    granting: tuple[str, ...] = ()
    casual: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    whichever: tuple[str, ...] = ()


class Factuality(NamedTuple):
    """The factuality section, indexed by word."""

    negators: frozenset[str]
    not_negating: frozenset[str]
    negative_phrases: frozenset[str]
    negative_prepositions: frozenset[str]
    modals: dict[str, Shade]
    adverbs: dict[str, Shade]
    adjectives: dict[str, Shade]
    verbs: dict[str, tuple[Embedding, ...]]
    nouns: dict[str, tuple[Embedding, ...]]
    complement_adjectives: dict[str, tuple[Embedding, ...]]
    adjunct_prepositions: frozenset[str]
    barring_prepositions: frozenset[str]
    object_prepositions: frozenset[str]
    occasion_prepositions: frozenset[str]
    conditionals: frozenset[str]
    suppositions: frozenset[str]
    alternatives: frozenset[str]
    pending: frozenset[str]
    attempts: frozenset[str]
    contrasts: frozenset[str]
    passives: frozenset[str]
    perfect: frozenset[str]
    motions: frozenset[str]
    please: frozenset[str]
    speaking_marks: frozenset[str]
    befores: frozenset[str]
    lasting: frozenset[str]
    performed: frozenset[str]
    many: frozenset[str]
    event_nouns: frozenset[str]
    event_suffixes: tuple[str, ...]
    speakers: frozenset[str]
    temporals: frozenset[str]
    causals: frozenset[str]
    aheads: frozenset[str]
    courtesies: frozenset[str]
    own: frozenset[str]
    granting: frozenset[str]
    casual: frozenset[str]
    articles: frozenset[str]
    whichever: frozenset[str]
    readings: dict[str, Reading]


def load_factuality(folder: Path, files: Iterable[Path]) -> Factuality:
    """Read ``files`` of ``folder``, and its readings.yml. Raises CodebookError."""
    parts = [load_yaml(path, FactualityCues) for path in files if path.stem != "readings"]

    def words(name: str) -> frozenset[str]:
        return frozenset(word for part in parts for word in getattr(part, name))

    def shades(name: str) -> dict[str, Shade]:
        return {word: entry for part in parts for entry in getattr(part, name) for word in entry.words}

    def embeddings(name: str) -> dict[str, tuple[Embedding, ...]]:
        found: dict[str, list[Embedding]] = {}
        for part in parts:
            for entry in getattr(part, name):
                for word in entry.words:
                    found.setdefault(word, []).append(entry)
        return {word: tuple(entries) for word, entries in found.items()}

    return Factuality(
        negators=words("negators"),
        not_negating=words("not_negating"),
        negative_phrases=words("negative_phrases"),
        negative_prepositions=words("negative_prepositions"),
        modals=shades("modals"),
        adverbs=shades("adverbs"),
        adjectives=shades("adjectives"),
        verbs=embeddings("verbs"),
        nouns=embeddings("nouns"),
        complement_adjectives=embeddings("complement_adjectives"),
        adjunct_prepositions=words("adjunct_prepositions"),
        barring_prepositions=words("barring_prepositions"),
        object_prepositions=words("object_prepositions"),
        occasion_prepositions=words("occasion_prepositions"),
        conditionals=words("conditionals"),
        suppositions=words("suppositions"),
        alternatives=words("alternatives"),
        pending=words("pending"),
        attempts=words("attempts"),
        contrasts=words("contrasts"),
        passives=words("passives"),
        perfect=words("perfect"),
        motions=words("motions"),
        please=words("please"),
        speaking_marks=words("speaking_marks"),
        befores=words("befores"),
        lasting=words("lasting"),
        performed=words("performed"),
        many=words("many"),
        event_nouns=words("event_nouns"),
        event_suffixes=tuple(sorted(words("event_suffixes"))),
        speakers=words("speakers"),
        temporals=words("temporals"),
        causals=words("causals"),
        aheads=words("aheads"),
        courtesies=words("courtesies"),
        own=words("own"),
        granting=words("granting"),
        casual=words("casual"),
        articles=words("articles"),
        whichever=words("whichever"),
        readings=_readings(folder / "readings.yml"),
    )


def _readings(path: Path) -> dict[str, Reading]:
    """One reading for every grade. Raises CodebookError where one is missing."""
    found = load_yaml(path, dict[Grade, Reading])
    missing = set(get_args(Grade)) - set(found)
    if missing:
        raise CodebookError(f"{path}: no reading for {', '.join(sorted(missing))}")
    return {str(grade): reading for grade, reading in found.items()}
