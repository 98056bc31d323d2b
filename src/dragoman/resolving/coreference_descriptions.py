"""Descriptions of one party: "the country", "the president", "its army", "the group"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from dragoman.codebook.coreference import CountryRule, GroupRule, NameRule, RoleRule
from dragoman.model import Party, Sentence
from dragoman.resolving.coreference_discourse import PROTAGONIST, WINDOW, Discourse, Outcome
from dragoman.resolving.coreference_syntax import clause_of, coarguments, conjuncts, subject_of
from dragoman.resolving.coreference_units import Unit
from dragoman.resolving.coreference_words import Words

# One country of several is meant where it scores higher by this much than the next.
MARGIN = 6
# ... and, where a bare role says nothing of the country, by this much.
BRIDGE_MARGIN = 20
PER_SENTENCE = 25
SAME_SENTENCE = 100
INDIRECT = 8  # a country named only through its people or bodies
ACTING = 22  # the weight of the subject of a main clause: see PROMINENCE
SPEAKER = 60  # who says "the country" seldom means their own


def phrase_of(sentence: Sentence, head: int) -> list[int]:
    """Tokens of the noun phrase up to its head: determiners, modifiers and possessors."""
    found = [head]
    for child in sentence.children[head]:
        if child < head and sentence.tokens[child].dep in MODIFIERS:
            found.extend(sentence.subtree(child))
    return sorted(found)


MODIFIERS = frozenset({"det", "amod", "compound", "nummod", "poss", "predet", "nmod", "preconj", "advmod", "npadvmod"})


def modifiers(sentence: Sentence, head: int) -> list[str]:
    """Adjectives and nouns before the head, lower case, neighbours joined ("west african")."""
    tokens = sentence.tokens
    words = [
        tokens[i].text.lower()
        for i in phrase_of(sentence, head)
        if i != head and tokens[i].pos in ("ADJ", "NOUN", "PROPN", "VERB", "ADV")
    ]
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def is_name(sentence: Sentence, head: int) -> bool:
    """Whether the head has a capital and modifiers: a name ("the Islamic State"), no description."""
    token = sentence.tokens[head]
    return token.text[:1].isupper() and head > 1 and bool(modifiers(sentence, head))


def names_somebody(sentence: Sentence, head: int, known: Iterable[str]) -> bool:
    """Whether the phrase holds a proper name or adjective of its own that ``known`` does not explain."""
    tokens = sentence.tokens
    explained = {part for word in known for part in word.split()}
    for child in sentence.children[head]:
        token = tokens[child]
        if token.dep in ("compound", "amod", "nmod", "appos", "poss") and token.text[:1].isupper():
            if token.dep == "poss" and token.pos == "PRON":
                continue
            first_word = child == 0 and token.pos in ("ADJ", "DET", "VERB")
            if not first_word and token.text.lower() not in explained:
                return True
    return False


# --- countries -----------------------------------------------------------------------------------------------------


def country_scores(
    discourse: Discourse, sentence: Sentence, at: int, allowed: frozenset[str]
) -> list[tuple[float, str, Unit]]:
    """Countries in the window with scores, best first; ``allowed`` bounds them where it is not empty."""
    index = sentence.index
    barred = coarguments(sentence, at, discourse.words.spatial)
    speaker = _speaker(discourse, sentence, at)
    speaking = set(sentence.subtree(speaker)) if speaker is not None else set()
    others = {code for u in discourse.units(index) if u.head in barred and u.kind == "country" for code in u.codes}
    best: dict[str, tuple[float, str, Unit]] = {}
    for unit in discourse.window(index, at):
        if unit.joined or not unit.parties or (unit.sentence == index and unit.head >= at) or discourse.is_town(unit):
            continue
        if unit.parties[0].sector in discourse.words.reporting_sectors:  # who only reports has no part in it
            continue
        score = SAME_SENTENCE - PER_SENTENCE * (index - unit.sentence) + unit.weight
        if discourse.paragraphs[index] != discourse.paragraphs[unit.sentence]:
            score -= INDIRECT
        if unit.kind != "country":
            score -= INDIRECT
        # A country speaks of others; an official speaks of their own where the story is about it.
        foreign = unit.kind == "country" or not discourse.story.codes & set(unit.codes)
        if unit.sentence == index and unit.head in speaking and foreign:
            score -= SPEAKER
        for code in unit.codes:
            if code in others or code in discourse.words.stateless or (allowed and code not in allowed):
                continue
            if code not in best or score > best[code][0]:
                best[code] = (score, code, unit)
    return sorted(best.values(), key=lambda entry: -entry[0])


def acting_countries(discourse: Discourse, index: int) -> set[str]:
    """The countries that the sentences of the paragraph before sentence ``index`` have as subjects of their main verb,
    by name; empty where it names others besides as subjects."""
    found: set[str] = set()
    for earlier in range(index - 1, -1, -1):
        if discourse.paragraphs[earlier] != discourse.paragraphs[index]:
            break
        for unit in discourse.units(earlier):
            if unit.weight >= ACTING and not unit.joined:
                found |= set(unit.codes)
    return found - discourse.words.stateless


def _speaker(discourse: Discourse, sentence: Sentence, at: int) -> int | None:
    verb = clause_of(sentence, at)
    for _ in range(4):
        above = clause_of(sentence, verb)
        if above == verb:
            return None
        if sentence.tokens[above].lemma in discourse.words.speech:
            return subject_of(sentence, above)
        verb = above
    return None


def resolve_country(discourse: Discourse, sentence: Sentence, at: int, rule: CountryRule) -> Outcome | None:
    """"the country", "the kingdom", "the isolated country": the most prominent that it can be; null for names."""
    words = modifiers(sentence, at)
    allowed = frozenset(rule.codes)
    known = [word for word in words if word in discourse.words.adjectives]
    if is_name(sentence, at) or names_somebody(sentence, at, known):
        return None
    for word in sorted(known, key=len, reverse=True)[:1]:
        codes = discourse.words.adjectives[word]
        allowed = allowed & codes if allowed else codes
    ranked = country_scores(discourse, sentence, at, allowed)
    if not ranked:
        elsewhere = allowed & discourse.article_codes if allowed else set(discourse.code_counts)
        elsewhere = elsewhere - discourse.words.stateless
        if len(elsewhere) == 1:
            return country_outcome(discourse, next(iter(elsewhere)), None)
        return Outcome(reason="no antecedent")
    if len(ranked) > 1 and ranked[1][0] > ranked[0][0] - MARGIN:
        return Outcome(reason=f"two candidates: {ranked[0][2].text}, {ranked[1][2].text}")
    return country_outcome(discourse, ranked[0][1], ranked[0][2])


def country_outcome(discourse: Discourse, code: str, unit: Unit | None) -> Outcome:
    """The outcome that stands for the country ``code``."""
    span = unit.span if unit else None
    return Outcome((discourse.country(code),), span, None, "country", "singular")


def resolve_name(discourse: Discourse, rule: NameRule) -> Outcome:
    """"the North", where the article is about Korea."""
    if not discourse.article_codes & set(rule.needs):
        return Outcome(reason=f"no mention of {' or '.join(rule.needs)}")
    parties = tuple(
        discourse.countries.get(n.code) or Party("", 0, 0, name=n.name, code=n.code) for n in rule.gives
    )
    return Outcome(parties, None, None, "country", "plural" if len(parties) > 1 else "singular")


# --- roles and groups ------------------------------------------------------------------------------------------------


def resolve_owned(
    discourse: Discourse, sentence: Sentence, at: int, rule: RoleRule | None, sector: str | None, owner: int
) -> Outcome:
    """"its army", "soldiers of both countries": the owner's country with the role's sector."""
    units = [u for u in discourse.units(sentence.index) if u.head == owner]
    unit = max(units, key=lambda u: len(u.heads), default=None)
    plural = sentence.tokens[at].tag == "NNS"
    kind = "people" if plural else "person" if rule and rule.person else "body"
    if unit is None or not unit.parties:
        return Outcome(reason=f"whose is not known: {sentence.tokens[owner].text!r}")
    parties: list[Party] = []
    for party in unit.parties:
        if rule is not None and rule.part and party.sector not in (None, "GOV", "MIL") and (party.code or party.entity):
            parties.append(party)
        elif party.code:
            parties.append(Party("", 0, 0, code=party.code, sector=sector))
    if not parties:
        return Outcome(reason=f"{unit.text!r} has no country")
    return Outcome(tuple(dict.fromkeys(parties)), unit.span, None, kind, "plural" if plural else "singular")


def resolve_role(
    discourse: Discourse, sentence: Sentence, at: int, rule: RoleRule, lemma: str, known: tuple[Party, ...]
) -> Outcome:
    """A bare role: who had it before in the article, else the country's that the text is about."""
    tokens = sentence.tokens
    plural = tokens[at].tag == "NNS" or rule.plural
    holders = discourse.roles.get(lemma, {})
    if not holders and lemma in discourse.words.posted:  # an ambassador is a diplomat
        others = (discourse.roles.get(noun, {}) for noun in sorted(discourse.words.posted))
        holders = {key: unit for units in others for key, unit in units.items()}
    index = sentence.index
    modifying = set(modifiers(sentence, at))
    kind = "people" if plural else "person" if rule.person else "body"
    fitting = [
        unit
        for unit in holders.values()
        if (unit.number == "plural") == (plural and unit.kind == "people")
        and (not modifying or modifying & _words_of(discourse, unit))
    ]
    fitting.sort(key=lambda unit: (unit.sentence, unit.weight), reverse=True)
    unknown = _nearest_thing(discourse, sentence, at, lemma)
    if unknown is not None and (not fitting or fitting[0].sentence < unknown.sentence):
        return Outcome(known, reason=f"{unknown.text!r} before it is not known", kind=kind)
    if fitting and not (len(fitting) > 1 and fitting[0].sentence == fitting[1].sentence):
        unit = fitting[0]
        if len(fitting) == 1 or index - unit.sentence <= WINDOW:
            return Outcome(unit.parties, unit.span, None, unit.kind, unit.number, unit.gender)
    if len(fitting) > 1:
        return Outcome(reason=f"two candidates: {fitting[0].text}, {fitting[1].text}", kind=kind)
    if not rule.bridges or rule.sector is None:
        return Outcome(known, reason="no mention of it before", kind=kind, number="plural" if plural else "singular")
    return _bridge(discourse, sentence, at, rule, kind, plural, known)


