"""Rank correlations as the correlation matrix of a Gaussian copula."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from detente.case.format import Correlation

__all__ = ["at_odds", "copula"]

LEAST = 1e-9  # eigenvalue; below, rounding decides whether the matrix has a Cholesky factor
NOTHING = 1e-6  # a part in a combination that is none but for rounding


def copula(correlations: Sequence[Correlation]) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """The factors that correlate, and how the normal variables behind them do.

    Parameters
    ----------
    correlations
        Each pair once; pairs that are not named are independent.

    Returns
    -------
    names
        In the order in which they are first named.
    matrix
        `(names, names)`: 2 sin(π ρ / 6) for Spearman's ρ, exact for continuous factors.

    References
    ----------
    [Kruskal1958]: Pearson's correlation of two normal variables from Spearman's.
    """
    names = tuple(dict.fromkeys(name for pair in correlations for name in pair.between))
    matrix = np.eye(len(names))
    for pair in correlations:
        row, column = (names.index(name) for name in pair.between)
        matrix[row, column] = matrix[column, row] = 2 * math.sin(math.pi * pair.rank / 6)
    return names, matrix


def at_odds(correlations: Sequence[Correlation]) -> tuple[str, ...]:
    """Factors that cannot correlate as stated: the matrix is not positive definite; none if it is.

    They are those of which the combination is made whose variance would not be above zero.
    """
    names, matrix = copula(correlations)
    variances, combinations = np.linalg.eigh(matrix)
    if not names or variances[0] > LEAST:
        return ()
    concerned = np.abs(combinations[:, 0]) > NOTHING
    return tuple(name for name, is_concerned in zip(names, concerned, strict=True) if is_concerned)
