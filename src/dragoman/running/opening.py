"""Makes a bench of the real parts: codebook, parser, reader and pipeline."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from dragoman.running.bench import Bench


def open_bench(parser: str | None = None, rules: tuple[Path, ...] = (), actors: tuple[Path, ...] = ()) -> Bench:
    """Load the codebook, with the user's own ``rules`` and ``actors`` files, and the ``parser`` (its default if null).

    Takes a second or two. Raises CodebookError and ParserError.
    """
    # Imported here: they load the parser's library, which not every command needs.
    from dragoman.codebook.load import load_codebook
    from dragoman.parsing import DEFAULT_PIPELINE, SpacyParser
    from dragoman.pipeline import Pipeline
    from dragoman.reading.jsonl import article_of_line
    from dragoman.reading.read import read_capture
    from dragoman.running.layers import layers_of

    codebook = load_codebook(rules=rules, actors=actors)
    pipeline = Pipeline(codebook, SpacyParser(parser or DEFAULT_PIPELINE, codebook.is_name))
    return Bench(
        run=pipeline.run,
        read_line=partial(article_of_line, knowledge=codebook.pages),
        read_capture=partial(read_capture, knowledge=codebook.pages),
        layers_of=partial(layers_of, knowledge=codebook.quantities),
        version=codebook.version,
    )
