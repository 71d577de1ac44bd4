"""Attainable equilibria and shortest paths, against a search over explicit moves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.conflict.arcs import arcs, count, improving, transposed
from detente.conflict.reach import attainable, improvement_paths, moves
from detente.conflict.stability import CONCEPTS, equilibria
from tests.strategies import Drawn, conflicts


def starts(drawn: Drawn, data: st.DataObject) -> list[int]:
    feasible = sorted(drawn.flat(state) for state in drawn.oracle.feasible)
    return data.draw(st.lists(st.sampled_from(feasible), min_size=1, max_size=3))


@settings(max_examples=500)
@given(drawn=conflicts(), data=st.data())
def test_attainable_nash_equilibria_are_found_on_the_way(drawn: Drawn, data: st.DataObject) -> None:
    begin = starts(drawn, data)
    attained = attainable(drawn.conflict, begin)
    settled = drawn.oracle.equilibria("nash")
    expected = drawn.oracle.attainable([drawn.spelt(start) for start in begin], settled)
    assert attained.tolist() == sorted(drawn.flat(state) for state in expected)


@pytest.mark.parametrize("concept", CONCEPTS)
@settings(max_examples=200)
@given(drawn=conflicts(), data=st.data())
def test_sequences_end_at_the_first_equilibrium_they_meet(
    concept: str, drawn: Drawn, data: st.DataObject
) -> None:
    begin = starts(drawn, data)
    settled = equilibria(drawn.conflict, concept)
    expected = drawn.oracle.attainable(
        [drawn.spelt(start) for start in begin], drawn.states(settled)
    )
    attained = attainable(drawn.conflict, begin, settled)
    assert attained.tolist() == sorted(drawn.flat(state) for state in expected)


@settings(max_examples=300)
@given(drawn=conflicts(), data=st.data())
def test_paths_are_shortest_and_made_of_improvements(drawn: Drawn, data: st.DataObject) -> None:
    start = starts(drawn, data)[0]
    targets = {drawn.flat(state) for state in drawn.oracle.equilibria("seq")}
    paths = improvement_paths(drawn.conflict, start, targets)
    lengths = distances(drawn, start, targets)
    assert {end: len(path) for end, path in paths.items()} == lengths
    for end, path in paths.items():
        state = drawn.spelt(start)
        for mover, after in path:
            assert drawn.spelt(after) in drawn.oracle.improvements(mover, state)
            state = drawn.spelt(after)
        assert state == drawn.spelt(end)


@settings(max_examples=200)
@given(drawn=conflicts())
def test_moves_are_those_of_the_definition(drawn: Drawn) -> None:
    for state in drawn.oracle.feasible:
        for actor in drawn.oracle.actors:
            found = moves(drawn.conflict, actor, drawn.flat(state)).tolist()
            assert found == sorted(drawn.flat(q) for q in drawn.oracle.moves(actor, state))


@settings(max_examples=80)
@given(drawn=conflicts())
def test_moves_written_out_are_those_of_the_definition(drawn: Drawn) -> None:
    space = drawn.conflict.space
    for actor in drawn.oracle.actors:
        every, better = arcs(drawn.conflict, actor), improving(drawn.conflict, actor)
        assert count(space.mask, space.lines[actor]) == every.to.size
        for state in drawn.oracle.feasible:
            here = drawn.flat(state)
            moved, improved = every.of(here).tolist(), better.of(here).tolist()
            assert moved == sorted(map(drawn.flat, drawn.oracle.moves(actor, state)))
            assert improved == sorted(map(drawn.flat, drawn.oracle.improvements(actor, state)))
            assert all(here in transposed(every).of(end) for end in moved)
        assert transposed(every).to.size == every.to.size


def distances(drawn: Drawn, start: int, targets: set[int]) -> dict[int, int]:
    """Target -> the fewest improvements that lead there without passing another target."""
    found, layer, seen, steps = {}, {start}, {start}, 0
    while layer:
        found.update(dict.fromkeys(layer & targets, steps))
        layer = {
            drawn.flat(after)
            for state in layer - targets
            for actor in drawn.oracle.actors
            for after in drawn.oracle.improvements(actor, drawn.spelt(state))
        } - seen
        seen |= layer
        steps += 1
    return found
