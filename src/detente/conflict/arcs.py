"""Moves written out one by one: for each state, the states an actor can move to from it.

In option form an actor's moves need no writing out: they are lines (`detente.conflict.moves`).
They are written out where they are no lines, in graph form, and for questions that ask for single
moves: coalitions, limited foresight, chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.kernels import njit
from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from detente.conflict.model import Conflict
    from detente.conflict.moves import Lines

__all__ = ["Arcs", "arcs", "improving", "transposed"]

MOST_ARCS = 2**28  # of one actor: one gigabyte


class Arcs(NamedTuple):
    """Moves of one actor; from a state they lead to `to[start[state]:start[state + 1]]`."""

    start: NDArray[np.int64]
    """(states + 1,)"""
    to: NDArray[np.uint32]
    """(arcs,), ascending for each state."""

    def of(self, state: int) -> NDArray[np.uint32]:
        """Where the moves from one state lead, in ascending order."""
        return self.to[self.start[state] : self.start[state + 1]]


def arcs(conflict: Conflict, actor: str) -> Arcs:
    """All moves of an actor between feasible states.

    Raises
    ------
    CannotAnswer
        Where there are too many, before anything is allocated for them.

    References
    ----------
    [FangHipelKilgour1993], ch. 3.

    Examples
    --------
    >>> from detente.case import load
    >>> from detente.conflict.model import conflict
    >>> dilemma = conflict(load("fang/prisoners_dilemma"))
    >>> arcs(dilemma, "row").of(dilemma.space.index("00")).tolist()
    [2]
    """
    space = conflict.space
    lines = space.lines[actor]
    _refuse_many(count(space.mask, lines), actor)
    return written_out(space.mask, lines, space.mask.view(np.int8), False)


def improving(conflict: Conflict, actor: str) -> Arcs:
    """The moves of an actor that are improvements for it; as `arcs` otherwise."""
    space = conflict.space
    lines = space.lines[actor]
    _refuse_many(count(space.mask, lines), actor)
    return written_out(space.mask, lines, conflict.ranks_of(actor), True)


def _refuse_many(many: int, actor: str) -> None:
    if many > MOST_ARCS:
        raise CannotAnswer(
            f"`{actor}` has {many:,} moves, which one by one take {many * 4 / 2**30:,.1f} GiB; "
            f"the most is {MOST_ARCS:,}: freeze options, or rule out states that cannot be"
        )


@njit
def count(mask: NDArray[np.bool_], lines: Lines) -> int:
    """How many moves there are, without looking at any."""
    bases, offsets, parts, bars = lines.bases, lines.offsets, lines.parts, lines.bars
    total = 0
    here = np.empty(len(bars), np.int64)
    for line in range(len(bases)):
        here[:] = 0
        for strategy in range(len(offsets)):
            here[parts[strategy]] += mask[bases[line] + offsets[strategy]]
        for before in range(len(bars)):
            for after in range(len(bars)):
                if here[before] and here[after] and bars[after, before] < 0:
                    total += here[before] * (here[after] - (before == after))
    return total


@njit
def written_out(
    mask: NDArray[np.bool_], lines: Lines, ranks: NDArray[np.signedinteger], better: bool
) -> Arcs:
    """The moves along these lines, if asked those to higher ranks alone."""
    bases, offsets = lines.bases, lines.offsets
    start = np.zeros(len(mask) + 1, np.int64)
    strategies = np.empty(len(offsets), np.uint32)
    for line in range(len(bases)):
        there = feasible(mask, lines, line, strategies)
        for place in range(there):
            state = bases[line] + offsets[strategies[place]]
            for other in range(there):
                start[state + 1] += leads(
                    lines, line, strategies[place], strategies[other], ranks, better
                )
    start = np.cumsum(start)
    to = np.empty(start[-1], np.uint32)
    for line in range(len(bases)):
        there = feasible(mask, lines, line, strategies)
        for place in range(there):
            spot = start[bases[line] + offsets[strategies[place]]]
            for other in range(there):
                if leads(lines, line, strategies[place], strategies[other], ranks, better):
                    to[spot] = bases[line] + offsets[strategies[other]]
                    spot += 1
    return Arcs(start, to)


@njit
def feasible(
    mask: NDArray[np.bool_], lines: Lines, line: int, strategies: NDArray[np.uint32]
) -> int:
    """Write down the strategies that are feasible on a line; how many."""
    there = 0
    for strategy in range(len(lines.offsets)):
        strategies[there] = strategy
        there += mask[lines.bases[line] + lines.offsets[strategy]]
    return there


@njit
def leads(
    lines: Lines,
    line: int,
    before: int,
    after: int,
    ranks: NDArray[np.signedinteger],
    better: bool,
) -> bool:
    """Whether a move leads from one feasible strategy on a line to another."""
    base, offsets, parts = lines.bases[line], lines.offsets, lines.parts
    allowed = (before != after) & (lines.bars[parts[after], parts[before]] < 0)
    gain = ranks[base + offsets[after]] > ranks[base + offsets[before]]
    return bool(allowed & (gain | (not better)))


@njit
def transposed(moves: Arcs) -> Arcs:
    """The same moves from their ends: for each state, the states that moves lead here from."""
    states = len(moves.start) - 1
    start = np.zeros(states + 1, np.int64)
    for state in moves.to:
        start[state + 1] += 1
    start = np.cumsum(start)
    place = start[:-1].copy()
    to = np.empty(len(moves.to), np.uint32)
    for state in range(states):
        for spot in range(moves.start[state], moves.start[state + 1]):
            end = moves.to[spot]
            to[place[end]] = state
            place[end] += 1
    return Arcs(start, to)
