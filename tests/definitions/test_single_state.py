"""One state judged from itself, against the definitions and against freezing as a commitment."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.conflict.stability import CONCEPTS, stable_states
from tests.strategies import Drawn, conflicts


@pytest.mark.parametrize("concept", CONCEPTS)
@settings(max_examples=200)
@given(drawn=conflicts(), data=st.data())
def test_a_state_is_stable_by_the_definition(
    concept: str, drawn: Drawn, data: st.DataObject
) -> None:
    state = data.draw(st.sampled_from(sorted(drawn.oracle.feasible)))
    for actor in drawn.oracle.actors:
        found = drawn.conflict.board.stable_at(actor, drawn.flat(state), concept, {})
        assert found == drawn.oracle.stable(concept, actor, state)


@settings(max_examples=300)
@given(drawn=conflicts(), data=st.data())
def test_who_is_frozen_cannot_move(drawn: Drawn, data: st.DataObject) -> None:
    conflict, space = drawn.conflict, drawn.conflict.space
    concept = data.draw(st.sampled_from(sorted(CONCEPTS)))
    frozen = data.draw(st.sampled_from(drawn.oracle.actors))
    state = data.draw(st.sampled_from(sorted(drawn.oracle.feasible)))
    levels = zip(space.options, state, strict=True)
    fixed = conflict.committed({o.id: level for o, level in levels if o.actor == frozen})
    there = fixed.space.index(space.code(drawn.flat(state)))
    rows = stable_states(fixed, [concept])[concept]
    for actor, row in zip(conflict.actors, rows, strict=True):
        found = conflict.board.stable_at(actor, drawn.flat(state), concept, {}, [frozen])
        assert found == bool(row[there])
