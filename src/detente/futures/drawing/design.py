"""Which futures are drawn: points of the unit cube, one coordinate for each factor.

A point is a function of the kind of design, its seed and the point's index alone. Points come in
blocks that are randomised independently of each other, so that any part of a design can be drawn
by itself, a run can be extended, and the blocks are replicates from which intervals are taken.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from detente.errors import CannotAnswer, InputError
from detente.futures.drawing.factors import factors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from detente.case.situation import Situation
    from detente.futures.drawing.factors import Factor

__all__ = ["BLOCK", "SOBOL_BLOCK", "Design", "combinations", "futures_allowed"]

Kind = Literal["lhs", "sobol", "random", "factorial", "saltelli"]

BLOCK = 250  # points; a run of a few thousand futures then has enough blocks for an interval
SOBOL_BLOCK = 256
MOST_COMBINATIONS = 10**6
MOST_FUTURES = 10**8  # of which an interval is a ten-thousandth wide
MOST_NAMED = 4
BELOW_ONE = np.nextafter(1.0, 0.0)


@dataclass(frozen=True)
class Design:
    """How futures are drawn.

    - `lhs`: Latin hypercubes of 250 points: in each block and coordinate one point in every 250th.
    - `sobol`: the first 256 points of Sobol's sequence, scrambled anew for each block.
    - `random`: independent points.
    - `factorial`: every combination of levels once, weighted; it has no points.
    - `saltelli`: see `cube`; for Sobol' indices.

    References
    ----------
    [McKayBeckmanConover1979], [Owen1998], [SaltelliAnnoni2010].
    """

    kind: Kind = "lhs"
    seed: int = 0

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise InputError(f"no design `{self.kind}`: one of {', '.join(get_args(Kind))}")
        if self.seed < 0:
            raise InputError(f"a seed is 0 or above, not {self.seed}")

    def cube(self, dimensions: int, start: int, stop: int) -> NDArray[np.float64]:
        """The points from one index to before another.

        With `d` dimensions, point `(d + 2) j` of a `saltelli` design is row `j` of matrix A, the
        next one row `j` of B, and point `(d + 2) j + 2 + i` is row `j` of A with coordinate `i`
        taken from B. A and B are the halves of Sobol' sequences of 2 `d` dimensions, scrambled anew
        for each 256 rows.

        Parameters
        ----------
        dimensions
            Coordinates of a point.
        start, stop
            The first index, and the one after the last.

        Returns
        -------
        ndarray
            `(stop - start, dimensions) float64` in [0, 1).

        Examples
        --------
        >>> Design("random", seed=3).cube(2, 400, 401).round(3)
        array([[0.791, 0.184]])
        """
        if self.kind == "factorial":
            raise ValueError("a factorial design has combinations, not points")
        if not dimensions or stop <= start:
            return np.empty((max(stop - start, 0), dimensions))
        if self.kind == "saltelli":
            points = self._saltelli(dimensions, start, stop)
        elif self.kind == "sobol":
            points = in_blocks(lambda b: self._sobol(dimensions, b), SOBOL_BLOCK, start, stop)
        elif self.kind == "lhs":
            points = in_blocks(lambda b: self._latin(dimensions, b), BLOCK, start, stop)
        else:
            points = in_blocks(lambda b: self._random(dimensions, b), BLOCK, start, stop)
        return np.minimum(points, BELOW_ONE, out=points)

    def _random(self, dimensions: int, block: int) -> NDArray[np.float64]:
        return np.random.default_rng([self.seed, block]).random((BLOCK, dimensions))

    def _latin(self, dimensions: int, block: int) -> NDArray[np.float64]:
        from scipy.stats.qmc import LatinHypercube

        rng = np.random.default_rng([self.seed, block])
        points: NDArray[np.float64] = LatinHypercube(dimensions, rng=rng).random(BLOCK)
        return points

    def _sobol(self, dimensions: int, block: int) -> NDArray[np.float64]:
        from scipy.stats.qmc import Sobol

        rng = np.random.default_rng([self.seed, block])
        points: NDArray[np.float64] = Sobol(dimensions, rng=rng).random(SOBOL_BLOCK)
        return points

    def _saltelli(self, dimensions: int, start: int, stop: int) -> NDArray[np.float64]:
        rows = dimensions + 2
        first, last = start // rows, -(-stop // rows)
        pairs = in_blocks(lambda b: self._pairs(dimensions, b), SOBOL_BLOCK, first, last)
        points = np.repeat(pairs[:, None, :dimensions], rows, axis=1)
        points[:, 1] = pairs[:, dimensions:]
        each = np.arange(dimensions)
        points[:, 2 + each, each] = pairs[:, dimensions:]
        return points.reshape(-1, dimensions)[start - first * rows : stop - first * rows]

    def _pairs(self, dimensions: int, block: int) -> NDArray[np.float64]:
        """Rows of A and B side by side, scrambled anew and in another order of the coordinates.

        The first points of one sequence are linked in a few coordinates at once: where events are
        as likely as not, one sequence for all rows gives indices whose intervals miss them.
        """
        from scipy.stats.qmc import Sobol

        rng = np.random.default_rng([self.seed, block])
        points: NDArray[np.float64] = Sobol(2 * dimensions, rng=rng).random(SOBOL_BLOCK)
        return points[:, rng.permutation(2 * dimensions)]


def in_blocks(
    block: Callable[[int], NDArray[np.float64]], size: int, start: int, stop: int
) -> NDArray[np.float64]:
    """The points from one index to before another, of blocks of one size."""
    first, last = start // size, -(-stop // size)
    points = np.concatenate([block(each) for each in range(first, last)])
    return points[start - first * size : stop - first * size]


# ---------------------------------------------------------------------------- what a design allows


def combinations(situation: Situation) -> int:
    """How many futures a full factorial design has: every combination of levels that is drawn.

    Raises
    ------
    CannotAnswer
        Where a factor is a number, factors are correlated, or there are over a million.
    """
    drawn = factors(situation)
    numbers = [factor.name for factor in drawn if factor.kind == "number"]
    if numbers:
        raise CannotAnswer(
            "a factorial design tries every level, and numbers have none: "
            f"{listed(numbers)}\n  draw them: --design lhs"
        )
    if situation.correlations:
        named = [" with ".join(pair.between) for pair in situation.correlations]
        raise CannotAnswer(
            "a factorial design weighs factors independently, and some are correlated: "
            f"{listed(named)}\n  draw them: --design lhs"
        )
    count = math.prod(len(levels_drawn(factor)) for factor in drawn)
    if count > MOST_COMBINATIONS:
        largest = sorted(drawn, key=lambda factor: -len(factor.levels))
        raise CannotAnswer(
            f"{count:,} combinations of {len(drawn)} factors are too many for a factorial design, "
            f"at most {MOST_COMBINATIONS:,}: {listed([factor.name for factor in largest])}\n"
            "  draw some of them: --design lhs"
        )
    return count


def levels_drawn(factor: Factor) -> Sequence[int]:
    """The indexes of the levels that can come up at all."""
    if not factor.weights:
        return range(len(factor.levels))
    return [level for level, weight in enumerate(factor.weights) if weight > 0]


def listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def futures_allowed(design: Design, situation: Situation, futures: int) -> None:
    """Refuse a number of futures that a design does not come in.

    Raises
    ------
    InputError
        Where another number would do; the message names the nearest.
    CannotAnswer
        Where the design does not fit the situation.
    """
    if futures < 1:
        raise InputError(f"at least one future is drawn, not {futures}")
    if futures > MOST_FUTURES:
        raise InputError(
            f"at most {MOST_FUTURES:,} futures are drawn, not {futures:,}\n"
            "  an interval narrows with the root of their number: a few thousand say as much"
        )
    if design.kind == "factorial" and futures != (count := combinations(situation)):
        raise InputError(
            f"a factorial design of this case has {count:,} futures, not {futures:,}\n"
            f"  --futures {count}"
        )
    if design.kind == "saltelli" and situation.correlations:
        raise CannotAnswer(
            "Sobol' indices share out the variance among independent factors, "
            "and some are correlated\n  draw them: --design lhs"
        )
    if design.kind in ("sobol", "saltelli"):
        count = len(factors(situation))
        _refuse_uneven(design, futures, count + 2 if design.kind == "saltelli" else 1)


def _refuse_uneven(design: Design, futures: int, times: int) -> None:
    """Refuse what is not so many times a power of two."""
    power = max(futures // times, 1).bit_length() - 1
    below, above = times << power, times << (power + 1)
    if futures == below:
        return
    what = "a power of two" if times == 1 else f"{times} times a power of two"
    nearest = f"{below} or --futures {above}" if futures > below else f"{below}"
    raise InputError(
        f"a {design.kind} design takes {what} of futures, not {futures:,}\n  --futures {nearest}"
    )
