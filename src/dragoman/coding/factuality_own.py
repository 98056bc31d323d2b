"""What a word says of its own factuality: by its auxiliaries, adverbs, arguments, modifiers and dates."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.codebook.factuality import Factuality
from dragoman.coding.factuality_state import State, flipped, graded
from dragoman.model import Sentence, Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
_LOOSE = frozenset({"conj", "parataxis", "dep", "advcl"})
_DATING = frozenset({"nummod", "compound", "nmod", "amod", "poss", "prep"})
_HELPERS = frozenset({"aux", "auxpass"})
# Tags of a bare verb, and of words that the parser takes for something else after "please".
_BARE = frozenset({"VB", "VBP", "NN", "NNP", "RB", "JJ"})
_ASKED = frozenset({"?", "?”", '?"'})


class Own:
    """The words of one sentence by themselves, before what governs them is looked at."""

    def __init__(self, sentence: Sentence, cues: Factuality, speech: frozenset[str], past: tuple[Span, ...]) -> None:
        """``speech`` are verbs of saying, ``past`` the spans of dates well before publication."""
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._cues = cues
        self._speech = speech
        self._past = past

    def children(self, token: Token) -> list[Token]:
        """The dependents of ``token``."""
        return [self._tokens[c] for c in self._sentence.children[token.i]]

    def has_helper(self, token: Token) -> bool:
        """Whether an auxiliary or a "please" makes a verb of the token, whatever it is taken for."""
        return any(c.dep == "aux" or c.text.lower() in self._cues.please for c in self.children(token))

    # --- verbs ----------------------------------------------------------------------------------------------------

    def of_verb(self, token: Token) -> State:
        """What the verb's own auxiliaries, adverbs and arguments do."""
        state = State()
        children = self.children(token)
        perfect = token.tag == "VBN" and any(c.dep == "aux" and c.lemma in self._cues.perfect for c in children)
        reported = self._is_reported(token)
        infinitive = any(is_to(c) for c in children)
        for child in children:
            lower = child.text.lower()
            if child.tag == "MD":
                state = self._under_modal(state, child, perfect, reported, children)
            elif child.dep == "neg" or (lower in self._cues.negators and child.dep in {"advmod", "preconj", "cc"}):
                if not self._is_idle(child):
                    state = flipped(state, child.i)
            elif child.dep == "advmod" and (shade := self._cues.adverbs.get(self._phrase(child))) is not None:
                state = graded(state, shade.grade, child.i)
                if shade.negative:
                    state = flipped(state, child.i)
            elif child.dep in _ARGUMENTS:
                nobody = self._nobody(child)
                if nobody is not None:
                    state = flipped(state, nobody)
            elif (
                child.dep in {"mark", "advmod"}
                and lower in self._cues.conditionals
                and not infinitive
                and not self._is_settled(token, lower, children)
            ):
                state = graded(state, "condition", child.i)
        if token.dep in {"ccomp", "advcl"} and self._opening(token) in self._cues.conditionals:
            state = graded(state, "condition", token.i)  # "in case he comes"
        pending = next((c for c in children if c.text.lower() in self._cues.pending), None)
        if infinitive and pending is not None and any(is_to(c) and c.i > pending.i for c in children):
            state = flipped(state, pending.i)
        if state.grade == "fact" and token.tag in {"VBZ", "VBP"}:
            state = graded(state, "present")
        state = self._supposed(token, children, perfect, state)
        entries = self._cues.verbs.get(token.lemma, ())
        ahead = next((e for e in entries if e.tags == (token.tag,)), None)
        if ahead is not None and ahead.effect == "planned" and any(self._is_marked(c) for c in children):
            state = graded(state, "planned", token.i)  # "is going to"
        if ahead is None and self._is_arranged(token, children):
            state = graded(state, "planned", token.i)  # "is flying to Oslo tomorrow"
        if self._is_order(token, children):
            state = graded(state, "order", token.i)
        elif token.dep == "ROOT" and infinitive and any(c.dep in SUBJECTS for c in children):
            state = graded(state, "planned", token.i)
        elif infinitive and any(c.tag == "WRB" for c in children):
            state = graded(state, "wish", token.i)  # "how to cross"
        elif self._is_asked(token, children):
            asked = any(c.tag == "MD" for c in children)  # "can you send it?" asks for it, "will it hold?" looks ahead
            state = graded(state, "wish" if asked else "question", self._tokens[-1].i)
        if token.dep == "csubj" and token.tag == "VBG":
            state = graded(state, "possible", token.i)  # "Having a dog is hard": nobody is said to have one
        if self._is_past(token, children, perfect and not reported):
            state = state._replace(historical=True)
        return state

    def _is_settled(self, token: Token, mark: str, children: list[Token]) -> bool:
        """Whether what "once", "until" or the like opens has come about: it is past, or no clause ("once ruled").

        A past under a modal lies ahead all the same ("would stay until the war ended").
        """
        if mark not in self._cues.temporals:
            return False
        if token.dep != "advcl":
            return True
        past = token.tag == "VBD" or any(c.tag == "VBD" and c.dep in _HELPERS for c in children)
        return past and not any(c.tag == "MD" or is_to(c) for c in self.children(self._tokens[token.head]))

    def _is_arranged(self, token: Token, children: list[Token]) -> bool:
        """Whether a present progressive speaks of what is arranged: it has a time ahead ("is leaving tomorrow").

        Quirk et al. (1985), 4.44.
        """
        if token.tag != "VBG" or not any(c.dep == "aux" and c.tag in {"VBP", "VBZ"} for c in children):
            return False
        destined = any(c.dep in {"prep", "advmod", "prt"} and c.i > token.i for c in children)
        if token.lemma in self._cues.motions and destined and any(c.text.lower() in self._cues.own for c in children):
            return True  # "I am flying to Oslo", said by who is not on the way as he speaks
        times = [c for c in children if c.i > token.i and c.dep in {"npadvmod", "advmod", "prep"}]
        words = [
            w
            for c in times
            if c.dep != "advmod" or not self.children(c)  # "next to the port" is no time
            for noun in (c, *(n for n in self.children(c) if c.dep == "prep" and n.dep == "pobj"))
            for w in (noun, *(m for m in self.children(noun) if m.dep == "amod"))
        ]
        return any(w.text.lower() in self._cues.aheads for w in words)

    def _is_reported(self, token: Token) -> bool:
        """Whether the clause is the content of a verb of saying, a past or a noun."""
        head = self._tokens[token.head]
        if token.dep == "acl":
            return head.pos == "NOUN"
        past = head.tag in {"VBD", "VBN", "JJ"} or any(c.dep == "aux" and c.tag == "VBD" for c in self.children(head))
        return token.dep == "ccomp" and (past or head.lemma in self._speech)

    def _under_modal(self, state: State, modal: Token, perfect: bool, reported: bool, children: list[Token]) -> State:
        shade = self._cues.modals.get(modal.text.lower()) or self._cues.modals.get(modal.lemma)
        if shade is None:
            return state
        if not perfect and not reported and self.is_courtesy(modal):
            return graded(state, "present", modal.i)
        grade = shade.grade
        if perfect and shade.past is not None:
            grade = shade.past
        elif reported and shade.reported is not None:
            grade = shade.reported
        elif not perfect and shade.negated is not None and any(c.dep == "neg" for c in children):
            grade = shade.negated
        return graded(state, grade, modal.i)

    def is_courtesy(self, modal: Token) -> bool:
        """Whether a modal only softens what somebody feels or says now ("I would like to thank", "we'd argue")."""
        shade = self._cues.modals.get(modal.text.lower())
        verb = self._tokens[modal.head]
        if shade is None or not shade.courteous or verb.lemma not in self._cues.courtesies:
            return False
        children = self.children(verb)
        own = any(c.dep in SUBJECTS and c.text.lower() in self._cues.own for c in children)
        return own and not any(self._is_supposition(c) for c in children if c.dep == "advcl")

    def _supposed(self, token: Token, children: list[Token], perfect: bool, state: State) -> State:
        """``state`` as half of a conditional: "if he comes", "had he come", "would have come, if ..."."""
        if token.dep == "advcl":
            head = self._tokens[token.head]
            if self._is_unreal(token) and any(c.tag == "MD" for c in self.children(head)):
                return graded(state, "counterfactual", token.i)
            return state
        suppositions = [c for c in children if c.dep == "advcl" and self._is_supposition(c)]
        if not suppositions or not any(c.tag == "MD" for c in children):
            return state
        if perfect and any(self._is_unreal(c) for c in suppositions):
            return graded(state, "counterfactual", suppositions[0].i)
        return graded(state, "contingent", suppositions[0].i) if state.grade == "planned" else state

    def _is_supposition(self, clause: Token) -> bool:
        """Whether an adverbial clause opens with "if" or the like, or with its auxiliary ("had he come")."""
        return self._is_inverted(clause) or any(
            c.dep in {"mark", "advmod"} and c.text.lower() in self._cues.suppositions for c in self.children(clause)
        )

    def _is_inverted(self, clause: Token) -> bool:
        """Whether the auxiliary stands before the subject and nothing before it: "had he come"."""
        children = self.children(clause)
        helper = next((c for c in children if c.dep == "aux"), None)
        subject = next((c for c in children if c.dep in SUBJECTS), None)
        first = children[0] if children else clause
        return helper is not None and subject is not None and first is helper and helper.i < subject.i

    def _is_unreal(self, clause: Token) -> bool:
        """Whether a supposition is a pluperfect: it did not come true."""
        return (
            clause.tag in {"VBN", "VBD"}
            and self._is_supposition(clause)
            and any(c.dep == "aux" and c.tag == "VBD" and c.lemma in self._cues.perfect for c in self.children(clause))
        )

    def _phrase(self, adverb: Token) -> str:
        """The adverb, with what denies it ("no longer")."""
        before = next((c for c in self.children(adverb) if c.dep in {"neg", "det"}), None)
        return adverb.text.lower() if before is None else f"{before.text} {adverb.text}".lower()

    def _opening(self, clause: Token) -> str:
        """The two words before a clause."""
        first = self._sentence.subtree(clause.i)[0]
        return " ".join(t.text.lower() for t in self._tokens[max(0, first - 2) : first])

    def _is_marked(self, child: Token) -> bool:
        """Whether ``child`` is an infinitive complement."""
        return child.dep == "xcomp" and any(is_to(c) for c in self.children(child))

    def _is_idle(self, child: Token) -> bool:
        """Whether "not" belongs to "not only", "whether or not" and the like."""
        after = self._tokens[child.i + 1] if child.i + 1 < len(self._tokens) else None
        before = self._tokens[child.i - 1] if child.i else None
        return (after is not None and after.text.lower() in self._cues.not_negating) or (
            before is not None and before.text.lower() in self._cues.alternatives
        )

    def _nobody(self, noun: Token) -> int | None:
        """The word that empties an argument: "nobody", "no troops", "none of them", "not a single"."""
        if noun.text.lower() in self._cues.negative_phrases:
            return noun.i
        counting = [c for c in self.children(noun) if c.dep in {"det", "nummod"}]
        for child in (*self.children(noun), *(c for word in counting for c in self.children(word))):
            lower = child.text.lower()
            if child.dep in {"det", "neg", "preconj", "predet"}:
                if lower in self._cues.negative_phrases | self._cues.negators and not self._is_idle(child):
                    return child.i
            elif child.dep == "advmod" and (shade := self._cues.adverbs.get(lower)) is not None and shade.negative:
                return child.i  # "hardly any"
        return None

    def _is_order(self, token: Token, children: list[Token]) -> bool:
        """An imperative: a bare verb that nothing governs, without subject or auxiliary."""
        if any(c.tag == "MD" or (is_to(c) and c.dep == "aux") for c in children):
            return False
        if any(c.text.lower() in self._cues.please for c in children) and token.tag in _BARE:
            return True
        if any(c.dep in SUBJECTS for c in children):
            return False
        head = self._tokens[token.head]
        opens = token.dep == "ROOT" or (token.dep in {"ccomp", "advcl"} and self._opens(token, head, children))
        return (
            token.tag == "VB"
            and (opens or (token.dep in _LOOSE and self._stands_alone(token)))
            and not any(c.dep == "aux" and c.tag in {"VBD", "VBZ"} for c in children)
        )

    def _opens(self, token: Token, head: Token, children: list[Token]) -> bool:
        """Whether the words of a verb of saying begin with this verb: '"Stop it," he said'."""
        first = min([token.i, *(c.i for c in children if c.dep in {"aux", "neg", "advmod"})])
        return first < head.i and all(t.pos == "PUNCT" for t in self._tokens[:first])

    def _stands_alone(self, token: Token) -> bool:
        """Whether a bare verb is coordinated with a clause that lends it no auxiliary.

        After a plural subject's present ("they are alarmed and accuse ...") it is that subject's own present; but who
        is spoken to may be asked for something ("you are welcome and bring ..."), and an infinitive between may be
        what it goes on with ("they have the right to come and go").
        """
        head = self._tokens[token.head]
        between = self._tokens[head.i : token.i]
        if token.dep == "conj" and head.tag == "VBP" and not any(is_to(t) or t.tag == "MD" for t in between):
            subjects = [s for s in self.children(head) if s.dep in SUBJECTS]
            if any(s.tag in {"NNS", "NNP", "NNPS", "NN"} or s.lemma in self._cues.many for s in subjects):
                return False
        lent = any(c.dep in {"aux", "auxpass"} for c in self.children(head))
        return head.tag in {"VBZ", "VBP", "VBD"} or (head.tag != "VB" and not lent)

    def _is_asked(self, token: Token, children: list[Token]) -> bool:
        """A yes-or-no question; "why did he leave?" takes it for granted that he left."""
        head = self._tokens[token.head]
        main = token.dep in {"ROOT", "conj"} or (
            token.tag == "VBG" and head.dep == "ROOT" and head.pos == "AUX" and head.i == 0  # "Is the army losing?"
        )
        if not main or self._tokens[-1].text not in _ASKED:
            return False
        first = next((t for t in self._tokens if t.pos != "PUNCT"), token)
        if first.tag in {"WRB", "WP", "WDT", "WP$"}:
            return False
        subject = next((c for c in children if c.dep in SUBJECTS), None)
        if subject is None or subject.text.lower() not in self._cues.own:
            return True
        return any(c.dep in _HELPERS and c.i < subject.i for c in children)  # "I sold it, what now?" tells that I did

    def _is_past(self, token: Token, children: list[Token], pluperfect: bool) -> bool:
        """Background: a pluperfect outside reported speech, or a date well before publication."""
        if pluperfect and any(c.dep == "aux" and c.tag == "VBD" for c in children):
            return True
        dates = [c for c in children if c.dep in {"prep", "npadvmod", "advmod"} and c.lemma not in self._cues.lasting]
        occasions = [
            noun
            for date in dates
            if date.lemma in self._cues.occasion_prepositions
            for noun in self.children(date)
            if noun.dep == "pobj"
        ]  # "died in the 1913 strike"
        light = any(e.effect == "keep" and "object" in e.reach for e in self._cues.verbs.get(token.lemma, ()))
        objects = [c for c in children if c.dep == "dobj" and light]  # "fought a war between 1998 and 2000"
        own = [c for noun in (*occasions, *objects) for c in self.children(noun) if c.dep in _DATING]
        return self._in_past((*dates, *own))

    def _in_past(self, phrases: Iterable[Token]) -> bool:
        """Whether one of the phrases is a date well before publication ("in 1973", "ten years ago", "1913")."""
        for phrase in phrases if self._past else ():
            for token in (phrase, *(c for c in self.children(phrase) if c.dep == "pobj")):
                if any(span.start <= token.start < span.end for span in self._past):
                    return True
        return False

    # --- nouns ----------------------------------------------------------------------------------------------------

    def shaded(self, token: Token, state: State) -> State:
        """``state`` with what modifies the noun or adjective itself."""
        children = self.children(token)
        for child in children:
            lower = child.text.lower()
            if child.dep in {"det", "neg"} and lower in self._cues.negative_phrases | self._cues.negators:
                if not self._is_idle(child) and not state.negative:
                    state = flipped(state, child.i)
            elif child.dep in {"amod", "advmod"}:
                shade = self._cues.adjectives.get(lower) or self._cues.adverbs.get(lower)
                if shade is not None:
                    state = graded(state, shade.grade, child.i)
                    if shade.negative:
                        state = flipped(state, child.i)
        if self._in_past(c for c in children if c.dep in _DATING):
            state = state._replace(historical=True)
        return state


def is_to(token: Token) -> bool:
    """Whether the token is the mark of an infinitive."""
    return token.tag == "TO" or (token.pos == "PART" and token.dep == "aux")
