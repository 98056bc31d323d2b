"""Links between the records of an article: a denial and what it denies."""

from __future__ import annotations

import msgspec

from dragoman.model import Link, Record, Report

# A denial answers what was said in its own sentence or the few before it.
BACK = 3
DENIAL_RULES = "statement.deny"


def with_links(report: Report, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """The records, each denial linked to the claims that it answers."""
    where = [_sentence(report, record) for record in records]
    out = []
    for index, record in enumerate(records):
        if not _denies(record):
            out.append(record)
            continue
        inner = [
            other for at, other in enumerate(records)
            if other is not record and where[at] == where[index] and _attributed_denial(other, record)
        ]
        targets = inner or [
            other for at, other in enumerate(records)
            if other is not record and 0 <= where[index] - where[at] <= BACK and not _denies(other)
            and _is_claim(other) and _concerns(other, record)
        ]
        links = tuple(Link(other.id, "denies") for other in targets)
        out.append(msgspec.structs.replace(record, links=(*record.links, *links)))
    return tuple(out)


def _sentence(report: Report, record: Record) -> int:
    sentence = report.analysis.sentence_at(record.evidence.start)
    return sentence.index if sentence else -1


def _denies(record: Record) -> bool:
    return record.rule.startswith(DENIAL_RULES)


def _attributed_denial(other: Record, denial: Record) -> bool:
    """Whether ``other`` is what the denial's own clause denies."""
    denied = any(hop.act == "deny" for hop in other.attribution)
    return denied and other.evidence.start >= denial.evidence.start


def _is_claim(record: Record) -> bool:
    if record.event is not None and record.event.type == "ACCUSE":
        return True
    return any(hop.act in ("accuse", "assert", "report") and hop.cue for hop in record.attribution)


def _concerns(claim: Record, denial: Record) -> bool:
    """Whether the denier is somebody whom the claim is about and not the one who made it."""
    deniers = {p.code or p.name or p.text for p in denial.actors}
    about = {p.code or p.name or p.text for p in (*claim.recipients, *claim.actors)}
    if claim.event is not None and claim.event.type == "ACCUSE":
        about = {p.code or p.name or p.text for p in claim.recipients}
    return not deniers or bool(deniers & about)
