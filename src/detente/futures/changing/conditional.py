"""In what share of futures something holds, given one factor: at each level, in each quarter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.futures.discovering.boxes import About, Cases, Column
from detente.futures.judging.intervals import wilson

__all__ = ["ShareAt", "shares_at"]

QUARTERS = (0.25, 0.5, 0.75)


@dataclass(frozen=True)
class ShareAt:
    """The share of futures in which something holds where one factor is so."""

    column: str
    """The factor, or one way to read an order."""
    about: About
    level: str | None
    """None for a number."""
    between: tuple[float, float] | None
    """For a number: the lowest and the highest value in this quarter of the futures."""
    share: float
    low: float
    high: float
    """With its sampling interval of 95 %."""
    futures: int


class Part(NamedTuple):
    """Some of the futures, by what one column is in them."""

    level: str | None
    between: tuple[float, float] | None
    mask: NDArray[np.bool_]


def shares_at(cases: Cases, column: Column) -> tuple[ShareAt, ...]:
    """The share of futures of interest at each level of a column, or in each quarter of a number.

    Parameters
    ----------
    cases
        The futures; of interest are those in which it holds.
    column
        What they are split by.
    """
    found = []
    for part in parts(cases, column):
        if cases.weights[part.mask].sum() > 0:
            share, low, high = share_with_interval(cases, part.mask)
            count = int(part.mask.sum())
            found.append(
                ShareAt(
                    column.name, column.about, part.level, part.between, share, low, high, count
                )
            )
    return tuple(found)


def parts(cases: Cases, column: Column) -> Iterator[Part]:
    """Every level that occurs, or the quarters of a number; equal numbers stay together."""
    if column.levels:
        for code in np.unique(column.values):
            yield Part(column.levels[code], None, column.values == code)
        return
    order = np.argsort(column.values, kind="stable")
    weights = np.cumsum(cases.weights[order]) / cases.weights.sum()
    last = np.searchsorted(weights, QUARTERS).clip(max=len(order) - 1)
    quarter = np.searchsorted(np.unique(column.values[order[last]]), column.values, side="left")
    for place in np.unique(quarter):
        inside = quarter == place
        values = column.values[inside]
        yield Part(None, (float(values.min()), float(values.max())), inside)


def share_with_interval(cases: Cases, mask: NDArray[np.bool_]) -> tuple[float, float, float]:
    """The weighted share and Wilson's interval; unequal weights count as fewer equal ones."""
    weights = cases.weights[mask]
    share = float(weights[cases.interest[mask]].sum() / weights.sum())
    number = float(weights.sum() ** 2 / (weights**2).sum())
    low, high = wilson(share * number, number)
    return share, float(low), float(high)
