from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.storing.words import fold, full_text_query


@pytest.mark.parametrize(
    ("texts", "folded"),
    [
        (("Kim Jong-un",), " kim jong un "),
        (("Goïta", None, "the  President"), " goita | the president "),
        (("STRASSE ß",), " strasse ss "),
        ((None,), ""),
    ],
)
def test_fold(texts: tuple[str | None, ...], folded: str) -> None:
    assert fold(*texts) == folded


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("arms deal", '"arms" AND "deal"'),
        ('"arms deal"', '"arms deal"'),
        ("deal*", '"deal"*'),
        ('a "b', '"a" AND "b"'),
        ("U.S.", '"U S"'),
        ("* -", ""),
    ],
)
def test_full_text_query(words: str, query: str) -> None:
    assert full_text_query(words) == query


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_no_words_are_a_syntax_error(words: str) -> None:
    query = full_text_query(words)
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE t USING fts5(a)")
    if query:
        table.execute("SELECT * FROM t WHERE t MATCH ?", (query,)).fetchall()
