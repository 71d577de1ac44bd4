"""Stability: whether a state holds for an actor, and through whose sanctions.

The state is a code, or an expression: then the feasible states where it is true that differ from
the status quo in fewest options are meant. `because` is checked by freezing: with that actor's
options fixed the state must no longer be stable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.claims.outcome import Outcome, every_or_some
from detente.claims.settling import levels_in, nearest
from detente.conflict.stability import CONCEPTS

if TYPE_CHECKING:
    from detente.case.format import StabilityTest
    from detente.case.situation import Claim, Concept, Levels
    from detente.claims.settling import Settling, States, Variation
    from detente.conflict.model import Conflict

__all__ = ["outcome", "states_meant"]


def outcome(
    claim: Claim, settling: Settling, concept: Concept, variation: Variation | None = None
) -> Outcome:
    """Whether every (or some) state that is meant has the claimed stability."""
    test: StabilityTest = claim.test  # type: ignore[assignment]
    states = states_meant(claim, settling)
    if not states.size:
        return Outcome(None, why="no feasible state is meant")
    model = settling.committed({}, variation)
    truths = [holds_at(test, model, int(state), concept) for state in states]
    return Outcome(every_or_some(truths, test.in_))


def states_meant(claim: Claim, settling: Settling) -> States:
    """The states a test speaks about; none if they are infeasible."""
    test: StabilityTest = claim.test  # type: ignore[assignment]
    space = settling.model.space
    if "state" not in claim.formulas:
        state = space.index(test.state)
        return np.array([state] if space.mask[state] else [], dtype=np.int64)
    values = {**settling.future.values, **space.axes()}
    wanted = np.broadcast_to(claim.formulas["state"].on(values), space.shape)
    return nearest(settling.model, settling.situation.status_quo, wanted)


def holds_at(test: StabilityTest, model: Conflict, state: int, concept: Concept) -> bool:
    """Whether the claim is true of one state."""
    if test.is_ == "unstable":
        return not is_stable(test, model, state, concept)
    if not is_stable(test, model, state, concept):
        return False
    if test.because is None:
        return True
    frozen = model.committed(own_levels(model, state, test.because))
    return not is_stable(test, frozen, frozen.space.index(model.space.code(state)), concept)


def is_stable(test: StabilityTest, model: Conflict, state: int, concept: Concept) -> bool:
    """Whether the state is stable for the actor, or for all where an equilibrium is claimed."""
    actors = model.actors if test.for_ is None else (test.for_,)
    return all(bool(CONCEPTS[concept](model, actor)[state]) for actor in actors)


def own_levels(model: Conflict, state: int, actor: str) -> Levels:
    """The levels at which an actor's options stand in a state."""
    return {
        option.id: int(levels_in(model.space, np.array([state]), option.id)[0])
        for option in model.space.options
        if option.actor == actor
    }
