"""Quotations for attributions: content widened to whole quotations, and those that go on after the cue."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.codebook.cues import CueKind
from dragoman.coding.attribution_clauses import block
from dragoman.coding.quotes import Quote, Quotes
from dragoman.model import Sentence, Span
from dragoman.model.record import Act

# One or two words in marks are a name or a distance kept, more are somebody's words.
_FEWEST_QUOTED = 3
# What may stand between a verb and its subject without parting them.
_THIN = frozenset({"PUNCT", "ADV", "SPACE", "AUX"})
_STOPS = frozenset(".!?")
# What a sentence in marks ends with, and how many words a sentence has that is no title.
_ENDS = frozenset(".!?,…—-")
_FEWEST_OF_SENTENCE = 5
_CLOSING, _OPENING = "\"'”’»", "\"'`“‘«„[(. …\xa0"
# Characters between a cue and its quotation.
_GAP = " \xa0,:"


@dataclass
class Draft:
    """An attribution while it grows."""

    sentence: Sentence
    at: int
    kind: CueKind
    act: Act
    cue: Span
    pieces: list[Span]
    source: list[int] | None = None
    speaker: int | None = None
    finite: bool = False
    frame: str = ""
    claimed: set[Quote] = field(default_factory=set)


def is_direct(draft: Draft, text: str, quotes: Quotes) -> bool:
    """Whether the content is quoted: all of it, or at least ``_FEWEST_QUOTED`` of its words."""
    if _is_quoted(draft.pieces, draft.cue, quotes):
        return True
    words = 0
    for piece in draft.pieces:
        for quote in quotes.within(piece):
            if not quote.span.covers(draft.cue):
                words += len(text[max(piece.start, quote.span.start) : min(piece.end, quote.span.end)].split())
    return words >= _FEWEST_QUOTED


def _is_quoted(pieces: list[Span], cue: Span, quotes: Quotes) -> bool:
    """Whether the first piece begins and ends in a quotation that does not hold the cue."""
    if not pieces:
        return False
    first = pieces[0]
    quote = quotes.at(first.start)
    return quote is not None and first.end <= quote.span.end and not quote.span.covers(cue)


def grow(drafts: list[Draft], text: str, quotes: Quotes) -> None:
    """Widen content to whole quotations, give bare cues theirs, and add the quotations that go on.

    A quotation has one verb: first the one whose content it is, then the one it stands right before, then the one it
    stands right after, then the one in the sentence before.
    """
    for draft in drafts:
        _widen(draft, quotes)
    outer = [draft for draft in drafts if quotes.at(draft.cue.start) is None]
    owned = {quote for draft in outer for quote in draft.claimed if quote.span in draft.pieces}
    nearest = sorted(outer, key=lambda draft: draft.cue.start)
    for place, order in ((_before, nearest), (_after, reversed(nearest))):
        for draft in order:
            if _wants(draft, quotes):
                _take(draft, place(draft, text, quotes), owned)
    claimed = {quote for draft in drafts for quote in draft.claimed}
    for draft in outer:
        _continue(draft, text, quotes, claimed)
    for draft in outer:
        if draft.frame == "bare" and not draft.pieces:
            _take(draft, _across(draft, text, quotes), claimed)
            _continue(draft, text, quotes, claimed)
        if draft.frame == "bare" and not draft.pieces:
            _after_colon(draft, text, quotes)


def _wants(draft: Draft, quotes: Quotes) -> bool:
    """Whether the draft may still take a quotation beside its cue."""
    if not draft.pieces:
        return draft.frame == "bare"
    return draft.kind == "speech" and _is_quoted(draft.pieces, draft.cue, quotes)


def _take(draft: Draft, quote: Quote | None, owned: set[Quote]) -> None:
    if quote is not None and quote not in owned and not quote.span.covers(draft.cue):
        draft.pieces.append(quote.span)
        draft.pieces.sort()
        draft.claimed.add(quote)
        owned.add(quote)


def _widen(draft: Draft, quotes: Quotes) -> None:
    """A quotation that begins or ends in the content belongs to it whole."""
    for n, piece in enumerate(draft.pieces):
        for quote in quotes.within(piece):
            if quote.span.covers(draft.cue):
                continue
            piece = Span(min(piece.start, quote.span.start), max(piece.end, quote.span.end))
            draft.claimed.add(quote)
        draft.pieces[n] = piece
    draft.pieces = _merged(draft.pieces)


def _merged(pieces: list[Span]) -> list[Span]:
    found: list[Span] = []
    for piece in sorted(pieces):
        if found and piece.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, piece.end))
        else:
            found.append(piece)
    return found


def _extent(draft: Draft) -> tuple[int, int]:
    """First and last token of the cue with its subject, where nothing but marks and adverbs stands between them."""
    tokens = draft.sentence.tokens
    left, right = block(draft.sentence, draft.at)
    if draft.source and draft.source[0] < left and _touch(draft.sentence, draft.source[-1], left):
        left = draft.source[0]
    if draft.source and draft.source[-1] > right and _touch(draft.sentence, right, draft.source[0]):
        right = draft.source[-1]
    return tokens[left].start, tokens[right].end


def _touch(sentence: Sentence, low: int, high: int) -> bool:
    return all(token.pos in _THIN for token in sentence.tokens[low + 1 : high])


def _after_colon(draft: Draft, text: str, quotes: Quotes) -> None:
    """A cue that ends its paragraph with a colon reports the next paragraph, set off without marks."""
    sentence = draft.sentence
    end = sentence.span.end
    paragraph = quotes.paragraph_of(draft.cue.start)
    if not text[:end].rstrip().endswith(":") or paragraph + 1 >= len(quotes.paragraphs):
        return
    if text[end : quotes.paragraphs[paragraph][1]].strip():
        return
    start, stop = quotes.paragraphs[paragraph + 1]
    draft.pieces.append(Span(start, stop))


def _before(draft: Draft, text: str, quotes: Quotes) -> Quote | None:
    """The quotation that ends right before the cue and its subject, in the same sentence by its marks. One that ends
    with a full stop before a capital, or with another stop where a quotation follows the cue, is a sentence of its
    own; and before a bare participle that a quotation follows ("..., adding, "We won"") it is the main verb's."""
    start, end = _extent(draft)
    quote = _ending(start, text, quotes)
    if quote is None:
        return None
    last = text[: quote.span.end].rstrip(_CLOSING)[-1:]
    parted = last in _STOPS and text[start].isupper() and "," not in text[quote.span.end : start]
    if parted and last == ".":
        return None
    if parted or (draft.sentence.tokens[draft.at].tag == "VBG" and start == draft.cue.start):
        follows = _beside(end, text, quotes, _GAP)
        if follows is not None and _first(text, follows).isupper():
            return None
    return quote


