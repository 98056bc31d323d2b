"""Progress on standard error, where that is a terminal; else nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Show(Protocol):
    """Shows how far the work is: ``done`` of ``total`` (null where not known), and in words."""

    def __call__(self, done: int, total: int | None, words: str) -> None: ...


@contextmanager
def bar(name: str, wanted: bool = True) -> Iterator[Show]:
    """A bar that goes when its block ends; silent where not ``wanted`` or where standard error is no terminal."""
    if not (wanted and sys.stderr.isatty()):
        yield lambda done, total, words: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn(name), BarColumn(), TextColumn("{task.fields[words]}"), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(name, total=None, words="loading")

        def show(done: int, total: int | None, words: str) -> None:
            shown.update(task, completed=done, total=total, words=words)

        yield show
