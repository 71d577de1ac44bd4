"""One future, evaluated, against the definitions written out and the whole space solved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case import load
from detente.case.future import Future, nominal
from detente.case.situation import Concept, Situation
from detente.claims.evaluation import Evaluated, Evaluator
from detente.claims.focal import strategies
from detente.conflict.model import Conflict, conflict
from detente.conflict.reach import moves
from detente.conflict.space import Space
from detente.conflict.stability import equilibria
from detente.errors import InputError
from detente.futures.drawing.design import Design
from detente.futures.drawing.draws import draws
from tests.claims import oracle
from tests.claims.cases import Case, code, random_case
from tests.claims.test_literal import read

CONCEPTS: tuple[Concept, ...] = ("nash", "seq", "smr", "gmr")

cases = st.randoms().map(random_case)


@settings(max_examples=40)
@given(case=cases)
def test_claims_come_to_what_the_definitions_say(case: Case) -> None:
    situation = read(case)
    evaluated = Evaluator(situation, CONCEPTS)(nominal(situation))
    judge = oracle.Judge(case, oracle.lists(case))
    found = {(each.claim, each.concept): (each.holds, each.against) for each in evaluated.asked}
    assert found == {
        (id, concept): judge.ask(claim, concept)
        for id, claim in case.claims.items()
        for concept in CONCEPTS
    }


@settings(max_examples=40)
@given(case=cases)
def test_strategies_attain_what_the_definitions_say(case: Case) -> None:
    situation = read(case)
    evaluated = Evaluator(situation, CONCEPTS)(nominal(situation))
    judge = oracle.Judge(case, oracle.lists(case))
    for each in evaluated.played:
        ends = judge.attainable(strategies(situation)[each.strategy].levels, each.concept)
        assert each.attainable == len(ends)
        assert list(each.outcomes) == sorted(map(code, ends))[:12]
        met = {id: oracle.met(judge.truths(goal, ends)) for id, goal in case.goals.items()}
        assert each.goals == met


@settings(max_examples=40)
@given(case=cases)
def test_single_statements_turn_what_the_definitions_say(case: Case) -> None:
    situation = read(case)
    turned = Evaluator(situation, ())(nominal(situation), vary=True).turned
    found = {
        (each.claim, each.statement, each.change, each.swapped_with): (each.holds, each.against)
        for each in turned
    }
    assert len(found) == len(turned)
    assert found == literally_turned(case)


def literally_turned(case: Case) -> dict[tuple[str, str, str, str | None], oracle.Sides]:
    """Each claim by each variation that gives it another answer, every conflict built anew."""
    plain = oracle.Judge(case, oracle.lists(case))
    turned = {}
    for change, held in oracle.varied(case):
        judge = oracle.Judge(case, held)
        for id, claim in case.claims.items():
            sides = judge.ask(claim, claim.concept)
            if sides != plain.ask(claim, claim.concept) and not of_one_group(*change):
                turned[id, *change] = sides
    return turned


def of_one_group(statement: str, change: str, other: str | None) -> bool:
    """Whether two statements are told apart by a letter only: `a.1a`, `a.1b`."""
    return change == "swapped" and statement[-1].isalpha() and statement[:-1] == str(other)[:-1]


# ----------------------------------------------------------------------------------- other futures


@settings(max_examples=25)
@given(case=cases, seed=st.integers(0, 99))
def test_futures_are_evaluated_alike_after_others_and_in_the_whole_space(
    case: Case, seed: int
) -> None:
    situation = read(case)
    drawn = draws(situation, Design("random", seed), 0, 4)
    evaluate = Evaluator(situation, CONCEPTS)
    for future in map(drawn.future, (0, 1, 2, 3, 0)):
        evaluated = answered(evaluate, future)
        assert evaluated == answered(Evaluator(situation, CONCEPTS), future)
        if isinstance(evaluated, Evaluated):
            for each in evaluated.played:
                levels = strategies(situation)[each.strategy].levels
                ends = attained_in_whole_space(situation, future, levels, each.concept)
                assert list(each.outcomes) == ends[:12]


def answered(evaluate: Evaluator, future: Future) -> Evaluated | str:
    """What a future comes to, or why nothing can be said: it may leave no state feasible."""
    try:
        return evaluate(future, vary=True)
    except InputError as refusal:
        return str(refusal)


def attained_in_whole_space(
    situation: Situation, future: Future, levels: Mapping[str, int], concept: str
) -> list[str]:
    """The codes that improvements lead to, every stable state found by sweeps over all states."""
    model = conflict(situation, future).committed(levels)
    stops = equilibria(model, concept)
    seen = set(nearest(situation, model.space))
    for state in (queue := list(seen)):
        if not stops[state]:
            new = {after for after in improvements(model, state) if after not in seen}
            seen |= new
            queue += sorted(new)
    return sorted(model.space.code(state) for state in seen if stops[state])


def improvements(model: Conflict, state: int) -> set[int]:
    return {
        int(after)
        for actor in model.actors
        for after in moves(model, actor, state)
        if model.ranks_of(actor)[after] > model.ranks_of(actor)[state]
    }


def nearest(situation: Situation, space: Space) -> list[int]:
    states = np.flatnonzero(space.mask)
    usual = [situation.status_quo[option.id] for option in space.options]
    levels = np.array(np.unravel_index(states, space.shape)).T + space.origin
    away = (levels != usual).sum(axis=1)
    return [int(state) for state in states[away == away.min(initial=99)]]


# ------------------------------------------------------------------------------- ranks and utility


WORTH = {
    "detente": "1", "id": "worth", "title": "Worth", "focus": "a",
    "actors": {"a": {"name": "A"}},
    "options": {"a": {"x": {"label": "do it"}}},
    "preferences": {"a": {"utility": "0.5 + 2 * a.x"}},
}  # fmt: skip
"""To its only actor, doing it is worth two on top of a half."""


def test_a_utility_is_told_in_its_own_numbers(tmp_path: Path) -> None:
    file = tmp_path / "situation.yaml"
    file.write_text(json.dumps(WORTH), encoding="utf-8")
    situation = load(file)
    played = Evaluator(situation, ("nash",))(nominal(situation)).played
    values = {each.strategy: (each.utility_best, each.utility_worst) for each in played}
    assert values == {"a.x=no": (0.5, 0.5), "a.x=yes": (2.5, 2.5)}


def test_ranks_are_absent_where_nobody_is_in_focus() -> None:
    situation = replace(load("hipel/sustainable_development"), focus=None)
    played = Evaluator(situation, ("nash",))(nominal(situation)).played
    assert [(each.best, each.worst) for each in played] == [(None, None)] * len(played)
