"""Stability: whether a state holds for an actor, and through whose sanctions.

The state is a code, or an expression: then the feasible states where it is true that differ from
the status quo in fewest options are meant. `because` is checked by freezing: where that actor
cannot move the state must no longer be stable. A test that is `seen_by` an actor is judged in the
game that it sees; others, to whom it ascribes a view of their own, in the game that it thinks they
see. Several who are named would act together: they are judged as a coalition, whom the others
answer by improvements of single actors (`detente.conflict.coalitions.coalition`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.claims.outcome import Outcome, every_or_some
from detente.claims.settling import levels_in
from detente.conflict.coalitions.coalition import coalition

if TYPE_CHECKING:
    from collections.abc import Collection

    from detente.case.format import StabilityTest
    from detente.case.situation import Claim, Concept
    from detente.claims.settling import Settling, States
    from detente.conflict.board import Board

__all__ = ["judged", "outcome", "states_meant"]


def outcome(claim: Claim, settling: Settling, concept: Concept) -> Outcome:
    """Whether every (or some) state that is meant has the claimed stability."""
    test: StabilityTest = claim.test  # type: ignore[assignment]
    states = states_meant(claim, settling)
    if not states.size:
        return Outcome(None, why="no feasible state is meant")
    if test.seen_by:
        settling = settling.seen(test.seen_by)
        states = states[[perceives(settling, int(state)) for state in states]]
        if not states.size:
            return Outcome(None, why=f"`{test.seen_by}` perceives no state that is meant")
    truths = [holds_at(test, settling, int(state), concept) for state in states]
    return Outcome(every_or_some(truths, test.in_))


def states_meant(claim: Claim, settling: Settling) -> States:
    """The states a test speaks about; none if they are infeasible."""
    test: StabilityTest = claim.test  # type: ignore[assignment]
    if "state" in claim.formulas:
        return settling.nearest(claim.formulas["state"])
    space = settling.space
    state = space.index(test.state)
    return np.array([state] if space.mask[state] else [], dtype=np.int64)


def perceives(settling: Settling, state: int) -> bool:
    """Whether a state is one to whoever sees the game so."""
    here, space = np.array([state]), settling.space
    return all(levels_in(space, here, id)[0] == level for id, level in settling.fixed.items())


def holds_at(test: StabilityTest, settling: Settling, state: int, concept: Concept) -> bool:
    """Whether the claim is true of one state."""
    if test.is_ == "unstable":
        return not is_stable(test, settling, state, concept)
    if not is_stable(test, settling, state, concept):
        return False
    return test.because is None or not is_stable(test, settling, state, concept, {test.because})


def is_stable(
    test: StabilityTest,
    settling: Settling,
    state: int,
    concept: Concept,
    frozen: Collection[str] = (),
) -> bool:
    """Whether all who are asked about would stay, while some cannot move."""
    if len(test.for_) > 1:
        return stay_together(test.for_, settling, state, concept, frozen)
    return all(
        stays(actor, game_of(actor, test, settling), state, concept, frozen)
        for actor in judged(test, settling.board)
    )


def game_of(actor: str, test: StabilityTest, settling: Settling) -> Settling:
    """The game in which an actor is judged."""
    is_ascribed = test.seen_by and actor in settling.situation.perceptions
    return settling.seen(actor) if is_ascribed else settling


def stays(
    actor: str, game: Settling, state: int, concept: Concept, frozen: Collection[str]
) -> bool:
    """Whether a state is stable for an actor; never where it perceives none there."""
    return perceives(game, state) and game.stays(actor, state, concept, frozen)


def stay_together(
    members: Collection[str],
    game: Settling,
    state: int,
    concept: Concept,
    frozen: Collection[str],
) -> bool:
    """Whether a state is stable for a coalition."""
    model = game.committed(game.fixed) if game.fixed else game.model
    here = model.space.index(game.space.code(state))
    return coalition(model, members, concept, frozen=frozen).holds(here)


def judged(test: StabilityTest, board: Board) -> tuple[str, ...]:
    """Whose stability is asked about: who is named, or, for an equilibrium, everybody."""
    return test.for_ or board.actors
