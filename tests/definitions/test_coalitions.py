"""Coalitions: the compiled searches against the definitions, spelt out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from detente.case import load
from detente.conflict.arcs import arcs_of
from detente.conflict.coalitions import coalition as coalitions
from detente.conflict.coalitions.coalition import CREDIBLE, Coalition, all_coalitions, coalition
from detente.conflict.coalitions.witness import Leg, coalition_witness, undeterred
from detente.conflict.graph import Graph
from detente.conflict.model import Conflict, conflict
from detente.conflict.space import Space
from detente.conflict.stability import stable_states
from detente.errors import CannotAnswer, InputError
from tests.coalitions import Party, gain
from tests.oracle import GraphOracle, State
from tests.strategies import Drawn, drawn, option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONCEPTS = ("nash", "gmr", "smr", "seq")
SITUATIONS = 600

# -------------------------------------------------------------------------- random situations


def situations(count: int, seed: int) -> Iterator[tuple[Drawn, np.random.Generator]]:
    """Conflicts of two to five actors with ties, infeasible states, one-way options and arcs."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        actors = int(rng.integers(2, 6))
        owners = rng.permutation([*range(actors), *rng.integers(0, actors, max(0, 4 - actors))])
        ways = rng.choice(["both", "both", "up", "down"], len(owners))
        axes = tuple(
            option(f"actor{who}", f"option{place}", 2 + int(rng.random() < 0.15), str(way))
            for place, (who, way) in enumerate(zip(owners, ways, strict=True))
        )
        shape = tuple(len(axis.levels) for axis in axes)
        feasible = rng.random(shape) >= rng.choice([0.0, 0.1, 0.4])
        feasible.flat[rng.integers(feasible.size)] = True
        space = Space(axes, feasible, (0,) * len(axes))
        ranks = rng.integers(0, rng.choice([2, 4, 100]), (len(space.actors), space.size))
        rows = tuple(np.where(space.mask, ranks, -1).astype(np.int32))
        found = drawn(Conflict(space, rows))
        yield (found if rng.random() < 0.6 else with_arcs(found, rng)), rng


def with_arcs(found: Drawn, rng: np.random.Generator) -> Drawn:
    """The same with moves drawn one by one, so that hardly any are transitive."""
    oracle, space = found.oracle, found.conflict.space
    states = sorted(oracle.feasible)
    density = rng.choice([0.05, 0.15, 0.3])
    moves = {
        (i, s): [t for t in states if t != s and rng.random() < density]
        for i in oracle.actors
        for s in states
    }
    between = {}
    for i in oracle.actors:
        pairs = [(found.flat(s), found.flat(t)) for s in states for t in moves[i, s]]
        start, to = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        between[i] = arcs_of(start, to, space.size)
    graph = Graph(between, np.arange(space.size))
    return Drawn(
        Conflict(replace(space, graph=graph), found.conflict.rows),
        GraphOracle(oracle.axes, oracle.feasible, oracle.ranks, moves),
    )


def asked(found: Drawn, rng: np.random.Generator) -> tuple[Coalition, Party, list[State]]:
    """A coalition, what it fears, the same spelt out, and a few states, all drawn."""
    actors = found.oracle.actors
    every = [each for each in all_coalitions(actors) if len(actors) - len(each) < 4]
    members = every[rng.integers(len(every))]
    how = str(rng.choice(CONCEPTS)), CREDIBLE[rng.integers(2)]
    still = [i for i in found.oracle.actors if i not in members and rng.random() < 0.1]
    states = rng.permutation(sorted(found.oracle.feasible))[:4]
    party = coalition(found.conflict, members, *how, frozen=still)
    return party, Party(found.oracle, members, *how, still), [tuple(s) for s in states]


