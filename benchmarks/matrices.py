"""The four core concepts by dense reachability matrices, as the field's programs compute them.

A matrix has a row and a column for each state; `J_i` holds the moves of actor i, `M_H` what a
coalition reaches by legal sequences, nobody moving twice in a row. A state is stable where the
diagonal of the concept's matrix is zero [XuHipelKilgour2009]. Products are of 32-bit floats, which
is the fastest way to multiply what are really truth values.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.conflict.arcs import arcs

if TYPE_CHECKING:
    from detente.conflict.model import Conflict

__all__ = ["stable_by_matrices"]

Matrix = NDArray[np.bool_]


def stable_by_matrices(conflict: Conflict) -> dict[str, NDArray[np.bool_]]:
    """Concept -> `(actors, states) bool`, of a conflict with few states.

    References
    ----------
    [XuHipelKilgour2009]
    """
    moves = [dense(conflict, actor) for actor in conflict.actors]
    prefers = [row[None, :] > row[:, None] for row in conflict.rows]
    improvements = [move & better for move, better in zip(moves, prefers, strict=True)]
    stable: dict[str, list[NDArray[np.bool_]]] = {
        name: [] for name in ("nash", "gmr", "smr", "seq")
    }
    for i in range(len(moves)):
        others = [j for j in range(len(moves)) if j != i]
        by_moves = reached([moves[j] for j in others])
        by_improvements = reached([improvements[j] for j in others])
        no_better = ~prefers[i].T  # [s2, s]: s2 is no better for i than s
        final = no_better & ~product(moves[i], prefers[i].T)
        stable["nash"].append(~np.any(improvements[i], axis=1))
        stable["gmr"].append(deterred(improvements[i], by_moves, no_better))
        stable["smr"].append(deterred(improvements[i], by_moves, final))
        stable["seq"].append(deterred(improvements[i], by_improvements, no_better))
    return {name: np.array(rows) & conflict.space.mask for name, rows in stable.items()}


def dense(conflict: Conflict, actor: str) -> Matrix:
    """`J_i`: from each row's state to each column's."""
    listed = arcs(conflict, actor)
    matrix = np.zeros((conflict.space.size, conflict.space.size), dtype=np.bool_)
    matrix[np.repeat(np.arange(conflict.space.size), np.diff(listed.start)), listed.to] = True
    return matrix


def product(left: Matrix, right: Matrix) -> Matrix:
    """The sign of the product of two matrices of truth values."""
    found: Matrix = left.astype(np.float32) @ right.astype(np.float32) > 0
    return found


def reached(moves: Sequence[Matrix]) -> Matrix:
    """`M_H`: what these movers reach by legal sequences of any length."""
    ending = list(moves)  # [j]: by sequences in which j moves last
    before = -1
    while (now := sum(map(np.count_nonzero, ending))) > before:
        before = now
        ending = [
            own | product(union([each for k, each in enumerate(ending) if k != j]), own)
            if len(ending) > 1
            else own
            for j, own in enumerate(moves)
        ]
    return union(ending)


def union(matrices: Sequence[Matrix]) -> Matrix:
    """Where any of them is true."""
    return reduce(np.logical_or, matrices)


def deterred(improvements: Matrix, answers: Matrix, sanctions: Matrix) -> NDArray[np.bool_]:
    """Where every improvement has an answer that is a sanction: a zero on the diagonal."""
    unanswered = ~product(answers, sanctions)  # [s1, s]
    found: NDArray[np.bool_] = np.any(improvements & unanswered.T, axis=1)
    return ~found
