"""What the others can make of a single move: all states that their answers lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import numpy as np
from numpy.typing import NDArray

from detente.conflict.arcs import arcs, improving
from detente.conflict.reach import moves
from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.case.situation import Levels
    from detente.conflict.arcs import Arcs
    from detente.conflict.model import Conflict

__all__ = ["led_to", "made_at_once", "refuse_many"]

States = NDArray[np.int64]

NOBODY = -1
MOST_AT_ONCE = 2**24  # states


def led_to(conflict: Conflict, actor: str, state: int, *, improved: bool) -> States:
    """A state and all that legal sequences of the others lead to from it, sorted.

    Parameters
    ----------
    conflict
        Whose moves.
    actor
        Who does not move.
    state
        Where it has moved to.
    improved
        Whether every move improves on where it is made, for its mover.
    """
    if not conflict.space.transitive:
        written: Callable[[Conflict, str], Arcs] = improving if improved else arcs
        return _walked([written(conflict, other) for other in conflict.others(actor)], state)
    own, here = _strategy(conflict, actor, state), np.array([state])
    if improved:  # the actor's options are fixed, so that only the others move
        return np.sort(conflict.board.visited(own, here)[:, 0]).astype(np.int64)
    return conflict.board.reachable(own, here)


def _strategy(conflict: Conflict, actor: str, state: int) -> Levels:
    """The levels of the actor's own options."""
    space = conflict.space
    positions = zip(space.origin, np.unravel_index(state, space.shape), strict=True)
    return {
        option.id: first + int(position)
        for option, (first, position) in zip(space.options, positions, strict=True)
        if option.actor == actor
    }


def _walked(others: list[Arcs], start: int) -> States:
    """The same where moves are written out: nobody moves twice in a row."""
    frontier = [(start, NOBODY)]
    seen = set(frontier)
    while frontier:
        frontier = [
            (after, mover)
            for state, last in frontier
            for mover, moves_of in enumerate(others)
            if mover != last
            for after in moves_of.of(state).tolist()
        ]
        frontier = [each for each in dict.fromkeys(frontier) if each not in seen]
        seen.update(frontier)
    return np.array(sorted({state for state, _ in seen}), dtype=np.int64)


def made_at_once(conflict: Conflict, actor: str, start: int, state: int) -> States:
    """A state and all that others make of it by improving at the same time from another, sorted.

    Parameters
    ----------
    conflict
        In option form.
    actor
        Who moves from `start` to `state`.
    start, state
        Where it has moved from, which is where the others improve from too; and where to.

    Raises
    ------
    CannotAnswer
        In graph form, or where there are too many.
    """
    if not conflict.space.transitive:
        raise CannotAnswer(
            "moves at the same time are not defined in graph form: ask for seq instead"
        )
    ends = np.array([state], dtype=np.int64)
    for other in conflict.others(actor):
        ranks, there = conflict.ranks_of(other), moves(conflict, other, start)
        changes = np.append(there[ranks[there] > ranks[start]], start) - start
        if ends.size * changes.size > MOST_AT_ONCE:
            refuse_many(actor, ends.size * changes.size)
        ends = np.add.outer(changes, ends).reshape(-1)
    return np.sort(ends[conflict.space.mask[ends]])


def refuse_many(actor: str, answers: int) -> NoReturn:
    """Refuse to write down what so many answers ask for."""
    raise CannotAnswer(
        f"one move of `{actor}` has {answers:,} answers, too many to write down what each of them "
        "asks for: freeze options, or leave out smr, sseq and sim"
    )
