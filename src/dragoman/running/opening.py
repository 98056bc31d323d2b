"""Makes the real parts: codebook, parser, reader and pipeline."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.running.bench import Bench

if TYPE_CHECKING:
    from dragoman.pipeline import Pipeline


def open_pipeline(parser: str | None = None, rules: tuple[Path, ...] = (), actors: tuple[Path, ...] = ()) -> Pipeline:
    """Load the codebook, with the user's own ``rules`` and ``actors`` files, and the ``parser`` (its default if null).

    Takes a second or two. Raises CodebookError and ParserError.
    """
    # Read when numpy is first imported. The products are small: sharing them out takes longer than they do, and whoever
    # has several cores gives each its own process. Where numpy was there before, the parser leaves it alone.
    if "numpy" not in sys.modules:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with _for_good():
        # Imported here: they load the parser's library, which not every command needs.
        from dragoman.codebook.load import load_codebook
        from dragoman.parsing import DEFAULT_PIPELINE, SpacyParser
        from dragoman.pipeline import Pipeline

        codebook = load_codebook(rules=rules, actors=actors)
        return Pipeline(
            codebook,
            SpacyParser(parser or DEFAULT_PIPELINE, codebook.is_name, codebook.grammar.lemmas, codebook.sayings),
        )


@contextmanager
def _for_good() -> Iterator[None]:
    """What is made inside stays as long as the process: the garbage collector need not look at it, now or later.

    It would take a tenth of a second each time, which adds up to several hundredths of the pipeline's time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def open_bench(parser: str | None = None, rules: tuple[Path, ...] = (), actors: tuple[Path, ...] = ()) -> Bench:
    """A bench around the pipeline of ``open_pipeline``. Raises CodebookError and ParserError."""
    return bench_of(open_pipeline(parser, rules, actors))


def bench_of(pipeline: Pipeline) -> Bench:
    """What a process needs beside ``pipeline`` to read pages and lines and to print what was found."""
    from dragoman.reading.jsonl import article_of_line
    from dragoman.reading.read import read_capture
    from dragoman.running.layers import layers_of

    codebook = pipeline.codebook
    return Bench(
        run=pipeline.run,
        read_line=partial(article_of_line, knowledge=codebook.pages),
        read_capture=partial(read_capture, knowledge=codebook.pages),
        layers_of=partial(layers_of, knowledge=codebook.quantities, actor_rows=pipeline.actors.layer),
        version=codebook.version,
    )
