"""Units and currencies around a number."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from dragoman.codebook.quantities import Currency, QuantityKnowledge, Unit
from dragoman.resolving.quantities.scan import Phrases, Scan


class Kind(NamedTuple):
    """What a unit word stands for: the ``unit`` of the finding, whether it is money, the least number it follows.

    ``scale`` belongs to codes with a letter before them ("30 MUSD"); ``parts`` -> how many make one.
    """

    unit: str
    money: bool = False
    minimum: int = 0
    scale: int = 1
    parts: Mapping[str, int] = MappingProxyType({})


class Units:
    """Finds the unit before or behind a number."""

    def __init__(self, knowledge: QuantityKnowledge) -> None:
        words: list[tuple[str, Kind]] = []
        signs: list[tuple[str, Kind]] = []
        leads: list[tuple[str, Kind]] = []
        word_leads: list[tuple[str, Kind]] = []
        heads: list[tuple[str, Kind]] = []
        small: list[tuple[str, Kind]] = []
        for unit in knowledge.units:
            kind = Kind(unit.unit, parts=unit.parts)
            small += [(word, kind) for word in (*unit.words, *unit.in_parts)]
            words += [(word, kind) for word in unit.words]
            signs += [(sign, kind) for sign in unit.signs]
            heads += [(lead, kind) for lead in unit.leads]
        for currency in knowledge.currencies:
            kind = Kind(currency.code, True, currency.minimum, parts=currency.parts)
            words += [(word, kind) for word in currency.words]
            words += [(f"{of} {noun}", kind._replace(minimum=0)) for of in currency.of for noun in currency.nouns]
            signs += [(sign, kind._replace(minimum=0)) for sign in currency.signs]
            leads += [(sign, kind._replace(minimum=0)) for sign in currency.signs]
            # "Dollar 22.5 million": a word counts before a large figure only.
            if not currency.minimum:
                word_leads += [(word, kind._replace(minimum=1000)) for word in currency.words]
            if currency.code.isupper() and not currency.code_is_word:
                millions = kind._replace(minimum=0, scale=1_000_000)
                for codes in (leads, signs):
                    codes += [(currency.code, kind._replace(minimum=0)), (f"M{currency.code}", millions)]
        self._words = Phrases(words)
        self._signs = Phrases(signs, case=True)
        self._leads = Phrases(leads, case=True, backward=True)
        self._word_leads = Phrases(word_leads, backward=True)
        self._heads = Phrases(heads, backward=True)
        self._small = Phrases(small)
        self._brackets = knowledge.contexts.brackets

    def behind(self, scan: Scan, i: int) -> tuple[int, Kind] | None:
        """The unit that starts at piece ``i``, in brackets or not: (piece after it, kind)."""
        closing = self._brackets.get(scan.word(i))
        if closing:
            inside = self._words.at(scan, i + 1) or self._signs.at(scan, i + 1)
            return (inside[0] + 1, inside[1]) if inside and scan.word(inside[0]) == closing else None
        return self._longer(self._signs.at(scan, i), self._words.at(scan, i))

    def part_behind(self, scan: Scan, i: int) -> tuple[int, Kind] | None:
        """A unit at piece ``i`` as a part of a larger one before it ("2 in" behind "5 ft")."""
        return self._small.at(scan, i)

    @staticmethod
    def _longer(one: tuple[int, Kind] | None, other: tuple[int, Kind] | None) -> tuple[int, Kind] | None:
        if one is None or other is None:
            return one or other
        return other if other[0] > one[0] else one

    def money_before(self, scan: Scan, i: int) -> tuple[int, Kind] | None:
        """The currency that ends right before piece ``i``: (its first piece, kind). Codes too ("USD 5")."""
        return self._leads.at(scan, i - 1) or self._word_leads.at(scan, i - 1)

    def head_before(self, scan: Scan, i: int) -> tuple[int, Kind] | None:
        """A unit that goes before its number ("magnitude 6.1") and ends right before piece ``i``."""
        return self._heads.at(scan, i - 1)


def layer_names(units: list[Unit], currencies: list[Currency]) -> dict[str, str]:
    """What findings call a unit -> its English name."""
    return {**{unit.unit: unit.name for unit in units}, **{currency.code: currency.name for currency in currencies}}
