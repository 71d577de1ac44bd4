"""The patient rule induction method: a box is peeled off thin layer by thin layer.

Of all futures, the layer is removed whose loss most raises the density of what is left, again and
again; the box chosen on that way is then pasted: layers come back as long as the density does not
fall; and restrictions that chance would explain are dropped [FriedmanFisher1999],
[BryantLempert2010].

A layer is the lowest or highest part `alpha` of the futures in the box along a number, or one level
of anything else. A level may be far more than such a part, and then nearly always promises the
densest rest; so by default what a layer gains is divided by what it removes
[KwakkelJaxaRozen2016].
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError
from detente.futures.discovering.boxes import (
    Box,
    Cases,
    Column,
    Interval,
    Levels,
    Limit,
    measured,
    quasi_p,
    within,
)

__all__ = ["Peeling", "Step", "chosen", "pasted", "peeled", "pruned"]

Objective = Literal["gain", "density"]
SIGNIFICANT = 0.05  # quasi-p above which a restriction is dropped
ROUNDING = 1e-9  # parts of a whole are compared with this tolerance


@dataclass(frozen=True)
class Peeling:
    """How patiently to peel.

    Raises
    ------
    InputError
        If the layer or the smallest box is no part of the futures.
    """

    alpha: float = 0.05
    """The part of the futures in the box that one layer of a number takes."""
    smallest: float = 0.05
    """The part of all futures below which no box is peeled."""
    objective: Objective = "gain"
    """Peel the layer with the highest gain in density for each future removed, or (as the method
    was first published) the one that leaves the highest density."""

    def __post_init__(self) -> None:
        for name in ("alpha", "smallest"):
            if not 0 < getattr(self, name) < 1:
                raise InputError(
                    f"{name} {getattr(self, name)}: not a part of the futures\n"
                    "  give a number between 0 and 1, such as 0.05"
                )


@dataclass(frozen=True)
class Step:
    """One box on the way, and what was done to come to it."""

    box: Box
    done: Literal["all", "peeled", "pasted", "dropped", "leaf"]
    column: str | None = None
    """Whose limit changed; None for all futures."""


# ------------------------------------------------------------------------------------------- peel


class Layer(NamedTuple):
    """What could be peeled: a level of a column, or the first or last places along a number."""

    score: float
    removed: float
    column: int
    end: Literal["low", "high", "level"]
    place: int
    """How many places stay out (low) or stay in (high) along the number; the level's index."""


