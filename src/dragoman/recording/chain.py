"""According to whom: the chain from the innermost speaker to the publisher."""

from __future__ import annotations

from dragoman.codebook.cues import Cues
from dragoman.model import AttributionFinding, Hop, Party, Report, Span


def chain_of(report: Report, at: Span, cues: Cues) -> tuple[Hop, ...]:
    """The speakers of the words at ``at`` (an event's trigger), innermost first, the publisher last.

    A finding counts when its content covers the words, its cue is not among them and tells of speech: what somebody
    wants or thinks is not what they say. The wire that the article
    credits stands between the speakers and the publisher.
    """
    inner = [
        found
        for found in report.attributions
        if found.level == "clause"
        and any(piece.covers(at) for piece in found.content)
        and not (found.cue and found.cue.overlaps(at))
        and is_speech(report, found, cues)
    ]
    inner.sort(key=lambda f: min(p.end - p.start for p in f.content if p.covers(at)))
    hops = [hop_of(report, found) for found in inner]
    return (*hops, *outer_hops(report))


def is_speech(report: Report, found: AttributionFinding, cues: Cues) -> bool:
    """Whether the cue is no verb (a noun, an adverb, "according to") or a verb of speech."""
    if found.sentence is None or found.cue_token is None:
        return True
    token = report.analysis.sentences[found.sentence].tokens[found.cue_token]
    return token.pos != "VERB" or cues.verb_kind(token.lemma) in (None, "speech")


def outer_hops(report: Report) -> tuple[Hop, ...]:
    """The wires that the article credits and its publisher."""
    hops = []
    credited = set()
    for found in report.attributions:
        if found.level == "document":
            hop = hop_of(report, found)
            if hop.by is not None:
                credited.add((hop.by.name or hop.by.text).casefold())
                hops.append(hop)
    for wire in report.article.credits:
        if not any(wire.casefold() in name or name in wire.casefold() for name in credited):
            at = report.article.text.find(wire)
            start, end = (at, at + len(wire)) if at >= 0 else (0, 0)
            hops.append(Hop(Party(wire, start, end, name=wire, sector="JRN"), "report"))
    if report.article.publisher:
        name = report.article.publisher
        hops.append(Hop(Party(name, 0, 0, name=name, sector="JRN"), "report"))
    return tuple(hops)


def hop_of(report: Report, found: AttributionFinding) -> Hop:
    """One attribution as a hop; the speaker as described where no party is known."""
    text = report.article.text
    cue = found.cue.of(text) if found.cue else None
    start, end = (found.cue.start, found.cue.end) if found.cue else (None, None)
    return Hop(speaker_of(report, found), found.act, cue, start, end, found.direct)


def speaker_of(report: Report, found: AttributionFinding) -> Party | None:
    """The party that speaks: resolved, else the words of the source; null where the text hides it."""
    if found.speaker is not None and found.speaker.parties:
        party = found.speaker.parties[0]
        if len(found.speaker.parties) == 1:
            return party
        names = " and ".join(p.name or p.text for p in found.speaker.parties)
        return Party(found.speaker.text, found.speaker.span.start, found.speaker.span.end, name=names)
    if found.source is not None:
        words = found.source.of(report.article.text)
        return Party(words, found.source.start, found.source.end, name=words)
    return None
