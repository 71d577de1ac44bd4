"""Stability: whether a state holds for an actor, and through whose sanctions.

The state is a code, or an expression: then the feasible states where it is true that differ from
the status quo in fewest options are meant. `because` is checked by freezing: where that actor
cannot move the state must no longer be stable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.claims.outcome import Outcome, every_or_some

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
    truths = [holds_at(test, settling.board, int(state), concept) for state in states]
    return Outcome(every_or_some(truths, test.in_))


def states_meant(claim: Claim, settling: Settling) -> States:
    """The states a test speaks about; none if they are infeasible."""
    test: StabilityTest = claim.test  # type: ignore[assignment]
    if "state" in claim.formulas:
        return settling.nearest(claim.formulas["state"])
    space = settling.space
    state = space.index(test.state)
    return np.array([state] if space.mask[state] else [], dtype=np.int64)


def holds_at(test: StabilityTest, board: Board, state: int, concept: Concept) -> bool:
    """Whether the claim is true of one state."""
    if test.is_ == "unstable":
        return not is_stable(test, board, state, concept)
    if not is_stable(test, board, state, concept):
        return False
    return test.because is None or not is_stable(test, board, state, concept, {test.because})


def is_stable(
    test: StabilityTest,
    board: Board,
    state: int,
    concept: Concept,
    frozen: Collection[str] = (),
) -> bool:
    """Whether all who are asked about would stay, while some cannot move."""
    return all(board.stable_at(actor, state, concept, {}, frozen) for actor in judged(test, board))


def judged(test: StabilityTest, board: Board) -> tuple[str, ...]:
    """Whose stability is asked about: one actor's, or, for an equilibrium, everybody's."""
    return test.for_ or board.actors
