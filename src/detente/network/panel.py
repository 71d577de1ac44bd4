"""Many states over many years: a table of dyads as one network for each layer and year.

Layers are never merged, but by levels that are stated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LEVELS", "Panel", "panel"]

Array = NDArray[np.float64]
Places = NDArray[np.int64]

SHOWN = 5  # rows named in a message

LEVELS: Mapping[str, int] = {
    "consultation": 1,
    "neutrality": 2,
    "nonaggression": 2,
    "defense": 3,
    "offense": 3,
}
"""How far each obligation commits, after `[SignorinoRitter1999]`; 0 is none at all."""


@dataclass(frozen=True, eq=False)
class Panel:
    """Ties of states in years, by layer."""

    actors: NDArray[Any]
    """`(actors,)`: every state there is in some year, sorted."""
    layers: tuple[str, ...]
    year: NDArray[np.int64]
    """`(rows,)`: ascending."""
    first: Places
    """`(rows,)`: the place in `actors` of the one that has the tie …"""
    second: Places
    """… and of the one it is with."""
    weights: Array
    """`(layers, rows)`: 0 where a row is no tie of the layer."""
    members: Mapping[int, Places]
    """Year -> the places of the states of that year."""

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years, in order."""
        return tuple(sorted(self.members))

    def adjacency(self, layer: str, year: int) -> Array:
        """`(members of the year, the same)`: the ties of a layer, in the order of `members`.

        Two states are tied if either has a tie with the other, by the larger weight.
        """
        rows = self._rows(year)
        held = np.zeros((len(self.actors), len(self.actors)))
        held[self.first[rows], self.second[rows]] = self.weights[self._layer(layer), rows]
        among = np.ix_(self.members[year], self.members[year])
        return np.maximum(held, held.T)[among]

    def portfolios(self, year: int, levels: Mapping[str, int] = LEVELS) -> Array:
        """`(members of the year, the same)`: the highest level of commitment between every two.

        Parameters
        ----------
        levels
            Layer -> its level, above 0. A state's level towards itself is the highest.
        """
        held = [level * (self.adjacency(layer, year) > 0) for layer, level in levels.items()]
        highest: Array = np.max(held, axis=0).astype(np.float64)
        np.fill_diagonal(highest, max(levels.values()))
        return highest

    def _rows(self, year: int) -> slice:
        if year not in self.members:
            span = f"{self.years[0]} to {self.years[-1]}" if self.years else "none"
            raise InputError(f"no year {year} in the panel: it has {span}")
        begin, end = np.searchsorted(self.year, [year, year + 1])
        return slice(int(begin), int(end))

    def _layer(self, layer: str) -> int:
        if layer not in self.layers:
            raise InputError(f"no layer `{layer}` in the panel: it has {', '.join(self.layers)}")
        return self.layers.index(layer)


def panel(
    table: pd.DataFrame,
    layers: Sequence[str],
    *,
    dyad: tuple[str, str] = ("state1", "state2"),
    year: str = "year",
    members: pd.DataFrame | None = None,
) -> Panel:
    """A table of dyad-years as a panel.

    Parameters
    ----------
    table
        One row a dyad and year. It may hold each dyad once, or both its directions.
    layers
        Columns that hold weights: 0 for no tie.
    dyad, year
        The columns of the two states and of the year.
    members
        Who else belonged to the system, by `state` and `year`, such as the rows of a table of
        capabilities. Without it these are the states that stand in a row of the year.

    Raises
    ------
    InputError
        For a dyad-year that stands twice or pairs a state with itself, a year before 1, a weight
        that is negative or missing; it names the rows.
    """
    _require_columns(table, [*dyad, year, *layers])
    _refuse(table, layers, dyad, year)
    rows = table.sort_values([year, *dyad])
    first, second = (rows[column].to_numpy() for column in dyad)
    years = rows[year].to_numpy().astype(np.int64)
    states, held = np.concatenate([first, second]), np.concatenate([years, years])
    if members is not None:
        _require_columns(members, ["state", "year"])
        states = np.concatenate([states, members["state"].to_numpy()])
        held = np.concatenate([held, members["year"].to_numpy().astype(np.int64)])
    actors, places = np.unique(states, return_inverse=True)
    present_years, present = np.divmod(np.unique(held * len(actors) + places), len(actors))
    at, begins = np.unique(present_years, return_index=True)
    return Panel(
        actors=actors,
        layers=tuple(layers),
        year=years,
        first=places[: len(rows)],
        second=places[len(rows) : 2 * len(rows)],
        weights=rows[list(layers)].to_numpy(dtype=np.float64, na_value=np.nan).T.copy(),
        members=dict(zip(at.tolist(), np.split(present, begins[1:]), strict=True)),
    )


def _require_columns(table: pd.DataFrame, columns: Sequence[str]) -> None:
    absent = [column for column in columns if column not in table.columns]
    if absent:
        raise InputError(f"no column `{absent[0]}`: there are {', '.join(map(str, table.columns))}")


def _refuse(table: pd.DataFrame, layers: Sequence[str], dyad: tuple[str, str], year: str) -> None:
    """Refuse a table from which no panel can be made, by the first fault and its rows."""
    if table.empty:
        raise InputError("no dyad-year in the table")
    weights = table[list(layers)].to_numpy(dtype=np.float64, na_value=np.nan)
    faults = {
        "no state, or no year": table[[*dyad, year]].isna().any(axis=1) | ~(table[year] > 0),
        "a state with itself": table[dyad[0]] == table[dyad[1]],
        "a weight that is negative or missing": ~(np.isfinite(weights) & (weights >= 0)).all(
            axis=1
        ),
        "a dyad-year that stands twice": table.duplicated([*dyad, year], keep=False),
    }
    for what, rows in faults.items():
        found = table.index[rows]
        if len(found):
            shown = ", ".join(str(row) for row in found[:SHOWN])
            more = f" and {len(found) - SHOWN:,} more" if len(found) > SHOWN else ""
            raise InputError(f"{what}: row {shown}{more}\n  mend the table, or leave them out")
