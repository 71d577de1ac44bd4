"""What one test comes to in one future."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.case.situation import Claim, Concept
    from detente.claims.settling import Settled

__all__ = ["Outcome", "every_or_some", "headline"]


@dataclass(frozen=True, eq=False)
class Outcome:
    """Whether a test holds, under its commitment and under its contrast."""

    holds: bool | None
    """None: undetermined."""
    against: bool | None = None
    """None: there is no contrast, or it is undetermined."""
    has_contrast: bool = False
    why: str | None = None
    """Why it is undetermined."""
    commit: Settled | None = None
    contrast: Settled | None = None

    @property
    def is_determined(self) -> bool:
        """Whether the future counts: a claim of cause needs both of its sides."""
        return self.holds is not None and not (self.has_contrast and self.against is None)

    @property
    def share(self) -> float | None:
        """1 or 0; None where undetermined."""
        return None if self.holds is None or not self.is_determined else float(self.holds)

    @property
    def difference(self) -> float | None:
        """Share under the commitment less share under the contrast."""
        if self.holds is None or self.against is None:
            return None
        return float(self.holds) - float(self.against)


def every_or_some(truths: list[bool], quantifier: str) -> bool | None:
    """Whether it is true of every one, or of some; None of nothing at all."""
    if not truths:
        return None
    return all(truths) if quantifier == "every" else any(truths)


def headline(claim: Claim) -> Concept:
    """The concept under which a claim is tested first."""
    concept: Concept = getattr(claim.test, "concept", "nash")
    return concept
