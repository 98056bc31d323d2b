"""Scores the records of one article against gold that was read by hand.

Gold names an ``anchor`` (an exact piece of the article's text) a record and the slots that a careful reader would fill;
see README.md. A record may answer a gold record when its evidence touches the sentence that holds the anchor; each
answers one, the best fitting pairs first. Then

    found      due gold records that are answered with the right kind and type and one of the right actors
    precision  records that answer a gold record so, of all records made
    slots      of the slots that gold fills in answered records, the share that is right
    score      harmonic mean of found and precision, times slots
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]
FIGURES = ("found", "precision", "slots", "score")
# A line's end, or a full stop, question or exclamation mark (and what closes after it) before a capital letter.
_BREAK = re.compile(r"\n+|(?<=[.!?])[\"'\u201d\u2019)]*\s+(?=[\"'\u201c(]?[A-Z])")
_STATE = re.compile(r"[A-Z]{3}")


@dataclass
class Score:
    """Counts of one article or, added up, of several. ``misses`` says what is missing or wrong, a line each."""

    due: int = 0
    due_found: int = 0
    hits: int = 0
    made: int = 0
    right: int = 0
    filled: int = 0
    misses: list[str] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(**{name: getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__})

    @property
    def figures(self) -> dict[str, float]:
        """found, precision, slots and score, each 0..1; an empty count gives 0."""
        found, precision = self.due_found / max(1, self.due), self.hits / max(1, self.made)
        slots = self.right / max(1, self.filled)
        both = found + precision
        score = 2 * found * precision / both * slots if both else 0.0
        return {"found": found, "precision": precision, "slots": slots, "score": score}


def plain(value: object) -> str:
    """Small letters and digits with single blanks."""
    return " ".join(re.findall(r"\w+", str(value or "").casefold()))


def names(party: Json, wanted: str) -> bool:
    """Whether ``party`` is ``wanted``: a state by its code, anybody else by a piece of a name."""
    if _STATE.fullmatch(wanted):
        return bool(party.get("code") == wanted)
    return any(plain(wanted) in plain(party.get(key)) for key in ("name", "text", "entity", "code"))


def parties_are(parties: list[Json], wanted: list[str]) -> bool:
    """Whether all ``wanted`` stand among ``parties`` and no other party with a country does."""
    strangers = [p for p in parties if p.get("code") and not any(names(p, want) for want in wanted)]
    return not strangers and all(any(names(p, want) for p in parties) for want in wanted)


def amount_is(amount: Json, wanted: Json) -> bool:
    """Whether a quantity has every value that gold gives."""
    for key, want in wanted.items():
        have = amount.get(key)
        if key in ("from", "to"):
            if not names(have or {}, want):
                return False
        elif isinstance(want, (int, float)):
            if have is None or abs(have - want) > 1e-9 * abs(want):
                return False
        elif plain(want) not in plain(have):
            return False
    return True


def slots_of(gold: Json, made: Json, ids: dict[str, str]) -> dict[str, bool]:
    """Each slot that ``gold`` fills -> whether ``made`` has it right; ``ids`` are the made records' by gold id."""
    event, fact = made.get("event") or {}, made["factuality"]
    time, place, duty = (made.get(key) or {} for key in ("time", "place", "obligation"))
    actors, recipients, hops = made["actors"], made["recipients"], made["attribution"]
    both_sides = "recipients" not in gold and len(gold.get("actors", ())) > 1
    denied = {link["to"] for link in made["links"] if link["relation"] == "denies"}
    checks: dict[str, Callable[[Any], bool]] = {
        "kind": lambda want: made["kind"] in want,
        "type": lambda want: event.get("type") in want,
        "mode": lambda want: bool({*event.get("modes", ())} & {*want}),
        "contexts": lambda want: {*want} <= {*event.get("contexts", ())},
        "actors": lambda want: parties_are(actors, want) or (both_sides and parties_are(actors + recipients, want)),
        "recipients": lambda want: parties_are(recipients, want),
        "actor_names": lambda want: all(any(names(p, name) for p in actors + recipients) for name in want),
        "by": lambda want: all(any(names(hop["by"] or {}, name) for hop in hops) for name in want),
        "act": lambda want: any(hop["act"] in want for hop in hops),
        "direct": lambda want: any(hop["direct"] is want for hop in hops),
        "polarity": lambda want: fact["polarity"] == want,
        "modality": lambda want: fact["modality"] in want,
        "realis": lambda want: fact["realis"] in want,
        "time": lambda want: [time.get("start"), time.get("end")] == want,
        "time_from": lambda want: time.get("start") == want,
        "place": lambda want: plain(want) in (plain(place.get("name")), plain(place.get("text"))),
        "place_country": lambda want: place.get("country") == want,
        "quantity": lambda want: any(amount_is(amount, want) for amount in made["quantities"]),
        "obligation": lambda want: all(plain(words) in plain(duty.get(key)) for key, words in want.items()),
        "denies": lambda want: any(ids.get(target) in denied for target in want),
    }
    return {slot: check(gold[slot]) for slot, check in checks.items() if slot in gold}


