"""The game as one actor sees it, and what is stable in it.

A state that an actor does not perceive is no state of its game: it has no stability there, and is
not called stable for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.case.perceived import Seen, perceived
from detente.conflict.model import Conflict, conflict
from detente.conflict.reach import moves
from detente.conflict.stability import stable_states
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.conflict.space import Space

__all__ = ["Game", "game"]

Mask = NDArray[np.bool_]
States = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Game:
    """The game as one actor sees it; states are those of the whole space."""

    whole: Conflict
    """With all states, perceived or not."""
    conflict: Conflict
    """Over the states it perceives: the options it does not know of cannot be moved."""
    states: States
    """(perceived,) ascending: which state of the whole space each state of `conflict` is."""
    perceived: Mask
    """(states,), the feasible states that it perceives."""
    stable: Mapping[str, Mask]
    """Concept -> `(actors, states)`: what it takes to be stable for whom."""
    within: Mapping[str, Game] = field(default_factory=dict)
    """Actor -> the game that it is thought to see, where that is another than this one."""

    @property
    def space(self) -> Space:
        """All states, perceived or not."""
        return self.whole.space

    def stable_for(self, actor: str, concept: str) -> Mask:
        """`(states,)`: where an actor is seen to be stable."""
        return np.asarray(self.stable[concept][self.conflict.actors.index(actor)])

    def expected(self, concept: str) -> Mask:
        """`(states,)`: the perceived equilibria, from which nobody is seen to move.

        Where others are thought to see another game, each of them is judged in that one.
        """
        actors = self.conflict.actors
        rows = [self.within.get(actor, self).stable_for(actor, concept) for actor in actors]
        return np.asarray(np.all(rows, axis=0))

    def ranks_of(self, actor: str) -> NDArray[np.int32]:
        """`(states,) int32`, how an actor is seen to rank the states; -1 where infeasible.

        What is not perceived is worth least, and all the same: nobody who sees this game moves
        there.
        """
        ranks = self.space.mask.astype(np.int32) - 1
        ranks[self.states] = self.conflict.ranks_of(actor)
        return ranks

    def improvements(self, actor: str, state: int) -> States:
        """Where an actor would improve to from a state, as seen here; none if it is not seen."""
        if not self.perceived[state]:
            return np.zeros(0, dtype=np.int64)
        here = int(np.searchsorted(self.states, state))
        ends, worth = moves(self.conflict, actor, here), self.conflict.ranks_of(actor)
        return np.asarray(self.states[ends[worth[ends] > worth[here]]])


def game(seen: Seen, concepts: Sequence[str]) -> Game:
    """A game as somebody sees it.

    Parameters
    ----------
    seen
        The game in the words of the case.
    concepts
        Any of `detente.case.concepts.NAMES`.

    Raises
    ------
    InputError
        Where no feasible state is perceived.
    """
    whole = conflict(seen.situation, seen.future)
    model = whole.committed(seen.fixed) if seen.fixed else whole
    if not model.space.mask.any():
        unknown = ", ".join(f"`{option}`" for option in seen.fixed)
        raise InputError(f"who does not know of {unknown} perceives no feasible state")
    states = np.arange(whole.space.size).reshape(whole.space.shape)
    states = states[whole.space.slices(seen.fixed)].reshape(-1)
    within = {
        actor: game(perceived(seen, actor), concepts)
        for actor in model.actors
        if actor in seen.situation.perceptions
    }
    stable = {
        concept: lifted(rows, states, whole.space.size)
        for concept, rows in stable_states(model, concepts).items()
    }
    feasible = lifted(model.space.mask, states, whole.space.size)
    return Game(whole, model, states, feasible, stable, within)


def lifted(values: NDArray[Any], states: States, size: int) -> NDArray[Any]:
    """Values of some states among those of all: zero, or false, for the others."""
    if len(states) == size:
        return values
    found = np.zeros((*values.shape[:-1], size), dtype=values.dtype)
    found[..., states] = values
    return found
