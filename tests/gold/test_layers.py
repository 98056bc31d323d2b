"""Times and quantities against texts annotated by hand: pinned floors."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from dragoman.model import Report
from dragoman.pipeline import Pipeline
from dragoman.running.bench import Bench
from dragoman.running.output import json_of
from gold.layers import Tally, articles_of, coded, read_times, score_quantities, score_times
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
