"""Claims whose answer is the same in every future: what was done and found, not what may be chosen.

Nothing that is drawn enters them. They are answered once, for a single future and for many alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.case.format import Execution, Position, PrecedentTest, Record, SignalTest
from detente.claims import execution, position, precedent, record, signal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from detente.case.situation import Claim, Situation
    from detente.claims.outcome import Standing

__all__ = ["STANDING", "standings"]

STANDING: Mapping[type, Callable[[Claim, Situation], Standing]] = {
    Position: position.standing,
    Execution: execution.standing,
    PrecedentTest: precedent.standing,
    Record: record.standing,
    SignalTest: signal.standing,
}
"""The kinds of test that are answered so."""


def standings(situation: Situation) -> dict[str, Standing]:
    """Claim -> what it comes to, of these kinds.

    Raises
    ------
    InputError
        Where a test asks for a measure or a layer that there is not.
    """
    return {
        claim.id: STANDING[type(claim.test)](claim, situation)
        for claim in situation.claims.values()
        if type(claim.test) in STANDING
    }
