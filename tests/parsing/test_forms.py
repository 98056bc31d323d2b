"""Remembered forms are the ones the library's own components give."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.parsing import DEFAULT_PIPELINE
from dragoman.parsing.forms import Forms

BARE = spacy.load(DEFAULT_PIPELINE, exclude=["ner"])
QUICK = spacy.load(DEFAULT_PIPELINE, exclude=["ner"])
FORMS = Forms(QUICK)
TEXT = (
    "There is are it that 's gonna ain't let's to have do Peru leaders met striking worse \t 12 % . , “ if but better "
    "left those ministers'"
)
WORDS = st.lists(
    st.sampled_from(TEXT.split(" ")),
    max_size=14,
).map(" ".join)


def same(text: str) -> None:
    expected = [((t.lemma_ or t.text).lower(), t.tag_, t.pos_, t.dep_) for t in BARE(text)]
    assert [tuple(form) for form in FORMS.of(QUICK(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "There were talks in Lima, and there is a deal.",
        "They ain't leaving, and we're gonna stay; let's go.",
        "The ministers had met those who did not sign, but it was the worst of weeks.",
        "He has left. He left his left shoe.",
    ],
)
def test_the_same_as_the_components(text: str) -> None:
    same(text)
    same(text)  # once more, from memory


@settings(max_examples=150, deadline=None)
@given(WORDS)
def test_the_same_for_any_words(text: str) -> None:
    same(text)


def test_components_stand_down_only_where_they_are_the_usual_ones() -> None:
    assert QUICK.pipe_names == ["tok2vec", "tagger", "parser"]
    other = spacy.load(DEFAULT_PIPELINE, exclude=["ner"])
    other.add_pipe("sentencizer", last=True)
    forms = Forms(other)
    assert other.pipe_names[-1] == "sentencizer" and "lemmatizer" in other.pipe_names
    assert [form.lemma for form in forms.of(other("Leaders met."))] == ["leader", "meet", "."]


def test_a_pattern_of_several_tokens_without_a_word_of_its_own() -> None:
    bare, quick = (spacy.load(DEFAULT_PIPELINE, exclude=["ner"]) for _ in range(2))
    for library in (bare, quick):
        library.get_pipe("attribute_ruler").add([[{"TAG": "NNP"}, {"TAG": "VBD"}]], {"LEMMA": "named"})  # type: ignore[attr-defined]
    forms = Forms(quick)
    for text in ("The army left.", "Peru left."):
        assert [form.lemma for form in forms.of(quick(text))] == [t.lemma_.lower() for t in bare(text)]
    assert forms.of(quick("Peru left."))[0].lemma == "named"
