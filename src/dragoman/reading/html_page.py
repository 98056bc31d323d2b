"""An HTML page -> Article: the text by trafilatura, the rest by the page's own mark-up (metadata.py).

This module loads trafilatura, extruct and lxml; import it only where there is HTML to read.
"""

from __future__ import annotations

import re
from typing import Any

from trafilatura.utils import load_html

from dragoman.codebook.pages import PageKnowledge
from dragoman.model import Article, Image
from dragoman.reading.credits import image, wires
from dragoman.reading.dates import dateline_day, stamps
from dragoman.reading.errors import ReadError
from dragoman.reading.html_body import body_rows
from dragoman.reading.identity import article_id
from dragoman.reading.lines import Line, Meta, is_prose, line_of
from dragoman.reading.metadata import Metadata, metadata, words
from dragoman.reading.text_page import clean, joined, plain

MOST_CAPTIONS = 20  # pictures of a page that are kept
DEK_WORDS = range(4, 61)
STANDFIRST = 30  # words; a longer first line is the article's first paragraph
SHORTEST_PARAGRAPH = 8  # words
LOOK = 80  # characters by which a paragraph is found again in the page
_CUT_OFF = re.compile(r"(?:\.\.\.|\u2026|\[\u2026\])\s*$")
_DATELINE = re.compile(r"[^\W\d_][^.!?]{0,60}\([^()]{2,20}\)\s*[\u2010-\u2015-]")
HEAD_LINES = 6  # lines of the extracted text that may still belong to the page's head


def read_html_page(text: str, knowledge: PageKnowledge, url: str | None, name: str) -> Article:
    """The article in the HTML ``text``; ``name`` stands for the capture in errors.

    ``url`` wins over the page's canonical address. Raises ReadError ``not-article`` where there is no text;
    whatever goes wrong inside the HTML libraries is that, too.
    """
    try:
        return _read(text, knowledge, url, name)
    except ReadError:
        raise
    # Any error of the HTML libraries on foreign input (RecursionError, lxml's, ValueError): a page that cannot be read.
    except Exception as error:
        raise ReadError(
            "not-article", f"{name}: its HTML cannot be read ({type(error).__name__}: {error}); save it as text", name
        ) from error


def _read(text: str, knowledge: PageKnowledge, url: str | None, name: str) -> Article:
    tree = load_html(text)
    if tree is None:
        raise ReadError("not-article", f"{name}: no HTML in it; save it as text", name)
    said = metadata(tree, knowledge, url)
    headings = [words(e.text_content()) for e in tree.xpath("//h1")[:5]]
    own_title = words(tree.findtext(".//title"))
    figures = _figures(tree, knowledge)
    visible = plain(_visible(tree))
    title = _title(said, headings, own_title)
    printed_head = _printed(tree, knowledge)
    lines = clean([line_of(row, knowledge) for row in body_rows(tree, url or said.url)], knowledge)
    metas, lines = _headless(lines, title, {plain(shown.caption or "") for shown in figures}, knowledge)
    dek = _dek(said, title, visible, lines)
    body = [line.text for line in lines if not (dek and plain(line.text) == plain(dek))]
    if not body:
        raise ReadError("not-article", f"{name}: no article text in this page; give an article's page", name)
    whole, body_start = joined(title, dek, body)
    printed = next((meta.published for meta in metas if meta.published), None) or printed_head
    # The page may print the time of day that the metadata leaves out.
    finer = bool(printed and said.published and "T" not in said.published and printed.startswith(said.published))
    published = printed if finer else said.published or printed
    basis = None if not published else "metadata" if said.published and not finer else "page"
    if basis is None and (published := dateline_day(body, knowledge)):
        basis = "dateline"
    address = url or said.url
    publisher = said.publisher
    bylines = "; ".join([said.byline, *(meta.byline for meta in metas if meta.byline)])
    return Article(
        id=article_id(address, publisher, title, published, whole),
        text=whole,
        url=address,
        publisher=publisher,
        title=title,
        dek=dek,
        authors=said.authors or tuple(dict.fromkeys(a for meta in metas for a in meta.authors)),
        published=published,
        published_basis=basis,
        updated=said.updated or next((meta.updated for meta in metas if meta.updated), None),
        views=next((meta.views for meta in metas if meta.views is not None), None),
        credits=wires("\n".join(body), knowledge, bylines),
        images=tuple(dict.fromkeys([*said.images, *figures])),
        body_start=body_start,
    )


