"""The public contract as JSON: what ``read --json`` and ``code`` print, and its schema."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from dragoman.model import Article, Layers, Record, Report

# Fields that the steps need and the contract does not have.
INTERNAL = ("body_start",)


def json_of(report: Report, layers: Layers | None = None) -> dict[str, Any]:
    """``{"article": {...}, "records": [...]}`` in plain types, followed by the ``layers`` where they are given."""
    out: dict[str, Any] = {"article": article_json(report.article), "records": msgspec.to_builtins(report.records)}
    if layers is not None:
        out |= msgspec.to_builtins(layers)
    return out


def at_least(report: Report, confidence: float) -> Report:
    """The report with those of its records that are so sure, 0 to 1, and with no link to one that is not there."""
    kept = [record for record in report.records if record.confidence >= confidence]
    if len(kept) == len(report.records):
        return report
    ids = {record.id for record in kept}
    linked = (replace(record, links=tuple(link for link in record.links if link.to in ids)) for record in kept)
    return replace(report, records=tuple(linked))


def article_json(article: Article) -> dict[str, Any]:
    """The article in plain types."""
    out: dict[str, Any] = msgspec.to_builtins(article)
    for name in INTERNAL:
        del out[name]
    return out


def line_of(values: dict[str, Any]) -> bytes:
    """``values`` as one line of JSON, UTF-8, with its line end. The same values give the same bytes."""
    return msgspec.json.encode(values) + b"\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what ``json_of`` gives without layers, made from the model."""
    (article, record), components = msgspec.json.schema_components(
        (Article, Record), ref_template="#/$defs/{name}"
    )
    for name in INTERNAL:
        components["Article"]["properties"].pop(name)
    for component in components.values():
        _complete(component)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "dragoman",
        "description": "What dragoman read --json prints; dragoman code adds id, a folder adds path.",
        "type": "object",
        "properties": {"article": article, "records": {"type": "array", "items": record}},
        "required": ["article", "records"],
        "$defs": components,
    }


def _complete(component: dict[str, Any]) -> None:
    """Every field is always printed, defaults too, so a reader may rely on it."""
    if "properties" in component:
        component["required"] = list(component["properties"])
