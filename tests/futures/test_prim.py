"""Boxes are peeled, chosen, pasted and pruned as published."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from detente.errors import InputError
from detente.futures.discovering.boxes import (
    Box,
    Cases,
    Column,
    Interval,
    Levels,
    measured,
    quasi_p,
    within,
)
from detente.futures.discovering.prim import Peeling, Step, chosen, pasted, peeled, pruned


def numbers(matrix: Any) -> list[Column]:
    return [Column(f"x{place}", np.asarray(values)) for place, values in enumerate(matrix.T)]


def planted(futures: int = 4_000, noise: float = 0.02, seed: int = 0) -> tuple[Cases, Any]:
    """Three of ten numbers decide, but for labels turned at random."""
    rng = np.random.default_rng(seed)
    matrix = rng.random((futures, 10))
    inside = (matrix[:, 0] > 0.3) & (matrix[:, 1] < 0.5) & (matrix[:, 2] > 0.6)
    return Cases.of(numbers(matrix), inside ^ (rng.random(futures) < noise)), inside


def refined(cases: Cases, peeling: Peeling | None = None) -> Box:
    steps = peeled(cases, peeling)
    step = steps[chosen(steps)]
    back = pasted(cases, step, peeling)
    last = (step, *back)[-1]
    return (last, *pruned(cases, last))[-1].box


# ------------------------------------------------------------------------------------ definitions


def test_coverage_density_and_mass_are_what_they_are_called() -> None:
    column = Column("x", np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    cases = Cases.of([column], np.array([0, 1, 1, 0, 1]))
    box = measured(cases, {"x": Interval("x", 2.0, 4.0)})
    assert (box.coverage, box.density, box.mass) == (2 / 3, 2 / 3, 3 / 5)
    assert (box.cases, box.of_interest) == (3, 2)


def test_weights_count_for_coverage_density_and_mass() -> None:
    column = Column("x", np.array([0, 1, 2]), ("a", "b", "c"))
    cases = Cases.of([column], np.array([0, 1, 1]), np.array([0.5, 0.3, 0.2]))
    box = measured(cases, {"x": Levels("x", ("a", "b"), ("c",))})
    assert (box.coverage, box.density, box.mass) == pytest.approx((0.6, 0.375, 0.8))


@given(st.integers(0, 2**32 - 1))
def test_a_quasi_p_is_the_binomial_tail_of_the_box_without_the_limit(seed: int) -> None:
    rng = np.random.default_rng(seed)
    cases = Cases.of(numbers(rng.random((60, 2))), rng.random(60) < 0.4)
    limits = {"x0": Interval("x0", 0.4), "x1": Interval("x1", None, 0.7)}
    inside, without = within(cases, limits), within(cases, {"x1": limits["x1"]})
    hits, number = cases.interest[inside].sum(), inside.sum()
    expected = binom.sf(hits - 1, number, cases.interest[without].mean()) if number else 1.0
    assert quasi_p(cases, limits, "x0") == pytest.approx(expected, abs=1e-12)


def test_unequal_weights_make_a_quasi_p_less_sure() -> None:
    rng = np.random.default_rng(0)
    values, weights = rng.random((400, 1)), rng.random(400) ** 4
    interest = (values[:, 0] > 0.5) & (rng.random(400) < 0.6)
    limits = {"x0": Interval("x0", 0.5)}
    equal = quasi_p(Cases.of(numbers(values), interest), limits, "x0")
    assert equal < quasi_p(Cases.of(numbers(values), interest, weights), limits, "x0") < 1e-3
    ten = quasi_p(Cases.of(numbers(values), interest, np.full(400, 10.0)), limits, "x0")
    assert ten == pytest.approx(equal, rel=1e-6, abs=0)


# ---------------------------------------------------------------------------------------- peeling


def literal_peel(cases: Cases, box: np.ndarray, peeling: Peeling) -> np.ndarray | None:
    """The next box by the definition: try every layer, keep the best; None where none gains."""
    size = len(cases)
    best, best_score = None, 1e-9
    for column in cases.columns:
        values = column.values[box]
        if column.levels:
            layers = [box & (column.values != level) for level in np.unique(values)]
        else:
            ordered = np.sort(values)
            layer = max(int(peeling.alpha * len(values) * (1 + 1e-9)), 1)
            low, high = ordered[min(layer, len(values) - 1)], ordered[-1 - layer]
            layers = [
                box & (column.values >= low)
                if low > ordered[0]
                else box & (column.values > ordered[0]),
                box & (column.values <= high)
                if high < ordered[-1]
                else box & (column.values < ordered[-1]),
            ]
        for left in layers:
            if left.sum() < max(peeling.smallest * size * (1 - 1e-9), 1) or (left == box).all():
                continue
            gain = cases.interest[left].mean() - cases.interest[box].mean()
            if peeling.objective == "gain":
                gain /= (box.sum() - left.sum()) / box.sum()
            if gain > best_score + 1e-12:
                best, best_score = left, gain
    return best


@pytest.mark.parametrize("objective", ["gain", "density"])
@pytest.mark.parametrize("seed", range(4))
def test_every_step_peels_the_best_layer_there_is(objective: Any, seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns = [
        Column("smooth", rng.random(120)),
        Column("ties", np.round(rng.random(120), 1)),
        Column("whole", rng.integers(0, 5, 120)),
        Column("kind", rng.integers(0, 4, 120), ("a", "b", "c", "d")),
        Column("held", rng.integers(0, 2, 120), ("no", "yes")),
    ]
    lean = columns[0].values + (columns[2].values == 3) + (columns[3].values < 2)
    cases = Cases.of(columns, lean + rng.random(120) > 1.9)
    peeling = Peeling(alpha=0.1, smallest=0.1, objective=objective)
    steps = peeled(cases, peeling)
    assert len(steps) > 3
    box = np.ones(120, dtype=bool)
    for step in steps[1:]:
        found = literal_peel(cases, box, peeling)
        assert found is not None
        box = found
        now = within(cases, step.box.limits)
        assert now.sum() == box.sum()
        assert cases.interest[now].sum() == cases.interest[box].sum()
        box = now  # of layers that are as good as each other either may go
    assert literal_peel(cases, box, peeling) is None


def test_a_layer_takes_at_most_alpha_and_equal_numbers_stay_together() -> None:
    values = np.array([0.0] * 3 + [1.0] * 30 + [2.0] * 67)
    cases = Cases.of([Column("x", values)], values == 2)
    first, second, *_ = peeled(cases, Peeling(alpha=0.05))[1:]
    assert first.box.cases == 97
    assert first.box.limits == {"x": Interval("x", 0.5)}
    assert second.box.limits == {"x": Interval("x", 1.5)}


def test_limits_fall_halfway_between_numbers_and_on_integers() -> None:
    smooth = np.linspace(0, 1, 11)
    whole = np.arange(11)
    interest = whole > 5
    for values, low in ((smooth, 0.55), (whole, 6)):
        (*_, last) = peeled(Cases.of([Column("x", values)], interest), Peeling(alpha=0.1))
        limit = last.box.limits["x"]
        assert isinstance(limit, Interval)
        assert limit.low == pytest.approx(low)
        assert limit.high is None
        assert last.box.density == 1


@pytest.mark.parametrize("upper", [False, True])
def test_numbers_with_nothing_between_them_are_told_apart(upper: bool) -> None:
    """Half-way between two neighbouring doubles lies one of them."""
    values = np.repeat([1.0, np.nextafter(1.0, 2.0)], 50)
    cases = Cases.of([Column("x", values)], (values > 1) == upper)
    (_, step) = peeled(cases)
    assert (step.box.coverage, step.box.density) == (1, 1)


def test_density_never_falls_while_peeling_and_no_box_is_too_small() -> None:
    cases, _ = planted()
    steps = peeled(cases, Peeling(smallest=0.1))
    for before, after in pairwise(steps):
        assert after.box.density > before.box.density
        assert after.box.coverage <= before.box.coverage
    assert 0.1 <= steps[-1].box.mass < 0.12
    assert steps[0].box.limits == {}
    assert (steps[0].box.coverage, steps[0].box.mass) == (1, 1)


def test_weights_peel_like_as_many_futures() -> None:
    rng = np.random.default_rng(3)
    values = np.round(rng.random((80, 3)), 2)
    interest = values[:, 0] + values[:, 1] > 1.2
    times = rng.integers(1, 5, 80)
    weighted = peeled(Cases.of(numbers(values), interest, times))
    repeated = peeled(
        Cases.of(numbers(np.repeat(values, times, axis=0)), np.repeat(interest, times))
    )
    assert [step.box.limits for step in weighted] == [step.box.limits for step in repeated]
    assert [step.box.mass for step in weighted] == pytest.approx(
        [step.box.mass for step in repeated]
    )


def test_by_gain_for_each_future_a_boolean_does_not_crowd_out_a_number() -> None:
    """Half of all futures go with a level: the densest rest, and a wasteful layer."""
    rng = np.random.default_rng(0)
    number, boolean = rng.random(2_000), rng.integers(0, 2, 2_000)
    interest = (number > 0.4) & (rng.random(2_000) < 0.7 + 0.2 * boolean)
    cases = Cases.of([Column("n", number), Column("b", boolean, ("no", "yes"))], interest)
    first = {kind: peeled(cases, Peeling(objective=kind))[1].column for kind in KINDS}
    assert first == {"density": "b", "gain": "n"}


KINDS: tuple[Any, Any] = ("density", "gain")


@pytest.mark.parametrize("wrong", [{"alpha": 0.0}, {"alpha": 1.0}, {"smallest": -0.1}])
def test_what_is_no_part_of_the_futures_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError, match="not a part of the futures"):
        Peeling(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("interest", [np.zeros(30), np.ones(30)])
def test_nothing_is_peeled_where_all_futures_are_alike(interest: Any) -> None:
    cases = Cases.of(numbers(np.random.default_rng(0).random((30, 2))), interest)
    assert len(peeled(cases)) == 1


def test_columns_that_do_not_vary_are_left_alone() -> None:
    rng = np.random.default_rng(0)
    values = rng.random(100)
    same = Column("same", np.full(100, 2.0))
    one = Column("one", np.zeros(100, dtype=np.int64), ("only",))
    cases = Cases.of([same, one, Column("x", values)], values > 0.5)
    assert set(peeled(cases)[-1].box.limits) == {"x"}


# --------------------------------------------------------------------------------- choose and paste


def test_the_box_with_the_highest_coverage_times_density_is_chosen() -> None:
    cases, _ = planted()
    steps = peeled(cases)
    products = [step.box.coverage * step.box.density for step in steps]
    assert products[chosen(steps)] == max(products)


def test_pasting_gives_back_what_was_peeled_too_much() -> None:
    values = np.linspace(0, 1, 200)
    cases = Cases.of([Column("x", values)], (values > 0.2) & (values < 0.6))
    tight = Step(measured(cases, {"x": Interval("x", 0.3, 0.5)}), "peeled")
    (*_, last) = pasted(cases, tight)
    assert last.box.density == 1
    assert last.box.coverage > 0.95
    for before, after in pairwise((tight, *pasted(cases, tight))):
        assert after.box.density >= before.box.density
        assert after.box.mass > before.box.mass


def test_pasting_gives_levels_back_and_drops_limits_that_limit_nothing() -> None:
    kind = Column("kind", np.arange(120) % 4, ("a", "b", "c", "d"))
    cases = Cases.of([kind], kind.values < 2)
    (step,) = pasted(cases, Step(measured(cases, {"kind": kind.among([0])}), "peeled"))
    assert step.box.limits["kind"] == Levels("kind", ("a", "b"), ("c", "d"))
    everything = Cases.of([kind], np.ones(120))
    (*_, last) = pasted(everything, Step(measured(everything, {"kind": kind.among([0])}), "peeled"))
    assert last.box.limits == {}


def test_pruning_drops_what_chance_explains_one_side_at_a_time() -> None:
    rng = np.random.default_rng(1)
    values = rng.random((2_000, 2))
    cases = Cases.of(numbers(values), values[:, 0] > 0.5)
    limits = {"x0": Interval("x0", 0.5, 0.95), "x1": Interval("x1", 0.1)}
    steps = pruned(cases, Step(measured(cases, limits), "peeled"))
    assert steps[-1].box.limits == {"x0": Interval("x0", 0.5)}
    assert {step.column for step in steps} == {"x0", "x1"}


# ----------------------------------------------------------------------------------- planted boxes


@pytest.mark.parametrize("objective", KINDS)
def test_a_planted_box_is_found_under_noise(objective: Any) -> None:
    cases, inside = planted()
    box = refined(cases, Peeling(objective=objective))
    ends = {"x0": (0.3, None), "x1": (None, 0.5), "x2": (0.6, None)}
    assert set(box.limits) == set(ends)
    for name, (low, high) in ends.items():
        limit = box.limits[name]
        assert isinstance(limit, Interval)
        assert (limit.low is None, limit.high is None) == (low is None, high is None)
        assert [limit.low, limit.high] == [pytest.approx(end, abs=0.03) for end in (low, high)]
    found = within(cases, box.limits)
    assert (found & inside).sum() / inside.sum() > 0.93
    assert (found & inside).sum() / found.sum() > 0.93


MIXED: list[tuple[str, Callable[[Any, Any, Any], Any]]] = [
    ("kind, number", lambda kind, _held, number: (kind % 2 == 0) & (number < 0.5)),
    ("held, kind", lambda kind, held, _number: (held == 1) & (kind != 3)),
]


@pytest.mark.parametrize(("names", "rule"), MIXED)
def test_levels_numbers_and_truth_values_are_limited_together(names: str, rule: Any) -> None:
    rng = np.random.default_rng(5)
    kind, held, number = rng.integers(0, 4, 3_000), rng.integers(0, 2, 3_000), rng.random(3_000)
    columns = [
        Column("kind", kind, ("a", "b", "c", "d")),
        Column("held", held, ("no", "yes")),
        Column("number", number),
        Column("noise", rng.random(3_000)),
        Column("coin", rng.integers(0, 2, 3_000), ("no", "yes")),
    ]
    truth = rule(kind, held, number)
    box = refined(Cases.of(columns, truth))
    assert set(box.limits) == set(names.split(", "))
    assert box.density > 0.98
    assert box.coverage > 0.95


def test_every_combination_once_finds_the_combination_exactly() -> None:
    """A factorial design: all futures enumerated, each with its weight."""
    rows = np.array(list(product(range(2), range(3), range(2), range(2), range(4))))
    weight = np.prod([np.array([0.2, 0.8])[rows[:, 0]], np.array([0.5, 0.3, 0.2])[rows[:, 1]]], 0)
    sizes = (2, 3, 2, 2, 4)
    columns = [
        Column(f"f{place}", rows[:, place], tuple("abcd"[:size]))
        for place, size in enumerate(sizes)
    ]
    interest = (rows[:, 0] == 1) & (rows[:, 1] != 2)
    box = peeled(Cases.of(columns, interest, weight))[-1].box
    assert box.limits == {
        "f0": Levels("f0", ("b",), ("a",)),
        "f1": Levels("f1", ("a", "b"), ("c",)),
    }
    assert (box.coverage, box.density) == (1, 1)
    assert box.mass == pytest.approx(0.8 * 0.8)
