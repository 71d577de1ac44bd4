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

from detente.futures.discovering.boxes import (
    Box,
    Cases,
    Column,
    Interval,
    Limit,
    measured,
    together,
    within,
)
from detente.futures.discovering.prim import Step, edge

__all__ = ["Tree", "densest", "leaves"]

FOLDS = 5


@dataclass(frozen=True)
class Tree:
    """How finely to split."""

    smallest: float = 0.05
    """The part of the futures below which no leaf is made."""
    complexity: float | None = None
    """A branch must lower the impurity by so much for each leaf it adds (cost-complexity). None: as
    much as makes the smallest tree that foretells futures held out in five folds as well as the
    best one does, up to one standard error."""
    seed: int = 0
    """Of the folds, and of the order in which columns are tried."""


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
    tree = tree or Tree()
    lines = [places(cases, column) for column in cases.columns]
    along = np.column_stack([line.along for line in lines])
    complexity = pruning(cases, along, tree) if tree.complexity is None else tree.complexity
    grown = growing(tree, complexity).fit(along, cases.interest, cases.weights)
    boxes = [
        measured(cases, limits, significance=False) for limits in paths(grown.tree_, lines, 0, {})
    ]
    boxes.sort(key=lambda box: (-box.density, -box.mass))
    return tuple(Step(box, "leaf") for box in boxes)


def growing(tree: Tree, complexity: float) -> Any:
    """A tree of scikit-learn's, not yet grown."""
    from sklearn.tree import DecisionTreeClassifier

    return DecisionTreeClassifier(
        min_weight_fraction_leaf=tree.smallest, ccp_alpha=complexity, random_state=tree.seed
    )


def pruning(cases: Cases, along: NDArray[np.int64], tree: Tree) -> float:
    """The complexity that cross-validation chooses, by the one-standard-error rule.

    References
    ----------
    [BreimanFriedmanOlshenStone1984], section 3.4.
    """
    full = growing(tree, 0.0).cost_complexity_pruning_path(along, cases.interest, cases.weights)
    ends = np.maximum(full.ccp_alphas, 0.0)
    tried = np.append(np.sqrt(ends[:-1] * ends[1:]), ends[-1] + 1)  # the last leaves the root alone
    fold = np.random.default_rng(tree.seed).permutation(np.arange(len(cases)) % FOLDS)
    errors = np.array(
        [
            [error_of(cases, along, growing(tree, each), fold == place) for each in tried]
            for place in range(FOLDS)
        ]
    )
    mean, spread = errors.mean(axis=0), errors.std(axis=0, ddof=1) / np.sqrt(FOLDS)
    best = int(np.argmin(mean))
    return float(tried[np.flatnonzero(mean <= mean[best] + spread[best])[-1]])


def error_of(
    cases: Cases, along: NDArray[np.int64], grown: Any, held_out: NDArray[np.bool_]
) -> float:
    """How wrong the densities of its leaves are on futures held out: the mean squared error."""
    kept = ~held_out
    grown.fit(along[kept], cases.interest[kept], cases.weights[kept])
    chance = grown.predict_proba(along[held_out]) @ (grown.classes_ == 1)
    error = (chance - cases.interest[held_out]) ** 2
    return float(np.average(error, weights=cases.weights[held_out]))


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
    """The leaves that together have the highest product of coverage and density.

    None where all leaves together, which is every future, are as good.
    """
    inside = np.cumsum([within(cases, step.box.limits) for step in steps], axis=0) > 0
    products = [together(cases, covered) for covered in inside]
    best = int(np.argmax(products))
    return tuple(step.box for step in steps[: best + 1]) if products[best] > products[-1] else ()
