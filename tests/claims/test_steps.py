"""Strategies of two steps, against the definition written out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case import load
from detente.case.future import nominal
from detente.case.situation import Concept, Strategy, Then
from detente.claims import run_claims
from detente.claims.evaluation import Evaluator
from detente.claims.settling import Settling
from detente.claims.steps import played
from tests.claims import oracle
from tests.claims.cases import Case, Levels, code, random_case, random_levels
from tests.claims.test_literal import read
from tests.oracle import State

Steps = list[tuple[str, Levels]]
"""A goal that has to be met for it, and what is fixed then."""


@settings(max_examples=120)
@given(
    rng=st.randoms(use_true_random=False), concept=st.sampled_from(["nash", "seq", "smr", "gmr"])
)
def test_two_steps_attain_what_the_definition_says(rng: Random, concept: Concept) -> None:
    case = random_case(rng)
    first = random_levels(rng, case)
    then = [(goal, random_levels(rng, case)) for goal in case.goals]
    situation = read(case)
    steps = tuple(Then(situation.goals[goal].test, levels) for goal, levels in then)
    settled = played(Settling(situation), Strategy("two", "", first, then=steps), concept)
    expected = attained(case, first, then, concept)
    assert settled.codes(999) == tuple(sorted(map(code, expected or ())))
    assert (settled.why is not None) == (expected is None)


def attained(case: Case, first: Levels, then: Steps, concept: str) -> set[State] | None:
    """The union over the outcomes of the first step; None where a second cannot be taken."""
    judge, ends = oracle.Judge(case, oracle.lists(case)), set[State]()
    for state in judge.attainable(first, concept):
        step = next((each for each in then if case.goals[each[0]].true(case.here(state))), None)
        if step is None:
            ends.add(state)
            continue
        fixed = {**first, **step[1]}
        starts = entered(case, state, step[1], fixed)
        if not starts:
            return None
        key = frozenset(fixed.items())
        ends |= judge.conflict(key).attainable(starts, judge.equilibria(key, concept))
    return ends


def entered(case: Case, state: State, step: Levels, fixed: Levels) -> list[State]:
    """The nearest feasible states that have what is fixed, if nothing one-way is taken back."""
    here = dict(zip(case.options, state, strict=True))
    for option, level in step.items():
        axis = case.options[option]
        if level not in axis.choices(axis.actor, here[option]):
            return []
    away = {s: sum(map(int.__ne__, s, state)) for s in case.feasible() if has(case, s, fixed)}
    return [s for s, far in away.items() if far == min(away.values())]


def has(case: Case, state: State, levels: Levels) -> bool:
    return set(levels.items()) <= set(zip(case.options, state, strict=True))


# -------------------------------------------------------------------------- wherever a strategy is

PRESSED = """
detente: "1"
id: pressed
title: Join, and soften if pressed
focus: a
actors: {a: {name: A}, b: {name: B}}
options:
  a: {join: {label: join}, talk: {label: talk}}
  b: {press: {label: press}}
preferences:
  a: [{prefer: not a.talk}]
  b: [{prefer: b.press iff (a.join and not a.talk)}]
goals: [{id: calm, says: nobody presses, test: not b.press}]
strategies:
  hard: {a.join: yes}
  soft: {commit: {a.join: yes}, then: [{if: b.press, commit: {a.talk: yes}}]}
claims:
  softens:
    says: Talking stops the pressure
    modality: certain
    test: {commit: soft, against: hard, expect: not b.press}
  better:
    says: Talking is better
    modality: certain
    test: {kind: compare, under: soft, against: hard, of: calm, is: better}
"""


def test_a_second_step_counts_wherever_a_strategy_does(tmp_path: Path) -> None:
    file = tmp_path / "situation.yaml"
    file.write_text(PRESSED, encoding="utf-8")
    situation = load(file)
    evaluated = Evaluator(situation, ("nash",))(nominal(situation), vary=True)
    assert {(each.claim, each.holds, each.against) for each in evaluated.asked} == {
        ("softens", True, False), ("better", True, None),
    }  # fmt: skip
    outcomes = {each.strategy: (each.outcomes, each.goals) for each in evaluated.played}
    assert outcomes == {
        "hard": (("101",), {"calm": "none"}),
        "soft": (("110",), {"calm": "every"}),
    }
    turned = {(each.claim, each.statement, each.change, each.holds) for each in evaluated.turned}
    assert turned == {("softens", "b.1", "dropped", True), ("better", "b.1", "dropped", False)}
    report = run_claims(situation)
    assert {each.strategy: each.goals for each in report.strategies} == {
        "hard": {"calm": "none"}, "soft": {"calm": "every"},
    }  # fmt: skip
    (soft,) = (each for each in report.strategies if each.strategy == "soft")
    assert soft.responses == {"a.talk": ("yes",), "b.press": ("no",)}


def test_what_is_one_way_cannot_be_taken_back_by_a_second_step(tmp_path: Path) -> None:
    file = tmp_path / "situation.yaml"
    file.write_text(PRESSED, encoding="utf-8")
    situation = load(file)
    options = tuple(replace(each, moves="up") for each in situation.options)
    soft = situation.strategies["soft"]
    back: Mapping[str, int] = {"a.join": 0}
    step = replace(soft.then[0], levels=back)
    strategies = {**situation.strategies, "soft": replace(soft, then=(step,))}
    bound = replace(situation, options=options, strategies=strategies)
    asked = {each.claim: each for each in Evaluator(bound, ("nash",))(nominal(bound)).asked}
    assert not asked["softens"].is_determined
    reasons = {each.claim.id: each.reason for each in run_claims(bound).claims}
    assert reasons["softens"] == ("no feasible state under the second step, taken if b.press")
