"""Function words that the coder needs to read a parse."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dragoman.codebook.yamlfile import load_yaml


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """grammar.yml; each key is explained there."""

    agent_prepositions: frozenset[str]
    light_verbs: frozenset[str]
    light_prepositions: frozenset[str]
    manner_prepositions: frozenset[str]
    matter_prepositions: frozenset[str]
    object_control_prepositions: frozenset[str]
    subject_control_verbs: frozenset[str]
    helping_verbs: frozenset[str]
    transparent_nouns: frozenset[str]
    instrument_nouns: frozenset[str]
    inside_prepositions: frozenset[str]
    member_prepositions: frozenset[str]
    condition_words: frozenset[str]
    condition_phrases: tuple[str, ...]
    target_prepositions: frozenset[str]
    closed_prepositions: frozenset[str]
    generic_pronouns: frozenset[str]
    reflexives: frozenset[str]
    accident_verbs: frozenset[str]
    blaming_verbs: frozenset[str]
    blaming_prepositions: frozenset[str]
    month_names: frozenset[str]
    own_pronouns: frozenset[str]
    perfect_auxiliaries: frozenset[str]
    question_words: frozenset[str]
    company_prepositions: frozenset[str]
    time_prepositions: frozenset[str]
    naming_verbs: frozenset[str]
    reason_prepositions: frozenset[str]
    locative_prepositions: frozenset[str]
    destination_prepositions: frozenset[str]
    destination_types: frozenset[str]
    lemmas: dict[str, str]


def load_grammar(folder: Path) -> Grammar:
    """Read grammar.yml. Raises CodebookError."""
    return load_yaml(folder / "grammar.yml", Grammar)
