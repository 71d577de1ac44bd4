"""The range of a share over intervals of probabilities: second-order uncertainty, never averaged.

A probability that is stated as an interval is drawn at its midpoint, and the draws are reweighted
to other probabilities in the interval: a future in which a factor with midpoint `p` happens, or a
statement is held, counts `q / p` times, any other `(1 - q) / (1 - p)` times, and a share is the
weighted mean: importance sampling with self-normalised weights [Owen2013], section 9.2. Given all
other factors a share is a ratio of two linear functions of `q`, so that it is monotone in `q`: its
lowest and highest value lie at corners, where each probability is at one end of its interval.

Only those intervals count whose factor an evaluation reads, and which moves the share by more than
two standard errors, or does so together with another factor, by four: what noise there is in each
effect would add up over factors. Up to ten of them all corners are tried; of more, corners are
searched by changing one probability at a time, from several starts. In a factorial run every
combination is there with its weight, and nothing is noise.

Factors are moved one by one while all others keep their distribution given these factors; where
factors are correlated, the others follow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.futures.judging.intervals import DIGITS, differences_beyond_noise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.futures.drawing.factors import Factor
    from detente.futures.reading.blocks import Block, Layout

    Floats = NDArray[np.float64]

__all__ = ["Moved", "Range", "moved_of"]

ALL_CORNERS = 10  # intervals of which every combination of ends is tried
LARGEST = 50_000  # futures, the first, from which more intervals than these are judged
TOGETHER = 4.0  # standard errors: of many pairs of factors some always part a little
THIN = 50.0  # effective futures, below which a reweighted share says little


@dataclass(frozen=True)
class Range:
    """Lowest and highest share over the intervals of probabilities."""

    lower: float | None
    upper: float | None
    lower_at: Mapping[str, float] = field(default_factory=dict)
    """Factor -> its probability at the lowest share; what moves it most comes first."""
    upper_at: Mapping[str, float] = field(default_factory=dict)
    difference_lower: float | None = None
    difference_upper: float | None = None
    effective: float | None = None
    """Effective number of futures at the worse of the two corners; None: nothing is estimated."""
    thin: bool = False
    """Whether these are so few that the range says little."""
    unreached: tuple[str, ...] = ()
    """Factors of which one side was never drawn: they cannot be moved."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Futures that agree in all factors that are moved, counted together."""

    factors: tuple[Factor, ...]
    bits: NDArray[np.bool_]
    """`(cells, factors)`, whether it happens or is held."""
    hits: Floats
    """`(2, cells)`: futures in which the claim holds; the sum of differences."""
    counts: Floats
    """`(cells,)`, determined futures."""


@dataclass
class Moved:
    """What is kept of a run to move its probabilities."""

    factors: tuple[Factor, ...]
    columns: list[int]
    """Where a block says whether each happens."""
    views: tuple[str, ...]
    """The view of each claim."""
    exact: bool
    """A factorial design: all there is, weighted."""
    sums: Floats
    """`(3, cells, headlines)`, where intervals are few."""
    happened: NDArray[np.int64]
    """`(factors,)`, in how many futures."""
    drawn: int = 0
    rows: list[tuple[NDArray[np.bool_], Floats]] = field(default_factory=list)
    """Happening and `(3, n, headlines)` of single futures, where they are many."""

    @property
    def is_few(self) -> bool:
        """Whether all combinations are counted."""
        return len(self.factors) <= ALL_CORNERS

    def add(self, block: Block, hits: Floats, counts: Floats) -> None:
        """Count the futures of a block.

        Parameters
        ----------
        block
            Its futures.
        hits
            `(quantities, n, headlines)`: it holds, the difference to the contrast, …
        counts
            `(n, headlines)`, whether it is determined; both by weight.
        """
        if not self.factors:
            return
        bits = block.levels[:, self.columns]
        values = np.stack([hits[0], hits[1], counts])
        is_kept = not self.is_few and self.drawn < LARGEST
        self.happened += bits.sum(axis=0)
        self.drawn += len(bits)
        if self.is_few:
            cells = bits @ (1 << np.arange(len(self.factors)))
            for quantity in range(3):
                np.add.at(self.sums[quantity], cells, values[quantity])
        elif is_kept:
            self.rows.append((bits, values))

    def range(self, headline: int, read: Collection[str] | None = None) -> Range | None:
        """The range of one claim's share; None where no probability is an interval.

        Parameters
        ----------
        headline
            The claim.
        read
            The factors that its evaluation can see; all of its view if left out.
        """
        view = self.views[headline]
        relevant = [
            n
            for n, factor in enumerate(self.factors)
            if factor.view in ("", view) and (read is None or factor.name in read)
        ]
        if not relevant:
            return None
        cells = self._cells(headline)
        if not cells.counts.sum():
            return Range(None, None)
        reached = [n for n in relevant if 0 < self.happened[n] < self.drawn]
        unreached = tuple(self.factors[n].name for n in relevant if n not in reached)
        if not self.exact:
            together = np.any(interacting(cells, reached), axis=0).tolist()
            alone = [moves(cells, n) for n in reached]
            reached = [n for n, *moved in zip(reached, alone, together, strict=True) if any(moved)]
        if not reached:
            return unmoved(cells, unreached)
        return range_over(merged(cells, reached), unreached, exact=self.exact)

    def _cells(self, headline: int) -> Cells:
        if self.is_few:
            codes = np.arange(2 ** len(self.factors))[:, None]
            bits = (codes >> np.arange(len(self.factors)) & 1).astype(bool)
            values = self.sums[:, :, headline]
        else:
            bits = np.concatenate([each for each, _ in self.rows])
            values = np.concatenate([each[:, :, headline] for _, each in self.rows], axis=1)
        return Cells(self.factors, bits, values[:2], values[2])


