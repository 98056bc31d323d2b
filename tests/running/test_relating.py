"""Pairs in, relations out; a line that is no pair is told apart and stops nothing."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from dragoman.model import Report
from dragoman.pipeline import Pipeline
from dragoman.running.batch import OutputError
from dragoman.running.lines import InputError, Line
from dragoman.running.opening import open_pipeline
from dragoman.running.relating import RelateCounts, read_pair, relate_file

SENTENCE = "Kenya condemned Uganda for the shelling of a village."
BOTH = {"source": [0, 5], "target": [16, 22]}


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return open_pipeline()


def related(pipeline: Pipeline, folder: Path, *lines: object) -> tuple[list[dict[str, object]], RelateCounts]:
    source, out = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    counts = relate_file(str(source), str(out), pipeline, lambda *_: None)
    return [json.loads(line) for line in out.read_bytes().splitlines()], counts


def test_a_pair_gets_a_type_scores_and_the_rule(pipeline: Pipeline, tmp_path: Path) -> None:
    pair = {"id": "k1", "text": SENTENCE, **BOTH, "type": "AID", "more": [1]}
    (got,), counts = related(pipeline, tmp_path, pair)
    assert (got["id"], got["type"]) == ("k1", "ACCUSE")
    assert str(got["rule"]).startswith("accuse.")
    scores = got["scores"]
    assert isinstance(scores, dict)
    assert max(scores, key=lambda kind: scores[kind]) == "ACCUSE"
    assert sum(scores.values()) == pytest.approx(1, abs=0.001)
    assert (counts.related, counts.unrelated, counts.failed) == (1, 0, 0)


def test_nulls_and_missing_slots_mean_any_party(pipeline: Pipeline, tmp_path: Path) -> None:
    lines = [
        {"id": 1, "text": SENTENCE, "source": None, "target": [16, 22], "date": None},
        {"id": 2, "text": SENTENCE, "source": [0, 5], "target": None},
        {"id": 3, "text": SENTENCE, "date": "2024-06-24T10:00+03:00"},
    ]
    got, _ = related(pipeline, tmp_path, *lines)
    assert [(one["id"], one["type"]) for one in got] == [(1, "ACCUSE"), (2, "ACCUSE"), (3, "ACCUSE")]


def test_what_is_supposed_or_alleged_stands_back(pipeline: Pipeline, tmp_path: Path) -> None:
    lines = [
        {"id": 1, "text": "Kenya threatened to shell Kampala if Uganda attacks Nairobi."},
        {"id": 2, "text": "Kenya accused Uganda of attempting to overthrow its government."},
        {"id": 3, "text": "Kenya freed two Ugandans after a court jailed them."},
        {"id": 4, "text": "Kenya denied reports that it had shelled Uganda."},
    ]
    got, _ = related(pipeline, tmp_path, *lines)
    assert [one["type"] for one in got] == ["THREATEN", "ACCUSE", "RETREAT", None]


def test_no_interaction_is_null(pipeline: Pipeline, tmp_path: Path) -> None:
    pair = {"id": 1, "text": "Kenya and Uganda are hot in March.", "source": [0, 5], "target": [10, 16]}
    got, counts = related(pipeline, tmp_path, pair, {"id": 2, "text": ""})
    assert [one["id"] for one in got] == [1, 2]
    assert all((one["type"], one["scores"], one["rule"]) == (None, {}, None) for one in got)
    assert (counts.related, counts.unrelated) == (0, 2)


def test_bad_lines_are_told_and_stop_nothing(pipeline: Pipeline, tmp_path: Path) -> None:
    good = {"id": 9, "text": SENTENCE, **BOTH}
    got, counts = related(
        pipeline, tmp_path, "{", '{"id": 1}', "", '{"id": 1, "text": "A.", "source": [0, 9]}',
        '{"id": 1, "text": "A.", "date": "May"}', '{"id": 1, "text": "A.", "source": [0]}', good,
    )  # fmt: skip
    assert [one["id"] for one in got] == [9]
    assert (counts.lines, counts.related, counts.blank, counts.failed) == (7, 1, 1, 5)
    failed = [json.loads(line) for line in (tmp_path / "out.failed.jsonl").read_text().splitlines()]
    assert [one["line"] for one in failed] == [1, 2, 4, 5, 6]
    for one, says in zip(
        failed, ("not JSON", "missing required field `text`", "has 2 characters", "is no date", "source"), strict=True
    ):
        assert says in one["reason"]
        assert one["reason"].startswith(f"line {one['line']}: ")
    assert counts.reasons == [one["reason"] for one in failed]


def test_a_pair_on_which_a_step_fails_does_not_take_the_others(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = pipeline.steps["actors"]

    def fails(report: Report) -> Report:
        if "Uganda" not in report.article.text:
            raise RuntimeError("a rule broke")
        return step(report)

    monkeypatch.setitem(pipeline.steps, "actors", fails)
    got, counts = related(pipeline, tmp_path, {"id": 1, "text": "Kenya."}, {"id": 2, "text": SENTENCE, **BOTH})
    assert [one["id"] for one in got] == [2]
    assert counts.reasons[0].startswith("line 1: RuntimeError: a rule broke")


def test_gzip_in_and_out_and_the_same_bytes_again(pipeline: Pipeline, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl.gz", tmp_path / "out.jsonl.gz"
    source.write_bytes(gzip.compress(json.dumps({"id": 1, "text": SENTENCE, **BOTH}).encode()))
    relate_file(str(source), str(out), pipeline, lambda *_: None)
    first = out.read_bytes()
    assert json.loads(gzip.decompress(first))["type"] == "ACCUSE"
    relate_file(str(source), str(out), pipeline, lambda *_: None)
    assert out.read_bytes() == first


def test_files_that_cannot_be_used(pipeline: Pipeline, tmp_path: Path) -> None:
    (tmp_path / "in").write_text("{}\n")
    with pytest.raises(InputError, match="cannot be read"):
        relate_file(str(tmp_path / "none"), str(tmp_path / "out"), pipeline, lambda *_: None)
    with pytest.raises(OutputError, match="is the input"):
        relate_file(str(tmp_path / "in"), str(tmp_path / "in"), pipeline, lambda *_: None)
    with pytest.raises(OutputError, match="cannot be written"):
        relate_file(str(tmp_path / "in"), str(tmp_path / "no" / "out"), pipeline, lambda *_: None)


def test_a_line_that_was_too_long_to_be_read() -> None:
    with pytest.raises(ValueError, match="too long"):
        read_pair(Line(1, None))
