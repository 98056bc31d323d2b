"""Trees that cannot be right, put right: what a statistical parser gets wrong over and over again in news.

Each repair looks at tags, labels and places, and only where the tree has no other reading: a sentence whose verb hangs
below its own subject, a verb whose subject went into the phrase at the sentence's start, a relative pronoun tagged as a
conjunction, a relative clause opened by a conjunction, two sentences that a semicolon parts. Three ask which verbs are
of saying: who accuses somebody of shelling a town, "killing 34", has killed nobody; what somebody told "a crowd in the
capital that ..." is no clause about the capital; "hours after" a vow is not when it will be kept.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

import msgspec

from dragoman.codebook.sayings import Sayings
from dragoman.model import Token

FINITE = frozenset({"VBD", "VBZ", "VBP"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
# What may stand inside a relative clause in place of its head noun.
RELATIVES = frozenset({"nsubj", "nsubjpass", "dobj"})
NOUNS = frozenset({"NOUN", "PROPN"})


def repaired(tokens: tuple[Token, ...], sayings: Sayings) -> tuple[Token, ...]:
    """The tokens of one sentence with their tree put right; the same tuple where nothing is wrong."""
    out: list[Token] | None = None
    for token in tokens:
        if token.dep == "acl" and token.pos == "VERB" and (token.tag in FINITE or _closes_aside(tokens, token)):
            out = _verb_below_subject(out or list(tokens), token.i) or out
        elif token.tag in ("IN", "WDT") and token.dep in RELATIVES and tokens[token.head].dep in ("relcl", "acl"):
            told = _told_clause(out or list(tokens), token, sayings.tellers)
            if told is None and token.tag == "IN":
                told = out or list(tokens)
                told[token.i] = msgspec.structs.replace(token, tag="WDT", pos="PRON")
                told[token.head] = msgspec.structs.replace(told[token.head], dep="relcl")
            out = told or out
        elif token.tag == "IN" and token.dep == "mark" and tokens[token.head].dep == "relcl":
            out = out or list(tokens)
            out[token.head] = msgspec.structs.replace(out[token.head], dep="acl")
        elif (
            token.tag == "VBG"
            and token.dep == "advcl"
            and (deed := _deed_told(tokens, token, sayings.verbs)) is not None
        ):
            out = out or list(tokens)
            out[token.i] = msgspec.structs.replace(out[token.i], head=deed)
        elif token.dep == "npadvmod" and token.head == token.i + 1 and tokens[token.i + 1].dep in ("prep", "mark"):
            out = _time_of_saying(out or list(tokens), token.i, sayings.verbs) or out
        elif token.text == ";":
            out = _two_sentences(out or list(tokens), token.i) or out
        elif token.dep == "conj" and token.tag in FINITE and token.lemma in sayings.verbs:
            out = _saying_beside_told(out or list(tokens), token, sayings.verbs) or out
    if len(tokens) > 3 and tokens[0].dep == "prep" and tokens[0].head > 2:
        out = _subject_in_phrase(out or list(tokens)) or out
    return tokens if out is None else tuple(out)


def _deed_told(tokens: tuple[Token, ...], participle: Token, sayings: Container[str]) -> int | None:
    """The deed whose outcome a participle tells, where the parser gave it to who tells of it: "accused the army of
    shelling a market, killing 34", "denied bombing the port, sinking a ship"."""
    teller = tokens[participle.head]
    if teller.lemma not in sayings or participle.lemma in sayings or participle.i < teller.i:
        return None
    between = tokens[teller.i + 1 : participle.i]
    below = [t for t in tokens if t.head == participle.i and t.i != participle.i]
    if any(t.dep in SUBJECTS or t.dep in ("mark", "aux") for t in below) or not any(t.dep == "dobj" for t in below):
        return None
    first = min(participle.i, *(t.i for t in below))
    if tokens[first - 1].text != ",":
        return None
    deeds = [t.i for t in between if t.tag == "VBG" and _is_told(tokens, t, teller.i)]
    return deeds[-1] if deeds else None


