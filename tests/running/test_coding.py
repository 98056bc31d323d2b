"""Whatever bytes a file holds, each of its lines is counted once."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.running.batch import code_file
from dragoman.running.outcome import FINE
from running.fakes import make_bench

good = st.builds(lambda id, text: json.dumps({"id": id, "text": text}).encode(), st.text(), st.text(min_size=1))
wrong = st.sampled_from([b"", b"  ", b"{", b"null", b'{"id": 1}', b'{"id": 1, "text": null}', b"\xff\xfe"])
words = st.sampled_from([b'{"id": 0, "text": "breaks"}', b'{"id": 0, "text": "unforeseen"}'])
noise = st.binary().map(lambda data: data.replace(b"\n", b""))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(good, wrong, words, noise), max_size=30))
def test_every_line_is_counted_once(lines: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in", Path(folder) / "out.jsonl"
        # gzip's first bytes would make another file of it
        content = b"".join(line + b"\n" for line in lines)
        source.write_bytes(b"\n" + content)
        counts = code_file(str(source), str(out), layers=True, jobs=1, make_bench=make_bench)
        assert counts.lines == len(lines) + 1
        failed = Path(folder) / "out.failed.jsonl"
        reasons = [json.loads(line) for line in failed.read_bytes().splitlines()] if failed.exists() else []
        assert len(reasons) == counts.failed
        assert all(one["reason"] and one["status"] not in FINE for one in reasons)
        written = out.read_bytes().split(b"\n")[:-1]
        assert len(written) == counts.by_status["coded"] + counts.by_status["no-records"]
        assert all("records" in json.loads(line) for line in written)
