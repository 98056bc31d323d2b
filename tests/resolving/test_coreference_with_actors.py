"""Coreference over what the step for actors really finds: names, roles and phrases that only point back."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman.codebook
from dragoman.codebook.actors import load_actors
from dragoman.codebook.coreference import load_coreference
from dragoman.model import Article, Report
from dragoman.parsing import SpacyParser
from dragoman.resolving.actors import ActorResolver
from dragoman.resolving.coreference import CoreferenceResolver

ENGLISH = Path(dragoman.codebook.__file__).parent / "data" / "en"


class Steps:
    """Parser, actors and coreference, one after another."""

    def __init__(self) -> None:
        self.parser = SpacyParser()
        self.actors = ActorResolver(load_actors(ENGLISH))
        self.coreference = CoreferenceResolver(load_coreference(ENGLISH))

    def __call__(self, text: str) -> Report:
        analysis = next(iter(self.parser.analyse([text])))
        return self.coreference(self.actors(Report(Article("t", text, published="2024-07-01"), analysis)))


@pytest.fixture(scope="module")
def steps() -> Steps:
    return Steps()


def codes(report: Report, phrase: str) -> list[str | None]:
    """Codes of the parties of the last mention that reads ``phrase``."""
    found = [mention for mention in report.mentions if mention.text == phrase]
    assert found, f"no mention {phrase!r} among {[m.text for m in report.mentions]}"
    return [party.code for party in found[-1].parties]


@pytest.mark.parametrize(
    ("text", "phrase", "wanted"),
    [
        ("Russian President Vladimir Putin flew to Hanoi. He signed a pact.", "He", ["RUS"]),
        ("Tokyo protested on Monday. It recalled its ambassador from Moscow.", "It", ["JPN"]),
        ("Tokyo protested on Monday. It recalled its ambassador from Moscow.", "its", ["JPN"]),
        ("Kenya and Uganda met in Nairobi. Both countries signed the treaty.", "Both countries", ["KEN", "UGA"]),
        ("Kenya and Uganda signed a treaty. They promised to aid each other.", "They", ["KEN", "UGA"]),
        ("Kenya and Uganda signed a treaty. They promised to aid each other.", "each other", ["KEN", "UGA"]),
        ("Thousands marched in Peru. The government sent in troops.", "The government", ["PER"]),
        ("Brazil voted on Sunday. The country has 200 million people.", "The country", ["BRA"]),
        ('"We will not leave," Brazil said on Monday.', "We", ["BRA"]),
        ("Egypt sent troops to the border on Monday.", "troops", ["EGY"]),
        ("Two police cars were burned in Peru. They were new.", "They", []),
        ("Peruvian rebels freed a hostage, a mayor told Reuters. The country is calm.", "The country", ["PER"]),
        ("It is clear that Egypt will not leave.", "It", []),
        ("Egypt signed a pact. It covers trade.", "It", []),
    ],
)
def test_who(steps: Steps, text: str, phrase: str, wanted: list[str]) -> None:
    assert codes(steps(text), phrase) == wanted


def test_every_empty_mention_has_a_reason(steps: Steps) -> None:
    report = steps("Egypt warned Sudan, and its army moved. They talked, but some left. The president was silent.")
    assert all(mention.parties or mention.reason for mention in report.mentions)


@pytest.mark.parametrize(
    ("text", "phrase", "wanted"),
    [
        ("Peru closed its border. Its president, Ana Ruiz, spoke. Ruiz left.", "Its president", ["PER"]),
        ("Peru closed its border. Its president, Ana Ruiz, spoke. Ruiz left.", "Ana Ruiz", ["PER"]),
        ("Peru closed its border. Its president, Ana Ruiz, spoke. Ruiz left.", "Ruiz", ["PER"]),
        ("Peru and Chile signed a deal. Its president, Ana Ruiz, spoke.", "Ana Ruiz", [None]),
        ("The African Union suspended Mali. The country held elections.", "The country", ["MLI"]),
        ("Ghana's army seized power. The European Union cut aid to the country.", "the country", ["GHA"]),
        ("Ghana held elections. A French envoy said the country was stable.", "the country", ["GHA"]),
        ("Ghana blamed Togo. The Togolese minister said the country was innocent.", "the country", ["TGO"]),
        ("A diplomat in Accra spoke.", "A diplomat", [None]),
        # "It" with something of its own as object is a party, not the thing named before.
        ("Kenya stopped the plan for weeks. It dropped its veto on Friday.", "It", ["KEN"]),
        ("Kenya stopped the plan for weeks. It covers trade.", "It", []),
        ("A diplomat from Ghana spoke.", "A diplomat from Ghana", ["GHA"]),
    ],
)
def test_whose_story_it_is(steps: Steps, text: str, phrase: str, wanted: list[str | None]) -> None:
    assert codes(steps(text), phrase) == wanted


def test_a_fight_inside_a_state_has_two_sides(steps: Steps) -> None:
    text = "Chad and rebels agree on truce\n\nTalks took a week. Libya sent food. Sudan was glad. {} side freed men."
    for word in ("Each", "Neither"):
        sides = next(m for m in steps(text.format(word)).mentions if m.text == f"{word} side").parties
        assert [(p.code, p.sector) for p in sides] == [("TCD", "GOV"), (None, "REB")]


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("Nordex Bank cut jobs in Peru. Its president, Ana Ruiz, left.", "Ana Ruiz", "BUS"),
        ("The Miners' Union struck in Peru. Its leader, Ana Ruiz, spoke.", "Ana Ruiz", "LAB"),
        ("Peru cut jobs. Its president, Ana Ruiz, left.", "Ana Ruiz", "GOV"),
    ],
)
def test_the_head_of_a_body_is_no_official(steps: Steps, text: str, name: str, wanted: str) -> None:
    assert [m.parties[0].sector for m in steps(text).mentions if m.text == name] == [wanted]


def test_the_group_may_be_rebels(steps: Steps) -> None:
    report = steps("Rebels in Mali took a town. The African Union protested. The group promised to stay.")
    assert [p.sector for m in report.mentions if m.text == "The group" for p in m.parties] == ["REB"]


def test_a_description_is_whom_the_name_behind_it_names(steps: Steps) -> None:
    report = steps("The company, Nordex Bank, cut jobs. It paid a fine.")
    meant = [p.name for m in report.mentions if m.text in ("The company", "It") for p in m.parties]
    assert meant == ["Nordex Bank", "Nordex Bank"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('Chad and Mali quarrel.\n\nChad rejected it. "No," Foreign Ministry spokesman Ali Sene said. He left.', "TCD"),
        # A paragraph in which two countries act, and one in which none does.
        ('Chad rejected it. Mali did, too. "No," Foreign Ministry spokesman Ali Sene said. He left.', None),
        ('Chad and Mali quarrel.\n\n"No," Foreign Ministry spokesman Ali Sene said. He left.', None),
    ],
)
def test_a_spokesman_speaks_for_the_country_that_acts(steps: Steps, text: str, code: str | None) -> None:
    assert codes(steps(text), "He") == [code]


def test_a_crowd_is_they(steps: Steps) -> None:
    assert codes(steps("Thousands marched in Lisbon. They burned cars."), "They") == ["PRT"]


def who(report: Report, phrase: str) -> list[str | None]:
    """Names of the parties of the last mention that reads ``phrase``."""
    found = [mention for mention in report.mentions if mention.text == phrase]
    return [party.name for party in found[-1].parties] if found else []


def test_who_speaks_is_nobody_else_in_his_own_words(steps: Steps) -> None:
    text = 'Judge Maria Costa freed Pedro Alves on Monday. "He is a sick man," said lawyer Carlos Lima.'
    assert who(steps(text), "He") == ["Pedro Alves"]
    text = 'Carlos Lima gave an update. He said: "Somebody drove into the crowd. He was shot."'
    assert "Carlos Lima" not in who(steps(text), "He")


def test_a_piece_of_what_is_said_may_be_of_the_speaker(steps: Steps) -> None:
    assert codes(steps('Norway said it would send "whatever ships it has" to the crew.'), "it") == ["NOR"]


def test_a_quotation_goes_on_in_the_next_paragraph(steps: Steps) -> None:
    text = 'Carlos Lima said: "The bridge was gone.\n"I saw it from the window."'
    assert who(steps(text), "I") == ["Carlos Lima"]
    text = 'Carlos Lima said: "The bridge was gone."\n"I saw it from the window."'
    assert who(steps(text), "I") == []


def test_nothing_is_part_of_itself(steps: Steps) -> None:
    text = "The idea is that Norway would bring most of its soldiers home from Mali."
    assert "most of its soldiers" not in who(steps(text), "its")


def test_a_situation_is_nobody(steps: Steps) -> None:
    found = steps("Norway wants a bridge to Iceland. It is impossible.")
    assert [m.reason for m in found.mentions if m.text == "It"] in ([], ["stands for nothing"])


def test_a_floating_both_is_the_subject(steps: Steps) -> None:
    assert codes(steps("Togo met Benin. Mali and Niger were both invited to the talks."), "both") == ["MLI", "NER"]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Nordbank filed for help. The company it hired found nothing.", "The company"),
        ("Peru and Chile sent medics. Those two people died.", "Those two people"),
        ("Peru signed the pact. It is false and that parties had agreed is wrong.", "that parties"),
    ],
)
def test_what_is_somebody_else_goes_back_to_nobody(steps: Steps, text: str, phrase: str) -> None:
    assert not [m for m in steps(text).mentions if m.text == phrase and m.antecedent is not None]


def test_what_takes_a_town_is_somebody(steps: Steps) -> None:
    assert codes(steps("Mali fought Niger's rebels. Norway said it had taken the post."), "it") == ["NOR"]
    assert codes(steps("Norway sent medics. It took years to train them."), "It") == []


def test_an_ambassador_is_a_diplomat(steps: Steps) -> None:
    found = steps("Colombia expelled the ambassador of Peru. The diplomat left on Friday.")
    assert codes(found, "The diplomat") == ["PER"]


def test_citizens_are_they_and_the_states_are_it(steps: Steps) -> None:
    found = steps("Nordbank said that Americans may have been hit by the breach of its systems.")
    assert codes(found, "its") != ["USA"]
    assert codes(steps("The United States closed its embassy."), "its") == ["USA"]


def test_the_listener_is_nobody_that_pronouns_mean(steps: Steps) -> None:
    assert codes(steps('"It was planned," he told Reuters. "They knew the noise would hide it."'), "They") == []
