"""Signals: what an actor can do to be believed, and at what cost it is.

The receiver does not know which of two types the sender is: *trustworthy*, who would keep to what
it says, or *untrustworthy*. In the assurance game, with trust that is kept worth 1, mutual distrust
0, exploiting the other b < 1 and being betrayed -c, the receiver trusts where its credence t in the
trustworthy type is at least t* = c / (1 + c - b). A type sends a signal that costs it no more than
being believed is worth to it. A signal *separates* where the trustworthy type sends it and the
untrustworthy does not; what both send, or neither, leaves the credence as it was. Words that cost
neither type anything are sent by both [Kydd1997]; [Kydd2005].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import product
from math import inf
from typing import TYPE_CHECKING, Literal

from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.case.situation import Signal, Stakes

__all__ = ["Judged", "Outcome", "judged", "posterior", "threshold"]

Interval = tuple[float, float]
Outcome = Literal["separating", "pooling_on_sending", "pooling_on_silence", "reversed"]

OUTCOMES: Mapping[tuple[bool, bool], Outcome] = {
    (True, False): "separating",
    (True, True): "pooling_on_sending",
    (False, False): "pooling_on_silence",
    (False, True): "reversed",
}
"""Whether the trustworthy type sends, and the untrustworthy -> what that is called."""


@dataclass(frozen=True)
class Judged:
    """What a signal tells its receiver; of intervals, the lower and the upper value."""

    signal: str
    outcomes: tuple[Outcome, ...]
    """All that the numbers allow: one, where they are no intervals that straddle."""
    is_free: bool
    """Whether it costs neither type anything."""
    prior: Interval
    """The credence in the trustworthy type before."""
    sent: Interval | None
    """The credence once it is sent; None where neither type would send it."""
    silent: Interval | None
    """The credence once it is not sent; None where both types would send it."""
    threshold: Interval | None
    """t*, from which the receiver trusts; None without stakes."""
    costs: Interval | None
    """One cost for both types separates above the first number and up to the second."""
    scale: Interval | None
    """The costs as stated, times a factor, separate above the first number and up to the second."""
    version: str = field(default_factory=lambda: version("detente"))

    @property
    def outcome(self) -> Outcome | None:
        """What it comes to; None where the numbers allow several things."""
        return self.outcomes[0] if len(self.outcomes) == 1 else None

    @property
    def priors(self) -> Interval | None:
        """The credences between which the receiver trusts after the signal and not before.

        None where it moves no credence, or nothing is at stake.
        """
        if self.outcome != "separating" or self.threshold is None:
            return None
        return (0.0, self.threshold[0])

    @property
    def trusts_before(self) -> bool | None:
        """Whether the receiver trusts the sender without the signal; None: it may."""
        return trusts(self.prior, self.threshold)

    @property
    def trusts_after(self) -> bool | None:
        """Whether it trusts once the signal is sent; None: it may."""
        return trusts(self.sent, self.threshold)

    @property
    def trusts_silence(self) -> bool | None:
        """Whether it trusts where the signal is not sent; None: it may."""
        return trusts(self.silent, self.threshold)

    @property
    def convinces(self) -> bool | None:
        """Whether the signal makes the receiver trust who it did not trust; None: it may."""
        if self.outcome in ("pooling_on_sending", "pooling_on_silence", "reversed"):
            return False
        if self.trusts_before or self.trusts_after is False:
            return False
        return True if self.trusts_after and self.trusts_before is False else None


def trusts(credence: Interval | None, threshold: Interval | None) -> bool | None:
    """Whether a credence is enough; None where that depends, or nothing is known."""
    if credence is None or threshold is None:
        return None
    if credence[0] >= threshold[1]:
        return True
    return False if credence[1] < threshold[0] else None


def threshold(betrayed: float, exploiting: float) -> float:
    """t*, the credence in the trustworthy type from which it is best to trust.

    Parameters
    ----------
    betrayed
        c, what being betrayed costs: at least 0.
    exploiting
        b, what exploiting the other is worth: less than 1, trust that is kept.

    Raises
    ------
    InputError
        For stakes of which no assurance game is made.

    References
    ----------
    [Kydd1997]; [Kydd2005]

    Examples
    --------
    >>> round(threshold(1.0, 0.5), 4), threshold(0.0, 0.5)
    (0.6667, 0.0)
    """
    if betrayed < 0 or exploiting >= 1:
        raise InputError(
            f"no stakes of trust: betrayed costs {betrayed:g}, exploiting is worth {exploiting:g}: "
            "the first is at least 0, the second less than 1, which is trust that is kept"
        )
    return betrayed / (1 + betrayed - exploiting)


def posterior(prior: float, trustworthy: float, untrustworthy: float) -> float | None:
    """The credence in the trustworthy type after what was seen, by Bayes' rule.

    Parameters
    ----------
    prior
        The credence before, in [0, 1]. Who is certain learns nothing.
    trustworthy, untrustworthy
        How likely each type is to do what was seen, in [0, 1].

    Returns
    -------
    float or None
        None where neither type would do it.

    References
    ----------
    [Kydd1997]

    Examples
    --------
    An armament that the untrustworthy are four times as likely to begin.

    >>> round(posterior(0.5, 0.2, 0.8), 4)
    0.2
    """
    if not (trustworthy or untrustworthy):
        return None
    if prior in (0, 1):
        return prior
    return prior * trustworthy / (prior * trustworthy + (1 - prior) * untrustworthy)


def judged(signal: Signal) -> Judged:
    """What a signal tells its receiver.

    Raises
    ------
    InputError
        For stakes of which no assurance game is made.

    References
    ----------
    [Kydd2005]: reassurance by costly signals.
    """
    types = sending(signal)
    return Judged(
        signal.id,
        tuple(OUTCOMES[each] for each in types),
        is_free_of_cost(signal),
        signal.trust,
        sent=learnt(signal.trust, types),
        silent=learnt(signal.trust, [(not one, not other) for one, other in types]),
        threshold=bar(signal.stakes) if signal.stakes else None,
        costs=above(signal.gain.untrustworthy[1], signal.gain.trustworthy[0]),
        scale=above(
            ratio(signal.gain.untrustworthy[1], signal.cost.untrustworthy[0]),
            ratio(signal.gain.trustworthy[0], signal.cost.trustworthy[1]),
        ),
    )


def bar(stakes: Stakes) -> Interval:
    """t* of stakes given as intervals: it grows with both."""
    (low, high), (least, most) = stakes.betrayed, stakes.exploiting
    return threshold(low, least), threshold(high, most)


def is_free_of_cost(signal: Signal) -> bool:
    """Whether it is mere words."""
    return signal.cost.trustworthy == signal.cost.untrustworthy == (0, 0)


def sending(signal: Signal) -> list[tuple[bool, bool]]:
    """Whether the trustworthy type sends, and the untrustworthy: all that the numbers allow."""
    if is_free_of_cost(signal):
        return [(True, True)]
    gain, cost = signal.gain, signal.cost
    one = sends(gain.trustworthy, cost.trustworthy)
    other = sends(gain.untrustworthy, cost.untrustworthy)
    return list(product(one, other))


def sends(gain: Interval, cost: Interval) -> tuple[bool, ...]:
    """Whether a type sends; both where the intervals leave it open."""
    surely, perhaps = gain[0] >= cost[1], gain[1] >= cost[0]
    return (True,) if surely else (True, False) if perhaps else (False,)


def learnt(prior: Interval, types: Iterable[tuple[bool, bool]]) -> Interval | None:
    """The credence once something is seen that each type does, or does not."""
    found = [
        after
        for one, other in types
        for before in prior
        if (after := posterior(before, float(one), float(other))) is not None
    ]
    return (min(found), max(found)) if found else None


def ratio(gain: float, cost: float) -> float:
    return gain / cost if cost else inf


def above(low: float, high: float) -> Interval | None:
    """From above one number up to another, if anything lies there."""
    return (low, high) if low < high else None
