"""Ranks, against the textbook score in unbounded integers."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case.expression import Expression, Names, expression
from detente.case.future import Future
from detente.case.situation import Ranking, Statement, Utility
from detente.conflict.preferences import Truths, ranks, truths
from detente.conflict.space import Space
from detente.errors import InputError
from tests.oracle import score
from tests.strategies import option, spaces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NOW = Future({}, {})


def names(space: Space) -> Names:
    return Names({option.id: option.levels for option in space.options})


@st.composite
def statements(draw: st.DrawFn, space: Space, most: int) -> list[Statement]:
    """Statements on a few options each, many of them alike."""
    known = names(space)
    atom = st.sampled_from(
        [
            f"{o.id} {sign} {level}"
            for o in space.options
            for level in o.levels
            for sign in ("==", ">=")
        ]
    )
    joined = st.tuples(atom, st.sampled_from(["and", "or", "implies", "iff"]), atom)
    text = atom | joined.map(" ".join) | atom.map("not {}".format)
    texts = draw(st.lists(text, max_size=most))
    return [
        Statement(f"a.{n}", "a", expression(text, known), "end") for n, text in enumerate(texts, 1)
    ]


def truth_vectors(space: Space, held: Sequence[Statement]) -> dict[int, list[bool]]:
    """Each feasible state's truths, one state and one statement at a time."""
    ids = [option.id for option in space.options]
    everywhere = product(*(range(len(option.levels)) for option in space.options))
    return {
        state: [bool(s.prefer.on(dict(zip(ids, levels, strict=True)))) for s in held]
        for state, levels in enumerate(everywhere)
        if space.mask[state]
    }


def assert_ordered_as(found: NDArray[np.int32], scores: dict[int, int]) -> None:
    """The same weak order: by the classes of states, worst first."""
    assert found.dtype == np.int32
    for state, rank in enumerate(found.tolist()):
        assert (rank >= 0) if state in scores else (rank == -1)
    by_rank: dict[int, set[int]] = {}
    by_score: dict[int, set[int]] = {}
    for state, value in scores.items():
        by_rank.setdefault(int(found[state]), set()).add(state)
        by_score.setdefault(value, set()).add(state)
    assert [by_rank[rank] for rank in sorted(by_rank)] == [by_score[v] for v in sorted(by_score)]


# ------------------------------------------------------------------------ option prioritisation


@pytest.mark.parametrize("most", [6, 80])
@settings(max_examples=150)
@given(space=spaces(), data=st.data())
def test_states_are_ranked_by_the_textbook_score(
    most: int, space: Space, data: st.DataObject
) -> None:
    held = data.draw(statements(space, most))
    scores = {state: score(true) for state, true in truth_vectors(space, held).items()}
    assert_ordered_as(truths(space, held, {}).ranks(), scores)


@pytest.mark.parametrize("count", [0, 1, 30, 31, 32, 62, 63, 64, 65, 130])
def test_any_number_of_statements_is_compared_exactly(count: int) -> None:
    axes = tuple(option("a", f"o{n}") for n in range(4))
    space = Space(axes, np.ones((2, 2, 2, 2), dtype=np.bool_), (0, 0, 0, 0))
    texts = [axes[n % 3 if n < count - 1 else 3].id for n in range(count)]
    held = [Statement("a", "a", expression(text, names(space)), "end") for text in texts]
    scores = {state: score(true) for state, true in truth_vectors(space, held).items()}
    assert_ordered_as(truths(space, held, {}).ranks(), scores)


@pytest.mark.parametrize("most", [6, 80])
@settings(max_examples=150)
@given(space=spaces(), data=st.data())
def test_a_statement_is_dropped_or_swapped_without_evaluating_again(
    most: int, space: Space, data: st.DataObject
) -> None:
    held = data.draw(statements(space, most).filter(lambda drawn: len(drawn) >= 2))
    place = data.draw(st.integers(0, len(held) - 2))
    kept = truths(space, held, {})
    dropped = data.draw(st.sets(st.integers(0, len(held) - 1), min_size=1))
    without = [each for at, each in enumerate(held) if at not in dropped]
    swapped = [*held[:place], held[place + 1], held[place], *held[place + 2 :]]
    exchanged = kept.swapped(place, place + 1)
    for found, changed in [(kept.without(*dropped), without), (exchanged, swapped)]:
        scores = {state: score(true) for state, true in truth_vectors(space, changed).items()}
        assert_ordered_as(found, scores)


