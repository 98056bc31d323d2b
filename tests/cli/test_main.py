"""Help, versions, and wrong input: one line, the right exit code, never a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import Dragoman
from dragoman.cli import exits
from dragoman.cli.main import app, run

HEAVY = ("spacy", "sqlalchemy", "alembic", "trafilatura", "thinc", "numpy", "rich.progress")

NAMES = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
NAMES += [group.name for group in app.registered_groups if group.name]


def test_help_lists_every_command_and_exit_code(dragoman: Dragoman) -> None:
    ran = dragoman("--help")
    assert ran.code == 0
    for name in NAMES:
        assert re.search(rf"^\W*{name} ", ran.out, re.MULTILINE)
    said = " ".join(ran.out.split())
    for code, meaning in exits.MEANING.items():
        assert f"{code} {meaning}" in said


def test_every_command_has_help(dragoman: Dragoman) -> None:
    for name in NAMES:
        ran = dragoman(name, "--help")
        assert (ran.code, ran.err) == (0, "")
        assert "Usage:" in ran.out


def test_without_a_command_help_is_shown(dragoman: Dragoman) -> None:
    assert "Usage:" in dragoman().out


def test_version(dragoman: Dragoman) -> None:
    assert re.fullmatch(r"dragoman \d+\.\d+\.\d+\n", dragoman("--version").out)


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from dragoman.cli.main import run; run(['--help']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not set(HEAVY) & set(loaded)


def test_every_exit_code_has_a_meaning() -> None:
    codes = {value for name, value in vars(exits).items() if name.isupper() and isinstance(value, int)}
    assert codes == set(exits.MEANING)


@pytest.fixture
def inputs(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("They met in Accra.")
    (tmp_path / "short.txt").write_text("no")
    (tmp_path / "breaks.txt").write_text("This breaks a step.")
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "They met."}\n')
    (tmp_path / "bad.jsonl").write_text('{"id": 1, "text": "They met."}\nbad\n')
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.db").write_text("no ledger, but some notes of some length " * 30)


@pytest.mark.usefixtures("inputs")
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ("bogus", exits.USAGE, "No such command 'bogus'"),
        ("read", exits.USAGE, "Missing argument"),
        ("read --bogus page.txt", exits.USAGE, "No such option"),
        ("read --layers page.txt", exits.USAGE, "add --json"),
        ("read --date yesterday page.txt", exits.USAGE, "is no date"),
        ("read --date 20240624 page.txt", exits.USAGE, "is no date"),
        ("read none.html", exits.INPUT, "none.html: no such file"),
        ("read empty", exits.INPUT, "empty: no .html"),
        ("read short.txt", exits.NOT_ARTICLE, "short.txt: too short"),
        ("read breaks.txt", exits.INTERNAL, "breaks.txt: could not be coded: RuntimeError: a rule broke"),
        ("read page.txt none.html", exits.SOME_FAILED, "none.html: no such file"),
        ("read page.txt --db notes.db", exits.LEDGER, "is not a dragoman ledger"),
        ("read page.txt --db empty", exits.LEDGER, "is a folder"),
        ("read page.txt --db /proc/no/l.db", exits.LEDGER, "--no-db"),
        ("read page.txt --no-db --json -o none/out.json", exits.OUTPUT, "none/out.json: cannot be written"),
        ("code in.jsonl", exits.USAGE, "Missing option"),
        ("code none.jsonl -o out.jsonl", exits.INPUT, "none.jsonl: cannot be read"),
        ("code empty -o out.jsonl", exits.INPUT, "empty: cannot be read"),
        ("code in.jsonl -o in.jsonl", exits.OUTPUT, "is the input"),
        ("code in.jsonl -o none/out.jsonl", exits.OUTPUT, "cannot be written"),
        ("code in.jsonl -o out.jsonl --jobs -1", exits.USAGE, "--jobs"),
        ("code in.jsonl -o out.jsonl --db notes.db", exits.LEDGER, "is not a dragoman ledger"),
        ("records", exits.LEDGER, "there is no ledger"),
        ("records --db notes.db", exits.LEDGER, "is not a dragoman ledger"),
        ("records --since May", exits.USAGE, "is no date"),
        ("records --until 2024-02-30", exits.USAGE, "is no date"),
        ("records --kind fact", exits.USAGE, "none of event, transfer, statement"),
        ("records --format xml", exits.USAGE, "--format"),
        ("show abc", exits.LEDGER, "there is no ledger"),
    ],
)
def test_wrong_input(dragoman: Dragoman, arguments: str, code: int, says: str) -> None:
    ran = dragoman(*arguments.split())
    assert ran.code == code
    (line,) = (line for line in ran.err.splitlines() if "kept in" not in line)
    assert line.startswith("dragoman: ")
    assert says in line


@pytest.mark.usefixtures("inputs")
@pytest.mark.parametrize("code", [exits.CODEBOOK, exits.PARSER])
def test_what_cannot_be_loaded(dragoman: Dragoman, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    from dragoman.codebook.yamlfile import CodebookError
    from dragoman.parsing.protocol import ParserError

    def fails(*_: object) -> None:
        raise {exits.CODEBOOK: CodebookError("a.yml:3: wrong"), exits.PARSER: ParserError("pip install it")}[code]

    monkeypatch.setattr("dragoman.running.opening.open_bench", fails)
    for arguments in ("read page.txt", "code in.jsonl -o out.jsonl"):
        ran = dragoman(*arguments.split())
        assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1)


@pytest.mark.usefixtures("inputs")
def test_an_error_in_a_pattern_shows_the_place(dragoman: Dragoman, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.codebook.yamlfile import CodebookError

    def fails(*_: object) -> None:
        raise CodebookError("a.yml: rule x.y: no\n    ACTOR verb WHO\n               ^")

    monkeypatch.setattr("dragoman.running.opening.open_bench", fails)
    ran = dragoman("read", "page.txt")
    assert ran.err == "dragoman: a.yml: rule x.y: no\n    ACTOR verb WHO\n               ^\n"


@pytest.mark.usefixtures("inputs")
def test_an_error_of_our_own_is_one_line(dragoman: Dragoman, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("over\nnothing")

    monkeypatch.setattr("dragoman.running.opening.open_bench", fails)
    ran = dragoman("read", "page.txt", "--no-db")
    assert ran.code == exits.INTERNAL
    assert ran.err.startswith("dragoman: unexpected ZeroDivisionError: over nothing: please report it")
    monkeypatch.setenv("DRAGOMAN_TRACE", "1")
    with pytest.raises(ZeroDivisionError):
        run(["read", "page.txt", "--no-db"])


def test_the_entry_point(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dragoman", "read", str(tmp_path / "none"), "--no-db", "--date", "x"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == exits.USAGE
    assert done.stderr.count("\n") == 1


def test_letters_that_the_terminal_does_not_have(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "dragoman", "read", "é.html", "--no-db"],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (exits.INPUT, "dragoman: \\xe9.html: no such file; check the path\n")


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    command = f"{sys.executable} -m dragoman schema | head -c 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("{", "")
