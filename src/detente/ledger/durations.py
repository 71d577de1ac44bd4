"""How long commitments stay in each stage, by the estimator of Kaplan and Meier.

A stay that lasts when the ledger is read is known to take at least so long: it is censored, not
left out. What ends a stay is any next step, also one by which the commitment lapses or is
cancelled; so nothing is assumed about how long it would have stayed otherwise.

References
----------
[KaplanMeier1958]; the interval of the median is that of [BrookmeyerCrowley1982], read off pointwise
95 % intervals on the scale of log(-log) as in [KalbfleischPrentice2002].
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.ledger.status import PROGRESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from detente.case.format import Status
    from detente.ledger.status import Stay

__all__ = ["FEWEST", "Duration", "durations"]

FEWEST = 5
"""Stays from which an estimate is made; fewer are counted only."""
HALF = 0.5 + 1e-9
"""A product of fractions that is one half comes out a hair above or below it."""


@dataclass(frozen=True)
class Duration:
    """How long commitments stay in a stage, so far [days]."""

    status: Status
    stays: int
    """How often a commitment has come to it."""
    left: int
    """How many of these stays are over."""
    median: int | None = None
    """After how many days half have left it; none where that is not reached, or not estimated."""
    low: int | None = None
    """The lower end of the median's 95 % interval."""
    high: int | None = None
    """The upper end; none where it is not reached."""

    @property
    def is_estimated(self) -> bool:
        """Whether there are enough stays for an estimate."""
        return self.stays >= FEWEST


def durations(stayed: Iterable[Sequence[Stay]], until: date) -> tuple[Duration, ...]:
    """How long commitments have stayed so far in each stage that any has come to.

    Parameters
    ----------
    stayed
        The statuses each commitment has had.
    until
        The last day that is known; what lasts is censored there.
    """
    known = [stay for each in stayed for stay in each]
    found = []
    for status in PROGRESS[:-1]:
        here = [stay for stay in known if stay.status == status]
        over = [stay.days(until) for stay in here if stay.end]
        lasting = [stay.days(until) for stay in here if not stay.end]
        if here:
            found.append(duration(status, over, lasting))
    return tuple(found)


def duration(status: Status, over: Sequence[int], lasting: Sequence[int]) -> Duration:
    """The median of stays of which some are over and some last."""
    counted = Duration(status, len(over) + len(lasting), len(over))
    if not counted.is_estimated:
        return counted
    from scipy.stats import CensoredData, ecdf

    stayed = ecdf(CensoredData(uncensored=over, right=lasting)).sf
    with warnings.catch_warnings():  # where all have left there is no interval
        warnings.filterwarnings("ignore", "The confidence interval is undefined", RuntimeWarning)
        interval = stayed.confidence_interval(method="log-log")
    ends = [
        first_at_half(stayed.quantiles, shares)
        for shares in (
            stayed.probabilities,
            interval.low.probabilities,
            interval.high.probabilities,
        )
    ]
    return Duration(status, counted.stays, counted.left, *ends)


def first_at_half(days: NDArray[np.float64], shares: NDArray[np.float64]) -> int | None:
    """The first day by which at most half are left."""
    below = days[shares <= HALF]
    return int(below[0]) if below.size else None
