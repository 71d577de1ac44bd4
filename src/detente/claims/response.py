"""Response: settle the situation under a commitment, and ask about what is attainable.

A claim of cause asks the same under a contrast, in the same future, and rests on the difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.claims.outcome import Outcome, every_or_some
from detente.claims.steps import played

if TYPE_CHECKING:
    from detente.case.expression import Expression
    from detente.case.format import Response
    from detente.case.situation import Claim, Concept
    from detente.claims.settling import Settled, Settling

__all__ = ["outcome", "why_undetermined"]


def outcome(claim: Claim, settling: Settling, concept: Concept) -> Outcome:
    """Whether the expected holds in every (or some) attainable equilibrium."""
    test: Response = claim.test  # type: ignore[assignment]
    expect = claim.formulas["expect"]
    commit = played(settling, settling.situation.strategy(test.commit), concept)
    holds = expected(expect, commit, test.in_, settling)
    if test.against is None:
        return Outcome(holds, why=why_undetermined(commit), commit=commit)
    contrast = played(settling, settling.situation.strategy(test.against), concept)
    against = expected(expect, contrast, test.in_, settling)
    why = why_undetermined(commit) or why_undetermined(contrast, "the contrast")
    return Outcome(holds, against, True, why, commit, contrast)


def expected(
    expect: Expression, settled: Settled, quantifier: str, settling: Settling
) -> bool | None:
    truths = settling.truth(expect, settled.space, settled.attainable)
    return every_or_some(truths.tolist(), quantifier)


def why_undetermined(settled: Settled, side: str = "the commitment") -> str | None:
    """Why nothing can be said, or None where something can."""
    if not settled.starts.size:
        return f"no feasible state under {side}"
    if settled.why:
        return settled.why
    if not settled.attainable.size:
        return f"no equilibrium is attainable under {side}"
    return None
