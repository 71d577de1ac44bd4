"""Graph form: moves that are written out one by one, since no lines are left to move along.

A situation is in graph form where an actor has arcs of its own, or changes one option at a time,
or where several combinations of levels are one state [FangHipelKilgour1993], ch. 3. Moves are then
no longer transitive: what two moves in a row lead to, one may not. So all of them are written out,
everybody's, and whoever follows legal sequences has to remember who moved last
(`detente.conflict.sequences`, `detente.conflict.legal`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from detente.conflict.arcs import (
    Arcs,
    arcs_of,
    carried,
    joined,
    option_form,
    single_steps,
    transposed,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from detente.case.situation import Situation
    from detente.conflict.space import Space

__all__ = ["Graph", "first_among", "in_graph_form", "written_by_hand"]


@dataclass(frozen=True, eq=False)
class Graph:
    """The moves between the combinations of levels, and which of these are one state."""

    between: Mapping[str, Arcs]
    """Every actor's moves, while each combination is a state of its own."""
    stands_for: NDArray[np.int64]
    """`(states,)`, the combination that each counts as: the first of those that are one state."""

    @cached_property
    def moves(self) -> Mapping[str, Arcs]:
        """Every actor's moves between states."""
        if not self.any_same:
            return self.between
        return {
            actor: carried(arcs, self.stands_for, self.stands_for.size)
            for actor, arcs in self.between.items()
        }

    @cached_property
    def back(self) -> Arcs:
        """All moves from their ends, those of actor j to a state at `j * states + state`."""
        return joined([transposed(arcs) for arcs in self.moves.values()])

    @cached_property
    def any_same(self) -> bool:
        """Whether any combinations are one state."""
        return not self.first.all()

    @cached_property
    def first(self) -> NDArray[np.bool_]:
        """`(states,)`, the combinations that count as themselves."""
        first: NDArray[np.bool_] = self.stands_for == np.arange(self.stands_for.size)
        return first

    def without(self, actors: Collection[str]) -> Graph:
        """The same, where some actors have no moves."""
        none = Arcs(np.zeros(self.stands_for.size + 1, np.int64), np.zeros(0, np.uint32))
        between = {actor: none if actor in actors else own for actor, own in self.between.items()}
        return Graph(between, self.stands_for)

    def moving_from(self, actor: str, states: NDArray[np.bool_]) -> Graph:
        """The same, where an actor moves from these states alone; `(states,) bool`."""
        own, leaves = self.between[actor], states[self.stands_for]
        counts = np.diff(own.start)
        start = np.concatenate([[0], np.cumsum(np.where(leaves, counts, 0))])
        arcs = Arcs(start.astype(np.int64), own.to[np.repeat(leaves, counts)])
        return Graph({**self.between, actor: arcs}, self.stands_for)

    def among(self, kept: NDArray[np.int64]) -> Graph:
        """The same among some combinations, ascending; they are numbered anew, others are gone."""
        return self._among(kept, np.arange(kept.size), first_among(self.stands_for[kept]))

    def holding(self, kept: NDArray[np.int64]) -> Graph:
        """The same where nobody moves from or to other combinations than some, ascending."""
        stands_for = np.arange(self.stands_for.size)
        stands_for[kept] = kept[first_among(self.stands_for[kept])]
        return self._among(kept, kept, stands_for)

    def _among(
        self,
        kept: NDArray[np.int64],
        numbers: NDArray[np.int64],
        stands_for: NDArray[np.int64],
    ) -> Graph:
        places = np.full(self.stands_for.size, -1, dtype=np.int64)
        places[kept] = numbers
        return Graph(
            {actor: carried(arcs, places, stands_for.size) for actor, arcs in self.between.items()},
            stands_for,
        )


def first_among(names: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each name the place where it occurs first."""
    _, first, which = np.unique(names, return_index=True, return_inverse=True)
    return first[which]


def in_graph_form(space: Space, situation: Situation, stands_for: NDArray[np.int64]) -> Space:
    """The states with the moves that a situation writes out.

    Parameters
    ----------
    space
        All combinations of levels that are not ruled out, with the moves of option form.
    situation
        Its `arcs` and `one_step` say who moves otherwise.
    stands_for
        `(states,)`, the combination that each counts as.

    Raises
    ------
    CannotAnswer
        Where there are too many moves to be written out.
    """

    def moves_of(actor: str) -> Arcs:
        if actor in situation.arcs:
            return written_by_hand(space, situation.arcs[actor])
        single = actor in situation.one_step
        return single_steps(space, actor) if single else option_form(space, actor)

    graph = Graph({actor: moves_of(actor) for actor in situation.decision_makers}, stands_for)
    first = graph.first.reshape(space.shape)
    return replace(space, feasible=space.feasible & first, graph=graph)


def written_by_hand(space: Space, arcs: Mapping[str, Sequence[str]]) -> Arcs:
    """Moves given by codes; those from or to what is infeasible are left out."""
    pairs = [(start, end) for start, ends in arcs.items() for end in ends]
    start = space.combinations([start for start, _ in pairs])
    to = space.combinations([end for _, end in pairs])
    moves = space.mask[start] & space.mask[to] & (start != to)
    return arcs_of(start[moves], to[moves], space.size)
