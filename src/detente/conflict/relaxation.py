"""What can be reached, in place of lists of states: relaxations over the actors' lines.

`[FangHipelKilgour1993]` defines the concepts by what the others can reach through legal sequences.
Only the worst of it matters to the actor who is to be deterred, and the worst is the greatest
fixed point, from the actor's own values downwards, of

    worst(s) = min(worst(s), worst(s') for every s' that one of the others moves to from s).

An actor's moves are transitive along its line, and so are its improvements: one pass over the
lines closes everything that actor can do alone, and "nobody moves twice in a row" changes nothing.
A few rounds over the movers reach the fixed point.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from typing import TYPE_CHECKING, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from detente.conflict.model import Conflict
    from detente.conflict.moves import Lines

__all__ = [
    "all_deterred",
    "best_reply",
    "kernel",
    "line_order",
    "worst_of_improvements",
    "worst_of_moves",
]

Ranks = NDArray[np.int32]
Order = NDArray[np.integer]
Compiled = TypeVar("Compiled", bound=Callable[..., object])

NOTHING = np.int32(2**31 - 1)  # the minimum over no state at all
INSERTION_UP_TO = 64


def kernel(function: Compiled) -> Compiled:
    """Compile once, kept on disk; other threads run meanwhile."""
    return cast(Compiled, numba.njit(cache=True, nogil=True)(function))


# ------------------------------------------------------------------------- the steps of concepts


def best_reply(conflict: Conflict, actor: str) -> Ranks:
    """The best rank the actor can give itself from each state by at most one move.

    Returns
    -------
    ndarray
        `(states,) int32`; meaningless where infeasible.
    """
    losses = -conflict.ranks_of(actor)
    relax_moves(losses, conflict.space.mask, conflict.space.lines[actor])
    return -losses


def worst_of_moves(conflict: Conflict, actor: str, values: Ranks) -> Ranks:
    """The lowest value among a state and all that the others can reach from it by any moves.

    Parameters
    ----------
    conflict
        Whose moves.
    actor
        Who is to be deterred and so does not move.
    values
        `(states,) int32`, what a state is worth to the actor.

    Returns
    -------
    ndarray
        `(states,) int32`; meaningless where infeasible.
    """
    worst, mask = values.copy(), conflict.space.mask
    movers = conflict.others(actor)
    if conflict.space.all_feasible:  # then the order of moves is free: each mover once is enough
        for mover in movers:
            relax_moves(worst, mask, conflict.space.lines[mover])
        return worst
    _until_nobody_changes(
        movers, lambda mover: relax_moves(worst, mask, conflict.space.lines[mover])
    )
    return worst


def worst_of_improvements(conflict: Conflict, actor: str, values: Ranks) -> Ranks:
    """As `worst_of_moves`, where every move improves on where it is made for its mover."""
    worst = values.copy()
    _until_nobody_changes(
        conflict.others(actor),
        lambda mover: relax_improvements(
            worst, worst, conflict.space.lines[mover], conflict.orders[mover]
        ),
    )
    return worst


def all_deterred(conflict: Conflict, actor: str, worst: Ranks) -> NDArray[np.bool_]:
    """The states whose every improvement by the actor may end in something no better.

    Parameters
    ----------
    conflict
        Whose moves.
    actor
        Who considers improving.
    worst
        `(states,) int32`, the worst the actor must expect once it has moved to a state.

    Returns
    -------
    ndarray
        `(states,) bool`; false where infeasible.
    """
    hope = np.full_like(worst, NOTHING)
    relax_improvements(-worst, hope, conflict.space.lines[actor], conflict.orders[actor])
    return conflict.space.mask & (-hope <= conflict.ranks_of(actor))


def _until_nobody_changes(movers: Sequence[str], relax: Callable[[str], bool]) -> None:
    """Let the movers take turns until a whole round has changed nothing."""
    settled = 0
    for mover in cycle(movers):
        # One turn closes all a mover can do alone, so it is itself settled after it.
        settled = 1 if relax(mover) else settled + 1
        if settled >= len(movers):
            return


def line_order(ranks: Ranks, lines: Lines) -> Order:
    """Each line's strategies from the best to the worst for the actor that moves along it.

    Returns
    -------
    ndarray
        `(lines, strategies)`; `~strategy` where it is strictly worse than the one before it.
    """
    shape = (len(lines.bases), len(lines.offsets))
    order: Order = np.empty(shape, dtype=np.int16 if shape[1] < 2**15 else np.int32)
    if shape[1] <= INSERTION_UP_TO:
        sort_lines(ranks, lines.bases, lines.offsets, order)
        return order
    values = ranks[np.add.outer(lines.bases, lines.offsets)]
    order[...] = np.argsort(-values, axis=1, kind="stable")
    along = np.take_along_axis(values, order, axis=1)
    worse = along[:, 1:] < along[:, :-1]
    order[:, 1:] = np.where(worse, ~order[:, 1:], order[:, 1:])
    return order


# ------------------------------------------------------------------------------------- kernels


@kernel
def sort_lines(ranks: Ranks, bases: Ranks, offsets: Ranks, order: Order) -> None:
    """Insertion sort of every line, ties in the order of the strategies."""
    for line in range(len(bases)):
        base, row = bases[line], order[line]
        for strategy in range(len(offsets)):
            rank = ranks[base + offsets[strategy]]
            place = strategy
            while place > 0 and ranks[base + offsets[row[place - 1]]] < rank:
                row[place] = row[place - 1]
                place -= 1
            row[place] = strategy
        for place in range(len(offsets) - 1, 0, -1):
            if ranks[base + offsets[row[place]]] < ranks[base + offsets[row[place - 1]]]:
                row[place] = ~row[place]


@kernel
def relax_moves(values: Ranks, mask: NDArray[np.bool_], lines: Lines) -> bool:
    """Lower each value to the least the mover can bring about; whether any was lowered."""
    strategies = len(lines.offsets)
    least = np.empty(len(lines.first) - 1, np.int32)
    lowered = False
    for base in lines.bases:
        least[:] = NOTHING
        for strategy in range(strategies):
            state = base + lines.offsets[strategy]
            if mask[state]:
                part = lines.parts[strategy]
                for before in lines.before[lines.first[part] : lines.first[part + 1]]:
                    least[before] = min(least[before], values[state])
        for strategy in range(strategies):
            state = base + lines.offsets[strategy]
            if mask[state] and least[lines.parts[strategy]] < values[state]:
                values[state] = least[lines.parts[strategy]]
                lowered = True
    return lowered


@kernel
def relax_improvements(source: Ranks, target: Ranks, lines: Lines, order: Order) -> bool:
    """Lower each target to the least source among the mover's improvements; whether any was.

    Infeasible states rank below all others, so nobody improves by moving to one.
    """
    least = np.empty(len(lines.first) - 1, np.int32)
    lowered = False
    for line in range(len(lines.bases)):
        base, row = lines.bases[line], order[line]
        least[:] = NOTHING
        entered = 0  # how many of the row count in `least`: those strictly better than here
        for place in range(len(row)):
            strategy = row[place]
            if strategy < 0:
                strategy = ~strategy
                for entry in row[entered:place]:
                    better = max(entry, ~entry)
                    value = source[base + lines.offsets[better]]
                    part = lines.parts[better]
                    for before in lines.before[lines.first[part] : lines.first[part + 1]]:
                        least[before] = min(least[before], value)
                entered = place
            state = base + lines.offsets[strategy]
            if least[lines.parts[strategy]] < target[state]:
                target[state] = least[lines.parts[strategy]]
                lowered = True
    return lowered
