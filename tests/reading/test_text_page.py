"""Pages saved as plain text, in lay-outs that outlets use. All are invented."""

import json
from pathlib import Path

import pytest

from dragoman.reading.capture import Capture
from dragoman.reading.read import read_capture
from dragoman.reading.text_page import read_text_page

LEAD = "The government of Peru has recalled its ambassador from Quito, the foreign ministry said on Sunday."
SECOND = "Ecuador called the step regrettable and asked for talks."

OUTLET_AND_COUNTER = f"""Latest news from Harbour Wire

Peru recalls its envoy from Ecuador over border shooting

Lima wants an apology before talks resume

Mar 3, 2024 09:05 1,204

Peru recalls its envoy from Ecuador over border shooting - 2

{LEAD}

{SECOND}
"""

DATE_FIRST = f"""12 March 2024
Peru recalls its envoy from Ecuador
By Rosa Quispe and John Mc Arthur in Lima
Share
Print

{LEAD}

Advertisement

{SECOND}

Related articles
Five things to know about the border
How Quito sees it
"""

LABELLED = f"""The Andean Courier
World
Peru recalls its envoy from Ecuador
Lima wants an apology before talks resume.
By Rosa Quispe, Foreign Correspondent
Published: 12 March 2024, 10:05 GMT
Updated: 12 March 2024, 18:40 GMT
1,234 views | 3 min read | 12 comments

{LEAD}

Read more: Five things to know about the border

{SECOND}

© 2024 The Andean Courier. All rights reserved.
"""

WIRE = """Peru recalls its envoy from Ecuador

LIMA, March 3 (AP) — The government of Peru has recalled its ambassador from Quito, officials said.

Ecuador called the step regrettable and asked for talks.
"""

REUTERS = f"""Peru recalls its envoy from Ecuador
By Rosa Quispe
March 3, 2024 4:05 PM EST Updated 2 hours ago

LIMA (Reuters) - {LEAD}

{SECOND}

(Reporting by Rosa Quispe; Editing by Alan Moor)

Our Standards: The Trust Principles.
"""

ONE_LINE = f"""Peru recalls its envoy from Ecuador
Monday, 4 March 2024 | By ROSA QUISPE | Updated 5 March 2024 07:15 (UTC+3) | 2.5K views

Soldiers stand guard at the border bridge near Huaquillas. [Ana Diaz/Reuters]

{LEAD}

{SECOND}
"""

PICTURES = f"""Peru recalls its envoy from Ecuador

FILE PHOTO: Soldiers stand guard at the border bridge. REUTERS/Ana Diaz

Photo: Ana Diaz

2024-03-03 21:10

{LEAD} Local officials told the AFP news agency that shots were fired.

{SECOND}

Source: Xinhua
"""

WRAPPED = """Peru recalls its envoy from Ecuador

3 March 2024

The government of Peru has recalled its ambassador from Quito, the
foreign ministry said on Sunday. It wants an apology for the shooting of
two fishermen.

Ecuador called the step regrettable and asked for talks, which would be
held in a third country.
"""

SIGNED_LIKE_BROADCASTERS = f"""Harbour News
Home
News
Sport

Peru recalls its envoy from Ecuador
2 hours ago
Rosa Quispe
Harbour News, Lima
Share
Save

Image source, Getty Images
Image caption, Soldiers at the border bridge

{LEAD}

{SECOND}
"""

SIGNED_WITH_PLACES = f"""Peru recalls its envoy from Ecuador
Lima wants an apology before talks resume

Rosa Quispe in Lima and John Field
Sun 3 Mar 2024 14.05 BST
Last modified on Sun 3 Mar 2024 15.20 BST
Share

{LEAD}

{SECOND}

Source: agencies
"""

KEYED = f"""Title: Peru recalls its envoy from Ecuador
Source: Andean Monitor
Date: 3 March 2024
Author: Rosa Quispe

{LEAD}

{SECOND}
"""

LIST_BELOW = f"""andean.example
Home » News » World » Peru recalls its envoy from Ecuador

Peru recalls its envoy from Ecuador
Published by Rosa Quispe on March 3, 2024, Sunday // 14:05 | 0 comments
👁 512

{LEAD}

A soldier near the bridge. Photo: Ana Diaz

{SECOND}

Latest news from Andean Monitor
Grain prices fall again
Five dead in bus crash
"""

ONLY_UPDATED = f"""Peru recalls its envoy from Ecuador

By ROSA QUISPE

Updated 2:05 PM EDT, March 3, 2024

{LEAD}

{SECOND}

___

Associated Press writer John Field in Quito contributed to this report.
"""

SLASHED = """Peru recalls its envoy from Ecuador
2024-03-03T14:05:00+03:00

LIMA, March 3. /TASS/. The government of Peru has recalled its ambassador from Quito, officials said.

The step, citing the state news agency WAM and Xinhua, was expected.
"""

