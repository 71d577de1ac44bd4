"""A conflict laid out for play: searched from single states, by tables as small as preferences.

What an actor thinks of a state depends on the options its preference names, and on no others: its
*scale* ranks the combinations of those alone. Everything that is read off a state while play goes
on (its index, its place on each scale, each actor's own strategy, the line it lies on) is a sum
over its options' levels. So a state is kept as a *row* of these sums, and a move adds to the row
the difference of two strategies' rows: nothing is worked out from a state's index again.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import accumulate
from math import prod
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.alike import apart, improves_alike, stays
from detente.conflict.moves import axes, jumps
from detente.conflict.sequential import settled
from detente.conflict.space import Space
from detente.conflict.walk import (
    ANSWERED,
    IMPOSSIBLE,
    KEPT_FROM,
    MARKS,
    TOO_SHORT,
    Memory,
    Quest,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from detente.case.situation import Levels
    from detente.conflict.moves import Axis

__all__ = ["Board", "Choices", "Layout", "Parts", "Rows", "Steps", "layout"]

Rows = NDArray[np.uint32]
Ranks = NDArray[np.int32]
States = NDArray[np.int64]

NO_STOPS = np.zeros(0, dtype=np.bool_)
ROOM = 4096  # states a queue holds at first


class Steps(NamedTuple):
    """What each strategy adds to a row; compiled code takes it as it is.

    A row has the columns: the state; for each actor the place of its rank; for each its strategy;
    for each its line and, on it, the part that its one-way options leave it. Actor j has the
    strategies `start[j]:start[j + 1]`.
    """

    start: Rows
    """(actors + 1,)"""
    rows: Rows
    """(strategies, columns)"""
    places: Rows
    """(strategies,), the column of its actor's rank once more, side by side."""
    heights: NDArray[np.int64]
    """(strategies,), as in `detente.conflict.moves.Jumps`."""
    guards: NDArray[np.int64]
    """(actors,), likewise."""


class Choices(NamedTuple):
    """The strategies a commitment leaves: actor j's are `strategies[start[j]:start[j + 1]]`."""

    start: Rows
    strategies: Rows


class Parts(NamedTuple):
    """What keeps parts of a line apart, as in `detente.conflict.moves.Lines`."""

    of: Rows
    """(strategies,)"""
    counts: NDArray[np.int64]
    """(actors,)"""
    starts: NDArray[np.int64]
    """(actors,), where each actor's bars begin."""
    bars: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Layout:
    """How the states of a space are laid out for play, whatever anybody prefers."""

    space: Space
    scales: tuple[Space, ...]
    """For each actor the combinations that its scale ranks: other options have one level only."""
    weights: Rows
    """(options, columns), what one level adds to a row."""
    origin: Rows
    """(columns,), the row of the first state."""
    starts: tuple[int, ...]
    """For each actor where its scale begins among the ranks, and where the last one ends."""
    lines: int
    """How many lines, and parts of lines, are remembered."""
    _own: threading.local = field(default_factory=threading.local, repr=False)

    @cached_property
    def steps(self) -> Steps:
        """What each strategy adds to a row."""
        all_axes, actors = axes(self.space.options, self.space.shape), self.space.actors
        jump = jumps(all_axes, actors)
        rows = [self._strategies(all_axes, actor) for actor in actors]
        places = [own[:, 1 + column] for column, own in enumerate(rows)]
        return Steps(
            jump.start, np.concatenate(rows), np.concatenate(places), jump.heights, jump.guards
        )

    def _strategies(self, all_axes: Sequence[Axis], actor: str) -> Rows:
        total = np.zeros((1, self.weights.shape[1]), dtype=np.uint32)
        for axis, weight in zip(all_axes, self.weights, strict=True):
            if axis.actor == actor:
                levels = np.arange(axis.length, dtype=np.uint32)[:, None] * weight
                total = (total[:, None, :] + levels[None, :, :]).reshape(-1, weight.size)
        return total

    @cached_property
    def scopes(self) -> tuple[Space, ...]:
        """For each actor the combinations that decide what any moves can do to it.

        Those of its scale, and what infeasibility ties to them.
        """
        return tuple(_tied(self.space, [n > 1 for n in scale.shape]) for scale in self.scales)

    @cached_property
    def scope(self) -> Callable[[int, frozenset[tuple[str, int]]], Space]:
        """Those of an actor, by its place, where these options are fixed, as items of levels."""
        return lru_cache(maxsize=1024)(self._scope)

    def _scope(self, place: int, fixed: frozenset[tuple[str, int]]) -> Space:
        return self.scopes[place].restricted(dict(fixed))

    @cached_property
    def parts(self) -> Parts:
        """What keeps parts of a line apart."""
        lines = [self.space.lines[actor] for actor in self.space.actors]
        sizes = [each.bars.size for each in lines]
        return Parts(
            np.concatenate([each.parts for each in lines]),
            np.array([len(each.bars) for each in lines]),
            np.cumsum([0, *sizes])[:-1],
            np.concatenate([each.bars.reshape(-1) for each in lines]),
        )

    @cached_property
    def choices(self) -> Callable[[frozenset[tuple[str, int]]], Choices]:
        """The strategies left where these options are fixed, as items of levels."""
        return lru_cache(maxsize=256)(self._choices)

    def _choices(self, fixed: frozenset[tuple[str, int]]) -> Choices:
        left = [self._left(actor, dict(fixed)) for actor in self.space.actors]
        return Choices(_starts(left), np.concatenate(left).astype(np.uint32))

    def _left(self, actor: str, levels: Levels) -> NDArray[np.int64]:
        cuts = zip(self.space.options, self.space.shape, self.space.slices(levels), strict=True)
        own = [(length, cut) for option, length, cut in cuts if option.actor == actor]
        strategies = np.arange(prod(length for length, _ in own))
        left = strategies.reshape([length for length, _ in own])[tuple(cut for _, cut in own)]
        return left.reshape(-1) + int(self.steps.start[self.space.actors.index(actor)])

    def rows(self, states: NDArray[np.integer]) -> Rows:
        """`(states, columns)`: the rows of some states."""
        levels = np.array(np.unravel_index(states, self.space.shape), dtype=np.uint32).T
        return levels @ self.weights + self.origin

    @property
    def play(self) -> Play:
        """What this thread plays with."""
        if not hasattr(self._own, "play"):
            self._own.play = Play(self)
        play: Play = self._own.play
        return play


