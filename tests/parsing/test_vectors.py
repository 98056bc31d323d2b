"""Vectors multiplied by numpy are the library's but for rounding, and depend on nothing but the article."""

from __future__ import annotations

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.parsing import DEFAULT_PIPELINE
from dragoman.parsing.vectors import Vectors, vectors_of

BARE = spacy.load(DEFAULT_PIPELINE, exclude=["ner"])
TEXTS = [
    "Peru's ministers hadn't met those of Chile, but they're gonna do so on 12 May.",
    "Talks",
    "“No deal,” said the envoy – and left  again.",
]


def opened() -> tuple[Language, Vectors]:
    library = spacy.load(DEFAULT_PIPELINE, exclude=["ner"])
    vectors = vectors_of(library)
    assert vectors
    return library, vectors


def made(library: Language, vectors: Vectors, texts: list[str]) -> list[Doc]:
    docs = [library.make_doc(text) for text in texts]
    vectors.annotate(docs)
    return docs


def test_the_same_as_the_library_but_for_rounding() -> None:
    library, vectors = opened()
    assert library.pipe_names[0] == "tagger"
    for doc in made(library, vectors, TEXTS):
        expected = BARE.get_pipe("tok2vec").predict([BARE.make_doc(doc.text)])[0]  # type: ignore[attr-defined]
        assert np.allclose(doc.tensor, expected, atol=1e-4)


def test_the_same_tags_and_trees() -> None:
    library, vectors = opened()
    for doc in library.pipe(made(library, vectors, TEXTS)):
        expected = BARE(doc.text)
        assert [(t.tag_, t.dep_, t.head.i) for t in doc] == [(t.tag_, t.dep_, t.head.i) for t in expected]


def test_what_was_read_before_changes_no_bit() -> None:
    first = made(*opened(), TEXTS)
    library, vectors = opened()
    for text in ("The army said nothing.", "Deal or no deal, Chile and Peru met again.", *TEXTS):
        made(library, vectors, [text])
    for one, two in zip(first, made(library, vectors, TEXTS), strict=True):
        assert (one.tensor == two.tensor).all()


def test_nothing_to_do() -> None:
    library, vectors = opened()
    assert made(library, vectors, []) == []
    assert len(made(library, vectors, [""])[0]) == 0


def test_another_pipeline_stays_as_it_is() -> None:
    assert vectors_of(spacy.blank("en")) is None
