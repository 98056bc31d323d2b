"""The report: an article and the layers found so far. Steps are pure functions Report -> Report."""

from __future__ import annotations

from functools import cached_property

import msgspec

from dragoman.model.analysis import Analysis
from dragoman.model.article import Article
from dragoman.model.findings import (
    ActorMention,
    AttributionFinding,
    EventFinding,
    FactualityFinding,
    PlaceFinding,
    QuantityFinding,
    TimeFinding,
)
from dragoman.model.record import Record


class Report(msgspec.Struct, frozen=True, dict=True):
    """An article on its way to records. A step returns ``msgspec.structs.replace(report, layer=...)``."""

    article: Article
    analysis: Analysis
    times: tuple[TimeFinding, ...] = ()
    quantities: tuple[QuantityFinding, ...] = ()
    places: tuple[PlaceFinding, ...] = ()
    mentions: tuple[ActorMention, ...] = ()
    events: tuple[EventFinding, ...] = ()
    attributions: tuple[AttributionFinding, ...] = ()
    factuality: tuple[FactualityFinding, ...] = ()
    records: tuple[Record, ...] = ()

    @cached_property
    def mention_at(self) -> dict[tuple[int, int], ActorMention]:
        """Mentions by (sentence index, head token index)."""
        return {(m.sentence, m.head): m for m in self.mentions}
