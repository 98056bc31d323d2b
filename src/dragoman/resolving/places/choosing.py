"""Chooses among the places of a name: one sense in an article, by what the article says of the rest of the map."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise
from math import asin, cos, log10, radians, sin, sqrt

import msgspec

from dragoman.resolving.gazetteer import Candidate
from dragoman.resolving.places.mentions import Mention

# What a kind is worth beside a town of that many powers of ten: a country is read before any town of its name.
# Tuned on the development sets places.lgl and places.geovirus, as are the weights below.
KIND_PRIOR = {"country": 7.5, "admin1": 0.0, "capital": 4.0, "water": 6.3, "region": 6.6}
ADMIN2_BONUS = 0.15
# Alternate names of GeoNames come from any language.
ALTERNATE_COST = 1.6
# A region that shares its name with a town in it is meant only where a noun says so ("Kherson region").
SHADOWED_COST = 1.5
# A town or region that shares its name with its country ("Mexico", "Kuwait") needs such a noun all the more.
COUNTRY_COST = 3.0
# A small town that shares its name with a region known to all ("Nevada" in Iowa) is meant only where the words say so.
STATE_COST = 3.0
# The same of a town that shares its name with a capital or a city of millions and so many times its size.
FAMED_COST = 1.0
FAMED_FROM, FAMED_TIMES = 1_000_000, 40
HINTED = 5.0
CONTAINED = 20.0
SAME_COUNTRY = 2.7
SAME_REGION = 2.0
# Mentions of a region after which it is sure to be the one that the article is about.
REGION_SURE = 1.0
NEAR = 1.7
# A town and a county around it, both named: too unlikely to be chance.
HOME_COUNTY = 1.5
COUNTY_KILOMETRES = 50
PUBLISHER = 2.0
# Kilometres within which two towns support each other.
CELL_DEGREES = 1.0


class Choice(msgspec.Struct, frozen=True):
    """The place chosen for a name and how much of the article supports it, 0 where nothing does."""

    candidate: Candidate
    support: float


class Vote(msgspec.Struct, frozen=True):
    """What one name says of the countries (alpha-3) and first-level regions that the article is about."""

    countries: Counter[str]
    regions: Counter[tuple[str, str]]


class Context(msgspec.Struct):
    """What the article says of the map: weights of countries (alpha-3) and of first-level regions.

    ``own`` holds what each folded name adds to them: a name is no witness of what it stands for itself.
    """

    countries: Counter[str]
    regions: Counter[tuple[str, str]]
    publisher: str = ""
    own: dict[str, Vote] = msgspec.field(default_factory=dict)


def sense(mention: Mention) -> tuple[str, str, frozenset[int]]:
    """What mentions of one meaning share: the folded name, the hint and the ids of the places named as holding it."""
    return mention.folded, mention.hint, frozenset(place.id for place in mention.within)


def choose(mentions: list[Mention], context: Context) -> dict[tuple[str, str, frozenset[int]], Choice]:
    """For each ``sense`` of ``mentions`` the place meant. ``context`` is filled with what they say.

    A name without a place named as holding it is the one that it is elsewhere in the article with one.
    """
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.candidates:
            groups[mention.folded].append(mention)
    for name, group in groups.items():
        vote = context.own[name] = _vote(group)
        context.countries.update(vote.countries)
        context.regions.update(vote.regions)
    cells = _cells(groups)
    partners = _partners(groups)
    chosen: dict[tuple[str, str, frozenset[int]], Choice] = {}
    for name, group in groups.items():
        holders = [place for mention in group for place in mention.within]
        union = {c.id: c for mention in group for c in mention.candidates}
        held = {c.id for mention in group if mention.holds for c in mention.candidates}
        regional = _is_region(group[0])
        famed = max((c.population for c in union.values() if _famed(c)), default=0)
        for mention in {sense(mention): mention for mention in group}.values():
            hint, within = mention.hint, mention.within or holders
            best: tuple[float, int, Candidate] | None = None
            support = 0.0
            for candidate in union.values():
                near = _near(candidate, name, cells)
                value = _prior(candidate, union) + _hinted(candidate, hint)
                if regional and candidate.kind in ("city", "admin2"):
                    value -= STATE_COST
                home = HOME_COUNTY if candidate.id in partners else 0.0
                if not home and candidate.kind == "city" and candidate.population * FAMED_TIMES < famed:
                    value -= FAMED_COST
                gain = NEAR * min(near, 3.0) + home + _agreement(candidate, context, context.own[name])
                if within and any(contained(candidate, place) for place in within):
                    gain += CONTAINED
                if candidate.id in held:
                    gain += HINTED
                if best is None or (value + gain, -candidate.id) > best[:2]:
                    best, support = (value + gain, -candidate.id, candidate), gain
            if best is not None:
                chosen[sense(mention)] = Choice(best[2], support)
    return chosen


def _vote(group: list[Mention]) -> Vote:
    """Countries and regions that a name stands for, where it hardly can stand for anything else."""
    vote = Vote(Counter(), Counter())
    weight = min(len(group), 3)
    national = [c for c in group[0].candidates if c.kind == "country" and c.quality < 2]
    regional = [c for c in group[0].candidates if c.kind == "admin1" and c.quality < 2]
    cities = [c for c in group[0].candidates if c.kind in ("capital", "city")]
    if national and not regional:
        for c in national:
            vote.countries[c.country] += weight
    elif len(regional) == 1 and not national and (_is_region(group[0]) or not cities):
        c = regional[0]
        vote.countries[c.country] += weight
        vote.regions[c.country, c.code] += weight
    elif not national and cities:
        top = max(cities, key=lambda c: c.population / (10 if c.quality == 2 else 1))
        rest = [c.population for c in cities if c.country != top.country and c.quality < 2]
        if not rest or (top.population > 100_000 and top.population > 20 * max(rest)):
            vote.countries[top.country] += weight if top.population > 100_000 else 1
    elif not national and not regional:
        counties = {c.country for c in group[0].candidates if c.kind == "admin2"}
        if len(counties) == 1:
            vote.countries[counties.pop()] += 1
    for place in (p for mention in group for p in mention.within):
        if place.kind == "admin1" and place.quality < 2:
            vote.regions[place.country, place.code] += 1
    return vote


def _prior(c: Candidate, namesakes: dict[int, Candidate]) -> float:
    if c.kind in KIND_PRIOR:
        value = KIND_PRIOR[c.kind]
        if c.kind == "capital":
            value += 0.45 * log10(c.population + 1)
        if c.kind == "admin1":
            value = min(6.9, 0.9 * log10(c.population + 1))
            if any(
                o.country == c.country
                and o.quality < 2
                and (
                    o.kind == "capital"
                    or (o.kind == "city" and o.code == c.code and o.population > 0.02 * c.population)
                )
                for o in namesakes.values()
            ):
                value -= SHADOWED_COST
    else:
        value = log10(c.population + 10) + (ADMIN2_BONUS if c.kind == "admin2" else 0.0)
    if c.kind != "country" and any(o.kind == "country" and o.country == c.country for o in namesakes.values()):
        value -= COUNTRY_COST
    return value - (ALTERNATE_COST if c.quality == 2 else 0.0)


def _hinted(c: Candidate, hint: str) -> float:
    if hint == "region":
        return HINTED if c.kind in ("admin1", "admin2", "region") else 0.0
    if hint == "town":
        return HINTED if c.kind in ("city", "capital") else 0.0
    return 0.0


def _agreement(c: Candidate, context: Context, own: Vote) -> float:
    """How well the candidate's country and region go with the article's, but for what its own name says of them."""
    value = 0.0
    total = context.countries.total() - own.countries.total()
    if total and c.country:
        value += SAME_COUNTRY * (context.countries[c.country] - own.countries[c.country]) / (total + 1)
    if c.code and c.kind != "admin1":
        region = c.country, c.code
        value += SAME_REGION * min(1.0, (context.regions[region] - own.regions[region]) / REGION_SURE)
    if context.publisher and c.country == context.publisher:
        value += PUBLISHER
    return value


def contained(c: Candidate, place: Candidate) -> bool:
    """Whether ``place`` is a region or country that holds ``c``; alternate names hold nothing."""
    if place.id == c.id or place.quality == 2:
        return False
    if place.kind == "country":
        return c.kind != "country" and c.country == place.country
    if place.kind == "admin1":
        return c.kind not in ("country", "admin1") and (c.country, c.code) == (place.country, place.code)
    return place.kind == "admin2" and c.kind == "city" and c.code == place.code and kilometres(c, place) < 60


def settle(mentions: list[Mention], joins: frozenset[str]) -> None:
    """Settle pairs and lists: "Paris, Texas" from "Peru, Chile and Cuba". Changes the mentions.

    A name behind a comma holds the one before where it has a place that does, and is then that place; in a list
    (members joined by ``joins``) of countries or regions none holds another, and a region's name is the region's.
    """
    listed = {id(m) for m in mentions if m.within and _broad(m) and _in_list(mentions, m, joins)}
    for at, this in enumerate(mentions):
        if not this.within or this.within[0].id < 0:
            continue
        that = mentions[at + 1] if at + 1 < len(mentions) else None
        holders: tuple[Candidate, ...] = ()
        if (
            that is not None
            and that.sentence is this.sentence
            and that.first == _held_at(this)
            and id(this) not in listed
        ):
            holders = tuple(
                p
                for p in that.candidates
                if any(contained(c, p) for c in this.candidates)
                and not (p.kind == "country" and any(c.kind == "country" and c.quality < 2 for c in this.candidates))
            )
            if not this.candidates:
                holders = tuple(p for p in this.within if p in that.candidates)
        if that is not None and holders:
            that.candidates, that.holds, that.evidence = holders, True, that.evidence + 1.0
            this.within = holders
        else:
            this.evidence, this.within = this.evidence - 1.0, ()
    for this, that in pairwise(mentions):
        if not this.holds and not that.holds and _joined(this, that, joins):
            for one, other in ((this, that), (that, this)):
                if _is_region(other) and any(c.kind == "admin1" and c.population > 300_000 for c in one.candidates):
                    one.hint = one.hint or "region"
                if any(_famed(c) for c in one.candidates) and any(_famed(c) for c in other.candidates):
                    one.evidence += 1.0  # "London and Paris": a first name beside a capital is one too


def _held_at(m: Mention) -> int:
    """Where the place after a comma begins that holds this one: behind a word in lower case ("Ost, northern Syria")."""
    after = m.last + 2
    tokens = m.sentence.tokens
    return after + 1 if after < len(tokens) and tokens[after].text[:1].islower() else after


def _joined(this: Mention, that: Mention, joins: frozenset[str]) -> bool:
    if this.sentence is not that.sentence:
        return False
    between = {t.text for t in this.sentence.tokens[this.last + 1 : that.first]}
    return bool(between) and between <= joins


def _in_list(mentions: list[Mention], m: Mention, joins: frozenset[str]) -> bool:
    """Whether the mention and the next are two of three or more countries or regions in a row."""
    at = next(i for i, other in enumerate(mentions) if other is m)
    if at and _joined(mentions[at - 1], m, joins) and _broad(mentions[at - 1]):
        return True
    return at + 2 < len(mentions) and _joined(mentions[at + 1], mentions[at + 2], joins) and _broad(mentions[at + 2])


def _broad(m: Mention) -> bool:
    """Whether the name is one of a country or a region of some size."""
    return any(
        c.quality < 2 and (c.kind == "country" or (c.kind == "admin1" and c.population > 300_000)) for c in m.candidates
    )


def _famed(c: Candidate) -> bool:
    """Whether everybody knows the town: a capital, or a city of millions."""
    return c.quality < 2 and (c.kind == "capital" or (c.kind == "city" and c.population >= FAMED_FROM))


def _is_region(mention: Mention) -> bool:
    """Whether the name stands for a region of some size and hardly for a town."""
    regions = [c for c in mention.candidates if c.kind == "admin1" and c.quality < 2 and c.population > 300_000]
    towns = [c.population for c in mention.candidates if c.kind in ("city", "capital") and c.quality < 2]
    return bool(regions) and max(towns, default=0) < 0.05 * regions[0].population


def _cells(groups: dict[str, list[Mention]]) -> dict[tuple[int, int], dict[str, float]]:
    """For each cell of the map the names that have a place in it, weighted by how few places they have."""
    cells: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
    for name, group in groups.items():
        candidates = [c for c in group[0].candidates if c.kind in ("city", "capital", "admin2") and c.quality < 2]
        alike = 1.0 / sqrt(len(candidates) or 1)
        people = sum(c.population for c in candidates) or 1
        for c in candidates:
            here = cells[_cell(c)]
            here[name] = max(here.get(name, 0.0), 0.5 * alike + 0.5 * c.population / people)
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


def _partners(groups: Mapping[str, list[Mention]]) -> frozenset[int]:
    """Ids of the counties that have another name's town in them, and of those towns."""
    places = [(name, c) for name, group in groups.items() for c in group[0].candidates if c.kind != "admin1"]
    towns: dict[tuple[str, str], list[tuple[str, Candidate]]] = defaultdict(list)
    for name, c in places:
        if c.kind in ("city", "capital"):
            towns[c.country, c.code].append((name, c))
    found = [
        (county.id, town.id)
        for name, county in places
        if county.kind == "admin2"
        for other, town in towns[county.country, county.code]
        if other != name and kilometres(county, town) < COUNTY_KILOMETRES
    ]
    return frozenset(id for pair in found for id in pair)


def kilometres(a: Candidate, b: Candidate) -> float:
    """Great-circle distance."""
    lat1, lon1, lat2, lon2 = radians(a.lat), radians(a.lon), radians(b.lat), radians(b.lon)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742.0 * asin(sqrt(min(1.0, half)))
