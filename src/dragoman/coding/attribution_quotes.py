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
    first = pieces[0]
    quote = quotes.at(first.start)
    return quote is not None and first.end <= quote.span.end and not quote.span.covers(cue)


def grow(drafts: list[Draft], text: str, quotes: Quotes) -> None:
    """Widen content to whole quotations, give bare cues theirs, and add the quotations that go on."""
    for draft in drafts:
        _widen(draft, quotes)
    for draft in drafts:
        direct = bool(draft.pieces) and _is_quoted(draft.pieces, draft.cue, quotes)
        if (draft.frame == "bare" and not draft.pieces) or (direct and draft.kind == "speech"):
            _adjacent(draft, text, quotes)
        if draft.frame == "bare" and not draft.pieces:
            _after_colon(draft, text, quotes)
    claimed = {quote for draft in drafts for quote in draft.claimed}
    for draft in drafts:
        _continue(draft, text, quotes, claimed)


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


def _adjacent(draft: Draft, text: str, quotes: Quotes) -> None:
    """The quotation right before or right after a bare cue and its subject."""
    tokens = draft.sentence.tokens
    left, right = block(draft.sentence, draft.at)
    if draft.source:
        left, right = min(left, draft.source[0]), max(right, draft.source[-1])
    start, end = tokens[left].start, tokens[right].end
    before = _before(start, text, quotes)
    after = _after(end, text, quotes)
    for quote in (before, after):
        if quote is not None and not quote.span.covers(draft.cue) and quote not in draft.claimed:
            draft.pieces.append(quote.span)
            draft.claimed.add(quote)
    draft.pieces.sort()


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


def _before(start: int, text: str, quotes: Quotes) -> Quote | None:
    at = start - 1
    while at >= 0 and text[at] in " \xa0,":
        at -= 1
    quote = quotes.at(at) if at >= 0 and text[at] != "\n" else None
    return quote if quote and quote.span.end == at + 1 else None


def _after(end: int, text: str, quotes: Quotes) -> Quote | None:
    at = end
    while at < len(text) and text[at] in " \xa0,:.":
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
