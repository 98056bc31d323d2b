"""What is said that states no event: the statements worth a record of their own."""

from __future__ import annotations

from dragoman.model import AttributionFinding, Report, Sentence, Span

STATEMENT_RULE = "statement.said"
# A shorter content ("said so", "called it a mistake") says nothing that could be checked.
FEWEST_WORDS = 4


def statements(report: Report, taken: list[tuple[int, Span]]) -> list[AttributionFinding]:
    """Attributions with a known source whose content is a clause and holds no event.

    ``taken`` are (sentence, evidence) of the events: a statement is not a second record of the same words.
    """
    out: list[AttributionFinding] = []
    seen: set[int] = set()
    for found in report.attributions:
        if found.level != "clause" or found.source is None or not found.content:
            continue
        content = found.content[0]
        sentence = report.analysis.sentence_at(content.start)
        if sentence is None or sentence.index in seen and _said_already(out, content):
            continue
        if not _is_clause(sentence, content):
            continue
        if any(
            evidence.overlaps(piece)
            for piece in found.content
            for _, evidence in taken
            if piece.start <= evidence.start < piece.end
        ):
            continue
        if any(found.cue and evidence.overlaps(found.cue) for _, evidence in taken):
            continue
        out.append(found)
        seen.add(sentence.index)
    return out


def _said_already(out: list[AttributionFinding], content: Span) -> bool:
    return any(piece.overlaps(content) for found in out for piece in found.content)


def _is_clause(sentence: Sentence, content: Span) -> bool:
    inside = [t for t in sentence.tokens if content.start <= t.start < content.end]
    words = [t for t in inside if t.pos != "PUNCT"]
    return len(words) >= FEWEST_WORDS and any(t.pos in ("VERB", "AUX") for t in words)
