"""Futures as combinations of levels, whatever their share: what can be, not how often.

A level that can come up at all counts like any other. Numbers have no levels; a number stands at
its nominal value, at an end of its range, or where it is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.case.perceived import statements_seen
from detente.case.situation import Statements
from detente.futures.drawing.alike import formulas
from detente.futures.drawing.design import levels_drawn
from detente.futures.drawing.draws import Draws
from detente.futures.drawing.factors import Orders, factors, permutations
from detente.futures.drawing.quantiles import numbers_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from detente.case.situation import Situation
    from detente.futures.drawing.factors import Factor

__all__ = ["Corner", "Corners"]

EVEN = 0.5
BELOW_ONE = np.nextafter(1.0, 0.0)

KINDS: Mapping[str, type] = {"number": np.float64, "choice": np.int64, "order": np.int64}
"""Of a column of draws; bool where there are two levels."""

Corner = tuple[float | int, ...]
"""A future: the index of a level for each factor, or the value of a number."""


@dataclass(frozen=True)
class Corners:
    """The futures of a situation as its evaluations can see them.

    Parameters
    ----------
    situation
        With the preferences in question; experts' other lists are left out.
    """

    situation: Situation

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """Those that some statement, test or rule reads."""
        read = names_read(self.situation)
        return tuple(
            factor
            for factor in factors(self.situation)
            if factor.view == "" and (factor.kind in ("held", "order") or factor.name in read)
        )

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The factors that have no levels."""
        return tuple(factor.name for factor in self.factors if factor.kind == "number")

    @cached_property
    def combinations(self) -> int:
        """How many combinations of levels there are."""
        return math.prod(len(levels_drawn(each)) for each in self.factors if each.kind != "number")

    @cached_property
    def nominal(self) -> Corner:
        """The future in the middle of what is stated."""
        return tuple(self._nominal(factor) for factor in self.factors)

    def _nominal(self, factor: Factor) -> float | int:
        if factor.probability is not None:
            return int(sum(factor.probability) / 2 >= EVEN)
        if factor.kind == "order":
            return 0
        return self.situation.uncertainties[factor.name].nominal

    def every(self) -> NDArray[np.float64]:
        """`(combinations, factors)`: each combination of levels, numbers at their nominal value."""
        index = np.arange(self.combinations)
        found = np.empty((len(index), len(self.factors)))
        for place, factor in reversed(list(enumerate(self.factors))):
            if factor.kind == "number":
                found[:, place] = self.nominal[place]
                continue
            levels = np.array(levels_drawn(factor))
            found[:, place] = levels[index % len(levels)]
            index //= len(levels)
        return found

    def sample(self, cube: NDArray[np.float64]) -> NDArray[np.float64]:
        """`(n, factors)`: levels all alike, however rare; numbers as they are stated.

        Parameters
        ----------
        cube
            `(n, factors)` in [0, 1).
        """
        found = np.empty(cube.shape)
        for place, factor in enumerate(self.factors):
            if factor.kind == "number":
                found[:, place] = self._number(factor, cube[:, place])
            else:
                levels = np.array(levels_drawn(factor))
                found[:, place] = levels[np.floor(cube[:, place] * len(levels)).astype(int)]
        return found

    def _number(self, factor: Factor, places: NDArray[np.float64]) -> NDArray[np.float64]:
        number = self.situation.uncertainties[factor.name]
        return numbers_at(number, np.ascontiguousarray(places))

    def neighbours(self, corner: Corner) -> Iterator[Corner]:
        """The futures in which one factor is otherwise.

        An event, statement or choice at each other level, two neighbours of an order exchanged, a
        number at an end of its range.
        """
        for place, factor in enumerate(self.factors):
            for level in self._others(factor, corner[place]):
                yield (*corner[:place], level, *corner[place + 1 :])

    def _others(self, factor: Factor, here: float | int) -> Iterator[float | int]:
        if factor.kind == "number":
            ends = self._number(factor, np.array([0.0, BELOW_ONE])).tolist()
            yield from (end for end in ends if end != here)
        elif isinstance(factor.levels, Orders):
            yield from exchanges(int(here), len(factor.levels.letters))
        else:
            yield from (level for level in levels_drawn(factor) if level != here)

    def draws(self, corners: Sequence[Corner] | NDArray[np.float64]) -> Draws:
        """These futures, to be evaluated."""
        table = np.array(corners, dtype=np.float64).reshape(len(corners), len(self.factors))
        columns: dict[str, NDArray[Any]] = {}
        for factor, values in zip(self.factors, table.T, strict=True):
            columns[factor.name] = values.astype(KINDS.get(factor.kind, np.bool_))
        weights = np.ones(len(table))
        return Draws(self.situation, self.factors, 0, MappingProxyType(columns), weights)

    def told(self, corner: Corner) -> Mapping[str, str | float]:
        """The factors in which a future differs from the nominal one, with what they come to."""
        return {
            factor.name: value if factor.kind == "number" else factor.levels[int(value)]
            for factor, value, usual in zip(self.factors, corner, self.nominal, strict=True)
            if value != usual
        }


def names_read(situation: Situation) -> frozenset[str]:
    """The uncertainties and commitments whose value some evaluation reads."""
    held = (
        statement
        for preference in situation.preferences.values()
        if isinstance(preference, Statements)
        for statement in preference.statements
    )
    both = (*held, *statements_seen(situation))
    conditions = (statement.when for statement in both if statement.when is not None)
    read = (expression.uncertainties for expression in (*formulas(situation), *conditions))
    return frozenset().union(*read)


def exchanges(index: int, count: int) -> Iterator[int]:
    """The orders in which two neighbours of this one have changed places, by their indexes.

    Examples
    --------
    Of `a>b>c`, the first of six: `a>c>b` and `b>a>c`.

    >>> sorted(exchanges(0, 3))
    [1, 2]
    """
    order = permutations(np.array([index]), count)[0].tolist()
    for place in range(count - 1):
        changed = [*order[:place], order[place + 1], order[place], *order[place + 2 :]]
        yield index_of(changed)


def index_of(order: Sequence[int]) -> int:
    """The index of an order among all, counted in lexicographic order."""
    smaller_behind = (
        sum(other < item for other in order[place + 1 :]) for place, item in enumerate(order)
    )
    return sum(
        count * math.factorial(len(order) - 1 - place) for place, count in enumerate(smaller_behind)
    )
