"""What became of a forecast, and how it is scored.

A likelihood that an author states is scored by its square error, `[Brier1950]`, at the middle of
the range that `[ICD203]` gives the word. What is said to be possible, or certain, is a hit or a
miss. What came for another cause is neither: counted by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.claims.verdict import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from detente.case.format.aftermath import Came
    from detente.case.situation import Claim
    from detente.claims.report import ClaimResult

__all__ = ["LIKELIHOODS", "Became", "Scored", "brier"]

LIKELIHOODS: Mapping[str, tuple[float, float]] = {
    "almost_no_chance": (0.01, 0.05),
    "very_unlikely": (0.05, 0.20),
    "unlikely": (0.20, 0.45),
    "likely": (0.55, 0.80),
    "very_likely": (0.80, 0.95),
    "almost_certain": (0.95, 0.99),
}
"""An author's word -> the range of probability it stands for, `[ICD203]`."""


@dataclass(frozen=True)
class Became:
    """What became of a forecast."""

    came: Came
    on: date | None
    """The day that decided it."""
    says: str
    sources: tuple[str, ...] = ()
    computed: bool = False
    """Whether the ledger or the network answers, and not who wrote the case."""


@dataclass(frozen=True)
class Scored:
    """A claim, blind and informed, and what became of it."""

    claim: Claim
    blind: ClaimResult
    informed: ClaimResult
    outcome: Became | None
    """None where it forecast nothing, or nobody looked."""

    @property
    def likelihood(self) -> tuple[float, float] | None:
        """The range of probability that the author's word states; possibilities have none."""
        return LIKELIHOODS.get(self.claim.modality)

    @property
    def is_hit(self) -> bool | None:
        """Whether what was called possible, or certain, came; None where there is no saying."""
        if self.likelihood or not (came := self._came()):
            return None
        return (came == "came_true") == (WORDS[self.claim.modality].sign > 0)

    @property
    def brier(self) -> float | None:
        """The square error of a likelihood; None where there is no saying."""
        if not self.likelihood or not (came := self._came()):
            return None
        return brier(self.likelihood, came == "came_true")

    def _came(self) -> Came | None:
        decided = self.outcome and self.outcome.came in ("came_true", "did_not")
        return self.outcome.came if self.outcome and decided else None

    def to_dict(self) -> dict[str, Any]:
        """One claim of `detente backtest --json`."""
        outcome, hit = self.outcome, self.is_hit
        return {
            "id": self.claim.id,
            "says": str(self.claim.says),
            "at": self.claim.at,
            "tags": list(self.claim.tags),
            "modality": self.claim.modality,
            "kind": self.blind.kind,
            "blind": _brief(self.blind),
            "informed": _brief(self.informed),
            "outcome": outcome
            and {
                "came": outcome.came,
                "on": outcome.on and outcome.on.isoformat(),
                "says": str(outcome.says),
                "sources": list(outcome.sources),
                "computed": outcome.computed,
            },
            "scored": None if hit is None else "hit" if hit else "miss",
            "likelihood": self.likelihood and list(self.likelihood),
            "brier": self.brier,
        }


def _brief(result: ClaimResult) -> dict[str, Any]:
    return {"verdict": result.verdict, "share": result.share, "reason": result.reason}


def brier(likelihood: tuple[float, float], came: bool) -> float:
    """The square error of a likelihood at the middle of its range.

    References
    ----------
    [Brier1950]

    Examples
    --------
    >>> round(brier((0.55, 0.80), True), 6), round(brier((0.55, 0.80), False), 6)
    (0.105625, 0.455625)
    """
    return (sum(likelihood) / 2 - float(came)) ** 2
