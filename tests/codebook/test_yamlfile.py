"""Strict loading: an error names file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from dragoman.codebook.yamlfile import CodebookError, load_yaml, parse_yaml


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    count: int = 0


class Outer(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    inner: tuple[Inner, ...] = ()


def test_scalars_stay_text_unless_a_number_is_asked_for() -> None:
    made = parse_yaml("- id: NO\n  inner:\n  - {text: 010, count: 7}\n", "f.yml", tuple[Outer, ...])
    assert made == (Outer("NO", (Inner("010", 7),)),)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- id: a\n- id: b\n  colour: red\n", 3, ["colour", "allowed here: id, inner"]),
        ("- id: a\n  inner:\n  - text: x\n  - text: y\n    wrong: z\n", 5, ["wrong", "allowed here: text, count"]),
        ("- id: a\n  inner:\n  - text: x\n    count: many\n", 4, ["int"]),
        ("- id: [a\n", 2, ["not YAML"]),
    ],
)
def test_errors_name_file_line_and_remedy(text: str, line: int, words: list[str]) -> None:
    with pytest.raises(CodebookError) as error:
        parse_yaml(text, "rules.yml", tuple[Outer, ...])
    message = str(error.value)
    assert message.startswith(f"rules.yml:{line}:"), message
    assert all(word in message for word in words), message


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="cannot be read") as error:
        load_yaml(tmp_path / "none.yml", Outer)
    assert "\n" not in str(error.value)
