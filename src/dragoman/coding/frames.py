"""From the parse to frames: who stands where around a word that may state an event.

A frame is the same whether the sentence is active or passive, a relative clause, an infinitive under another verb or
a noun with its possessor: the coder's patterns are matched against it.
"""

from __future__ import annotations

import msgspec

from dragoman.codebook.grammar import Grammar
from dragoman.coding.misread import NOMINAL, adjoined, listed_subjects, next_subjects
from dragoman.coding.verbforms import SUBJECTS, finite_above, is_bare_gerund, is_infinitive, is_passive
from dragoman.model import Sentence, Token

DEPTH = 6
# The names under which a pattern asks for a complement of one form; "to" also takes "to" with a gerund, "that" any
# clause that is no infinitive.
INFINITIVE, FINITE, GERUND, QUESTION = "to", "that", "doing", "whether"


class Frame(msgspec.Struct, frozen=True):
    """Roles around a trigger, as token indexes of heads (conjuncts included).

    ``before`` are agents (deep subjects); ``objects`` deep objects; ``preps`` the objects of prepositions by their
    name; ``clauses`` heads of clausal complements by the preposition before them ("" for all without one, "to" also for
    infinitives, "that" for finite clauses, "doing" for gerunds); ``particles`` the
    verb's particles; ``passive`` whether a passive form was undone.
    """

    trigger: int
    before: tuple[int, ...]
    objects: tuple[int, ...]
    preps: dict[str, tuple[int, ...]]
    clauses: dict[str, tuple[int, ...]]
    particles: frozenset[str] = frozenset()
    passive: bool = False


