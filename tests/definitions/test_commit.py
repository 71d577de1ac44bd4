"""Fixing options gives the conflict in which nothing else can be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.conflict.stability import stable_states
from detente.errors import InputError
from tests.strategies import Drawn, conflicts


@settings(max_examples=250)
@given(drawn=conflicts(), data=st.data())
def test_a_committed_conflict_is_the_one_in_which_all_else_is_infeasible(
    drawn: Drawn, data: st.DataObject
) -> None:
    conflict, space = drawn.conflict, drawn.conflict.space
    chosen = data.draw(st.lists(st.sampled_from(space.options), unique_by=lambda o: o.id))
    levels = {o.id: data.draw(st.integers(0, len(o.levels) - 1)) for o in chosen}
    committed = conflict.committed(levels)
    kept = np.zeros(space.shape, dtype=np.bool_)
    kept[space.slices(levels)] = True
    elsewhere = replace(
        conflict,
        space=replace(space, feasible=space.feasible & kept),
        rows=tuple(np.where(kept.reshape(-1), row, np.int32(-1)) for row in conflict.rows),
    )
    narrow, wide = stable_states(committed), stable_states(elsewhere)
    for concept in narrow:
        for there, here in zip(wide[concept], narrow[concept], strict=True):
            assert space.codes(np.flatnonzero(there)) == committed.space.codes(np.flatnonzero(here))


@settings(max_examples=200)
@given(drawn=conflicts(), data=st.data())
def test_fixing_options_one_after_the_other_is_fixing_them_at_once(
    drawn: Drawn, data: st.DataObject
) -> None:
    space = drawn.conflict.space
    levels = {o.id: data.draw(st.integers(0, len(o.levels) - 1)) for o in space.options}
    at_once = drawn.conflict.committed(levels)
    stepwise = drawn.conflict
    for option, level in levels.items():
        stepwise = stepwise.committed({option: level})
    assert at_once.space.code(0) == stepwise.space.code(0)
    assert at_once.ranks.tolist() == stepwise.ranks.tolist()


@given(drawn=conflicts())
def test_what_cannot_be_fixed_is_refused(drawn: Drawn) -> None:
    first = drawn.conflict.space.options[0].id
    with pytest.raises(InputError, match=r"no option is called `nobody\.nothing`"):
        drawn.conflict.committed({"nobody.nothing": 0})
    with pytest.raises(InputError, match=f"`{first}` cannot be fixed at level 7 here"):
        drawn.conflict.committed({first: 7})
    with pytest.raises(InputError, match=f"`{first}` cannot be fixed at level 1 here"):
        drawn.conflict.committed({first: 0}).committed({first: 1})
