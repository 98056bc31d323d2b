"""Pronouns and descriptions to parties: the codebook's own examples and the step's promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import dragoman.codebook
from dragoman.codebook.coreference import CoreferenceKnowledge, Example, load_coreference
from dragoman.codebook.yamlfile import CodebookError
from dragoman.model import ActorMention, Analysis, Article, Party, Report, Sentence, Span
from dragoman.parsing import SpacyParser
from dragoman.resolving.coreference import CoreferenceResolver

ENGLISH = Path(dragoman.codebook.__file__).parent / "data" / "en"
KNOWLEDGE: CoreferenceKnowledge = load_coreference(ENGLISH)
EXAMPLES = KNOWLEDGE.examples()

# Names as the step for actors would find them: words -> kind, name, code, sector.
NAMES: dict[str, tuple[str, str, str | None, str | None]] = {
    "Vladimir Putin": ("person", "Vladimir Putin", "RUS", "GOV"),
    "Kim Jong Un": ("person", "Kim Jong Un", "PRK", "GOV"),
    "Emmanuel Macron": ("person", "Emmanuel Macron", "FRA", "GOV"),
    "Angela Merkel": ("person", "Angela Merkel", "DEU", "GOV"),
    "Sergei Lavrov": ("person", "Sergei Lavrov", "RUS", "GOV"),
    "Hamas": ("group", "Hamas", "PSE", "REB"),
    "Gazprom": ("organisation", "Gazprom", "RUS", "BUS"),
    "NATO": ("organisation", "NATO", "IGO", None),
    "Reuters": ("organisation", "Reuters", "GBR", "JRN"),
    "Moscow": ("country", "Russia", "RUS", "GOV"),
    "Beijing": ("country", "China", "CHN", "GOV"),
}
COUNTRIES = {
    "Russia": "RUS", "Ukraine": "UKR", "Germany": "DEU", "France": "FRA", "Iran": "IRN", "Iraq": "IRQ", "Israel": "ISR",
    "Japan": "JPN", "Peru": "PER", "Chile": "CHL", "North Korea": "PRK", "South Korea": "KOR", "Saudi Arabia": "SAU",
    "China": "CHN", "Taiwan": "TWN", "Kazakhstan": "KAZ", "Mali": "MLI", "Qatar": "QAT", "Poland": "POL",
    "Finland": "FIN", "Vietnam": "VNM",
}  # fmt: skip
NAMES |= {name: ("country", name, code, "GOV") for name, code in COUNTRIES.items()}
NOUNS = {"rebels": "REB"}


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


@pytest.fixture(scope="module")
def resolver() -> CoreferenceResolver:
    return CoreferenceResolver(KNOWLEDGE)


def named(sentence: Sentence, text: str) -> Iterator[ActorMention]:
    """Mentions of NAMES in a sentence, and of "rebels in Mali"."""
    tokens = sentence.tokens
    for first, token in enumerate(tokens):
        for last in range(min(len(tokens), first + 3) - 1, first - 1, -1):
            span = Span(token.start, tokens[last].end)
            if span.of(text) in NAMES:
                kind, name, code, sector = NAMES[span.of(text)]
                party = Party(span.of(text), span.start, span.end, name, code, sector)
                yield ActorMention(sentence.index, last, span, span.of(text), kind, (party,))  # type: ignore[arg-type]
                break
        if token.text.lower() in NOUNS and len(tokens) > first + 2 and tokens[first + 1].text == "in":
            span = Span(token.start, tokens[first + 2].end)
            party = Party(span.of(text), span.start, span.end, None, COUNTRIES[tokens[first + 2].text], "REB")
            yield ActorMention(sentence.index, first, span, span.of(text), "group", (party,))


def report_of(parser: SpacyParser, text: str) -> Report:
    analysis: Analysis = next(iter(parser.analyse([text])))
    mentions = tuple(m for sentence in analysis.sentences for m in named(sentence, text))
    return Report(Article("t", text), analysis, mentions=mentions)


def at(report: Report, phrase: str) -> ActorMention | None:
    """The mention whose words are ``phrase`` ("it#2": its second place)."""
    words, _, nth = phrase.partition("#")
    start = -1
    for _ in range(int(nth or 1)):
        start = _next(report, words, start + 1)
    return next((m for m in report.mentions if m.span == Span(start, start + len(words))), None) or next(
        (m for m in report.mentions if m.span.start <= start and m.span.end == start + len(words)), None
    )


def _next(report: Report, words: str, start: int) -> int:
    starts = {t.start for s in report.analysis.sentences for t in s.tokens}
    ends = {t.end for s in report.analysis.sentences for t in s.tokens}
    found = report.article.text.find(words, start)
    while found >= 0 and not (found in starts and found + len(words) in ends):
        found = report.article.text.find(words, found + 1)
    assert found >= 0, f"{words!r} is not in the text"
    return found


def fits(party: Party, wanted: str) -> bool:
    return wanted in (party.name, party.code, f"{party.code} {party.sector}")


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{r}-{i}" for i, (r, _) in enumerate(EXAMPLES)])
def test_example(rule: str, example: Example, parser: SpacyParser, resolver: CoreferenceResolver) -> None:
    report = resolver(report_of(parser, example.text))
    mention = at(report, example.mention)
    parties = mention.parties if mention else ()
    why = f"{rule}: {example.text!r} {example.mention!r}: {mention}"
    assert len(parties) == len(example.gives), why
    for wanted in example.gives:
        assert any(fits(party, wanted) for party in parties), why
    if mention is not None:
        assert (mention.reason is None) == bool(example.gives), why
        if example.reason is not None:
            assert example.reason in (mention.reason or ""), why


@pytest.mark.parametrize("text", [example.text for _, example in EXAMPLES[::5]])
def test_the_step_keeps_what_it_is_given(text: str, parser: SpacyParser, resolver: CoreferenceResolver) -> None:
    before = report_of(parser, text)
    after = resolver(before)
    assert resolver(before) == after
    assert after.analysis is before.analysis
    given = {(m.sentence, m.head): m for m in before.mentions}
    kept = {(m.sentence, m.head): m for m in after.mentions}
    assert given.items() <= kept.items()
    assert list(kept) == sorted(kept)
    for mention in after.mentions:
        assert mention.span.of(text) == mention.text
        assert (mention.antecedent is None) or 0 <= mention.antecedent.start < mention.antecedent.end <= len(text)
        for party in mention.parties:
            assert text[party.start : party.end] == party.text
        assert mention.parties or mention.reason


def test_nothing_is_quadratic(parser: SpacyParser, resolver: CoreferenceResolver) -> None:
    """A long article resolves each sentence as a short one does."""
    part = "Russia warned Ukraine. It said its army would respond. Both sides blamed each other.\n\n"
    short, long = resolver(report_of(parser, part)), resolver(report_of(parser, part * 40))
    assert [m.parties[0].code for m in long.mentions[-len(short.mentions) :]] == [
        m.parties[0].code for m in short.mentions
    ]


def test_a_headline_gives_an_antecedent(parser: SpacyParser, resolver: CoreferenceResolver) -> None:
    text = "Vladimir Putin arrives in Hanoi\n\nHe will stay for a day."
    mention = at(resolver(report_of(parser, text)), "He")
    assert mention is not None
    assert mention.parties[0].name == "Vladimir Putin"
    assert mention.antecedent == Span(0, len("Vladimir Putin"))


def test_a_bare_role_keeps_its_sector_where_no_country_is_known(
    parser: SpacyParser, resolver: CoreferenceResolver
) -> None:
    text = "The police were silent."
    report = report_of(parser, text)
    party = Party("The police", 0, 10, "police", None, "COP")
    mention = ActorMention(0, 1, Span(0, 10), "The police", "role", (party,))
    done = resolver(Report(report.article, report.analysis, mentions=(mention,)))
    assert done.mentions[0].parties == (party,)
    assert done.mentions[0].reason == "no country named before"


def test_a_rule_id_is_used_once(tmp_path: Path) -> None:
    folder = tmp_path / "coreference"
    folder.mkdir()
    for source in (ENGLISH / "coreference").glob("*.yml"):
        (folder / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "groups.yml").write_text("- {id: he, nouns: [group]}\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="'he' is used twice"):
        load_coreference(tmp_path)


def test_there_are_enough_examples() -> None:
    assert len(EXAMPLES) >= 60
    assert sum(not example.gives for _, example in EXAMPLES) >= 15
