"""Brokerage after Gould and Fernandez: who stands between two others that no tie joins.

Actor j brokers between i and k where it has a tie with both and they have none with one another.
Its role depends on the groups of the three:

| role | i | j | k |
|---|---|---|---|
| coordinator | A | A | A |
| consultant (itinerant broker) | A | B | A |
| gatekeeper, or representative | A | A | B |
| liaison | A | B | C |

Ties between states that have agreed on something have no direction, so that every pair counts once
and the gatekeeper, who lets in, and the representative, who speaks for the group, are the same. In
a directed reading, with an arc each way, a gatekeeper counts once as either; others count twice.

References: [GouldFernandez1989].
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["ROLES", "brokerage"]

ROLES = ("coordinator", "consultant", "gatekeeper", "liaison")


def brokerage(
    adjacency: NDArray[np.float64], groups: Sequence[str], role: str
) -> NDArray[np.float64]:
    """`(actors,)`: between how many pairs of others each stands in a role.

    Parameters
    ----------
    adjacency
        `(actors, actors)`: what is positive is a tie.
    groups
        The group of each actor; none where each is its own.
    role
        One of `ROLES`.

    Raises
    ------
    CannotAnswer
        If a role within or between groups is asked for and each actor is its own.

    References
    ----------
    [GouldFernandez1989]
    """
    if not groups and role != "liaison":
        raise CannotAnswer(
            "no groups are stated, and between single actors all brokers are liaisons"
        )
    names = np.array(groups or range(len(adjacency)))
    same = names[:, None] == names[None, :]
    tied = adjacency > 0
    apart = ~tied & ~np.eye(len(tied), dtype=bool)
    inside, outside = tied & same, tied & ~same  # ties of j with its own group and with others
    pairs = {
        "coordinator": (inside, apart, inside),
        "consultant": (outside, apart & same, outside),
        "gatekeeper": (inside, apart, outside),
        "liaison": (outside, apart & ~same, outside),
    }
    first, between, second = (part.astype(np.float64) for part in pairs[role])
    ordered: NDArray[np.float64] = ((first @ between) * second).sum(axis=1)
    return ordered if role == "gatekeeper" else ordered / 2
