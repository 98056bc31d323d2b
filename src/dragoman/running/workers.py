"""Work on chunks of lines or pages in one process or several; results come in the order of the input.

An item that kills its process (out of memory, a crash in native code) is found by running its chunk item by item in a
new process, and costs that item alone.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Protocol, TypeVar

from dragoman.running.bench import Bench, MakeBench, reason_of

Item = TypeVar("Item")
Result = TypeVar("Result")

# Chunks read ahead of the one that is written next, for each worker: bounds memory where one chunk is slow.
AHEAD = 4
# Seconds between looks at whether somebody wants to stop.
LOOK = 0.2


class WorkerError(Exception):
    """A worker died before it could begin."""


class Work(Protocol[Item, Result]):
    """What is done with items; must pickle, as must items and results."""

    def do(self, bench: Bench, items: list[Item]) -> list[Result]:
        """A result for each of ``items``, in order; nothing that an item holds may raise."""
        ...

    def crashed(self, item: Item, code: int | None) -> Result:
        """The result for an item that ended its process with the exit ``code``."""
        ...


class Alone(Generic[Item, Result]):
    """Works in this process, ``step`` items at a time so that it can be stopped."""

    def __init__(self, make_bench: MakeBench, work: Work[Item, Result], step: int) -> None:
        """Makes the bench, and raises what that raises."""
        self._bench = make_bench()
        self._work = work
        self._step = step
        self.version = self._bench.version
        self.stop = False

    def close(self) -> None:
        """Nothing to let go of."""

    def in_order(self, chunks: Iterator[list[Item]]) -> Iterator[list[Result]]:
        """The results of the items, in order; ends early once ``stop`` is set."""
        for chunk in chunks:
            for at in range(0, len(chunk), self._step):
                if self.stop:
                    return
                yield self._work.do(self._bench, chunk[at : at + self._step])


class Job:
    """A chunk on its way: ``done`` holds results of its first items; ``careful`` sends one item at a time."""

    def __init__(self, number: int, items: list[Any]) -> None:
        self.number = number
        self.items = items
        self.done: list[Any] = []
        self.careful = False

    @property
    def next_items(self) -> list[Any]:
        """Those to send now."""
        left = self.items[len(self.done) :]
        return left[:1] if self.careful else left


class Worker:
    """A process and the pipe to it."""

    def __init__(self, make_bench: MakeBench, work: Work[Any, Any]) -> None:
        # spawn: a clean process on every system; fork would copy threads of the libraries in mid-step.
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_live, args=(theirs, make_bench, work), daemon=True)
        # Ctrl-C while it starts is for the parent alone: the new process inherits the mask. The library's own helper is
        # started before, since its start takes the mask away.
        resource_tracker.ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        self.ready = False
        self.job: Job | None = None

    def give(self, job: Job) -> None:
        """Send the job's next items; a dead process is noticed when its answer is read."""
        self.job = job
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(job.next_items)

    def end(self) -> None:
        """Stop the process, whatever it does."""
        # Before its pipe is closed: it would complain of that in the middle of an answer.
        self.process.terminate()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
        self.pipe.close()


class Pool(Generic[Item, Result]):
    """``jobs`` workers. Use ``in_order`` once, then ``close``."""

    def __init__(self, make_bench: MakeBench, work: Work[Item, Result], jobs: int) -> None:
        self._make: Callable[[], Worker] = partial(Worker, make_bench, work)
        self._work = work
        self._workers = [self._make() for _ in range(jobs)]
        self.version = ""
        self.stop = False

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()

    def in_order(self, chunks: Iterator[list[Item]]) -> Iterator[list[Result]]:
        """The results of each chunk, in order; ends early once ``stop`` is set.

        Raises what a worker raised when it made its bench, and WorkerError where it died of it.
        """
        jobs = (Job(number, items) for number, items in enumerate(chunks))
        finished: dict[int, list[Result]] = {}
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
            if job and len(job.done) == len(job.items):
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
        """A new worker in the place of the one that died, with its job, less the item that killed it if known."""
        dead = self._workers[at]
        dead.end()
        job = dead.job
        if not dead.ready or job is None:
            raise WorkerError(f"a worker process ended at its start (exit code {dead.process.exitcode}): "
                              "give it more memory, or fewer --jobs")  # fmt: skip
        if job.careful:
            job.done.append(self._work.crashed(job.items[len(job.done)], dead.process.exitcode))
        job.careful = True
        worker = self._workers[at] = self._make()
        worker.job = job
        return worker


def _live(pipe: Connection, make_bench: MakeBench, work: Work[Any, Any]) -> None:
    """The life of a worker: says its codebook's version or why it cannot begin, then answers chunks until told off."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        bench = make_bench()
    except Exception as error:
        pipe.send(_sendable(error))
        return
    pipe.send(bench.version)
    while True:
        try:
            items = pipe.recv()
        except EOFError:
            return
        pipe.send(work.do(bench, items))


def _sendable(error: Exception) -> Exception:
    """``error`` itself where it survives pickling, else what it says."""
    try:
        copy = pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(reason_of(error))
    return copy if type(copy) is type(error) else RuntimeError(reason_of(error))


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)


def runner_for(
    make_bench: MakeBench, work: Work[Item, Result], chunks: Iterator[list[Item]], jobs: int, step: int
) -> tuple[Alone[Item, Result] | Pool[Item, Result], Iterator[list[Item]]]:
    """A runner for ``chunks``, and the chunks, of which some had to be looked at.

    ``jobs`` processes, 0 for one a core, but no more than there are chunks: each takes a second or two to load its
    parser. A single chunk is worked on in this process, ``step`` items at a time.
    """
    first = list(islice(chunks, jobs or _cores()))
    if len(first) > 1:
        return Pool(make_bench, work, len(first)), chain(first, chunks)
    return Alone(make_bench, work, step), chain(first, chunks)


def _cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
