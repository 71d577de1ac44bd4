"""Measures of robustness on a utility with a unit, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from detente.case.situation import Ranking, Utility
from detente.errors import CannotAnswer, InputError
from detente.futures.choosing import steps
from detente.futures.choosing.information import information
from detente.futures.choosing.regret import Payoffs, measured, measures, payoffs, unit_of
from tests.futures.frames import crisis, payoff_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.case.situation import Situation
    from detente.futures.choosing.regret import Measured, Score


def payoffs_of(rows: Sequence[Sequence[float]], weights: Sequence[float] | None = None) -> Payoffs:
    values = np.array(rows, dtype=np.float64)
    count = values.shape[1]
    equal = np.full(count, 1 / count)
    counted = equal if weights is None else np.array(weights, dtype=np.float64)
    names = tuple(f"A{place + 1}" for place in range(len(values)))
    return Payoffs(names, np.arange(count), values, counted, "billion USD")


def score(found: Measured, measure: str) -> Score:
    return next(each for each in found.scores if each.measure == measure)


def values(found: Measured, measure: str) -> list[float | None]:
    return list(score(found, measure).values.values())


# ------------------------------------------------------------------- the worked table of the field

LOSSES = ((10, 5, 1), (6, 4, 6), (2, 6, 12))
"""Losses of three acts in three futures; the appendix of decision-kernel-lite."""
WORKED = payoffs_of([[-loss for loss in row] for row in LOSSES], [0.3, 0.4, 0.3])


def test_minimax_regret_of_the_worked_table() -> None:
    found = measured(WORKED)
    assert values(found, "minimax_regret") == [8, 5, 11]
    assert score(found, "minimax_regret").leads == ("A2",)
    assert score(found, "minimax_regret").less_is_better


def test_expected_value_of_the_worked_table() -> None:
    found = measured(WORKED)
    assert values(found, "expected_value") == [-5.3, -5.2, -6.6]
    assert score(found, "expected_value").leads == ("A2",)


def test_every_other_measure_of_the_worked_table_by_hand() -> None:
    found = measured(WORKED, measures(pessimism=0.75, tail=0.3, threshold=-6))
    assert values(found, "laplace") == pytest.approx([-16 / 3, -16 / 3, -20 / 3])
    assert values(found, "maximin") == [-10, -6, -12]
    assert values(found, "maximax") == [-1, -4, -2]
    # 3/4 of the worst and 1/4 of the best
    assert values(found, "hurwicz") == pytest.approx([-7.75, -5.5, -9.5])
    # Regrets: A1 8 1 0, A2 4 0 5, A3 0 2 11. In 70 % of futures at most: A1 {0, 1}, A2 {0, 4},
    # A3 {0, 2}; the worst 30 % are one future each.
    assert values(found, "quantile_regret") == [1, 4, 2]
    assert values(found, "cvar_regret") == pytest.approx([8, 5, 11])
    assert values(found, "satisficing") == pytest.approx([0.7, 1.0, 0.7])
    # To know the future brings 0.3*2 + 0.4*4 + 0.3*1 = 2.5 of loss, 2.7 less than 5.2.
    assert found.perfect_information == pytest.approx(2.7)


def test_a_tail_takes_part_of_a_future() -> None:
    # The worst half by weight: 0.3 at the largest regret and 0.2 of the next.
    found = measured(WORKED, measures(tail=0.5))
    expected = [(0.3 * 8 + 0.2 * 1) / 0.5, (0.3 * 5 + 0.2 * 4) / 0.5, (0.3 * 11 + 0.2 * 2) / 0.5]
    assert values(found, "cvar_regret") == pytest.approx(expected)


def test_mean_and_spread() -> None:
    found = measured(payoffs_of([[1, 3], [2, 2], [-4, 0]]))
    # means 2, 2, -2; standard deviations 1, 0, 2; below a mean of -1 it is not defined
    assert values(found, "mean_variance") == pytest.approx([3 / 2, 3, None])
    assert score(found, "mean_variance").unit is None
    assert score(found, "mean_variance").leads == ("A2",)


def test_undesirable_deviations_fall_short_of_the_own_median() -> None:
    # Four futures: the median lies between the middle two, the worse half are two futures.
    found = measured(payoffs_of([[1, 2, 4, 9], [3, 3, 3, 3]]))
    assert values(found, "undesirable_deviations") == [(2 + 1) / 2, 0]
    assert score(found, "undesirable_deviations").leads == ("A2",)


def test_the_median_of_an_odd_number_of_futures_is_the_middle_one() -> None:
    table = payoffs_of([[0.99, 1.0, 0.5]]).table
    deviations = steps.from_own_median(table).values
    assert deviations == pytest.approx(np.array([[0.0, 0.01, -0.49]]))


def test_the_ninetieth_percentile_of_regret() -> None:
    # Regrets 1 … 10 in ten futures: in nine of ten at most 9; the mean of the worst tenth is 10.
    found = measured(payoffs_of([[-regret for regret in range(1, 11)], [0] * 10]))
    assert values(found, "quantile_regret") == [9, 0]
    assert values(found, "cvar_regret") == [10, 0]


def test_laplace_does_not_look_at_weights() -> None:
    found = measured(payoffs_of([[0, 4], [3, 0]], [0.9, 0.1]))
    assert score(found, "laplace").leads == ("A1",)
    assert score(found, "expected_value").leads == ("A2",)


def test_starr_counts_the_threshold_itself_as_reached() -> None:
    found = measured(payoffs_of([[1, 2, 3]]), measures(threshold=2))
    assert values(found, "satisficing") == pytest.approx([2 / 3])


def test_without_a_threshold_there_is_no_share_that_reaches_it() -> None:
    assert "satisficing" not in {each.id for each in measures()}
    assert "satisficing" in {each.id for each in measures(threshold=0)}


@pytest.mark.parametrize("wrong", [{"pessimism": 1.1}, {"tail": 0.0}, {"tail": 1.0}])
def test_weights_and_parts_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError, match=next(iter(wrong))):
        measures(**wrong)


# ------------------------------------------------------------------------------------- agreement


def test_measures_that_disagree_are_pointed_out() -> None:
    # A1 gambles, A2 is safe: one leads by its best future, the other by its worst.
    found = measured(payoffs_of([[10, 0], [4, 4]]))
    assert found.disagree
    assert "maximax" in found.leads["A1"]
    assert "maximin" in found.leads["A2"]


def test_measures_that_agree_are_not() -> None:
    found = measured(payoffs_of([[3, 3], [2, 2]]))
    assert not found.disagree
    assert {"expected_value", "maximin", "minimax_regret"} <= set(found.leads["A1"])


def test_ties_share_the_lead() -> None:
    found = measured(payoffs_of([[0.1 + 0.2, 1], [0.3, 1], [0, 1]]))
    assert score(found, "expected_value").leads == ("A1", "A2")


def test_how_near_a_tie_has_to_be_is_an_argument() -> None:
    table = payoffs_of([[100.0], [99.0], [90.0]])
    assert score(measured(table), "maximin").leads == ("A1",)
    assert score(measured(table, tolerance=0.02), "maximin").leads == ("A1", "A2")


def test_rank_agreement_is_kendalls_tau_b() -> None:
    # Expected value orders 1 > 2 = 3; maximin orders 2 > 1 > 3. Of three pairs one is in the same
    # order, one is reversed, one is tied in the first: tau-b = (1 - 1) / sqrt(2 * 3) = 0.
    found = measured(payoffs_of([[2, 10], [4, 6], [0, 10]]))
    (tau,) = (
        each.tau
        for each in found.agreements
        if (each.measure, each.other) == ("expected_value", "maximin")
    )
    assert values(found, "expected_value") == [6, 5, 5]
    assert tau == 0


def test_a_loss_is_turned_round_before_orders_are_compared() -> None:
    found = measured(payoffs_of([[3, 3], [2, 2], [1, 1]]))
    tau = {(each.measure, each.other): each.tau for each in found.agreements}
    assert tau["expected_value", "minimax_regret"] == 1
    assert tau["minimax_regret", "cvar_regret"] == 1
    assert tau["expected_value", "undesirable_deviations"] is None  # nobody deviates


def test_tables_and_json() -> None:
    found = measured(WORKED)
    assert found.to_frame().loc["A2", "minimax_regret"] == 5
    told = found.to_dict()
    assert told["leads"]["A2"]
    assert told["scores"][0]["values"] == {"A1": -5.3, "A2": -5.2, "A3": -6.6}
    assert told["unit"] == "billion USD"


# --------------------------------------------------------------------------------- from ensembles


@pytest.fixture
def valued() -> Situation:
    """A case whose focal actor has a utility in billions."""
    case = crisis()
    formula = next(iter(case.claims.values())).formulas["expect"]
    return replace(
        case, focus="us", preferences={**case.preferences, "us": Utility(formula, unit="billion")}
    )


def test_only_futures_in_which_all_strategies_are_determined_are_compared(
    valued: Situation,
) -> None:
    run = payoff_run(valued, {"x": [1, None, 3], "y": [2, 5, 1]}, weights=[0.2, 0.5, 0.3])
    table = payoffs(run)
    assert table.futures.tolist() == [0, 2]
    assert table.values.tolist() == [[1, 3], [2, 1]]
    assert table.weights == pytest.approx([0.4, 0.6])
    assert (table.undetermined, table.unit) == (1, "billion")


def test_the_best_outcome_can_stand_for_a_strategy(valued: Situation) -> None:
    run = payoff_run(valued, {"x": [1, 3]})
    assert payoffs(run, "best").values.tolist() == [[10, 30]]


def test_where_no_future_determines_all_nothing_is_compared(valued: Situation) -> None:
    with pytest.raises(CannotAnswer, match="no future in which every strategy"):
        payoffs(payoff_run(valued, {"x": [1, None], "y": [None, 1]}))


def test_ranks_have_no_regret(valued: Situation) -> None:
    ordinal = replace(
        valued, preferences={**valued.preferences, "us": Ranking((("0000",), ("1111",)))}
    )
    with pytest.raises(CannotAnswer) as refused:
        payoffs(payoff_run(ordinal, {"x": [1]}))
    first, *cure = str(refused.value).splitlines()
    assert first == (
        "regret: `us` has an order, not a utility, and a difference between ranks means nothing"
    )
    assert "share of futures in which goals" in cure[0]


def test_a_utility_without_a_unit_is_an_order(valued: Situation) -> None:
    utility = valued.preferences["us"]
    assert isinstance(utility, Utility)
    bare = {**valued.preferences, "us": replace(utility, unit=None)}
    with pytest.raises(CannotAnswer, match="the utility of `us` has no `unit`"):
        unit_of(replace(valued, preferences=bare))


def test_without_a_focus_nobody_regrets() -> None:
    with pytest.raises(CannotAnswer, match="names no `focus`"):
        unit_of(replace(crisis(), focus=None))


def test_an_expert_may_have_the_order_only(valued: Situation) -> None:
    seen = replace(valued, views={"kim": {"us": Ranking((("0000",),))}})
    assert unit_of(seen) == "billion"
    with pytest.raises(CannotAnswer, match="has an order"):
        unit_of(seen, "kim")


# ------------------------------------------------------------------------------ worth of knowing


def test_knowing_a_factor_is_worth_what_choosing_by_it_brings(valued: Situation) -> None:
    # x pays 10 if it happens and 0 if not, y pays 4 either way; it happens in half of the futures.
    # Without knowing: x, 5. Knowing: 10 or 4, in the mean 7. The coin tells nothing.
    factors = {"coin": [True, False, True, False], "happens": [True, True, False, False]}
    run = payoff_run(valued, {"x": [10, 10, 0, 0], "y": [4, 4, 4, 4]}, factors=factors)
    found = information(run, payoffs(run))
    worth = {each.factor: each.worth for each in found.factors}
    assert worth == {"happens": 2, "coin": 0}
    assert found.perfect == 2
    assert [each.factor for each in found.factors] == ["happens", "coin"]
    assert found.unit == "billion"


def test_weights_count_in_what_knowing_is_worth(valued: Situation) -> None:
    # It happens in a fifth: without knowing y, 4; knowing 0.2*10 + 0.8*4 = 5.2.
    run = payoff_run(
        valued, {"x": [10, 0], "y": [4, 4]}, weights=[0.2, 0.8], factors={"happens": [True, False]}
    )
    (worth,) = information(run, payoffs(run)).factors
    assert worth.worth == pytest.approx(1.2)


def test_the_worth_of_knowing_everything_is_the_expected_regret_of_the_best_choice() -> None:
    found = measured(WORKED)
    # A2 regrets 4, 0 and 5.
    assert found.perfect_information == pytest.approx(0.3 * 4 + 0.4 * 0 + 0.3 * 5)


def test_a_number_is_known_by_its_bin(valued: Situation) -> None:
    # x pays the number, uniform on [-1, 1], y nothing: E[max(u, 0)] - 0 = 1/4 in the limit. Twenty
    # equal bins hit zero exactly between two of them, so only the grid is coarse.
    count = 2000
    drawn = (np.arange(count) + 0.5) / count * 2 - 1
    rng = np.random.default_rng(0)
    run = payoff_run(
        valued,
        {"x": list(drawn), "y": [0.0] * count},
        factors={"u": drawn.tolist(), "noise": rng.random(count).tolist()},
    )
    found = {each.factor: each for each in information(run, payoffs(run)).factors}
    assert found["u"].worth == pytest.approx(0.25)
    assert found["u"].levels == 20
    assert found["u"].is_binned
    assert found["noise"].noise is not None
    assert 0 < found["noise"].worth < 3 * found["noise"].noise < found["u"].worth


def test_an_experts_factors_count_for_that_expert_only(valued: Situation) -> None:
    run = payoff_run(valued, {"x": [1, 0]}, factors={"kim:us.1": [True, False]})
    assert information(run, payoffs(run)).factors == ()
