"""A page saved from a browser as plain text -> Article.

Nothing marks what is what, so lines are classified (lines.py) and their order decides. The head ends with the last
line in which the page speaks of itself (date, by-line, counter) before the body; title and dek stand in it. Without
such a line a first line that does not read as a paragraph is the title.
"""

from __future__ import annotations

import re

import msgspec

from dragoman.codebook.pages import PageKnowledge
from dragoman.model import Article, Image
from dragoman.reading.credits import people, wires
from dragoman.reading.dates import dateline_day
from dragoman.reading.identity import article_id
from dragoman.reading.lines import Line, Meta, fold, is_label, is_prose, line_of, signature, signed_outlet

_COUNTER = re.compile(r"\s*(?:[-\u2013\u2014]\s*\d{1,3}|\(\d{1,3}\)|\d{1,3}\s*/\s*\d{1,3}|#\d{1,3})\s*$")
_LETTER = re.compile(r"[^\W\d_]")
_PLAIN = re.compile(r"[\W_]+")
_BARS = re.compile(r"\s*[|\u00b7\u2022]\s*|\s+[/\u203a\u00bb]\s+")
_SPOKEN = re.compile(r"[AEIOUY]")
TITLE_WORDS = 30
MAST_WORDS = 5  # words of an outlet's name or a section's
DEK_WORDS = 60
HEAD_LINES = 5  # text lines that may stand between the page's top and its last head line
TOP = 20  # lines of a page that may be its head
WRAP = range(45, 101)  # characters of a line that a program, not its author, may have ended


class Head(msgspec.Struct, frozen=True):
    """Title, dek, pictures named in the head, and how many of the page's lines they take."""

    title: str | None = None
    dek: str | None = None
    body: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()


def read_text_page(text: str, knowledge: PageKnowledge, url: str | None = None) -> Article:
    """The article in ``text``. Fields that the page does not state stay null; never raises.

    Where a page states only when it was updated, that is ``published`` with the basis "updated"; where only its
    dateline has a date with a year, that day with the basis "dateline".
    """
    rows, keyed = _without_keys(_unwrapped(text, knowledge), knowledge)
    lines = clean([line_of(row, knowledge) for row in rows], knowledge)
    lines = _mast([line for line in lines if line.kind != "text" or _LETTER.search(line.text)], knowledge)
    lines = _signed(lines, knowledge)
    end = _head_end(lines, knowledge)
    metas = [line.meta for line in lines[:end] if line.meta]
    late = [line.meta for line in lines[end:] if line.meta]
    head = _head(lines, end, knowledge)
    published = next((meta.published for meta in metas if meta.published), None)
    published = published or next((meta.published for meta in late if meta.published), None)
    updated = next((meta.updated for meta in metas + late if meta.updated), None)
    authors = tuple(dict.fromkeys(name for meta in metas + late for name in meta.authors))
    byline = " ".join(meta.byline for meta in metas + late if meta.byline)
    reporting = [line.text for line in lines if line.kind == "reporting"]
    publisher = keyed or _publisher(lines, metas, head.title, knowledge)
    title = _without_outlet(head.title, publisher)
    whole, body_start = joined(title, head.dek, head.body)
    basis = "page" if published else "updated" if updated else None
    if basis is None and (published := dateline_day(head.body, knowledge)):
        basis = "dateline"
    return Article(
        id=article_id(url, publisher, title, published, whole),
        text=whole,
        url=url,
        publisher=publisher,
        title=title,
        dek=head.dek,
        authors=authors or _reporters(reporting, knowledge),
        published=published or updated,
        published_basis=basis,
        updated=updated,
        views=next((meta.views for meta in metas + late if meta.views is not None), None),
        credits=wires(
            "\n".join(line.text for line in lines if line.kind not in ("image", "copyright")), knowledge, byline
        ),
        images=head.images,
        body_start=body_start,
    )


def joined(title: str | None, dek: str | None, body: tuple[str, ...] | list[str]) -> tuple[str, int]:
    """``Article.text`` of its parts, one paragraph a line with a blank line between, and where the body starts."""
    head = [part for part in (title, dek) if part]
    text = "\n\n".join([*head, *body])
    start = len("\n\n".join(head)) + (2 if head and body else 0)
    return text, start


def _without_keys(rows: list[str], knowledge: PageKnowledge) -> tuple[list[str], str | None]:
    """``rows`` without the keys of a head like "Title: ...", "Source: ..."; and the outlet that such a head names."""
    keyed = next((at for at, row in enumerate(rows[:HEAD_LINES]) if knowledge.title_key.match(row)), None)
    if keyed is None:
        return rows, None
    outlet = None
    rest = []
    for at, row in enumerate(rows):
        match = knowledge.outlet_key.match(row) if at <= HEAD_LINES + keyed and outlet is None else None
        if match:
            outlet = row[match.end() :]
        else:
            rest.append(knowledge.title_key.sub("", row, count=1) if at == keyed else row)
    return rest, outlet


