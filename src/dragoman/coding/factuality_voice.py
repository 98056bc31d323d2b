"""Whether a sentence is somebody talking of himself or to the reader, where futures and wishes weigh otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.codebook.factuality import Factuality
from dragoman.model import Token

_MARKS = frozenset({'"', "''", "``", "`", "“", "”"})


def is_personal(tokens: Sequence[Token], cues: Factuality, is_order: Callable[[int], bool]) -> bool:
    """Whether writer or reader is spoken of, outside quotations: "I", "you", an order, a question.

    So it is where somebody writes as people talk: with contractions, without a capital letter at the start.
    ``is_order`` says whether the verb at an index gives an order.
    """
    first = tokens[0].text
    if tokens[-1].text in cues.speaking_marks or (first.isalpha() and first.islower()):
        return True
    quoted = marked = False
    for token in tokens:
        if token.text in _MARKS:
            quoted = quoted if marked else not quoted  # "``" may come as two tokens
            marked = True
            continue
        marked = False
        if not quoted and (
            (token.text.lower() in cues.speakers and token.pos != "PROPN")
            or token.text.lower() in cues.casual
            or (token.tag == "VB" and token.dep == "ROOT" and is_order(token.i))
        ):
            return True
    return False
