import json

import pytest

from dragoman.reading.errors import ReadError
from dragoman.reading.jsonl import article_of_line

TEXT = "  Peru has recalled its ambassador from Quito.\r\n\tEcuador called the step regrettable.  "


def test_text_stays_untouched(pages):
    name, article = article_of_line(json.dumps({"id": "a7", "text": TEXT, "records": [1], "x": {}}), 1, pages)
    assert (name, article.text, article.body_start, article.title, article.language) == ("a7", TEXT, 0, None, "en")


def test_fields(pages):
    line = {"id": 4, "text": "Peru has recalled its ambassador, Reuters reported.", "title": "Peru recalls envoy",
            "dek": "Talks are off", "date": "2024-03-03T10:00:00Z", "publisher": "Herald",
            "url": "https://a.org/b", "authors": [{"name": "Rosa Quispe"}, None]}  # fmt: skip
    name, article = article_of_line(json.dumps(line).encode(), 1, pages)
    assert name == "4"
    assert (article.text, article.body_start) == (line["text"], 0)
    assert (article.title, article.dek) == ("Peru recalls envoy", "Talks are off")
    assert (article.published, article.published_basis) == ("2024-03-03T10:00+00:00", "line")
    assert (article.publisher, article.credits, article.url) == ("Herald", ("Reuters",), "https://a.org/b")
    assert article.authors == ("Rosa Quispe",)


DATELINES = {
    "LIMA, March 3, 2024 (Reuters) - Peru has recalled its ambassador.": "2024-03-03",
    "Peru recalls envoy\n\nLIMA, 3 March 2024 \u2014 Peru has recalled its ambassador.": "2024-03-03",
    "LIMA (AP) -- On March 3, 2024 Peru recalled its ambassador.": None,
    "LIMA, March 3 (Reuters) - Peru has recalled its ambassador.": None,
    "Peru recalled its envoy on March 3, 2024 - the third this year.": None,
    "PERU recalled its envoy on March 3, 2024, and then its consul and all who worked for its mission - at last.": None,
}


@pytest.mark.parametrize(("text", "day"), DATELINES.items())
def test_a_dateline_with_its_year_dates_the_report(text, day, pages):
    _, article = article_of_line(json.dumps({"text": text}), 1, pages)
    assert (article.published, article.published_basis) == (day, day and "dateline")
    _, article = article_of_line(json.dumps({"text": text, "date": "2024-03-05"}), 1, pages)
    assert (article.published, article.published_basis) == ("2024-03-05", "line")


def test_the_body_starts_after_a_title_in_the_text(pages):
    text = "Peru recalls envoy\n\nPeru has recalled its ambassador."
    _, article = article_of_line(json.dumps({"text": text, "title": "Peru recalls envoy"}), 9, pages)
    assert article.text == text
    assert article.text[article.body_start :] == "Peru has recalled its ambassador."


def test_line_without_id_goes_by_its_number(pages):
    assert article_of_line('{"text": "Peru has recalled its ambassador."}', 12, pages)[0] == "12"


@pytest.mark.parametrize(
    ("date", "published"),
    [("20240303", "2024-03-03"), ("2024-03-03 10:05", "2024-03-03T10:05"), ("3 March 2024", "2024-03-03"), ("", None),
     (None, None), ("2024-03", None), ("2024", None)],
)  # fmt: skip
def test_dates(date, published, pages):
    _, article = article_of_line(json.dumps({"text": "Peru recalled its envoy.", "date": date}), 1, pages)
    assert (article.published, article.published_basis) == (published, published and "line")


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", "3", '"text"', "{}", '{"text": ""}', '{"text": " \\n"}', '{"text": 4}', '{"text": null}',
     '{"text": "Peru agreed.", "date": "soon"}', '{"text": "Peru agreed.", "title": 5}',
     b'{"text": "\xff"}', "[" * 100_000],
)  # fmt: skip
def test_bad_lines(line, pages):
    with pytest.raises(ReadError) as caught:
        article_of_line(line, 31, pages)
    assert caught.value.code == "bad-line"
    assert "line 31" in str(caught.value)


FOREIGN = {
    "de": "Die Regierung hat am Montag ihren Botschafter aus Quito zurückgerufen, teilte das Ministerium mit.",
    "nl": "De regering heeft in het weekend haar ambassadeur in Quito teruggeroepen; dat was al even verwacht.",
    "da": "Regeringen har kaldt sin ambassadør i Quito hjem for at drøfte sagen, som den var nødt til at se på.",
    "fr": "Le gouvernement a rappelé dimanche son ambassadeur à Quito, a annoncé le ministère des affaires étrangères.",
    "ru": "Правительство отозвало своего посла из Кито, сообщило в воскресенье министерство иностранных дел.",
    "ja": "政府は日曜日、キトの大使を召還したと外務省が発表した。",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_refused_with_what_was_read(language, pages):
    with pytest.raises(ReadError) as caught:
        article_of_line(json.dumps({"text": FOREIGN[language]}), 2, pages)
    assert caught.value.code == "language"
    assert caught.value.article.language == language


def test_foreign_names_do_not_make_a_line_foreign(pages):
    text = "Among those who signed were Jürgen Müller, Ömer Öztürk, Søren Kjær, Đặng Văn Lâm, Thị Hương and Ž. Škoda."
    assert article_of_line(json.dumps({"text": text}), 1, pages)[1].language == "en"


@pytest.mark.parametrize("text", ["Hello", "Putin meets Xi", "Lukashenko", "Tshisekedi, Kagame sign accord in Luanda"])
def test_short_lines_pass(text, pages):
    assert article_of_line(json.dumps({"text": text}), 1, pages)[1].language == "en"
