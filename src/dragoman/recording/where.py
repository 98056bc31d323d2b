"""Where an event happened, told apart from places that are only mentioned."""

from __future__ import annotations

from dragoman.codebook.grammar import Grammar
from dragoman.model import EventFinding, Place, PlaceFinding, Report, Sentence
from dragoman.recording.tree import head_of, in_another_clause, path_up, predicate_of, preposition_over

SEPARATE = frozenset({"advcl", "ccomp"})


def place_of(report: Report, event: EventFinding, grammar: Grammar) -> tuple[Place | None, str | None]:
    """The event's place, or null and the reason.

    A toponym is the place when a locative preposition ties it to the event's verb or noun, when the event is a
    movement and it is the goal, or when the thing acted upon is itself a place ("shelled Aden"). A place in the name of
    who says so ("according to the Kyiv firm") is none.
    """
    sentence = report.analysis.sentences[event.sentence]
    span = sentence.span
    verbs = {predicate_of(sentence, t) for t in event.tokens or (event.trigger,)}
    moving = event.type in grammar.destination_types or event.kind in grammar.destination_types
    named = [m.span for m in event.actors]
    named += [a.source for a in report.attributions if a.source and any(event.evidence.overlaps(c) for c in a.content)]
    best: tuple[int, PlaceFinding] | None = None
    for found in report.places:
        if not span.overlaps(found.span) or any(name.overlaps(found.span) for name in named):
            continue
        head = head_of(sentence, found.span)
        if head is None:
            continue
        preposition = preposition_over(sentence, head)
        own = predicate_of(sentence, head) in verbs  # "met in Lima before flying to Quito": where the flying went
        rank = _rank(preposition, moving and own, grammar)
        if rank is None and any(m.kind == "place" and m.span.overlaps(found.span) for m in event.recipients):
            rank = 0
        if rank is None and preposition == "of" and moving:
            over = [preposition_over(sentence, i) for i in path_up(sentence, head)[2:4]]
            rank = next((r for o in over if (r := _rank(o, moving, grammar)) is not None), None)
        if _is_antecedent(sentence, event.trigger, head):
            rank = 0
        elif rank is None or not (own or _below(sentence, head, event.trigger)):
            continue
        distance = rank * 100 + abs(head - event.trigger)
        if best is None or distance < best[0]:
            best = (distance, found)
    if best is None:
        return None, "the text ties no place to it"
    found = best[1]
    return (
        Place(
            found.text,
            found.name,
            found.country,
            found.admin1,
            found.lat,
            found.lon,
            found.geonames,
            found.precision,
            found.span.start,
            found.span.end,
        ),
        None,
    )


def _below(sentence: Sentence, head: int, trigger: int) -> bool:
    """Whether the token hangs below the trigger, in no clause about something else.

    A relative clause is about one of the parties ("fired into crowds that had gathered in Nice").
    """
    return trigger in path_up(sentence, head) and not in_another_clause(sentence, head, trigger, SEPARATE)


def _is_antecedent(sentence: Sentence, trigger: int, head: int) -> bool:
    """Whether the event is told in a clause about the place: "flown to X, where they met"."""
    verb = sentence.tokens[predicate_of(sentence, trigger)]
    # WRB is the treebank's tag of relative adverbs; "when" and "why" have no place as their antecedent.
    where = any(sentence.tokens[c].tag == "WRB" for c in sentence.children[verb.i])
    return where and verb.dep == "relcl" and verb.head == head


def _rank(preposition: str | None, moving: bool, grammar: Grammar) -> int | None:
    if preposition in grammar.locative_prepositions:
        return 1
    return 0 if moving and preposition in grammar.destination_prepositions else None
