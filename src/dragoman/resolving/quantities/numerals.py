"""Numbers in digits, words and both: "1.6 million", "two hundred and five", "half a million", "tens of thousands"."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import NamedTuple

from dragoman.codebook.quantities import NumberWords
from dragoman.resolving.quantities.digits import digits_value
from dragoman.resolving.quantities.scan import HYPHENS, Phrases, Scan


class Number(NamedTuple):
    """A number that ends before piece ``end``.

    ``value`` is null for a vague one, which has ``low``. ``scale`` is what its last word multiplied by, ``scaled``
    whether it had such a word (so that "5 to 7 million" can share it). ``fraction``: it is a part of something.
    ``metres``: its letter may be a length. ``bare``: digits only, without separators.
    """

    end: int
    value: Fraction | None
    low: Fraction | None = None
    scale: int = 1
    fraction: bool = False
    metres: bool = False
    bare: bool = False


def _is_vulgar(word: str) -> bool:
    """Whether it is a fraction in one character ("½")."""
    return len(word) == 1 and word.isnumeric() and not word.isdecimal() and not word.isalpha()


class Numerals:
    """Reads numbers at a piece of a scan, by the number words of one language."""

    def __init__(self, words: NumberWords) -> None:
        self._w = words
        self._units = {**words.ones, **words.teens}
        self._cardinals = {**self._units, **words.tens}
        self._scales = {**words.scales, **words.groups}
        self._multipliers = {**words.hundreds, **self._scales}
        self._article = frozenset(words.article)
        self._one = frozenset(words.one)
        self._also = frozenset(words.also)
        self._of = frozenset(words.of)
        self._no_fractions = frozenset(words.no_fractions)
        self._plain = frozenset(words.plain_fractions)
        self._out_of = Phrases((phrase, True) for phrase in words.out_of)
        self._vague = Phrases((phrase, vague) for vague in words.vague for phrase in vague.words)
        vague_first = {phrase.split()[0] for vague in words.vague for phrase in vague.words}
        self._starts = frozenset(
            {
                *self._cardinals,
                *self._multipliers,
                *self._article,
                *self._plain,
                *words.clear_fractions,
                *words.fractions,
                *vague_first,
            }
        )

    def may_start(self, word: str) -> bool:
        """Whether a number may begin with this piece."""
        return word in self._starts or word[:1].isdecimal() or (len(word) > 1 and word[0] == ".") or _is_vulgar(word)

    def scale(self, word: str) -> int | None:
        """What a scale word multiplies by: "million"."""
        return self._w.scales.get(word)

    def read(self, scan: Scan, i: int) -> Number | None:
        """The longest number that starts at piece ``i``; null where there is none."""
        return self._vague_at(scan, i) or self._fraction_first(scan, i) or self._cardinal_first(scan, i)

    # -- vague numbers

    def _vague_at(self, scan: Scan, i: int) -> Number | None:
        found = self._vague.at(scan, i)
        if found is None:
            return None
        end, vague = found
        low, scale, of = Fraction(vague.low), 1, False
        while True:
            at = end + 1 if scan.word(end) in self._of else end
            more = self._w.vague_scales.get(scan.word(at))
            if more is None:
                break
            scale *= more
            of, end = True, at + 1
        if vague.needs_of and not of and scan.word(end) not in self._of:
            return None
        return Number(end, None, low * scale, scale)

    # -- parts

    def _fraction_first(self, scan: Scan, i: int) -> Number | None:
        """A part: "a third", "two-thirds of a million", "1/2", "half a dozen", "one in five"."""
        part = self._part(scan, i) or self._ratio(scan, i)
        if part is None:
            return None
        end, value = part
        at = end
        if scan.word(at) in HYPHENS and scan.word(at + 1) in self._article:  # "half-a-dozen"
            at = self._skip_dash(scan, at + 2)
        elif scan.word(at) in self._of and scan.word(at + 1) in self._article:
            at += 2
        elif scan.word(at) in self._article:
            at += 1
        scale = self._scales.get(scan.word(at)) or self._w.hundreds.get(scan.word(at))
        if scale:
            return Number(at + 1, value * scale, scale=scale)
        return Number(end, value, fraction=True)

    def _part(self, scan: Scan, i: int) -> tuple[int, Fraction] | None:
        word = scan.word(i)
        if _is_vulgar(word):
            return i + 1, Fraction(unicodedata.numeric(word)).limit_denominator(100)
        if word[:1].isdecimal():
            slashed = self._slashed(scan, i)
            if slashed:
                return slashed
        if word in self._article or word in self._one:
            under = self._denominator(scan, self._skip_dash(scan, i + 1), self._w.fractions)
            if under is not None and (word in self._one or self._article_makes_part(scan, i, under[0] - 1)):
                return under[0], Fraction(1, under[1])
        if word in self._plain:
            after = scan.word(i + 1)
            if scan.word(i - 1) in self._w.no_fraction_after:
                return None
            dashed = after in HYPHENS and scan.word(i + 2) in self._article
            if dashed or after in self._of or after in self._article or after in self._multipliers:
                return i + 1, Fraction(1, self._w.fractions[word])
            return None
        if word in self._w.fractions and scan.word(i + 1) in self._w.scales:
            return i + 1, Fraction(1, self._w.fractions[word])
        hundred = word in self._article and scan.word(i + 1) in self._multipliers
        many = self._cardinal(scan, i + 1 if hundred else i, fractions=False)
        if many is None or many.value is None:
            return None
        under = self._denominator(scan, self._skip_dash(scan, many.end), self._w.many_fractions)
        return (under[0], many.value / under[1]) if under else None

    def _denominator(self, scan: Scan, at: int, words: dict[str, int]) -> tuple[int, int] | None:
        """A denominator at ``at``, "thirds" or "twenty-firsts": (piece after it, its value)."""
        word = scan.word(at)
        if word in words:
            return at + 1, words[word]
        low = words.get(scan.word(self._skip_dash(scan, at + 1))) if word in self._w.tens else None
        if low is None:
            low = self._w.after_tens.get(scan.word(self._skip_dash(scan, at + 1))) if word in self._w.tens else None
        if low is None or not 0 < low < 10:
            return None
        return self._skip_dash(scan, at + 1) + 1, self._w.tens[word] + low

    def _article_makes_part(self, scan: Scan, i: int, at: int) -> bool:
        """Whether the article at ``i`` and the word at ``at`` are a part and no rank: "a third of", "fell by a third
        last year", not "a third attempt"."""
        after = scan.word(at + 1)
        return (
            scan.word(at) in self._w.clear_fractions
            or not after[:1].isalpha()
            or after in self._of
            or after in self._scales
            or (scan.word(i - 1) in self._w.part_before and after in self._w.part_followed)
        )

    def half(self, scan: Scan, i: int) -> Number | None:
        """A part word by itself, which counts behind a modifier only: "more than half"."""
        word = scan.word(i)
        return Number(i + 1, Fraction(1, self._w.fractions[word]), fraction=True) if word in self._plain else None

    def _slashed(self, scan: Scan, i: int) -> tuple[int, Fraction] | None:
        up, sign, down = scan.word(i), scan.word(i + 1), scan.word(i + 2)
        if sign != "/" or not up.isdecimal() or not down.isdecimal() or scan.word(i + 3) == "/":
            return None
        if f"{up}/{down}" in self._no_fractions:
            return None
        if scan.touches(i) != scan.touches(i + 1) or not 0 < int(up) < int(down) or int(down) > 64 or up[0] == "0":
            return None
        return i + 3, Fraction(int(up), int(down))

    def _ratio(self, scan: Scan, i: int) -> tuple[int, Fraction] | None:
        """ "One in five", "nine out of 10", "one-in-three"; with "in" more than one only of ``ratio_of``: "four in 10",
        since "two in 20 attacks" is none."""
        up = self._simple(scan, i)
        if up is None or up.value is None:
            return None
        out = self._out_of.at(scan, up.end)
        over = scan.word(up.end) in self._w.over
        link = self._skip_dash(scan, up.end)
        within = scan.word(link) in self._w.in_ratio
        if out is None and not over and not within:
            return None
        down = self._simple(scan, out[0] if out else self._skip_dash(scan, link + 1) if within else up.end + 1)
        if down is None or not down.value:
            return None
        if within and up.value != 1 and down.value not in self._w.ratio_of:
            return None
        if over:
            # "One over three" by itself; before a noun "over" compares ("2000 over 3 years").
            alone = not scan.word(down.end).isalnum() and scan.word(i - 1) != "$"
            return (down.end, up.value / down.value) if alone else None
        return (down.end, up.value / down.value) if up.value < down.value else None

    def _simple(self, scan: Scan, i: int) -> Number | None:
        """A cardinal in digits or words, no letters or parts."""
        word = scan.word(i)
        if word[:1].isdecimal() or word in self._cardinals:
            return self._cardinal(scan, i, fractions=False)
        return None

    def _skip_dash(self, scan: Scan, i: int) -> int:
        return i + 1 if scan.word(i) in HYPHENS else i

    # -- whole numbers

    def _cardinal_first(self, scan: Scan, i: int) -> Number | None:
        start = i
        if scan.word(i) in self._article:
            if scan.word(i + 1) not in self._multipliers:
                return None
            start = i + 1
        number = self._cardinal(scan, start, fractions=True)
        return number

    def _cardinal(self, scan: Scan, i: int, fractions: bool, small: bool = False) -> Number | None:
        """A whole or decimal number from piece ``i``, read left to right, larger scales first; ``small``: below 100."""
        total = Fraction(0)
        group: Fraction | None = None
        last, scale, bare = 0, 1, False
        lowest: int | None = None
        kind = ""
        at = i
        while at < scan.n:
            word = scan.words[at]
            if at > i and (scan.line_between(at - 1, at) or (small and word in self._multipliers)):
                break
            if word[0].isdecimal() or word[0] == ".":
                value = digits_value(word) if word[-1].isdecimal() else None
                if value is None or kind not in ("", "scale", "also") or (kind and value >= last):
                    break
                group, kind, bare = (group or 0) + value, "digits", at == i and word.isdecimal()
                at += 1
                letters = self._letters(scan, at)
                if letters:
                    return Number(
                        at + 1, (total + group) * letters, scale=letters, metres=scan.raw(at) == self._w.metre_letter
                    )
            elif word in self._cardinals:
                size = self._cardinals[word]
                follows = kind in ("scale", "also", "hundred") and size < last
                if kind and not follows and not (kind == "tens" and 0 < size < 10):
                    break
                group = (group or Fraction(0)) + size
                kind = "tens" if word in self._w.tens else "units"
                at += 1
            elif word in self._w.hundreds:
                if kind == "" or kind == "digits" or (group is not None and group < 100 and kind != "hundred"):
                    group = (group if group is not None else Fraction(1)) * 100
                else:
                    break
                kind, last, scale, bare = "hundred", 100, 100, False
                at += 1
            elif word in self._scales:
                size = self._scales[word]
                if group is None and kind == "scale" and total:
                    if size < (lowest or 0):
                        break
                    total, lowest = total * size, size
                elif lowest is not None and size >= lowest:
                    break
                else:
                    total += (group if group is not None else Fraction(1)) * size
                    lowest = size
                group, kind, last, scale, bare = None, "scale", size, size, False
                at += 1
            elif word in self._also and kind in ("hundred", "scale"):
                if not self._after_also(scan, at + 1, last):
                    break
                kind = "also"
                at += 1
            elif word in HYPHENS and kind and self._joined(scan, at, kind):
                at += 1
            else:
                break
        if not kind:
            return None
        value = total + (group or 0)
        number = Number(at, value, scale=scale if kind in ("scale", "hundred") else 1, bare=bare and kind == "digits")
        return self._with_part(scan, number, kind) if fractions else number

    def _letters(self, scan: Scan, at: int) -> int | None:
        """The scale that letters at ``at`` stand for: "5k", "10 bn"; a single letter must touch."""
        raw = scan.raw(at)
        size = self._w.letters.get(raw)
        if size is None or (scan.word(at + 1)[:1].isdecimal() and scan.touches(at)):
            return None
        if not scan.touches(at - 1) and len(raw) == 1 and (raw == self._w.metre_letter or scan.word(at + 1).isalpha()):
            return None
        return size

    def _after_also(self, scan: Scan, at: int, last: int) -> bool:
        """Whether a smaller number that goes on after "and" is at ``at``: "hundred and five", "two hundred and two
        thousand"; not "million and 3 million", "hundred and two thirds"."""
        word = scan.word(at)
        if not (word in self._cardinals or word.isdecimal()):
            return False
        rest = self._cardinal(scan, at, fractions=False, small=last == 100)
        if rest is None or rest.value is None or not 0 < rest.value < last:
            return False
        after = scan.word(rest.end)
        if after in self._w.hundreds or after in self._w.groups:
            return False
        after = scan.word(self._skip_dash(scan, rest.end))
        down = self._w.many_fractions.get(after) or (self._w.fractions.get(after) if word in self._one else None)
        return down is None or rest.value >= down

    def _joined(self, scan: Scan, at: int, kind: str) -> bool:
        """Whether the dash at ``at`` joins number words: "twenty-one", "two-hundred", "ninety - five"."""
        after = scan.word(at + 1)
        if kind == "tens":
            return self._w.ones.get(after, 0) > 0
        return scan.touches(at) and after in self._multipliers

    def _with_part(self, scan: Scan, number: Number, kind: str) -> Number:
        """The number with decimals in words or a part behind it: "two point five", "three and a half million"."""
        assert number.value is not None
        at = number.end
        if scan.word(at) in self._w.point and scan.word(at + 1) in self._cardinals:
            return self._decimals(scan, number)
        part = None
        if scan.word(at) in self._also:
            part = self._part(scan, at + 1)
            if part and scan.word(at + 1)[:1].isdecimal():
                part = None
        elif kind == "digits" and (scan.word(at)[:1].isnumeric() or scan.word(at) == "-"):
            glued = at + 1 if scan.word(at) == "-" else at
            part = self._slashed(scan, glued) or (self._part(scan, at) if _is_vulgar(scan.word(at)) else None)
            if number.value >= 1000:
                part = None
        if part is None:
            return number
        end, share = part
        if share >= 1:
            return number
        scale = self._scales.get(scan.word(end)) or self._w.hundreds.get(scan.word(end))
        if scale and kind == "scale":
            return Number(end + 1, number.value + share * scale, scale=1)
        if scale:
            return Number(end + 1, (number.value + share) * scale, scale=scale)
        return Number(end, number.value + share * (number.scale if kind == "scale" else 1))

    def _decimals(self, scan: Scan, number: Number) -> Number:
        at = number.end + 1
        digits = ""
        while scan.word(at) in self._w.ones:
            digits += str(self._w.ones[scan.words[at]])
            at += 1
        if not digits:
            rest = self._cardinal(scan, at, fractions=False)
            if rest is None or rest.value is None:
                return number
            digits, at = str(int(rest.value)), rest.end
        assert number.value is not None
        value = number.value + Fraction(int(digits), 10 ** len(digits))
        scale = self._scales.get(scan.word(at))
        return Number(at + 1, value * scale, scale=scale) if scale else Number(at, value)
