"""Factuality: did it happen, will it, might it, or not at all. Report in, Report with ``factuality`` out."""

from __future__ import annotations

from typing import Protocol

import msgspec

from dragoman.codebook.cues import Cues
from dragoman.codebook.factuality import Reading
from dragoman.coding.factuality_scope import Scope
from dragoman.coding.factuality_state import FLAT
from dragoman.model import FactualityFinding, Report, Sentence, Span, Token
from dragoman.model.record import Modality, Realis

# Universal tags and labels of tokens that state something: verbs, predicates of a copula.
_PREDICATE = frozenset({"acomp", "attr", "oprd"})
# From the surest to the least sure, and from what is there to what is only thought of.
_MODALITIES: tuple[Modality, ...] = ("certain", "probable", "possible", "unknown")
_REALIS: tuple[Realis, ...] = ("actual", "planned", "hypothetical")
# What began or happened in a year that lies this far before that of publication is background.
_BACKGROUND_YEARS = 2
_CLAUSES = frozenset({"ROOT", "advcl", "ccomp", "relcl"})
_HELPERS = frozenset({"aux", "auxpass"})


class Knowledge(Protocol):
    """What this step reads of the codebook."""

    @property
    def cues(self) -> Cues:
        """Words that deny, weaken or postpone."""
        ...


class FactualityFinder:
    """Gives every verb, predicate and event noun its polarity, modality and realis."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Keep the factuality section of ``knowledge.cues``."""
        self._cues = knowledge.cues.factuality
        self._speech = frozenset(
            word
            for word, entries in knowledge.cues.verbs.items()
            if any(entry.kind == "speech" and "clause" in entry.frames for entry in entries)
        )

    def __call__(self, report: Report) -> Report:
        """Fill ``report.factuality``, one finding a predicate, in text order."""
        found = []
        events = {(event.sentence, event.trigger) for event in report.events}
        past = _past(report)
        for sentence in report.analysis.sentences:
            scope = self._scope(sentence, past)
            for token in sentence.tokens:
                if self._states(sentence, token.i) or (sentence.index, token.i) in events:
                    found.append(self._finding(sentence, token.i, scope))
        return msgspec.structs.replace(report, factuality=tuple(found))

    def factuality_of(self, report: Report, sentence_index: int, token_index: int) -> FactualityFinding:
        """Factuality of one token, computed only where it is needed."""
        sentence = report.analysis.sentences[sentence_index]
        return self._finding(sentence, token_index, self._scope(sentence, _past(report)))

    def _scope(self, sentence: Sentence, past: tuple[Span, ...]) -> Scope:
        here = sentence.span
        inside = tuple(span for span in past if here.start <= span.start < here.end)
        return Scope(sentence, self._cues, self._speech, inside)

    def _states(self, sentence: Sentence, at: int) -> bool:
        token = sentence.tokens[at]
        if token.pos == "VERB" or token.tag in {"VBD", "VBZ", "VBP", "VBG"}:
            return token.dep not in _HELPERS
        if any(child.dep == "aux" for child in self._below(sentence, at)):
            return True  # whatever it is taken for: "HAS CLOSED"
        if any(child.text.lower() in self._cues.please for child in self._below(sentence, at)):
            return True
        if token.pos == "AUX":
            return token.dep not in _HELPERS or (token.dep == "auxpass" and token.lemma in self._cues.passives)
        if token.pos == "NOUN":
            lemma = token.lemma
            return (
                token.dep in _PREDICATE or lemma in self._cues.event_nouns or lemma.endswith(self._cues.event_suffixes)
            )
        return token.pos == "ADJ" and (token.dep in _PREDICATE or token.dep in _CLAUSES)

    def _below(self, sentence: Sentence, at: int) -> list[Token]:
        return [sentence.tokens[c] for c in sentence.children[at]]

    def _finding(self, sentence: Sentence, at: int, scope: Scope) -> FactualityFinding:
        token, state = sentence.tokens[at], scope.state(at)
        readings = self._cues.readings
        met = [readings[grade] for grade in state.shades | {state.grade}]
        negative = state.negative != any(reading.denies for reading in met)
        modalities = [(reading.denied or reading.modality) if negative else reading.modality for reading in met]
        realis = max((reading.realis for reading in met), key=_REALIS.index)
        flat = state.historical and state.grade in FLAT
        return FactualityFinding(
            sentence=sentence.index,
            token=at,
            span=sentence.span_of([at]),
            polarity="negative" if negative else "positive",
            modality=max(modalities, key=_MODALITIES.index),
            realis="historical" if flat else realis,
            words=tuple(sentence.tokens[i].text for i in sorted(set(state.words)) if i != token.i),
            score=_score(readings[state.grade], state.negative, scope.personal),
        )


def _past(report: Report) -> tuple[Span, ...]:
    """The dates of the report that end well before its year of publication; none where that is not known."""
    day = report.article.day
    if day is None:
        return ()
    year = day.year - _BACKGROUND_YEARS
    return tuple(found.span for found in report.times if found.last and int(found.last[:4]) <= year)


def _score(reading: Reading, negative: bool, personal: bool) -> float:
    """-3..3; a personal sentence has readings of its own."""
    if not negative:
        return reading.personal if personal else reading.score
    if personal and reading.personal_negative is not None:
        return reading.personal_negative
    return reading.negative


def factuality_of(report: Report, sentence_index: int, token_index: int, knowledge: Knowledge) -> FactualityFinding:
    """``FactualityFinder.factuality_of`` for a single call; keep a finder where there are many."""
    return FactualityFinder(knowledge).factuality_of(report, sentence_index, token_index)
