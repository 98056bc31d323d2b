"""Which figures belong to an event, and between whom they move."""

from __future__ import annotations

from dragoman.codebook.load import Codebook
from dragoman.model import EventFinding, Party, Quantity, QuantityFinding, Report, Sentence, Time
from dragoman.recording.tree import head_of, in_another_clause, path_up, predicate_of, preposition_over

# Labels of a deed beside another ("fired and arrested") or of one that somebody is accused of ("accused of shelling");
# a deed that is planned or promised shares its figure.
BESIDE = frozenset({"conj", "pcomp"})


def quantities_of(
    report: Report,
    event: EventFinding,
    actors: tuple[Party, ...],
    recipients: tuple[Party, ...],
    time: Time | None,
    codebook: Codebook,
) -> tuple[Quantity, ...]:
    """The figures under the event's verb or inside its parties, in text order. An age says who, not how much.

    Of what moves, the actor is the giver and the recipient the taker; where the recipient is the one it comes from
    ("bought tanks from Peru"), and for a price, it is the other way round.
    """
    contexts = codebook.quantities.contexts
    ages = frozenset(contexts.age_units.values())
    sentence = report.analysis.sentences[event.sentence]
    verbs = {predicate_of(sentence, t) for t in event.tokens or (event.trigger,)}
    moves = event.kind == "transfer" or (event.type is not None and codebook.ontology.types[event.type].moves)
    giver = actors[0] if moves and actors else None
    taker = recipients[0] if moves and recipients else None
    if any(preposition_over(sentence, m.head) in contexts.origin for m in event.recipients):
        giver, taker = taker, giver
    deeds = {e.trigger for e in report.events if e.sentence == event.sentence} - {event.trigger, *event.tokens}
    out = []
    for found in report.quantities:
        if not sentence.span.overlaps(found.span) or _counts_parties(event, found):
            continue
        head = head_of(sentence, found.item_span or found.span)
        if head is None:
            continue
        inside = any(
            mention.span.covers(found.span) and not in_another_clause(sentence, head, mention.head)
            for mention in (*event.actors, *event.recipients)
        )
        if found.unit in ages and (inside or event.kind != "statement"):
            continue
        tied = predicate_of(sentence, head) in verbs or (
            event.trigger in path_up(sentence, head)
            and not in_another_clause(sentence, head, event.trigger)
            and not _of_deed_beside(sentence, head, event.trigger, deeds)
        )
        if tied or inside:
            paid = _is_money(found, codebook) and preposition_over(sentence, head) in contexts.price
            out.append(quantity(found, *((taker, giver) if paid else (giver, taker)), time))
    return tuple(out)


def _of_deed_beside(sentence: Sentence, at: int, trigger: int, deeds: set[int]) -> bool:
    """Whether the figure at ``at`` belongs to one of ``deeds``, joined to the event's or what somebody is accused of.

    "Fired gas and arrested 27": the arrest's; "accused rebels of shelling a town, killing 34": the shelling's. What a
    deed led to ("raided a camp, killing nine and wounding five") is the deed's as well.
    """
    for i in path_up(sentence, at):
        if i == trigger:
            return False
        if i in deeds and sentence.tokens[i].dep in BESIDE:
            return True
    return False


def _counts_parties(event: EventFinding, found: QuantityFinding) -> bool:
    """Whether the figure only says how many parties a description stands for ("the two countries")."""
    return any(
        mention.kind in ("pronoun", "description") and mention.span.covers(found.span)
        for mention in (*event.actors, *event.recipients)
    )


def _is_money(found: QuantityFinding, codebook: Codebook) -> bool:
    """Whether the unit is a currency of the codebook."""
    return any(currency.code == found.unit for currency in codebook.quantities.currencies)


def quantity(found: QuantityFinding, giver: Party | None, taker: Party | None, time: Time | None) -> Quantity:
    """The contract's form of a figure."""
    return Quantity(
        found.text,
        found.span.start,
        found.span.end,
        found.value,
        found.low,
        found.high,
        found.modifier,
        found.unit,
        found.counted,
        giver,
        taker,
        time,
    )
