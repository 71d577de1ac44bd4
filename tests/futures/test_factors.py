"""What is drawn in a future, and what it can come to."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from detente.case import Situation
from detente.case.checks import SOUND
from detente.errors import CannotAnswer
from detente.futures.drawing.factors import Factor, Orders, factors, permutations
from tests.case.writing import exchanged, read
from tests.futures.uncertain import UNCERTAIN


@pytest.fixture
def uncertain(tmp_path: Path) -> Situation:
    return read(tmp_path, UNCERTAIN)


def named(situation: Situation) -> dict[str, Factor]:
    return {factor.name: factor for factor in factors(situation)}


def test_everything_unknown_is_drawn_in_the_order_of_the_file(uncertain: Situation) -> None:
    assert [(factor.name, factor.kind) for factor in factors(uncertain)] == [
        ("storm", "event"),
        ("cost", "number"),
        ("lag", "number"),
        ("idle", "number"),
        ("mood", "choice"),
        ("help", "executed"),
        ("row.2", "order"),
        ("row.2b", "held"),
        ("row.4", "held"),
        ("col.2", "order"),
        ("col.2b", "held"),
        ("hawk:row.1", "held"),
        ("hawk:row.2", "order"),
    ]


def test_what_a_factor_can_come_to(uncertain: Situation) -> None:
    known = named(uncertain)
    assert known["storm"].levels == ("no", "yes")
    assert known["storm"].probability == (0.2, 0.6)
    assert known["storm"].weights == pytest.approx((0.6, 0.4))
    assert known["storm"].says == "A storm comes"
    assert known["cost"].levels == ()
    assert known["cost"].unit == "billion"
    assert known["mood"].levels == ("calm", "sour", "angry")
    assert known["mood"].weights == (0.5, 0.25, 0.25)
    assert known["mood"].probability is None
    assert known["help"].probability == (0.75, 0.75)
    assert known["row.2b"].levels == ("dropped", "held")
    assert known["row.2b"].weights == pytest.approx((0.4, 0.6))
    assert known["row.2b"].says == "row.arm"
    assert list(known["col.2"].levels) == ["a>b", "b>a"]


def test_an_experts_factors_carry_the_experts_name(uncertain: Situation) -> None:
    known = named(uncertain)
    assert known["hawk:row.1"].view == "hawk"
    assert known["hawk:row.1"].name_in_list == "row.1"
    assert list(known["hawk:row.2"].levels) == ["a>b", "b>a"]
    assert known["row.4"].view == ""
    assert known["row.4"].name_in_list == "row.4"


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_orders_come_once_each_in_lexicographic_order(count: int) -> None:
    orders = permutations(np.arange(len(Orders(tuple("abcde"[:count])))), count)
    assert [tuple(order) for order in orders] == list(itertools.permutations(range(count)))


def test_orders_are_spelt_out_one_by_one() -> None:
    orders = Orders(tuple("abcdefghijkl"))
    assert len(orders) == 479_001_600
    assert orders[0] == "a>b>c>d>e>f>g>h>i>j>k>l"
    assert orders[-1] == "l>k>j>i>h>g>f>e>d>c>b>a"
    assert orders[1:3] == ["a>b>c>d>e>f>g>h>i>j>l>k", "a>b>c>d>e>f>g>h>i>k>j>l"]
    with pytest.raises(IndexError):
        orders[479_001_600]


def test_large_weights_do_not_overflow(tmp_path: Path) -> None:
    case = exchanged(
        SOUND, "uncertainties: {u: {kind: choice, weights: {a: 1e308, b: 1e308, c: 0}}}"
    )
    assert named(read(tmp_path, case))["u"].weights == (0.5, 0.5, 0.0)


def test_orders_too_many_to_draw_are_refused(tmp_path: Path) -> None:
    group = ", ".join(["{prefer: row.arm}"] * 13)
    case = exchanged(
        SOUND, f"preferences: {{row: [{{any_order: [{group}]}}], col: [{{prefer: col.arm}}]}}"
    )
    with pytest.raises(CannotAnswer) as refused:
        factors(read(tmp_path, case))
    assert str(refused.value) == (
        "the order of `row.1` is not drawn: 13 statements in any order, at most 12 can be\n"
        "  split the group where some order is known"
    )
