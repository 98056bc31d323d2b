"""Runs the codebook's own examples: every rule stands beside sentences it must code and near misses it must not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from dragoman.codebook.events import Example, Gives, Rule
from dragoman.codebook.load import Codebook
from dragoman.coding.events import EventCoder, SentenceCoder
from dragoman.model import Article, EventFinding, Report
from dragoman.parsing import Parser
from dragoman.pipeline import Pipeline
from dragoman.running.explain import Attempt, attempts_at

Verdict = Literal["right", "wrong", "known gap", "gap closed"]
# The day on which examples are read, for names with dated roles.
EXAMPLE_DAY = "2024-06-24"


class Outcome(msgspec.Struct, frozen=True):
    """One example and what came of it: ``problem`` in words where it is wrong, ``at`` the offset of the trouble."""

    rule: str
    text: str
    verdict: Verdict
    problem: str = ""
    at: int = 0


def check_rules(codebook: Codebook, parser: Parser, only: frozenset[str] | None = None) -> Iterator[Outcome]:
    """One Outcome an example of the rules (all, or those with the ids in ``only``), in order."""
    pairs = [
        (rule, example)
        for rule in codebook.events.rules
        if only is None or rule.id in only
        for example in rule.examples
    ]
    pipeline = Pipeline(codebook, parser)
    articles = (Article(id=str(i), text=e.text, published=EXAMPLE_DAY) for i, (_, e) in enumerate(pairs))
    coder = pipeline.events
    for (rule, example), report in zip(pairs, pipeline.run(articles, until="events"), strict=True):
        problem, at = _problem(rule, example, report, coder)
        if example.todo:
            verdict: Verdict = "known gap" if problem else "gap closed"
        else:
            verdict = "wrong" if problem else "right"
        yield Outcome(rule.id, example.text, verdict, problem, at)


def rule_problems(codebook: Codebook) -> Iterator[str]:
    """What every rule must have and one lacks: an example that it codes and a near miss."""
    for rule in codebook.events.rules:
        if rule.kind == "none":
            if not any(e.by for e in rule.examples) or all(e.by for e in rule.examples):
                yield f"rule {rule.id}: needs an example that gives nothing and a near miss with its rule (by:)"
            continue
        if not any(isinstance(e.gives, Gives) for e in rule.examples):
            yield f"rule {rule.id}: no example that it codes"
        if not any(e.gives == "nothing" for e in rule.examples):
            yield f"rule {rule.id}: no near miss (gives: nothing)"
        for example in rule.examples:
            if example.by and codebook.events.rule(example.by) is None:
                yield f"rule {rule.id}: no rule {example.by!r}, named by an example"


def _problem(rule: Rule, example: Example, report: Report, coder: EventCoder) -> tuple[str, int]:
    """What is wrong, with what was coded instead, and the offset of the trouble; nothing where all is right."""
    mine = [e for e in report.events if e.rule == rule.id]
    instead = "; ".join(described(e) for e in report.events) or "nothing"
    if isinstance(example.gives, str):
        if rule.kind == "none" and not example.by and report.events:
            return f"must give nothing, coded {instead}", report.events[0].evidence.start
        if mine:
            return f"must not code this, coded {described(mine[0])}", mine[0].evidence.start
        if example.by and not any(e.rule == example.by for e in report.events):
            by = next((one for one in coder.rules.rules if one.id == example.by), None)
            why, at = _why(by, report, coder) if by else ("there is no such rule", 0)
            return f"{example.by} should code this, {why}; coded instead: {instead}", at
        return "", 0
    if not mine:
        why, at = _why(rule, report, coder)
        return f"not coded, {why}; coded instead: {instead}", at
    problems = [_differs(example.gives, event, rule) for event in mine]
    best = min(problems, key=len)
    return best, mine[problems.index(best)].evidence.start


def _why(rule: Rule, report: Report, coder: EventCoder) -> tuple[str, int]:
    """Why ``rule`` codes nothing here, by the pattern nearest to fitting, and the offset of its word."""
    found: list[tuple[Attempt, int, str]] = []
    for sentence in report.analysis.sentences:
        own = SentenceCoder(coder, report, sentence)
        for token in sentence.tokens:
            mine = [one for one in attempts_at(coder, own, token.i) if one.rule == rule.id]
            found += [(one, token.start, token.text) for one in mine]
    if not found:
        return "since none of its words stands there as what it is in the rule", 0
    best, at, word = max(found, key=lambda one: (one[0].score or 0.0, one[0].near))
    if best.score is None:
        return f"since at `{word}` `{best.pattern}` {best.missed}", at
    return f"though `{best.pattern}` fits at `{word}` ({best.score:.1f}): another rule says more or absorbs it", at


def _differs(gives: Gives, event: EventFinding, rule: Rule) -> str:
    found = []
    for name, want, mentions in (
        ("actors", gives.actors, event.actors), ("recipients", gives.recipients, event.recipients)
    ):
        have = [m.text for m in mentions]
        if want is not None and not (len(want) == len(have) and all(any(_same(w, h) for h in have) for w in want)):
            found.append(f"{name} are {list(have)}, not {list(want)}")
    if gives.modes is not None and set(gives.modes) != set(event.modes):
        found.append(f"modes are {list(event.modes)}, not {list(gives.modes)}")
    if gives.contexts is not None and not set(gives.contexts) <= set(event.contexts):
        found.append(f"contexts are {list(event.contexts)}, not {list(gives.contexts)}")
    if gives.type is not None and gives.type != event.type:
        found.append(f"type is {event.type}, not {gives.type}")
    return "; ".join(found)


def _same(want: str, have: str) -> bool:
    """Whether two phrases name the same party: equal, or one holds the other as words."""
    a, b = f" {want.casefold().strip()} ", f" {have.casefold().strip()} "
    return a in b or b in a


def described(event: EventFinding) -> str:
    """An event on one line."""
    actors = ", ".join(m.text for m in event.actors) or "-"
    recipients = ", ".join(m.text for m in event.recipients) or "-"
    modes = f" {'+'.join(event.modes)}" if event.modes else ""
    return f"{event.rule}: {actors} -> {recipients} | {event.type or event.kind}{modes}"
