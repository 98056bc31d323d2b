"""What a sentence only mentions is no event: purposes, reasons for a punishment, nobody in particular."""

import pytest

from dragoman.codebook.load import load_codebook
from dragoman.model import Article
from dragoman.parsing import SpacyParser
from dragoman.pipeline import Pipeline


@pytest.fixture(scope="module")
def types():
    codebook = load_codebook()
    pipeline = Pipeline(codebook, SpacyParser(is_name=codebook.is_name))

    def coded(text):
        (report,) = pipeline.run([Article(id="t", text=text, published="2024-05-01")])
        return {event.type for event in report.events}

    return coded


def test_what_a_journey_is_for_is_not_done(types):
    assert "AID" not in types("Kenya sent police to help farmers.")
    assert "AID" in types("Kenya helped farmers in Uganda.")


def test_why_somebody_is_punished_is_no_refusal_of_theirs(types):
    assert types("The US fined a bank for breaching the embargo.") == {"SANCTION"}
    assert "REJECT" in types("Eritrea breached the embargo.")


def test_force_stays_a_deed_where_it_is_the_reason(types):
    assert "ASSAULT" in types("Police in Kenya arrested a gunman for shooting a judge.")


def test_nobody_in_particular_does_nothing(types):
    assert types("Those who back Chad must stop.") == set()
    assert "SUPPORT" in types("Niger backs Chad.")


def test_what_a_protest_demands_is_its_theme(types):
    assert types("Nurses in Kenya walked out to demand higher pay.") == {"PROTEST"}
    assert "REQUEST" in types("Nurses in Kenya demanded talks with the government.")


def test_what_speakers_owe_themselves_is_asked_of_nobody(types):
    assert "REQUEST" not in types("We must do more, the Kenyan minister said.")
    assert "REQUEST" not in types("Uganda must have left the camp, the Kenyan minister said.")
    assert "REQUEST" in types("Uganda must do more, the Kenyan minister said.")


def test_accidents_are_nobodys_deed(types):
    assert types("Kenyan officials asked why the bus had overturned, killing nine Ugandans.") <= {"REQUEST"}
    assert "ASSAULT" in types("Rebels shelled the town, killing nine Ugandans.")
