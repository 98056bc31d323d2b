"""Coreference: pronouns and descriptions to the parties they stand for.

After Lappin and Leass (1994) and Mitkov (2002): agreement and binding bar candidates, prominence and nearness rank
them. A phrase with no candidate, or with two that rank alike, stays empty and says why.
"""

from __future__ import annotations

import msgspec

from dragoman.codebook.coreference import CoreferenceKnowledge, PronounRule
from dragoman.model import ActorMention, Party, Report, Sentence, Span
from dragoman.resolving import coreference_descriptions as descriptions
from dragoman.resolving import coreference_pairs as pairs
from dragoman.resolving import coreference_pronouns as pronouns
from dragoman.resolving.coreference_discourse import Discourse, Outcome
from dragoman.resolving.coreference_speakers import Speakers
from dragoman.resolving.coreference_syntax import clauses_of, containers, is_empty, subject_of
from dragoman.resolving.coreference_units import Trait, trait_of
from dragoman.resolving.coreference_words import Words

PRONOUN_LABELS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "dative", "poss", "conj", "attr", "appos", "npadvmod", "ROOT", "csubj"}
)
FLOATING = frozenset({"dep", "advmod", "appos", "npadvmod"})
COUNT_LABELS = frozenset({"det", "nummod", "predet", "preconj", "amod"})
PLURAL_TAGS = ("NNS", "NNPS")


class CoreferenceResolver:
    """A step: fills the mentions that are pronouns and descriptions, and adds those that nobody found."""

    def __init__(self, knowledge: CoreferenceKnowledge) -> None:
        """Index the codebook's section ``coreference`` (``load_coreference``)."""
        self._words = Words(knowledge)

    def __call__(self, report: Report) -> Report:
        """Needs analysis and the named mentions; gives ``mentions`` with parties, antecedent or reason filled in."""
        run = _Run(Discourse(report, self._words))
        run.read()
        mentions = tuple(
            mention for held in run.discourse.mentions for _, mention in sorted(held.items())
        )
        return msgspec.structs.replace(report, mentions=mentions)


