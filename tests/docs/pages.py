"""A Markdown page as text and fenced blocks; the blocks that are executed and what they must print.

    ```console          commands after "$ ", each followed by what it prints (standard output and error together)
    ```python           run in order, names are kept from block to block; what it prints is in the ```text that follows
    ```yaml file=NAME   the block (of any language) is first written to the file NAME

A line of three dots stands for any number of lines, three dots in a line for any characters. Ids of records and
articles and versions of the codebook change with every change of the codebook: they are compared as "some id", and a
command may use an id printed above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOME = "..."
_ID = re.compile(r"\b[0-9a-f]{16}\b|^[0-9a-f]{8}(?= )|(?<=\+)[0-9a-f]{10}\b", re.MULTILINE)


@dataclass
class Block:
    """A fenced block: the ``line`` number of its fence, the words after it and its lines."""

    line: int
    info: list[str]
    lines: list[str]

    @property
    def language(self) -> str:
        return self.info[0] if self.info else ""

    @property
    def file(self) -> str | None:
        """The file that the block is written to."""
        return next((word.removeprefix("file=") for word in self.info if word.startswith("file=")), None)


@dataclass
class Page:
    """A page: pieces of text and blocks, in order."""

    path: Path
    pieces: list[str | Block] = field(default_factory=list)

    @property
    def blocks(self) -> list[Block]:
        return [piece for piece in self.pieces if isinstance(piece, Block)]

    @property
    def prose(self) -> str:
        """What stands outside of blocks."""
        return "\n".join(piece for piece in self.pieces if isinstance(piece, str))

    def text(self) -> str:
        out: list[str] = []
        for piece in self.pieces:
            out += [piece] if isinstance(piece, str) else [f"```{' '.join(piece.info)}", *piece.lines, "```"]
        return "\n".join(out) + "\n"


def pages() -> list[Path]:
    """The README and everything under docs."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def read_page(path: Path) -> Page:
    """Divide a page into lines of text and blocks."""
    page, block = Page(path), None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            if block is None:
                block = Block(number, line[3:].split(), [])
            else:
                page.pieces.append(block)
                block = None
        elif block is not None:
            block.lines.append(line)
        else:
            page.pieces.append(line)
    assert block is None, f"{path}: the block at line {block and block.line} is not closed"
    return page


def commands(block: Block) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block (its lines joined) with what it prints."""
    command: str | None = None
    printed: list[str] = []
    for line in block.lines:
        if command is not None and command.endswith("\\"):
            command += "\n" + line
        elif line.startswith("$ "):
            if command is not None:
                yield command, printed
            command, printed = line[2:], []
        else:
            assert command is not None, f"a console block at line {block.line} begins without a command"
            printed.append(line)
    if command is not None:
        yield command, printed


def output_of(page: Page, block: Block) -> Block | None:
    """The text block that follows a python block, with nothing but blank lines between."""
    at = page.pieces.index(block)
    for piece in page.pieces[at + 1 :]:
        if isinstance(piece, Block):
            return piece if piece.language == "text" and not piece.file else None
        if piece.strip():
            return None
    return None


def plain(lines: list[str]) -> list[str]:
    """Lines as they are compared: without blanks at their ends, blank lines at either end and particular ids."""
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    return _ID.sub("ID", text).split("\n") if text else []


def ids(lines: list[str]) -> list[str]:
    """The ids in order."""
    return _ID.findall("\n".join(lines))


def matches(wanted: list[str], printed: list[str]) -> bool:
    """Whether what was printed is what the page shows."""
    pattern = [".*" if line == SOME else re.escape(line).replace(re.escape(SOME), "[^\n]*") for line in plain(wanted)]
    return re.fullmatch(r"\n?".join(f"(?:{one})" for one in pattern), "\n".join(plain(printed)), re.DOTALL) is not None


def refreshed(wanted: list[str], printed: list[str]) -> list[str]:
    """What the page should show: as before where it matches but for ids, else as printed.

    A block whose only dots are its last line keeps as many paragraphs as it had.
    """
    new = [line.rstrip() for line in printed]
    while new and not new[0]:
        new = new[1:]
    while new and not new[-1]:
        new = new[:-1]
    old = [line.rstrip() for line in wanted]
    if not any(SOME in line for line in old):
        return new
    if old == [SOME] or old[-1] != SOME or any(SOME in line for line in old[:-1]):
        return wanted if matches(wanted, printed) else new
    many = len(re.split(r"\n{2,}", "\n".join(old[:-1]).strip("\n")))
    paragraphs = re.split(r"\n{2,}", "\n".join(new))
    return [*"\n\n".join(paragraphs[:many]).split("\n"), "", SOME]
