"""What experts own of time expressions: words, holidays and a cascade of rules, each with its examples.

A rule's ``pattern`` is written over word kinds, not characters:

    m=month '.'? d=day_number (','? y=year)?

``kind`` is a list in ``words.yml``, a kind of figure or what an earlier rule ``makes``; ``'word'`` is that very word;
``name=kind`` hands the words to the computation; ``~kind`` must touch what stands before it; ``!kind`` is anything
else; ``< ... >`` is the span of the finding where that is less than the match; brackets, ``|``, ``?``, ``*``, ``+``
and the look-arounds ``(?= )``, ``(?! )``, ``(?<= )``, ``(?<! )`` are those of regular expressions.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from dragoman.codebook.yamlfile import CodebookError, load_yaml


class TimeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists.

    ``valued``: kind -> word -> what it stands for. ``plain``: kind -> words. ``cased``: kind -> words that are of this
    kind only with a capital letter ("May"). ``shapes``: kind -> regular expression for words that no list holds.
    """

    valued: dict[str, dict[str, str]]
    plain: dict[str, list[str]]
    cased: dict[str, list[str]]
    shapes: dict[str, str]


class TenseWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lemmas and tags that tell the tense of a verb.

    ``future``: auxiliaries that make it future; ``perfect``: those that make it past again ("would have met");
    ``planned``: participles that point ahead ("is scheduled for Friday"; to the nearest after "was");
    ``carried_out``: verbs whose infinitive has happened ("managed to"); ``announcing``: verbs that set a day for
    something, which one of the prepositions ``ahead`` names ("announced a strike for Monday"), while one of ``back``
    points to what was ("shut since Monday");
    ``ahead_of``: words after which it lies ahead even of what is told in the past ("met ahead of Monday's vote"), while
    after one of ``before`` it is the nearest for a noun of ``scheduled``: what is told of beforehand. Other nouns
    before a verb in the present, and those behind one of ``after``, name what was ("Monday's raid is the third").
    ``inviting``: verbs and nouns whose object lies ahead whatever the preposition ("invited them to talks on Monday");
    ``future_cues``: words that say so where there is no parse.
    """

    future: list[str]
    perfect: list[str]
    planned: list[str]
    carried_out: list[str]
    announcing: list[str]
    ahead: list[str]
    back: list[str]
    ahead_of: list[str]
    before: list[str]
    after: list[str]
    scheduled: list[str]
    inviting: list[str]
    future_cues: list[str]


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named day: ``on`` is "12-25", "4 4 11" (the fourth Thursday of
    November: nth, ISO weekday, month; -1 is the last) or
    "easter -2" (days from Western Easter Sunday). ``days`` is its length."""

    names: list[str]
    on: str
    days: int = 1


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence, the day it was published and the finding ``gives`` in it ("nothing" where there is none)."""

    text: str
    gives: str
    day: str | None = None
    type: str | None = None
    value: str | None = None
    first: str | None = None
    last: str | None = None
    precision: str | None = None


class TimeRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule of one stage: where ``pattern`` matches, ``does`` names the computation, ``sets`` its constants.

    ``makes`` are the kinds that the match has for later stages; ``emit`` says whether it is a finding by itself.
    """

    id: str
    pattern: str
    does: str
    makes: list[str] = []
    sets: dict[str, str] = {}
    emit: bool = True
    examples: list[Example] = []


class TimeKnowledge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything of the section; ``stages`` run one after another, each over what the ones before made."""

    words: TimeWords
    tense: TenseWords
    holidays: list[Holiday]
    stages: list[list[TimeRule]]


def load_times(folder: Path) -> TimeKnowledge:
    """Read the section ``times`` of a language folder. Raises CodebookError."""
    where = folder / "times"
    stages = [load_yaml(path, list[TimeRule]) for path in sorted(where.glob("[0-9]*.yml"))]
    seen: set[str] = set()
    for rule in (rule for stage in stages for rule in stage):
        if rule.id in seen:
            raise CodebookError(f"{where}: the rule id {rule.id!r} is used twice: choose another")
        seen.add(rule.id)
    return TimeKnowledge(
        words=load_yaml(where / "words.yml", TimeWords),
        tense=load_yaml(where / "tense.yml", TenseWords),
        holidays=load_yaml(where / "holidays.yml", list[Holiday]),
        stages=stages,
    )
