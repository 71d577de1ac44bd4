"""Whether the recommended strategy stands over many futures: in how many no other is better."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from detente.claims.verdict import Word, more_than
from detente.futures.judging.intervals import Tally
from detente.futures.judging.shares import Share
from detente.futures.reading.blocks import Key, block_size, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.futures.changing.answers import Standing
    from detente.futures.judging.shares import Counted
    from detente.futures.reading.blocks import Level
    from detente.futures.reading.run import Run

__all__ = ["STANDS", "Recommended", "recommended"]

STANDS = Word(0.5, more_than)
"""It stands if in more than half of the futures no other strategy is better."""


@dataclass(frozen=True, eq=False)
class Recommended:
    """Futures in which no strategy is better than the recommended one, whole and by level."""

    counted: Counted
    whole: Tally
    """`(1,)`"""
    under: Tally
    """`(levels,)`, as `Counted.layout` has them."""

    @cached_property
    def share(self) -> Share:
        """Of the futures in which it attains anything, those in which no other is better."""
        return shares(self.whole, self.counted)[0]

    def standing(self, share: Share) -> Standing:
        """By the share alone."""
        if share.share is None:
            return "undetermined"
        return "stands" if STANDS.met_by(share.share) else "beaten"

    def turning(self) -> Iterator[tuple[Level, Share]]:
        """The levels at which it stands where it does not as a rule, or the reverse.

        The share there must lie with its whole interval on the other side; intervals allow for
        the number of levels that are looked at [Dunn1961].
        """
        layout, total = self.counted.layout, self.whole.counts[0]
        own = {factor.name for factor in layout.factors if not factor.view}
        levels = [
            n
            for n, level in enumerate(layout.levels)
            if level.factor in own and 0 < self.under.counts[n] < total
        ]
        found = shares(self.under[levels], self.counted, 1 - 0.05 / max(len(levels), 1))
        plain = self.standing(self.share) == "stands"
        for n, share in zip(levels, found, strict=True):
            if {STANDS.met_by(share.low or 0), STANDS.met_by(share.high or 0)} == {not plain}:
                yield layout.levels[n], share


def recommended(run: Run, counted: Counted) -> Recommended | None:
    """How the recommended strategy of a run stands; None where there is none.

    Parameters
    ----------
    run
        Its futures.
    counted
        What was counted of it.
    """
    layout, choice = counted.layout, run.situation.recommendation
    key = Key("", choice.strategy, "nash") if choice else None
    if key not in layout.strategies:
        return None
    column, size = layout.strategies.index(key), block_size(counted.design)
    sums = [nothing(1), nothing(len(layout.levels))]
    for block in blocks(run, layout):
        counts = block.weight * block.attained[:, column]
        hits, whole = counts * block.unbeaten[:, column], len(block.index) >= size
        for place, rows in enumerate((np.ones((1, len(counts))), block.levels.T.astype(float))):
            sums[place] += Tally.block(rows @ hits, rows @ counts, whole=whole)
    return Recommended(counted, *sums)


def nothing(quantities: int) -> Tally:
    return Tally.block(np.zeros(quantities), np.zeros(quantities), whole=False)


def shares(tally: Tally, counted: Counted, confidence: float = 0.95) -> list[Share]:
    """The shares of a tally of any number of quantities, with their intervals."""
    low, high = counted.intervals(confidence).shares(tally)
    rows = zip(tally.means, low, high, tally.counts, strict=True)
    return [
        Share(float(mean), float(least), float(most), futures=float(count))
        if count > 0
        else Share(None, None, None)
        for mean, least, most, count in rows
    ]
