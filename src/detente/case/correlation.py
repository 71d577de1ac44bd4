"""Rank correlations as the correlation matrix of a Gaussian copula."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from detente.case.format import Correlation

__all__ = ["copula", "is_possible"]

LEAST = 1e-9  # eigenvalue; below, rounding decides whether the matrix has a Cholesky factor


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


def is_possible(matrix: NDArray[np.float64]) -> bool:
    """Whether any variables can correlate like this: whether the matrix is positive definite."""
    return not matrix.size or bool(np.linalg.eigvalsh(matrix)[0] > LEAST)
