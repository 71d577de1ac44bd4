"""How long something takes, and how much it holds."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from time import perf_counter

__all__ = ["best", "peak"]

SECONDS, MOST = 1.0, 200  # repeat for about so long, or so many times, and keep the best


def best(run: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """The shortest of several runs [s], after one to compile and warm up.

    With `process_time` as its clock the processor's time of all cores, which says more where the
    machine has other work.
    """
    run()
    taken: list[float] = []
    while not taken or (sum(taken) < SECONDS and len(taken) < MOST):
        begin = clock()
        run()
        taken.append(clock() - begin)
    return min(taken)


def peak(run: Callable[[], object]) -> int:
    """The most memory in use at once meanwhile [bytes]."""
    tracemalloc.start()
    run()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most
