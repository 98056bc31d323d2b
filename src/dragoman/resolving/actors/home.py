"""The country that an article is at home in, for officials and bodies of a state that the text names by no country."""

from __future__ import annotations

from collections import Counter

import msgspec

from dragoman.codebook.actors import ActorEntry, ActorKnowledge, ActorWords
from dragoman.resolving.actors.marks import Marked, RoleHit, Unit, words_of
from dragoman.resolving.actors.roles import RoleReader
from dragoman.resolving.phrases import appositions, left_edge, ties

# Title and first paragraphs, where a report says where it is from.
LEAD = 5
# One country is the article's own where it is named so often and so many times as often as the next. Set by hand on
# examples of our own: better no country than the visitor's.
OFTEN = 3
MARGIN = 3
# Where the lead names one country alone, so often, it is the article's own if no other is named as often further down.
ALONE = 2
# A dateline has no more tokens than this.
DATELINE = 12
_DASHES = frozenset({"-", "\u2013", "\u2014", "--"})
# Sectors of those who hold an office of a state.
OFFICES = frozenset({"GOV", "LEG", "JUD", "COP", "MIL"})
# News agencies and papers report from everywhere: where they are based says nothing.
_REPORTERS = "JRN"
_PLURALS = ("NNS", "NNPS")


def home_of(marked: list[Marked], known: ActorKnowledge) -> str | None:
    """The code of the one country that the sentences ``marked`` are about; null where several compete. Bodies by names
    that many states have for theirs say nothing of it."""
    counts: Counter[str] = Counter()
    lead: Counter[str] = Counter()
    for index, one in enumerate(marked):
        for unit in one.units:
            says = unit.entry is not None and unit.entry.sector != _REPORTERS and not _shared(one, unit, known)
            code = unit.entry.code if unit.entry is not None and says else None
            if code in known.countries and code is not None:
                counts[code] += 1
                if index < LEAD:
                    lead[code] += 1
    ranked = counts.most_common(2)
    if not ranked or ranked[0][0] not in lead:
        return None
    top, often = ranked[0]
    if len(ranked) == 1:
        return top
    second = ranked[1][1]
    if dateline(marked) == top and often >= 2 * second:
        return top
    if len(lead) == 1 and lead[top] >= ALONE and often > second:
        return top
    return top if often >= OFTEN and often >= MARGIN * second else None


def at_home(marked: Marked, home: str, known: ActorKnowledge) -> Marked:
    """The same with the bodies of ``home`` where a name that many states have ("Congress") was read as another's."""
    units, at = [], dict(marked.unit_at)
    for unit in marked.units:
        if unit.entry is not None and unit.entry.code != home and _shared(marked, unit, known):
            name = words_of(marked.sentence, unit.first, unit.last)
            entry = ActorEntry(name, unit.entry.kind, home, unit.entry.sector)
            unit = msgspec.structs.replace(unit, entry=entry)
            at.update(dict.fromkeys(range(unit.first, unit.last + 1), unit))
        units.append(unit)
    return msgspec.structs.replace(marked, units=tuple(units), unit_at=at)


def _shared(marked: Marked, unit: Unit, known: ActorKnowledge) -> bool:
    """Whether the words are a name that many states have for a body of theirs, given without its country."""
    if unit.kind != "organisation":
        return False
    return " ".join(marked.lower[unit.first : unit.last + 1]) in known.words.shared_names


def dateline(marked: list[Marked]) -> str | None:
    """The country of the first place that stands before a dash at the start of a sentence ("QUITO, Ecuador -")."""
    for one in marked[:LEAD]:
        tokens = one.sentence.tokens
        stop = next((i for i in range(1, min(DATELINE, len(tokens))) if tokens[i].text in _DASHES), None)
        if stop is None:
            continue
        named = [unit.entry for unit in one.units if unit.last < stop and unit.entry is not None]
        codes = {entry.code for entry in named if entry.sector != _REPORTERS}
        if len(codes) == 1 and 0 in one.unit_at and one.unit_at[0].kind in ("country", "place"):
            return codes.pop()
    return None


def dateline_end(marked: Marked) -> int:
    """How many tokens of the sentence are a dateline ("LIMA, Peru (Wire) - "): names before a dash; 0 for none."""
    tokens = marked.sentence.tokens
    stop = next((i for i in range(1, min(DATELINE, len(tokens) - 1)) if tokens[i].text in _DASHES), 0)
    spaced = stop and tokens[stop].end < tokens[stop + 1].start
    if not spaced or not tokens[0].text.isupper() or len(tokens[0].text) < 3:
        return 0
    names = all(token.pos in ("PROPN", "NUM", "PUNCT") or token.text[:1].isupper() for token in tokens[:stop])
    return stop + 1 if names else 0


def is_domestic(marked: Marked, hit: RoleHit, sector: str | None, first: int, words: ActorWords) -> bool:
    """Whether the phrase from token ``first`` on is a body or holder of an office of the article's own state.

    "Police", "the ministry of health", "soldiers" are; "a minister", "two officials", "foreign troops" and diplomats
    may be of any state, "the president of the club" of none.
    """
    sentence = marked.sentence
    token = sentence.tokens[hit.head]
    if sector not in OFFICES or hit.role.weak or hit.words in words.posted:
        return False
    below = [sentence.tokens[c] for c in sentence.children[hit.head]]
    if sector == "GOV" and (
        token.tag in _PLURALS or any(t.dep == "nummod" or t.text.lower() in words.indefinite for t in below)
    ):
        return False
    before = range(first, hit.first)
    if any(marked.lower[i] in words.elsewhere or sentence.tokens[i].tag in ("PRP$", "POS") for i in before):
        return False
    named = any(i in marked.unit_at for i in before)
    tied = [one for _, one in ties(sentence, hit.head)]
    if tied and hit.words in words.of_bodies:
        return False
    return not named and all(_plain(marked, one) for one in tied)


def holds_office(marked: Marked, unit: Unit, reader: RoleReader, posted: frozenset[str]) -> bool:
    """Whether the sentence gives the person ``unit`` an office of a state and says nothing of whose it is."""
    sentence = marked.sentence
    first = min(left_edge(sentence, unit.head), unit.first)
    title = unit.first - 1
    heads = [*appositions(sentence, unit.head)]
    if title >= first and title in marked.role_at:
        heads.append(title)
    offices = 0
    for head in heads:
        hit = reader.hit(marked, head)
        if hit is None:
            continue
        begin = min(left_edge(sentence, head), first if head == title else head, hit.first)
        if any(not _silent(marked, i, reader) for i in range(begin, hit.first)):
            return False
        if any(not _plain(marked, below) for one in (head, unit.head) for _, below in ties(sentence, one)):
            return False
        offices += not hit.role.weak and hit.role.sector in OFFICES and hit.words not in posted
    return offices > 0


def _silent(marked: Marked, at: int, reader: RoleReader) -> bool:
    """Whether a word before an office says nothing of whose it is ("club president" is a club's)."""
    token = marked.sentence.tokens[at]
    if at in marked.unit_at or token.tag in ("PRP$", "POS"):
        return False
    return token.pos not in ("NOUN", "PROPN") or at in marked.role_at or reader.is_modifier(marked.lower[at])


def _plain(marked: Marked, head: int) -> bool:
    """Whether the phrase of ``head`` names nobody and points at nobody ("of defence")."""
    return not any(
        i in marked.unit_at or marked.sentence.tokens[i].tag in ("PRP$", "PRP")
        for i in marked.sentence.subtree(head)
    )
