"""Where a situation settles under a commitment, in one future.

A commitment fixes options; nobody can move them. Play starts in the feasible states nearest to the
status quo and follows unilateral improvements to the first equilibrium they meet: the *attainable*
equilibria. Everything is worked out once for each commitment, concept and variation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.case.future import Future, nominal
from detente.conflict.model import Conflict, conflict
from detente.conflict.preferences import WORD, Truths, truths
from detente.conflict.reach import attainable
from detente.conflict.stability import equilibria

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

    from detente.case.expression import Expression
    from detente.case.situation import Concept, Levels, Situation, Statement
    from detente.conflict.space import Space

__all__ = ["Settled", "Settling", "Variation"]

States = NDArray[np.int64]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Variation:
    """The same preferences but for one statement: dropped, or swapped with the next one."""

    actor: str
    place: int
    """Among the statements held, from 0."""
    change: Literal["dropped", "swapped"]


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
        self.model = conflict(situation, self.future)
        self._known: dict[Hashable, object] = {}

    # ------------------------------------------------------------------------------- settling

    def under(
        self, levels: Levels, concept: Concept = "nash", variation: Variation | None = None
    ) -> Settled:
        """Where the situation settles with these options fixed."""
        key = ("under", frozenset(levels.items()), concept, variation)
        return self._once(key, lambda: self._settle(levels, concept, variation))

    def _settle(self, levels: Levels, concept: Concept, variation: Variation | None) -> Settled:
        model, starts = self.committed(levels, variation), self.starts(levels)
        # Nash equilibria are found on the way, without solving the whole space.
        stops = None if concept == "nash" else equilibria(model, concept)
        ends = attainable(model, starts, stops) if starts.size else starts
        ranks = {actor: model.ranks_of(actor)[ends] for actor in model.actors}
        return Settled(levels, model.space, starts, ends, ranks)

    def equilibria(self, levels: Levels, concept: Concept) -> NDArray[np.bool_]:
        """`(states,) bool`: every equilibrium of the committed conflict."""
        key = ("equilibria", frozenset(levels.items()), concept)
        return self._once(key, lambda: equilibria(self.committed(levels), concept))

    def starts(self, levels: Levels) -> States:
        """The feasible states with these levels that differ from the status quo least."""
        return self._once(
            ("starts", frozenset(levels.items())),
            lambda: nearest(self.committed(levels), self.situation.status_quo),
        )

    # ----------------------------------------------------------------------------- variations

    def committed(self, levels: Levels, variation: Variation | None = None) -> Conflict:
        """The conflict with these options fixed, its preferences varied in one place."""
        plain = self._once(
            ("committed", frozenset(levels.items())), lambda: self.model.committed(levels)
        )
        if variation is None:
            return plain
        return plain.with_ranks(variation.actor, self._varied(levels, variation))

    def _varied(self, levels: Levels, variation: Variation) -> NDArray[np.int32]:
        """The actor's ranks on the committed states, comparable between commitments."""
        whole = self.truths(variation.actor)
        part = self._once(
            ("truths", variation.actor, frozenset(levels.items())),
            lambda: whole.restricted(levels),
        )
        if whole.count <= WORD:
            return ranks_of(part, variation)
        # Longer lists are ranked densely, and only on all states do such ranks compare.
        ranks = ranks_of(whole, variation).reshape(self.model.space.shape)
        return np.ascontiguousarray(ranks[self.model.space.slices(levels)]).reshape(-1)

    def truths(self, actor: str) -> Truths:
        """Which of the actor's statements are true where."""
        held = self.future.statements[actor]
        return self._once(
            ("truths", actor), lambda: truths(self.model.space, held, self.future.values)
        )

    @cached_property
    def variations(self) -> tuple[Variation, ...]:
        """Every statement dropped, and every two neighbours swapped."""
        return tuple(self._variations())

    def _variations(self) -> Iterator[Variation]:
        for actor, held in self.future.statements.items():
            for place in range(len(held)):
                yield Variation(actor, place, "dropped")
                if place + 1 < len(held):
                    yield Variation(actor, place, "swapped")

    def varied_statements(self, variation: Variation) -> tuple[Statement, ...]:
        """The statement dropped, or the two swapped."""
        held = self.future.statements[variation.actor]
        return held[variation.place : variation.place + (2 if variation.change == "swapped" else 1)]

    # ------------------------------------------------------------------------------ questions

    def truth(self, expression: Expression, settled: Settled) -> NDArray[np.bool_]:
        """`(attainable,) bool`: where an expression is true."""
        levels = {option: settled.levels(option) for option in expression.options}
        truth = expression.on({**self.future.values, **levels})
        return np.broadcast_to(truth, settled.attainable.shape)

    def _once(self, key: Hashable, work: Callable[[], Result]) -> Result:
        if key not in self._known:
            self._known[key] = work()
        return self._known[key]  # type: ignore[return-value]


def ranks_of(statements: Truths, variation: Variation) -> NDArray[np.int32]:
    change = statements.without if variation.change == "dropped" else statements.swapped
    return change(variation.place)


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
