"""Every finding before assembly, as ``--layers`` prints it. Offsets are in ``article.text``."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.codebook.quantities import QuantityKnowledge
from dragoman.model import Layers, Report, Span
from dragoman.resolving.quantities import layer_rows

Rows = tuple[dict[str, object], ...]


def layers_of(report: Report, knowledge: QuantityKnowledge, actor_rows: Callable[[Report], Rows]) -> Layers:
    """The findings of a report by layer; what could not be resolved has null where its value would stand.

    ``knowledge`` gives units their plain names, ``actor_rows`` the rows of named actors and roles.
    """
    return Layers(
        times=tuple(
            {**_at(f.span, f.text), "type": f.type, "value": f.value, "first": f.first, "last": f.last}
            for time in report.times
            for f in time.parts or (time,)
        ),
        places=tuple(
            {
                **_at(f.span, f.text),
                "name": f.name,
                "country": f.country,
                "lat": f.lat,
                "lon": f.lon,
                "geonames": f.geonames,
            }
            for f in report.places
        ),
        quantities=tuple(layer_rows(report.quantities, knowledge)),
        actors=actor_rows(report),
        attributions=tuple(
            {
                "source": _pair(f.source),
                "cue": _pair(f.cue),
                "content": [_pair(piece) for piece in f.content],
                "act": f.act,
                "direct": f.direct,
            }
            for f in report.attributions
        ),
        factuality=tuple(
            {
                **_at(f.span, f.span.of(report.article.text)),
                "score": f.score,
                "polarity": f.polarity,
                "modality": f.modality,
                "realis": f.realis,
            }
            for f in report.factuality
        ),
    )


def _at(span: Span, text: str) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "text": text}


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None
