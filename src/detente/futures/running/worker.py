"""A worker process: does one call after another, for a supervisor that may end it at any time.

Calls come pickled on standard input, answers go to standard output. Which future is being worked
on, and since when, stands in a few bytes of shared memory, so that the supervisor can tell a future
that hangs and one that kills its worker without being told. What evaluated code prints goes to
standard error.
"""

from __future__ import annotations

import mmap
import os
import pickle
import struct
import sys
import threading
import time
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

__all__ = ["NOTHING", "Answer", "Marker", "main"]

NOTHING = -1
"""The future worked on between futures."""

MARK = struct.Struct("<dq")
"""When it was begun [s] and its index; written in this order, so that no mark looks too old."""

LOOK = 0.5  # seconds between looks at the supervisor
IDLE = 120.0  # seconds after which a worker that nobody calls ends


class Answer(NamedTuple):
    """What a worker says."""

    kind: str
    """`ready`, `done`, or `raised`; `died` is said for it."""
    value: Any = None


class Marker:
    """The future being worked on, for another process to see."""

    def __init__(self, file: str | Path) -> None:
        with Path(file).open("r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), MARK.size)

    @staticmethod
    def file(folder: str | Path) -> Path:
        """A new file for a marker."""
        made = Path(folder, "marker")
        made.write_bytes(MARK.pack(0.0, NOTHING))
        return made

    def mark(self, future: int) -> None:
        """Say that this future is begun."""
        MARK.pack_into(self._shared, 0, time.monotonic(), future)

    def seen(self) -> tuple[int, float]:
        """The future, and for how long it has been worked on [s]."""
        since, future = MARK.unpack_from(self._shared)
        return future, time.monotonic() - since


def main(file: str, supervisor: int) -> None:
    """Answer calls until there are no more."""
    calls, answers = sys.stdin.buffer, own_output()
    watch = Watch(supervisor)
    sys.meta_path.insert(0, NoPandas())
    task = pickle.load(calls)  # noqa: S301 - from the process that started this one
    marker = Marker(file)
    say(answers, Answer("ready"))
    while (call := next_call(calls)) is not None:
        watch.idle_since = None
        method, arguments = call
        say(answers, answer(getattr(task, method), arguments, marker))
        watch.idle_since = time.monotonic()


class NoPandas(MetaPathFinder):
    """Tells pyarrow, which would load pandas if only to ask what a list is, that there is none.

    No worker needs it, and it takes as long as everything else to start.
    """

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        """Refuse pandas; of anything else, know nothing."""
        if fullname == "pandas":
            raise ImportError("a worker does without pandas")


def own_output() -> BinaryIO:
    """Standard output for answers alone; whatever else is printed goes to standard error."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return output


def next_call(calls: BinaryIO) -> Any:
    try:
        return pickle.load(calls)  # noqa: S301 - from the process that started this one
    except EOFError:
        return None


def answer(do: Callable[..., Any], arguments: tuple[Any, ...], marker: Marker) -> Answer:
    """What a call comes to; an error is an answer too."""
    try:
        return Answer("done", do(*arguments, mark=marker.mark))
    except Exception as error:  # noqa: BLE001 - the supervisor decides what it means
        return Answer("raised", portable(error))
    finally:
        marker.mark(NOTHING)


def portable(error: Exception) -> Exception:
    """An error that can be sent, with its traceback as a note."""
    import traceback

    error.add_note("in a worker:\n" + "".join(traceback.format_exception(error)).rstrip())
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - what was pickled here
    except Exception:  # noqa: BLE001 - whatever its class does not allow
        return RuntimeError("\n".join(error.__notes__))
    return error


def say(answers: BinaryIO, what: Answer) -> None:
    try:
        pickle.dump(tuple(what), answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()
    except BrokenPipeError:  # the supervisor is gone
        os._exit(1)


class Watch(threading.Thread):
    """Ends this process when its supervisor is gone, or nobody has called for long."""

    def __init__(self, supervisor: int) -> None:
        super().__init__(daemon=True)
        self.supervisor = supervisor
        self.idle_since: float | None = None
        self.start()

    def run(self) -> None:
        """Look every now and then."""
        while True:
            time.sleep(LOOK)
            idle = self.idle_since
            if os.name == "posix" and os.getppid() != self.supervisor:
                os._exit(1)
            if idle is not None and time.monotonic() - idle > IDLE:
                os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
