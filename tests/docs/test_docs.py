"""What the README and docs show is run and compared; what they must say of every command, field and step is there.

    REFRESH_DOCS=1 .venv/bin/python -m pytest tests/docs    writes into the pages what is printed now
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from docs import tables
from docs.pages import ROOT, Page, commands, ids, matches, output_of, pages, read_page, refreshed
from docs.running import Session, open_once

REFRESH = bool(os.environ.get("REFRESH_DOCS"))
EXECUTED = ("console", "python")
# Printed by a program that does not work; no page is to show it.
BROKEN = re.compile(r"^(?:Traceback|dragoman: unexpected|dragoman: .*src/dragoman|.*\b\w+Error: ).*", re.MULTILINE)
NAMES = [str(path.relative_to(ROOT)) for path in pages()]
RUN = [name for name in NAMES if any(b.language in EXECUTED or b.file for b in read_page(ROOT / name).blocks)]


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A reader's terminal, 80 columns wide and without colour."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("dragoman.running.opening.open_pipeline", open_once)
    monkeypatch.setattr("dragoman.running.workers._cores", lambda: 1)  # in this process, where the parser is loaded
    monkeypatch.chdir(tmp_path)
    return Session(tmp_path)


@pytest.mark.parametrize("name", RUN)
def test_what_a_page_shows_is_what_is_printed(name: str, session: Session) -> None:
    page = read_page(ROOT / name)
    wrong = run_page(page, session)
    if REFRESH:
        broken = BROKEN.search(page.text())
        assert not broken, f"{name} is not written: {broken[0]}"
        page.path.write_text(page.text(), encoding="utf-8")
    elif wrong:
        pytest.fail(f"{name}: REFRESH_DOCS=1 pytest tests/docs writes what is printed now\n\n" + "\n\n".join(wrong))


def run_page(page: Page, session: Session) -> list[str]:
    """Run every block; the page then holds what is printed now. What was different before."""
    wrong: list[str] = []
    renamed: dict[str, str] = {}

    def compare(what: str, wanted: list[str], printed: list[str]) -> list[str]:
        same = matches(wanted, printed)
        if not same:
            shown = "\n".join((f"line {block.line}: {what}", "shown:", *wanted, "printed:", *printed))
            wrong.append(shown)
        new = refreshed(wanted, printed)
        was, now = ids(wanted), ids(printed if same else new)
        renamed.update(zip(was, now, strict=False))
        return new

    for block in page.blocks:
        if block.file:
            session.write(block.file, block.lines)
        if block.language == "python":
            output = output_of(page, block)
            printed = session.python("\n".join(block.lines), f"{page.path.name}:{block.line}")
            if output:
                output.lines = compare("python", output.lines, printed)
            elif printed:
                wrong.append(f"line {block.line}: prints, and no text block follows:\n" + "\n".join(printed))
        elif block.language == "console":
            lines: list[str] = []
            for command, wanted in commands(block):
                command = re.sub(r"\b[0-9a-f]{8}(?:[0-9a-f]{8})?\b", lambda m: renamed.get(m[0], m[0]), command)
                blank = [""] if wanted and not wanted[0].strip() else []
                between = [""] if len(wanted) > 1 and not wanted[-1].strip() else []
                printed = compare(command, wanted, session.console(command))
                lines += [f"$ {command}", *(blank if printed else []), *printed, *between]
            block.lines = lines
    return wrong


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    page = read_page(ROOT / name)
    for target in re.findall(r"\]\(([^)\s]+)\)", page.prose):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        path = (page.path.parent / file).resolve() if file else page.path
        assert path.exists(), f"{name}: no file {target}"
        if anchor:
            assert anchor in anchors(path), f"{name}: no heading {target}"


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", read_page(path).prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("name", NAMES)
def test_every_page_can_be_reached(name: str) -> None:
    if Path(name).name in ("README.md", "CONTRIBUTING.md"):
        return
    linked = {
        (ROOT / other).parent.joinpath(target.partition("#")[0]).resolve()
        for other in NAMES
        if other != name
        for target in re.findall(r"\]\(([^)\s]+)\)", read_page(ROOT / other).prose)
    }
    assert (ROOT / name).resolve() in linked, f"no page links to {name}"


@pytest.mark.parametrize("name", sorted(tables.TABLES))
def test_tables_made_from_the_program_are_up_to_date(name: str) -> None:
    path = ROOT / name
    assert path.exists(), f"{name} is missing: it must describe {tables.TABLES[name].what}"
    text = path.read_text(encoding="utf-8")
    new = tables.replaced(text, tables.TABLES[name].rows())
    if REFRESH:
        path.write_text(new, encoding="utf-8")
    else:
        assert new == text, f"{name}: REFRESH_DOCS=1 pytest tests/docs writes the table anew"


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name for name in tables.TABLES if name.startswith("docs/commands/") and f"]({name})" not in text]
    assert not missing, f"README.md does not link {missing}"


def test_no_page_describes_a_command_that_is_not_there() -> None:
    have = {path.stem for path in (ROOT / "docs" / "commands").glob("*.md")}
    assert have == {Path(name).stem for name in tables.TABLES if name.startswith("docs/commands/")}


def test_every_field_of_the_contract_is_described() -> None:
    text = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    for heading, names in tables.fields():
        section = re.search(rf"^## {heading}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        assert section, f"docs/record.md has no section {heading!r}"
        missing = [name for name in names if f"| `{name}` |" not in section[1]]
        assert not missing, f"docs/record.md, {heading}: {missing} not described"


def test_the_walkthrough_follows_the_pipeline() -> None:
    source = (ROOT / "src" / "dragoman" / "pipeline.py").read_text(encoding="utf-8")
    steps = re.findall(r'^            "(\w+)": ', source, re.MULTILINE)
    heads = re.findall(r"^## (\w+)", (ROOT / "docs" / "walkthrough.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert steps and [head for head in heads if head in steps] == steps


def test_readme_shows_the_example_as_it_is_printed(session: Session) -> None:
    """The block is there, and it is the beginning of what the command prints."""
    page = read_page(ROOT / "README.md")
    shown = [
        wanted
        for block in page.blocks
        if block.language == "console"
        for command, wanted in commands(block)
        if command == "dragoman read examples/border-clash.txt --no-db"
    ]
    assert len(shown) == 1 and len(shown[0]) > 20
    if not REFRESH:
        assert matches(shown[0], session.console("dragoman read examples/border-clash.txt --no-db"))


def test_a_changed_line_is_noticed(session: Session, tmp_path: Path) -> None:
    """The test of the test: blocks that show something else fail, right ones do not."""
    path = tmp_path / "page.md"
    path.write_text(
        "```console\n$ printf 'a\\nb\\nc\\n'\na\n...\nc\n$ printf 'a\\n'\nx\n```\n\n"
        "```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n\n```python\nprint(2)\n```\n",
        encoding="utf-8",
    )
    wrong = run_page(read_page(path), session)
    assert [one.split(":")[0] for one in wrong] == ["line 1", "line 10", "line 18"]
