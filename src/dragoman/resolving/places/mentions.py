"""Finds the words that may be toponyms, and what speaks for and against it beside them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dragoman.codebook.places import PlaceKnowledge, several
from dragoman.model import Analysis, Sentence, Token
from dragoman.resolving.gazetteer import Candidate, Gazetteer, fold

# Tokens that a name may have, joiners and hyphens included ("Deir ez-Zor" has four).
LONGEST = 7
# Parts of speech that belong to a name when they have a capital letter.
NAMING = frozenset({"PROPN", "NOUN", "ADJ", "X"})
# Of names of four capital letters ("LIMA", "FIFA") those count that are as well known as this many people.
CAPITALS_FROM = 500_000
# A sentence is a headline where this share of its words has a capital letter.
HEADLINE = 0.6


class Mention(msgspec.Struct):
    """A name found in a sentence at tokens ``first``..``last``, with all places it may stand for.

    ``evidence`` is what the words around it say: 0 nothing, positive for a place. ``hint`` is ``region`` or ``town``
    where a noun beside it says which; ``within`` are the places named as holding it ("Paris, Texas"), and ``holds``
    says that this name is such a one: then ``candidates`` are those only that hold what stands before. ``end`` is an
    offset in the article where the name ends inside its last token ("Paris-based"), 0 otherwise.
    """

    sentence: Sentence
    first: int
    last: int
    text: str
    folded: str
    candidates: tuple[Candidate, ...]
    evidence: float = 0.0
    hint: str = ""
    within: tuple[Candidate, ...] = ()
    end: int = 0
    holds: bool = False


class MentionFinder:
    """Reads the parse; holds nothing of an article."""

    def __init__(self, knowledge: PlaceKnowledge, gazetteer: Gazetteer) -> None:
        """Prepare the word lists of ``knowledge``."""
        self._words = knowledge.words
        self._gazetteer = gazetteer
        self._first_names = knowledge.first_names
        self._last_names = knowledge.last_names
        self._common = knowledge.common
        words = knowledge.words
        # words that make a name something else than a town, or that name nothing by themselves
        self._heads = words.organisation_heads | words.public_heads | words.street_heads | words.titles
        self._generic = self._heads | words.modifiers | words.feature_heads | words.feature_starts
        self._demonyms = {
            fold(word): country.iso2 for country in knowledge.countries for word in several(country.demonyms)
        }

    def find(self, analysis: Analysis) -> list[Mention]:
        """Mentions in text order, none overlapping; those that are certainly no places are left out."""
        persons = self._persons(analysis)
        found: list[Mention] = []
        for sentence in analysis.sentences:
            found.extend(self._in_sentence(sentence, persons))
        return found

    def demonyms(self, analysis: Analysis) -> Iterator[str]:
        """The alpha-2 codes of countries whose demonyms stand in the text, once a word."""
        for sentence in analysis.sentences:
            for token in sentence.tokens:
                if token.text[0].isupper():
                    word = fold(token.text)
                    code = self._demonyms.get(word) or self._demonyms.get(word.removesuffix("s"))
                    if code:
                        yield code

    def _persons(self, analysis: Analysis) -> set[str]:
        """Last words of names that stand after a title or a first name anywhere in the article."""
        found = set()
        for sentence in analysis.sentences:
            tokens = sentence.tokens
            for at in range(1, len(tokens)):
                token = tokens[at]
                if token.pos != "PROPN" or not token.text[0].isupper():
                    continue
                if self._personal(tokens, at) or self._surname(tokens, at):
                    found.add(fold(token.text))
        return found

    def _surname(self, tokens: tuple[Token, ...], at: int) -> bool:
        """Whether the word ends a name of two words, the first of them unknown, that speaks or acts."""
        before, token = tokens[at - 1], tokens[at]
        if before.head != at or before.dep != "compound" or before.pos != "PROPN" or token.dep not in ("nsubj", "appos"):
            return False
        if at > 1 and _runs(tokens, at - 2) or at + 1 < len(tokens) and _runs(tokens, at + 1):
            return False
        word = _bare(before.text)
        known = word in self._words.modifiers or word in self._words.feature_starts or self._is_demonym(before.text)
        return not known and not self._gazetteer.find(before.text) and not self._is_known_place(tokens, at - 1, at)

    def _personal(self, tokens: tuple[Token, ...], at: int) -> bool:
        """Whether the word before (an initial may stand between) is a first name or a title."""
        before = at - 1
        while before > 0 and _initial(tokens[before].text):
            before -= 1
        if before < 0 or not tokens[before].text[0].isupper():
            return False
        word = _bare(tokens[before].text)
        if word in self._words.titles:
            return tokens[before].pos == "PROPN" or "." in tokens[before].text
        if word in self._first_names and tokens[before].pos == "PROPN":
            return word not in self._words.modifiers and not self._is_known_place(tokens, before, at)
        return False

    def _is_known_place(self, tokens: tuple[Token, ...], first: int, last: int) -> bool:
        """Whether the words together are a place ("Santiago Island", "San Diego"): then no person."""
        return bool(self._candidates(tokens, first, last)[0])

    def _candidates(self, tokens: tuple[Token, ...], first: int, last: int) -> tuple[tuple[Candidate, ...], str, str]:
        text = "".join(
            tokens[i].text + (" " if i < last and tokens[i + 1].start > tokens[i].end else "") for i in range(first, last + 1)
        )
        folded = fold(text)
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

    def _in_sentence(self, sentence: Sentence, persons: set[str]) -> Iterator[Mention]:
        tokens = sentence.tokens
        headline = _is_headline(tokens)
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if not token.text[0].isupper():
                at += 1
                continue
            match = self._longest(tokens, at)
            if match is None:
                mention = self._compound(sentence, at) or self._unlisted(sentence, at)
                if mention is not None:
                    yield mention
                    at = mention.last
                at += 1
                continue
            last, candidates, text, folded = match
            mention = Mention(sentence, at, last, text, folded, candidates)
            if self._weigh(mention, tokens, headline, persons):
                yield mention
            at = last + 1

    def _compound(self, sentence: Sentence, at: int) -> Mention | None:
        """A name that a token joins to a word in lower case: "U.S.-led", "Paris-based"."""
        token = sentence.tokens[at]
        name, hyphen, rest = token.text.partition("-")
        if not hyphen or not rest[:1].islower() or len(name) < 2:
            return None
        text, folded = name, fold(name)
        found = tuple(c for c in self._gazetteer.find_folded(folded) if (not c.exact or c.exact == text) and c.quality < 2)
        if not found or folded in self._words.never:
            return None
        return Mention(sentence, at, at, text, folded, found, evidence=1.0, end=token.start + len(name))

    def _unlisted(self, sentence: Sentence, at: int) -> Mention | None:
        """A name that the gazetteer lacks and the words call a place: "Lake Opal", "the village of Ost", "Ost, Texas"."""
        tokens = sentence.tokens
        if tokens[at].pos != "PROPN" or _bare(tokens[at].text) in self._words.never or (at and _runs(tokens, at - 1)):
            return None
        end = at
        while end + 1 < len(tokens) and _runs(tokens, end + 1) and end - at < 3:
            end += 1
        last = self._feature(tokens, at)
        called = False
        if last is None:
            if any(_bare(t.text) in self._heads or _initial(t.text) or self._is_demonym(t.text) for t in tokens[at : end + 1]):
                return None
            of = self._of(tokens, at)
            word = tokens[of].text if of is not None else ""
            called = word in self._words.town_nouns or word in self._words.region_nouns
        within = self._container(tokens, end) if last is None else ()
        held = [c for c in within if c.kind in ("country", "admin1") and c.quality < 2]
        before = tokens[at - 1].text.lower() if at else ""
        if last is None and not called:
            personal = _bare(tokens[at].text) in self._first_names
            if not held or personal or before not in self._words.locative and before not in self._words.weakly_locative:
                return None
        last = end if last is None else last
        text, folded = self._plain(tokens, at, last)
        return Mention(sentence, at, last, text, folded, (), evidence=3.0, within=tuple(held))

    def _plain(self, tokens: tuple[Token, ...], first: int, last: int) -> tuple[str, str]:
        _, text, folded = self._candidates(tokens, first, last)
        return text, folded

    def _longest(self, tokens: tuple[Token, ...], at: int) -> tuple[int, tuple[Candidate, ...], str, str] | None:
        end = at
        reach = [at]
        while end + 1 < len(tokens) and end + 1 - at < LONGEST:
            end += 1
            word = tokens[end].text
            if any(c.isupper() for c in word) or (word == "." and "." in tokens[end - 1].text):
                reach.append(end)
            elif word.lower() not in self._words.joiners:
                break
        article = tokens[at].text.lower() == "the"
        for last in reversed(reach):
            if article and last == at:
                return None
            if last == at and _bare(tokens[at].text) in self._words.never:
                return None
            found, text, folded = self._candidates(tokens, at, last)
            if article:
                found = tuple(c for c in found if c.name.startswith(tokens[at].text))
            if found and folded not in self._words.never_phrases:
                return last, found, text, folded
        return None

    def _feature(self, tokens: tuple[Token, ...], at: int) -> int | None:
        """The last token of a water or mountain that only its generic word tells ("Lake Opal"); null otherwise."""
        words = self._words
        if tokens[at].pos not in NAMING or (at and _runs(tokens, at - 1)):
            return None
        end = at
        while end + 1 < len(tokens) and _runs(tokens, end + 1) and end - at < 4:
            end += 1
        if end == at or _bare(tokens[end].text) in self._heads:
            return None
        if tokens[end].text.lower() in words.feature_heads and _bare(tokens[at].text) not in words.never:
            return end
        if tokens[at].text.lower() in words.feature_starts and end == at + 1:
            return end
        return None

    def _weigh(self, m: Mention, tokens: tuple[Token, ...], headline: bool, persons: set[str]) -> bool:
        """Set the mention's evidence and hint; false where it is certainly no place."""
        words = self._words
        top = m.candidates[0]
        national = any(_national(c) for c in m.candidates)
        country = any(c.kind == "country" and c.quality < 2 for c in m.candidates)
        before = tokens[m.first - 1] if m.first else None
        after = tokens[m.last + 1] if m.last + 1 < len(tokens) else None
        single = m.first == m.last
        head = tokens[m.last]
        evidence = 0.0
        m.within = self._container(tokens, m.last)
        if single and not m.within and (m.folded in self._generic or (self._is_demonym(m.text) and not country)):
            return False

        if after is not None and after.text.lower() in words.things:
            return False
        if after is not None and _runs(tokens, m.last + 1) and after.start <= head.end + 1:
            word = _bare(after.text)
            if word in words.person_suffixes:
                return False
            if word in words.titles or (national and word in words.roles):
                evidence += 1.0
            elif word in words.place_suffixes:
                evidence += 2.0
            elif self._organisation_follows(tokens, m.last + 1):
                return False
            elif word in words.never or (headline and after.pos != "PROPN"):
                pass
            elif word in words.street_heads:
                return False
            elif word in words.public_heads:
                evidence += 0.5
            elif after.pos == "PROPN" and not self._is_demonym(after.text):
                named = single and (m.folded in self._first_names or m.folded in self._last_names)
                if not self._public_follows(tokens, m.last + 1) and (named or not national):
                    return False
        if before is not None and _runs(tokens, m.first - 1) and before.end + 1 >= tokens[m.first].start:
            word = _bare(before.text)
            if word in words.organisation_starts:
                return False
            if word in words.modifiers:
                evidence += 1.0
            elif single and self._personal(tokens, m.first):
                if not (national and word in words.titles):
                    return False
            elif word in words.feature_starts or word in words.street_heads:
                return False
            elif before.pos == "PROPN" and not headline and word not in words.never and not self._is_demonym(before.text):
                if not country or (single and m.folded in self._last_names):
                    return False
                evidence -= 0.5
        if before is not None and any(c.exact for c in m.candidates) and before.text[-1].isdigit():
            return False
        if before is not None and _initial(before.text) and before.pos == "PROPN":
            return False
        of_what = self._of(tokens, m.first)
        if of_what is not None:
            word = _bare(tokens[of_what].text)
            if tokens[of_what].text[0].isupper() and word in words.organisation_of and not headline:
                return False
            if word in words.place_nouns:
                evidence += 2.0
                m.hint = self._hint(word)
        evidence += self._grammar(m, tokens, before, after)
        if single and m.folded in persons and evidence < 2.0 and not national:
            return False
        if m.within:
            evidence += 1.0
        if m.folded.startswith(words.patron) and (after is not None and _possessive(after)):
            evidence -= 2.0
        if single:
            evidence -= self._doubt(m, tokens, top, country)
        m.evidence = evidence
        return True

    def _doubt(self, m: Mention, tokens: tuple[Token, ...], top: Candidate, country: bool) -> float:
        """What speaks against a single word: everyday words, names of persons, subjects that speak."""
        words, token, doubt = self._words, tokens[m.first], 0.0
        if m.folded in self._common and not country:
            doubt += 2.0
        if token.pos != "PROPN" and not country:
            doubt += 1.5
        if m.folded in self._first_names:
            doubt += 1.0
        if m.folded in self._last_names:
            doubt += 1.0
        head = tokens[token.head]
        if token.dep in ("nsubj", "nsubjpass") and head.lemma in words.speech_verbs and top.kind in ("city", "admin2"):
            doubt += 1.0
        return doubt

    def _grammar(self, m: Mention, tokens: tuple[Token, ...], before: Token | None, after: Token | None) -> float:
        words = self._words
        value = 0.0
        at = m.first - 1
        while at >= 0 and (tokens[at].text.lower() in ("the",) or _bare(tokens[at].text) in words.modifiers and at == m.first - 1):
            if _bare(tokens[at].text) in words.locative:
                break
            at -= 1
        if at >= 0 and tokens[at].pos in ("ADP", "ADV", "SCONJ", "VERB", "PART"):
            word = tokens[at].lemma if tokens[at].pos == "VERB" else tokens[at].text.lower()
            if word in words.locative:
                value += 2.0
            elif word in words.weakly_locative:
                value += 0.5
            elif word in words.motion_verbs:
                value += 1.0
        elif before is not None and _bare(before.text) in words.modifiers and not before.text[0].isupper():
            value += 1.0
        if after is not None:
            word = after.text.lower()
            if word in words.region_nouns or word in words.town_nouns:
                value += 1.5
                m.hint = self._hint(word)
            elif word in words.place_nouns:
                value += 1.0
        if m.sentence.tokens[0].i == m.first and self._dateline(m, tokens):
            value += 3.0
        return value

    def _hint(self, word: str) -> str:
        if word in self._words.region_nouns:
            return "region"
        return "town" if word in self._words.town_nouns else ""

    def _dateline(self, m: Mention, tokens: tuple[Token, ...]) -> bool:
        """Whether the sentence opens with capital letters and a mark: "LIMA, March 3 (Wire) --", "LIMA, Peru —"."""
        near = tokens[m.last + 1 : m.last + 12]
        marks = [at for at, token in enumerate(near) if token.text in self._words.dateline_marks]
        if not marks:
            return False
        return (m.text.isupper() and len(m.text) > 3) or (marks[0] == 0 and near[0].text in ("—", "–", "--"))

    def _of(self, tokens: tuple[Token, ...], first: int) -> int | None:
        """The token before "of" or "of the" in front of ``first``."""
        at = first - 1
        if at >= 0 and tokens[at].text.lower() == "the":
            at -= 1
        return at - 1 if at >= 1 and tokens[at].text == "of" else None

    def _organisation_follows(self, tokens: tuple[Token, ...], at: int) -> bool:
        while at < len(tokens) and (_runs(tokens, at) or tokens[at].text == "-"):
            if _bare(tokens[at].text) in self._words.organisation_heads:
                return True
            at += 1
        return False

    def _public_follows(self, tokens: tuple[Token, ...], at: int) -> bool:
        while at < len(tokens) and _runs(tokens, at):
            if _bare(tokens[at].text) in self._words.public_heads:
                return True
            at += 1
        return False

    def _container(self, tokens: tuple[Token, ...], last: int) -> tuple[Candidate, ...]:
        """Places named after a comma, or in brackets, behind the name."""
        if last + 2 >= len(tokens) or tokens[last + 1].text not in (",", "("):
            return ()
        if not tokens[last + 2].text[0].isupper():
            return ()
        match = self._longest(tokens, last + 2)
        if match is None:
            text = tokens[last + 2].text
            return (_postal(text),) if len(text) == 2 and text.isupper() else ()
        if tokens[last + 1].text == "(" and (match[0] + 1 >= len(tokens) or tokens[match[0] + 1].text != ")"):
            return ()
        return match[1]

    def _is_demonym(self, text: str) -> bool:
        word = fold(text)
        return word in self._demonyms or word.removesuffix("s") in self._demonyms


def _postal(code: str) -> Candidate:
    """A state by its postal code, which is GeoNames' code in the United States."""
    return Candidate(-1, code, "admin1", "USA", code, code, 0.0, 0.0, None, 0, "", 1, code)


def _national(c: Candidate) -> bool:
    """Whether everybody knows the name: a country, or a region of some size."""
    return c.quality < 2 and (c.kind == "country" or (c.kind == "admin1" and c.population >= 300_000))


def _possessive(token: Token) -> bool:
    return token.tag == "POS"


def _bare(text: str) -> str:
    return text.lower().rstrip(".")


def _initial(text: str) -> bool:
    return len(text) == 2 and text[1] == "." and text[0].isupper()


def _runs(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the token belongs to a capitalised name."""
    token = tokens[at]
    return token.text[0].isupper() and token.pos in NAMING


def _is_headline(tokens: tuple[Token, ...]) -> bool:
    long = [token for token in tokens if len(token.text) > 3 and token.text[0].isalpha()]
    return len(long) >= 4 and sum(token.text[0].isupper() for token in long) >= HEADLINE * len(long)
