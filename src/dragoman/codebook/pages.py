"""What the reader knows of pages: how they write dates, by-lines, captions, wire credits, and what is not article.

The words live in ``<language>/pages/*.yml``; this module loads them strictly and compiles each pattern once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from dragoman.codebook.yamlfile import load_yaml

DASH = r"[-\u2010-\u2015\u2212]"
QUOTE = "[\"'\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb]?"
NAME = "NAME"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``words.yml``: what a page says of itself."""

    months: dict[str, int]
    weekdays: tuple[str, ...]
    ordinals: tuple[str, ...]
    zones: dict[str, str]
    am: tuple[str, ...]
    pm: tuple[str, ...]
    hours: tuple[str, ...]
    noon: tuple[str, ...]
    published: tuple[str, ...]
    updated: tuple[str, ...]
    glue: tuple[str, ...]
    relative: tuple[str, ...]
    units: tuple[str, ...]
    views: tuple[str, ...]
    counters: tuple[str, ...]
    by: tuple[str, ...]
    joiners: tuple[str, ...]
    after_names: tuple[str, ...]
    roles: tuple[str, ...]
    collectives: tuple[str, ...]
    reporting: tuple[str, ...]
    title_keys: tuple[str, ...]
    outlet_keys: tuple[str, ...]
    outlets: tuple[str, ...]
    outlet_words: tuple[str, ...]
    sections: tuple[str, ...]
    copyright: tuple[str, ...]
    rights: tuple[str, ...]
    sentence_ends: tuple[str, ...]
    closers: tuple[str, ...]
    function_words: tuple[str, ...]


class Boilerplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``boilerplate.yml``: lines of a page that are not the article."""

    lines: tuple[str, ...]
    starts: tuple[str, ...]
    blocks: tuple[str, ...]
    block_starts: tuple[str, ...]
    refusals: tuple[str, ...]


class ImageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``images.yml``: labels and signs of captions and picture credits."""

    credits: tuple[str, ...]
    captions: tuple[str, ...]
    marks: tuple[str, ...]
    by: tuple[str, ...]


