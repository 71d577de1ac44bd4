"""What one test comes to: in one future, or in all of them alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from detente.claims.verdict import meets

if TYPE_CHECKING:
    from datetime import date

    from detente.case.situation import Claim, Concept
    from detente.claims.report import Verdict
    from detente.claims.settling import Settled

__all__ = ["Outcome", "Standing", "every_or_some", "headline", "later", "unknown", "yes_or_no"]


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


# ------------------------------------------------------------------- the same in every future


@dataclass(frozen=True)
class Standing:
    """What a test comes to whose answer is the same in every future."""

    verdict: Verdict
    reason: str
    """What was found, or why nothing could be."""
    open: bool = False
    """Whether it could go against us by something nobody typed in."""
    share: float | None = None
    """1 or 0; of precedents those that are hits."""
    low: float | None = None
    high: float | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    """The witness, as JSON knows it."""


def yes_or_no(
    claim: Claim, holds: bool, reason: str, details: Mapping[str, Any], *, is_open: bool
) -> Standing:
    """Supported or contradicted, by the author's word."""
    share = float(holds)
    verdict: Verdict = "supported" if meets(claim.modality, share, None) else "contradicted"
    return Standing(verdict, reason, is_open, share, share, share, details)


def unknown(reason: str, details: Mapping[str, Any] | None = None) -> Standing:
    """Untested: nothing could be found."""
    return Standing("untested", reason, details=details or {})


def later(day: date, as_of: date | None) -> Standing | None:
    """Untested, where what a claim says of a day could not be known when the case was written."""
    if as_of is None or day <= as_of:
        return None
    return unknown(
        f"{day} lies after {as_of}, as of when nobody could know: `detente backtest` looks it up",
        {"day": day.isoformat()},
    )
