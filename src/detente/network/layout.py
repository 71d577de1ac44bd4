"""Where actors and arrangements stand on a map: once for all layers, the same in every picture.

Places come from how far apart actors and arrangements lie in the network, as stress majorisation
has it, `[GansnerKorenNorth2005]`: what is joined lies near, what is not lies apart. An arrangement
of three or more has a place of its own among its parties, so that one of five is drawn as a star of
five and not as ten lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.network.hypergraph import hypergraph_of, parties_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from detente.case.situation import Situation
    from detente.network.hypergraph import Hypergraph

__all__ = ["layout", "places"]

STEPS = 300
GAP = 0.12
"""How far apart two places are at least, of the width of the map."""
DIGITS = 3
"""Decimals of a place: fewer than those in which two machines might differ."""

Place = tuple[float, float]


def layout(situation: Situation, *days: date, seed: int = 0) -> Mapping[str, Place]:
    """The place of every actor, and of every arrangement of three and more parties.

    Parameters
    ----------
    situation
        All of its arrangements count, of whatever layer.
    days
        For which maps are drawn.
    seed
        Of the places from which the search starts.

    Returns
    -------
    mapping
        Actor or arrangement -> `(x, y)`, each from 0 to 1, of those in force on one of the days.

    References
    ----------
    [GansnerKorenNorth2005]

    Examples
    --------
    >>> from datetime import date
    >>> from detente.case import load
    >>> case = load("kim/indo_pacific_2024")
    >>> found = layout(case, date(2024, 4, 16))
    >>> found["rok"] == layout(case, date(2024, 4, 16))["rok"], "quad" in found, "us_korea" in found
    (True, True, False)
    """
    parties = {
        id: frozenset().union(*(parties_on(each, day) for day in days))
        for id, each in situation.arrangements.items()
    }
    return places(hypergraph_of(parties, order=situation.actors), seed)


def places(network: Hypergraph, seed: int = 0) -> Mapping[str, Place]:
    """The places of actors, and of arrangements of three and more, as `layout` has them."""
    hubs = network.incidence.sum(axis=0) > 2
    names = [
        *network.actors,
        *(edge for edge, is_hub in zip(network.edges, hubs, strict=True) if is_hub),
    ]
    if not names:
        return {}
    shown = np.r_[np.ones(len(network.actors), dtype=np.bool_), hubs]
    steps = distances(network.incidence)[np.ix_(shown, shown)]
    found = spread(within(turned(settled(steps, seed))))
    rounded = np.round(within(found), DIGITS) + 0.0
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, rounded, strict=True)}


def distances(incidence: NDArray[np.bool_]) -> NDArray[np.float64]:
    """`(nodes, nodes)`: steps between actors and arrangements.

    What nothing joins stands as far apart as the furthest of what is joined.
    """
    actors, edges = incidence.shape
    joined = np.zeros((actors + edges, actors + edges), dtype=np.bool_)
    joined[:actors, actors:] = incidence
    joined |= joined.T
    steps = np.full(joined.shape, np.inf)
    np.fill_diagonal(steps, 0)
    reached = np.eye(len(joined), dtype=np.bool_)
    for step in range(1, len(joined)):
        further = (reached.astype(np.int64) @ joined > 0) & ~reached
        if not further.any():
            break
        steps[further] = step
        reached |= further
    finite = np.isfinite(steps)
    steps[~finite] = steps[finite].max()
    return steps


def settled(steps: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """`(nodes, 2)`: places whose distances agree with the steps, nearer ones more closely."""
    places = np.random.default_rng(seed).uniform(-1, 1, (len(steps), 2)) * steps.max()
    weights = np.divide(1, steps**2, out=np.zeros_like(steps), where=steps > 0)
    total = np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    for _ in range(STEPS):
        apart = places[:, None] - places[None]
        lengths = np.maximum(np.linalg.norm(apart, axis=2), 1e-9)
        pull = (weights * steps / lengths)[:, :, None] * apart
        places = (weights @ places + pull.sum(axis=1)) / total
    found: NDArray[np.float64] = places
    return found


def turned(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same turned to lie along the page, the first of them in its left and upper half."""
    centred = places - places.mean(axis=0)
    _, _, axes = np.linalg.svd(centred)
    found = centred @ axes.T
    along: NDArray[np.float64] = found * np.where(found[0] > 0, -1.0, 1.0)
    return along


def within(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same, from 0 to 1 across and down."""
    low, high = places.min(axis=0), places.max(axis=0)
    scaled: NDArray[np.float64] = (places - low) / np.maximum(high - low, 1e-9)
    return scaled


def spread(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same, those too near to each other moved apart, so that no mark covers another."""
    for _ in range(STEPS):
        apart = places[:, None] - places[None]
        lengths = np.maximum(np.linalg.norm(apart, axis=2), 1e-9)
        short = np.maximum(GAP - lengths, 0) / lengths
        np.fill_diagonal(short, 0)
        places = places + (short[:, :, None] * apart).sum(axis=1) / 4
    return places
