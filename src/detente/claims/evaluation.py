"""One future, evaluated: every claim, every strategy, and what single statements do to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.case.situation import Utility
from detente.claims.argument import KINDS, headline
from detente.claims.compare import goal_met
from detente.claims.focal import strategies
from detente.claims.perception import everywhere, varied
from detente.claims.settling import Settling
from detente.claims.steps import played
from detente.claims.variation import variations_of_file
from detente.conflict.ground import Ground
from detente.conflict.threads import one_thread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from detente.case.future import Future
    from detente.case.situation import Claim, Concept, Situation, Strategy
    from detente.claims.report import Change, GoalMet
    from detente.claims.settling import Settled
    from detente.claims.variation import Addition, Variation

__all__ = ["Asked", "Evaluated", "Evaluator", "Played", "Turned"]

SHOWN = 12  # equilibria whose codes are kept


@dataclass(frozen=True)
class Asked:
    """A claim's test in one future under one concept."""

    claim: str
    concept: Concept
    holds: bool | None
    """None: undetermined."""
    against: bool | None
    """None: no contrast, or undetermined."""
    is_determined: bool
    """A claim of cause needs both of its sides."""


@dataclass(frozen=True)
class Played:
    """A strategy in one future under one concept."""

    strategy: str
    concept: Concept
    attainable: int
    """How many equilibria are attained; with none the future is undetermined."""
    best: int | None
    """The focal actor's rank of its best attained outcome; compared within one future only."""
    worst: int | None
    goals: Mapping[str, GoalMet | None] = field(default_factory=dict)
    utility_best: float | None = None
    """In the unit of the focal actor's utility, where it has one."""
    utility_worst: float | None = None
    outcomes: tuple[str, ...] = ()
    """Codes of the attained equilibria, the first of them."""


@dataclass(frozen=True)
class Turned:
    """A claim that comes out otherwise under its headline concept if one statement is varied."""

    claim: str
    statement: str
    change: Change
    swapped_with: str | None
    holds: bool | None
    against: bool | None
    is_determined: bool


@dataclass(frozen=True)
class Evaluated:
    """What one future comes to."""

    asked: tuple[Asked, ...]
    played: tuple[Played, ...]
    turned: tuple[Turned, ...] = ()


class Evaluator:
    """Evaluates futures of one situation, keeping what they have in common.

    Parameters
    ----------
    situation
        What the analyst wrote.
    concepts
        Under which claims and strategies are settled.
    ground
        What other evaluators of the same states and preferences have found out already.
    """

    def __init__(
        self,
        situation: Situation,
        concepts: Sequence[Concept] = ("nash", "seq"),
        ground: Ground | None = None,
    ) -> None:
        self.situation, self.concepts = situation, tuple(concepts)
        self._claims = [each for each in situation.claims.values() if type(each.test) in KINDS]
        self._strategies = strategies(situation)
        self._ground = Ground(situation) if ground is None else ground

    def __call__(self, future: Future, *, vary: bool = False) -> Evaluated:
        """Evaluate one future; asked to vary, try each preference statement too."""
        with one_thread():
            return self._evaluated(future, vary)

    def _evaluated(self, future: Future, vary: bool) -> Evaluated:
        settling = Settling(self.situation, future, self._ground)
        asked = tuple(
            asked_of(claim, concept, settling)
            for claim in self._claims
            for concept in dict.fromkeys((headline(claim), *self.concepts))
        )
        played = tuple(
            played_by(strategy, concept, settling)
            for strategy in self._strategies.values()
            for concept in self.concepts
        )
        return Evaluated(asked, played, tuple(self._turned(settling, asked)) if vary else ())

    def _turned(self, settling: Settling, asked: Sequence[Asked]) -> Iterator[Turned]:
        """The claims that come out otherwise, by variation."""
        plain = {(each.claim, each.concept): each for each in asked}
        for variation in everywhere(settling, self._claims, of_file):
            changed = varied(settling, variation)
            first, *second = (each.id for each in variation.statements(settling.future))
            for claim in self._claims:
                if changed.leaves(claim):
                    continue
                then = asked_of(claim, headline(claim), changed)
                if then != plain[then.claim, then.concept]:
                    swapped_with = second[0] if second else None
                    answer = then.holds, then.against, then.is_determined
                    yield Turned(claim.id, first, variation.change, swapped_with, *answer)


def of_file(settling: Settling) -> Iterator[Variation | Addition]:
    """The variations of the lists of a situation."""
    return variations_of_file(settling.situation, settling.future)


def asked_of(claim: Claim, concept: Concept, settling: Settling) -> Asked:
    """What a claim's test comes to."""
    outcome = KINDS[type(claim.test)](claim, settling, concept)
    return Asked(claim.id, concept, outcome.holds, outcome.against, outcome.is_determined)


def played_by(strategy: Strategy, concept: Concept, settling: Settling) -> Played:
    """What a strategy attains."""
    situation, settled = settling.situation, played(settling, strategy, concept)
    best, worst = bounds(settled.ranks.get(str(situation.focus), np.empty(0, np.int32)))
    utility_best, utility_worst = bounds(utilities(settled, settling))
    return Played(
        strategy.id,
        concept,
        settled.attainable.size,
        best=None if best is None else int(best),
        worst=None if worst is None else int(worst),
        goals={goal: goal_met(goal, settled, settling) for goal in situation.goals},
        utility_best=utility_best,
        utility_worst=utility_worst,
        outcomes=settled.codes(SHOWN),
    )


def bounds(values: NDArray[Any]) -> tuple[float | None, float | None]:
    """The largest and the smallest; None of nothing at all."""
    return (float(values.max()), float(values.min())) if values.size else (None, None)


def utilities(settled: Settled, settling: Settling) -> NDArray[np.float64]:
    """What the attained equilibria are worth to the focal actor, where it has a utility."""
    situation = settling.situation
    preference = situation.preferences.get(str(situation.focus))
    if not isinstance(preference, Utility):
        return np.empty(0)
    return settling.value(preference.utility, settled.space, settled.attainable)
