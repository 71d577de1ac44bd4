"""Whether an actor with other ranks would still improve by the same moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.conflict.kernels import njit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.conflict.model import Conflict
    from detente.conflict.moves import Lines

__all__ = ["improves_alike"]


def improves_alike(conflict: Conflict, actor: str, ranks: NDArray[np.int32]) -> bool:
    """Whether these ranks order the states of each of the actor's lines as its own ranks do.

    Where they do, the actor's improvements are the same from every state, under every commitment.

    Parameters
    ----------
    conflict
        Whose actor it is.
    actor
        A decision maker.
    ranks
        `(states,) int32`, -1 where infeasible.
    """
    return bool(same_order(ranks, conflict.space.lines[actor], conflict.order(actor)))


@njit
def same_order(ranks: NDArray[np.int32], lines: Lines, order: NDArray[Any]) -> bool:
    """Whether on each line the ranks fall where its order falls, and stay level where it does."""
    for line in range(len(lines.bases)):
        before = ranks[lines.bases[line] + lines.offsets[order[line, 0] >> 1]]
        for place in range(1, len(lines.offsets)):
            entry = order[line, place]
            rank = ranks[lines.bases[line] + lines.offsets[entry >> 1]]
            if rank > before or (rank < before) != (entry & 1 == 1):
                return False
            before = rank
    return True
