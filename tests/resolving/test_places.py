"""Toponyms: the codebook's examples, the gazetteer and what the step promises."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman.codebook
from dragoman.codebook.places import ExpectedPlace, PlaceExample, PlaceKnowledge, load_examples, load_places, load_table
from dragoman.codebook.yamlfile import CodebookError
from dragoman.model import Analysis, Article, PlaceFinding, Report, Sentence, Token
from dragoman.parsing import SpacyParser
from dragoman.resolving.gazetteer import Folding, Gazetteer, open_gazetteer
from dragoman.resolving.places import PlaceResolver

FOLDER = Path(dragoman.codebook.__file__).parent / "data" / "en"
EXAMPLES = load_examples(FOLDER)


@pytest.fixture(scope="module")
def knowledge() -> PlaceKnowledge:
    return load_places(FOLDER)


@pytest.fixture(scope="module")
def gazetteer(knowledge: PlaceKnowledge) -> Gazetteer:
    return open_gazetteer(knowledge)


@pytest.fixture(scope="module")
def resolver(knowledge: PlaceKnowledge, gazetteer: Gazetteer) -> PlaceResolver:
    return PlaceResolver(knowledge, gazetteer)


@pytest.fixture(scope="module")
def analyses() -> dict[str, Analysis]:
    texts = [example.text for example in EXAMPLES]
    return dict(zip(texts, SpacyParser().analyse(texts), strict=True))


def read(resolver: PlaceResolver, text: str, analysis: Analysis, url: str | None = None) -> tuple[PlaceFinding, ...]:
    return resolver(Report(Article("a", text, url=url), analysis)).places


def kilometres(place: PlaceFinding, lat: float, lon: float) -> float:
    assert place.lat is not None and place.lon is not None
    a, b, c, d = map(radians, (place.lat, place.lon, lat, lon))
    return 12742 * asin(sqrt(min(1.0, sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2)))


def differs(place: PlaceFinding, want: ExpectedPlace) -> str:
    """What of ``want`` the finding does not give; empty where it gives all."""
    for field in ("name", "country", "admin1", "precision", "claims"):
        expected = getattr(want, field)
        if expected is not None and getattr(place, field) != expected:
            return f"{field}: {getattr(place, field)!r} instead of {expected!r}"
    if want.lat is not None and want.lon is not None and kilometres(place, want.lat, want.lon) > 161:
        return f"{place.lat},{place.lon} is far from {want.lat},{want.lon}"
    return ""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.text[:50])
def test_examples(
    example: PlaceExample, resolver: PlaceResolver, analyses: dict[str, Analysis], request: pytest.FixtureRequest
) -> None:
    if example.todo:
        request.applymarker(pytest.mark.xfail(reason=example.todo, strict=True))
    found = read(resolver, example.text, analyses[example.text])
    assert [p.text for p in found] == [want.text for want in example.gives]
    for place, want in zip(found, example.gives, strict=True):
        assert not differs(place, want), f"{place.text}: {differs(place, want)}"


def test_spans_point_at_the_words(resolver: PlaceResolver, analyses: dict[str, Analysis]) -> None:
    for text, analysis in analyses.items():
        found = read(resolver, text, analysis)
        assert all(p.span.of(text) == p.text for p in found)
        assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_enough_examples_of_both_kinds() -> None:
    assert len(EXAMPLES) >= 60
    assert sum(not example.gives for example in EXAMPLES) >= 15


def test_the_same_words_give_the_same_places(resolver: PlaceResolver, analyses: dict[str, Analysis]) -> None:
    for text, analysis in analyses.items():
        assert read(resolver, text, analysis) == read(resolver, text, analysis)


def test_the_publishers_domain_decides_between_equals(resolver: PlaceResolver) -> None:
    text = "A man was attacked in Hamilton on Monday."
    (analysis,) = SpacyParser().analyse([text])
    (ours,) = read(resolver, text, analysis, "https://www.news.co.nz/1")
    (theirs,) = read(resolver, text, analysis, "https://www.news.ca/1")
    assert (ours.country, theirs.country) == ("NZL", "CAN")


def made(words: list[str]) -> tuple[str, Analysis]:
    """A text of ``words`` and a flat analysis of it, every word a proper noun under the first."""
    text = " ".join(words)
    tokens, at = [], 0
    for i, word in enumerate(words):
        tokens.append(Token(i, at, at + len(word), word, word.lower(), "NNP", "PROPN", "dep", 0))
        at += len(word) + 1
    return text, Analysis("test", (Sentence(0, tuple(tokens)),))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Paris",
                "Texas",
                ",",
                "(",
                ")",
                "of",
                "the",
                "The",
                "U.S.",
                "US",
                "-",
                "--",
                "W.Va",
                ".",
                "Lake",
                "Ö",
                "New",
                "York",
                "and",
                "in",
                "County",
                "7",
                "Bank",
                "Mr",
                "Georgia",
                "'s",
                "Côte",
                "d'Ivoire",
                "İ",
                "Paris-based",
            ]
        ),
        min_size=1,
        max_size=14,
    )
)
def test_any_words_give_ordered_exact_spans(resolver: PlaceResolver, words: list[str]) -> None:
    text, analysis = made(words)
    found = read(resolver, text, analysis)
    assert all(p.span.of(text) == p.text and p.text for p in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_a_text_without_words_has_no_places(resolver: PlaceResolver) -> None:
    assert read(resolver, "", Analysis("test", ())) == ()


# --- the gazetteer


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("São Tomé", "sao tome"),
        ("the Gambia", "gambia"),
        ("St. Louis", "saint louis"),
        ("Xi\u2019an", "xian"),
        ("Łódź", "lodz"),
        ("Guinea-Bissau", "guinea bissau"),
        ("Trinidad & Tobago", "trinidad and tobago"),
        ("", ""),
    ],
)
def test_folding(name: str, folded: str, knowledge: PlaceKnowledge) -> None:
    assert Folding(knowledge.words)(name) == folded


def test_names_are_found_with_their_geonames_ids(gazetteer: Gazetteer) -> None:
    paris = gazetteer.find("PARIS")
    assert paris[0].geonames == 2988507 and paris[0].kind == "capital" and paris[0].country == "FRA"
    assert any(c.geonames == 4717560 and c.admin1 == "Texas" for c in paris)
    assert {c.kind for c in gazetteer.find("Georgia")} >= {"country", "admin1"}
    assert gazetteer.find("Xyzzyville") == ()


def test_every_country_of_the_table_is_found_by_each_of_its_names(
    knowledge: PlaceKnowledge, gazetteer: Gazetteer
) -> None:
    assert len(knowledge.countries) > 240
    for country in knowledge.countries:
        for name in filter(None, country.names.split(";")):
            assert any(c.kind == "country" for c in gazetteer.find(name)), name


def test_opening_a_built_index_is_fast(knowledge: PlaceKnowledge, gazetteer: Gazetteer) -> None:
    start = time.perf_counter()
    again = open_gazetteer(knowledge, gazetteer.index.parent)
    assert again.find("Lima")[0].country == "PER"
    assert time.perf_counter() - start < 0.1


@pytest.fixture
def unwritable(tmp_path: Path) -> Iterator[Path]:
    blocked = tmp_path / "file"
    blocked.write_text("a file, not a folder")
    yield blocked / "cache"


def test_a_cache_folder_that_cannot_be_written_is_replaced(
    knowledge: PlaceKnowledge, gazetteer: Gazetteer, unwritable: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Path] = []

    def copy(_: PlaceKnowledge, path: Path) -> None:
        built.append(path)
        shutil.copy(gazetteer.index, path)

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("dragoman.resolving.gazetteer_build.build", copy)
    opened = open_gazetteer(knowledge, unwritable)
    assert opened.find("Lima") and opened.index.is_relative_to(tmp_path.resolve())
    assert open_gazetteer(knowledge, unwritable).index == opened.index
    assert len(built) == 1 and not built[0].exists()


def test_no_folder_at_all_is_an_error_that_says_so(
    knowledge: PlaceKnowledge, unwritable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(unwritable))
    with pytest.raises(OSError, match="can be written"):
        open_gazetteer(knowledge, unwritable)


# --- the tables


def test_a_table_with_a_wrong_line_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"

    class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        name: str
        lat: float

    path.write_text("name\tlat\nLima\t-12.0\nCusco\n")
    with pytest.raises(CodebookError, match=r"t\.tsv:3: 1 cells where the header has 2"):
        load_table(path, Row)  # type: ignore[type-var]
    path.write_text("name\tlat\nLima\tsouth\n")
    with pytest.raises(CodebookError, match=r"t\.tsv:2: .*columns are: name, lat"):
        load_table(path, Row)  # type: ignore[type-var]


def test_claims_and_countries_are_codes(knowledge: PlaceKnowledge, gazetteer: Gazetteer) -> None:
    codes = {c.country for row in knowledge.countries for c in gazetteer.find(row.names.split(";")[0])}
    codes |= {
        c.country
        for name in ("Ukraine", "Israel", "Syria", "Philippines", "Brunei", "Malaysia")
        for c in gazetteer.find(name)
    }
    for feature in knowledge.features:
        assert -90 <= feature.lat <= 90 and -180 <= feature.lon <= 180, feature.name
        for claim in filter(None, feature.claims.split(";")):
            assert len(claim) == 3 and claim.isupper(), feature.name
    assert {"USA", "GBR", "PRK"} <= codes
