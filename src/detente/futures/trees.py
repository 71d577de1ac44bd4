"""A classification tree whose leaves are boxes [BreimanFriedmanOlshenStone1984].

The tree itself is scikit-learn's. Numbers are given to it by their rank, so that a split falls
between two of them exactly; levels by the share of futures of interest at each: a split of levels
in that order is the best of all splits of them in two, and can be said as a set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.futures.boxes import (
    Box,
    Cases,
    Column,
    Interval,
    Limit,
    measured,
    together,
    within,
)
from detente.futures.prim import Step, edge

__all__ = ["Tree", "densest", "leaves"]


@dataclass(frozen=True)
class Tree:
    """How finely to split."""

    smallest: float = 0.05
    """The part of the futures below which no leaf is made."""
    complexity: float = 0.001
    """A split must lower the impurity by so much for each leaf it adds (cost-complexity)."""
    seed: int = 0
    """Of the order in which columns are tried; it decides only between equally good splits."""


@dataclass(frozen=True, eq=False)
class Places:
    """A column as places along a line, for a tree to split between."""

    column: Column
    along: NDArray[np.int64]
    """(futures,) the place of each future."""
    at: NDArray[Any]
    """What stands at each place: numbers, or indices of levels."""

    def split(self, limit: Limit | None, place: int, *, below: bool) -> Limit:
        """A limit to the places up to this one, or to those beyond it."""
        if self.column.levels:
            side = self.at[: place + 1] if below else self.at[place + 1 :]
            kept = [self.column.levels[code] for code in side]
            if limit is not None:
                kept = [level for level in kept if level in limit.kept]  # type: ignore[union-attr]
            return self.column.among([self.column.levels.index(level) for level in kept])
        before = limit if isinstance(limit, Interval) else self.column.interval(None, None)
        inner, outer = (place, place + 1) if below else (place + 1, place)
        found = edge(self.column, float(self.at[inner]), float(self.at[outer]))
        return replace(before, high=found) if below else replace(before, low=found)


def places(cases: Cases, column: Column) -> Places:
    """Numbers by rank; levels by the share of futures of interest, then as written."""
    if not column.levels:
        at, along = np.unique(column.values, return_inverse=True)
        return Places(column, along, at)
    size = len(column.levels)
    weight = np.bincount(column.values, cases.weights, size)
    hits = np.bincount(column.values, cases.weights * cases.interest, size)
    share = np.divide(hits, weight, out=np.zeros(size), where=weight > 0)
    at = np.argsort(share, kind="stable")
    return Places(column, np.argsort(at, kind="stable")[column.values], at)


def leaves(cases: Cases, tree: Tree | None = None) -> tuple[Step, ...]:
    """The leaves of the tree as boxes, densest first; without quasi-p-values.

    Parameters
    ----------
    cases
        The futures, and which of them are of interest.
    tree
        How finely to split.
    """
    from sklearn.tree import DecisionTreeClassifier

    tree = tree or Tree()
    lines = [places(cases, column) for column in cases.columns]
    grown = DecisionTreeClassifier(
        min_weight_fraction_leaf=tree.smallest,
        ccp_alpha=tree.complexity,
        random_state=tree.seed,
    ).fit(np.column_stack([line.along for line in lines]), cases.interest, cases.weights)
    boxes = [
        measured(cases, limits, significance=False) for limits in paths(grown.tree_, lines, 0, {})
    ]
    boxes.sort(key=lambda box: (-box.density, -box.mass))
    return tuple(Step(box, "leaf") for box in boxes)


def paths(
    grown: Any, lines: list[Places], node: int, limits: dict[str, Limit]
) -> Iterator[dict[str, Limit]]:
    """The limits that lead to each leaf below a node."""
    if grown.children_left[node] < 0:
        yield limits
        return
    line, place = lines[grown.feature[node]], int(np.floor(grown.threshold[node]))
    name = line.column.name
    for child, below in ((grown.children_left, True), (grown.children_right, False)):
        limit = line.split(limits.get(name), place, below=below)
        yield from paths(grown, lines, int(child[node]), {**limits, name: limit})


def densest(cases: Cases, steps: tuple[Step, ...]) -> tuple[Box, ...]:
    """The leaves that together have the highest product of coverage and density."""
    inside = np.cumsum([within(cases, step.box.limits) for step in steps], axis=0) > 0
    best = int(np.argmax([together(cases, covered) for covered in inside]))
    return tuple(step.box for step in steps[: best + 1])
