"""Print how long the graph model takes, beside a copy of its ranks; analyses, runs, networks."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import discovery, evaluation, futures, million, networks
from benchmarks.conflicts import situation
from detente.conflict.model import Conflict, conflict
from detente.conflict.reach import attainable
from detente.conflict.stability import stable_states

if TYPE_CHECKING:
    from detente.case.situation import Situation

SIZES = range(12, 23, 2)
SECONDS = 1.0  # repeat each measurement for about so long and keep the best


def main() -> None:
    """All four concepts for all six actors, by the number of states."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1]
    print("Nash, GMR, SMR and SEQ for six actors; best of several runs, compiled code warm\n")
    print(f"{'states':>10}  {'kind':<5}  {'s':>8}  {'ns/s·a':>6}  {'× copy':>6}  {'bytes/s·a':>9}")
    for rough in (False, True):
        for options in SIZES:
            if options <= largest:
                print(row(situation(options, rough=rough), "rough" if rough else "plain"))
    print("\nplain: every state feasible, every option free to move; rough: one option of every")
    print("actor is one-way and two actors have a ruled-out combination. s·a: state and actor.")
    print("× copy: beside one NumPy copy of the rank arrays. bytes: peak, the ranks included.\n")
    model = conflict(situation(min(18, largest), rough=True))
    start = int(np.flatnonzero(model.space.mask)[0])
    seconds, states = best(lambda: attainable(model, [start])), model.space.size
    print(f"Nash equilibria attained from one of {states:,} rough states: {seconds:.4f} s")
    discovery.show(best)
    futures.show()
    million.show()
    evaluation.show()
    networks.show()


def row(case: Situation, kind: str) -> str:
    """One line of the table."""
    model = conflict(case)
    cells = model.ranks.size
    seconds = best(lambda: stable_states(afresh(model)))
    copying = best(model.ranks.copy)
    per_cell = seconds / cells * 1e9
    return (
        f"{model.space.size:>10,}  {kind:<5}  {seconds:>8.4f}  {per_cell:>6.1f}  "
        f"{seconds / copying:>6.0f}  {peak(case) / cells:>9.1f}"
    )


def afresh(model: Conflict) -> Conflict:
    """The same conflict with nothing remembered from earlier runs."""
    return Conflict(replace(model.space), model.rows)


def best(run: Callable[[], object]) -> float:
    """The shortest of several runs [s], after one to compile and warm up."""
    run()
    taken: list[float] = []
    while not taken or (sum(taken) < SECONDS and len(taken) < 200):
        begin = perf_counter()
        run()
        taken.append(perf_counter() - begin)
    return min(taken)


def peak(case: Situation) -> int:
    """The most memory in use at once, from the situation to the verdicts [bytes]."""
    tracemalloc.start()
    stable_states(conflict(case))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


if __name__ == "__main__":
    main()
