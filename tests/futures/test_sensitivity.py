"""Indices are those of theory, whatever the design."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm

from detente.errors import InputError
from detente.futures.changing.conditional import shares_at
from detente.futures.discovering.boxes import Cases, Column
from detente.futures.discovering.sensitivity import Sensitivity, permuted, sensitivities, sobol
from detente.futures.drawing.design import Design
from tests.futures.drawn import futures_of, run_where

Floats = NDArray[np.float64]

FACTORS = 8  # of the drawn case


def ishigami(cube: Floats) -> Floats:
    """[IshigamiHomma1990] with a = 7 and b = 0.1."""
    one, two, three = (np.pi * (2 * cube[:, place] - 1) for place in range(3))
    return np.asarray(np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one))


FIRST, TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)


@pytest.fixture(scope="module")
def indices() -> tuple[Any, ...]:
    return sobol(ishigami(Design("saltelli", 0).cube(3, 0, 5 * 4_096)), 3)


def test_sobol_indices_of_the_ishigami_function(indices: Any) -> None:
    assert [first.value for first, _ in indices] == pytest.approx(FIRST, abs=0.02)
    assert [total.value for _, total in indices] == pytest.approx(TOTAL, abs=0.02)


def test_their_intervals_hold_the_true_indices(indices: Any) -> None:
    for (first, total), true_first, true_total in zip(indices, FIRST, TOTAL, strict=True):
        assert first.low < true_first < first.high
        assert total.low < true_total < total.high
        assert first.high - first.low < 0.15


def test_permutation_estimates_the_total_indices_of_the_ishigami_function() -> None:
    cube = Design("lhs", 0).cube(3, 0, 1_000)
    columns = [Column(f"x{place}", cube[:, place].copy()) for place in range(3)]
    skill, found = permuted(Cases.of(columns, np.zeros(1_000)), 0, ishigami(cube))
    assert skill > 0.8
    assert [found[f"x{place}"].value for place in range(3)] == pytest.approx(TOTAL, abs=0.12)


# ------------------------------------------------------------------------ claims with known answers


def exact(table: Any, weights: Any) -> dict[str, Any]:
    """First-order and total indices of a truth table over independent levels, by summing it up."""
    truth = np.asarray(table, dtype=float)
    joint = np.ones(truth.shape)
    for axis, levels in enumerate(weights):
        joint = joint * np.reshape(levels, [-1 if a == axis else 1 for a in range(truth.ndim)])
    mean = (joint * truth).sum()
    variance = (joint * (truth - mean) ** 2).sum()

    def explained(axes: tuple[int, ...]) -> float:
        others = tuple(axis for axis in range(truth.ndim) if axis not in axes)
        marginal = joint.sum(axis=others)
        given = (joint * truth).sum(axis=others) / marginal
        return float((marginal * (given - mean) ** 2).sum() / variance)

    every = tuple(range(truth.ndim))
    return {
        "first": [explained((axis,)) for axis in every],
        "total": [1 - explained(tuple(a for a in every if a != axis)) for axis in every],
    }


def indices_of(found: Sensitivity) -> dict[str, tuple[float, float]]:
    return {
        each.factor: (each.first.value if each.first else np.nan, each.total.value)
        for each in found.influences
        if each.total
    }


INTERACTING = {
    # war and the statement b.1 together, or the choice alone: a truth table over their levels
    "war": [0.5, 0.5],
    "b.1": [0.5, 0.5],
    "path": [0.4, 0.3, 0.3],
}


def interacting(frame: Any) -> Any:
    return (frame["war"] & frame["b.1"]) | (frame["path"] == "right")


TABLE = [[[(w and h) or p == 2 for p in range(3)] for h in range(2)] for w in range(2)]


def test_sobol_indices_of_a_claim_with_an_interaction() -> None:
    found = sensitivities(run_where(interacting, (FACTORS + 2) * 1_024, "saltelli"), "it")
    assert (found.method, found.no_indices, found.skill) == ("sobol", None, None)
    truth = exact(TABLE, list(INTERACTING.values()))
    named = indices_of(found)
    for name, first, total in zip(INTERACTING, truth["first"], truth["total"], strict=True):
        assert named[name] == pytest.approx((first, total), abs=0.05)
    for name in set(named) - set(INTERACTING):
        assert named[name] == (0, 0)
    assert found.influences[0].factor == "path"


def test_first_order_indices_of_an_additive_answer_add_up_to_one() -> None:
    cube = Design("saltelli", 1).cube(2, 0, 4 * 512)
    found = sobol(cube[:, 0] + 2 * cube[:, 1], 2)
    assert [first.value for first, _ in found] == pytest.approx((0.2, 0.8), abs=0.03)
    assert [total.value for _, total in found] == pytest.approx((0.2, 0.8), abs=0.03)


def test_a_single_factor_decides_all() -> None:
    ((first, total),) = sobol(Design("saltelli", 1).cube(1, 0, 3 * 256)[:, 0], 1)
    assert (first.value, total.value) == pytest.approx((1, 1), abs=0.05)


def test_permutation_estimates_the_total_index_of_a_claim() -> None:
    found = sensitivities(run_where(interacting), "it")
    assert (found.method, found.no_indices) == ("permutation", "design")
    assert found.skill is not None
    assert found.skill > 0.95
    truth = exact(TABLE, list(INTERACTING.values()))
    named = indices_of(found)
    for name, total in zip(INTERACTING, truth["total"], strict=True):
        assert named[name][1] == pytest.approx(total, abs=0.1)
    for name in set(named) - set(INTERACTING):
        assert named[name][1] == pytest.approx(0, abs=0.01)


def test_the_order_of_a_group_is_shuffled_as_one() -> None:
    """All its readings tell it; shuffled one by one, none of them would be missed."""
    run = run_where(lambda frame: frame["a.2"].astype(str).str.startswith("b"))
    found = sensitivities(run, "it")
    assert found.influences[0].factor == "a.2"
    assert found.influences[0].total is not None
    assert found.influences[0].total.value == pytest.approx(1, abs=0.1)


def test_of_a_claim_that_chance_decides_the_forest_foretells_nothing() -> None:
    noise = np.random.default_rng(0).random(500) < 0.5
    found = sensitivities(run_where(lambda _: noise, 500), "it")
    assert found.skill is not None
    assert found.skill < 0.05
    assert max(each.total.value for each in found.influences if each.total) < 0.1


# ------------------------------------------------------------------------------ when there are none


def test_undetermined_futures_leave_no_sobol_indices() -> None:
    run = run_where(
        interacting, (FACTORS + 2) * 64, "saltelli", undetermined=lambda f: f["delay"] < 11
    )
    found = sensitivities(run, "it")
    assert (found.method, found.no_indices) == ("permutation", "undetermined")


def test_an_incomplete_saltelli_run_leaves_no_sobol_indices() -> None:
    run = run_where(interacting, (FACTORS + 2) * 64, "saltelli").head((FACTORS + 2) * 63)
    assert sensitivities(run, "it").no_indices == "incomplete"


def test_of_a_saltelli_design_only_independent_futures_give_conditional_shares() -> None:
    count = (FACTORS + 2) * 64
    found = sensitivities(run_where(interacting, count, "saltelli"), "it")
    drawn = futures_of(Design("saltelli"), count)
    drawn = drawn[drawn.index % (FACTORS + 2) < 2]
    (war,) = (each for each in found.influences if each.factor == "war")
    assert {each.level: each.futures for each in war.shares} == {
        "no": int((~drawn["war"]).sum()),
        "yes": int(drawn["war"].sum()),
    }


@pytest.mark.parametrize("truth", [True, False])
def test_a_claim_that_never_varies_has_nothing_to_share_out(truth: bool) -> None:
    found = sensitivities(run_where(lambda f: f["cost"] * 0 + truth), "it")
    assert (found.method, found.skill, found.share) == (None, None, float(truth))
    assert all(each.total is None for each in found.influences)
    assert all(each.reach == 0 for each in found.influences)


def test_too_few_futures_grow_no_forest() -> None:
    found = sensitivities(run_where(interacting, 40), "it")
    assert (found.method, found.no_indices) == (None, "few")
    assert found.influences[0].shares


def test_an_unknown_claim_is_refused() -> None:
    with pytest.raises(InputError, match="no claim `that`"):
        sensitivities(run_where(interacting, 50), "that")


def test_the_seed_decides_and_nothing_else() -> None:
    run = run_where(lambda f: f["cost"] + 0.4 * f["noise"] > 0.7, 100)
    once, again, other = (sensitivities(run, "it", seed=seed).to_dict() for seed in (0, 0, 1))
    assert once == again
    assert once != other


# ------------------------------------------------------------------------------- conditional shares


def test_conditional_shares_are_counted_at_every_level() -> None:
    codes = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
    holds = np.array([1, 0, 0, 0, 1, 1, 1, 0, 0, 0])
    column = Column("path", codes, ("left", "right"))
    left, right = shares_at(Cases.of([column], holds), column)
    assert (left.level, left.share, left.futures) == ("left", 0.25, 4)
    assert (right.level, right.share, right.futures) == ("right", 0.5, 6)
    z = norm.ppf(0.975)
    middle, half = (
        (0.5 + z**2 / 12) / (1 + z**2 / 6),
        z / (1 + z**2 / 6) * np.sqrt(0.25 / 6 + z**2 / 144),
    )
    assert (right.low, right.high) == pytest.approx((middle - half, middle + half), abs=1e-9)


def test_a_number_is_split_into_quarters_of_the_futures() -> None:
    values = np.arange(100.0)
    column = Column("cost", values)
    found = shares_at(Cases.of([column], values >= 50), column)
    assert [each.share for each in found] == [0, 0, 1, 1]
    assert [each.between for each in found] == [(0, 24), (25, 49), (50, 74), (75, 99)]


def test_quarters_are_by_weight_and_equal_numbers_stay_together() -> None:
    values = np.array([1.0, 1.0, 1.0, 2.0, 3.0, 3.0, 3.0, 3.0])
    column = Column("cost", values)
    found = shares_at(Cases.of([column], values > 2), column)
    assert [each.between for each in found] == [(1, 1), (2, 2), (3, 3)]
    heavy = np.array([1.0, 2.0, 3.0, 4.0])
    column = Column("cost", heavy)
    found = shares_at(Cases.of([column], heavy > 3, np.array([1, 1, 1, 9.0])), column)
    assert [each.between for each in found] == [(1, 3), (4, 4)]


def test_weights_count_in_conditional_shares() -> None:
    column = Column("war", np.array([0, 0, 1]), ("no", "yes"))
    no, _ = shares_at(Cases.of([column], np.array([1, 0, 1]), np.array([0.3, 0.1, 0.6])), column)
    assert no.share == pytest.approx(0.75)


def test_the_reach_of_a_factor_is_its_largest_difference() -> None:
    found = sensitivities(run_where(interacting, 500), "it")
    reach = {each.factor: each.reach for each in found.influences}
    run = run_where(interacting, 500)
    given = interacting(run.futures).groupby(run.futures["war"]).mean()
    assert reach["war"] == pytest.approx(given[True] - given[False])


def test_a_result_is_json_and_a_frame() -> None:
    found = sensitivities(run_where(interacting, 200), "it")
    document = json.loads(json.dumps(found.to_dict()))
    assert document["format"] == "detente.sensitivity/1"
    assert document["influences"][0]["factor"] == found.influences[0].factor
    frame = found.to_frame()
    assert list(frame["factor"]) == [each.factor for each in found.influences]
    assert list(product(["total"], frame["total"]))


def test_intervals_of_indices_hold_the_truth_as_often_as_they_say() -> None:
    """Also where events are as likely as not, whose answers hang on the first digit of a point."""

    def either(cube: Floats) -> Floats:
        return (((cube[:, 3] < 0.5) & (cube[:, 6] < 0.5)) | (cube[:, 4] < 0.3)).astype(float)

    truth = exact(TABLE, list(INTERACTING.values()))
    held = []
    for seed in range(12):
        found = sobol(either(Design("saltelli", seed).cube(8, 0, 10 * 512)), 8, seed)
        for place, first, total in zip((3, 6, 4), truth["first"], truth["total"], strict=True):
            held += [found[place][0].low <= first <= found[place][0].high]
            held += [found[place][1].low <= total <= found[place][1].high]
    assert np.mean(held) >= 0.93
