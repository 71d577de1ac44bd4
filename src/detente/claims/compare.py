"""Compare: two strategies within the same future, by a goal or by an actor's own order.

Orders stay orders: a goal is met in every, some or no attainable equilibrium, and the best (or
worst) attainable outcome of an actor is compared by the actor's own ranks. Nothing is averaged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.claims.outcome import Outcome
from detente.claims.response import why_undetermined
from detente.claims.steps import played

if TYPE_CHECKING:
    from detente.case.format import Compare
    from detente.case.situation import Claim, Concept
    from detente.claims.report import GoalMet
    from detente.claims.settling import Settled, Settling

__all__ = ["EXTENT", "compared", "goal_met", "outcome", "outcome_rank"]

EXTENT = {"none": 0, "some": 1, "every": 2}


def outcome(claim: Claim, settling: Settling, concept: Concept) -> Outcome:
    """Whether one strategy does better (worse, the same) than the other."""
    test: Compare = claim.test  # type: ignore[assignment]
    under, against = (
        played(settling, settling.situation.strategy(fixed), concept)
        for fixed in (test.under, test.against)
    )
    why = why_undetermined(under) or why_undetermined(against, "the contrast")
    if why:
        return Outcome(None, why=why, commit=under, contrast=against)
    here, there = (extent(test.of, settled, settling) for settled in (under, against))
    return Outcome(compared(test, here, there), commit=under, contrast=against)


def compared(test: Compare, here: int, there: int) -> bool:
    """Whether the one is to the other as the test claims; more is better."""
    return {"better": here > there, "worse": here < there, "equal": here == there}[test.is_]


def extent(of: str, settled: Settled, settling: Settling) -> int:
    """How good it is: more is better, within the same future."""
    bound, bracket, actor = of.partition("(")
    if bracket:
        return outcome_rank(bound, actor.removesuffix(")"), settled)
    met = goal_met(of, settled, settling)
    assert met is not None
    return EXTENT[met]


def outcome_rank(bound: str, actor: str, settled: Settled) -> int:
    """The actor's rank of its best or worst attainable equilibrium."""
    ranks = settled.ranks[actor]
    return int(ranks.max() if bound == "best" else ranks.min())


def goal_met(goal: str, settled: Settled, settling: Settling) -> GoalMet | None:
    """Whether a goal is met in every, some or no attainable equilibrium; None if there is none."""
    truth = settling.truth(settling.situation.goals[goal].test, settled.space, settled.attainable)
    if not truth.size:
        return None
    return "every" if truth.all() else "some" if truth.any() else "none"
