"""What a preference comes to, against the states spelt out one by one."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detente
from detente.case.expression import Names, expression
from detente.case.situation import Actor, Infeasible, Situation, Statement, Statements
from detente.conflict.asking import ends, questions
from detente.conflict.decision import decision
from detente.errors import InputError
from tests.strategies import option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.case.situation import Levels

OPTIONS = (option("a", "x"), option("a", "y", 3), option("b", "z"), option("b", "w"))
NAMES = Names({each.id: each.levels for each in OPTIONS})
ATOM = st.sampled_from(
    [
        f"{each.id} {sign} {level}"
        for each in OPTIONS
        for level in each.levels
        for sign in ("==", ">=")
    ]
)
WORD = st.sampled_from(["and", "or", "implies"])
FORMULAS = ATOM | st.tuples(ATOM, WORD, ATOM).map(" ".join)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """One actor with statements over four options, some states ruled out."""
    texts = draw(st.lists(FORMULAS, max_size=5))
    held = tuple(
        Statement(f"a.{place}", "a", expression(text, NAMES), "end")
        for place, text in enumerate(texts, 1)
    )
    ruled_out = draw(st.lists(st.sampled_from(["a.x and a.y == l2", "b.z and b.w"]), max_size=2))
    return Situation(
        id="drawn",
        title="Drawn",
        actors={"a": Actor("a", "A"), "b": Actor("b", "B")},
        options=OPTIONS,
        infeasible=tuple(Infeasible(expression(text, NAMES), None) for text in ruled_out),
        status_quo={each.id: 0 for each in OPTIONS},
        preferences={"a": Statements(held), "b": Statements(())},
    )


def statements(situation: Situation) -> tuple[Statement, ...]:
    preference = situation.preferences["a"]
    assert isinstance(preference, Statements)
    return preference.statements


def feasible(situation: Situation) -> list[dict[str, int]]:
    """Every feasible state, spelt out."""
    everywhere = product(*(range(len(each.levels)) for each in OPTIONS))
    spelt = [dict(zip((each.id for each in OPTIONS), levels, strict=True)) for levels in everywhere]
    return [
        levels for levels in spelt if not any(rule.when.on(levels) for rule in situation.infeasible)
    ]


def truths(situation: Situation, levels: Levels) -> list[bool]:
    return [bool(each.prefer.on(levels)) for each in statements(situation)]


def code(levels: Mapping[str, int]) -> str:
    return "".join(str(levels[each.id]) for each in OPTIONS)


@settings(max_examples=100)
@given(situations(), st.data())
def test_the_first_statement_that_tells_two_states_apart_decides(
    situation: Situation, data: st.DataObject
) -> None:
    known = feasible(situation)
    one, other = data.draw(st.sampled_from(known)), data.draw(st.sampled_from(known))
    here, there = truths(situation, one), truths(situation, other)
    found = decision(situation, "a", code(one), code(other))
    parted = [place for place, (x, y) in enumerate(zip(here, there, strict=True)) if x != y]
    if not parted:
        assert (found.better, found.statement, found.outvoted) == (None, None, ())
        return
    first, winner = parted[0], here if here[parted[0]] else there
    assert found.better == code(one if winner is here else other)
    assert found.statement == statements(situation)[first]
    assert [each.id for each in found.outvoted] == [
        statements(situation)[place].id for place in parted if not winner[place]
    ]


@settings(max_examples=100)
@given(situations())
def test_both_ends_hold_the_best_and_the_worst_states(situation: Situation) -> None:
    vectors = {tuple(truths(situation, levels)) for levels in feasible(situation)}
    found = ends(situation, "a", most=2)
    assert found.places == len(vectors)
    order = sorted(vectors, reverse=True)
    for tie in (*found.top, *found.bottom):
        for levels in tie.combinations:
            padded = {each.id: 0 for each in OPTIONS} | dict(levels)
            assert tuple(truths(situation, padded)) == order[tie.place - 1]
    places = [tie.place for tie in (*found.top, *found.bottom)]
    assert places == sorted({*range(1, len(order) + 1)} & {1, 2, len(order) - 1, len(order)} - {0})


@settings(max_examples=100)
@given(situations())
def test_a_question_is_a_pair_in_which_one_statement_outvotes_others(situation: Situation) -> None:
    asked = questions(situation, "a", most=9)
    assert len({each.statement.id for each in asked}) == len(asked)
    for each in asked:
        background = {option.id: 0 for option in OPTIONS}
        better, worse = {**background, **each.better}, {**background, **each.worse}
        here, there = truths(situation, better), truths(situation, worse)
        deciding = statements(situation).index(each.statement)
        assert here[:deciding] == there[:deciding]
        assert here[deciding]
        assert not there[deciding]
        against = [k for k, (x, y) in enumerate(zip(here, there, strict=True)) if y and not x]
        agree = [k for k, (x, y) in enumerate(zip(here, there, strict=True)) if x and not y]
        assert [statements(situation)[k] for k in against] == list(each.outvoted)
        assert len(against) >= len(agree)
        assert {id for id in better if better[id] != worse[id]} == set(each.changed)
        assert 1 <= len(each.changed) <= 2


@settings(max_examples=100)
@given(situations())
def test_every_statement_that_outvotes_in_one_option_is_asked_about(situation: Situation) -> None:
    """The nearest kind of doubt is never missed: one option changed, others outvoted."""
    known = feasible(situation)
    deciding = set()
    for one, other in product(known, known):
        if sum(one[id] != other[id] for id in one) == 1:
            pairs = list(zip(truths(situation, one), truths(situation, other), strict=True))
            agree = [k for k, (x, y) in enumerate(pairs) if x and not y]
            against = [k for k, (x, y) in enumerate(pairs) if y and not x]
            if agree and against and agree[0] < against[0] and len(against) >= len(agree):
                deciding.add(statements(situation)[agree[0]].id)
    asked = questions(situation, "a", most=9)
    assert deciding <= {each.statement.id for each in asked}


def test_an_order_that_the_case_leaves_open_is_not_asked_about() -> None:
    def held(group: int | None) -> Situation:
        texts = ["a.x", "not a.x"]
        both = [
            Statement(f"a.1{letter}", "a", expression(text, NAMES), "end", group=group)
            for letter, text in zip("ab", texts, strict=True)
        ]
        return Situation(
            "two", "Two", {"a": Actor("a", "A")}, OPTIONS, (), {each.id: 0 for each in OPTIONS},
            {"a": Statements(tuple(both)), "b": Statements(())},
        )  # fmt: skip

    assert len(questions(held(None), "a")) == 1
    assert questions(held(0), "a") == ()


def test_rankings_and_bystanders() -> None:
    chicken = detente.load("fang/chicken")
    assert decision(chicken, "row", "01", "00").better == "00"
    assert decision(chicken, "row", "00", "00").better is None
    assert [tie.combinations[0] for tie in ends(chicken, "row", most=1).top] == [
        {"row.drive_on": 1, "column.drive_on": 0}
    ]
    assert questions(chicken, "row") == ()
    with pytest.raises(InputError, match="no decision maker `nobody`: one of row, column"):
        ends(chicken, "nobody")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("0011", "`0011` is not feasible"),
        ("001", "`001` is not a state: a code has one character for each option"),
        ("0090", "`0090` is not a state: a code has one character for each option"),
    ],
)
def test_a_wrong_code_is_refused(wrong: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        decision(detente.load("fraser/cuban_missile_crisis"), "us", wrong, "0000")
