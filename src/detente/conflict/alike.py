"""Which actors improve where, and whether other ranks give them the same improvements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.conflict.kernels import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.conflict.board import Choices, Rows, Steps

__all__ = ["apart", "improves_alike", "stays"]


@njit
def apart(rows: Rows, column: int, size: int) -> Rows:
    """The first of the rows that have the same number in a column, for each such number."""
    lowest = rows[:, column].min() if len(rows) else np.uint32(0)
    met = np.zeros(size, np.bool_)
    kept = np.empty(len(rows), np.uint32)
    count = 0
    for row in range(len(rows)):
        place = rows[row, column] - lowest
        kept[count] = row
        count += not met[place]
        met[place] = True
    return rows[kept[:count]]


@njit
def improves_alike(
    ranks: NDArray[np.int32],
    others: NDArray[np.int32],
    steps: Steps,
    choices: Choices,
    mover: int,
    rows: Rows,
) -> bool:
    """Whether a mover improves from these states by the same moves under either ranks.

    Infeasible states are compared too, so that it may say no where it could say yes.
    """
    guard = steps.guards[mover]
    for row in range(len(rows)):
        here, own = rows[row, 1 + mover], rows[row, len(steps.start) + mover]
        base, floor, other = here - steps.places[own], ranks[here], others[here]
        differ = False
        for choice in range(choices.start[mover], choices.start[mover + 1]):
            strategy = choices.strategies[choice]
            place = base + steps.places[strategy]
            leads = ((steps.heights[strategy] | guard) - steps.heights[own]) & guard == guard
            differ |= leads & ((ranks[place] > floor) != (others[place] > other))
        if differ:
            return False
    return True


@njit
def stays(
    ranks: NDArray[np.int32],
    steps: Steps,
    choices: Choices,
    mover: int,
    rows: Rows,
    mask: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """`(rows,) bool`: where a mover has no improvement."""
    guard = steps.guards[mover]
    found = np.ones(len(rows), np.bool_)
    for row in range(len(rows)):
        here, own = rows[row, 1 + mover], rows[row, len(steps.start) + mover]
        base, home = here - steps.places[own], rows[row, 0] - steps.rows[own, 0]
        for choice in range(choices.start[mover], choices.start[mover + 1]):
            strategy = choices.strategies[choice]
            leads = ((steps.heights[strategy] | guard) - steps.heights[own]) & guard == guard
            better = ranks[base + steps.places[strategy]] > ranks[here]
            if better and leads and mask[home + steps.rows[strategy, 0]]:
                found[row] = False
                break
    return found
