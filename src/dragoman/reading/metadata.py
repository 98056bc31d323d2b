"""What a page's mark-up says of the article: JSON-LD, OpenGraph, meta elements, time elements."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec
from extruct.jsonld import JsonLdExtractor

from dragoman.codebook.pages import PageKnowledge
from dragoman.model import Image
from dragoman.reading.credits import people
from dragoman.reading.dates import iso, stamps

# schema.org types of reports (schema.org/Article and below, and what outlets use in their place), best first.
ARTICLES = ("NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
            "LiveBlogPosting", "Article", "BlogPosting", "Report", "SocialMediaPosting", "WebPage")  # fmt: skip
PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "pubdate", "publishdate",
    "publish-date", "publication_date", "article_date_original", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
UPDATED = (
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "lastmod",
)
AUTHORS = (
    "author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator",
    "cxenseparse:author",
)  # fmt: skip
DEKS = ("og:description", "description", "twitter:description", "dc.description")
TITLES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "title")
SITES = ("og:site_name", "application-name", "publisher", "dc.publisher")
LONGEST_SCRIPT = 1_000_000  # characters of JSON-LD that are read: real ones have tens of thousands
DEPTH = 6  # levels of @graph and lists that are followed
_DATED = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:/|-)")
_BLANK = re.compile(r"\s+")
_TAG = re.compile(r"<[^<>]{0,500}>")

_json_ld = JsonLdExtractor()


class Metadata(msgspec.Struct, frozen=True):
    """Fields as the mark-up has them; null or empty where it does not say.

    ``byline`` is all that by-lines and publisher fields name, for the wires in it.
    """

    titles: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    byline: str = ""
    publisher: str | None = None
    url: str | None = None
    images: tuple[Image, ...] = ()


def metadata(tree: Any, knowledge: PageKnowledge, address: str | None = None) -> Metadata:
    """The metadata of the page ``tree``, taken from ``address`` where that is known.

    Broken or hostile mark-up gives empty fields.
    """
    item = _article_item(tree)
    metas = _metas(tree)
    bylines = _bylines(item, metas, tree)
    url = _url(tree, item, metas)
    outlets = [*_names(item.get("publisher")), *_pick(metas, SITES)]
    said = [words(value) for value in (item.get("headline"), item.get("name")) if isinstance(value, str)]
    return Metadata(
        titles=tuple(dict.fromkeys(filter(None, [*said, *_pick(metas, TITLES)]))),
        descriptions=tuple(dict.fromkeys(filter(None, [words(item.get("description")), *_pick(metas, DEKS)]))),
        published=_first_date(
            knowledge, item.get("datePublished"), _pick(metas, PUBLISHED), _times(tree, "datePublished")
        )
        or _dated_address(url or address),
        updated=_first_date(knowledge, item.get("dateModified"), _pick(metas, UPDATED), _times(tree, "dateModified")),
        authors=_authors(bylines, knowledge),
        byline="; ".join(name for given in [*bylines, outlets] for name in given),
        publisher=_publisher(outlets, words(tree.findtext(".//title")), url or address, knowledge),
        url=url,
        images=_captions(item),
    )


def words(value: object) -> str:
    """``value`` as plain text: entities and tags resolved, white space folded; empty for what is no string."""
    if not isinstance(value, str):
        return ""
    return _BLANK.sub(" ", _TAG.sub("", html.unescape(html.unescape(value)))).strip()


def _article_item(tree: Any) -> dict[str, Any]:
    """The JSON-LD object that describes the article; empty where there is none."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        if len(script.text or "") > LONGEST_SCRIPT:
            continue
        script.set("type", "application/ld+json")
        try:
            for item in _json_ld.extract_items(script):
                found += _flat(item, DEPTH)
        except Exception:
            continue
    ranked = [(rank, at) for at, item in enumerate(found) for rank, kind in enumerate(ARTICLES) if kind in _kinds(item)]
    return found[min(ranked)[1]] if ranked else {}