def _after(draft: Draft, text: str, quotes: Quotes) -> Quote | None:
    """The quotation that begins right after the cue and its subject. Where one stands before it as well, a second
    without a comma is a name ("told "The Late Hour""), unless it goes on in small letters or is a sentence."""
    end = _extent(draft)[1]
    quote = _beside(end, text, quotes, _GAP)
    if quote is None or not draft.pieces or _first(text, quote).islower() or text[end : quote.span.start].strip():
        return quote
    return quote if is_sentence(quote, text) else None


def _across(draft: Draft, text: str, quotes: Quotes) -> Quote | None:
    """The quotation that is the next sentence, for a cue that has none ("He laughed. "Never.""); else the one that is
    the sentence before."""
    start, end = _extent(draft)
    return _beside(end, text, quotes, _GAP + ".") or _ending(start, text, quotes)


def is_sentence(quote: Quote, text: str) -> bool:
    """Whether a quotation is a sentence by its looks: a capital first, a stop last, and words enough."""
    words = quote.span.of(text).strip(_OPENING + _CLOSING)
    return words[:1].isupper() and words[-1:] in _ENDS and len(words.split()) >= _FEWEST_OF_SENTENCE


def _first(text: str, quote: Quote) -> str:
    return text[quote.span.start : quote.span.end].lstrip(_OPENING)[:1]


def _ending(start: int, text: str, quotes: Quotes) -> Quote | None:
    """The quotation that ends at ``start``, but for blanks and a comma."""
    at = start - 1
    while at >= 0 and text[at] in " \xa0,":
        at -= 1
    quote = quotes.at(at) if at >= 0 and text[at] != "\n" else None
    return quote if quote and quote.span.end == at + 1 else None


def _beside(end: int, text: str, quotes: Quotes, gap: str) -> Quote | None:
    """The quotation that begins at ``end``, but for the characters of ``gap`` and a new line after a colon."""
    at = end
    while at < len(text) and text[at] in gap:
        at += 1
    if at < len(text) and text[at] == "\n" and ":" in text[end:at]:
        while at < len(text) and text[at].isspace():
            at += 1
    quote = quotes.at(at) if at < len(text) else None
    return quote if quote and quote.span.start == at else None


def _continue(draft: Draft, text: str, quotes: Quotes, claimed: set[Quote]) -> None:
    """Quotations that follow the cue's sentence, or the open end of one, and that nobody else claims are the same
    speaker's; after a paraphrase, only what follows right away."""
    if not draft.pieces or draft.kind != "speech":
        return
    direct = bool(draft.claimed) and _is_quoted(draft.pieces, draft.cue, quotes)
    if direct:
        _open_ends(draft, text, quotes, claimed)
    elif draft.source is None or not (draft.frame == "" or (draft.finite and draft.frame in {"clause", "bare", "to"})):
        return
    last = max(draft.claimed, key=lambda quote: quote.span) if draft.claimed else None
    here = max(draft.cue.end, last.span.end if last else draft.pieces[-1].end)
    rest = max(here, draft.sentence.span.end)
    while True:
        following = quotes.next_from(here)
        if following is None:
            return
        start = following.span.start
        if start < rest and not text[here:start].rstrip().endswith((".", "!", "?", ":")):
            here = following.span.end  # a title or a name in marks, in the cue's own sentence
            rest = max(here, rest)
            continue
        gap = text[min(rest, start) : start]
        if following in claimed or gap.strip(" .,\xa0\n\r\t"):
            return
        if "\n" in gap and (last is None or not _goes_on(last, following, quotes)):
            return
        draft.pieces.append(following.span)
        draft.claimed.add(following)
        claimed.add(following)
        last, here = following, following.span.end
        rest = here


def _open_ends(draft: Draft, text: str, quotes: Quotes, claimed: set[Quote]) -> None:
    """The paragraphs before, whose quotation was left open."""
    while True:
        first = min(draft.claimed, key=lambda quote: quote.span)
        before = quotes.before(first)
        if before is None or not before.open_end or before in claimed or before.paragraph != first.paragraph - 1:
            return
        if text[quotes.paragraphs[first.paragraph][0] : first.span.start].strip():
            return
        draft.pieces.insert(0, before.span)
        draft.claimed.add(before)
        claimed.add(before)


def _goes_on(last: Quote, following: Quote, quotes: Quotes) -> bool:
    """Whether a quotation in the next paragraph continues one: that was left open, or nothing else stands there."""
    start, end = quotes.paragraphs[following.paragraph]
    alone = following.span.start == start and following.span.end == end
    return following.paragraph == quotes.paragraph_of(last.span.start) + 1 and (last.open_end or alone)
