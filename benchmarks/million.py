"""A million futures of a small case, against all combinations of what is not known in it."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from detente.case import load
from detente.futures.drawing.design import Design, combinations
from detente.futures.judging.shares import counted
from detente.futures.reading.run import run_of
from detente.futures.running.driver import Means, Settings, ensemble
from tests.futures.finite import FINITE, shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["show"]

FUTURES = 1_000_000


def show() -> None:
    """The table, from a process of its own, whose memory is nobody else's."""
    subprocess.run([sys.executable, "-m", "benchmarks.million"], check=True)


def main() -> None:
    """Time, the most memory of any process, and how far the shares are off."""
    print(f"\n{FUTURES:,} futures of a case of two actors, two workers")
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder, "situation.yaml")
        case.write_text(FINITE, encoding="utf-8")
        situation = load(case)
        begin = perf_counter()
        found = ensemble(situation, FUTURES, Path(folder, "run"), means=Means(workers=2))
        ran = perf_counter()
        sums = counted(run_of(found))
        print(f"{ran - begin:>8.1f} s to run, {perf_counter() - ran:.1f} s to count")
        print(f"{megabytes(resource.RUSAGE_SELF):>8.0f} MB here at most, "
              f"{megabytes(resource.RUSAGE_CHILDREN):.0f} MB in a worker")  # fmt: skip
        every = ensemble(
            situation,
            combinations(situation),
            Path(folder, "every"),
            Settings(Design("factorial"), varied=0),
            Means(workers=0),
        )
        off = errors(shares(sums), shares(counted(run_of(every))))
    print(f"{off.max():>8.2f} standard errors off: the worst of {off.size} shares "
          f"(mean {off.mean():.2f}); one of independent draws")  # fmt: skip


def errors(found: NDArray[np.float64], exact: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far shares are off [standard errors of independent draws]."""
    uncertain = (exact > 0) & (exact < 1)
    found, exact = found[uncertain], exact[uncertain]
    off: NDArray[np.float64] = np.abs(found - exact) / np.sqrt(exact * (1 - exact) / FUTURES)
    return off


def megabytes(who: int) -> float:
    """The most memory that a process had [MB]; of children, the largest of those that ended."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(who).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    main()
