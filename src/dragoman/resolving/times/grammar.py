"""The cascade: a text becomes one character a word, and every stage is one regular expression over those.

Words of the same kinds share a character, so that a kind is a character class and a match costs next to nothing.
What a stage matches becomes one new word (a Node) for the stages after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache

import msgspec

from dragoman.codebook.times import TimeKnowledge, TimeRule
from dragoman.resolving.times.patterns import Pattern, compile_pattern, words_in

_WORD = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)*|[^\W\d_]+|\n|[^\w\s]|_")
_FIRST_CHARACTER = 0xE000  # the private use area: no text can hold these by meaning
KEPT = 20_000  # words whose characters are remembered
CAPITAL, LOWER, MARK = "capital_word", "lower_word", "mark"


class Piece(msgspec.Struct, gc=False):
    """A word or what a stage made of several: offsets, lower-case text, its character and perhaps its Node."""

    start: int
    end: int
    text: str
    sign: str
    node: Node | None = None


class Node(msgspec.Struct):
    """A match: its rule and the pieces it named. ``start`` and ``end`` are offsets in the text."""

    rule: TimeRule
    parts: dict[str, Piece]
    start: int
    end: int


class _Stage(msgspec.Struct):
    """``starts`` finds a sign that some rule begins with; ``at`` gives, for it, the rules' expression and groups."""

    starts: re.Pattern[str]
    at: dict[str, _Choice]


class _Choice:
    """The rules that can begin with a sign: one expression, compiled when first needed, and the rules by group."""

    def __init__(self, text: str, rules: dict[int, _Compiled]) -> None:
        self._text = text
        self.rules = rules

    @cached_property
    def expression(self) -> re.Pattern[str]:
        return re.compile(self._text)


class _Compiled(msgspec.Struct):
    rule: TimeRule
    parts: list[tuple[str, int]]
    spans: list[int]
    signs: tuple[str, str]


class Grammar:
    """The compiled cascade."""

    def __init__(self, knowledge: TimeKnowledge) -> None:
        """Compile ``knowledge``. Raises CodebookError where a pattern names an unknown kind."""
        self.values: Mapping[str, Mapping[str, str]] = knowledge.words.valued
        self._signs: dict[frozenset[str], tuple[str, str]] = {}
        self._shapes = [(kind, re.compile(shape)) for kind, shape in knowledge.words.shapes.items()]
        stages = [list(stage) for stage in knowledge.stages]
        stages[0][:0] = list(_holiday_rules(knowledge))
        self._words = self._index(knowledge, stages)
        self.articles = frozenset(knowledge.words.plain["article"])
        self._read = lru_cache(KEPT)(self._read_word)
        self._stages = [self._compile(stage) for stage in stages]

    def find(self, text: str) -> list[Node]:
        """The nodes that are findings, in text order; overlaps are impossible."""
        pieces = self._split(text)
        for stage in self._stages:
            pieces = self._run(stage, pieces)
        return [p.node for p in pieces if p.node is not None and p.node.rule.emit]

    def _split(self, text: str) -> list[Piece]:
        pieces = []
        at = 0
        for match in _WORD.finditer(text):
            start, end = match.span()
            low, signs = self._read(match.group())
            pieces.append(Piece(start, end, low, signs[start == at]))
            at = end
        return pieces

    def _read_word(self, word: str) -> tuple[str, tuple[str, str]]:
        """A word in lower case and its two characters."""
        low, words = word.lower(), self._words
        return low, words.get(word) or words.get(low if word[:1].isalpha() else "") or self._unlisted(word)

    def _unlisted(self, word: str) -> tuple[str, str]:
        return self._signs[frozenset(self._kinds_of_unlisted(word))]

    def _kinds_of_unlisted(self, word: str) -> Iterator[str]:
        if word[0].isdigit():
            yield from _figure_kinds(word)
        elif not word[0].isalpha():
            yield MARK
        else:
            yield CAPITAL if word[0].isupper() else LOWER
            for kind, shape in self._shapes:
                if shape.fullmatch(word):
                    yield kind

    def _run(self, stage: _Stage, pieces: list[Piece]) -> list[Piece]:
        signs = "".join([piece.sign for piece in pieces])
        out: list[Piece] = []
        at = 0
        place = 0
        while start := stage.starts.search(signs, place):
            place = start.start()
            choice = stage.at[signs[place]]
            match = choice.expression.match(signs, place)
            if match is None or match.end() == place:
                place += 1
                continue
            place = match.end()
            compiled = choice.rules[match.lastindex or 0]
            group = next((g for g in compiled.spans if match.start(g) >= 0), 0)
            first, after = match.span(group)
            parts = {}
            for name, inner in compiled.parts:
                index = match.start(inner)
                if index >= 0:
                    parts[name] = pieces[index]
            begin, end = pieces[first].start, pieces[after - 1].end
            out.extend(pieces[at:first])
            glued = first > 0 and pieces[first - 1].end == begin
            words = " ".join([p.text for p in pieces[first:after]])
            out.append(Piece(begin, end, words, compiled.signs[glued], Node(compiled.rule, parts, begin, end)))
            at = after
        if not at:
            return pieces
        out.extend(pieces[at:])
        return out

    def _index(self, knowledge: TimeKnowledge, stages: list[list[TimeRule]]) -> dict[str, tuple[str, str]]:
        """Give every set of kinds that can occur its two characters (apart from the word before, or touching it)."""
        kinds: dict[str, set[str]] = {}
        capital: dict[str, set[str]] = {}
        for kind, words in [*knowledge.words.valued.items(), *knowledge.words.plain.items()]:
            for word in words:
                kinds.setdefault(word, set()).add(kind)
        for kind, words in knowledge.words.cased.items():
            for word in words:
                kinds.get(word, set()).discard(kind)
                kinds.setdefault(word, set())
                capital.setdefault(word, set()).add(kind)
        for rule in (rule for stage in stages for rule in stage):
            for word in words_in(rule.pattern):
                kinds.setdefault(word, set()).add("=" + word)
        index = {}
        for word, of in kinds.items():
            letters = word[:1].isalpha()
            if word[:1].isdigit():
                of = of | set(_figure_kinds(word))
            index[word] = self._sign(of | ({LOWER} if letters else set()))
            if letters:
                upper = of | capital.get(word, set()) | {CAPITAL}
                index[word.capitalize()] = index[word.upper()] = self._sign(upper)
        self._sign({MARK})
        shapes = [kind for kind, _ in self._shapes]
        for case in (CAPITAL, LOWER):
            for chosen in range(2 ** len(shapes)):
                self._sign({case, *(kind for i, kind in enumerate(shapes) if chosen >> i & 1)})
        for figure in (*map(str, range(10000)), *(f"{n:02}" for n in range(10)), "00000", "1.5", "8.30", "1.2.2024"):
            self._sign(set(_figure_kinds(figure)))
        self._sign(set(_figure_kinds("20240101")))
        self._sign(set(_figure_kinds("1,200")))
        for rule in (rule for stage in stages for rule in stage):
            self._sign({*rule.makes, "node"})
        return index

    def _sign(self, kinds: Iterable[str]) -> tuple[str, str]:
        key = frozenset(kinds)
        if key not in self._signs:
            at = _FIRST_CHARACTER + 2 * len(self._signs)
            self._signs[key] = (chr(at), chr(at + 1))
        return self._signs[key]

    def _compile(self, stage: list[TimeRule]) -> _Stage:
        every = frozenset(sign for pair in self._signs.values() for sign in pair)
        signs_of = cache(self._signs_of)  # patterns name few kinds, many times over
        patterns = [compile_pattern(rule, signs_of, every) for rule in stage]
        by_rules: dict[tuple[int, ...], _Choice] = {}
        at = {}
        for sign in sorted(every):
            able = tuple(i for i, pattern in enumerate(patterns) if sign in pattern.starts)
            if able:
                if able not in by_rules:
                    by_rules[able] = self._combined([(stage[i], patterns[i]) for i in able])
                at[sign] = by_rules[able]
        return _Stage(re.compile(f"[{''.join(at)}]"), at)

    def _signs_of(self, kind: str, glued: bool) -> frozenset[str]:
        pairs = [pair for kinds, pair in self._signs.items() if kind in kinds]
        return frozenset(sign for pair in pairs for sign in (pair[1:] if glued else pair))

    def _combined(self, rules: list[tuple[TimeRule, Pattern]]) -> _Choice:
        """One expression in which the first rule that matches wins; its group tells which."""
        parts = []
        found: dict[int, _Compiled] = {}
        groups = 0
        for rule, pattern in rules:
            groups += 1
            numbered = [(name, groups + offset) for offset, name in enumerate(pattern.groups, start=1)]
            found[groups] = _Compiled(
                rule,
                [(name, group) for name, group in numbered if name != "<"],
                [group for name, group in numbered if name == "<"],
                self._sign({*rule.makes, "node"}),
            )
            groups += len(pattern.groups)
            parts.append(f"({pattern.regex})")
        return _Choice("|".join(parts), found)


