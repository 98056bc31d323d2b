"""Reader for PETRARCH/Phoenix dictionaries of actors and agents, as they are (plain or gzipped).

The format is that of petrarch2's ``Phoenix.*.actors.txt`` and ``Phoenix.agents.txt``. CAMEO's chains of three-letter
codes are read as PLOVER's country and sectors.
"""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path

from dragoman.codebook.actors import ActorEntry, EntryKind, Role, Term, slug
from dragoman.codebook.yamlfile import CodebookError

# PLOVER manual 2.0, section 4 (and reference): old CAMEO roles and what PLOVER calls them.
_ROLES = {
    "GOV": "GOV", "MIL": "MIL", "COP": "COP", "JUD": "JUD", "LEG": "LEG", "SPY": "SPY", "OPP": "OPP", "REB": "REB",
    "INS": "REB", "SEP": "REB", "PRM": "PRM", "UAF": "UAF", "PTY": "PTY", "AGR": "AGR", "BUS": "BUS", "CRM": "CRM",
    "CVL": "CVL", "EDU": "EDU", "ELI": "ELI", "LAB": "LAB", "REF": "REF", "REL": "REL", "SOC": "SOC", "MED": "JRN",
    "JRN": "JRN", "HLH": "MED", "UNK": "UNK", "MOD": "OPP", "RAD": "REB", "DEV": "SOC", "ENV": "SOC", "HRI": "SOC",
}
_BODIES = {"IGO": "IGO", "NGO": "NGO", "NGM": "NGO", "MNC": "MNC", "IMG": "IMG", "ISM": "ISM", "INT": "IGO"}
_COUNTRIES = {"KSV": "KOS", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS"}
_LINE = re.compile(r"^(?P<name>[^\[\s][^\[]*?)\s*(?P<codes>(?:\[[^\]}]*[\]}]\s*)+.*|)$")
# One line of petrarch2's own agents closes with a brace; it is read as the bracket that is meant.
_CODE = re.compile(r"\[([^\]}]*)[\]}]")
_SET = re.compile(r"!(\w+)!")
_CENTURY = 30


def load_phoenix_actors(path: Path) -> list[ActorEntry]:
    """Actors of a dictionary: every name with its synonyms and dated codes. Raises CodebookError with file and line.

    Names of places come as ``country`` where the code is a country alone, others as ``organisation``; entries with
    dates are people. A name without a code is left out: the dictionaries use it to stop longer matches.
    """
    found: list[ActorEntry] = []
    names: list[str] = []
    codes: list[str] = []
    for number, line in _lines(path):
        if line[0] in " \t":
            part = _CODE.search(line)
            if part is None or not names:
                raise CodebookError(f"{path}:{number}: a code in square brackets under a name is expected here")
            codes += _CODE.findall(line)
        elif line.startswith("+"):
            match = _LINE.match(line[1:].strip())
            if match is None or not names:
                raise CodebookError(f"{path}:{number}: a synonym needs a name above it")
            names.append(_name(match["name"]))
        else:
            _close(found, names, codes)
            match = _LINE.match(line.strip())
            if match is None:
                raise CodebookError(f"{path}:{number}: a name and a code in square brackets are expected here")
            names, codes = [_name(match["name"])], _CODE.findall(match["codes"])
    _close(found, names, codes)
    return found


def load_phoenix_agents(path: Path) -> list[tuple[str, Role]]:
    """Nouns for roles of a dictionary, in singular and plural where both are given. Raises CodebookError."""
    sets: dict[str, list[str]] = {}
    found: list[tuple[str, Role]] = []
    for number, line in _lines(path):
        text = line.strip()
        if text.startswith("!") and "=" in text:
            name, _, endings = text.partition("=")
            sets[name.strip().strip("!")] = [ending.strip() for ending in endings.split(",")]
            continue
        match = _LINE.match(text)
        if match is None:
            raise CodebookError(f"{path}:{number}: a noun and a code in square brackets are expected here")
        chain = "".join(_CODE.findall(match["codes"])[:1]).replace("~", "")
        sector = next((s for s in map(_ROLES.get, _chain(chain)) if s), None)
        if sector is None:
            continue
        for noun in _spelled(match["name"], sets):
            found += [(one, Role(sector, False)) for one in noun]
    return found


def _spelled(name: str, sets: dict[str, list[str]]) -> list[list[str]]:
    """The nouns of an agent's line, with its sets of endings put in; ``{X}`` is an irregular plural."""
    irregular = re.search(r"\{([^}]*)\}", name)
    base = re.sub(r"\{[^}]*\}", "", name).strip()
    holder = _SET.search(base)
    bases = [base.replace(holder.group(0), end) for end in sets.get(holder.group(1), [""])] if holder else [base]
    spelled = []
    for one in bases:
        noun = _name(one).lower()
        extra = [_name(irregular.group(1)).lower()] if irregular else [] if holder else [noun + "s"]
        spelled.append([noun, *extra])
    return spelled


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read: {error.strerror}: check the path") from error
    if data[:2] == b"\x1f\x8b":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise CodebookError(f"{path}: not gzip: {error}") from error
    text = data.decode("utf-8", errors="replace")
    kept = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.split("#")[0].split(";")[0].rstrip()
        if line.strip() and not line.startswith("<"):
            kept.append((number, line))
    return kept


def _name(text: str) -> str:
    """``KOFI_ANNAN_`` as words: each with a capital, since the dictionaries have capitals only."""
    words = text.strip().rstrip("_").replace("_", " ").split()
    return " ".join(word.capitalize() for word in words)


def _chain(code: str) -> list[str]:
    return [code[i : i + 3] for i in range(0, len(code), 3)]


def plover(code: str) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Country, sector and secondary sectors of a chain like ``KENGOVMIL``; nulls where the chain does not say."""
    parts = _chain(code.replace("---", ""))
    if not parts:
        return None, None, ()
    country: str | None = None
    if parts[0] in _BODIES:
        country = _BODIES[parts[0]]
        if parts[1:2] == ["UNO"]:
            country = "UNO"
        elif parts[1:2] == ["EUR"]:
            country = "EUR"
        elif parts[0] == "NGM":
            country = "NGO"
    elif parts[0] not in _ROLES:
        country = _COUNTRIES.get(parts[0], parts[0])
    sectors = list(dict.fromkeys(s for s in map(_ROLES.get, parts[0:] if country is None else parts[1:]) if s))
    if parts[0] == "IMG" and not sectors:
        sectors = ["REB"]
    return country, sectors[0] if sectors else None, tuple(sectors[1:])


def _close(found: list[ActorEntry], names: list[str], codes: list[str]) -> None:
    """Add the entry read so far."""
    if not names or not codes:
        return
    terms: list[Term] = []
    rest: str | None = None
    for code in codes:
        chain, _, dates = code.strip().partition(" ")
        if not dates.strip():
            rest = rest or chain
            continue
        country, sector, sectors = plover(chain)
        start, end = _dates(dates.strip())
        terms.append(Term(start, end, country, sector, sectors))
    country, sector, sectors = plover(rest) if rest else (terms[0].code, None, ())
    place = not terms and sector is None and country is not None and country not in (*_BODIES.values(), "UNO", "EUR")
    if terms and country is None:
        country = terms[0].code
    kind: EntryKind = "person" if terms else "country" if place else "organisation"
    first = names[0]
    entity = f"country:{country}" if place else f"{'person' if terms else 'org'}:{slug(first)}"
    found.append(
        ActorEntry(
            first, kind, country, "GOV" if place else sector, sectors, entity, tuple(dict.fromkeys(names[1:])),
            tuple(sorted(terms, key=lambda term: term.start)),
        )
    )


def _dates(text: str) -> tuple[str, str]:
    """From and to of ``970101-061231``, ``<date`` (before) and ``>date`` (after)."""
    if text[0] == "<":
        return "", _day(text[1:])
    if text[0] == ">":
        return _day(text[1:]), ""
    start, _, end = text.partition("-")
    return _day(start), _day(end)


def _day(text: str) -> str:
    """YYMMDD or YYYYMMDD as an ISO date; two-digit years 00 to 30 are of this century (Phoenix's own rule)."""
    digits = re.sub(r"\D", "", text)
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= _CENTURY else "19") + digits
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) == 8 else ""
