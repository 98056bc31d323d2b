"""Every line ends in one status, in order, whatever single lines do."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman.running.batch import OutputError, Progress, code_file, failed_path
from dragoman.running.lines import InputError
from dragoman.running.outcome import Counts
from dragoman.running.workers import WorkerError
from dragoman.storing import Filters, open_ledger
from running.fakes import awkward_bench, dies_at_once, make_bench, no_bench


def article(id: int, text: str = "They met.") -> str:
    return json.dumps({"id": id, "text": text})


def write(path: Path, *lines: str) -> str:
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def code(folder: Path, *lines: str, jobs: int = 1, layers: bool = False) -> tuple[Counts, list[dict[str, object]]]:
    out = folder / "out.jsonl"
    counts = code_file(
        write(folder / "in.jsonl", *lines), str(out), layers=layers, jobs=jobs, make_bench=make_bench
    )
    return counts, [json.loads(line) for line in out.read_text().splitlines()]


MIXED = [
    article(1),
    "not json",
    article(3, "Nothing of note."),
    "",
    article(5, "bonjour"),
    article(6, "breaks the step"),
    article(7, "unforeseen"),
    "[]",
    article(9),
]


def test_each_line_has_one_status(tmp_path: Path) -> None:
    counts, out = code(tmp_path, *MIXED)
    assert counts.by_status == {"coded": 2, "bad-line": 2, "no-records": 1, "blank": 1, "language": 1, "error": 2}
    assert (counts.lines, counts.failed, counts.records) == (9, 5, 2)
    assert [line["id"] for line in out] == [1, 3, 9]
    failed = [json.loads(line) for line in (tmp_path / "out.failed.jsonl").read_text().splitlines()]
    assert [(line["line"], line["id"], line["status"]) for line in failed] == [
        (2, None, "bad-line"),
        (5, None, "language"),
        (6, 6, "error"),
        (7, None, "error"),
        (8, None, "bad-line"),
    ]
    assert failed[2]["reason"] == "line 6: RuntimeError: a rule broke"


def test_what_a_line_looks_like(tmp_path: Path) -> None:
    _, (plain,) = code(tmp_path, article(1))
    assert list(plain) == ["id", "article", "records"]
    _, (layered,) = code(tmp_path, article(1), layers=True)
    assert list(layered) == [*plain, "times", "places", "quantities", "actors", "attributions", "factuality"]
    assert layered["times"] == [{"start": 0, "end": 9}]


def test_an_earlier_runs_failures_do_not_stay(tmp_path: Path) -> None:
    code(tmp_path, "bad")
    code(tmp_path, article(1))
    assert not (tmp_path / "out.failed.jsonl").exists()


def test_several_processes_write_the_same_bytes_in_order(tmp_path: Path) -> None:
    lines = [article(n, f"They met {n} times." if n % 3 else "Nothing.") for n in range(300)]
    lines[100] = "bad"
    lines[150] = article(150, "it breaks")
    counts, out = code(tmp_path, *lines)
    alone = (tmp_path / "out.jsonl").read_bytes()
    more, _ = code(tmp_path, *lines, jobs=3)
    assert (tmp_path / "out.jsonl").read_bytes() == alone
    assert more.by_status == counts.by_status
    assert [line["id"] for line in out] == [n for n in range(300) if n not in (100, 150)]


def test_a_line_that_kills_its_process_costs_only_itself(tmp_path: Path) -> None:
    lines = [article(n) for n in range(200)]
    lines[70] = article(70, "kills")
    lines[72] = article(72, "kills")
    counts, out = code(tmp_path, *lines, jobs=2)
    assert counts.by_status == {"coded": 198, "crash": 2}
    assert [line["id"] for line in out] == [n for n in range(200) if n not in (70, 72)]
    failed = (tmp_path / "out.failed.jsonl").read_text().splitlines()
    assert [json.loads(line)["line"] for line in failed] == [71, 73]


def test_what_the_bench_says_is_raised(tmp_path: Path) -> None:
    source = write(tmp_path / "in", *(article(n) for n in range(200)))
    for jobs in (1, 2):
        with pytest.raises(ValueError, match="no parser here"):
            code_file(source, str(tmp_path / "out"), layers=False, jobs=jobs, make_bench=no_bench)
    with pytest.raises(RuntimeError, match="Awkward: no"):
        code_file(source, str(tmp_path / "out"), layers=False, jobs=2, make_bench=awkward_bench)
    with pytest.raises(WorkerError, match="exit code 7"):
        code_file(source, str(tmp_path / "out"), layers=False, jobs=2, make_bench=dies_at_once)


def test_gzip_in_and_out(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl.gz", tmp_path / "out.jsonl.gz"
    source.write_bytes(gzip.compress((article(1) + "\nbad\n").encode()))
    code_file(str(source), str(out), layers=False, jobs=1, make_bench=make_bench)
    assert json.loads(gzip.decompress(out.read_bytes()))["id"] == 1
    assert (tmp_path / "out.failed.jsonl").exists()
    assert out.read_bytes()[4:8] == bytes(4)  # no time of day, so that the same run gives the same bytes


def test_a_gzip_file_that_breaks_off_gives_what_was_there(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl.gz"
    whole = gzip.compress("".join(article(n, os.urandom(500).hex()) + "\n" for n in range(100)).encode())
    source.write_bytes(whole[: len(whole) // 2])
    counts = code_file(str(source), str(tmp_path / "out"), layers=False, jobs=1, make_bench=make_bench)
    assert 10 < counts.lines < 90
    assert counts.problem
    assert f"breaks off after line {counts.lines}" in counts.problem


def test_standard_input_and_output(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(article(1).encode() + b"\nbad"))))
    code_file("-", "-", layers=False, jobs=1, make_bench=make_bench)
    out, err = capfdbinary.readouterr()
    assert json.loads(out)["id"] == 1
    assert err == b"dragoman: line 2: not an article\n"


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.write_bytes(b"\xef\xbb\xbf" + article(1).encode() + b'\n{"id": 2, "text": "\xff"}\r\n' + article(3).encode())
    counts = code_file(str(source), str(tmp_path / "out"), layers=False, jobs=1, make_bench=make_bench)
    assert counts.by_status == {"coded": 2, "bad-line": 1}


def test_a_line_too_long_is_skipped_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.running.lines.LONGEST", 100)
    counts, out = code(tmp_path, article(1), article(2, "x" * 1000), article(3))
    assert counts.by_status == {"coded": 2, "too-long": 1}
    assert [line["id"] for line in out] == [1, 3]


def test_paths_that_cannot_be(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", article(1))
    before = Path(source).read_text()

    def run(given: str, out: str) -> None:
        code_file(given, out, layers=False, jobs=1, make_bench=make_bench)

    with pytest.raises(OutputError, match="is the input"):
        run(source, str(tmp_path / "." / "in.jsonl"))
    assert Path(source).read_text() == before
    with pytest.raises(OutputError, match="cannot be written"):
        run(source, str(tmp_path / "none" / "out"))
    for given in (tmp_path / "none", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            run(str(given), str(tmp_path / "out"))


def test_an_empty_file_is_coded_to_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "in").touch()
    counts = code_file(str(tmp_path / "in"), str(tmp_path / "out"), layers=False, jobs=0, make_bench=make_bench)
    assert counts.lines == 0
    assert (tmp_path / "out").read_bytes() == b""


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_ledger_keeps_what_is_written(tmp_path: Path, jobs: int) -> None:
    source = write(tmp_path / "in", *(article(n, f"They met {n}") for n in range(150)), article(200, "Nothing."))
    with open_ledger(tmp_path / "l.db") as ledger:
        for _ in range(2):
            code_file(
                source, str(tmp_path / "out"), layers=False, jobs=jobs, make_bench=make_bench, ledger=ledger
            )
        assert ledger.count(Filters()) == 150
        assert next(ledger.find(Filters())).codebook == "cb-1"


def test_progress_ends_at_the_size_of_the_file(tmp_path: Path) -> None:
    source = write(tmp_path / "in", *(article(n) for n in range(100)))
    seen: list[Progress] = []
    code_file(source, str(tmp_path / "o"), layers=False, jobs=1, make_bench=make_bench, progress=seen.append)
    assert (seen[-1].lines, seen[-1].records, seen[-1].read) == (100, 100, Path(source).stat().st_size)
    assert seen[-1].size == seen[-1].read


INTERRUPTED = """
import sys
from dragoman.running.batch import code_file
from running.fakes import make_bench
if __name__ == "__main__":
    counts = code_file(sys.argv[1], sys.argv[2], layers=False, jobs=int(sys.argv[3]), make_bench=make_bench)
    print(counts.interrupted, counts.lines)
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_control_c_leaves_whole_lines(tmp_path: Path, jobs: int) -> None:
    source = write(tmp_path / "in", *(article(n, "sleeps " + "x" * 3000) for n in range(640)))
    script, out = tmp_path / "script.py", tmp_path / "out.jsonl"
    script.write_text(INTERRUPTED)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    running = subprocess.Popen(
        [sys.executable, str(script), source, str(out), str(jobs)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while not (out.exists() and out.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    said, wrong = running.communicate(timeout=30)
    assert wrong == ""
    written = out.read_text()
    assert written.endswith("\n")
    ids = [json.loads(line)["id"] for line in written.splitlines()]
    assert ids == list(range(len(ids)))
    assert said.split() == ["True", str(len(ids))]
    assert len(ids) < 640


@pytest.mark.parametrize(
    ("out", "failed"),
    [("a/x.jsonl", "a/x.failed.jsonl"), ("x.jsonl.gz", "x.failed.jsonl"), ("x", "x.failed.jsonl")],
)
def test_where_failures_go(out: str, failed: str) -> None:
    assert failed_path(out) == Path(failed)