class Rest:
    """The futures still in the box, sorted along every number."""

    def __init__(self, cases: Cases, peeling: Peeling) -> None:
        self.cases, self.peeling = cases, peeling
        self.hits = cases.weights * cases.interest
        self.least = peeling.smallest * cases.weights.sum()
        self.numbers = [at for at, column in enumerate(cases.columns) if not column.levels]
        self.levelled = [at for at, column in enumerate(cases.columns) if column.levels]
        self.values = np.empty((len(self.numbers), len(cases)))
        for row, at in enumerate(self.numbers):
            self.values[row] = cases.columns[at].values
        self.orders = np.argsort(self.values, axis=1, kind="stable")
        self.members = np.arange(len(cases))
        self.keep(np.ones(len(cases), dtype=bool))

    def keep(self, inside: NDArray[np.bool_]) -> None:
        """Leave out all futures but these."""
        self.members = self.members[inside[self.members]]
        shape = (len(self.numbers), len(self.members))
        self.orders = self.orders[inside[self.orders]].reshape(shape)
        self.weight = float(self.cases.weights[self.members].sum())
        self.hit = float(self.hits[self.members].sum())

    def best(self) -> Layer | None:
        """The layer to peel next, the first of equals; None where nothing more is gained."""
        layers = (layer for layer in (*self.ends(), *self.levels()) if layer.score > ROUNDING)
        return max(layers, key=lambda layer: (layer.score, -layer.removed), default=None)

    def score(self, removed: float, hit: float) -> float:
        """What peeling so much gains; nothing if it leaves too little."""
        left = self.weight - removed
        if left < self.least * (1 - ROUNDING):
            return 0.0
        gain = (self.hit - hit) / left - self.hit / self.weight
        return gain if self.peeling.objective == "density" else gain / removed * self.weight

    def ends(self) -> Iterator[Layer]:
        """The lowest and the highest layer of every number."""
        weights = np.cumsum(self.cases.weights[self.orders], axis=1)
        hits = np.cumsum(self.hits[self.orders], axis=1)
        values = np.take_along_axis(self.values, self.orders, axis=1)
        for row, column in enumerate(self.numbers):
            if (low := lowest(values[row], weights[row], self.peeling.alpha)) is not None:
                removed, hit = float(weights[row, low - 1]), float(hits[row, low - 1])
                yield Layer(self.score(removed, hit), removed, column, "low", low)
            if (high := highest(values[row], weights[row], self.peeling.alpha)) is not None:
                removed = self.weight - float(weights[row, high - 1])
                hit = self.hit - float(hits[row, high - 1])
                yield Layer(self.score(removed, hit), removed, column, "high", high)

    def levels(self) -> Iterator[Layer]:
        """Every level of every other column."""
        weights, hits = self.cases.weights[self.members], self.hits[self.members]
        for column in self.levelled:
            codes = self.cases.columns[column].values[self.members]
            each, hit = np.bincount(codes, weights), np.bincount(codes, hits)
            for level in map(int, np.flatnonzero((each > 0) & (each < self.weight))):
                removed = float(each[level])
                score = self.score(removed, float(hit[level]))
                yield Layer(score, removed, column, "level", level)

    def limit(self, layer: Layer, limit: Limit | None) -> Limit:
        """The limit of a column once a layer is peeled."""
        column = self.cases.columns[layer.column]
        if layer.end == "level":
            peeled = column.levels[layer.place]
            kept = limit.kept if isinstance(limit, Levels) else column.levels
            return column.among([column.levels.index(level) for level in kept if level != peeled])
        row = self.numbers.index(layer.column)
        out, into = self.values[row, self.orders[row, layer.place - 1 : layer.place + 1]]
        before = limit if isinstance(limit, Interval) else column.interval(None, None)
        if layer.end == "low":
            return column.interval(edge(column, into, out), before.high)
        return column.interval(before.low, edge(column, out, into))


def lowest(values: NDArray[np.float64], weights: NDArray[np.float64], alpha: float) -> int | None:
    """How many places the lowest layer takes; None if all values are the same.

    Equal values stay together: at most `alpha` goes where that can be, else the least there is.
    """
    at = int(np.searchsorted(weights, alpha * weights[-1] * (1 + ROUNDING), side="right"))
    value = values[min(max(at, 1), len(values) - 1)]
    start = int(np.searchsorted(values, value, side="left"))
    places = start or int(np.searchsorted(values, value, side="right"))
    return places if places < len(values) else None


def highest(values: NDArray[np.float64], weights: NDArray[np.float64], alpha: float) -> int | None:
    """How many places the highest layer leaves; None if all values are the same."""
    at = int(np.searchsorted(weights, (1 - alpha) * weights[-1] * (1 - ROUNDING), side="left"))
    value = values[max(min(at, len(values) - 2), 0)]
    end = int(np.searchsorted(values, value, side="right"))
    places = end if end < len(values) else int(np.searchsorted(values, value, side="left"))
    return places or None


def edge(column: Column, kept: float, out: float) -> float:
    """The limit between the last number kept and the first left out: halfway, or an integer."""
    halfway = (kept + out) / 2
    return float(kept if column.is_whole or halfway == out else halfway)


def peeled(cases: Cases, peeling: Peeling | None = None) -> tuple[Step, ...]:
    """Every box from all futures down to the smallest, each a layer smaller than the one before.

    Parameters
    ----------
    cases
        The futures, and which of them are of interest.
    peeling
        How patiently to peel.

    Returns
    -------
    tuple of Step
        All futures first. Boxes are without quasi-p-values; `measured` gives them.

    References
    ----------
    [FriedmanFisher1999]: top-down peeling.
    """
    rest = Rest(cases, peeling or Peeling())
    limits: dict[str, Limit] = {}
    steps = [Step(measured(cases, limits, significance=False), "all")]
    while (layer := rest.best()) is not None:
        column = cases.columns[layer.column]
        limits = {**limits, column.name: rest.limit(layer, limits.get(column.name))}
        rest.keep(column.keeps(limits[column.name]))
        steps.append(Step(measured(cases, limits, significance=False), "peeled", column.name))
    return tuple(steps)


