"""Patterns compile to what they say, and mistakes in them are shown with a caret."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.codebook.events import Example, Rule, compile_pattern, load_events, load_words
from dragoman.codebook.yamlfile import CodebookError

WORDS = {"arms": frozenset({"gun", "tank"})}


def rule(**slots: object) -> Rule:
    values = {"id": "x.y", "event": "AID", "verbs": ("send",), "examples": (Example("A.", "nothing"),)}
    return Rule(**{**values, **slots})  # type: ignore[arg-type]  # a rule's slots by name


def test_a_pattern_reads_like_its_sentence() -> None:
    pattern = compile_pattern(rule(), "ACTOR verb {arms} [to|into RECIPIENT]", WORDS, Path("f.yml"))
    actor, arms, recipient = pattern.elements
    assert (actor.where, actor.fill, actor.group) == ("before", "ACTOR", None)
    assert (arms.where, arms.words) == ("object", WORDS["arms"])
    assert (recipient.where, recipient.preps, recipient.group) == ("prep", ("to", "into"), 1)


def test_marks_for_owner_inside_and_deed() -> None:
    pattern = compile_pattern(rule(), "ACTOR verb RECIPIENT's {arms} for DEED:AID|ASSAULT", WORDS, Path("f.yml"))
    assert [e.where for e in pattern.elements] == ["before", "owner", "object", "prep"]
    assert pattern.elements[3].types == {"AID", "ASSAULT"}
    assert compile_pattern(rule(), "ACTOR verb RECIPIENT~", WORDS, Path("f.yml")).elements[1].inside


def test_what_must_not_stand_there() -> None:
    pattern = compile_pattern(rule(), "verb RECIPIENT !subject !object !for|to !deed", WORDS, Path("f.yml"))
    assert [(e.where, e.fill) for e in pattern.elements[1:]] == [
        ("before", "NOTHING"),
        ("object", "NOTHING"),
        ("prep", "NOTHING"),
        ("prep", "NOTHING"),
    ]
    assert [e.preps for e in pattern.elements[3:]] == [("for", "to"), ()]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ACTOR verb {nope}", "no word set 'nope'"),
        ("ACTOR RECIPIENT", "needs its trigger"),
        ("ACTOR noun", "names 'noun' and the rule lists none"),
        ("ACTOR verb WHO", "'WHO' is no part of a pattern"),
    ],
)
def test_mistakes_show_a_caret(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "f.yml"
    path.write_text("- id: a.b\n\n- event: AID\n  id: x.y\n")
    with pytest.raises(CodebookError) as error:
        compile_pattern(rule(), text, WORDS, path)
    first, shown, caret = str(error.value).splitlines()
    assert first.startswith(f"{path}:3: rule x.y: ")
    assert message in first
    assert (shown.strip(), caret.strip()) == (text, "^")


def test_word_sets_take_in_others_defined_above(tmp_path: Path) -> None:
    (tmp_path / "w.yml").write_text("a: [x, y z]\nb: [+a, q]\n")
    assert load_words(tmp_path / "w.yml")["b"] == {"x", "y z", "q"}
    (tmp_path / "w.yml").write_text("b: [+a]\na: [x]\n")
    with pytest.raises(CodebookError, match="not defined above"):
        load_words(tmp_path / "w.yml")


def test_two_rules_of_one_id_are_an_error(tmp_path: Path) -> None:
    text = "- {id: a.b, event: AID, verbs: [help], pattern: ACTOR verb RECIPIENT, examples: []}\n"
    (tmp_path / "events").mkdir()
    (tmp_path / "words.yml").write_text("{}\n")
    for name in ("one.yml", "two.yml"):
        (tmp_path / "events" / name).write_text(text)
    with pytest.raises(CodebookError, match=r"two\.yml:1: rule a\.b: there is one of that id in .*one\.yml"):
        load_events(tmp_path)
