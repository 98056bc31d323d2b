"""Pairs: "both sides", "the two leaders", "the three countries", "the other side"."""

from __future__ import annotations

import msgspec

from dragoman.model import Party, Sentence
from dragoman.resolving.coreference_discourse import WINDOW, Discourse, Outcome
from dragoman.resolving.coreference_story import distinct, mediates
from dragoman.resolving.coreference_syntax import chain_top, clause_of, coarguments, conjuncts, subject_of
from dragoman.resolving.coreference_units import Unit

# Title, dek and first sentence: where a report names together those it is about.
OPENING = 3
# Sectors of a state and what belongs to it.
STATES = frozenset({None, "GOV", "MIL"})


def resolve_pair(
    discourse: Discourse, sentence: Sentence, at: int, of: str, wanted: int, sector: str | None
) -> Outcome:
    """The last ``wanted`` persons or countries: coordinated ones first, then those of one sentence, then the article's
    usual pair."""
    if of == "person":
        found = _several(discourse, sentence, at, wanted, persons=True)
        if found is not None:
            return found
    if of == "any":
        joined = _last_joined(discourse, sentence, at, wanted) or _at_odds(discourse, sentence, wanted)
        if joined is not None:
            return joined
    found = _several(discourse, sentence, at, wanted, persons=False)
    if found is None:
        return Outcome(reason="no antecedent")
    if sector is not None and found.parties:
        parties = tuple(msgspec.structs.replace(p, sector=sector, name=None, entity=None) for p in found.parties)
        found = msgspec.structs.replace(found, parties=parties, kind="people")
    return found


def _last_joined(discourse: Discourse, sentence: Sentence, at: int, wanted: int) -> Outcome | None:
    """The nearest joined unit of so many parties, where its sentence has no other."""
    index = sentence.index
    for earlier in range(index, max(-1, index - 1 - WINDOW), -1):
        joined = {
            unit.key: unit
            for unit in discourse.units(earlier)
            if unit.number == "plural" and len(distinct(unit.parties)) == wanted and _before(unit, index, at)
            and not _third(discourse, unit, sentence, at, wanted)
        }
        if len(joined) == 1:
            unit = next(iter(joined.values()))
            return Outcome(unit.parties, unit.span, None, unit.kind, "plural")
        if joined:
            return None
    return None


def _at_odds(discourse: Discourse, sentence: Sentence, wanted: int) -> Outcome | None:
    """The parties that the title joins, where not all are states: a state and those who fight it are its sides."""
    if sentence.index == 0:
        return None
    for unit in discourse.units(0):
        parties = len(distinct(unit.parties)) == wanted and unit.joined
        if parties and any(p.sector not in STATES or not p.code for p in unit.parties):
            return Outcome(unit.parties, unit.span, None, unit.kind, "plural")
    return None


def _opening(discourse: Discourse, sentence: Sentence) -> int:
    """How many parties the first sentence that joins several has; 0 where none of the opening does."""
    for index in range(min(OPENING, sentence.index)):
        sizes = [len(distinct(unit.parties)) for unit in discourse.units(index) if unit.number == "plural"]
        if max(sizes, default=0) > 1:
            return max(sizes)
    return 0


def together(discourse: Discourse, sentence: Sentence, at: int) -> int:
    """How many the nearest sentence before, else the opening, names together; 0 for none."""
    index = sentence.index
    for earlier in range(index, max(-1, index - 1 - WINDOW), -1):
        sizes = [
            len(distinct(unit.parties))
            for unit in discourse.units(earlier)
            if unit.number == "plural" and _before(unit, index, at)
            and not mediates(discourse.sentences[earlier], unit.head, discourse.words)
        ]
        if max(sizes, default=0) > 1:
            return max(sizes)
    return _opening(discourse, sentence)


def resolve_assembled(discourse: Discourse, sentence: Sentence, at: int, sector: str | None) -> Outcome | None:
    """"the leaders": of as many as the nearest sentence names together; null where none names several."""
    wanted = together(discourse, sentence, at)
    if wanted < 2:
        return None
    found = resolve_pair(discourse, sentence, at, "person", wanted, sector)
    return found if found.parties else None


def _third(discourse: Discourse, unit: Unit, sentence: Sentence, at: int, wanted: int) -> bool:
    """Whether ``unit`` only stands between the parties of the story, or does something to those meant."""
    if _acts_on(discourse, unit, sentence, at):
        return True
    story = discourse.story.several(wanted)
    if not story or set(story) & set(unit.codes):
        return False
    if unit.sentence == sentence.index and unit.head in coarguments(sentence, at, discourse.words.spatial):
        return True
    return mediates(discourse.sentences[unit.sentence], unit.head, discourse.words)


def _acts_on(discourse: Discourse, unit: Unit, sentence: Sentence, at: int) -> bool:
    """Whether a party of ``unit`` is whoever does something to those at ``at`` ("Kenya urged both governments")."""
    doers = _doers(discourse, sentence, at)
    states = {code for doer in doers if doer.kind == "country" for code in doer.codes}
    return any(not set(doer.key).isdisjoint(unit.key) for doer in doers) or not states.isdisjoint(unit.codes)


def _doers(discourse: Discourse, sentence: Sentence, at: int) -> list[Unit]:
    """The subjects of the clause that the phrase at ``at`` is no subject of."""
    subject = subject_of(sentence, clause_of(sentence, at))
    if subject is None or subject == chain_top(sentence, at):
        return []
    heads = set(conjuncts(sentence, subject))
    return [unit for unit in discourse.units(sentence.index) if unit.head in heads and not unit.joined]


