"""The codebook on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Dragoman
from dragoman.cli import exits

RULE = """
- id: own.juggle
  event: COOPERATE
  verbs: [juggle]
  pattern: ACTOR verb with RECIPIENT
  examples:
    - text: France juggled with Germany.
      gives: {actors: [%s], recipients: [Germany]}
    - text: France juggled all day.
      gives: nothing
"""


def test_list(dragoman: Dragoman) -> None:
    ran = dragoman("codebook", "list", "--type", "protest")
    assert ran.code == 0
    assert "protest.strike" in ran.out
    assert "consult." not in ran.out
    assert " rules with " in ran.out.splitlines()[-1]
    assert dragoman("codebook", "list", "--type", "none").out == "0 rules with 0 examples\n"


def test_list_with_rules_of_ones_own(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "own.yml").write_text(RULE % "France")
    assert "own.juggle" in dragoman("codebook", "list", "--rules", "own.yml").out


@pytest.mark.parametrize(
    ("text", "says"),
    [("- id: x\n  colour: red\n", "own.yml:2:"), ("[", "not YAML"), (None, "own.yml: cannot be read")],
)
def test_a_file_with_a_mistake(dragoman: Dragoman, tmp_path: Path, text: str | None, says: str) -> None:
    if text is not None:
        (tmp_path / "own.yml").write_text(text)
    for arguments in (("list", "--rules", "own.yml"), ("check", "own.yml")):
        ran = dragoman("codebook", *arguments)
        assert ran.code == exits.CODEBOOK
        assert ran.err.startswith("dragoman: own.yml")
        assert says in ran.err


def test_check(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "own.yml").write_text(RULE % "France")
    ran = dragoman("codebook", "check", "own.yml")
    assert (ran.code, ran.err, ran.out) == (0, "", "2 examples: 2 right\n")
    (tmp_path / "own.yml").write_text(RULE % "Spain")
    ran = dragoman("codebook", "check", "own.yml")
    assert ran.code == exits.CODEBOOK
    shown, sentence, caret, problem = ran.out.splitlines()[:4]
    assert shown == "own.juggle: wrong"
    assert sentence[caret.index("^") :].startswith("France")
    assert "actors are ['France'], not ['Spain']" in problem
    assert "2 examples: 1 right, 1 wrong" in ran.out


def test_check_asks_for_near_misses_and_closed_gaps(dragoman: Dragoman, tmp_path: Path) -> None:
    example = RULE.split("    - text: France juggled all day.")[0] % "France"
    (tmp_path / "own.yml").write_text(example.rstrip() + "\n      todo: not yet\n")
    ran = dragoman("codebook", "check", "own.yml")
    assert ran.code == exits.CODEBOOK
    near_miss, verdict, _, _, problem = ran.out.splitlines()[:5]
    assert near_miss == "rule own.juggle: no near miss (gives: nothing)"
    assert (verdict, problem.strip()) == ("own.juggle: gap closed", "is coded as it should be: take out its todo")
    assert ran.out.splitlines()[-1] == "1 examples: 1 gap closed"
    assert ran.err == "dragoman: the codebook does not do what 2 of its examples or rules say\n"


def test_check_points_at_the_word_and_says_what_the_rule_lacks(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "own.yml").write_text((RULE % "France").replace("with Germany", "for Germany"))
    shown, sentence, caret, problem = dragoman("codebook", "check", "own.yml").out.splitlines()[:4]
    assert shown == "own.juggle: wrong"
    assert sentence[caret.index("^") :].startswith("juggled")
    assert "needs RECIPIENT after `with`; there is nothing; coded instead: nothing" in problem