def _flat(item: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(item, list):
        for part in item[:200]:
            yield from _flat(part, depth - 1)
    elif isinstance(item, dict):
        yield item
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _flat(item.get(key), depth - 1)


def _kinds(item: dict[str, Any]) -> list[str]:
    kind = item.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return [k.rsplit("/", 1)[-1] for k in kinds if isinstance(k, str)]


def _metas(tree: Any) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        value = words(element.get("content"))
        if key and value and len(value) < 2000:
            metas.setdefault(key.strip().lower(), []).append(value)
    return metas


def _pick(metas: dict[str, list[str]], keys: tuple[str, ...]) -> list[str]:
    return [value for key in keys for value in metas.get(key, [])]


def _times(tree: Any, prop: str) -> list[str]:
    """Values of elements with the schema.org property; for the publication also those of marked time elements."""
    values = [e.get("datetime") or e.get("content") or "" for e in tree.xpath(f'//*[@itemprop="{prop}"]')[:5]]
    if prop == "datePublished":
        times = tree.xpath("//article//time[@datetime] | //main//time[@datetime] | //header//time[@datetime]")
        values += [e.get("datetime") for e in tree.xpath("//time[@pubdate][@datetime]")[:2] + times[:1]]
    return values


def _first_date(knowledge: PageKnowledge, own: object, *lists: list[str]) -> str | None:
    """The first date given, with the time of day that a later one adds to the same day."""
    given = [own] if isinstance(own, str) else []
    dates: list[str] = []
    for value in [*given, *(value for listed in lists for value in listed)]:
        printed = stamps(value, knowledge) if not iso(value) else []
        dates += filter(None, [iso(value), *(stamp.value for stamp in printed[:1])])
    return next((date for date in dates if date.startswith(dates[0]) and "T" in date), dates[0]) if dates else None


def _dated_address(url: str | None) -> str | None:
    """The day that the address states (".../2024/03/12/...")."""
    found = _DATED.search(url or "")
    return iso("-".join(part.zfill(2) for part in found.groups())) if found else None


def _names(value: object) -> list[str]:
    """Names in a JSON-LD value: a text, an object with a name, or a list of these."""
    if isinstance(value, list):
        return [name for part in value[:20] for name in _names(part)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    return [words(value)] if words(value) and "://" not in str(value) else []


def _bylines(item: dict[str, Any], metas: dict[str, list[str]], tree: Any) -> list[list[str]]:
    """By-lines as written, by where they stand: the surest place first."""
    rel = '//*[@rel="author"] | //*[@itemprop="author"]//*[@itemprop="name"] | //a[contains(@class, "author")]'
    return [
        _names(item.get("author")),
        _names(item.get("creator")),
        _pick(metas, AUTHORS),
        [words(element.text_content()) for element in tree.xpath(rel)[:6]],
    ]


def _authors(bylines: list[list[str]], knowledge: PageKnowledge) -> tuple[str, ...]:
    """The persons of the first place that names any."""
    for given in bylines:
        names: list[str] = []
        for byline in given:
            match = knowledge.by.match(byline)
            names += people(byline[match.end() :] if match else byline, knowledge)
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _publisher(named: list[str], own: str, url: str | None, knowledge: PageKnowledge) -> str | None:
    """The outlet among the names that the page gives: the one that its host's name confirms, else the first.

    ``own`` is the window's title, which often ends with the outlet. A wire that the host does not confirm is whom
    the outlet has the report from, not the outlet.
    """
    host = _squeezed((urlsplit(url).hostname or "") if url else "")
    tails = re.split(r"\s+[|\u2010-\u2015-]\s+", own)[1:]
    names = [name.lstrip("@") for name in named if "://" not in name]
    for name in names:
        if any(len(form) > 2 and form in host for form in _forms(name)):
            return name
    for name in reversed(tails):
        if len(_squeezed(name)) > 2 and _squeezed(name) in host:
            return name
    return next((name for name in names if name not in knowledge.wire_names), None)


def _forms(name: str) -> list[str]:
    """How a host may write an outlet's name: in full, by its initials, or by one long word of it."""
    parts = [_squeezed(part) for part in re.split(r"[\W_]+", name)]
    return [_squeezed(name), "".join(part[:1] for part in parts), *(part for part in parts if len(part) > 6)]


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _url(tree: Any, item: dict[str, Any], metas: dict[str, list[str]]) -> str | None:
    links = [e.get("href") or "" for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    page = item.get("mainEntityOfPage")
    own = [page.get("@id") if isinstance(page, dict) else page, item.get("url")]
    for url in [*links, *_pick(metas, ("og:url",)), *own]:
        if isinstance(url, str) and re.match(r"https?://[^/\s]+/\S", url):
            return url.strip()
    return None


def _captions(item: dict[str, Any]) -> tuple[Image, ...]:
    images = item.get("image")
    listed = images if isinstance(images, list) else [images]
    found = []
    for image in listed[:20]:
        if isinstance(image, dict):
            caption = words(image.get("caption")) or words(image.get("description"))
            credit = words(image.get("creditText")) or next(iter(_names(image.get("creator"))), "")
            if caption or credit:
                found.append(Image(caption or None, credit or None))
    return tuple(dict.fromkeys(found))
