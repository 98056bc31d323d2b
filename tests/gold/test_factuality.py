"""How sure invented news is of its events, against what a careful reader says: pinned floors on each axis."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.pipeline import Pipeline
from gold.factuality_scoring import AXES, gold_rows, score
from gold.scoring import below, floors

ROWS = gold_rows()


def test_every_axis_is_above_its_floor(pipeline: Pipeline) -> None:
    found = score(ROWS, pipeline)["all"]
    assert not below(found.figures, floors("factuality")["all"]), "\n".join(found.misses)


def test_annotations_point_at_their_words() -> None:
    assert sum(len(row["events"]) for row in ROWS) >= 300
    for row in ROWS:
        for event in row["events"]:
            assert row["text"][event["start"] : event["end"]] == event["text"]


@pytest.mark.parametrize(("axis", "wrong"), [("polarity", "negative"), ("modality", "unknown"), ("realis", "planned")])
def test_the_scorer_counts_by_axis(pipeline: Pipeline, axis: str, wrong: str) -> None:
    event: dict[str, Any] = {"start": 10, "end": 17, "text": "shelled"}
    event |= {"polarity": "positive", "modality": ["probable", "certain"], "realis": "actual"}
    row: dict[str, Any] = {"id": "a", "class": "b", "date": "2025-06-12", "text": "The rebel shelled a town."}
    right = score([row | {"events": [event]}], pipeline)
    assert right["b"].figures == right["all"].figures == dict.fromkeys(AXES, 1.0)
    found = score([row | {"events": [event | {axis: wrong}]}], pipeline)["all"]
    assert found.figures == dict.fromkeys(AXES, 1.0) | {axis: 0.0}
    assert len(found.misses) == 1


def test_what_is_not_found_is_wrong(pipeline: Pipeline) -> None:
    event = {"start": 0, "end": 3, "text": "The", "modality": "certain", "realis": "actual"}
    row = {"id": "a", "class": "b", "date": "2025-06-12", "text": "The rebel shelled a town.", "events": [event]}
    found = score([row], pipeline)["all"]
    assert found.scored == {"polarity": 0, "modality": 1, "realis": 1}
    assert found.right == dict.fromkeys(AXES, 0)
