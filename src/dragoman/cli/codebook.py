"""dragoman codebook: the rules, and whether they do what their examples say."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import exits, options
from dragoman.cli.bars import bar
from dragoman.cli.failures import Stop, say

if TYPE_CHECKING:
    from rich.padding import Padding
    from rich.text import Text

    from dragoman.codebook.events import Rule
    from dragoman.running.check import Outcome
    from dragoman.running.cover import Uncovered

app = typer.Typer(help="List the rules of the codebook, check them against their examples, see what they miss.")

# Characters of a sentence shown on each side of the trouble.
AROUND = 60
# Patterns and rules shown of an uncovered word.
PATTERNS = 3
# Room left of what is said of an uncovered word (top, right, bottom, left).
INDENT = (0, 0, 0, 7)
# What makes a check fail: a gap that is closed still says todo.
FAILING = ("wrong", "gap closed")


@app.command("list")
def list_rules(
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="Only rules of this PLOVER event type.")] = None,
    rules: options.Rules = None,
) -> None:
    """List the event rules: id, what they code, their words and patterns."""
    from rich.table import Table

    from dragoman.cli.screen import console, styled
    from dragoman.codebook.events import load_events
    from dragoman.codebook.load import DATA

    found = [
        rule
        for rule in load_events(DATA / "en", tuple(rules or ())).rules
        if type is None or rule.event == type.upper()
    ]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for name in ("rule", "codes", "words", "patterns"):
        table.add_column(name, overflow="fold")
    for rule in found:
        codes = " ".join((rule.event or rule.kind, *rule.modes))
        words = ", ".join((*rule.verbs, *rule.nouns, *rule.adjectives))
        patterns = "\n".join(filter(None, (rule.pattern, *rule.patterns)))
        table.add_row(*map(styled, (rule.id, codes, words, patterns)))
    screen = console()
    if found:
        screen.print(table)
    screen.print(f"{len(found)} rules with {sum(len(rule.examples) for rule in found)} examples", style="dim")


@app.command()
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Rule files, your own or the codebook's; else all.")
    ] = None,
    actors: options.Actors = None,
    parser: options.Parser = None,
) -> None:
    """Check that each rule codes its examples and not its near misses; shows what was coded instead."""
    from dragoman.cli.screen import console
    from dragoman.codebook.load import DATA, load_codebook

    given = tuple(files or ())
    own = tuple(path for path in given if DATA not in path.resolve().parents)
    codebook = load_codebook(rules=own, actors=tuple(actors or ()))
    only = frozenset(rule.id for path in given for rule in _rules_in(path)) if given else None

    # After the codebook: a mistake in it is told at once, without loading a parser.
    from dragoman.parsing import DEFAULT_PIPELINE, SpacyParser
    from dragoman.running.check import check_rules, rule_problems

    screen = console()
    problems = [p for p in rule_problems(codebook) if only is None or any(p.startswith(f"rule {id}:") for id in only)]
    for problem in problems:
        screen.print(_plain(problem))
    counts: Counter[str] = Counter()
    total = sum(len(rule.examples) for rule in codebook.events.rules if only is None or rule.id in only)
    wrong = []
    with bar("checking") as show:
        made = SpacyParser(parser or DEFAULT_PIPELINE, codebook.is_name, codebook.grammar.lemmas, codebook.sayings)
        for outcome in check_rules(codebook, made, only):
            counts[outcome.verdict] += 1
            if outcome.verdict in FAILING:
                wrong.append(outcome)
            show(counts.total(), total, f"{counts.total():,} examples")
    for outcome in wrong:
        for line in trouble(outcome):
            screen.print(line, soft_wrap=True)
    said = ", ".join(f"{number} {verdict}" for verdict, number in sorted(counts.items()))
    screen.print(_plain(f"{counts.total()} examples: {said or 'none'}"))
    failed = sum(counts[verdict] for verdict in FAILING) + len(problems)
    if failed:
        raise Stop(exits.CODEBOOK, f"the codebook does not do what {failed} of its examples or rules say")


@app.command()
def cover(
    corpus: Annotated[
        str,
        typer.Argument(metavar="CORPUS.jsonl", help="Articles, a line each, as for dragoman code; - for stdin."),
    ],
    top: Annotated[int, typer.Option(min=1, metavar="N", help="How many words to show.")] = 30,
    jobs: options.Jobs = 0,
    parser: options.Parser = None,
    rules: options.Rules = None,
    actors: options.Actors = None,
) -> None:
    """List the words between two known parties that no rule codes: where the codebook should grow.

    The most frequent first, each with the pattern that a rule for it would have, the rules that wait for the word and
    do not fit, and the shortest sentence.
    """
    from dragoman.cli.screen import console
    from dragoman.running import cover as covering

    make_bench = partial(covering.open_cover_bench, parser, tuple(rules or ()), tuple(actors or ()))
    with bar("looking") as show:
        found = covering.cover(
            corpus, jobs, make_bench,
            lambda read, size, now: show(read, size, f"{now.lines:,} articles, {len(now.words):,} words"),
        )  # fmt: skip
    screen = console()
    for word in found.top(top):
        for part in uncovered(word):
            screen.print(part)
    seen = f"{found.lines:,} articles, {found.sentences:,} sentences"
    screen.print(_plain(f"{seen}: {len(found.words):,} words between known parties in no event"))
    for reason in found.reasons:
        say(f"{corpus}: {reason}")
    if found.interrupted:
        raise Stop(exits.INTERRUPTED, f"interrupted: these are the words of the first {found.lines:,} lines")
    if found.problem:
        raise Stop(exits.INPUT, found.problem)
    if found.failed:
        raise Stop(exits.SOME_FAILED, f"{found.failed} lines failed")


def uncovered(word: Uncovered) -> list[Padding]:
    """Count, word, patterns; the rules that wait for it; a sentence."""
    from rich.padding import Padding

    from dragoman.cli.screen import styled

    patterns = "; ".join(f"{text} ({number})" for text, number in word.patterns.most_common(PATTERNS))
    waiting = "waiting for it: " * bool(word.rules) + ", ".join(word.rules[:PATTERNS])
    if len(word.rules) > PATTERNS:
        waiting += f" and {len(word.rules) - PATTERNS} more"
    return [
        Padding(styled(f"{word.count:>5}  {word.word} ({word.trigger}): {patterns}", "bold"), 0, expand=False),
        Padding(styled(waiting or "no rule waits for it", "dim"), INDENT, expand=False),
        Padding(styled(f"“{word.example}”"), INDENT, expand=False),
    ]


def _rules_in(path: Path) -> tuple[Rule, ...]:
    from dragoman.codebook.events import Rule
    from dragoman.codebook.yamlfile import load_yaml

    return load_yaml(path, tuple[Rule, ...])


def _plain(text: str) -> Text:
    from dragoman.cli.screen import styled

    return styled(text)


def trouble(outcome: Outcome) -> list[Text]:
    """The rule, the sentence around the place of the trouble, a caret under it, and what was coded instead."""
    from dragoman.cli.screen import styled

    start = max(0, outcome.at - AROUND)
    shown = outcome.text[start : outcome.at + AROUND].replace("\n", " ")
    before, after = "… " if start else "", " …" if outcome.at + AROUND < len(outcome.text) else ""
    caret = " " * (len(before) + outcome.at - start) + "^"
    problem = outcome.problem or "is coded as it should be: take out its todo"
    return [
        styled(f"{outcome.rule}: {outcome.verdict}", "bold red"),
        styled(f"    {before}{shown}{after}"),
        styled(f"    {caret}", "red"),
        styled(f"    {problem}"),
        styled(""),
    ]
