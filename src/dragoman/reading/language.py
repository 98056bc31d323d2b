"""Which language a text is in, when that is sure."""

from __future__ import annotations

from dragoman.codebook.pages import PageKnowledge

# Characters looked at: the language of a report is plain from its first sentences, and time grows with length.
LOOK = 500
# How much likelier (natural logarithm) another language must be than the expected one before the text is taken for
# it. Names and short lines swing by up to some ten points; a foreign sentence of eight words is off by thirty or more.
MARGIN = 30.0
# Share of words that are the codebook's function words. English reports have 0.1 to 0.2; from SURE on nothing else
# need be asked (the detector takes a millisecond). Lists of foreign names have few, but a foreign text has none: SOME
# of them outweigh the detector.
SURE = 0.08
SOME = 0.02
NO_LANGUAGE = "zxx"  # ISO 639-2: no linguistic content


def language_of(text: str, knowledge: PageKnowledge) -> str:
    """ISO 639-1 code of ``text``: the knowledge's language unless another is far likelier (py3langid)."""
    expected = knowledge.language
    words = knowledge.word.findall(text[: 4 * LOOK].casefold())
    common = sum(word in knowledge.function_words for word in words)
    if common >= SURE * len(words) and common > 1:
        return expected
    import py3langid

    scores: dict[str, float] = dict(py3langid.rank(text[:LOOK]))
    best = max(scores, key=lambda code: scores[code])
    unsure = scores[best] - scores.get(expected, 0.0) <= MARGIN or best == NO_LANGUAGE
    return expected if unsure or (common > 1 and common >= SOME * len(words)) else best