def _is_told(tokens: tuple[Token, ...], verb: Token, teller: int) -> bool:
    """Whether the gerund is what ``teller`` tells of: its object, or that of a preposition of it or of its object."""
    if verb.dep == "xcomp":
        return verb.head == teller
    over = tokens[tokens[verb.head].head]
    return verb.dep == "pcomp" and (over.i == teller or (over.dep == "dobj" and over.head == teller))


def _told_clause(tokens: list[Token], that: Token, tellers: Mapping[str, Container[str]]) -> list[Token] | None:
    """ "Told a crowd in the capital that rebels had fled": the clause is what was told, not about the capital."""
    verb = tokens[that.head]
    noun = tokens[verb.head]
    if that.i == 0 or tokens[that.i - 1].text == ",":
        return None
    own = any(t.head == verb.i and t.dep in ("nsubj", "nsubjpass") and t.i > that.i for t in tokens)
    if that.dep != "dobj" or not own:
        return None
    before = noun if noun.dep == "dobj" else tokens[tokens[noun.head].head]
    teller = tokens[before.head] if before.dep == "dobj" else before
    phrases = [t for t in tokens[teller.i : that.i] if t.dep == "prep" and t.head in (teller.i, noun.i, before.i)]
    leads = tellers.get(teller.lemma)
    if leads is None or not phrases or any(t.lemma in leads for t in phrases):
        return None
    if not any(t.head == teller.i and t.dep in ("dobj", "dative") for t in tokens):
        return None
    if any(t.head == teller.i and t.dep in ("ccomp", "xcomp") for t in tokens):
        return None
    tokens[that.i] = msgspec.structs.replace(that, tag="IN", pos="SCONJ", dep="mark")
    tokens[verb.i] = msgspec.structs.replace(verb, head=teller.i, dep="ccomp")
    return tokens


def _time_of_saying(tokens: list[Token], at: int, sayings: Container[str]) -> list[Token] | None:
    """ "Vowed to retake the town, hours after it fell": the time at ``at`` behind a comma is that of the vow."""
    link = tokens[at + 1]
    top = link if link.dep == "prep" else tokens[link.head]
    deed = tokens[top.head]
    vow = tokens[deed.head]
    if deed.dep != "xcomp" or vow.lemma not in sayings or at == 0 or top.i < deed.i:
        return None
    first = next((i for i in range(at - 1, deed.i, -1) if tokens[i].head != at), deed.i)
    if tokens[first].text != "," or not any(t.head == deed.i and t.tag == "TO" for t in tokens):
        return None
    tokens[top.i] = msgspec.structs.replace(top, head=vow.i)
    return tokens


def _two_sentences(tokens: list[Token], at: int) -> list[Token] | None:
    """ "The army accuses rebels of looting; their leader denies it": what stands before a semicolon is not said by who
    stands behind it, unless a comma and the speaker follow at the end."""
    found = None
    for token in tokens[:at]:
        above = tokens[token.head]
        if token.dep == "ccomp" and above.i > at and token.tag in FINITE:
            subject = next((t.i for t in tokens if t.head == above.i and t.dep in SUBJECTS), above.i)
            if at < subject and not any(t.text == "," for t in tokens[at + 1 : subject]):
                tokens[token.i] = msgspec.structs.replace(token, dep="parataxis")
                found = tokens
    return found


