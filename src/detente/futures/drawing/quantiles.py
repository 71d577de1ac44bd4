"""From a coordinate in the unit interval to the value of a factor: its quantile."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.case.correlation import copula
from detente.case.format import uncertainty as unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from detente.case.situation import Situation
    from detente.futures.drawing.factors import Factor

    Column = NDArray[Any]
    Unit = NDArray[np.float64]

__all__ = ["correlated", "levels_at", "numbers_at"]

SMALLEST = 2.0**-54  # half the step of a coordinate: keeps normal quantiles finite


def levels_at(factor: Factor, places: Unit) -> Column:
    """The level at each place: bool where there are two, else its index.

    The higher the place, the higher the level, so that rank correlation means the same for an
    event as for a number.
    """
    if factor.kind == "order":
        return np.floor(places * len(factor.levels)).astype(np.int64)
    bounds = np.cumsum(factor.weights)
    index = np.searchsorted(bounds[:-1] / bounds[-1], places, side="right")
    return index.astype(np.int64) if factor.kind == "choice" else index.astype(np.bool_)


def numbers_at(number: Any, places: Unit) -> Unit:
    """The quantiles of a number, within its range.

    Parameters
    ----------
    number
        A uniform, triangular, PERT, normal or log-uniform uncertainty.
    places
        `(n,)`, in [0, 1).

    Returns
    -------
    ndarray
        `(n,) float64`, in the number's own unit.
    """
    values: Unit = np.clip(QUANTILES[type(number)](number, places), *number.range)
    return values


def _uniform(number: unknown.Uniform, places: Unit) -> Unit:
    low, high = number.range
    return low * (1 - places) + high * places  # a range may be wider than a double is large


def _triangular(number: unknown.Triangular, places: Unit) -> Unit:
    from scipy.stats import triang

    low, high = number.range
    return _spread(number, triang.ppf(places, (number.mode - low) / (high - low)))


def _pert(number: unknown.Pert, places: Unit) -> Unit:
    from scipy.stats import beta

    low, high = number.range
    left = (number.mode - low) / (high - low)
    return _spread(number, beta.ppf(places, 1 + 4 * left, 1 + 4 * (1 - left)))


def _spread(number: unknown.Ranged, shares: Unit) -> Unit:
    """Shares of the way through the range, as values."""
    low, high = number.range
    return low * (1 - shares) + high * shares


def _normal(number: unknown.Normal, places: Unit) -> Unit:
    from scipy.stats import truncnorm

    low, high = ((bound - number.mean) / number.sd for bound in number.range)
    values: Unit = truncnorm.ppf(places, low, high, loc=number.mean, scale=number.sd)
    return values


def _log_uniform(number: unknown.LogUniform, places: Unit) -> Unit:
    low, high = map(math.log, number.range)
    values: Unit = np.exp(low * (1 - places) + high * places)
    return values


QUANTILES: Mapping[type, Callable[[Any, Unit], Unit]] = {
    unknown.Uniform: _uniform,
    unknown.Triangular: _triangular,
    unknown.Pert: _pert,
    unknown.Normal: _normal,
    unknown.LogUniform: _log_uniform,
}


def correlated(situation: Situation, factors: Sequence[Factor], cube: Unit) -> Unit:
    """The points with their coordinates correlated through a Gaussian copula.

    Parameters
    ----------
    situation
        Whose `correlations`.
    factors
        What each coordinate stands for.
    cube
        `(n, factors)`, each coordinate uniform; changed in place.

    References
    ----------
    [CarioNelson1997]: variables of any distribution from correlated normal ones (NORTA).
    """
    from scipy.special import ndtr, ndtri

    names, matrix = copula(situation.correlations)
    places = {factor.name: column for column, factor in enumerate(factors)}
    columns = [places[name] for name in names]
    independent = ndtri(np.clip(cube[:, columns], SMALLEST, 1 - SMALLEST))
    together = independent @ np.linalg.cholesky(matrix).T
    cube[:, columns] = np.minimum(ndtr(together), np.nextafter(1.0, 0.0))
    return cube