class Play:
    """The memory of one thread that plays on a layout."""

    def __init__(self, layout: Layout) -> None:
        self._columns, self._lines = layout.weights.shape[1], layout.lines
        self._mark = 0
        self._memory = Memory(
            np.where(layout.space.mask, np.uint8(0), IMPOSSIBLE),
            np.full(layout.lines, np.iinfo(np.int32).max, dtype=np.int32),
            np.full(layout.lines, -1, dtype=np.int32),
            *self._queue(ROOM + len(layout.steps.rows)),
            np.empty(len(layout.steps.rows), dtype=np.uint32),
        )

    def _queue(self, room: int) -> tuple[Rows, NDArray[np.bool_], Rows]:
        queue = np.empty((room, self._columns), np.uint32)
        return queue, np.empty(room, np.bool_), np.empty(room, np.uint32)

    @cached_property
    def slots(self) -> NDArray[np.uint32]:
        """(states,), room for numbers."""
        return np.zeros(len(self._memory.seen), dtype=np.uint32)

    def until_done(self, work: Callable[[Memory, int], int]) -> tuple[int, Memory]:
        """Do some work with as much room as it needs."""
        while (found := work(self._memory, self._next_mark())) == TOO_SHORT:
            queue, ends, left = self._queue(2 * len(self._memory.queue))
            self._memory = self._memory._replace(queue=queue, ends=ends, open=left)
        return found, self._memory

    def _next_mark(self) -> int:
        self._mark = self._mark % MARKS + 1
        if self._mark == 1:
            seen = self._memory.seen
            seen[seen != IMPOSSIBLE] = 0
        return self._mark


