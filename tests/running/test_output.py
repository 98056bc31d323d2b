"""The contract: what is printed is what the schema says, and nothing is lost."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator, ValidationError
from msgspec.structs import replace

from dragoman.model import Hop, Image, Layers, Link, Obligation
from dragoman.running.output import at_least, json_of, line_of, schema
from storing.making import TEXT, party, record, report

FULL = report(
    "a1",
    TEXT,
    record(
        attribution=(Hop(None, "deny", "reportedly", 3, 8), Hop(party("She", "Ama Mensah"), "assert", direct=True)),
        obligation=Obligation("to pay", "on delivery", (party("Mali"),)),
        links=(Link("r2", "denies"),),
    ),
    record("r2", kind="statement", event=None, time=None, place=None, actors=(), quantities=()),
    images=(Image("A bridge", "Ama Mensah"),),
    views=3,
    body_start=19,
)


def printed() -> dict[str, object]:
    values: dict[str, object] = json.loads(line_of(json_of(FULL)))
    return values


def test_what_is_printed_fits_the_schema() -> None:
    made = schema()
    Draft202012Validator.check_schema(made)
    Draft202012Validator(made).validate(printed())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: page.pop("records"),
        lambda page: page["article"].pop("url"),
        lambda page: page["records"][0].update(kind="fact"),
        lambda page: page["records"][0]["evidence"].pop("quote"),
        lambda page: page["records"][0]["links"][0].update(relation="likes"),
    ],
)
def test_the_schema_refuses_what_is_not_the_contract(spoil: object) -> None:
    page = printed()
    spoil(page)  # type: ignore[operator]
    with pytest.raises(ValidationError):
        Draft202012Validator(schema()).validate(page)


def test_names_of_the_contract() -> None:
    page = json_of(FULL)
    assert "body_start" not in page["article"]
    assert {"id", "url", "publisher", "title", "dek", "authors", "published", "published_basis", "updated", "views",
            "credits", "images", "language", "text"} == set(page["article"])  # fmt: skip
    first, second = page["records"]
    assert {"id", "kind", "evidence", "event", "actors", "recipients", "attribution", "factuality", "time", "place",
            "quantities", "obligation", "links", "rule", "confidence", "gaps"} == set(first) == set(second)  # fmt: skip
    assert first["quantities"][0]["from"]["code"] == "MLI"
    assert {"text", "start", "end", "precision", "basis", "timex"} <= set(first["time"])
    assert {"text", "name", "country", "admin1", "lat", "lon", "geonames", "precision"} <= set(first["place"])
    assert second["event"] is None


def test_layers_follow_the_records() -> None:
    page = json.loads(line_of(json_of(FULL, Layers(places=({"start": 0, "end": 4},)))))
    assert list(page) == [
        "article", "records", "times", "places", "quantities", "actors", "attributions", "factuality",
    ]  # fmt: skip
    assert page["places"] == [{"start": 0, "end": 4}]


def test_a_line_is_one_line() -> None:
    line = line_of({"text": "a\nb\u2028c é"})
    assert line.count(b"\n") == 1
    assert "é".encode() in line


def test_records_at_least_so_sure_have_no_link_to_one_that_is_left_out() -> None:
    (sure, unsure) = FULL.records
    sure, unsure = (replace(sure, confidence=0.9), replace(unsure, confidence=0.5))
    page = replace(FULL, records=(sure, unsure))
    assert at_least(page, 0.5) is page
    (left,) = at_least(page, 0.8).records
    assert (left.id, left.links) == (sure.id, ())
    assert at_least(page, 0.95).records == ()
