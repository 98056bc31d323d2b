"""Scores how sure the program takes the text to be of each event in factuality.jsonl; see README.md.

    python tests/gold/factuality_scoring.py [--misses]

prints, for each class of sentence and for all, the share of events whose polarity, modality and realis are among the
accepted readings; ``--misses`` lists the others.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.model import Article
from dragoman.pipeline import Pipeline
from dragoman.running.opening import open_pipeline

GOLD = Path(__file__).parent / "factuality.jsonl"
AXES = ("polarity", "modality", "realis")


@dataclass
class Score:
    """Right and scored events by axis, and a line for each that is wrong."""

    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(AXES, 0))
    scored: dict[str, int] = field(default_factory=lambda: dict.fromkeys(AXES, 0))
    misses: list[str] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, float]:
        """Accuracy by axis, 0..1; 0 where nothing is scored."""
        return {axis: self.right[axis] / max(1, self.scored[axis]) for axis in AXES}


def gold_rows() -> list[dict[str, Any]]:
    """The annotated sentences, in order."""
    return [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]


def score(rows: list[dict[str, Any]], pipeline: Pipeline) -> dict[str, Score]:
    """Scores by class of sentence, and of ``all``. An event that no finding touches is wrong on every axis."""
    articles = [Article(id=row["id"], text=row["text"], published=row["date"]) for row in rows]
    scores: dict[str, Score] = defaultdict(Score)
    for row, report in zip(rows, pipeline.run(articles, "factuality"), strict=True):
        for event in row["events"]:
            found = [f for f in report.factuality if f.span.start < event["end"] and event["start"] < f.span.end]
            for part in (scores[row["class"]], scores["all"]):
                _count(part, row, event, found[0] if found else None)
    return dict(scores)


def _count(part: Score, row: dict[str, Any], event: dict[str, Any], found: object) -> None:
    for axis in AXES:
        if axis not in event:
            continue
        wanted = event[axis] if isinstance(event[axis], list) else [event[axis]]
        got = getattr(found, axis, None)
        part.scored[axis] += 1
        part.right[axis] += got in wanted
        if got not in wanted:
            part.misses.append(f"{row['id']} {event['text']}: {axis} {got}, not {' or '.join(wanted)}: {row['text']}")


def main() -> None:
    """Print the figures."""
    scores = score(gold_rows(), open_pipeline())
    if "--misses" in sys.argv:
        print("\n".join(scores["all"].misses))
    for name, part in scores.items():
        print(*(f"{axis} {part.figures[axis]:.3f}" for axis in AXES), f"of {part.scored['modality']}", name)


if __name__ == "__main__":
    main()
