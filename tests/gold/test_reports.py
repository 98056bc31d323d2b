"""The reports in examples/ against what a careful reader says they say: pinned floors, and every article field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.reading.capture import Capture
from dragoman.running.bench import Bench
from dragoman.running.output import json_of
from gold.scoring import FIGURES, Json, Score, added, article_errors, below, floors, score, sentence_at

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
GOLD: dict[str, Json] = {path.stem: json.loads(path.read_text("utf-8")) for path in (HERE / "reports").glob("*.json")}
FLOORS = floors("reports")


@pytest.fixture(scope="session")
def pages(bench: Bench) -> dict[str, Json]:
    """What ``dragoman read`` prints for each report, all read in one run."""
    files = [EXAMPLES / f"{name}.txt" for name in sorted(GOLD)]
    articles = [bench.read_capture(Capture(file.name, file.read_bytes())) for file in files]
    reports = zip(files, bench.run(articles), strict=True)
    return {file.stem: json.loads(json.dumps(json_of(report))) for file, report in reports}


@pytest.fixture(scope="session")
def scores(pages: dict[str, Json]) -> dict[str, Score]:
    return {name: score(GOLD[name], page) for name, page in pages.items()}


def test_every_example_has_gold_and_floors() -> None:
    assert sorted(GOLD) == sorted(path.stem for path in EXAMPLES.glob("*.txt"))
    assert sorted(FLOORS) == sorted([*GOLD, "all"])


@pytest.mark.parametrize("name", sorted(GOLD))
def test_report_is_above_its_floor(name: str, scores: dict[str, Score]) -> None:
    assert not below(scores[name].figures, FLOORS[name]), "\n".join(scores[name].misses)


def test_all_reports_are_above_the_floor(scores: dict[str, Score]) -> None:
    total = added(scores.values())
    assert not below(total.figures, FLOORS["all"]), "\n".join(total.misses)


FIELDS = [(name, field) for name in sorted(GOLD) for field in GOLD[name]["article"]]


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_article_is_read_right(name: str, field: str, pages: dict[str, Json]) -> None:
    assert article_errors({field: GOLD[name]["article"][field]}, pages[name]["article"]) == {}


@pytest.mark.parametrize("name", sorted(GOLD))
def test_offsets_point_at_their_words(name: str, pages: dict[str, Json]) -> None:
    text = pages[name]["article"]["text"]
    for record in pages[name]["records"]:
        evidence = record["evidence"]
        assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
        for party in (*record["actors"], *record["recipients"], *record["quantities"]):
            assert text[party["start"] : party["end"]] == party["text"]


def made_from(gold: Json, text: str) -> list[Json]:
    """The records that answer ``gold`` in every slot."""
    first = {slot: value[0] for slot, value in gold.items() if slot in ("kind", "type", "act", "realis", "modality")}
    start = text.index(gold["anchor"])

    def party(name: str) -> Json:
        return {"code": name} if len(name) == 3 and name.isupper() else {"name": name}

    def amount(wanted: Json) -> Json:
        return {key: party(value) if key in ("from", "to") else value for key, value in wanted.items()}

    times = gold.get("time") or [gold.get("time_from"), None]
    record: dict[str, Any] = {
        "id": f"made-{gold['id']}",
        "kind": first["kind"],
        "evidence": {"start": start, "end": start + len(gold["anchor"])},
        "event": {"type": first["type"], "modes": gold.get("mode", []), "contexts": gold.get("contexts", [])},
        "actors": [party(name) for name in gold.get("actors", [])],
        "recipients": [party(name) for name in [*gold.get("recipients", []), *gold.get("actor_names", [])]],
        "attribution": [
            {"by": party(name), "act": first.get("act", "assert"), "direct": gold.get("direct", False)}
            for name in gold.get("by", ["nobody"])
        ],
        "factuality": {
            "polarity": gold.get("polarity"), "modality": first.get("modality"), "realis": first.get("realis")
        },
        "time": {"start": times[0], "end": times[1]},
        "place": {"name": gold.get("place"), "country": gold.get("place_country")},
        "quantities": [amount(gold["quantity"])] if "quantity" in gold else [],
        "obligation": gold.get("obligation"),
        "links": [{"to": f"made-{target}", "relation": "denies"} for target in gold.get("denies", [])],
    }
    return [record]


@pytest.mark.parametrize("name", sorted(GOLD))
def test_the_scorer_gives_gold_full_marks(name: str, pages: dict[str, Json]) -> None:
    text = pages[name]["article"]["text"]
    records = [made for gold in GOLD[name]["records"] for made in made_from(gold, text)]
    perfect = score(GOLD[name], {"article": {"text": text}, "records": records})
    assert perfect.misses == []
    assert set(perfect.figures.values()) == {1.0}


def test_the_scorer_counts_what_is_missing_wrong_and_too_much() -> None:
    text = "Peru freed two men. Chile thanked Peru."
    freed = {"id": "g1", "anchor": "Peru freed", "kind": ["event"], "type": ["RETREAT"]}
    gold = {
        "records": [
            freed | {"actors": ["PER"], "realis": ["actual"]},
            {"id": "g2", "anchor": "Chile thanked", "kind": ["event"], "type": ["SUPPORT"], "actors": ["CHL"]},
            {"id": "g3", "anchor": "two men", "kind": ["event"], "type": [None], "optional": True},
        ]
    }
    (made,) = made_from(gold["records"][0], text)
    wrong = made | {"id": "other", "factuality": {"polarity": None, "modality": None, "realis": "planned"}}
    assert score(gold, {"article": {"text": text}, "records": []}).figures == dict.fromkeys(FIGURES, 0.0)
    half = score(gold, {"article": {"text": text}, "records": [made, wrong]})
    assert (half.due, half.due_found, half.hits, half.made) == (2, 1, 1, 2)
    assert half.figures == {"found": 0.5, "precision": 0.5, "slots": 1.0, "score": 0.5}
    less = score(gold, {"article": {"text": text}, "records": [wrong]})
    assert (less.right, less.filled) == (3, 4)
    assert less.misses == ["g1 realis: Peru freed", "g2 missing: Chile thanked"]


def test_a_sentence_ends_before_the_next_capital() -> None:
    text = 'Shots were heard at 3 a.m. on Friday. "We know," he said.\n\nNo one was hurt.'
    opens, closes = sentence_at(text, text.index("We know"))
    assert text[opens:closes].strip() == '"We know," he said.'
    assert text[slice(*sentence_at(text, 5))].startswith("Shots were heard at 3 a.m. on Friday.")
