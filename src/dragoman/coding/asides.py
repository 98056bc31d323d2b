"""What a sentence mentions without stating that it was done: what something is for, why somebody is punished.

"Two ministers flew in to help the farmers" states a journey; whether anybody was helped it does not say. "The court
fined a firm for breaching the embargo" states a fine; the breach is the court's reason. "Those who back the rebels"
are nobody in particular.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.coding.frames import FrameReader
from dragoman.coding.match import Match
from dragoman.coding.misread import NOMINAL

# Types that a purpose clause only hopes for; going somewhere to meet, to sign or to fight is doing it (plover.md, 2).
HOPED = frozenset({"AID", "COOPERATE", "CONCEDE", "RETREAT"})
# Types of what is held against somebody: punished, arrested, accused (plover.md, 2.10, 2.14, 2.16).
HELD_AGAINST = frozenset({"ACCUSE", "SANCTION", "COERCE", "THREATEN"})
# Types that as a reason for these are no deed of their own. Force is: "arrested for shooting two men".
REASONS = frozenset({"REJECT", "AGREE", "SUPPORT", "CONCEDE", "RETREAT", "CONSULT"})
# Harm told as the result of an accident is nobody's deed.
FORCE = "ASSAULT"
# What a protest demands is its theme and no second event (plover.md, 2.13).
PROTESTED, DEMANDED, THEMES = "PROTEST", "REQUEST", frozenset({"advcl", "xcomp", "acl"})
# The type of turning down what a paper says.
REFUSED = "REJECT"
# Tags of words that ask.
QUESTIONS = frozenset({"WP", "WRB", "WDT"})
CHAIN = frozenset({"conj", "xcomp", "ccomp"})


def only_mentioned(reader: FrameReader, at: int, match: Match, matches: Mapping[int, Match]) -> bool:
    """Whether the event at token ``at`` is no more than a purpose, a reason or about nobody in particular.

    ``matches`` are all that stand in the sentence.
    """
    type = match.pattern.rule.event
    if match.actors and all(reader.tokens[a].lemma in reader.grammar.generic_pronouns for a in match.actors):
        return True
    own = reader.grammar.own_pronouns
    if (
        match.pattern.rule.speaker
        and match.recipients
        and all(reader.tokens[r].text.lower() in own for r in match.recipients)
    ):
        return True  # "we must do more": asked of nobody else
    if match.pattern.rule.speaker and any(
        reader.tokens[c].tag in QUESTIONS for c in reader.children[reader.tokens[at].head]
    ):
        return True  # "who should lead Mali"
    top = _top(reader, at)
    token = reader.tokens[top]
    if (
        type == DEMANDED
        and token.dep in THEMES
        and any(
            other.pattern.rule.event == PROTESTED and not set(match.actors).isdisjoint(other.actors)
            for other in matches.values()
        )
    ):
        return True  # "walked out to demand higher pay"
    if (
        type == FORCE
        and token.dep == "advcl"
        and token.head < top
        and any(t.pos == "VERB" and t.lemma in reader.grammar.accident_verbs for t in reader.tokens[token.head : top])
    ):
        return True  # "a bus overturned, killing nine"
    if type in HOPED and token.dep == "advcl" and reader.infinitive(top):
        return True
    if token.dep == "acl" and token.tag == "VBG":  # "vetoed a resolution calling for a truce"
        turned_down = matches.get(reader.tokens[token.head].head)
        if turned_down is not None and turned_down.pattern.rule.event == REFUSED:
            return True
    if type in REASONS and token.dep == "pcomp":
        reason = reader.tokens[token.head]
        above = matches.get(reason.head)
        punished = above is not None and above.pattern.rule.event in HELD_AGAINST
        named = reader.tokens[reason.head].pos in NOMINAL  # "the crew for breaching the embargo"
        return reason.lemma in reader.grammar.reason_prepositions and (punished or named)
    return False


def _top(reader: FrameReader, at: int) -> int:
    """The verb of the clause that the verb at ``at`` belongs to: itself, or the one that governs or precedes it."""
    while reader.tokens[at].dep in CHAIN and reader.tokens[at].head != at:
        at = reader.tokens[at].head
    return at
