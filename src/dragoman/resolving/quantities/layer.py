"""Findings as ``--layers`` prints them."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.codebook.quantities import QuantityKnowledge
from dragoman.model import QuantityFinding
from dragoman.resolving.quantities.units import layer_names


def layer_rows(findings: Iterable[QuantityFinding], knowledge: QuantityKnowledge) -> tuple[dict[str, object], ...]:
    """The ``quantities`` layer: offsets of number and unit without the modifier, units by their English names.

    Findings and records hold "USD", "km", "%"; the layer, like the published specifications of number recognisers,
    names the unit in words ("United States dollar", "Kilometer"; "%" stays).
    """
    names = layer_names(knowledge.units, knowledge.currencies)
    return tuple(_row(finding, names) for finding in findings)


def _row(finding: QuantityFinding, names: dict[str, str]) -> dict[str, object]:
    span = finding.number_span or finding.span
    shift = span.start - finding.span.start
    return {
        "start": span.start,
        "end": span.end,
        "text": finding.text[shift : shift + span.end - span.start],
        "value": finding.value,
        "low": finding.low,
        "high": finding.high,
        "modifier": finding.modifier,
        "unit": names.get(finding.unit, finding.unit) if finding.unit else None,
        "item": finding.counted,
    }
