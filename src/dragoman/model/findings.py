"""What the steps find in a text before records are made. Spans are offsets in ``Article.text``.

Findings hold no lists or dicts, so no circle can form and the garbage collector need not look at them (``gc=False``).
"""

from __future__ import annotations

from typing import Literal

import msgspec

from dragoman.model.record import Act, Basis, Modality, Modifier, Party, Polarity, Realis
from dragoman.model.span import Span

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
MentionKind = Literal["country", "person", "organisation", "group", "role", "pronoun", "description", "place"]


class TimeFinding(msgspec.Struct, frozen=True, gc=False):
    """A time expression. ``value`` is TIMEX3; ``first`` and ``last`` are ISO dates, inclusive, null where open.

    ``basis`` is null where the value needs a publication date that is not known (``reason`` says so). ``parts`` are
    the expressions that TIMEX3 counts one by one where a preposition stands between ("from May to July",
    "9 a.m. on Friday"); empty where it is one.
    """

    span: Span
    text: str
    type: TimeType
    value: str
    first: str | None = None
    last: str | None = None
    precision: str = "day"
    basis: Basis | None = "stated"
    reason: str | None = None
    parts: tuple[TimeFinding, ...] = ()


class PlaceFinding(msgspec.Struct, frozen=True, gc=False):
    """A toponym. ``name`` is canonical; coordinates in degrees; ``claims`` name the sides where two claim it."""

    span: Span
    text: str
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    precision: str | None = None
    population: int = 0
    claims: tuple[str, ...] = ()


class QuantityFinding(msgspec.Struct, frozen=True, gc=False):
    """A figure. ``span`` covers modifier, number and unit; ``item_span`` the counted noun phrase where there is one.

    ``value`` with ``low``..``high``; ``unit`` is an ISO 4217 code for money, "%" or an English unit name, or null.
    ``number_span`` covers number and unit without the modifier. ``outcome`` is what became of those counted
    ("killed"), ``share`` whether the figure is a sum, an addition or a rate; both are words of the codebook.
    """

    span: Span
    text: str
    value: float | None
    low: float | None = None
    high: float | None = None
    modifier: Modifier | None = None
    unit: str | None = None
    item: str | None = None
    item_span: Span | None = None
    number_span: Span | None = None
    outcome: str | None = None
    share: str | None = None

    @property
    def counted(self) -> str | None:
        """What is counted, as records say it: "soldiers killed", "wounded", "barrels of oil, per day"."""
        said = self.item is not None and self.outcome is not None and self.outcome in self.item.split()
        words = " ".join(word for word in (self.item, None if said else self.outcome) if word)
        return ", ".join(part for part in (words, self.share) if part) if words else None


class ActorMention(msgspec.Struct, frozen=True, gc=False):
    """A noun phrase that names somebody, by sentence and head token, and the parties it stands for.

    ``parties`` holds several for compounds inside one phrase ("officials of A and B") or plural pronouns; it is
    empty, with ``reason``, where the phrase could not be resolved. ``kind`` is what sort of phrase it is;
    ``antecedent`` the span of the words that a pronoun or description was resolved to.
    """

    sentence: int
    head: int
    span: Span
    text: str
    kind: MentionKind
    parties: tuple[Party, ...] = ()
    antecedent: Span | None = None
    reason: str | None = None


class EventFinding(msgspec.Struct, frozen=True, gc=False):
    """A coded event: the rule, its trigger token and the noun phrases in its slots.

    ``evidence`` is the clause that states it. ``tokens`` are the token indexes the rule matched (trigger first).
    ``within`` is the trigger index of the event whose complement this one is; ``realis`` and ``polarity`` are set
    where the rule itself decides them. ``score`` says how specific the matched pattern is. ``kind`` is
    event, transfer or statement; ``promised`` the type of a transfer that its actors have only promised; ``refusal``
    says that the event, where it is negated, was refused.
    """

    sentence: int
    trigger: int
    evidence: Span
    rule: str
    kind: Literal["event", "transfer", "statement"]
    type: str | None
    promised: str | None = None
    refusal: bool = False
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    recipients: tuple[ActorMention, ...] = ()
    tokens: tuple[int, ...] = ()
    within: int | None = None
    realis: Realis | None = None
    polarity: Polarity | None = None
    reciprocal: bool = False
    duty: Span | None = None
    trigger_clause: Span | None = None
    score: float = 0.0


class AttributionFinding(msgspec.Struct, frozen=True, gc=False):
    """Somebody's words: ``source`` speaks, ``cue`` reports, ``content`` is what is said (several pieces allowed).

    ``speaker`` is the mention the source resolves to; ``sentence`` and ``cue_token`` place the cue in the parse
    (null for a document credit). ``level`` is ``document`` where it covers the whole article. ``spoken`` is false where
    the content is thought, wished or backed rather than said.
    """

    content: tuple[Span, ...]
    source: Span | None = None
    cue: Span | None = None
    act: Act = "assert"
    direct: bool = False
    spoken: bool = True
    speaker: ActorMention | None = None
    sentence: int | None = None
    cue_token: int | None = None
    level: Literal["clause", "document"] = "clause"


class FactualityFinding(msgspec.Struct, frozen=True, gc=False):
    """How sure a predicate is: the token it is about, three axes, the deciding words and a score -3..3."""

    sentence: int
    token: int
    span: Span
    polarity: Polarity
    modality: Modality
    realis: Realis
    words: tuple[str, ...]
    score: float


class Layers(msgspec.Struct, frozen=True):
    """Every finding before assembly, as ``--layers`` prints it. Offsets in ``article.text``."""

    times: tuple[dict[str, object], ...] = ()
    places: tuple[dict[str, object], ...] = ()
    quantities: tuple[dict[str, object], ...] = ()
    actors: tuple[dict[str, object], ...] = ()
    attributions: tuple[dict[str, object], ...] = ()
    factuality: tuple[dict[str, object], ...] = ()


__all__ = [
    "ActorMention",
    "AttributionFinding",
    "EventFinding",
    "FactualityFinding",
    "Layers",
    "Party",
    "PlaceFinding",
    "QuantityFinding",
    "TimeFinding",
]