def clean(lines: list[Line], knowledge: PageKnowledge) -> list[Line]:
    """``lines`` without noise and without the lists of other articles that stand under their headings."""
    kept: list[Line] = []
    skipping, prose = False, 0
    for line in lines:
        prose += line.kind == "text" and is_prose(line.text, knowledge)
        # An outlet's line below the article heads a list of its other headlines.
        if line.kind == "block" or (line.kind == "outlet" and prose > 1):
            skipping = True
            if line.kind == "outlet":
                kept.append(line)
        elif line.kind == "text" and skipping and not is_prose(line.text, knowledge):
            continue
        elif line.kind != "noise":
            skipping = skipping and line.kind != "text"
            kept.append(line)
    return kept


def _unwrapped(text: str, knowledge: PageKnowledge) -> list[str]:
    """The lines of ``text``, stripped; paragraphs that were wrapped at a fixed width are one line again."""
    found: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        rows = [" ".join(row.split()) for row in block.split("\n")]
        rows = [row for row in rows if row]
        if _is_wrapped(rows, knowledge):
            found.append(" ".join(rows))
        else:
            found += rows
    return found


def _is_wrapped(rows: list[str], knowledge: PageKnowledge) -> bool:
    if len(rows) < 2 or max(map(len, rows)) >= WRAP.stop or min(map(len, rows[:-1])) < WRAP.start:
        return False
    open_ends = [row for row in rows[:-1] if not knowledge.sentence_end.search(row)]
    return 2 * len(open_ends) > len(rows) - 1 and any(row[0].islower() for row in rows[1:])


def _mast(lines: list[Line], knowledge: PageKnowledge) -> list[Line]:
    """``lines`` with a first line of outlet and section ("OUTLET | SECTION") marked as the outlet's."""
    if not lines or lines[0].kind != "text":
        return lines
    pieces = [piece.strip() for piece in _BARS.split(lines[0].text) if piece.strip()]
    names = [piece for piece in pieces if fold(piece) not in knowledge.sections]
    texts = [line.text for line in lines[1 : HEAD_LINES + 1] if line.kind == "text"]
    if len(pieces) < 2 or not names or any(len(piece.split()) > MAST_WORDS for piece in pieces):
        return lines
    # A headline must follow: else the line is one itself, with the outlet behind it.
    if not any(_may_be_title(text, knowledge) and not is_label(text, knowledge) for text in texts):
        return lines
    outlets = [name for name in names if knowledge.outlet_word.search(name)]
    if len(names) > 1 and not (outlets and all(is_label(name, knowledge) for name in names)):
        return lines
    name = (outlets or names)[0]
    return [Line(lines[0].text, "outlet", name=_in_small(name, knowledge)), *lines[1:]]


def _in_small(name: str, knowledge: PageKnowledge) -> str:
    """A name in capitals as it is written elsewhere; words that cannot be spoken ("BBC") and wires keep theirs."""
    if not name.isupper():
        return name
    return " ".join(
        word if knowledge.wire_any.fullmatch(word) or not _SPOKEN.search(word) else word.title()
        for word in name.split()
    )


def _signed(lines: list[Line], knowledge: PageKnowledge) -> list[Line]:
    """``lines`` with by-lines that lack a "by" marked: under a headline, next to another line of the page's own."""
    lines = list(lines)
    headline, prose = False, 0
    for at, line in enumerate(lines[:TOP]):
        if line.kind != "text":
            continue
        beside = {other.kind for other in (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2])}
        found = signature(line.text, knowledge) if headline and "meta" in beside else None
        if found:
            lines[at] = Line(line.text, "meta", meta=found)
            continue
        prose += is_prose(line.text, knowledge)
        if prose > 1:
            break
        headline = headline or not is_label(line.text, knowledge)
    return lines


def _head_end(lines: list[Line], knowledge: PageKnowledge) -> int:
    """How many lines belong to the head: up to the last head line that at most one paragraph (a dek) goes before."""
    end, texts, prose = 0, 0, 0
    for at, line in enumerate(lines):
        if line.kind == "text":
            texts += 1
            prose += is_prose(line.text, knowledge)
            if texts > HEAD_LINES or prose > 1:
                break
        elif line.kind in ("meta", "outlet", "domain"):
            end = at + 1
    rest = [line for line in lines[end:] if line.kind == "text"]
    return end if rest else 0


