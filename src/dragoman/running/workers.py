"""Several processes that code chunks of lines; results come in the order of the input.

A line that kills its process (out of memory, a crash in native code) is found by running its chunk line by line in a
new process, and costs that line alone.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any

from dragoman.running.bench import MakeBench
from dragoman.running.coding import code_lines
from dragoman.running.outcome import CRASH, Line, Outcome

# Chunks read ahead of the one that is written next, for each worker: bounds memory where one chunk is slow.
AHEAD = 4
# Seconds between looks at whether somebody wants to stop.
LOOK = 0.2


class WorkerError(Exception):
    """A worker died before it could begin."""


class Job:
    """A chunk on its way: ``done`` holds outcomes of its first lines; ``careful`` sends one line at a time."""

    def __init__(self, number: int, lines: list[Line]) -> None:
        self.number = number
        self.lines = lines
        self.done: list[Outcome] = []
        self.careful = False

    @property
    def next_lines(self) -> list[Line]:
        left = self.lines[len(self.done) :]
        return left[:1] if self.careful else left


class Worker:
    """A process and the pipe to it."""

    def __init__(self, make_bench: MakeBench, layers: bool, keep: bool) -> None:
        # spawn: a clean process on every system; fork would copy threads of the libraries in mid-step.
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, make_bench, layers, keep), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False
        self.job: Job | None = None

    def give(self, job: Job) -> None:
        """Send the job's next lines; a dead process is noticed when its answer is read."""
        self.job = job
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(job.next_lines)

    def end(self) -> None:
        """Stop the process, whatever it does."""
        self.pipe.close()
        self.process.terminate()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()


class Pool:
    """``jobs`` workers. Use ``in_order`` once, then ``close``."""

    def __init__(self, make_bench: MakeBench, jobs: int, layers: bool, keep: bool) -> None:
        self._make: Callable[[], Worker] = partial(Worker, make_bench, layers, keep)
        self._workers = [self._make() for _ in range(jobs)]
        self.version = ""
        self.stop = False

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()

    def in_order(self, chunks: Iterator[list[Line]]) -> Iterator[list[Outcome]]:
        """The outcomes of each chunk, in order; ends early once ``stop`` is set.

        Raises what a worker raised when it made its bench, and WorkerError where it died of it.
        """
        jobs = (Job(number, lines) for number, lines in enumerate(chunks))
        finished: dict[int, list[Outcome]] = {}
        due, taken, more = 0, 0, True
        while not self.stop:
            for worker in self._workers:
                if more and worker.ready and worker.job is None and taken - due < AHEAD * len(self._workers):
                    job = next(jobs, None)
                    if job is None:
                        more = False
                    else:
                        taken += 1
                        worker.give(job)
            if not more and taken == due:
                return
            for job in self._answers():
                finished[job.number] = job.done
            while due in finished:
                yield finished.pop(due)
                due += 1

    def _answers(self) -> Iterator[Job]:
        """Waits a moment for answers; jobs that are complete with them."""
        open_pipes = {worker.pipe: at for at, worker in enumerate(self._workers) if worker.job or not worker.ready}
        for pipe in wait(list(open_pipes), LOOK):
            assert isinstance(pipe, Connection)
            at = open_pipes[pipe]
            worker = self._workers[at]
            try:
                answer: Any = pipe.recv()
            except (EOFError, OSError):
                worker = self._replaced(at)
            else:
                if not worker.ready:
                    self._begun(worker, answer)
                    continue
                assert worker.job
                worker.job.done.extend(answer)
            job = worker.job
            if job and len(job.done) == len(job.lines):
                worker.job = None
                yield job
            elif job and worker.ready:
                worker.give(job)

    def _begun(self, worker: Worker, answer: str | Exception) -> None:
        if isinstance(answer, Exception):
            raise answer
        self.version = answer
        worker.ready = True
        if worker.job:  # a job that killed the process before this one
            worker.give(worker.job)

    def _replaced(self, at: int) -> Worker:
        """A new worker in the place of the one that died, with its job, less the line that killed it if known."""
        dead = self._workers[at]
        dead.end()
        job = dead.job
        if not dead.ready or job is None:
            raise WorkerError(f"a worker process ended at its start (exit code {dead.process.exitcode}): "
                              "give it more memory, or fewer --jobs")  # fmt: skip
        if job.careful:
            line = job.lines[len(job.done)]
            reason = f"line {line.number}: ended its process (exit code {dead.process.exitcode}): look at its text"
            job.done.append(Outcome(line.number, CRASH, reason=reason))
        job.careful = True
        worker = self._workers[at] = self._make()
        worker.job = job
        return worker


def _work(pipe: Connection, make_bench: MakeBench, layers: bool, keep: bool) -> None:
    """The life of a worker: says its codebook's version or why it cannot begin, then answers chunks until told off."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        bench = make_bench()
    except Exception as error:
        pipe.send(error)
        return
    pipe.send(bench.version)
    while True:
        try:
            lines = pipe.recv()
        except EOFError:
            return
        pipe.send(code_lines(bench, lines, layers, keep))


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)
