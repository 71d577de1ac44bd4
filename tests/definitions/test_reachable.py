"""Where moves of any kind lead, against explicit legal sequences."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.conflict.reach import reachable
from tests.strategies import Drawn, conflicts


@settings(max_examples=200)
@given(drawn=conflicts(), data=st.data())
def test_reachable_are_the_starts_and_where_legal_sequences_end(
    drawn: Drawn, data: st.DataObject
) -> None:
    oracle = drawn.oracle
    starts = data.draw(st.sets(st.sampled_from(sorted(oracle.feasible)), min_size=1, max_size=3))
    ends = set[tuple[int, ...]]().union(
        *(oracle.reached(oracle.actors, state, oracle.moves) for state in starts)
    )
    found = reachable(drawn.conflict, [drawn.flat(state) for state in starts])
    assert found.tolist() == sorted(map(drawn.flat, starts | ends))


@given(drawn=conflicts())
def test_nothing_is_reachable_from_nowhere(drawn: Drawn) -> None:
    assert reachable(drawn.conflict, []).tolist() == []
