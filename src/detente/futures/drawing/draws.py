"""Futures as columns: what every factor comes to in each of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.case.future import Future, future_of
from detente.errors import InputError
from detente.futures.drawing.alike import groups, traits
from detente.futures.drawing.design import combinations, levels_drawn
from detente.futures.drawing.factors import Orders, factors, permutations
from detente.futures.drawing.quantiles import correlated, levels_at, numbers_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from detente.case.situation import Situation
    from detente.futures.drawing.design import Design
    from detente.futures.drawing.factors import Factor, Kind

__all__ = ["Draws", "draws"]

Columns = dict[str, "NDArray[Any]"]


@dataclass(frozen=True, eq=False)
class Draws:
    """Some of the futures of a situation, one row each."""

    situation: Situation
    factors: tuple[Factor, ...]
    """What is drawn; the columns, in this order."""
    start: int
    """The index of the first future in its design."""
    columns: Mapping[str, NDArray[Any]]
    """Factor -> `(n,)`: float64 for a number, bool for an event, an execution or whether a
    statement is held, int64 for the level of a choice or an order."""
    weights: NDArray[np.float64]
    """`(n,)`: 1 where futures are sampled, the share of each where all are enumerated."""

    def __len__(self) -> int:
        return len(self.weights)

    def future(self, row: int, view: str = "") -> Future:
        """One future.

        Parameters
        ----------
        row
            From 0, among these draws.
        view
            The expert whose lists count; empty for the case's own.
        """
        lists = self._lists(view)
        return future_of(
            lists.situation,
            {name: column[row] for name, column in lists.values},
            {name for name, column in lists.held if not column[row]},
            {name: order(column[row], count) for name, column, count in lists.orders},
        )

    def distinct(self, view: str = "") -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The futures that an evaluation can tell apart.

        Parameters
        ----------
        view
            The expert whose lists count; empty for the case's own.

        Returns
        -------
        rows : ndarray
            `(groups,)`, the first row of each group of futures that come to the same.
        inverse : ndarray
            `(n,)`, the group of each row: row `r` comes to what `rows[inverse[r]]` comes to.
        """
        lists = self._lists(view)
        return groups(traits(lists.situation, lists.columns, len(self)), len(self))

    def _lists(self, view: str) -> Lists:
        if view not in self._known:
            self._known[view] = lists_of(self, view)
        return self._known[view]

    @cached_property
    def _known(self) -> dict[str, Lists]:
        return {}


@dataclass(frozen=True, eq=False)
class Lists:
    """The draws as one view of the preferences sees them."""

    situation: Situation
    factors: Mapping[str, Factor]
    """By the names that the lists know them by."""
    columns: Mapping[str, NDArray[Any]]

    @cached_property
    def values(self) -> list[tuple[str, list[Any]]]:
        """Uncertainty, or commitment of uncertain execution; and what it comes to, by row."""
        return list(self._cells("event", "number", "choice", "executed"))

    @cached_property
    def held(self) -> list[tuple[str, list[bool]]]:
        """Statement with a credence; and whether it is held, by row."""
        return list(self._cells("held"))

    @cached_property
    def orders(self) -> list[tuple[str, list[int], int]]:
        """`any_order` group; the index of its order, by row; and how many statements it has."""
        return [
            (name, self.columns[name].tolist(), len(factor.levels.letters))
            for name, factor in self.factors.items()
            if isinstance(factor.levels, Orders)
        ]

    def _cells(self, *kinds: Kind) -> Iterator[tuple[str, list[Any]]]:
        for name, factor in self.factors.items():
            if factor.kind in kinds:
                yield name, self.columns[name].tolist()


def lists_of(draws: Draws, view: str) -> Lists:
    """What is drawn for all lists, and for those of this view: its own in place of the case's."""
    situation = draws.situation.seen_by(view)
    own = draws.situation.views.get(view, {})
    seen = {factor.name_in_list: factor for factor in draws.factors if concerns(factor, view, own)}
    columns = {name: draws.columns[factor.name] for name, factor in seen.items()}
    return Lists(situation, MappingProxyType(seen), MappingProxyType(columns))


def concerns(factor: Factor, view: str, own: Mapping[str, object]) -> bool:
    """Whether a factor is drawn for this view."""
    if factor.kind not in ("held", "order"):
        return True
    actor = factor.name_in_list.partition(".")[0]
    return factor.view == (view if actor in own else "")


@lru_cache(maxsize=4096)
def order(index: int, count: int) -> tuple[int, ...]:
    """The order with this index."""
    return tuple(permutations(np.array([index]), count)[0].tolist())


def draws(situation: Situation, design: Design, start: int, stop: int) -> Draws:
    """The futures of a situation from one index to before another.

    A future depends on the situation, the kind and seed of the design and its index: any part of a
    run is drawn alike by itself, and a run can be extended.

    Parameters
    ----------
    situation
        What the analyst wrote.
    design
        How futures are drawn.
    start, stop
        The first index, and the one after the last.

    Raises
    ------
    CannotAnswer
        Where a factorial design does not fit the situation.
    InputError
        Where it has fewer futures than asked for.

    Examples
    --------
    >>> from detente.case import load
    >>> from detente.futures.drawing.design import Design
    >>> situation = load("kim/indo_pacific_2024")
    >>> whole, part = (draws(situation, Design(seed=1), *span) for span in [(0, 500), (400, 420)])
    >>> whole.future(400) == part.future(0)
    True
    """
    drawn = factors(situation)
    if design.kind == "factorial":
        columns, weights = enumerated(situation, drawn, start, stop)
    else:
        columns, weights = sampled(situation, drawn, design.cube(len(drawn), start, stop))
    for column in (*columns.values(), weights):
        column.setflags(write=False)
    return Draws(situation, drawn, start, MappingProxyType(columns), weights)


def sampled(
    situation: Situation, drawn: Sequence[Factor], cube: NDArray[np.float64]
) -> tuple[Columns, NDArray[np.float64]]:
    """What the factors come to at points of the unit cube."""
    if situation.correlations:
        cube = correlated(situation, drawn, cube)
    columns: Columns = {}
    for factor, places in zip(drawn, cube.T, strict=True):
        if factor.kind == "number":
            number = situation.uncertainties[factor.name]
            columns[factor.name] = numbers_at(number, np.ascontiguousarray(places))
        else:
            columns[factor.name] = levels_at(factor, places)
    return columns, np.ones(len(cube))


def enumerated(
    situation: Situation, drawn: Sequence[Factor], start: int, stop: int
) -> tuple[Columns, NDArray[np.float64]]:
    """Combinations of levels, the last factor varying fastest, each with its share."""
    if stop > (count := combinations(situation)):
        raise InputError(f"a factorial design of this case has {count:,} futures, not {stop:,}")
    index = np.arange(start, stop)
    weights = np.ones(len(index))
    columns: Columns = {}
    for factor in reversed(drawn):
        levels = np.array(levels_drawn(factor))
        column = levels[index % len(levels)]
        index = index // len(levels)
        weights *= np.array(factor.weights)[column] if factor.weights else 1 / len(levels)
        columns[factor.name] = column if factor.kind in ("choice", "order") else column > 0
    return {factor.name: columns[factor.name] for factor in drawn}, weights
