"""dragoman explain: why a sentence is coded as it is, or is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options

if TYPE_CHECKING:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from dragoman.model import TimeFinding
    from dragoman.running.explain import Attempt, Explained, Said, Trigger, Who

    Part = Text | Padding | Table | str

# Patterns that miss, shown at a word: those nearest to fitting. A common verb has dozens.
NEAREST = 5


def explain(
    text: Annotated[str, typer.Argument(metavar="SENTENCE", help="A sentence, or several.")],
    date: Annotated[
        str | None,
        typer.Option(metavar="DATE", callback=options.moment, help="Read it as published on that day."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show every pattern tried, not the nearest alone.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON, a list of sentences.")] = False,
    parser: options.Parser = None,
    rules: options.Rules = None,
    actors: options.Actors = None,
) -> None:
    """Show how a sentence is read: its parse, who is in it and why, and each pattern that fits or what it lacks."""
    from dragoman.running.explain import explain as explained
    from dragoman.running.opening import open_pipeline

    pipeline = open_pipeline(parser, tuple(rules or ()), tuple(actors or ()))
    found = explained(pipeline, text, date)
    if as_json:
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    from dragoman.cli.screen import console

    screen = console()
    for one in found:
        for part in parts(one, every):
            screen.print(part)
    if not found:
        screen.print("There are no words here.", style="dim")


def parts(one: Explained, every: bool) -> Iterator[Part]:
    """A sentence as the screen shows it, part by part."""
    from dragoman.cli.screen import record_block, styled

    yield styled(one.text, "bold")
    yield from _section("parse", _parse(one))
    yield from _section("who", (part for who in one.actors for part in _who(who)), "nobody found")
    shown = (part for trigger in one.triggers for part in _trigger(trigger, every))
    yield from _section("words that rules wait for", shown, "none: no rule names a word of this sentence")
    yield from _section("according to whom", (_said(said) for said in one.attributions), "the text's own voice")
    yield from _section("when", map(_time, one.times), "no time is stated")
    numbers = {record.id: number for number, record in enumerate(one.records, 1)}
    blocks = (part for record in one.records for part in record_block(record, numbers))
    yield from _section("records", blocks, "none")


def _section(name: str, shown: Iterator[Part], otherwise: str = "") -> Iterator[Part]:
    from dragoman.cli.screen import styled

    yield styled("")
    yield styled(name.upper(), "bold yellow")
    empty = True
    for part in shown:
        empty = False
        yield part
    if empty and otherwise:
        yield _indented(styled(otherwise, "dim"), 2)


def _parse(one: Explained) -> Iterator[Part]:
    from rich.table import Table

    from dragoman.cli.screen import styled

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for name in ("  #", "word", "lemma", "tag", "dep", "head"):
        table.add_column(name, header_style="dim", justify="right" if "#" in name else "left")
    for token in one.tokens:
        head = "—" if token.head == token.i else f"{one.tokens[token.head].text} ({token.head})"
        table.add_row(*map(styled, (str(token.i), token.text, token.lemma, token.tag, token.dep, head)))
    yield table
    yield _indented(styled(one.tree, "cyan"), 2)


def _who(who: Who) -> Iterator[Part]:
    from dragoman.cli import words
    from dragoman.cli.screen import styled

    codes = words.parties(who.parties) if who.parties else "unknown"
    yield _indented(styled(f"“{who.text}” ({who.kind}) → {codes}"), 2)
    for line in who.origins:
        yield _indented(styled(line, "dim"), 6)


def _trigger(trigger: Trigger, every: bool) -> Iterator[Part]:
    from dragoman.cli import words
    from dragoman.cli.screen import styled

    yield _indented(styled(f"{trigger.text} ({trigger.trigger}, {trigger.token}): {trigger.verdict}", "bold"), 2)
    for line in trigger.coded:
        yield _indented(styled(f"= {line}", "bold cyan"), 4)
    if trigger.factuality:
        yield _indented(styled(f"status: {words.status_and_words(trigger.factuality)}"), 4)
    missed = [one for one in trigger.attempts if one.missed]
    for one in trigger.attempts:
        if not one.missed:
            yield _indented(_fits(one), 4)
    for one in missed if every else missed[:NEAREST]:
        yield _indented(styled(f"✗ {one.rule}: {one.pattern}"), 4)
        yield _indented(styled(one.missed or "", "dim"), 8)
    if not every and len(missed) > NEAREST:
        yield _indented(styled(f"and {len(missed) - NEAREST} patterns further from fitting (--all)", "dim"), 4)


def _fits(one: Attempt) -> Text:
    from dragoman.cli.screen import styled

    slots = "; ".join(f"{name} = {', '.join(found)}" for name, found in one.slots.items())
    return styled(f"✓ {one.rule}: {one.pattern}  [{slots or 'no slots'}]  score {one.score:.1f}", "green")


def _said(said: Said) -> Part:
    from dragoman.cli import words
    from dragoman.cli.screen import styled

    who = words.parties(said.speaker) or said.source or "somebody not named"
    how = f"{who} {words.ACTS[said.act]}" + (f" (“{said.cue}”)" if said.cue else "")
    quoted = ", in quotes" if said.direct else ""
    return _indented(styled(f"{how}{quoted}: “{' … '.join(said.content)}”"), 2)


def _time(time: TimeFinding) -> Part:
    from dragoman.cli.screen import styled

    days = f"{time.first or '…'} to {time.last or '…'}" if time.first or time.last else time.reason or "no day"
    basis = f", {time.basis}" if time.basis else ""
    return _indented(styled(f"“{time.text}” → {time.type} {time.value}: {days}{basis}"), 2)


def _indented(text: Text, by: int) -> Padding:
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, by), expand=False)
