"""The examples of every rule: each sentence is coded, or left alone, as the rule says beside it.

A known gap (``todo``) is a strict expected failure: once it is coded as it should be, its ``todo`` must go.
"""

from __future__ import annotations

import pytest

from dragoman.codebook.events import load_events
from dragoman.codebook.load import DATA, Codebook, load_codebook
from dragoman.parsing import DEFAULT_PIPELINE, SpacyParser
from dragoman.running.check import Outcome, check_rules, rule_problems

EXAMPLES = [
    (f"{rule.id}-{number}", example.todo)
    for rule in load_events(DATA / "en").rules
    for number, example in enumerate(rule.examples, 1)
]


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


@pytest.fixture(scope="module")
def outcomes(codebook: Codebook) -> dict[str, Outcome]:
    """All examples in one run of the pipeline, by rule and number."""
    found: dict[str, Outcome] = {}
    numbers: dict[str, int] = {}
    for outcome in check_rules(
        codebook, SpacyParser(DEFAULT_PIPELINE, codebook.is_name, codebook.grammar.lemmas, codebook.sayings)
    ):
        numbers[outcome.rule] = numbers.get(outcome.rule, 0) + 1
        found[f"{outcome.rule}-{numbers[outcome.rule]}"] = outcome
    return found


@pytest.mark.parametrize(("name", "todo"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_example(outcomes: dict[str, Outcome], name: str, todo: str | None) -> None:
    outcome = outcomes[name]
    assert outcome.verdict in ("right", "known gap"), f"{outcome.text}\n{outcome.verdict}: {outcome.problem}"
    if todo:
        pytest.xfail(todo)


def test_every_rule_has_an_example_and_a_near_miss(codebook: Codebook) -> None:
    assert list(rule_problems(codebook)) == []
