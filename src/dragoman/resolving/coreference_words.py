"""The coreference section of the codebook, indexed once for looking words up."""

from __future__ import annotations

from dragoman.codebook.coreference import (
    CoreferenceKnowledge,
    CountryRule,
    Cues,
    GroupRule,
    NameRule,
    PairRule,
    PronounRule,
    RoleRule,
)
from dragoman.model import Token


class Words:
    """Indexes over the section; nothing in it changes after it is built."""

    def __init__(self, knowledge: CoreferenceKnowledge) -> None:
        self.pronouns: dict[str, PronounRule] = {}
        self.reciprocals: dict[str, tuple[str, PronounRule]] = {}
        for pronoun in knowledge.pronouns:
            for word in pronoun.words:
                first, _, last = word.rpartition(" ")
                if first:
                    self.reciprocals[last] = (first, pronoun)
                    self.reciprocals[first + " " + last] = (first, pronoun)
                else:
                    self.pronouns[word] = pronoun
        self.pairs: dict[str, PairRule] = {noun: rule for rule in knowledge.pairs for noun in rule.nouns}
        self.country_nouns: dict[str, CountryRule] = {n: rule for rule in knowledge.countries for n in rule.nouns}
        self.adjectives: dict[str, frozenset[str]] = {
            word: frozenset(rule.codes) for rule in knowledge.countries for word in rule.adjectives
        }
        self.names: dict[str, list[tuple[tuple[str, ...], NameRule]]] = {}
        for name in knowledge.names:
            for phrase in name.phrases:
                words = tuple(phrase.split())
                self.names.setdefault(words[-1], []).append((words, name))
        for entries in self.names.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self.roles: dict[str, RoleRule] = {}
        self.role_phrases: dict[str, RoleRule] = {}
        for role in knowledge.roles:
            for noun in role.nouns:
                self.role_phrases[noun] = role
                self.roles.setdefault(noun.rpartition(" ")[2], role)
        for role in knowledge.roles:
            for noun in role.nouns:
                if " " not in noun:
                    self.roles[noun] = role
        self.groups: dict[str, GroupRule] = {noun: rule for rule in knowledge.groups for noun in rule.nouns}
        cues: Cues = knowledge.cues
        self.definite = frozenset(cues.definite)
        self.single = frozenset(cues.single)
        self.counts = cues.counts
        self.definite_counts = frozenset(cues.definite_counts)
        self.every = frozenset(cues.every)
        self.distributive = frozenset(cues.distributive)
        self.others = frozenset(cues.others)
        self.speech = frozenset(cues.speech)
        self.agent_verbs = frozenset(cues.agent_verbs)
        self.object_verbs = frozenset(cues.object_verbs)
        self.pairing_verbs = frozenset(cues.pairing_verbs)
        self.pairing_prepositions = frozenset(cues.pairing_prepositions)
        self.object_biased = frozenset(cues.object_biased)
        self.reason_prepositions = frozenset(cues.reason_prepositions)
        self.harm_verbs = frozenset(cues.harm_verbs)
        self.weather_verbs = frozenset(cues.weather_verbs)
        self.pleonastic_verbs = frozenset(cues.pleonastic_verbs)
        self.copulas = frozenset(cues.copulas)
        self.situations = frozenset(cues.situations)
        self.extraposition_verbs = frozenset(cues.extraposition_verbs)
        self.owned = frozenset(cues.owned)
        self.person_nouns = frozenset(cues.person_nouns)
        self.body_nouns = frozenset(cues.body_nouns)
        self.people_nouns = frozenset(cues.people_nouns)
        self.spatial = frozenset(cues.spatial)
        self.own = frozenset(cues.own)
        self.ignored_nouns = frozenset(cues.ignored_nouns)
        self.partitive = frozenset(cues.partitive)
        self.owner_nouns = frozenset(cues.country_nouns)
        self.relational = frozenset(cues.relational)
        self.dispatch_verbs = frozenset(cues.dispatch_verbs)
        self.reporting_sectors = frozenset(cues.reporting_sectors)
        self.singular_sectors = frozenset(cues.singular_sectors)
        self.bodies = frozenset(cues.bodies)
        self.bystanders = frozenset(cues.bystanders)
        self.stateless = frozenset(cues.stateless)
        self.mediation = frozenset(cues.mediation)
        self.assembled = frozenset(cues.assembled)
        self.posted = frozenset(cues.posted)
        self.posted_ties = frozenset(cues.posted_ties)
        self.quotes = cues.quotes
        self.genders: dict[str, str] = dict.fromkeys(knowledge.genders.male, "male")
        for word in knowledge.genders.female:
            self.genders[word] = "" if word in self.genders else "female"
        # Lemmas at which a description can have its head.
        self.heads = frozenset(
            {
                *self.pairs, *self.country_nouns, *self.roles, *self.groups, *self.names, *self.others, *self.counts,
                *self.pronouns, *self.reciprocals,
            }
        )  # fmt: skip
        self._person_endings = tuple(cues.person_endings)
        self._endings = tuple(cues.plural_endings)

    def is_person(self, noun: str) -> bool:
        """Whether a role noun is for one person ("broker") and not for a body ("industry")."""
        role = self.roles.get(noun)
        return (
            noun in self.person_nouns
            or bool(self.genders.get(noun))
            or (role is not None and role.person)
            or (role is None and noun not in self.body_nouns and noun.endswith(self._person_endings))
        )

    def noun(self, token: Token) -> str:
        """The lemma, also of a plural with a capital, which the parser takes for a name ("Rebels")."""
        if token.pos == "PROPN" and token.lemma not in self.heads:
            for ending in self._endings:
                stem = token.lemma.removesuffix(ending)
                if stem in self.heads:
                    return stem
        return token.lemma
