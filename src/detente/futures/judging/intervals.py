"""How far a share of futures may be off because only so many were drawn: 95 % intervals.

Futures drawn at random one by one are independent, and a share of them has the score interval of
[Wilson1927]; the difference of two shares over the same futures has method 10 of [Newcombe1998].

Futures of a Latin hypercube or a Sobol' sequence are not independent: they are spread evenly, which
as a rule makes shares more exact than Wilson's interval says, and by how much depends on the claim.
Such designs are therefore drawn in blocks, independent of one another, and the interval comes from
how far blocks differ: replicated designs as in [Owen2013], chapter 10. The share is a ratio of
two sums over blocks, futures in which the claim holds and determined futures; its standard error is
that of a ratio estimator [Cochran1977], chapter 6, with Student's t of one less than the blocks,
and half a future is added on either side: what an even design holds to within one future varies by
no more than that, and so little that blocks may hardly differ.

Where there are fewer than four whole blocks, where blocks do not differ, or where a block has
fewer than five futures of one kind on average, so that a t interval would be too narrow, all
futures are taken for independent. A Latin hypercube is never worse than independent draws by more
than a vanishing factor [Owen1997], so that this errs on the side of width.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = [
    "CONFIDENCE",
    "Intervals",
    "Tally",
    "differences_beyond_noise",
    "needed",
    "newcombe",
    "wilson",
]

CONFIDENCE = 0.95
FEWEST_BLOCKS = 4
FEWEST_IN_A_BLOCK = 5
ALIKE = 1e-3  # squared futures; blocks that differ at all do so by more, whatever is rounded
DIGITS = 12  # to which shares are rounded, so that a share of 0.55 is 0.55


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums over blocks of futures, for any number of quantities at once.

    A quantity is the mean, over the futures that count for it, of a number of each future: 1 where
    a claim holds and 0 where it does not, or the difference between two such numbers.
    """

    hits: Floats
    """Sum of the numbers."""
    counts: Floats
    """Sum of the futures that count, by weight."""
    squares: Floats
    """Sum over blocks of the squared `hits` of the block."""
    products: Floats
    """Sum over blocks of `hits` times `counts`."""
    count_squares: Floats
    """Sum over blocks of the squared `counts`."""
    blocks: Floats
    """Blocks in which a future counts."""
    whole: int
    """Blocks that were drawn in full."""

    @classmethod
    def block(cls, hits: Floats, counts: Floats, *, whole: bool) -> Tally:
        """What one block adds."""
        return cls(
            hits, counts, hits**2, hits * counts, counts**2, (counts > 0).astype(float), int(whole)
        )

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.hits + other.hits,
            self.counts + other.counts,
            self.squares + other.squares,
            self.products + other.products,
            self.count_squares + other.count_squares,
            self.blocks + other.blocks,
            self.whole + other.whole,
        )

    def __getitem__(self, key: Any) -> Tally:
        """Some of the quantities."""
        return Tally(
            self.hits[key],
            self.counts[key],
            self.squares[key],
            self.products[key],
            self.count_squares[key],
            self.blocks[key],
            self.whole,
        )

    @property
    def means(self) -> Floats:
        """The quantities; NaN where no future counts."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.round(self.hits / self.counts, DIGITS)

    @property
    def errors(self) -> Floats:
        """Standard errors of the ratio of two sums over blocks [Cochran1977]."""
        with np.errstate(invalid="ignore", divide="ignore"):
            means = self.hits / self.counts
            residuals = self.squares - 2 * means * self.products + means**2 * self.count_squares
            spread = np.where(residuals < ALIKE, 0, residuals) * self.blocks / (self.blocks - 1)
            return np.sqrt(spread) / self.counts


@dataclass(frozen=True)
class Intervals:
    """How intervals are made for a design.

    Parameters
    ----------
    design
        `random`: futures are independent. `factorial`: all there are, nothing is estimated.
        `lhs`, `sobol`: blocks of futures are. `saltelli`: points are, a few futures each.
    confidence
        Of each interval by itself.
    clusters
        Futures that are drawn from one point and count for one: of a `saltelli` design, as many
        as it has factors, and two.
    """

    design: str
    confidence: float = CONFIDENCE
    clusters: int = 1

    def shares(self, tally: Tally) -> tuple[Floats, Floats]:
        """Lowest and highest of shares; NaN where no future counts."""
        if self.design == "factorial":
            return tally.means, tally.means
        n = self.clusters
        low, high = wilson(tally.hits / n, tally.counts / n, self.confidence)
        rare = np.minimum(tally.hits, tally.counts - tally.hits)
        return self._by_blocks(tally, rare, (low, high), least=0.0)

    def differences(self, tally: Tally, first: Tally, second: Tally, both: Tally) -> Any:
        """Lowest and highest of differences between two shares over the same futures.

        Parameters
        ----------
        tally
            Of the difference in each future: -1, 0 or 1.
        first, second, both
            Of the two sides, and of where both are true.
        """
        if self.design == "factorial":
            return tally.means, tally.means
        n = self.clusters
        sides = both.hits / n, first.hits / n, second.hits / n
        plain = newcombe(*sides, tally.counts / n, self.confidence)
        discordant = first.hits + second.hits - 2 * both.hits
        rare = np.minimum(discordant, tally.counts - np.abs(tally.hits))
        return self._by_blocks(tally, rare, plain, least=-1.0)

    def _by_blocks(
        self, tally: Tally, rare: Floats, plain: tuple[Floats, Floats], *, least: float
    ) -> tuple[Floats, Floats]:
        """From blocks where they are enough; else as of independent futures."""
        from scipy.special import stdtrit

        errors, means = tally.errors, tally.means
        enough = (rare >= FEWEST_IN_A_BLOCK * tally.blocks) & (errors > 0)
        enough &= (tally.blocks >= FEWEST_BLOCKS) & (self.design in ("lhs", "sobol"))
        enough &= tally.whole >= FEWEST_BLOCKS
        freedom = np.maximum(tally.blocks - 1, 1)
        with np.errstate(invalid="ignore", divide="ignore"):
            half = stdtrit(freedom, (1 + self.confidence) / 2) * errors + 0.5 / tally.counts
        low = np.where(enough, np.maximum(means - half, least), plain[0])
        high = np.where(enough, np.minimum(means + half, 1.0), plain[1])
        return rounded(low), rounded(high)


def rounded(values: Floats) -> Floats:
    return np.asarray(np.round(values, DIGITS), float)


def quantile(confidence: float) -> float:
    """Of the standard normal distribution: 1.96 for 0.95."""
    from statistics import NormalDist

    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(hits: Any, counts: Any, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Score interval of a share of independent futures.

    Parameters
    ----------
    hits, counts
        Futures in which it holds, of how many; arrays or numbers.
    confidence
        How often an interval so made holds the true share.

    Returns
    -------
    (low, high)
        NaN where no future counts.

    References
    ----------
    [Wilson1927]

    Examples
    --------
    >>> low, high = wilson(10, 20)
    >>> round(float(low), 4), round(float(high), 4)
    (0.2993, 0.7007)
    """
    hits, counts = np.asarray(hits, float), np.asarray(counts, float)
    z = quantile(confidence)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = hits / counts
        middle = (share + z * z / (2 * counts)) / (1 + z * z / counts)
        variance = share * (1 - share) / counts + z * z / (4 * counts**2)
        half = z * np.sqrt(np.maximum(variance, 0)) / (1 + z * z / counts)
    low = np.where(hits <= 0, np.where(counts > 0, 0.0, np.nan), middle - half)
    high = np.where(hits >= counts, np.where(counts > 0, 1.0, np.nan), middle + half)
    return low, high


