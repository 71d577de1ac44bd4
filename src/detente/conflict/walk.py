"""The compiled walk over a board, depth first: from single states, by moves or improvements.

It touches what it visits and nothing else. Rows are those of `detente.conflict.board`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.kernels import NOTHING, njit

if TYPE_CHECKING:
    from detente.conflict.board import Choices, Rows, Steps

__all__ = ["ANSWERED", "IMPOSSIBLE", "KEPT_FROM", "MARKS", "TOO_SHORT", "Memory", "Quest", "walk"]

KEPT_FROM = 5  # strategies: where there are fewer, looking again is faster than remembering
IMPOSSIBLE = np.uint8(255)
MARKS = 254  # walks before `seen` has to be cleared
TOO_SHORT, ANSWERED = -1, -2


class Memory(NamedTuple):
    """What a walk remembers, kept from one walk to the next so that nothing is allocated."""

    seen: NDArray[np.uint8]
    """(states,), the mark of the last walk that saw a state; `IMPOSSIBLE` where infeasible."""
    floors: NDArray[np.int32]
    """(lines,), from how far down an actor has looked along a line; `NOTHING` where it has not."""
    bests: NDArray[np.int32]
    """(lines,), the best rank it saw; -1 where it saw none."""
    queue: Rows
    """(room, columns), the states visited."""
    ends: NDArray[np.bool_]
    """(room,), where nothing leads on from them."""
    open: Rows
    """(room,), the places in the queue of those not yet looked from, the next one last."""
    better: Rows
    """(strategies,), those under consideration."""


class Quest(NamedTuple):
    """Who walks, and what for."""

    movers: NDArray[np.int64]
    """Those with a choice."""
    improving: bool
    """Whether each move must improve on where it is made, for whoever makes it."""
    deterred: int
    """The actor to whom an answer is sought: the first state at which the walk ends; -1: none."""
    worth: int
    """An answer is worth no more to it."""
    final: bool
    """Whether it must have no way out of an answer to anything worth more."""
    enough: int
    """The walk is over when it has met so many ends; -1: when there is nothing left to look at."""


@njit
def walk(  # noqa: C901, PLR0913 - a call for each look costs more than the look
    ranks: NDArray[np.int32],
    steps: Steps,
    choices: Choices,
    starts: Rows,
    stops: NDArray[np.bool_],
    quest: Quest,
    memory: Memory,
    mark: int,
) -> int:
    """How many states moves lead to from the starts; `TOO_SHORT` of a queue, or `ANSWERED`.

    The walk does not lead on from the stops, and they alone are ends; where none are given, the
    ends are the states from which nobody moves. It goes deep first, so as to meet ends early.
    Along a line an actor looks only for what it has not seen from further up. The loops over
    strategies have no branches: whether one rank is above another is what no processor can foresee.
    """
    start, rows, places = choices.start, steps.rows, steps.places
    heights, guards, strategies = steps.heights, steps.guards, choices.strategies
    seen, floors, bests = memory.seen, memory.floors, memory.bests
    queue, better, finals, left = memory.queue, memory.better, memory.ends, memory.open
    actors, columns, movers = len(start) - 1, queue.shape[1], quest.movers
    tail, room, answered, ended = len(starts), len(queue) - len(strategies), False, 0
    waiting = min(tail, len(queue))
    for row in range(waiting):
        queue[row], left[row], finals[row] = starts[row], row, False
        seen[starts[row, 0]] = mark
    while waiting and tail <= room and ended != quest.enough and not answered:
        waiting -= 1
        head = left[waiting]
        state = queue[head, 0]
        ends = len(stops) == 0 or stops[state]
        for mover in movers[: 0 if ends and len(stops) else len(movers)]:
            first, last = start[mover], start[mover + 1]
            here, line = queue[head, 1 + mover], queue[head, 1 + 2 * actors + mover]
            floor, above, best = ranks[here] if quest.improving else np.int32(-1), NOTHING, -1
            kept = last - first >= KEPT_FROM
            if kept:
                above, best = floors[line], bests[line]
                if above <= floor:
                    ends &= best <= floor
                    continue
            own, guard, count, fresh = queue[head, 1 + actors + mover], guards[mover], 0, 0
            base, home = here - places[own], state - rows[own, 0]
            for choice in range(first, last):
                strategy = strategies[choice]
                rank = ranks[base + places[strategy]]
                better[count] = strategy
                count += (floor < rank) & (rank <= above)
            for place in range(count):
                strategy = better[place]
                was = seen[home + rows[strategy, 0]]
                leads = ((heights[strategy] | guard) - heights[own]) & guard == guard
                leads &= (was != IMPOSSIBLE) & (strategy != own)
                best = max(best, ranks[base + places[strategy]] if leads else -1)
                better[fresh] = strategy
                fresh += leads & (was != mark)
            for place in range(fresh):
                strategy = better[place]
                seen[home + rows[strategy, 0]] = mark
                for column in range(columns):
                    queue[tail, column] = (
                        queue[head, column] - rows[own, column] + rows[strategy, column]
                    )
                if quest.deterred >= 0 and ranks[queue[tail, 1 + quest.deterred]] <= quest.worth:
                    answered |= is_answer(ranks, steps, choices, quest, queue[tail], seen)
                left[waiting], finals[tail] = tail, False
                waiting += 1
                tail += 1
            if kept:
                floors[line], bests[line] = floor, best
            ends &= best <= floor
        finals[head] = ends
        ended += ends
    forget(choices, memory, min(tail, len(queue)))
    if answered:
        return ANSWERED
    return tail if tail <= room else TOO_SHORT


@njit
def forget(choices: Choices, memory: Memory, visited: int) -> None:
    """Clear what was kept of the lines of the first states in the queue."""
    actors = len(choices.start) - 1
    for mover in range(actors):
        if choices.start[mover + 1] - choices.start[mover] >= KEPT_FROM:
            for row in range(visited):
                line = memory.queue[row, 1 + 2 * actors + mover]
                memory.floors[line], memory.bests[line] = NOTHING, -1


@njit
def is_answer(
    ranks: NDArray[np.int32],
    steps: Steps,
    choices: Choices,
    quest: Quest,
    row: Rows,
    seen: NDArray[np.uint8],
) -> bool:
    """Whether the actor, where that matters, has no way out of a state worth no more to it."""
    actor = quest.deterred
    here, own = row[1 + actor], row[len(steps.start) + actor]
    guard, home = steps.guards[actor], row[0] - steps.rows[own, 0]
    for choice in range(choices.start[actor], choices.start[actor + 1]):
        strategy = choices.strategies[choice]
        if (
            quest.final
            and ranks[here - steps.places[own] + steps.places[strategy]] > quest.worth
            and ((steps.heights[strategy] | guard) - steps.heights[own]) & guard == guard
            and seen[home + steps.rows[strategy, 0]] != IMPOSSIBLE
        ):
            return False
    return True
