"""Measures of robustness in three steps: transform, futures that count, aggregate.

Nearly every measure of robustness in use is one choice of each `[McPhail2018]`: what a
performance is compared with (nothing, the best strategy in the same future, a threshold), which
futures count (all, the worst, the worst half), and how these become one number.

A table of performances is `(strategies, futures)`, more is better; every step keeps that, so that a
regret is negative here. Weights go with it in the same shape, and sum to one for each strategy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Aggregate",
    "Subset",
    "Table",
    "Transform",
    "all_alike",
    "all_futures",
    "best",
    "from_best_strategy",
    "from_own_median",
    "identity",
    "mean",
    "mean_variance",
    "reached_in",
    "reaches",
    "worst",
    "worst_and_best",
    "worst_part",
]

Numbers = NDArray[np.float64]
ROUNDING = 1e-12  # of a sum of weights


class Table(NamedTuple):
    """Performances, more is better, and what each counts."""

    values: Numbers
    """`(strategies, futures)`."""
    weights: Numbers
    """`(strategies, futures)`, each row sums to 1."""


Transform = Callable[[Table], Table]
Subset = Callable[[Table], Table]
Aggregate = Callable[[Table], Numbers]

# ------------------------------------------------------------------------------------- transform


def identity(table: Table) -> Table:
    """Performances as they are."""
    return table


def from_best_strategy(table: Table) -> Table:
    """Less what the best strategy brings in the same future: the regret, negative."""
    return Table(table.values - table.values.max(axis=0), table.weights)


def from_own_median(table: Table) -> Table:
    """Less the strategy's own median, between the two middle futures if their number is even."""
    worse_half, better_half = reached_in(0.5)(mirrored(table)), reached_in(0.5)(table)
    median = (better_half.values - worse_half.values) / 2
    return Table(table.values - median, table.weights)


def reaches(threshold: float) -> Transform:
    """Whether the performance is at least this: 1 or 0."""
    return lambda table: Table((table.values >= threshold).astype(np.float64), table.weights)


def mirrored(table: Table) -> Table:
    return Table(-table.values, table.weights)


# ---------------------------------------------------------------------------- futures that count


def all_futures(table: Table) -> Table:
    """All, by their weights."""
    return table


def all_alike(table: Table) -> Table:
    """All, each for the same, whatever its weight."""
    return Table(table.values, np.full_like(table.weights, 1 / table.weights.shape[1]))


def worst(table: Table) -> Table:
    """The one in which the strategy does worst."""
    return alone(table.values.min(axis=1))


def best(table: Table) -> Table:
    """The one in which the strategy does best."""
    return alone(table.values.max(axis=1))


def worst_and_best(pessimism: float) -> Subset:
    """These two, the worst with this weight."""

    def subset(table: Table) -> Table:
        values = np.stack([table.values.min(axis=1), table.values.max(axis=1)], axis=1)
        return Table(values, np.broadcast_to([pessimism, 1 - pessimism], values.shape))

    return subset


def worst_part(part: float) -> Subset:
    """The worst futures that make up this part of the weight; the last of them may count in part.

    Parameters
    ----------
    part
        0.5 for the worst half.
    """

    def subset(table: Table) -> Table:
        values, weights = in_order(table)
        before = np.cumsum(weights, axis=1) - weights
        kept = np.clip(part - before, 0, weights)
        return Table(values, kept / kept.sum(axis=1, keepdims=True))

    return subset


def reached_in(share: float) -> Subset:
    """The best performance that the strategy reaches or betters in this share of futures.

    Of regrets it is their quantile: the least that is not exceeded in this share of futures.
    """

    def subset(table: Table) -> Table:
        negated, weights = in_order(mirrored(table))
        first = (np.cumsum(weights, axis=1) >= share - ROUNDING).argmax(axis=1)
        return alone(-negated[np.arange(len(negated)), first])

    return subset


def alone(values: Numbers) -> Table:
    """One future for each strategy."""
    return Table(values[:, None], np.ones((len(values), 1)))


def in_order(table: Table) -> Table:
    """Each strategy's futures, the worst first."""
    order = np.argsort(table.values, axis=1, kind="stable")
    return Table(*(np.take_along_axis(each, order, axis=1) for each in table))


# ------------------------------------------------------------------------------------- aggregate


def mean(table: Table) -> Numbers:
    """The weighted mean; of one future, that future's performance."""
    return np.asarray((table.values * table.weights).sum(axis=1))


def mean_variance(table: Table) -> Numbers:
    """(mean + 1) / (standard deviation + 1); not a number unless the mean is above -1.

    Below that a wider spread would count for better. The ones depend on the unit.
    """
    centre = mean(table)
    spread = np.sqrt(mean(Table((table.values - centre[:, None]) ** 2, table.weights)))
    return np.where(centre > -1, (centre + 1) / (spread + 1), np.nan)
