"""An attribution while it grows: what the finders of cues begin and the quotations complete."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.codebook.cues import CueKind
from dragoman.coding.quotes import Quote, Quotes
from dragoman.model import Sentence, Span
from dragoman.model.record import Act

# One or two words in marks are a name or a distance kept, more are somebody's words.
FEWEST_QUOTED = 3


@dataclass(eq=False)
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
    """Whether the content is quoted: all of it, or at least ``FEWEST_QUOTED`` of its words."""
    if is_quoted(draft.pieces, draft.cue, quotes):
        return True
    words = 0
    for piece in draft.pieces:
        for quote in quotes.within(piece):
            if not quote.span.covers(draft.cue):
                words += len(text[max(piece.start, quote.span.start) : min(piece.end, quote.span.end)].split())
    return words >= FEWEST_QUOTED


def is_quoted(pieces: list[Span], cue: Span, quotes: Quotes) -> bool:
    """Whether the first piece begins and ends in a quotation that does not hold the cue."""
    if not pieces:
        return False
    first = pieces[0]
    quote = quotes.at(first.start)
    return quote is not None and first.end <= quote.span.end and not quote.span.covers(cue)
