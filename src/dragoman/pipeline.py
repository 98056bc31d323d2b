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
from dragoman.resolving.gazetteer import open_gazetteer
from dragoman.resolving.places import PlaceResolver
from dragoman.resolving.quantities import QuantityResolver
from dragoman.resolving.times import TimeResolver

Step = Callable[[Report], Report]


class Pipeline:
    """Articles in, reports with their records out. Load once; use for as many articles as there are."""

    def __init__(self, codebook: Codebook, parser: Parser) -> None:
        self.codebook = codebook
        self.parser = parser
        self.actors = ActorResolver(codebook.actors)
        self.events = EventCoder(codebook.events, codebook.grammar)
        self.steps: dict[str, Step] = {
            "times": TimeResolver(codebook.times),  # when
            "quantities": QuantityResolver(codebook.quantities),  # how much
            "places": PlaceResolver(codebook.places, open_gazetteer(codebook.places)),  # where
            "actors": self.actors,  # who: names, roles, descriptions
            "coreference": CoreferenceResolver(codebook.coreference),  # who: pronouns, "each side"
            "attribution": AttributionFinder(codebook),  # according to whom
            "events": self.events,  # did or said what to whom
            "factuality": FactualityFinder(codebook),  # how sure
            "records": Recorder(codebook, parser.name),  # findings -> records
        }

    def run(self, articles: Iterable[Article], until: str = "records") -> Iterator[Report]:
        """One report an article, in order, after the step named ``until``; streams."""
        kept, texts = tee(articles)
        for article, analysis in zip(kept, self.parser.analyse(a.text for a in texts), strict=True):
            yield self.steps_on(Report(article, analysis), until)

    def steps_on(self, report: Report, until: str = "records") -> Report:
        """The steps up to and with ``until`` on one parsed article."""
        for name, step in self.steps.items():
            report = step(report)
            if name == until:
                break
        return report
