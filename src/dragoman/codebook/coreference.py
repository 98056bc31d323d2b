"""What experts own of coreference: pronouns, descriptions, the cues that choose between antecedents, and examples.

Every rule stands beside short texts with the words to be resolved (``mention``) and what they must stand for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from dragoman.codebook.yamlfile import CodebookError, load_yaml

PronounKind = Literal[
    "personal", "possessive", "reflexive", "reciprocal", "relative", "demonstrative",
    "both", "other", "former", "latter",
]  # fmt: skip
Number = Literal["singular", "plural"]
Gender = Literal["male", "female"]
Of = Literal["person", "country", "any"]


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text, the words to resolve and the answer.

    ``mention`` is the phrase as it stands in ``text``, "it#2" the second such. ``gives`` lists what each party must
    be: a code ("RUS"), a code and sector ("RUS MIL") or a name. An empty list means that it must stay unresolved;
    ``reason`` is then a piece of the reason given.
    """

    text: str
    mention: str
    gives: list[str] = []
    reason: str | None = None


class PronounRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pronouns that behave alike; ``person`` 1, 2 or 3, ``of`` what they stand for."""

    id: str
    kind: PronounKind
    words: list[str]
    person: int = 3
    number: Number | None = None
    of: Of = "any"
    gender: Gender | None = None
    examples: list[Example] = []


class PairRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that with a number ("both", "the two") stand for the last so many countries or persons.

    ``sector`` is given to the parties where the noun names a part of each country ("the two armies").
    """

    id: str
    nouns: list[str]
    of: Of
    sector: str | None = None
    examples: list[Example] = []


class CountryRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A description of a country: its ``nouns`` or ``adjectives``, and the ``codes`` it can be (none: any)."""

    id: str
    nouns: list[str] = []
    adjectives: list[str] = []
    codes: list[str] = []
    examples: list[Example] = []


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A country by code and name."""

    code: str
    name: str


class NameRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A phrase that names countries only where one of ``needs`` is in the article ("the North")."""

    id: str
    phrases: list[str]
    needs: list[str]
    gives: list[Named]
    examples: list[Example] = []


class RoleRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Role nouns that stand bare ("the president"): the ``person`` or body with that role, else the country's.

    ``plural`` says that the noun is of several people although its form is singular ("police"). ``bridges`` is false
    where the noun alone does not say that the body is a state's ("the rebels"). ``part`` says that a body's own
    ("the group's fighters") are the body. ``number``: the noun is a role in this number only ("forces").
    """

    id: str
    nouns: list[str]
    sector: str | None = None
    person: bool = False
    plural: bool = False
    bridges: bool = True
    part: bool = False
    number: Number | None = None
    examples: list[Example] = []


class GroupRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns for a body named before; only mentions of ``kinds`` with a sector in ``sectors`` (none: any) and not in
    ``not_sectors``, and without a code in ``not_codes``, qualify.
    ``crowd_sectors``: several people of these are one, too ("rebels ... the group").

    ``words``: one of these must stand in the antecedent's words or name.
    """

    id: str
    nouns: list[str]
    kinds: list[str] = msgspec.field(default_factory=lambda: ["organisation", "group"])
    sectors: list[str] = []
    not_sectors: list[str] = []
    not_codes: list[str] = []
    crowd_sectors: list[str] = []
    words: list[str] = []
    examples: list[Example] = []


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Word lists (lemmas unless said otherwise).

    ``definite``: determiners of a description, ``single`` those of one thing. ``counts``: words for how many, those in
    ``definite_counts`` need no article; with those in ``every`` it is as many as were named together.
    ``distributive``: determiners that make "the other" mean both. ``others``: heads of "the other" beside its own.
    ``speech``: verbs of saying. ``agent_verbs``: only a party can be their subject. ``pairing_verbs``: join subject
    and "with"/object to a pair, by the prepositions ``pairing_prepositions``. ``object_biased``: verbs whose reason,
    after ``reason_prepositions``, is the object's ("thank X for his"). ``harm_verbs``: done to others' things
    ("violating its airspace"). ``pleonastic_verbs`` and ``weather_verbs``: "it" before them is empty; ``copulas`` make
    it empty before one of the ``situations``, ``extraposition_verbs`` with a clause. ``evidence``: things that show
    something and are nobody ("a scan showed"). ``owned``: what only a party has ("its army"). ``person_nouns``,
    ``body_nouns``, ``people_nouns``: nouns for one person, a body, several people. ``spatial``: prepositions after
    which a pronoun can be the subject of its clause. ``own``: makes a possessive the subject's. ``ignored_nouns``:
    things that pronouns seldom mean (times, amounts). ``partitive``: prepositions of "soldiers of both countries".
    ``country_nouns``: with a possessive, the owner's country ("his country"). ``quotes``: pairs of marks.
    ``plural_endings``: what a plural adds to the noun. ``relational``: nouns for somebody beside their owner ("its
    ally"). ``dispatch_verbs``: whose object is the subject's ("sent troops"). ``reporting_sectors``: sectors of those
    who report, whom pronouns seldom mean. ``person_endings``: of role nouns for one person. ``singular_sectors``:
    bodies of these are never "they". ``bodies``: sectors of bodies whose presidents and spokesmen are theirs, no
    state's. ``stateless``: codes that are no country's; ``bystanders``: those that are no side of a quarrel or pact.
    ``mediation``: verbs of third parties, who are not "both sides". ``assembled``: plural nouns that mean as many as
    the article has named together ("the leaders"). ``posted``: nouns for people whom a state posts abroad; only
    ``posted_ties`` say whose they are.
    """

    definite: list[str]
    single: list[str]
    counts: dict[str, int]
    definite_counts: list[str]
    every: list[str]
    distributive: list[str]
    others: list[str]
    speech: list[str]
    agent_verbs: list[str]
    object_verbs: list[str]
    pairing_verbs: list[str]
    pairing_prepositions: list[str]
    object_biased: list[str]
    reason_prepositions: list[str]
    harm_verbs: list[str]
    weather_verbs: list[str]
    pleonastic_verbs: list[str]
    copulas: list[str]
    situations: list[str]
    evidence: list[str]
    extraposition_verbs: list[str]
    owned: list[str]
    person_nouns: list[str]
    body_nouns: list[str]
    people_nouns: list[str]
    spatial: list[str]
    own: list[str]
    ignored_nouns: list[str]
    partitive: list[str]
    country_nouns: list[str]
    quotes: dict[str, str]
    plural_endings: list[str]
    relational: list[str]
    dispatch_verbs: list[str]
    reporting_sectors: list[str]
    person_endings: list[str]
    singular_sectors: list[str]
    bodies: list[str]
    stateless: list[str]
    bystanders: list[str]
    mediation: list[str]
    assembled: list[str]
    posted: list[str]
    posted_ties: list[str]


class Genders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Titles, nouns and given names that tell a person's gender, in lower case."""

    male: list[str]
    female: list[str]


class CoreferenceKnowledge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that the step needs."""

    pronouns: list[PronounRule]
    pairs: list[PairRule]
    countries: list[CountryRule]
    names: list[NameRule]
    roles: list[RoleRule]
    groups: list[GroupRule]
    cues: Cues
    genders: Genders

    def rules(self) -> list[PronounRule | PairRule | CountryRule | NameRule | RoleRule | GroupRule]:
        """The rules of every file, in order."""
        return [*self.pronouns, *self.pairs, *self.countries, *self.names, *self.roles, *self.groups]

    def examples(self) -> list[tuple[str, Example]]:
        """Every example with its rule's id."""
        return [(rule.id, example) for rule in self.rules() for example in rule.examples]


def load_coreference(folder: Path) -> CoreferenceKnowledge:
    """Read the section ``coreference`` of a language folder. Raises CodebookError."""
    where = folder / "coreference"
    section = CoreferenceKnowledge(
        pronouns=load_yaml(where / "pronouns.yml", list[PronounRule]),
        pairs=load_yaml(where / "pairs.yml", list[PairRule]),
        countries=load_yaml(where / "countries.yml", list[CountryRule]),
        names=load_yaml(where / "names.yml", list[NameRule]),
        roles=load_yaml(where / "roles.yml", list[RoleRule]),
        groups=load_yaml(where / "groups.yml", list[GroupRule]),
        cues=load_yaml(where / "cues.yml", Cues),
        genders=load_yaml(where / "genders.yml", Genders),
    )
    seen: set[str] = set()
    for rule in section.rules():
        if rule.id in seen:
            raise CodebookError(f"{where}: the rule id {rule.id!r} is used twice: choose another")
        seen.add(rule.id)
    return section
