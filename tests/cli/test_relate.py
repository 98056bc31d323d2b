"""dragoman relate on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from cli.conftest import Dragoman
from dragoman.cli import exits

GOOD = {"id": 1, "text": "Kenya condemned Uganda.", "source": [0, 5], "target": [16, 22]}


def test_relate_counts_and_names_what_failed(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(GOOD) + "\n{\n")
    ran = dragoman("relate", "in.jsonl", "-o", "out.jsonl")
    assert (ran.code, ran.out) == (exits.SOME_FAILED, "")
    assert json.loads((tmp_path / "out.jsonl").read_text())["type"] == "ACCUSE"
    counted, reason = ran.err.splitlines()
    assert counted == "2 lines: 1 related, 0 unrelated, 1 failed"
    assert reason.startswith("dragoman: in.jsonl: line 2: not JSON")


def test_many_failures_are_not_all_shown(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("{\n" * 9)
    ran = dragoman("relate", "in.jsonl", "-o", "out.jsonl")
    assert ran.err.count("not JSON") == 5
    assert ran.err.splitlines()[-1] == "dragoman: 9 lines failed: all reasons are in out.failed.jsonl"


def test_relate_with_rules_of_ones_own(dragoman: Dragoman, tmp_path: Path) -> None:
    pair = GOOD | {"text": "Kenya juggles Uganda."} | {"target": [14, 20]}
    (tmp_path / "in.jsonl").write_text(json.dumps(pair) + "\n")
    (tmp_path / "own.yml").write_text(
        "- id: own.juggle\n  event: AID\n  verbs: [juggle]\n  pattern: ACTOR verb RECIPIENT\n  examples: []\n"
    )
    assert dragoman("relate", "in.jsonl", "-o", "out.jsonl").code == 0
    assert json.loads((tmp_path / "out.jsonl").read_text())["type"] is None
    assert dragoman("relate", "in.jsonl", "-o", "out.jsonl", "--rules", "own.yml").code == 0
    assert json.loads((tmp_path / "out.jsonl").read_text())["rule"] == "own.juggle"


def test_relate_where_files_are_wrong(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(GOOD) + "\n")
    for arguments, code in (
        (("none.jsonl", "-o", "out.jsonl"), exits.INPUT),
        (("in.jsonl", "-o", "in.jsonl"), exits.OUTPUT),
        (("in.jsonl", "-o", "no/out.jsonl"), exits.OUTPUT),
        (("in.jsonl",), exits.USAGE),
    ):
        ran = dragoman("relate", *arguments)
        assert (ran.code, ran.err.count("\n")) == (code, 1)
        assert ran.err.startswith("dragoman: ")
