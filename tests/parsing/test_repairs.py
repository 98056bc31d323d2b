"""Trees that cannot be right, put right."""

import pytest

from dragoman.codebook.sayings import Sayings
from dragoman.parsing import SpacyParser


@pytest.fixture(scope="module")
def parse():
    parser = SpacyParser()

    def tree(text):
        (analysis,) = parser.analyse([text])
        tokens = analysis.sentences[0].tokens
        return {t.text: (t.dep, tokens[t.head].text) for t in tokens}

    return tree


def test_a_verb_below_its_own_subject_is_the_sentence(parse):
    tree = parse("The company, Grupo Norte del Sur, admitted in 2022 that its agents had bribed ministers.")
    assert tree["admitted"] == ("ROOT", "admitted")
    assert tree["company"] == ("nsubj", "admitted")


def test_a_main_verb_behind_an_aside_is_no_participle(parse):
    tree = parse("Zambian President Joseph Banda, who spoke to both candidates by telephone, offered to mediate.")
    assert tree["offered"] == ("ROOT", "offered")
    assert tree["Banda"] == ("nsubj", "offered")


def test_a_noun_with_a_participle_stays_a_noun(parse):
    assert parse("Talks held in Lima")["held"] == ("acl", "Talks")


def test_a_subject_leaves_the_phrase_at_the_start(parse):
    tree = parse("On Monday rebels ambushed an army convoy near Mueda and killed four soldiers, the ministry reported.")
    assert tree["rebels"] == ("nsubj", "ambushed")
    assert tree["Monday"] == ("pobj", "On")


def test_a_phrase_before_a_subject_stays_whole(parse):
    assert parse("On Monday night shells hit the town.")["hit"][0] == "ROOT"
    tree = parse("In Gaza City hospitals, doctors worked by torchlight.")
    assert tree["doctors"] == ("nsubj", "worked")


def test_a_relative_pronoun_is_no_conjunction():
    (analysis,) = SpacyParser().analyse(["Oman accused it of shelling its port, a claim that Ankara denied."])
    that = next(t for t in analysis.sentences[0].tokens if t.text == "that")
    assert (that.tag, that.pos) == ("WDT", "PRON")


def test_a_clause_with_a_conjunction_is_no_relative_clause(parse):
    assert parse("The theory that the plane exploded was dismissed.")["exploded"] == ("acl", "theory")


SAYINGS = Sayings({"accuse", "deny", "cite", "vow", "tell", "say"}, {"tell": {"about"}})


@pytest.mark.parametrize(
    ("text", "word", "above"),
    [
        # What came of a deed belongs to it, what the teller says next to the teller.
        (
            "Chad accused the rebels of shelling a market in the city, killing at least 34 people.",
            "killing",
            "shelling",
        ),
        ("Chad accused the rebels of shelling a market in the city, citing two officials.", "citing", "accused"),
        # What somebody was told is no clause about where.
        ("Ali told a news conference in the capital that the army would withdraw.", "withdraw", "told"),
        ("A spokesman told journalists after the meeting that both sides had agreed.", "agreed", "told"),
        ("Ali told reporters about the plan that the army had made.", "made", "plan"),
        # When a vow was made is not when it will be kept.
        ('On Monday he vowed to "crush the rebellion", hours after meeting the ambassador.', "after", "vowed"),
        ("He vowed to leave an hour after meeting the ambassador.", "after", "leave"),
        # Who tells something says what is joined to it, in the same tense.
        ("Togo denied that its men crossed the river and accused Benin of a lie.", "accused", "denied"),
        ("Togo denied that its men crossed the river and burned a boat.", "burned", "crossed"),
    ],
)
def test_verbs_of_saying(text, word, above):
    (analysis,) = SpacyParser(sayings=SAYINGS).analyse([text])
    tokens = analysis.sentences[0].tokens
    assert next(tokens[t.head].text for t in tokens if t.text == word) == above


def test_a_semicolon_parts_two_sentences(parse):
    assert parse("Chad accuses rebels of shelling a market; paramilitary denies role")["accuses"][0] == "parataxis"
    assert parse("Chad sent troops and Togo sent aid, officials say")["sent"][0] != "parataxis"
