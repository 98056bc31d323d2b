"""dragoman codebook cover on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from cli.conftest import Dragoman
from dragoman.cli import exits

TEXTS = ["France juggled Germany.", "France juggled Spain. Peru danced Chile.", "France condemned Spain."]


def test_cover_shows_the_most_frequent_first(dragoman: Dragoman, tmp_path: Path) -> None:
    lines = [json.dumps({"id": i, "text": text}) for i, text in enumerate(TEXTS)]
    (tmp_path / "in.jsonl").write_text("\n".join([*lines, "{", ""]))
    ran = dragoman("codebook", "cover", "in.jsonl", "--jobs", "1", "--top", "1")
    assert ran.code == exits.SOME_FAILED
    assert [row.strip() for row in ran.out.splitlines()] == [
        "2  juggle (verb): ACTOR verb RECIPIENT (2)",
        "no rule waits for it",
        "“France juggled Spain.”",
        "4 articles, 4 sentences: 2 words between known parties in no event",
    ]
    assert ran.err.splitlines()[0].startswith("dragoman: in.jsonl: line 4: ")
    assert ran.err.splitlines()[-1] == "dragoman: 1 lines failed"


def test_a_corpus_that_is_not_there(dragoman: Dragoman) -> None:
    ran = dragoman("codebook", "cover", "none.jsonl")
    assert ran.code == exits.INPUT
    assert ran.err.startswith("dragoman: none.jsonl: cannot be read")
    assert ran.err.count("\n") == 1