MAST = f"""ANDEAN COURIER | POLITICS

Peru recalls its envoy from Ecuador

Lima wants an apology before talks resume

Sunday, 3 March 2024 | By ROSA QUISPE

{LEAD}

{SECOND}
"""

MAST_WITHOUT_A_WORD_FOR_IT = MAST.replace("ANDEAN COURIER | POLITICS", "World / Kalenda")
MAST_OF_INITIALS = MAST.replace("ANDEAN COURIER | POLITICS", "NBQ NEWS · LATIN AMERICA")
HEADLINE_AND_SECTION = MAST.replace("ANDEAN COURIER | POLITICS\n\nPeru recalls its envoy from Ecuador",
                                    "Peru recalls its envoy from Ecuador | World")  # fmt: skip

WITH_A_WIRE = f"""Peru recalls its envoy from Ecuador

03/03/2024 - 09:05

Andean Courier with AFP

{LEAD}

{SECOND}
"""

HELPED = f"""Peru recalls its envoy from Ecuador

3 March 2024

{LEAD}

{SECOND}

Reporting by Rosa Quispe in Lima; additional reporting by Reuters and dpa
"""

FIELDS = {
    "mast": (MAST, {
        "publisher": "Andean Courier", "title": "Peru recalls its envoy from Ecuador",
        "dek": "Lima wants an apology before talks resume", "authors": ("Rosa Quispe",), "published": "2024-03-03",
    }),
    "mast without a word for it": (MAST_WITHOUT_A_WORD_FOR_IT, {
        "publisher": "Kalenda", "title": "Peru recalls its envoy from Ecuador",
        "dek": "Lima wants an apology before talks resume",
    }),
    "mast of initials": (MAST_OF_INITIALS, {"publisher": "NBQ News", "title": "Peru recalls its envoy from Ecuador"}),
    "headline and section": (HEADLINE_AND_SECTION, {"publisher": None}),
    "with a wire": (WITH_A_WIRE, {
        "publisher": "Andean Courier", "title": "Peru recalls its envoy from Ecuador", "dek": None, "authors": (),
        "credits": ("AFP",),
    }),
    "helped": (HELPED, {"authors": ("Rosa Quispe",), "credits": ("Reuters", "dpa"), "publisher": None}),
    "outlet and counter": (OUTLET_AND_COUNTER, {
        "publisher": "Harbour Wire", "title": "Peru recalls its envoy from Ecuador over border shooting",
        "dek": "Lima wants an apology before talks resume", "published": "2024-03-03T09:05", "views": 1204,
        "published_basis": "page", "authors": (), "credits": (),
    }),
    "date first": (DATE_FIRST, {
        "publisher": None, "title": "Peru recalls its envoy from Ecuador", "dek": None, "published": "2024-03-12",
        "authors": ("Rosa Quispe", "John Mc Arthur"), "views": None,
    }),
    "labelled": (LABELLED, {
        "publisher": "The Andean Courier", "title": "Peru recalls its envoy from Ecuador",
        "dek": "Lima wants an apology before talks resume.", "published": "2024-03-12T10:05+00:00",
        "updated": "2024-03-12T18:40+00:00", "views": 1234, "authors": ("Rosa Quispe",),
    }),
    "wire dateline": (WIRE, {
        "title": "Peru recalls its envoy from Ecuador", "credits": ("AP",), "published": None, "published_basis": None,
    }),
    "reuters": (REUTERS, {
        "title": "Peru recalls its envoy from Ecuador", "credits": ("Reuters",), "authors": ("Rosa Quispe",),
        "published": "2024-03-03T16:05-05:00", "dek": None,
    }),
    "one line": (ONE_LINE, {
        "published": "2024-03-04", "updated": "2024-03-05T07:15+03:00", "authors": ("Rosa Quispe",), "views": 2500,
        "credits": (), "dek": None,
    }),
    "pictures": (PICTURES, {"published": "2024-03-03T21:10", "credits": ("AFP", "Xinhua"), "dek": None, "authors": ()}),
    "signed like broadcasters": (SIGNED_LIKE_BROADCASTERS, {
        "publisher": "Harbour News", "title": "Peru recalls its envoy from Ecuador", "authors": ("Rosa Quispe",),
        "published": None, "dek": None, "credits": (),
    }),
    "signed with places": (SIGNED_WITH_PLACES, {
        "dek": "Lima wants an apology before talks resume", "authors": ("Rosa Quispe", "John Field"),
        "published": "2024-03-03T14:05+01:00", "updated": "2024-03-03T15:20+01:00",
    }),
    "keyed": (KEYED, {
        "publisher": "Andean Monitor", "title": "Peru recalls its envoy from Ecuador", "published": "2024-03-03",
        "authors": ("Rosa Quispe",),
    }),
    "list below": (LIST_BELOW, {
        "publisher": "Andean Monitor", "title": "Peru recalls its envoy from Ecuador", "dek": None, "views": 512,
        "published": "2024-03-03T14:05", "authors": ("Rosa Quispe",),
    }),
    "only updated": (ONLY_UPDATED, {
        "published": "2024-03-03T14:05-04:00", "published_basis": "updated", "updated": "2024-03-03T14:05-04:00",
        "authors": ("Rosa Quispe",), "credits": ("AP",),
    }),
    "slashed": (SLASHED, {"published": "2024-03-03T14:05+03:00", "credits": ("TASS", "WAM", "Xinhua")}),
    "wrapped": (WRAPPED, {"title": "Peru recalls its envoy from Ecuador", "published": "2024-03-03"}),
}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_fields(name, pages):
    page, wanted = FIELDS[name]
    article = read_text_page(page, pages)
    assert {field: getattr(article, field) for field in wanted} == wanted