def _nearest_thing(discourse: Discourse, sentence: Sentence, at: int, lemma: str) -> Unit | None:
    """The same noun, where it stood before for somebody not known."""
    for earlier in range(sentence.index, max(-1, sentence.index - 1 - WINDOW), -1):
        tokens = discourse.sentences[earlier].tokens
        for unit in discourse.things(earlier):
            if tokens[unit.head].lemma == lemma and (earlier < sentence.index or unit.head < at):
                return unit
    return None


def _words_of(discourse: Discourse, unit: Unit) -> set[str]:
    sentence = discourse.sentences[unit.sentence]
    return {t.text.lower() for t in sentence.tokens if unit.span.start <= t.start < unit.span.end}


def _bridge(
    discourse: Discourse, sentence: Sentence, at: int, rule: RoleRule, kind: str, plural: bool, known: tuple[Party, ...]
) -> Outcome:
    allowed: frozenset[str] = frozenset()
    for word in modifiers(sentence, at):
        allowed = allowed or discourse.words.adjectives.get(word, allowed)
    ranked = country_scores(discourse, sentence, at, allowed)
    counts = {
        code: n for code, n in discourse.code_counts.items()
        if (not allowed or code in allowed) and code not in discourse.words.stateless
    }
    for _, code, unit in ranked:
        if unit.sentence == sentence.index:
            counts[code] = counts.get(code, 0) + 1
    number = "plural" if plural else "singular"
    if not counts:
        return Outcome(known, reason="no country named before", kind=kind, number=number)
    chosen: str | None = None
    span = None
    order = sorted(counts.items(), key=lambda item: -item[1])
    if len(order) == 1 or (order[0][1] >= PROTAGONIST and order[0][1] >= 2 * order[1][1]):
        chosen = order[0][0]
    elif ranked and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= BRIDGE_MARGIN):
        chosen = ranked[0][1]
    if chosen is None:
        names = ", ".join((discourse.country(code).name or code) for code, _ in order[:3])
        return Outcome(known, reason=f"two candidates: {names}", kind=kind, number=number)
    span = next((unit.span for _, code, unit in ranked if code == chosen), None)
    party = Party("", 0, 0, code=chosen, sector=known[0].sector if known and known[0].sector else rule.sector)
    return Outcome((party,), span, None, kind, number)