class FrameReader:
    """Reads frames from one sentence; look-ups are kept for the sentence."""

    def __init__(self, sentence: Sentence, grammar: Grammar) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.children = sentence.children
        self.grammar = grammar
        self._subjects: dict[int, tuple[int, ...]] = {}

    def verb(self, at: int) -> Frame:
        """Frame of the verb at token ``at``; a modal ("must") has the frame of the verb that it stands before."""
        if self.tokens[at].dep == "aux" and self.tokens[at].head != at:
            frame = self.verb(self.tokens[at].head)
            if any(
                self.tokens[c].lemma in self.grammar.perfect_auxiliaries for c in self.kids_of(frame.trigger, "aux")
            ):
                return Frame(
                    at, frame.before, (), frame.preps, {}
                )  # "must have left" infers, "should have left" regrets
            return Frame(at, frame.before, (), frame.preps, {"": (frame.trigger,)}, frame.particles, frame.passive)
        passive = self.is_passive(at)
        surface = self.subjects(at)
        objects = self._behind_relatives(at, self.kids(at, "dobj", "obj", "attr", "oprd")) or self._of_infinitive(at)
        objects = objects or self._named(at)
        if self.tokens[at].lemma in self.grammar.naming_verbs and any(self.tokens[o].tag == "WP" for o in objects):
            objects = ()
        dative = self.kids(at, "dative")
        preps, clauses = self.prepositions(at)
        before = surface
        if passive:
            before = self._agents(at) or tuple(
                x for p in sorted(self.grammar.agent_prepositions) for x in preps.get(p, ())
            )
            objects = (*surface, *objects)
        nominal = tuple(d for d in dative if self.tokens[d].pos in NOMINAL)
        objects = (*nominal, *objects)
        for child in self.children[at]:
            token = self.tokens[child]
            if token.dep in ("xcomp", "ccomp") or (token.dep == "advcl" and self.infinitive(child)):
                self._add_clause(clauses, child)
        for named in {x for found in (objects, *preps.values()) for x in found if self.tokens[x].pos == "PROPN"}:
            # "called on Mali to hold talks": the parser hangs the infinitive on the name
            loose = tuple(c for c in self.children[named] if self.tokens[c].dep == "acl" and self.infinitive(c))
            for child in loose:
                self._add_clause(clauses, child)
        particles = frozenset(
            self.tokens[c].lemma for c in self.children[at] if self.tokens[c].dep in ("prt", "advmod", "prep")
        )
        particles |= adjoined(self, at, objects)
        return Frame(at, before, objects, preps, clauses, particles, passive)

    def adjective(self, at: int) -> Frame:
        """Frame of a predicate adjective: the copula's subject, its own phrases and complements."""
        head = self.tokens[at].head
        preps, clauses = self.prepositions(at)
        for child in self.children[at]:
            if self.tokens[child].dep in ("xcomp", "ccomp"):
                self._add_clause(clauses, child)
        before = self.subjects(head) if self.tokens[at].dep in ("acomp", "oprd", "conj") else ()
        return Frame(at, before, (), preps, clauses)

    def noun(self, at: int) -> Frame:
        """Frame of an event noun: possessor, modifiers, by-phrase or the governing light verb's subject."""
        preps, clauses = self.prepositions(at)
        agents = [c for c in self.children[at] if self.tokens[c].dep == "poss"]
        agents = [x for c in agents for x in (c, *self.conjuncts(c))]
        if not agents:
            agents = list(self._modifiers(at))
        if not agents:
            agents = [x for p in sorted(self.grammar.agent_prepositions) for x in preps.get(p, ())]
        blamed = [x for c in self.children[at] for x in self._blamed(c)]
        agents = agents or blamed
        govern, light = self.governor(at)
        if light is not None:
            above, more = self.prepositions(light)
            for name, found in above.items():
                preps.setdefault(name, tuple(f for f in found if f != at))
            for name, found in more.items():
                clauses.setdefault(name, found)
            if not agents:
                agents = list(govern)
        for child in self.children[at]:
            if self.tokens[child].dep in ("acl", "relcl", "ccomp", "xcomp") and (
                self.infinitive(child) or self.tokens[child].dep in ("ccomp", "xcomp")
            ):
                self._add_clause(clauses, child)
            elif self.tokens[child].dep == "acl" and self.tokens[child].tag == "VBN" and not self._blamed(child):
                inner, _ = self.prepositions(child)
                for name, found in inner.items():
                    preps.setdefault(name, found)
                if not agents:
                    agents = list(inner.get("by", ()))
        if not agents and any(name in preps for name in self.grammar.company_prepositions):
            agents = list(self._company(at))
        return Frame(at, tuple(agents), (), preps, clauses)

    def _blamed(self, participle: int) -> tuple[int, ...]:
        """Who an event is blamed on by a participle behind its noun: "strikes blamed on the army"."""
        token = self.tokens[participle]
        if token.dep != "acl" or token.lemma not in self.grammar.blaming_verbs:
            return ()
        below, _ = self.prepositions(participle)
        return tuple(x for name in sorted(self.grammar.blaming_prepositions) for x in below.get(name, ()))

    def _company(self, noun: int) -> tuple[int, ...]:
        """Who is at an event that only its other party is named with: "flew home after talks with Mali"."""
        over = self.tokens[self.tokens[noun].head]
        verb = self.tokens[over.head]
        if self.tokens[noun].dep != "pobj" or over.lemma not in self.grammar.time_prepositions or verb.pos != "VERB":
            return ()
        return () if self.is_passive(verb.i) else self.subjects(verb.i)

    def _add_clause(self, clauses: dict[str, tuple[int, ...]], verb: int) -> None:
        """Add a complement: under "" whatever its form, and under its form, an infinitive or a finite clause."""
        heads = (verb, *self.conjuncts(verb, verbs=True))
        if self._asks(verb):
            clauses[QUESTION] = (*clauses.get(QUESTION, ()), *heads)
            return
        forms = ["", INFINITIVE if self.infinitive(verb) else FINITE]
        if self.tokens[verb].tag == "VBG":
            forms.append(GERUND)
        for name in forms:
            clauses[name] = (*clauses.get(name, ()), *heads)

    def _asks(self, verb: int) -> bool:
        """Whether a finite clause is a question ("asked why Mali had left"): nobody asks for what it tells."""
        if self.infinitive(verb):
            return False
        before = [self.tokens[c] for c in self.children[verb] if c < verb]
        words = self.grammar.question_words
        return any(t.tag == "WRB" or (t.dep == "mark" and t.lemma in words) for t in before)

    def governor(self, at: int) -> tuple[tuple[int, ...], int | None]:
        """Subjects and index of the light verb that governs the noun, or nothing."""
        token = self.tokens[at]
        for _ in range(DEPTH):
            if token.dep == "conj" and self.tokens[token.head].pos in NOMINAL:
                token = self.tokens[token.head]
            elif token.dep == "pobj" and self._above(token).lemma in self.grammar.transparent_nouns:
                token = self._above(token)
            else:
                break
        head = self.tokens[token.head]
        if token.dep == "oprd" and head.lemma in self.grammar.naming_verbs:
            return (), None
        if token.dep in ("dobj", "obj", "attr", "oprd") and head.lemma in self.grammar.light_verbs:
            return self.agents(head.i), head.i
        if token.dep == "nsubjpass" and head.lemma in self.grammar.light_verbs:
            return self.verb(head.i).before, head.i
        if token.dep == "pobj" and head.lemma in self.grammar.light_prepositions:
            above = self.tokens[head.head]
            matter = head.lemma in self.grammar.matter_prepositions and self.kids(above.i, "dobj")
            if above.lemma in self.grammar.light_verbs and not matter:
                return self.agents(above.i), above.i
            beyond = self.tokens[above.head]
            does = above.dep in ("dobj", "obj") and head.lemma in self.grammar.manner_prepositions
            if does and beyond.lemma in self.grammar.light_verbs:  # "took part in talks"
                return self.agents(beyond.i), beyond.i
        return (), None

    def _above(self, token: Token) -> Token:
        """The word that the preposition over ``token`` hangs from."""
        return self.tokens[self.tokens[token.head].head]

    def agents(self, verb: int) -> tuple[int, ...]:
        """Deep subjects of a verb."""
        return self.verb(verb).before if self.is_passive(verb) else self.subjects(verb)

    def prepositions(self, at: int) -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
        """Objects of the prepositions under a token by name, and the clauses under them."""
        nouns: dict[str, tuple[int, ...]] = {}
        clauses: dict[str, tuple[int, ...]] = {}
        todo = [(c, "") for c in self.children[at]]
        while todo:
            child, outer = todo.pop(0)
            token = self.tokens[child]
            if token.dep not in ("prep", "agent", "dative") or token.pos in NOMINAL:
                continue
            names = [f"{outer} {token.lemma}"] if outer else []
            if outer not in self.grammar.closed_prepositions:
                names.append(token.lemma)
            for below in self.children[child]:
                dep = self.tokens[below].dep
                if dep in ("pobj", "obj"):
                    for name in names:
                        nouns[name] = (*nouns.get(name, ()), below, *self.conjuncts(below))
                elif dep == "pcomp":
                    # "an attack on the army calling it corrupt": the parser makes its object a clause's subject
                    own = self._own_subjects(below) if is_bare_gerund(self.sentence, below) else ()
                    for name in names:
                        nouns[name] = (*nouns.get(name, ()), *own)
                        clauses[name] = (*clauses.get(name, ()), below, *self.conjuncts(below, verbs=True))
                elif dep == "prep":
                    todo.append((below, token.lemma))
                elif dep == "conj" and self.tokens[below].pos == "ADP":
                    todo.append((below, ""))
        return nouns, clauses

    def subjects(self, verb: int, depth: int = 0) -> tuple[int, ...]:
        """Surface subjects of a verb, its own or the one it shares with the clause above."""
        if verb in self._subjects:
            return self._subjects[verb]
        found = (
            self._own_subjects(verb)
            or listed_subjects(self, verb)
            or next_subjects(self, verb)
            or (self._shared_subjects(verb, depth) if depth < DEPTH else ())
        )
        self._subjects[verb] = found
        return found

    def _own_subjects(self, verb: int) -> tuple[int, ...]:
        out: list[int] = []
        for child in self.children[verb]:
            token = self.tokens[child]
            if token.dep not in SUBJECTS:
                continue
            if token.tag in ("WDT", "WP") and self.tokens[verb].dep == "relcl":
                out.append(self.tokens[verb].head)
            elif token.pos in NOMINAL or token.pos in ("DET", "ADJ"):
                out.extend((child, *self.conjuncts(child)))
        return tuple(out)

    def _behind_relatives(self, verb: int, objects: tuple[int, ...]) -> tuple[int, ...]:
        """The objects, a relative pronoun replaced by the noun that it stands for ("the claim that Mali denied")."""
        if self.tokens[verb].dep != "relcl":
            return objects
        head = self.tokens[verb].head
        return tuple(head if self.tokens[o].tag in ("WDT", "WP") else o for o in objects)

    def _of_infinitive(self, verb: int) -> tuple[int, ...]:
        """The thing or helped party that the parser made the subject of an infinitive ("helped Mali to pay")."""
        helps = self.tokens[verb].lemma in self.grammar.helping_verbs
        return tuple(
            subject
            for child in self.children[verb]
            if self.tokens[child].dep == "ccomp" and (self.infinitive(child) or (helps and self._bare(child)))
            for subject in self._own_subjects(child)
            if helps or self.tokens[subject].pos == "NOUN"
        )

    def _bare(self, verb: int) -> bool:
        """Whether the verb is an infinitive with nothing before it but its subject ("helped Mali pay")."""
        return self.tokens[verb].tag == "VB" and not any(
            self.tokens[c].dep in ("aux", "mark") for c in self.children[verb]
        )

    def _named(self, verb: int) -> tuple[int, ...]:
        """Objects that the parser took for a clause ("declared Ms Mensah the winner"): a name and its apposition."""
        for child in self.children[verb]:
            token = self.tokens[child]
            if token.dep == "ccomp" and token.pos == "PROPN" and not self.kids(child, *SUBJECTS):
                return (child, *self.kids(child, "appos"))
        return ()

    def _shared_subjects(self, verb: int, depth: int) -> tuple[int, ...]:
        token = self.tokens[verb]
        head = self.tokens[token.head]
        if token.i == token.head:
            return ()
        if token.dep == "conj":
            return self.subjects(finite_above(self.sentence, token).i, depth + 1)
        if token.dep in ("xcomp", "ccomp", "advcl"):
            if head.pos == "NOUN":
                return self.noun(head.i).before
            if head.pos == "ADJ" and head.head != head.i:  # "is willing to send"
                return self.subjects(head.head, depth + 1)
            objects = self.kids(head.i, "dobj", "dative")
            if token.dep == "xcomp" and objects and head.lemma not in self.grammar.subject_control_verbs:
                return objects
            return self.subjects(head.i, depth + 1)
        if token.dep == "acl":
            if self.infinitive(verb) and head.pos == "PROPN":
                return (head.i,)
            if self.infinitive(verb):
                agents = [c for c in self.children[head.i] if self.tokens[c].dep == "poss"] or list(
                    self._modifiers(head.i)
                )
                return tuple(agents) or self.governor(head.i)[0]
            if token.tag == "VBG" and head.dep == "dobj" and head.lemma in self.grammar.instrument_nouns:
                # "passed a resolution condemning Mali": whoever made the paper speaks in it
                owners = any(self.tokens[c].dep == "poss" for c in self.children[head.i]) or self._modifiers(head.i)
                return (head.i,) if owners else self.agents(head.head)
            return (head.i, *self.conjuncts(head.i))
        if token.dep == "pcomp":
            above = self.tokens[head.head]
            if above.pos in ("VERB", "AUX"):
                objects = self.kids(above.i, "dobj")
                if objects and head.lemma in self.grammar.object_control_prepositions and not self.is_passive(above.i):
                    return objects
                return self.subjects(above.i, depth + 1)
            if above.pos in NOMINAL:
                agents = [c for c in self.children[above.i] if self.tokens[c].dep == "poss"] or list(
                    self._modifiers(above.i)
                )
                return tuple(agents) or self.governor(above.i)[0] or self._accused(above, head)
        if token.dep == "amod" and token.tag in ("VBN", "VBG"):
            return (head.i,)
        return ()

    def _accused(self, noun: Token, preposition: Token) -> tuple[int, ...]:
        """Who shall have done it, where the parser hung the deed below them: "accused one of the banks of lying"."""
        while noun.dep == "pobj" and self._above(noun).pos in NOMINAL:
            noun = self._above(noun)
        controls = preposition.lemma in self.grammar.object_control_prepositions
        return (noun.i,) if controls and noun.dep == "dobj" and preposition.head != noun.i else ()

    def _agents(self, verb: int) -> tuple[int, ...]:
        """by-phrase agents labelled as such (spaCy's ``agent``)."""
        return tuple(
            x
            for c in self.children[verb]
            if self.tokens[c].dep == "agent"
            for below in self.children[c]
            if self.tokens[below].dep == "pobj"
            for x in (below, *self.conjuncts(below))
        )

    def _modifiers(self, noun: int) -> tuple[int, ...]:
        """Proper or demonym modifiers before the noun ("US strike", "Russian shelling")."""
        return tuple(
            x
            for c in self.children[noun]
            if self.tokens[c].dep in ("compound", "amod", "nmod") and self.tokens[c].text[:1].isupper()
            for x in (c, *self.conjuncts(c))
        )

    def modifiers(self, noun: int) -> list[int]:
        """The words that narrow a noun down: "drone" in "a drone strike", "million" in "a two million euro grant"."""
        return [c for c in self.children[noun] if self.tokens[c].dep in ("compound", "amod", "nmod", "nummod")]

    def is_passive(self, verb: int) -> bool:
        """Passive voice, including bare participles after a noun ("forces trained by ...")."""
        return is_passive(self.sentence, verb)

    def infinitive(self, verb: int) -> bool:
        """Whether the verb is an infinitive with "to"."""
        return is_infinitive(self.sentence, verb)

    def kids_of(self, at: int, label: str) -> tuple[int, ...]:
        """Dependents with the label, of whatever class."""
        return tuple(c for c in self.children[at] if self.tokens[c].dep == label)

    def kids(self, at: int, *labels: str) -> tuple[int, ...]:
        """Nominal dependents with one of the labels, with their conjuncts."""
        return tuple(
            x
            for c in self.children[at]
            if self.tokens[c].dep in labels and (self.tokens[c].pos in NOMINAL or self.tokens[c].pos in ("DET", "ADJ"))
            for x in (c, *self.conjuncts(c))
        )

    def conjuncts(self, at: int, verbs: bool = False) -> tuple[int, ...]:
        """Tokens coordinated after ``at``, nominal ones or (``verbs``) verbal ones."""
        out: list[int] = []
        for child in self.children[at]:
            token = self.tokens[child]
            if token.dep == "conj" and (token.pos in ("VERB", "AUX") if verbs else token.pos not in ("VERB", "AUX")):
                out.extend((child, *self.conjuncts(child, verbs)))
        return tuple(out)