@dataclass(frozen=True, eq=False)
class Board:
    """The graph model of a situation in one future, for play from single states."""

    layout: Layout
    ranks: Ranks
    """The scales of all actors, one after the other; -1 where infeasible."""

    @property
    def actors(self) -> tuple[str, ...]:
        """The decision makers, in order."""
        return self.layout.space.actors

    def scale(self, actor: str) -> Ranks:
        """An actor's ranks on its scale."""
        place = self.actors.index(actor)
        return self.ranks[self.layout.starts[place] : self.layout.starts[place + 1]]

    def with_scale(self, actor: str, ranks: Ranks) -> Board:
        """The board on which this actor ranks so."""
        place = self.actors.index(actor)
        changed = self.ranks.copy()
        changed[self.layout.starts[place] : self.layout.starts[place + 1]] = ranks
        return replace(self, ranks=changed)

    def ranks_of(self, states: NDArray[np.integer]) -> dict[str, Ranks]:
        """Actor -> `(states,)`, how it ranks some states."""
        rows = self.layout.rows(states)
        return {actor: self.ranks[rows[:, 1 + k]] for k, actor in enumerate(self.actors)}

    def row(self, actor: str) -> Ranks:
        """`(states,) int32`: how an actor ranks all states, -1 where infeasible."""
        space, scale = self.layout.space, self.layout.scales[self.actors.index(actor)]
        ranks = self.scale(actor).reshape(scale.shape)
        return np.where(space.feasible, ranks, np.int32(-1)).reshape(-1)

    def attainable(
        self,
        levels: Levels,
        starts: NDArray[np.integer],
        stops: NDArray[np.bool_] | None = None,
        *,
        most: int = -1,
    ) -> States:
        """The equilibria that improvements lead to from any of these states.

        Parameters
        ----------
        levels
            The options that nobody can move.
        starts
            Feasible states with these levels.
        stops
            `(states,) bool`, the equilibria; those of Nash if left out.
        most
            How many there are, attained or not, where that is known: once all are met, nothing
            more is looked for.

        Returns
        -------
        ndarray
            Sorted states.

        References
        ----------
        [LiKilgourHipel2005]
        """
        rows, ends = self._walked(levels, starts, NO_STOPS if stops is None else stops, most=most)
        return np.sort(rows[ends, 0]).astype(np.int64)

    def attainable_sequentially(self, levels: Levels, starts: NDArray[np.integer]) -> States:
        """As `attainable`, with the equilibria of SEQ, of which none is looked for elsewhere."""
        rows = self.visited(levels, starts)
        layout = self.layout
        stable = settled(
            self.ranks,
            layout.steps,
            layout.choices(frozenset(levels.items())),
            layout.parts,
            rows,
            layout.play.slots,
        )
        stops = np.zeros(layout.space.size, dtype=np.bool_)
        stops[rows[stable, 0]] = True
        return self.attainable(levels, starts, stops)

    def visited(self, levels: Levels, starts: NDArray[np.integer]) -> Rows:
        """The rows of all states that improvements lead to from these, themselves included."""
        return self._walked(levels, starts, NO_STOPS)[0].copy()

    def reachable(self, levels: Levels, starts: NDArray[np.integer]) -> States:
        """These states and all that any moves lead to from them, improvements or not; sorted."""
        rows, _ = self._walked(levels, starts, NO_STOPS, improving=False)
        return np.sort(rows[:, 0]).astype(np.int64)

    def apart(self, actor: str, rows: Rows) -> Rows:
        """One of these rows for each place that they have on the actor's scale."""
        place = self.actors.index(actor)
        return apart(rows, 1 + place, self.layout.starts[place + 1] - self.layout.starts[place])

    def improves_alike(self, other: Board, actor: str, levels: Levels, rows: Rows) -> bool:
        """Whether an actor improves from these states by the same moves as on another board.

        It may say no where it could say yes.
        """
        layout, place = self.layout, self.actors.index(actor)
        choices = layout.choices(frozenset(levels.items()))
        return improves_alike(self.ranks, other.ranks, layout.steps, choices, place, rows)

    def stays(self, actor: str, levels: Levels, rows: Rows) -> NDArray[np.bool_]:
        """`(rows,) bool`: where an actor can do no better by moving alone."""
        layout, place = self.layout, self.actors.index(actor)
        choices = layout.choices(frozenset(levels.items()))
        return stays(self.ranks, layout.steps, choices, place, rows, layout.space.mask)

    def _walked(
        self,
        levels: Levels,
        starts: NDArray[np.integer],
        stops: NDArray[np.bool_],
        *,
        improving: bool = True,
        most: int = -1,
    ) -> tuple[Rows, NDArray[np.bool_]]:
        """The rows visited and which of them are ends; overwritten by the next walk."""
        rows = self.layout.rows(np.unique(starts))
        choices = self.layout.choices(frozenset(levels.items()))
        quest = Quest(with_choice(choices), improving, -1, -1, False, most)
        visited, memory = self._walk(choices, rows, stops, quest)
        return memory.queue[:visited], memory.ends[:visited]

    def _walk(
        self, choices: Choices, rows: Rows, stops: NDArray[np.bool_], quest: Quest
    ) -> tuple[int, Memory]:
        steps = self.layout.steps
        return self.layout.play.until_done(
            lambda memory, mark: walk(self.ranks, steps, choices, rows, stops, quest, memory, mark)
        )

    def stable_at(
        self, actor: str, state: int, concept: str, levels: Levels, frozen: Collection[str] = ()
    ) -> bool:
        """Whether a state is stable for an actor.

        Parameters
        ----------
        actor, state, concept
            The verdict in question: a feasible state, and one of `nash`, `gmr`, `smr`, `seq`.
        levels
            The options that nobody can move.
        frozen
            Actors who cannot move.

        References
        ----------
        [FangHipelKilgour1993], ch. 3.
        """
        place, row = self.actors.index(actor), self.layout.rows(np.array([state]))
        choices = self.layout.choices(frozenset(levels.items()))
        better = self._improvements(place, row, choices)
        if actor in frozen or not len(better) or concept == "nash":
            return actor in frozen or not len(better)
        frozen_too = [place, *map(self.actors.index, frozen)]
        others = np.setdiff1d(with_choice(choices), frozen_too)
        worth = int(self.ranks[row[0, 1 + place]])
        quest = Quest(others, concept == "seq", place, worth, concept == "smr", -1)
        walks = (self._walk(choices, better[[k]], NO_STOPS, quest)[0] for k in range(len(better)))
        return all(found == ANSWERED for found in walks)

    def _improvements(self, place: int, row: Rows, choices: Choices) -> Rows:
        """The rows that an actor's improvements lead to from one."""
        steps, own = self.layout.steps, row[0, 1 + len(self.actors) + place]
        strategies = choices.strategies[choices.start[place] : choices.start[place + 1]]
        rows = row - steps.rows[own] + steps.rows[strategies]
        better = self.ranks[rows[:, 1 + place]] > self.ranks[row[0, 1 + place]]
        guard, heights = steps.guards[place], steps.heights
        leads = ((heights[strategies] | guard) - heights[own]) & guard == guard
        found: Rows = rows[better & leads & self.layout.space.mask[rows[:, 0]]]
        return found


