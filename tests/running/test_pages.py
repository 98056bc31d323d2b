"""Pages in, each with its report or its reason, in order."""

from __future__ import annotations

import json

import pytest

from dragoman.model import Article, Report
from dragoman.reading.capture import Capture
from dragoman.reading.errors import ReadError
from dragoman.running.pages import CodePages, Page, read_pages
from running.fakes import make_bench, no_bench


def page(n: int, text: str = "They met.") -> Capture:
    return Capture(f"{n}.html", text.encode())


def read(inputs: list[Capture | ReadError], jobs: int = 1, work: CodePages | None = None) -> list[Page]:
    return list(read_pages(inputs, work=work or CodePages(), jobs=jobs, make_bench=make_bench))


def test_failures_stand_in_their_places() -> None:
    pages = read([page(1), ReadError("missing", "2.html: none", "2.html"), page(3, "no"), page(4, "breaks"), page(5)])
    assert [(p.name, p.code, len(p.report.records) if p.report else None) for p in pages] == [
        ("1.html", None, 1),
        ("2.html", "missing", None),
        ("3.html", "not-article", None),
        ("4.html", "error", None),
        ("5.html", None, 1),
    ]
    assert pages[3].error == "4.html: could not be coded: RuntimeError: a rule broke"


@pytest.mark.parametrize("layers", [False, True])
def test_several_processes_give_the_same(layers: bool) -> None:
    inputs: list[Capture | ReadError] = [page(n, f"They met {n} times." if n % 3 else "no") for n in range(50)]
    inputs[20] = ReadError("missing", "20.html: none", "20.html")
    work = CodePages(json=True, layers=layers)
    assert read(inputs, 3, work) == read(inputs, 1, work)


def test_a_page_that_kills_its_process_costs_only_itself() -> None:
    inputs: list[Capture | ReadError] = [page(n, "kills" if n == 9 else "They met.") for n in range(20)]
    pages = read(inputs, 2)
    assert [p.name for p in pages if p.code] == ["9.html"]
    assert pages[9].code == "crash"
    assert len(pages) == 20


def test_what_to_print_and_what_the_user_knows() -> None:
    (one,) = read([page(1)], work=CodePages(json=True, layers=True, date="2024-01-02", publisher="The Post"))
    assert one.json
    values = json.loads(one.json)
    assert (values["article"]["published"], values["article"]["publisher"]) == ("2024-01-02", "The Post")
    assert values["times"]
    assert one.version == "cb-1"
    assert isinstance(one.report, Report)
    assert isinstance(one.report.article, Article)
    assert one.report.article.publisher == "The Post"


def test_nothing_is_loaded_when_there_is_nothing_to_read() -> None:
    missing = ReadError("missing", "x: none", "x")
    (one,) = read_pages([missing], work=CodePages(), jobs=1, make_bench=no_bench)
    assert one.error == "x: none"
