"""Times and quantities against texts annotated by hand: pinned floors."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from dragoman.model import Report
from dragoman.pipeline import Pipeline
from dragoman.running.bench import Bench
from dragoman.running.output import json_of
from gold.layers import Tally, articles_of, coded, read_times, same_value, score_quantities, score_times
from gold.scoring import Json, below, floors

HERE = Path(__file__).parent
REPORTS = [read_times(path) for path in sorted((HERE / "times").glob("*.txt"))]
SENTENCES: list[Json] = [json.loads(line) for line in (HERE / "quantities.jsonl").read_text("utf-8").splitlines()]
FLOORS = floors("layers")


def times_tally(bench: Bench, pipeline: Pipeline) -> Tally:
    pages = coded(bench, pipeline, REPORTS, "times", "times")
    return sum((score_times(row, page["times"]) for row, page in zip(REPORTS, pages, strict=True)), Tally())


def figures_of(report: Report) -> list[Json]:
    """The figures as they are found, units as the record gives them."""
    found: list[Json] = msgspec.to_builtins(report.quantities)
    return [figure | figure["span"] for figure in found]


def quantities_tally(bench: Bench, pipeline: Pipeline) -> Tally:
    total = Tally()
    reports = pipeline.run(articles_of(bench, SENTENCES), "records")
    for row, report in zip(SENTENCES, reports, strict=True):
        records = json.loads(json.dumps(json_of(report)))["records"]
        total += score_quantities(row, figures_of(report), records)
    return total


def test_times_are_above_their_floors(bench: Bench, pipeline: Pipeline) -> None:
    tally = times_tally(bench, pipeline)
    figures = {f"{kind}_f1": tally.f1(kind) for kind in ("strict", "relaxed", "type", "value")}
    assert not below(figures, FLOORS["times"]), "\n".join(tally.misses)


def test_what_only_looks_like_a_time_is_left_alone(bench: Bench, pipeline: Pipeline) -> None:
    assert times_tally(bench, pipeline).right["false alarms"] == 0


def test_quantities_are_above_their_floors(bench: Bench, pipeline: Pipeline) -> None:
    tally = quantities_tally(bench, pipeline)
    figures = {"found": tally.recall("found"), "right": tally.recall("right"), "right_f1": tally.f1("right")}
    assert not below(figures, FLOORS["quantities"]), "\n".join(tally.misses)


def test_marks_are_read_and_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("published: 2024-06-24\n\nRank {3|NONE} since {Friday|DATE 2024-06-21}.\n", "utf-8")
    report = read_times(path)
    (friday,) = report["times"]
    assert (report["text"], report["date"], report["not_times"]) == ("Rank 3 since Friday.\n", "2024-06-24", [[5, 6]])
    assert (friday["text"], friday["value"], report["text"][friday["start"] : friday["end"]]) == (
        "Friday", "2024-06-21", "Friday",
    )  # fmt: skip
    path.write_text("published: 2024-06-24\n\nSince {Friday}.\n", "utf-8")
    with pytest.raises(ValueError, match=r"a\.txt"):
        read_times(path)


@pytest.mark.parametrize(
    ("wanted", "value", "same"),
    [
        ("2024-06-24T15:00", "2024-06-24T15", True),
        ("T15:30", "2024-06-24T15:30:00", True),
        ("P3M/P1Q", "P1Q", True),
        ("2024-06-24", "2024-06", False),
        ("T15:30", None, False),
    ],
)
def test_values_are_compared_without_zero_minutes(wanted: str, value: str | None, same: bool) -> None:
    assert same_value(wanted, value) is same


def test_the_scorer_counts_spans_types_and_values() -> None:
    gold = {
        "id": "a", "not_times": [[20, 23]],
        "times": [{"start": 0, "end": 6, "text": "Friday", "type": "DATE", "value": "2024-06-21"}],
    }  # fmt: skip
    right = {"start": 0, "end": 6, "text": "Friday", "type": "DATE", "value": "2024-06-21"}
    assert score_times(gold, [right]).f1("strict") == score_times(gold, [right]).f1("value") == 1.0
    loose = right | {"start": 3, "value": "2024"}
    tally = score_times(gold, [loose, {"start": 20, "end": 23, "text": "May", "type": "DATE", "value": "2024-05"}])
    assert (tally.right["relaxed"], tally.right["strict"], tally.right["value"], tally.made) == (1, 0, 0, 2)
    assert tally.right["false alarms"] == 1


def test_a_figure_is_right_when_all_that_gold_gives_is() -> None:
    wanted = {"start": 0, "end": 2, "text": "12", "value": 12, "unit": ["t", "tonne"], "from": "NOR"}
    got = {"start": 0, "end": 2, "text": "12", "value": 12.0, "unit": "tonne"}
    held = {"quantities": [got | {"from": {"code": "NOR"}}]}
    gold = {"id": "a", "text": "12 tonnes", "quantities": [wanted]}
    assert score_quantities(gold, [got], [held]).right["right"] == 1
    assert score_quantities(gold, [got], []).right["right"] == 0
    assert score_quantities(gold, [got | {"value": 13.0}], [held]).right["right"] == 0
