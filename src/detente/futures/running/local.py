"""Worker processes under supervision: one that dies is replaced, a future that hangs is given up.

A chunk whose worker died is done again. Where that happens twice in the same future, this future is
recorded as failed and left out; where it happens twice in different places, or between futures, the
chunk is halved, until what kills its worker is a single future.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any, NamedTuple

from detente.errors import CannotAnswer
from detente.futures.running.worker import NOTHING, Answer, Marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Alone", "Call", "Failure", "Team"]

TICK = 0.1  # seconds between looks at what the workers are at
DEATHS = 2  # of a worker in the same chunk, until something is left out
LAST_WORD = 10.0  # seconds from a worker's last word to its end
STARTS = 3  # workers that may die before they are ready
ONE_THREAD = dict.fromkeys(
    (
        "NUMBA_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
    ),
    "1",
)


class Failure(NamedTuple):
    """Why nothing is known of a future."""

    status: str
    """`failed` or `timed_out`."""
    reason: str


class Call(NamedTuple):
    """A method of the task, for the futures from `start` to before `stop`."""

    method: str
    start: int
    stop: int


@dataclass
class Attempt:
    """A call under way, and what its earlier attempts have shown."""

    call: Call
    skip: dict[int, Failure] = field(default_factory=dict)
    """Futures that are left out."""
    deaths: list[int] = field(default_factory=list)
    """The futures in which its workers died."""

    def arguments(self) -> tuple[int, int, Mapping[int, Failure]]:
        return self.call.start, self.call.stop, self.skip

    def after_death(self, future: int, cause: str) -> list[Attempt]:
        """What to try next, when its worker died in this future."""
        self.deaths.append(future)
        if len(self.deaths) < DEATHS:
            return [self]
        method, start, stop = self.call
        if stop - start == 1 and start in self.skip:
            raise CannotAnswer(f"workers end between futures, at {start:,}: {cause}")
        if stop - start == 1 or (future != NOTHING and set(self.deaths) == {future}):
            self.skip[max(future, start)] = Failure("failed", f"the worker {cause}, twice")
            self.deaths.clear()
            return [self]
        middle = (start + stop) // 2
        return [
            Attempt(Call(method, start, middle), self.skip),
            Attempt(Call(method, middle, stop), self.skip),
        ]

    def after_timeout(self, future: int, timeout: float) -> list[Attempt]:
        """What to try next, when this future took too long."""
        self.skip[future] = Failure("timed_out", f"not done after {timeout:g} s")
        self.deaths.clear()
        return [self]


class Worker:
    """A process, the attempt it works on, and a thread that passes on what it says."""

    def __init__(self, task: bytes, said: Queue[tuple[Worker, Answer]]) -> None:
        self.is_ready = False
        self.attempt: Attempt | None = None
        self.given_up: int | None = None
        """The future for which it was ended."""
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        file = Marker.file(folder.name)
        self._marker = Marker(file)
        self._process = started(str(file))
        arguments = (task, said, folder)
        self._listener = threading.Thread(target=self._converse, args=arguments, daemon=True)
        self._listener.start()

    def _converse(
        self,
        task: bytes,
        said: Queue[tuple[Worker, Answer]],
        folder: tempfile.TemporaryDirectory[str],
    ) -> None:
        """Tell it its task, and pass on what it says."""
        answering = answers(self._process)
        with folder:  # gone as soon as the process has opened the marker in it
            self._write(task)
            said.put((self, next(answering)))
        for answer in answering:
            said.put((self, answer))

    def give(self, attempt: Attempt) -> None:
        """Have it work on something."""
        self.attempt, self.given_up = attempt, None
        self._write(pickle.dumps((attempt.call.method, attempt.arguments())))

    def handed_in(self, answer: Answer) -> tuple[Call, Any]:
        """What its call came to; it is free for the next one."""
        assert self.attempt is not None
        call, self.attempt = self.attempt.call, None
        if answer.kind == "raised":
            raise answer.value
        return call, answer.value

    def _write(self, content: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(content)
            self._process.stdin.flush()
        except BrokenPipeError:  # it died; its listener says so
            pass

    @property
    def future(self) -> int:
        """The future it is at, or was at when it died."""
        return self._marker.seen()[0]

    def end_if_over(self, timeout: float) -> None:
        """End it if it has been at one future for longer than this [s]."""
        future, seconds = self._marker.seen()
        if self.attempt and self.given_up is None and future != NOTHING and seconds > timeout:
            self.given_up = future
            self._process.kill()

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._listener.join()
        with self._process:  # closes its pipes
            pass

    @property
    def cause(self) -> str:
        """How it ended."""
        try:
            code = self._process.wait(LAST_WORD)
        except subprocess.TimeoutExpired:  # it said its last word, and lives on
            self._process.kill()
            code = self._process.wait()
        if code < 0:
            return f"was killed by {signal.Signals(-code).name}"
        return f"ended with code {code}"


def started(marker: str) -> subprocess.Popen[bytes]:
    """A process in a group of its own, so that an interruption reaches its supervisor only."""
    apart: dict[str, Any] = (
        {"process_group": 0}
        if os.name == "posix"
        else {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined]
    )
    found = {"PYTHONPATH": os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "detente.futures.running.worker", marker, str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **ONE_THREAD, **found},
        **apart,
    )


def answers(process: subprocess.Popen[bytes]) -> Iterator[Answer]:
    """What a process says, and at last that it died."""
    assert process.stdout is not None
    while True:
        try:
            yield Answer(*pickle.load(process.stdout))  # noqa: S301 - from a process of ours
        except (EOFError, pickle.UnpicklingError):  # it may have died in the middle of a word
            yield Answer("died")
            return


class Team:
    """Workers that do the same task.

    Parameters
    ----------
    task
        Something picklable, or pickled, whose methods take `start`, `stop`, the futures to leave
        out and `mark`.
    size
        At most so many workers at once; at least one.
    timeout
        After how long a future is given up [s].
    """

    def __init__(self, task: object, size: int, timeout: float) -> None:
        self._task = task if isinstance(task, bytes) else pickle.dumps(task)
        self._size, self._timeout = size, timeout
        self._said: Queue[tuple[Worker, Answer]] = Queue()
        self._workers: list[Worker] = []
        self._failed_starts = 0

    def work(self, calls: Iterable[Call]) -> Iterator[tuple[Call, Any]]:
        """What each call comes to, as they are done.

        A call that was halved comes as its halves. If this is left before its end, `close`.

        Raises
        ------
        CannotAnswer
            If workers do not start, or die between futures again and again.
        """
        todo = deque(Attempt(call) for call in calls)
        while todo or self._busy:
            self._assign(todo)
            worker, answer = self._heard()
            if worker is None:
                continue
            if answer.kind == "died":
                todo.extendleft(reversed(self._replaced(worker)))
            elif answer.kind == "ready":
                worker.is_ready, self._failed_starts = True, 0
            else:
                yield worker.handed_in(answer)

    def _assign(self, todo: deque[Attempt]) -> None:
        """Give everybody something to do; start workers where there is more."""
        while len(self._workers) < min(self._size, len(todo) + self._busy):
            self._workers.append(Worker(self._task, self._said))
        for worker in self._workers:
            if todo and worker.is_ready and worker.attempt is None:
                worker.give(todo.popleft())

    def _heard(self) -> tuple[Worker | None, Answer]:
        """What somebody says; nobody may have anything to say for a while."""
        for worker in self._workers:
            worker.end_if_over(self._timeout)
        try:
            return self._said.get(timeout=TICK)
        except Empty:
            return None, Answer("nothing")

    @property
    def _busy(self) -> int:
        return sum(worker.attempt is not None for worker in self._workers)

    def _replaced(self, worker: Worker) -> list[Attempt]:
        """Take a dead worker off the team; what is to be tried next for what it worked on."""
        cause = worker.cause
        self._workers.remove(worker)
        worker.end()
        if not worker.is_ready:
            self._failed_starts += 1
            if self._failed_starts >= STARTS:
                raise CannotAnswer(
                    f"workers do not start: the last one {cause}\n"
                    "  what it said stands above; fewer --workers need less memory"
                )
        if worker.attempt is None:
            return []
        if worker.given_up is not None and worker.given_up == worker.future:
            return worker.attempt.after_timeout(worker.given_up, self._timeout)
        return worker.attempt.after_death(worker.future, cause)

    def close(self) -> None:
        """End every worker, whatever it does."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()


class Alone:
    """The same as a team, in this process: at once, and without protection.

    A future that hangs, hangs this process; one that kills its worker kills this process.
    """

    def __init__(self, task: object) -> None:
        self._task = task

    def work(self, calls: Iterable[Call]) -> Iterator[tuple[Call, Any]]:
        """What each call comes to, in their order."""
        for call in calls:
            do = getattr(self._task, call.method)
            yield call, do(call.start, call.stop, {}, mark=unmarked)

    def close(self) -> None:
        """Nobody has to go."""


def unmarked(_future: int) -> None:
    """Nobody looks."""
