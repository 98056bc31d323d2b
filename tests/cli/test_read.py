from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.conftest import Dragoman
from dragoman.cli import exits


@pytest.fixture(autouse=True)
def pages(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.html").write_text("They met in Accra.")
    (folder / "b.txt").write_text("no")
    (folder / "deep" / "c.html").write_text("Nothing happened in Accra.")


def test_one_page_as_json(dragoman: Dragoman) -> None:
    ran = dragoman("read", "pages/a.html", "--json")
    page = json.loads(ran.out)
    assert list(page) == ["article", "records"]
    assert page["article"]["text"] == "They met in Accra."
    assert "body_start" not in page["article"]
    assert page["records"][0]["evidence"] == {"start": 5, "end": 8, "quote": "met"}
    assert ran.err.startswith("1 record kept in ")
    assert ran.code == 0
    again = dragoman("read", "pages/a.html", "--json")
    assert again.out == ran.out
    assert "it was there already" in again.err


def test_layers(dragoman: Dragoman) -> None:
    page = json.loads(dragoman("read", "pages/a.html", "--json", "--layers", "--no-db").out)
    assert page["times"] == [{"start": 0, "end": 18}]


def test_a_folder_is_a_line_a_page_with_its_path(dragoman: Dragoman, tmp_path: Path) -> None:
    ran = dragoman("read", "pages", "--json", "-o", "out.jsonl")
    assert (ran.code, ran.out) == (exits.SOME_FAILED, "")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [(line["path"], len(line["records"])) for line in lines] == [("pages/a.html", 1), ("pages/deep/c.html", 0)]
    assert "dragoman: pages/b.txt: too short\n" in ran.err
    assert "2 articles (2 new) and 1 record kept in" in ran.err


def test_a_folder_of_one_page_is_still_a_line(dragoman: Dragoman) -> None:
    ran = dragoman("read", "pages/deep", "--json", "--no-db")
    assert json.loads(ran.out)["path"] == "pages/deep/c.html"
    assert ran.err == ""


def test_several_pages_are_lines_in_the_order_given(dragoman: Dragoman) -> None:
    ran = dragoman("read", "pages/deep/c.html", "pages/a.html", "--json", "--no-db")
    assert [json.loads(line)["path"] for line in ran.out.splitlines()] == ["pages/deep/c.html", "pages/a.html"]


def test_what_the_user_knows_better(dragoman: Dragoman) -> None:
    ran = dragoman("read", "pages/a.html", "--json", "--date", "2024-06-01", "--publisher", "Accra Times", "--no-db")
    article = json.loads(ran.out)["article"]
    assert (article["published"], article["published_basis"]) == ("2024-06-01", "argument")
    assert article["publisher"] == "Accra Times"


def test_on_the_screen(dragoman: Dragoman, tmp_path: Path) -> None:
    ran = dragoman("read", "pages/a.html", "--db", "my.db")
    assert "A title" in ran.out
    assert "“met”" in ran.out
    assert "\x1b" not in ran.out  # a pipe: no colour
    assert ran.out.splitlines()[-1] == "1 record kept in my.db (new article)"
    assert ran.err == ""
    ran = dragoman("read", "pages/a.html", "--no-db", "-o", "out.txt")
    assert ran.out == ""
    assert "“met”" in (tmp_path / "out.txt").read_text()


def test_a_page_without_records_says_so(dragoman: Dragoman) -> None:
    assert "No rule of the codebook found" in dragoman("read", "pages/deep/c.html", "--no-db").out


def test_a_page_in_another_language_is_printed_without_records(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "fr.html").write_text("bonjour à tous")
    ran = dragoman("read", "fr.html", "--json", "--no-db")
    assert (ran.code, ran.err) == (exits.NOT_ARTICLE, "dragoman: fr.html: written in 'fr'\n")
    page = json.loads(ran.out)
    assert (page["article"]["text"], page["records"]) == ("bonjour à tous", [])
    assert "body_start" not in page["article"]
    assert dragoman("read", "fr.html", "--no-db").out == ""


FAKE = """
import sys
import dragoman.running.opening as opening
from dragoman.cli.main import run
from running.fakes import bench_for

if __name__ == "__main__":
    opening.open_bench = bench_for
    sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_control_c_leaves_whole_pages(tmp_path: Path, jobs: str) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for n in range(400):
        (many / f"{n:03}.txt").write_text(f"They met sleeps {n}")
    (tmp_path / "fake.py").write_text(FAKE)
    out = tmp_path / "out.jsonl"
    running = subprocess.Popen(
        [sys.executable, "fake.py", "read", "many", "--json", "--no-db", "-o", str(out), "--jobs", jobs],
        stderr=subprocess.PIPE, text=True, cwd=tmp_path, start_new_session=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while not (out.exists() and out.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert (running.returncode, said) == (exits.INTERRUPTED, "dragoman: interrupted\n")
    lines = out.read_text().split("\n")
    assert lines.pop() == ""
    assert 0 < len(lines) < 400
    assert [json.loads(line)["path"] for line in lines] == [f"many/{n:03}.txt" for n in range(len(lines))]


def test_unsure_records_are_kept_and_not_shown(dragoman: Dragoman) -> None:
    ran = dragoman("read", "pages/a.html", "--min-confidence", "0.6")
    assert "1 record, none with a confidence of 0.6 or more." in ran.out
    assert "1 record kept in" in ran.out
    assert json.loads(dragoman("read", "pages/a.html", "--min-confidence", "0.6", "--json").out)["records"] == []
    assert json.loads(dragoman("read", "pages/a.html", "--min-confidence", "0.5", "--json").out)["records"] != []
    assert dragoman("read", "pages/a.html", "--min-confidence", "2").code == exits.USAGE
