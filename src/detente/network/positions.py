"""Where each actor stands in each layer of the network on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.errors import CannotAnswer, InputError
from detente.network.hypergraph import Hypergraph, hypergraph, layers, require_layer
from detente.network.measures import MEASURES, TOLERANCE, require_measure
from detente.network.ranks import ranked

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    from detente.case.situation import Situation
    from detente.network.changes import Change

__all__ = [
    "LayerPositions",
    "Positions",
    "grouped",
    "measured",
    "moved",
    "moved_in",
    "positions",
    "reranked",
    "reranked_in",
]


Moved = dict[str, dict[str, tuple[float | None, float | None]]]
Reranked = dict[str, dict[str, tuple[int | None, int | None]]]


@dataclass(frozen=True, eq=False)
class LayerPositions:
    """What the measures say of one layer."""

    network: Hypergraph
    values: Mapping[str, NDArray[np.float64]]
    """Measure -> `(actors,)`; NaN where it says nothing of an actor."""
    unavailable: Mapping[str, str]
    """Measure -> why this network cannot carry it, or of whom it says nothing."""

    def value(self, measure: str, actor: str) -> float | None:
        """What a measure says of an actor; none where it says nothing, or the actor is absent."""
        if measure not in self.values or actor not in self.network.actors:
            return None
        found = float(self.values[measure][self.network.actors.index(actor)])
        return None if np.isnan(found) else found

    def rank(self, measure: str, actor: str) -> int | None:
        """An actor's rank by a measure, 1 the first; none where it says nothing of the actor."""
        if self.value(measure, actor) is None:
            return None
        return int(self._ranks[measure][self.network.actors.index(actor)])

    @cached_property
    def _ranks(self) -> Mapping[str, NDArray[np.int64]]:
        return {
            measure: ranked(values, least_first=MEASURES[measure].least_first)
            for measure, values in self.values.items()
        }


@dataclass(frozen=True, eq=False)
class Positions:
    """The position of every actor, by layer."""

    situation: str
    """The situation's id."""
    as_of: date
    measures: tuple[str, ...]
    layers: Mapping[str, LayerPositions]
    changes: tuple[Change, ...] = ()
    method: str = "hyperedges as cliques of weight 1 / (k - 1); Katz alpha 0.05; paths unweighted"
    version: str = field(default_factory=lambda: version("detente"))

    def to_dict(self) -> dict[str, Any]:
        """What `detente position --json` prints."""
        return {
            "format": "detente.position/1",
            "situation": self.situation,
            "as_of": self.as_of.isoformat(),
            "changes": [str(change) for change in self.changes],
            "method": self.method,
            "layers": {name: self._by_actor(layer) for name, layer in self.layers.items()},
            "arrangements": {name: list(each.network.edges) for name, each in self.layers.items()},
            "unavailable": {
                name: dict(layer.unavailable)
                for name, layer in self.layers.items()
                if layer.unavailable
            },
        }

    def to_frame(self) -> pd.DataFrame:
        """One row for each layer and actor present in it, one column for each measure."""
        import pandas as pd

        rows = {
            (name, actor): [layer.value(measure, actor) for measure in self.measures]
            for name, layer in self.layers.items()
            for actor in layer.network.actors
        }
        index = pd.MultiIndex.from_tuples(list(rows), names=["layer", "actor"])
        return pd.DataFrame(
            list(rows.values()), index=index, columns=list(self.measures), dtype=np.float64
        )

    def _by_actor(self, layer: LayerPositions) -> dict[str, dict[str, float | None]]:
        return {
            actor: {measure: layer.value(measure, actor) for measure in self.measures}
            for actor in layer.network.actors
        }