def test_a_statement_that_is_not_there_cannot_be_dropped() -> None:
    none = truths(square(), [], {})
    with pytest.raises(IndexError, match="no statement at 0 of 0"):
        none.without(0)
    one = Truths(none.space, 1, none.words)
    with pytest.raises(IndexError, match="no statement at 1 of 1"):
        one.swapped(0, 1)


# --------------------------------------------------------------------------- rankings, utilities


def square(infeasible: tuple[int, int] | None = None) -> Space:
    feasible = np.ones((2, 2), dtype=np.bool_)
    if infeasible:
        feasible[infeasible] = False
    return Space((option("a", "x"), option("b", "y")), feasible, (0, 0))


def ranked(space: Space, *classes: tuple[str, ...]) -> list[int]:
    found: list[int] = ranks(space, Ranking(classes), "a", NOW).tolist()
    return found


def test_a_ranking_orders_states_best_first_and_ties_what_it_nests() -> None:
    assert ranked(square(), ("10",), ("00", "11"), ("01",)) == [1, 0, 2, 1]


def test_an_infeasible_state_in_a_ranking_counts_for_nothing() -> None:
    holed = square(infeasible=(0, 1))
    first, *_ = found = ranked(holed, ("10",), ("01",), ("00",), ("11",))
    assert found[1] == -1
    assert found[2] > first > found[3]


@pytest.mark.parametrize(
    ("classes", "message"),
    [
        ([("10", "00")], "the ranking of `a` leaves out `01` and 1 more"),
        ([("10", "00"), ("01",), ("11", "01")], "the ranking of `a` names `01` more than once"),
        ([("10", "00", "2x", "11")], "`2x` is not a state here"),
        ([("10", "00", "011", "11")], "`011` is not a state here"),
        ([("10", "00", "0-", "11")], "`0-` is not a state here"),
        ([("10", "00", "0A", "11")], "`0A` is not a state here"),
    ],
)
def test_a_ranking_names_every_feasible_state_once(
    classes: list[tuple[str, ...]], message: str
) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        ranked(square(), *classes)


def utility(space: Space, text: str) -> Expression:
    return expression(text, names(space))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2*a.x - b.y", [1, 0, 3, 2]),
        ("-(a.x + b.y)", [2, 1, 1, 0]),
        ("1e11 + a.x + 0.1*b.y", [0, 0, 1, 1]),  # the thirteenth digit does not count
        ("0.1*3*a.x + 0.3*b.y", [0, 1, 1, 2]),  # 0.1*3 and 0.3 differ in the last bit
        ("-999999999999.7*a.x - 1e12*b.y", [2, 1, 1, 0]),
        ("1e-300*a.x", [0, 0, 1, 1]),
        ("7", [0, 0, 0, 0]),
    ],
)
def test_a_utility_is_rounded_to_twelve_digits_and_ranked(text: str, expected: list[int]) -> None:
    assert ranks(square(), Utility(utility(square(), text)), "a", NOW).tolist() == expected


@pytest.mark.parametrize("text", ["1/a.x", "log(a.x)", "sqrt(a.x - 1)"])
def test_a_utility_that_is_no_number_is_refused_where_it_is_feasible(text: str) -> None:
    preference = Utility(utility(square(), text))
    with pytest.raises(InputError, match="the utility of `a` is no number in `00` and 1 more"):
        ranks(square(), preference, "a", NOW)


def test_what_a_utility_says_of_infeasible_states_does_not_matter() -> None:
    holed = square(infeasible=(0, 0))
    preference = Utility(utility(holed, "1/(a.x + b.y)"))
    assert ranks(holed, preference, "a", NOW).tolist() == [-1, 1, 1, 0]
