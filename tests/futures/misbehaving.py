"""A task whose futures do as they are told: come to something, hang, or kill their worker."""

from __future__ import annotations

import errno
import os
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.futures.running.local import Failure

__all__ = ["Misbehaving", "Unwelcome"]

Mark = Callable[[int], None]
Skip = Mapping[int, Failure]


@dataclass(frozen=True)
class Misbehaving:
    """What each future comes to: `ok`, or why it was left out."""

    hangs: frozenset[int] = frozenset()
    dies: frozenset[int] = frozenset()
    dies_between: frozenset[int] = frozenset()
    """Futures of chunks whose worker ends when all of their futures are done."""
    killed_once: tuple[int, str] | None = None
    """A future whose worker is killed, unless this file is there already."""
    seconds: float = 0.0
    """How long every future takes."""
    unwritable: bool = False
    prints: bool = False
    says_its_process: str = ""
    """A folder in which every worker leaves a file of its number."""

    def outcomes(self, start: int, stop: int, skip: Skip, mark: Mark) -> list[tuple[int, str]]:
        if self.says_its_process:
            Path(self.says_its_process, str(os.getpid())).touch()
        found = []
        for future in range(start, stop):
            mark(future)
            why = skip.get(future)
            found.append((future, ": ".join(why) if why else self.come_to(future)))
        mark(-1)
        if any(start <= future < stop and future not in skip for future in self.dies_between):
            os._exit(4)
        if self.unwritable:
            raise OSError(errno.ENOSPC, "no space left")
        return found

    def come_to(self, future: int) -> str:
        time.sleep(self.seconds)
        if self.prints:
            os.write(1, b"anything")
        if future in self.dies:
            os._exit(3)
        if future in self.hangs:
            time.sleep(600)
        if self.killed_once and future == self.killed_once[0]:
            self.kill_once(Path(self.killed_once[1]))
        return "ok"

    def kill_once(self, file: Path) -> None:
        if not file.exists():
            file.touch()
            os.kill(os.getpid(), signal.SIGKILL)

    def threads(self, start: int, stop: int, skip: Skip, mark: Mark) -> str:
        return os.environ["NUMBA_NUM_THREADS"]


class Unwelcome:
    """A task that no worker can take on."""

    def __reduce__(self) -> Any:
        return os._exit, (7,)
