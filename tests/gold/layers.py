"""Scores times and quantities against texts that were annotated by hand; README.md says how.

A span found answers at most one of gold, exact ones first. ``Tally.f1`` weighs what is right against all that gold
has and all that was found.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.model import Article
from dragoman.pipeline import Pipeline
from dragoman.running.bench import Bench
from dragoman.running.output import json_of
from gold.scoring import Json, amount_is, plain

_MARK = re.compile(r"\{([^{}|]+)\|([A-Z]+)(?: ([^{}|]+))?\}")
_ZEROS = re.compile(r"(?<=T\d\d)(:00){1,2}$|(?<=T\d\d:\d\d):00$")
Span = tuple[int, int]


@dataclass
class Tally:
    """Counts of one text or, added up, of several: ``right`` by kind of figure, ``misses`` a line each."""

    wanted: int = 0
    made: int = 0
    right: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.wanted + other.wanted, self.made + other.made, self.right + other.right, self.misses + other.misses
        )

    def f1(self, kind: str) -> float:
        """Harmonic mean of precision and recall of ``kind``, 0..1."""
        return 2 * self.right[kind] / max(1, self.wanted + self.made)

    def recall(self, kind: str) -> float:
        """The share of gold that is right in ``kind``, 0..1."""
        return self.right[kind] / max(1, self.wanted)


def read_times(path: Path) -> Json:
    """A report of ``times/``: ``id``, ``date``, ``text`` without marks, ``times`` and ``not_times`` (spans).

    ``{words|TYPE value}`` marks a time, ``{words|NONE}`` what looks like one. Raises ValueError for any other brace.
    """
    head, _, marked = path.read_text("utf-8").partition("\n\n")
    text, times, not_times, at = "", [], [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        words, kind, value = mark.groups()
        start, at = len(text), mark.end()
        text += words
        if kind == "NONE":
            not_times.append([start, len(text)])
        else:
            times.append({"start": start, "end": len(text), "text": words, "type": kind, "value": value})
    text += marked[at:]
    if set("{}|") & set(text):
        raise ValueError(f"{path.name}: a mark that cannot be read")
    date = head.removeprefix("published: ")
    return {"id": path.stem, "date": date, "text": text, "times": times, "not_times": not_times}


def overlap(one: Json, other: Json) -> int:
    """How many characters two findings share."""
    return int(max(0, min(one["end"], other["end"]) - max(one["start"], other["start"])))


def matched(gold: list[Json], made: list[Json]) -> list[tuple[Json, Json]]:
    """Pairs of gold and found spans that overlap, one to one; equal spans first, then the longest overlap."""
    fits = [
        ((want["start"], want["end"]) != (got["start"], got["end"]), -overlap(want, got), one, two)
        for one, want in enumerate(gold)
        for two, got in enumerate(made)
        if overlap(want, got)
    ]
    ones: set[int] = set()
    twos: set[int] = set()
    pairs = []
    for _, _, one, two in sorted(fits):
        if one not in ones and two not in twos:
            ones.add(one)
            twos.add(two)
            pairs.append((gold[one], made[two]))
    return pairs


def same_value(wanted: str, value: str | None) -> bool:
    """Whether a TIMEX3 value is one of those between slashes; "T.." leaves the day open."""
    have = _ZEROS.sub("", value or "")
    clock = have[have.index("T") :] if "T" in have else have
    choices = [_ZEROS.sub("", want) for want in wanted.split("/")]
    return any(have == want or (want.startswith("T") and clock == want) for want in choices)


def score_times(gold: Json, times: list[Json]) -> Tally:
    """Counts of strict, relaxed, type and value for one report, as TempEval-3 defines them, and of ``false alarms``."""
    tally = Tally(len(gold["times"]), len(times))
    pairs = matched(gold["times"], times)
    for want, got in pairs:
        kinds = {
            "strict": (want["start"], want["end"]) == (got["start"], got["end"]),
            "relaxed": True,
            "type": want["type"] == got["type"],
            "value": same_value(want["value"], got["value"]),
        }
        tally.right.update(kind for kind, ok in kinds.items() if ok)
        wrong = [kind for kind, ok in kinds.items() if not ok]
        if wrong:
            said = f"{got['text']!r} {got['type']} {got['value']}"
            tally.misses.append(f"{gold['id']} {', '.join(wrong)}: {want['text']!r} {want['value']} != {said}")
    wanted, answered = [want for want, _ in pairs], [got for _, got in pairs]
    tally.misses += [f"{gold['id']} missing: {want['text']!r}" for want in gold["times"] if want not in wanted]
    tally.misses += [f"{gold['id']} too much: {got['text']!r} {got['value']}" for got in times if got not in answered]
    fakes = [{"start": start, "end": end} for start, end in gold["not_times"]]
    tally.right["false alarms"] = sum(any(overlap(fake, got) for got in times) for fake in fakes)
    return tally


def figure_errors(wanted: Json, got: Json, records: list[Json]) -> list[str]:
    """The fields that gold gives and ``got`` has otherwise. A list in gold names every reading that is accepted.

    Parties and times are those of a record that holds the same figure.
    """
    held = [(amount, record) for record in records for amount in record["quantities"] if overlap(amount, got)]
    wrong = []
    for name, want in wanted.items():
        choices = want if isinstance(want, list) else [want]
        if name in ("start", "end", "text"):
            continue
        if name == "time":
            ok = any(_time_of(amount, record) == want for amount, record in held)
        elif name in ("from", "to"):
            ok = any(amount_is(amount, {name: want}) for amount, _ in held)
        elif name == "unit":
            ok = plain(got.get("unit")) in map(plain, choices) or got.get("unit") in choices
        elif want is None or name == "modifier":
            ok = got.get(name) == want
        else:
            ok = any(amount_is(got, {name: choice}) for choice in choices)
        wrong += [] if ok else [name]
    return wrong


def _time_of(amount: Json, record: Json) -> list[Any]:
    time = amount.get("time") or record.get("time") or {}
    return [time.get("start"), time.get("end")]


def score_quantities(gold: Json, quantities: list[Json], records: list[Json]) -> Tally:
    """Counts of ``found`` and of ``right`` (every field that gold gives) for one sentence."""
    pairs = matched(gold["quantities"], quantities)
    answered = [got for _, got in pairs]
    open_to_both = [{"start": start, "end": end} for start, end in gold.get("either", [])]
    extra = [q for q in quantities if q not in answered and not any(overlap(either, q) for either in open_to_both)]
    tally = Tally(len(gold["quantities"]), len(pairs) + len(extra), Counter(found=len(pairs)))
    for want, got in pairs:
        wrong = figure_errors(want, got, records)
        tally.right["right"] += not wrong
        if wrong:
            said = {name: got.get(name) for name in wrong}
            tally.misses.append(f"{gold['id']} {want['text']!r} {said}: {gold['text']}")
    wanted = [want for want, _ in pairs]
    tally.misses += [
        f"{gold['id']} missing: {q['text']!r}: {gold['text']}" for q in gold["quantities"] if q not in wanted
    ]
    tally.misses += [f"{gold['id']} too much: {q['text']!r}: {gold['text']}" for q in extra]
    return tally


def articles_of(bench: Bench, gold: list[Json]) -> list[Article]:
    """Articles of the rows' text and date alone."""
    shown = [{name: row[name] for name in ("id", "text", "date") if name in row} for row in gold]
    return [bench.read_line(json.dumps(row), number)[1] for number, row in enumerate(shown, 1)]


def coded(bench: Bench, pipeline: Pipeline, gold: list[Json], until: str, *fields: str) -> list[Json]:
    """What ``dragoman code --layers`` writes for the rows, as far as the step ``until`` finds it."""
    out = []
    for row, report in zip(gold, pipeline.run(articles_of(bench, gold), until), strict=True):
        page: Json = {"id": row["id"]} | json_of(report, bench.layers_of(report))
        out.append({name: page[name] for name in ("id", *fields)})
    return out