def moved_of(layout: Layout, design: str) -> Moved:
    """Nothing counted yet: the factors with an interval of probabilities."""
    factors = tuple(
        f for f in layout.factors if f.probability and f.probability[0] < f.probability[1]
    )
    columns = [layout.levels.index((factor.name, factor.levels[1])) for factor in factors]
    heads = layout.headlines
    few = len(factors) <= ALL_CORNERS
    sums = np.zeros((3, 2 ** len(factors) if few else 0, len(heads)))
    views = tuple(layout.claims[head].view for head in heads)
    happened = np.zeros(len(factors), np.int64)
    return Moved(factors, columns, views, design == "factorial", sums, happened)


def moves(cells: Cells, factor: int) -> bool:
    """Whether a factor moves the share, or the difference, by more than noise."""
    here = cells.bits[:, factor]
    hits = [cells.hits[:, at].sum(axis=1) for at in (here, ~here)]
    counts = [cells.counts[at].sum() for at in (here, ~here)]
    share = differences_beyond_noise(hits[0][0], counts[0], hits[1][0], counts[1])
    means = [(hit[1] + 1) / (count + 2) for hit, count in zip(hits, counts, strict=True)]
    error = np.sqrt(sum(1 / (count + 2) for count in counts))  # of numbers from -1 to 1
    return bool(share) or bool(abs(means[0] - means[1]) > 2 * error)


def interacting(cells: Cells, factors: Sequence[int]) -> NDArray[np.bool_]:
    """`(factors, factors)`: whether one decides how another moves the share, or the difference.

    That is so where the effect of the one is another where the other happens, beyond noise.
    """
    counts = parted(cells, factors, cells.counts) + 2
    found = np.zeros((len(factors), len(factors)), dtype=np.bool_)
    for quantity, hits in enumerate(cells.hits):
        means = (parted(cells, factors, hits) + 1 - quantity) / counts
        spread = means * (1 - means) if quantity == 0 else 1.0  # of numbers from -1 to 1: at most
        error = np.sqrt((spread / counts).sum(axis=0))
        found |= abs(means[0] - means[1] - means[2] + means[3]) > TOGETHER * error
    np.fill_diagonal(found, val=False)
    return found


def parted(cells: Cells, factors: Sequence[int], values: Floats) -> Floats:
    """`(4, factors, factors)`: sums where neither of two happens, the second, the first, both."""
    bits = cells.bits[:, list(factors)].astype(float)
    both, single = (bits.T * values) @ bits, values @ bits
    first, second = np.broadcast_arrays(single[:, None], single[None, :])
    return np.stack([values.sum() - first - second + both, second - both, first - both, both])


def merged(cells: Cells, factors: Sequence[int]) -> Cells:
    """Cells told apart by these factors only; none of them is empty."""
    bits = cells.bits[:, list(factors)]
    kinds, inverse = np.unique(bits, axis=0, return_inverse=True)
    sums = [
        np.bincount(inverse.ravel(), each, len(kinds)).astype(float)
        for each in (*cells.hits, cells.counts)
    ]
    hits, counts = np.stack(sums[:2]), sums[2]
    full = counts > 0
    chosen = tuple(cells.factors[n] for n in factors)
    return Cells(chosen, kinds[full], hits[:, full], counts[full])


def unmoved(cells: Cells, unreached: tuple[str, ...]) -> Range:
    """The share as it is: nothing in it moves with a probability."""
    counts = float(cells.counts.sum())
    share, apart = (quotient(float(hits.sum()), counts) for hits in cells.hits)
    return Range(share, share, {}, {}, apart, apart, unreached=unreached)


def range_over(cells: Cells, unreached: tuple[str, ...], *, exact: bool) -> Range:
    """The lowest and highest share at any corner."""
    search = corners if len(cells.factors) <= ALL_CORNERS else climbed
    (low, low_at), (high, high_at) = search(cells, 0)
    (apart_low, _), (apart_high, _) = search(cells, 1)
    effective = min(effective_at(cells, at) for at in (low_at, high_at))
    return Range(
        lower=low,
        upper=high,
        lower_at=named(cells, low_at),
        upper_at=named(cells, high_at),
        difference_lower=apart_low,
        difference_upper=apart_high,
        effective=None if exact else round(effective, 1),
        thin=not exact and effective < THIN,
        unreached=unreached,
    )


