"""Text folded so that names and words compare: no case, no accents, no punctuation."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")
_TERM = re.compile(r'"([^"]*)"|(\S+)')


def fold(*texts: str | None) -> str:
    """The words of ``texts`` in lower case without accents, each text between blanks: `` kim jong un `` .

    Texts are set apart by a bar, so that a search for whole words never runs from one into the next.
    """
    return "|".join(f" {' '.join(_words(text))} " for text in texts if text)


def _words(text: str) -> list[str]:
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _WORD.findall(text.casefold())


def full_text_query(words: str) -> str:
    """An FTS5 query for texts that hold all ``words``; "quoted words" must stand together, ``word*`` is a beginning.

    Everything else is taken literally, so no input is a syntax error; empty where there is nothing to look for.
    """
    terms = []
    for phrase, word in _TERM.findall(words):
        literal = " ".join(_WORD.findall(phrase or word))
        if literal:
            terms.append(f'"{literal}"' + ("*" if word.endswith("*") else ""))
    return " AND ".join(terms)
