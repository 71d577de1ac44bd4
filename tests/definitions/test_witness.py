"""Witnesses check out: every step is legal, the end deters, and what is denied is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.conflict.stability import CONCEPTS
from detente.conflict.witness import witness
from detente.errors import InputError
from tests.strategies import Drawn, conflicts

if TYPE_CHECKING:
    from detente.conflict.reach import Step
    from tests.oracle import State


def drawn_state(drawn: Drawn, data: st.DataObject) -> State:
    return data.draw(st.sampled_from(sorted(drawn.oracle.feasible)))


@pytest.mark.parametrize("concept", CONCEPTS)
@settings(max_examples=250)
@given(drawn=conflicts(), data=st.data())
def test_witnesses_check_out(concept: str, drawn: Drawn, data: st.DataObject) -> None:
    oracle, state = drawn.oracle, drawn_state(drawn, data)
    for actor in oracle.actors:
        found = witness(drawn.conflict, actor, drawn.flat(state), concept, most=1000)
        answered = {drawn.spelt(r.improvement): r.sanction for r in found.responses}
        assert set(answered) == set(oracle.improvements(actor, state))
        assert len(answered) == found.improvements
        assert found.stable == oracle.stable(concept, actor, state)
        for improvement, sanction in answered.items():
            deterring = set(oracle.sanctions(concept, actor, state, improvement))
            assert (sanction is None) == (not deterring)
            if sanction is not None:
                assert end_of(drawn, actor, concept, improvement, sanction) in deterring


@settings(max_examples=250)
@given(drawn=conflicts(), data=st.data())
def test_an_escape_is_the_actors_best_way_out_of_a_sanction(
    drawn: Drawn, data: st.DataObject
) -> None:
    oracle, state = drawn.oracle, drawn_state(drawn, data)
    for actor in oracle.actors:
        worth = oracle.ranks[actor]
        found = witness(drawn.conflict, actor, drawn.flat(state), "smr", most=1000)
        for response in found.responses:
            improvement = drawn.spelt(response.improvement)
            could = oracle.deterred("gmr", actor, state, improvement)
            assert (response.escaped is not None) == (response.sanction is None and could)
            if response.escaped is not None:
                *answer, (mover, escape) = response.escaped
                end = end_of(drawn, actor, "gmr", improvement, tuple(answer))
                assert mover == actor
                assert worth[end] <= worth[state] < worth[drawn.spelt(escape)]
                best = max(worth[q] for q in oracle.moves(actor, end))
                assert worth[drawn.spelt(escape)] == best


def end_of(
    drawn: Drawn, actor: str, concept: str, state: State, sanction: tuple[Step, ...]
) -> State:
    """Walk a sanction, checking that it is legal: others only, nobody twice in a row."""
    oracle, last = drawn.oracle, None
    for mover, after in sanction:
        assert mover not in (actor, last)
        steps = oracle.improvements if concept == "seq" else oracle.moves
        assert drawn.spelt(after) in steps(mover, state)
        state, last = drawn.spelt(after), mover
    return state


@settings(max_examples=100)
@given(drawn=conflicts(), data=st.data())
def test_the_undeterred_come_first_and_then_the_best(drawn: Drawn, data: st.DataObject) -> None:
    state = drawn_state(drawn, data)
    for actor in drawn.oracle.actors:
        found = witness(drawn.conflict, actor, drawn.flat(state), "seq", most=1000)
        ranks = drawn.conflict.ranks_of(actor)
        order = [(r.sanction is not None, -ranks[r.improvement]) for r in found.responses]
        assert order == sorted(order)
        assert found.undeterred == sum(not deterred for deterred, _ in order)
        short = witness(drawn.conflict, actor, drawn.flat(state), "seq", most=1)
        assert short.responses == found.responses[:1]
        assert short.improvements == found.improvements


@settings(max_examples=20)
@given(drawn=conflicts())
def test_there_is_no_witness_for_what_is_not_there(drawn: Drawn) -> None:
    conflict, state = drawn.conflict, drawn.flat(min(drawn.oracle.feasible))
    actor = conflict.actors[0]
    with pytest.raises(InputError, match="no decision maker `nobody`: one of"):
        witness(conflict, "nobody", state, "nash")
    with pytest.raises(InputError, match="no concept `cournot`: one of nash, gmr, smr, seq"):
        witness(conflict, actor, state, "cournot")
    for infeasible in np.flatnonzero(~conflict.space.mask).tolist():
        code = conflict.space.code(infeasible)
        with pytest.raises(InputError, match=f"`{code}` is not feasible"):
            witness(conflict, actor, infeasible, "nash")