def test_coalitions_move_and_improve_as_defined() -> None:
    for found, rng in situations(100, 1):
        party, spelt, states = asked(found, rng)
        for state in states:
            reached = found.oracle.reached(party.members, state, found.oracle.moves) - {state}
            better = spelt.improvements(state)
            here = found.flat(state)
            assert [found.spelt(t) for t in party.moves(here)] == sorted(reached)
            assert [found.spelt(t) for t in party.improvements(here)] == sorted(better)


def test_coalitions_leave_as_defined() -> None:
    for found, rng in situations(SITUATIONS, 2):
        party, spelt, states = asked(found, rng)
        expected = [spelt.leaves(s) for s in states]
        assert party.leaves([found.flat(s) for s in states]).tolist() == expected


def test_witnesses_check_out() -> None:
    for found, rng in situations(150, 3):
        party, spelt, (state, *_) = asked(found, rng)
        witness = coalition_witness(party, found.flat(state), most=1000)
        better = {found.spelt(each.improvement) for each in witness.responses}
        assert better == spelt.improvements(state)
        assert len(witness.responses) == witness.improvements
        assert witness.stable == (not spelt.leaves(state))
        deterred = [each.sanction is not None for each in witness.responses]
        assert deterred == sorted(deterred)
        assert witness.undeterred == deterred.count(False)
        assert (
            coalition_witness(party, found.flat(state), most=2).responses == witness.responses[:2]
        )
        for each in witness.responses:
            improvement = found.spelt(each.improvement)
            assert walked(found, party.members, Leg(party.members, each.path), state) == improvement
            deterring = set(spelt.sanctions(state, improvement))
            if each.sanction is None:
                assert not deterring
            else:
                assert answered(found, party, each.sanction, improvement) in deterring
            if each.escaped is not None:
                *answer, out = each.escaped
                end = answered(found, party, tuple(answer), improvement)
                assert not spelt.gains(state, end)
                there = walked(found, party.members, out, end)
                assert spelt.gains(state, there)


def walked(found: Drawn, movers: Sequence[str], leg: Leg, state: State) -> State:
    """Walk a legal sequence: these movers only, nobody twice in a row."""
    last = None
    for mover, after in leg.steps:
        assert mover in movers
        assert mover != last
        assert found.spelt(after) in found.oracle.moves(mover, state)
        state, last = found.spelt(after), mover
    return state


def answered(found: Drawn, party: Coalition, legs: Sequence[Leg], state: State) -> State:
    """Walk an answer, checking that every group of it may form and, under SEQ, gains."""
    before: tuple[str, ...] = ()
    for leg in legs:
        assert not {*leg.actors} & {*party.members, *party.frozen}
        assert leg.actors != before
        end = walked(found, leg.actors, leg, state)
        if party.concept == "seq":
            assert gain(found.oracle, leg.actors, state, end)
        if party.concept != "seq" or party.credible == "individual":
            assert len(leg.actors) == len(leg.steps) == 1
        state, before = end, leg.actors
    return state


def test_what_is_not_deterred_is_found_among_some_states() -> None:
    for found, rng in situations(100, 4):
        party, _, states = asked(found, rng)
        here = found.flat(states[0])
        among = rng.random(found.conflict.space.size) < 0.5
        every = coalition_witness(party, here, most=1000).responses
        loose = {each.improvement: each.path for each in every if each.sanction is None}
        wanted = {end: path for end, path in loose.items() if among[end]}
        assert {each.improvement: each.path for each in undeterred(party, here, among)} == wanted


# -------------------------------------------------------------------------------- limiting cases


def test_one_actor_alone_is_judged_by_the_individual_concept() -> None:
    for found, _ in situations(60, 5):
        rows = stable_states(found.conflict, CONCEPTS)
        states = np.flatnonzero(found.conflict.space.mask)
        for concept in CONCEPTS:
            for actor, row in zip(found.conflict.actors, rows[concept], strict=True):
                alone = coalition(found.conflict, [actor], concept)
                assert (~alone.leaves(states)).tolist() == row[states].tolist()