def _saying_beside_told(tokens: list[Token], verb: Token, sayings: Container[str]) -> list[Token] | None:
    """ "Denied that its men had fired and accused rebels of lying": who denies accuses, not the men.

    A verb of saying with an object and without a subject, joined to what another, in the same tense, tells.
    """
    told = tokens[verb.head]
    above = tokens[told.head]
    if told.dep != "ccomp" or told.lemma in sayings or not above.i < told.i < verb.i or above.tag != verb.tag:
        return None
    if above.lemma not in sayings or any(_is_subject(t, verb.i) or _leads(t, verb.i) for t in tokens):
        return None
    if not any(t.head == told.i and t.dep in SUBJECTS and t.i > above.i for t in tokens):
        return None
    if not any(t.head == verb.i and t.dep == "dobj" for t in tokens):
        return None
    tokens[verb.i] = msgspec.structs.replace(verb, head=above.i)
    for token in tokens[told.i : verb.i]:
        if token.dep == "cc" and token.head == told.i:
            tokens[token.i] = msgspec.structs.replace(token, head=above.i)
    return tokens


def _leads(token: Token, verb: int) -> bool:
    """Whether the word opens or helps the verb: "and that it accused", "and had accused"."""
    return token.head == verb and token.dep in ("mark", "aux", "auxpass")


def _closes_aside(tokens: tuple[Token, ...], verb: Token) -> bool:
    """Whether what looks like a participle is the main verb: "The envoy, who had met both, offered to mediate."

    It stands behind a comma in a sentence with a full stop and has a clause or an object of its own.
    """
    if verb.tag != "VBN" or verb.i == 0 or tokens[verb.i - 1].text != "," or tokens[-1].text != ".":
        return False
    return any(t.head == verb.i and t.dep in ("xcomp", "ccomp", "dobj") for t in tokens[verb.i :])


def _verb_below_subject(tokens: list[Token], verb: int) -> list[Token] | None:
    """ "The firm, Grupo Norte, admitted that ...": the verb is the sentence, the noun above it its subject."""
    noun = tokens[verb].head
    root = tokens[noun]
    if root.head != noun or root.pos not in NOUNS or verb < noun or any(_is_subject(t, verb) for t in tokens):
        return None
    below = {t.i for t in tokens if t.head == noun}
    if any(
        tokens[i].pos in ("VERB", "AUX") and tokens[i].tag in FINITE and i != verb and tokens[i].dep != "relcl"
        for i in below
    ):
        return None
    for i in below:
        if i > verb:
            tokens[i] = msgspec.structs.replace(tokens[i], head=verb)
    tag = tokens[verb].tag if tokens[verb].tag in FINITE else "VBD"
    tokens[verb] = msgspec.structs.replace(tokens[verb], head=verb, dep="ROOT", tag=tag)
    tokens[noun] = msgspec.structs.replace(root, head=verb, dep="nsubj")
    return tokens


def _subject_in_phrase(tokens: list[Token]) -> list[Token] | None:
    """ "On Monday rebels ambushed a convoy": the noun is the verb's subject, the name before it ends the phrase."""
    verb = tokens[0].head
    finite = tokens[verb]
    if finite.tag not in FINITE or finite.dep not in ("ROOT", "ccomp") or any(_is_subject(t, verb) for t in tokens):
        return None
    nouns = [t for t in tokens[:verb] if t.head == 0 and t.dep == "pobj"]
    noun = nouns[0] if len(nouns) == 1 else None
    if noun is None or noun.tag != "NNS" or any(t.dep in ("mark", "punct") for t in tokens[:verb] if t.head == verb):
        return None
    before = [t for t in tokens[1 : noun.i] if t.head == noun.i and t.dep == "compound" and t.pos == "PROPN"]
    last = before[-1] if before else None
    if last is None or any(t.head == last.i for t in tokens[last.i :]):
        return None
    tokens[last.i] = msgspec.structs.replace(last, head=0, dep="pobj")
    tokens[noun.i] = msgspec.structs.replace(noun, head=verb, dep="nsubj")
    for token in tokens[1 : last.i]:
        if token.head == noun.i:
            tokens[token.i] = msgspec.structs.replace(token, head=last.i)
    return tokens


def _is_subject(token: Token, verb: int) -> bool:
    return token.head == verb and token.dep in SUBJECTS and token.i != verb
