"""A record in words: what the screen shows for its fields."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dragoman.model import Factuality, Hop, Party, Place, Quantity, Record, Time

REALIS = {"actual": "happened", "planned": "planned", "hypothetical": "hypothetical", "historical": "background"}
NEGATED = {
    "actual": "did not happen",
    "planned": "will not happen",
    "hypothetical": "would not happen",
    "historical": "did not happen (background)",
}
MODALITY = {"certain": "", "probable": "probably", "possible": "possibly", "unknown": ""}
ACTS = {
    "assert": "says", "deny": "denies", "accuse": "accuses", "confirm": "confirms", "decline": "declines to say",
    "retract": "retracts", "predict": "predicts", "report": "reports",
}  # fmt: skip
MODIFIERS = {"approximately": "about ", "at-least": "at least ", "at-most": "at most ", "exactly": "exactly "}

# Slots that most facts rightly leave empty, and the event that a statement never has: not named in a list of records.
OPTIONAL = frozenset({"quantities", "obligation", "event"})


def party(one: Party) -> str:
    """``Assimi Goïta [MLI GOV]``."""
    return _with_codes(one.name or one.text, [one])


def parties(several: Iterable[Party]) -> str:
    """Several, with commas; one name with several codes once: ``both armies [UZB MIL, TKM MIL]``."""
    by_name: dict[str, list[Party]] = {}
    for one in several:
        by_name.setdefault(one.name or one.text, []).append(one)
    return ", ".join(_with_codes(name, those) for name, those in by_name.items())


def _with_codes(name: str, those: list[Party]) -> str:
    codes = filter(None, (" ".join(code for code in (one.code, one.sector) if code) for one in those))
    shown = ", ".join(dict.fromkeys(codes))
    return f"{name} [{shown}]" if shown else name


def names(several: Iterable[Party]) -> str:
    """Names without codes, each once, for a narrow column."""
    return ", ".join(dict.fromkeys(one.name or one.text for one in several))


def short(record: Record) -> str:
    """``CONSULT visit``, or the kind where there is no event."""
    return " ".join((record.event.type, *record.event.modes)) if record.event else record.kind


def what(record: Record) -> str:
    """``CONSULT visit``: type, modes and contexts, or the kind where there is no event."""
    if not record.event:
        return record.kind
    shown = short(record)
    if record.event.contexts:
        shown += f" ({', '.join(record.event.contexts)})"
    return shown if record.kind == "event" else f"{record.kind}: {shown}"


def status(factuality: Factuality) -> str:
    """``happened``, ``possibly planned``, ``did not happen``."""
    table = NEGATED if factuality.polarity == "negative" else REALIS
    shown = " ".join(filter(None, (MODALITY[factuality.modality], table[factuality.realis])))
    return f"{shown}, certainty not stated" if factuality.modality == "unknown" else shown


def status_and_words(factuality: Factuality) -> str:
    """The status, with the words of the text that decide."""
    words = ", ".join(f"“{word}”" for word in dict.fromkeys(factuality.words))
    return status(factuality) + (f" ({words})" if words else "")


def day(time: Time | None) -> str:
    """``2024-05-03``, ``2024-05-01 to 2024-05-07``, ``from 2024-05-01``, or nothing."""
    if not time or not (time.start or time.end):
        return ""
    if time.start == time.end:
        return time.start or ""
    if time.start and time.end:
        return f"{time.start} to {time.end}"
    return f"from {time.start}" if time.start else f"until {time.end}"


def span(time: Time | None) -> str:
    """As ``day``, a whole month or year by its name alone: ``2024-05``, ``2024``."""
    if not time or not time.start or not time.end or time.start[:4] != time.end[:4]:
        return day(time)
    if (time.start[5:], time.end[5:]) == ("01-01", "12-31"):
        return time.start[:4]
    start, end = date.fromisoformat(time.start), date.fromisoformat(time.end)
    whole = start.month == end.month and start.day == 1 and (end + timedelta(days=1)).day == 1
    return time.start[:7] if whole else day(time)


def when(time: Time) -> str:
    """The day, with the words it comes from and how."""
    how = {"stated": "stated", "derived": "derived", "publication": "day of publication"}[time.basis]
    words = f"“{time.text}”, " if time.text else ""
    precision = f", {time.precision}" if time.precision != "day" else ""
    return f"{day(time) or 'open'} ({words}{how}{precision})"


def hop(one: Hop) -> str:
    """``Ama Mensah [GHA GOV] denies, in quotes``."""
    who = party(one.by) if one.by else "somebody not named"
    return f"{who} {ACTS[one.act]}" + (", in quotes" if one.direct else "")


def empty(record: Record) -> list[str]:
    """The slots that a fact usually has and this record leaves empty; ``gaps`` say why."""
    slots = dict.fromkeys(gap.slot for gap in record.gaps if gap.slot not in OPTIONAL)
    return [slot for slot in slots if not getattr(record, slot)]


def place(where: Place) -> str:
    """``Accra, GHA``, with the words of the text where they differ."""
    name = where.name or where.text
    shown = ", ".join(part for part in (name, where.admin1, where.country) if part)
    return shown if where.text in shown else f"{shown} (“{where.text}”)"


def quantity(much: Quantity) -> str:
    """``at least 20,000 tonne of grain from A to B``, with the words of the text."""
    figure = _figure(much)
    shown = f"{MODIFIERS.get(much.modifier or '', '')}{figure}" if figure else f"“{much.text}”"
    shown += f" {much.unit}" if much.unit else ""
    shown += f": {much.item}" if much.item else ""
    shown += f", from {party(much.from_)}" if much.from_ else ""
    shown += f", to {party(much.to)}" if much.to else ""
    return f"{shown} (“{much.text}”)" if figure else shown


def _figure(much: Quantity) -> str:
    if much.value is not None:
        return _number(much.value)
    if much.low is not None and much.high is not None:
        return f"{_number(much.low)} to {_number(much.high)}"
    return ""


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"