def test_inclusions() -> None:
    for found, rng in situations(100, 6):
        party, *_ = asked(found, rng)
        states = np.flatnonzero(found.conflict.space.mask)

        again = [replace(party, concept=each, credible="individual") for each in CONCEPTS]
        wider = replace(party, concept="seq", credible="coalitional")
        nash, gmr, smr, seq, seq_wider = (~each.leaves(states) for each in (*again, wider))
        assert (nash <= smr).all()
        assert (smr <= gmr).all()
        assert (nash <= seq).all()
        assert (seq <= gmr).all()
        assert (seq <= seq_wider).all()
        if found.conflict.space.transitive:
            assert (seq_wider <= gmr).all()
        if len(party.members) == len(found.conflict.actors):
            assert (nash == gmr).all()


def test_what_two_options_would_have_to_change_at_once_no_two_actors_can_do() -> None:
    """The witness `coalition_jump`: NNN -> YYN, where YN- and NY- are infeasible."""
    feasible = np.ones((2, 2, 2), dtype=np.bool_)
    feasible[1, 0] = feasible[0, 1] = False
    space = Space(tuple(option(actor, "o") for actor in "ABC"), feasible, (0, 0, 0))
    model = Conflict(space, tuple(np.where(space.mask, np.int32(0), np.int32(-1)) for _ in "ABC"))
    both = coalition(model, ["A", "B"])
    assert both.moves(space.index("000")).tolist() == []
    with_c = coalition(model, ["A", "B", "C"])
    assert space.codes(with_c.moves(space.index("000"))) == ["001"]


@pytest.mark.parametrize("credible", CREDIBLE)
@pytest.mark.parametrize("in_one_move", [False, True])
def test_nobody_answers_twice_in_a_row(credible: coalitions.Credible, in_one_move: bool) -> None:
    """`b` would have to make two moves, from 3 by 4 to 5, to undo what `a` gains from 0 to 3."""
    space = Space((option("a", "o"), option("b", "o", 3)), np.ones((2, 3), dtype=np.bool_), (0, 0))
    steps = {"a": [(0, 3)], "b": [(3, 4), (4, 5), *([(3, 5)] if in_one_move else [])]}
    ends = {i: np.array(moves) for i, moves in steps.items()}
    between = {i: arcs_of(pairs[:, 0], pairs[:, 1], space.size) for i, pairs in ends.items()}
    ranks = (np.array([1, 0, 0, 2, 2, 0], np.int32), np.array([0, 0, 0, 0, 1, 2], np.int32))
    model = Conflict(replace(space, graph=Graph(between, np.arange(space.size))), ranks)
    assert coalition(model, ["a"], "seq", credible).holds(0) == in_one_move


# ------------------------------------------------------------------------------------- refusals


def test_what_cannot_be_asked() -> None:
    model = conflict(load("hipel/elmira"))
    with pytest.raises(InputError, match="no decision maker `nobody`: one of ministry, uniroyal"):
        coalition(model, ["ministry", "nobody"])
    with pytest.raises(InputError, match="a coalition of nobody"):
        coalition(model, [])
    with pytest.raises(InputError, match="no concept for coalitions `l2`: one of nash, gmr"):
        coalition(model, ["ministry"], "l2")
    with pytest.raises(InputError, match="no reading of credible `loose`: one of individual"):
        coalition(model, ["ministry"], "seq", "loose")  # type: ignore[arg-type]


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coalitions, "MOST_LOOKS", 3)
    model = conflict(load("hipel/elmira"))
    for concept in CONCEPTS:
        both = coalition(model, ["ministry", "uniroyal"], concept)
        with pytest.raises(CannotAnswer, match="what ministry and uniroyal would do under"):
            both.holds(model.space.index("001"))
        with pytest.raises(CannotAnswer, match="freeze options"):
            both.moves(model.space.index("001"))


def test_too_many_coalitions_are_not_gone_through() -> None:
    assert len(all_coalitions("abc")) == 7
    with pytest.raises(CannotAnswer, match="13 actors form 8,191 coalitions"):
        all_coalitions("abcdefghijklm")
