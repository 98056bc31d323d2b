"""Which quotation stands beside a cue: before it and its subject, after them, or in the sentence next to theirs."""

from __future__ import annotations

from dragoman.coding.attribution_clauses import block
from dragoman.coding.attribution_drafts import Draft
from dragoman.coding.quotes import Quote, Quotes, is_sentence
from dragoman.model import Sentence

# What may stand between a verb and its subject without parting them.
THIN = frozenset({"PUNCT", "ADV", "SPACE", "AUX"})
_STOPS = frozenset(".!?")
# Characters between a cue and its quotation.
_GAP = " \xa0,:"


def extent(draft: Draft) -> tuple[int, int]:
    """First and last token of the cue with its subject, where nothing but marks and adverbs stands between them."""
    tokens = draft.sentence.tokens
    left, right = block(draft.sentence, draft.at)
    if draft.source and draft.source[0] < left and _touch(draft.sentence, draft.source[-1], left):
        left = draft.source[0]
    if draft.source and draft.source[-1] > right and _touch(draft.sentence, right, draft.source[0]):
        right = draft.source[-1]
    return tokens[left].start, tokens[right].end


def _touch(sentence: Sentence, low: int, high: int) -> bool:
    return all(token.pos in THIN for token in sentence.tokens[low + 1 : high])


def before(draft: Draft, text: str, quotes: Quotes) -> Quote | None:
    """The quotation that ends right before the cue and its subject, in the same sentence by its marks. One that ends
    with a full stop before a capital, or with another stop where a quotation follows the cue, is a sentence of its
    own; and before a bare participle that a quotation follows ("..., adding, "We won"") it is the main verb's."""
    start, end = extent(draft)
    quote = ending(start, text, quotes)
    if quote is None:
        return None
    last = quote.last(text)
    parted = last in _STOPS and text[start].isupper() and "," not in text[quote.span.end : start]
    if parted and last == ".":
        return None
    if parted or (draft.sentence.tokens[draft.at].tag == "VBG" and start == draft.cue.start):
        follows = beside(end, text, quotes, _GAP)
        if follows is not None and follows.first(text).isupper():
            return None
    return quote


def after(draft: Draft, text: str, quotes: Quotes) -> Quote | None:
    """The quotation that begins right after the cue and its subject. Where one stands before it as well, a second
    without a comma is a name ("told "The Late Hour""), unless it goes on in small letters or is a sentence."""
    end = extent(draft)[1]
    quote = beside(end, text, quotes, _GAP)
    if quote is None or not draft.pieces or quote.first(text).islower() or text[end : quote.span.start].strip():
        return quote
    return quote if is_sentence(quote, text) else None


def across(draft: Draft, text: str, quotes: Quotes) -> Quote | None:
    """The quotation that is the next sentence, for a cue that has none ("He laughed. "Never.""); else the one that is
    the sentence before."""
    start, end = extent(draft)
    return beside(end, text, quotes, _GAP + ".") or ending(start, text, quotes)


def ending(start: int, text: str, quotes: Quotes) -> Quote | None:
    """The quotation that ends at ``start``, but for blanks and a comma."""
    at = start - 1
    while at >= 0 and text[at] in " \xa0,":
        at -= 1
    quote = quotes.at(at) if at >= 0 and text[at] != "\n" else None
    return quote if quote and quote.span.end == at + 1 else None


def beside(end: int, text: str, quotes: Quotes, gap: str) -> Quote | None:
    """The quotation that begins at ``end``, but for the characters of ``gap`` and a new line after a colon."""
    at = end
    while at < len(text) and text[at] in gap:
        at += 1
    if at < len(text) and text[at] == "\n" and ":" in text[end:at]:
        while at < len(text) and text[at].isspace():
            at += 1
    quote = quotes.at(at) if at < len(text) else None
    return quote if quote and quote.span.start == at else None