def with_choice(choices: Choices) -> NDArray[np.int64]:
    """The actors to whom a commitment leaves more than one strategy."""
    return np.flatnonzero(np.diff(choices.start.astype(np.int64)) > 1)


def layout(space: Space, named: Mapping[str, Collection[str]]) -> Layout:
    """Lay the states out.

    Parameters
    ----------
    space
        All states, nothing fixed.
    named
        Actor -> the options its preference names; its own ones count without being named.
    """
    all_axes, actors = axes(space.options, space.shape), space.actors
    seen = {actor: [option.id in named[actor] for option in space.options] for actor in actors}
    own = {actor: [axis.actor == actor for axis in all_axes] for actor in actors}
    scales = {
        actor: [names or owns for names, owns in zip(seen[actor], own[actor], strict=True)]
        for actor in actors
    }
    lines = {actor: _line(all_axes, actor) for actor in actors}
    strategies = jumps(all_axes, actors).start[:-1]
    scale_starts = _sizes(all_axes, scales.values())
    line_starts = _sizes(all_axes, lines.values())
    columns = [
        [axis.stride for axis in all_axes],
        *(_strides(all_axes, kept) for kept in (*scales.values(), *own.values(), *lines.values())),
    ]
    return Layout(
        space,
        tuple(_narrowed(space, kept) for kept in scales.values()),
        np.array(columns, dtype=np.uint32).T.copy(),
        np.array([0, *scale_starts[:-1], *strategies, *line_starts[:-1]], dtype=np.uint32),
        tuple(scale_starts),
        line_starts[-1],
    )


def _line(all_axes: Sequence[Axis], actor: str) -> list[bool]:
    """Which axes tell the parts of an actor's lines apart; none where it has few strategies."""
    own = [axis.length for axis in all_axes if axis.actor == actor]
    if prod(own) < KEPT_FROM:
        return [False] * len(all_axes)
    return [axis.actor != actor or axis.moves != "both" for axis in all_axes]


def _narrowed(space: Space, kept: Sequence[bool]) -> Space:
    """The combinations of some options; feasible where they are with anything besides."""
    left_out = tuple(axis for axis, keeps in enumerate(kept) if not keeps)
    possible = np.any(space.feasible, axis=left_out, keepdims=True)
    return Space(space.options, np.asarray(possible), space.origin)


def _tied(space: Space, kept: Sequence[bool]) -> Space:
    """The combinations of some options; with them those that are not feasible independently."""
    narrowed, rest = _narrowed(space, kept), _narrowed(space, [not keeps for keeps in kept])
    if np.array_equal(space.feasible, narrowed.feasible & rest.feasible):
        return narrowed
    return _narrowed(space, [keeps or _decides(space, axis) for axis, keeps in enumerate(kept)])


def _decides(space: Space, axis: int) -> bool:
    """Whether feasibility depends on an option."""
    return bool(np.any(space.feasible != space.feasible.take([0], axis=axis)))


def _strides(all_axes: Sequence[Axis], kept: Sequence[bool]) -> list[int]:
    """The strides of an array of some axes alone, 0 for the others."""
    lengths = [axis.length if keeps else 1 for axis, keeps in zip(all_axes, kept, strict=True)]
    return [prod(lengths[axis + 1 :]) if keeps else 0 for axis, keeps in enumerate(kept)]


def _sizes(all_axes: Sequence[Axis], every: Iterable[Sequence[bool]]) -> list[int]:
    """Where each of several arrays of some axes would begin, one after the other, and the end."""
    sizes = [
        prod(axis.length for axis, keeps in zip(all_axes, kept, strict=True) if keeps)
        for kept in every
    ]
    return [0, *accumulate(sizes)]


def _starts(rows: Sequence[NDArray[np.integer]]) -> Rows:
    return np.cumsum([0, *map(len, rows)]).astype(np.uint32)
