"""The step: a report's toponyms to place findings."""

from __future__ import annotations

from collections import Counter
from math import log10
from urllib.parse import urlsplit

import msgspec

from dragoman.codebook.places import PlaceKnowledge
from dragoman.model import Article, PlaceFinding, Report, Span
from dragoman.resolving.gazetteer import Gazetteer
from dragoman.resolving.places.choosing import Choice, Context, choose, sense, settle
from dragoman.resolving.places.mentions import Mention, MentionFinder

# What a name needs to be taken for a place: evidence of its words plus the weight of the place it would be.
# Tuned on the development sets places.lgl and places.geovirus.
THRESHOLD = 0.8
WEIGHT = {"country": 3.0, "admin1": 2.5, "capital": 2.5, "water": 2.5, "region": 2.0, "admin2": 2.0}
SEEN_ELSEWHERE = 1.5
SUPPORTED = 0.5
PRECISION = {"capital": "city", "admin2": "region"}


class PlaceResolver:
    """Fills ``report.places``. Needs the analysis; uses the publisher's address where the article has one."""

    def __init__(self, knowledge: PlaceKnowledge, gazetteer: Gazetteer) -> None:
        """Prepare ``knowledge``; ``gazetteer`` is kept open and may be shared."""
        self._finder = MentionFinder(knowledge, gazetteer)
        self._iso3 = {
            country.iso2: candidate.country
            for country in knowledge.countries
            for candidate in gazetteer.find(country.names.split(";")[0])[:1]
        }
        self._joins = knowledge.words.list_joins
        self._domains = knowledge.words.domains

    def __call__(self, report: Report) -> Report:
        """The report with its places in text order, none overlapping."""
        return msgspec.structs.replace(report, places=tuple(self.find(report)))

    def find(self, report: Report) -> list[PlaceFinding]:
        """The places of ``report``; one sense for a name, except where a noun beside it says which kind is meant."""
        mentions = self._finder.find(report.analysis)
        if not mentions:
            return []
        settle(mentions, self._joins)
        context = Context(Counter(), Counter(), self._publisher(report.article))
        for iso2 in self._finder.demonyms(report.analysis):
            iso3 = self._iso3.get(iso2)
            if iso3 and context.countries[iso3] < 3:
                context.countries[iso3] += 1
        chosen = choose(mentions, context)
        scores = [_score(m, chosen.get(sense(m))) for m in mentions]
        sure = {m.folded for m, score in zip(mentions, scores, strict=True) if score >= THRESHOLD and m.evidence >= 1.0}
        findings = []
        for mention, score in zip(mentions, scores, strict=True):
            if score + (SEEN_ELSEWHERE if mention.folded in sure else 0.0) >= THRESHOLD:
                findings.append(_finding(report.article.text, mention, chosen.get(sense(mention))))
        return findings

    def _publisher(self, article: Article) -> str:
        """The country (alpha-3) of the publisher's address, by its top-level domain; empty where it names none."""
        if not article.url:
            return ""
        domain = (urlsplit(article.url).hostname or "").rsplit(".", 1)[-1]
        return self._iso3.get(self._domains.get(domain, domain.upper()), "")


def _score(mention: Mention, choice: Choice | None) -> float:
    if choice is None:
        return mention.evidence
    place = choice.candidate
    if place.kind == "city":
        weight = log10(place.population + 10) - 4.0 - (1.5 if place.quality == 2 else 0.0)
    else:
        weight = WEIGHT[place.kind]
        if place.kind == "admin1" and place.population:
            weight = min(weight, log10(place.population) - 3.2)
    return mention.evidence + weight + SUPPORTED * min(choice.support, 4.0)


def _finding(text: str, mention: Mention, choice: Choice | None) -> PlaceFinding:
    tokens = mention.sentence.tokens
    span = Span(tokens[mention.first].start, mention.end or tokens[mention.last].end)
    words = span.of(text)
    if choice is None:
        holder = mention.within[0] if mention.within else None
        return PlaceFinding(
            span,
            words,
            name=words,
            country=holder.country if holder else None,
            admin1=holder.admin1 or None if holder else None,
        )
    place = choice.candidate
    return PlaceFinding(
        span,
        words,
        name=place.name,
        country=place.country or None,
        admin1=place.admin1 or None,
        lat=place.lat,
        lon=place.lon,
        geonames=place.geonames,
        precision=PRECISION.get(place.kind, place.kind),
        population=place.population,
        claims=tuple(place.claims.split(";")) if place.claims else (),
    )
