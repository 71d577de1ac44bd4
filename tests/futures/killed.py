"""A run that is killed again and again, and resumed each time.

    killed.py CASE OUT TIMES stand_ins     two workers, who have a stand-in for the job
    killed.py CASE OUT TIMES the_job       no workers: the driver evaluates the case

Everything is imported once, and each driver is a copy of this process: it is the run that is to be
killed, not the start of an interpreter. A driver is killed when it has finished some more chunks,
and a moment later: how many and how much later is drawn.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from detente.case import load
from detente.futures.drawing.design import Design
from detente.futures.running import chunks
from detente.futures.running.driver import Means, Settings, ensemble
from detente.futures.running.local import unmarked
from detente.futures.running.place import place
from detente.futures.running.task import Task
from tests.futures.kept import Slow

if TYPE_CHECKING:
    from detente.case.situation import Situation

FUTURES, VARIED, CHUNK = 400, 80, 10
"""In 80 chunks of one future and 32 of ten."""


def main(case: str, out: str, times: str, who: str) -> None:
    """Say after each kill how the driver ended, and how many chunks are finished."""
    situation, drawn = load(case), random.Random(2024)
    settings = Settings(varied=VARIED)
    means = Means(workers(situation, who), resume=True, chunk=CHUNK)
    for _ in range(int(times)):
        driver = os.fork()
        if not driver:
            ensemble(situation, FUTURES, out, settings, means)
            os._exit(0)
        wanted = finished(out) + drawn.randint(0, 4)
        while finished(out) < wanted and os.waitpid(driver, os.WNOHANG) == (0, 0):
            time.sleep(0.005)
        time.sleep(drawn.uniform(0, 0.05))
        os.kill(driver, signal.SIGKILL)
        _, how = os.waitpid(driver, 0)
        sys.stdout.write(f"{os.WTERMSIG(how)} {finished(out)}\n")
    ensemble(situation, FUTURES, out, settings, means)


def workers(situation: Situation, who: str) -> int:
    """How many there are: two that start at once, or none, and what they would do is compiled."""
    if who == "stand_ins":
        chunks.Job = Slow  # type: ignore[assignment,misc]
        return 2
    task = Task(chunks.Job(situation, Design(), varied=1), place("memory://warm"))
    task.chunk(0, 2, {}, unmarked)
    return 0


def finished(out: str) -> int:
    return len(list(Path(out, "shards").glob("*.parquet")))


if __name__ == "__main__":
    main(*sys.argv[1:])
