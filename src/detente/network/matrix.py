"""Measures of position, each on one adjacency array.

An adjacency is `(actors, actors) float64`: symmetric, nowhere negative, zero on its diagonal; what
is positive is a tie and its weight. Every measure answers for all actors at once. One that a
network cannot carry raises `CannotAnswer` and says why: between parts that no tie joins nothing
can be compared, and in a network where everybody is tied to everybody alike nobody has a position.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import rustworkx

from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = [
    "betweenness",
    "closeness",
    "constraint",
    "core",
    "degree",
    "effective_size",
    "eigenvector",
    "indirect_ties",
    "katz",
    "leading",
    "strength",
]

ALIKE = 1e-9
"""Relative distance below which two eigenvalues are one, computed twice."""


def degree(adjacency: Array) -> Array:
    """`(actors,)`: with how many others each has a tie, `[Freeman1979]`."""
    return _sums(adjacency > 0)


def strength(adjacency: Array) -> Array:
    """`(actors,)`: the weights of each one's ties, added; `[Barrat2004]`."""
    return _sums(adjacency)


def eigenvector(adjacency: Array) -> Array:
    """`(actors,)`: each proportional to the weighted sum of its neighbours', of unit length.

    It is a share of a whole: where others gain ties, it falls even for one that loses none. Of a
    network that falls into parts it compares those in the part with the largest eigenvalue; of all
    others it says nothing, and they have NaN.

    Raises
    ------
    CannotAnswer
        If two parts have the largest eigenvalue, or all ties are there and weigh the same.

    References
    ----------
    [Bonacich1972].
    """
    _require_unlike(adjacency)
    return leading(adjacency)


def leading(symmetric: Array) -> Array:
    """`(actors,)`: the eigenvector of the largest eigenvalue, of unit length, nowhere negative.

    NaN outside the part of the network that has it.

    Raises
    ------
    CannotAnswer
        If two parts have it.
    """
    from scipy.linalg import eigh

    last = len(symmetric) - 1
    values, vectors = eigh(symmetric, subset_by_index=(max(last - 1, 0), last), driver="evr")
    found: Array = np.abs(vectors[:, -1])
    if len(values) > 1 and values[-2] >= values[-1] * (1 - ALIKE):
        raise CannotAnswer("parts that no tie joins weigh the same: neither leads the other")
    part = rustworkx.node_connected_component(_graph(symmetric), int(found.argmax()))
    outside = [actor for actor in range(len(symmetric)) if actor not in part]
    found[outside] = np.nan
    return found


def katz(adjacency: Array, alpha: float = 0.05) -> Array:
    """`(actors,)`: 1 plus all walks that end at each, one of k steps counted `alpha**k` times.

    Not normalised: nobody's falls because others gain.

    Raises
    ------
    CannotAnswer
        If the sum is infinite: `alpha` is at least one over the largest eigenvalue.

    References
    ----------
    [Katz1953].
    """
    size = len(adjacency)
    if alpha * _sums(adjacency).max(initial=0) >= 1:  # no eigenvalue is above the largest strength
        most = 1 / np.linalg.eigvalsh(adjacency)[-1]
        if alpha >= most:
            reason = f"alpha is {alpha:g}, not below {most:.4g}"
            raise CannotAnswer(f"walks add up to infinity: {reason}")
    walks: Array = np.linalg.solve(np.eye(size) - alpha * adjacency, np.ones(size)).astype(
        np.float64
    )
    return walks


def betweenness(adjacency: Array) -> Array:
    """`(actors,)`: on which part of the shortest paths between two others each stands.

    Weights are not lengths, and do not count. A pair of others that no path joins counts as one
    between which nobody stands.

    Raises
    ------
    CannotAnswer
        If everybody is tied to everybody: there is nothing to stand between.

    References
    ----------
    [Freeman1977]; the algorithm [Brandes2001].
    """
    _require_incomplete(adjacency)
    # In one thread: several add up in any order, and so to any last digit.
    between = rustworkx.betweenness_centrality(
        _graph(adjacency), normalized=True, parallel_threshold=len(adjacency) + 1
    )
    return np.fromiter(between.values(), np.float64, len(adjacency))


