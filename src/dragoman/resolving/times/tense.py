"""The tense of the verb that governs some words: by the parse, or by cue words where there is none."""

from __future__ import annotations

import re

from dragoman.codebook.times import TenseWords
from dragoman.model import Analysis, Sentence, Token
from dragoman.resolving.times.readings import Tense

_PAST_TAGS = {"VBD", "VBN"}
_PRESENT_TAGS = {"VBP", "VBZ"}
_FINITE = {"VBD", "VBP", "VBZ"}  # "set a record in June" is told; "set for June" lies ahead
_AUXILIARIES = {"aux", "auxpass"}


class TenseFinder:
    """Answers for one language."""

    def __init__(self, words: TenseWords) -> None:
        self._words = words
        self._future = frozenset(words.future)
        self._perfect = frozenset(words.perfect)
        self._planned = frozenset(words.planned)
        self._announcing = frozenset(words.announcing)
        self._ahead = frozenset(words.ahead)
        self._back = frozenset(words.back)
        self._ahead_of = frozenset(words.ahead_of)
        self._before = frozenset(words.before)
        self._after = frozenset(words.after)
        self._scheduled = frozenset(words.scheduled)
        self._inviting = frozenset(words.inviting)
        self._carried_out = frozenset(words.carried_out)
        self._cues = re.compile(r"\b(?:" + "|".join(words.future_cues) + r")\b", re.IGNORECASE)
        self._stops = re.compile(r"[.!?\n]")

    def by_parse(self, analysis: Analysis, start: int) -> Tense | None:
        """Tense of the nearest verb above the word at ``start``; null without one."""
        sentence = analysis.sentence_at(start)
        if sentence is None:
            return None
        token = next((t for t in sentence.tokens if t.end > start), None)
        preposition: Token | None = None  # the first one above the words
        through = False  # whether a noun stands between it and what comes
        noun: Token | None = None  # the first noun above the words, and the preposition above it
        over: Token | None = None
        for _ in range(len(sentence.tokens)):
            if token is None or token.head == token.i:
                break
            token = sentence.tokens[token.head]
            if token.lemma in self._back and token.tag == "IN":
                return "past"
            if token.lemma in self._planned and token.tag not in _FINITE:
                return "near" if self._was(sentence, token) else "future"
            if preposition is not None and self._points_ahead(sentence, token, preposition, through):
                return "future"
            if token.lemma in self._ahead_of and token.pos != "PROPN":
                return "future"
            if token.pos == "ADP" or token.dep == "mark":
                preposition = preposition or token
                over = over or (token if noun is not None else None)
                if token.lemma in self._before and noun is not None and noun.lemma in self._scheduled:
                    return "near"
            elif token.pos == "NOUN":
                through = preposition is not None
                noun = noun or token
            if token.pos in ("VERB", "AUX"):
                found = self._of(sentence, token)
                if found:
                    return (
                        "background" if found == "present" and self._names_past(sentence, noun, over, token) else found
                    )
        return None

    @staticmethod
    def _was(sentence: Sentence, planned: Token) -> bool:
        """Whether the plan is told in the past: "was due on Sunday", which may be over or not."""
        below = [sentence.tokens[i] for i in sentence.children[planned.i]]
        verb = sentence.tokens[planned.head]
        above = [verb] if planned.dep == "acomp" and verb.pos == "AUX" else []
        return any(t.tag == "VBD" and t.pos == "AUX" for t in (*below, *above))

    def _names_past(self, sentence: Sentence, noun: Token | None, over: Token | None, verb: Token) -> bool:
        """Whether ``noun``, under the preposition ``over``, names what has been when the verb is in the present.

        "Tuesday's defeat leaves them without a majority", "they mourn after Tuesday's fire"; not "Sunday's election
        is the first".
        """
        if noun is None or noun.lemma in self._scheduled:
            return False
        below = (sentence.tokens[i] for i in sentence.children[noun.i])
        told = any(t.dep == "relcl" and t.tag == "VBD" for t in below)  # "a story on Sunday that shocked many"
        return told or noun.i < verb.i or (over is not None and over.lemma in self._after)

    def _points_ahead(self, sentence: Sentence, token: Token, preposition: Token, through: bool) -> bool:
        """Whether the words say when what ``token`` announces will be, and not when it was announced.

        "Announced a strike for Monday", but not "announced it on Monday"; "invited them to talks on Monday", but not
        "invited them on Monday" nor "called off a strike".
        """
        if any(sentence.tokens[i].dep == "prt" for i in sentence.children[token.i]):
            return False
        if token.lemma in self._announcing and preposition.lemma in self._ahead and token.pos == "VERB":
            return True
        return through and token.lemma in self._inviting

    def _of(self, sentence: Sentence, verb: Token) -> Tense | None:
        below = [sentence.tokens[i] for i in sentence.children[verb.i]]
        helpers = [t for t in below if t.dep in _AUXILIARIES or (t.tag in ("MD", "TO") and t.i < verb.i)]
        lemmas = {t.lemma for t in helpers}
        if lemmas & self._perfect and (verb.tag in _PAST_TAGS or verb.dep != "ROOT"):
            return "past"
        if lemmas & self._future or any(t.tag == "MD" for t in helpers):
            return "future"
        if any(t.tag == "TO" for t in helpers):
            above = sentence.tokens[verb.head]
            if above.lemma in self._planned and self._was(sentence, above):
                return "near"
            return "past" if above.lemma in self._carried_out else "future"
        for helper in helpers:
            if helper.tag in _PAST_TAGS:
                return "past"
            if helper.tag in _PRESENT_TAGS and verb.tag == "VBG":
                return "future"
            if helper.tag in _PRESENT_TAGS and helper.dep == "auxpass":
                return "present"
        if verb.tag in _PAST_TAGS:
            return "past"
        if verb.tag in _PRESENT_TAGS:
            return "present"
        if verb.tag == "VB" and verb.dep == "ROOT":
            return "present"
        return None

    def by_cues(self, text: str, start: int, end: int) -> Tense | None:
        """Future where the sentence around ``start``..``end`` holds a cue of it; else null."""
        before = [m.end() for m in self._stops.finditer(text, max(0, start - 300), start)]
        after = self._stops.search(text, end)
        low, high = before[-1] if before else max(0, start - 300), after.start() if after else len(text)
        return "future" if self._cues.search(text, low, high) else None
