"""Finds the words that may be toponyms, and what speaks for and against it beside them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dragoman.codebook.places import PlaceKnowledge
from dragoman.model import Analysis, Sentence, Token
from dragoman.resolving.gazetteer import Candidate, Gazetteer
from dragoman.resolving.places.names import NAMING, Names, bare, initial, runs

# A sentence is a headline where this share of its words has a capital letter.
HEADLINE = 0.6
# A name in capital letters before a colon opens a dateline where its town has as many people; else it is a speaker's.
SPEAKS, DATELINED = ":", 100_000


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
        self._names = Names(knowledge, gazetteer)
        self.demonyms = self._names.demonyms
        self._first_names = knowledge.first_names
        self._last_names = knowledge.last_names
        self._common = knowledge.common
        words = knowledge.words
        # words that make a name something else than a town, or that name nothing by themselves
        self._heads = words.organisation_heads | words.public_heads | words.street_heads | words.titles
        self._generic = self._heads | words.modifiers | words.feature_heads | words.feature_starts

    def find(self, analysis: Analysis) -> list[Mention]:
        """Mentions in text order, none overlapping; those that are certainly no places are left out."""
        persons = self._names.persons(analysis)
        found: list[Mention] = []
        for sentence in analysis.sentences:
            found.extend(self._in_sentence(sentence, persons))
        return found

    def _in_sentence(self, sentence: Sentence, persons: set[str]) -> Iterator[Mention]:
        tokens = sentence.tokens
        headline = _is_headline(tokens)
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if not token.text[0].isupper():
                lower = self._lower_country(sentence, at) if token.text in self._words.compass else None
                if lower is not None:
                    yield lower
                    at = lower.last
                at += 1
                continue
            match = self._names.longest(tokens, at)
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

    def _lower_country(self, sentence: Sentence, at: int) -> Mention | None:
        """A country whose first word is written in lower case: "south Korea", not the south of one, "south Sudan"."""
        if at + 1 >= len(sentence.tokens) or not runs(sentence.tokens, at + 1):
            return None
        if any(c.kind == "country" for c in self._names.candidates(sentence.tokens, at + 1, at + 1)[0]):
            return None
        found, text, folded = self._names.candidates(sentence.tokens, at, at + 1)
        nations = tuple(c for c in found if c.kind == "country" and c.quality < 2)
        return Mention(sentence, at, at + 1, text, folded, nations, evidence=1.0) if nations else None

    def _compound(self, sentence: Sentence, at: int) -> Mention | None:
        """A name that a token joins to a word in lower case: "U.S.-led", "Paris-based"."""
        token = sentence.tokens[at]
        name, hyphen, rest = token.text.partition("-")
        if not hyphen or not rest[:1].islower() or len(name) < 2:
            return None
        text, folded = name, self._gazetteer.fold(name)
        found = tuple(
            c for c in self._gazetteer.find_folded(folded) if (not c.exact or c.exact == text) and c.quality < 2
        )
        if not found or folded in self._words.never:
            return None
        return Mention(sentence, at, at, text, folded, found, evidence=1.0, end=token.start + len(name))

    def _unlisted(self, sentence: Sentence, at: int) -> Mention | None:
        """A name that the gazetteer lacks and the words call a place: "Lake Opal", "village of Ost", "Ost, Texas"."""
        tokens = sentence.tokens
        if tokens[at].pos != "PROPN" or bare(tokens[at].text) in self._words.never or (at and runs(tokens, at - 1)):
            return None
        end = at
        while end + 1 < len(tokens) and runs(tokens, end + 1) and end - at < 3:
            end += 1
        last = self._feature(tokens, at)
        called = False
        if last is None:
            if any(
                bare(t.text) in self._heads or initial(t.text) or self._names.is_demonym(t.text)
                for t in tokens[at : end + 1]
            ):
                return None
            of = self._of(tokens, at)
            word = tokens[of].text if of is not None else ""
            called = word in self._words.town_nouns or word in self._words.region_nouns
        within = self._container(tokens, end) if last is None else ()
        held = [c for c in within if c.kind in ("country", "admin1") and c.quality < 2]
        before = tokens[at - 1].text.lower() if at else ""
        if last is None and not called:
            personal = bare(tokens[at].text) in self._first_names
            if not held or personal or (before not in self._words.locative and before not in self._words.origin):
                return None
        last = end if last is None else last
        text, folded = self._plain(tokens, at, last)
        return Mention(sentence, at, last, text, folded, (), evidence=3.0, within=tuple(held))

    def _plain(self, tokens: tuple[Token, ...], first: int, last: int) -> tuple[str, str]:
        _, text, folded = self._names.candidates(tokens, first, last)
        return text, folded

    def _feature(self, tokens: tuple[Token, ...], at: int) -> int | None:
        """The last token of a water or mountain that only its generic word tells ("Lake Opal"); null otherwise."""
        words = self._words
        if tokens[at].pos not in NAMING or (at and runs(tokens, at - 1)):
            return None
        end = at
        while end + 1 < len(tokens) and runs(tokens, end + 1) and end - at < 4:
            end += 1
        if end == at or bare(tokens[end].text) in self._heads:
            return None
        if tokens[end].text.lower() in words.feature_heads and bare(tokens[at].text) not in words.never:
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
        if single and not m.within and (m.folded in self._generic or (self._names.is_demonym(m.text) and not country)):
            return False

        if after is not None and after.text.lower() in words.things:
            return False
        if after is not None and runs(tokens, m.last + 1) and after.start <= head.end + 1:
            word = bare(after.text)
            if word in words.person_suffixes:
                return False
            branded = self._follows(tokens, m.last + 1, words.organisation_heads)
            if (national or not branded) and (word in words.titles or (national and word in words.roles)):
                evidence += 1.0
            elif word in words.place_suffixes:
                evidence += 2.0
            elif branded:
                return False
            elif word in words.never or (headline and after.pos != "PROPN"):
                pass
            elif word in words.street_heads:
                return False
            elif word in words.public_heads:
                evidence += 0.5
            elif after.pos == "PROPN" and not self._names.is_demonym(after.text):
                named = single and (m.folded in self._first_names or m.folded in self._last_names)
                if not self._follows(tokens, m.last + 1, words.public_heads) and (named or not national):
                    return False
        if before is not None and runs(tokens, m.first - 1) and before.end + 1 >= tokens[m.first].start:
            word = bare(before.text)
            if word in words.organisation_starts:
                return False
            if word in words.modifiers:
                evidence += 1.0
            elif single and self._names.personal(tokens, m.first):
                if not (national and word in words.titles):
                    return False
            elif word in words.feature_starts or word in words.street_heads:
                return False
            elif (
                before.pos == "PROPN"
                and not headline
                and word not in words.never
                and not self._names.is_demonym(before.text)
            ):
                if not country or (single and m.folded in self._last_names):
                    return False
                evidence -= 0.5
        figure = before is not None and (before.text[-1].isdigit() or before.tag == "$")
        if figure and any(c.exact for c in m.candidates):
            return False  # "250 B.C.", "$US 20"
        of_body = not single and bare(tokens[m.first].text) in words.organisation_of
        if of_body and top.kind == "city" and tokens[m.first + 1].text in words.genitive:
            return False  # "University of Maryland" is a place to GeoNames
        if before is not None and initial(before.text) and before.pos == "PROPN":
            return False
        of_what = self._of(tokens, m.first)
        if of_what is not None:
            word = bare(tokens[of_what].text)
            if tokens[of_what].text[0].isupper() and word in words.organisation_of and not headline:
                return False
            if word in words.public_heads and tokens[of_what].text[0].isupper() and not national:
                return False
            if word in words.place_nouns:
                evidence += 2.0
                hint = self._hint(word)
                m.hint = "" if country and hint == "town" else hint  # "a city of China" is no town named China
        if self._of_state(m, tokens, after):
            m.hint = m.hint or "region"
        evidence += self._grammar(m, tokens, before, after)
        if single and m.folded in persons and not national:
            aimed = before is not None and before.text.lower() in words.locative - words.place_only
            if evidence < (4.0 if aimed else 2.0):
                return False
        if m.within:
            evidence += 1.0
        if m.folded.startswith(words.patron) and (after is not None and after.tag == "POS"):
            evidence -= 2.0
        if single:
            evidence -= self._doubt(m, tokens, top, country)
        m.evidence = evidence
        return True

    def _of_state(self, m: Mention, tokens: tuple[Token, ...], after: Token | None) -> bool:
        """Whether the words beside a name of a region and a town speak of the region's offices and votes."""
        if not any(c.kind == "admin1" and c.quality < 2 for c in m.candidates):
            return False
        if after is not None and bare(after.text) in self._words.state_roles:
            return True
        linked = m.first > 1 and tokens[m.first - 1].text in self._words.origin
        return linked and bare(tokens[m.first - 2].text) in self._words.state_roles

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
        while at >= 0 and (
            tokens[at].text.lower() in self._words.articles
            or (bare(tokens[at].text) in words.modifiers and at == m.first - 1)
        ):
            if bare(tokens[at].text) in words.locative:
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
        elif before is not None and bare(before.text) in words.modifiers and not before.text[0].isupper():
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
        if near[0].text == SPEAKS and not any(c.population >= DATELINED or _national(c) for c in m.candidates):
            return False  # "HORSLEY: Thanks": who speaks in a transcript
        return (m.text.isupper() and len(m.text) > 3) or (marks[0] == 0 and near[0].text in self._words.dashes)

    def _of(self, tokens: tuple[Token, ...], first: int) -> int | None:
        """The token before "of" or "of the" in front of ``first``."""
        at = first - 1
        if at >= 0 and tokens[at].text.lower() in self._words.articles:
            at -= 1
        return at - 1 if at >= 1 and tokens[at].text in self._words.genitive else None

    def _follows(self, tokens: tuple[Token, ...], at: int, heads: frozenset[str]) -> bool:
        """Whether the capitalised words from ``at`` on hold one of ``heads``."""
        while at < len(tokens) and (runs(tokens, at) or tokens[at].text == "-"):
            if bare(tokens[at].text) in heads:
                return True
            at += 1
        return False

    def _container(self, tokens: tuple[Token, ...], last: int) -> tuple[Candidate, ...]:
        """Places named after a comma, or in brackets, behind the name: "Ost, Texas", "Ost, northern Syria"."""
        if last + 2 >= len(tokens) or tokens[last + 1].text not in (",", "("):
            return ()
        first = last + 2
        if tokens[first].text in self._words.modifiers and first + 1 < len(tokens):
            first += 1
        if not tokens[first].text[0].isupper():
            return ()
        match = self._names.longest(tokens, first)
        if match is None:
            text = tokens[first].text
            return (_postal(text),) if len(text) == 2 and text.isupper() else ()
        if tokens[last + 1].text == "(" and (match[0] + 1 >= len(tokens) or tokens[match[0] + 1].text != ")"):
            return ()
        return match[1]


def _postal(code: str) -> Candidate:
    """A state by its postal code, which is GeoNames' code in the United States."""
    return Candidate(-1, code, "admin1", "USA", code, code, 0.0, 0.0, None, 0, "", 1, code)


def _national(c: Candidate) -> bool:
    """Whether everybody knows the name: a country, or a region of some size."""
    return c.quality < 2 and (c.kind == "country" or (c.kind == "admin1" and c.population >= 300_000))


def _is_headline(tokens: tuple[Token, ...]) -> bool:
    long = [token for token in tokens if len(token.text) > 3 and token.text[0].isalpha()]
    return len(long) >= 4 and sum(token.text[0].isupper() for token in long) >= HEADLINE * len(long)
