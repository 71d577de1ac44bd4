"""A conflict: who can move where, and how each actor ranks the states."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from detente.case.future import nominal
from detente.conflict.arcs import Arcs, improving, joined, transposed
from detente.conflict.beyond import beyond
from detente.conflict.board import Board, layout
from detente.conflict.preferences import ranks
from detente.conflict.relation import Beyond
from detente.conflict.relaxation import Order, line_order
from detente.conflict.space import Space, states_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from detente.case.future import Future
    from detente.case.situation import Levels, Situation

__all__ = ["Conflict", "conflict", "conflict_among"]


@dataclass(frozen=True, eq=False)
class Conflict:
    """The graph model of a situation in one future [FangHipelKilgour1993].

    Rank arrays are shared, never changed.
    """

    space: Space
    rows: tuple[NDArray[np.int32], ...]
    """For each actor `(states,)`, its ranks: larger is better, -1 where infeasible."""
    orders: dict[str, Order] = field(default_factory=dict, repr=False)
    """What `order` has found so far."""
    beyond: Beyond = field(default_factory=Beyond, repr=False)
    """What preferences say beyond ranks; ranks alone are known of an actor with new ones."""

    @property
    def actors(self) -> tuple[str, ...]:
        """The decision makers, in order."""
        return self.space.actors

    @cached_property
    def ranks(self) -> NDArray[np.int32]:
        """`(actors, states)`, all ranks in one array."""
        return np.array(self.rows).reshape(len(self.rows), self.space.size)

    def ranks_of(self, actor: str) -> NDArray[np.int32]:
        """`(states,) int32`, how this actor ranks the states."""
        return self.rows[self.actors.index(actor)]

    def others(self, actor: str) -> tuple[str, ...]:
        """The actors who can move besides this one."""
        if self.space.graph is not None:
            moves = self.space.graph.moves.items()
            return tuple(other for other, arcs in moves if other != actor and arcs.to.size)
        return tuple(
            other
            for other, lines in self.space.lines.items()
            if other != actor and len(lines.offsets) > 1
        )

    @cached_property
    def improving_back(self) -> Arcs:
        """All improvements from their ends, those of actor j to a state at `j * states + state`."""
        return joined([transposed(improving(self, actor)) for actor in self.actors])

    def order(self, actor: str) -> Order:
        """The strategies on each of the actor's lines from best to worst; see `line_order`."""
        if actor not in self.orders:
            self.orders[actor] = line_order(self.ranks_of(actor), self.space.lines[actor])
        return self.orders[actor]

    @cached_property
    def board(self) -> Board:
        """The same laid out for play from single states."""
        everything = [option.id for option in self.space.options]
        laid_out = layout(self.space, dict.fromkeys(self.actors, everything))
        return Board(laid_out, np.concatenate(self.rows))

    def committed(self, levels: Levels) -> Conflict:
        """The conflict in which these options stand at these levels and nobody can move them.

        Parameters
        ----------
        levels
            Option id -> index of its level.

        Raises
        ------
        InputError
            For an option or a level that is not in the state space.
        """
        shape, slices = self.space.shape, self.space.slices(levels)
        space = self.space.restricted(levels)

        def carry(row: NDArray[np.int32]) -> NDArray[np.int32]:
            carried = self.space.spread(row).reshape(shape)[slices].reshape(-1)
            return carried if space.graph is None else np.where(space.mask, carried, np.int32(-1))

        return Conflict(space, tuple(map(carry, self.rows)), beyond=self.beyond.carried(carry))

    def without_moves(self, actors: Collection[str]) -> Conflict:
        """The conflict in graph form in which some actors cannot move."""
        assert self.space.graph is not None
        graph = self.space.graph.without(actors)
        return replace(self, space=replace(self.space, graph=graph))

    def moving_from(self, actor: str, states: NDArray[np.bool_]) -> Conflict:
        """The conflict in graph form in which an actor moves from these states alone."""
        assert self.space.graph is not None
        graph = self.space.graph.moving_from(actor, states)
        return replace(self, space=replace(self.space, graph=graph))

    def with_ranks(self, actor: str, ranks: NDArray[np.int32]) -> Conflict:
        """The conflict in which this actor ranks the states so; `(states,) int32`."""
        place = self.actors.index(actor)
        rows = (*self.rows[:place], ranks, *self.rows[place + 1 :])
        orders = {other: order for other, order in self.orders.items() if other != actor}
        changed = Conflict(self.space, rows, orders, self.beyond.without(actor))
        if "board" in vars(self):  # it is laid out the same
            vars(changed)["board"] = self.board.with_scale(actor, ranks)
        return changed


def conflict(situation: Situation, future: Future | None = None) -> Conflict:
    """The graph model of a situation.

    Parameters
    ----------
    situation
        What the analyst wrote.
    future
        The draw of everything unknown; the nominal one if left out.

    Raises
    ------
    InputError
        Where the state space is too large or empty, or a preference does not order it.
    """
    future = nominal(situation) if future is None else future
    whole = conflict_among(states_of(situation, future.values), situation, future)
    return whole.committed(situation.frozen) if situation.frozen else whole


def conflict_among(states: Space, situation: Situation, future: Future) -> Conflict:
    """The graph model of a situation among these of its states; `InputError` as for `conflict`."""
    rows = tuple(
        ranks(states, situation.preferences[actor], actor, future) for actor in states.actors
    )
    return Conflict(states, rows, beyond=beyond(states, rows, situation.preferences, future))
