"""Pronouns: candidates that agree and are not barred, scored by nearness and prominence, or a reason for none."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dragoman.codebook.coreference import PronounRule
from dragoman.model import Sentence
from dragoman.resolving.coreference_discourse import PROTAGONIST, Discourse, Outcome
from dragoman.resolving.coreference_syntax import (
    SUBJECTS,
    chain_top,
    clauses_of,
    coarguments,
    conjuncts,
    containers,
    object_of,
    own_subject,
    subject_of,
)
from dragoman.resolving.coreference_units import PROMINENCE, Unit
from dragoman.resolving.coreference_words import Words

# Scores: set by hand on the codebook's examples so that the order of preferences in the docstrings below holds.
SAME_SENTENCE = 100
FOLLOWING = 85  # "In his speech, Putin": the subject stands after the pronoun
PER_SENTENCE = 25
PER_PARAGRAPH = 8
COMMANDING = (25, 15, 8, 4)  # subjects of the clauses around the pronoun, innermost first
PARALLEL = 10
AS_PEOPLE = -15  # a body called "they"
REASON_OF_OBJECT = 55  # "thank X for his": X
OTHERS_HARMED = -30  # "violating its airspace": not the violator's
OWN_SUBJECT = 30
PARTNER = 40  # "the mayor and his men": the mayor's
MARGIN = 6  # two candidates closer than this: no choice
THING_MARGIN = 30  # a thing so near a party blocks "it" where a thing could be meant
THINGS_MARGIN = 20  # ... and "they", which seldom means things
UNNAMED = -15  # "they" are parties rather than unnamed people ...
UNNAMED_SPEAKER = -45  # ... above all where these only speak ("analysts say ... their")
REPORTER = -25  # "Reuters reported": seldom meant
UNKNOWN_NAME = -15  # a name of somebody or something unknown, for "he" and "she"
SUBJECT = 20  # a commander counts as a subject, also where it is the object that an infinitive goes on from


class Place:
    """Where a pronoun stands, worked out once: who commands it and who is barred."""

    __slots__ = (
        "agentive",
        "at",
        "barred",
        "barred_keys",
        "commanders",
        "is_subject",
        "owned",
        "quoted",
        "rule",
        "said",
        "sentence",
        "speaker_key",
        "speakers",
    )  # fmt: skip

    def __init__(
        self, sentence: Sentence, at: int, rule: PronounRule, words: Words, quoted: list[bool], units: list[Unit],
        speaker: Unit | None = None,
    ) -> None:
        """``speaker`` is who says the words around the pronoun, where they are quoted."""
        self.quoted = quoted
        self.speaker_key = speaker.key if speaker is not None and speaker.parties else None
        self.sentence = sentence
        self.at = at
        self.rule = rule
        tokens = sentence.tokens
        token = tokens[at]
        possessive = token.dep == "poss" or rule.kind == "possessive"
        self.barred = set(containers(sentence, at))
        self.barred_keys: set[str] = set()
        if not possessive:
            beside = coarguments(sentence, at, words.spatial)
            self.barred |= beside
            self.barred_keys = {part for unit in units if unit.head in beside and not unit.joined for part in unit.key}
        clauses = clauses_of(sentence, at)
        self.is_subject = token.dep in SUBJECTS
        self.said = _said_by(sentence, at, words) if self.is_subject else frozenset()
        self.commanders: dict[int, int] = {}
        self.speakers: set[int] = set()
        for depth, verb in enumerate(clauses):
            subject = subject_of(sentence, verb)
            if subject is None or subject == at:
                continue
            bonus = COMMANDING[depth] if depth < len(COMMANDING) else 0
            if depth == 0 and possessive and tokens[verb].lemma in words.harm_verbs:
                bonus += OTHERS_HARMED
            self.commanders.setdefault(subject, bonus)
            if quoted[at] and not quoted[verb] and tokens[verb].lemma in words.speech:
                self.speakers.update(conjuncts(sentence, subject))
        owned = tokens[token.head].lemma in words.owned if possessive else False
        verb_lemma = tokens[clauses[0]].lemma if clauses else ""
        self.owned = owned or (self.is_subject and bool(clauses) and _has_owned_object(sentence, clauses[0], words))
        self.agentive = (self.is_subject and verb_lemma in words.agent_verbs) or (
            token.dep in ("dobj", "dative") and verb_lemma in words.object_verbs
        )
        self._object_bias(words, clauses)
        if possessive and tokens[token.head].dep == "conj":  # "the mayor and his men"
            first = chain_top(sentence, token.head)
            self.commanders[first] = self.commanders.get(first, 0) + PARTNER
        if possessive and any(tokens[c].lemma in words.own for c in sentence.children[token.head]) and clauses:
            subject = subject_of(sentence, clauses[0])
            if subject is not None:
                self.commanders[subject] = COMMANDING[0] + OWN_SUBJECT

    def _object_bias(self, words: Words, clauses: list[int]) -> None:
        """In "thank X for his" and "blame X because he" the object is meant."""
        tokens = self.sentence.tokens
        place = self.at
        for _ in range(6):
            token = tokens[place]
            above = tokens[token.head]
            if token.dep == "prep" and above.pos == "VERB":
                if token.lemma in words.reason_prepositions and above.lemma in words.object_biased:
                    found = object_of(self.sentence, above.i)
                    if found is not None and found < self.at:
                        self.commanders[found] = self.commanders.get(found, 0) + REASON_OF_OBJECT
                return
            if token.head == place or (above.pos == "VERB" and token.dep != "pobj" and above.dep != "pcomp"):
                return
            place = token.head


def _has_owned_object(sentence: Sentence, verb: int, words: Words) -> bool:
    """Whether the object of ``verb`` is something that only a party has, by a pronoun: "it lifted its veto"."""
    found = object_of(sentence, verb)
    if found is None or sentence.tokens[found].lemma not in words.owned:
        return False
    return any(
        sentence.tokens[c].dep == "poss" and sentence.tokens[c].pos == "PRON" for c in sentence.children[found]
    )


def _said_by(sentence: Sentence, at: int, words: Words) -> frozenset[int]:
    """The words before the subject ``at`` that it says itself: "Peru will win, he said" has nobody in it whom he is."""
    verb = sentence.tokens[sentence.tokens[at].head]
    if verb.lemma not in words.speech:
        return frozenset()
    said = [c for c in sentence.children[verb.i] if c < at and sentence.tokens[c].dep in ("ccomp", "parataxis")]
    return frozenset(word for c in said for word in sentence.subtree(c))


def agrees(unit: Unit, rule: PronounRule) -> int | None:
    """The score for agreement in kind, number and gender; null where they do not agree."""
    if rule.of == "person":
        if unit.kind not in ("person", "name") or unit.number == "plural":
            return None
        return None if unit.gender and rule.gender and unit.gender != rule.gender else 0
    if rule.number == "singular":
        return 0 if unit.kind in ("country", "body", "thing", "name") and unit.number != "plural" else None
    if unit.number == "singular" or (unit.kind == "name" and unit.number != "plural"):
        return None
    return AS_PEOPLE if unit.number == "any" else 0  # never so for a ministry: see units_of


def scored(discourse: Discourse, place: Place, unit: Unit) -> float | None:
    """How likely ``unit`` is the antecedent: near before far, subject before object, same paragraph before other."""
    base = agrees(unit, place.rule)
    if base is None or (place.barred_keys and not place.barred_keys.isdisjoint(unit.key)):
        return None
    if unit.key == place.speaker_key:
        return None  # '"He fled," the mayor said': who speaks of himself says "I"
    token = place.sentence.tokens[place.at]
    if unit.sentence == place.sentence.index and not unit.joined and unit.span.start <= token.start < unit.span.end:
        return None  # "most of its troops": nothing is its own
    score = float(base + unit.weight)
    if place.rule.number == "plural" and unit.kind in ("person", "people"):
        verb = discourse.sentences[unit.sentence].tokens[unit.head].head
        says = discourse.sentences[unit.sentence].tokens[verb].lemma in discourse.words.speech
        if unit.unnamed:
            score += UNNAMED_SPEAKER if says else UNNAMED
        elif says and unit.kind == "people" and not place.is_subject:
            score += UNNAMED_SPEAKER
    if place.rule.of == "person" and unit.kind == "person" and unit.gender is None and unit.parties and unit.unnamed:
        score += UNKNOWN_NAME
    if _listens(unit, place.rule, discourse.words):
        return None
    if place.rule.of == "any" and _reports(unit, discourse.words):
        score += REPORTER
    index = place.sentence.index
    if unit.sentence == index:
        if any(head in place.barred or head in place.speakers or head in place.said for head in unit.heads):
            return None
        command = place.commanders.get(unit.head)
        if command is None and unit.joined:
            command = max((place.commanders[h] for h in unit.heads if h in place.commanders), default=None)
        if unit.head > place.at:
            if command is None or own_subject(place.sentence, place.sentence.tokens[unit.head].head) != unit.head:
                return None
            score += FOLLOWING + command
        elif any(head >= place.at for head in unit.heads):
            return None
        elif place.quoted[unit.head] and not place.quoted[place.at]:
            return None  # '"Justice is slow," she said': not out of the speaker's own words
        else:
            score += SAME_SENTENCE
            if command is not None:
                score += command + max(0, SUBJECT - unit.weight)
    else:
        apart = index - unit.sentence
        score += SAME_SENTENCE - PER_SENTENCE * apart
        score -= PER_PARAGRAPH * (discourse.paragraphs[index] - discourse.paragraphs[unit.sentence])
    if place.is_subject and unit.weight >= 18:
        score += PARALLEL
    return score


def _reports(unit: Unit, words: Words) -> bool:
    return bool(unit.parties) and unit.parties[0].sector in words.reporting_sectors


def _listens(unit: Unit, rule: PronounRule, words: Words) -> bool:
    """Whether the unit only hears what is said: in "he told Reuters", Reuters is nobody's "they" or "it"."""
    return rule.of == "any" and _reports(unit, words) and unit.weight < PROMINENCE["nsubjpass"]


