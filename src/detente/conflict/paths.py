"""Legal sequences from single states in graph form, breadth first.

Where moves are not transitive a state that one actor has moved to is told apart from the same
state that another has: whoever moved last waits. `detente.conflict.reach` searches option form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.arcs import Arcs, arcs, improving, joined
from detente.conflict.kernels import njit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.conflict.model import Conflict

__all__ = ["Followed", "first_way", "followed"]

UNSEEN = -1


class Followed(NamedTuple):
    """What legal sequences lead to. A node is a state that one of the movers, or none, moved to."""

    movers: tuple[str, ...]
    size: int
    """The number of states of the conflict."""
    nodes: NDArray[np.int64]
    """`(nodes,)`, in the order in which they were met: `mover * size + state`, where one past the
    last mover stands for none."""
    before: NDArray[np.int64]
    """`((movers + 1) * size,)`: the node from which each was met first; itself at a start."""

    @property
    def states(self) -> NDArray[np.int64]:
        """`(nodes,)`, the states of the nodes."""
        return self.nodes % self.size

    def way(self, node: int) -> list[tuple[str, int]]:
        """The moves that led to a node: who made each, and the state it ended in."""
        steps = []
        while self.before[node] != node:
            steps.append((self.movers[node // self.size], node % self.size))
            node = int(self.before[node])
        return steps[::-1]


def followed(
    conflict: Conflict,
    starts: Sequence[int] | NDArray[np.integer],
    stops: NDArray[np.bool_],
    movers: Sequence[str],
    *,
    better: bool,
) -> Followed:
    """Follow all legal sequences from some states.

    Parameters
    ----------
    conflict
        The graph model.
    starts
        Where anybody may move first.
    stops
        `(states,) bool`, where no sequence leads on.
    movers
        Who moves.
    better
        Whether each move must improve on where it is made, for whoever makes it.
    """
    rows = joined([(improving if better else arcs)(conflict, mover) for mover in movers])
    found, before = follow(rows, len(movers), np.unique(np.asarray(starts, dtype=np.int64)), stops)
    return Followed(tuple(movers), conflict.space.size, found, before)


def first_way(
    moves: Mapping[str, Arcs], start: int, targets: NDArray[np.bool_]
) -> tuple[tuple[str, int], ...] | None:
    """A shortest legal sequence of such moves to any of the targets, or None.

    Parameters
    ----------
    moves
        Whoever moves -> its moves.
    start
        Where anybody may move first.
    targets
        `(states,) bool`.
    """
    found, before = follow(joined(list(moves.values())), len(moves), np.array([start]), targets)
    met = found[targets[found % len(targets)]]
    followed = Followed(tuple(moves), len(targets), found, before)
    return tuple(followed.way(int(met[0]))) if met.size else None


@njit
def follow(
    rows: Arcs, movers: int, starts: NDArray[np.int64], stops: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The nodes in the order in which they are met, and from which each is."""
    states = len(stops)
    before = np.full((movers + 1) * states, UNSEEN, np.int64)
    queue = np.empty((movers + 1) * states, np.int64)
    head = tail = 0
    for state in starts:
        node = movers * states + state
        queue[tail] = before[node] = node
        tail += 1
    while head < tail:
        node = queue[head]
        head += 1
        last, state = node // states, node % states
        for mover in range(0 if stops[state] else movers):
            row = mover * states + state
            for spot in range(rows.start[row], rows.start[row + 1] if mover != last else 0):
                after = mover * states + rows.to[spot]
                if before[after] == UNSEEN:
                    before[after] = node
                    queue[tail] = after
                    tail += 1
    return queue[:tail].copy(), before