def _visible(tree: Any) -> str:
    """The page's words without scripts and styles."""
    parts = tree.xpath("//body//text()[not(parent::script or parent::style or parent::noscript)]")
    return " ".join(parts)


def _title(said: Metadata, headings: list[str], own: str) -> str | None:
    """The headline as the page shows it: the h1 that the metadata or the window's title confirms, else theirs."""
    named = [*said.titles, own]
    for heading in headings:
        if heading and any(_same_title(heading, other) for other in named if other):
            return heading
    if said.titles:
        return said.titles[0]
    alone = [heading for heading in headings if heading]
    if len(alone) == 1:
        return alone[0]
    return re.split(r"\s+[|\u2013\u2014]\s+", own)[0] or None


def _same_title(heading: str, other: str) -> bool:
    """Whether the two share most of their words, so that one is the other with an outlet's name or in another form."""
    left, right = set(plain(heading).split()), set(plain(other).split())
    return len(left) > 1 and len(left & right) >= 0.7 * len(left) and len(left) >= 0.4 * len(right)


def _headless(
    lines: list[Line], title: str | None, captions: set[str], knowledge: PageKnowledge
) -> tuple[list[Meta], list[Line]]:
    """The head lines' metadata, and the lines without these, captions and the title's repetition."""
    metas: list[Meta] = []
    kept: list[Line] = []
    prose = 0
    for line in lines:
        if prose == 0 and len(kept) < HEAD_LINES and title and plain(line.text) == plain(title):
            continue
        if line.kind == "meta" and line.meta and (prose == 0 or not line.meta.labels):
            metas.append(line.meta)
            continue
        if line.kind in ("copyright", "image", "outlet", "reporting") or plain(line.text) in captions:
            continue
        prose += is_prose(line.text, knowledge)
        kept.append(line)
    return metas, kept


def _dek(said: Metadata, title: str | None, visible: str, lines: list[Line]) -> str | None:
    """The description, where the page shows it above the body; not one that only repeats the first paragraph.

    A first line that is the description is the dek where it is short (a standfirst) and more than one line follows.
    """
    rows = [plain(line.text) for line in lines]
    first = next((row for row in rows if len(row.split()) >= SHORTEST_PARAGRAPH), "")
    start = visible.find(first[:LOOK]) if first else -1
    body = " ".join(rows)
    for given in said.descriptions:
        folded = plain(given)
        if _CUT_OFF.search(given) or len(given.split()) not in DEK_WORDS or folded == plain(title or ""):
            continue
        at = visible.find(folded)
        if at < 0:
            continue
        if folded in rows[:2] and len(rows) > 2:
            if len(given.split()) <= STANDFIRST and not _DATELINE.match(given):
                return given
        elif folded not in body and (start < 0 or at < start):
            return given
    return None


def _figures(tree: Any, knowledge: PageKnowledge) -> list[Image]:
    """Captions and credits of the pictures in the page."""
    found = []
    for element in tree.xpath("//figcaption")[:MOST_CAPTIONS]:
        caption = words(element.text_content())
        if caption and len(caption) < 1000:
            found.append(image(caption, knowledge) or Image(caption, None))
    return found


def _printed(tree: Any, knowledge: PageKnowledge) -> str | None:
    """The date printed in the page's head: in a time element or an element whose class names a date."""
    marked = tree.xpath(
        '//time | //*[contains(@class, "date") or contains(@class, "publish") or contains(@class, "time")]'
    )
    for element in marked[:30]:
        text = words(element.text_content())
        if len(text) <= 80:
            for stamp in stamps(text, knowledge):
                return stamp.value
    return None
