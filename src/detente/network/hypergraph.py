"""Arrangements in force on a day as a hypergraph: each is one edge, however many its parties.

A treaty of five is one edge of five and not ten treaties of two, `[Poast2010]`. Where a measure
needs pairs, the clique expansion gives each pair of parties 1/(k-1) of the weight of an edge of k,
so that the strength of an actor is the weight of the arrangements it is in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from detente.errors import InputError
from detente.network.changes import Change, require_known, suggested

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from detente.case.format import Arrangement
    from detente.case.situation import Situation

__all__ = [
    "ALL",
    "Hypergraph",
    "hypergraph",
    "hypergraph_of",
    "layers",
    "parties_on",
    "require_layer",
]

ALL = "all"
"""The layer in which every arrangement counts once."""


@dataclass(frozen=True, eq=False)
class Hypergraph:
    """Actors and the arrangements that join them."""

    actors: tuple[str, ...]
    """The parties present, in the order of the case."""
    edges: tuple[str, ...]
    """Arrangements, in the order of the case."""
    incidence: NDArray[np.bool_]
    """`(actors, edges)`: who is a party to what; two parties at least to each."""
    weights: NDArray[np.float64]
    """`(edges,)`: above zero; 1 where nothing else is stated."""
    groups: tuple[str, ...] = ()
    """The group of each actor, which brokerage asks for; each is its own where this is empty."""

    @cached_property
    def adjacency(self) -> NDArray[np.float64]:
        """`(actors, actors)`: the clique expansion, `weight / (k - 1)` a pair and edge of k."""
        incidence = self.incidence.astype(np.float64)
        shared = (incidence * self.weights / (incidence.sum(axis=0) - 1)) @ incidence.T
        np.fill_diagonal(shared, 0)
        symmetric: NDArray[np.float64] = (shared + shared.T) / 2  # to the last digit
        return symmetric

    def parties(self, edge: str) -> tuple[str, ...]:
        """The parties of an arrangement."""
        row = self.incidence[:, self.edges.index(edge)]
        return tuple(actor for actor, inside in zip(self.actors, row, strict=True) if inside)

    def without(self, edge: str) -> Hypergraph:
        """The same with an arrangement left out, and those it alone had brought in."""
        kept = np.array([each != edge for each in self.edges], dtype=np.bool_)
        incidence = self.incidence[:, kept]
        present = incidence.any(axis=1)
        rows = np.flatnonzero(present)
        return Hypergraph(
            tuple(self.actors[row] for row in rows),
            tuple(each for each in self.edges if each != edge),
            incidence[present],
            self.weights[kept],
            tuple(self.groups[row] for row in rows) if self.groups else (),
        )

    def weighing(self, weights: NDArray[np.float64]) -> Hypergraph:
        """The same with other weights, `(edges,)`."""
        return replace(self, weights=weights)


def layers(situation: Situation) -> tuple[str, ...]:
    """The layers of a case, `all` first, then those it describes, then in the order of its file."""
    named = (layer for each in situation.arrangements.values() for layer in each.layer)
    return tuple(dict.fromkeys([ALL, *situation.layers, *named]))


def require_layer(situation: Situation, layer: str) -> None:
    """Refuse a layer the case does not have.

    Raises
    ------
    InputError
        For an unknown layer.
    """
    known = layers(situation)
    if layer not in known:
        raise InputError(f"no layer `{layer}`: {suggested(layer, known)}")


def hypergraph(
    situation: Situation, day: date, layer: str = ALL, changes: Sequence[Change] = ()
) -> Hypergraph:
    """The arrangements in force on a day, with those that are parties to them on it.

    Parameters
    ----------
    situation
        Whose `arrangements` are taken.
    day
        An arrangement without `from` has always been in force; on the day of `to` it is no longer.
    layer
        One layer, or `all`: there each counts once, with the largest of its layers' weights.
    changes
        Made after the dates are looked up, in their order.

    Raises
    ------
    InputError
        For an unknown layer, arrangement or actor.

    References
    ----------
    [Poast2010]; [Battiston2020]

    Examples
    --------
    >>> from datetime import date
    >>> from detente.case import load
    >>> case = load("kim/indo_pacific_2024")
    >>> found = hypergraph(case, date(2024, 4, 16), "submarines")
    >>> found.actors, found.edges
    (('usa', 'aus', 'gbr'), ('aukus_pillar1',))
    >>> found.adjacency.sum(axis=1)
    array([1., 1., 1.])
    """
    require_layer(situation, layer)
    require_known(situation, changes)
    parties = {
        id: parties_on(arrangement, day, [each for each in changes if each.arrangement == id])
        for id, arrangement in situation.arrangements.items()
        if layer == ALL or layer in arrangement.layer
    }
    weights = {id: _weight(situation, id) if layer == ALL else 1.0 for id in parties}
    counted = {id: found for id, found in parties.items() if weights[id] > 0}
    return hypergraph_of(counted, weights, order=situation.actors)


def hypergraph_of(
    parties: Mapping[str, Iterable[str]],
    weights: Mapping[str, float] | None = None,
    order: Iterable[str] = (),
) -> Hypergraph:
    """The hypergraph of these arrangements; those with fewer than two parties join nobody.

    Parameters
    ----------
    parties
        Arrangement -> its parties.
    weights
        Arrangement -> its weight; 1 where it is left out.
    order
        Of the actors; those it does not name follow as they appear.
    """
    edges = {id: frozenset(found) for id, found in parties.items()}
    edges = {id: found for id, found in edges.items() if len(found) > 1}
    appearing = (actor for id in edges for actor in parties[id])
    present = frozenset().union(*edges.values())
    actors = tuple(each for each in dict.fromkeys([*order, *appearing]) if each in present)
    incidence = np.array([[actor in edges[id] for id in edges] for actor in actors], dtype=np.bool_)
    stated = weights or {}
    return Hypergraph(
        actors,
        tuple(edges),
        incidence.reshape(len(actors), len(edges)),
        np.array([stated.get(id, 1.0) for id in edges], dtype=np.float64),
    )


def parties_on(
    arrangement: Arrangement, day: date, changed: Sequence[Change] = ()
) -> frozenset[str]:
    """Who is a party on a day, after changes; nobody where it is not in force."""
    in_force = _within(day, arrangement.from_, arrangement.to)
    parties = {
        party
        for party in arrangement.parties
        if _within(day, arrangement.joined.get(party), arrangement.left.get(party))
    }
    for change in changed:
        if change.actor is None:
            in_force = change.inside
        elif change.inside:
            parties.add(change.actor)
        else:
            parties.discard(change.actor)
    return frozenset(parties) if in_force else frozenset()


def _within(day: date, first: date | None, ended: date | None) -> bool:
    return (first is None or first <= day) and (ended is None or day < ended)


def _weight(situation: Situation, arrangement: str) -> float:
    """The largest weight of its layers; one where none is stated."""
    stated = situation.layers
    return max(
        stated[layer].weight if layer in stated else 1.0
        for layer in situation.arrangements[arrangement].layer
    )
