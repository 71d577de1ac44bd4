"""Where a situation settles under a commitment, in one future.

A commitment fixes options; nobody can move them. Play starts in the feasible states nearest to the
status quo and follows unilateral improvements to the first equilibrium they meet: the *attainable*
equilibria. Everything is worked out once for each commitment and concept. States are those of the
whole space throughout, whatever is fixed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from math import prod
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.case.concepts import CORE, split
from detente.case.future import Future, nominal
from detente.case.perceived import Seen, perceived
from detente.conflict.alone import ALONE, stable_alone
from detente.conflict.concepts.registry import rows
from detente.conflict.ground import Ground
from detente.conflict.model import Conflict, conflict_among
from detente.conflict.stability import equilibria

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping

    from detente.case.expression import Expression
    from detente.case.situation import Concept, Levels, Situation
    from detente.conflict.preferences import Truths
    from detente.conflict.space import Space

__all__ = ["Settled", "Settling", "levels_in"]

States = NDArray[np.int64]
Result = TypeVar("Result")


@dataclass(frozen=True, eq=False)
class Settled:
    """Where play from the starts ends."""

    fixed: Levels
    """The commitment, or the first step of several."""
    space: Space
    """The states."""
    starts: States
    """Where play starts; empty if nothing is feasible."""
    attainable: States
    """The equilibria it ends in."""
    ranks: Mapping[str, NDArray[np.int32]]
    """Actor -> `(attainable,)`, how it ranks them; comparable between commitments."""
    why: str | None = None
    """Why it ends nowhere, where a later step cannot be taken."""

    def levels(self, option: str) -> NDArray[np.int64]:
        """`(attainable,)`: the level of an option in each attainable equilibrium."""
        return levels_in(self.space, self.attainable, option)

    def codes(self, most: int) -> tuple[str, ...]:
        """The codes of the first attainable equilibria."""
        return tuple(self.space.codes(self.attainable[:most]))


def levels_in(space: Space, states: States, option: str) -> NDArray[np.int64]:
    """`(states,)`: the level of an option in each of these states."""
    axis = next(k for k, each in enumerate(space.options) if each.id == option)
    positions = states // prod(space.shape[axis + 1 :]) % space.shape[axis]
    return np.asarray(positions + space.origin[axis], dtype=np.int64)


def narrowest_first(arrays: Iterable[NDArray[Any]]) -> list[NDArray[Any]]:
    """Arrays to be broadcast together, in the order in which that costs least."""
    return sorted(arrays, key=lambda array: array.size)


class Settling:
    """A situation in one future, ready to be settled under any commitment.

    Parameters
    ----------
    situation
        What the analyst wrote.
    future
        The draw of everything unknown; the nominal one if left out.
    ground
        What other futures of the same situation have found out already, if any have been settled.
    fixed
        Options that nobody is seen to have, where this is the game as somebody sees it.
    """

    def __init__(
        self,
        situation: Situation,
        future: Future | None = None,
        ground: Ground | None = None,
        fixed: Levels = MappingProxyType({}),
    ) -> None:
        self.situation, self.fixed = situation, fixed
        self.future = nominal(situation) if future is None else future
        self.ground = Ground(situation) if ground is None else ground
        self.board = self.ground.board(self.future)
        self._known: dict[Hashable, object] = {}

    @property
    def space(self) -> Space:
        """All states, nothing fixed."""
        return self.board.layout.space

    @cached_property
    def model(self) -> Conflict:
        """The conflict in which nothing is fixed."""
        return Conflict(self.space, tuple(self.board.row(actor) for actor in self.board.actors))

    @cached_property
    def exact(self) -> Conflict:
        """The same with all that preferences say beyond ranks: what is unknown, fuzzy or strong."""
        return conflict_among(self.space, self.situation, self.future)

    def stays(self, actor: str, state: int, concept: Concept, frozen: Collection[str] = ()) -> bool:
        """Whether a state is stable for an actor, while some cannot move.

        Under the four concepts of the core the search starts from the state; any other takes the
        whole space.
        """
        if concept in CORE:
            return self.board.stable_at(actor, state, concept, self.fixed, frozen)
        if actor in frozen:
            return True
        held = [option.id for option in self.situation.options if option.actor in frozen]
        here = np.array([state])
        levels = {option: int(levels_in(self.space, here, option)[0]) for option in held}
        model = self._judging(concept).committed({**self.fixed, **levels})
        still = [each for each in frozen if each in self.situation.arcs]
        model = model.without_moves(still) if still else model
        key = ("rows", concept, frozenset(frozen), frozenset(levels.items()))
        stable = self.once(key, lambda: rows(model, concept))
        place = model.space.index(self.space.code(state))
        return bool(stable[model.actors.index(actor), place])

    def _judging(self, concept: Concept) -> Conflict:
        """The conflict that a concept judges: ranks are not enough to some."""
        return self.exact if split(concept)[1] else self.model

    def seen(self, actor: str) -> Settling:
        """The game as an actor sees it, in the same future."""
        return self.once(("seen", actor), lambda: self._seen(actor))

    def _seen(self, actor: str) -> Settling:
        game = perceived(Seen(self.situation, self.future, self.fixed), actor)
        return Settling(game.situation, game.future, self.ground.seen(actor), game.fixed)

    def committed(self, levels: Levels) -> Conflict:
        """The conflict with these options fixed."""
        key = ("committed", frozenset(levels.items()))
        return self.once(key, lambda: self.model.committed(levels))

    def starts(self, levels: Levels) -> States:
        """The feasible states with these levels that differ from the status quo least."""
        return self.ground.starts(levels, self.future)

    def nearest(self, wanted: Expression) -> States:
        """The feasible states where an expression is true that differ from the status quo least."""
        return self.ground.meant(wanted, self.future)

    def under(self, levels: Levels, concept: Concept = "nash") -> Settled:
        """Where the situation settles with these options fixed."""
        key = ("under", frozenset(levels.items()), concept)
        return self.once(key, lambda: self._settle(levels, concept))

    def _settle(self, levels: Levels, concept: Concept) -> Settled:
        starts = self.starts(levels)
        ends = self.attained(levels, starts, concept)
        return Settled(levels, self.space, starts, ends, self.board.ranks_of(ends))

    def attained(self, levels: Levels, starts: States, concept: Concept) -> States:
        """The equilibria attained; only those of SMR and GMR take the whole space."""
        if concept == "nash":
            return self.board.attainable(levels, starts)
        if concept == "seq":
            return self.board.attainable_sequentially(levels, starts)
        return self.board.attainable(levels, starts, self._everywhere(levels, concept))

    def _everywhere(self, levels: Levels, concept: Concept) -> NDArray[np.bool_]:
        """`(states,) bool`: every equilibrium of the committed conflict, among all states."""
        settled = np.zeros(self.space.shape, dtype=np.bool_)
        cut = self.space.slices(levels)
        settled[cut] = self.equilibria(levels, concept).reshape(settled[cut].shape)
        return settled.reshape(-1)

    def passed(self, levels: Levels, actor: str) -> NDArray[np.uint32]:
        """Rows of states that play passes under a commitment, one for each place in a scale."""
        rows = self.once(
            ("visited", frozenset(levels.items())),
            lambda: self.board.visited(levels, self.starts(levels)),
        )
        key = ("passed", frozenset(levels.items()), actor)
        return self.once(key, lambda: self.board.apart(actor, rows))

    def equilibria(self, levels: Levels, concept: Concept) -> NDArray[np.bool_]:
        """`(states,) bool`: every equilibrium of the committed conflict."""
        key = ("equilibria", frozenset(levels.items()), concept)
        return self.once(key, lambda: self._equilibria(levels, concept))

    def _equilibria(self, levels: Levels, concept: Concept) -> NDArray[np.bool_]:
        if split(concept)[1]:
            return equilibria(self.exact.committed(levels), concept)
        if concept not in ALONE:
            return equilibria(self.committed(levels), concept)
        stable = [self.stable(actor, levels, concept) for actor in self.board.actors]
        found = reduce(np.logical_and, narrowest_first(stable)) & self.feasible(levels)
        return found.reshape(-1)

    def stable(self, actor: str, levels: Levels, concept: Concept) -> NDArray[np.bool_]:
        """Where an actor that fears any move is stable; see `stable_alone`."""
        key = ("stable", actor, frozenset(levels.items()), concept)
        return self.once(key, lambda: stable_alone(self.board, actor, concept, levels))

    def feasible(self, levels: Levels) -> NDArray[np.bool_]:
        """The feasible states of the committed conflict, one axis for each option."""
        return self.space.feasible_under(levels)

    def nearly_stable(self, levels: Levels) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
        """The states that at most one actor would leave, and which.

        Returns
        -------
        rows : ndarray
            Of these states, on the board.
        leaving : ndarray
            The actor's place among all; -1 where nobody has an improvement.
        """
        key = ("nearly_stable", frozenset(levels.items()))
        return self.once(key, lambda: self._nearly_stable(levels))

    def _nearly_stable(self, levels: Levels) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
        leaves = [~self.stable(actor, levels, "nash") for actor in self.board.actors]
        feasible = self.feasible(levels)
        counts = narrowest_first([each.astype(np.uint8) for each in leaves])
        count = np.broadcast_to(reduce(np.add, counts), feasible.shape)
        near = np.flatnonzero((count < 2) & feasible)
        found = np.unravel_index(near, feasible.shape)
        who = np.array([np.broadcast_to(each, feasible.shape)[found] for each in leaves])
        cut = self.space.slices(levels)
        places = [place + (part.start or 0) for place, part in zip(found, cut, strict=True)]
        states = np.ravel_multi_index(tuple(places), self.space.shape)
        return self.board.layout.rows(states), np.where(who.any(axis=0), who.argmax(axis=0), -1)

    def truths(self, actor: str) -> Truths:
        """Which of the statements an actor holds are true where on its scale."""
        return self.once(("truths", actor), lambda: self.ground.truths(actor, self.future))

    def truth(self, expression: Expression, space: Space, states: States) -> NDArray[np.bool_]:
        """`(states,) bool`: where an expression is true."""
        return self._value(expression, space, states)

    def value(self, expression: Expression, space: Space, states: States) -> NDArray[np.float64]:
        """`(states,) float64`: what an expression comes to."""
        return self._value(expression, space, states).astype(np.float64)

    def _value(self, expression: Expression, space: Space, states: States) -> NDArray[Any]:
        levels = {option: levels_in(space, states, option) for option in expression.options}
        return np.broadcast_to(expression.on({**self.future.values, **levels}), states.shape)

    def once(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """What has been found under a key, worked out where nothing has."""
        if key not in self._known:
            self._known[key] = work()
        return self._known[key]  # type: ignore[return-value]
