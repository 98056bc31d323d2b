"""What form a verb has in the parse: passive, infinitive, gerund; and which finite verb it is joined with."""

from __future__ import annotations

from dragoman.model import Sentence, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
# How many verbs a finite one is looked for above; more than two never occur in sentences that are read right.
CLIMB = 4


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Passive voice of the verb at that token, including bare participles after a noun ("forces trained by ...")."""
    tokens = sentence.tokens
    token = tokens[verb]
    below = {tokens[c].dep for c in sentence.children[verb]}
    if not below.isdisjoint(("nsubjpass", "auxpass")):
        return True
    if token.dep == "acl" and not below.isdisjoint(SUBJECTS):
        return False  # a clause: "the claim that Chad had invaded Niger"
    if token.tag == "VBD" and token.dep == "acl":  # a participle that looks like the past: "the pact signed in May"
        return True
    if token.tag != "VBN":
        return False
    if token.dep in ("acl", "amod"):
        return True
    if token.dep in ("advcl", "pcomp") and below.isdisjoint(("aux", "dobj")):
        return True  # "with ten people killed", "when asked about it"
    if "agent" in below and "dobj" not in below:
        return True
    if token.dep == "conj" and below.isdisjoint(("aux", *SUBJECTS)):
        return is_passive(sentence, token.head)
    return False


def is_infinitive(sentence: Sentence, verb: int) -> bool:
    """Whether the verb at that token is an infinitive with "to"."""
    tokens = sentence.tokens
    below = sentence.children[verb]
    return tokens[verb].tag == "VB" and any(tokens[c].dep == "aux" and tokens[c].tag == "TO" for c in below)


def is_bare_gerund(sentence: Sentence, verb: int) -> bool:
    """Whether the verb at that token is a gerund without an auxiliary."""
    tokens = sentence.tokens
    return tokens[verb].tag == "VBG" and not any(tokens[c].dep == "aux" for c in sentence.children[verb])


def finite_above(sentence: Sentence, token: Token) -> Token:
    """The verb that ``token`` is joined with; for a finite one that hangs from a gerund, the finite one above it.

    "barred Mali from importing coal and capped its sales": whoever barred it capped them.
    """
    head = sentence.tokens[token.head]
    if token.tag not in ("VBD", "VBZ"):
        return head
    for _ in range(CLIMB):
        if head.tag not in ("VBG", "VB") or head.dep not in ("pcomp", "xcomp", "advcl", "acl"):
            break
        above = sentence.tokens[head.head]
        head = sentence.tokens[above.head] if above.pos in ("ADP", "SCONJ") else above
        if head.pos not in ("VERB", "AUX"):
            return sentence.tokens[token.head]
    return head
