"""Signal: whether something an actor does tells its types apart.

The answer is arithmetic on costs and gains that were entered by hand. It never confirms a sentence:
what follows from the numbers is *assumed*, and what they leave open *contingent*.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from detente.claims.outcome import Standing
from detente.claims.verdict import meets

if TYPE_CHECKING:
    from detente.case.format import SignalTest
    from detente.case.situation import Claim, Situation
    from detente.claims.report import Verdict
    from detente.conflict.hypergames.signals import Judged

__all__ = ["standing"]

POOLING = {"pooling_on_sending", "pooling_on_silence"}
TOLD = {
    "separating": "only a trustworthy sender would send it",
    "pooling_on_sending": "either type of sender would send it",
    "pooling_on_silence": "neither type of sender would send it",
    "reversed": "only an untrustworthy sender would send it",
}


def standing(claim: Claim, situation: Situation) -> Standing:
    """Whether it separates, or pools, by the costs and gains as they were entered."""
    from detente.conflict.hypergames.signals import judged

    test: SignalTest = claim.test  # type: ignore[assignment]
    found = judged(situation.signals[test.signal])
    wanted = {"separating"} if test.is_ == "separating" else POOLING
    holds = {outcome in wanted for outcome in found.outcomes}
    reason, details = reason_of(found), asdict(found)
    if len(holds) > 1:
        return Standing("contingent", reason, details=details)
    share = float(holds.pop())
    is_met = meets(claim.modality, share, None)
    verdict: Verdict = "assumed" if is_met else "contradicted"
    return Standing(verdict, reason, False, share, share, share, details)


def reason_of(found: Judged) -> str:
    """What the numbers come to, and where that would end."""
    told = "; or ".join(TOLD[outcome] for outcome in found.outcomes)
    if found.is_free:
        return f"{told}: words that cost nothing change nothing"
    return f"by the costs and gains entered, {told}; {where(found)}"


def where(found: Judged) -> str:
    """The costs that separate."""
    if found.costs is None:
        return "one cost for both types would never separate"
    low, high = found.costs
    return f"one cost for both types separates above {low:.3g} and up to {high:.3g}"
