"""Where claims fail and strategies miss their goals is found, and said as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from detente.case.situation import Utility
from detente.errors import CannotAnswer, InputError
from detente.futures.discovering.boxes import Cases, Column, Interval, Levels, measured
from detente.futures.discovering.discovery import (
    Searching,
    boxes_for,
    discover,
    found_boxes,
    resampled,
)
from detente.futures.discovering.interest import claim_fails, strategy_fails
from detente.futures.drawing.factors import factors
from detente.futures.reading.columns import columns
from tests.futures.drawn import run_where, situation

if TYPE_CHECKING:
    from detente.futures.reading.run import Run

Frame = pd.DataFrame
QUICK = Searching(resamples=0)


def stands_first(frame: Frame, factor: str, letter: str) -> Any:
    return frame[factor].astype(str).str.startswith(letter)


def above(frame: Frame, factor: str, one: str, other: str) -> Any:
    return frame[factor].astype(str).map(lambda order: order.index(one) < order.index(other))


# ------------------------------------------------------------------------------------- what is read


def test_an_order_is_read_by_who_is_first_by_pairs_and_where_short_as_a_whole() -> None:
    read = columns(run_where(lambda f: f["war"]).futures, factors(situation()))
    assert [(each.name, each.of, each.about, len(each.levels)) for each in read] == [
        ("cost", "cost", "value", 0),
        ("delay", "delay", "value", 0),
        ("noise", "noise", "value", 0),
        ("war", "war", "value", 2),
        ("path", "path", "value", 3),
        ("a.2", "a.2", "order", 6),
        ("a.2: first", "a.2", "first", 3),
        ("a.2: a>b", "a.2", "order", 2),
        ("a.2: a>c", "a.2", "order", 2),
        ("a.2: b>c", "a.2", "order", 2),
        ("b.1", "b.1", "value", 2),
        ("b.2", "b.2", "order", 2),
    ]


def test_the_readings_of_an_order_agree_with_it() -> None:
    frame = run_where(lambda f: f["war"], 60).futures
    read = {column.name: column for column in columns(frame, factors(situation()))}
    for place, order in enumerate(frame["a.2"].astype(str)):
        assert read["a.2"].levels[read["a.2"].values[place]] == order
        assert read["a.2: first"].levels[read["a.2: first"].values[place]] == order[0]
        pair = read["a.2: a>c"].levels[read["a.2: a>c"].values[place]]
        assert pair == ("a>c" if order.index("a") < order.index("c") else "c>a")


# ------------------------------------------------------------------------------------ what is found


@pytest.mark.parametrize("method", ["prim", "cart"])
def test_where_a_claim_fails_is_found(method: Any) -> None:
    run = run_where(lambda f: ~((f["cost"] > 0.7) & f["war"]))
    found = discover(run, claim="it", searching=Searching(method, resamples=0))
    (box,) = found.boxes
    assert set(box.limits) == {"cost", "war"}
    cost = box.limits["cost"]
    assert isinstance(cost, Interval)
    assert cost.low == pytest.approx(0.7, abs=0.01)
    assert cost.high is None
    assert box.limits["war"] == Levels("war", ("yes",), ("no",))
    assert found.coverage == box.coverage == 1
    assert box.density > 0.98
    assert max(box.quasi_p.values()) < 1e-20
    assert found.ranges["cost"] == (
        run.futures["cost"].min(),
        run.futures["cost"].max(),
    )


ORDERS = [
    (lambda f: stands_first(f, "a.2", "b"), "a.2: first", ("b",), "first"),
    (lambda f: above(f, "a.2", "c", "a"), "a.2: a>c", ("c>a",), "order"),
    (lambda f: ~(f["a.2"] == "a>b>c"), "a.2", None, "order"),
    (lambda f: f["b.2"] == "b>a", "b.2", ("b>a",), "order"),
]


@pytest.mark.parametrize(("fails", "column", "kept", "about"), ORDERS)
def test_an_order_that_decides_is_limited_in_one_plain_way(
    fails: Any, column: str, kept: tuple[str, ...] | None, about: str
) -> None:
    (box,) = discover(run_where(lambda f: ~fails(f)), claim="it", searching=QUICK).boxes
    assert list(box.limits) == [column]
    limit = box.limits[column]
    assert isinstance(limit, Levels)
    assert (limit.factor, limit.about) == (column.partition(":")[0], about)
    assert limit.kept == (kept or ("a>c>b", "b>a>c", "b>c>a", "c>a>b", "c>b>a"))
    assert (box.coverage, box.density) == (1, 1)


def test_two_ways_to_fail_are_two_boxes() -> None:
    run = run_where(lambda f: ~(((f["cost"] > 0.7) & f["war"]) | ((f["delay"] < 12) & ~f["war"])))
    found = discover(run, claim="it", searching=QUICK)
    assert [set(box.limits) for box in found.boxes] == [{"cost", "war"}, {"delay", "war"}]
    assert sum(box.coverage for box in found.boxes) == pytest.approx(found.coverage)
    assert sum(box.mass for box in found.boxes) == pytest.approx(0.25, abs=0.02)
    assert found.coverage > 0.97
    assert found.density > 0.97


def test_a_real_limit_comes_back_on_resampled_futures() -> None:
    rng = np.random.default_rng(0)
    run = run_where(lambda f: ~((f["cost"] > 0.6) & (rng.random(1_000) < 0.8)))
    (found,) = discover(run, claim="it", searching=Searching(resamples=8)).found
    assert found.stability == {"cost": 1.0}


def test_a_limit_that_says_nothing_does_not_come_back() -> None:
    cases = claim_fails(run_where(lambda f: f["cost"] < 0.6, 400), "it").cases
    box = measured(cases, {"cost": Interval("cost", 0.6), "noise": Interval("noise", 0.1)})
    stability = resampled(cases, box, Searching(resamples=6), 0)
    assert stability is not None
    assert stability["cost"] == 1
    assert stability["noise"] < 0.5


def test_the_search_is_repeatable_and_its_seed_counts() -> None:
    rng = np.random.default_rng(1)
    wobbly = rng.random(400)
    run = run_where(lambda f: ~((f["cost"] + 0.3 * f["noise"] + wobbly) > 1.5), 400)
    once, again, other = (
        discover(run, claim="it", searching=Searching(resamples=8, seed=seed)) for seed in (0, 0, 1)
    )
    assert once.to_dict() == again.to_dict()
    assert once.boxes == other.boxes


def test_another_step_can_be_taken() -> None:
    run = run_where(lambda f: ~((f["cost"] > 0.7) & f["war"]))
    usual = discover(run, claim="it", searching=QUICK).found[0]
    assert usual.steps[0].box.limits == {}
    wider = discover(run, claim="it", searching=Searching(step=1, resamples=0)).found[0]
    assert (wider.taken, wider.steps) == (1, usual.steps)
    with pytest.raises(InputError, match="no step 999 in the peeling: it has steps 0 to"):
        discover(run, claim="it", searching=Searching(step=999, resamples=0))


# -------------------------------------------------------------------------------- what is left out


def test_undetermined_and_failed_futures_are_left_out_and_counted() -> None:
    run = run_where(
        lambda f: ~((f["cost"] > 0.7) & f["war"]), undetermined=lambda f: f["delay"] < 12, failed=30
    )
    question = claim_fails(run, "it")
    drawn = run.futures.iloc[:-30]
    unknown = int((drawn["delay"] < 12).sum())
    assert (question.failed, question.undetermined) == (30, unknown)
    assert len(question.cases) == 1_000 - 30 - unknown
    kept = drawn.iloc[question.futures]
    assert (kept["delay"] >= 12).all()
    assert (question.cases.interest == (kept["cost"] > 0.7) & kept["war"]).all()
    found = boxes_for(question, QUICK)
    assert (found.undetermined, found.failed) == (unknown, 30)
    assert set(found.boxes[0].limits) == {"cost", "war"}


@pytest.mark.parametrize(
    ("holds", "reason"),
    [
        (lambda f: f["cost"] >= 0, "none"),
        (lambda f: f["cost"] < 0, "all"),
        (lambda f: f.index >= 9, "few"),
        (lambda f: f.index < 9, "few"),
        (lambda f: f.index % 2 == 0, "nothing_tells"),
    ],
    ids=["never fails", "always fails", "fails nine times", "holds nine times", "by chance"],
)
@pytest.mark.parametrize("method", ["prim", "cart"])
def test_where_there_is_nothing_to_tell_the_reason_is_given(
    holds: Any, reason: str, method: Any
) -> None:
    run = run_where(holds, 200, "random")
    found = discover(run, claim="it", searching=Searching(method, resamples=0))
    assert (found.reason, found.boxes) == (reason, ())
    assert (found.coverage, found.density) == (0, 0)


# --------------------------------------------------------------------------------------- strategies


def strategies_run(**columns: Any) -> Run:
    run = run_where(lambda f: f["war"])
    rows = {
        "future": run.futures.index,
        "view": "",
        "concept": "nash",
        "status": "ok",
        "attainable": 1,
        "utility_worst": np.nan,
    }
    parts = [
        pd.DataFrame({**rows, "strategy": strategy, **{n: c[strategy] for n, c in columns.items()}})
        for strategy in ("going", "staying")
    ]
    frames = {"futures": run.futures, "claims": run.claims, "strategies": pd.concat(parts)}
    return type(run).from_frames(run.situation, run.manifest, **frames)


def test_a_goal_is_missed_unless_every_attainable_equilibrium_meets_it() -> None:
    run = run_where(lambda f: f["war"])
    cost = run.futures["cost"].to_numpy()
    met = np.where(cost < 0.5, "every", np.where(cost < 0.75, "some", "none"))
    run = strategies_run(**{"goal.calm": {"going": met, "staying": "every"}})
    found = discover(run, strategy="going", searching=QUICK)
    (box,) = found.boxes
    assert (found.about, found.interest, found.concept) == ("strategy", "misses_goals", "nash")
    assert box.limits == {"cost": Interval("cost", pytest.approx(0.5, abs=0.01))}  # type: ignore[arg-type]
    assert discover(run, strategy="staying", searching=QUICK).reason == "none"


def test_a_claim_of_cause_is_determined_by_both_of_its_sides() -> None:
    run = run_where(lambda f: f["war"])
    claims = run.claims.assign(determined=np.arange(1_000) >= 300)
    run = type(run).from_frames(run.situation, run.manifest, futures=run.futures, claims=claims)
    question = claim_fails(run, "it")
    assert (question.undetermined, len(question.cases)) == (300, 700)


def test_a_future_in_which_a_strategy_attains_nothing_is_left_out() -> None:
    attained = np.where(np.arange(1_000) < 100, 0, 1)
    met = np.where(np.arange(1_000) < 500, "none", "every")
    run = strategies_run(
        **{
            "goal.calm": {"going": met, "staying": "every"},
            "attainable": {"going": attained, "staying": 1},
        }
    )
    question = strategy_fails(run, "going")
    assert (question.undetermined, len(question.cases), question.cases.interest.sum()) == (
        100,
        900,
        400,
    )


def test_regret_is_what_another_strategy_would_bring_more(monkeypatch: Any) -> None:
    run = run_where(lambda f: f["war"])
    cost = run.futures["cost"].to_numpy()
    run = strategies_run(utility_worst={"going": 1 - cost, "staying": 0.4})
    with pytest.raises(CannotAnswer, match="regret"):
        strategy_fails(run, "going", regret=0.1)
    utility = object.__new__(Utility)
    object.__setattr__(utility, "unit", "billion USD")
    monkeypatch.setitem(run.situation.preferences, "a", utility)
    question = strategy_fails(run, "going", regret=0.1)
    assert (question.cases.interest == (0.4 - (1 - cost) > 0.1)).all()
    assert (question.interest, question.threshold) == ("regretted", 0.1)


def test_without_goals_or_regret_a_strategy_cannot_miss_anything() -> None:
    with pytest.raises(CannotAnswer, match="the case states no goals that it could miss"):
        strategy_fails(strategies_run(), "going")


# ---------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({}, "name one of them"),
        ({"claim": "it", "strategy": "going"}, "name one of them"),
        ({"claim": "that"}, "no claim `that`: it"),
        ({"claim": "itt"}, "no claim `itt`: did you mean `it`"),
        ({"claim": "it", "concept": "gmr"}, "concept `gmr`: the run has `nash`"),
        ({"claim": "it", "view": "expert"}, "view `expert`: the run has the case's own"),
        ({"strategy": "going"}, "strategy `going`: the run has none"),
    ],
)
def test_what_the_run_does_not_have_is_said(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        discover(run_where(lambda f: f["war"], 50), **asked)


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(InputError, match="no method `magic`: one of prim, cart"):
        Searching("magic")  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------------- data


def test_a_result_is_json_and_a_frame() -> None:
    run = run_where(lambda f: ~((f["cost"] > 0.7) & f["war"]))
    found = discover(run, claim="it", searching=QUICK)
    document = json.loads(json.dumps(found.to_dict()))
    assert document["format"] == "detente.discovery/1"
    assert document["run"] == {"futures": 1_000, "design": "lhs", "seed": 0}
    (box,) = document["boxes"]
    assert box["limits"]["war"]["kept"] == ["yes"]
    assert box["limits"]["war"]["quasi_p"] == found.boxes[0].quasi_p["war"]
    assert len(box["steps"]) == len(found.found[0].steps)
    assert box["steps"][0]["done"] == "all"
    frame = found.to_frame().set_index("column")
    assert sorted(frame.index) == ["cost", "war"]
    assert frame.loc["war", "coverage"] == found.boxes[0].coverage


def test_limits_that_say_the_same_of_an_order_are_not_both_kept() -> None:
    """Found literally: every future inside the box is inside the plain one, and the reverse."""
    rng = np.random.default_rng(0)
    codes = rng.integers(0, 3, 500)
    first = Column("g: first", codes, ("a", "b", "c"), "g", "first")
    pair = Column("g: a>b", (codes == 1).astype(np.int64), ("a>b", "b>a"), "g", "order")
    cases = Cases.of([pair, first], codes == 1)
    (found,) = found_boxes(cases, QUICK)
    assert len(found.box.limits) == 1
    assert found.box.density == found.box.coverage == 1


@pytest.mark.parametrize("method", ["prim", "cart"])
@pytest.mark.parametrize("seed", range(5))
def test_chance_alone_makes_no_box(method: Any, seed: int) -> None:
    rng = np.random.default_rng(seed)
    numbers = [Column(f"number {place}", rng.random(400)) for place in range(6)]
    coins = [Column(f"coin {place}", rng.integers(0, 2, 400), ("no", "yes")) for place in range(6)]
    cases = Cases.of([*numbers, *coins], rng.random(400) < 0.3)
    assert found_boxes(cases, Searching(method, resamples=0)) == ()
