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
    "improvements",
    "moves",
    "njit",
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
    least = np.empty(len(bars), np.int32)
    lowered = False
    for line in range(len(bases)):
        least[:] = NOTHING
        for strategy in range(len(offsets)):
            state, to = bases[line] + offsets[strategy], parts[strategy]
            value = values[state] if mask[state] else NOTHING
            for part in range(len(bars)):
                least[part] = min(least[part], max(value, bars[to, part]))
        for strategy in range(len(offsets)):
            state, part = bases[line] + offsets[strategy], parts[strategy]
            lowered |= mask[state] and least[part] < values[state]
            values[state] = least[part]
    return lowered


@njit
def improvements(
    source: NDArray[np.int32], target: NDArray[np.int32], lines: Lines, order: NDArray[Any]
) -> bool:
    """Lower each target to the least source among its improvements; whether any was lowered.

    `order` is that of `detente.conflict.relaxation.line_order`. Infeasible states come last in
    it, so they are nobody's improvement.
    """
    bases, offsets = lines.bases, lines.offsets
    lowered = False
    for line in range(len(bases)):
        least = seen = NOTHING
        for place in range(len(offsets)):
            entry = order[line, place]
            state = bases[line] + offsets[entry >> 1]
            least = seen if entry & 1 else least
            lowered |= least < target[state]
            target[state] = min(least, target[state])
            seen = min(seen, source[state])
    return lowered


@njit
def one_way_improvements(
    source: NDArray[np.int32], target: NDArray[np.int32], lines: Lines, order: NDArray[Any]
) -> bool:
    """As `improvements`, with a least source for each part."""
    bases, offsets, parts, bars = lines.bases, lines.offsets, lines.parts, lines.bars
    least = np.empty(len(bars), np.int32)
    seen = np.empty(len(bars), np.int32)
    lowered = False
    for line in range(len(bases)):
        least[:] = NOTHING
        seen[:] = NOTHING
        for place in range(len(offsets)):
            entry = order[line, place]
            state, to = bases[line] + offsets[entry >> 1], parts[entry >> 1]
            if entry & 1:
                least[:] = seen
            lowered |= least[to] < target[state]
            target[state] = min(least[to], target[state])
            for part in range(len(bars)):
                seen[part] = min(seen[part], max(source[state], bars[to, part]))
    return lowered
