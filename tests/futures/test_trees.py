"""Leaves of a tree are boxes that can be said in words."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from detente.futures.discovering.boxes import Cases, Column, Interval, Levels, within
from detente.futures.discovering.trees import Tree, densest, leaves


def test_leaves_part_the_futures() -> None:
    rng = np.random.default_rng(0)
    columns = [
        Column("number", rng.random(1_000)),
        Column("whole", rng.integers(0, 9, 1_000)),
        Column("kind", rng.integers(0, 5, 1_000), tuple("abcde")),
    ]
    lean = columns[0].values + (columns[1].values > 4) + (columns[2].values == 2)
    cases = Cases.of(columns, lean + 0.5 * rng.random(1_000) > 1.3)
    found = leaves(cases)
    assert len(found) > 3
    inside = np.array([within(cases, step.box.limits) for step in found])
    assert (inside.sum(axis=0) == 1).all()
    assert sum(step.box.coverage for step in found) == pytest.approx(1)
    densities = [step.box.density for step in found]
    assert densities == sorted(densities, reverse=True)
    assert min(step.box.mass for step in found) >= 0.05


def test_a_split_falls_halfway_between_two_numbers_however_large() -> None:
    """Trees work in single precision; these numbers differ beyond it."""
    values = 1e9 + np.arange(40) / 8
    (upper, lower) = leaves(Cases.of([Column("x", values)], np.arange(40) >= 25))
    assert upper.box.limits == {"x": Interval("x", 1e9 + 24.5 / 8)}
    assert lower.box.limits == {"x": Interval("x", None, 1e9 + 24.5 / 8)}


def test_levels_are_split_as_the_best_of_all_splits_in_two() -> None:
    rng = np.random.default_rng(2)
    shares = {"a": 0.7, "b": 0.1, "c": 0.65, "d": 0.2, "e": 0.6}
    codes = rng.integers(0, 5, 2_000)
    interest = rng.random(2_000) < np.array(list(shares.values()))[codes]
    column = Column("kind", codes, tuple(shares))
    (upper, _) = leaves(Cases.of([column], interest), Tree(smallest=0.3))
    limit = upper.box.limits["kind"]
    assert isinstance(limit, Levels)

    def impurity(kept: tuple[int, ...]) -> float:
        inside = np.isin(codes, kept)
        sides = (interest[inside], interest[~inside])
        return float(sum(len(side) * side.mean() * (1 - side.mean()) for side in sides))

    splits = [kept for size in (2, 3) for kept in combinations(range(5), size)]
    best = min((kept for kept in splits), key=impurity)
    others = tuple(code for code in range(5) if code not in best)
    assert set(limit.kept) in ({column.levels[c] for c in best}, {column.levels[c] for c in others})
    assert set(limit.kept) == {"a", "c", "e"}


def test_weights_count_like_as_many_futures() -> None:
    rng = np.random.default_rng(3)
    values = np.round(rng.random((200, 2)), 2)
    interest = values[:, 0] > 0.6
    times = rng.integers(1, 4, 200)
    weighted = Cases.of([Column("x", values[:, 0]), Column("y", values[:, 1])], interest, times)
    again = weighted.take(np.repeat(np.arange(200), times))
    plain = Cases.of(again.columns, again.interest)
    assert [step.box.limits for step in leaves(weighted)] == [
        step.box.limits for step in leaves(plain)
    ]


def test_the_leaves_taken_have_together_the_highest_coverage_times_density() -> None:
    rng = np.random.default_rng(4)
    values = rng.random((2_000, 2))
    truth = (values[:, 0] > 0.8) | (values[:, 1] > 0.8)
    cases = Cases.of([Column("x", values[:, 0]), Column("y", values[:, 1])], truth)
    boxes = densest(cases, leaves(cases))
    covered = np.logical_or.reduce([within(cases, box.limits) for box in boxes])
    assert len(boxes) > 1
    assert (covered & truth).sum() / truth.sum() > 0.97
    assert truth[covered].mean() > 0.97


def test_a_tendency_that_no_leaves_single_out_makes_no_box() -> None:
    """0.75 against 0.55: the denser half covers too little to beat all futures together."""
    rng = np.random.default_rng(6)
    values = rng.random(2_000)
    column = Column("x", values)
    cases = Cases.of([column], rng.random(2_000) < np.where(values > 0.5, 0.75, 0.55))
    found = leaves(cases)
    assert len(found) > 1
    assert densest(cases, found) == ()


def test_what_nothing_tells_is_one_leaf() -> None:
    rng = np.random.default_rng(5)
    cases = Cases.of([Column("x", rng.random(300))], np.arange(300) % 300 < 1)
    (step,) = leaves(cases)
    assert step.box.limits == {}
