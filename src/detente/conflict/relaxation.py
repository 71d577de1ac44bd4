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
from itertools import count, cycle
from math import prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.conflict import kernels, sequences

if TYPE_CHECKING:
    from detente.conflict.model import Conflict
    from detente.conflict.moves import Lines

__all__ = [
    "all_deterred",
    "best_reply",
    "line_order",
    "worst_of_improvements",
    "worst_of_moves",
]

Ranks = NDArray[np.int32]
Order = NDArray[np.integer]

COMPARED_UP_TO = 256  # strategies: each with each, which is faster than sorting so few
UNNOTED = 2  # rounds, in which so much is lowered that looking where costs more than it saves
SHIFT = 28  # bits for a strategy, of which there are at most 2**26, and one more


def best_reply(conflict: Conflict, actor: str) -> Ranks:
    """The best rank the actor can give itself from each state by at most one move.

    Returns
    -------
    ndarray
        `(states,) int32`; meaningless where infeasible.
    """
    if not conflict.space.transitive:
        return sequences.best_reply(conflict, actor)
    return _hopes(conflict, actor, conflict.ranks_of(actor))


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
    if not conflict.space.transitive:
        return sequences.worst_of_moves(conflict, actor, values)
    space = conflict.space
    if _lead_anywhere(conflict, actor):
        worst = values.copy()
        kernels.anything(worst, space.lines[actor])
        return worst
    worst = np.where(space.mask, values, kernels.NOTHING)
    # Where everything is feasible the order of moves is free, and each mover once is enough.
    _take_turns(
        conflict.others(actor),
        lambda mover: kernels.moves(worst, space.mask, space.lines[mover]),
        once=space.all_feasible,
    )
    return worst


def worst_of_improvements(conflict: Conflict, actor: str, values: Ranks) -> Ranks:
    """As `worst_of_moves`, where every move improves on where it is made for its mover."""
    if not conflict.space.transitive:
        return sequences.worst_of_improvements(conflict, actor, values)
    worst, movers = values.copy(), conflict.others(actor)
    lowered = np.zeros(worst.size, np.int32)
    turns = count(1 - UNNOTED * len(movers))

    def relax(mover: str) -> bool:
        turn, lines = next(turns), conflict.space.lines[mover]
        since = turn - len(movers) + 1  # after its own last turn
        return kernels.improvements(worst, lines, conflict.order(mover), lowered, turn, since)

    _take_turns(movers, relax)
    return worst


def all_deterred(conflict: Conflict, actor: str, worst: Ranks) -> NDArray[np.bool_]:
    """The states whose every improvement by the actor may end in something no better.

    An improvement that nothing deters is better than here, and so is its worst: the lesser of the
    two is. The order of the states on a line is not needed to find one.

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
    if not conflict.space.transitive:
        return sequences.all_deterred(conflict, actor, worst)
    deterred: NDArray[np.bool_] = _hopes(conflict, actor, worst) <= conflict.ranks_of(actor)
    return deterred & conflict.space.mask


def _hopes(conflict: Conflict, actor: str, worst: Ranks) -> Ranks:
    """The best the actor can hope for where it moves to: no more than its rank, or its worst."""
    lines, found = conflict.space.lines[actor], np.empty_like(worst)
    kernel = kernels.one_way_hopes if lines.one_way else kernels.hopes
    kernel(conflict.ranks_of(actor), worst, lines, found)
    return found


def _lead_anywhere(conflict: Conflict, actor: str) -> bool:
    """Whether the others can move from each of the actor's lines to every other, and back."""
    lines = conflict.space.lines
    theirs = [lines[other] for other in conflict.others(actor)]
    return (
        conflict.space.all_feasible
        and not any(each.one_way for each in theirs)
        and prod(len(each.offsets) for each in theirs) == len(lines[actor].bases)
    )


def _take_turns(movers: Sequence[str], relax: Callable[[str], bool], once: bool = False) -> None:
    """Let the movers take turns, until a whole round of them has changed nothing."""
    settled = 0
    for turn, mover in enumerate(cycle(movers), start=1):
        # One turn closes all that a mover can do alone: after it, the mover itself is settled.
        settled = 1 if relax(mover) else settled + 1
        if settled >= len(movers) or (once and turn == len(movers)):
            return


def line_order(ranks: Ranks, lines: Lines) -> Order:
    """Each line's strategies from the best to the worst for the actor that moves along it.

    Parameters
    ----------
    ranks
        `(states,) int32`, that actor's.
    lines
        Where it moves.

    Returns
    -------
    ndarray
        `(lines, strategies)`; twice the strategy, plus 1 where it is strictly worse than the one
        before it.
    """
    strategies = len(lines.offsets)
    width = np.uint16 if strategies <= 2**15 else np.uint32
    order: Order = np.empty((len(lines.bases), strategies), dtype=width)
    if strategies <= COMPARED_UP_TO:
        kernels.sort_lines(ranks, lines, order)
        return order
    # Worse is larger, so that sorting the keys sorts the strategies with them.
    keys = -ranks[np.add.outer(lines.bases, lines.offsets)].astype(np.int64)
    keys = (keys << SHIFT) + 2 * np.arange(strategies)
    keys.sort(axis=1)
    keys[:, 1:] += keys[:, 1:] >> SHIFT != keys[:, :-1] >> SHIFT
    order[...] = keys & (2**SHIFT - 1)
    return order
