"""One line of a page -> what it is: the page speaking of itself, a picture's words, noise, or text."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from dragoman.codebook.pages import PageKnowledge
from dragoman.model import Image
from dragoman.reading.credits import image, people
from dragoman.reading.dates import stamps

Kind = Literal["text", "meta", "outlet", "noise", "block", "image", "copyright", "reporting", "source", "domain"]

META_LENGTH = 220  # characters; a longer line is a paragraph whatever it holds
SHORT = 8  # words of a label
SIGNATURE = 10  # words of a by-line without "by"
_SEPARATOR = re.compile(r"\s*[|·•\u2022\u25cf/]\s*|\s+[\u2010-\u2015-]\s+|\s{2,}|\t|\s*;\s*")
_BULLET = re.compile(r"^[\u2022\u25cf\u25aa*>\u00bb\u203a-]+\s+")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,. ]*(?:[kKmM](?!\w))?(?!\w)")
_DOMAIN = re.compile(r"(?:www\.)?[a-z0-9-]{3,}(?:\.[a-z]{2,6}){1,2}")
_CRUMBS = re.compile(r"\s*[>\u203a\u00bb]\s*")


class Meta(msgspec.Struct, frozen=True):
    """What a line says of the page: any of these fields; ``labels`` are its other words (section, place, outlet)."""

    published: str | None = None
    updated: str | None = None
    views: int | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """A line with its kind; ``meta`` for meta lines, ``image`` for pictures, ``name`` for the outlet's."""

    text: str
    kind: Kind = "text"
    meta: Meta | None = None
    image: Image | None = None
    name: str | None = None


def line_of(text: str, knowledge: PageKnowledge) -> Line:
    """Classify ``text``, one stripped line that is not empty."""
    folded = fold(text)
    short = len(text.split()) <= SHORT
    if folded in knowledge.noise_blocks or (
        short and text.casefold().startswith(knowledge.noise_block_starts) and not knowledge.sentence_end.search(text)
    ):
        return Line(text, "block")
    if folded in knowledge.noise_lines or not folded or text.casefold().startswith(knowledge.noise_starts):
        return Line(text, "noise")
    for pattern in knowledge.outlets:
        match = pattern.fullmatch(text)
        if match:
            return Line(text, "outlet", name=match["name"].strip())
    if len(text) <= META_LENGTH:
        if knowledge.copyright.search(text) and not is_prose(text, knowledge, shortest=20):
            owner = knowledge.owner.search(text)
            return Line(text, "copyright", name=owner["name"].strip() if owner else None)
        meta = meta_of(text, knowledge)
        if meta:
            return Line(text, "meta", meta=meta)
        if _is_trail(_CRUMBS.split(text)):
            return Line(text, "noise")
    if knowledge.reporting.match(text):
        return Line(text, "reporting")
    if short and _DOMAIN.fullmatch(text):
        return Line(text, "domain", name=text.lower().removeprefix("www."))
    if (short and knowledge.source_line.fullmatch(text)) or knowledge.contributed.search(text):
        return Line(text, "source")
    shown = image(text, knowledge)
    return Line(text, "image", image=shown) if shown else Line(text)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _is_trail(crumbs: list[str]) -> bool:
    """Whether ``crumbs`` are a way through the site: short labels, and perhaps the headline at the end."""
    return len(crumbs) > 1 and all(len(crumb.split()) <= 4 for crumb in (crumbs[:-1] if len(crumbs) > 2 else crumbs))


def fold(text: str) -> str:
    """Small letters, without marks at either end: for comparing lines."""
    start, end = 0, len(text)
    while start < end and not _is_word(text[start]):
        start += 1
    while end > start and not _is_word(text[end - 1]):
        end -= 1
    return text[start:end].casefold()


def is_prose(text: str, knowledge: PageKnowledge, shortest: int = 7) -> bool:
    """Whether ``text`` reads as a paragraph and not as a headline: it ends as a sentence, or is very long.

    ``shortest`` in words. A question or exclamation of up to 20 words may be a headline.
    """
    words = len(text.split())
    if words >= 35:
        return True
    if knowledge.full_stop.search(text):
        return words >= shortest
    return words > 20 and bool(knowledge.sentence_end.search(text))


def is_label(text: str, knowledge: PageKnowledge) -> bool:
    """Whether ``text`` is a section name or another label of up to three words."""
    return fold(text) in knowledge.sections or (len(text.split()) <= 3 and not knowledge.sentence_end.search(text))


