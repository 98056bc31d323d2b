"""The nouns, frozen. No logic, no imports of ours."""

from dragoman.model.analysis import Analysis, Sentence, Token
from dragoman.model.article import Article, Image
from dragoman.model.findings import (
    ActorMention,
    AttributionFinding,
    EventFinding,
    FactualityFinding,
    Layers,
    PlaceFinding,
    QuantityFinding,
    TimeFinding,
)
from dragoman.model.record import (
    Event,
    Evidence,
    Factuality,
    Gap,
    Hop,
    Link,
    Obligation,
    Party,
    Place,
    Quantity,
    Record,
    Time,
)
from dragoman.model.report import Report
from dragoman.model.span import Span

__all__ = [
    "ActorMention", "Analysis", "Article", "AttributionFinding", "Event", "EventFinding", "Evidence", "Factuality",
    "FactualityFinding", "Gap", "Hop", "Image", "Layers", "Link", "Obligation", "Party", "Place", "PlaceFinding",
    "Quantity", "QuantityFinding", "Record", "Report", "Sentence", "Span", "Time", "TimeFinding", "Token",
]