def _before(unit: Unit, index: int, at: int) -> bool:
    return unit.sentence < index or all(head < at for head in unit.heads)


def _several(discourse: Discourse, sentence: Sentence, at: int, wanted: int, persons: bool) -> Outcome | None:
    """Walk back until exactly ``wanted`` different persons (or countries) are found; null where there are none."""
    index = sentence.index
    barred = {code for unit in _doers(discourse, sentence, at) for code in unit.codes}
    gathered: dict[str, tuple[Party, Unit]] = {}
    for earlier in range(index, max(-1, index - 1 - WINDOW), -1):
        units = [
            u for u in discourse.units(earlier)
            if _before(u, index, at) and not _third(discourse, u, sentence, at, wanted)
        ]
        together = _coordinated(discourse, units, wanted, persons)
        if together is not None:
            return together
        here = dict(gathered)
        for unit in units:
            here.update({k: v for k, v in _members(discourse, unit, persons).items() if k not in here})
        if len(here) > wanted:
            before, gathered = gathered, here
            if not before or persons:
                break
            return _usual(discourse, wanted, set(before), barred) or _too_many(here, wanted)
        gathered = here
        if len(gathered) == wanted and (wanted == 2 or earlier == index or earlier == index - 1):
            return _outcome(gathered, persons)
    if persons:
        return None
    usual = _usual(discourse, wanted, set(), barred)
    if usual is not None:
        return usual
    story = discourse.story.several(wanted)
    if index > 0 and story and not barred & set(story) and set(gathered) <= set(story):
        return Outcome(tuple(discourse.country(code) for code in story), None, None, "country", "plural")
    if index > 0 and len(gathered) < wanted and not _beyond(discourse, wanted):
        return None
    return _too_many(gathered, wanted)


def _beyond(discourse: Discourse, wanted: int) -> bool:
    return len(discourse.code_counts) > wanted


def _members(discourse: Discourse, unit: Unit, persons: bool) -> dict[str, tuple[Party, Unit]]:
    if persons:
        if unit.kind != "person" or unit.joined:
            return {}
        return {unit.key[0]: (unit.parties[0], unit)} if unit.parties else {}
    found: dict[str, tuple[Party, Unit]] = {}
    for party in unit.parties:
        country = discourse.as_country(party)
        if country is not None and country.code and country.code not in discourse.words.bystanders:
            found.setdefault(country.code, (country, unit))
    return found


def _coordinated(discourse: Discourse, units: list[Unit], wanted: int, persons: bool) -> Outcome | None:
    """A unit that by itself has exactly so many, where only one set of them is coordinated in the sentence."""
    sets: dict[tuple[str, ...], tuple[dict[str, tuple[Party, Unit]], Unit]] = {}
    for unit in units:
        if unit.number != "plural":
            continue
        if persons:
            if unit.kind != "person":
                continue
            members = {p.name or p.text: (p, unit) for p in unit.parties}
        else:
            members = _members(discourse, unit, False)
        if len(members) == wanted:
            sets[tuple(sorted(members))] = (members, unit)
    if len(sets) != 1:
        return None
    members, unit = next(iter(sets.values()))
    outcome = _outcome(members, persons)
    return msgspec.structs.replace(outcome, antecedent=unit.span)


def _outcome(members: dict[str, tuple[Party, Unit]], persons: bool) -> Outcome:
    nearest = max(members.values(), key=lambda pair: (pair[1].sentence, pair[1].head))[1]
    ordered = sorted(members.values(), key=lambda pair: (pair[1].sentence, pair[1].head))
    return Outcome(
        tuple(party for party, _ in ordered), nearest.span, None, "person" if persons else "country", "plural"
    )


def _usual(discourse: Discourse, wanted: int, must: set[str], barred: set[str]) -> Outcome | None:
    """The countries that the article has named together most often, where it is one set more than any other."""
    counted = sorted(
        (
            (n, codes) for codes, n in discourse.pair_counts.items()
            if len(codes) == wanted and must <= set(codes) and not barred & set(codes)
        ),
        reverse=True,
    )
    if not counted or (len(counted) > 1 and counted[0][0] == counted[1][0]):
        return None
    if counted[0][0] < 2 and len(discourse.code_counts) > wanted:
        return None
    parties = tuple(discourse.country(code) for code in counted[0][1])
    return Outcome(parties, None, None, "country", "plural")


def _too_many(found: dict[str, tuple[Party, Unit]], wanted: int) -> Outcome:
    if not found:
        return Outcome(reason="no antecedent")
    names = ", ".join(party.name or code for code, (party, _) in found.items())
    return Outcome(reason=f"{len(found)} candidates for {wanted}: {names}")


def resolve_other(
    discourse: Discourse, sentence: Sentence, at: int, subject: Unit | None, distributive: bool
) -> Outcome:
    """"the other": of a pair the one that is not the subject; after "each side" either of them, so both."""
    if distributive:
        if subject is not None and len(subject.parties) > 1:
            return Outcome(subject.parties, subject.span, None, subject.kind, "plural")
        return resolve_pair(discourse, sentence, at, "any", 2, None)
    if subject is None or not subject.parties:
        return Outcome(reason="no antecedent")
    own = set(subject.codes)
    pair = resolve_pair(discourse, sentence, subject.heads[0], "any", 2, None)
    rest = tuple(p for p in pair.parties if p.code not in own)
    if len(pair.parties) == 2 and len(rest) == 1:
        return Outcome(rest, pair.antecedent, None, "country", "singular")
    return Outcome(reason=pair.reason or "the subject is not one of the pair")
