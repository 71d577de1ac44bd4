"""How long something takes, and how much it holds."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from time import perf_counter

__all__ = ["best", "peak"]

SECONDS = 1.0  # repeat each measurement for about so long and keep the best


def best(run: Callable[[], object]) -> float:
    """The shortest of several runs [s], after one to compile and warm up."""
    run()
    taken: list[float] = []
    while not taken or (sum(taken) < SECONDS and len(taken) < 200):
        begin = perf_counter()
        run()
        taken.append(perf_counter() - begin)
    return min(taken)


def peak(run: Callable[[], object]) -> int:
    """The most memory in use at once meanwhile [bytes]."""
    tracemalloc.start()
    run()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most
