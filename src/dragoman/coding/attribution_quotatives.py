"""Who says a quotation that no cue verb of the codebook claims: by its place beside a clause, a name or a signature.

Any verb may introduce somebody's words where the quotation is a sentence of its own ("..., ” she thundered", "He turned
to his usual theme: “..."), so the construction and not the verb decides here.
"""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from dragoman.coding.attribution_syntax import phrase, subject_of, verb_group
from dragoman.coding.quotes import Quote, Quotes, is_sentence
from dragoman.model import Analysis, Sentence, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
# Words of a noun phrase that does the verb, and what may stand first in it.
_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "ADP", "PART", "ADV", "X", "SYM"})
_HEADS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_NAMES = frozenset({"NOUN", "PROPN", "PRON", "ADJ"})
_OPENERS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "X"})
_WH = frozenset({"WP", "WDT", "WRB"})
_INVERTED = frozenset({"nsubj", "dobj", "attr", "npadvmod", "oprd", "dep", "appos", "nsubjpass"})
# Where a quotation that is followed by its speaker may begin, besides the beginning of a paragraph.
_BOUNDARIES = frozenset(".!?:—–-”\"'’)…")
_SPACES = frozenset({"PUNCT", "SPACE"})
_BLANKS = " \xa0\t"
_DASHES = frozenset("-–—―")
# A speaker's name between a quotation and its verb, and a label or a signature, are no longer (tokens).
_LONGEST_NAME = 20
_LONGEST_LABEL = 8


class Quotative(NamedTuple):
    """The cue of a quotation: its sentence, head token and tokens; the source's tokens and head."""

    sentence: Sentence
    at: int
    cue: list[int]
    source: list[int]
    speaker: int


def quotative(quote: Quote, analysis: Analysis, text: str, quotes: Quotes, verbs: Container[str]) -> Quotative | None:
    """What says that ``quote`` is somebody's: the clause behind it, the clause or name before it, or the signature
    below. ``verbs`` are lemmas of verbs of saying: after a question or a cry another verb begins a new sentence."""
    if not is_sentence(quote, text):
        return None
    return (
        _behind(quote, analysis, text, quotes, verbs)
        or _ahead(quote, analysis, text, quotes)
        or _signature(quote, analysis, quotes)
    )


def _behind(quote: Quote, analysis: Analysis, text: str, quotes: Quotes, verbs: Container[str]) -> Quotative | None:
    """ "...," the old man thundered; "...," thundered the old man."""
    last = quote.last(text)
    comma = last == "," or text[quote.span.end : quote.span.end + 1] == ","
    if quote.open_end or not (comma or last in "!?") or not _begins(quote, text, quotes):
        return None
    found = _words(analysis, quote.span.end, quotes.paragraphs[quote.paragraph][1], quotes)
    if found is None:
        return None
    sentence, words = found
    at = _verb(words, verbs) if comma else next((t.i for t in words if t.tag in _FINITE and t.lemma in verbs), None)
    if at is None:
        return None
    name = [t for t in words if t.i < at]
    while name and name[-1].pos in {"ADV", "PUNCT", "AUX"}:
        name.pop()
    objects = [c for c in sentence.children[at] if c > at and sentence.tokens[c].dep == "dobj"]
    if name:
        if objects and sentence.tokens[at].lemma not in verbs:
            return None
        return _named(sentence, at, name)
    right = inverted(sentence, at)
    if right is None:
        return None
    return Quotative(sentence, at, verb_group(sentence, at), phrase(sentence, right), right)


def inverted(sentence: Sentence, at: int) -> int | None:
    """The head of the noun phrase right after the verb at ``at``, whatever the parser calls it: behind a quotation it
    is who speaks ("...," thundered the old man)."""
    for c in sentence.children[at]:
        token = sentence.tokens[c]
        if c > at and token.dep in _INVERTED and token.pos in _HEADS and sentence.subtree(c)[0] == at + 1:
            return c
    return None


def _verb(words: list[Token], verbs: Container[str]) -> int | None:
    """The first finite verb, or a verb of saying that the parser took for a noun ("the email read")."""
    relative = False
    for before, token in zip([None, *words], words, strict=False):
        if token.pos == "VERB" and token.tag in _FINITE:
            return token.i
        relative = relative or token.tag in _WH
        if relative:
            continue
        if token.pos == "NOUN" and before is not None and before.pos in _NAMES and token.lemma in verbs:
            after = next((t for t in words if t.i == token.i + 1), None)
            if after is None or after.pos in {"PUNCT", "ADP"}:
                return token.i
    return None


def _named(sentence: Sentence, at: int, name: list[Token]) -> Quotative | None:
    """The speaker ``name`` before the verb at ``at``: a noun phrase, with what is said of it between commas."""
    plain = [t for t in name if t.pos in _NOMINAL or t.tag in {"VB", "VBN"}]
    first = name[0]
    if len(name) > _LONGEST_NAME or first.pos not in _OPENERS | {"VERB"} or first.tag in _WH | {"VBG"}:
        return None
    comma = next((t.i for t in name if t.text == ","), None)
    heads = [t.i for t in plain if t.pos in _HEADS and (comma is None or t.i < comma)]
    if not heads or (comma is None and len(plain) < len(name)):
        return None
    own = subject_of(sentence, at)
    speaker = own if own is not None and name[0].i <= own <= name[-1].i else heads[-1]
    source = [t.i for t in name]
    while sentence.tokens[source[-1]].pos == "PUNCT":
        source.pop()
    return Quotative(sentence, at, verb_group(sentence, at), source, speaker)


