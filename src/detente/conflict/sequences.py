"""What can be reached in graph form, where moves are not transitive.

Nobody moves twice in a row in a legal sequence. Where moves are not transitive that rules something
out, so that what can still be reached hangs on who moved last [FangHipelKilgour1993], ch. 4. The
worst that others can do is found for every state and last mover, from the lowest value upwards:
whatever leads to a state of the lowest value has found its worst, and is not looked at again. At a
state the first mover that leads to a value does so for all last movers but itself, the second for
itself too: every move is looked at once.

These are the four relaxations of `detente.conflict.relaxation`, whose docstrings say more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.conflict.arcs import Arcs, arcs, improving
from detente.conflict.kernels import njit

if TYPE_CHECKING:
    from detente.conflict.model import Conflict

__all__ = ["all_deterred", "best_reply", "worst_of_improvements", "worst_of_moves"]

Ranks = NDArray[np.int32]

NOBODY, EVERYBODY = -1, -2


def best_reply(conflict: Conflict, actor: str) -> Ranks:
    """`(states,) int32`: the best rank the actor can give itself by at most one move."""
    ranks = conflict.ranks_of(actor)
    return best_by_a_move(arcs(conflict, actor), ranks, ranks)


def worst_of_moves(conflict: Conflict, actor: str, values: Ranks) -> Ranks:
    """`(states,) int32`: the lowest value of a state and all that others may lead to from it."""
    assert conflict.space.graph is not None
    return _worst(conflict, actor, values, conflict.space.graph.back)


def worst_of_improvements(conflict: Conflict, actor: str, values: Ranks) -> Ranks:
    """As `worst_of_moves`, where every move improves on where it is made for its mover."""
    return _worst(conflict, actor, values, conflict.improving_back)


def all_deterred(conflict: Conflict, actor: str, worst: Ranks) -> NDArray[np.bool_]:
    """`(states,) bool`: where every improvement by the actor may end in something no better."""
    hope = best_by_a_move(improving(conflict, actor), worst, conflict.ranks_of(actor))
    return conflict.space.mask & (hope <= conflict.ranks_of(actor))


def _worst(conflict: Conflict, actor: str, values: Ranks, back: Arcs) -> Ranks:
    place, movers = conflict.actors.index(actor), len(conflict.actors)
    return worst_by_sequences(back, movers, place, values, np.argsort(values))


@njit
def best_by_a_move(moves: Arcs, values: Ranks, stay: Ranks) -> Ranks:
    """The greatest value that a move leads to, or what it is worth to stay if that is greater."""
    best = stay.copy()
    for state in range(len(best)):
        for spot in range(moves.start[state], moves.start[state + 1]):
            best[state] = max(best[state], values[moves.to[spot]])
    return best


@njit
def worst_by_sequences(
    back: Arcs, movers: int, idle: int, values: Ranks, upwards: NDArray[np.int64]
) -> Ranks:
    """The lowest value that legal sequences lead to from each state, or that of the state itself.

    `back` holds all movers' moves from their ends, of whom one stays `idle`; `upwards` the states
    from the lowest value.
    """
    states = len(values)
    worst = values.copy()
    heard = np.full(states, NOBODY, np.int16)
    waiting = np.empty(states * movers, np.int64)
    for lowest in upwards:
        count = hear(heard, lowest, EVERYBODY, idle, waiting, 0)
        while count:
            count -= 1
            node = waiting[count]
            mover = node // states
            for spot in range(back.start[node], back.start[node + 1]):
                state = back.to[spot]
                if heard[state] == NOBODY:
                    worst[state] = values[lowest]
                count = hear(heard, state, mover, idle, waiting, count)
    return worst


@njit
def hear(
    heard: NDArray[np.int16],
    state: int,
    mover: int,
    idle: int,
    waiting: NDArray[np.int64],
    count: int,
) -> int:
    """Note that a mover leads from a state to some value, and for which last movers this is news.

    It is for all but itself, unless they have `heard` of a lower value; for `EVERYBODY` where the
    value is the state's own. Whoever moved last to the state waits as `mover * states + state`.
    """
    before = heard[state]
    if before in (mover, EVERYBODY):
        return count
    heard[state] = mover if before == NOBODY else EVERYBODY
    for last in range(len(waiting) // len(heard)):
        if last not in (mover, idle) and before in (NOBODY, last):
            waiting[count] = last * len(heard) + state
            count += 1
    return count
