"""How long it takes to find a planted box, beside the EMA Workbench where that installs."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.ema import printed, reason, workbench
from detente.futures.discovering.boxes import Box, Cases, Column
from detente.futures.discovering.discovery import Searching, found_boxes
from detente.futures.discovering.prim import peeled
from detente.futures.discovering.sensitivity import permuted

__all__ = ["show"]

FUTURES, FACTORS = 10_000, 20

# Both programs are given these futures.
PLANTED = f"""
import numpy as np
rng = np.random.default_rng(0)
matrix = rng.random(({FUTURES}, {FACTORS}))
interest = (matrix[:, 0] > 0.3) & (matrix[:, 1] < 0.5) & (matrix[:, 2] > 0.6)
interest = interest ^ (rng.random({FUTURES}) < 0.02)
"""

THEIRS = """
import inspect
import time
import pandas as pd
from ema_workbench.analysis import prim
table = pd.DataFrame(matrix, columns=[f"x{place}" for place in range(matrix.shape[1])])
asked = inspect.signature(prim.Prim.__init__).parameters  # until 3.0 a density was asked for
given = {"threshold": 0.5} if "threshold" in asked else {}
taken = []
for _ in range(3):
    begin = time.perf_counter()
    box = prim.Prim(table, interest, peel_alpha=0.05, **given).find_box()
    taken.append(time.perf_counter() - begin)
track = box.peeling_trajectory
best = track.loc[(track.coverage * track.density).idxmax()]
print(min(taken), best.coverage, best.density, int(best.res_dim))
"""


def show(best: Callable[[Callable[[], object]], float]) -> None:
    """A line for every step of the search, then one for the other program.

    Parameters
    ----------
    best
        The shortest of several runs of a function [s].
    """
    cases = planted()
    once, bare = Searching(boxes=1, resamples=0), Searching(resamples=20)
    print(
        f"\nA box planted in three of {FACTORS} numbers, {FUTURES:,} futures, 2 % of labels turned"
    )
    print(f"{best(lambda: peeled(cases)):>8.3f} s  PRIM: the whole trajectory")
    print(f"{best(lambda: found_boxes(cases, once)):>8.3f} s  … chosen, pasted and pruned")
    print(
        f"{best(lambda: found_boxes(cases, bare)):>8.3f} s  … further boxes, 20 resamples of each"
    )
    print(f"{best(lambda: found_boxes(cases, Searching('cart'))):>8.3f} s  CART, cross-validated")
    print(f"{best(lambda: permuted(cases)):>8.3f} s  importance by permutation, 2,000 futures")
    (found,) = found_boxes(cases, once)
    print(f"{'':>10}  the box: {said(found.box)}")
    print(beside())


def planted() -> Cases:
    """The futures both programs are given."""
    given: dict[str, np.ndarray] = {}
    exec(PLANTED, given)  # noqa: S102 - the text above, so that both run the same
    columns = [Column(f"x{place}", values.copy()) for place, values in enumerate(given["matrix"].T)]
    return Cases.of(columns, given["interest"])


def said(box: Box) -> str:
    """How good a box is."""
    return f"coverage {box.coverage:.3f}, density {box.density:.3f}, {len(box.limits)} limits"


def beside() -> str:
    """A line for the other program: its time and its box, or why there is none."""
    with tempfile.TemporaryDirectory() as folder:
        python, version = workbench(Path(folder))
        if python is None:
            return f"{'':>10}  EMA Workbench: not measured, {version}"
        try:
            seconds, coverage, density, limits = printed(python, PLANTED + THEIRS).split()
        except (subprocess.SubprocessError, ValueError) as error:
            return f"{'':>10}  EMA Workbench {version}: not measured, {reason(error)}"
    box = f"coverage {float(coverage):.3f}, density {float(density):.3f}, {limits} limits"
    return f"{float(seconds):>8.3f} s  EMA Workbench {version}, Prim.find_box: {box}"
