"""The command line: one module a command, each loading what it needs when it runs."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
import typer.core

from dragoman.cli import codebook, exits
from dragoman.cli.code import code
from dragoman.cli.explain import explain
from dragoman.cli.failures import code_of, say
from dragoman.cli.read import read
from dragoman.cli.records import records
from dragoman.cli.relate import relate
from dragoman.cli.schema import schema
from dragoman.cli.show import show

EPILOG = "Exit codes: " + "; ".join(f"{number} {meaning}" for number, meaning in exits.MEANING.items()) + "."
# Set to see where an error in dragoman itself comes from.
TRACE = "DRAGOMAN_TRACE"



class ReaderGone(Exception):
    """Nobody reads the output any more. No OSError: the command line's library ends those with a code of its own."""


class Commands(typer.core.TyperGroup):
    """The commands, so that a closed pipe has the shell's exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Raises ReaderGone."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGone from error


app = typer.Typer(
    cls=Commands,
    name="dragoman",
    help="Reads news reports and keeps the record: who did or said what to whom, when, where, according to whom.",
    epilog=EPILOG,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (read, code, relate, records, show, explain, schema):
    app.command(epilog="Exit codes: see dragoman --help.")(command)
app.add_typer(codebook.app, name="codebook")

# Typer carries its own copy of click in some versions and uses the package in others; this is its UsageError.
_UsageError: Any = typer.BadParameter.__bases__[0]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"dragoman {version('dragoman')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Commands follow; each has its own --help."""
    if context.invoked_subcommand is None:
        print(context.get_help())


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (``sys.argv`` where null); the exit code. Errors are one line, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without the letter is no reason to fail
    try:
        code = app(list(arguments) if arguments is not None else None, standalone_mode=False, prog_name="dragoman")
        sys.stdout.flush()
        if code == exits.INTERRUPTED:  # what some versions of Typer make of Ctrl-C
            say("interrupted")
        return code if isinstance(code, int) else exits.OK
    except _UsageError as error:
        path = error.ctx.command_path if error.ctx else "dragoman"
        say(f"{error.format_message().rstrip('.')}: see {path} --help")
        return exits.USAGE
    except (KeyboardInterrupt, typer.Abort):
        say("interrupted")
        return exits.INTERRUPTED
    except (BrokenPipeError, ReaderGone):
        # Nobody reads any more, and Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.CLOSED_PIPE
    except Exception as error:
        known = code_of(error)
        if known is not None:
            if str(error):
                say(*str(error).splitlines())
            return known
        if os.environ.get(TRACE):
            raise
        say(f"unexpected {type(error).__name__}: {error}: please report it ({TRACE}=1 shows where it comes from)")
        return exits.INTERNAL
