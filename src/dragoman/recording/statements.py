"""What is said that states no event: the statements worth a record of their own."""

from __future__ import annotations

from dragoman.codebook.cues import Cues
from dragoman.model import AttributionFinding, Report, Sentence, Span
from dragoman.recording.chain import is_speech

STATEMENT_RULE = "statement.said"
# A shorter content ("said so", "called it a mistake") says nothing that could be checked.
FEWEST_WORDS = 4
# Labels of what completes a verb: what is said may be stated there ("is a violation", "began to fire").
COMPLEMENTS = frozenset({"xcomp", "acomp", "attr", "dobj"})


def statements(report: Report, taken: frozenset[tuple[int, int]], cues: Cues) -> list[AttributionFinding]:
    """Attributions with a known source whose content is a clause that no event states.

    ``taken`` are the words that events are read from, as (sentence, token): a statement is not a second record of
    what an event says, but a clause that only mentions an event in passing ("the pact will frame the trade between
    the two") is one.
    """
    out: list[AttributionFinding] = []
    seen: set[int] = set()
    for found in report.attributions:
        if found.level != "clause" or found.source is None or not found.content:
            continue
        if not is_speech(report, found, cues):
            continue
        content = found.content[0]
        sentence = report.analysis.sentence_at(content.start)
        if sentence is None or (sentence.index in seen and _said_already(out, content)):
            continue
        if not _is_clause(sentence, content):
            continue
        heads = content_heads(sentence, content)
        cue = (found.sentence, found.cue_token)
        if cue in taken or any((sentence.index, head) in taken for head in heads):
            continue
        out.append(found)
        seen.add(sentence.index)
    return out


def content_heads(sentence: Sentence, content: Span) -> list[int]:
    """The verb or verbs that head a content: those whose own head lies outside of it, and their conjuncts."""
    inside = {t.i for t in sentence.tokens if content.start <= t.start < content.end}
    tops = [i for i in sorted(inside) if sentence.tokens[i].head not in inside or sentence.tokens[i].head == i]
    heads = [i for i in tops if sentence.tokens[i].pos in ("VERB", "AUX")]
    if not heads:
        heads = [i for i in sorted(inside) if sentence.tokens[i].pos in ("VERB", "AUX")][:1]
    below = [c for h in heads for c in sentence.children[h] if sentence.tokens[c].dep in COMPLEMENTS]
    return heads + below


def _said_already(out: list[AttributionFinding], content: Span) -> bool:
    return any(piece.overlaps(content) for found in out for piece in found.content)


def _is_clause(sentence: Sentence, content: Span) -> bool:
    inside = [t for t in sentence.tokens if content.start <= t.start < content.end]
    words = [t for t in inside if t.pos != "PUNCT"]
    return len(words) >= FEWEST_WORDS and any(t.pos in ("VERB", "AUX") for t in words)
