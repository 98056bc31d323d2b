"""According to whom: the chain from the innermost speaker to the publisher."""

from __future__ import annotations

import re

import msgspec

from dragoman.codebook.cues import Cues
from dragoman.model import AttributionFinding, Gap, Hop, Party, Report, Span

# Marks are typography, not language.
_QUOTED = re.compile("[\"\u201c\u00ab\u201e]\\w[^\"\u201d\u00bb]*\\s[^\"\u201d\u00bb]*\\w")


def chain_of(report: Report, at: Span, cues: Cues, deed: bool = False) -> tuple[Hop, ...]:
    """The speakers of the words at ``at`` (an event's trigger), innermost first, the publisher last.

    ``deed`` says that the event is no words: where its trigger is itself a cue ("claimed responsibility"), it is
    known from who says so.

    A finding counts when its content covers the words, its cue is not among them and tells of speech: what somebody
    wants or thinks is not what they say. The wire that the article
    credits stands between the speakers and the publisher.
    """
    inner = [
        found
        for found in report.attributions
        if found.level == "clause"
        and (
            (any(piece.covers(at) for piece in found.content) and not (found.cue and found.cue.overlaps(at)))
            or (deed and found.cue is not None and found.cue.overlaps(at))
        )
        and is_speech(report, found, cues)
    ]
    inner.sort(key=lambda f: min((p.end - p.start for p in f.content if p.covers(at)), default=0))
    hops = [hop for found in inner for hop in hops_of(report, found)]
    return (*hops, *outer_hops(report))


def without_things(
    report: Report, hops: tuple[Hop, ...], evidence: frozenset[str]
) -> tuple[tuple[Hop, ...], tuple[Gap, ...]]:
    """The hops, those by a thing without a name, each with the reason: "a scan showed" has a source and no actor.

    ``evidence`` are the dictionary forms of nouns for such things. What is said stays as it is described.
    """
    out, gaps = [], []
    for hop in hops:
        by = hop.by
        if by is not None and hop.cue and not (by.code or by.sector or by.entity) and _head(report, by) in evidence:
            gaps.append(Gap("attribution", f"{by.text}: shows it and is no actor"))
            hop = msgspec.structs.replace(hop, by=msgspec.structs.replace(by, name=None))
        out.append(hop)
    return tuple(out), tuple(gaps)


def _head(report: Report, party: Party) -> str | None:
    """The dictionary form of the noun that heads the party's words, where that is a common noun."""
    sentence = report.analysis.sentence_at(party.start)
    if sentence is None:
        return None
    inside = {t.i for t in sentence.tokens if party.start <= t.start < party.end}
    tops = [sentence.tokens[i] for i in sorted(inside) if sentence.tokens[i].head not in inside]
    return tops[0].lemma if len(tops) == 1 and tops[0].pos == "NOUN" else None


def is_speech(report: Report, found: AttributionFinding, cues: Cues) -> bool:
    """Whether the cue tells of speech; where it hides in a phrase ("according to"), it does."""
    if not found.spoken:
        return False
    if found.sentence is None or found.cue_token is None:
        return True
    token = report.analysis.sentences[found.sentence].tokens[found.cue_token]
    return cues.is_speech(token.pos, token.text, token.lemma)


def outer_hops(report: Report) -> tuple[Hop, ...]:
    """The wires that the article credits and its publisher."""
    hops = []
    credited = set()
    for found in report.attributions:
        if found.level == "document":
            for hop in hops_of(report, found):
                name = (hop.by.name or hop.by.text).casefold() if hop.by else ""
                if name and name not in credited:
                    credited.add(name)
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


def hops_of(report: Report, found: AttributionFinding) -> list[Hop]:
    """One attribution as a hop for each of those who say it together, in text order, all with the same cue."""
    cue = found.cue.of(report.article.text) if found.cue else None
    start, end = (found.cue.start, found.cue.end) if found.cue else (None, None)
    direct = found.direct or _quotes(report, found)
    return [Hop(by, found.act, cue, start, end, direct) for by in speakers_of(report, found) or (None,)]


def _quotes(report: Report, found: AttributionFinding) -> bool:
    """Whether words of the content are quoted; a single word in marks is a doubt, not a quotation."""
    return any(_QUOTED.search(piece.of(report.article.text)) for piece in found.content)


def speakers_of(report: Report, found: AttributionFinding) -> tuple[Party, ...]:
    """The parties that speak: resolved, else the words of the source; none where the text hides them."""
    if found.speaker is not None and found.speaker.parties:
        return found.speaker.parties
    if found.source is not None:
        words = found.source.of(report.article.text)
        return (Party(words, found.source.start, found.source.end, name=words),)
    return ()
