"""The compiled loops over lines: small, free of branches where it matters, and nothing else.

Each pair of kernels does the same thing, once for actors that can take back all they do, and once
for those with one-way options, whose strategies must be told apart by part (see
`detente.conflict.moves`). Indices are unsigned, which spares a check for negative ones.
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
    "deterred",
    "improvements",
    "moves",
    "njit",
    "one_way_deterred",
    "one_way_improvements",
    "one_way_moves",
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
    """Lower each value to the least on its line; whether any was lowered.

    Values of infeasible states are never read, and left meaningless.
    """
    bases, offsets = lines.bases, lines.offsets
    lowered = False
    for line in range(len(bases)):
        least, most = NOTHING, np.int32(-NOTHING)
        for strategy in range(len(offsets)):
            state = bases[line] + offsets[strategy]
            value = values[state]
            least = min(least, value if mask[state] else NOTHING)
            most = max(most, value if mask[state] else -NOTHING)
        if least < most:
            lowered = True
            for strategy in range(len(offsets)):
                values[bases[line] + offsets[strategy]] = least
    return lowered


@njit
def one_way_moves(values: NDArray[np.int32], mask: NDArray[np.bool_], lines: Lines) -> bool:
    """As `moves`, with a least value for each part."""
    bases, offsets, parts, bars = lines.bases, lines.offsets, lines.parts, lines.bars
    own = np.empty(len(bars), np.int32)
    least = np.empty(len(bars), np.int32)
    lowered = False
    for line in range(len(bases)):
        own[:] = NOTHING
        for strategy in range(len(offsets)):
            state, part = bases[line] + offsets[strategy], parts[strategy]
            own[part] = min(own[part], values[state] if mask[state] else NOTHING)
        reached(own, bars, least)
        for strategy in range(len(offsets)):
            state, part = bases[line] + offsets[strategy], parts[strategy]
            lowered |= mask[state] and least[part] < values[state]
            values[state] = least[part]
    return lowered


@njit
def reached(own: NDArray[np.int32], bars: NDArray[np.int32], least: NDArray[np.int32]) -> None:
    """Write for each part the least of its own value and those of the parts it leads to."""
    for part in range(len(bars)):
        lowest = NOTHING
        for to in range(len(bars)):
            lowest = min(lowest, max(own[to], bars[to, part]))
        least[part] = lowest


@njit
def deterred(
    ranks: NDArray[np.int32], worst: NDArray[np.int32], lines: Lines, found: NDArray[np.bool_]
) -> None:
    """Write where no state on the line is better than here, and its worst better as well."""
    bases, offsets = lines.bases, lines.offsets
    for line in range(len(bases)):
        hope = -NOTHING
        for strategy in range(len(offsets)):
            state = bases[line] + offsets[strategy]
            hope = max(hope, min(ranks[state], worst[state]))
        for strategy in range(len(offsets)):
            state = bases[line] + offsets[strategy]
            found[state] = hope <= ranks[state]


@njit
def one_way_deterred(
    ranks: NDArray[np.int32], worst: NDArray[np.int32], lines: Lines, found: NDArray[np.bool_]
) -> None:
    """As `deterred`, with a hope for each part."""
    bases, offsets, parts, bars = lines.bases, lines.offsets, lines.parts, lines.bars
    own = np.empty(len(bars), np.int32)
    fear = np.empty(len(bars), np.int32)
    for line in range(len(bases)):
        own[:] = NOTHING
        for strategy in range(len(offsets)):
            state, part = bases[line] + offsets[strategy], parts[strategy]
            own[part] = min(own[part], -min(ranks[state], worst[state]))
        reached(own, bars, fear)
        for strategy in range(len(offsets)):
            state = bases[line] + offsets[strategy]
            found[state] = -fear[parts[strategy]] <= ranks[state]


@njit
def improvements(
    values: NDArray[np.int32],
    lines: Lines,
    order: NDArray[Any],
    news: NDArray[np.unsignedinteger],
    mover: np.unsignedinteger,
) -> bool:
    """Lower each value to the least among its improvements; whether any was lowered.

    `order` is that of `detente.conflict.relaxation.line_order`. Infeasible states come last in
    it, so they are nobody's improvement. `news` has a bit for each mover: set where a value was
    lowered since the mover looked. Lines without news are passed over.
    """
    bases, offsets = lines.bases, lines.offsets
    others = ~mover
    lowered = False
    for line in range(len(bases)):
        heard = news[bases[line]]
        for strategy in range(len(offsets)):
            heard |= news[bases[line] + offsets[strategy]]
        if not heard & mover:
            continue
        least = seen = NOTHING
        for place in range(len(offsets)):
            entry = order[line, place]
            state = bases[line] + offsets[entry >> 1]
            least = seen if entry & 1 else least
            value = values[state]
            lower = least < value
            lowered |= lower
            news[state] = others if lower else news[state] & others
            values[state] = min(value, least)
            seen = min(seen, value, least)
    return lowered


@njit
def one_way_improvements(
    values: NDArray[np.int32],
    lines: Lines,
    order: NDArray[Any],
    news: NDArray[np.unsignedinteger],
    mover: np.unsignedinteger,
) -> bool:
    """As `improvements`, for one part after the other."""
    bases, offsets, parts, bars = lines.bases, lines.offsets, lines.parts, lines.bars
    others = ~mover
    lowered = False
    for line in range(len(bases)):
        heard = news[bases[line]]
        for strategy in range(len(offsets)):
            heard |= news[bases[line] + offsets[strategy]]
        if not heard & mover:
            continue
        for part in range(len(bars)):
            least = seen = NOTHING
            for place in range(len(offsets)):
                entry = order[line, place]
                strategy = entry >> 1
                state = bases[line] + offsets[strategy]
                least = seen if entry & 1 else least
                value = values[state]
                lower = (parts[strategy] == part) & (least < value)
                value = least if lower else value
                lowered |= lower
                news[state] = others if lower else news[state] & others
                values[state] = value
                seen = min(seen, max(value, bars[parts[strategy], part]))
    return lowered
