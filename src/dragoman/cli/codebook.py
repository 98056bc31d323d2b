"""dragoman codebook: the rules, and whether they do what their examples say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import exits, options
from dragoman.cli.failures import Stop

if TYPE_CHECKING:
    from rich.text import Text

    from dragoman.codebook.events import Rule
    from dragoman.running.check import Outcome

app = typer.Typer(help="List the rules of the codebook, or check them against their own examples.")

# Characters of a sentence shown on each side of the trouble.
AROUND = 60
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
    for outcome in check_rules(codebook, SpacyParser(parser or DEFAULT_PIPELINE), only):
        counts[outcome.verdict] += 1
        if outcome.verdict in FAILING:
            for line in trouble(outcome):
                screen.print(line, soft_wrap=True)
    said = ", ".join(f"{number} {verdict}" for verdict, number in sorted(counts.items()))
    screen.print(_plain(f"{counts.total()} examples: {said or 'none'}"))
    failed = sum(counts[verdict] for verdict in FAILING) + len(problems)
    if failed:
        raise Stop(exits.CODEBOOK, f"the codebook does not do what {failed} of its examples or rules say")


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
