"""One future, evaluated: every claim, every strategy, and what single statements do to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.case.future import Future
    from detente.case.situation import Concept, Situation
    from detente.claims.report import Change, GoalMet

__all__ = ["Asked", "Evaluated", "Evaluator", "Played", "Turned"]

Levels = Mapping[str, int]


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
    """

    def __init__(self, situation: Situation, concepts: Sequence[Concept] = ("nash", "seq")) -> None:
        self.situation, self.concepts = situation, tuple(concepts)

    def __call__(self, future: Future, *, vary: bool = False) -> Evaluated:
        """Evaluate one future; asked to vary, try each preference statement too."""
        raise NotImplementedError