def resolve_third(discourse: Discourse, place: Place) -> Outcome:
    """The party that a third-person pronoun stands for."""
    ranked = _ranked(discourse, place, discourse.window(place.sentence.index, place.at))
    checks = place.rule.of == "any"
    things: list[tuple[float, Unit]] = []
    only_parties = place.owned or place.agentive
    for unit in discourse.window_things(place.sentence.index):
        if checks and only_parties and unit.kind == "thing":
            continue
        if checks or unit.kind in ("person", "name"):
            score = scored(discourse, place, unit)
            if score is not None:
                if unit.kind == "name" and not checks and unit.gender is None:
                    score += UNKNOWN_NAME
                things.append((score, unit))
    thing = max(things, key=lambda pair: pair[0], default=None)
    if not ranked:
        if thing is not None:
            return Outcome(reason=_thing(thing[1]))
        return _protagonist(discourse, place)
    if len(ranked) > 1 and place.rule.number == "plural" and set(ranked[0][1].key) < set(ranked[1][1].key):
        ranked = ranked[1:]  # "the regime and its backers ... their": all of them
    best_score, best = ranked[0]
    if thing is not None:
        margin = MARGIN
        if checks and not only_parties and thing[1].kind == "thing":
            margin = THINGS_MARGIN if place.rule.number == "plural" else THING_MARGIN
        if thing[0] > best_score - MARGIN and thing[0] >= best_score:
            return Outcome(reason=_thing(thing[1]))
        if thing[0] > best_score - margin:
            return Outcome(reason=f"two candidates: {best.text}, {thing[1].text} (a thing)")
    rivals = [pair for pair in ranked[1:] if not set(pair[1].key) < set(best.key)]
    if rivals and rivals[0][0] > best_score - MARGIN:
        return Outcome(reason=f"two candidates: {best.text}, {rivals[0][1].text}")
    return settled(best, place.rule, discourse)


