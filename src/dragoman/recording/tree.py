"""Which predicate a phrase belongs to, read from the parse."""

from __future__ import annotations

from dragoman.model import Sentence, Span

PREDICATES = frozenset({"VERB", "AUX"})
OWN_CLAUSES = frozenset({"relcl", "advcl", "ccomp"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def tokens_in(sentence: Sentence, span: Span) -> list[int]:
    """Indexes of the tokens that overlap ``span``."""
    return [t.i for t in sentence.tokens if t.start < span.end and span.start < t.end]


def head_of(sentence: Sentence, span: Span) -> int | None:
    """The token of ``span`` that all others in it hang from; null where the span holds no token."""
    inside = set(tokens_in(sentence, span))
    tops = [i for i in sorted(inside) if sentence.tokens[i].head not in inside or sentence.tokens[i].head == i]
    return tops[0] if tops else None


def predicate_of(sentence: Sentence, at: int) -> int:
    """The verb that token ``at`` belongs to: itself, or the first one above it; the root where there is none."""
    token = sentence.tokens[at]
    while token.pos not in PREDICATES and token.head != token.i:
        token = sentence.tokens[token.head]
    return _main_verb(sentence, token.i)


def _main_verb(sentence: Sentence, at: int) -> int:
    token = sentence.tokens[at]
    while token.dep in ("aux", "auxpass") and token.head != token.i:
        token = sentence.tokens[token.head]
    return token.i


def path_up(sentence: Sentence, at: int) -> list[int]:
    """Token indexes from ``at`` to the root."""
    path = [at]
    while sentence.tokens[path[-1]].head != path[-1]:
        path.append(sentence.tokens[path[-1]].head)
    return path


def in_another_clause(sentence: Sentence, at: int, above: int, clauses: frozenset[str] = OWN_CLAUSES) -> bool:
    """Whether one of ``clauses``, with a subject of its own, stands between the token ``at`` and the one ``above``.

    "France, which sent tanks": a relative clause; "killed nine after a raid killed five": an adverbial one.
    """
    for i in path_up(sentence, at):
        if i == above:
            return False
        token = sentence.tokens[i]
        if token.dep in clauses and any(sentence.tokens[c].dep in SUBJECTS for c in sentence.children[i]):
            return True
    return False


def preposition_over(sentence: Sentence, at: int) -> str | None:
    """The preposition that governs the phrase headed by ``at`` (through coordination and "of"); null for none."""
    token = sentence.tokens[at]
    while token.dep in ("conj", "compound", "nmod", "appos") and token.head != token.i:
        token = sentence.tokens[token.head]
    head = sentence.tokens[token.head]
    return head.lemma if token.dep in ("pobj", "pcomp") else None


def is_finite(sentence: Sentence, at: int) -> bool:
    """Whether the verb at ``at`` has a tense or a modal of its own; an infinitive or participle has none."""
    verb = sentence.tokens[at]
    below = [sentence.tokens[c] for c in sentence.children[at] if sentence.tokens[c].dep in ("aux", "auxpass")]
    return verb.tag in ("VBD", "VBP", "VBZ", "MD") or any(t.tag in ("VBD", "VBP", "VBZ", "MD") for t in below)
