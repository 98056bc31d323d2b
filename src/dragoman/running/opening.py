"""Makes the real parts: codebook, parser, reader and pipeline."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.running.bench import Bench

if TYPE_CHECKING:
    from dragoman.pipeline import Pipeline


def open_pipeline(
    parser: str | None = None, rules: tuple[Path, ...] = (), actors: tuple[Path, ...] = ()
) -> Pipeline:
    """Load the codebook, with the user's own ``rules`` and ``actors`` files, and the ``parser`` (its default if null).

    Takes a second or two. Raises CodebookError and ParserError.
    """
    # Imported here: they load the parser's library, which not every command needs.
    from dragoman.codebook.load import load_codebook
    from dragoman.parsing import DEFAULT_PIPELINE, SpacyParser
    from dragoman.pipeline import Pipeline

    codebook = load_codebook(rules=rules, actors=actors)
    return Pipeline(codebook, SpacyParser(parser or DEFAULT_PIPELINE, codebook.is_name, codebook.grammar.lemmas))


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
