"""What one future answers: each claim's plain verdict, and whether the recommendation stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from detente.claims.argument import KINDS, ask
from detente.claims.evaluation import played_by
from detente.claims.findings import is_better
from detente.claims.focal import strategies
from detente.claims.hinges import plain_verdict
from detente.claims.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.claims.evaluation import Played
    from detente.claims.settling import Settling

__all__ = ["RECOMMENDATION", "Answer", "Answers", "Target", "answers", "standing"]

Standing = Literal["stands", "beaten", "undetermined"]
Answer = Verdict | Standing
Target = str | None
"""A claim by its id, or the recommended strategy."""

RECOMMENDATION: Target = None


@dataclass(frozen=True)
class Answers:
    """The answers of one future."""

    said: Mapping[Target, Answer]
    """Claim -> supported, contradicted or untested (undetermined); the recommended strategy, where
    there is one -> stands or beaten."""
    better: tuple[str, ...] = ()
    """Strategies better than the recommended one, in the focal actor's own order."""


def answers(settling: Settling, known: Mapping[str, Answer] | None = None) -> Answers:
    """What a situation in one future answers, by its claims' headline concepts and Nash.

    Parameters
    ----------
    settling
        The situation in one future.
    known
        Answers of claims that are surely the same here.
    """
    situation, known = settling.situation, known or {}
    said: dict[Target, Answer] = {
        claim.id: known.get(claim.id) or plain_verdict(claim, ask(claim, settling))
        for claim in situation.claims.values()
        if type(claim.test) in KINDS
    }
    if situation.recommendation is None:
        return Answers(said)
    played = [played_by(each, "nash", settling) for each in strategies(situation).values()]
    chosen = next(each for each in played if each.strategy == situation.recommendation.strategy)
    better = tuple(each.strategy for each in played if is_better(each, chosen))
    return Answers({RECOMMENDATION: standing(chosen, better), **said}, better)


def standing(chosen: Played, better: Sequence[str]) -> Standing:
    """Whether the recommended strategy is beaten by another; undetermined if it attains nothing."""
    if chosen.best is None:
        return "undetermined"
    return "beaten" if better else "stands"
