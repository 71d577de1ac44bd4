"""Whether one state is stable, searched from that state alone.

What answers an improvement is looked for among what the others can reach from it; no concept is
solved on the whole space. The others leave the actor's own options alone, so a search stays among
the states that share them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.kernels import njit
from detente.conflict.reach import moves
from detente.conflict.search import allowed, own_strategy

if TYPE_CHECKING:
    from collections.abc import Collection

    from detente.conflict.model import Conflict
    from detente.conflict.moves import Jumps

__all__ = ["stable_at"]

UNSEEN = -1


class Question(NamedTuple):
    """What counts as an answer to an improvement; compiled code takes it as it is."""

    actor: int
    """The row of the actor who is to be deterred."""
    worth: int
    """The actor's rank of the state in question: an answer leaves it no better off."""
    others: NDArray[np.int64]
    """The rows of those who can answer."""
    improving: bool
    """Whether each of their moves must improve on where it is made, for whoever makes it."""
    final: bool
    """Whether the actor must have no way out of the answer."""


def stable_at(
    conflict: Conflict, actor: str, state: int, concept: str, frozen: Collection[str] = ()
) -> bool:
    """Whether a state is stable for an actor.

    Parameters
    ----------
    conflict
        The graph model.
    actor, state, concept
        The verdict in question: a feasible state, and one of `nash`, `gmr`, `smr`, `seq`.
    frozen
        Actors who cannot move.

    References
    ----------
    [FangHipelKilgour1993], ch. 3.
    """
    ranks, space = conflict.ranks_of(actor), conflict.space
    choices = moves(conflict, actor, state)
    better = choices[ranks[choices] > ranks[state]]
    if actor in frozen or not better.size or concept == "nash":
        return actor in frozen or not better.size
    others = [conflict.actors.index(each) for each in conflict.others(actor) if each not in frozen]
    question = Question(
        conflict.actors.index(actor),
        int(ranks[state]),
        np.array(others, dtype=np.int64),
        concept == "seq",
        concept == "smr",
    )
    return bool(all_answered(conflict.ranks, space.jumps, question, better))


@njit
def all_answered(
    ranks: NDArray[np.int32],
    jumps: Jumps,
    question: Question,
    improvements: NDArray[np.int64],
) -> bool:
    """Whether each improvement has an answer."""
    seen = np.full(ranks.shape[1], UNSEEN, np.int32)
    queue = np.empty(ranks.shape[1], np.int32)
    for turn in range(len(improvements)):
        queue[0] = improvements[turn]
        seen[queue[0]] = turn
        if not answered(ranks, jumps, question, queue, seen, turn):
            return False
    return True


@njit
def answered(
    ranks: NDArray[np.int32],
    jumps: Jumps,
    question: Question,
    queue: NDArray[np.int32],
    seen: NDArray[np.int32],
    turn: int,
) -> bool:
    """Whether the others reach an answer from the state at the head of the queue."""
    head, tail = 0, 1
    while head < tail:
        state = queue[head]
        head += 1
        for mover in question.others:
            own = own_strategy(jumps, mover, state)
            floor = ranks[mover, state] if question.improving else UNSEEN
            for strategy in range(jumps.start[mover], jumps.start[mover + 1]):
                after = state - jumps.offsets[own] + jumps.offsets[strategy]
                is_new = seen[after] != turn and ranks[mover, after] > floor
                if is_new and allowed(jumps, mover, own, strategy):
                    if is_answer(ranks, jumps, question, after):
                        return True
                    seen[after] = turn
                    queue[tail] = after
                    tail += 1
    return False


@njit
def is_answer(ranks: NDArray[np.int32], jumps: Jumps, question: Question, state: int) -> bool:
    """Whether a state is no better for the actor, nor, where that matters, its way out of it."""
    actor = question.actor
    if ranks[actor, state] > question.worth:
        return False
    own = own_strategy(jumps, actor, state)
    last = jumps.start[actor + 1] if question.final else jumps.start[actor]
    for strategy in range(jumps.start[actor], last):
        after = state - jumps.offsets[own] + jumps.offsets[strategy]
        if ranks[actor, after] > question.worth and allowed(jumps, actor, own, strategy):
            return False
    return True
