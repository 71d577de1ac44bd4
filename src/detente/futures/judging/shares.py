"""What part of the futures: every claim and strategy counted, block by block.

One pass over a run counts all that shares, intervals, ranges and verdicts are made of. What is kept
does not grow with the number of futures.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detente.futures.judging.intervals import Intervals, Tally
from detente.futures.judging.second_order import Moved, moved_of
from detente.futures.reading.blocks import Layout, block_size, blocks, layout_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from detente.futures.reading.blocks import Block
    from detente.futures.reading.run import Run

    Floats = NDArray[np.float64]

__all__ = ["HOLDS", "Counted", "Share", "Turn", "counted", "share_at"]

HOLDS, DIFFERENCE, AGAINST, BOTH = range(4)  # quantities of a claim


class Turn(NamedTuple):
    """A statement varied, and the claim it gives another answer."""

    view: str
    claim: str
    statement: str
    change: str
    swapped_with: str | None


@dataclass
class Turned:
    """Sums over the futures in which a variation gave a claim another answer."""

    holds: float = 0.0
    """By how many more futures it holds."""
    against: float = 0.0
    determined: float = 0.0
    squares: float = 0.0
    """Of the changes of `holds`."""
    difference_squares: float = 0.0
    """Of the changes of `holds` less `against`."""


@dataclass(frozen=True, eq=False)
class Counted:
    """All that was counted of a run."""

    layout: Layout
    design: str
    """`factorial` where nothing is drawn either: there is but one future."""
    clusters: int
    """Futures that a `saltelli` design draws from one point; 1 of any other."""
    asked: Tally
    """`(4, claims)`: it holds, the difference to the contrast, it holds there, in both."""
    under: Tally
    """`(4, levels, headlines)`: the same in the futures where a factor is at a level."""
    missing: Floats
    """`(claims,)`, ok futures in which a claim is undetermined."""
    unattained: Floats
    """`(strategies,)`, ok futures in which a strategy attains nothing."""
    met: Tally
    """`(2 goals + 1, strategies)`: each goal met in every, in some; not beaten."""
    varied: Tally
    """`(4, headlines)`, over the futures in which statements were varied."""
    turned: dict[Turn, Turned]
    moved: Moved
    """What ranges over the intervals of probabilities are made of."""
    ok: int = 0
    failed: int = 0
    varied_futures: int = 0

    def intervals(self, confidence: float = 0.95) -> Intervals:
        """How intervals are made for the run's design."""
        return Intervals(self.design, confidence, self.clusters)


def counted(run: Run, progress: Callable[[str], None] = lambda _: None) -> Counted:
    """Count a run.

    Parameters
    ----------
    run
        Its futures; only those that are ok are counted, and how many are missing is.
    progress
        Told how far it is.
    """
    layout = layout_of(run)
    design = str(run.manifest["design"]) if layout.factors else "factorial"
    counting = Counting(layout, block_size(design), moved_of(layout, design))
    for block in blocks(run, layout):
        counting.add(block)
        progress(f"counting futures: {counting.ok + counting.failed:,}")
    clusters = len(layout.factors) + 2 if design == "saltelli" else 1
    return counting.result(design, clusters)


@dataclass
class Counting:
    """The sums while blocks come in."""

    layout: Layout
    size: int
    moved: Moved
    tallies: dict[str, Tally] = field(default_factory=dict)
    turned: dict[Turn, Turned] = field(default_factory=lambda: defaultdict(Turned))
    missing: Floats | float = 0.0
    unattained: Floats | float = 0.0
    ok: int = 0
    failed: int = 0
    varied_futures: int = 0

    def add(self, block: Block) -> None:
        """Count the futures of one block."""
        heads = list(self.layout.headlines)
        x, d = quantities(block), block.determined
        weights = block.weight[:, None]
        is_whole = len(block.index) >= self.size
        hits, counts = weights * x, weights * d
        self._add("asked", hits.sum(axis=1), np.tile(counts.sum(axis=0), (4, 1)), is_whole)
        at = block.levels.T.astype(float)
        under = np.stack([at @ each for each in hits[:, :, heads]])
        self._add("under", under, np.tile(at @ counts[:, heads], (4, 1, 1)), is_whole)
        varied = block.varied.astype(float)
        self._add("varied", varied @ hits[:, :, heads], np.tile(varied @ counts[:, heads], (4, 1)),
                  is_whole)  # fmt: skip
        self._add("met", *met(block), is_whole)
        self.moved.add(block, hits[:, :, heads], counts[:, heads])
        self._turn(block)
        is_ok = (block.weight > 0).astype(float)
        self.missing = self.missing + is_ok @ (1 - d)
        self.unattained = self.unattained + is_ok @ ~block.attained
        self.ok += int((block.weight > 0).sum())
        self.failed += int((block.weight <= 0).sum())
        self.varied_futures += int(block.varied.sum())

    def _add(self, name: str, hits: Floats, counts: Floats, whole: bool) -> None:
        tally = Tally.block(hits, counts, whole=whole)
        self.tallies[name] = self.tallies[name] + tally if name in self.tallies else tally

    def _turn(self, block: Block) -> None:
        """By how much each variation changes each claim."""
        if block.turned.empty:  # as it is in nearly all blocks of a large run
            return
        columns = {
            (self.layout.claims[c].view, self.layout.claims[c].name): c
            for c in self.layout.headlines
        }
        for row in turned_rows(block.turned):
            future, turn, holds, against, determined = row
            at = int(np.searchsorted(block.index, future))
            column = columns.get((turn.view, turn.claim))
            if column is None or not block.varied[at]:
                continue
            weight, sums = block.weight[at], self.turned[turn]
            change = holds * determined - block.holds[at, column]
            other = against * determined - block.against[at, column]
            sums.holds += weight * change
            sums.against += weight * other
            sums.determined += weight * (determined - block.determined[at, column])
            sums.squares += weight * change**2
            sums.difference_squares += weight * (change - other) ** 2

    def result(self, design: str, clusters: int) -> Counted:
        """All that was counted."""
        claims, levels = len(self.layout.claims), len(self.layout.levels)
        heads, strategies = len(self.layout.headlines), len(self.layout.strategies)
        shapes = {
            "asked": (4, claims),
            "under": (4, levels, heads),
            "varied": (4, heads),
            "met": (2 * len(self.layout.goals) + 1, strategies),
        }
        nothing = {n: Tally.block(np.zeros(s), np.zeros(s), whole=False) for n, s in shapes.items()}
        return Counted(
            layout=self.layout,
            design=design,
            clusters=clusters,
            moved=self.moved,
            turned=dict(self.turned),
            missing=np.broadcast_to(self.missing, claims),
            unattained=np.broadcast_to(self.unattained, strategies),
            ok=self.ok,
            failed=self.failed,
            varied_futures=self.varied_futures,
            **{**nothing, **self.tallies},
        )


