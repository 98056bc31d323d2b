"""How negation, modals and embedding predicates reach a token: one sentence's states, computed on demand."""

from __future__ import annotations

from functools import cached_property

from dragoman.codebook.cues import Effect, Embedding, Factuality, Reach
from dragoman.coding.factuality_state import State, flipped, graded, weaker
from dragoman.model import Sentence, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
_CLAUSAL = frozenset({"VERB", "AUX"})
_PREDICATE = frozenset({"acomp", "attr", "oprd"})
_MARKS = frozenset({'"', "''", "``", "`", "“", "”"})
_LOOSE = frozenset({"conj", "parataxis", "dep", "advcl"})
_DEEPEST = 12
# Grades under which an adverbial clause in the present lies ahead too.
_OPEN = frozenset({"planned", "prospect", "order", "wish", "necessity", "possible", "ability", "condition"})


class Scope:
    """States of one sentence's tokens."""

    def __init__(self, sentence: Sentence, cues: Factuality, speech: frozenset[str], year: int | None) -> None:
        """``speech`` are verbs of saying, ``year`` that of publication (null where unknown)."""
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._cues = cues
        self._speech = speech
        self._year = year
        self._known: dict[int, State] = {}

    @cached_property
    def personal(self) -> bool:
        """Whether writer or reader is spoken of, outside quotations: "I", "you", an order, a question."""
        if self._tokens[-1].text == "?":
            return True
        quoted = marked = False
        for token in self._tokens:
            if token.text in _MARKS:
                quoted = quoted if marked else not quoted  # "``" may come as two tokens
                marked = True
                continue
            marked = False
            if not quoted and (
                (token.text.lower() in self._cues.speakers and token.pos != "PROPN")
                or (token.tag == "VB" and token.dep == "ROOT" and self.state(token.i).grade == "order")
            ):
                return True
        return False

    def state(self, at: int, depth: int = 0) -> State:
        """The state of the token at ``at``."""
        if at in self._known:
            return self._known[at]
        if depth > _DEEPEST:
            return State()
        token = self._tokens[at]
        if token.pos in _CLAUSAL or token.tag.startswith("VB"):
            found = self._of_verb(token, depth)
        elif token.dep in _PREDICATE and self._tokens[token.head].pos in _CLAUSAL:
            found = self._shaded(token, self.state(token.head, depth + 1))
        elif token.dep == "ROOT" or token.pos == "ADJ":
            found = self._shaded(token, State())
        else:
            found = self._of_noun(token, depth)
        self._known[at] = found
        return found

    # --- verbs ----------------------------------------------------------------------------------------------------

    def _of_verb(self, token: Token, depth: int) -> State:
        if token.dep == "amod":
            return self._of_noun_modifier(token, depth)
        own = self._own(token)
        partner = token
        while partner.dep == "conj" and partner.head != partner.i:
            above = self._tokens[partner.head]
            if above.pos not in _CLAUSAL:
                break
            if self._shares(partner, above):
                return weaker(own, self.state(above.i, depth + 1))
            partner = above
        return self._embedded(partner, own, depth)

    def _shares(self, token: Token, first: Token) -> bool:
        """Whether a coordinated verb stands under the first one's auxiliaries ("will come and see")."""
        children = [self._tokens[c] for c in self._sentence.children[token.i]]
        if any(child.dep in _SUBJECTS or child.dep in {"aux", "auxpass"} for child in children):
            return False
        return token.tag == first.tag and token.tag in {"VB", "VBG", "VBN"}

    def _own(self, token: Token) -> State:
        """What the verb's own auxiliaries, adverbs and arguments do."""
        state = State()
        children = [self._tokens[c] for c in self._sentence.children[token.i]]
        perfect = any(c.dep == "aux" and c.lemma == "have" for c in children) and token.tag == "VBN"
        head = self._tokens[token.head]
        reported = token.dep == "ccomp" and (head.lemma in self._speech or head.tag in {"VBD", "VBN", "JJ"})
        reported = reported or (token.dep == "acl" and head.pos == "NOUN")
        infinitive = any(_is_to(c) for c in children)
        for child in children:
            lower = child.text.lower()
            if child.tag == "MD" or (child.dep == "aux" and lower in self._cues.modals and child.tag == "MD"):
                shade = self._cues.modals.get(lower) or self._cues.modals.get(child.lemma)
                if shade is not None:
                    grade = shade.grade
                    if perfect and shade.past is not None:
                        grade = shade.past
                    elif reported and shade.reported is not None:
                        grade = shade.reported
                    state = graded(state, grade, child.i)
            elif child.dep == "neg" or (lower in self._cues.negators and child.dep in {"advmod", "preconj", "cc"}):
                if not self._is_idle(child):
                    state = flipped(state, child.i)
            elif child.dep == "advmod" and lower in self._cues.adverbs:
                shade = self._cues.adverbs[lower]
                state = graded(state, shade.grade, child.i)
                if shade.negative:
                    state = flipped(state, child.i)
            elif child.dep in _ARGUMENTS:
                nobody = self._nobody(child)
                if nobody is not None:
                    state = flipped(state, nobody)
            elif child.dep in {"mark", "advmod"} and lower in self._cues.conditionals and not infinitive:
                state = graded(state, "condition", child.i)
        if state.grade == "fact" and token.tag in {"VBZ", "VBP"}:
            state = graded(state, "present")
        entries = self._cues.verbs.get(token.lemma, ())
        ahead = next((e for e in entries if e.tags == (token.tag,)), None)
        if ahead is not None and ahead.effect == "planned" and any(self._is_marked(c) for c in children):
            state = graded(state, "planned", token.i)  # "is going to"
        if self._is_order(token, children):
            state = graded(state, "order", token.i)
        elif token.dep == "ROOT" and infinitive and any(c.dep in _SUBJECTS for c in children):
            state = graded(state, "planned", token.i)
        elif self._is_asked(token, children):
            state = graded(state, "question", self._tokens[-1].i)
        if token.dep == "csubj" and token.tag == "VBG":
            state = graded(state, "possible", token.i)  # "Having a dog is hard": nobody is said to have one
        if not reported and self._is_past(token, children, perfect):
            state = state._replace(historical=True)
        return state

    def _is_marked(self, child: Token) -> bool:
        """Whether ``child`` is an infinitive complement."""
        return child.dep == "xcomp" and any(_is_to(self._tokens[c]) for c in self._sentence.children[child.i])

    def _is_idle(self, child: Token) -> bool:
        """Whether "not" belongs to "not only" and the like."""
        after = self._tokens[child.i + 1] if child.i + 1 < len(self._tokens) else None
        return after is not None and after.text.lower() in self._cues.not_negating

    def _nobody(self, noun: Token) -> int | None:
        """The word that empties an argument: "nobody", "no troops", "none of them"."""
        if noun.text.lower() in self._cues.negative_phrases:
            return noun.i
        for c in self._sentence.children[noun.i]:
            child = self._tokens[c]
            if child.dep in {"det", "neg"} and child.text.lower() in self._cues.negative_phrases:
                return c
        return None

    def _is_order(self, token: Token, children: list[Token]) -> bool:
        """An imperative: a bare verb that nothing governs, without subject or auxiliary."""
        return (
            token.tag == "VB"
            and (token.dep == "ROOT" or (token.dep in _LOOSE and self._stands_alone(token)))
            and not any(c.dep in _SUBJECTS or c.tag == "MD" or _is_to(c) for c in children)
            and not any(c.dep == "aux" and c.tag in {"VBD", "VBZ"} for c in children)
        )

    def _stands_alone(self, token: Token) -> bool:
        """Whether a bare verb is coordinated with a clause that lends it no auxiliary.

        After a plural subject's present ("they are alarmed and accuse ...") it is that subject's own present; but who
        is spoken to may be asked for something ("you are welcome and bring ..."), and an infinitive between may be
        what it goes on with ("they have the right to come and go").
        """
        head = self._tokens[token.head]
        between = self._tokens[head.i : token.i]
        if token.dep == "conj" and head.tag == "VBP" and not any(_is_to(t) or t.tag == "MD" for t in between):
            subjects = [s for s in map(self._tokens.__getitem__, self._sentence.children[head.i]) if s.dep in _SUBJECTS]
            if any(s.tag in {"NNS", "NNP", "NNPS", "NN"} or s.lemma in self._cues.many for s in subjects):
                return False
        lent = any(self._tokens[c].dep in {"aux", "auxpass"} for c in self._sentence.children[head.i])
        return head.tag in {"VBZ", "VBP", "VBD"} or (head.tag != "VB" and not lent)

    def _is_asked(self, token: Token, children: list[Token]) -> bool:
        """A yes-or-no question; "why did he leave?" takes it for granted that he left."""
        if token.dep not in {"ROOT", "conj"} or self._tokens[-1].text not in {"?", "?”", '?"'}:
            return False
        first = next((t for t in self._tokens if t.pos != "PUNCT"), token)
        return first.tag not in {"WRB", "WP", "WDT", "WP$"}

    def _is_past(self, token: Token, children: list[Token], perfect: bool) -> bool:
        """Background: a pluperfect outside reported speech, or a year well before publication."""
        if perfect and any(c.dep == "aux" and c.tag == "VBD" for c in children):
            return True
        if self._year is None:
            return False
        for child in children:
            if child.dep not in {"prep", "npadvmod"} or child.lemma in self._cues.lasting:
                continue
            for i in self._sentence.subtree(child.i)[:4]:
                text = self._tokens[i].text
                if len(text) == 4 and text.isdigit() and 1000 <= int(text) <= self._year - 2:
                    return True
        return False

    # --- what governs a token -------------------------------------------------------------------------------------

    def _embedded(self, token: Token, own: State, depth: int) -> State:
        """``own`` under the predicate that governs the token, if one does."""
        head = self._tokens[token.head]
        children = [self._tokens[c] for c in self._sentence.children[token.i]]
        infinitive = any(_is_to(c) for c in children)
        if token.dep in {"ccomp", "xcomp", "csubj"}:
            finite = any(c.tag in {"MD", "VBD", "VBZ", "VBP"} and c.dep in {"aux", "auxpass"} for c in children)
            reach: Reach = "to" if infinitive or (token.tag == "VB" and not finite) else "clause"
            if token.tag == "VBG" and token.dep == "xcomp":
                reach = "ing"
            if head.pos == "AUX":  # "it is possible that ..."
                head = next((t for t in self._predicates(head) if self._entry(t, reach) is not None), head)
            return self._under(head, reach, own, depth, infinitive)
        if token.dep == "acl" and head.pos in {"NOUN", "PROPN", "PRON"}:
            if infinitive:
                return self._under(head, "to", own, depth, True)
            if any(c.dep == "mark" for c in children):
                return self._under(head, "clause", own, depth, False)
            return own
        if token.dep == "relcl" and infinitive:
            return self._under(head, "to", own, depth, True)
        if token.dep == "relcl" and self._entry(head, "clause") is not None:
            if any(c.tag == "WDT" and c.dep == "dobj" for c in children):  # "the rumour that the king had died"
                return self._under(head, "clause", own, depth, False)
            return own
        if token.dep == "pcomp" or (token.dep == "pobj" and token.tag == "VBG"):
            if head.lemma in self._cues.negative_prepositions:
                return flipped(own, head.i)
            if any(c.dep == "mark" for c in children):
                return own
            return self._under(self._tokens[head.head], "ing", own, depth, False)
        if token.dep == "advcl" and infinitive:
            entry = self._entry(head, "to")
            if entry is not None and not self._own_complement(head):
                return self._under(head, "to", own, depth, True)
            above = self.state(head.i, depth + 1)
            done = token.lemma in self._cues.performed and above.grade in {"fact", "present"} and not above.negative
            aimed = graded(own, "achieved" if done else "purpose", next(c.i for c in children if _is_to(c)))
            return weaker(aimed, above) if above.grade not in {"fact", "present"} else aimed
        if token.dep == "advcl" and token.tag not in {"VBG", "VB"} and self._opens_before(children):
            above = self.state(head.i, depth + 1)
            if above.negative and above.grade in _OPEN:  # "would not return before the law was changed"
                return graded(own, "condition", *above.words)
        if token.dep == "advcl" and token.tag in {"VBP", "VBZ"} and head.pos in _CLAUSAL:
            above = self.state(head.i, depth + 1)
            marked = next((c.i for c in children if c.dep in {"mark", "advmod"}), None)
            if marked is not None and above.grade in _OPEN:  # "call when you arrive", "will end once they leave"
                return graded(own, "condition", *above.words)
            return own
        if token.dep == "advcl" and token.tag == "VBG" and head.pos in _CLAUSAL:
            above = self.state(head.i, depth + 1)
            return weaker(own, above._replace(negative=False)) if above.grade in _OPEN else own
        return own

    def _opens_before(self, children: list[Token]) -> bool:
        """Whether one of ``children`` is a "before"."""
        return any(c.dep in {"mark", "advmod"} and c.lemma in self._cues.befores for c in children)

    def _predicates(self, copula: Token) -> list[Token]:
        """Adjectives and nouns that a copula ascribes."""
        return [t for t in map(self._tokens.__getitem__, self._sentence.children[copula.i]) if t.dep in _PREDICATE]

    def _own_complement(self, head: Token) -> bool:
        """Whether the governing verb has its infinitive or clause already, so that another one states a purpose."""
        return any(self._tokens[c].dep in {"xcomp", "ccomp"} for c in self._sentence.children[head.i])

    def _with_particle(self, head: Token) -> str:
        """The verb with its particle ("call off")."""
        particle = next((c for c in self._sentence.children[head.i] if self._tokens[c].dep == "prt"), None)
        return head.lemma if particle is None else f"{head.lemma} {self._tokens[particle].lemma}"

    def _entry(self, head: Token, reach: Reach) -> Embedding | None:
        if head.pos in _CLAUSAL or head.tag.startswith("VB"):
            entries = self._cues.verbs.get(self._with_particle(head), ()) or self._cues.verbs.get(head.lemma, ())
        elif head.pos == "ADJ":
            entries = self._cues.complement_adjectives.get(head.lemma, ())
        else:
            entries = self._cues.nouns.get(head.lemma, ())
        fitting = [e for e in entries if reach in e.reach and (not e.tags or head.tag in e.tags)]
        return max(fitting, key=lambda e: bool(e.tags), default=None)

    def _under(self, head: Token, reach: Reach, own: State, depth: int, infinitive: bool) -> State:
        """``own`` as the complement of ``head``."""
        above = self.state(head.i, depth + 1)
        entry = self._entry(head, reach)
        if entry is None:
            if infinitive and reach == "to":
                effect: Effect = "purpose" if head.pos != "ADJ" else "wish"
            elif reach == "ing":
                effect = "keep" if not above.negative else "negate"
            else:
                return own
            return self._applied(own, effect, above, head, False)
        effect = entry.effect
        if above.negative:
            effect = entry.negated or entry.effect
        return self._applied(own, effect, above, head, reach == "clause")

    def _applied(self, own: State, effect: Effect, above: State, head: Token, clause: bool) -> State:
        state = own
        if effect == "negate":
            state = flipped(state, *(above.words or (head.i,)) if above.negative else (head.i,))
        elif effect not in {"keep", "fact"}:
            state = graded(state, effect, head.i)
        if effect == "fact" or (clause and above.grade in {"fact", "present", "planned", "prospect", "probable"}):
            return state
        return weaker(state, above._replace(negative=False))

    # --- nouns ----------------------------------------------------------------------------------------------------

    def _shaded(self, token: Token, state: State) -> State:
        """``state`` with what modifies the noun or adjective itself."""
        for c in self._sentence.children[token.i]:
            child = self._tokens[c]
            lower = child.text.lower()
            if child.dep in {"det", "neg"} and lower in self._cues.negative_phrases | self._cues.negators:
                if not self._is_idle(child) and not state.negative:
                    state = flipped(state, c)
            elif child.dep in {"amod", "advmod"}:
                shade = self._cues.adjectives.get(lower) or self._cues.adverbs.get(lower)
                if shade is not None:
                    state = graded(state, shade.grade, c)
                    if shade.negative:
                        state = flipped(state, c)
        return state

    def _of_noun_modifier(self, token: Token, depth: int) -> State:
        """A participle before its noun ("the planned strike"): what happened to it is fact, if no cue itself."""
        return State()

    def _of_noun(self, token: Token, depth: int) -> State:
        own = self._shaded(token, State())
        first = token
        while first.dep == "conj" and first.head != first.i and self._tokens[first.head].pos == token.pos:
            first = self._tokens[first.head]
        head = self._tokens[first.head]
        if first.dep in {"dobj", "nsubjpass"}:
            return self._object(head, "object", own, depth)
        if first.dep == "nsubj":
            return self._object(head, "subject", own, depth)
        if first.dep == "pobj":
            if head.lemma in self._cues.negative_prepositions:
                return flipped(own, head.i)
            return self._object(self._tokens[head.head], "object", own, depth)
        return own

    def _object(self, head: Token, reach: Reach, own: State, depth: int) -> State:
        entry = self._entry(head, reach)
        if entry is None or head.pos == "ADJ":
            return own
        above = self.state(head.i, depth + 1)
        effect = entry.effect
        if above.negative and entry.negated is not None:
            effect = entry.negated
        if own.negative and effect == "negate" and above.negative:
            return own  # "no attack took place": the same word already counted
        return self._applied(own, effect, above, head, False)


def _is_to(token: Token) -> bool:
    """Whether the token is the mark of an infinitive."""
    return token.tag == "TO" or (token.pos == "PART" and token.dep == "aux")
