"""Chooses among the places of a name: one sense in an article, by what the article says of the rest of the map."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import asin, cos, log10, radians, sin, sqrt

import msgspec

from dragoman.resolving.gazetteer import Candidate
from dragoman.resolving.places.mentions import Mention

# What a kind is worth beside a town of that many powers of ten: a country is read before any town of its name.
# Tuned on the development sets places.lgl and places.geovirus, as are the weights below.
KIND_PRIOR = {"country": 7.2, "admin1": 6.4, "capital": 6.5, "water": 6.0, "region": 6.0}
ADMIN2_BONUS = 0.3
# Alternate names of GeoNames come from any language.
ALTERNATE_COST = 1.2
# A region that shares its name with a town in it is meant only where a noun says so ("Kherson region").
SHADOWED_COST = 2.0
HINTED = 5.0
CONTAINED = 20.0
SAME_COUNTRY = 2.0
SAME_REGION = 2.0
NEAR = 0.8
PUBLISHER = 0.7
# Kilometres within which two towns support each other.
CELL_DEGREES = 1.0


class Choice(msgspec.Struct, frozen=True):
    """The place chosen for a name and how much of the article supports it, 0 where nothing does."""

    candidate: Candidate
    support: float


class Context(msgspec.Struct):
    """What the article says of the map: weights of countries (alpha-3) and of first-level regions."""

    countries: Counter[str]
    regions: Counter[tuple[str, str]]
    publisher: str = ""


def choose(mentions: list[Mention], context: Context) -> dict[tuple[str, str], Choice]:
    """For each (folded name, hint) of ``mentions`` the place meant. ``context`` is filled with what they say."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.candidates:
            groups[mention.folded].append(mention)
    for name, group in groups.items():
        _vote(name, group, context)
    cells = _cells(groups)
    chosen: dict[tuple[str, str], Choice] = {}
    for name, group in groups.items():
        within = [place for mention in group for place in mention.within]
        union = {c.id: c for mention in group for c in mention.candidates}
        for hint in dict.fromkeys(mention.hint for mention in group):
            best: tuple[float, int, Candidate] | None = None
            support = 0.0
            for candidate in union.values():
                near = _near(candidate, name, cells)
                value = _prior(candidate, union) + _hinted(candidate, hint)
                gain = NEAR * min(near, 3.0) + _agreement(candidate, name, context)
                if within and _contained(candidate, within):
                    gain += CONTAINED
                if best is None or (value + gain, -candidate.id) > best[:2]:
                    best, support = (value + gain, -candidate.id, candidate), gain
            if best is not None:
                chosen[name, hint] = Choice(best[2], support)
    return chosen


def _vote(name: str, group: list[Mention], context: Context) -> None:
    """Countries and regions that this name stands for, where it hardly can stand for anything else."""
    weight = min(len(group), 3)
    national = [c for c in group[0].candidates if c.kind == "country" and c.quality < 2]
    regional = [c for c in group[0].candidates if c.kind == "admin1" and c.quality < 2]
    cities = [c for c in group[0].candidates if c.kind in ("capital", "city")]
    if national and not regional:
        for c in national:
            context.countries[c.country] += weight
    elif len(regional) == 1 and not national:
        c = regional[0]
        context.countries[c.country] += weight
        context.regions[c.country, c.code] += weight
    elif not national and not regional and cities:
        top = max(cities, key=lambda c: c.population / (10 if c.quality == 2 else 1))
        rest = [c.population for c in cities if c.country != top.country and c.quality < 2]
        if top.population > 100_000 and top.population > 20 * max(rest, default=0):
            context.countries[top.country] += weight
    for place in (p for mention in group for p in mention.within):
        if place.kind == "admin1" and place.quality < 2:
            context.regions[place.country, place.code] += 1


def _prior(c: Candidate, namesakes: dict[int, Candidate]) -> float:
    if c.kind in KIND_PRIOR:
        value = max(KIND_PRIOR[c.kind], log10(c.population + 1) if c.kind == "capital" else 0.0)
        if c.kind == "admin1":
            value = min(value, 4.4 + 0.3 * log10(c.population + 1))
            if any(o.kind in ("city", "capital") and o.code == c.code and o.country == c.country and o.quality < 2
                   and o.population > 0.02 * c.population for o in namesakes.values()):
                value -= SHADOWED_COST
    else:
        value = log10(c.population + 10) + (ADMIN2_BONUS if c.kind == "admin2" else 0.0)
    return value - (ALTERNATE_COST if c.quality == 2 else 0.0)


def _hinted(c: Candidate, hint: str) -> float:
    if hint == "region":
        return HINTED if c.kind in ("admin1", "admin2", "region") else 0.0
    if hint == "town":
        return HINTED if c.kind in ("city", "capital") else 0.0
    return 0.0


def _agreement(c: Candidate, name: str, context: Context) -> float:
    """How well the candidate's country and region go with the article's, without counting itself."""
    value = 0.0
    total = sum(context.countries.values())
    if total and c.country and c.kind != "country":
        value += SAME_COUNTRY * context.countries[c.country] / (total + 1)
    if c.code and c.kind != "admin1":
        value += SAME_REGION * min(1.0, context.regions[c.country, c.code] / 2)
    if context.publisher and c.country == context.publisher:
        value += PUBLISHER
    return value


def _contained(c: Candidate, within: list[Candidate]) -> bool:
    for place in within:
        if place.id == c.id:
            continue
        if place.kind == "country" and c.kind != "country" and c.country == place.country:
            return True
        if place.kind == "admin1" and c.kind != "admin1" and (c.country, c.code) == (place.country, place.code):
            return True
        if place.kind == "admin2" and c.kind == "city" and kilometres(c, place) < 60 and c.code == place.code:
            return True
    return False


def _cells(groups: dict[str, list[Mention]]) -> dict[tuple[int, int], dict[str, float]]:
    """For each cell of the map the names that have a place in it, weighted by how few places they have."""
    cells: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
    for name, group in groups.items():
        candidates = [c for c in group[0].candidates if c.kind in ("city", "capital", "admin2") and c.quality < 2]
        weight = 1.0 / sqrt(len(candidates) or 1)
        for c in candidates:
            cells[_cell(c)][name] = weight
    return cells


def _cell(c: Candidate) -> tuple[int, int]:
    return int(c.lat // CELL_DEGREES), int(c.lon // CELL_DEGREES)


def _near(c: Candidate, name: str, cells: dict[tuple[int, int], dict[str, float]]) -> float:
    if c.kind not in ("city", "capital", "admin2"):
        return 0.0
    row, column = _cell(c)
    found: dict[str, float] = {}
    for r in (row - 1, row, row + 1):
        for k in (column - 1, column, column + 1):
            here = cells.get((r, k))
            if here:
                found.update(here)
    found.pop(name, None)
    return sum(found.values())


def kilometres(a: Candidate, b: Candidate) -> float:
    """Great-circle distance."""
    lat1, lon1, lat2, lon2 = radians(a.lat), radians(a.lon), radians(b.lat), radians(b.lon)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742.0 * asin(sqrt(min(1.0, half)))
