"""What no rule codes is counted; what one codes, absorbs or carries is not."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from dragoman.model import Article
from dragoman.pipeline import Pipeline
from dragoman.running.cover import (
    Coverage,
    CoverBench,
    CoverLines,
    Seen,
    Sighting,
    cover,
    open_cover_bench,
    sightings,
)
from dragoman.running.lines import Line
from dragoman.running.opening import open_pipeline

RULE = """
- id: own.juggle
  event: AID
  verbs: [juggle]
  pattern: ACTOR verb (sword) with RECIPIENT
  examples: []
"""


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    path = tmp_path_factory.mktemp("own") / "own.yml"
    path.write_text(RULE)
    return open_pipeline(rules=(path,))


@pytest.fixture(scope="module")
def bench() -> CoverBench:
    return open_cover_bench()


def seen(pipeline: Pipeline, text: str) -> list[tuple[str, str]]:
    (report,) = pipeline.run([Article("a", text)], until="attribution")
    return [(one.word, one.pattern) for one in sightings(pipeline, report)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("France juggled Germany for hours.", [("juggle", "ACTOR verb RECIPIENT")]),
        ("Germany was juggled by France for hours.", [("juggle", "ACTOR verb RECIPIENT")]),
        ("France juggled with Germany for hours.", [("juggle", "ACTOR verb with RECIPIENT")]),
        ("France juggled apples with Germany.", [("juggle", "ACTOR verb (apple) with RECIPIENT")]),
        ("France's friendship with Germany is old.", [("friendship", "ACTOR noun with RECIPIENT")]),
        # coded, absorbed, or only carrying what is coded
        ("France juggled swords with Germany.", []),
        ("France condemned Germany.", []),
        ("France held talks with Germany.", []),
        ("France refused to give aid to Germany.", []),
        # one party, the same party twice, a place alone
        ("France juggled apples for hours.", []),
        ("France juggled France for hours.", []),
        ("France juggled in Germany.", []),
        # who speaks is attribution's
        ("France told Germany that the road was open.", []),
        # a noun that names somebody
        ("The French ambassador to Germany slept.", []),
    ],
)
def test_what_is_seen(pipeline: Pipeline, text: str, found: list[tuple[str, str]]) -> None:
    assert seen(pipeline, text) == found


def test_rules_that_wait_for_the_word_are_named(pipeline: Pipeline) -> None:
    (report,) = pipeline.run([Article("a", "France juggled Germany. Peru danced Chile.")], until="attribution")
    waiting = [(one.word, one.rules) for one in sightings(pipeline, report)]
    assert waiting == [("juggle", ("own.juggle",)), ("dance", ())]


def sighting(word: str, sentence: str, pattern: str = "ACTOR verb RECIPIENT") -> Sighting:
    return Sighting("verb", word, pattern, (), sentence)


def test_copies_count_once_and_the_shortest_sentence_is_kept() -> None:
    found = Coverage()
    long, short = sighting("juggle", "A juggled B all day long."), sighting("juggle", "A juggled B.")
    found.add(Seen((long, sighting("dance", "A danced B.")), 3))
    found.add(Seen((long, short), 2))
    found.add(Seen((sighting("juggle", "A juggled with B.", "ACTOR verb with RECIPIENT"),), 1))
    juggle, dance = found.top(5)
    assert (juggle.word, juggle.count, juggle.example) == ("juggle", 3, "A juggled B.")
    assert juggle.patterns == {"ACTOR verb RECIPIENT": 2, "ACTOR verb with RECIPIENT": 1}
    assert dance.count == 1
    assert (found.lines, found.sentences) == (3, 6)
    assert found.top(1) == [juggle]


def line(id: object, text: str) -> bytes:
    return json.dumps({"id": id, "text": text}).encode() + b"\n"


GOOD = line(1, "France juggled Germany.") + line(2, "France juggled Spain.\n\nPeru danced Chile.")
LINES = GOOD + b"\n{\n\xff\n"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_is_counted_line_by_line(tmp_path: Path, bench: CoverBench, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / "in").write_bytes(pack(LINES))
    calls = []
    found = cover(str(tmp_path / "in"), 1, lambda: bench, lambda *now: calls.append(now))
    assert [(one.word, one.count) for one in found.top(9)] == [("juggle", 2), ("dance", 1)]
    assert (found.lines, found.failed) == (5, 2)
    assert found.reasons[0].startswith("line 4: ")
    assert found.reasons[1] == "line 5: not UTF-8: convert the file"
    assert calls[-1][0] == (tmp_path / "in").stat().st_size


def test_ctrl_c_keeps_the_counts(tmp_path: Path, bench: CoverBench) -> None:
    (tmp_path / "in").write_bytes(b"".join(line(i, f"France juggled Germany {i} times.") for i in range(20)))

    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    found = cover(str(tmp_path / "in"), 1, lambda: bench, stops)
    assert (found.interrupted, found.lines, found.top(1)[0].count) == (True, 8, 8)


def test_several_processes_find_the_same(tmp_path: Path, bench: CoverBench) -> None:
    (tmp_path / "in").write_bytes(b"".join(line(i, f"France juggled Germany {i} times.") for i in range(70)))
    alone = cover(str(tmp_path / "in"), 1, lambda: bench, lambda *_: None)
    several = cover(str(tmp_path / "in"), 2, partial(open_cover_bench), lambda *_: None)
    assert [one.count for one in several.top(3)] == [one.count for one in alone.top(3)] == [70]


def test_lines_that_fail_are_told(bench: CoverBench) -> None:
    work = CoverLines()
    (long,) = work.do(bench, [Line(7, None)])
    assert long.reason == "line 7: too long for an article: split it"
    assert "exit code 9" in (work.crashed(Line(8, b""), 9).reason or "")