def settled(unit: Unit, rule: PronounRule | None, discourse: Discourse) -> Outcome:
    """The outcome for a chosen ``unit``."""
    gender = rule.gender if rule and rule.of == "person" else unit.gender
    if gender and unit.parties:
        discourse.genders.setdefault(unit.key, gender)
    return Outcome(
        parties=unit.parties,
        antecedent=unit.span,
        reason=None if unit.parties else f"the antecedent {unit.text!r} is not known",
        kind=unit.kind,
        number=unit.number,
        gender=gender,
    )


def _thing(unit: Unit) -> str:
    return f"{unit.text!r} is not known" if unit.kind in ("person", "name") else f"stands for a thing: {unit.text!r}"


def _ranked(discourse: Discourse, place: Place, units: Iterable[Unit]) -> list[tuple[float, Unit]]:
    best: dict[tuple[str, ...], tuple[float, Unit]] = {}
    for unit in units:
        score = scored(discourse, place, unit)
        if score is not None and (unit.key not in best or score > best[unit.key][0]):
            best[unit.key] = (score, unit)
    return sorted(best.values(), key=lambda pair: -pair[0])


def _protagonist(discourse: Discourse, place: Place) -> Outcome:
    """Beyond the window only a party that the article keeps coming back to, or the only one its headline names."""
    known = [
        (count, discourse.latest[key])
        for key, count in discourse.counts.items()
        if count >= PROTAGONIST and key != place.speaker_key and agrees(discourse.latest[key], place.rule) is not None
    ]
    known.sort(key=lambda pair: -pair[0])
    if known and (len(known) == 1 or known[0][0] > known[1][0]):
        return settled(known[0][1], place.rule, discourse)
    headline = [] if place.sentence.index == 0 else discourse.units(0)
    fitting = {
        u.key: u
        for u in headline
        if u.parties and u.key != place.speaker_key and agrees(u, place.rule) is not None
        and not _listens(u, place.rule, discourse.words)
    }
    if len(fitting) == 1 and not known:
        return settled(next(iter(fitting.values())), place.rule, discourse)
    return Outcome(reason="no antecedent")


