"""A run that is killed ten times, and resumed each time: `killed.py CASE OUT FUTURES SEED`.

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

from detente.case import load
from detente.futures.running import chunks
from detente.futures.running.driver import Means, Settings, ensemble
from tests.futures.kept import Slow

MEANS = Means(workers=2, resume=True, chunk=10)


def main(case: str, out: str, futures: str, seed: str) -> None:
    """Say after each kill how the driver ended, and how many chunks are finished."""
    situation, drawn = load(case), random.Random(int(seed))
    chunks.Job = Slow  # type: ignore[assignment,misc]
    for _ in range(10):
        driver = os.fork()
        if not driver:
            ensemble(situation, int(futures), out, Settings(varied=0), MEANS)
            os._exit(0)
        wanted = finished(out) + drawn.randint(0, 8)
        while finished(out) < wanted:
            time.sleep(0.005)
        time.sleep(drawn.uniform(0, 0.1))
        os.kill(driver, signal.SIGKILL)
        _, how = os.waitpid(driver, 0)
        sys.stdout.write(f"{os.WTERMSIG(how)} {finished(out)}\n")
    ensemble(situation, int(futures), out, Settings(varied=0), MEANS)


def finished(out: str) -> int:
    return len(list(Path(out, "shards").glob("*.parquet")))


if __name__ == "__main__":
    main(*sys.argv[1:])
