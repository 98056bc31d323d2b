"""How negation, modals and embedding predicates reach a token: one sentence's states, computed on demand."""

from __future__ import annotations

from functools import cached_property

from dragoman.codebook.factuality import Effect, Embedding, Factuality, Grade, Reach
from dragoman.coding.factuality_own import SUBJECTS, Own, is_to
from dragoman.coding.factuality_state import FLAT, State, flipped, graded, weaker
from dragoman.coding.factuality_voice import is_personal
from dragoman.model import Sentence, Span, Token

_CLAUSAL = frozenset({"VERB", "AUX"})
_PREDICATE = frozenset({"acomp", "attr", "oprd"})
_HELPERS = frozenset({"aux", "auxpass"})
_DEEPEST = 12
# Grades under which an adverbial clause in the present lies ahead too.
_OPEN = frozenset(
    {"planned", "prospect", "contingent", "request", "order", "wish", "necessity", "possible", "ability", "condition"}
)
_AHEAD = frozenset({"planned", "prospect", "request"})
# Grades of a verb of saying that say nothing about what it says.
_SAID = frozenset({"fact", "present", "planned", "prospect", "contingent", "probable"})


class Scope:
    """States of one sentence's tokens."""

    def __init__(self, sentence: Sentence, cues: Factuality, speech: frozenset[str], past: tuple[Span, ...]) -> None:
        """``speech`` are verbs of saying, ``past`` the spans of dates well before publication."""
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._cues = cues
        self._own = Own(sentence, cues, speech, past)
        self._known: dict[int, State] = {}

    @cached_property
    def personal(self) -> bool:
        """Whether writer or reader is spoken of, outside quotations (see factuality_voice.py)."""
        return is_personal(self._tokens, self._cues, lambda at: self.state(at).grade == "order")

    def state(self, at: int, depth: int = 0) -> State:
        """The state of the token at ``at``."""
        if at in self._known:
            return self._known[at]
        if depth > _DEEPEST:
            return State()
        token = self._tokens[at]
        if token.pos in _CLAUSAL or token.tag.startswith("VB") or self._own.has_helper(token):
            found = self._of_verb(token, depth)
        elif token.dep in _PREDICATE and self._tokens[token.head].pos in _CLAUSAL:
            found = self._own.shaded(token, self.state(token.head, depth + 1))
        elif token.dep == "ROOT" or token.pos == "ADJ":
            found = self._own.shaded(token, State())
            passive = next((c for c in self._own.children(token) if c.dep == "acl" and c.tag == "VBN"), None)
            if passive is not None and token.pos != "ADJ":  # "Strike averted": a headline's passive
                found = self._object(passive, found, depth)
        else:
            found = self._of_noun(token, depth)
        self._known[at] = found
        return found

    # --- verbs ----------------------------------------------------------------------------------------------------

    def _of_verb(self, token: Token, depth: int) -> State:
        if token.dep == "amod":
            return self._of_modifier(token, depth)
        if token.dep == "auxpass" and token.lemma in self._cues.passives:
            return self.state(token.head, depth + 1)
        own = self._own.of_verb(token)
        partner = token
        while partner.dep == "conj" and partner.head != partner.i:
            above = self._tokens[partner.head]
            if above.pos not in _CLAUSAL:
                break
            instead = self._replacing(partner, above)
            if instead is not None:
                return weaker(flipped(State(), instead.i), self.state(above.i, depth + 1)._replace(negative=False))
            nor = self._negating(partner, above)
            if nor is not None and not own.negative:
                own = flipped(own, nor.i)  # "neither confirmed nor denied"
            if self._shares(partner, above):
                if nor is not None:
                    return weaker(own, self.state(above.i, depth + 1)._replace(negative=False))
                return weaker(own, self.state(above.i, depth + 1))
            partner = above
        return self._embedded(partner, own, depth)

    def _of_modifier(self, token: Token, depth: int) -> State:
        """A participle before its noun: what happened to it is fact ("the planned strike").

        Except where the noun is the participle's own object, after a preposition ("barred from selling arms").
        """
        noun = self._tokens[token.head]
        preposition = self._tokens[noun.head]
        if token.tag == "VBG" and noun.dep == "pobj" and preposition.lemma in self._cues.barring_prepositions:
            return self._under(self._tokens[preposition.head], "from", State(), depth, False)
        return State()

    def _replacing(self, token: Token, first: Token) -> Token | None:
        """The conjunction that puts ``first`` in the place of ``token`` ("resign rather than sign")."""
        between = self._own.children(first)
        return next((c for c in between if c.dep == "cc" and self._denying(c) and first.i < c.i < token.i), None)

    def _negating(self, token: Token, first: Token) -> Token | None:
        """The "nor" that joins ``token`` to ``first``."""
        between = self._own.children(first)
        return next(
            (c for c in between if c.dep == "cc" and c.text.lower() in self._cues.negators and first.i < c.i < token.i),
            None,
        )

    def _shares(self, token: Token, first: Token) -> bool:
        """Whether a coordinated verb stands under the first one's auxiliaries ("will come and see")."""
        children = self._own.children(token)
        if any(child.dep in SUBJECTS or child.dep in {"aux", "auxpass"} for child in children):
            return False
        bare = token.tag == "VBP" and first.tag == "VB"  # "start asking and stop guessing": the forms are the same
        return bare or (token.tag == first.tag and token.tag in {"VB", "VBG", "VBN"})

    # --- what governs a token -------------------------------------------------------------------------------------

    def _embedded(self, token: Token, own: State, depth: int) -> State:
        """``own`` under the predicate that governs the token, if one does."""
        head = self._tokens[token.head]
        children = self._own.children(token)
        infinitive = any(is_to(c) for c in children)
        if token.dep in {"ccomp", "xcomp", "csubj"}:
            return self._complement(token, children, own, depth, infinitive)
        if token.dep == "acl" and head.pos in {"NOUN", "PROPN", "PRON"}:
            if infinitive:
                return self._under(head, "to", own, depth, True)
            if any(c.dep == "mark" or c.dep in SUBJECTS for c in children):
                return self._under(head, "clause", own, depth, False)
            if token.tag == "VBN" and head.dep == "ROOT":  # "No survivors found"
                return weaker(own, self._own.shaded(head, State()))
            return self._of_unknown(token, head, own, depth)
        if token.dep == "relcl" and infinitive:
            if head.dep == "ROOT" and self._entry(head, "to") is None:  # "Premier to visit Oslo"
                return graded(own, "planned", next(c.i for c in children if is_to(c)))
            return self._under(head, "to", own, depth, True)
        if token.dep == "relcl":
            claimed = self._entry(head, "clause")
            claim = claimed is not None and claimed.effect == "unknown" and self._entry(token, "claim") is None
            if claim and any(c.tag == "WDT" and c.dep == "dobj" for c in children):  # "rumours that the king had died"
                return self._under(head, "clause", own, depth, False)
            return self._of_unknown(token, head, own, depth)
        if token.dep == "pcomp" or (token.dep == "pobj" and token.tag == "VBG"):
            return self._after_preposition(token, head, children, own, depth)
        if token.dep == "advcl":
            return self._adverbial(token, children, own, depth, infinitive)
        return own

    def _of_unknown(self, token: Token, noun: Token, own: State, depth: int) -> State:
        """What a clause says of a thing that need not be there: "anyone who crosses", "wants a deal that ends the war".

        An indefinite noun under a predicate that is not yet true means no thing in particular (Quine 1956), and what
        is in the present, or a participle, is said of whichever there will be.
        """
        if noun.text.lower() in self._cues.whichever and token.dep == "relcl":
            return graded(own, "condition", noun.i)
        verb = self._tokens[noun.head]
        if noun.pos != "NOUN" or noun.dep not in {"dobj", "attr"} or verb.pos not in _CLAUSAL:
            return own
        definite = any(
            c.dep in {"poss", "nummod"} or (c.dep == "det" and c.text.lower() not in self._cues.articles)
            for c in self._own.children(noun)
        )
        entry = self._entry(verb, "object")
        wanted = entry is not None and entry.effect in _OPEN
        above = self.state((noun if wanted else verb).i, depth + 1)
        if definite or above.grade not in _OPEN or own.grade not in FLAT or not self._is_timeless(token):
            return own
        return graded(own, "condition", *above.words)

    def _is_timeless(self, token: Token) -> bool:
        """Whether a verb is in the present, or a participle without an auxiliary."""
        helpers = [c for c in self._own.children(token) if c.dep in {"aux", "auxpass"}]
        return (token.tag in {"VBP", "VBZ", "VBN", "VBG"} and not helpers) or (
            bool(helpers) and helpers[0].tag in {"VBP", "VBZ"} and helpers[0].lemma not in self._cues.perfect
        )

    def _complement(self, token: Token, children: list[Token], own: State, depth: int, infinitive: bool) -> State:
        """A clause, infinitive or gerund that a predicate takes."""
        head = self._tokens[token.head]
        tensed = {"MD", "VBD", "VBZ", "VBP"}
        finite = token.tag in tensed or any(c.tag in tensed and c.dep in {"aux", "auxpass"} for c in children)
        bare = token.tag == "VB" or (token.tag == "VBN" and self._is_subjunctive(children))
        reach: Reach = "to" if infinitive or (bare and not finite) else "clause"
        if token.tag == "VBG" and token.dep == "xcomp" and not infinitive:
            reach = "ing"
        if head.pos == "AUX":  # "it is possible that ..."
            head = next((t for t in self._predicates(head) if self._entry(t, reach) is not None), head)
        pending = next((c for c in self._own.children(head) if c.text.lower() in self._cues.pending), None)
        if reach == "to" and infinitive and pending is not None:
            return flipped(own, pending.i)  # "has yet to answer"
        if reach == "to" and head.lemma in self._cues.attempts and (but := self._contrast(head)) is not None:
            return flipped(own, but.i)
        past = token.tag == "VBD" or any(c.tag == "VBD" and c.dep in {"aux", "auxpass"} for c in children)
        if reach == "clause" and past and self._entry(head, "past") is not None:
            reach = "past"
        return self._under(head, reach, own, depth, infinitive)

    def _is_subjunctive(self, children: list[Token]) -> bool:
        """Whether a participle stands with a bare auxiliary of the passive ("demanded that he be freed")."""
        helpers = [c for c in children if c.dep in {"aux", "auxpass"}]
        return bool(helpers) and all(c.tag == "VB" and c.lemma not in self._cues.perfect for c in helpers)

    def _contrast(self, verb: Token) -> Token | None:
        """The "but" after which the same subject goes on ("tried to flee but was caught")."""
        children = self._own.children(verb)
        goes_on = any(c.dep == "conj" and not any(s.dep in SUBJECTS for s in self._own.children(c)) for c in children)
        return next((c for c in children if goes_on and c.text.lower() in self._cues.contrasts), None)

    def _after_preposition(
        self, token: Token, preposition: Token, children: list[Token], own: State, depth: int
    ) -> State:
        if self._denying(preposition):
            return flipped(own, preposition.i)
        if any(c.dep == "mark" for c in children):
            return own
        head = self._tokens[preposition.head]
        if preposition.lemma in self._cues.adjunct_prepositions:  # "after failing to win, the party said ..."
            above = self.state(head.i, depth + 1)
            return own if above.negative else weaker(own, above)
        barred = preposition.lemma in self._cues.barring_prepositions and self._entry(head, "from") is not None
        return self._under(head, "from" if barred else "ing", own, depth, False)

    def _denying(self, preposition: Token) -> bool:
        """Whether the word, or it and the one before ("instead of"), denies what follows."""
        before = self._tokens[preposition.i - 1].text.lower() if preposition.i else ""
        cues = self._cues.negative_prepositions
        return preposition.lemma in cues or f"{before} {preposition.lemma}" in cues

    def _adverbial(self, token: Token, children: list[Token], own: State, depth: int, infinitive: bool) -> State:
        """An adverbial clause: a purpose, or what lies as far ahead as the clause it belongs to."""
        head = self._tokens[token.head]
        if infinitive:
            going = head.lemma in self._cues.motions
            if self._entry(head, "to") is not None and not going and not self._has_complement(head):
                return self._under(head, "to", own, depth, True)
            above = self.state(head.i, depth + 1)
            done = token.lemma in self._cues.performed and not going and above.grade in FLAT and not above.negative
            past = head.tag in {"VBD", "VBN"} and above.grade in FLAT and not above.negative
            aim: Grade = "achieved" if done else "aim" if past else "purpose"
            aimed = graded(own, aim, next(c.i for c in children if is_to(c)))
            return aimed if above.grade in FLAT else weaker(aimed, above)
        if head.pos not in _CLAUSAL:
            return own
        above = self.state(head.i, depth + 1)
        ahead = above.grade in _OPEN
        if token.tag == "VBG":
            if token.i > head.i and self._entry(head, "ing") is not None and self._is_object(token, head, children):
                return self._under(head, "ing", own, depth, False)
            granted = token.lemma in self._cues.granting  # "considering what was done"
            return weaker(own, above._replace(negative=False)) if ahead and not granted else own
        if token.tag != "VB" and self._opens_before(children) and above.negative and ahead:
            return graded(own, "condition", *above.words)  # "would not return before the law was changed"
        if self._opens_before(children) and own.grade == "possible" and above.grade in FLAT and not above.negative:
            return State("fact", True, words=(*own.words, *(c.i for c in children if c.lemma in self._cues.befores)))
        present = token.tag in {"VBP", "VBZ"} or any(c.tag in {"VBP", "VBZ"} and c.dep in _HELPERS for c in children)
        if present and ahead and any(c.dep in {"mark", "advmod"} for c in children):
            opening = next(c.text.lower() for c in children if c.dep in {"mark", "advmod"})
            if opening not in self._cues.causals:  # "cannot travel because they are ill": they are
                return graded(own, "condition", *above.words)  # "call when you arrive", "will end once they leave"
        return own

    def _is_object(self, gerund: Token, verb: Token, children: list[Token]) -> bool:
        """Whether a gerund that the parser took for an adverbial may be the verb's object ("ruled out sending")."""
        bare = not any(c.dep in SUBJECTS or c.dep in {"mark", "advmod", "aux"} for c in children)
        return bare and all(t.dep == "prt" for t in self._tokens[verb.i + 1 : gerund.i])

    def _opens_before(self, children: list[Token]) -> bool:
        """Whether one of ``children`` is a "before"."""
        return any(c.dep in {"mark", "advmod"} and c.lemma in self._cues.befores for c in children)

    def _predicates(self, copula: Token) -> list[Token]:
        """Adjectives and nouns that a copula ascribes."""
        return [t for t in self._own.children(copula) if t.dep in _PREDICATE]

    def _has_complement(self, head: Token) -> bool:
        """Whether the governing verb has its infinitive or clause already, so that another one states a purpose."""
        return any(c.dep in {"xcomp", "ccomp"} for c in self._own.children(head))

    def _with_particle(self, head: Token) -> str:
        """The verb with its particle ("call off")."""
        particle = next((c for c in self._own.children(head) if c.dep == "prt"), None)
        return head.lemma if particle is None else f"{head.lemma} {particle.lemma}"

    def _entry(self, head: Token, reach: Reach) -> Embedding | None:
        """What ``head`` does to a complement of this kind."""
        if head.pos in _CLAUSAL or head.tag.startswith("VB"):
            entries = self._cues.verbs.get(self._with_particle(head), ()) or self._cues.verbs.get(head.lemma, ())
        elif head.pos == "ADJ":
            entries = self._cues.complement_adjectives.get(head.lemma, ())
        else:
            entries = self._cues.nouns.get(head.lemma, ())
        fitting = [e for e in entries if reach in e.reach and (not e.tags or head.tag in e.tags)]
        if self._idiomatic(head):
            fitting = [e for e in fitting if e.effect != "planned"]
        return max(fitting, key=lambda e: bool(e.tags), default=None)

    def _idiomatic(self, noun: Token) -> bool:
        """Whether a noun without any word of its own behind a preposition is part of it: "in order to", no order."""
        return noun.tag == "NN" and noun.dep == "pobj" and not any(c.i < noun.i for c in self._own.children(noun))

    def _under(self, head: Token, reach: Reach, own: State, depth: int, infinitive: bool) -> State:
        """``own`` as the complement of ``head``."""
        above = self.state(head.i, depth + 1)
        entry = self._entry(head, reach)
        if entry is None:
            if infinitive and reach == "to":
                effect: Effect = "purpose" if head.pos != "ADJ" else "wish"
            elif reach in {"ing", "from"}:
                effect = "keep" if not above.negative else "negate"
            else:
                return own
            return self._applied(own, effect, above, head, False)
        effect = entry.effect
        if reach == "to" and any(self._own.is_courtesy(c) for c in self._own.children(head) if c.tag == "MD"):
            return self._applied(own, "wish", above, head, False)  # "would like to thank"
        rejected = self._rejection(head) if effect == "unknown" and head.pos == "NOUN" else None
        if rejected is not None:
            return flipped(own, rejected.i)
        # What a verb of saying leaves open it leaves so by its own "not", not by one that it stands under.
        if above.negative and (entry.effect != "fact" or self._own.of_verb(head).negative or head.pos == "ADJ"):
            effect = entry.negated or entry.effect
            if effect == "negate" and entry.effect in _AHEAD:
                own = graded(own, entry.effect, head.i)  # "does not plan to come"
        return self._applied(own, effect, above, head, reach in {"clause", "past"})

    def _rejection(self, noun: Token) -> Token | None:
        """What calls a claim false: "dismissed reports that ...", "the claim that ... is baseless"."""
        governor = self._tokens[noun.head]
        if noun.dep in {"dobj", "nsubjpass"} or (noun.dep == "pobj" and governor.dep == "prep"):
            verb = governor if noun.dep != "pobj" else self._tokens[governor.head]
            return verb if self._entry(verb, "claim") is not None else None
        if noun.dep == "nsubj" and governor.pos == "AUX":
            return next((t for t in self._predicates(governor) if self._entry(t, "claim") is not None), None)
        return None

    def _applied(self, own: State, effect: Effect, above: State, head: Token, clause: bool) -> State:
        state = own
        if effect == "negate":
            state = flipped(state, *(above.words or (head.i,)) if above.negative else (head.i,))
        elif effect not in {"keep", "fact"}:
            state = graded(state, effect, head.i)
        if effect == "fact" or (clause and above.grade in _SAID):
            return state
        return weaker(state, above._replace(negative=False))

    # --- nouns ----------------------------------------------------------------------------------------------------

    def _of_noun(self, token: Token, depth: int) -> State:
        own = self._own.shaded(token, State())
        first = token
        while first.dep == "conj" and first.head != first.i and self._tokens[first.head].pos == token.pos:
            first = self._tokens[first.head]
        head = self._tokens[first.head]
        if first.dep in {"dobj", "nsubjpass"}:
            return self._object(head, own, depth)
        if first.dep == "nsubj":
            bare = head.tag == "VBN" and not any(c.dep in {"aux", "auxpass"} for c in self._own.children(head))
            return self._object(head, own, depth, "object" if bare else "subject")  # "Strike averted"
        if first.dep == "pobj":
            if self._denying(head):
                return flipped(own, head.i)
            if head.lemma not in self._cues.object_prepositions:
                return own
            governor = self._tokens[head.head]
            entry = self._entry(governor, "object")
            denies = entry is not None and entry.effect == "negate" and governor.pos in _CLAUSAL
            if denies and head.lemma not in self._cues.barring_prepositions:
                return own  # "denied responsibility for the attack": the attack is not denied
            return self._object(governor, own, depth)
        return own

    def _object(self, head: Token, own: State, depth: int, reach: Reach = "object") -> State:
        entry = self._entry(head, reach)
        if entry is None or head.pos == "ADJ":
            return own
        above = self.state(head.i, depth + 1)
        effect = entry.effect
        if effect == "unknown" and head.pos == "NOUN" and (rejected := self._rejection(head)) is not None:
            return flipped(own, rejected.i)
        if above.negative and entry.negated is not None:
            effect = entry.negated
        if own.negative and effect == "negate" and above.negative:
            return own  # "no attack took place": the same word already counted
        return self._applied(own, effect, above, head, False)
