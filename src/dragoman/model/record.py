"""The record: the public contract. Fields are added, never renamed, within a major version."""

from __future__ import annotations

from typing import Literal

import msgspec

Act = Literal["assert", "deny", "accuse", "confirm", "decline", "retract", "predict", "report"]
Polarity = Literal["positive", "negative"]
Modality = Literal["certain", "probable", "possible", "unknown"]
Realis = Literal["actual", "planned", "hypothetical", "historical"]
Modifier = Literal["exactly", "approximately", "at-least", "at-most"]
Basis = Literal["stated", "derived", "publication"]
Kind = Literal["event", "transfer", "statement"]
Relation = Literal["denies", "confirms", "repeats", "contradicts", "fulfils", "part-of"]


class Party(msgspec.Struct, frozen=True, gc=False):
    """Who: the words (``text`` at ``start``..``end``) and what they stand for.

    ``name`` is the canonical name, ``code`` ISO 3166-1 alpha-3 or a PLOVER code for international entities,
    ``sector`` the primary PLOVER sector, ``sectors`` the secondary ones, ``entity`` a stable identifier of the
    person or body where one is known. Codes stay null where the text does not say.
    """

    text: str
    start: int
    end: int
    name: str | None = None
    code: str | None = None
    sector: str | None = None
    entity: str | None = None
    sectors: tuple[str, ...] = ()


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """The words that state the record: offsets in ``article.text`` and the quote itself."""

    start: int
    end: int
    quote: str


class Event(msgspec.Struct, frozen=True, gc=False):
    """A PLOVER event: type, modes and contexts, CAMEO code, quad class 1..4 and intensity -10..10."""

    type: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: int | None = None
    intensity: float | None = None


class Hop(msgspec.Struct, frozen=True, gc=False):
    """One speaker on the way from the fact to the reader, innermost first, the publisher last.

    ``cue`` is the word that reports, at ``start``..``end`` (null for the publisher's own voice); ``direct`` says
    whether the words are quoted. ``by`` is null only where the text hides the speaker ("reportedly").
    """

    by: Party | None
    act: Act
    cue: str | None = None
    start: int | None = None
    end: int | None = None
    direct: bool = False


class Factuality(msgspec.Struct, frozen=True, gc=False):
    """How sure, in the words of the text; ``words`` are those that decide."""

    polarity: Polarity = "positive"
    modality: Modality = "certain"
    realis: Realis = "actual"
    words: tuple[str, ...] = ()


class Time(msgspec.Struct, frozen=True, gc=False):
    """When: ``start`` and ``end`` are ISO dates, both inclusive, null where open.

    ``precision`` is day, week, month, quarter, season, year, decade or fuzzy; ``basis`` says whether the text
    states it, it was derived (relative to another date), or it is the publication date; ``timex`` is the TIMEX3
    value. ``text_start`` and ``text_end`` are the offsets of ``text``.
    """

    text: str | None
    start: str | None
    end: str | None
    precision: str
    basis: Basis
    timex: str | None = None
    text_start: int | None = None
    text_end: int | None = None


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where: the words and what they name. ``precision`` is point, city, admin1, country, region or water."""

    text: str
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    precision: str | None = None
    start: int | None = None
    end: int | None = None


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """How much: ``value`` with ``low``..``high`` bounds, unit (ISO 4217 for money) and counted item.

    ``from_`` and ``to`` (``from`` in JSON) are the parties between whom it moves.
    """

    text: str
    start: int
    end: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    modifier: Modifier | None = None
    unit: str | None = None
    item: str | None = None
    from_: Party | None = msgspec.field(default=None, name="from")
    to: Party | None = None
    time: Time | None = None


class Obligation(msgspec.Struct, frozen=True, gc=False):
    """What somebody bound themselves to: the ``duty``, its ``trigger`` and the ``parties`` bound."""

    duty: str
    trigger: str | None = None
    parties: tuple[Party, ...] = ()


class Link(msgspec.Struct, frozen=True, gc=False):
    """A relation to another record of the same article, by its id."""

    to: str
    relation: Relation


class Gap(msgspec.Struct, frozen=True, gc=False):
    """Why a slot is empty."""

    slot: str
    reason: str


class Record(msgspec.Struct, frozen=True, gc=False):
    """One fact as the article states it. ``id`` is the same for the same article, codebook and parser."""

    id: str
    kind: Kind
    evidence: Evidence
    event: Event | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    attribution: tuple[Hop, ...]
    factuality: Factuality
    time: Time | None
    place: Place | None
    quantities: tuple[Quantity, ...]
    obligation: Obligation | None
    links: tuple[Link, ...]
    rule: str
    confidence: float
    gaps: tuple[Gap, ...]