def answers(gold: Json, made: Json, slots: dict[str, bool]) -> bool:
    """Whether ``made`` is the fact that ``gold`` means."""
    parties = made["actors"] + ([] if "recipients" in gold else made["recipients"])
    known = "actors" not in gold or any(names(p, want) for p in parties for want in gold["actors"])
    return slots.get("kind", True) and slots.get("type", True) and known


def sentence_at(text: str, start: int) -> tuple[int, int]:
    """The sentence around an offset."""
    ends = [0, *(found.end() for found in _BREAK.finditer(text)), len(text)]
    at = next(i for i, end in enumerate(ends) if end > start)
    return ends[at - 1], ends[at]


def score(gold: Json, page: Json) -> Score:
    """Counts for one article. Raises ValueError where an anchor does not stand in the text exactly once."""
    text, records = page["article"]["text"], page["records"]
    fits = []
    for row in gold["records"]:
        if text.count(row["anchor"]) != 1:
            raise ValueError(f"{row['id']}: {text.count(row['anchor'])} times in the text: {row['anchor']!r}")
        start = text.index(row["anchor"])
        end = start + len(row["anchor"])
        opens, closes = sentence_at(text, start)
        for at, made in enumerate(records):
            evidence = made["evidence"]
            if evidence["start"] < max(closes, end) and evidence["end"] > opens:
                # Ids of other answers are not known yet, so denials are judged afterwards.
                slots = {name: ok for name, ok in slots_of(row, made, {}).items() if name != "denies"}
                shared = max(0, min(end, evidence["end"]) - max(start, evidence["start"])) / (end - start)
                worth = 4 * answers(row, made, slots) + sum(1 if ok else -1 for ok in slots.values()) + shared
                fits.append((worth, row["id"], at))
    given: dict[str, int] = {}
    for _, name, at in sorted(fits, key=lambda fit: -fit[0]):
        if name not in given and at not in given.values():
            given[name] = at
    ids = {name: records[at]["id"] for name, at in given.items()}
    total = Score(made=len(records))
    for row in gold["records"]:
        due = not row.get("optional", False)
        made = records[given[row["id"]]] if row["id"] in given else None
        slots = slots_of(row, made, ids) if made else {}
        hit = made is not None and answers(row, made, slots)
        wrong = [name for name, ok in slots.items() if not ok]
        misses = [f"{row['id']} missing: {row['anchor']}"] if due and not hit else []
        misses += [f"{row['id']} {', '.join(wrong)}: {row['anchor']}"] if hit and wrong else []
        total += Score(due, due and hit, hit, 0, (len(slots) - len(wrong)) * hit, len(slots) * hit, misses)
    return total


def article_errors(wanted: Json, article: Json) -> dict[str, Any]:
    """Fields of an article that differ from gold, with what was read; ``published`` may have an offset besides."""
    wrong = {}
    for name, want in wanted.items():
        have = article[name]
        if name in ("published", "updated") and want is not None:
            same = str(have).startswith(want)
        elif name == "credits":
            same = sorted(map(plain, have)) == sorted(map(plain, want))
        else:
            same = have == want
        if not same:
            wrong[name] = have
    return wrong


def added(scores: Iterable[Score]) -> Score:
    """The sum of ``scores``."""
    return sum(scores, Score())


def floors(part: str) -> dict[str, dict[str, float]]:
    """The pinned floors of a part of floors.yml."""
    pinned: dict[str, dict[str, dict[str, float]]] = yaml.safe_load(Path(__file__).with_name("floors.yml").read_text())
    return pinned[part]


def below(figures: dict[str, float], floor: dict[str, float]) -> list[str]:
    """What is lower than its floor."""
    return [f"{name} {figures[name]:.3f} < {least}" for name, least in floor.items() if figures[name] < least]