def _figure_kinds(word: str) -> Iterator[str]:
    """The kinds of a word that starts with a digit."""
    yield "figure"
    if "," in word:
        yield "big_figure"
        return
    if "." in word:
        whole, _, rest = word.partition(".")
        if "." in rest:
            yield "dotted"
            return
        yield "decimal"
        if len(rest) == 2 and int(whole) < 24 and int(rest) < 60:
            yield "dotted_clock"
        return
    number, long = int(word), len(word)
    if long == 8 and 1 <= number % 100 <= 31 and 1 <= number // 100 % 100 <= 12 and 1800 <= number // 10000 < 2200:
        yield "compact_date"
    if long <= 3:
        yield "small_figure"
    if long <= 2:
        if 1 <= number <= 31:
            yield "day_number"
        if 1 <= number <= 12:
            yield "month_number"
            yield "hour_12"
        if number <= 24:
            yield "hour"
    if long == 2:
        yield "two_digits"
        if number < 60:
            yield "minute"
    if long in (3, 4) and number // 100 <= 24 and number % 100 < 60:
        yield "hour_minute"
    if long == 4:
        if 1000 <= number < 2200:
            yield "any_year"
        if 1900 <= number < 2060:
            yield "likely_year"
        if number % 100 == 0:
            yield "round_figure"
        if number % 10 == 0:
            yield "round_year"


def _holiday_rules(knowledge: TimeKnowledge) -> Iterator[TimeRule]:
    """A rule for each holiday, the longest names first."""
    named = [(name, holiday.on, holiday.days) for holiday in knowledge.holidays for name in holiday.names]
    for name, on, days in sorted(named, key=lambda item: -len(item[0])):
        words = " ".join("apostrophe" if word == "'" else f"'{word}'" for word in _WORD.findall(name))
        yield TimeRule(
            id=f"holiday.{name}", pattern=words, does="holiday", makes=["holiday"], sets={"on": on, "days": str(days)}
        )