def resolve_group(discourse: Discourse, sentence: Sentence, at: int, rule: GroupRule, lemma: str) -> Outcome:
    """"the group", "the company": the last body mentioned that can be called so."""
    index = sentence.index
    named = discourse.roles.get(lemma, {})
    ranked: dict[tuple[str, ...], Unit] = {}
    barred = coarguments(sentence, at, discourse.words.spatial)
    for unit in discourse.window(index, at):
        if unit.joined or not unit.parties or (unit.sentence == index and (unit.head >= at or unit.head in barred)):
            continue
        mention = discourse.mentions[unit.sentence].get(unit.head)
        fits = unit.key in named or (
            mention is not None
            and (mention.kind in rule.kinds or _crowd(unit, rule))
            and unit.parties[0].code not in rule.not_codes
            and (not rule.sectors or unit.parties[0].sector in rule.sectors)
            and unit.parties[0].sector not in rule.not_sectors
            and (not rule.words or _called(unit, rule.words))
        )
        if fits:
            ranked.setdefault(unit.key, unit)
    order = sorted(ranked.values(), key=lambda u: -(u.weight - PER_SENTENCE * (index - u.sentence)))
    if not order:
        if len(named) == 1:
            unit = next(iter(named.values()))
            return Outcome(unit.parties, unit.span, None, unit.kind, unit.number)
        return Outcome(reason="no mention of one before", kind="body")
    if len(order) > 1:
        first, second = (u.weight - PER_SENTENCE * (index - u.sentence) for u in order[:2])
        if first - second < MARGIN:
            return Outcome(reason=f"two candidates: {order[0].text}, {order[1].text}", kind="body")
    unit = order[0]
    return Outcome(unit.parties, unit.span, None, unit.kind, unit.number)


