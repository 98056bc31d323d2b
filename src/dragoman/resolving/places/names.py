"""Looks names up in runs of tokens, and tells names of persons and demonyms from them."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.codebook.places import PlaceKnowledge, several
from dragoman.model import Analysis, Token
from dragoman.resolving.gazetteer import Candidate, Gazetteer

# Tokens that a name may have, joiners and hyphens included ("Deir ez-Zor" has four).
LONGEST = 7
# Parts of speech that belong to a name when they have a capital letter.
NAMING = frozenset({"PROPN", "NOUN", "ADJ", "X"})
# Of names of four capital letters ("LIMA", "FIFA") those count that are as well known as this many people.
CAPITALS_FROM = 500_000


class Names:
    """The gazetteer and the name lists as they are asked of a parse; holds nothing of an article."""

    def __init__(self, knowledge: PlaceKnowledge, gazetteer: Gazetteer) -> None:
        """Prepare the lists of ``knowledge``."""
        self._words = knowledge.words
        self._gazetteer = gazetteer
        self._first_names = knowledge.first_names
        self._demonyms = {
            gazetteer.fold(word): country.iso2 for country in knowledge.countries for word in several(country.demonyms)
        }

    def longest(self, tokens: tuple[Token, ...], at: int) -> tuple[int, tuple[Candidate, ...], str, str] | None:
        """The longest name from token ``at`` on: its last token, its places, its words, and these folded."""
        end = at
        reach = [at]
        while end + 1 < len(tokens) and end + 1 - at < LONGEST:
            end += 1
            word = tokens[end].text
            if any(c.isupper() for c in word) or (word == "." and tokens[end].start == tokens[end - 1].end):
                reach.append(end)
            elif word.lower() not in self._words.joiners:
                break
        article = tokens[at].text.lower() in self._words.articles
        for last in reversed(reach):
            if article and last == at:
                return None
            if last == at and bare(tokens[at].text) in self._words.never:
                return None
            found, text, folded = self.candidates(tokens, at, last)
            if tokens[last].text == "." and "." not in tokens[last - 1].text:  # "Vt.", or the end of a sentence
                found = tuple(c for c in found if c.exact)
            if article:
                found = tuple(c for c in found if c.name.startswith(tokens[at].text))
            if found and folded not in self._words.never_phrases:
                return last, found, text, folded
        return None

    def candidates(self, tokens: tuple[Token, ...], first: int, last: int) -> tuple[tuple[Candidate, ...], str, str]:
        """The places that the words from ``first`` to ``last`` name, the words, and these folded."""
        text = "".join(
            tokens[i].text + (" " if i < last and tokens[i + 1].start > tokens[i].end else "")
            for i in range(first, last + 1)
        )
        folded = self._gazetteer.fold(text)
        found = self._gazetteer.find_folded(folded)
        if found:
            found = tuple(c for c in found if not c.exact or c.exact == text)
            if len(folded) <= 4 and (len(folded) <= 3 or text.isupper()):
                # "US", "WHO": capital letters are an abbreviation, which must be one of a place ("IRAN" is no such)
                exact = tuple(c for c in found if c.exact)
                if text.isupper():
                    known = (c for c in found if c.kind in ("country", "capital") or c.population > CAPITALS_FROM)
                    found = exact or (tuple(known) if len(folded) == 4 else ())
                else:
                    found = exact or tuple(c for c in found if c.quality < 2)
        return found, text, folded

    def demonyms(self, analysis: Analysis) -> Iterator[str]:
        """The alpha-2 codes of countries whose demonyms stand in the text, once a word."""
        for sentence in analysis.sentences:
            for token in sentence.tokens:
                if token.text[0].isupper():
                    word = self._gazetteer.fold(token.text)
                    code = self._demonyms.get(word) or self._demonyms.get(word.removesuffix("s"))
                    if code:
                        yield code

    def is_demonym(self, text: str) -> bool:
        """Whether ``text`` is a word for the people of a country."""
        word = self._gazetteer.fold(text)
        return word in self._demonyms or word.removesuffix("s") in self._demonyms

    def persons(self, analysis: Analysis) -> set[str]:
        """Last words of names that stand after a title or a first name anywhere in the article."""
        found = set()
        for sentence in analysis.sentences:
            tokens = sentence.tokens
            for at in range(1, len(tokens)):
                token = tokens[at]
                if token.pos != "PROPN" or not token.text[0].isupper():
                    continue
                if self.personal(tokens, at) or self._surname(tokens, at):
                    found.add(self._gazetteer.fold(token.text))
        return found

    def personal(self, tokens: tuple[Token, ...], at: int) -> bool:
        """Whether the word before (an initial may stand between) is a first name or a title."""
        before = at - 1
        while before > 0 and initial(tokens[before].text):
            before -= 1
        if before < 0 or not tokens[before].text[0].isupper():
            return False
        word = bare(tokens[before].text)
        if word in self._words.titles:
            return tokens[before].pos == "PROPN" or "." in tokens[before].text
        if word in self._first_names and tokens[before].pos == "PROPN":
            return word not in self._words.modifiers and not self._is_known_place(tokens, before, at)
        return False

    def _surname(self, tokens: tuple[Token, ...], at: int) -> bool:
        """Whether the word ends a name of two words, the first of them unknown, that speaks or acts."""
        before, token = tokens[at - 1], tokens[at]
        if (
            before.head != at
            or before.dep != "compound"
            or before.pos != "PROPN"
            or token.dep not in ("nsubj", "appos")
        ):
            return False
        if (at > 1 and runs(tokens, at - 2)) or (at + 1 < len(tokens) and runs(tokens, at + 1)):
            return False
        word = bare(before.text)
        known = word in self._words.modifiers or word in self._words.feature_starts or self.is_demonym(before.text)
        return not known and not self._gazetteer.find(before.text) and not self._is_known_place(tokens, at - 1, at)

    def _is_known_place(self, tokens: tuple[Token, ...], first: int, last: int) -> bool:
        """Whether the words together are a place ("Santiago Island", "San Diego"): then no person."""
        return bool(self.candidates(tokens, first, last)[0])


def bare(text: str) -> str:
    """``text`` in lower case, without the point of an abbreviation."""
    return text.lower().rstrip(".")


def initial(text: str) -> bool:
    """Whether ``text`` is the first letter of a name ("J.")."""
    return len(text) == 2 and text[1] == "." and text[0].isupper()


def runs(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the token belongs to a capitalised name."""
    token = tokens[at]
    return token.text[0].isupper() and token.pos in NAMING
