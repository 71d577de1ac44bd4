"""Whether a verdict is read off what was entered by hand, whatever anybody prefers.

Commitments, infeasibilities and one-way moves may leave a test only one answer: in all states to
which any moves could lead the expected is true, or false. Such a test is not open.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from detente.case.format import Compare, Response
from detente.claims.compare import EXTENT, compared
from detente.claims.hinges import plain_verdict
from detente.claims.outcome import Outcome, every_or_some
from detente.claims.stability import judged, states_meant
from detente.claims.steps import branches, entered
from detente.conflict.reach import moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from detente.case.expression import Expression
    from detente.case.format import StabilityTest
    from detente.case.situation import Claim, Strategy
    from detente.claims.settling import Settling

__all__ = ["is_structural"]


def is_structural(claim: Claim, settling: Settling) -> bool:
    """Whether no preferences at all could give the claim another verdict."""
    if isinstance(claim.test, Response):
        outcomes = responses(claim, settling)
    elif isinstance(claim.test, Compare):
        outcomes = comparisons(claim, settling)
    else:
        outcomes = stabilities(claim, settling)
    return len({plain_verdict(claim, outcome) for outcome in outcomes}) == 1


def responses(claim: Claim, settling: Settling) -> Iterator[Outcome]:
    test: Response = claim.test  # type: ignore[assignment]
    expect = claim.formulas["expect"]
    commit = settling.situation.strategy(test.commit)
    holds = possible(expect, commit, settling)
    if test.against is None:
        return (Outcome(each) for each in holds)
    contrast = settling.situation.strategy(test.against)
    against = possible(expect, contrast, settling)
    sides = zip(holds, holds, strict=True) if alike(commit, contrast) else product(holds, against)
    return (Outcome(here, there, has_contrast=True) for here, there in sides)


def alike(strategy: Strategy, other: Strategy) -> bool:
    """Whether they fix the same, whatever they are called."""
    return (strategy.levels, strategy.then) == (other.levels, other.then)


def possible(expected: Expression, strategy: Strategy, settling: Settling) -> set[bool]:
    """The truth values an expression has where any moves could lead, in one step or two."""
    board, space = settling.board, settling.space
    first = board.reachable(strategy.levels, settling.starts(strategy.levels))
    truths: set[bool] = set()
    for then, states in branches(settling, first, strategy):
        if then is not None:
            levels = {**strategy.levels, **then.levels}
            starts, _ = entered(settling, states, then.levels, levels)
            states = board.reachable(levels, starts)  # noqa: PLW2901 - where they lead
        truths |= set(settling.truth(expected, space, states).tolist())
    return truths


def comparisons(claim: Claim, settling: Settling) -> Iterator[Outcome]:
    test: Compare = claim.test  # type: ignore[assignment]
    under, against = (settling.situation.strategy(fixed) for fixed in (test.under, test.against))
    goal = settling.situation.goals.get(test.of)
    extents = [
        range(2) if goal is None else extents_of(possible(goal.test, strategy, settling))
        for strategy in (under, against)
    ]
    sides = zip(*extents[:1] * 2, strict=True) if alike(under, against) else product(*extents)
    return (Outcome(compared(test, here, there)) for here, there in sides)


def extents_of(truths: set[bool]) -> set[int]:
    """How far a goal can be met; to meet it in some outcomes lies between and adds no answer."""
    return {EXTENT["every"] if truth else EXTENT["none"] for truth in truths}


def stabilities(claim: Claim, settling: Settling) -> Iterator[Outcome]:
    """Who cannot move is stable, and Nash stability is nobody else's doing."""
    test: StabilityTest = claim.test  # type: ignore[assignment]
    answers = [answers_at(test, settling, int(state)) for state in states_meant(claim, settling)]
    return (Outcome(every_or_some(list(each), test.in_)) for each in product(*answers))


def answers_at(test: StabilityTest, settling: Settling, state: int) -> Iterable[bool]:
    """What the test may come to in one state."""
    model = settling.model
    movers = [actor for actor in judged(test, settling.board) if moves(model, actor, state).size]
    if test.because is None or test.is_ == "unstable":
        return (True, False) if movers else (test.is_ != "unstable",)
    sanctioned = test.concept != "nash" and set(movers) - {test.because}
    return (True, False) if sanctioned else (False,)
