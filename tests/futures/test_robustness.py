"""What orders allow to say of strategies over many futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import CannotAnswer, InputError
from detente.futures.choosing.robustness import robustness
from detente.futures.reading.run import Run
from tests.futures.frames import crisis, run_of

if TYPE_CHECKING:
    from detente.futures.choosing.robustness import Compared, GoalShare, Robustness, Standing


def pair(found: Robustness, strategy: str, other: str) -> Compared:
    (pair,) = (each for each in found.compared if (each.strategy, each.other) == (strategy, other))
    return pair


def standing(found: Robustness, strategy: str) -> Standing:
    (standing,) = (each for each in found.standings if each.strategy == strategy)
    return standing


def goal(found: Robustness, strategy: str, goal: str | None) -> GoalShare:
    (share,) = (each for each in found.goals if (each.strategy, each.goal) == (strategy, goal))
    return share


def said(found: Robustness, strategy: str, id: str | None) -> tuple[object, ...]:
    share = goal(found, strategy, id)
    return share.every, share.some, share.determined, share.undetermined


# ----------------------------------------------------------------------------------------- goals

GOALS: dict[str, dict[str, list[str | None]]] = {
    "calm": {"join": ["every", "some", "none", None], "wait": ["none", "every", "every", "every"]},
    "open": {"join": ["every", "every", "every", None], "wait": ["some", "some", "some", "none"]},
}
ATTAINED = {"join": [[1], [1, 2], [1], []], "wait": [[1, 2], [1, 2], [1, 2], [1]]}


def test_a_goal_is_counted_in_the_futures_that_determine_it() -> None:
    found = robustness(run_of(ATTAINED, goals=GOALS, failed=2))
    assert said(found, "join", "calm") == (1 / 3, 2 / 3, 3, 1)
    assert said(found, "wait", "calm") == (3 / 4, 3 / 4, 4, 0)
    assert (found.futures, found.all_determined, found.failed) == (4, 3, 2)


def test_all_goals_together_are_met_where_each_is() -> None:
    found = robustness(run_of(ATTAINED, goals=GOALS))
    assert said(found, "join", None) == (1 / 3, 2 / 3, 3, 1)
    assert said(found, "wait", None) == (0.0, 1 / 2, 4, 0)


def test_one_goal_is_not_said_twice() -> None:
    found = robustness(run_of(ATTAINED, goals={"calm": GOALS["calm"]}))
    assert [each.goal for each in found.goals] == ["calm", "calm"]


def test_futures_count_by_their_weight() -> None:
    found = robustness(run_of(ATTAINED, goals=GOALS, weights=[0.1, 0.2, 0.3, 0.4]))
    assert goal(found, "join", "calm").every == pytest.approx(0.1 / 0.6)
    assert goal(found, "wait", "calm").every == pytest.approx(0.9)


def test_a_share_has_the_interval_of_its_design() -> None:
    # 12 of 20 independent draws: Wilson's interval, by the formula.
    met = ["every"] * 12 + ["none"] * 8
    run = run_of({"join": [[1]] * 20}, goals={"calm": {"join": met}})
    p, n, z = 0.6, 20, 1.959964
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * (p * (1 - p) / n + z**2 / (4 * n**2)) ** 0.5
    found = goal(robustness(run), "join", "calm")
    assert found.low == pytest.approx(centre - half, abs=1e-6)
    assert found.high == pytest.approx(centre + half, abs=1e-6)
    # Of all futures there are nothing is estimated.
    exact = Run.from_frames(
        run.situation, {"design": "factorial"}, futures=run.futures, strategies=run.strategies
    )
    found = goal(robustness(exact), "join", "calm")
    assert found.low == found.every == found.high == 0.6


def test_blocks_that_agree_narrow_the_interval_of_a_hypercube() -> None:
    # Five blocks of 250 with 124, 125, 125, 125 and 126 of them: Student's t with four degrees of
    # freedom on the spread of the blocks' means, and half a future, as a share comes in whole ones.
    counts = (124, 125, 125, 125, 126)
    met: list[str] = []
    for count in counts:
        met += ["every"] * count + ["none"] * (250 - count)
    run = run_of({"join": [[1]] * 1250}, goals={"calm": {"join": met}})
    blocks = Run.from_frames(
        run.situation, {"design": "lhs"}, futures=run.futures, strategies=run.strategies
    )
    found = goal(robustness(blocks), "join", "calm")
    half = 2.776445 * np.std([count / 250 for count in counts], ddof=1) / 5**0.5
    assert found.low == pytest.approx(0.5 - half - 0.5 / 1250, abs=1e-6)
    assert found.high == pytest.approx(0.5 + half + 0.5 / 1250, abs=1e-6)


def test_a_strategy_that_attains_nothing_anywhere_has_no_share() -> None:
    found = robustness(run_of({"join": [[]]}, goals={"calm": {"join": [None]}}))
    assert said(found, "join", "calm") == (None, None, 0, 1)
    assert goal(found, "join", "calm").low is None
    assert not found.compared
    assert not found.standings


def test_the_frame_has_strategies_and_goals_in_the_order_of_the_case() -> None:
    frame = robustness(run_of(ATTAINED, goals=GOALS)).to_frame()
    assert list(frame.index) == ["join", "wait"]
    assert list(frame.columns) == ["calm", "open", "all goals"]
    assert frame.loc["wait", "calm"] == 0.75


# -------------------------------------------------------------------------------------- compared


def test_strategies_are_compared_within_the_same_future() -> None:
    attained = {"x": [[3], [2, 4], [2], [1]], "y": [[1, 2], [1, 3], [2], []]}
    found = pair(robustness(run_of(attained)), "x", "y")
    parts = [found.better, found.as_good, found.worse, found.not_comparable]
    assert parts == pytest.approx([1 / 3, 1 / 3, 0, 1 / 3])
    assert found.determined == 3
    assert not found.dominates


def test_ranks_of_different_futures_are_never_compared() -> None:
    # Its ranks are lower throughout, and yet it is the better one in every future.
    found = robustness(run_of({"x": [[2], [9]], "y": [[1], [8]]}))
    assert pair(found, "x", "y").better == 1.0
    assert pair(found, "x", "y").strictly
    assert pair(found, "y", "x").worse == 1.0


def test_to_dominate_is_to_be_never_worse_and_somewhere_better() -> None:
    found = robustness(run_of({"x": [[3], [2]], "y": [[1, 3], [2]], "z": [[3], [2]]}))
    assert pair(found, "x", "y").dominates
    assert not pair(found, "x", "y").strictly
    assert not pair(found, "y", "x").dominates
    assert not pair(found, "x", "z").dominates  # as good everywhere
    assert standing(found, "y").dominated_by == ("x", "z")
    assert standing(found, "x").dominated_by == ()


def test_worst_or_best_outcomes_alone_can_be_compared() -> None:
    run = run_of({"x": [[2, 5]], "y": [[3, 4]]})
    assert pair(robustness(run), "x", "y").not_comparable == 1.0
    assert pair(robustness(run, by="worst"), "x", "y").worse == 1.0
    assert pair(robustness(run, by="best"), "x", "y").better == 1.0


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(*[st.lists(st.integers(0, 3), max_size=3) for _ in range(3)]),
        min_size=1,
        max_size=5,
    )
)
def test_comparisons_are_what_the_definitions_say_of_every_pair_of_outcomes(
    futures: list[tuple[list[int], ...]],
) -> None:
    names = ("x", "y", "z")
    attained = {name: [future[k] for future in futures] for k, name in enumerate(names)}
    found = robustness(run_of(attained))
    if not any(ranks for future in futures for ranks in future):
        assert not found.compared
        return

    def as_good_or_better(one: list[int], other: list[int]) -> bool:
        return all(here >= there for here in one for there in other)

    for one, other in ((0, 1), (1, 2), (2, 0)):
        both = [(future[one], future[other]) for future in futures if future[one] and future[other]]
        better = sum(as_good_or_better(x, y) and any(a > b for a in x for b in y) for x, y in both)
        as_good = sum(as_good_or_better(x, y) and as_good_or_better(y, x) for x, y in both)
        mixed = sum(not as_good_or_better(x, y) and not as_good_or_better(y, x) for x, y in both)
        said = pair(found, names[one], names[other])
        assert said.determined == len(both)
        counts = [said.better, said.as_good, said.not_comparable]
        expected = [count / len(both) for count in (better, as_good, mixed)] if both else [None] * 3
        assert counts == pytest.approx(expected)
    whole = [future for future in futures if all(future)]
    for k, name in enumerate(names):
        others = [[future[j] for j in range(3) if j != k] for future in whole]
        best = [
            all(as_good_or_better(future[k], other) for other in rest)
            for future, rest in zip(whole, others, strict=True)
        ]
        said_of = standing(found, name)
        assert said_of.best == pytest.approx(np.mean(best) if whole else None)
        assert said_of.necessarily_best == (bool(whole) and all(best))


def test_best_and_unbeaten_are_told_apart() -> None:
    found = robustness(run_of({"x": [[2, 5], [4]], "y": [[3, 4], [1]], "z": [[1], [2]]}))
    x, y, z = (standing(found, strategy) for strategy in "xyz")
    assert (x.best, x.unbeaten, x.necessarily_best, x.possibly_best) == (0.5, 1.0, False, True)
    assert (y.best, y.unbeaten, y.possibly_best) == (0.0, 0.5, True)
    assert z.possibly_best is False


def test_futures_that_weigh_nothing_decide_nothing() -> None:
    found = robustness(run_of({"x": [[3], [1]], "y": [[1], [3]]}, weights=[1.0, 0.0]))
    assert pair(found, "x", "y").strictly
    assert standing(found, "x").necessarily_best


# --------------------------------------------------------------------------------------- refused


def test_without_strategies_there_is_nothing_to_compare() -> None:
    with pytest.raises(CannotAnswer, match="no strategies: the case names none"):
        robustness(Run.from_frames(crisis(), {}))


def test_a_concept_or_expert_the_run_does_not_know_is_refused() -> None:
    run = run_of({"x": [[1]]})
    with pytest.raises(InputError, match="concept `seq`: the run has `nash`"):
        robustness(run, "seq")
    with pytest.raises(InputError, match="view `kim`: the run has the case's own"):
        robustness(run, view="kim")


def test_a_run_that_failed_throughout_has_no_answer() -> None:
    run = run_of({"x": [[1]]})
    rows = run.strategies.assign(status="failed")
    broken = Run.from_frames(
        run.situation, {}, futures=run.futures.assign(status="failed"), strategies=rows
    )
    with pytest.raises(CannotAnswer, match="no future was evaluated: 1 failed"):
        robustness(broken)


def test_the_answer_as_json_is_plain() -> None:
    found = robustness(run_of(ATTAINED, goals=GOALS)).to_dict()
    assert found["goals"][0] == {
        "strategy": "join",
        "goal": "calm",
        "every": 1 / 3,
        "low": pytest.approx(0.0615, abs=1e-4),
        "high": pytest.approx(0.7923, abs=1e-4),
        "some": 2 / 3,
        "determined": 3,
        "undetermined": 1,
    }
    assert found["standings"][0]["dominated_by"] == []
