"""Where an actor can move: the line through a state along the actor's own axes.

A move changes any of its actor's own options at once, each in a direction it allows, and ends in
a feasible state; what lies between does not matter. So the states among which an actor moves form
a *line*: a base, which holds everybody else's options, plus the offset of one of the actor's own
strategies. On a line only the levels of the one-way options, a strategy's *part*, decide what can
be reached from where.
"""

from __future__ import annotations

from itertools import groupby
from math import prod
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.kernels import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence, Sized

    from detente.case.situation import Moves, Option

__all__ = ["Axis", "Jumps", "Lines", "axes", "jumps", "lines"]

Indices = NDArray[np.uint32]


class Axis(NamedTuple):
    """One option as the state space sees it."""

    actor: str
    length: int
    stride: int
    moves: Moves


class Lines(NamedTuple):
    """The lines of one actor; a tuple of arrays, which compiled code takes as it is.

    A state is `bases[line] + offsets[strategy]`.
    """

    bases: Indices
    """(lines,)"""
    offsets: Indices
    """(strategies,)"""
    parts: Indices
    """(strategies,)"""
    bars: NDArray[np.int32]
    """(parts, parts): `[to, from]` is the largest number where no move leads from one part to the
    other, the smallest where one does: the greater of it and a value says both."""

    @property
    def one_way(self) -> bool:
        """Whether any move cannot be taken back."""
        return len(self.bars) > 1


class Jumps(NamedTuple):
    """The moves of several actors from single states, for searches that touch few of them.

    Actor j has the strategies `start[j]:start[j + 1]`, with their `offsets` on a line and, of
    those, the `free` ones of the options that move both ways. Its own strategy in a state is read
    off the runs of adjacent axes `run_start[j]:run_start[j + 1]`. `heights` packs how far each
    one-way option has gone, one field each with a spare bit above it: a strategy leads to another
    exactly where no field shrinks, that is where no spare bit of `guards[j]` is borrowed from.
    """

    start: Indices
    offsets: Indices
    free: Indices
    heights: NDArray[np.int64]
    guards: NDArray[np.int64]
    run_start: Indices
    run_length: Indices
    run_stride: Indices


def axes(options: Sequence[Option], shape: Sequence[int]) -> tuple[Axis, ...]:
    """One axis for each option, the last one moving fastest."""
    return tuple(
        Axis(option.actor, length, prod(shape[place + 1 :]), option.moves)
        for place, (option, length) in enumerate(zip(options, shape, strict=True))
    )


def lines(all_axes: Sequence[Axis], actor: str) -> Lines:
    """The lines of an actor."""
    own = [axis for axis in all_axes if axis.actor == actor]
    one_way = [axis for axis in own if axis.moves != "both"]
    lengths = [axis.length for axis in own]
    place = iter(_strides([axis.length for axis in one_way]))
    part_strides = [0 if axis.moves == "both" else next(place) for axis in own]
    return Lines(
        bases=_places(all_axes, lambda axis: axis.actor != actor),
        offsets=_places(all_axes, lambda axis: axis.actor == actor),
        parts=_sums(lengths, part_strides),
        bars=_bars(one_way),
    )


def _places(all_axes: Sequence[Axis], free: Callable[[Axis], bool]) -> Indices:
    """The states that differ in these axes alone, the others standing at their first position."""
    runs = [list(group) for freely, group in groupby(all_axes, free) if freely]
    lengths = [prod(axis.length for axis in run) for run in runs]
    return _sums(lengths, [run[-1].stride for run in runs])


def _sums(lengths: Sequence[int], strides: Sequence[int]) -> Indices:
    """The flat index of every combination of positions, in C order."""
    total = np.zeros(1, dtype=np.uint32)
    for length, stride in zip(lengths, strides, strict=True):
        total = np.add.outer(total, np.arange(length, dtype=np.uint32) * np.uint32(stride)).ravel()
    return total


def _strides(lengths: Sequence[int]) -> list[int]:
    return [prod(lengths[place + 1 :]) for place in range(len(lengths))]


def _bars(one_way: Sequence[Axis]) -> NDArray[np.int32]:
    """What keeps each part from being reached from each other."""
    reached = np.ones((1, 1), dtype=np.bool_)
    for axis in one_way:
        upwards = np.tri(axis.length, dtype=np.bool_)
        reached = np.kron(reached, upwards if axis.moves == "up" else upwards.T)
    return np.where(reached, -NOTHING, NOTHING)


def jumps(all_axes: Sequence[Axis], actors: Sequence[str]) -> Jumps:
    """The moves of these actors, in this order."""
    own = [[axis for axis in all_axes if axis.actor == actor] for actor in actors]
    heights, guards = zip(*map(_heights, own), strict=True) if own else ((), ())
    offsets = [_offsets(axes) for axes in own]
    runs = [_runs(all_axes, actor) for actor in actors]
    return Jumps(
        start=_starts(offsets),
        offsets=_joined(offsets),
        free=_joined([_offsets(axes, free=True) for axes in own]),
        heights=np.concatenate(heights),
        guards=np.array(guards, dtype=np.int64),
        run_start=_starts(runs),
        run_length=_joined([[run.length for run in each] for each in runs]),
        run_stride=_joined([[run.stride for run in each] for each in runs]),
    )


def _offsets(own: Sequence[Axis], *, free: bool = False) -> Indices:
    """The offset of each own strategy, if asked that of the options that move both ways alone."""
    strides = [axis.stride if axis.moves == "both" or not free else 0 for axis in own]
    return _sums([axis.length for axis in own], strides)


def _heights(own: Sequence[Axis]) -> tuple[NDArray[np.int64], int]:
    """How far each strategy has gone on its one-way options, and the spare bits."""
    total, guards, shift = np.zeros(1, dtype=np.int64), 0, 0
    for axis in own:
        height = np.zeros(axis.length, dtype=np.int64)
        if axis.moves != "both":
            gone = np.arange(axis.length)
            height = (gone if axis.moves == "up" else gone[::-1]) << shift
            shift += (axis.length - 1).bit_length() + 1
            guards |= 1 << (shift - 1)
        total = np.add.outer(total, height).ravel()
    return total, guards


def _runs(all_axes: Sequence[Axis], actor: str) -> list[Axis]:
    """The actor's axes, those that lie side by side made one."""
    movable = (axis for axis in all_axes if axis.length > 1)
    groups = (
        list(group) for mover, group in groupby(movable, lambda axis: axis.actor) if mover == actor
    )
    return [group[-1]._replace(length=prod(axis.length for axis in group)) for group in groups]


def _starts(rows: Iterable[Sized]) -> Indices:
    return np.cumsum([0, *map(len, rows)]).astype(np.uint32)


def _joined(rows: Sequence[Sequence[int] | Indices]) -> Indices:
    return np.concatenate([np.zeros(0), *rows]).astype(np.uint32)
