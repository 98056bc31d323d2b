"""Rules and actors of the user's own, from outside the package, at work in the whole pipeline."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dragoman.codebook.load import load_codebook
from dragoman.model import Article, Record
from dragoman.parsing import SpacyParser
from dragoman.pipeline import Pipeline

RULES = """
- id: own.blockade
  event: COERCE
  verbs: [barge]
  pattern: ACTOR verb [against RECIPIENT]
  examples:
    - text: Lake Guard barged against Kenya.
      gives: {recipients: [Kenya]}
    - text: A ship barged on.
      gives: nothing
"""
ACTORS = """
- {name: Lake Guard, kind: group, code: UGA, sector: REB}
- name: Jane Mukasa
  terms:
    - {start: 2019, end: 2023-05-31, code: UGA, sector: GOV}
    - {start: 2023-06, code: UGA, sector: OPP}
"""
PHOENIX = "OMUKAMA_COUNCIL_ [UGAREL]\n"


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory, parser: SpacyParser) -> Pipeline:
    folder = tmp_path_factory.mktemp("own")
    for name, text in (("rules.yml", RULES), ("actors.yml", ACTORS), ("more.actors.txt", PHOENIX)):
        (folder / name).write_text(text)
    actors = (folder / "actors.yml", folder / "more.actors.txt")
    return Pipeline(load_codebook(rules=(folder / "rules.yml",), actors=actors), parser)


def records(pipeline: Pipeline, text: str, day: str) -> Iterator[Record]:
    for report in pipeline.run([Article("a", text, published=day)]):
        yield from report.records


def test_both_work_together(pipeline: Pipeline) -> None:
    (record,) = (r for r in records(pipeline, "Lake Guard barged against Kenya.", "2024-05-05") if r.event)
    assert record.event and (record.rule, record.event.type) == ("own.blockade", "COERCE")
    assert [(party.name, party.code, party.sector) for party in record.actors] == [("Lake Guard", "UGA", "REB")]
    assert [party.code for party in record.recipients] == ["KEN"]


@pytest.mark.parametrize(("day", "sector"), [("2020-05-05", "GOV"), ("2024-05-05", "OPP")])
def test_roles_follow_the_date(pipeline: Pipeline, day: str, sector: str) -> None:
    (record,) = (r for r in records(pipeline, "Jane Mukasa condemned Kenya on Sunday.", day) if r.event)
    assert [(party.entity, party.sector) for party in record.actors] == [("person:jane-mukasa", sector)]


def test_a_phoenix_dictionary_is_read_as_it_is(pipeline: Pipeline) -> None:
    (record,) = (r for r in records(pipeline, "The Omukama Council condemned Kenya.", "2024-05-05") if r.event)
    assert [(party.code, party.sector) for party in record.actors] == [("UGA", "REL")]


def test_without_them_nothing_of_it_is_known(parser: SpacyParser, pipeline: Pipeline) -> None:
    plain = Pipeline(load_codebook(), parser)
    assert [r for r in records(plain, "Lake Guard barged against Kenya.", "2024-05-05") if r.event] == []
    assert plain.codebook.version != pipeline.codebook.version
