"""Each concept, on whole arrays, against its definition by explicit legal sequences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.conflict.model import Conflict
from detente.conflict.space import space
from detente.conflict.stability import CONCEPTS, equilibria, stable_states
from tests.strategies import Drawn, conflicts, option


@pytest.mark.parametrize("concept", CONCEPTS)
@settings(max_examples=500)
@given(drawn=conflicts())
def test_stable_states_are_those_of_the_definition(concept: str, drawn: Drawn) -> None:
    conflict, oracle = drawn
    rows = stable_states(conflict, [concept])[concept]
    for actor, row in zip(conflict.actors, rows, strict=True):
        assert drawn.states(row) == oracle.stable_states(concept, actor)
    assert drawn.states(equilibria(conflict, concept)) == oracle.equilibria(concept)


@settings(max_examples=300)
@given(drawn=conflicts())
def test_nash_is_in_smr_is_in_gmr_and_nash_is_in_seq_is_in_gmr(drawn: Drawn) -> None:
    stable = stable_states(drawn.conflict)
    for narrow, wide in [("nash", "smr"), ("smr", "gmr"), ("nash", "seq"), ("seq", "gmr")]:
        assert not np.any(stable[narrow] & ~stable[wide])


@settings(max_examples=100)
@given(drawn=conflicts())
def test_ranks_up_to_the_largest_number_are_compared_exactly(drawn: Drawn) -> None:
    conflict, largest = drawn.conflict, 2**31 - 1
    scale = largest // max(int(conflict.ranks.max()), 1)
    rows = tuple(np.where(row > 0, row * np.int32(scale), row) for row in conflict.rows)
    stretched = stable_states(Conflict(conflict.space, rows))
    for concept, found in stable_states(conflict).items():
        assert np.array_equal(found, stretched[concept])


@settings(max_examples=100)
@given(drawn=conflicts(), data=st.data())
def test_new_ranks_leave_nothing_of_the_old_behind(drawn: Drawn, data: st.DataObject) -> None:
    conflict, mask = drawn.conflict, drawn.conflict.space.mask
    stable_states(conflict)
    actor = data.draw(st.sampled_from(conflict.actors))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    changed = conflict.with_ranks(
        actor, np.where(mask, rng.integers(0, 4, mask.size), -1).astype(np.int32)
    )
    afresh = Conflict(conflict.space, changed.rows)
    assert changed.ranks.tolist() == afresh.ranks.tolist()
    for concept, found in stable_states(afresh).items():
        assert np.array_equal(found, stable_states(changed)[concept])


@pytest.mark.parametrize("concept", CONCEPTS)
def test_an_actor_alone_with_very_many_strategies_settles_at_its_best(concept: str) -> None:
    axes = tuple(option("a", f"x{n}") for n in range(16))
    everything = space(axes, [], {})
    ranks = np.random.default_rng(1).integers(0, 1000, everything.size, dtype=np.int32)
    settled = equilibria(Conflict(everything, (ranks,)), concept)
    assert np.array_equal(settled, ranks == ranks.max())