def closeness(adjacency: Array) -> Array:
    """`(actors,)`: one over the mean number of steps to the others; weights do not count.

    Raises
    ------
    CannotAnswer
        If the network falls into parts (no path is infinitely long), or all are one step away.

    References
    ----------
    [Freeman1979].
    """
    _require_connected(adjacency)
    _require_incomplete(adjacency)
    steps: Array = rustworkx.distance_matrix(_graph(adjacency))
    return (len(adjacency) - 1) / _sums(steps)


def constraint(adjacency: Array) -> Array:
    """`(actors,)`: how far each one's ties lead back to the same few; NaN without ties.

    The sum over the contacts j of actor i of (p_ij + Σ_q p_iq p_qj)², where p_ij is the part of
    i's strength that its tie with j has.

    Raises
    ------
    CannotAnswer
        If all ties are there and weigh the same.

    References
    ----------
    [Burt1992], ch. 2.
    """
    _require_unlike(adjacency)
    part = _divided(adjacency, _sums(adjacency))
    invested = np.where(adjacency > 0, (part + part @ part) ** 2, 0)
    return np.where(adjacency.any(axis=1), _sums(invested), np.nan)


def effective_size(adjacency: Array) -> Array:
    """`(actors,)`: how many of each one's contacts are not redundant; NaN without ties.

    The sum over the contacts j of actor i of 1 - Σ_q p_iq m_jq, where m_jq is the tie of j with q
    beside the strongest tie of j.

    Raises
    ------
    CannotAnswer
        If all ties are there and weigh the same.

    References
    ----------
    [Burt1992], ch. 2.
    """
    _require_unlike(adjacency)
    part = _divided(adjacency, _sums(adjacency))
    marginal = _divided(adjacency, adjacency.max(axis=1, initial=0))
    apart = np.where(adjacency > 0, 1 - part @ marginal.T, 0)
    return np.where(adjacency.any(axis=1), _sums(apart), np.nan)


def core(adjacency: Array) -> Array:
    """`(actors,)`: the largest k such that each is among actors with k ties to one another.

    References
    ----------
    [Seidman1983].
    """
    # The stubs of rustworkx say int.
    cores: dict[int, int] = rustworkx.graph_core_number(_graph(adjacency))  # type: ignore[assignment]
    return np.array([cores[node] for node in range(len(adjacency))], dtype=np.float64)


def indirect_ties(adjacency: Array) -> Array:
    """`(actors,)`: how many others each is tied to through somebody, but not directly."""
    tied = (adjacency > 0).astype(np.float64)
    reached = (tied @ tied > 0) & (tied == 0)
    np.fill_diagonal(reached, val=False)
    return _sums(reached)


def _graph(adjacency: Array) -> rustworkx.PyGraph:
    """The ties as a graph whose nodes are numbered by the rows."""
    return rustworkx.PyGraph.from_adjacency_matrix(np.ascontiguousarray(adjacency))


def _sums(rows: NDArray[np.float64 | np.bool_]) -> Array:
    sums: Array = rows.sum(axis=1, dtype=np.float64)
    return sums


def _divided(rows: Array, by: Array) -> Array:
    """Each row over its number; zeros where that is zero."""
    return np.divide(rows, by[:, None], out=np.zeros_like(rows), where=by[:, None] > 0)


def _require_connected(adjacency: Array) -> None:
    parts = rustworkx.number_connected_components(_graph(adjacency))
    if parts > 1:
        raise CannotAnswer(f"the network falls into {parts} parts that no tie joins")


def _require_incomplete(adjacency: Array) -> None:
    size = len(adjacency)
    if np.count_nonzero(adjacency) == size * (size - 1):
        raise CannotAnswer("the network is complete: everybody is tied to everybody")


def _require_unlike(adjacency: Array) -> None:
    """A complete network may still differ in its weights."""
    others = adjacency[~np.eye(len(adjacency), dtype=np.bool_)]
    if len(others) == 0 or (others.min() > 0 and np.allclose(others, others[0], rtol=1e-12)):
        raise CannotAnswer("the network is complete: everybody is tied to everybody, and alike")