def positions(
    situation: Situation,
    day: date | None = None,
    layers: Sequence[str] | None = None,
    changes: Sequence[Change] = (),
    *,
    measures: Sequence[str] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Positions:
    """Where each actor stands, in each layer, on a day.

    Parameters
    ----------
    situation
        Whose arrangements are taken.
    day
        The day; that of the case if left out.
    layers
        Some of the case's layers, or `all`; every one of them if left out.
    changes
        Arrangements, or parties, that count or do not whatever their dates.
    measures
        Names of `MEASURES`; if left out all of them, roles of brokerage where there are groups.
    groups
        Actor -> its group, for brokerage; an actor it does not name is a group of its own.

    Raises
    ------
    InputError
        For an unknown layer, measure, arrangement or actor, or where no day is known.

    References
    ----------
    [Maoz2010]; [Poast2010]

    Examples
    --------
    >>> from detente.case import load
    >>> found = positions(load("kim/indo_pacific_2024"), layers=["submarines"])
    >>> found.layers["submarines"].value("strength", "gbr")
    1.0
    >>> found.layers["submarines"].unavailable["betweenness"]
    'the network is complete: everybody is tied to everybody'
    """
    day = day_of(situation, day)
    asked = _default(groups) if measures is None else tuple(measures)
    for measure in asked:
        require_measure(measure)
    named = all_layers(situation) if layers is None else tuple(layers)
    for layer in named:
        require_layer(situation, layer)
    found = {
        layer: measured(grouped(hypergraph(situation, day, layer, changes), groups or {}), asked)
        for layer in named
    }
    return Positions(situation.id, day, asked, found, tuple(changes))


def moved(before: Positions, after: Positions) -> dict[str, Moved]:
    """Layer -> actor -> measure -> before and after, where these differ; none where untold."""
    found = {
        name: moved_in(before.layers[name], layer, after.measures)
        for name, layer in after.layers.items()
    }
    return {name: actors for name, actors in found.items() if actors}


def moved_in(before: LayerPositions, after: LayerPositions, measures: Sequence[str]) -> Moved:
    """Actor -> measure -> before and after, where these differ."""
    found: Moved = {}
    for actor in dict.fromkeys([*before.network.actors, *after.network.actors]):
        for measure in measures:
            ends = before.value(measure, actor), after.value(measure, actor)
            if _differ(*ends):
                found.setdefault(actor, {})[measure] = ends
    return found


def reranked(before: Positions, after: Positions) -> dict[str, Reranked]:
    """Layer -> actor -> measure -> rank before and after, where these differ; none where untold."""
    found = {
        name: reranked_in(before.layers[name], layer, after.measures)
        for name, layer in after.layers.items()
    }
    return {name: actors for name, actors in found.items() if actors}


def reranked_in(before: LayerPositions, after: LayerPositions, measures: Sequence[str]) -> Reranked:
    """Actor -> measure -> rank before and after, where these differ.

    An actor may fall behind though its own value stays.
    """
    found: Reranked = {}
    for actor in dict.fromkeys([*before.network.actors, *after.network.actors]):
        for measure in measures:
            ends = before.rank(measure, actor), after.rank(measure, actor)
            if ends[0] != ends[1]:
                found.setdefault(actor, {})[measure] = ends
    return found


def _differ(before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return before is not after
    return abs(after - before) > TOLERANCE * max(abs(before), abs(after))


def _default(groups: Mapping[str, str] | None) -> tuple[str, ...]:
    return tuple(name for name, measure in MEASURES.items() if groups or not measure.grouped)


all_layers = layers  # `positions` takes an argument of that name


def day_of(situation: Situation, day: date | None) -> date:
    """A day asked for, or that of the case."""
    if day is None:
        day = situation.as_of
    if day is None:
        raise InputError(f"{situation.id}: as of which day?\n  write `as_of`, or give --as-of")
    return day


def grouped(network: Hypergraph, groups: Mapping[str, str]) -> Hypergraph:
    """The same network with the groups of its actors; one that is not named is its own."""
    if not groups:
        return network
    # A group's name and an actor's id never meet: an own group is called by what no name holds.
    return replace(network, groups=tuple(groups.get(each, f"={each}") for each in network.actors))


def measured(network: Hypergraph, measures: Sequence[str]) -> LayerPositions:
    """What some measures say of a network, with the reasons of those that say nothing."""
    values: dict[str, NDArray[np.float64]] = {}
    unavailable: dict[str, str] = {}
    for name in measures:
        try:
            if not network.actors:
                raise CannotAnswer("no arrangement is in force")
            values[name] = found = MEASURES[name].of(network)
        except CannotAnswer as reason:
            unavailable[name] = str(reason)
            continue
        untold = [
            actor for actor, value in zip(network.actors, found, strict=True) if np.isnan(value)
        ]
        if untold:
            unavailable[name] = f"not of {', '.join(untold)}, whom no tie joins to the others"
    return LayerPositions(network, values, unavailable)
