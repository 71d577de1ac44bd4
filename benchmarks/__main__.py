"""Print how long the graph model takes, beside a copy of its ranks; analyses, runs, networks."""

from __future__ import annotations

import sys

import numpy as np

from benchmarks import discovery, evaluation, futures, million, networks, scale
from benchmarks.conflicts import situation
from benchmarks.timing import best
from detente.conflict.model import conflict
from detente.conflict.reach import attainable


def main() -> None:
    """Everything, up to the number of binary options named on the command line."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else scale.SIZES[-1]
    scale.show(largest)
    model = conflict(situation(min(18, largest), rough=True))
    start = int(np.flatnonzero(model.space.mask)[0])
    seconds, states = best(lambda: attainable(model, [start])), model.space.size
    print(f"\nNash equilibria attained from one of {states:,} rough states: {seconds:.4f} s")
    discovery.show(best)
    futures.show()
    million.show()
    evaluation.show()
    networks.show()


if __name__ == "__main__":
    main()
