"""Quotations for attributions: content widened to whole quotations, and those that go on after the cue."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container

from dragoman.coding.attribution_beside import THIN, across, after, before, ending, extent
from dragoman.coding.attribution_drafts import FEWEST_QUOTED, Draft, is_quoted
from dragoman.coding.attribution_quotatives import clause_after, inverted, quotative
from dragoman.coding.attribution_syntax import phrase
from dragoman.coding.quotes import Quote, Quotes, is_sentence
from dragoman.model import Analysis, Span

# What parts a quotation from its verb.
_PARTING = frozenset(",:!?")


def grow(
    drafts: list[Draft], analysis: Analysis, text: str, quotes: Quotes, verbs: Container[str] = frozenset()
) -> None:
    """Widen content to whole quotations, give bare cues theirs, find cues for the rest, and add those that go on.

    A quotation has one verb: first the one whose content it is, then the one it stands right before, then the one it
    stands right after, then the one in the sentence before.
    """
    for draft in drafts:
        _widen(draft, quotes)
    outer = [draft for draft in drafts if quotes.at(draft.cue.start) is None]
    owned = {quote for draft in outer for quote in draft.claimed if quote.span in draft.pieces}
    nearest = sorted(outer, key=lambda draft: draft.cue.start)
    for place, order in ((before, nearest), (after, reversed(nearest))):
        for draft in order:
            quote = place(draft, text, quotes) if _wants(draft, quotes) else None
            if quote is not None and (draft.pieces or _is_said(draft, quote, text)):
                _take(draft, quote, owned)
    cues = [draft.cue.start for draft in nearest]
    for draft in outer:
        if draft.kind == "speech" and draft.frame in {"clause", "bare"}:
            _part(draft, analysis, text, quotes, verbs)
            _begin(draft, analysis, text, quotes, cues)
            _end(draft, analysis, text, quotes)
    for draft in outer:
        if draft.source is None and draft.kind == "speech" and draft.frame in {"clause", "bare"}:
            _invert(draft, text, quotes)
    claimed = {quote for draft in drafts for quote in draft.claimed}
    for quote in quotes.items:
        if quote not in claimed:
            told = _unlisted(quote, drafts, analysis, text, quotes, verbs)
            if told is not None:
                _add(told, quote)
                claimed.add(quote)
                if told not in outer:
                    outer.append(told)
    outer.sort(key=lambda draft: draft.cue.start)
    for draft in outer:
        if draft.frame == "":  # "..., he said, according to her": both have what goes on
            _continue(draft, text, quotes, set(claimed))
    for draft in outer:
        _continue(draft, text, quotes, claimed)
    for draft in outer:
        if draft.frame == "bare" and not draft.pieces:
            _take(draft, across(draft, text, quotes), claimed)
            _continue(draft, text, quotes, claimed)
        if draft.frame == "bare" and not draft.pieces:
            _after_colon(draft, text, quotes)
    starts = [draft.cue.start for draft in outer]
    for quote in quotes.items:
        if quote not in claimed and is_sentence(quote, text):
            near = outer[
                bisect_left(starts, quotes.paragraphs[quote.paragraph][0]) : bisect_left(starts, quote.span.start)
            ]
            _add(_last(quote, near, text, quotes), quote)


def _add(draft: Draft | None, quote: Quote) -> None:
    """Make ``quote`` part of what ``draft`` reports."""
    if draft is not None:
        draft.pieces = sorted([*draft.pieces, quote.span])
        draft.claimed.add(quote)


def _part(draft: Draft, analysis: Analysis, text: str, quotes: Quotes, verbs: Container[str]) -> None:
    """Give the speaker back what the parser left in the content between a quotation and the cue."""
    piece = draft.pieces[0] if draft.pieces else None
    if piece is None or piece.end > draft.cue.start:
        return
    quote = quotes.within(piece)[-1] if quotes.within(piece) else None
    if quote is None or quote.span.end >= piece.end:
        return
    told = quotative(quote, analysis, text, quotes, verbs)
    if told is not None and told.sentence is draft.sentence and told.at == draft.at:
        draft.pieces[0] = Span(piece.start, quote.span.end)
        draft.source, draft.speaker = told.source, told.speaker


def _end(draft: Draft, analysis: Analysis, text: str, quotes: Quotes) -> None:
    """End content with a quotation of some length whose own comma an adverbial clause follows: that is the writer's
    (the content ends there five times in six in attributions.train)."""
    piece = draft.pieces[-1] if draft.pieces else None
    if piece is None or piece.start < draft.cue.end:
        return
    quote = quotes.within(piece)[-1] if quotes.within(piece) else None
    if quote is None or quote.last(text) != "," or quote.span.end >= piece.end:
        return
    following = clause_after(analysis, quote.span.end)
    long = len(quote.words(text).split()) > FEWEST_QUOTED
    if following is not None and following.dep == "advcl" and (long or following.tag == "VBG"):
        draft.pieces[-1] = Span(piece.start, quote.span.end)


def _begin(draft: Draft, analysis: Analysis, text: str, quotes: Quotes, cues: list[int]) -> None:
    """Where content that ends with a quotation before the cue begins: with the quotation if that is a sentence of its
    own ("He praised the crew - "They saved us," he said"), else with the words it goes on from ("The plan "will fail,"
    he said"), unless these hold one of ``cues``, which are sorted."""
    quote = ending(extent(draft)[0], text, quotes)
    if quote is None or not draft.pieces or not draft.pieces[0].covers(quote.span):
        return
    start = quote.opening(text)
    sentence = analysis.sentence_at(start)
    token = next((t for t in sentence.tokens if t.end > start), None) if sentence is not None else None
    if sentence is None or token is None:
        return
    if token.text[:1].isupper() and token.pos != "PROPN" and len(token.text) > 1:
        if is_sentence(quote, text):
            draft.pieces[0] = quote.span
        return
    if draft.pieces[0].start < quote.span.start:
        return
    earlier = [q.span.end for q in quotes.within(Span(sentence.span.start, quote.span.start)) if q != quote]
    start = max([sentence.span.start, quotes.paragraphs[quote.paragraph][0], *earlier[-1:]])
    if bisect_left(cues, start) != bisect_left(cues, quote.span.start):
        return
    words = [t for t in sentence.tokens if start <= t.start < quote.span.start and t.pos not in THIN | {"CCONJ"}]
    if words:
        draft.pieces[0] = Span(words[0].start, quote.span.end)


def _invert(draft: Draft, text: str, quotes: Quotes) -> None:
    """Find the speaker behind a cue that follows its quotation, where the parser calls it an object."""
    quote = ending(draft.cue.start, text, quotes)
    speaker = inverted(draft.sentence, draft.at) if quote in draft.claimed else None
    if speaker is not None:
        draft.source, draft.speaker = phrase(draft.sentence, speaker), speaker


def _unlisted(
    quote: Quote, drafts: list[Draft], analysis: Analysis, text: str, quotes: Quotes, verbs: Container[str]
) -> Draft | None:
    """A draft for a quotation nobody claims, new or that of the same verb, which had other content or none."""
    found = quotative(quote, analysis, text, quotes, verbs)
    if found is None:
        return None
    sentence, at = found.sentence, found.at
    draft = next((d for d in drafts if d.sentence.index == sentence.index and d.at == at), None)
    if draft is None:
        frame = "clause" if sentence.tokens[at].pos in {"VERB", "AUX"} else "label"
        draft = Draft(sentence, at, "speech", "assert", sentence.span_of(found.cue), [], frame=frame)
        draft.source, draft.speaker = found.source, found.speaker
        drafts.append(draft)
    elif draft.kind != "speech":
        return None
    return draft


def _last(quote: Quote, drafts: list[Draft], text: str, quotes: Quotes) -> Draft | None:
    """Who spoke last before a quotation without a cue of its own; ``drafts`` are those before it in its paragraph."""
    start = quotes.paragraphs[quote.paragraph][0]
    before = text[start : quote.span.start].rstrip()
    if not before.endswith((".", "!", "?", "”", '"')) or quote.last(text) == ",":
        return None
    near = [d for d in drafts if d.kind == "speech" and d.pieces and d.frame in {"clause", "bare"} and d.source]
    return near[-1] if near and near[-1].finite else None


def _wants(draft: Draft, quotes: Quotes) -> bool:
    """Whether the draft may still take a quotation beside its cue."""
    if not draft.pieces:
        return draft.frame == "bare"
    return draft.kind == "speech" and is_quoted(draft.pieces, draft.cue, quotes)


def _is_said(draft: Draft, quote: Quote, text: str) -> bool:
    """Whether a quotation beside a verb that says nothing by itself is what is said, and no word kept at a distance: it
    is a sentence, marks part it from the verb, or it is longer than a name."""
    if is_sentence(quote, text) or len(quote.words(text).split()) > FEWEST_QUOTED:
        return True
    if quote.span.start < draft.cue.start:
        return quote.last(text) in _PARTING or text[quote.span.end : quote.span.end + 1] == ","
    return text[draft.cue.end : quote.span.start].rstrip()[-1:] in _PARTING


def _take(draft: Draft, quote: Quote | None, owned: set[Quote]) -> None:
    if quote is not None and quote not in owned and not quote.span.covers(draft.cue):
        _add(draft, quote)
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


def _continue(draft: Draft, text: str, quotes: Quotes, claimed: set[Quote]) -> None:
    """Quotations that follow the cue's sentence, or the open end of one, and that nobody else claims are the same
    speaker's; after a paraphrase, only what follows right away."""
    if not draft.pieces or draft.kind != "speech":
        return
    direct = bool(draft.claimed) and is_quoted(draft.pieces, draft.cue, quotes)
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
