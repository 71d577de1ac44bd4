"""Intervals of shares: published values, and how often they hold the true share."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import numpy as np
import pytest
from numpy.typing import NDArray

from detente.futures.drawing.design import Design
from detente.futures.judging.intervals import (
    Intervals,
    Tally,
    differences_beyond_noise,
    needed,
    newcombe,
    wilson,
)
from detente.futures.reading.blocks import block_size

Points = NDArray[np.float64]
Truth = Callable[[Points], NDArray[np.bool_]]


@pytest.mark.parametrize(
    ("hits", "count", "interval"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_wilson_is_as_published(hits: int, count: int, interval: tuple[float, float]) -> None:
    """R. G. Newcombe, Statistics in Medicine 17, 1998, 857-872, table I, method 3."""
    low, high = wilson(hits, count)
    assert (low, high) == pytest.approx(interval, abs=5e-5)


def test_the_paired_difference_is_as_published() -> None:
    """Airway hyper-responsiveness before and after a transplantation: of 21 children 1 with both,
    1 with the first only, 7 with the second only. M. W. Fagerland, S. Lydersen and P. Laake,
    Statistics in Medicine 33, 2014, 2850-2875: Newcombe's interval is -0.507 to -0.026.
    """
    low, high = newcombe(both=1, first=2, second=8, counts=21)
    assert (low, high) == pytest.approx((-0.507, -0.026), abs=5e-4)


def test_a_difference_that_never_shows_has_an_interval_of_some_width() -> None:
    low, high = newcombe(both=30, first=30, second=30, counts=60)
    assert low == pytest.approx(-high)
    assert 0 < high < 0.1


def test_nothing_determined_has_no_interval() -> None:
    assert np.isnan(wilson(0, 0)).all()


# ------------------------------------------------------------------------------------- coverage

CLAIMS: dict[str, tuple[Truth, float]] = {
    "an event": (lambda x: x[:, 0] < 0.65, 0.65),
    "an event between two futures": (lambda x: x[:, 0] < 0.651, 0.651),
    "rare": (lambda x: (x[:, 0] < 0.2) & (x[:, 1] < 0.15), 0.03),
    "additive": (lambda x: x[:, 0] + x[:, 1] > 1.2, 0.32),
    "not additive": (lambda x: (x[:, 0] < 0.5) != (x[:, 1] < 0.3), 0.5),
}


def tally_of(hits: NDArray[np.float64], design: str) -> Tally:
    size = block_size(design)
    blocks = [hits[start : start + size] for start in range(0, len(hits), size)]
    parts = [
        Tally.block(b.sum(keepdims=True), np.array([float(len(b))]), whole=len(b) == size)
        for b in blocks
    ]
    return reduce(Tally.__add__, parts)


@pytest.mark.parametrize("name", CLAIMS)
@pytest.mark.parametrize(
    ("design", "futures", "repeats"),
    [("random", 60, 300), ("lhs", 60, 300), ("lhs", 1_000, 150), ("lhs", 1_600, 100)],
)
def test_intervals_hold_the_true_share_as_often_as_they_say(
    name: str, design: str, futures: int, repeats: int
) -> None:
    truth, share = CLAIMS[name]
    held = 0
    for seed in range(repeats):
        points = Design(design, seed).cube(2, 0, futures)  # type: ignore[arg-type]
        low, high = Intervals(design).shares(tally_of(truth(points).astype(float), design))
        held += bool(low[0] <= share <= high[0])
    error = np.sqrt(0.95 * 0.05 / repeats)
    assert held / repeats >= 0.95 - 3 * error


@pytest.mark.parametrize(("design", "futures"), [("random", 80), ("lhs", 1_000)])
def test_intervals_hold_the_true_difference_as_often_as_they_say(design: str, futures: int) -> None:
    held, repeats = 0, 150
    for seed in range(repeats):
        x = Design(design, seed).cube(2, 0, futures)  # type: ignore[arg-type]
        first = ((x[:, 0] < 0.6) & (x[:, 1] < 0.8)).astype(float)
        second = (x[:, 0] < 0.3).astype(float)
        sides = [tally_of(each, design) for each in (first - second, first, second, first * second)]
        low, high = Intervals(design).differences(*sides)
        held += bool(low[0] <= 0.48 - 0.3 <= high[0])
    assert held / repeats >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / repeats)


def test_an_even_design_knows_what_is_spread_evenly_better_than_independent_draws() -> None:
    hits = (Design("lhs", 1).cube(2, 0, 2_000)[:, 0] < 0.65).astype(float)
    even, alone = (
        np.subtract(*Intervals(design).shares(tally_of(hits, design))[::-1])[0]
        for design in ("lhs", "random")
    )
    assert even < alone / 5


def test_the_interval_of_four_blocks_is_as_by_hand() -> None:
    """Shares of 0.4, 0.4, 0.4 and 0.416: 0.404 with a standard error of 0.004; t is 3.1824."""
    hits = np.concatenate([np.repeat([1.0, 0.0], [n, 250 - n]) for n in (100, 100, 100, 104)])
    low, high = Intervals("lhs").shares(tally_of(hits, "lhs"))
    half = 3.1824 * 0.004 + 0.5 / 1_000
    assert [float(low[0]), float(high[0])] == pytest.approx([0.404 - half, 0.404 + half], abs=1e-6)


def test_few_blocks_are_taken_for_independent_futures() -> None:
    hits = (Design("lhs", 1).cube(1, 0, 900)[:, 0] < 0.5).astype(float)
    tally = tally_of(hits, "lhs")
    assert Intervals("lhs").shares(tally) == Intervals("random").shares(tally)


def test_all_there_is_has_no_interval() -> None:
    tally = tally_of(np.array([1.0, 0.0, 1.0, 1.0]), "factorial")
    assert Intervals("factorial").shares(tally) == (np.array([0.75]), np.array([0.75]))


def test_futures_drawn_from_one_point_count_for_one() -> None:
    tally = tally_of(np.ones(80), "saltelli")
    low, high = Intervals("saltelli", clusters=8).shares(tally)
    assert [float(low[0]), float(high[0])] == pytest.approx([float(x) for x in wilson(10, 10)])


def test_noise_is_no_difference_between_two_groups() -> None:
    def beyond(hits: float, count: float, others: float, other_count: float) -> bool:
        arrays = [np.array(each) for each in (hits, count, others, other_count)]
        return bool(differences_beyond_noise(arrays[0], arrays[1], arrays[2], arrays[3]))

    assert beyond(0, 20, 20, 20)
    assert not beyond(1, 2, 0, 2)
    assert not beyond(50, 100, 55, 100)


def test_more_futures_are_asked_for_the_nearer_a_share_is() -> None:
    assert needed(0.60, 0.50, 0.70, 0.55, 100) == 400
    assert needed(0.50, 0.40, 0.60, 0.55, 100) == 400
    assert needed(0.55, 0.45, 0.65, 0.55, 100) is None
