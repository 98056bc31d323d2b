"""Small reports to keep: no parser needed."""

from __future__ import annotations

from dragoman.model import (
    Analysis,
    Article,
    Event,
    Evidence,
    Factuality,
    Gap,
    Hop,
    Party,
    Place,
    Quantity,
    Record,
    Report,
    Time,
)  # fmt: skip

TEXT = "Mali signs a pact\n\nMali's president met a delegation from Ghana in Accra on 3 May. He said trade would grow."


def party(text: str, name: str | None = None, code: str | None = None, sector: str | None = None) -> Party:
    return Party(text, 0, len(text), name, code, sector)


def record(
    id: str = "r1", text: str = TEXT, quote: str = "Mali's president met a delegation from Ghana", **over: object
) -> Record:
    start = text.index(quote)
    values: dict[str, object] = {
        "id": id,
        "kind": "event",
        "evidence": Evidence(start, start + len(quote), quote),
        "event": Event("CONSULT", ("visit",), (), "042", 1, 1.9),
        "actors": (party("Mali's president", "Assimi Goïta", "MLI", "GOV"),),
        "recipients": (party("a delegation from Ghana", "Ghana", "GHA"),),
        "attribution": (Hop(party("the Lomé Post", "Lomé Post"), "report"),),
        "factuality": Factuality(),
        "time": Time("3 May", "2024-05-03", "2024-05-03", "day", "derived", "2024-05-03"),
        "place": Place("Accra", "Accra", "GHA", lat=5.6, lon=-0.2),
        "quantities": (Quantity("two tonnes", 0, 10, 2.0, unit="tonne", from_=party("Mali", code="MLI")),),
        "obligation": None,
        "links": (),
        "rule": "consult.meet",
        "confidence": 0.8,
        "gaps": (Gap("obligation", "no duty is stated"),),
    }
    return Record(**(values | over))  # type: ignore[arg-type]


def report(id: str = "a1", text: str = TEXT, *records: Record, parser: str = "fake-1", **article: object) -> Report:
    values = {"publisher": "The Lomé Post", "title": "Mali signs a pact", "published": "2024-05-04"} | article
    return Report(Article(id=id, text=text, **values), Analysis(parser, ()), records=records)  # type: ignore[arg-type]
