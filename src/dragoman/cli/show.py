"""dragoman show: a record in its article."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli import options


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="A record's id, or enough of its beginning.")],
    db: options.Database = None,
) -> None:
    """Show a record in its article: the words that state it, then its fields."""
    with options.open_existing(db) as ledger:
        found = ledger.record(id)
        article = ledger.article(found)

    from dragoman.cli import screen

    console = screen.console()
    for line in screen.article_lines(article):
        console.print(line)
    console.print()
    console.print(screen.in_its_place(article, found.record))
    console.print()
    for part in screen.record_block(found.record, {}, reasons=True):
        console.print(part)
    source = f"article {found.article}, revision {found.revision} · codebook {found.codebook} · parser {found.parser}"
    console.print(screen.styled(source, "dim"))
