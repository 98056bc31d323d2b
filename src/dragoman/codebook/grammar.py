"""Function words that the coder needs to read a parse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from dragoman.codebook.yamlfile import load_yaml


class GrammarFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """grammar.yml as written; each key is explained there."""

    agent_prepositions: tuple[str, ...]
    light_verbs: tuple[str, ...]
    light_prepositions: tuple[str, ...]
    object_control_prepositions: tuple[str, ...]
    subject_control_verbs: tuple[str, ...]
    transparent_nouns: tuple[str, ...]
    instrument_nouns: tuple[str, ...]
    inside_prepositions: tuple[str, ...]
    member_prepositions: tuple[str, ...]
    condition_words: tuple[str, ...]
    condition_phrases: tuple[str, ...]
    raising_verbs: tuple[str, ...]
    target_prepositions: tuple[str, ...]
    locative_prepositions: tuple[str, ...]
    destination_prepositions: tuple[str, ...]
    destination_types: tuple[str, ...]


class Grammar(msgspec.Struct, frozen=True):
    """The same as sets, for look-ups."""

    agent_prepositions: frozenset[str]
    light_verbs: frozenset[str]
    light_prepositions: frozenset[str]
    object_control_prepositions: frozenset[str]
    subject_control_verbs: frozenset[str]
    transparent_nouns: frozenset[str]
    instrument_nouns: frozenset[str]
    inside_prepositions: frozenset[str]
    member_prepositions: frozenset[str]
    condition_words: frozenset[str]
    condition_phrases: tuple[str, ...]
    raising_verbs: frozenset[str]
    target_prepositions: frozenset[str]
    locative_prepositions: frozenset[str]
    destination_prepositions: frozenset[str]
    destination_types: frozenset[str]


def load_grammar(folder: Path) -> Grammar:
    """Read grammar.yml. Raises CodebookError."""
    file = load_yaml(folder / "grammar.yml", GrammarFile)
    values: dict[str, Any] = {
        name: getattr(file, name) if name == "condition_phrases" else frozenset(getattr(file, name))
        for name in GrammarFile.__struct_fields__
    }
    return Grammar(**values)
