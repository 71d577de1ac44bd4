"""The compiled search from single states, breadth first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.conflict.kernels import NOTHING, njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.conflict.moves import Jumps

__all__ = ["NO_STOPS", "UNSEEN", "allowed", "own_strategy", "search"]

UNSEEN = -1
NO_STOPS = np.zeros(0, dtype=np.bool_)


@njit
def search(  # noqa: PLR0913 - compiled code takes arrays
    ranks: NDArray[np.int32],
    jumps: Jumps,
    movers: NDArray[np.uint32],
    improving: bool,
    starts: NDArray[np.uint32],
    stops: NDArray[np.bool_],
    first_only: bool,
) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Where sequences of moves from the starts end, and from where each state was seen first.

    Sequences end in the stops (all that are met, or the first alone), or, where no stops are
    given, where nobody has a move left. For each actor, line and part, `looked` keeps from how
    far down the actor has looked for moves (0 is not at all), since from further up it would see
    no others, and the best rank it saw.
    """
    queue = np.empty(ranks.shape[1], np.uint32)
    parents = np.full(ranks.shape[1], UNSEEN, np.int32)
    looked = np.zeros((*ranks.shape, 2), np.uint32)
    queue[: len(starts)] = starts
    parents[starts] = starts
    head, tail, ended = 0, len(starts), 0
    while head < tail and not (first_only and ended):
        state = queue[head]
        head += 1
        ends = len(stops) == 0 or stops[state]
        for mover in movers[: 0 if ends and len(stops) else len(movers)]:
            own = own_strategy(jumps, mover, state)
            base, part = state - jumps.offsets[own], state - jumps.free[own]
            floor = ranks[mover, state] if improving else UNSEEN
            if NOTHING - floor > looked[mover, part, 0]:
                best = 0
                for strategy in range(jumps.start[mover], jumps.start[mover + 1]):
                    after = base + jumps.offsets[strategy]
                    rank = ranks[mover, after]
                    if rank > floor and allowed(jumps, mover, own, strategy):
                        best = max(best, rank)
                        if parents[after] == UNSEEN:
                            parents[after] = state
                            queue[tail] = after
                            tail += 1
                looked[mover, part, 0] = NOTHING - floor
                looked[mover, part, 1] = best
            ends &= looked[mover, part, 1] <= floor
        if ends:
            queue[ended] = state  # only what lies ahead in the queue is still needed
            ended += 1
    return queue[:ended].copy(), parents


@njit
def own_strategy(jumps: Jumps, mover: int, state: int) -> int:
    """Which of the mover's strategies a state has."""
    own, place = np.uint64(0), np.uint32(state)  # signed and unsigned would mix to a float
    for run in range(jumps.run_start[mover], jumps.run_start[mover + 1]):
        length, stride = jumps.run_length[run], jumps.run_stride[run]
        own = own * length + place // stride % length
    return own + jumps.start[mover]  # type: ignore[no-any-return]


@njit
def allowed(jumps: Jumps, mover: int, own: int, strategy: int) -> bool:
    """Whether no one-way option goes back: no field of the heights shrinks."""
    guard = jumps.guards[mover]
    return bool(((jumps.heights[strategy] | guard) - jumps.heights[own]) & guard == guard)
