"""What the others do about each strategy, and what it brings the focal actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.claims.compare import goal_met, outcome_rank
from detente.claims.report import Settlement, StrategyResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.case.situation import Levels, Strategy
    from detente.claims.settling import Settled, Settling

__all__ = ["strategy_results"]


def strategy_results(
    settling: Settling, settlements: Callable[[Levels], tuple[Settlement, ...]]
) -> tuple[StrategyResult, ...]:
    """Each named strategy, settled.

    Parameters
    ----------
    settling
        The situation in one future.
    settlements
        Where it settles with options fixed, by concept.
    """
    return tuple(
        strategy_result(strategy, settling, settlements(strategy.levels))
        for strategy in settling.situation.strategies.values()
    )


def strategy_result(
    strategy: Strategy, settling: Settling, settlements: tuple[Settlement, ...]
) -> StrategyResult:
    settled = settling.under(strategy.levels)
    focus = settling.situation.focus
    is_ranked = focus in settled.ranks and bool(settled.attainable.size)
    return StrategyResult(
        strategy=strategy.id,
        settlements=settlements,
        goals={goal: goal_met(goal, settled, settling) for goal in settling.situation.goals},
        responses=responses(strategy.levels, settled, settling),
        best=outcome_rank("best", str(focus), settled) if is_ranked else None,
        worst=outcome_rank("worst", str(focus), settled) if is_ranked else None,
    )


def responses(fixed: Levels, settled: Settled, settling: Settling) -> dict[str, tuple[str, ...]]:
    """The levels each free option takes in the attainable Nash equilibria."""
    return {
        option.id: tuple(option.levels[level] for level in sorted(set(settled.levels(option.id))))
        for option in settling.situation.options
        if option.id not in fixed
    }
