"""Every failure as one line on standard error and an exit code."""

from __future__ import annotations

import sys

from dragoman.cli import exits

# The errors that modules raise with a message for the user. By name, so that asking does not import a library that
# the command did not need.
KNOWN = (
    ("dragoman.storing.errors", "LedgerError", exits.LEDGER),
    ("dragoman.codebook.yamlfile", "CodebookError", exits.CODEBOOK),
    ("dragoman.parsing.protocol", "ParserError", exits.PARSER),
    ("dragoman.running.lines", "InputError", exits.INPUT),
    ("dragoman.running.batch", "OutputError", exits.OUTPUT),
    ("dragoman.running.workers", "WorkerError", exits.INTERNAL),
)
# Codes of a ReadError that mean: it was read, but it is nothing to code.
READ_BUT_UNFIT = frozenset({"not-article", "language"})
# A page's code where a step failed on it, or it ended its process.
UNFORESEEN = ("error", "crash")


class Stop(Exception):
    """Ends the command with ``code``; the message, if any, is one line for the user."""

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(message)
        self.code = code


def code_of(error: Exception) -> int | None:
    """The exit code of an error whose message is meant for the user; null for any other."""
    if isinstance(error, Stop):
        return error.code
    for module, name, code in KNOWN:
        kind = getattr(sys.modules.get(module), name, None)
        if kind is not None and isinstance(error, kind):
            return code
    return None


def code_of_read(code: str) -> int:
    """The exit code for a page that ended with a ReadError's ``code``."""
    if code in UNFORESEEN:
        return exits.INTERNAL
    return exits.NOT_ARTICLE if code in READ_BUT_UNFIT else exits.INPUT


def say(message: str, *below: str) -> None:
    """One line on standard error, whatever ``message`` holds; ``below`` it the place, as it is, where there is one."""
    print(f"dragoman: {' '.join(_printable(message).split())}", file=sys.stderr)
    for line in below:
        print(_printable(line), file=sys.stderr)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
