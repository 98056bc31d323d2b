import gzip
import io
import sys

from dragoman.reading.capture import Capture, captures
from dragoman.reading.errors import ReadError


def test_folder_sorted_at_any_depth(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "c.HTML").write_bytes(b"c")
    (tmp_path / "b" / "a.txt.gz").write_bytes(gzip.compress(b"packed"))
    (tmp_path / "a.htm").write_bytes(b"a")
    (tmp_path / "skip.png").write_bytes(b"png")
    found = list(captures([str(tmp_path)]))
    assert [(item.name.removeprefix(str(tmp_path) + "/"), item.data) for item in found] == [
        ("a.htm", b"a"), ("b/a.txt.gz", b"packed"), ("c.HTML", b"c"),
    ]  # fmt: skip


def test_errors_do_not_stop_the_rest(tmp_path):
    good = tmp_path / "good.txt"
    good.write_bytes(b"x")
    cut = tmp_path / "cut.txt.gz"
    cut.write_bytes(gzip.compress(bytes(range(256)) * 100)[:-20])
    damaged = tmp_path / "damaged.gz"
    damaged.write_bytes(gzip.compress(b"x" * 100)[:8] + b"zz" * 30)
    (tmp_path / "none").mkdir()
    given = [str(tmp_path / "missing.txt"), str(cut), str(damaged), str(tmp_path / "none"), "a\x00b", str(good)]
    found = list(captures(given))
    assert [item.code for item in found[:5]] == ["missing", "truncated", "truncated", "missing", "unreadable"]
    assert all(name in str(error) for name, error in zip(given[:4], found[:4], strict=True))
    assert found[5] == Capture(str(good), b"x")


def test_limit_counts_decompressed_bytes(tmp_path):
    bomb = tmp_path / "bomb.html.gz"
    bomb.write_bytes(gzip.compress(b"\x00" * 3_000_000))
    plain = tmp_path / "plain.html"
    plain.write_bytes(b"x" * 2_000_001)
    for path in (bomb, plain):
        (error,) = captures([str(path)], limit=2_000_000)
        assert isinstance(error, ReadError)
        assert error.code == "huge"
        assert "2 MB" in str(error)


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a page")))
    assert list(captures(["-"])) == [Capture("-", b"a page")]
