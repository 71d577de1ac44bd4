"""Witnesses of concepts beyond the core: what is told is legal and bears the verdict out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from detente.conflict.concepts.limited_move import non_myopic
from detente.conflict.concepts.registry import rows
from detente.conflict.witness import witness
from detente.errors import CannotAnswer
from tests.definitions import literal
from tests.definitions.literal import seeded
from tests.definitions.test_graph_form import cases, spelt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.conflict.reach import Step
    from detente.conflict.verdict import Response, Witness
    from tests.oracle import Oracle, State
    from tests.strategies import Drawn


def told(seed: int, many: int, concept: str) -> Iterator[tuple[Drawn, str, State, Witness]]:
    """Witnesses of one random state of each of many conflicts, for every actor."""
    for each, drawn in enumerate(seeded(seed, many)):
        rng = np.random.default_rng([seed, many, each])
        state = sorted(drawn.oracle.feasible)[rng.integers(len(drawn.oracle.feasible))]
        verdicts = rows(drawn.conflict, concept)[:, drawn.flat(state)]
        for actor, verdict in zip(drawn.conflict.actors, verdicts, strict=True):
            found = witness(drawn.conflict, actor, drawn.flat(state), concept, most=1000)
            assert found.stable == verdict
            assert (found.concept, found.actor) == (concept, actor)
            yield drawn, actor, state, found


def test_sseq_is_answered_in_the_others_interest_and_for_good() -> None:
    for drawn, i, s, found in told(11, 80, "sseq"):
        oracle, worth = drawn.oracle, drawn.oracle.ranks[i]
        answered = {drawn.spelt(response.improvement) for response in found.responses}
        assert answered == set(oracle.improvements(i, s))
        for response in found.responses:
            s1 = drawn.spelt(response.improvement)
            if response.sanction is not None:
                end = walked(drawn, s1, response.sanction)
                assert max(worth[q] for q in [end, *oracle.moves(i, end)]) <= worth[s]
            elif response.escaped is not None:
                *answer, escape = response.escaped
                end = walked(drawn, s1, answer)
                assert worth[end] <= worth[s] < worth[drawn.spelt(escape.state)]
                assert drawn.spelt(escape.state) in oracle.moves(i, end)
            else:
                reached = oracle.reached(oracle.others(i), s1, oracle.improvements)
                assert all(worth[q] > worth[s] for q in reached)


@pytest.mark.parametrize("concept", ["sim", "fh_seq", "fh_smr"])
def test_what_deters_at_the_same_time_is_made_of_improvements(concept: str) -> None:
    for drawn, i, s, found in told(12, 60, concept):
        if found.by == "sim":
            assert {r for r in drawn.oracle.others(i) if drawn.oracle.improvements(r, s)} >= set(
                found.together
            )
            for response in found.responses:
                at_once(drawn, i, s, found, response)


def at_once(drawn: Drawn, i: str, s: State, found: Witness, response: Response) -> None:
    """The joint change is one of the definition; where none is told there is none."""
    oracle, s1 = drawn.oracle, drawn.spelt(response.improvement)
    worth = oracle.ranks[i]
    possible = set(literal.joint_states(oracle, i, s, s1, list(found.together)))
    if response.sanction is None:
        assert all(worth[q] > worth[s] for q in possible)
        return
    assert drawn.spelt(response.sanction[-1].state) in possible
    assert worth[drawn.spelt(response.sanction[-1].state)] <= worth[s]
    before = s1
    for mover, after in response.sanction:
        changes = zip(oracle.axes, s, before, drawn.spelt(after), strict=True)
        alone = tuple(new if old != new else here for _, here, old, new in changes)
        assert alone in oracle.improvements(mover, s)
        before = drawn.spelt(after)


@pytest.mark.parametrize("base", ["seq", "smr"])
def test_it_is_said_who_is_struck_out_and_who_is_sanctioned(base: str) -> None:
    kinds = set()
    for drawn, i, s, found in told(13, 60, f"fh_{base}"):
        rational = not drawn.oracle.improvements(i, s)
        sanctioned = drawn.oracle.stable(base, i, s)
        assert found.by == ("sim" if found.stable and not sanctioned else base)
        kinds.add((found.by, found.stable, rational))
    assert kinds == {
        ("sim", True, False), (base, True, False), (base, True, True), (base, False, False)
    }  # fmt: skip


@pytest.mark.parametrize("ahead", [1, 3])
def test_courses_foreseen_are_those_of_the_definition(ahead: int) -> None:
    for drawn, i, s, found in told(20, 100, f"l{ahead}"):
        oracle = drawn.oracle
        layers = [literal.foreseen(oracle, moves) for moves in range(ahead)]
        assert found.improvements == len(oracle.moves(i, s)) == len(found.responses)
        for response in found.responses:
            t = drawn.spelt(response.improvement)
            course = [(j, drawn.spelt(state)) for j, state in response.foreseen or ()]
            possible = literal.feared(oracle, layers[-1], i, t)
            end = follow(oracle, layers, i, t, course)
            assert end in possible
            assert oracle.ranks[i][end] == min(oracle.ranks[i][x] for x in possible)
            assert (response.sanction is None) == (oracle.ranks[i][end] > oracle.ranks[i][s])


def follow(
    oracle: Oracle, layers: list[literal.Ends], last: str, t: State, course: list[tuple[str, State]]
) -> State:
    """Walk a course: each move is by somebody else and keeps to what its mover can be sure of."""
    for layer in range(len(layers) - 1, 0, -1):
        if not course:
            movers = [j for j in oracle.others(last) if oracle.moves(j, t)]
            assert not movers or any(layers[layer][j, t] == {t} for j in movers)
            return t
        (mover, after), *course = course
        assert mover != last
        assert after in oracle.moves(mover, t)
        assert literal.feared(oracle, layers[layer - 1], mover, after) <= layers[layer][mover, t]
        last, t = mover, after
    assert not course
    return t


def test_non_myopic_is_told_at_a_number_of_moves_that_shows_it() -> None:
    for drawn, i, s, found in told(15, 40, "nm"):
        everywhere = non_myopic(drawn.conflict)
        ahead = found.foresight
        assert ahead is not None
        assert (ahead.since, ahead.period) == (everywhere.since, everywhere.period)
        assert 0 <= ahead.moves - everywhere.since < everywhere.period
        own, at = drawn.conflict.actors.index(i), drawn.flat(s)
        assert ahead.alternates == everywhere.alternating[own, at]


def test_along_arcs_courses_are_told_too() -> None:
    for each, rng in cases("arcs", 15):
        conflict, oracle = each.conflict(), each.oracle()
        state = int(rng.choice(np.flatnonzero(conflict.space.mask)))
        for i, verdict in zip(conflict.actors, rows(conflict, "l3")[:, state], strict=True):
            found = witness(conflict, i, state, "l3", most=1000)
            assert found.stable == verdict
            here = spelt(conflict, np.array([state]))[0]
            assert found.improvements == len(oracle.moves(i, here))
        with pytest.raises(CannotAnswer, match="not defined in graph form"):
            witness(conflict, conflict.actors[0], state, "sim")


def walked(drawn: Drawn, state: State, steps: Sequence[Step]) -> State:
    """Where a legal sequence of improvements ends."""
    last = None
    for mover, after in steps:
        assert mover != last
        assert drawn.spelt(after) in drawn.oracle.improvements(mover, state)
        state, last = drawn.spelt(after), mover
    return state
