"""Links between the records of an article: a denial and what it denies."""

from __future__ import annotations

import msgspec

from dragoman.model import Link, Party, Record, Report

# A denial answers what was said in its own sentence or the few before it.
BACK = 3
DENIAL_RULES = "statement.deny"
ACCUSATION = "ACCUSE"
CLAIMING = frozenset({"accuse", "assert", "report"})
# Sectors of PLOVER's that stand against their own state: a rebel army is not the army of the same country.
BESIDE_STATE = frozenset({"REB", "PRM", "UAF", "OPP", "CRM"})


def with_links(report: Report, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """The records, each denial linked to the claims that it answers.

    Those are what its own clause denies; else the claims before it that are about the denier; else, since a denial
    answers somebody, the nearest claims before it that others make; else what the article tells itself just before.
    """
    where = [_sentence(report, record) for record in records]
    out = []
    for index, record in enumerate(records):
        if not _denies(record):
            out.append(record)
            continue
        others = [(where[index] - where[at], other) for at, other in enumerate(records) if other is not record]
        inner = [other for back, other in others if back == 0 and _attributed_denial(other, record)]
        before = [
            (back, other)
            for back, other in others
            if 0 <= back <= BACK
            and other.evidence.start < record.evidence.start
            and not _denies(other)
            and not _made_by(other, record.actors)
        ]
        claims = [(back, other) for back, other in before if _is_claim(other)]
        targets = (
            inner
            or [other for _, other in claims if _concerns(other, record.actors)]
            or _nearest(claims)
            or _told(before, record, _points(report, record))
        )
        links = tuple(Link(other.id, "denies") for other in targets)
        out.append(msgspec.structs.replace(record, links=(*record.links, *links)))
    return tuple(out)


def _nearest(found: list[tuple[int, Record]]) -> list[Record]:
    nearest = min((back for back, _ in found), default=0)
    return [other for back, other in found if back == nearest]


def _told(before: list[tuple[int, Record]], denial: Record, points: bool) -> list[Record]:
    """What the article itself tells before a denial that answers no claim of others ("A shelled B, which A denies").

    It stands in the denial's sentence where the denial points to it, or in the one before where the denial does or
    where it is about the denier.
    """
    here = [other for back, other in before if back == 0]
    last = [other for back, other in before if back == 1]
    return (points and here) or [other for other in last if _concerns(other, denial.actors)] or (points and last) or []


def _points(report: Report, denial: Record) -> bool:
    """Whether what is denied is a pronoun ("denied it") or what a relative clause hangs on ("a charge Oman denies")."""
    sentence = report.analysis.sentence_at(denial.evidence.start)
    return sentence is not None and any(
        token.dep == "relcl" or (token.pos == "PRON" and token.dep == "dobj")
        for token in sentence.tokens
        if denial.evidence.start <= token.start < denial.evidence.end
    )


def _sentence(report: Report, record: Record) -> int:
    sentence = report.analysis.sentence_at(record.evidence.start)
    return sentence.index if sentence else -1


def _denies(record: Record) -> bool:
    """Whether it is a denial; who "did not deny" or "neither confirmed nor denied" has denied nothing."""
    return record.rule.startswith(DENIAL_RULES) and record.factuality.polarity == "positive"


def _attributed_denial(other: Record, denial: Record) -> bool:
    """Whether ``other`` is what the denial's own clause denies."""
    denied = any(hop.act == "deny" for hop in other.attribution)
    return denied and other.evidence.start >= denial.evidence.start


def _is_claim(record: Record) -> bool:
    """Whether somebody says it: an accusation, or what has a speaker with a cue."""
    if record.event is not None and record.event.type == ACCUSATION:
        return True
    return any(hop.act in CLAIMING and hop.cue for hop in record.attribution)


def _made_by(claim: Record, parties: tuple[Party, ...]) -> bool:
    """Whether one of ``parties`` makes the claim."""
    if claim.event is not None and claim.event.type == ACCUSATION:
        return any(_alike(p, q) for p in claim.actors for q in parties)
    return any(hop.by is not None and hop.cue and _alike(hop.by, p) for hop in claim.attribution[:1] for p in parties)


def _concerns(claim: Record, parties: tuple[Party, ...]) -> bool:
    """Whether the claim is about one of ``parties``."""
    about = claim.recipients
    if claim.event is None or claim.event.type != ACCUSATION:
        about = (*claim.actors, *about)
    return any(_alike(p, q) for p in about for q in parties)


def _alike(one: Party, other: Party) -> bool:
    """Whether two mentions may be the same party: one state or body, or one name inside the other ("the police").

    Rebels, militias and the state whose country they fight in share its code and are parties of their own.
    """
    if one.code and other.code:
        return one.code == other.code and (one.sector in BESIDE_STATE) == (other.sector in BESIDE_STATE)
    return name_within(one, other)


def name_within(one: Party, other: Party) -> bool:
    """Whether all words of the one's name are in the other's ("the police" in "the Lima police")."""
    words, others = ({*(p.name or p.text).casefold().split()} for p in (one, other))
    return bool(words and others) and (words <= others or others <= words)