def chosen(steps: tuple[Step, ...]) -> int:
    """Which step has the highest product of coverage and density; the first of equals."""
    return int(np.argmax([step.box.coverage * step.box.density for step in steps]))


# ------------------------------------------------------------------------------------------ paste


def pasted(cases: Cases, step: Step, peeling: Peeling | None = None) -> tuple[Step, ...]:
    """Every box from one box on, each with a layer back that did not make it less dense.

    References
    ----------
    [FriedmanFisher1999]: bottom-up pasting.
    """
    alpha = (peeling or Peeling()).alpha
    steps: list[Step] = []
    box = step.box
    while True:
        wider = [
            Step(measured(cases, {**box.limits, name: limit}, significance=False), "pasted", name)
            for name in box.limits
            for limit in loosened(cases, box, name, alpha)
        ]
        best = max(wider, key=lambda each: (each.box.density, each.box.mass), default=None)
        if best is None or best.box.density < box.density - ROUNDING:
            return tuple(steps)
        box = best.box
        steps.append(best)


def loosened(cases: Cases, box: Box, name: str, alpha: float) -> Iterator[Limit]:
    """The limits of one column with a layer of futures back."""
    column, limit = cases.column(name), box.limits[name]
    others = within(cases, {other: each for other, each in box.limits.items() if other != name})
    outside = others & ~column.keeps(limit)
    if isinstance(limit, Levels):
        kept = [column.levels.index(level) for level in limit.kept]
        for code in np.unique(column.values[outside]):
            yield column.among([*kept, int(code)])
        return
    weight = alpha * float(cases.weights[others & ~outside].sum())
    if limit.low is not None:
        below = outside & (column.values < limit.low)
        yield column.interval(moved_out(cases, column, below, weight, -1), limit.high)
    if limit.high is not None:
        above = outside & (column.values > limit.high)
        yield column.interval(limit.low, moved_out(cases, column, above, weight, 1))


def moved_out(
    cases: Cases, column: Column, outside: NDArray[np.bool_], weight: float, sign: int
) -> float | None:
    """Where a limit lies with so much of what is outside back; None if that is all of it."""
    along = sign * column.values[outside]
    order = np.argsort(along, kind="stable")
    values, weights = along[order], np.cumsum(cases.weights[outside][order])
    at = max(int(np.searchsorted(weights, weight * (1 + ROUNDING), side="right")), 1)
    if at >= len(values):
        return None
    end = int(np.searchsorted(values, values[at - 1], side="right"))
    return sign * edge(column, values[end - 1], values[end]) if end < len(values) else None


# ------------------------------------------------------------------------------------------ prune


def pruned(cases: Cases, step: Step) -> tuple[Step, ...]:
    """Every box from one box on, each without the restriction that mattered least.

    A restriction is one side of a number's interval or the limit of another column; it is dropped
    while its quasi-p-value is above 0.05.
    """
    steps: list[Step] = []
    limits: Mapping[str, Limit] = step.box.limits
    while True:
        ranked = [
            (quasi_p(cases, limits, name, wider), name, wider)
            for name, limit in limits.items()
            for wider in wider_limits(limit)
        ]
        least = max(ranked, key=lambda each: each[0], default=None)
        if least is None or least[0] <= SIGNIFICANT:
            return tuple(steps)
        _, name, wider = least
        limits = {key: wider if key == name else each for key, each in limits.items()}
        box = measured(cases, limits, significance=False)
        limits = box.limits
        steps.append(Step(box, "dropped", name))


def wider_limits(limit: Limit) -> Iterator[Limit]:
    """A limit without one of its restrictions; one that limits nothing is false."""
    if isinstance(limit, Levels):
        yield Levels(limit.factor, limit.kept)
        return
    if limit.low is not None:
        yield Interval(limit.factor, None, limit.high)
    if limit.high is not None:
        yield Interval(limit.factor, limit.low, None)
