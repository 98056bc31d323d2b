"""PLOVER as data: types, modes, contexts, scores, quad classes and the CAMEO code of each."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dragoman.codebook.yamlfile import load_yaml


class ModeSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mode: ``score`` replaces the type's; ``cameo`` is the code it maps to; ``contexts`` it always adds."""

    score: float | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()


class TypeSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event type: quad class 1..4, score, CAMEO root, whether a recipient is required, its modes.

    ``binds`` marks the type that puts a duty on its actors, ``moves`` those in which things go from actor to recipient.
    ``planned`` is the type that a planned event of this type is coded with (and ``planned_modes`` its modes),
    ``refused`` the type of one that its actor will not do.
    """

    quad: int
    score: float
    cameo: str
    recipient: bool = False
    binds: bool = False
    moves: bool = False
    planned: str | None = None
    planned_modes: tuple[str, ...] = ()
    refused: str | None = None
    modes: dict[str, ModeSpec] = {}


class Ontology(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The event ontology and the sectors."""

    types: dict[str, TypeSpec]
    contexts: tuple[str, ...]
    sectors: dict[str, str]

    def intensity(self, type: str, modes: tuple[str, ...]) -> float:
        """Score of a type with its modes; with several, the one farthest from 0 (plover.md, section 2.1)."""
        spec = self.types[type]
        scores = [s for m in modes if m in spec.modes and (s := spec.modes[m].score) is not None]
        return max(scores, key=abs) if scores else spec.score

    def reduced(
        self, type: str, modes: tuple[str, ...], polarity: str, realis: str, refusal: bool = False
    ) -> tuple[str, tuple[str, ...]]:
        """Type and modes that an event is output with, given its factuality (docs/decisions/plover-rulings.md).

        ``refusal`` says that the event was refused where it did not happen.
        """
        spec = self.types[type]
        if refusal and (polarity, realis) == ("negative", "actual") and spec.refused:
            return spec.refused, ()
        if realis != "planned":
            return type, modes
        if polarity == "negative":
            return (spec.refused, ()) if spec.refused else (type, modes)
        return (spec.planned, spec.planned_modes) if spec.planned else (type, modes)

    def cameo(self, type: str, modes: tuple[str, ...]) -> str:
        """CAMEO code of a type with its modes: that of the first mode which has one, else the root."""
        spec = self.types[type]
        return next((c for m in modes if m in spec.modes and (c := spec.modes[m].cameo)), spec.cameo)


def load_ontology(path: Path) -> Ontology:
    """Read ontology.yml. Raises CodebookError."""
    return load_yaml(path, Ontology)
