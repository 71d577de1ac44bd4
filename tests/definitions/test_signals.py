"""What signals tell, by the assurance game and Bayes' rule."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from detente.case.situation import ByType, Signal, Stakes
from detente.conflict.hypergames.signals import judged, posterior, threshold
from detente.errors import InputError


def signal(
    gain: tuple[float, float] = (1.0, 0.4),
    cost: tuple[float, float] = (0.5, 0.5),
    trust: tuple[float, float] = (0.3, 0.3),
    stakes: tuple[float, float] | None = (1.0, 0.5),
) -> Signal:
    """Pairs are of the trustworthy and the untrustworthy type; stakes are c and b."""
    return Signal(
        "restraint",
        "restraint",
        "rok",
        "dprk",
        trust,
        ByType(*((each, each) for each in gain)),
        ByType(*((each, each) for each in cost)),
        Stakes(*((each, each) for each in stakes)) if stakes else None,
        {},
    )


@pytest.mark.parametrize(
    ("betrayed", "exploiting", "expected"),
    [(1.0, 0.5, 2 / 3), (0.0, 0.5, 0.0), (1.0, 1 - 1e-12, 1.0), (1.0, 0.0, 0.5)],
)
def test_threshold_of_trust(betrayed: float, exploiting: float, expected: float) -> None:
    assert threshold(betrayed, exploiting) == pytest.approx(expected)


def test_trusting_is_best_from_the_threshold_on() -> None:
    rng = np.random.default_rng(1)
    for _ in range(1000):
        c, b, t = rng.random() * 3, rng.uniform(-1, 0.99), rng.random()
        trusting, exploiting = t * 1 + (1 - t) * -c, t * b + (1 - t) * 0
        if abs(trusting - exploiting) > 1e-9:
            assert (t >= threshold(c, b)) == (trusting > exploiting)


@pytest.mark.parametrize("stakes", [(-0.1, 0.5), (1.0, 1.0), (1.0, 2.0)])
def test_stakes_of_which_no_assurance_game_is_made_are_refused(stakes: tuple[float, float]) -> None:
    with pytest.raises(InputError, match="no stakes of trust"):
        threshold(*stakes)


def test_posterior_by_bayes() -> None:
    assert posterior(0.5, 0.2, 0.8) == pytest.approx(0.2)
    assert posterior(0.3, 0.7, 0.7) == pytest.approx(0.3)
    assert posterior(0.3, 1, 0) == 1
    assert posterior(0.3, 0, 1) == 0
    assert posterior(0.3, 0, 0) is None
    assert posterior(0.0, 1, 0) == 0  # who is certain learns nothing
    assert posterior(1.0, 0, 1) == 1


def test_a_signal_separates_where_one_type_alone_can_afford_it() -> None:
    found = judged(signal(gain=(1.0, 0.4), cost=(0.5, 0.5)))
    assert found.outcome == "separating"
    assert (found.sent, found.silent) == ((1, 1), (0, 0))
    assert found.threshold == pytest.approx((2 / 3, 2 / 3))
    assert found.costs == (0.4, 1.0)
    assert found.scale == (0.8, 2.0)
    assert found.priors == pytest.approx((0, 2 / 3))
    assert (found.trusts_before, found.trusts_after, found.trusts_silence) == (False, True, False)
    assert found.convinces is True


def test_the_ends_of_the_costs_that_separate() -> None:
    """The trustworthy type sends at its gain, the untrustworthy one does as well at its own."""
    outcomes = [judged(signal(cost=(cost, cost))).outcome for cost in (0.4, 0.41, 1.0, 1.01)]
    expected = ["pooling_on_sending", "separating", "separating", "pooling_on_silence"]
    assert outcomes == expected


def test_what_both_types_send_leaves_the_credence_as_it_was() -> None:
    found = judged(signal(cost=(0.3, 0.3)))
    assert found.outcome == "pooling_on_sending"
    assert (found.sent, found.silent, found.priors) == ((0.3, 0.3), None, None)
    assert found.convinces is False


def test_what_neither_type_sends_leaves_the_credence_as_it_was() -> None:
    found = judged(signal(cost=(2.0, 2.0)))
    assert found.outcome == "pooling_on_silence"
    assert (found.sent, found.silent) == (None, (0.3, 0.3))
    assert found.convinces is False


def test_what_only_the_untrustworthy_can_afford_tells_against_its_sender() -> None:
    found = judged(signal(gain=(0.4, 1.0)))
    assert found.outcome == "reversed"
    assert (found.sent, found.silent) == ((0, 0), (1, 1))
    assert (found.costs, found.convinces) == (None, False)


def test_free_words_change_nothing() -> None:
    rng = np.random.default_rng(2)
    for _ in range(300):
        low, high = sorted(rng.random(2))
        gain = (float(rng.uniform(-1, 2)), float(rng.uniform(-1, 2)))
        found = judged(signal(gain=gain, cost=(0.0, 0.0), trust=(low, high)))
        assert found.is_free
        assert found.sent == pytest.approx((low, high))
        assert found.outcome == "pooling_on_sending"
        assert found.convinces is False


def test_a_signal_that_costs_one_type_only_may_separate() -> None:
    found = judged(signal(cost=(0.0, 0.5)))
    assert not found.is_free
    assert found.outcome == "separating"
    assert found.scale == (0.8, inf)


def test_outcomes_by_definition() -> None:
    rng = np.random.default_rng(3)
    for _ in range(1000):
        gain, cost = rng.integers(0, 5, 2) / 4, rng.integers(0, 5, 2) / 4
        if not cost.any():
            continue
        found = judged(signal(tuple(gain), tuple(cost), (0.5, 0.5)))
        does = gain >= cost
        likely = does.astype(float)
        assert found.sent == bayes(likely)
        assert found.silent == bayes(1 - likely)
        assert (found.outcome == "separating") == (does[0] and not does[1])
        for factor in (0.25, 0.5, 1.0, 1.5, 3.0):
            within = found.scale is not None and found.scale[0] < factor <= found.scale[1]
            one, other = gain >= factor * cost
            assert within == (one and not other)
        for both in (0.1, 0.25, 0.6, 1.0, 1.2):
            within = found.costs is not None and found.costs[0] < both <= found.costs[1]
            assert within == (gain[0] >= both > gain[1])


def bayes(likely: np.ndarray) -> tuple[float, float] | None:
    """From a credence of one half."""
    return None if not likely.any() else (likely[0] / likely.sum(),) * 2


def test_an_interval_of_trust_gives_a_lower_and_an_upper_answer() -> None:
    found = judged(signal(cost=(0.3, 0.3), trust=(0.5, 0.9)))
    assert (found.sent, found.trusts_before, found.trusts_after) == ((0.5, 0.9), None, None)
    assert judged(signal(trust=(0.7, 0.9))).trusts_before is True
    assert judged(signal(trust=(0.7, 0.9))).convinces is False  # nothing is left to win
    assert judged(signal(trust=(0.5, 0.9))).convinces is None


def test_a_credence_at_the_threshold_is_enough() -> None:
    assert judged(signal(trust=(0.5, 0.5), stakes=(1.0, 0.0))).trusts_before is True


def test_intervals_that_straddle_leave_the_outcome_open() -> None:
    plain = signal()
    wide = replace(plain, cost=ByType((0.5, 0.5), (0.3, 0.5)))
    found = judged(wide)
    assert found.outcome is None
    assert found.outcomes == ("pooling_on_sending", "separating")
    assert found.sent == (0.3, 1)
    assert found.convinces is None
    assert found.costs == (0.4, 1.0)
    assert found.scale == pytest.approx((0.4 / 0.3, 2.0))


def test_nothing_at_stake_leaves_open_whether_the_receiver_trusts() -> None:
    found = judged(signal(stakes=None))
    assert (found.threshold, found.trusts_after, found.convinces) == (None, None, None)
    assert found.outcome == "separating"
