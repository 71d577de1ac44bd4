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
from detente.conflict.moves import axes
from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.conflict.model import Conflict
    from detente.conflict.moves import Lines
    from detente.conflict.space import Space

__all__ = [
    "Arcs", "arcs", "arcs_of", "carried", "improving", "joined", "option_form", "single_steps",
    "transposed",
]  # fmt: skip

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
    return option_form(space, actor) if space.graph is None else space.graph.moves[actor]


def improving(conflict: Conflict, actor: str) -> Arcs:
    """The moves of an actor that are improvements for it; as `arcs` otherwise."""
    space, ranks = conflict.space, conflict.ranks_of(actor)
    if space.graph is not None:
        return upwards(space.graph.moves[actor], ranks)
    _refuse_many(count(space.mask, space.lines[actor]), actor)
    return written_out(space.mask, space.lines[actor], ranks, True)


def option_form(space: Space, actor: str) -> Arcs:
    """The moves that an actor's options allow it."""
    _refuse_many(count(space.mask, space.lines[actor]), actor)
    return written_out(space.mask, space.lines[actor], space.mask.view(np.int8), False)


def single_steps(space: Space, actor: str) -> Arcs:
    """Those of them that change one option, by any number of levels."""
    own = [axis for axis in axes(space.options, space.shape) if axis.actor == actor]
    sides = np.array([[axis.moves != "up", axis.moves != "down"] for axis in own]).reshape(-1, 2)
    lengths, strides = (np.array([axis[k] for axis in own], dtype=np.int64) for k in (1, 2))
    most = int(np.count_nonzero(space.mask) * np.sum(lengths - 1))
    _refuse_many(most, actor)
    return steps_written_out(space.mask, lengths, strides, sides, most)


def arcs_of(start: NDArray[np.integer], to: NDArray[np.integer], states: int) -> Arcs:
    """The moves that lead from each of these states to the other of its place, each once."""
    pairs = np.unique(start.astype(np.int64) * states + to)
    counts = np.bincount(pairs // states, minlength=states)
    return Arcs(np.concatenate([[0], np.cumsum(counts)]), (pairs % states).astype(np.uint32))


def joined(rows: Sequence[Arcs]) -> Arcs:
    """The moves of several in one: those of mover j from a state stand at `j * states + state`."""
    ends = np.cumsum([0, *(each.to.size for each in rows)])
    starts = [each.start[:-1] + end for each, end in zip(rows, ends[:-1], strict=True)]
    nowhere = np.zeros(0, dtype=np.uint32)
    to = np.concatenate([nowhere, *(each.to for each in rows)])
    return Arcs(np.concatenate([*starts, ends[-1:]]), to)


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


@njit
def upwards(moves: Arcs, ranks: NDArray[np.int32]) -> Arcs:
    """The moves that lead to higher ranks."""
    start = np.zeros_like(moves.start)
    to = np.empty_like(moves.to)
    kept = 0
    for state in range(len(start) - 1):
        for spot in range(moves.start[state], moves.start[state + 1]):
            to[kept] = moves.to[spot]
            kept += ranks[moves.to[spot]] > ranks[state]
        start[state + 1] = kept
    return Arcs(start, to[:kept].copy())


@njit
def carried(moves: Arcs, places: NDArray[np.int64], states: int) -> Arcs:
    """The moves between the places that states are given, each once; -1 where one is given none."""
    ends = np.zeros(states + 1, np.int64)
    for state in range(len(places)):
        if places[state] >= 0:
            ends[places[state] + 1] += moves.start[state + 1] - moves.start[state]
    ends = np.cumsum(ends)
    to = np.empty(ends[-1], np.uint32)
    filled = ends[:-1].copy()
    for state in range(len(places)):
        here = places[state]
        for spot in range(moves.start[state], moves.start[state + 1]):
            there = places[moves.to[spot]]
            if here >= 0 and there >= 0 and here != there:
                to[filled[here]] = there
                filled[here] += 1
    start, kept = np.zeros(states + 1, np.int64), 0
    for state in range(states):
        row = np.unique(to[ends[state] : filled[state]])
        to[kept : kept + len(row)] = row
        kept += len(row)
        start[state + 1] = kept
    return Arcs(start, to[:kept].copy())


@njit
def steps_written_out(
    mask: NDArray[np.bool_],
    lengths: NDArray[np.int64],
    strides: NDArray[np.int64],
    sides: NDArray[np.bool_],
    most: int,
) -> Arcs:
    """The single steps from each state; `sides` says of each option whether it goes down or up."""
    start = np.zeros(len(mask) + 1, np.int64)
    to = np.empty(most, np.uint32)
    spot = 0
    for state in range(len(mask)):
        for axis in range(len(lengths) if mask[state] else 0):
            here = state // strides[axis] % lengths[axis]
            for level in range(lengths[axis]):
                after = state + (level - here) * strides[axis]
                if level != here and sides[axis, int(level > here)] and mask[after]:
                    to[spot] = after
                    spot += 1
        to[start[state] : spot].sort()
        start[state + 1] = spot
    return Arcs(start, to[:spot].copy())
