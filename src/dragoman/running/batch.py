"""A file of articles, one a line, into a file of records: streams, in one process or several."""

from __future__ import annotations

import gzip
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import msgspec

from dragoman.running.bench import MakeBench
from dragoman.running.coding import CodeLines
from dragoman.running.lines import Lines
from dragoman.running.outcome import Counts, Line, Outcome
from dragoman.running.output import line_of
from dragoman.running.workers import Alone, Pool, runner_for

if TYPE_CHECKING:
    from dragoman.storing.ledger import Ledger

# Lines coded together in one process: enough for the parser's batches, few enough to stop soon.
STEP = 8


class OutputError(Exception):
    """The output cannot be written; the message is one line."""


class Progress(msgspec.Struct, frozen=True):
    """How far a batch is: lines done and, of the file on disk, bytes read and in all (null where not known)."""

    lines: int
    records: int
    read: int
    size: int | None


def code_file(
    in_path: str,
    out_path: str,
    *,
    layers: bool,
    confidence: float = 0.0,
    jobs: int,
    make_bench: MakeBench,
    ledger: Ledger | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Counts:
    """Code the lines at ``in_path`` (JSONL, gzipped or not, ``-`` for standard input) to ``out_path``, in order.

    Every line ends in one counted status. Lines that fail go to OUT.failed.jsonl with the reason (to standard error
    where ``out_path`` is ``-``) and stop nothing. ``jobs`` processes; 0 is one a core. A file of one chunk (64 lines)
    is coded in this process, as is everything with 1: a line that kills the process is survived only with more.
    Output is written and flushed chunk by chunk; the first Ctrl-C ends it after a whole line. With a ``ledger``, a
    chunk is kept there before it is written. Records of less than ``confidence`` are kept there and not written.
    Memory does not grow with the file.
    Raises InputError, OutputError, LedgerError and what ``make_bench`` raises.
    """
    if "-" not in (in_path, out_path) and _same(in_path, out_path):
        raise OutputError(f"{out_path}: is the input: choose another file")
    counts = Counts()
    with ExitStack() as stack:
        lines = Lines(in_path)
        stack.callback(lines.close)
        sink = stack.enter_context(Sink(out_path))
        work = CodeLines(layers, ledger is not None, confidence)
        runner, chunks = runner_for(make_bench, work, lines.chunks(), jobs, STEP)
        stack.callback(runner.close)
        stack.enter_context(_stopping(runner, counts))
        for outcomes in runner.in_order(chunks):
            if ledger:
                kept = (outcome.report for outcome in outcomes if outcome.report)
                for _ in ledger.keep_many(kept, runner.version):
                    pass
            sink.write(outcomes)
            for outcome in outcomes:
                counts.add(outcome)
            progress(Progress(counts.lines, counts.records, lines.position, lines.size))
        counts.problem = lines.problem
    return counts


class Sink:
    """Where outcomes are written: OUT, and OUT.failed.jsonl for lines that gave nothing. A context manager."""

    def __init__(self, path: str) -> None:
        """Open ``path`` anew (gzipped where it ends so); removes the failures of an earlier run."""
        self._path = path
        self._failed_path = None if path == "-" else failed_path(path)
        self._failed: IO[bytes] | None = None
        with self._plain_errors():
            if self._failed_path:
                self._failed_path.unlink(missing_ok=True)
            self._out: IO[bytes] = sys.stdout.buffer if path == "-" else _created(path)

    def __enter__(self) -> Sink:
        return self

    def __exit__(self, *_: object) -> None:
        with self._plain_errors():
            if self._path != "-":
                self._out.close()
            if self._failed:
                self._failed.close()

    def write(self, outcomes: list[Outcome]) -> None:
        """Write whole lines and flush them."""
        out = b"".join(outcome.out for outcome in outcomes if outcome.out)
        with self._plain_errors():
            if out:
                self._out.write(out)
                self._out.flush()
            for outcome in outcomes:
                if outcome.reason:
                    self._fail(outcome)

    def _fail(self, outcome: Outcome) -> None:
        if not self._failed_path:
            sys.stderr.write(f"dragoman: {outcome.reason}\n")
            return
        if not self._failed:
            self._failed = self._failed_path.open("wb")
        values = {"line": outcome.number, "id": outcome.id, "status": outcome.status, "reason": outcome.reason}
        self._failed.write(line_of(values))
        self._failed.flush()

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(f"{self._path}: cannot be written: {error.strerror}: choose another file") from error


def failed_path(out_path: str) -> Path:
    """Where the failures of a batch into ``out_path`` go: OUT.failed.jsonl beside OUT.jsonl."""
    path = Path(out_path)
    return path.with_name(path.name.removesuffix(".gz").removesuffix(".jsonl") + ".failed.jsonl")


@contextmanager
def _stopping(runner: Alone[Line, Outcome] | Pool[Line, Outcome], counts: Counts) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the batch after a whole line; a second one ends it at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: dict[int, Any] = {}

    def stop(number: int, _frame: object) -> None:
        runner.stop = counts.interrupted = True
        signal.signal(number, before[number])

    for number in map(int, (signal.SIGINT, signal.SIGTERM)):
        before[number] = signal.getsignal(number)
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _created(path: str) -> IO[bytes]:
    """An empty file at ``path``; gzip without name and time, so that the same records give the same bytes."""
    file = Path(path).open("wb")  # noqa: SIM115 - the Sink closes it
    return cast(IO[bytes], _OwningGzip(file)) if path.endswith(".gz") else file


class _OwningGzip(gzip.GzipFile):
    """A gzip file that closes the file below it."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(filename="", mode="wb", fileobj=file, mtime=0)
        self._below = file

    def close(self) -> None:
        super().close()
        self._below.close()


def _same(one: str, other: str) -> bool:
    return Path(other).exists() and Path(one).exists() and Path(one).samefile(other)
