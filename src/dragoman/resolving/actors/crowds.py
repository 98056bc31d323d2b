"""Who is meant without a noun of their own: bare numbers of people, and adjectives that share a noun further on."""

from __future__ import annotations

from dragoman.codebook.actors import ActorWords
from dragoman.model import Sentence
from dragoman.resolving.actors.marks import Marked
from dragoman.resolving.phrases import conjuncts

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def is_crowd(marked: Marked, head: int, words: ActorWords) -> bool:
    """Whether token ``head`` is a bare number that a verb makes people ("Thousands marched", "200 were arrested")."""
    sentence = marked.sentence
    token = sentence.tokens[head]
    if token.dep not in _SUBJECTS or (token.tag != "CD" and marked.lower[head] not in words.transparent):
        return False
    if token.tag != "CD" and token.tag != "NNS":
        return False
    if any(sentence.tokens[c].dep in ("prep", "appos", "det", "poss") for c in sentence.children[head]):
        return False
    return sentence.tokens[token.head].lemma in words.crowd_verbs


def place_of(marked: Marked, verb: int, words: ActorWords) -> str | None:
    """The country where ``verb`` happens by its own prepositions of place; null where they name none or several."""
    sentence = marked.sentence
    codes = set()
    for child in sentence.children[verb]:
        if sentence.tokens[child].dep != "prep" or not (
            marked.lower[child] in words.locative or marked.lower[child] in words.locative_towns
        ):
            continue
        for below in sentence.children[child]:
            for one in conjuncts(sentence, below):
                unit = marked.unit_at.get(one)
                if unit is not None and unit.entry is not None and unit.entry.code and unit.kind in (
                    "country", "place"
                ):
                    codes.add(unit.entry.code)
    return codes.pop() if len(codes) == 1 else None


def shared_noun(marked: Marked, head: int) -> int | None:
    """The noun that the adjective of a state at ``head`` shares with the last of those coordinated with it.

    The parser hangs "Thai, Lao and Vietnamese leaders" on "Thai": only adjectives of states stand between it and the
    noun. Null where there is none.
    """
    sentence = marked.sentence
    tokens = sentence.tokens
    noun = conjuncts(sentence, head)[-1]
    if noun == head and tokens[head].dep in _SUBJECTS:  # two subjects of one verb, where the first comma misled it
        noun = max((c for c in sentence.children[tokens[head].head] if tokens[c].dep in _SUBJECTS), default=head)
    if noun == head or noun in marked.unit_at or noun not in marked.role_at or noun < head:
        return None
    for at in range(head + 1, noun):
        unit = marked.unit_at.get(at)
        if unit is not None:
            if unit.kind not in ("demonym", "people"):
                return None
        elif tokens[at].pos not in ("PUNCT", "CCONJ") and at not in marked.role_at and tokens[at].pos != "ADJ":
            return None
    last = marked.unit_at.get(_before(sentence, noun))
    return noun if last is not None and last.kind in ("demonym", "people") else None


def _before(sentence: Sentence, noun: int) -> int:
    """The first of the words that describe ``noun``, or the token before it."""
    left = [c for c in sentence.children[noun] if c < noun and sentence.tokens[c].dep in ("amod", "compound", "nmod")]
    return left[0] if left else noun - 1