class Wire(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A news agency: the name kept and the other ways it is written."""

    name: str
    also: tuple[str, ...] = ()


class Wires(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``wires.yml``: the agencies and the words that credit them."""

    wires: tuple[Wire, ...]
    weak: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    between: tuple[str, ...]
    agency: tuple[str, ...]
    contributed: tuple[str, ...]
    labels: tuple[str, ...]


def either(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, longest first, blanks matching any white space."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


def _any(words: Iterable[str], before: str = r"(?<!\w)", after: str = r"(?!\w)") -> re.Pattern[str]:
    return re.compile(before + either(words) + after, re.IGNORECASE)


class PageKnowledge:
    """The page words of one language, compiled. Built by ``load_pages``; never changed after that."""

    def __init__(self, language: str, words: Words, boilerplate: Boilerplate, images: ImageWords, wires: Wires) -> None:
        """``language`` is ISO 639-1, the folder's name."""
        self.language = language
        self.words = words
        self.boilerplate = boilerplate
        self.images = images
        self.wires = wires
        self._compile_dates(words)
        self._compile_lines(words, boilerplate)
        self._compile_images(images, wires)
        self._compile_wires(wires)

    def _compile_dates(self, words: Words) -> None:
        month = f"(?P<month>{either(words.months)})\\.?"
        weekday = rf"(?:{either(words.weekdays)}\.?,?\s+)?"
        day = rf"(?P<day>\d{{1,2}})(?:{either(words.ordinals)})?"
        glue = either(words.glue)
        year = r"(?P<year>(?:19|20)\d\d)(?!\d)"
        self.dates: tuple[re.Pattern[str], ...] = tuple(
            re.compile(rf"(?<![\w/.]){pattern}", re.IGNORECASE)
            for pattern in (
                rf"{weekday}{month}\s+{day},?\s+{year}",
                rf"{weekday}{day}(?:\s+{glue})?[\s-]+{month},?[\s-]+{year}",
                r"(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
                rf"(?P<day>\d{{1,2}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark){year}",
            )
        )
        zone = rf"(?P<zone>{either(words.zones)}(?!\w))"
        offset = r"(?:(?:UTC|GMT)\s?)?(?P<sign>[+\u2212-])(?P<oh>\d{1,2})(?::?(?P<om>\d\d))?(?!\d)"
        half = f"(?P<half>{either((*words.am, *words.pm))})(?!\\w)"
        self.time = re.compile(
            rf"(?:(?<![\w:.+-])|(?<=\dT))(?:(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?:\s*{half})?"
            rf"|(?P<hour12>1[0-2]|0?[1-9])\s*(?P<half12>{either((*words.am, *words.pm))})(?!\w)"
            rf"|(?P<hhmm>(?:[01]\d|2[0-3])[0-5]\d)(?=\s*\(?(?:UTC|GMT|{either(words.zones)}(?!\w)|{glue})))"
            rf"(?:(?:\s*{either(words.hours)})?\s*\(?(?:{offset}|{zone})\)?)?",
            re.IGNORECASE,
        )
        self.afternoon = frozenset(words.pm)
        self.stamp_gap = re.compile(
            rf"(?:[\s,;|·•/()T]|{DASH}|(?<!\w){glue}(?!\w)|{either(words.weekdays)}(?!\w))*", re.IGNORECASE
        )
        unit = either(words.units)
        relative = "|".join(either([form]).replace("NUMBER", r"\d+").replace("UNIT", unit) for form in words.relative)
        self.relative = re.compile(rf"(?<!\w)(?:{relative})(?!\w)", re.IGNORECASE)
        self.published_label = _any(words.published, after=r"(?!\w)\s*:?")
        self.updated_label = _any(words.updated, after=r"(?!\w)\s*:?")
        number = r"(?P<number>\d[\d,. ]*\d|\d)\s*(?P<scale>[kKmM](?!\w))?"
        self.views = re.compile(
            rf"(?<!\w)(?:{number}\s*(?:{either(words.views)})(?!\w)|{either(words.views)}\s*:?\s*"
            + number.replace("number", "number2").replace("scale", "scale2")
            + r"(?!\w))",
            re.IGNORECASE,
        )
        self.counters = re.compile(
            rf"(?<!\w)(?:\d[\d,.]*[kKmM]?\s*{either(words.counters)}|{either(words.counters)}\s*:?\s*\(?\d[\d,.]*\)?)"
            r"(?!\w)",
            re.IGNORECASE,
        )
        self.glue = _any(words.glue)

    def _compile_lines(self, words: Words, boilerplate: Boilerplate) -> None:
        self.word = re.compile(r"[^\W\d_]+")
        self.function_words = frozenset(words.function_words)
        self.by = re.compile(rf"(?:{either(words.by)})(?:\s*:\s*|\s+)(?=\S)", re.IGNORECASE)
        self.joiners = re.compile(rf"\s*(?:[,;/]|(?<!\S){either(words.joiners)}(?!\S))\s*")
        self.after_names = re.compile(rf"\s(?:{either(words.after_names)})(?!\w).*", re.DOTALL)
        self.roles = _any(words.roles)
        self.collectives = _any(words.collectives)
        self.reporting = re.compile(rf"\(?\s*{either(words.reporting)}\s", re.IGNORECASE)
        self.outlets = tuple(
            re.compile(either([form]).replace(NAME, r"(?P<name>\S.{0,60}?)") + r"\s*[.:]?", re.IGNORECASE)
            for form in words.outlets
        )
        self.title_key = re.compile(rf"{either(words.title_keys)}\s*:\s*(?=\S)", re.IGNORECASE)
        self.outlet_key = re.compile(rf"{either(words.outlet_keys)}\s*:\s*(?=\S)", re.IGNORECASE)
        self.outlet_word = _any(words.outlet_words)
        self.sections = frozenset(word.casefold() for word in words.sections)
        self.copyright = re.compile(rf"(?<!\w){either(words.copyright)}", re.IGNORECASE)
        self.owner = re.compile(
            rf"(?:{either(words.copyright)}|[\s,.\u2010-\u2015-]|\d{{4}})+(?P<name>[^\W\d].{{1,60}}?)\s*"
            rf"(?:[.,;|]|{either(words.rights)}|$)",
            re.IGNORECASE,
        )
        self.noise_lines = frozenset(line.casefold() for line in boilerplate.lines)
        self.noise_starts = tuple(line.casefold() for line in boilerplate.starts)
        self.noise_blocks = frozenset(line.casefold() for line in boilerplate.blocks)
        self.noise_block_starts = tuple(line.casefold() for line in boilerplate.block_starts)
        self.refusals = tuple(line.casefold() for line in boilerplate.refusals)
        ends, closers = (re.escape("".join(chars)) for chars in (words.sentence_ends, words.closers))
        self.sentence_end = re.compile(rf"[{ends}][{closers}]*\s*$")
        self.full_stop = re.compile(rf"(?<![A-Z]\.[A-Z])[.\u2026][{closers}]*\s*$")

    def _compile_images(self, images: ImageWords, wires: Wires) -> None:
        self.image_credit = re.compile(
            rf"(?:{either(images.credits)}\s*[:,|]\s*|{either(images.by)}\s+)(?P<credit>\S.*)", re.IGNORECASE
        )
        self.image_caption = re.compile(
            rf"(?:{either(images.captions)})\s*(?:[:,|]|{DASH})\s*(?P<caption>\S.*)", re.IGNORECASE
        )
        agencies = [name for wire in wires.wires for name in (wire.name, *wire.also) if name not in wires.weak]
        mark = rf"(?<!\w)(?:{either(images.marks)}|{either(agencies)})(?!\w)"
        inner = rf"[^()\[\]]{{0,80}}{mark}[^()\[\]]{{0,80}}"
        self.image_end = re.compile(
            rf"\s*(?:\((?P<round>{inner})\)|\[(?P<square>{inner})\]"
            rf"|(?P<bare>(?:{either(agencies)}|{either(images.marks)})\s?/\s?[^\W\d_][^/.]{{2,40}}(?:/[^/]{{2,40}}){{0,3}}"
            rf"|(?:{either(images.by)})\s[^.]{{3,80}}|(?<=[.!?)\u201d]\s)(?i:{either(images.credits)})\s*:\s*[^.:]{{2,60}}))\s*$"
        )
        self.image_alone = re.compile(rf"[^.]{{0,60}}{mark}(?:\s?/\s?[^.]{{2,60}})?\s*$")

    def _compile_wires(self, wires: Wires) -> None:
        self.wire_names: dict[str, str] = {}
        for wire in wires.wires:
            for name in (wire.name, *wire.also):
                self.wire_names[name] = wire.name
        weak = frozenset(wires.weak)
        strong = either(name for name in self.wire_names if name not in weak)
        every = either(self.wire_names)
        self.wire_any = re.compile(rf"(?<!\w){every}(?!\w)")
        self.wire_strong = re.compile(rf"(?<!\w){strong}(?!\w)")
        agency = either(wires.agency)
        before, after = either(wires.before), either(wires.after)
        between = rf"(?:{QUOTE}{either(wires.between)}\s+){{0,5}}"
        names = rf"(?:{QUOTE}{strong}{QUOTE}|{QUOTE}{every}{QUOTE}(?=\s+{agency}))"
        weak_named = rf"{agency}\s+{QUOTE}{every}{QUOTE}"
        self.contributed = re.compile(rf"(?<!\w){either(wires.contributed)}[^.]{{0,30}}\.?$", re.IGNORECASE)
        # A line that only says whom the report is from: "Source: TASS and agencies".
        self.source_line = re.compile(rf"\W*(?:{either(wires.labels)})\s*:\s*[^.!?]{{2,80}}\W*", re.IGNORECASE)
        self.wire_credits: tuple[re.Pattern[str], ...] = (
            # reports "Reuters"; told the Russian news agency TASS and AFP
            re.compile(
                rf"(?<!\w)(?i:{before})\s+{between}(?P<names>(?:{names}|{weak_named})"
                rf"(?:(?:,|\s+(?:{either(self.words.joiners)})|/)\s*(?:{between})(?:{names}|{weak_named}))*)(?!\w)"
            ),
            # Yonhap reported; the Interfax news agency, citing ..., said
            re.compile(
                rf"(?<!\w)(?P<names>{names}|{weak_named})(?:\s+{agency})?(?:\s+\w+day|,?\s+\w+)?\s+(?:{after})(?!\w)"
            ),
            # LIMA, March 3 (AP) - ; (Reuters) - ; SEOUL (Yonhap)
            re.compile(
                rf"^(?:[^\W\d_][^()\n]{{0,80}})?[(\[](?P<names>{every}(?:\s?/\s?{every})*)[^)\]\n]{{0,20}}[)\]]\s*(?:{DASH}|:|$)",
                re.MULTILINE,
            ),
            # AFP correspondents in Lima contributed to this report
            re.compile(rf"(?<!\w)(?P<names>{every})(?!\w)[^.\n]{{0,150}}\s(?i:{either(wires.contributed)})"),
            # CHISINAU, June 7. /TASS/.
            re.compile(rf"^[^\W\d_][^/\n]{{0,60}}/(?P<names>{every})/", re.MULTILINE),
            # ... at the end of the last paragraph: (AFP), - Reuters
            re.compile(rf"(?:[(\[]\s*|\s{DASH}+\s*)(?P<names>{every}(?:(?:\s?/\s?|,\s*){every})*)\s*[)\]]?\s*$"),
            # Source: TASS; With inputs from PTI
            re.compile(
                rf"^[^\w\n]*(?i:{either(wires.labels)})\s*:?\s*(?:\d{{4}}\s+)?(?P<names>{every}"
                rf"(?:(?:,|/|\s+(?:{either(self.words.joiners)}))\s*{every})*)[^\w\n]*$",
                re.MULTILINE,
            ),
            # Reporting by Ana Diaz; additional reporting by AFP
            re.compile(
                rf"(?:^|[;.(])\s*(?i:{either(self.words.reporting)})\s+(?:[^;.\n]{{0,80}}?\s)??(?P<names>{strong}"
                rf"(?:(?:,|/|\s+(?:{either(self.words.joiners)}))\s*{every})*)(?!\w)",
                re.MULTILINE,
            ),
            # a line of its own
            re.compile(
                rf"^[^\w\n]*(?P<names>{every}(?:(?:,|/|\s+(?:{either(self.words.joiners)}))\s*{every})*)[^\w\n]*$",
                re.MULTILINE,
            ),
        )


def load_pages(folder: Path) -> PageKnowledge:
    """The page knowledge of the language at ``folder`` (``.../data/en``). Raises CodebookError."""
    pages = folder / "pages"
    return PageKnowledge(
        folder.name,
        load_yaml(pages / "words.yml", Words),
        load_yaml(pages / "boilerplate.yml", Boilerplate),
        load_yaml(pages / "images.yml", ImageWords),
        load_yaml(pages / "wires.yml", Wires),
    )
