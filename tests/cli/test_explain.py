"""dragoman explain on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Dragoman
from dragoman.cli import exits

RULES = """
- id: own.juggle
  event: AID
  verbs: [juggle]
  patterns:
    - ACTOR verb RECIPIENT
    - ACTOR verb {arms} to RECIPIENT
    - ACTOR verb {arms} for RECIPIENT
    - ACTOR verb {arms} at RECIPIENT
    - ACTOR verb {arms} on RECIPIENT
    - ACTOR verb {arms} by RECIPIENT
    - ACTOR verb {arms} over RECIPIENT
    - ACTOR verb {arms} under RECIPIENT
  examples: []
"""
SENTENCE = "Kenya said on Friday that Togo juggled Spain."


@pytest.fixture(autouse=True)
def own(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "own.yml").write_text(RULES)


def test_each_section_says_what_it_has_to(dragoman: Dragoman) -> None:
    ran = dragoman("explain", SENTENCE, "--date", "2024-06-24", "--rules", "own.yml")
    assert (ran.code, ran.err) == (0, "")
    rows = [row.strip() for row in ran.out.splitlines()]
    assert rows[0] == SENTENCE
    assert any(row.split() == ["6", "juggled", "juggle", "VBD", "ccomp", "said", "(1)"] for row in rows)
    for row in (
        "“Togo” (country) → Togo [TGO GOV]",
        "the codebook lists Togo (country, TGO)",
        "juggled (verb, 6): coded by own.juggle, the only rule that fits",
        "= AID: Togo → Spain",
        "✗ own.juggle: ACTOR verb {arms} to RECIPIENT",
        "needs {arms} as object; `Spain` is not in {arms}",
        "and 2 patterns further from fitting (--all)",
        "Kenya [KEN GOV] says (“said”): “that Togo juggled Spain”",
    ):
        assert row in rows
    fits = "✓ own.juggle: ACTOR verb RECIPIENT  [ACTOR = Togo; RECIPIENT = Spain]  score "
    assert any(row.startswith(fits) for row in rows)
    order = [rows.index(name) for name in
             ("PARSE", "WHO", "WORDS THAT RULES WAIT FOR", "ACCORDING TO WHOM", "WHEN", "RECORDS")]  # fmt: skip
    assert order == sorted(order)
    assert any(row.startswith("“Friday” → DATE 2024-06-21") for row in rows[order[4] : order[5]])
    assert any("rule own.juggle" in row for row in rows[order[5] :])


def test_all_patterns(dragoman: Dragoman) -> None:
    few = dragoman("explain", SENTENCE, "--rules", "own.yml").out
    every = dragoman("explain", SENTENCE, "--rules", "own.yml", "--all").out
    assert (few.count("✗ own.juggle"), every.count("✗ own.juggle")) == (5, 7)
    assert "--all" not in every


def test_empty_sections_say_so(dragoman: Dragoman) -> None:
    out = dragoman("explain", "Rain fell.").out
    for said in ("nobody found", "the text's own voice", "no time is stated"):
        assert said in out
    assert dragoman("explain", " ").out == "There are no words here.\n"


def test_json(dragoman: Dragoman) -> None:
    (one,) = json.loads(dragoman("explain", SENTENCE, "--rules", "own.yml", "--json").out)
    (juggled,) = (trigger for trigger in one["triggers"] if trigger["text"] == "juggled")
    assert juggled["attempts"][0]["rule"] == "own.juggle"
    assert {"text", "tokens", "tree", "actors", "triggers", "attributions", "times", "records"} == set(one)


def test_wrong_input(dragoman: Dragoman) -> None:
    for arguments, code, says in (
        ((), exits.USAGE, "Missing argument"),
        (("A.", "--date", "May"), exits.USAGE, "is no date"),
        (("A.", "--rules", "none.yml"), exits.CODEBOOK, "none.yml: cannot be read"),
        (("A.", "--parser", "none"), exits.PARSER, "is not installed"),
    ):
        ran = dragoman("explain", *arguments)
        assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1)
        assert says in ran.err