OTHERWISE_LAID_OUT = {"wire dateline", "reuters", "pictures", "wrapped", "slashed", "headline and section"}


@pytest.mark.parametrize("name", sorted(set(FIELDS) - OTHERWISE_LAID_OUT))
def test_text_is_title_dek_and_body(name, pages):
    article = read_text_page(FIELDS[name][0], pages)
    parts = [part for part in (article.title, article.dek) if part]
    assert article.text == "\n\n".join([*parts, LEAD, SECOND])
    assert article.text[article.body_start :].startswith(LEAD)


def test_wrapped_paragraphs_are_one_line(pages):
    body = read_text_page(WRAPPED, pages)
    assert body.text[body.body_start :].count("\n\n") == 1
    assert "Quito, the foreign ministry" in body.text


def test_images(pages):
    shown = read_text_page(PICTURES, pages).images
    assert shown[0].caption == "Soldiers stand guard at the border bridge."
    assert shown[0].credit == "REUTERS/Ana Diaz"
    assert shown[1].credit == "Ana Diaz"
    (bracketed,) = read_text_page(ONE_LINE, pages).images
    assert (bracketed.caption, bracketed.credit) == (
        "Soldiers stand guard at the border bridge near Huaquillas.", "Ana Diaz/Reuters",
    )  # fmt: skip
    (repeated,) = read_text_page(OUTLET_AND_COUNTER, pages).images
    assert repeated.caption == "Peru recalls its envoy from Ecuador over border shooting"


def test_paragraph_alone_has_no_title(pages):
    article = read_text_page(LEAD, pages)
    assert (article.title, article.published, article.text, article.body_start) == (None, None, LEAD, 0)


def test_paragraphs_alone_have_no_title(pages):
    article = read_text_page(f"{LEAD}\n\n{SECOND}\n", pages)
    assert (article.title, article.text) == (None, f"{LEAD}\n\n{SECOND}")


def test_date_in_a_paragraph_is_no_date_of_the_page(pages):
    article = read_text_page(f"Peru recalls its envoy\n\n{LEAD} The treaty dates from March 3, 2011.\n", pages)
    assert article.published is None


def test_all_figure_dates_are_read_only_where_they_are_plain(pages):
    ambiguous = read_text_page(f"Peru recalls its envoy\n03/04/2024\n\n{LEAD}\n{SECOND}", pages)
    plain = read_text_page(f"Peru recalls its envoy\n23/04/2024\n\n{LEAD}\n{SECOND}", pages)
    assert (ambiguous.published, plain.published) == (None, "2024-04-23")


def test_a_wire_that_is_written_about_is_no_credit(pages):
    article = read_text_page(
        f"Police hold Reuters photographer\n\nThe Reuters photographer was held for an hour. {LEAD}", pages
    )
    assert article.credits == ()


def test_same_page_same_id(pages):
    one, two = (read_text_page(LABELLED, pages) for _ in range(2))
    other = read_text_page(LABELLED.replace("recalls", "withdraws"), pages)
    assert one.id == two.id != other.id


SEED = Path(__file__).parents[3] / "shared"


@pytest.mark.skipif(not SEED.is_dir(), reason="the shared seed page is not beside this checkout")
def test_seed_page(pages):
    gold = json.loads((SEED / "gold" / "fakti-2024-06-24.json").read_text(encoding="utf-8"))["article"]
    page = (SEED / "seed" / "fakti-2024-06-24.txt").read_bytes()
    article = read_capture(Capture("fakti-2024-06-24.txt", page), pages)
    said = {field: getattr(article, field) for field in gold} | {"credits": list(article.credits)}
    assert said == gold
    assert article.text.count(article.title) == 1
    assert article.text[article.body_start :].startswith("North Korea has criticized")
