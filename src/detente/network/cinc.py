"""The Composite Index of National Capability: which part of the system's capability a state has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["COMPONENTS", "cinc"]

COMPONENTS = ("milex", "milper", "irst", "pec", "tpop", "upop")
"""Military spending and personnel, iron and steel, energy, population and that of cities."""


def cinc(components: Array, years: NDArray[np.integer]) -> Array:
    """`(rows,)`: the mean of a state's parts of the system's totals in the same year.

    A component that is missing is left out of the mean, as it is from the total, rather than
    counted as nothing. So the scores of a year add up to more than 1 where some are missing.

    Parameters
    ----------
    components
        `(rows, components)`: one row a state and year; NaN where missing. Each column in a unit of
        its own, such as those of `COMPONENTS`.
    years
        `(rows,)`: the year of each row.

    Raises
    ------
    InputError
        If a component is negative: data sets write missing ones as -9.

    Examples
    --------
    Two states in one year; how much steel the second makes is not known:

    >>> cinc(np.array([[30.0, 10.0], [10.0, np.nan]]), np.array([1914, 1914]))
    array([0.875, 0.25 ])

    References
    ----------
    [SingerBremerStuckey1972]; [Singer1988].
    """
    negative = np.argwhere(components < 0)
    if len(negative):
        row, column = negative[0]
        raise InputError(
            f"row {row}, component {column}: {components[row, column]:g} is negative\n"
            "  write NaN for what is missing"
        )
    known = ~np.isnan(components)
    groups, of = np.unique(years, return_inverse=True)
    totals = np.zeros((len(groups), components.shape[1]))
    np.add.at(totals, of, np.where(known, components, 0))
    known &= totals[of] > 0  # nobody has any: it tells nothing apart
    parts = np.divide(components, totals[of], out=np.zeros_like(components), where=known)
    count = known.sum(axis=1)
    mean = np.full(len(parts), np.nan)
    np.divide(parts.sum(axis=1), count, out=mean, where=count > 0)
    return mean
