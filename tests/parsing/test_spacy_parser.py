"""The adapter: offsets point at the words, sentences end with their paragraph, trees are trees."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.parsing import ParserError, SpacyParser
from dragoman.parsing.headlines import recase
from dragoman.parsing.spacy_parser import paragraphs

WORDS = st.lists(
    st.sampled_from(["Peru", "met", "Chile", "said.", "\n\n", "\n", "the", "“Stop”", "army", "é", "  ", "x" * 30]),
    max_size=30,
).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_every_token_points_at_its_words(text: str) -> None:
    parser = _parser()
    (analysis,) = parser.analyse([text])
    last = 0
    for index, sentence in enumerate(analysis.sentences):
        assert sentence.index == index
        for at, token in enumerate(sentence.tokens):
            assert text[token.start : token.end] == token.text
            assert token.start >= last and token.i == at and 0 <= token.head < len(sentence.tokens)
            last = token.end


_KEPT: list[SpacyParser] = []


def _parser() -> SpacyParser:
    if not _KEPT:
        _KEPT.append(SpacyParser(is_name=lambda word: word in {"Peru", "Chile"}))
    return _KEPT[0]


@pytest.mark.parametrize(("threads", "first"), [("1", "tagger"), ("4", "tok2vec")])
def test_vectors_are_computed_here_in_one_thread_only(
    threads: str, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", threads)
    parser = SpacyParser()
    assert parser.library.pipe_names[0] == first
    (analysis,) = parser.analyse(["Peru met Chile."])
    assert [t.dep for t in analysis.sentences[0].tokens] == ["nsubj", "ROOT", "dobj", "punct"]


def test_a_headline_is_a_sentence_of_its_own() -> None:
    (analysis,) = _parser().analyse(["Peru meets Chile\n\nThe talks were short."])
    assert [s.tokens[0].text for s in analysis.sentences] == ["Peru", "The"]


def test_title_case_is_parsed_as_a_sentence() -> None:
    (analysis,) = _parser().analyse(["Peru and Chile Sign New Border Treaty"])
    verb = next(t for t in analysis.sentences[0].tokens if t.text == "Sign")
    assert (verb.pos, verb.lemma) == ("VERB", "sign")


@pytest.mark.parametrize(
    ("headline", "verb", "small"),
    [
        ("Senate Rejects Request Of Governor For More Money", "Rejects", ("Of", "For")),
        ("Senate Rejects Request From Mayor And Talks With Unions", "Rejects", ("From", "With", "And")),
        ("Mayor Of Coast Town Resigns As Storm Nears", "Resigns", ("Of", "As")),
    ],
)
def test_function_words_in_title_case(headline: str, verb: str, small: tuple[str, ...]) -> None:
    (analysis,) = _parser().analyse([headline])
    tokens = {t.text: t for t in analysis.sentences[0].tokens}
    assert (tokens[verb].pos, tokens[verb].dep) == ("VERB", "ROOT")
    assert {tokens[word].tag for word in small} <= {"IN", "CC"}


def test_a_name_that_is_also_a_function_word_keeps_its_capital() -> None:
    known = {"May", "Peru"}
    headline = "Theresa May Visits Peru In The Spring"
    assert recase(headline, {"may", "visits", "spring"}.__contains__, known.__contains__, frozenset({"in", "the"})) == (
        "Theresa May visits Peru in the spring"
    )


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "The army of\nPeru left\nthe town.\nIt rained."
    assert [p for _, p in paragraphs(text)] == ["The army of", "Peru left the town.", "It rained."]
    for start, paragraph in paragraphs(text):
        assert text[start : start + len(paragraph)].replace("\n", " ") == paragraph


def test_streams_in_order_and_says_its_name() -> None:
    texts = [f"Peru met Chile {n} times." for n in range(130)]
    found = list(_parser().analyse(iter(texts)))
    assert [a.sentences[0].tokens[3].text for a in found] == [str(n) for n in range(130)]
    assert found[0].parser.startswith("spacy-en_core_web_sm")


def test_a_pipeline_that_is_not_there_says_what_to_do() -> None:
    with pytest.raises(ParserError, match="pip install"):
        SpacyParser("en_no_such_model")


def test_a_corrected_form_wins_over_the_dictionary() -> None:
    lemmas = {"hoped": "hope", "hoping": "hope", "hopes": "hope"}
    (analysis,) = SpacyParser(lemmas=lemmas).analyse(["Peru hoped for rain. Chile is hoping for rain. It hopped away."])
    assert [t.lemma for s in analysis.sentences for t in s.tokens if t.pos == "VERB"] == ["hope", "hope", "hop"]
