"""Measures of position: what each says of every actor of a hypergraph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.errors import CannotAnswer, InputError
from detente.network import matrix
from detente.network.brokerage import ROLES, brokerage
from detente.network.changes import suggested

if TYPE_CHECKING:
    from detente.network.hypergraph import Hypergraph

__all__ = ["MEASURES", "TOLERANCE", "Measure", "hypergraph_eigenvector", "require_measure"]

Values = NDArray[np.float64]

TOLERANCE = 1e-9
"""Relative to the larger: values nearer to one another than this are equal."""


@dataclass(frozen=True)
class Measure:
    """A measure of position."""

    name: str
    label: str
    of: Callable[[Hypergraph], Values]
    """`(actors,)` of a hypergraph; NaN of those it says nothing of. `CannotAnswer`, with its
    reason, where the network cannot carry it."""
    references: tuple[str, ...]
    normalised: bool = False
    """Whether it is a share of a whole, or depends on how many others there are: what others do
    then moves it by construction."""
    beside: tuple[str, ...] = ()
    """Measures that are not normalised and must not say the opposite of what it says."""
    weighted: bool = False
    """Whether what arrangements weigh counts."""
    grouped: bool = False
    """Whether it needs groups of actors."""
    least_first: bool = False
    """Whether the least is the best place."""
    alone: float = 0.0
    """What an actor has that is a party to nothing."""


def hyperdegree(network: Hypergraph) -> Values:
    """`(actors,)`: to how many arrangements each is a party."""
    joined: Values = network.incidence.sum(axis=1, dtype=np.float64)
    return joined


def strength(network: Hypergraph) -> Values:
    """`(actors,)`: the weights of an actor's ties in the clique expansion.

    They sum to the weights of its arrangements, which is how it is computed: to the last digit.
    """
    weighed: Values = network.incidence @ network.weights
    return weighed


def hypergraph_eigenvector(network: Hypergraph) -> Values:
    """`(actors,)`: each proportional to its arrangements' scores, those to their parties'.

    The leading left singular vector of the weighted incidence: no arrangement is taken apart into
    pairs. Of a network that falls into parts it compares those in the part that leads, as
    `matrix.eigenvector` does; others have NaN.

    Raises
    ------
    CannotAnswer
        If two parts lead alike, or everybody is a party to everything.

    References
    ----------
    [Bonacich2004]; [TudiscoHigham2021], the linear case.
    """
    if network.incidence.all():
        raise CannotAnswer("everybody is a party to everything: all are alike")
    incidence = network.incidence.astype(np.float64)
    return matrix.leading(incidence * network.weights @ incidence.T)


def pairs_between(network: Hypergraph) -> Values:
    """`(actors,)`: betweenness in pairs of others, not divided by how many pairs there are.

    Of several shortest paths between two others each counts for its part.
    """
    others = len(network.actors) - 1
    return matrix.betweenness(network.adjacency) * (others * (others - 1) / 2)


def _matrix(of: Callable[[Values], Values]) -> Callable[[Hypergraph], Values]:
    return lambda network: of(network.adjacency)


def _broker(role: str, network: Hypergraph) -> Values:
    return brokerage(network.adjacency, network.groups, role)


AMOUNT = ("strength", "katz")
UNDEFINED = float("nan")

MEASURES: Mapping[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("hyperdegree", "arrangements", hyperdegree, ("Poast2010",), beside=AMOUNT),
        Measure(
            "strength", "strength", strength, ("Barrat2004",),
            beside=("katz",), weighted=True,
        ),
        Measure("degree", "partners", _matrix(matrix.degree), ("Freeman1979",), beside=AMOUNT),
        Measure(
            "eigenvector", "eigenvector", _matrix(matrix.eigenvector), ("Bonacich1972",),
            normalised=True, beside=AMOUNT, weighted=True,
        ),
        Measure(
            "hypergraph_eigenvector", "hypergraph eigenvector", hypergraph_eigenvector,
            ("Bonacich2004", "TudiscoHigham2021"), normalised=True, beside=AMOUNT, weighted=True,
        ),
        Measure(
            "katz", "Katz", _matrix(matrix.katz), ("Katz1953",),
            beside=("strength",), weighted=True, alone=1.0,
        ),
        Measure(
            "betweenness", "betweenness", _matrix(matrix.betweenness), ("Freeman1977",),
            normalised=True, beside=("pairs_between",),
        ),
        Measure("pairs_between", "pairs between", pairs_between, ("Freeman1977",)),
        Measure(
            "closeness", "closeness", _matrix(matrix.closeness), ("Freeman1979",),
            normalised=True, alone=UNDEFINED,
        ),
        Measure(
            "constraint", "constraint", _matrix(matrix.constraint), ("Burt1992",),
            weighted=True, least_first=True, alone=UNDEFINED,
        ),
        Measure(
            "effective_size", "effective size", _matrix(matrix.effective_size), ("Burt1992",),
            weighted=True,
        ),
        *(
            Measure(
                f"brokerage_{role}", role, partial(_broker, role), ("GouldFernandez1989",),
                grouped=role != "liaison",
            )
            for role in ROLES
        ),
        Measure("core", "core", _matrix(matrix.core), ("Seidman1983",)),
        Measure("indirect_ties", "indirect ties", _matrix(matrix.indirect_ties), ("Freeman1979",)),
    )
}  # fmt: skip
"""Name -> measure."""


def require_measure(name: str) -> Measure:
    """The measure of this name.

    Raises
    ------
    InputError
        If there is none.
    """
    if name not in MEASURES:
        raise InputError(f"no measure `{name}`: {suggested(name, MEASURES)}")
    return MEASURES[name]
