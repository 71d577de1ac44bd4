"""Random small networks, and the same for networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["adjacencies", "connected", "in_order", "of_pairs", "other_program"]

WEIGHTS = st.sampled_from([0.0, 0.0, 0.0, 0.25, 1.0, 1.0, 2.0])


def other_program(adjacency: Array) -> nx.Graph[int]:
    """The same ties for networkx, under `weight`."""
    return nx.from_numpy_array(adjacency)


def in_order(values: Mapping[Any, float]) -> Array:
    """What networkx says of each node, by number."""
    return np.array([values[node] for node in range(len(values))], dtype=np.float64)


def of_pairs(size: int, *pairs: tuple[int, int], weight: float = 1.0) -> Array:
    """The network of these ties."""
    adjacency = np.zeros((size, size))
    for one, other in pairs:
        adjacency[one, other] = adjacency[other, one] = weight
    return adjacency


@st.composite
def adjacencies(draw: st.DrawFn, least: int = 3, most: int = 7) -> Array:
    """Weighted networks in which everybody has a tie."""
    size = draw(st.integers(least, most))
    rows, columns = np.triu_indices(size, 1)
    weights = draw(st.lists(WEIGHTS, min_size=len(rows), max_size=len(rows)))
    adjacency = np.zeros((size, size))
    adjacency[rows, columns] = weights
    adjacency += adjacency.T
    for alone in np.flatnonzero(~adjacency.any(axis=1)):
        other = (alone + 1) % size
        adjacency[alone, other] = adjacency[other, alone] = 1.0
    return adjacency


@st.composite
def connected(draw: st.DrawFn) -> Array:
    """Networks in one part that lack a tie."""
    adjacency = draw(adjacencies(least=4))
    size = len(adjacency)
    for actor in range(size - 1):
        adjacency[actor, actor + 1] = adjacency[actor + 1, actor] = 1.0
    adjacency[0, size - 1] = adjacency[size - 1, 0] = 0.0
    return adjacency
