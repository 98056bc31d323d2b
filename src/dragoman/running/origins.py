"""Where an actor's code and sector come from: the entry, the nouns for roles, the words beside, the antecedent."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.codebook.actors import ActorEntry, ActorKnowledge, Term
from dragoman.model import ActorMention, Party, Report, Sentence
from dragoman.resolving.actors.marks import Context, Marked, words_of
from dragoman.resolving.actors.units import UnitFinder


class Origins:
    """Tells for the mentions of one report what speaks for their codes.

    The resolver does not keep its reasons; this reads the same marks (names and role nouns) again and names those
    that agree with what was resolved.
    """

    def __init__(self, known: ActorKnowledge, report: Report) -> None:
        """Mark the names and roles of ``report``."""
        self._report = report
        self._day = report.article.day.isoformat() if report.article.day else None
        context = Context.of(report.analysis.sentences)
        finder = UnitFinder(known)
        self._marked = [finder.mark(sentence, context) for sentence in report.analysis.sentences]
        self._entries: dict[str, list[ActorEntry]] = {}
        for entry in known.entries:
            if entry.entity:
                self._entries.setdefault(entry.entity, []).append(entry)

    def of(self, mention: ActorMention, follow: bool = True) -> tuple[str, ...]:
        """One line an origin; why there is no code where there is none."""
        lines: list[str] = []
        if mention.antecedent is not None:
            words = mention.antecedent.of(self._report.article.text)
            lines.append(f"stands for “{words}”")
            before = next((m for m in self._report.mentions if m.span == mention.antecedent), None)
            if before is not None and follow:
                lines += self.of(before, follow=False)
        else:
            for party in mention.parties:
                lines += self._party(mention, party)
        if not mention.parties or not any(p.code or p.sector for p in mention.parties):
            lines.append(f"not coded: {mention.reason or 'nothing that names it is listed'}")
        return tuple(dict.fromkeys(lines))

    def _party(self, mention: ActorMention, party: Party) -> Iterator[str]:
        entry = self._entry(party)
        if entry is not None:
            yield self._entry_line(entry)
            if entry.kind == "person" or entry.sector == party.sector:
                return
        sentence = self._report.analysis.sentences[mention.sentence]
        marked = self._marked[mention.sentence]
        inside = [t.i for t in sentence.tokens if mention.span.start <= t.start < mention.span.end]
        found = list(_signs(marked, inside, party))
        yield from found
        said = " ".join(found)
        if (party.code and f" {party.code} " not in said) or (party.sector and f" {party.sector} " not in said):
            beside = [i for i in _around(sentence, mention.head) if i not in inside]
            for line in _signs(marked, beside, party):
                yield f"{line}, in what is said beside it"

    def _entry(self, party: Party) -> ActorEntry | None:
        several = self._entries.get(party.entity or "", [])
        same = [e for e in several if e.code == party.code] or several
        return next((e for e in same if e.name == party.name), same[0] if same else None)

    def _entry_line(self, entry: ActorEntry) -> str:
        """The entry and, of a person, the term that holds on the day."""
        line = f"the codebook lists {entry.name} ({entry.kind}{f', {entry.code}' if entry.code else ''})"
        if not entry.terms:
            return line
        if self._day is None:
            return f"{line}; no date is given, so the last term counts: {_term(entry.terms[-1])}"
        held = next((t for t in reversed(entry.terms) if t.holds(self._day)), None)
        if held is None:
            return f"{line}; no listed term covers {self._day}"
        return f"{line}; on {self._day}: {_term(held)}"


def _term(term: Term) -> str:
    sectors = "+".join(filter(None, (term.sector, *term.sectors))) or "no sector"
    end = term.end or (f"known until {term.known}" if term.known else "now")
    return f"{term.office or 'role'} {term.start or '…'} to {end}, {sectors}"


def _around(sentence: Sentence, head: int) -> list[int]:
    """The phrase of ``head`` with its appositions, and the phrase that it renames."""
    top = head
    while sentence.tokens[top].dep in ("appos", "compound", "flat") and sentence.tokens[top].head != top:
        top = sentence.tokens[top].head
    return sentence.subtree(top, frozenset({"relcl", "advcl"}))


def _signs(marked: Marked, tokens: list[int], party: Party) -> Iterator[str]:
    """Names among ``tokens`` that carry the party's code and nouns that carry its sector."""
    seen: set[int] = set()
    sentence = marked.sentence
    for at in tokens:
        unit = marked.unit_at.get(at)
        if unit is not None and unit.first not in seen and unit.entry is not None and unit.entry.code == party.code:
            seen.add(unit.first)
            words = words_of(sentence, unit.first, unit.last)
            if party.code:
                yield f"code {party.code} from “{words}” ({unit.entry.kind})"
        hit = marked.role_at.get(at)
        if hit is not None and -1 - hit.first not in seen and hit.role.sector and hit.role.sector == party.sector:
            seen.add(-1 - hit.first)
            yield f"sector {party.sector} from the noun “{words_of(sentence, hit.first, hit.last)}”"
