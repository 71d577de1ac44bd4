"""What unilateral improvements lead to, searched from single states.

Status quo analysis [LiKilgourHipel2005] asks which equilibria can be attained from where things
stand. The search touches only the states it visits: no concept is solved on the whole space.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detente.conflict.kernels import njit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from detente.conflict.model import Conflict
    from detente.conflict.moves import Jumps

__all__ = ["Step", "attainable", "improvement_paths", "moves", "shortest_path"]

UNSEEN = -1


class Step(NamedTuple):
    """One move: who makes it, and the state it ends in."""

    actor: str
    state: int


def attainable(
    conflict: Conflict,
    starts: Sequence[int] | NDArray[np.integer],
    equilibria: NDArray[np.bool_] | None = None,
) -> NDArray[np.int64]:
    """The equilibria that unilateral improvements lead to from any of these states.

    A sequence of improvements, by any actors, ends at the first equilibrium it meets; one that
    starts in an equilibrium ends there.

    Parameters
    ----------
    conflict
        Whose improvements.
    starts
        Feasible states.
    equilibria
        `(states,) bool`; the Nash equilibria if left out, which are found on the way.

    Returns
    -------
    ndarray
        `(attained,) int64`, sorted.

    References
    ----------
    [LiKilgourHipel2005]
    """
    stops = np.zeros(0, dtype=np.bool_) if equilibria is None else equilibria
    ends, _ = _improvements(conflict, starts, stops)
    return np.sort(ends)


def improvement_paths(
    conflict: Conflict, start: int, targets: Iterable[int]
) -> dict[int, tuple[Step, ...]]:
    """A shortest sequence of unilateral improvements to each target that can be reached.

    No sequence passes through another target.

    Parameters
    ----------
    conflict
        Whose improvements.
    start
        A feasible state.
    targets
        Where sequences end, such as the attainable equilibria.

    Returns
    -------
    dict
        Target -> its steps, none where the start is a target itself; targets out of reach are
        left out.
    """
    stops = np.zeros(conflict.space.size, dtype=np.bool_)
    stops[list(targets)] = True
    ends, parents = _improvements(conflict, [start], stops)
    return {int(end): _steps(conflict, parents, int(end)) for end in np.sort(ends) if stops[end]}


def moves(conflict: Conflict, actor: str, state: int) -> NDArray[np.int64]:
    """The feasible states the actor can move to from this one, in ascending order."""
    jumps, row = conflict.space.jumps, conflict.actors.index(actor)
    own, guard = own_strategy(jumps, row, state), jumps.guards[row]
    strategies = slice(jumps.start[row], jumps.start[row + 1])
    after = state - jumps.offsets[own] + jumps.offsets[strategies]
    allowed = ((jumps.heights[strategies] | guard) - jumps.heights[own]) & guard == guard
    return np.sort(after[allowed & conflict.space.mask[after] & (after != state)])


def shortest_path(
    conflict: Conflict,
    start: int,
    targets: NDArray[np.bool_],
    movers: Sequence[str],
    *,
    improving: bool,
) -> tuple[Step, ...] | None:
    """A shortest sequence of moves by these actors to any of the targets, or None.

    Nobody moves twice in a row in it: one move would have done.
    """
    rows = np.array([conflict.actors.index(mover) for mover in movers], dtype=np.int64)
    jumps, starts = conflict.space.jumps, np.array([start])
    ends, parents = search(conflict.ranks, jumps, rows, improving, starts, targets, True)
    return _steps(conflict, parents, int(ends[0])) if len(ends) else None


def _improvements(
    conflict: Conflict, starts: Sequence[int] | NDArray[np.integer], stops: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    rows = np.arange(len(conflict.actors))
    from_here = np.unique(np.asarray(starts, dtype=np.int64))
    return search(conflict.ranks, conflict.space.jumps, rows, True, from_here, stops, False)


def _steps(conflict: Conflict, parents: NDArray[np.int32], end: int) -> tuple[Step, ...]:
    """The steps of the search that led here."""
    states = [end]
    while parents[states[-1]] != states[-1]:
        states.append(int(parents[states[-1]]))
    states.reverse()
    return tuple(
        Step(_mover(conflict, before, after), after) for before, after in itertools.pairwise(states)
    )


def _mover(conflict: Conflict, before: int, after: int) -> str:
    """Whose options differ between two states one move apart."""
    shape = conflict.space.shape
    changed = np.not_equal(np.unravel_index(before, shape), np.unravel_index(after, shape))
    return conflict.space.options[int(np.argmax(changed))].actor


@njit
def search(  # noqa: PLR0913 - compiled code takes arrays
    ranks: NDArray[np.int32],
    jumps: Jumps,
    movers: NDArray[np.int64],
    improving: bool,
    starts: NDArray[np.int64],
    stops: NDArray[np.bool_],
    first_only: bool,
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Breadth first from the starts: where sequences end, and from where each state was seen.

    Sequences end in the stops (after the first one found, with `first_only`), or, where no stops
    are given, where nobody has a move left.
    """
    parents = np.full(ranks.shape[1], UNSEEN, np.int32)
    queue = np.empty(ranks.shape[1], np.int32)
    ends = np.empty(ranks.shape[1], np.int64)
    parents[starts] = starts
    queue[: len(starts)] = starts
    head, tail, ended = 0, len(starts), 0
    while head < tail and not (first_only and ended):
        state = queue[head]
        head += 1
        stuck = True
        if len(stops) == 0 or not stops[state]:
            for mover in movers:
                own = own_strategy(jumps, mover, state)
                floor = ranks[mover, state] if improving else UNSEEN
                for strategy in range(jumps.start[mover], jumps.start[mover + 1]):
                    after = state - jumps.offsets[own] + jumps.offsets[strategy]
                    if ranks[mover, after] > floor and allowed(jumps, mover, own, strategy):
                        stuck = False
                        if parents[after] == UNSEEN:
                            parents[after] = state
                            queue[tail] = after
                            tail += 1
        if stuck and (len(stops) == 0 or stops[state]):
            ends[ended] = state
            ended += 1
    return ends[:ended], parents


@njit
def own_strategy(jumps: Jumps, mover: int, state: int) -> int:
    """Which of the mover's strategies a state has."""
    own = 0
    for run in range(jumps.run_start[mover], jumps.run_start[mover + 1]):
        own = own * jumps.run_length[run] + state // jumps.run_stride[run] % jumps.run_length[run]
    return own + int(jumps.start[mover])


@njit
def allowed(jumps: Jumps, mover: int, own: int, strategy: int) -> bool:
    """Whether no one-way option goes back: no field of the heights shrinks."""
    guard = jumps.guards[mover]
    return bool(((jumps.heights[strategy] | guard) - jumps.heights[own]) & guard == guard)
