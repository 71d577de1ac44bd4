"""Weakest conditions against the definitions: on every strict ranking of few states, and on weak
orders drawn at random of more."""

from __future__ import annotations

from itertools import combinations
from math import factorial, prod
from typing import TYPE_CHECKING

import numpy as np
import pytest

import detente
from detente.case.expression import Names, expression
from detente.case.situation import Situation
from detente.conflict.inverse import rankings as counting
from detente.conflict.inverse.conditions import Condition, Conditions, conditions, stable_at
from detente.conflict.inverse.described import description
from detente.conflict.inverse.inverse import inverse
from detente.conflict.inverse.rankings import rankings
from detente.errors import CannotAnswer, InputError
from tests.definitions.wished import Wished, graph_form, option_form, stable

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

FORMS = pytest.mark.parametrize("form", [option_form, graph_form])


@FORMS
def test_conditions_hold_for_exactly_the_rankings_that_make_the_state_stable(
    form: Callable[[np.random.Generator, int], Wished],
) -> None:
    """Every strict ranking is tried, and counted."""
    rng = np.random.default_rng(5)
    for _ in range(18):
        wished = form(rng, 5)
        for i in wished.oracle.actors:
            asked = {c: conditions(wished.conflict, i, wished.target, c) for c in wished.concepts}
            found = dict.fromkeys(wished.concepts, 0)
            for worth in wished.rankings():
                oracle, no_better = wished.ranked(i, worth), wished.no_better(worth)
                for concept in wished.concepts:
                    is_stable = stable(oracle, concept, i, wished.state)
                    assert asked[concept].hold(no_better) == is_stable
                    found[concept] += is_stable
            every = factorial(len(wished.states))
            for concept in wished.concepts:
                counted = rankings(asked[concept], len(wished.states))
                assert counted is not None
                assert counted.counts == (found[concept], every)
                assert counted.share == pytest.approx(found[concept] / every, abs=1e-15)


@FORMS
def test_conditions_hold_for_exactly_the_weak_orders_that_make_the_state_stable(
    form: Callable[[np.random.Generator, int], Wished],
) -> None:
    """Orders with ties too, inside the conditions and outside, of up to two dozen states."""
    rng, seen = np.random.default_rng(6), set()
    for _ in range(90):
        wished = form(rng, 24)
        i = str(rng.choice(wished.oracle.actors))
        asked = {c: conditions(wished.conflict, i, wished.target, c) for c in wished.concepts}
        for _ in range(6):
            classes = int(rng.choice([2, 4, 60]))
            worth = {s: int(rng.integers(classes)) for s in wished.states}
            oracle, no_better = wished.ranked(i, worth), wished.no_better(worth)
            for concept in wished.concepts:
                is_stable = stable(oracle, concept, i, wished.state)
                assert asked[concept].hold(no_better) == is_stable
                seen.add((concept, is_stable))
    assert seen == {(concept, either) for concept in wished.concepts for either in (True, False)}


@FORMS
def test_a_state_is_stable_as_preferences_are_where_the_definitions_say_so(
    form: Callable[[np.random.Generator, int], Wished],
) -> None:
    rng = np.random.default_rng(7)
    for _ in range(25):
        wished = form(rng, 20)
        for i in wished.oracle.actors:
            for concept in wished.concepts:
                found = stable_at(wished.conflict, i, wished.target, concept)
                assert found == stable(wished.oracle, concept, i, wished.state)


@FORMS
def test_no_condition_and_no_alternative_is_implied_by_another(
    form: Callable[[np.random.Generator, int], Wished],
) -> None:
    rng = np.random.default_rng(8)
    for _ in range(80):
        wished = form(rng, 16)
        i = str(rng.choice(wished.oracle.actors))
        for concept in wished.concepts:
            asked = conditions(wished.conflict, i, wished.target, concept)
            assert wished.conflict.space.mask[asked.states].all()
            clauses = [[set(each.tolist()) for each in c.alternatives] for c in asked.each]
            for clause in clauses:
                assert all(not a <= b for a, b in ordered_pairs(clause))
                assert all(clause)
                assert all(wished.target not in states for states in clause)
            for one, other in ordered_pairs(clauses):
                assert not all(any(b <= a for b in other) for a in one), "one implies the other"


def ordered_pairs(items: list[list[set[int]]] | list[set[int]]) -> list[tuple]:  # type: ignore[type-arg]
    pairs = list(combinations(items, 2))
    return pairs + [(b, a) for a, b in pairs]


@FORMS
def test_stronger_concepts_leave_fewer_rankings(
    form: Callable[[np.random.Generator, int], Wished],
) -> None:
    rng = np.random.default_rng(9)
    for _ in range(25):
        wished = form(rng, 10)
        i = str(rng.choice(wished.oracle.actors))
        shares = {}
        for concept in wished.concepts:
            found = rankings(conditions(wished.conflict, i, wished.target, concept), 10)
            assert found is not None
            shares[concept] = found.share
        for chain in ("nash smr gmr", "nash seq gmr", "sseq seq", "sseq smr", "nash sseq"):
            ordered = [shares[concept] for concept in chain.split()]
            assert ordered == sorted(ordered)


def test_counts_agree_with_counting_subsets_where_conditions_hang_together() -> None:
    """Conditions drawn at random: far more tangled than those of any conflict."""
    rng, tangled = np.random.default_rng(10), 0
    for _ in range(100):
        states = int(rng.integers(3, 9))
        asked = tuple(drawn_condition(rng, states) for _ in range(rng.integers(1, 6)))
        found = rankings(Conditions("a", "smr", states, asked), states + 1)
        assert found is not None
        assert found.counts == (satisfying(asked, states), factorial(states + 1))
        tangled += sum(bool(each.together) for each in asked) > 1
    assert tangled > 30


