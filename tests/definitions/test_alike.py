"""Other ranks that give the same improvements are told from those that do not."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle import Oracle
from tests.strategies import Drawn, conflicts
from tests.strategies import drawn as spelt


def improvements(oracle: Oracle, actor: str) -> list[set[tuple[int, ...]]]:
    return [set(oracle.improvements(actor, state)) for state in sorted(oracle.feasible)]


@settings(max_examples=400)
@given(conflict=conflicts(), data=st.data())
def test_alike_are_ranks_that_give_the_same_improvements(
    conflict: Drawn, data: st.DataObject
) -> None:
    actor = data.draw(st.sampled_from(conflict.oracle.actors))
    ranks = conflict.conflict.ranks_of(actor).copy()
    feasible = np.flatnonzero(conflict.conflict.space.mask)
    for _ in range(data.draw(st.integers(0, 2))):
        state = data.draw(st.sampled_from(feasible.tolist()))
        ranks[state] = max(0, ranks[state] + data.draw(st.sampled_from([-1, 1])))
    other = spelt(conflict.conflict.with_ranks(actor, ranks)).oracle
    same = improvements(conflict.oracle, actor) == improvements(other, actor)
    board = conflict.conflict.board
    rows = board.layout.rows(feasible)
    assert board.with_scale(actor, ranks).improves_alike(board, actor, {}, rows) == same


@settings(max_examples=100)
@given(conflict=conflicts(), data=st.data())
def test_one_state_is_kept_of_those_an_actor_cannot_tell_apart(
    conflict: Drawn, data: st.DataObject
) -> None:
    board = conflict.conflict.board
    actor = data.draw(st.sampled_from(board.actors))
    states = st.integers(0, conflict.conflict.space.size - 1)
    rows = board.layout.rows(np.array(data.draw(st.lists(states, min_size=1))))
    column = 1 + board.actors.index(actor)
    kept = board.apart(actor, rows)[:, column].tolist()
    assert kept == list(dict.fromkeys(rows[:, column].tolist()))
