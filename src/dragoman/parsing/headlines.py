"""Headlines in Title Case, read as a sentence would be written.

Parsers are trained on running text and take every capitalised word for a name. Before parsing, the common words of a
paragraph in title case are put in lower case; the length stays, so every offset still holds. The article's text is
not touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_WORD = re.compile(r"[A-Za-z]+")
# A paragraph is in title case when it has at least this many longer words and this share of them is capitalised.
FEWEST, SHARE, LONG = 4, 0.75, 4


def recase(
    paragraph: str,
    is_common: Callable[[str], bool],
    is_name: Callable[[str], bool],
    functions: frozenset[str] = frozenset(),
) -> str:
    """``paragraph`` with its common words in lower case if it is in title case, else untouched.

    ``is_common`` says whether a lower-case word is in the language's dictionary, ``is_name`` whether a capitalised
    word is (part of) a known name; ``functions`` are words that join others ("of") and are lowered even where they
    stand in names. The first word keeps its capital.
    """
    longer = [w for w in _WORD.findall(paragraph) if len(w) >= LONG]
    if len(longer) < FEWEST or sum(w[0].isupper() for w in longer) < SHARE * len(longer):
        return paragraph
    first = _WORD.search(paragraph)

    def lower(match: re.Match[str]) -> str:
        word = match.group()
        opens = match.start() == (first.start() if first else 0)
        if opens or not word[0].isupper() or word[1:2].isupper():
            return word
        small = word.lower()
        return small if small in functions or (is_common(small) and not is_name(word)) else word

    return _WORD.sub(lower, paragraph)
