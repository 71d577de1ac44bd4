"""Other ranks that give the same improvements are told from those that do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.conflict.alike import improves_alike
from tests.oracle import Oracle
from tests.strategies import Drawn, conflicts
from tests.strategies import drawn as spelt


def reversible(conflict: Drawn) -> Drawn:
    """The same conflict with every move allowed, where a line's order and its moves are one."""
    space = conflict.conflict.space
    options = tuple(replace(option, moves="both") for option in space.options)
    return spelt(replace(conflict.conflict, space=replace(space, options=options), orders={}))


def improvements(oracle: Oracle, actor: str) -> list[set[tuple[int, ...]]]:
    return [set(oracle.improvements(actor, state)) for state in sorted(oracle.feasible)]


@settings(max_examples=300)
@given(conflict=conflicts(), data=st.data())
def test_alike_are_ranks_that_give_the_same_improvements(
    conflict: Drawn, data: st.DataObject
) -> None:
    conflict = reversible(conflict)
    actor = data.draw(st.sampled_from(conflict.oracle.actors))
    ranks = conflict.conflict.ranks_of(actor).copy()
    for _ in range(data.draw(st.integers(0, 2))):
        state = data.draw(st.sampled_from(np.flatnonzero(conflict.conflict.space.mask).tolist()))
        ranks[state] = max(0, ranks[state] + data.draw(st.sampled_from([-1, 1])))
    other = spelt(conflict.conflict.with_ranks(actor, ranks)).oracle
    same = improvements(conflict.oracle, actor) == improvements(other, actor)
    assert improves_alike(conflict.conflict, actor, ranks) == same


@settings(max_examples=100)
@given(conflict=conflicts(), data=st.data())
def test_alike_is_not_claimed_where_improvements_differ(
    conflict: Drawn, data: st.DataObject
) -> None:
    actor = data.draw(st.sampled_from(conflict.oracle.actors))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    drawn_ranks = rng.integers(0, 3, conflict.conflict.space.size).astype(np.int32)
    ranks = np.where(conflict.conflict.space.mask, drawn_ranks, np.int32(-1))
    other = spelt(conflict.conflict.with_ranks(actor, ranks)).oracle
    if improvements(conflict.oracle, actor) != improvements(other, actor):
        assert not improves_alike(conflict.conflict, actor, ranks)
