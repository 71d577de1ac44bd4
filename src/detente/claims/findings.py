"""Findings nobody typed in: what the computation shows besides the verdicts themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.claims.report import ClaimResult, Finding, StrategyResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.case.situation import Situation

__all__ = ["findings"]


def findings(
    situation: Situation, claims: Sequence[ClaimResult], strategies: Sequence[StrategyResult]
) -> tuple[Finding, ...]:
    """The findings, those about the recommendation first."""
    recommendation = situation.recommendation and situation.recommendation.strategy
    chosen = next((each for each in strategies if each.strategy == recommendation), None)
    about_choice = (
        [] if chosen is None else [*not_best(chosen, strategies), *missed(chosen, strategies)]
    )
    return (*about_choice, *open_tests(claims), *no_difference(claims), *concepts_part(claims))


def not_best(chosen: StrategyResult, strategies: Sequence[StrategyResult]) -> Iterator[Finding]:
    """Strategies under which the focal actor does at least as well, and somewhere better.

    Every attainable outcome is at least as good, in its own order, as the best under the choice.
    """
    for other in strategies:
        known = (chosen.best, chosen.worst, other.best, other.worst)
        if other is chosen or None in known:
            continue
        if other.worst >= chosen.best and other.best > chosen.worst:  # type: ignore[operator]
            yield Finding("not_best", strategy=chosen.strategy, details={"other": other.strategy})


def missed(chosen: StrategyResult, strategies: Sequence[StrategyResult]) -> Iterator[Finding]:
    """Goals the choice never meets, though another strategy does."""
    for goal, met in chosen.goals.items():
        others = [each.strategy for each in strategies if each.goals[goal] in ("every", "some")]
        if met == "none" and others:
            yield Finding(
                "goal_missed", strategy=chosen.strategy, details={"goal": goal, "others": others}
            )


def open_tests(claims: Sequence[ClaimResult]) -> Iterator[Finding]:
    """Verdicts that could have gone the other way by something nobody typed in."""
    for result in claims:
        if result.open and result.verdict == "supported":
            yield Finding("open_supported", claim=result.claim.id)
    for result in claims:
        if result.open and result.verdict == "contradicted":
            yield Finding("open_contradicted", claim=result.claim.id)


def no_difference(claims: Sequence[ClaimResult]) -> Iterator[Finding]:
    """Effects that come with the cause, and as well without it."""
    for result in claims:
        if result.share and result.difference == 0:
            yield Finding("no_difference", claim=result.claim.id)


def concepts_part(claims: Sequence[ClaimResult]) -> Iterator[Finding]:
    """Claims that hold under one stability concept and not under another."""
    for result in claims:
        answers: dict[str, bool] = {
            each.concept: each.holds for each in result.concepts if each.holds is not None
        }
        if len(set(answers.values())) > 1:
            yield Finding("concepts_part", claim=result.claim.id, details=answers)
