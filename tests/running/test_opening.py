"""The real parts together: a line through codebook, parser, pipeline, contract and ledger."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from dragoman.running.batch import code_file
from dragoman.running.opening import open_bench
from dragoman.running.output import schema
from dragoman.storing import Filters, open_ledger

TEXT = (
    "President William Ruto of Kenya met Ugandan President Yoweri Museveni in Kampala on Monday.\n\n"
    "Kenya will deliver at least 40 locomotives to Uganda by June, the transport ministry said."
)


def test_a_line_becomes_records_that_are_kept_and_found(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    line = {"id": "k1", "text": TEXT, "date": "2024-03-12", "publisher": "Nairobi Daily", "more": [1]}
    source.write_text(json.dumps(line) + "\n")
    with open_ledger(tmp_path / "l.db") as ledger:
        counts = code_file(str(source), str(out), layers=True, jobs=1, make_bench=open_bench, ledger=ledger)
        assert counts.by_status == {"coded": 1}
        page = json.loads(out.read_text())
        Draft202012Validator(schema()).validate({name: page[name] for name in ("article", "records")})
        assert page["id"] == "k1"
        assert page["article"]["text"] == TEXT
        for evidence in (record["evidence"] for record in page["records"]):
            assert TEXT[evidence["start"] : evidence["end"]] == evidence["quote"]
        for layer in ("times", "places", "quantities", "actors", "attributions", "factuality"):
            assert layer in page
        (met,) = ledger.find(Filters(actor="KEN", type="CONSULT", since="2024-03-11", until="2024-03-11"))
        assert met.record.id in {record["id"] for record in page["records"]}
        assert met.publisher == "Nairobi Daily"
    first = out.read_bytes()
    code_file(str(source), str(out), layers=True, jobs=1, make_bench=open_bench)
    assert out.read_bytes() == first
