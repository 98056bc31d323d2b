"""Capture -> Article: find the format, decode, read, and refuse what is no article."""

from __future__ import annotations

import re

import msgspec

from dragoman.codebook.pages import PageKnowledge
from dragoman.model import Article
from dragoman.reading.capture import Capture
from dragoman.reading.decode import decode
from dragoman.reading.errors import ReadError
from dragoman.reading.language import language_of
from dragoman.reading.lines import is_prose
from dragoman.reading.text_page import read_text_page

_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|div|p|meta|script|table|section)\b[^<>]{0,2000}>", re.I
)
_LOOK = 20_000  # characters in which a page's first tag stands
_HTML_NAMES = (".html", ".htm", ".html.gz", ".htm.gz")


def read_capture(capture: Capture, knowledge: PageKnowledge, url: str | None = None) -> Article:
    """The article in ``capture``. ``url`` is its address where the caller knows it; it wins over the page's own.

    Raises ReadError: ``empty``, ``binary``, ``encoding`` (decode.py); ``not-article`` where the page holds no
    sentence; ``language`` where it is not in the knowledge's language (the error then carries the article).
    """
    text = decode(capture.data, capture.name)
    if is_html(text, capture.name):
        from dragoman.reading.html_page import read_html_page  # heavy: loaded for HTML only

        article = read_html_page(text, knowledge, url, capture.name)
    else:
        article = read_text_page(text, knowledge, url)
    article = checked_language(article, knowledge, capture.name)
    body = article.text[article.body_start :]
    if not any(is_prose(line, knowledge, shortest=5) for line in body.splitlines()):
        raise ReadError(
            "not-article", f"{capture.name}: no sentences found: a list, a log-in or an error page; give an article",
            capture.name,
        )  # fmt: skip
    start = article.text[:400].casefold()
    if len(article.text) < 1500 and start.lstrip().startswith(knowledge.refusals):
        raise ReadError(
            "not-article", f"{capture.name}: the server's refusal, not the article; fetch it again", capture.name
        )
    return article


def is_html(text: str, name: str) -> bool:
    """Whether ``text`` is marked up: by its tags; its name decides only where a tag is not plain."""
    head = text[:_LOOK]
    return bool(_HTML.search(head)) or (name.lower().endswith(_HTML_NAMES) and "</" in text)


def checked_language(article: Article, knowledge: PageKnowledge, name: str) -> Article:
    """``article`` with its language. Raises ReadError ``language`` (with the article) where it has no rules."""
    body = article.text[article.body_start :] or article.text
    language = language_of(body, knowledge)
    article = msgspec.structs.replace(article, language=language)
    if language != knowledge.language:
        raise ReadError(
            "language", f"{name}: written in {language!r}; rules exist for {knowledge.language!r} only", name, article
        )
    return article
