"""Patterns over word kinds (see ``codebook/times.py``) to regular expressions over signs.

Besides the expression a pattern gives the signs it can begin with, so that a stage tries only the rules that can
match at a word: without that most of the time would go into trying every rule at every word.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from dragoman.codebook.times import TimeRule
from dragoman.codebook.yamlfile import CodebookError

_ATOM = re.compile(
    r"\s*(?:(?P<look>\(\?<?[=!])|(?P<op>[()|?*+<>])|(?P<flag>[~!]{0,2})(?:(?P<name>[a-z]\w*)=)?"
    r"(?:'(?P<word>[^']+|')'|(?P<kind>[a-z]\w*)))"
)


class Pattern(msgspec.Struct, frozen=True):
    """``regex`` over signs; ``groups``: the names of its groups in order ("<" for the span); ``starts``: the signs it
    can begin with."""

    regex: str
    groups: tuple[str, ...]
    starts: frozenset[str]


def words_in(pattern: str) -> list[str]:
    """The words that a pattern names in quotes."""
    return [atom["word"] for atom in _ATOM.finditer(pattern) if atom["word"]]


def compile_pattern(rule: TimeRule, signs_of: Callable[[str, bool], frozenset[str]], every: frozenset[str]) -> Pattern:
    """Compile the rule's pattern.

    ``signs_of(kind, glued)`` gives a kind's signs (a word's kind is "=word"); ``every`` are all signs. Raises
    CodebookError where the pattern cannot be read, names an unknown kind or can match nothing at all.
    """
    reader = _Reader(rule, signs_of, every)
    starts, empty = reader.alternatives()
    if reader.at < len(reader.atoms):
        raise reader.error("a bracket too many")
    if empty:
        raise reader.error("it can match no words at all")
    return Pattern("".join(reader.out), tuple(reader.groups), starts)


class _Reader:
    """One pass over the atoms: writes the expression and works out what it can begin with."""

    def __init__(self, rule: TimeRule, signs_of: Callable[[str, bool], frozenset[str]], every: frozenset[str]) -> None:
        self.rule, self.signs_of, self.every = rule, signs_of, every
        self.out: list[str] = []
        self.groups: list[str] = []
        self.atoms: list[re.Match[str]] = []
        self.at = place = 0
        pattern = rule.pattern.rstrip()
        while place < len(pattern):
            atom = _ATOM.match(pattern, place)
            if atom is None:
                raise self.error(f"cannot read {pattern[place:]!r}")
            place = atom.end()
            self.atoms.append(atom)

    def error(self, what: str) -> CodebookError:
        return CodebookError(f"time rule {self.rule.id}: {what} in the pattern: {self.rule.pattern}")

    def _next_op(self) -> str | None:
        return self.atoms[self.at]["op"] if self.at < len(self.atoms) else None

    def alternatives(self) -> tuple[frozenset[str], bool]:
        """Sequences with "|" between them: the signs they can begin with, and whether one may be empty."""
        starts, empty = self._sequence()
        while self._next_op() == "|":
            self.out.append("|")
            self.at += 1
            more, empty_too = self._sequence()
            starts, empty = starts | more, empty or empty_too
        return starts, empty

    def _sequence(self) -> tuple[frozenset[str], bool]:
        starts: frozenset[str] = frozenset()
        empty = True
        while self.at < len(self.atoms) and self._next_op() not in ("|", ")", ">"):
            more, skippable = self._item()
            if empty:
                starts |= more
            empty = empty and skippable
        return starts, empty

    def _item(self) -> tuple[frozenset[str], bool]:
        atom = self.atoms[self.at]
        self.at += 1
        if atom["look"]:
            self.out.append(atom["look"])
            self.alternatives()
            self._close(")")
            return frozenset(), True
        if atom["op"] in ("(", "<"):
            if atom["op"] == "<":
                self.groups.append("<")
            self.out.append("(?:" if atom["op"] == "(" else "(")
            starts, empty = self.alternatives()
            self._close(")" if atom["op"] == "(" else ">")
        elif atom["op"]:
            raise self.error(f"{atom['op']!r} out of place")
        else:
            starts, empty = self._kind(atom), False
        if self._next_op() in ("?", "*", "+"):
            op = self._next_op() or ""
            self.out.append(op)
            self.at += 1
            empty = empty or op != "+"
        return starts, empty

    def _close(self, bracket: str) -> None:
        if self._next_op() != bracket:
            raise self.error(f"{bracket!r} is missing")
        self.out.append(")")
        self.at += 1

    def _kind(self, atom: re.Match[str]) -> frozenset[str]:
        kind = "=" + atom["word"] if atom["word"] else atom["kind"]
        signs = self.signs_of(kind, "~" in atom["flag"])
        if not signs:
            raise self.error(f"no words of the kind {kind!r} (see words.yml)")
        other = "!" in atom["flag"]
        chars = f"[{'^' if other else ''}{''.join(sorted(signs))}]"
        if atom["name"]:
            self.groups.append(atom["name"])
            chars = f"({chars})"
        self.out.append(chars)
        return self.every - signs if other else signs