def _crowd(unit: Unit, rule: GroupRule) -> bool:
    return unit.kind == "people" and unit.parties[0].sector in rule.crowd_sectors


def _called(unit: Unit, words: list[str]) -> bool:
    text = " ".join([unit.text, *(p.name or "" for p in unit.parties)]).lower().split()
    return any(word in text for word in words)


def owner_of(sentence: Sentence, at: int, partitive: frozenset[str]) -> int | None:
    """Whose a role is: the possessor or the noun after "of"."""
    tokens = sentence.tokens
    for child in sentence.children[at]:
        if tokens[child].dep == "poss":
            return child
    for child in sentence.children[at]:
        if tokens[child].dep == "prep" and child > at and tokens[child].lemma in partitive:
            for noun in sentence.children[child]:
                if tokens[noun].dep == "pobj":
                    return noun
    return None


def with_owner(sentence: Sentence, at: int, phrase: list[int], partitive: frozenset[str]) -> list[int]:
    """The phrase with "of both countries" behind its head, where that is its owner."""
    owner = owner_of(sentence, at, partitive)
    if owner is None or owner < at:
        return phrase
    return sorted({*phrase, sentence.tokens[owner].head, *phrase_of(sentence, owner)})


def subject_unit(discourse: Discourse, sentence: Sentence, at: int, resolve: Callable[[int], None]) -> Unit | None:
    """The largest unit that is the subject of the clause that holds ``at``."""
    subject = subject_of(sentence, clause_of(sentence, at))
    if subject is None or subject == at:
        return None
    resolve(subject)
    heads = set(conjuncts(sentence, subject))
    found = [u for u in discourse.units(sentence.index) if u.head == subject and set(u.heads) <= heads]
    return max(found, key=lambda u: len(u.heads), default=None)


def has_of(sentence: Sentence, at: int) -> bool:
    """Whether a phrase after the noun says which one is meant ("the president of Ruritania")."""
    after = sentence.tokens[at + 1] if at + 1 < len(sentence.tokens) else None
    return any(
        (sentence.tokens[c].dep in ("prep", "relcl", "acl") and c == at + 1 and sentence.tokens[c].tag == "IN")
        or (sentence.tokens[c].dep == "relcl" and after is not None and after.pos != "PUNCT")  # "the firm it hired"
        for c in sentence.children[at]
    )


def has_name(sentence: Sentence, at: int, words: Words) -> bool:
    """Whether a name stands right behind the noun ("the law firm J.P. Ruiz"), which then goes back to nobody."""
    behind = sentence.tokens[at + 1] if at + 1 < len(sentence.tokens) else None
    return (
        behind is not None
        and behind.pos == "PROPN"
        and behind.dep in ("appos", "dep", "npadvmod", "compound", "nmod")
        and behind.lemma.lower() not in words.ignored_nouns
    )
