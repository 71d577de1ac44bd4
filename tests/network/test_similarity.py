"""Similarity of portfolios: Germany and Russia in 1914, and the definitions, pair by pair."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import InputError
from detente.network.similarity import Disagreement, kappa, pi, s_score, tau_b

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Towards GMY RUS UKG FRN AUH ITA BEL SPN TUR NTH SWD RUM POR SWZ GRC DEN YUG BUL NOR ALB.
GERMANY = [3, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0]
RUSSIA = [0, 3, 1, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
IN_1914 = np.array([GERMANY, RUSSIA])
WEIGHTS = np.array([25, 21, 20, 8, 8, 5, 3, 3, 2, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]) / 100


@pytest.mark.parametrize(
    ("measure", "published"),
    [
        (s_score, 0.4),
        (partial(s_score, weights=WEIGHTS), -0.46),
        (partial(s_score, disagreement="squared"), 4 / 9),
        (tau_b, 0.03031695),
        (kappa, -0.07758621),
        (partial(kappa, disagreement="linear"), -1 / 14),
        (pi, -0.04477612),
    ],
    ids=["S", "S weighted", "S squared", "tau-b", "kappa", "kappa linear", "pi"],
)
def test_germany_and_russia_in_1914(
    measure: Callable[[NDArray[np.int64]], Array], published: float
) -> None:
    found = measure(IN_1914)
    assert found[0, 1] == pytest.approx(published, abs=5e-9)
    assert found[1, 0] == pytest.approx(published, abs=5e-9)


@st.composite
def drawn(draw: st.DrawFn) -> NDArray[np.int64]:
    """Some portfolios over the levels 0 to 3, which need not all occur."""
    actors, others = draw(st.integers(2, 4)), draw(st.integers(2, 8))
    row = st.lists(st.integers(0, 3), min_size=others, max_size=others)
    return np.array(draw(st.lists(row, min_size=actors, max_size=actors)))


def pairs_of(held: NDArray[np.int64]) -> list[tuple[int, int]]:
    return [(one, other) for one in range(len(held)) for other in range(len(held))]


@given(drawn(), st.sampled_from(["linear", "squared"]), st.integers(0, 99))
def test_s_is_one_less_twice_the_mean_distance(
    held: NDArray[np.int64], disagreement: Disagreement, seed: int
) -> None:
    weights = np.random.default_rng(seed).uniform(0.1, 1, size=(held.shape[1],))
    found = s_score(held, weights=weights, disagreement=disagreement)
    power = 2 if disagreement == "squared" else 1
    for one, other in pairs_of(held):
        apart = (np.abs(held[one] - held[other]) / 3) ** power
        assert found[one, other] == pytest.approx(1 - 2 * (weights * apart).sum() / weights.sum())


@given(drawn())
def test_tau_b_counts_pairs_of_others(held: NDArray[np.int64]) -> None:
    found = tau_b(held)
    for one, other in pairs_of(held):
        signs = [
            (np.sign(held[one, i] - held[one, j]), np.sign(held[other, i] - held[other, j]))
            for i, j in combinations(range(held.shape[1]), 2)
        ]
        alike = sum(int(a * b) for a, b in signs)
        can = sum(a != 0 for a, _ in signs) * sum(b != 0 for _, b in signs)
        expected = alike / can**0.5 if can else np.nan
        assert found[one, other] == pytest.approx(expected, nan_ok=True, abs=1e-12)


def literally(
    one: NDArray[np.int64], other: NDArray[np.int64], disagreement: Disagreement, pooled: bool
) -> float:
    """One less the observed disagreement over the expected, by counting."""

    def differ(a: int, b: int) -> float:
        apart = abs(a - b) / 3
        return {"nominal": float(a != b), "linear": apart, "squared": apart**2}[disagreement]

    observed = np.mean([differ(a, b) for a, b in zip(one, other, strict=True)])
    both = np.concatenate([one, other])
    left, right = (both, both) if pooled else (one, other)
    expected = np.mean([differ(a, b) for a in left for b in right])
    return float(1 - observed / expected) if expected else np.nan


@given(drawn(), st.sampled_from(["nominal", "linear", "squared"]))
def test_kappa_and_pi_correct_for_what_is_expected(
    held: NDArray[np.int64], disagreement: Disagreement
) -> None:
    by_kappa, by_pi = kappa(held, disagreement=disagreement), pi(held, disagreement=disagreement)
    for one, other in pairs_of(held):
        rows = held[one], held[other]
        of_both = literally(*rows, disagreement, pooled=False)
        of_one = literally(*rows, disagreement, pooled=True)
        assert by_kappa[one, other] == pytest.approx(of_both, nan_ok=True, abs=1e-12)
        assert by_pi[one, other] == pytest.approx(of_one, nan_ok=True, abs=1e-12)


def test_a_level_nobody_holds_still_sets_the_distances() -> None:
    with_it, without = kappa(IN_1914), kappa(IN_1914, levels=(0, 1, 2, 3, 4))
    assert s_score(IN_1914, levels=(0, 1, 2, 3, 4))[0, 1] == pytest.approx(1 - 2 * 0.3 * 3 / 4)
    assert with_it[0, 1] == pytest.approx(without[0, 1])  # kappa does not depend on the scale


def test_levels_need_not_be_evenly_spaced_nor_begin_at_zero() -> None:
    assert s_score(np.array([[1, 11], [2, 11]]), levels=(1, 2, 11))[0, 1] == pytest.approx(0.9)


def test_nothing_can_be_said_of_two_portfolios_of_one_and_the_same_level() -> None:
    flat = np.zeros((2, 5))
    assert s_score(flat)[0, 1] == 1
    assert np.isnan([tau_b(flat)[0, 1], kappa(flat)[0, 1], pi(flat)[0, 1]]).all()


def test_what_is_no_level_is_refused() -> None:
    with pytest.raises(InputError) as error:
        tau_b(np.array([[0.0, 3.0], [0.0, np.nan]]))
    assert str(error.value) == (
        "portfolio 1, column 1: nan is no level\n  state all levels there are: now 0, 1, 2, 3"
    )


@pytest.mark.parametrize("levels", [(0,), (0, 2, 1), (0, 0)])
def test_levels_are_stated_lowest_first(levels: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match="at least two are wanted, lowest first"):
        kappa(np.zeros((2, 3)), levels)


@pytest.mark.parametrize("weights", [[1.0], [1.0, -1.0], [0.0, 0.0], [1.0, np.nan]])
def test_weights_that_do_not_fit_are_refused(weights: list[float]) -> None:
    with pytest.raises(InputError, match="one for each of the 2 others is wanted"):
        s_score(np.zeros((2, 2)), weights=np.array(weights))
