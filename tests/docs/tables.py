"""Tables of the docs that are made from the program, so that they cannot say anything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec
import typer

from dragoman import model
from dragoman.cli import exits
from dragoman.cli.main import app

BEGIN, END = "<!-- made from the program -->", "<!-- end -->"


class Made(NamedTuple):
    """A table: what it describes and its lines."""

    what: str
    rows: Callable[[], list[str]]


def replaced(text: str, rows: list[str]) -> str:
    """The page with the table between its two marks."""
    assert BEGIN in text and END in text, f"the page needs a line {BEGIN} and a line {END}"
    before, rest = text.split(BEGIN, 1)
    return before + BEGIN + "\n\n" + "\n".join(rows) + "\n\n" + END + rest.split(END, 1)[1]


def _commands() -> Iterator[tuple[str, Any]]:
    """Every command by its words; a group stands for itself and its commands."""
    top: Any = typer.main.get_command(app)
    yield from top.commands.items()


def _rows(command: Any, name: str) -> list[str]:
    rows = [f"`dragoman {name}`: {_words(command.help)}", ""] if name.count(" ") else []
    if hasattr(command, "commands"):
        for below, one in command.commands.items():
            rows += [*_rows(one, f"{name} {below}"), ""]
        return rows[:-1]
    rows += ["| option | what it does |", "|---|---|"]
    for parameter in command.params:
        if "--help" in parameter.opts:
            continue
        if parameter.param_type_name == "argument":
            shown = f"`{parameter.metavar or parameter.name.upper()}`"
        else:
            spelled = ", ".join(f"`{o}`" for o in sorted(parameter.opts, key=len))
            shown = spelled + (f" `{parameter.metavar}`" if parameter.metavar and not parameter.is_flag else "")
        rows.append(f"| {shown} | {_words(parameter.help)}{_default(parameter)} |")
    return rows


def _default(parameter: Any) -> str:
    given = getattr(parameter, "show_default", None)
    shown = given if isinstance(given, str) else parameter.default
    if shown is None or isinstance(shown, bool | tuple | list) or callable(shown):
        return ""
    return f" Default: {getattr(shown, 'value', shown)}."


def _words(text: str | None) -> str:
    return re.sub(r"\s+", " ", (text or "").strip()).replace("|", "\\|")


def _exits() -> list[str]:
    return ["| code | meaning |", "|---|---|", *(f"| {code} | {meaning} |" for code, meaning in exits.MEANING.items())]


def _all() -> dict[str, Made]:
    made = {"docs/exit-codes.md": Made("the exit codes", _exits)}
    for name, command in _commands():
        made[f"docs/commands/{name}.md"] = Made(
            f"dragoman {name}", lambda name=name, command=command: _rows(command, name)  # type: ignore[misc]
        )
    return made


TABLES = _all()


def fields() -> Iterator[tuple[str, list[str]]]:
    """Heading of a section of docs/record.md and the fields that it must describe."""
    for struct in (
        model.Article, model.Image, model.Record, model.Party, model.Evidence, model.Event, model.Hop,
        model.Factuality, model.Time, model.Place, model.Quantity, model.Obligation, model.Link, model.Gap,
    ):  # fmt: skip
        names = [field.encode_name for field in msgspec.structs.fields(struct)]
        yield struct.__name__, [name for name in names if name != "body_start"]