def _head(lines: list[Line], end: int, knowledge: PageKnowledge) -> Head:
    """Title and dek among the lines before ``end`` and the headings that follow it; the other lines are body."""
    texts = [(at, line.text) for at, line in enumerate(lines) if line.kind == "text"]
    candidates = [(at, text) for at, text in texts if at < end]
    after: list[tuple[int, str]] = []
    for at, text in texts[len(candidates) :]:
        if is_prose(text, knowledge) or len(after) == HEAD_LINES:
            break
        after.append((at, text))
    else:
        after = after if candidates else after[:1]  # no paragraph follows: a list of lines has one headline at most
    named = [at for at, text in candidates + after if _may_be_title(text, knowledge)]
    long = [at for at in named if not is_label(lines[at].text, knowledge)]
    # A headline is longer than the labels around it; a short one counts where the page has a head to stand in.
    title_at = next(iter(long), next(iter(named), None) if end else None)
    if title_at is None or len(texts) < 2:
        return _body(texts, (), None, None, lines, knowledge)
    title = lines[title_at].text
    used = {title_at}
    dek_at = None
    for at, text in candidates + after:
        if at < title_at and is_label(text, knowledge):
            used.add(at)
        elif at > title_at and not _repeats(text, title):
            if is_label(text, knowledge) and at < end:
                used.add(at)
            elif dek_at is None and len(text.split()) <= DEK_WORDS and not is_label(text, knowledge):
                dek_at = at
    if dek_at is not None:
        used.add(dek_at)
    dek = lines[dek_at].text if dek_at is not None else None
    return _body(texts, used, title, dek, lines, knowledge)


def _may_be_title(text: str, knowledge: PageKnowledge) -> bool:
    return (
        len(text.split()) <= TITLE_WORDS
        and not is_prose(text, knowledge, shortest=12)
        and fold(text) not in knowledge.sections
    )


def _body(
    texts: list[tuple[int, str]],
    used: set[int] | tuple[()],
    title: str | None,
    dek: str | None,
    lines: list[Line],
    knowledge: PageKnowledge,
) -> Head:
    images = [line.image for line in lines if line.image]
    body = []
    for at, text in texts:
        if at in used:
            continue
        if title and _repeats(text, title):
            images.append(Image(_COUNTER.sub("", text)))
        elif not (dek and plain(text) == plain(dek)):
            body.append(text)
    while len(body) > 1 and is_label(body[-1], knowledge):
        body.pop()
    return Head(title, dek, tuple(body), tuple(images))


def plain(text: str) -> str:
    """Words of ``text`` in small letters, for comparing."""
    return _PLAIN.sub(" ", text).strip().casefold()


def _repeats(text: str, title: str) -> bool:
    """Whether ``text`` is the headline again, as picture captions often are ("... - 1")."""
    return plain(title) in (plain(text), plain(_COUNTER.sub("", text)))


def _publisher(lines: list[Line], metas: list[Meta], title: str | None, knowledge: PageKnowledge) -> str | None:
    """The outlet's name where the page states it: an outlet line, a name at its top, a copyright line."""
    for line in lines:
        if line.kind == "outlet":
            return line.name
    owners = [line.name for line in lines if line.kind == "copyright" and line.name]
    top = next((line.text for line in lines if line.kind == "text"), "")
    short = top != title and len(top.split()) <= 5 and fold(top) not in knowledge.sections
    if short and (knowledge.outlet_word.search(top) or any(fold(top) == fold(owner) for owner in owners)):
        return top.strip(" |-")
    for meta in metas:
        for label in meta.labels:
            desk = knowledge.collectives.search(label) or knowledge.roles.search(label)
            if knowledge.outlet_word.search(label) and not desk and fold(label) not in knowledge.sections:
                return label
    if owners:
        return owners[0]
    for meta in metas:
        outlet = signed_outlet(meta.byline or "", knowledge)
        if outlet:
            return outlet
    tail = re.split(r"\s+[|\u2013\u2014-]\s+", title or "")[1:]
    if tail and len(tail[-1].split()) <= 4 and knowledge.outlet_word.search(tail[-1]):
        return tail[-1]
    return next((line.name for line in lines if line.kind == "domain"), None)


def _without_outlet(title: str | None, publisher: str | None) -> str | None:
    """The headline without the " | Outlet" that browsers' titles end with."""
    if title and publisher:
        bare = re.sub(rf"\s*[|\u2013\u2014-]\s*{re.escape(publisher)}\s*$", "", title)
        return bare or title
    return title


def _reporters(lines: list[str], knowledge: PageKnowledge) -> tuple[str, ...]:
    """Names of a line at the foot that says who reported; those who edited are not authors."""
    for line in lines:
        match = knowledge.reporting.match(line)
        if match:
            return people(re.split(r"[;.)]\s|[;)]", line[match.end() :])[0], knowledge)
    return ()
