"""The public contract: the schema is true of what is printed, names stay, the same input gives the same bytes."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dragoman.cli.main import run

EXAMPLES = Path(__file__).parents[1] / "examples"
# Never renamed, never removed within a major version; fields may be added.
FIELDS = {
    "Article": "id url publisher title dek authors published published_basis updated views credits images language "
    "text",
    "Image": "caption credit",
    "Record": "id kind evidence event actors recipients attribution factuality time place quantities obligation links "
    "rule confidence gaps",
    "Evidence": "start end quote",
    "Event": "type modes contexts cameo quad intensity",
    "Party": "text start end name code sector entity",
    "Hop": "by act cue start end direct",
    "Factuality": "polarity modality realis words",
    "Time": "text start end precision basis timex",
    "Place": "text name country admin1 lat lon geonames precision",
    "Quantity": "text start end value low high modifier unit item from to time",
    "Obligation": "duty trigger parties",
    "Link": "to relation",
    "Gap": "slot reason",
}
CHOICES = {
    ("Record", "kind"): "event transfer statement",
    ("Hop", "act"): "assert deny accuse confirm decline retract predict report",
    ("Factuality", "polarity"): "positive negative",
    ("Factuality", "modality"): "certain probable possible unknown",
    ("Factuality", "realis"): "actual planned hypothetical historical",
    ("Time", "basis"): "stated derived publication",
    ("Quantity", "modifier"): "exactly approximately at-least at-most",
    ("Link", "relation"): "denies confirms repeats contradicts fulfils part-of",
}
LAYERS = {
    "times": "start end text type value",
    "places": "start end text name country lat lon geonames",
    "quantities": "start end text value unit",
    "actors": "start end text code sector kind",
    "attributions": "source cue content",
    "factuality": "start end text score",
}
COMMAND = (sys.executable, "-m", "dragoman")


def printed(*arguments: str, seed: str = "0", cwd: Path | None = None) -> bytes:
    """What the command prints in a process of its own."""
    environment = os.environ | {"PYTHONHASHSEED": seed}
    return subprocess.run([*COMMAND, *arguments], capture_output=True, check=True, env=environment, cwd=cwd).stdout


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(printed("schema"))
    return made


@pytest.fixture(scope="module")
def pages() -> list[dict[str, Any]]:
    """What is printed of the example reports, in one process."""
    return [json.loads(line) for line in printed("read", str(EXAMPLES), "--json", "--no-db", "--layers").splitlines()]


def test_the_schema_is_a_schema(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["required"] == ["article", "records"]


@pytest.mark.parametrize("name", FIELDS)
def test_no_field_is_ever_renamed(schema: dict[str, Any], name: str) -> None:
    component = schema["$defs"][name]
    assert set(FIELDS[name].split()) <= set(component["properties"])
    assert set(component["required"]) == set(component["properties"])


def choices(node: Any) -> set[Any]:
    """Every value that ``node`` and what it is made of allows."""
    if isinstance(node, dict):
        return {*node.get("enum", ()), *(value for part in node.values() for value in choices(part))}
    return {value for part in node for value in choices(part)} if isinstance(node, list) else set()


@pytest.mark.parametrize(("component", "field"), CHOICES)
def test_no_choice_is_ever_renamed(schema: dict[str, Any], component: str, field: str) -> None:
    allowed = choices(schema["$defs"][component]["properties"][field])
    assert set(CHOICES[component, field].split()) <= allowed


def test_what_read_prints_is_what_the_schema_says(schema: dict[str, Any], pages: list[dict[str, Any]]) -> None:
    validator = Draft202012Validator(schema)
    assert len(pages) == len(list(EXAMPLES.glob("*.txt")))
    for page in pages:
        assert [error.message for error in validator.iter_errors(page)] == []
    assert any(page["records"] for page in pages)
    # The schema is no sieve that lets everything through.
    page = json.loads(json.dumps(next(page for page in pages if page["records"])))
    page["records"][0]["kind"] = "fact"
    del page["records"][0]["evidence"]["quote"]
    assert len(list(validator.iter_errors(page))) == 2


def test_every_slot_is_filled_somewhere_in_the_examples(pages: list[dict[str, Any]]) -> None:
    records = [record for page in pages for record in page["records"]]
    for slot in FIELDS["Record"].split():
        assert any(record[slot] for record in records), slot


def test_layers_have_their_fields(pages: list[dict[str, Any]]) -> None:
    for layer, fields in LAYERS.items():
        rows = [row for page in pages for row in page[layer]]
        assert rows, layer
        for row in rows:
            assert set(fields.split()) <= set(row), layer


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lines") / "in.jsonl"
    texts = [page.read_text() for page in sorted(EXAMPLES.glob("*.txt"))[:6]]
    rows = ({"id": f"id-{n}", "text": text, "date": "2024-05-03"} for n, text in enumerate(texts))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_what_code_prints_is_what_the_schema_says(schema: dict[str, Any], lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run(["code", str(lines), "-o", str(out), "--layers", "--jobs", "1"]) == 0
    validator = Draft202012Validator(schema)
    given = [json.loads(line) for line in lines.read_text().splitlines()]
    coded = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row["id"] for row in coded] == [row["id"] for row in given]
    for before, after in zip(given, coded, strict=True):
        assert [error.message for error in validator.iter_errors(after)] == []
        assert after["article"]["text"] == before["text"]
        assert set(LAYERS) <= set(after)


def test_the_same_lines_give_the_same_bytes(lines: Path, tmp_path: Path) -> None:
    """In any process, in one or several, whatever the order of Python's sets."""
    runs = []
    for seed, jobs in (("1", "1"), ("2", "1"), ("3", "2")):
        out = tmp_path / f"{seed}.jsonl"
        printed("code", str(lines), "-o", str(out), "--layers", "--jobs", jobs, seed=seed)
        runs.append(out.read_bytes())
    assert runs[0] == runs[1] == runs[2]


def test_a_pages_ids_do_not_depend_on_its_file(pages: list[dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.txt"
    path.write_bytes((EXAMPLES / "summit.txt").read_bytes())
    page = json.loads(printed("read", str(path), "--json", "--no-db", seed="5"))
    (same,) = (one for one in pages if one["path"].endswith("summit.txt"))
    assert page["article"] == same["article"]
    assert page["records"] == same["records"]


def test_ids_are_unique_and_links_lead_to_them(pages: list[dict[str, Any]]) -> None:
    ids = [record["id"] for page in pages for record in page["records"]]
    assert len(ids) == len(set(ids))
    for page in pages:
        own = {record["id"] for record in page["records"]}
        assert {link["to"] for record in page["records"] for link in record["links"]} <= own


def test_reading_a_page_again_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = tmp_path / "ledger.db"
    arguments = ["read", str(EXAMPLES / "summit.txt"), "--json", "--db", str(ledger)]
    assert run(arguments) == 0
    first, held = capsys.readouterr().out, contents(ledger)
    assert run(arguments) == 0
    again = capsys.readouterr()
    assert again.out == first
    assert "it was there already" in again.err
    assert contents(ledger) == held


def contents(ledger: Path) -> list[str]:
    """The whole ledger as SQL."""
    raw = sqlite3.connect(ledger)
    try:
        return list(raw.iterdump())
    finally:
        raw.close()
