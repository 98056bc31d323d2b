"""HTML pages, all invented."""

import subprocess
import sys

import pytest

from dragoman.model import Image
from dragoman.reading.capture import Capture
from dragoman.reading.errors import ReadError
from dragoman.reading.read import read_capture

PARAGRAPHS = [
    "The government of Peru has recalled its ambassador from Quito, the foreign ministry said on Sunday.",
    "Ecuador called the step regrettable and asked for talks, which it said could be held in a third country.",
    "Two fishermen were shot at the border bridge last week, and each side blames the other for it, Reuters reported.",
    "The ministers of both countries had met in January and agreed to keep soldiers away from the river.",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)

NEWS = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Peru recalls its envoy from Ecuador | The Andean Courier</title>
<link rel="canonical" href="https://andean.example/world/peru-envoy">
<meta property="og:site_name" content="Andean Courier Online">
<meta property="og:description" content="Lima wants an apology before talks resume">
<script type="application/ld+json">not json at all</script>
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite", "name": "x"}},
 {{"@type": "NewsArticle", "headline": "Peru recalls its envoy from Ecuador",
 "datePublished": "2024-03-12T10:05:00-05:00",
 "dateModified": "2024-03-12T18:40:11Z", "author": [{{"@type": "Person", "name": "Rosa Quispe"}},
 {{"@type": "Organization", "name": "Andean News"}}],
 "publisher": {{"@type": "Organization", "name": "The Andean Courier"}},
 "image": {{"@type": "ImageObject", "caption": "The bridge", "creditText": "Ana Diaz"}}}}]}}</script></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Peru recalls its envoy from Ecuador</h1>
<p class="dek">Lima wants an apology before talks resume</p><p class="byline">By Rosa Quispe</p>
{BODY}<p>Read more: Five things to know about the border</p></article>
<footer>© 2024 The Andean Courier</footer></body></html>"""


def read(html: str, pages, **rest):
    return read_capture(Capture("page.html", html.encode()), pages, **rest)


def test_fields(pages):
    article = read(NEWS, pages)
    assert article.title == "Peru recalls its envoy from Ecuador"
    assert article.dek == "Lima wants an apology before talks resume"
    assert (article.published, article.published_basis) == ("2024-03-12T10:05-05:00", "metadata")
    assert article.updated == "2024-03-12T18:40+00:00"
    assert article.authors == ("Rosa Quispe",)
    assert article.publisher == "The Andean Courier"
    assert article.url == "https://andean.example/world/peru-envoy"
    assert article.credits == ("Reuters",)
    assert article.images == (Image("The bridge", "Ana Diaz"),)
    assert article.language == "en"


def test_text(pages):
    article = read(NEWS, pages)
    assert article.text == "\n\n".join([article.title, article.dek, *PARAGRAPHS])
    assert article.text[article.body_start :].startswith(PARAGRAPHS[0])


def test_page_without_metadata(pages):
    head = "<h1>Peru recalls its envoy</h1><span class='date'>3 March 2024, 09:05 GMT</span>"
    page = f"<html><body><div>{head}{BODY}</div></body></html>"
    article = read(page, pages)
    assert article.title == "Peru recalls its envoy"
    assert (article.published, article.published_basis) == ("2024-03-03T09:05+00:00", "page")
    assert article.text.count("Peru recalls its envoy") == 1


def test_cut_off_description_is_no_dek(pages):
    page = NEWS.replace("Lima wants an apology before talks resume", PARAGRAPHS[0][:60] + "...")
    assert read(page, pages).dek is None


def test_description_that_the_page_does_not_show_is_no_dek(pages):
    page = NEWS.replace(
        'content="Lima wants an apology before talks resume"', 'content="All about the envoy and his recall"'
    )
    assert read(page, pages).dek is None


def test_id_goes_by_the_address(pages):
    one = read(NEWS, pages)
    tracked = read(NEWS, pages, url="http://www.andean.example/world/peru-envoy/?utm_source=x#top")
    other = read(NEWS, pages, url="https://andean.example/world/other")
    assert one.id == tracked.id != other.id


def test_body_cut_into_boxes_is_whole(pages):
    half = "".join(f"<p>{paragraph} {'It went on.' * 9}</p>" for paragraph in PARAGRAPHS)
    other = (
        half.replace("Peru", "Chile")
        .replace("Ecuador", "Bolivia")
        .replace("fishermen", "farmers")
        .replace("minis", "Minis")
    )
    boxes = f'<div class="box text">{half}</div><aside><b>Ad</b></aside><div class="box text">{other}</div>'
    text = read(f"<html><body><main><h1>Envoys go home</h1>{boxes}</main></body></html>", pages).text
    assert "recalled its ambassador" in text
    assert "government of Chile" in text


def test_lists_of_links_are_no_text(pages):
    links = (
        "<ul>"
        + "".join(f"<li><a href='/{n}'>Five things to know about border {n}</a></li>" for n in range(4))
        + "</ul>"
    )
    page = NEWS.replace("<p>Read more", f"{links}<p><a href='/x'>How Quito sees the shooting</a></p><p>Read more")
    text = read(page, pages).text
    assert "Five things" not in text
    assert "How Quito" not in text
    assert text.endswith(PARAGRAPHS[-1])


def test_outlet_is_the_one_that_the_address_confirms(pages):
    wire = NEWS.replace('"name": "The Andean Courier"', '"name": "Associated Press"')
    article = read(wire.replace("Andean Courier Online", "Andean"), pages)
    assert article.publisher == "Andean"
    assert article.credits == ("AP", "Reuters")


def test_placeholder_dates_and_foreign_names_in_the_bylines(pages):
    page = NEWS.replace("2024-03-12T10:05:00-05:00", "0001-01-01T00:00:00Z").replace(
        '"name": "Rosa Quispe"', '"name": "ROSA QUISPE, CNN Andes"'
    )
    article = read(page, pages)
    assert article.published is None
    assert article.authors == ("Rosa Quispe",)


def test_day_in_the_address(pages):
    page = NEWS.replace('"datePublished": "2024-03-12T10:05:00-05:00",', "").replace("/world/peru", "/2024/03/12/peru")
    article = read(page, pages)
    assert (article.published, article.published_basis) == ("2024-03-12", "metadata")


def test_page_without_text(pages):
    with pytest.raises(ReadError) as caught:
        read("<html><body><nav><a href='/'>Home</a></nav></body></html>", pages)
    assert caught.value.code == "not-article"


def test_text_pages_do_not_load_the_html_libraries():
    code = (
        "import sys, dragoman.reading.read, dragoman.reading.jsonl, dragoman.reading.text_page\n"
        "assert not {'trafilatura', 'extruct', 'lxml', 'charset_normalizer'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
