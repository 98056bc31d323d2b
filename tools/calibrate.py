"""Calibrates ``confidence`` on the reports in examples/ and the gold beside the tests.

    python -m tools.calibrate [--write]

For every event record: how specific the pattern was (the matcher's score) and whether the record answers a gold
record. Neighbouring scores are pooled until the share of right records rises with the score (isotonic regression by
pooling adjacent violators). Prints the reliability when each report is left out of the fit in turn; --write keeps the
fit on all reports in codebook/data/confidence.yml.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from dragoman.codebook.confidence import Calibration, Point
from dragoman.reading.capture import Capture
from dragoman.reading.read import read_capture
from dragoman.running.opening import open_pipeline
from dragoman.running.output import json_of

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "src" / "dragoman" / "codebook" / "data" / "confidence.yml"
# Shares of right records among the examples are multiplied by this: they were written by us and are easier than the
# news. Chosen so that confidence is neither above nor below the share of right records, on the whole, on the
# development set of thirty other texts (lowest, middle and highest third there: .43, .79, .94).
DISCOUNT = 0.9
# Fewest records behind a point of the curve.
FEWEST = 25

Sample = tuple[str, float, bool]


def samples() -> tuple[list[Sample], list[Sample]]:
    """(report, score, right) of every event record, and of every statement, of the reports."""
    sys.path.insert(0, str(ROOT / "tests"))
    from gold.scoring import answers, sentence_at, slots_of

    pipeline = open_pipeline()
    events: list[Sample] = []
    statements: list[Sample] = []
    for file in sorted((ROOT / "tests" / "gold" / "reports").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))["records"]
        page = ROOT / "examples" / f"{file.stem}.txt"
        article = read_capture(Capture(page.name, page.read_bytes()), pipeline.codebook.pages)
        (report,) = pipeline.run([article])
        found = {(e.rule, e.evidence.start, e.evidence.end): e.score for e in report.events}
        for record in json.loads(json.dumps(json_of(report)))["records"]:
            where = sentence_at(article.text, record["evidence"]["start"])
            near = [g for g in gold if where[0] <= article.text.find(g["anchor"]) < where[1]]
            right = any(answers(g, record, slots_of(g, record, {})) for g in near)
            key = (record["rule"], record["evidence"]["start"], record["evidence"]["end"])
            if key in found:
                events.append((file.stem, found[key], right))
            else:
                statements.append((file.stem, 0.0, right))
    return events, statements


def fitted(events: list[Sample]) -> tuple[Point, ...]:
    """Points of a rising curve through the samples, each the mean of at least FEWEST of them."""
    rows = sorted((score, right) for _, score, right in events)
    pools = [rows[at : at + FEWEST] for at in range(0, len(rows), FEWEST)]
    if len(pools) > 1 and len(pools[-1]) < FEWEST:
        last = pools.pop()
        pools[-1] = pools[-1] + last
    at = 0
    while at + 1 < len(pools):
        if share(pools[at]) > share(pools[at + 1]) or mean(pools[at]) == mean(pools[at + 1]):
            pools[at : at + 2] = [pools[at] + pools[at + 1]]
            at = max(at - 1, 0)
        else:
            at += 1
    return tuple(Point(round(mean(p), 2), round(share(p), 2), len(p)) for p in pools)


def share(pool: list[tuple[float, bool]]) -> float:
    """Share of right records."""
    return sum(right for _, right in pool) / len(pool)


def mean(pool: list[tuple[float, bool]]) -> float:
    """Mean score."""
    return sum(score for score, _ in pool) / len(pool)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--write", action="store_true", help=f"keep the fit in {KEPT.relative_to(ROOT)}")
    args = ask.parse_args()
    events, statements = samples()
    true = sum(right for *_, right in statements)
    statement = Point(0.0, round(true / max(1, len(statements)), 2), len(statements))
    told: list[tuple[float, bool]] = []
    for report in sorted({name for name, *_ in events}):
        rest = Calibration(fitted([s for s in events if s[0] != report]), statement)
        told += [(rest.of(score), right) for name, score, right in events if name == report]
    print("| confidence given | records | right |\n|---|---|---|")
    for low in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = 0.5 if low == 0.0 else low + 0.1
        pool = [(p, right) for p, right in told if low <= p < high or (high > 0.95 and p >= low)]
        if pool:
            print(f"| {low:.1f} to {high:.1f} | {len(pool)} | {share(pool):.2f} |")
    brier = sum((p - right) ** 2 for p, right in told) / len(told)
    print(f"\nBrier score {brier:.3f}; always the mean: {share(told) * (1 - share(told)):.3f}")
    points = fitted(events)
    if args.write:
        lines = [f"- {{score: {p.score}, right: {p.right}, records: {p.records}}}" for p in points]
        head = "# Written by tools/calibrate.py from examples/ and tests/gold/reports: docs/concepts/confidence.md.\n"
        said = f"{{score: 0, right: {statement.right}, records: {statement.records}}}"
        tail = f"statements: {said}\ndiscount: {DISCOUNT}\n"
        KEPT.write_text(head + "events:\n" + "\n".join(lines) + "\n" + tail, encoding="utf-8")


if __name__ == "__main__":
    main()
