"""Sequential stability among the states that improvements lead to, and among no others.

Whatever anybody's improvements lead to from a visited state was visited too. So the visited states
hold all that their own stability under SEQ rests on, and the definition of `concepts.seq`
is worked out on them as `detente.conflict.relaxation` works it out on a whole space.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.kernels import NOTHING, njit

if TYPE_CHECKING:
    from detente.conflict.board import Choices, Parts, Rows, Steps

__all__ = ["settled"]

SHORT = 24  # states on a line: where there are more, a library sorts them


class Ordered(NamedTuple):
    """The visited states on each line of one mover, from the best to the worst for it."""

    states: NDArray[np.uint32]
    """(visited,)"""
    worse: NDArray[np.bool_]
    """(visited,), whether one is strictly worse than the one before it."""
    bounds: NDArray[np.int64]
    """(lines + 1,)"""
    strategies: NDArray[np.uint32]
    """(visited,), the mover's own strategy in each state, not in this order."""


@njit
def settled(
    ranks: NDArray[np.int32],
    steps: Steps,
    choices: Choices,
    parts: Parts,
    rows: Rows,
    slots: NDArray[np.uint32],
) -> NDArray[np.bool_]:
    """`(visited,) bool`: which of the visited states are SEQ equilibria.

    `rows` are all that improvements lead to from some states; `slots` is room for one number a
    state of the space, whatever stands in it.
    """
    actors = len(steps.start) - 1
    values = np.empty((actors, len(rows)), np.int32)
    for actor in range(actors):
        for row in range(len(rows)):
            values[actor, row] = ranks[rows[row, 1 + actor]]
    lines = [
        ordered(values[mover], steps, rows, mover, slots)
        if choices.start[mover + 1] - choices.start[mover] > 1
        else nothing()
        for mover in range(actors)
    ]
    stable = np.ones(len(rows), np.bool_)
    for actor in range(actors):
        if len(lines[actor].bounds) > 1:
            stable &= deterred(values[actor], lines, actor, parts)
    return stable


@njit
def deterred(
    own: NDArray[np.int32], lines: list[Ordered], actor: int, parts: Parts
) -> NDArray[np.bool_]:
    """`(visited,) bool`: where every improvement of the actor may end in something no better."""
    worst = own.copy()
    calm = turn = 0
    while calm < len(lines) - 1:
        mover = turn % len(lines)
        turn += 1
        if mover != actor:
            calm = 1 if relax(worst, worst, lines[mover], mover, parts) else calm + 1
    hope = np.full(len(own), NOTHING, np.int32)
    relax(-worst, hope, lines[actor], actor, parts)
    return -hope <= own


@njit
def relax(
    source: NDArray[np.int32], target: NDArray[np.int32], line: Ordered, mover: int, parts: Parts
) -> bool:
    """Lower each target to the least source among its improvements; whether any was lowered."""
    if parts.counts[mover] > 1:
        return relax_one_way(source, target, line, mover, parts)
    lowered = False
    for place in range(len(line.bounds) - 1):
        least = seen = NOTHING
        for spot in range(line.bounds[place], line.bounds[place + 1]):
            state = line.states[spot]
            least = seen if line.worse[spot] else least
            lowered |= least < target[state]
            target[state] = min(least, target[state])
            seen = min(seen, source[state])
    return lowered


@njit
def relax_one_way(
    source: NDArray[np.int32], target: NDArray[np.int32], line: Ordered, mover: int, parts: Parts
) -> bool:
    """As `relax`, with a least source for each part."""
    count, start = parts.counts[mover], parts.starts[mover]
    bars = parts.bars[start : start + count * count].reshape(count, count)
    least = np.empty(count, np.int32)
    seen = np.empty(count, np.int32)
    lowered = False
    for place in range(len(line.bounds) - 1):
        least[:] = NOTHING
        seen[:] = NOTHING
        for spot in range(line.bounds[place], line.bounds[place + 1]):
            state = line.states[spot]
            to = parts.of[line.strategies[state]]
            if line.worse[spot]:
                least[:] = seen
            lowered |= least[to] < target[state]
            target[state] = min(least[to], target[state])
            for part in range(count):
                seen[part] = min(seen[part], max(source[state], bars[to, part]))
    return lowered


# -------------------------------------------------------------------------------------- the lines


@njit
def nothing() -> Ordered:
    """The lines of nobody."""
    return Ordered(
        np.empty(0, np.uint32),
        np.empty(0, np.bool_),
        np.zeros(1, np.int64),
        np.empty(0, np.uint32),
    )


@njit
def ordered(
    values: NDArray[np.int32], steps: Steps, rows: Rows, mover: int, slots: NDArray[np.uint32]
) -> Ordered:
    """The visited states by line; lines on which all are alike say nothing and are left out."""
    strategies = rows[:, len(steps.start) + mover].copy()
    states, bounds = grouped(steps, rows, strategies, slots)
    worse = np.zeros(len(states), np.bool_)
    kept = spot = begin = 0
    for line in range(len(bounds) - 1):
        end = bounds[line + 1]
        sort(states[begin:end], values)
        differ = False
        for place in range(begin, end):
            worse[spot + place - begin] = (
                place > begin and values[states[place]] < values[states[place - 1]]
            )
            differ |= worse[spot + place - begin]
        if differ:
            states[spot : spot + end - begin] = states[begin:end].copy()
            spot += end - begin
            kept += 1
            bounds[kept] = spot
        begin = end
    return Ordered(states[:spot].copy(), worse[:spot].copy(), bounds[: kept + 1].copy(), strategies)


@njit
def grouped(
    steps: Steps, rows: Rows, strategies: NDArray[np.uint32], slots: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The visited states with those of a line side by side, and where each line begins."""
    bases = np.empty(len(rows), np.uint32)
    line_of = np.empty(len(rows), np.uint32)
    counts = np.zeros(len(rows), np.int64)
    lines = 0
    for row in range(len(rows)):
        base = np.uint32(rows[row, 0] - steps.rows[strategies[row], 0])
        line = slots[base]
        # What stands in a slot counts only if the line that it names says the same.
        if not (line < lines and bases[line] == base):
            line = np.uint32(lines)
            slots[base], bases[line] = line, base
            lines += 1
        line_of[row] = line
        counts[line] += 1
    bounds = np.zeros(lines + 1, np.int64)
    bounds[1:] = np.cumsum(counts[:lines])
    free = bounds.copy()
    states = np.empty(len(rows), np.uint32)
    for row in range(len(rows)):
        states[free[line_of[row]]] = row
        free[line_of[row]] += 1
    return states, bounds


@njit
def sort(states: NDArray[np.uint32], values: NDArray[np.int32]) -> None:
    """Sort states from the best to the worst."""
    if len(states) > SHORT:
        keys = np.empty(len(states), np.int32)
        for place in range(len(states)):
            keys[place] = -values[states[place]]
        states[:] = states[np.argsort(keys)]
        return
    for place in range(1, len(states)):
        moved, spot = states[place], place
        while spot > 0 and values[states[spot - 1]] < values[moved]:
            states[spot] = states[spot - 1]
            spot -= 1
        states[spot] = moved
