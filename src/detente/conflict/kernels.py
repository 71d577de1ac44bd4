"""The compiled loops over lines: small, free of branches where it matters, and nothing else.

The strategies of an actor with one-way options are told apart by part (see
`detente.conflict.moves`); one that can take back all it does has a single part. Indices are
unsigned, which spares a check for negative ones; nothing is handed to an inner function but whole
arrays, since views are counted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.conflict.moves import Lines

__all__ = [
    "NOTHING",
    "anything",
    "hopes",
    "improvements",
    "moves",
    "njit",
    "one_way_hopes",
    "sort_lines",
]

Compiled = TypeVar("Compiled", bound=Callable[..., Any])

NOTHING = np.int32(2**31 - 1)
"""The least of no values at all."""


def njit(function: Compiled) -> Compiled:
    """`numba.njit`, kept on disk, typed, and letting other threads run meanwhile."""
    return cast(Compiled, numba.njit(cache=True, nogil=True)(function))


@njit
def sort_lines(ranks: NDArray[np.int32], lines: Lines, order: NDArray[Any]) -> None:
    """Write each line's strategies from best to worst, as `line_order` says."""
    bases, offsets = lines.bases, lines.offsets
    rank = np.empty(len(offsets), np.int32)
    place = np.empty(len(offsets), np.int64)  # how many come before
    for line in range(len(bases)):
        for strategy in range(len(offsets)):
            rank[strategy] = ranks[bases[line] + offsets[strategy]]
            place[strategy] = strategy
            for earlier in range(strategy):
                behind = rank[earlier] < rank[strategy]
                place[earlier] += behind
                place[strategy] -= behind
        for strategy in range(len(offsets)):
            order[line, place[strategy]] = 2 * strategy
        for spot in range(1, len(offsets)):
            one, next_one = order[line, spot - 1] >> 1, order[line, spot] >> 1
            order[line, spot] += rank[next_one] < rank[one]


@njit
def anything(values: NDArray[np.int32], lines: Lines) -> None:
    """Lower each value to the least among all states in which the lines' actor does the same.

    That is what the others can reach where every state is feasible and all can be taken back.
    """
    bases, offsets = lines.bases, lines.offsets
    least = np.full(len(offsets), NOTHING)
    for line in range(len(bases)):
        for strategy in range(len(offsets)):
            value = values[bases[line] + offsets[strategy]]
            least[strategy] = min(least[strategy], value)
    for line in range(len(bases)):
        for strategy in range(len(offsets)):
            values[bases[line] + offsets[strategy]] = least[strategy]


@njit
def moves(values: NDArray[np.int32], mask: NDArray[np.bool_], lines: Lines) -> bool:
    """Lower each value to the least that moves on its line lead to; whether any was lowered.

    Values of infeasible states are `NOTHING`, and remain so.
    """
    bases, bars = lines.bases, lines.bars
    firsts, free = split(lines)
    own = np.empty(len(bars), np.int32)
    any_lower = False
    for line in range(len(bases)):
        for part in range(len(bars)):
            first, least = bases[line] + firsts[part], NOTHING
            for place in range(len(free)):
                least = min(least, values[first + free[place]])
            own[part] = least
        for part in range(len(bars)):
            first, least = bases[line] + firsts[part], NOTHING
            for to in range(len(bars)):
                least = min(least, max(own[to], bars[to, part]))
            for place in range(len(free)):
                state = first + free[place]
                value = values[state]
                lower = (least < value) & mask[state]
                any_lower |= lower
                values[state] = least if lower else value
    return any_lower


@njit
def split(lines: Lines) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The offset of each part, and those that the strategies of one part have from there."""
    offsets, parts = lines.offsets, lines.parts
    firsts = np.empty(len(lines.bars), np.uint32)
    for strategy in range(len(offsets) - 1, -1, -1):
        firsts[parts[strategy]] = offsets[strategy]
    return firsts, offsets[parts == parts[0]] - offsets[0]


@njit
def hopes(
    ranks: NDArray[np.int32], worst: NDArray[np.int32], lines: Lines, found: NDArray[np.int32]
) -> None:
    """Write the greatest that each line holds of the lesser of a state's rank and its worst."""
    bases, offsets = lines.bases, lines.offsets
    for line in range(len(bases)):
        hope = -NOTHING
        for strategy in range(len(offsets)):
            state = bases[line] + offsets[strategy]
            hope = max(hope, min(ranks[state], worst[state]))
        for strategy in range(len(offsets)):
            found[bases[line] + offsets[strategy]] = hope