def resolve_bound(discourse: Discourse, sentence: Sentence, at: int, rule: PronounRule) -> Outcome:
    """Reflexives and reciprocals: the subject of their own clause."""
    token = sentence.tokens[at]
    if token.dep in ("appos", "npadvmod") and sentence.tokens[token.head].pos in ("PROPN", "NOUN"):
        unit = _unit_at(discourse, sentence, token.head, rule)
        if unit is not None:
            return settled(unit, rule, discourse)
    for verb in clauses_of(sentence, at)[:2]:
        subject = subject_of(sentence, verb)
        if subject is None or subject == at:
            continue
        unit = _unit_at(discourse, sentence, subject, rule)
        if unit is not None:
            return settled(unit, rule, discourse)
    if rule.kind == "reciprocal":
        several = [u for u in discourse.units(sentence.index) if u.number == "plural" and max(u.heads) < at]
        if several:
            return settled(max(several, key=lambda u: (u.heads[-1], len(u.heads))), rule, discourse)
    return Outcome(reason="no antecedent in its clause")


def _unit_at(discourse: Discourse, sentence: Sentence, head: int, rule: PronounRule) -> Unit | None:
    plural = rule.number == "plural"
    fitting: list[Unit] = [u for u in discourse.units(sentence.index) if head in u.heads]
    if plural:
        several = [u for u in fitting if u.number == "plural"]
        return max(several, key=lambda u: len(u.heads), default=None)
    return next((u for u in fitting if not u.joined and agrees(u, rule) is not None), None)


def speaker_in(
    discourse: Discourse, sentence: Sentence, quoted: list[bool], resolve: Callable[[int], None]
) -> Unit | None:
    """The subject of the verb of saying outside the quotation marks of ``sentence``; null where it names nobody."""
    for token in sentence.tokens:
        if not quoted[token.i] and token.pos == "VERB" and token.lemma in discourse.words.speech:
            subject = subject_of(sentence, token.i)
            if subject is not None and not quoted[subject]:
                resolve(subject)
                units = (u for u in discourse.units(sentence.index) if u.head == subject)
                found = max(units, key=lambda u: len(u.heads), default=None)
                return found or Unit(
                    sentence.index, subject, sentence.span_of([subject]), sentence.tokens[subject].text, (), "person",
                    "singular", None, ("?",), 0,
                )  # fmt: skip
    return None


def resolve_first(discourse: Discourse, speaker: Unit | None) -> Outcome:
    """"I" and "we" in a quotation: who says it."""
    if speaker is None:
        return Outcome(reason="first person: the speaker is not named")
    if not speaker.parties:
        return Outcome(reason=f"first person: the speaker {speaker.text!r} is not known")
    return settled(speaker, None, discourse)


def resolve_relative(discourse: Discourse, sentence: Sentence, at: int) -> Outcome | None:
    """"who", "which": the noun that the clause is attached to; null where that is no party."""
    tokens = sentence.tokens
    for verb in clauses_of(sentence, at)[:3]:
        if tokens[verb].dep == "relcl":
            head = tokens[verb].head
            unit = next((u for u in discourse.units(sentence.index) if u.head == head and not u.joined), None)
            return settled(unit, None, discourse) if unit is not None and unit.parties else None
    return None
