"""How alike the portfolios of all pairs of actors are, in one year.

A portfolio is the level of commitment that an actor has towards each of the others, and towards
itself the highest. Every measure here follows from one table a pair: how many others the first has
at level l while the second has them at level k. The levels are stated, not found: one that nobody
happens to hold still sets how far apart the others are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Disagreement = Literal["nominal", "linear", "squared"]

__all__ = ["ALLIANCE_LEVELS", "Disagreement", "kappa", "pi", "s_score", "tau_b"]

ALLIANCE_LEVELS = (0, 1, 2, 3)
"""None; entente or consultation; neutrality or non-aggression; defence."""


def s_score(
    portfolios: NDArray[np.number],
    levels: Sequence[float] = ALLIANCE_LEVELS,
    *,
    weights: Array | None = None,
    disagreement: Disagreement = "linear",
) -> Array:
    """`(actors, actors)`: S, one less twice the mean distance between two portfolios.

    Parameters
    ----------
    portfolios
        `(actors, others)`: the level that each actor has towards each other, and itself.
    levels
        All levels there are, lowest first; the distance from first to last counts as 1.
    weights
        `(others,)`: how much each other counts, such as its capability; alike if not given.
    disagreement
        Whether distances count as they are (the published default) or squared.

    Raises
    ------
    InputError
        If a portfolio holds what is no level, or the weights do not fit.

    Examples
    --------
    Two that defend the same third, and neither each other nor a fourth:

    >>> import numpy as np
    >>> s_score(np.array([[3, 0, 3, 0], [0, 3, 3, 0]]))
    array([[1., 0.],
           [0., 1.]])

    References
    ----------
    [SignorinoRitter1999].
    """
    table = _crossed(portfolios, levels, weights)
    return 1 - 2 * _observed(table, _distances(levels, disagreement))


def tau_b(portfolios: NDArray[np.number], levels: Sequence[float] = ALLIANCE_LEVELS) -> Array:
    """`(actors, actors)`: Kendall's tau-b of two portfolios, NaN where one is the same to all.

    Of the pairs of others that both portfolios order: how many alike, less how many in reverse,
    beside how many could be ordered.

    References
    ----------
    [Kendall1945]; of alliance portfolios [BuenoDeMesquita1975].
    """
    table = _crossed(portfolios, levels)
    # Beyond a cell, both portfolios are higher (alike), or one is higher and one lower.
    above = table[::-1].cumsum(axis=0)[::-1] - table
    beyond = above[:, ::-1].cumsum(axis=1)[:, ::-1] - above
    before = above.cumsum(axis=1) - above
    alike, reverse = ((table * side).sum(axis=(0, 1)) for side in (beyond, before))
    can = np.sqrt(_ordered(table.sum(axis=1)) * _ordered(table.sum(axis=0)))
    return _over(alike - reverse, can)


def kappa(
    portfolios: NDArray[np.number],
    levels: Sequence[float] = ALLIANCE_LEVELS,
    *,
    disagreement: Disagreement = "squared",
) -> Array:
    """`(actors, actors)`: Cohen's weighted kappa; NaN where both portfolios are one same level.

    One less the disagreement observed over that expected of two portfolios in which each level is
    as frequent as in these.

    References
    ----------
    [Cohen1968]; of alliance portfolios [Hage2011].
    """
    table = _crossed(portfolios, levels)
    return _corrected(table, table.sum(axis=1), table.sum(axis=0), _distances(levels, disagreement))


def pi(
    portfolios: NDArray[np.number],
    levels: Sequence[float] = ALLIANCE_LEVELS,
    *,
    disagreement: Disagreement = "nominal",
) -> Array:
    """`(actors, actors)`: Scott's pi, like `kappa` but each level as frequent as in both together.

    References
    ----------
    [Scott1955]; of alliance portfolios [Hage2011].
    """
    table = _crossed(portfolios, levels)
    pooled = (table.sum(axis=1) + table.sum(axis=0)) / 2
    return _corrected(table, pooled, pooled, _distances(levels, disagreement))


def _crossed(
    portfolios: NDArray[np.number], levels: Sequence[float], weights: Array | None = None
) -> Array:
    """`(levels, levels, actors, actors)`: how many others, or how much they weigh."""
    held = portfolios[None] == np.asarray(levels)[:, None, None]
    if not held.any(axis=0).all():
        actor, other = np.argwhere(~held.any(axis=0))[0]
        raise InputError(
            f"portfolio {actor}, column {other}: {portfolios[actor, other]} is no level\n"
            f"  state all levels there are: now {', '.join(f'{level:g}' for level in levels)}"
        )
    is_at = held.astype(np.float64)
    counted = is_at if weights is None else is_at * _fitting(weights, portfolios.shape[1])
    crossed: Array = np.einsum("lim,kjm->lkij", counted, is_at, optimize=True)
    return crossed


def _fitting(weights: Array, others: int) -> Array:
    if weights.shape != (others,) or not (weights >= 0).all() or not weights.any():
        raise InputError(
            f"weights: one for each of the {others} others is wanted, none negative, not all zero"
        )
    return weights


def _distances(levels: Sequence[float], disagreement: Disagreement) -> Array:
    """`(levels, levels)`: how much it disagrees to hold one and the other, from 0 to 1."""
    values = np.asarray(levels, dtype=np.float64)
    if len(values) < 2 or (np.diff(values) <= 0).any():
        raise InputError(f"levels {list(levels)}: at least two are wanted, lowest first")
    apart = np.abs(values[:, None] - values) / (values[-1] - values[0])
    power = {"nominal": 0, "linear": 1, "squared": 2}[disagreement]
    distances: Array = np.where(apart > 0, apart**power, 0)
    return distances


def _observed(table: Array, distances: Array) -> Array:
    """`(actors, actors)`: the mean disagreement of each pair."""
    mean: Array = np.tensordot(distances, table, 2) / table.sum(axis=(0, 1))
    return mean


def _corrected(table: Array, first: Array, second: Array, distances: Array) -> Array:
    """One less the disagreement observed over that expected from two margins."""
    others = table.sum(axis=(0, 1))
    expected = np.einsum("lk,lij,kij->ij", distances, first, second) / others**2
    return _over(expected - _observed(table, distances), expected)


def _ordered(margin: Array) -> Array:
    """How many pairs of others a portfolio orders, from how many others it has at each level."""
    others = margin.sum(axis=0)
    ordered: Array = (others**2 - (margin**2).sum(axis=0)) / 2
    return ordered


def _over(above: Array, below: Array) -> Array:
    """One over the other, NaN where that is zero."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
