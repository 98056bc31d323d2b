"""The workbench: everything that one process needs to turn pages and lines into reports, loaded once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.model import Article, Layers, Report

if TYPE_CHECKING:
    from dragoman.reading.capture import Capture


class Bench(msgspec.Struct, frozen=True):
    """The steps, ready to run.

    ``run`` turns articles into reports, one each, in order; ``read_line`` a JSONL line and its number into its id and
    article; ``read_capture`` a page into an article (both raise ReadError); ``layers_of`` gives the findings of a
    report; ``version`` is the codebook's.
    """

    run: Callable[[Iterable[Article]], Iterator[Report]]
    read_line: Callable[[str, int], tuple[Any, Article]]
    read_capture: Callable[[Capture], Article]
    layers_of: Callable[[Report], Layers]
    version: str


MakeBench = Callable[[], Bench]
"""Makes a bench; must pickle (a function of a module, or a functools.partial of one), since each worker calls it."""


def reports_of(bench: Bench, articles: list[Article]) -> list[Report | Exception]:
    """A report for each article, or the error it caused: one that fails does not take the others with it."""
    done: list[Report | Exception] = []
    try:
        done.extend(bench.run(articles))
    except Exception:
        # Somewhere in the stream; which one is known only by running the rest one by one.
        done = [_alone(bench, article) for article in articles]
    return done


def _alone(bench: Bench, article: Article) -> Report | Exception:
    try:
        (report,) = bench.run([article])
    except Exception as error:
        return error
    return report


def reason_of(error: Exception) -> str:
    """One line that says what went wrong, and in which of our modules and line."""
    said = " ".join(str(error).split())
    return (f"{type(error).__name__}: {said}" if said else type(error).__name__) + _place_of(error)


def _place_of(error: Exception) -> str:
    place = ""
    trace = error.__traceback__
    while trace:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.startswith("dragoman.") and module != __name__:
            place = f" ({module}, line {trace.tb_lineno})"
        trace = trace.tb_next
    return place
