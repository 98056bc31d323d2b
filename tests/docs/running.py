"""Runs what a page shows, in a folder of its own: ``dragoman`` in this process, anything else in a shell."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from docs.pages import ROOT
from dragoman.cli.main import run
from dragoman.pipeline import Pipeline
from dragoman.running import opening

_open = opening.open_pipeline
PATIENCE = 60
"""Seconds that a command in a shell may take."""


Files = tuple[tuple[Path, bytes], ...]


@cache
def _opened(parser: str | None, rules: Files, actors: Files) -> Pipeline:
    return _open(parser, tuple(path for path, _ in rules), tuple(path for path, _ in actors))


def open_once(parser: str | None = None, rules: tuple[Path, ...] = (), actors: tuple[Path, ...] = ()) -> Pipeline:
    """``open_pipeline``, loaded once for the same files: the steps keep nothing between articles."""
    held = [tuple((path, path.read_bytes() if path.is_file() else b"") for path in files) for files in (rules, actors)]
    return _opened(parser, held[0], held[1])


class Session:
    """What a reader has who follows one page from top to bottom."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, with the examples in it."""
        self.folder = folder
        self.code = 0
        self.names: dict[str, object] = {"__name__": "__main__"}
        shutil.copytree(ROOT / "examples", folder / "examples")

    def write(self, name: str, lines: list[str]) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def python(self, source: str, name: str) -> list[str]:
        """What the source prints; a traceback where it fails."""
        with _captured() as out:
            try:
                exec(compile(source, name, "exec"), self.names)
            except Exception:
                traceback.print_exc(file=sys.stdout)
        return out()

    def console(self, command: str) -> list[str]:
        """What the command prints on standard output and error."""
        if command == "echo $?":
            return [str(self.code)]
        command = command.replace("\\\n", " ")
        mine, _, rest = command.partition(" | ")
        mine, _, file = mine.partition(" > ")
        words = shlex.split(mine)
        if words[0] != "dragoman":
            return self._shell(command, "")
        with _captured() as out:
            self.code = run(words[1:])
        printed = out()
        if file:
            self.write(file.strip(), printed)
            return []
        return self._shell(rest, "\n".join(printed) + "\n") if rest else printed

    def _shell(self, command: str, stdin: str) -> list[str]:
        done = subprocess.run(
            ["sh", "-c", command], input=stdin, capture_output=True, text=True, cwd=self.folder, timeout=PATIENCE,
            env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}, check=False,
        )  # fmt: skip
        self.code = done.returncode
        return (done.stdout + done.stderr).splitlines()


@contextlib.contextmanager
def _captured() -> Iterator[Callable[[], list[str]]]:
    """Standard output and error into one stream, in the order in which they are written."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)

    def lines() -> list[str]:
        stream.flush()
        return raw.getvalue().decode().splitlines()

    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        yield lines