def newcombe(
    both: Any, first: Any, second: Any, counts: Any, confidence: float = CONFIDENCE
) -> tuple[Floats, Floats]:
    """Interval of the difference of two shares over the same independent futures: method 10.

    Parameters
    ----------
    both, first, second, counts
        Futures in which both hold, the first, the second; of how many. Arrays or numbers.
    confidence
        How often an interval so made holds the true difference.

    References
    ----------
    [Newcombe1998]
    """
    a, n = np.asarray(both, float), np.asarray(counts, float)
    b, c = first - a, second - a
    d = n - a - b - c
    (low_1, high_1), (low_2, high_2) = (wilson(a + x, n, confidence) for x in (b, c))
    with np.errstate(invalid="ignore", divide="ignore"):
        p, q = (a + b) / n, (a + c) / n
        phi = correlation(a, b, c, d)
        down = (p - low_1) ** 2 - 2 * phi * (p - low_1) * (high_2 - q) + (high_2 - q) ** 2
        up = (q - low_2) ** 2 - 2 * phi * (q - low_2) * (high_1 - p) + (high_1 - p) ** 2
        low, high = p - q - np.sqrt(np.maximum(down, 0)), p - q + np.sqrt(np.maximum(up, 0))
    return np.maximum(low, -1), np.minimum(high, 1)


def correlation(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """The fourfold table's phi, as method 10 corrects it where it is positive; 0 of no spread."""
    product, n = a * d - b * c, a + b + c + d
    corrected = np.where(product > 0, np.maximum(product - n / 2, 0), product)
    spread = np.sqrt((a + b) * (c + d) * (a + c) * (b + d))
    return np.where(spread > 0, corrected / np.where(spread > 0, spread, 1), 0.0)


def differences_beyond_noise(
    hits: Floats, counts: Floats, others: Floats, other_counts: Floats, z: float = 2.0
) -> NDArray[np.bool_]:
    """Whether two shares over different futures differ by more than `z` standard errors.

    Two successes and two failures are added, one of each to either share, so that shares of 0 and
    of 1 have a standard error too [AgrestiCaffo2000].
    """
    p, q = (hits + 1) / (counts + 2), (others + 1) / (other_counts + 2)
    variance = p * (1 - p) / (counts + 2) + q * (1 - q) / (other_counts + 2)
    return np.asarray((np.abs(p - q) > z * np.sqrt(variance)) & (counts > 0) & (other_counts > 0))


def needed(share: float, low: float, high: float, threshold: float, futures: int) -> int | None:
    """How many futures in all would part a share from a threshold, if it stays what it is.

    An interval narrows with the root of the number of futures. None where no number would do,
    because the share is the threshold; the same number where they are parted already.

    Examples
    --------
    >>> needed(0.60, 0.50, 0.70, 0.55, 100)
    400
    """
    from math import ceil

    away = abs(share - threshold)
    half = (high - share) if threshold > share else (share - low)
    if away < 1e-9:
        return None
    return max(futures, ceil(round(futures * (half / away) ** 2, 6)))
