"""What experts own of figures: number words, units, currencies, modifiers and contexts, with examples beside them.

Six files under ``quantities/``: ``numbers.yml``, ``units.yml``, ``currencies.yml``, ``modifiers.yml``,
``contexts.yml``, ``outcomes.yml``; ``examples.yml`` holds sentences and the figures that must be read in them. Words
are lower case and may be several ("metric tons"); signs ("$", "MW") keep their case.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from dragoman.codebook.yamlfile import CodebookError, load_yaml
from dragoman.model.record import Modifier


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Vague(_Strict, frozen=True):
    """A number word without a value: ``low`` is the least that it can mean by convention."""

    words: list[str]
    low: int
    needs_of: bool = False


class NumberWords(_Strict, frozen=True):
    """Number words.

    ``ones`` stand alone or after tens, ``teens`` alone, ``tens`` before ones; ``hundreds`` multiply inside a group,
    ``scales`` close one, ``groups`` count by a number ("dozen"). ``letters`` are scales written behind digits
    ("bn"), case kept; ``metre_letter`` is the one that is a length too. ``fractions`` -> denominator after an article
    or "one"; ``in_ratio`` leads from a part to its whole ("one in five"), one of ``ratio_of`` where the part is more
    than one. ``many_fractions`` come after other numbers, ``after_tens`` only in a compound ("twenty-first").
    ``part_before`` and ``part_followed`` are the words around "a third" that make it a part ("fell by a third last
    year"). ``plain_fractions`` may stand without a number before them, unless one of ``no_fraction_after`` does
    ("second half"); ``clear_fractions`` need no "of" after an article; ``no_fractions`` only look like some.
    ``vague``: see
    Vague; ``vague_scales`` multiply its low bound ("tens of thousands").
    """

    ones: dict[str, int]
    teens: dict[str, int]
    tens: dict[str, int]
    hundreds: dict[str, int]
    scales: dict[str, int]
    groups: dict[str, int]
    letters: dict[str, int]
    metre_letter: str
    one: list[str]
    article: list[str]
    also: list[str]
    point: list[str]
    minus: list[str]
    of: list[str]
    in_ratio: list[str]
    ratio_of: list[int]
    out_of: list[str]
    over: list[str]
    after_tens: dict[str, int]
    fractions: dict[str, int]
    many_fractions: dict[str, int]
    plain_fractions: list[str]
    part_before: list[str]
    part_followed: list[str]
    clear_fractions: list[str]
    no_fraction_after: list[str]
    no_fractions: list[str]
    vague: list[Vague]
    vague_scales: dict[str, int]


class Unit(_Strict, frozen=True):
    """A unit of measure.

    ``unit`` is what findings and records hold (SI units by symbol, others by English name, singular); ``name`` is
    the full English name; ``pint`` the same unit for the pint library (null where it has none, or for a count).
    ``words`` follow the figure, ``signs`` too but with their case; ``leads`` come before it ("magnitude 6").
    ``parts``: smaller unit -> how many make one ("5 feet 2 inches"). ``in_parts`` are words for it only as such a
    part ("5 ft 2 in"). ``money`` is the currency that the words name
    behind a large number or near a word of paying.
    """

    unit: str
    name: str
    pint: str | None = None
    words: list[str] = []
    signs: list[str] = []
    leads: list[str] = []
    parts: dict[str, int] = {}
    in_parts: list[str] = []
    money: str | None = None


class Currency(_Strict, frozen=True):
    """A currency: ISO 4217 ``code``, English ``name``, ``words`` after the figure, ``signs`` before or after it.

    ``of`` and ``nouns`` make words by combination ("australian", "dollar"); ``minimum`` is the least figure that its
    words are taken after (for words that mean something else too, as "won"). ``code_is_word``: the code is an English
    word, so it is not read ("ALL 5 of them"). ``parts`` as in Unit.
    """

    code: str
    name: str
    words: list[str] = []
    signs: list[str] = []
    of: list[str] = []
    nouns: list[str] = []
    minimum: int = 0
    code_is_word: bool = False
    parts: dict[str, int] = {}


class Modifiers(_Strict, frozen=True):
    """Words that bound a figure, before and behind it; ``intensifiers`` may go before those ("well over")."""

    before: dict[Modifier, list[str]]
    after: dict[Modifier, list[str]]
    intensifiers: list[str]


class Contexts(_Strict, frozen=True):
    """Words around a number that decide what it is; each list says so in the file."""

    label_before: list[str]
    label_maybe: list[str]
    one_before: list[str]
    one_after: list[str]
    time_units: list[str]
    months: list[str]
    clock: list[str]
    year_before: list[str]
    calibre_units: list[str]
    calibre_nouns: list[str]
    contest_words: list[str]
    change_words: list[str]
    change_by: list[str]
    range_to: list[str]
    range_between: list[str]
    range_from: list[str]
    range_and: list[str]
    range_or: list[str]
    dashes: list[str]
    money_words: list[str]
    money_of: list[str]
    origin: list[str]
    price: list[str]
    age_old: list[str]
    age_units: dict[str, str]
    age_before: list[str]
    age_people: list[str]
    age_alone: dict[str, str]
    metre_after: list[str]
    brackets: dict[str, str]
    counted_compounds: list[str]
    item_stop: list[str]


class Outcome(_Strict, frozen=True):
    """What became of those counted; the file says what each list holds. Verbs and nouns are lemmas."""

    name: str
    object: list[str] = []
    subject: list[str] = []
    beside: list[str] = []
    nouns: list[str] = []
    tolls: list[str] = []


class Counts(_Strict, frozen=True):
    """A text and what each of its figures counts, "" for nothing."""

    text: str
    counts: list[str]


class OutcomeWords(_Strict, frozen=True):
    """Outcomes, and the words of sums, additions and rates; ``total``, ``more`` and ``per`` are what records say."""

    outcomes: list[Outcome]
    toll_prepositions: list[str]
    part_prepositions: list[str]
    numbers: list[str]
    total: str
    totals: list[str]
    more: str
    additions: list[str]
    per: str
    each: list[str]
    periods: list[str]
    rates: dict[str, str]
    examples: list[Counts]


class Figure(_Strict, frozen=True):
    """What an example must give; only the slots that are filled are compared. ``text`` is the whole span."""

    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    modifier: Modifier | None = None
    unit: str | None = None
    item: str | None = None


class Example(_Strict, frozen=True):
    """A sentence and every figure in it, in order; an empty list is a near miss."""

    text: str
    gives: list[Figure]


class QuantityKnowledge(_Strict, frozen=True):
    """Everything about figures in one language."""

    numbers: NumberWords
    units: list[Unit]
    currencies: list[Currency]
    modifiers: Modifiers
    contexts: Contexts
    outcomes: OutcomeWords
    examples: list[Example]


def load_quantities(folder: Path) -> QuantityKnowledge:
    """The section ``quantities`` under the language's ``folder``. Raises CodebookError for anything unknown."""
    here = folder / "quantities"
    units = load_yaml(here / "units.yml", list[Unit])
    currencies = load_yaml(here / "currencies.yml", list[Currency])
    names = [unit.unit for unit in units] + [currency.code for currency in currencies]
    for name in sorted({name for name in names if names.count(name) > 1}):
        raise CodebookError(f"{here}: the unit {name!r} is defined twice; merge the two entries")
    owners: list[Unit | Currency] = [*units, *currencies]
    for owner in owners:
        for part in owner.parts:
            if part not in names:
                raise CodebookError(f"{here}: {part!r}, a part of {owner.name!r}, is no unit in units.yml")
    return QuantityKnowledge(
        load_yaml(here / "numbers.yml", NumberWords),
        units,
        currencies,
        load_yaml(here / "modifiers.yml", Modifiers),
        load_yaml(here / "contexts.yml", Contexts),
        load_yaml(here / "outcomes.yml", OutcomeWords),
        load_yaml(here / "examples.yml", list[Example]),
    )
