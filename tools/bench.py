"""Speed and memory, measured in one run so that the ratios mean something on a noisy machine.

Times are processor seconds (one core does the work), but for the last: seconds on the clock.

    python -m tools.bench [--articles N] [--corpus FILE] [--keep]

Reads ../shared/gold/corpus.kcna.jsonl.gz where it is there, else the shipped examples over and over. Prints a table;
with --keep also adds it, with the date, to docs/bench.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.model import Article, Report
from dragoman.running.opening import open_pipeline
from dragoman.storing.ledger import open_ledger

if TYPE_CHECKING:
    from spacy.language import Language

    from dragoman.pipeline import Pipeline

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "gold" / "corpus.kcna.jsonl.gz"
EXAMPLES = ROOT / "examples"


def articles(corpus: Path, count: int) -> Iterator[Article]:
    """``count`` articles of the corpus, or of the shipped examples repeated."""
    if corpus.exists():
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            for number, line in zip(range(count), lines, strict=False):
                row = json.loads(line)
                yield Article(id=f"bench-{number}", text=row["text"], published=row.get("date"))
        return
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    for number in range(count):
        yield Article(id=f"bench-{number}", text=texts[number % len(texts)], published="2024-06-24")


def peak_megabytes() -> float:
    """Most memory this process has held, in MB (Linux counts in KB, macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / 1024


def parser_alone(library: Language, texts: list[str]) -> float:
    """Seconds that the parsing library takes for ``texts``, as it comes but for the entity recogniser."""
    start = time.process_time()
    for _ in library.pipe(texts, batch_size=64):
        pass
    return time.process_time() - start


def steps_alone(pipeline: Pipeline, found: list[Report]) -> dict[str, float]:
    """Seconds of each step on parsed articles."""
    seconds = dict.fromkeys(pipeline.steps, 0.0)
    for report in found:
        for name, step in pipeline.steps.items():
            start = time.process_time()
            report = step(report)
            seconds[name] += time.process_time() - start
    return seconds


def start_up() -> float:
    """Seconds of `dragoman read` on one page from the shell, the second time."""
    page = next(iter(sorted(EXAMPLES.glob("*.txt"))))
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "dragoman.cli.main", "read", str(page), "--db", f"{folder}/ledger.db"]
        for _ in range(2):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            taken = time.perf_counter() - start
    return taken


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--articles", type=int, default=300)
    ask.add_argument("--corpus", type=Path, default=CORPUS)
    ask.add_argument("--keep", action="store_true", help="add the table to docs/bench.md")
    args = ask.parse_args()

    pipeline = open_pipeline()
    # Only now: what opens the pipeline also says how the libraries are to be loaded.
    import spacy

    from dragoman.parsing import DEFAULT_PIPELINE

    parser, codebook = pipeline.parser, pipeline.codebook
    batch = list(articles(args.corpus, args.articles))
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "bench.db") as ledger:
        start = time.process_time()
        records = sum(kept.records for kept in ledger.keep_many(pipeline.run(iter(batch)), codebook.version))
        whole = time.process_time() - start
    peak = peak_megabytes()
    library = spacy.load(DEFAULT_PIPELINE, exclude=["ner"])
    parser_alone(library, [a.text for a in batch[:20]])  # warm
    bare = parser_alone(library, [a.text for a in batch])
    found = [Report(a, an) for a, an in zip(batch, parser.analyse(a.text for a in batch), strict=True)]
    sentences = sum(len(report.analysis.sentences) for report in found)
    rows = [
        ("articles", f"{len(batch)}"),
        ("sentences", f"{sentences}"),
        ("records", f"{records}"),
        ("parser alone, sentences a second", f"{sentences / bare:.0f}"),
        ("whole pipeline to the ledger, sentences a second", f"{sentences / whole:.0f}"),
        ("whole pipeline to the ledger, articles a second", f"{len(batch) / whole:.1f}"),
        ("whole / parser alone", f"{whole / bare:.2f}"),
        ("peak memory, MB", f"{peak:.0f}"),
        ("`dragoman read` on one page, seconds", f"{start_up():.2f}"),
    ]
    rows += [
        (f"step {name}, ms a sentence", f"{1000 * seconds / sentences:.3f}")
        for name, seconds in steps_alone(pipeline, found).items()
    ]
    source = "the KCNA corpus" if args.corpus.exists() else "the shipped examples, repeated"
    table = "\n".join([f"| measure | {source} |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])
    print(table)
    if args.keep:
        head = f"\n## {date.today().isoformat()}, Python {platform.python_version()}, {platform.machine()}\n\n"
        with (ROOT / "docs" / "bench.md").open("a", encoding="utf-8") as file:
            file.write(head + table + "\n")


if __name__ == "__main__":
    main()
