"""Which language a text is in, when that is sure."""

from __future__ import annotations

# Characters looked at: the language of a report is plain from its first sentences, and time grows with length.
LOOK = 500
# How much likelier (natural logarithm) another language must be than the expected one before the text is taken for
# it. Names and short lines swing by up to some ten points; a foreign sentence of eight words is off by thirty or more.
MARGIN = 30.0


def language_of(text: str, expected: str) -> str:
    """ISO 639-1 code of ``text``: ``expected`` unless another language is far likelier (py3langid)."""
    import py3langid

    scores: dict[str, float] = dict(py3langid.rank(text[:LOOK]))
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] - scores.get(expected, 0.0) > MARGIN else expected
