"""The steps in order: from an article to its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import tee

from dragoman.codebook.load import Codebook
from dragoman.coding.attribution import AttributionFinder
from dragoman.coding.events import EventCoder
from dragoman.coding.factuality import FactualityFinder
from dragoman.model import Article, Report
from dragoman.parsing import Parser
from dragoman.recording.record import Recorder
from dragoman.resolving.actors import ActorResolver
from dragoman.resolving.coreference import CoreferenceResolver
from dragoman.resolving.places import PlaceResolver
from dragoman.resolving.quantities import QuantityResolver
from dragoman.resolving.times import TimeResolver

Step = Callable[[Report], Report]


class Pipeline:
    """Articles in, reports with their records out. Load once; use for as many articles as there are."""

    def __init__(self, codebook: Codebook, parser: Parser) -> None:
        self.codebook = codebook
        self.parser = parser
        self.steps: tuple[Step, ...] = (
            TimeResolver(codebook.times),  # when
            QuantityResolver(codebook.quantities),  # how much
            PlaceResolver(codebook.places),  # where
            ActorResolver(codebook.actors),  # who: names, roles, descriptions
            CoreferenceResolver(codebook.coreference),  # who: pronouns, "each side"
            AttributionFinder(codebook.cues),  # according to whom
            EventCoder(codebook.events, codebook.grammar),  # did or said what to whom
            FactualityFinder(codebook.cues),  # how sure
            Recorder(codebook, parser.name),  # findings -> records
        )

    def run(self, articles: Iterable[Article]) -> Iterator[Report]:
        """One report an article, in order; streams."""
        kept, texts = tee(articles)
        for article, analysis in zip(kept, self.parser.analyse(a.text for a in texts), strict=True):
            report = Report(article, analysis)
            for step in self.steps:
                report = step(report)
            yield report
