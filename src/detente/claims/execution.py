"""Execution: whether commitments reached a status by a day."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from detente.claims.outcome import Standing, later, unknown, yes_or_no

if TYPE_CHECKING:
    from detente.case.format import Execution
    from detente.case.situation import Claim, Situation

__all__ = ["standing"]


def standing(claim: Claim, situation: Situation) -> Standing:
    """Whether the ledger has them there, as far as it was known by `as_of`.

    Untested where what comes later decides. The status of a single commitment is looked up in what
    was typed in; of several it is counted, and that can go against us.
    """
    from detente.ledger.execution import executed

    test: Execution = claim.test  # type: ignore[assignment]
    found = executed(situation, test, situation.as_of or test.by)
    details = {"commitments": [asdict(row) for row in found.rows]}
    if found.holds is None:
        return later(test.by, situation.as_of) or unknown(found.why, details)
    return yes_or_no(claim, found.holds, found.why, details, is_open=len(found.rows) > 1)