@njit
def one_way_hopes(
    ranks: NDArray[np.int32], worst: NDArray[np.int32], lines: Lines, found: NDArray[np.int32]
) -> None:
    """As `hopes`, for each part by itself."""
    bases, bars = lines.bases, lines.bars
    firsts, free = split(lines)
    own = np.empty(len(bars), np.int32)
    for line in range(len(bases)):
        for part in range(len(bars)):
            first, hope = bases[line] + firsts[part], -NOTHING
            for place in range(len(free)):
                state = first + free[place]
                hope = max(hope, min(ranks[state], worst[state]))
            own[part] = hope
        for part in range(len(bars)):
            first, hope = bases[line] + firsts[part], -NOTHING
            for to in range(len(bars)):
                hope = max(hope, min(own[to], -bars[to, part]))
            for place in range(len(free)):
                found[first + free[place]] = hope


@njit
def improvements(
    values: NDArray[np.int32],
    lines: Lines,
    order: NDArray[Any],
    lowered: NDArray[np.int32],
    turn: int,
    since: int,
) -> bool:
    """Lower each value to the least among its improvements; whether any was lowered.

    `order` is that of `detente.conflict.relaxation.line_order`. Infeasible states come last in
    it, so they are nobody's improvement. Lines on which nothing was `lowered` in turn `since` or
    later are passed over; where lines are, this `turn` is noted. Turns count from 1: what happens
    before is not noted, and all lines are looked at.
    """
    bases, offsets, one_way = lines.bases, lines.offsets, len(lines.bars) > 1
    any_lower = False
    for line in range(len(bases)):
        base = bases[line]
        if since > 0 and not news(base, offsets, lowered, since):
            continue
        if one_way:
            lower = one_way_line_improvements(values, lines, order, line)
        else:
            lower = line_improvements(values, lines, order, line)
        any_lower |= lower
        if lower and turn > 0:
            for strategy in range(len(offsets)):
                lowered[base + offsets[strategy]] = turn
    return any_lower


@njit
def news(base: int, offsets: NDArray[np.uint32], lowered: NDArray[np.int32], since: int) -> bool:
    """Whether anything on a line was lowered in that turn or later."""
    latest = np.int32(0)
    for strategy in range(len(offsets)):
        latest = max(latest, lowered[base + offsets[strategy]])
    return bool(latest >= since)


@njit
def line_improvements(
    values: NDArray[np.int32], lines: Lines, order: NDArray[Any], line: int
) -> bool:
    """As `improvements`, on one line."""
    base, offsets = lines.bases[line], lines.offsets
    least = seen = NOTHING
    lower = False
    for place in range(len(offsets)):
        entry = order[line, place]
        state = base + offsets[entry >> 1]
        least = seen if entry & 1 else least
        value = values[state]
        lower |= least < value
        values[state] = min(value, least)
        seen = min(seen, value, least)
    return lower


@njit
def one_way_line_improvements(
    values: NDArray[np.int32], lines: Lines, order: NDArray[Any], line: int
) -> bool:
    """As `improvements`, on one line, for one part after the other."""
    base, offsets, parts, bars = lines.bases[line], lines.offsets, lines.parts, lines.bars
    any_lower = False
    for part in range(len(bars)):
        least = seen = NOTHING
        for place in range(len(offsets)):
            entry = order[line, place]
            state, own = base + offsets[entry >> 1], parts[entry >> 1]
            least = seen if entry & 1 else least
            value = values[state]
            lower = (own == part) & (least < value)
            any_lower |= lower
            value = least if lower else value
            values[state] = value
            seen = min(seen, max(value, bars[own, part]))
    return any_lower
