"""Cue words: what reports speech and thought, and what makes a predicate less than certain.

Two sections of the codebook are read here: ``attribution/`` (verbs, nouns, adverbs and phrases that introduce
somebody's words) and ``factuality/`` (negators, modals, embedding predicates and conditionals).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar, get_args

import msgspec

from dragoman.codebook.yamlfile import CodebookError, load_yaml
from dragoman.model.record import Act, Modality, Realis

Entry = TypeVar("Entry")
Frame = Literal["clause", "to", "object", "predicate", "bare"]
CueKind = Literal["speech", "thought", "attitude", "seeming"]
Grade = Literal[
    "fact", "present", "achieved", "probable", "planned", "prospect", "purpose", "ability", "possible", "unknown",
    "necessity", "question", "wish", "unlikely", "condition", "order",
]
Effect = Literal["keep", "negate", Grade]
Reach = Literal["to", "object", "clause", "ing", "subject"]


class VerbCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that share what may follow them.

    ``frames`` say where the content stands: ``clause`` (a finite clause, a question, or a quotation around the verb),
    ``to`` (an infinitive), ``object`` (the object and all that follows), ``predicate`` (object and what it is called),
    ``bare`` (a quotation only). ``prepositions`` introduce content of their own ("call for", "point to"). ``hearer``:
    an object before a clause is who is told. ``charge`` are prepositions after an object whose own object is what is
    alleged ("accuse them of"). ``negated`` is the act of "did not ..." where it is another one. ``particle`` is the
    word that must go with the verb ("point out").
    """

    verbs: tuple[str, ...]
    kind: CueKind
    frames: tuple[Frame, ...] = ()
    act: Act = "assert"
    negated: Act | None = None
    prepositions: tuple[str, ...] = ()
    hearer: bool = False
    charge: tuple[str, ...] = ()
    particle: str | None = None


class NounCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns for words and thoughts: content is a clause (``frames``) or follows one of ``prepositions``.

    ``held``: only as the object of one of the ``givers`` ("took aim at"), whose subject speaks.
    """

    nouns: tuple[str, ...]
    kind: CueKind
    frames: tuple[Literal["clause", "to"], ...] = ()
    act: Act = "assert"
    prepositions: tuple[str, ...] = ()
    held: bool = False


class AdjectiveCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Predicate adjectives and participles, as they are written, with a clause, an infinitive or a preposition."""

    adjectives: tuple[str, ...]
    kind: CueKind
    frames: tuple[Literal["clause", "to"], ...] = ()
    act: Act = "assert"
    prepositions: tuple[str, ...] = ()


class AdverbCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Adverbs and adjectives behind which a speaker hides ("reportedly", "alleged")."""

    words: tuple[str, ...]
    act: Act


class PhraseCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A preposition-like phrase before the source ("according to"); ``words`` are lower case."""

    words: str
    act: Act = "assert"


class AttributionCues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of cues.

    ``headline_speakers`` are words that speak before a colon ("Police: ..."), ``headline_labels`` those that do not
    ("Update: ..."). ``not_speakers`` are lemmas that are nobody. ``statement_nouns`` are what a participle may stand
    with ("a statement saying"). ``circumstances`` are prepositions that end an object's content,
    ``noun_agents`` those before the speaker of a noun ("a warning by"), ``noun_owners`` those that are so where a
    clause follows ("the fear of officials that"), ``articles`` what a wire may have. ``givers`` are verbs that lend
    themselves to a noun of saying ("make a claim", "issue a warning"): their subject speaks. ``questions`` open an
    indirect question, ``comments`` a clause that says whose the main clause is ("as the paper noted").
    """

    verbs: tuple[VerbCue, ...] = ()
    nouns: tuple[NounCue, ...] = ()
    adjectives: tuple[AdjectiveCue, ...] = ()
    adverbs: tuple[AdverbCue, ...] = ()
    phrases: tuple[PhraseCue, ...] = ()
    headline_speakers: tuple[str, ...] = ()
    headline_labels: tuple[str, ...] = ()
    not_speakers: tuple[str, ...] = ()
    statement_nouns: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    noun_agents: tuple[str, ...] = ()
    noun_owners: tuple[str, ...] = ()
    givers: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


class Shade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a modal, adverb or adjective does to the predicate it stands with.

    ``past`` is the grade before a perfect ("must have left"), ``reported`` the one in a sentence of saying ("said it
    would send"). ``negative``: the word denies by itself ("hardly").
    """

    words: tuple[str, ...]
    grade: Grade = "fact"
    past: Grade | None = None
    reported: Grade | None = None
    negative: bool = False


