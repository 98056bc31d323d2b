"""The command line run in this process, with a bench that needs no parser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from dragoman.cli.main import run
from running.fakes import make_bench


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Dragoman = Callable[..., Ran]


@pytest.fixture
def dragoman(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Dragoman:
    """Runs ``dragoman ARGUMENTS...`` in a folder of its own, its ledger in there too."""
    monkeypatch.setattr("dragoman.running.opening.open_bench", lambda *_: make_bench())
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> Ran:
        code = run(arguments)
        return Ran(code, *capsys.readouterr())

    return command
