"""A conflict: who can move where, and how each actor ranks the states."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from detente.case.future import nominal
from detente.conflict.preferences import ranks
from detente.conflict.relaxation import Order, line_order
from detente.conflict.space import Space, space

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.case.future import Future
    from detente.case.situation import Levels, Situation

__all__ = ["Conflict", "conflict"]


@dataclass(frozen=True, eq=False)
class Conflict:
    """The graph model of a situation in one future [FangHipelKilgour1993].

    Rank arrays are shared, never changed: `committed` and `with_ranks` make new conflicts.
    """

    space: Space
    ranks: NDArray[np.int32]
    """`(actors, states)`, larger is better, -1 where infeasible."""
    orders: dict[str, Order] = field(default_factory=dict, repr=False)
    """What `order` has found so far."""

    @property
    def actors(self) -> tuple[str, ...]:
        """The decision makers, in order."""
        return self.space.actors

    def ranks_of(self, actor: str) -> NDArray[np.int32]:
        """`(states,) int32`, how this actor ranks the states."""
        row: NDArray[np.int32] = self.ranks[self.actors.index(actor)]
        return row

    def others(self, actor: str) -> tuple[str, ...]:
        """The actors who can move besides this one."""
        return tuple(
            other
            for other, lines in self.space.lines.items()
            if other != actor and len(lines.offsets) > 1
        )

    def order(self, actor: str) -> Order:
        """The strategies on each of the actor's lines from best to worst; see `line_order`."""
        if actor not in self.orders:
            self.orders[actor] = line_order(self.ranks_of(actor), self.space.lines[actor])
        return self.orders[actor]

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
        slices = (slice(None), *self.space.slices(levels))
        kept = self.ranks.reshape(len(self.actors), *self.space.shape)[slices]
        return replace(
            self,
            space=self.space.restricted(levels),
            ranks=np.ascontiguousarray(kept).reshape(len(self.actors), -1),
            orders={},
        )

    def with_ranks(self, actor: str, ranks: NDArray[np.int32]) -> Conflict:
        """The conflict in which this actor ranks the states so; `(states,) int32`."""
        changed = self.ranks.copy()
        changed[self.actors.index(actor)] = ranks
        orders = {other: order for other, order in self.orders.items() if other != actor}
        return replace(self, ranks=changed, orders=orders)


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
    states = space(situation.options, situation.infeasible, future.values)
    rows = [ranks(states, situation.preferences[actor], actor, future) for actor in states.actors]
    return Conflict(states, np.array(rows, dtype=np.int32).reshape(len(rows), states.size))
