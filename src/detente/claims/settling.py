"""Where a situation settles under a commitment, in one future.

A commitment fixes options; nobody can move them. Play starts in the feasible states nearest to the
status quo and follows unilateral improvements to the first equilibrium they meet: the *attainable*
equilibria. Everything is worked out once for each commitment and concept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.case.future import Future, nominal
from detente.conflict.model import Conflict, conflict
from detente.conflict.preferences import Truths, truths
from detente.conflict.reach import attainable
from detente.conflict.stability import CONCEPTS, equilibria

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from detente.case.expression import Expression
    from detente.case.situation import Concept, Levels, Situation
    from detente.conflict.space import Space

__all__ = ["Settled", "Settling"]

States = NDArray[np.int64]
Result = TypeVar("Result")


@dataclass(frozen=True, eq=False)
class Settled:
    """Where play from the starts ends."""

    fixed: Levels
    """The commitment."""
    space: Space
    """The committed states."""
    starts: States
    """Where play starts; empty if nothing is feasible."""
    attainable: States
    """The equilibria it ends in."""
    ranks: Mapping[str, NDArray[np.int32]]
    """Actor -> `(attainable,)`, how it ranks them; comparable between commitments."""

    def levels(self, option: str) -> NDArray[np.int64]:
        """`(attainable,)`: the level of an option in each attainable equilibrium."""
        return levels_in(self.space, self.attainable, option)

    def codes(self, most: int) -> tuple[str, ...]:
        """The codes of the first attainable equilibria."""
        return tuple(self.space.codes(self.attainable[:most]))


def levels_in(space: Space, states: States, option: str) -> NDArray[np.int64]:
    """`(states,)`: the level of an option in each of these states."""
    axis = next(k for k, each in enumerate(space.options) if each.id == option)
    positions = np.unravel_index(states, space.shape)[axis]
    return np.asarray(positions + space.origin[axis], dtype=np.int64)


class Settling:
    """A situation in one future, ready to be settled under any commitment.

    Parameters
    ----------
    situation
        What the analyst wrote.
    future
        The draw of everything unknown; the nominal one if left out.
    """

    def __init__(self, situation: Situation, future: Future | None = None) -> None:
        self.situation = situation
        self.future = nominal(situation) if future is None else future
        self._conflict = conflict(situation, self.future)
        self._known: dict[Hashable, object] = {}

    @property
    def model(self) -> Conflict:
        """The conflict in which nothing is fixed."""
        return self.committed({})

    def committed(self, levels: Levels) -> Conflict:
        """The conflict with these options fixed."""
        key = ("committed", frozenset(levels.items()))
        return self._once(key, lambda: self._conflict.committed(levels))

    def starts(self, levels: Levels) -> States:
        """The feasible states with these levels that differ from the status quo least."""
        key = ("starts", frozenset(levels.items()))
        return self._once(key, lambda: nearest(self.committed(levels), self.situation.status_quo))

    def nearest(self, wanted: Expression) -> States:
        """The feasible states where an expression is true that differ from the status quo least."""
        return self._once(("nearest", wanted), lambda: self._nearest(wanted))

    def _nearest(self, wanted: Expression) -> States:
        space = self.model.space
        truth = np.broadcast_to(wanted.on({**self.future.values, **space.axes()}), space.shape)
        return nearest(self.model, self.situation.status_quo, truth)

    def under(self, levels: Levels, concept: Concept = "nash") -> Settled:
        """Where the situation settles with these options fixed."""
        key = ("under", frozenset(levels.items()), concept)
        return self._once(key, lambda: self._settle(levels, concept))

    def _settle(self, levels: Levels, concept: Concept) -> Settled:
        # Nash equilibria are found on the way, without solving the whole space.
        stops = None if concept == "nash" else self.equilibria(levels, concept)
        model, starts = self.committed(levels), self.starts(levels)
        ends = attainable(model, starts, stops)
        ranks = {actor: model.ranks_of(actor)[ends] for actor in model.actors}
        return Settled(levels, model.space, starts, ends, ranks)

    def equilibria(self, levels: Levels, concept: Concept) -> NDArray[np.bool_]:
        """`(states,) bool`: every equilibrium of the committed conflict."""
        key = ("equilibria", frozenset(levels.items()), concept)
        return self._once(key, lambda: equilibria(self.committed(levels), concept))

    def stable_for_others(self, levels: Levels, concept: Concept, actor: str) -> NDArray[np.bool_]:
        """`(states,) bool`: what is stable for everybody but this actor."""
        model = self.committed(levels)
        rows = [self._stable(levels, concept, each) for each in model.actors if each != actor]
        stable: NDArray[np.bool_] = np.logical_and.reduce([model.space.mask, *rows])
        return stable

    def _stable(self, levels: Levels, concept: Concept, actor: str) -> NDArray[np.bool_]:
        key = ("stable", frozenset(levels.items()), concept, actor)
        return self._once(key, lambda: CONCEPTS[concept](self.committed(levels), actor))

    def truths(self, actor: str) -> Truths:
        """Which of the statements an actor holds are true where."""
        held = self.future.statements[actor]
        return self._once(
            ("truths", actor), lambda: truths(self.model.space, held, self.future.values)
        )

    def truth(self, expression: Expression, space: Space, states: States) -> NDArray[np.bool_]:
        """`(states,) bool`: where an expression is true."""
        return self._value(expression, space, states)

    def value(self, expression: Expression, space: Space, states: States) -> NDArray[np.float64]:
        """`(states,) float64`: what an expression comes to."""
        return self._value(expression, space, states).astype(np.float64)

    def _value(self, expression: Expression, space: Space, states: States) -> NDArray[Any]:
        levels = {option: levels_in(space, states, option) for option in expression.options}
        return np.broadcast_to(expression.on({**self.future.values, **levels}), states.shape)

    def _once(self, key: Hashable, work: Callable[[], Result]) -> Result:
        if key not in self._known:
            self._known[key] = work()
        return self._known[key]  # type: ignore[return-value]


def nearest(model: Conflict, status_quo: Levels, wanted: NDArray[np.bool_] | None = None) -> States:
    """The feasible (and wanted) states that differ from the status quo in fewest options.

    Parameters
    ----------
    model
        Whose states.
    status_quo
        Option id -> index of its level.
    wanted
        `(states,) bool`; all if left out.

    Returns
    -------
    ndarray
        All of them if several are as near; none if none is feasible.
    """
    space = model.space
    distance = sum(
        (levels != status_quo[option]).astype(np.int8) for option, levels in space.axes().items()
    )
    candidates = space.feasible if wanted is None else space.feasible & wanted.reshape(space.shape)
    distances = np.where(candidates, distance, np.int8(127)).reshape(-1)
    least = distances.min(initial=np.int8(127))
    return np.flatnonzero((distances == least) & candidates.reshape(-1))
