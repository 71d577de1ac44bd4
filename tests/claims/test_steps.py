"""Strategies of two steps: from what came of the first, the second is settled in turn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.case import Situation, load, nominal
from detente.case.future import Future, future_of
from detente.case.situation import Strategy
from detente.case.states import code_levels
from detente.claims import run_claims
from detente.claims.evaluation import Evaluator
from detente.claims.settling import Settling
from detente.claims.steps import played
from detente.futures.design import Design
from detente.futures.draws import draws
from tests.case.writing import read

# Col presses a Row that has joined, until Row appeases it.
CASE = """\
detente: 1
id: steps
title: Steps
focus: row
actors: {row: {}, col: {}}
uncertainties: {soft: {kind: event, probability: 0.5}}
options: {row: {join: , appease: }, col: {press: , more: }}
preferences:
  row: [{prefer: not col.press}]
  col: [{prefer: "(row.join and not row.appease) iff col.press"}, {prefer: col.more iff col.press}]
goals: [{id: left_alone, test: not col.press}]
strategies:
  join: {row.join: yes, row.appease: no}
  adapt:
    commit: {row.join: yes, row.appease: no}
    then: [{if: col.press, commit: {row.appease: yes}}]
  insist:
    commit: {row.join: yes, row.appease: no}
    then: [{if: not col.press, commit: {row.appease: yes}}]
  first_true:
    commit: {row.join: yes, row.appease: no}
    then:
      - {if: col.press and not soft, commit: {row.join: no}}
      - {if: col.press, commit: {row.appease: yes}}
claims:
  pays:
    says: Adapting pays
    test: {kind: compare, under: adapt, against: join, of: left_alone, is: better}
  calms: {says: It calms, test: {commit: adapt, against: join, expect: not col.press}}
  holds: {says: It stays so, test: {commit: insist, expect: col.press}}
"""


@pytest.fixture
def situation(tmp_path: Path) -> Situation:
    return read(tmp_path, CASE)


def attained(situation: Situation, strategy: str, future: Future | None = None) -> list[str]:
    settled = played(Settling(situation, future), situation.strategies[strategy])
    return list(settled.codes(99))


@pytest.mark.parametrize(
    ("strategy", "outcomes"),
    [("join", ["1011"]), ("adapt", ["1100"]), ("insist", ["1011"]), ("first_true", ["1100"])],
)
def test_the_second_step_is_settled_from_what_came_of_the_first(
    situation: Situation, strategy: str, outcomes: list[str]
) -> None:
    assert attained(situation, strategy) == outcomes


def test_the_first_condition_that_is_true_is_taken(situation: Situation) -> None:
    now = nominal(situation)
    hard = replace(now, values={**now.values, "soft": False})
    assert attained(situation, "first_true", hard) == ["0000"]


def test_a_step_into_an_infeasible_state_goes_to_the_nearest(tmp_path: Path) -> None:
    rules = "infeasible: [{when: row.appease and col.press and col.more}]\npreferences:"
    assert attained(read(tmp_path, CASE.replace("preferences:", rules)), "adapt") == ["1100"]


def test_claims_are_asked_of_both_steps(situation: Situation) -> None:
    verdicts = {each.claim.id: each.verdict for each in run_claims(situation).claims}
    assert verdicts["holds"] in ("supported", "assumed")
    evaluated = Evaluator(situation, ("nash",))(nominal(situation))
    assert {each.claim: each.holds for each in evaluated.asked} == {
        "pays": True,
        "calms": True,
        "holds": True,
    }
    goals = {each.strategy: each.goals["left_alone"] for each in evaluated.played}
    assert goals == {"join": "none", "adapt": "every", "insist": "none", "first_true": "every"}


def test_results_of_strategies_are_those_after_both_steps(situation: Situation) -> None:
    results = {each.strategy: each for each in run_claims(situation).strategies}
    assert results["adapt"].goals == {"left_alone": "every"}
    assert results["adapt"].settlements[0].attainable == ("1100",)
    assert results["adapt"].responses["col.press"] == ("no",)
    assert results["join"].responses["col.press"] == ("yes",)


# ------------------------------------------------------------------------------- by definition


def by_definition(
    situation: Situation, future: Future, strategy: Strategy, concept: str
) -> set[str]:
    """Each outcome of the first step, taken as the status quo under everything fixed by then."""
    first = Settling(situation, future).under(strategy.levels, concept)  # type: ignore[arg-type]
    found = set()
    for code in first.codes(10**6):
        here = code_levels(code, situation.options)
        assert here is not None
        levels = {option.id: level for option, level in zip(situation.options, here, strict=True)}
        true = (step for step in strategy.then if step.when.on({**future.values, **levels}))
        step = next(true, None)
        if step is None:
            found.add(code)
            continue
        fixed = {**strategy.levels, **step.levels}
        moved = replace(situation, status_quo={**levels, **fixed})
        settled = Settling(moved, future).under(fixed, concept)  # type: ignore[arg-type]
        found.update(settled.codes(10**6))
    return found


@pytest.mark.parametrize("concept", ["nash", "seq"])
@pytest.mark.parametrize("strategy", ["adapt", "insist", "first_true"])
def test_both_steps_by_definition(situation: Situation, strategy: str, concept: str) -> None:
    run = draws(situation, Design(), 0, 4)
    for row in range(len(run)):
        future, steps_taken = run.future(row), situation.strategies[strategy]
        settled = played(Settling(situation, future), steps_taken, concept)  # type: ignore[arg-type]
        assert set(settled.codes(10**6)) == by_definition(situation, future, steps_taken, concept)


def test_pressure_on_seoul_is_answered_in_the_second_step() -> None:
    """In the nominal future Beijing only objects; believed to punish entry, it meets the answer."""
    case = load("kim/indo_pacific_2024")
    now, strategy = nominal(case), case.strategies["join_and_adapt"]
    doubts = {each.statement.id for doubted in now.doubted.values() for each in doubted}
    for unheld, is_answered in ((doubts, False), (doubts - {"prc.4"}, True)):
        future = future_of(case, now.values, unheld)
        settled = played(Settling(case, future), strategy)
        assert set(settled.codes(99)) == by_definition(case, future, strategy, "nash")
        assert (settled.levels("rok.derisk") == is_answered).all()
        assert settled.attainable.size > 0