class Embedding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What predicates do to their complements: ``effect``, and ``negated`` where the predicate is negated itself.

    ``reach`` names the complements meant; ``tags`` the treebank tags of the predicate, where only some are meant.
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
    """

    modality: Modality
    realis: Realis
    score: float
    negative: float
    personal: float
    personal_negative: float | None = None


class FactualityCues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of factuality cues.

    ``befores`` open a clause that is a condition where what it goes with is refused ("will not return before ...").
    ``lasting`` are prepositions before a year from which something still goes on. ``performed`` are verbs for what is
    done by doing something else: as its purpose they are as true as that act ("sent doctors to help").
    ``many`` are pronouns for several others: a bare verb joined to theirs is a present.
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
    conditionals: tuple[str, ...] = ()
    befores: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    performed: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    event_nouns: tuple[str, ...] = ()
    event_suffixes: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()


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
    conditionals: frozenset[str]
    befores: frozenset[str]
    lasting: frozenset[str]
    performed: frozenset[str]
    many: frozenset[str]
    event_nouns: frozenset[str]
    event_suffixes: tuple[str, ...]
    speakers: frozenset[str]
    readings: dict[str, Reading]


class Cues(NamedTuple):
    """What ``load_cues`` gives: both sections, indexed by word."""

    verbs: dict[str, tuple[VerbCue, ...]]
    nouns: dict[str, tuple[NounCue, ...]]
    adjectives: dict[str, tuple[AdjectiveCue, ...]]
    adverbs: dict[str, AdverbCue]
    phrases: dict[str, tuple[tuple[PhraseCue, tuple[str, ...]], ...]]
    headline_speakers: frozenset[str]
    headline_labels: frozenset[str]
    not_speakers: frozenset[str]
    statement_nouns: frozenset[str]
    circumstances: frozenset[str]
    noun_agents: frozenset[str]
    noun_owners: frozenset[str]
    givers: frozenset[str]
    questions: frozenset[str]
    comments: frozenset[str]
    articles: tuple[str, ...]
    factuality: Factuality

    def is_speech(self, pos: str, word: str, lemma: str) -> bool:
        """Whether a cue (universal part of speech, word, dictionary form) tells of words said, not thought or felt."""
        kinds = {
            "VERB": self.verb_kind(lemma),
            "NOUN": next((entry.kind for entry in self.nouns.get(lemma, ())), None),
            "ADJ": next((entry.kind for entry in self.adjectives.get(word.lower(), ())), None),
        }
        return kinds.get(pos) in (None, "speech")

    def verb_kind(self, lemma: str) -> CueKind | None:
        """Kind of the cue verb ``lemma``: a hop of a record is made by speech, not by seeming or attitude."""
        entries = self.verbs.get(lemma)
        return entries[0].kind if entries else None


def load_cues(folder: Path) -> Cues:
    """Read ``attribution/`` and ``factuality/`` below ``folder`` (the language). Raises CodebookError."""
    parts = [load_yaml(path, AttributionCues) for path in _files(folder / "attribution")]
    phrases: dict[str, tuple[tuple[PhraseCue, tuple[str, ...]], ...]] = {}
    for part in parts:
        for phrase in part.phrases:
            words = tuple(phrase.words.split())
            phrases[words[0]] = (*phrases.get(words[0], ()), (phrase, words))
    return Cues(
        verbs=_by_word((word, entry) for part in parts for entry in part.verbs for word in entry.verbs),
        nouns=_by_word((word, entry) for part in parts for entry in part.nouns for word in entry.nouns),
        adjectives=_by_word((word, entry) for part in parts for entry in part.adjectives for word in entry.adjectives),
        adverbs={word: entry for part in parts for entry in part.adverbs for word in entry.words},
        phrases=phrases,
        headline_speakers=frozenset(word for part in parts for word in part.headline_speakers),
        headline_labels=frozenset(word for part in parts for word in part.headline_labels),
        not_speakers=frozenset(word for part in parts for word in part.not_speakers),
        statement_nouns=frozenset(word for part in parts for word in part.statement_nouns),
        circumstances=frozenset(word for part in parts for word in part.circumstances),
        noun_agents=frozenset(word for part in parts for word in part.noun_agents),
        noun_owners=frozenset(word for part in parts for word in part.noun_owners),
        givers=frozenset(word for part in parts for word in part.givers),
        questions=frozenset(word for part in parts for word in part.questions),
        comments=frozenset(word for part in parts for word in part.comments),
        articles=tuple(word for part in parts for word in part.articles),
        factuality=_load_factuality(folder / "factuality"),
    )


def _by_word(pairs: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for word, entry in pairs:
        found.setdefault(word, []).append(entry)
    return {word: tuple(entries) for word, entries in found.items()}


def _load_factuality(folder: Path) -> Factuality:
    parts = [load_yaml(path, FactualityCues) for path in _files(folder) if path.stem != "readings"]

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
        conditionals=words("conditionals"),
        befores=words("befores"),
        lasting=words("lasting"),
        performed=words("performed"),
        many=words("many"),
        event_nouns=words("event_nouns"),
        event_suffixes=tuple(sorted(words("event_suffixes"))),
        speakers=words("speakers"),
        readings=_readings(folder / "readings.yml"),
    )


def _readings(path: Path) -> dict[str, Reading]:
    """One reading for every grade. Raises CodebookError where one is missing."""
    found = load_yaml(path, dict[Grade, Reading])
    missing = set(get_args(Grade)) - set(found)
    if missing:
        raise CodebookError(f"{path}: no reading for {', '.join(sorted(missing))}")
    return {str(grade): reading for grade, reading in found.items()}


def _files(folder: Path) -> list[Path]:
    """Cue files of a section in order of name; files of examples are not cues."""
    found = sorted(path for path in folder.glob("*.yml") if not path.stem.startswith("examples"))
    if not found:
        raise CodebookError(f"{folder}: no cue files")
    return found
