"""Vectors computed here are the library's but for rounding, and depend on nothing but the article."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import dragoman.parsing.vectors
from dragoman.parsing import DEFAULT_PIPELINE
from dragoman.parsing.vectors import Vectors, stand_in

BARE = spacy.load(DEFAULT_PIPELINE, exclude=["ner"])
TEXTS = [
    "Peru's ministers hadn't met those of Chile, but they're gonna do so on 12 May.",
    "Talks",
    "“No deal,” said the envoy – and left  again.",
]


def standing_in() -> tuple[Language, Vectors]:
    library = spacy.load(DEFAULT_PIPELINE, exclude=["ner"])
    vectors = stand_in(library)
    assert vectors
    return library, vectors


def made(library: Language, vectors: Vectors, texts: list[str]) -> list[Doc]:
    docs = [library.make_doc(text) for text in texts]
    vectors.annotate(docs)
    return docs


def test_the_same_as_the_library_but_for_rounding() -> None:
    library, vectors = standing_in()
    assert library.pipe_names[0] == "tagger"
    for _ in range(2):  # the second time from memory
        for doc in made(library, vectors, TEXTS):
            expected = BARE.get_pipe("tok2vec").predict([BARE.make_doc(doc.text)])[0]  # type: ignore[attr-defined]
            assert np.allclose(doc.tensor, expected, atol=1e-4)


def test_the_same_tags_and_trees() -> None:
    library, vectors = standing_in()
    for doc in library.pipe(made(library, vectors, TEXTS)):
        expected = BARE(doc.text)
        assert [(t.tag_, t.dep_, t.head.i) for t in doc] == [(t.tag_, t.dep_, t.head.i) for t in expected]


def test_what_was_read_before_changes_no_bit() -> None:
    first, second = (made(*standing_in(), TEXTS) for _ in range(2))
    library, vectors = standing_in()
    for text in ("The army said nothing.", "Deal or no deal, Chile and Peru met again.", *TEXTS):
        made(library, vectors, [text])
    third = made(library, vectors, TEXTS)
    for one, two, three in zip(first, second, third, strict=True):
        assert (one.tensor == two.tensor).all() and (one.tensor == three.tensor).all()


def test_a_full_memory_is_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dragoman.parsing.vectors, "MOST", 40)
    library, vectors = standing_in()
    expected = made(library, vectors, TEXTS)
    made(library, vectors, ["The army of Peru said that nothing at all was true."])
    assert 0 < len(vectors._known) <= 20
    for one, two in zip(expected, made(library, vectors, TEXTS), strict=True):
        assert (one.tensor == two.tensor).all()


def test_nothing_to_do() -> None:
    library, vectors = standing_in()
    made(library, vectors, [])
    assert len(made(library, vectors, [""])[0]) == 0


def test_another_network_stays_where_it_is() -> None:
    library = spacy.load(DEFAULT_PIPELINE, exclude=["ner"])
    layer = next(m for m in library.get_pipe("tok2vec").model.walk() if m.name == "expand_window")  # type: ignore[attr-defined]
    layer.attrs["window_size"] = 2
    assert stand_in(library) is None
    assert library.pipe_names[0] == "tok2vec"
    assert stand_in(spacy.blank("en")) is None
