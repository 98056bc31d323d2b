"""What a user may hand over that is not what is asked for: one clear line, the documented exit code, the rest kept.

Everything here runs the real parts: codebook, parser, pipeline and ledger.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.conftest import Ran
from dragoman.cli import exits
from dragoman.cli.main import run
from dragoman.running import opening

TEXT = (
    "Talks on the lake\n\n"
    "ACCRA, May 3 (Reuters) - Ghana's president met Togo's foreign minister in Accra on Friday.\n\n"
    "The two countries signed an agreement on trade, officials said.\n"
)
SENTENCES = (
    "Ghana’s president met Togo’s foreign minister José Peña in Accra on Friday.",
    "The two countries signed an agreement on trade, officials said.",
    "Togo accused Benin of arming rebels in the north of the country.",
)
LINE = json.dumps({"id": "good", "text": TEXT})
PAGES = ("page.txt", "one.html", "two.html.gz")


def html(charset: str, title: str = "Talks in Accra") -> str:
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    return (
        f'<html><head><meta charset="{charset}"><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


BAD: dict[str, tuple[bytes | str, int, str]] = {
    # name: (content, exit code, what is said)
    "zeros.html": (bytes(range(256)) * 50, exits.INPUT, "not text"),
    "noise.html": (noise(5000), exits.INPUT, "not text"),
    "report.pdf": (b"%PDF-1.7 " + noise(500), exits.INPUT, "binary file"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + noise(500), exits.INPUT, "binary file"),
    "empty.html": (b"", exits.INPUT, "the file is empty"),
    "blank.txt": (b" \n\t \n", exits.INPUT, "the file is empty"),
    "broken-off.html.gz": (gzip.compress(TEXT.encode() * 9)[:-20], exits.INPUT, "ends too early"),
    "damaged.html.gz": (b"\x1f\x8b" + noise(60), exits.INPUT, "damaged"),
    "bomb.html.gz": (gzip.compress(b" " * 60_000_000, 1), exits.INPUT, "more than 50 MB"),
    "log-in.html": ("<html><body><form><input name=u><button>Log in</button></form>", exits.NOT_ARTICLE, "no article"),
    "list.html": (f"<html><body><ul>{'<li><a href=/x>An item</a>' * 60}</ul>", exits.NOT_ARTICLE, "no article"),
    "refused.html": (
        "<html><body><h1>403 Forbidden</h1><p>You do not have permission to access this resource.</p>",
        exits.NOT_ARTICLE,
        "refusal",
    ),
    "french.txt": (
        "Le président du Ghana a rencontré le ministre des Affaires étrangères du Togo à Accra vendredi. Les deux "
        "pays ont signé un accord commercial, ont déclaré des responsables des deux gouvernements.",
        exits.NOT_ARTICLE,
        "written in 'fr'; rules exist for 'en' only",
    ),
    "chinese.txt": (
        "加纳总统星期五在阿克拉会见了多哥外交部长。双方签署了一项贸易协议，官员们说。两国承诺加强边境合作。",
        exits.NOT_ARTICLE,
        "written in 'zh'",
    ),
}
READABLE: dict[str, bytes] = {
    # pages that lie about their encoding, or do not say it
    "utf-8-called-latin.html": html("iso-8859-1").encode(),
    "latin-called-utf-8.html": html("utf-8").encode("cp1252"),
    "utf-8-called-utf-16.html": html("utf-16").encode(),
    "no-such-encoding.html": html("x-no-such").encode("cp1252"),
    "a-codec-that-is-none.html": html("rot13").encode(),
    "utf-16.html": html("utf-8").encode("utf-16"),
    "utf-8-with-a-mark.html": html("utf-8").encode("utf-8-sig"),
    "packed-without-the-name.html": gzip.compress(html("utf-8").encode()),
}


@pytest.fixture(scope="module")
def bench() -> opening.Bench:
    return opening.open_bench()


@pytest.fixture
def dragoman(
    bench: opening.Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Ran]:
    """The command line in this process with the real parts, which are loaded once; in a folder of its own."""
    monkeypatch.setattr(opening, "open_bench", lambda *_: bench)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(TEXT)
    (tmp_path / "in.jsonl").write_text(LINE + "\n")

    def command(*arguments: str) -> Ran:
        return Ran(run(arguments), *capsys.readouterr())

    return command


def one_line(ran: Ran) -> str:
    """The one line of an error."""
    assert "Traceback" not in ran.err
    (line,) = ran.err.splitlines()
    assert line.startswith("dragoman: ")
    return line


@pytest.mark.parametrize("name", BAD)
def test_a_bad_page(dragoman: Callable[..., Ran], tmp_path: Path, name: str) -> None:
    content, code, says = BAD[name]
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    ran = dragoman("read", name, "--json", "--no-db", "--jobs", "1")
    assert ran.code == code
    assert one_line(ran).startswith(f"dragoman: {name}: ")
    assert says in ran.err


def test_bad_pages_do_not_take_the_good_ones_with_them(dragoman: Callable[..., Ran], tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, (content, _, _) in BAD.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    for name in PAGES:
        packed = gzip.compress if name.endswith(".gz") else bytes
        (folder / name).write_bytes(packed(TEXT.encode() if name.endswith(".txt") else html("utf-8", name).encode()))
    ran = dragoman("read", "pages", "--json", "--jobs", "1")
    assert ran.code == exits.SOME_FAILED
    lines = {Path(line["path"]).name: line for line in map(json.loads, ran.out.splitlines())}
    # Pages in other languages are printed as they were read, without records.
    assert set(lines) == {*PAGES, "french.txt", "chinese.txt"}
    assert all(lines[name]["records"] for name in PAGES)
    said = [line for line in ran.err.splitlines() if line.startswith("dragoman: ")]
    assert len(said) == len(BAD) - 1  # report.pdf has no page's name and is no page of the folder
    assert f"{len(PAGES)} articles (3 new)" in ran.err


@pytest.mark.parametrize("name", READABLE)
def test_a_page_that_lies_about_its_encoding(dragoman: Callable[..., Ran], tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(READABLE[name])
    ran = dragoman("read", name, "--json", "--no-db", "--jobs", "1")
    assert (ran.code, ran.err) == (exits.OK, "")
    page = json.loads(ran.out)
    assert all(sentence in page["article"]["text"] for sentence in SENTENCES)
    assert {"CONSULT", "ACCUSE"} <= {record["event"]["type"] for record in page["records"] if record["event"]}


def test_a_file_of_a_hundred_megabytes(dragoman: Callable[..., Ran], tmp_path: Path) -> None:
    with (tmp_path / "huge.html").open("wb") as file:
        file.truncate(100_000_000)
    ran = dragoman("read", "huge.html", "--no-db")
    assert ran.code == exits.INPUT
    assert "more than 50 MB" in one_line(ran)


def test_a_line_of_a_hundred_megabytes(dragoman: Callable[..., Ran], tmp_path: Path) -> None:
    with (tmp_path / "in.jsonl").open("wb") as file:
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b"\n" + LINE.encode())
    ran = dragoman("code", "in.jsonl", "-o", "out.jsonl", "--jobs", "1")
    assert ran.code == exits.SOME_FAILED
    assert ran.err.startswith("2 lines: 1 coded, 1 too-long;")
    assert json.loads((tmp_path / "out.jsonl").read_text())["id"] == "good"


def test_without_a_date_what_depends_on_it_is_empty(dragoman: Callable[..., Ran], tmp_path: Path) -> None:
    text = "Ghana's president met Togo's foreign minister on Friday. He visited Benin on 3 May 2024."
    (tmp_path / "undated.txt").write_text(text)
    ran = dragoman("read", "undated.txt", "--json", "--no-db", "--jobs", "1")
    page = json.loads(ran.out)
    assert (page["article"]["published"], page["article"]["published_basis"]) == (None, None)
    met, visited = (record for record in page["records"] if record["event"])
    assert met["time"] is None
    (reason,) = (gap["reason"] for gap in met["gaps"] if gap["slot"] == "time")
    assert "date" in reason
    assert (visited["time"]["start"], visited["time"]["basis"]) == ("2024-05-03", "stated")
    dated = json.loads(dragoman("read", "undated.txt", "--json", "--no-db", "--date", "2024-05-05", "--jobs", "1").out)
    met, _ = (record for record in dated["records"] if record["event"])
    assert (met["time"]["start"], met["time"]["basis"]) == ("2024-05-03", "derived")


BAD_LINES: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"{bad", "not JSON"),
    "a list": (b'["text"]', "got `array`"),
    "no text": (b'{"id": 3}', "missing required field `text`"),
    "a number": (b'{"text": 5}', "got `int`"),
    "an empty text": (b'{"text": " "}', '"text" is empty'),
    "half a character": (b'{"text": "\\ud800 met"}', "not JSON"),
    "not UTF-8": (b'{"text": "\xff met"}', "not UTF-8"),
    "no date": (b'{"text": "Ghana met Togo on Monday.", "date": "soon"}', "is no date"),
    "zeros": (b"\x00\x00", "not JSON"),
    "depth": (b'{"text": "x", "more": ' + b"[" * 50_000, "not JSON"),
    "another language": (json.dumps({"text": BAD["french.txt"][0]}).encode(), "written in 'fr'"),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_line_in_the_middle(dragoman: Callable[..., Ran], tmp_path: Path, name: str) -> None:
    bad, says = BAD_LINES[name]
    (tmp_path / "in.jsonl").write_bytes(b"\xef\xbb\xbf" + LINE.encode() + b"\n" + bad + b"\n" + LINE.encode())
    ran = dragoman("code", "in.jsonl", "-o", "out.jsonl", "--jobs", "1")
    assert ran.code == exits.SOME_FAILED
    counted, said = ran.err.splitlines()
    assert counted.startswith("3 lines: ")
    assert said == "dragoman: 1 lines failed: the reasons are in out.failed.jsonl"
    good = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines() if '"good"' in line]
    assert len(good) == 2
    assert all(line["records"] for line in good)
    (failed,) = (json.loads(line) for line in (tmp_path / "out.failed.jsonl").read_text().splitlines())
    assert failed["line"] == 2
    assert says in failed["reason"]
    assert "\n" not in failed["reason"]


def test_lines_that_break_off(dragoman: Callable[..., Ran], tmp_path: Path) -> None:
    packed = gzip.compress("".join(json.dumps({"id": n, "text": f"{TEXT} {noise(40).hex()}"}) + "\n"
                                   for n in range(9)).encode())  # fmt: skip
    (tmp_path / "in.jsonl.gz").write_bytes(packed[:-15])
    ran = dragoman("code", "in.jsonl.gz", "-o", "out.jsonl", "--jobs", "1")
    assert ran.code == exits.INPUT
    _, said = ran.err.splitlines()
    assert "in.jsonl.gz: breaks off after line" in said


def test_a_folder_without_pages_and_a_path_that_is_not_there(dragoman: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "table.csv").write_text("a,b")
    for given, says in (("folder", "no .html, .htm, .txt files"), ("nowhere.html", "no such file"), ("no/x", "such")):
        ran = dragoman("read", given, "--no-db")
        assert ran.code == exits.INPUT
        assert one_line(ran).startswith(f"dragoman: {given}: ")
        assert says in ran.err


@pytest.fixture
def ledgers(dragoman: Callable[..., Ran], tmp_path: Path) -> None:
    assert dragoman("read", "page.txt", "--db", "newer.db").code == 0
    with sqlite3.connect(tmp_path / "newer.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    assert dragoman("read", "page.txt", "--db", "damaged.db").code == 0
    data = bytearray((tmp_path / "damaged.db").read_bytes())
    data[100:] = noise(len(data) - 100)
    (tmp_path / "damaged.db").write_bytes(data)
    (tmp_path / "text.db").write_text("These are my notes. " * 200)
    with sqlite3.connect(tmp_path / "other.db") as raw:
        raw.execute("CREATE TABLE mine (a)")
    raw.close()
    (tmp_path / "folder").mkdir()


@pytest.mark.usefixtures("ledgers")
def test_a_ledger_that_cannot_be_used(dragoman: Callable[..., Ran]) -> None:
    for name, says in (
        ("newer.db", "was written by a newer dragoman"),
        ("damaged.db", "is damaged"),
        ("text.db", "is not a dragoman ledger"),
        ("other.db", "is a database of another program"),
        ("folder", "is a folder"),
        ("/proc/no/ledger.db", "cannot be made"),
        ("/proc/ledger.db", "cannot be"),
        ("page.txt/ledger.db", "cannot be made"),
    ):
        ran = dragoman("read", "page.txt", "--db", name)
        assert (ran.code, ran.out) == (exits.LEDGER, ""), name
        assert says in one_line(ran)
        assert "--no-db" in ran.err
    for name in ("newer.db", "damaged.db", "text.db", "other.db", "folder", "none.db"):
        for command in (("records", "--db", name), ("show", "abc", "--db", name)):
            ran = dragoman(*command)
            assert (ran.code, ran.out) == (exits.LEDGER, ""), name
            assert name in one_line(ran)


def rule(**changes: str) -> str:
    """A rule file whose second rule is broken."""
    slots = {"id": "own.two", "event": "AID", "verbs": "[hand]", "pattern": "ACTOR verb RECIPIENT", "examples": "[]"}
    good = "- id: own.one\n  event: AID\n  verbs: [lend]\n  pattern: ACTOR verb RECIPIENT\n  examples: []\n\n"
    lines = [f"{key}: {value}" for key, value in {**slots, **changes}.items()]
    return good + "- " + "\n  ".join(lines) + "\n"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (rule(verbz="[x]"), 12, "unknown field `verbz`; allowed here: id, examples, event"),
        (rule(kind="fact"), 12, "Invalid enum value"),
        (rule(event="HELP"), 7, "rule own.two: no event type 'HELP'; one of AGREE"),
        (rule(modes="[gift]"), 7, "rule own.two: AID has no mode 'gift'"),
        (rule(contexts="[gift]"), 7, "rule own.two: no context 'gift'; one of"),
        (rule(pattern="ACTOR verb WHOM"), 7, "rule own.two: 'WHOM' is no part of a pattern"),
        (rule(pattern="ACTOR verb {no_such}"), 7, "no word set 'no_such'"),
        (rule(pattern='""'), 7, "rule own.two: has no pattern"),
        (rule(id="own.one"), 7, "there is one of that id in"),
        (rule(id="consult.meet"), 7, "there is one of that id in"),
        (rule(verbs="[hand"), 10, "not YAML"),
        ("", 1, "Expected `array`, got `null`"),
        ("id: own.one\n", 1, "Expected `array`, got `object`"),
    ],
)
def test_a_rule_with_a_mistake(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(TEXT)
    (tmp_path / "own.yml").write_text(text)
    for arguments in (("read", "page.txt", "--no-db", "--rules", "own.yml"), ("codebook", "check", "own.yml")):
        ran = Ran(run(arguments), *capsys.readouterr())
        assert (ran.code, ran.out) == (exits.CODEBOOK, "")
        first, *caret = ran.err.splitlines()
        assert first.startswith(f"dragoman: own.yml:{line}: ")
        assert says in first
        assert not caret or (len(caret) == 2 and caret[1].strip() == "^")


@pytest.mark.parametrize(
    ("option", "name", "content", "says"),
    [
        ("--rules", "none.yml", None, "none.yml: cannot be read: No such file"),
        ("--rules", "noise.yml", b"\xff\xfe\x00", "noise.yml: is not UTF-8 at byte 0"),
        ("--actors", "none.yml", None, "none.yml: cannot be read: No such file"),
        ("--actors", "own.yml", b"- {name: A B, kin: group}\n", "own.yml:1: "),
        ("--actors", "own.yml", b"\n- {name: A B, kind: group, sector: NOPE}\n", "own.yml:2: "),
        ("--actors", "own.actors.txt", b"+SYNONYM_\n", "own.actors.txt:1: "),
    ],
)
def test_own_files_that_cannot_be_used(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    option: str, name: str, content: bytes | None, says: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(TEXT)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ran = Ran(run(("read", "page.txt", "--no-db", option, name)), *capsys.readouterr())
    assert (ran.code, ran.out) == (exits.CODEBOOK, "")
    assert one_line(ran).startswith(f"dragoman: {says}")


def test_a_parser_that_is_not_installed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(TEXT)
    ran = Ran(run(("read", "page.txt", "--no-db", "--parser", "no_such_pipeline")), *capsys.readouterr())
    assert ran.code == exits.PARSER
    assert "pip install no_such_pipeline" in one_line(ran)


COMMAND = (sys.executable, "-m", "dragoman")


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Path]:
    """A file of more lines than are coded before a test is done with them."""
    path = tmp_path / "many.jsonl"
    with path.open("w") as file:
        for number in range(20_000):
            file.write(json.dumps({"id": number, "text": f"{TEXT}\n{TEXT}\n{number}"}) + "\n")
    yield path


def test_a_reader_that_goes_away(many: Path) -> None:
    command = f"{' '.join(COMMAND)} code {many} -o - --jobs 1 | head -n 1"
    done = subprocess.run(["bash", "-c", command + "; echo ${PIPESTATUS[0]}"], capture_output=True, text=True,
                          check=False, timeout=120)  # fmt: skip
    first, code = done.stdout.splitlines()
    assert json.loads(first)["records"]
    assert (code, done.stderr) == ("141", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_control_c_leaves_whole_lines(many: Path, tmp_path: Path, number: signal.Signals) -> None:
    out = tmp_path / "out.jsonl"
    running = subprocess.Popen(
        [*COMMAND, "code", str(many), "-o", str(out), "--jobs", "1"], stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not (out.exists() and out.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(running.pid, number)
    _, said = running.communicate(timeout=60)
    assert running.returncode == exits.INTERRUPTED
    *_, last = said.splitlines()
    lines = out.read_text().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line)["id"] for line in lines] == list(map(str, range(len(lines))))
    assert 0 < len(lines) < 20_000
    assert last == f"dragoman: interrupted: {out} holds the first {len(lines)} lines"