def drawn_condition(rng: np.random.Generator, states: int) -> Condition:
    alone = np.flatnonzero(rng.random(states) < rng.choice([0.1, 0.3]))
    sets = [
        np.sort(rng.choice(states, size=int(rng.integers(2, min(states, 4) + 1)), replace=False))
        for _ in range(int(rng.integers(0, 4)) if alone.size else 2)
    ]
    return Condition(-1, alone, tuple(sets))


def satisfying(asked: tuple[Condition, ...], states: int) -> int:
    """Rankings of the states and the wished-for one, by which states lie below it."""
    total = 0
    for bits in range(2**states):
        below = np.array([bits >> state & 1 for state in range(states)], dtype=np.bool_)
        count = int(below.sum())
        if all(each.holds(below) for each in asked):
            total += factorial(count) * factorial(states - count)
    return total


def test_rankings_of_many_states_are_shared_out_and_not_counted() -> None:
    one = Conditions("a", "nash", 0, (Condition(1, np.array([1])),))
    found = rankings(one, counting.MOST_STATES + 1)
    assert found is not None
    assert found.share == 0.5
    assert found.counts is None
    counted = rankings(one, counting.MOST_STATES)
    assert counted is not None
    assert counted.counts is not None
    assert len(str(counted.counts[1])) < 4300, "longer numbers are read by few programs"


def test_what_cannot_be_taken_apart_is_said_not_to_be_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counting, "MOST_STEPS", 5_000)
    rng = np.random.default_rng(1)
    sets = tuple(np.sort(rng.choice(70, size=9, replace=False)) for _ in range(90))
    tangle = tuple(Condition(place, np.array([70 + place]), sets[place::3]) for place in range(3))
    assert rankings(Conditions("a", "smr", 99, tangle), 100) is None


def test_independent_conditions_on_large_sets_are_counted_at_once() -> None:
    """The integral of (1 - qᶜ)ⁿ is a beta function: the product of k / (k + 1/c) for k to n."""
    n, c = 12, 4_000
    asked = tuple(Condition(k, np.arange(k * c, (k + 1) * c)) for k in range(n))
    found = rankings(Conditions("a", "gmr", n * c, asked), n * c + 1)
    expected = prod(k / (k + 1 / c) for k in range(1, n + 1))
    assert found is not None
    assert found.share == pytest.approx(expected, rel=1e-12)


# ---------------------------------------------------------------------------------- wished states


@pytest.fixture(scope="module")
def euphrates() -> Situation:
    return detente.load("kinsara/syria_iraq_1975")


def test_a_code_and_an_expression_mean_the_same_state(euphrates: Situation) -> None:
    by_code = inverse(euphrates, "100", ["nash"])
    by_words = inverse(euphrates, "syria.release_water and not iraq.attack", ["nash"])
    assert by_code.state == by_words.state
    assert by_code.to_dict() == by_words.to_dict()


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("110", "`110` is not feasible"),
        ("not iraq.attack", r"true in 3 feasible states, one is asked for: 000, 010, 100\njoin"),
        ("iraq.attack", "with `and` what is left open: syria.release_water, syria.escalate"),
        ("syria.escalate and syria.release_water", "no feasible state; the infeasibilities rule"),
        ("iraq.atack", "unknown name `iraq.atack`, at character 1: did you mean `iraq.attack`?"),
        ("iraq.attack and", "ends too early"),
        ("1000", "is not a state here"),
    ],
)
def test_a_text_that_means_no_state_or_several_is_refused(
    euphrates: Situation, state: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        inverse(euphrates, state)


@pytest.mark.parametrize(
    ("actors", "concepts", "message"),
    [
        (["nobody"], ["nash"], "no decision maker `nobody`: one of syria, iraq"),
        (None, ["l2"], "no conditions are known for `l2`, only for one of nash, gmr, smr"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    euphrates: Situation, actors: list[str] | None, concepts: list[str], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        inverse(euphrates, "100", concepts, actors=actors)


def test_too_many_sets_are_refused(monkeypatch: pytest.MonkeyPatch, euphrates: Situation) -> None:
    monkeypatch.setattr("detente.conflict.inverse.conditions.MOST_SETS", 0)
    with pytest.raises(CannotAnswer, match="freeze options, or leave out smr, sseq and sim"):
        inverse(euphrates, "100", ["smr"])


def test_sets_of_states_are_described_by_what_options_may_be_in_them() -> None:
    """Whatever is said is true in these feasible states and in no others."""
    rng, said = np.random.default_rng(11), 0
    for _ in range(100):
        space = option_form(rng, 30).conflict.space
        names = Names({option.id: option.levels for option in space.options})
        box = [rng.random(length) < 0.7 for length in space.shape]
        states = np.flatnonzero(space.feasible & boxed(box))
        if rng.random() < 0.3:
            states = np.flatnonzero(space.mask & (rng.random(space.size) < 0.5))
        text = description(space, states) if states.size else None
        if text is not None:
            truth = np.broadcast_to(expression(text, names).on(space.axes()), space.shape)
            assert np.array_equal(np.flatnonzero(truth & space.feasible), states)
            said += 1
    assert said > 30


def boxed(sides: list[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    whole = np.zeros([len(side) for side in sides], dtype=np.bool_)
    whole[np.ix_(*sides)] = True
    return whole
