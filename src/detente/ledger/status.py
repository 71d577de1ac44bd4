"""The status of a commitment as of any day, and how long it stays in each.

A commitment goes considered, announced, planned, in execution, delivered, and may leave out some of
these; lapsed, cancelled and superseded end it. Its history is a list of dated steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from detente.case.format import Commitment, Status

__all__ = ["ENDS", "EXECUTED", "PROGRESS", "Stay", "amounts_to", "reached", "status_at", "stays"]

PROGRESS: tuple[Status, ...] = ("considered", "announced", "planned", "in_execution", "delivered")
"""The stages, each further than those before it."""
ENDS: tuple[Status, ...] = ("lapsed", "cancelled", "superseded")
"""What ends a commitment that was not delivered."""
EXECUTED: tuple[Status, ...] = ("in_execution", "delivered")


@dataclass(frozen=True)
class Stay:
    """A time during which the status of a commitment was the same."""

    status: Status
    start: date
    """The day of the step that led to it."""
    end: date | None
    """The day of the step that led out of it; none where it lasts."""

    def days(self, until: date) -> int:
        """How long it was, or has lasted when knowledge ends."""
        return max((self.end or until) - self.start, timedelta()).days


def status_at(commitment: Commitment, day: date) -> Status | None:
    """The status of a commitment on a day: that of its last step by then, none before its first.

    See Also
    --------
    stays : what counts as a step.
    """
    known = stays(commitment, day)
    return known[-1].status if known else None


def stays(commitment: Commitment, day: date) -> tuple[Stay, ...]:
    """The statuses that a commitment has had by a day, in the order of time.

    Its steps are those of its history. The day on which it was `announced` is one where the history
    has none by then. Steps that change nothing prolong a stay.

    Examples
    --------
    >>> from datetime import date
    >>> from detente.case import load
    >>> summit = load("kim/indo_pacific_2024").commitments["i10_summit"]
    >>> [stay.status for stay in stays(summit, date(2024, 4, 16))]
    ['announced', 'delivered']
    """
    known = [step for step in steps(commitment) if step[0] <= day]
    starts = [next(same) for _, same in groupby(known, key=lambda step: step[1])]
    ends = [later for _, (later, _) in pairwise(starts)]
    return tuple(
        Stay(status, start, end)
        for (start, status), end in zip(starts, [*ends, None], strict=False)
    )


def steps(commitment: Commitment) -> list[tuple[date, Status]]:
    """The days on which the status changed, and to what."""
    history: list[tuple[date, Status]] = [(step.on, step.status) for step in commitment.history]
    announced = commitment.announced
    if announced and not any(on <= announced for on, _ in history):
        return [(announced, "announced"), *history]
    return history


def reached(commitment: Commitment, status: Status, day: date) -> bool:
    """Whether a commitment has come to a status by a day, or past it."""
    return any(amounts_to(stay.status, status) for stay in stays(commitment, day))


def amounts_to(had: Status, asked: Status) -> bool:
    """Whether one status is another or a later stage; of ends each stands for itself alone."""
    if had in PROGRESS and asked in PROGRESS:
        return PROGRESS.index(had) >= PROGRESS.index(asked)
    return had == asked
