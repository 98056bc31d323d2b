"""What a pronoun or description can go back to: the parties and things that each sentence puts on the table."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.model import ActorMention, Party, Sentence, Span
from dragoman.resolving.coreference_syntax import (
    SUBJECTS,
    chain_top,
    conjuncts,
    object_of,
    own_subject,
)
from dragoman.resolving.coreference_words import Words

Key = tuple[str, ...]

# Prominence by grammatical function, after centering theory's order subject > object > other (Grosz, Joshi and
# Weinstein 1995); the distances between the steps were set on the codebook's own examples.
PROMINENCE = {"nsubj": 20, "nsubjpass": 18, "dobj": 8, "dative": 8, "poss": 4, "attr": 4, "ROOT": 10}
OTHER = 2
MAIN_CLAUSE = 4
PLURAL_TAGS = ("NNS", "NNPS")
MONEY_TAGS = ("$", "SYM")
THING_LABELS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "dative", "appos", "ROOT", "poss"})


class Unit:
    """A candidate: a mention, several joined, or a noun that is no party.

    ``kind`` is person, country, body, people or thing; ``number`` singular, plural or any; ``key`` is the same for
    two units that stand for the same; ``parties`` is empty for things and for parties nobody could name.
    """

    __slots__ = (
        "gender",
        "head",
        "heads",
        "joined",
        "key",
        "kind",
        "number",
        "parties",
        "sentence",
        "span",
        "text",
        "weight",
    )  # fmt: skip

    def __init__(
        self,
        sentence: int,
        head: int,
        span: Span,
        text: str,
        parties: tuple[Party, ...],
        kind: str,
        number: str,
        gender: str | None,
        key: Key,
        weight: int,
        heads: tuple[int, ...] = (),
        joined: bool = False,
    ) -> None:
        self.sentence = sentence
        self.head = head
        self.heads = heads or (head,)
        self.span = span
        self.text = text
        self.parties = parties
        self.kind = kind
        self.number = number
        self.gender = gender
        self.key = key
        self.weight = weight
        self.joined = joined

    @property
    def unnamed(self) -> bool:
        """Whether nothing is known of it but a role ("analysts")."""
        return all(not p.code and not p.entity for p in self.parties) and self.kind in ("person", "people")

    @property
    def codes(self) -> tuple[str, ...]:
        """The countries of its parties, each once."""
        return tuple(dict.fromkeys(p.code for p in self.parties if p.code))


class Trait:
    """Kind, number and gender of a mention."""

    __slots__ = ("gender", "kind", "number")

    def __init__(self, kind: str, number: str, gender: str | None = None) -> None:
        self.kind = kind
        self.number = number
        self.gender = gender


def trait_of(mention: ActorMention, sentence: Sentence, words: Words) -> Trait:
    """What sort of thing a mention is, from its kind and head noun."""
    head = sentence.tokens[mention.head]
    lemma = words.noun(head)
    several = len(mention.parties) > 1
    if mention.kind == "person":
        return Trait("person", "plural" if several else "singular", gender_of(mention, sentence, words))
    if mention.kind in ("country", "place"):
        # "Americans" are no state, the United States are one.
        citizens = head.tag in PLURAL_TAGS and any(party.sector not in (None, "GOV") for party in mention.parties)
        return Trait("country", "plural" if several or citizens else "singular")
    plural = several or head.tag in PLURAL_TAGS or lemma != head.lemma or lemma in words.people_nouns
    if mention.kind in ("organisation", "group"):
        plural = plural or head.tag == "CD"  # "200 were arrested"
        if several or (plural and mention.kind == "group"):
            return Trait("people", "plural")
        return Trait("body", "any")
    if plural:
        return Trait("people", "plural")
    if mention.kind == "role" and not words.is_person(lemma) and not any(p.entity for p in mention.parties):
        return Trait("body", "any")
    if lemma in words.body_nouns:
        return Trait("body", "any")
    return Trait("person", "singular", gender_of(mention, sentence, words))


def gender_of(mention: ActorMention, sentence: Sentence, words: Words) -> str | None:
    """Male or female by title, noun or given name; null where nothing tells."""
    for token in sentence.tokens:
        if token.end > mention.span.end:
            break
        if token.start >= mention.span.start or (token.head == mention.head and token.i < mention.head):
            gender = words.genders.get(token.text.lower())
            if gender:
                return gender
    for party in mention.parties:
        for word in (party.name or "").lower().split():
            gender = words.genders.get(word)
            if gender:
                return gender
    return None


def key_of(parties: tuple[Party, ...], kind: str, text: str) -> Key:
    """The identity of what ``parties`` stand for: a person's name, a country's code, a body's code and sector."""
    if not parties:
        return ("?", text.lower())
    return tuple(sorted(dict.fromkeys(_party_key(party, kind) for party in parties)))


