"""What became of those a figure counts ("killed", "displaced"), and whether it is a sum, an addition or a rate."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dragoman.codebook.quantities import OutcomeWords
from dragoman.model import QuantityFinding, Sentence
from dragoman.resolving.quantities.items import Items

_OBJECTS = frozenset({"dobj", "nsubjpass"})
_PREDICATES = frozenset({"oprd", "acomp", "attr", "ccomp"})
_PARTICIPLES = frozenset({"VBN", "VBD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# How many coordinated or governing words are followed from a figure.
_DEPTH = 4
# How far behind what is counted the words that make it a sum or a rate may begin, in words.
_REACH = 3


class Outcomes:
    """Adds ``outcome`` and ``share`` to findings. Holds the codebook's words; calls change nothing."""

    def __init__(self, words: OutcomeWords) -> None:
        """Keep the words of ``outcomes.yml``, each under the name of its outcome."""
        self._of_object = _named(words, "object")
        self._of_subject = _named(words, "subject")
        self._beside = _named(words, "beside")
        self._nouns = _named(words, "nouns")
        self._tolls = _named(words, "tolls")
        self._to, self._of = frozenset(words.toll_prepositions), frozenset(words.part_prepositions)
        self._numbers = frozenset(words.numbers)
        self._total, self._sums = words.total, tuple(tuple(phrase.split()) for phrase in words.totals)
        self._more, self._additions = words.more, frozenset(words.additions)
        self._per, self._each = words.per, frozenset(words.each)
        self._periods, self._rates = frozenset(words.periods), words.rates

    def add(self, finding: QuantityFinding, items: Items) -> QuantityFinding:
        """The finding with what the parse says of it; as it was where there is no parse at its words."""
        number = finding.number_span or finding.span
        first = items.at(number.start)
        last = items.at((finding.item_span or number).end - 1)
        if first is None or last is None or first[0] is not last[0]:
            return finding
        sentence, head = last
        if finding.item_span is None:
            head = _counted(sentence, head)
        end = items.at(number.end - 1)
        outcome, summed = self._outcome(sentence, head, range(first[1], end[1] + 1 if end else head + 1), _DEPTH)
        share = self._share(sentence, first[1], head) or (self._total if summed else None)
        if outcome is None and share is None:
            return finding
        return msgspec.structs.replace(finding, outcome=outcome, share=share)

    # --- what became of them ----------------------------------------------------------------------------------------

    def _outcome(self, sentence: Sentence, head: int, figure: range, depth: int) -> tuple[str | None, bool]:
        """The outcome of those counted at ``head``, and whether the figure is where a toll stands."""
        tokens = sentence.tokens
        token = tokens[head]
        above = tokens[token.head]
        found = self._beside.get(token.text.lower())
        for c in sentence.children[head]:
            if found is None and c > head and tokens[c].dep in {"acl", "amod"}:
                found = self._beside.get(tokens[c].text.lower())
                if found is None and tokens[c].tag == "VBN":
                    found = self._either(sentence, c, self._of_object)
        if found is None and token.dep in _OBJECTS:
            found = self._either(sentence, above.i, self._of_object) or self._predicate(sentence, above.i)
        if found is None and token.dep in _SUBJECTS:
            found = self._either(sentence, above.i, self._of_subject) or self._predicate(sentence, above.i)
            bare = above.tag in _PARTICIPLES and above.i == head + 1
            if found is None and bare and not any(tokens[c].dep == "dobj" for c in sentence.children[above.i]):
                found = self._of_object.get(above.lemma)  # "17 dead, 40 wounded"
        if found is not None:
            return found, False
        if token.dep == "pobj" and above.lemma in self._of and depth > 0:  # "17 of its soldiers", "a total of 40 men"
            whole = tokens[above.head]
            if whole.i in figure or whole.lemma in self._numbers:
                return self._outcome(sentence, whole.i, figure, depth - 1)
        if token.dep == "pobj" and above.lemma in self._to:
            toll = self._toll(sentence, above.head)
            return toll, toll is not None
        if token.dep == "conj" and depth > 0:
            return self._outcome(sentence, token.head, figure, depth - 1)
        return None, False

    def _either(self, sentence: Sentence, verb: int, words: Mapping[str, str]) -> str | None:
        """The outcome of the verb, with that of one coordinated to it: "were killed or wounded"."""
        tokens = sentence.tokens
        found = words.get(tokens[verb].lemma)
        partners = [c for c in sentence.children[verb] if tokens[c].dep == "conj"]
        if tokens[verb].dep == "conj":
            partners.append(tokens[verb].head)
        for c in partners:
            first, second = sorted((verb, c))
            other = words.get(tokens[c].lemma)
            theirs = any(tokens[k].dep == "dobj" for k in sentence.children[c])
            theirs = theirs or any(tokens[k].dep in _SUBJECTS for k in sentence.children[second])
            link = next((tokens[k].text for k in sentence.children[first] if tokens[k].dep == "cc"), None)
            if found is not None and other not in (None, found) and not theirs and link is not None:
                return f"{words[tokens[first].lemma]} {link} {words[tokens[second].lemma]}"
        return found

    def _predicate(self, sentence: Sentence, verb: int) -> str | None:
        """The outcome that a predicate names: "left seven people dead", "five are missing"."""
        for c in sentence.children[verb]:
            if sentence.tokens[c].dep in _PREDICATES:
                found = self._beside.get(sentence.tokens[c].text.lower())
                if found is not None:
                    return found
        return None

    def _toll(self, sentence: Sentence, at: int) -> str | None:
        """The outcome whose toll is at ``at`` or is the subject or object of the verb there."""
        tokens = sentence.tokens
        near = [at, *(c for c in sentence.children[at] if tokens[c].dep in (*_SUBJECTS, "dobj"))]
        for c in near:
            words = " ".join(tokens[i].lemma for i in (*_compounds(sentence, c), c))
            if words in self._tolls:
                return self._tolls[words]
            if tokens[c].lemma in self._numbers:  # "the number of deaths"
                for of in sentence.children[c]:
                    for noun in sentence.children[of] if tokens[of].lemma in self._of else ():
                        if tokens[noun].lemma in self._nouns:
                            return self._nouns[tokens[noun].lemma]
        return None

    # --- sums, additions, rates -------------------------------------------------------------------------------------

    def _share(self, sentence: Sentence, first: int, head: int) -> str | None:
        tokens = sentence.tokens
        words = [token.text.lower() for token in tokens]
        if any(words[i] in self._additions for i in range(max(0, first - 1), head) if not words[i].isdecimal()):
            return self._more
        for phrase in self._sums:
            size = len(phrase)
            starts = (*range(max(0, first - size - 2), first), *range(head + 1, head + 1 + _REACH))
            if any(tuple(words[i : i + size]) == phrase for i in starts):
                return self._total
        for i in range(head + 1, min(head + 1 + _REACH, len(words) - 1)):
            if words[i] in self._each and tokens[i + 1].lemma in self._periods:
                return f"{self._per} {tokens[i + 1].lemma}"
        for i in (first - 1, head + 1):
            if 0 <= i < len(words) and words[i] in self._rates:
                return f"{self._per} {self._rates[words[i]]}"
        return None


def _named(words: OutcomeWords, field: str) -> Mapping[str, str]:
    """Word -> the outcome whose list ``field`` has it."""
    return {word: outcome.name for outcome in words.outcomes for word in getattr(outcome, field)}


def _counted(sentence: Sentence, at: int) -> int:
    """The word that the bare number at ``at`` stands with: "others" in "23 others", "dead" in "17 dead"."""
    token = sentence.tokens[at]
    return token.head if token.dep == "nummod" and token.head > at else at


def _compounds(sentence: Sentence, at: int) -> list[int]:
    return [c for c in sentence.children[at] if sentence.tokens[c].dep == "compound"]
