"""What explain says is what the pipeline did."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.pipeline import Pipeline
from dragoman.running.explain import Explained, Trigger, explain
from dragoman.running.opening import open_pipeline

# Rules of the tests' own, so that the codebook may change: each pattern misses in its own way.
RULES = """
- id: own.juggle
  event: AID
  verbs: [juggle, juggle up]
  patterns:
    - ACTOR verb {arms} to RECIPIENT
    - ACTOR verb RECIPIENT
    - ACTOR verb with RECIPIENT
    - ACTOR verb for DEED:AID
    - ACTOR verb RECIPIENT's (border)
    - ACTOR:{arms} verb
    - ACTOR verb for DEED:{arms}
  examples: []
- id: own.lift
  event: SUPPORT
  verbs: [lift up]
  pattern: ACTOR verb RECIPIENT
  examples: []
"""


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.yml").write_text(RULES)
    (folder / "people.yml").write_text(
        "- name: Jane Mukasa\n  terms:\n"
        "    - {start: 2019, end: 2023-05-31, code: UGA, sector: GOV, office: minister}\n"
        "    - {start: 2023-06, code: UGA, sector: OPP}\n"
    )
    return open_pipeline(rules=(folder / "own.yml",), actors=(folder / "people.yml",))


def only(pipeline: Pipeline, text: str, day: str | None = "2024-06-24") -> Explained:
    (one,) = explain(pipeline, text, day)
    return one


def at(one: Explained, word: str) -> Trigger:
    return next(trigger for trigger in one.triggers if trigger.text == word)


def missed(pipeline: Pipeline, text: str, pattern: str) -> str | None:
    one = at(only(pipeline, text), text.split()[1].strip("."))
    return next(a.missed for a in one.attempts if a.pattern == pattern)


@pytest.mark.parametrize(
    ("text", "pattern", "why"),
    [
        ("France juggled.", "ACTOR verb RECIPIENT", "needs RECIPIENT as object; there is nothing"),
        ("France juggled apples.", "ACTOR verb RECIPIENT", "needs RECIPIENT as object; `apples` is no party"),
        ("Storms juggled France.", "ACTOR verb RECIPIENT", "needs ACTOR as subject; `Storms` is no party"),
        (
            "France juggled apples to Spain.", "ACTOR verb {arms} to RECIPIENT",
            "needs {arms} as object; `apples` is not in {arms}",
        ),
        ("France juggled rifles.", "ACTOR verb {arms} to RECIPIENT", "needs RECIPIENT after `to`; there is nothing"),
        ("France juggled.", "ACTOR:{arms} verb", "needs ACTOR:{arms} as subject; `France` is not in {arms}"),
        (
            "France juggled for apples.", "ACTOR verb for DEED:AID",
            "needs DEED:AID after `for`; coded is `apples` as nothing",
        ),
        (
            "France juggled for apples.", "ACTOR verb for DEED:{arms}",
            "needs DEED:{arms} after `for`; `apples` is not in {arms}",
        ),
        ("France lifted Spain.", "ACTOR verb RECIPIENT", "needs `up` beside the verb (lift up)"),
        ("France juggled Spain.", "ACTOR verb with RECIPIENT", "needs RECIPIENT after `with`; there is nothing"),
        ("France juggled a border.", "ACTOR verb RECIPIENT's (border)",
         "needs RECIPIENT as owner of the object; there is nothing"),
        ("France juggled Spain's flag.", "ACTOR verb RECIPIENT's (border)",
         "needs (border) as object; `flag` is not in (border)"),
    ],
)  # fmt: skip
def test_a_pattern_that_misses_says_what_it_lacks(pipeline: Pipeline, text: str, pattern: str, why: str) -> None:
    assert missed(pipeline, text, pattern) == why


def test_each_pattern_is_tried_once_and_helping_verbs_are_no_triggers(pipeline: Pipeline) -> None:
    one = only(pipeline, "France had juggled Spain.")
    assert [trigger.text for trigger in one.triggers] == ["juggled"]
    patterns = [(a.rule, a.pattern) for a in one.triggers[0].attempts]
    assert len(patterns) == len(set(patterns)) == 7


def test_why_not_agrees_with_match(pipeline: Pipeline) -> None:
    texts = ("France juggled Spain.", "France juggled rifles to Spain.", "Kenya said it refused to give aid to Togo.")
    for text in texts:
        for trigger in only(pipeline, text).triggers:
            for one in trigger.attempts:
                assert (one.missed is None) == (one.score is not None)
                assert one.missed is None or one.slots == {}


def test_the_winner_and_its_slots(pipeline: Pipeline) -> None:
    one = at(only(pipeline, "The French army juggled rifles to Spain."), "juggled")
    best = one.attempts[0]
    assert (best.rule, best.pattern) == ("own.juggle", "ACTOR verb {arms} to RECIPIENT")
    assert best.slots == {"ACTOR": ("The French army",), "RECIPIENT": ("Spain",), "words": ("rifles",)}
    assert one.verdict == "coded by own.juggle, the only rule that fits"
    assert one.coded == ("AID: The French army → Spain",)
    scores = [a.score for a in one.attempts if a.score]
    assert scores == sorted(scores, reverse=True)


def test_absorbed_words_say_by_what(pipeline: Pipeline) -> None:
    one = only(pipeline, "France refused to give aid to Spain.")
    coded = [t for t in one.triggers if t.coded]
    absorbed = [t for t in one.triggers if t.verdict.startswith("absorbed")]
    assert len(coded) == 1
    assert any(f"`{coded[0].text}`" in t.verdict or "`give`" in t.verdict for t in absorbed)


def test_nobody_known(pipeline: Pipeline) -> None:
    one = at(only(pipeline, "He juggled it."), "juggled")
    assert one.verdict == "a pattern fits, but nobody in its slots is known"
    assert at(only(pipeline, "Apples juggled."), "juggled").verdict == "no pattern fits"


def test_planned_events_tell_what_they_are_recorded_as(pipeline: Pipeline) -> None:
    one = at(only(pipeline, "France will juggle Spain next week."), "juggle")
    assert one.coded == ("AID: France → Spain; recorded as AGREE, since it is positive, planned",)
    assert one.factuality is not None
    assert one.factuality.words == ("will",)


@pytest.mark.parametrize(
    ("day", "term"),
    [
        ("2020-02-02", "on 2020-02-02: minister 2019 to 2023-05-31, GOV"),
        ("2024-02-02", "on 2024-02-02: role 2023-06 to now, OPP"),
        ("2011-02-02", "no listed term covers 2011-02-02"),
        (None, "no date is given, so the last term counts: role 2023-06 to now, OPP"),
    ],
)
def test_people_come_with_the_term_that_holds(pipeline: Pipeline, day: str | None, term: str) -> None:
    (who,) = (w for w in only(pipeline, "Jane Mukasa juggled Spain.", day).actors if w.kind == "person")
    assert who.origins == (f"the codebook lists Jane Mukasa (person, UGA); {term}",)


def test_roles_and_appositions_say_which_words(pipeline: Pipeline) -> None:
    found = {w.text: w.origins for w in only(pipeline, "Ama Owusu, Ghana's defence minister, juggled Spain.").actors}
    assert found["Spain"] == ("the codebook lists Spain (country, ESP)",)
    assert any("GHA" in line and "“Ghana”" in line for line in found["Ama Owusu"])
    assert any("GOV" in line and "beside it" in line for line in found["Ama Owusu"])


def test_pronouns_name_their_antecedent(pipeline: Pipeline) -> None:
    found = {w.text: w.origins for w in only(pipeline, "Spain said it juggled France.").actors}
    assert found["it"][0] == "stands for “Spain”"
    assert "the codebook lists Spain (country, ESP)" in found["it"]


def test_parse_speakers_times_and_records(pipeline: Pipeline) -> None:
    one = only(pipeline, "Kenya said on Friday that Togo juggled Spain.")
    assert one.tree.startswith("said(nsubj Kenya")
    assert "punct" not in one.tree
    (said,) = one.attributions
    assert (said.cue, said.act, [p.code for p in said.speaker]) == ("said", "assert", ["KEN"])
    assert [(t.text, t.value) for t in one.times] == [("Friday", "2024-06-21")]
    assert "own.juggle" in {r.rule for r in one.records}


def test_several_sentences_and_none(pipeline: Pipeline, tmp_path: Path) -> None:
    one, two = explain(pipeline, "Spain slept. France juggled Spain.", None)
    assert (one.text, one.triggers) == ("Spain slept.", ())
    assert two.text == "France juggled Spain."
    assert explain(pipeline, " ", None) == []
