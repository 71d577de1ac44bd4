"""What the others do about each strategy, and what it brings the focal actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.claims.compare import goal_met, outcome_rank
from detente.claims.report import Settlement, StrategyResult
from detente.claims.steps import played

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.case.situation import Strategy
    from detente.claims.settling import Settled, Settling

__all__ = ["strategy_results"]


def strategy_results(
    settling: Settling, settlements: Callable[[Strategy], tuple[Settlement, ...]]
) -> tuple[StrategyResult, ...]:
    """Each named strategy, settled.

    Parameters
    ----------
    settling
        The situation in one future.
    settlements
        Where it settles under a strategy, by concept.
    """
    return tuple(
        strategy_result(strategy, settling, settlements(strategy))
        for strategy in settling.situation.strategies.values()
    )


def strategy_result(
    strategy: Strategy, settling: Settling, settlements: tuple[Settlement, ...]
) -> StrategyResult:
    settled = played(settling, strategy)
    focus = settling.situation.focus
    is_ranked = focus in settled.ranks and bool(settled.attainable.size)
    return StrategyResult(
        strategy=strategy.id,
        settlements=settlements,
        goals={goal: goal_met(goal, settled, settling) for goal in settling.situation.goals},
        responses=responses(strategy, settled, settling),
        best=outcome_rank("best", str(focus), settled) if is_ranked else None,
        worst=outcome_rank("worst", str(focus), settled) if is_ranked else None,
    )


def responses(
    strategy: Strategy, settled: Settled, settling: Settling
) -> dict[str, tuple[str, ...]]:
    """The levels that options take in the attainable Nash equilibria, but those that are fixed."""
    later = {option for then in strategy.then for option in then.levels}
    return {
        option.id: tuple(option.levels[level] for level in sorted(set(settled.levels(option.id))))
        for option in settling.situation.options
        if option.id not in strategy.levels or option.id in later
    }