def quantities(block: Block) -> Floats:
    """`(4, n, claims)`: what is added up of each claim in each future."""
    holds, against = block.holds, block.against
    return np.stack([holds, holds - against, against, holds * against])


def met(block: Block) -> tuple[Floats, Floats]:
    """Goals met and rivals kept off in a block, over the futures where anything is attained."""
    weights = block.weight[:, None] * block.attained
    goals = [
        (weights * side[:, :, goal]).sum(axis=0)
        for goal in range(block.every.shape[2])
        for side in (block.every, block.some)
    ]
    hits = np.stack([*goals, (weights * block.unbeaten).sum(axis=0)])
    return hits, np.tile(weights.sum(axis=0), (len(hits), 1))


def turned_rows(frame: pd.DataFrame) -> Iterable[tuple[int, Turn, bool, bool, bool]]:
    """Each row of `Run.turned`."""
    import pandas as pd

    columns = ["future", "view", "claim", "statement", "change", "swapped_with"]
    truths = [frame[c].to_numpy(bool, na_value=False) for c in ("holds", "against", "determined")]
    for row, *answers in zip(frame[columns].itertuples(index=False), *truths, strict=True):
        other = None if pd.isna(row.swapped_with) else str(row.swapped_with)
        turn = Turn(row.view, row.claim, row.statement, row.change, other)
        yield (int(row.future), turn, *answers)


# -------------------------------------------------------------------------------------- shares


@dataclass(frozen=True)
class Share:
    """Of the determined futures, those in which a claim holds; with its 95 % interval."""

    share: float | None
    """None: determined in no future."""
    low: float | None
    high: float | None
    against: float | None = None
    """The share under the contrast; None where there is none."""
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    futures: float = 0
    """Determined futures, by weight."""
    ever_differs: bool = False
    """Whether the claim and its contrast part in any future."""


def share_at(tally: Tally, intervals: Intervals, *, contrast: bool) -> list[Share]:
    """The shares of a tally of `(4, n)` quantities.

    Parameters
    ----------
    tally
        Its first axis is that of `Counted.asked`.
    intervals
        How intervals are made.
    contrast
        Whether these claims have one.
    """
    low, high = intervals.shares(tally[HOLDS])
    apart = intervals.differences(tally[DIFFERENCE], tally[HOLDS], tally[AGAINST], tally[BOTH])
    return [
        share_of(tally[:, n], (low[n], high[n]), (apart[0][n], apart[1][n]), contrast=contrast)
        for n in range(tally.hits.shape[1])
    ]


def share_of(
    tally: Tally, bounds: tuple[float, float], apart: tuple[float, float], *, contrast: bool
) -> Share:
    """One share, as plain numbers."""
    futures = float(tally.counts[HOLDS])
    if futures <= 0:
        return Share(None, None, None)
    means = [float(mean) for mean in tally.means]
    share = Share(means[HOLDS], float(bounds[0]), float(bounds[1]), futures=futures)
    if not contrast:
        return share
    return Share(
        share.share,
        share.low,
        share.high,
        means[AGAINST],
        means[DIFFERENCE],
        float(apart[0]),
        float(apart[1]),
        futures,
        bool(tally.hits[HOLDS] + tally.hits[AGAINST] > 2 * tally.hits[BOTH]),
    )
