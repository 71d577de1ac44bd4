"""A board in graph form: play from single states, worked out on the committed conflict itself.

Cases in graph form are small: nothing here is remembered from one state to the next. States are
those of the whole space, as on any board; of combinations that are one state it is the first that
keeps the commitment.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from detente.conflict.board import Board
from detente.conflict.model import Conflict
from detente.conflict.reach import attainable, reachable
from detente.conflict.stability import equilibria, stable_states

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from numpy.typing import NDArray

    from detente.case.situation import Levels
    from detente.conflict.board import Ranks, States

__all__ = ["GraphBoard"]


@dataclass(frozen=True, eq=False)
class GraphBoard(Board):
    """The graph model of a situation whose moves are written out, in one future."""

    @cached_property
    def conflict(self) -> Conflict:
        """The same with all states ranked."""
        return Conflict(self.layout.space, tuple(self.row(actor) for actor in self.actors))

    def ranks_of(self, states: NDArray[np.integer]) -> dict[str, Ranks]:
        """Actor -> `(states,)`, how it ranks some states."""
        spread = self.layout.space.spread
        return {actor: spread(self.conflict.ranks_of(actor))[states] for actor in self.actors}

    def attainable(
        self,
        levels: Levels,
        starts: NDArray[np.integer],
        stops: NDArray[np.bool_] | None = None,
        *,
        most: int = -1,
    ) -> States:
        """The equilibria that improvements lead to from any of these states."""
        inside = self.layout.space.inside(levels)
        ends = None if stops is None else stops[inside]
        return self._played(levels, starts, lambda model, here: attainable(model, here, ends))

    def attainable_sequentially(self, levels: Levels, starts: NDArray[np.integer]) -> States:
        """As `attainable`, with the equilibria of SEQ."""
        return self._played(
            levels, starts, lambda model, here: attainable(model, here, equilibria(model, "seq"))
        )

    def reachable(self, levels: Levels, starts: NDArray[np.integer]) -> States:
        """These states and all that any moves lead to from them, improvements or not; sorted."""
        return self._played(levels, starts, reachable)

    def _played(
        self,
        levels: Levels,
        starts: NDArray[np.integer],
        play: Callable[[Conflict, NDArray[np.integer]], States],
    ) -> States:
        inside = self.layout.space.inside(levels)
        return inside[play(self.conflict.committed(levels), np.searchsorted(inside, starts))]

    def stable_at(
        self, actor: str, state: int, concept: str, levels: Levels, frozen: Collection[str] = ()
    ) -> bool:
        """Whether a state is stable for an actor, while some cannot move."""
        if actor in frozen:
            return True
        model = self.conflict.committed(levels).without_moves(frozen)
        place = np.searchsorted(self.layout.space.inside(levels), state)
        return bool(stable_states(model, [concept])[concept][self.actors.index(actor), place])
