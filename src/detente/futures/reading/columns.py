"""Drawn factors as columns that a box can limit and a share can be split by.

An order is read in several ways: who stands first, which of two stands above the other, and, of at
most three statements, as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from detente.futures.discovering.boxes import Column

if TYPE_CHECKING:
    import pandas as pd

    from detente.futures.drawing.factors import Factor

__all__ = ["columns"]

ABOVE = ">"  # between the statements of an order, as the levels of a factor write it
FEW = 3  # statements whose orders are levels of their own


def columns(futures: pd.DataFrame, factors: Sequence[Factor]) -> tuple[Column, ...]:
    """The columns of futures, in the order of the factors.

    Parameters
    ----------
    futures
        One row a future and one column a factor, as `Run.futures`.
    factors
        What was drawn.
    """
    return tuple(
        column for factor in factors for column in columns_of(futures[factor.name], factor)
    )


def columns_of(drawn: pd.Series, factor: Factor) -> Iterator[Column]:
    """The ways to read one factor."""
    import pandas as pd

    if factor.kind == "number":
        yield Column(factor.name, drawn.to_numpy(dtype=float))
    elif factor.kind == "order":
        yield from orders_of(drawn, factor)
    elif factor.kind == "choice":
        codes = pd.Categorical(drawn, categories=list(factor.levels)).codes
        yield Column(factor.name, codes.astype(np.int64), tuple(factor.levels))
    else:
        yield Column(factor.name, drawn.to_numpy(dtype=np.int64), tuple(factor.levels))


def orders_of(drawn: pd.Series, factor: Factor) -> Iterator[Column]:
    """An order: who stands first, which of two stands above the other, few as a whole."""
    import pandas as pd

    written, codes = np.unique(drawn.to_numpy(dtype=str), return_inverse=True)
    orders = [str(order).split(ABOVE) for order in written]
    statements = sorted(orders[0]) if orders else []
    if len(statements) <= FEW:
        levels = tuple(factor.levels)
        whole = pd.Categorical(drawn, categories=list(levels)).codes.astype(np.int64)
        yield Column(factor.name, whole, levels, factor.name, "order")
    if len(statements) < FEW:
        return
    first = np.array([statements.index(order[0]) for order in orders])
    yield Column(f"{factor.name}: first", first[codes], tuple(statements), factor.name, "first")
    for above, below in combinations(statements, 2):
        swapped = np.array([order.index(above) > order.index(below) for order in orders])
        levels = (f"{above}{ABOVE}{below}", f"{below}{ABOVE}{above}")
        name = f"{factor.name}: {levels[0]}"
        yield Column(name, swapped.astype(np.int64)[codes], levels, factor.name, "order")
