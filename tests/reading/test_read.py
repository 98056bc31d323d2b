import contextlib
import gzip
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reading.capture import Capture
from dragoman.reading.decode import decode
from dragoman.reading.errors import ReadError
from dragoman.reading.read import is_html, read_capture

PAGE = "Peru recalls its envoy\n\n"
PAGE += "The government has recalled its ambassador from Quito “for talks”, it said on Sunday.\n"


def code_of(data: bytes, pages, name="page.txt") -> str:
    with pytest.raises(ReadError) as caught:
        read_capture(Capture(name, data), pages)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)
    return caught.value.code


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(codec, pages):
    assert "“for talks”" in read_capture(Capture("page.txt", PAGE.encode(codec)), pages).text


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1251", "utf-16", "no-such-thing", "rot13", "idna"])
def test_utf8_wins_over_a_lying_label(label):
    html = f'<html><head><meta charset="{label}"></head><body>“Łódź”</body></html>'
    assert "“Łódź”" in decode(html.encode(), "page.html")


def test_declared_encoding_is_read():
    html = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head>Москва</html>'
    assert "Москва" in decode(html.encode("cp1251"), "page.html")


def test_label_latin1_means_windows_1252():
    assert "“a”" in decode('<meta charset="iso-8859-1"><p>“a” é'.encode("cp1252"), "page.html")


def test_a_few_lost_bytes_do_not_change_the_encoding():
    data = ("é" * 50 + "x").encode() + b"\xc3" + ("é" * 50).encode()
    assert decode(data, "page.txt").count("é") == 100


def test_null_bytes_go():
    assert decode(b"Peru\x00 recalls", "page.txt") == "Peru recalls"


def test_refusals(pages):
    assert code_of(b"", pages) == "empty"
    assert code_of(b" \n\x00\n ", pages) == "empty"
    assert code_of(b"%PDF-1.7 ...", pages) == "binary"
    assert code_of(bytes(range(32)) * 40, pages) == "binary"
    assert code_of(b"Home\nSport\nWeather\n", pages) == "not-article"
    assert code_of(b"Access denied. You do not have permission to view this page today.", pages) == "not-article"
    assert code_of(b"<html><body><p>Log in</p></body></html>", pages, "page.html") == "not-article"


def test_foreign_page_is_refused_with_its_article(pages):
    text = "El gobierno del Perú retiró el domingo a su embajador en Quito, informó la cancillería en un comunicado."
    with pytest.raises(ReadError) as caught:
        read_capture(Capture("page.txt", text.encode()), pages)
    assert caught.value.code == "language"
    assert (caught.value.article.text, caught.value.article.language) == (text, "es")


def test_format_is_known_by_content(pages):
    assert is_html("<!DOCTYPE html><html>", "page.txt")
    assert not is_html("Peru < Chile, and 3 > 2", "page.txt")
    assert not is_html(PAGE, "page.html")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_random_bytes_raise_nothing_else(pages, data):
    try:
        article = read_capture(Capture("page", data), pages)
    except ReadError as error:
        assert error.code and str(error)
    else:
        assert article.text[article.body_start :].strip()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([
    "<div>", "</div>", "<p>", "<script>", "</script>", "<!--", "-->", '<a href="', "&#0;", "&amp", "\x00",
    "Peru agreed. ",
    "By Rosa Quispe", "12 March 2024, 10:05 GMT", "<table><tr><td>", "<![CDATA[", "\ufffe", "]]>", "(AP) -", "\n",
    "\n\n", "1,2 views",
    '<script type="application/ld+json">', '{"@type": "NewsArticle", "headline": [{}], "author": 4}', "<h1>",
    "<svg", "%",
]), max_size=40))  # fmt: skip
def test_broken_pages_raise_nothing_else(pages, pieces):
    try:
        article = read_capture(Capture("page", "".join(pieces).encode("utf-8", "surrogatepass")), pages)
    except ReadError as error:
        assert error.code and str(error)
    else:
        assert 0 <= article.body_start <= len(article.text)


def test_hostile_html(pages):
    body = "<p>The government of Peru has recalled its ambassador from Quito, it said.</p>" * 3
    hostile = [
        "<html><body>" + "<div>" * 30_000 + body,
        f'<html><body data-x="{"x" * 2_000_000}">{body}',
        f'<html><script type="application/ld+json">{"[" * 50_000}</script><body>{body}',
        f'<html><script type="application/ld+json">{{"@type": ["NewsArticle", 4], "author": {{"name": {{}}}},'
        f' "image": 3,'
        f' "datePublished": {{}}, "publisher": []}}</script><body>{body}',
        "<html>" + "<!-- " * 20_000,
    ]
    for page in hostile:
        try:
            read_capture(Capture("page.html", page.encode()), pages)
        except ReadError as error:
            assert error.code == "not-article"


@pytest.mark.parametrize("unit", ["-", "(AP/x", '.")', "told the ", "[1 ", "- (", "<p", "By A, ", "***\n", "/"])
def test_long_runs_take_no_long_time(unit, pages):
    page = "Peru agreed to the talks on Sunday, it said.\n\n" + unit * (60_000 // len(unit))
    start = time.process_time()
    with contextlib.suppress(ReadError):
        read_capture(Capture("page.txt", page.encode()), pages)
    assert time.process_time() - start < 3


def test_gzip_name_is_html(pages):
    assert is_html("text </b> text", "a.html.gz")
    assert gzip.decompress(gzip.compress(PAGE.encode())).decode() == PAGE