def meta_of(text: str, knowledge: PageKnowledge) -> Meta | None:
    """The fields of a line that holds nothing but a page's own data; null where other words are left over."""
    rest = text
    published = updated = None
    found = stamps(text, knowledge)
    dated = bool(found)
    previous = 0
    for stamp in found:
        before = text[previous : stamp.start]
        if _ends_with(knowledge.updated_label, before):
            updated = updated or stamp.value
        elif published is None:
            published = stamp.value
        previous = stamp.end
    for stamp in reversed(found):
        rest = rest[: stamp.start] + " | " + rest[stamp.end :]
    if not found and knowledge.relative.search(rest):
        dated = True
    rest = knowledge.relative.sub(" | ", rest)
    if not found and dated:
        rest = knowledge.time.sub(" | ", rest)
    rest, views = _views(rest, knowledge)
    rest, counted = knowledge.counters.subn(" | ", rest)
    rest = knowledge.published_label.sub(" | ", knowledge.updated_label.sub(" | ", rest))
    byline: str | None = None
    authors: list[str] = []
    labels: list[str] = []
    for piece in _SEPARATOR.split(rest):
        piece = _BULLET.sub("", piece).strip(" ,:()[]\u2013\u2014-")
        match = knowledge.by.match(piece)
        if match and len(piece.split()) <= 14:
            byline = piece[match.end() :].strip()
            authors += people(byline, knowledge)
            if not authors and not names_body(byline, knowledge):
                return None
            continue
        if dated and found and views is None:
            piece, views = _bare_count(piece)
        if knowledge.glue.sub("", piece).strip(" ,.:()"):
            labels.append(piece)
    if not (dated or byline or views is not None or counted):
        return None
    if labels and not _all_labels(labels, text, dated or byline is not None, knowledge):
        return None
    return Meta(published, updated, views, byline, tuple(dict.fromkeys(authors)), tuple(labels))


def names_body(words: str, knowledge: PageKnowledge) -> bool:
    """Whether ``words`` name a wire, an outlet, a desk or a role: somebody who may sign a report without a name."""
    signs = (knowledge.wire_any, knowledge.roles, knowledge.collectives, knowledge.outlet_word)
    return any(sign.search(words) for sign in signs)


def signature(text: str, knowledge: PageKnowledge) -> Meta | None:
    """A by-line without "by", as it stands under headlines: names, roles, an outlet; null for any other line."""
    if len(text.split()) > SIGNATURE or knowledge.sentence_end.search(text):
        return None
    authors: list[str] = []
    signed = False
    for piece in knowledge.joiners.split(text):
        named = people(piece, knowledge)
        authors += named
        signed = signed or bool(named) or names_body(piece, knowledge)
        # After who signs, a place ("BBC News, Chisinau").
        if not signed or not (named or names_body(piece, knowledge) or len(piece.split()) <= 2):
            return None
    sure = authors or (len(text.split()) <= SHORT // 2 and names_body(text, knowledge))
    return Meta(byline=text, authors=tuple(dict.fromkeys(authors))) if sure else None


def signed_outlet(byline: str, knowledge: PageKnowledge) -> str | None:
    """The outlet that ``byline`` names beside a person or a wire ("Harbour Post with AFP"); null for none."""
    pieces = [piece.strip() for piece in knowledge.joiners.split(byline) if piece.strip()]
    if len(pieces) < 2:
        return None
    for piece in pieces:
        other = knowledge.wire_any.search(piece) or knowledge.collectives.search(piece) or knowledge.roles.search(piece)
        if knowledge.outlet_word.search(piece) and not other and len(piece.split()) <= SHORT // 2:
            rest = [one for one in pieces if one != piece]
            if any(knowledge.wire_any.fullmatch(one) or people(one, knowledge) for one in rest):
                return piece
    return None


def _ends_with(label: re.Pattern[str], before: str) -> bool:
    """Whether the last thing in ``before`` is ``label``."""
    found = list(label.finditer(before))
    return bool(found) and not re.search(r"\w", before[found[-1].end() :])


def _views(rest: str, knowledge: PageKnowledge) -> tuple[str, int | None]:
    match = knowledge.views.search(rest)
    if not match:
        return rest, None
    number, scale = match["number"] or match["number2"], match["scale"] or match["scale2"]
    return f"{rest[: match.start()]} | {rest[match.end() :]}", _count(number, scale)


def _bare_count(piece: str) -> tuple[str, int | None]:
    """A number that stands alone beside a date is the page's view counter."""
    if _NUMBER.fullmatch(piece):
        scale = piece[-1] if piece[-1].isalpha() else None
        return "", _count(piece.rstrip("kKmM"), scale)
    return piece, None


def _count(number: str, scale: str | None) -> int | None:
    """An integer from "1,234", "1 234", "12.5" with K or M."""
    if scale:
        try:
            return round(float(number.replace(",", ".").replace(" ", "")) * (1000 if scale in "kK" else 1_000_000))
        except ValueError:
            return None
    digits = re.sub(r"[,. ]", "", number)
    return int(digits) if len(digits) < 13 else None


def _all_labels(labels: list[str], text: str, sure: bool, knowledge: PageKnowledge) -> bool:
    """Whether what is left beside a date or by-line are labels: few words, capitalised, no sentence."""
    if not sure or (knowledge.sentence_end.search(text) and not knowledge.outlet_word.search(text)):
        return False
    for label in labels:
        words = label.split()
        if fold(label) in knowledge.sections:
            continue
        if len(words) > 4 or not all(word[0].isupper() or not word[0].isalpha() for word in words):
            return False
    return sum(len(label.split()) for label in labels) <= 6
