"""Articles and records on the terminal: colour and width follow it, and a pipe gets plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.cli import words
from dragoman.model import Article, Party, Record

# Control characters of a page must not reach the terminal; a line end stays.
_CONTROL = re.compile(r"[^\S\n ]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LABEL = 12
WIDEST = 110


def console(file: IO[str] | None = None) -> Console:
    """A console on standard output (or ``file``); NO_COLOR, pipes and the terminal's width are rich's to see to."""
    made = Console(file=file, highlight=False, soft_wrap=False)
    if made.is_terminal and made.width > WIDEST:
        made.width = WIDEST  # longer lines of prose are hard to read
    return made


def safe(text: str) -> str:
    """``text`` without anything that could move the cursor or turn the writing round."""
    return _CONTROL.sub(" ", text)


def styled(text: str, style: str = "") -> Text:
    """Text that is printed as it is: no markup in it is obeyed."""
    return Text(safe(text), style=style)


def article_lines(article: Article) -> Iterator[Text]:
    """Publisher, title, dek, dates and credits: a few lines."""
    yield styled(article.publisher or "publisher not stated", "dim")
    yield styled(article.title or "no title", "bold")
    if article.dek:
        yield styled(article.dek, "italic")
    facts = []
    if article.published:
        basis = {"argument": "as given", "line": "as given"}.get(article.published_basis or "", article.published_basis)
        facts.append(f"published {article.published}" + (f" ({basis})" if basis else ""))
    else:
        facts.append("no date of publication")
    if article.updated:
        facts.append(f"updated {article.updated}")
    if article.authors:
        facts.append("by " + ", ".join(article.authors))
    if article.credits:
        facts.append("credits " + ", ".join(article.credits))
    if article.url:
        facts.append(article.url)
    yield styled(" · ".join(facts), "dim")


def fields(record: Record, numbers: Mapping[str, int]) -> Iterator[tuple[str, Text]]:
    """What a record says, slot by slot; empty slots are left out (``gaps`` say why). ``numbers``: of records by id."""
    if record.time:
        yield "when", styled(words.when(record.time))
    if record.actors:
        yield "who", styled(words.parties(record.actors), "bold")
    if record.recipients:
        yield "to whom", styled(words.parties(record.recipients), "bold")
    yield "status", styled(words.status_and_words(record.factuality))
    if record.attribution:
        yield "according to", styled(" ← ".join(map(words.hop, record.attribution)))
    if record.place:
        yield "where", styled(words.place(record.place))
    for quantity in record.quantities:
        yield "how much", styled(words.quantity(quantity))
    if record.obligation:
        duty = record.obligation.duty
        if record.obligation.trigger:
            duty += f" — when: {record.obligation.trigger}"
        if record.obligation.parties:
            duty = f"{words.parties(record.obligation.parties)}: {duty}"
        yield "duty", styled(duty)
    for link in record.links:
        number = numbers.get(link.to)
        yield "link", styled(f"{link.relation} {number if number else link.to}")


def record_block(
    record: Record, numbers: Mapping[str, int], quote: bool = True, reasons: bool = False
) -> Iterator[Text | Padding | Table]:
    """A record: what, its fields, the words that state it, then rule, confidence and empty slots on one line.

    With ``reasons`` the empty slots follow one by one, each with its reason.
    """
    number = numbers.get(record.id)
    yield Text.assemble(
        styled(f"{number}  " if number else "", "bold"),
        styled(words.what(record), "bold cyan"),
        styled(f"  {record.id}", "dim"),
    )
    yield _grid(fields(record, numbers))
    if quote:
        yield Padding(styled(f"“{' '.join(record.evidence.quote.split())}”", "green"), (0, 0, 0, 3), expand=False)
    last = [f"rule {record.rule}", f"confidence {record.confidence:.2f}"]
    if not reasons and (empty := words.empty(record)):
        last.append(f"empty: {', '.join(empty)}")
    yield Padding(styled(" · ".join(last), "dim"), (0, 0, 0, 3), expand=False)
    if reasons and record.gaps:
        yield _grid(("empty" if not at else "", styled(f"{gap.slot}: {gap.reason}", "dim"))
                    for at, gap in enumerate(record.gaps))  # fmt: skip


def _grid(rows: Iterable[tuple[str, Text]]) -> Padding:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", width=LABEL)
    grid.add_column(overflow="fold")
    for label, value in rows:
        grid.add_row(label, value)
    return Padding(grid, (0, 0, 0, 3), expand=False)


def in_its_place(article: Article, record: Record) -> Text:
    """The paragraphs that hold the evidence, with the evidence, its parties and cues marked."""
    start, end = paragraphs_around(article.text, record.evidence.start, record.evidence.end)
    shown = Text(safe(article.text[start:end]))
    marks = [(record.evidence.start, record.evidence.end, "underline")]
    marks += _party_marks(record.actors, "bold cyan") + _party_marks(record.recipients, "bold magenta")
    marks += _party_marks((hop.by for hop in record.attribution if hop.by), "bold yellow")
    marks += [(h.start, h.end, "yellow") for h in record.attribution if h.start is not None and h.end is not None]
    for first, last, style in marks:
        if start <= first < last <= end:
            shown.stylize(style, first - start, last - start)
    return shown


def _party_marks(several: Iterable[Party], style: str) -> list[tuple[int, int, str]]:
    return [(one.start, one.end, style) for one in several]


def paragraphs_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the whole lines that hold ``start`` to ``end``."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", max(end - 1, start))
    return first, len(text) if last < 0 else last