def _party_key(party: Party, kind: str) -> str:
    if kind == "person":
        return f"person {party.name or party.entity or party.text.lower()}"
    if party.code and (kind == "country" or party.sector in (None, "GOV")):
        return f"country {party.code}"
    return f"body {party.code} {party.sector} {party.name or ''}"


def weight_of(sentence: Sentence, head: int) -> int:
    """How prominent the function of ``head`` makes it."""
    tokens = sentence.tokens
    top = chain_top(sentence, head)
    token = tokens[top]
    if token.dep == "appos":
        token = tokens[chain_top(sentence, token.head)]
    weight = PROMINENCE.get(token.dep, OTHER)
    if token.dep in SUBJECTS and tokens[token.head].dep == "ROOT":
        weight += MAIN_CLAUSE
    return weight


def units_of(
    sentence: Sentence, mentions: Iterable[tuple[ActorMention, Trait]], words: Words, genders: dict[Key, str]
) -> list[Unit]:
    """Units of one sentence: its mentions in order, then those that are coordinated or joined by their verb."""
    singles: dict[int, Unit] = {}
    for mention, trait in mentions:
        if sentence.tokens[mention.head].tag in MONEY_TAGS:
            continue  # "$50 million from partners" is no party
        key = key_of(mention.parties, trait.kind, mention.text)
        number = trait.number
        if number == "any" and any(party.sector in words.singular_sectors for party in mention.parties):
            number = "singular"
        singles[mention.head] = Unit(
            sentence.index, mention.head, mention.span, mention.text, mention.parties, trait.kind, number,
            trait.gender or genders.get(key), key, weight_of(sentence, mention.head),
        )  # fmt: skip
    for unit in list(singles.values()):
        if unit.kind != "country" and _renamed(sentence, unit.head, words) in singles:
            del singles[unit.head]
    found = list(singles.values())
    groups: dict[int, list[Unit]] = {}
    for unit in singles.values():
        top = chain_top(sentence, unit.head)
        if top != unit.head and top in singles:
            groups.setdefault(top, [singles[top]]).append(unit)
    for members in groups.values():
        found.append(_join(sentence, members))
    found.extend(_paired_by_verbs(sentence, singles, groups, words))
    return found


def _renamed(sentence: Sentence, head: int, words: Words) -> int | None:
    """Whom ``head`` renames: "Park, one of the officials" and "Park is a writer and singer" are one, not several."""
    tokens = sentence.tokens
    token = tokens[chain_top(sentence, head)]
    if token.dep == "appos":
        return token.head
    if token.dep == "attr" and tokens[token.head].lemma in words.copulas:
        return own_subject(sentence, token.head)
    return None


def _join(sentence: Sentence, members: list[Unit], weaker: int = 0) -> Unit:
    members = sorted(members, key=lambda unit: unit.head)
    parties = tuple({_party_key(p, u.kind): p for u in reversed(members) for p in reversed(u.parties)}.values())[::-1]
    kinds = {unit.kind for unit in members}
    first = members[0]
    span = Span(min(u.span.start for u in members), max(u.span.end for u in members))
    complete = all(unit.parties for unit in members)
    return Unit(
        sentence.index, first.head, span, " + ".join(u.text for u in members), parties if complete else (),
        kinds.pop() if len(kinds) == 1 else "people", "plural", None,
        tuple(sorted({part for unit in members for part in unit.key})),
        weight_of(sentence, first.head) - weaker, tuple(h for unit in members for h in unit.heads), True,
    )  # fmt: skip