def _begins(quote: Quote, text: str, quotes: Quotes) -> bool:
    """Whether the quotation begins a sentence by what stands before it."""
    before = text[quotes.paragraphs[quote.paragraph][0] : quote.span.start].rstrip(_BLANKS)
    return not before or before[-1] in _BOUNDARIES


def _ahead(quote: Quote, analysis: Analysis, text: str, quotes: Quotes) -> Quotative | None:
    """She thundered, "..."; She had a simple answer: "..."; Dr. Haas: "..." """
    at = quote.span.start - 1
    while at >= 0 and text[at].isspace():
        at -= 1
    if at < 0 or text[at] not in ",:" or ("\n" in text[at : quote.span.start] and text[at] != ":"):
        return None
    sentence = analysis.sentence_at(at)
    if sentence is None or quotes.at(at) is not None:
        return None
    start = quotes.paragraphs[quotes.paragraph_of(at)][0]
    before = [q.span.end for q in quotes.within(sentence.span) if q.span.end <= at]
    start = max([start, *before])
    words = [t for t in sentence.tokens if start <= t.start < at]
    if not words:
        return None
    if text[at] == ":":
        verb = _topmost(sentence, words)
        if verb is None:
            return _label(sentence, words, at)
    else:
        verb = _above(sentence, words)
    if verb is None:
        return None
    source = subject_of(sentence, verb)
    if source is None or sentence.tokens[source].dep == "expl" or sentence.tokens[source].start < start:
        return None
    if sentence.tokens[source].start > at:
        return None
    own = [i for i in phrase(sentence, source) if sentence.tokens[i].start < at and not verb <= i < source]
    return Quotative(sentence, verb, verb_group(sentence, verb), own, source)


def _topmost(sentence: Sentence, words: list[Token]) -> int | None:
    """The main verb of ``words``: the one that hangs on none of the others."""
    inside = {t.i for t in words}
    for token in words:
        if token.pos in {"VERB", "AUX"} and token.tag in _FINITE and token.dep not in {"aux", "auxpass"}:
            above = token
            while above.head in inside and above.head != above.i:
                above = sentence.tokens[above.head]
            return above.i if above.pos in {"VERB", "AUX"} else token.i
    return None


def _above(sentence: Sentence, words: list[Token]) -> int | None:
    """The verb that the last of ``words`` belongs to."""
    inside = {t.i for t in words}
    last = next((t for t in reversed(words) if t.pos != "PUNCT"), None)
    while last is not None and last.pos != "VERB":
        last = sentence.tokens[last.head] if last.head in inside and last.head != last.i else None
    return last.i if last is not None and last.tag in _FINITE | {"VBN", "VBG"} else None


def _label(sentence: Sentence, words: list[Token], colon: int) -> Quotative | None:
    """A name and a colon: what follows the last stop or dash before it."""
    name: list[Token] = []
    for token in reversed(words):
        if token.pos == "PUNCT" and token.text != ",":
            break
        name.insert(0, token)
    at = next((t.i for t in sentence.tokens if t.start == colon), None)
    if at is None or not name or len(name) > _LONGEST_LABEL or not any(t.pos == "PROPN" for t in name):
        return None
    if any(t.pos in {"VERB", "AUX", "NUM"} for t in name) or name[0].pos not in _OPENERS:
        return None
    heads = [t.i for t in name if t.pos in _HEADS]
    return Quotative(sentence, at, [at], [t.i for t in name], heads[-1])


def _signature(quote: Quote, analysis: Analysis, quotes: Quotes) -> Quotative | None:
    """A paragraph that is a quotation, above one that is a dash and a name."""
    start, end = quotes.paragraphs[quote.paragraph]
    if (quote.span.start, quote.span.end) != (start, end) or quote.paragraph + 1 >= len(quotes.paragraphs):
        return None
    start, end = quotes.paragraphs[quote.paragraph + 1]
    sentence = analysis.sentence_at(start)
    if sentence is None:
        return None
    words = [t for t in sentence.tokens if start <= t.start < end]
    if not words or words[0].text[:1] not in _DASHES:
        return None
    name: list[Token] = []
    for token in words[1:]:
        if token.pos not in _NOMINAL:
            break
        name.append(token)
    if not name or len(name) > _LONGEST_LABEL or name[-1].pos != "PROPN":
        return None
    return Quotative(sentence, words[0].i, [words[0].i], [t.i for t in name], name[-1].i)


def clause_after(analysis: Analysis, offset: int) -> Token | None:
    """The head of the phrase that begins right after ``offset``: the highest token that nothing before it governs."""
    sentence = analysis.sentence_at(offset + 1)
    first = next((t for t in sentence.tokens if t.start >= offset and t.pos not in _SPACES), None) if sentence else None
    if sentence is None or first is None:
        return None
    head = first
    while head.head != head.i and head.head >= first.i:
        head = sentence.tokens[head.head]
    return head


def _words(analysis: Analysis, start: int, end: int, quotes: Quotes) -> tuple[Sentence, list[Token]] | None:
    """The tokens of the sentence that goes on at ``start``, up to ``end`` or the next quotation."""
    following = quotes.next_from(start)
    if following is not None:
        end = min(end, following.span.start)
    for offset in range(start, min(start + 4, end)):
        sentence = analysis.sentence_at(offset)
        if sentence is None:
            continue
        words = [t for t in sentence.tokens if start <= t.start < end]
        while words and (words[0].pos in {"PUNCT", "SPACE"}):
            words.pop(0)
        if words:
            return sentence, words
    return None
