"""The factuality cues against the examples that stand beside them, and what must hold of every finding."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

import dragoman.codebook
from dragoman.codebook.cues import load_cues
from dragoman.codebook.times import load_times
from dragoman.codebook.yamlfile import CodebookError, load_yaml
from dragoman.coding.factuality import FactualityFinder, factuality_of
from dragoman.model import Article, Report
from dragoman.parsing import SpacyParser
from dragoman.resolving.times import TimeResolver

EN = Path(dragoman.codebook.__file__).parent / "data" / "en"
EXAMPLES = load_yaml(EN / "factuality" / "examples.yml", tuple[tuple[str, str, str, str, str], ...])
PUBLISHED = "2024-06-15"


@pytest.fixture(scope="module")
def knowledge() -> SimpleNamespace:
    return SimpleNamespace(cues=load_cues(EN))


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    texts = list(dict.fromkeys(text for text, *_ in EXAMPLES))
    analyses = SpacyParser().analyse(texts)
    dated = TimeResolver(load_times(EN))
    return {
        text: dated(Report(Article("a", text, published=PUBLISHED), analysis))
        for text, analysis in zip(texts, analyses, strict=True)
    }


def place(report: Report, word: str) -> tuple[int, int]:
    return next((s.index, t.i) for s in report.analysis.sentences for t in s.tokens if t.text == word)


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{word}: {text}" for text, word, *_ in EXAMPLES])
def test_example(
    example: tuple[str, str, str, str, str], knowledge: SimpleNamespace, reports: dict[str, Report]
) -> None:
    text, word, polarity, modality, realis = example
    found = FactualityFinder(knowledge).factuality_of(reports[text], *place(reports[text], word))
    assert (found.polarity, found.modality, found.realis) == (polarity, modality, realis), found.words
    assert text[found.span.start : found.span.end] == word


def test_enough_examples() -> None:
    assert len(EXAMPLES) >= 120


def test_the_layer_holds_what_the_function_gives(knowledge: SimpleNamespace, reports: dict[str, Report]) -> None:
    for report in reports.values():
        for found in FactualityFinder(knowledge)(report).factuality:
            assert found == factuality_of(report, found.sentence, found.token, knowledge)
            assert -3 <= found.score <= 3


def test_words_decide(knowledge: SimpleNamespace, reports: dict[str, Report]) -> None:
    text = "The rebels did not manage to cross the river."
    found = FactualityFinder(knowledge).factuality_of(reports[text], *place(reports[text], "cross"))
    assert "not" in found.words


def test_every_grade_needs_a_reading(tmp_path: Path) -> None:
    for part in ("attribution", "factuality"):
        (tmp_path / part).mkdir()
        for path in (EN / part).glob("*.yml"):
            (tmp_path / part / path.name).write_text(path.read_text())
    readings = tmp_path / "factuality" / "readings.yml"
    kept = [line for line in readings.read_text().splitlines() if not line.startswith("order:")]
    readings.write_text("\n".join(kept))
    with pytest.raises(CodebookError, match="order"):
        load_cues(tmp_path)
