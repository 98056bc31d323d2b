"""Processes end with the one that started them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

STARTS = """
import sys
from dragoman.running.coding import CodeLines
from dragoman.running.outcome import Line
from dragoman.running.workers import Pool
from running.fakes import make_bench
if __name__ == "__main__":
    pool = Pool(make_bench, CodeLines(layers=False, keep=False), 2)
    print(*(worker.process.pid for worker in pool._workers), flush=True)
    lines = [[Line(n, b'{"id": 1, "text": "sleeps"}')] for n in range(100_000)]
    for _ in pool.in_order(iter(lines)):
        pass
"""


def alive(pid: int) -> bool:
    try:
        # A zombie in a container without an init is as good as gone.
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
def test_workers_die_with_their_parent(tmp_path: Path) -> None:
    script = tmp_path / "starts.py"
    script.write_text(STARTS)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment)
    assert parent.stdout
    pids = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(pids) == 2
    time.sleep(1)
    assert all(map(alive, pids))
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, pids))
    parent.stdout.close()
