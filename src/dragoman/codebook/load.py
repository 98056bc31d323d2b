"""The whole codebook, loaded once and handed to every step."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

import msgspec

from dragoman.codebook.actors import ActorKnowledge, load_actors
from dragoman.codebook.confidence import Calibration, load_confidence
from dragoman.codebook.contexts import Contexts, load_contexts
from dragoman.codebook.coreference import CoreferenceKnowledge, load_coreference
from dragoman.codebook.cues import Cues, load_cues
from dragoman.codebook.events import EventRules, load_events
from dragoman.codebook.grammar import Grammar, load_grammar
from dragoman.codebook.ontology import Ontology, load_ontology
from dragoman.codebook.pages import PageKnowledge, load_pages
from dragoman.codebook.places import PlaceKnowledge, load_places
from dragoman.codebook.quantities import QuantityKnowledge, load_quantities
from dragoman.codebook.sayings import Sayings, sayings_of
from dragoman.codebook.times import TimeKnowledge, load_times
from dragoman.codebook.user_actors import with_user_actors
from dragoman.codebook.yamlfile import CodebookError

DATA = Path(__file__).parent / "data"


class Codebook(msgspec.Struct, frozen=True):
    """Everything that experts own, for one language. ``version`` names the release and a digest of all files."""

    language: str
    version: str
    ontology: Ontology
    grammar: Grammar
    events: EventRules
    contexts: Contexts
    confidence: Calibration
    actors: ActorKnowledge
    coreference: CoreferenceKnowledge
    cues: Cues
    pages: PageKnowledge
    places: PlaceKnowledge
    quantities: QuantityKnowledge
    times: TimeKnowledge
    name_words: frozenset[str]

    def is_name(self, word: str) -> bool:
        """Whether a capitalised word is part of a name of a state, people, place or person that the codebook lists."""
        return word.casefold() in self.name_words

    @property
    def sayings(self) -> Sayings:
        """The verbs that tell of words said."""
        return sayings_of(self.cues)


def load_codebook(
    language: str = "en", rules: tuple[Path, ...] = (), actors: tuple[Path, ...] = (), data: Path = DATA
) -> Codebook:
    """Load the codebook of a language with the user's own rule and actor files. Raises CodebookError."""
    folder = data / language
    if not folder.is_dir():
        have = ", ".join(sorted(p.name for p in data.iterdir() if p.is_dir()))
        raise CodebookError(f"{folder}: no codebook for language {language!r}; there is: {have}")
    ontology = load_ontology(data / "ontology.yml")
    events = load_events(folder, rules)
    _check_types(events, ontology)
    who = with_user_actors(load_actors(folder), actors, ontology.sectors)
    return Codebook(
        language=language,
        version=f"{metadata.version('dragoman')}+{digest(folder, (*rules, *actors))}",
        ontology=ontology,
        grammar=load_grammar(folder),
        events=events,
        contexts=load_contexts(folder),
        confidence=load_confidence(data / "confidence.yml"),
        actors=who,
        coreference=load_coreference(folder),
        cues=load_cues(folder),
        pages=load_pages(folder),
        places=load_places(folder),
        quantities=load_quantities(folder),
        times=load_times(folder),
        name_words=_name_words(who),
    )


def digest(folder: Path, extra: tuple[Path, ...] = ()) -> str:
    """Ten hexadecimal digits over the names and bytes of all files of the codebook."""
    total = hashlib.sha256()
    for path in [*sorted(p for p in folder.rglob("*") if p.suffix in (".yml", ".tsv")), *extra]:
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:10]


# Names of bodies and parties are made of common words ("Bank", "Labour"); those of these kinds are not.
_PROPER = frozenset({"country", "demonym", "people", "capital", "region", "city", "person", "block"})


def _name_words(actors: ActorKnowledge) -> frozenset[str]:
    """The words of proper names, folded to lower case."""
    return frozenset(
        word.casefold()
        for entry in actors.entries
        if entry.kind in _PROPER
        for name in (entry.name, *entry.also)
        for word in name.split()
        if word[:1].isupper()
    )


def _check_types(events: EventRules, ontology: Ontology) -> None:
    """Every type, mode and context that a rule names must be in the ontology."""
    for rule in events.rules:
        named = [(rule.event, rule.modes)] if rule.event else []
        named += [(t, (m,) if m else ()) for t, _, m in (a.partition("/") for a in rule.also)]
        for type, modes in named:
            if type not in ontology.types:
                raise events.wrong(rule, f"no event type {type!r}; one of {', '.join(ontology.types)}")
            extra = {m for ms in rule.deed_modes.values() for m in ms} if type == rule.event else set()
            for mode in (*modes, *sorted(extra)):
                if mode not in ontology.types[type].modes:
                    allowed = ", ".join(ontology.types[type].modes) or "none"
                    raise events.wrong(rule, f"{type} has no mode {mode!r}; its modes: {allowed}")
        for context in rule.contexts:
            if context not in ontology.contexts:
                raise events.wrong(rule, f"no context {context!r}; one of {', '.join(ontology.contexts)}")