# ------------------------------------------------------------------------------------- corners

Corner = tuple[bool, ...]
"""Of each factor, whether its probability is at the upper end."""


def ratios(factor: Factor) -> Floats:
    """`(2, 2)`: by how much a future counts, at the lower and upper end; without it and with."""
    assert factor.probability is not None
    low, high = factor.probability
    middle = (low + high) / 2
    return np.array([[(1 - q) / (1 - middle), q / middle] for q in (low, high)])


def weights(cells: Cells, corner: Corner) -> Floats:
    """`(cells,)`: by how much each counts at a corner."""
    result = np.ones(len(cells.counts))
    for n, upper in enumerate(corner):
        result *= ratios(cells.factors[n])[int(upper)][cells.bits[:, n].astype(int)]
    return result


def share_at(cells: Cells, corner: Corner, quantity: int) -> float:
    """The share, or the difference, at a corner."""
    weight = weights(cells, corner)
    return quotient(float(weight @ cells.hits[quantity]), float(weight @ cells.counts))


def quotient(hits: float, counts: float) -> float:
    """NaN where nothing counts: a probability of 0 or 1 may leave no determined future."""
    return round(hits / counts, DIGITS) if counts > 0 else float("nan")


Found = tuple[tuple[float | None, Corner], tuple[float | None, Corner]]
"""The lowest and the highest, each with its corner."""


def corners(cells: Cells, quantity: int) -> Found:
    """All corners: each factor's axis of the array of cells is turned into its two ends."""
    count = len(cells.factors)
    place = tuple(cells.bits.T.astype(int))
    arrays = []
    for values in (cells.hits[quantity], cells.counts):
        array = np.zeros((2,) * count)
        array[place] = values
        for axis, factor in enumerate(cells.factors):
            array = np.moveaxis(np.tensordot(ratios(factor), array, axes=(1, axis)), 0, axis)
        arrays.append(array)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.where(arrays[1] > 0, arrays[0] / arrays[1], np.nan)
    return extreme(shares, np.nanargmin), extreme(shares, np.nanargmax)


def extreme(shares: Floats, argument: Any) -> tuple[float | None, Corner]:
    place = np.unravel_index(int(argument(np.round(shares, DIGITS))), shares.shape)
    return round(float(shares[place]), DIGITS), tuple(bool(each) for each in place)


def climbed(cells: Cells, quantity: int) -> Found:
    """Corners from which no change of a single probability leads lower, or higher."""
    ends = []
    for sign in (-1, 1):
        found = [climb(cells, quantity, sign, start) for start in starts(cells, quantity, sign)]
        ends.append(max(found, key=lambda each: sign * each[0]))
    return ends[0], ends[1]


def starts(cells: Cells, quantity: int, sign: int) -> Iterator[Corner]:
    """The corner of the single effects, and all probabilities low, or high."""
    effects = []
    for n in range(len(cells.factors)):
        here = cells.bits[:, n]
        sides = [
            quotient(cells.hits[quantity, at].sum(), cells.counts[at].sum()) for at in (here, ~here)
        ]
        effects.append(sides[0] - sides[1])
    yield tuple(sign * effect > 0 for effect in effects)
    yield (False,) * len(effects)
    yield (True,) * len(effects)


def climb(cells: Cells, quantity: int, sign: int, start: Corner) -> tuple[float, Corner]:
    """Change one probability at a time as long as that helps."""
    corner, best, stuck = list(start), share_at(cells, start, quantity), False
    while not stuck:
        stuck = True
        for n in range(len(corner)):
            tried = [*corner[:n], not corner[n], *corner[n + 1 :]]
            share = share_at(cells, tuple(tried), quantity)
            if sign * (share - best) > 0:
                corner, best, stuck = tried, share, False
    return best, tuple(corner)


def effective_at(cells: Cells, corner: Corner) -> float:
    """Kish's effective number of futures: the squared sum of weights over the sum of squares."""
    weight = weights(cells, corner)
    squares = weight**2 @ cells.counts
    return float((weight @ cells.counts) ** 2 / squares) if squares > 0 else 0.0


def named(cells: Cells, corner: Corner) -> dict[str, float]:
    """The probabilities at a corner, the one that moves the share most first."""
    here = share_at(cells, corner, 0)
    moved = [
        abs(here - share_at(cells, (*corner[:n], not corner[n], *corner[n + 1 :]), 0))
        for n in range(len(corner))
    ]
    order = sorted(range(len(corner)), key=lambda n: (-moved[n] if moved[n] == moved[n] else 0, n))
    ends = [each.probability for each in cells.factors]
    return {
        cells.factors[n].name: pair[int(corner[n])] for n in order if (pair := ends[n]) is not None
    }
