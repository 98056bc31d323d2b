"""Cue words: what reports speech and thought, and what makes a predicate less than certain.

Two sections of the codebook are read here: ``attribution/`` (verbs, nouns, adverbs and phrases that introduce
somebody's words) and ``factuality/`` (negators, modals, embedding predicates and conditionals).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

import msgspec

from dragoman.codebook.factuality import Factuality, load_factuality
from dragoman.codebook.yamlfile import CodebookError, load_yaml
from dragoman.model.record import Act

Entry = TypeVar("Entry")
Frame = Literal["clause", "to", "object", "predicate", "bare", "experience"]
CueKind = Literal["speech", "thought", "attitude", "seeming"]


class VerbCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that share what may follow them.

    ``frames`` say where the content stands: ``clause`` (a finite clause, a question, or a quotation around the verb),
    ``to`` (an infinitive), ``object`` (the object and all that follows), ``predicate`` (object and what it is called),
    ``bare`` (a quotation only), ``experience`` (the subject, of which the object feels something). ``prepositions``
    introduce content of their own ("call for", "point to"). ``hearer``: an object before a clause is who is told.
    ``charge`` are prepositions after an object whose own object is what is alleged ("accuse them of"). ``negated`` is
    the act of "did not ..." where it is another one. ``particle`` is the word that must go with the verb ("point out",
    "make clear"). ``objects``: nouns that an object must be, where the verb also takes things that say nothing
    ("release a report", "release a prisoner"). ``subjects``: nouns that the subject must be, where the verb tells only
    what such a thing says ("the poll puts her support at a third"). ``not_objects``: nouns that show that nothing is
    said or thought ("recalled the ambassador"). ``stated``: only in a finite clause without a modal, where the verb
    also tells what somebody may do ("they see a threat in it", "to see the film").
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
    objects: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    not_objects: tuple[str, ...] = ()
    stated: bool = False


class NounCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns for words and thoughts: content is a clause (``frames``) or follows one of ``prepositions``.

    ``held``: only as the object of one of the ``givers`` ("took aim at"), whose subject speaks. ``owned``: only where
    the text says whose ("his order to", not "in order to"). ``inside``: only after one of these prepositions ("in
    favor of"), where the subject of the verb above speaks. ``role``: nouns for who speaks or thinks so, only as what
    the subject is said to be ("is a critic of the treaty", "was a Silva supporter"). ``received``: only as the object
    of one of the ``receivers``, whose subject is the content; who feels so follows ("has the support of the miners").
    """

    nouns: tuple[str, ...]
    kind: CueKind
    frames: tuple[Literal["clause", "to"], ...] = ()
    act: Act = "assert"
    prepositions: tuple[str, ...] = ()
    held: bool = False
    owned: bool = False
    inside: tuple[str, ...] = ()
    role: bool = False
    received: bool = False


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
    indirect question, ``comments`` a clause that says whose the main clause is ("as the paper noted"),
    ``conjunctions`` what is reported, wherever the parser hangs it; ``contrasts`` what somebody else says beside it
    ("said it had won, while monitors reported fraud"). ``standpoints`` are prepositions with the nouns whose owner
    holds what the clause says ("in her view"); ``surveys`` are nouns whose makers do ("in a new poll").
    ``grounds`` are prepositions of what somebody is praised or blamed for. ``occasions`` are lemmas of when and where
    something is said, after a preposition that could also open what it is about ("a speech on Monday"). ``carriers``
    are prepositions before words that the subject says in doing something ("opened with an attack on"). ``receivers``
    are verbs whose subject has what others say or feel ("won the backing of").
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
    conjunctions: tuple[str, ...] = ()
    contrasts: tuple[str, ...] = ()
    standpoints: dict[str, tuple[str, ...]] = {}
    surveys: dict[str, tuple[str, ...]] = {}
    grounds: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


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
    conjunctions: frozenset[str]
    contrasts: frozenset[str]
    standpoints: dict[str, frozenset[str]]
    surveys: dict[str, frozenset[str]]
    grounds: frozenset[str]
    occasions: frozenset[str]
    carriers: frozenset[str]
    receivers: frozenset[str]
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
        conjunctions=frozenset(word for part in parts for word in part.conjunctions),
        contrasts=frozenset(word for part in parts for word in part.contrasts),
        standpoints={word: frozenset(nouns) for part in parts for word, nouns in part.standpoints.items()},
        surveys={word: frozenset(nouns) for part in parts for word, nouns in part.surveys.items()},
        grounds=frozenset(word for part in parts for word in part.grounds),
        occasions=frozenset(word for part in parts for word in part.occasions),
        receivers=frozenset(word for part in parts for word in part.receivers),
        carriers=frozenset(word for part in parts for word in part.carriers),
        comments=frozenset(word for part in parts for word in part.comments),
        articles=tuple(word for part in parts for word in part.articles),
        factuality=load_factuality(folder / "factuality", _files(folder / "factuality")),
    )


def _by_word(pairs: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for word, entry in pairs:
        found.setdefault(word, []).append(entry)
    return {word: tuple(entries) for word, entries in found.items()}


def _files(folder: Path) -> list[Path]:
    """Cue files of a section in order of name; files of examples are not cues."""
    found = sorted(path for path in folder.glob("*.yml") if not path.stem.startswith("examples"))
    if not found:
        raise CodebookError(f"{folder}: no cue files")
    return found
