"""The exit codes, in one place; ``dragoman --help`` prints them."""

from __future__ import annotations

OK = 0
SOME_FAILED = 1
USAGE = 2
INPUT = 3
NOT_ARTICLE = 4
LEDGER = 5
CODEBOOK = 6
PARSER = 7
OUTPUT = 8
INTERNAL = 70
INTERRUPTED = 130
CLOSED_PIPE = 141  # as the shell has it: 128 + SIGPIPE

MEANING = {
    OK: "done",
    SOME_FAILED: "some inputs failed, the others are done",
    USAGE: "wrong options",
    INPUT: "the input cannot be read",
    NOT_ARTICLE: "not an article, or in a language without rules",
    LEDGER: "the ledger cannot be used, or has no such record",
    CODEBOOK: "the codebook has an error",
    PARSER: "the parser is not installed",
    OUTPUT: "the output cannot be written",
    INTERNAL: "an error in dragoman itself",
    INTERRUPTED: "interrupted",
    CLOSED_PIPE: "the program that read the output went away",
}
