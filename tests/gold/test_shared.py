"""Development sets that lie beside the checkout, with their own scorers: pinned floors for what they print.

They are no part of this repository; where they are absent these tests are skipped.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pytest

from dragoman.model import Article, Report, Span
from dragoman.pipeline import Pipeline
from dragoman.reading.capture import Capture
from dragoman.running.bench import Bench
from dragoman.running.output import json_of
from dragoman.running.relating import Pair, relate_pairs
from gold.layers import coded
from gold.scoring import Json, below, floors

SHARED = Path(__file__).parents[3] / "shared"
FLOORS = floors("shared")

THERE = (SHARED / "gold").is_dir()
pytestmark = pytest.mark.skipif(not THERE, reason="the development sets are not beside the checkout")

Measure = Callable[[str, list[Json], list[Json]], dict[str, float]]


def rows_of(name: str, most: int | None = None) -> list[Json]:
    """The first ``most`` lines of a set."""
    data = (SHARED / "gold" / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode()
    return [json.loads(line) for line in text.split("\n")[:most] if line.strip()]


def figures_of(printed: str) -> dict[str, float]:
    """The ``name value`` pairs of a scorer's last line."""
    words = printed.splitlines()[-1].split()
    return {name: float(value) for name, value in zip(words[::2], words[1::2], strict=True)}


@pytest.fixture
def measure(tmp_path: Path) -> Measure:
    """Runs ``score_TASK.py`` on gold rows and predictions."""

    def run(task: str, gold: list[Json], made: list[Json]) -> dict[str, float]:
        paths = [write(tmp_path / "gold.jsonl", gold), write(tmp_path / "made.jsonl", made)]
        return scored(task, paths)

    return run


def write(path: Path, rows: Iterable[Json]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def scored(task: str, paths: list[Path]) -> dict[str, float]:
    script = SHARED / "tools" / f"score_{task}.py"
    done = subprocess.run([sys.executable, script, *paths], capture_output=True, text=True, check=True)
    return figures_of(done.stdout)


def check(name: str, figures: dict[str, float]) -> None:
    assert not below(figures, FLOORS[name]), f"{name}: {figures}"


def test_page(bench: Bench, tmp_path: Path) -> None:
    article = bench.read_capture(Capture("page.txt", (SHARED / "seed" / "fakti-2024-06-24.txt").read_bytes()))
    (report,) = bench.run([article])
    made = tmp_path / "made.json"
    made.write_text(json.dumps(json_of(report)), "utf-8")
    check("page", scored("records", [SHARED / "gold" / "fakti-2024-06-24.json", made]))


def test_records(bench: Bench, pipeline: Pipeline, measure: Measure) -> None:
    gold = rows_of("records.jsonl")
    check("records", measure("records", gold, coded(bench, pipeline, gold, "records", "article", "records")))


def test_times(bench: Bench, pipeline: Pipeline, measure: Measure) -> None:
    gold = rows_of("times.specs.jsonl")
    check("times", measure("times", gold, coded(bench, pipeline, gold, "times", "times")))


def test_quantities(bench: Bench, pipeline: Pipeline, measure: Measure) -> None:
    gold = rows_of("quantities.specs.jsonl")
    check("quantities", measure("quantities", gold, coded(bench, pipeline, gold, "quantities", "quantities")))


def test_attribution(bench: Bench, pipeline: Pipeline, measure: Measure) -> None:
    gold = rows_of("attributions.dev.jsonl.gz", 20)
    check("attribution", measure("attribution", gold, coded(bench, pipeline, gold, "attribution", "attributions")))


def test_factuality(bench: Bench, pipeline: Pipeline, measure: Measure) -> None:
    gold = rows_of("factuality.uds.dev.jsonl", 300)
    check("factuality", measure("factuality", gold, coded(bench, pipeline, gold, "factuality", "factuality")))


def test_places(bench: Bench, pipeline: Pipeline, measure: Measure) -> None:
    gold = rows_of("places.lgl.jsonl", 60)
    check("places", measure("places", gold, coded(bench, pipeline, gold, "places", "places")))


def test_relations(pipeline: Pipeline, measure: Measure) -> None:
    gold = rows_of("relations.jsonl")
    pairs = [Pair(row["id"], row["text"], row["source"], row["target"]) for row in gold]
    made = [msgspec.to_builtins(found) for found in relate_pairs(pipeline, pairs)]
    check("relations", measure("relate", gold, made))


def test_related_pairs(pipeline: Pipeline) -> None:
    """F1 of "related", in all and by whether the two are actors to us or things ("the bomb")."""
    gold = rows_of("relations_binary.jsonl")
    pairs = [Pair(row["id"], row["text"], row["source"], row["target"]) for row in gold]
    articles = [Article(id=str(pair.id), text=pair.text) for pair in pairs]
    counts: dict[str, Counter[str]] = {}
    found = zip(pairs, pipeline.run(articles, "coreference"), relate_pairs(pipeline, pairs), gold, strict=True)
    for pair, report, made, row in found:
        kind = f"{party_kind(report, pair.source)}_{party_kind(report, pair.target)}"
        outcome = ("false", "missed")[row["related"]] if bool(made.type) != row["related"] else "agreed"
        for name in ("all", kind):
            counts.setdefault(name, Counter())[outcome if row["related"] or made.type else "rightly null"] += 1
    check("related_pairs", {name: f1(count) for name, count in counts.items()})


def party_kind(report: Report, span: tuple[int, int] | None) -> str:
    actor = span and any(m.parties and m.span.overlaps(Span(*span)) for m in report.mentions)
    return "actor" if actor else "thing"


def f1(count: Counter[str]) -> float:
    return 2 * count["agreed"] / max(1, 2 * count["agreed"] + count["false"] + count["missed"])


def test_quad(pipeline: Pipeline, measure: Measure) -> None:
    """The quad class of what a sentence's parties do, none of them marked."""
    gold = rows_of("quad.jsonl")
    found = relate_pairs(pipeline, [Pair(row["id"], row["text"]) for row in gold])
    check("quad", measure("relate", gold, [msgspec.to_builtins(one) for one in found]))


def test_figures_are_on_the_last_line() -> None:
    assert figures_of("slot act: 2/2\ndue 3 found 0.250 score 1.000\n") == {"due": 3.0, "found": 0.25, "score": 1.0}
