"""Findings nobody typed in: what the computation shows besides the verdicts themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from detente.claims.report import ClaimResult, Finding, StrategyResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.case.situation import Situation

__all__ = ["Attained", "findings", "is_better"]


class Attained(Protocol):
    """What a strategy attains, as far as an order can tell."""

    @property
    def best(self) -> int | None:
        """The focal actor's rank of its best attained outcome; None where nothing is attained."""

    @property
    def worst(self) -> int | None:
        """The same of its worst."""


def findings(
    situation: Situation, claims: Sequence[ClaimResult], strategies: Sequence[StrategyResult]
) -> tuple[Finding, ...]:
    """The findings, those about the recommendation first."""
    recommendation = situation.recommendation and situation.recommendation.strategy
    chosen = next((each for each in strategies if each.strategy == recommendation), None)
    about_choice = (
        [] if chosen is None else [*rivals(chosen, strategies), *missed(chosen, strategies)]
    )
    return (*about_choice, *open_tests(claims), *no_difference(claims), *concepts_part(claims))


def rivals(chosen: StrategyResult, strategies: Sequence[StrategyResult]) -> Iterator[Finding]:
    """Strategies better for the focal actor than the choice; where none is, those it beats."""
    better = [other.strategy for other in strategies if is_better(other, chosen)]
    beaten = [other.strategy for other in strategies if is_better(chosen, other)]
    yield from (
        Finding("not_best", strategy=chosen.strategy, details={"other": other}) for other in better
    )
    if beaten and not better:
        yield Finding("unbeaten", strategy=chosen.strategy, details={"beaten": beaten})


def is_better(one: Attained, other: Attained) -> bool:
    """Whether one strategy is better than another, both settled in the same future.

    It is if every outcome attainable under it is at least as good, in the focal actor's own order,
    as every one attainable under the other, and some is better.
    """
    if one.worst is None or one.best is None or other.worst is None or other.best is None:
        return False
    return one.worst >= other.best and one.best > other.worst


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
    """Claims on which Nash and SEQ disagree: foresight makes the difference."""
    for result in claims:
        answers: dict[str, bool] = {
            each.concept: each.holds
            for each in result.concepts
            if each.concept in ("nash", "seq") and each.holds is not None
        }
        if len(set(answers.values())) > 1:
            yield Finding("concepts_part", claim=result.claim.id, details=answers)
