"""Why a pattern does not fit a frame, in words: for whoever writes rules, never for coding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from dragoman.codebook.events import Element, Pattern
from dragoman.coding.frames import Frame

if TYPE_CHECKING:
    from dragoman.coding.match import Matcher

_ITEM = re.compile(r"[^\s\[\]]+")
# Names of the places in a frame, as the codebook's manual calls them.
_BEFORE = {"verb": "subject", "noun": "owner or agent", "adj": "subject"}


def why_not(matcher: Matcher, pattern: Pattern, lemma: str, frame: Frame) -> str | None:
    """The first thing that ``pattern`` lacks on ``frame``, whose trigger has the form ``lemma``; null where it fits.

    The conditions are gone through in the pattern's order, as ``Matcher.match`` does.
    """
    if matcher.match(pattern, lemma, frame) is not None:
        return None
    _, _, particle = lemma.partition(" ")
    for word in particle.split():
        if word not in frame.particles | set(frame.preps):
            return f"needs `{word}` beside the verb ({lemma})"
    actors: list[int] = []
    words: list[int] = []
    written = slots_of(pattern)
    for element, item in zip(pattern.elements, written, strict=True):
        if element.fill == "NOTHING":
            if there := matcher.there(element, frame):
                return f"must not have {item[1:]}; there is {_words(matcher, list(there))}"
            continue
        found = matcher._find(element, frame, words, pattern.trigger)
        if element.fill == "RECIPIENT" and found and not [f for f in found if f not in actors]:
            if element.group is None:
                return f"needs a {item} that is not the ACTOR too: there is only {_words(matcher, found)}"
            continue
        if not found and element.group is None:
            return _lacks(matcher, pattern, element, item, frame, words)
        if element.fill == "ACTOR":
            actors += found
        if element.fill == "WORDS":
            words += found
    return "needs its slots filled by different words, and as many parties as the rule asks for"


def slots_of(pattern: Pattern) -> list[str]:
    """What is written for each element of ``pattern``: ``RECIPIENT``, ``{arms}``, ``DEED:AID``."""
    return [item for item in _ITEM.findall(pattern.text) if item[0] in "{(!" or item[0].isupper()]


def _lacks(matcher: Matcher, pattern: Pattern, element: Element, item: str, frame: Frame, words: list[int]) -> str:
    """The condition in words, and what stands there instead."""
    where = _place(pattern, element, words, matcher)
    candidates = matcher._candidates(element, frame, words)
    if element.fill == "DEED":
        plain = msgspec.structs.replace(element, words=None, types=None)
        candidates = matcher._deeds(plain, frame, candidates, words)
    slot = item.removesuffix("~").removesuffix("'s")
    needs = f"needs {slot} {where}"
    if not candidates:
        return f"{needs}; there is nothing"
    there = _words(matcher, candidates)
    if element.fill == "WORDS":
        return f"{needs}; {there} is not in {item}"
    if element.fill == "DEED":
        if element.types is not None:
            coded = ", ".join(f"`{_word(matcher, c)}` as {matcher.type_at(c) or 'nothing'}" for c in candidates)
            return f"{needs}; coded is {coded}"
        return f"{needs}; {there} is not in {{{item.partition('{')[2]}"
    if element.words is not None and not any(matcher._is_word_or_some(c, element.words) for c in candidates):
        return f"{needs}; {there} is not in {{{item.partition('{')[2]}"
    if element.sectors is not None and not any(matcher.is_of(c, element.sectors) for c in candidates):
        return f"{needs}; {there} has no such sector"
    places = [c for c in candidates if (m := matcher.mention(c)) is not None and m.kind == "place"]
    if places:
        return f"{needs}; {_words(matcher, places)} is a place here, not a party"
    return f"{needs}; {there} is no party"


def _place(pattern: Pattern, element: Element, words: list[int], matcher: Matcher) -> str:
    """Where the element is looked for: "as subject", "after `to`"."""
    if element.where == "before":
        return f"as {_BEFORE[pattern.trigger]}"
    if element.where == "owner":
        return f"as owner of {_words(matcher, words) if words else 'the object'}"
    if element.preps:
        return f"after `{'|'.join(sorted(element.preps))}`"
    return "as a clause or event noun" if element.fill == "DEED" else "as object"


def _words(matcher: Matcher, found: list[int]) -> str:
    return ", ".join(f"`{_word(matcher, at)}`" for at in found)


def _word(matcher: Matcher, at: int) -> str:
    return matcher.reader.tokens[at].text
