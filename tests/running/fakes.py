"""A bench without a parser: cheap enough to start in several processes. Words in a text make it misbehave."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.model import Analysis, Article, Evidence, Factuality, Layers, Record, Report
from dragoman.reading.capture import Capture
from dragoman.reading.errors import ReadError
from dragoman.running.bench import Bench


def read_line(text: str, number: int) -> tuple[Any, Article]:
    try:
        values = json.loads(text)
        body = values["text"]
    except (ValueError, KeyError, TypeError) as error:
        raise ReadError("bad-line", f"line {number}: not an article") from error
    if "bonjour" in body:
        raise ReadError("language", f"line {number}: French")
    if "unforeseen" in body:
        raise KeyError("unforeseen")
    return values["id"], Article(id=f"a-{values['id']}", text=body)


def run(articles: Iterable[Article]) -> Iterator[Report]:
    for article in articles:
        if "breaks" in article.text:
            raise RuntimeError("a rule broke")
        if "kills" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "sleeps" in article.text:
            time.sleep(0.02)
        yield Report(article, Analysis("fake-1", ()), records=tuple(records(article)))


def records(article: Article) -> Iterator[Record]:
    at = article.text.find("met")
    if at >= 0:
        evidence = Evidence(at, at + 3, "met")
        id = f"r-{article.id}"
        yield Record(id, "event", evidence, None, (), (), (), Factuality(), None, None, (), None, (), "met", 0.5, ())


def read_capture(capture: Capture) -> Article:
    text = capture.data.decode()
    if len(text) < 5:
        raise ReadError("not-article", f"{capture.name}: too short", capture.name)
    article = Article(id=f"page-{capture.name}", text=text, title="A title", published="2024-05-04")
    if "bonjour" in text:
        raise ReadError("language", f"{capture.name}: written in 'fr'", capture.name, article)
    return article


def layers_of(report: Report) -> Layers:
    return Layers(times=({"start": 0, "end": len(report.article.text)},))


def make_bench() -> Bench:
    return Bench(run, read_line, read_capture, layers_of, "cb-1")


def no_bench() -> Bench:
    raise ValueError("no parser here")


class Awkward(Exception):
    """An error that cannot be unpickled."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)


def awkward_bench() -> Bench:
    raise Awkward("no", "parser")


def dies_at_once() -> Bench:
    os._exit(7)


def bench_for(*_: object) -> Bench:
    """Stands for running.opening.open_bench."""
    return make_bench()
