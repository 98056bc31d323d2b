"""Which words say what an event is about."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dragoman.codebook.yamlfile import load_yaml


class ContextWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lemmas or two-word phrases of lemmas that state a context."""

    words: tuple[str, ...]


class Contexts(msgspec.Struct, frozen=True):
    """The contexts by single lemma and by pair of lemmas."""

    by_word: dict[str, tuple[str, ...]]
    by_pair: dict[tuple[str, str], tuple[str, ...]]

    def of(self, lemmas: list[str]) -> tuple[str, ...]:
        """The contexts that a run of lemmas states, in order of first mention."""
        found: dict[str, None] = {}
        before = ""
        for lemma in lemmas:
            for context in (*self.by_pair.get((before, lemma), ()), *self.by_word.get(lemma, ())):
                found.setdefault(context)
            before = lemma
        return tuple(found)


def load_contexts(folder: Path) -> Contexts:
    """Read contexts.yml. Raises CodebookError."""
    single: dict[str, list[str]] = {}
    pairs: dict[tuple[str, str], list[str]] = {}
    for context, entry in load_yaml(folder / "contexts.yml", dict[str, ContextWords]).items():
        for word in entry.words:
            parts = word.split()
            if len(parts) == 1:
                single.setdefault(word, []).append(context)
            else:
                pairs.setdefault((parts[-2], parts[-1]), []).append(context)
    return Contexts({k: tuple(v) for k, v in single.items()}, {k: tuple(v) for k, v in pairs.items()})
