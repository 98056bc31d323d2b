"""The check of examples: what is wrong, why, and where in the sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.codebook.load import load_codebook
from dragoman.parsing import SpacyParser
from dragoman.running.check import Outcome, check_rules, rule_problems

HEAD = """
- id: own.juggle
  event: AID
  verbs: [juggle]
  patterns:
    - ACTOR verb RECIPIENT
    - ACTOR verb {arms} for RECIPIENT
  examples:
"""
OTHER = """
- id: own.toss
  event: AID
  modes: []
  verbs: [toss, juggle]
  pattern: ACTOR verb (sword) with RECIPIENT
  examples:
    - text: France tossed swords with Spain.
      gives: {actors: [France], recipients: [Spain]}
    - text: France tossed apples.
      gives: nothing
"""


CASES = [
    ("{text: France juggled Spain., gives: {actors: [France], recipients: [Spain]}}", "right", "", ""),
    ("{text: France juggled Spain., gives: {actors: [Chad]}}", "wrong",
     "actors are ['France'], not ['Chad']", "France"),
    ("{text: France juggled Spain., gives: {modes: [x]}}", "wrong", "modes are [], not ['x']", "France"),
    ("{text: France juggled Spain., gives: {type: YIELD}}", "wrong", "type is AID, not YIELD", "France"),
    ("{text: Soon France juggled Spain., gives: nothing}", "wrong",
     "must not code this, coded own.juggle: France -> Spain | AID", "France"),
    ("{text: France juggled apples., gives: {}}", "wrong",
     "not coded, since at `juggled` `ACTOR verb RECIPIENT` needs RECIPIENT as object; `apples` is no party; "
     "coded instead: nothing", "juggled"),
    ("{text: France condemned Spain., gives: {}}", "wrong", "none of its words stands there", "France"),
    ("{text: France condemned Spain., gives: {}}", "wrong", "coded instead: accuse.", "France"),
    ("{text: France juggled swords with Spain., gives: nothing, by: own.toss}", "right", "", ""),
    ("{text: France tossed apples., gives: nothing, by: own.toss}", "wrong",
     "own.toss should code this, since at `tossed`", "tossed"),
    ("{text: France tossed apples., gives: nothing, by: own.none}", "wrong", "there is no such rule", "France"),
    ("{text: France juggled apples., gives: {}, todo: no fruit yet}", "known gap", "not coded", "juggled"),
    ("{text: France juggled Spain., gives: {}, todo: no fruit yet}", "gap closed", "", ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory, parser: SpacyParser) -> list[Outcome]:
    path = tmp_path_factory.mktemp("own") / "own.yml"
    path.write_text(HEAD + "".join(f"    - {example}\n" for example, *_ in CASES) + OTHER)
    return list(check_rules(load_codebook(rules=(path,)), parser, frozenset({"own.juggle"})))


@pytest.mark.parametrize(("number", "case"), list(enumerate(CASES)))
def test_verdicts(outcomes: list[Outcome], number: int, case: tuple[str, str, str, str]) -> None:
    _, verdict, says, at = case
    outcome = outcomes[number]
    assert (outcome.rule, outcome.verdict) == ("own.juggle", verdict)
    assert says in outcome.problem
    assert bool(outcome.problem) == (verdict in ("wrong", "known gap"))
    assert outcome.text[outcome.at :].startswith(at)


def test_only_the_rules_asked_for_are_checked(outcomes: list[Outcome]) -> None:
    assert len(outcomes) == len(CASES)
    assert {one.rule for one in outcomes} == {"own.juggle"}


def test_each_rule_needs_an_example_and_a_near_miss(tmp_path: Path) -> None:
    path = tmp_path / "own.yml"
    good, miss = "{text: France juggled Spain., gives: {}}", "{text: France juggled., gives: nothing}"
    for examples, problems in (
        ((good, miss), []),
        ((good,), ["rule own.juggle: no near miss (gives: nothing)"]),
        ((miss,), ["rule own.juggle: no example that it codes"]),
        ((good, miss[:-1] + ", by: own.none}"), ["rule own.juggle: no rule 'own.none', named by an example"]),
    ):
        path.write_text(HEAD + "".join(f"    - {example}\n" for example in examples) + OTHER)
        found = [p for p in rule_problems(load_codebook(rules=(path,))) if "own." in p]
        assert found == problems