def _paired_by_verbs(
    sentence: Sentence, singles: dict[int, Unit], groups: dict[int, list[Unit]], words: Words
) -> list[Unit]:
    """Subject and partner of verbs that join two ("A met B", "A signed a pact with B")."""
    found: list[Unit] = []
    for token in sentence.tokens:
        if token.pos != "VERB" or token.lemma not in words.pairing_verbs:
            continue
        subject = own_subject(sentence, token.i)
        if subject is None or subject not in singles or subject in groups:
            continue
        partner = object_of(sentence, token.i)
        if partner is None or partner not in singles:
            partner = _after_preposition(sentence, token.i, partner, singles, words)
        if partner is None or singles[partner].key == singles[subject].key:
            continue
        members = [singles[subject], *(singles[c] for c in conjuncts(sentence, partner) if c in singles)]
        found.append(_join(sentence, members, weaker=2))
    return found


def _after_preposition(
    sentence: Sentence, verb: int, theme: int | None, singles: dict[int, Unit], words: Words
) -> int | None:
    tokens = sentence.tokens
    places = [verb] if theme is None else [verb, theme]
    for place in places:
        for child in sentence.children[place]:
            if tokens[child].dep == "prep" and tokens[child].lemma in words.pairing_prepositions:
                for noun in sentence.children[child]:
                    if noun in singles:
                        return noun
    return None


def things_of(sentence: Sentence, taken: Iterable[ActorMention], words: Words) -> list[Unit]:
    """Nouns of a sentence that are no mention: what a pronoun may mean instead of a party."""
    spans = [mention.span for mention in taken]
    heads = {mention.head for mention in taken}
    found: list[Unit] = []
    for token in sentence.tokens:
        if token.pos == "PRON" and _those_who(sentence, token.i):
            found.append(
                Unit(
                    sentence.index, token.i, Span(token.start, token.end), token.text, (), "person", "plural", None,
                    ("?", token.text.lower()), weight_of(sentence, token.i),
                )
            )
        if token.pos not in ("NOUN", "PROPN") or token.dep not in THING_LABELS or token.i in heads:
            continue
        lemma = token.lemma
        if lemma in words.ignored_nouns or lemma in words.others:
            continue
        if any(span.start <= token.start < span.end for span in spans):
            continue
        titled = token.pos == "PROPN" and any(
            sentence.tokens[c].lemma in words.person_nouns for c in sentence.children[token.i] if c < token.i
        )
        if lemma in words.person_nouns or titled:
            kind = "person"
        elif token.pos == "PROPN" or lemma in words.body_nouns:
            kind = "name" if token.pos == "PROPN" else "body"
        else:
            kind = "thing"
        plural = token.tag in PLURAL_TAGS or lemma in words.people_nouns
        gender = _name_gender(sentence, token.i, words)
        found.append(
            Unit(
                sentence.index, token.i, Span(token.start, token.end), token.text, (), kind,
                "plural" if plural else "any" if kind == "body" else "singular", gender, ("?", token.text.lower()),
                OTHER if token.dep == "ROOT" else weight_of(sentence, token.i),
            )
        )
    return found


def _those_who(sentence: Sentence, at: int) -> bool:
    """Whether a plural demonstrative with a clause behind it brings in somebody new ("those who arm it")."""
    return sentence.tokens[at].tag == "DT" and any(
        sentence.tokens[c].dep == "relcl" for c in sentence.children[at]
    )


def _name_gender(sentence: Sentence, at: int, words: Words) -> str | None:
    for place in (at, *sentence.children[at]):
        if place <= at:
            gender = words.genders.get(sentence.tokens[place].text.lower())
            if gender:
                return gender
    return None