class _Run:
    """One article, read once; ``done`` keeps a phrase from being resolved twice."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.words = discourse.words
        self.done: set[tuple[int, int]] = set()
        self.speakers = Speakers(discourse, self.resolve)

    def read(self) -> None:
        for sentence in self.discourse.sentences:
            self.speakers.enter(sentence)
            for token in sentence.tokens:
                if (
                    token.pos == "PRON"
                    or self.words.noun(token) in self.words.heads
                    or (token.tag in ("WDT", "PRP$", "PRP", "WP"))
                ):
                    self.resolve(sentence, token.i)
            for earlier, at, outcome in self.speakers.leave(sentence):
                self._keep(earlier, at, [at], outcome, "pronoun")
            self._speak_for(sentence)
            self.discourse.close(sentence.index)

    def resolve(self, sentence: Sentence, at: int) -> None:
        """Resolve the phrase whose head is token ``at``, unless it is done or names its parties itself."""
        place = (sentence.index, at)
        if place in self.done:
            return
        self.done.add(place)
        known = self.discourse.mentions[sentence.index].get(at)
        if known is not None and (known.antecedent is not None or _settled(known)):
            if known.kind == "role":
                self._tell(sentence, at, known)
            return
        token = sentence.tokens[at]
        lower = token.text.lower()
        reciprocal = self.words.reciprocals.get(lower)
        if reciprocal is not None and at and sentence.tokens[at - 1].text.lower() == reciprocal[0].split()[0]:
            outcome = pronouns.resolve_bound(self.discourse, sentence, at, reciprocal[1])
            self._keep(sentence, at, [at - 1, at], outcome, "pronoun")
            return
        rule = self.words.pronouns.get(lower)
        if rule is not None and (token.pos == "PRON" or token.tag in ("WDT", "WP", "WP$", "PRP", "PRP$")):
            if token.dep in PRONOUN_LABELS or known is not None:
                self._pronoun(sentence, at, rule, known)
            return
        if rule is not None and rule.kind in ("other", "former", "latter") and self._definite(sentence, at):
            if token.dep in PRONOUN_LABELS:
                self._pronoun(sentence, at, rule, known)
            return
        if token.pos in ("NOUN", "PROPN", "NUM"):
            self._description(sentence, at, known)

    # --- pronouns ---

    def _pronoun(self, sentence: Sentence, at: int, rule: PronounRule, known: ActorMention | None) -> None:
        discourse, words = self.discourse, self.words
        kind = rule.kind
        tokens = [at]
        if kind == "relative" or (kind == "demonstrative" and sentence.tokens[at].tag == "WDT"):
            found = pronouns.resolve_relative(discourse, sentence, at)
            if found is not None:
                self._keep(sentence, at, tokens, found, "pronoun", relative=True)
            return
        if rule.person == 1:
            outcome = self.speakers.first(sentence, at)
        elif rule.person == 2:
            outcome = Outcome(reason="second person: the listener is not named")
        elif kind in ("reflexive", "reciprocal"):
            outcome = pronouns.resolve_bound(discourse, sentence, at, rule)
        elif kind == "demonstrative":
            outcome = Outcome(reason="points at a fact or thing")
        elif kind == "both":
            outcome = pairs.resolve_pair(discourse, sentence, at, "any", 2, None)
            if sentence.tokens[at].dep in FLOATING:  # "Mali and Niger were both there"
                bound = pronouns.resolve_bound(discourse, sentence, at, rule)
                outcome = bound if bound.antecedent else outcome
        elif kind == "other":
            tokens = descriptions.phrase_of(sentence, at)
            outcome = self._other(sentence, at)
        elif kind in ("former", "latter"):
            tokens = descriptions.phrase_of(sentence, at)
            pair = pairs.resolve_pair(discourse, sentence, at, "any", 2, None)
            chosen = pair.parties[:1] if kind == "former" else pair.parties[1:2]
            outcome = msgspec.structs.replace(pair, parties=chosen, number="singular")
        elif rule.number == "singular" and rule.of == "any" and is_empty(sentence, at, words):
            if known is None:
                return
            outcome = Outcome(reason="stands for nothing")
        else:
            self._resolve_before(sentence, at)
            speaker = self.speakers.of(sentence, at)
            place = pronouns.Place(
                sentence, at, rule, words, self.speakers.quoted, discourse.units(sentence.index), speaker
            )
            outcome = pronouns.resolve_third(discourse, place)
        self._keep(sentence, at, tokens, outcome, "pronoun")

    def _resolve_before(self, sentence: Sentence, at: int) -> None:
        """A subject that stands after the pronoun ("In his speech, the president") comes first."""
        holding = set(containers(sentence, at))
        for verb in clauses_of(sentence, at):
            for child in sentence.children[verb]:
                token = sentence.tokens[child]
                described = token.pos == "NOUN" and token.lemma in self.words.heads
                if child > at and described and child not in holding and token.dep in ("nsubj", "nsubjpass"):
                    self.resolve(sentence, child)

    def _other(self, sentence: Sentence, at: int) -> Outcome:
        subject = descriptions.subject_unit(self.discourse, sentence, at, lambda i: self.resolve(sentence, i))
        distributive = any(
            t.i < at and t.text.lower() in self.words.distributive and t.dep in ("det", "nsubj", "predet", "nummod")
            for t in sentence.tokens
        )
        return pairs.resolve_other(self.discourse, sentence, at, subject, distributive)

    # --- descriptions ---

    def _definite(self, sentence: Sentence, at: int) -> bool:
        plural = sentence.tokens[at].tag in PLURAL_TAGS
        return any(
            sentence.tokens[c].text.lower() in self.words.definite
            and sentence.tokens[c].dep in ("det", "poss")
            and not (plural and sentence.tokens[c].tag == "DT" and sentence.tokens[c].text.lower() in self.words.single)
            for c in sentence.children[at]
        )

    def _count(self, sentence: Sentence, at: int) -> int | None:
        """How many "both", "the two", "each" say the phrase is of."""
        definite = self._definite(sentence, at)
        for child in sentence.children[at]:
            token = sentence.tokens[child]
            lower = token.text.lower()
            counts = child < at and lower in self.words.counts and token.dep in COUNT_LABELS
            if counts and (definite or lower in self.words.definite_counts):
                return self.words.counts[lower]
        return None

    def _each(self, sentence: Sentence, at: int) -> bool:
        """Whether the phrase is of as many as there are ("each side"), not of a stated number."""
        return any(
            c < at and sentence.tokens[c].text.lower() in self.words.every for c in sentence.children[at]
        )

    def _description(self, sentence: Sentence, at: int, known: ActorMention | None) -> None:
        discourse, words = self.discourse, self.words
        token = sentence.tokens[at]
        lemma = words.noun(token)
        phrase = descriptions.phrase_of(sentence, at)
        outcome = self._by_name(sentence, at, phrase) or self._renamed(sentence, at)
        if outcome is None and descriptions.has_name(sentence, at, self.words):
            return
        if outcome is None:
            outcome = self._owned(sentence, at, known)
            if outcome is not None:
                phrase = descriptions.with_owner(sentence, at, phrase, words.partitive)
        if outcome is None:
            count = self._count(sentence, at)
            definite = self._definite(sentence, at)
            if count is not None:
                pair = words.pairs.get(lemma)
                if pair is None or descriptions.names_somebody(sentence, at, ()) or descriptions.has_of(sentence, at):
                    return
                if self._each(sentence, at):
                    count = pairs.together(discourse, sentence, at) or count
                outcome = pairs.resolve_pair(discourse, sentence, at, pair.of, count, pair.sector)
            elif not definite:
                outcome = self._sent(sentence, at, lemma)
            elif lemma in words.others and any(
                sentence.tokens[c].text.lower() == w for c in sentence.children[at] for w in self._other_words()
            ):
                outcome = self._other(sentence, at)
            elif (
                lemma in words.country_nouns
                and token.tag not in PLURAL_TAGS
                and not descriptions.has_of(sentence, at)
            ):
                outcome = descriptions.resolve_country(discourse, sentence, at, words.country_nouns[lemma])
            elif (
                lemma in words.assembled and token.tag in PLURAL_TAGS and not descriptions.has_of(sentence, at)
                and not descriptions.modifiers(sentence, at)
                and (several := pairs.resolve_assembled(discourse, sentence, at, words.pairs[lemma].sector)) is not None
            ):
                outcome = several
            elif lemma in words.pairs and token.tag in PLURAL_TAGS and lemma in words.others:
                if descriptions.names_somebody(sentence, at, ()) or descriptions.has_of(sentence, at):
                    return
                pair = words.pairs[lemma]
                outcome = pairs.resolve_pair(discourse, sentence, at, pair.of, 2, pair.sector)
            elif descriptions.names_somebody(sentence, at, ()) or descriptions.has_of(sentence, at):
                return
            elif lemma in words.groups and token.tag not in PLURAL_TAGS:
                outcome = descriptions.resolve_group(discourse, sentence, at, words.groups[lemma], lemma)
            elif lemma in words.roles and self._is_role(sentence, at, lemma):
                parties = known.parties if known else ()
                outcome = descriptions.resolve_role(discourse, sentence, at, words.roles[lemma], lemma, parties)
            else:
                return
        if outcome is not None:
            self._keep(sentence, at, phrase, outcome, "description")

    def _is_role(self, sentence: Sentence, at: int, lemma: str) -> bool:
        """Whether nouns before the head, or its number, make another thing of it ("the labour force")."""
        number = self.words.roles[lemma].number
        if number is not None and (number == "plural") != (sentence.tokens[at].tag in PLURAL_TAGS):
            return False
        for child in sentence.children[at]:
            token = sentence.tokens[child]
            if token.dep == "compound" and f"{token.text.lower()} {lemma}" not in self.words.role_phrases:
                return False
        return True

    def _other_words(self) -> list[str]:
        return [word for word, rule in self.words.pronouns.items() if rule.kind == "other"]

    def _by_name(self, sentence: Sentence, at: int, phrase: list[int]) -> Outcome | None:
        spoken = tuple(sentence.tokens[i].text.lower() for i in phrase)
        if not sentence.tokens[at].text[:1].isupper():
            return None
        for words, rule in self.words.names.get(spoken[-1], ()):
            if spoken == words:
                return descriptions.resolve_name(self.discourse, rule)
        return None

    def _renamed(self, sentence: Sentence, at: int) -> Outcome | None:
        """"The company, Nordex, ...": whom the name behind the description names; null where there is none."""
        if not self._definite(sentence, at):
            return None
        for child in sentence.children[at]:
            named = self.discourse.mentions[sentence.index].get(child)
            renames = sentence.tokens[child].dep == "appos" and sentence.tokens[child].pos == "PROPN"
            if renames and named is not None and len(named.parties) == 1:
                trait = trait_of(named, sentence, self.words)
                return Outcome(named.parties, named.span, None, trait.kind, trait.number, trait.gender)
        return None

    def _owned(self, sentence: Sentence, at: int, known: ActorMention | None) -> Outcome | None:
        """"its army", "the leaders of both countries", "his country"; null where nobody else's words say whose."""
        words = self.words
        lemma = words.noun(sentence.tokens[at])
        rule = words.roles.get(lemma)
        sector = known.parties[0].sector if known and known.parties else None
        if lemma in words.relational or (rule is None and sector is None and lemma not in words.owner_nouns):
            return None
        ties = words.posted_ties if lemma in words.posted else words.partitive
        owner = descriptions.owner_of(sentence, at, ties)
        if owner is None:
            return None
        self.resolve(sentence, owner)
        mention = self.discourse.mentions[sentence.index].get(owner)
        if mention is None or (mention.kind not in ("pronoun", "description") and not mention.parties):
            return None
        if lemma in words.owner_nouns and sentence.tokens[owner].dep == "poss":
            countries = [self.discourse.as_country(p) for p in mention.parties]
            found = tuple(dict.fromkeys(c for c in countries if c is not None))
            if not found:
                return Outcome(reason=f"whose is not known: {mention.text!r}", kind="country")
            number = "plural" if len(found) > 1 else "singular"
            return Outcome(found, mention.span, None, "country", number)
        if rule is None and sector is None:
            return None
        return descriptions.resolve_owned(
            self.discourse, sentence, at, rule, sector or (rule.sector if rule else None), owner
        )

    def _tell(self, sentence: Sentence, at: int, known: ActorMention) -> None:
        """"Its president, Ana Ruiz": whose the president is says whose the named person is, all through the article.

        The office of a body is no office of the state: the president of a union is its man.
        """
        owner = descriptions.owner_of(sentence, at, frozenset())
        entities = [party.entity for party in known.parties if party.entity and party.code is None]
        if owner is None or len(entities) != 1 or self.words.noun(sentence.tokens[at]) in self.words.relational:
            return
        self.resolve(sentence, owner)
        mention = self.discourse.mentions[sentence.index].get(owner)
        owners = mention.parties if mention else ()
        if len({(party.code, party.sector) for party in owners}) != 1:
            return
        code = None if owners[0].code in self.words.stateless else owners[0].code
        office = self.words.noun(sentence.tokens[at]) in self.words.roles  # a gunman's brother is no gunman
        self.discourse.tell(entities[0], code, owners[0].sector if office else None)

    def _speak_for(self, sentence: Sentence) -> None:
        """"Peru rejected the plan. ... Foreign Ministry spokesman Luis Ruiz said": whose an official of a state is whom
        the paragraph shows no other country acting than one."""
        discourse = self.discourse
        for mention in tuple(discourse.mentions[sentence.index].values()):
            party = mention.parties[0] if len(mention.parties) == 1 else None
            titled = party is not None and mention.kind == "person" and mention.text != party.name
            if party is None or not titled or party.code or party.sector != "GOV" or party.entity is None:
                continue
            acting = descriptions.acting_countries(discourse, sentence.index)
            if len(acting) == 1:
                discourse.tell(party.entity, acting.pop(), None)

    def _sent(self, sentence: Sentence, at: int, lemma: str) -> Outcome | None:
        """"Iran sent troops": whose they are, though the phrase has no owner; null elsewhere."""
        words, token = self.words, sentence.tokens[at]
        rule = words.roles.get(lemma)
        verb = sentence.tokens[token.head]
        if rule is None or not rule.part or token.dep != "dobj" or token.tag not in PLURAL_TAGS:
            return None
        subject = subject_of(sentence, verb.i) if verb.lemma in words.dispatch_verbs else None
        if subject is None or descriptions.names_somebody(sentence, at, ()):
            return None
        self.resolve(sentence, subject)
        outcome = descriptions.resolve_owned(self.discourse, sentence, at, rule, rule.sector, subject)
        return outcome if outcome.parties else None

    # --- keeping ---

    def _keep(
        self, sentence: Sentence, at: int, tokens: list[int], outcome: Outcome, kind: str, relative: bool = False
    ) -> None:
        """Write the outcome into the mention at ``at``, making one where there is none."""
        discourse = self.discourse
        known = discourse.mentions[sentence.index].get(at)
        if known is None:
            span = sentence.span_of(tokens)
            known = ActorMention(
                sentence.index, at, span, span.of(discourse.text), "pronoun" if kind == "pronoun" else "description"
            )
        if outcome.parties:
            role = known.parties[0].name if known.parties else None
            parties = tuple(_worded(party, known.text, known.span, role) for party in outcome.parties)
        else:
            parties = known.parties
        mention = msgspec.structs.replace(
            known, parties=parties, antecedent=outcome.antecedent, reason=outcome.reason
        )
        if relative:
            trait = Trait("relative", outcome.number)
        elif not parties and mention.kind == "pronoun":
            discourse.mentions[sentence.index][at] = mention
            return
        else:
            trait = Trait(outcome.kind, outcome.number, outcome.gender)
        discourse.put(mention, trait)


def _settled(mention: ActorMention) -> bool:
    """Whether a mention says by itself who it is: a role without a country of its own or a person does not."""
    if mention.kind == "role" and mention.reason is not None:
        return False
    if mention.kind in ("role", "description"):
        return any(party.code or party.entity for party in mention.parties)
    return bool(mention.parties)


def _worded(party: Party, text: str, span: Span, role: str | None) -> Party:
    """``party`` under the words of this mention; one without a name of its own is called by its role."""
    return msgspec.structs.replace(party, text=text, start=span.start, end=span.end, name=party.name or role)
