"""Concepts beyond the four of the core against their literal definitions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import permutations

import numpy as np
import pytest

from detente.conflict.concepts import sim
from detente.conflict.concepts.limited_move import limited_move, non_myopic
from detente.conflict.concepts.registry import rows
from detente.conflict.model import Conflict
from detente.conflict.space import Space
from detente.errors import CannotAnswer, InputError
from tests.definitions import literal
from tests.definitions.literal import seeded
from tests.definitions.test_graph_form import cases, spelt
from tests.oracle import Oracle, State
from tests.strategies import Drawn, option

MANY = 300
LITERAL: Mapping[str, Callable[[Oracle], set[tuple[str, State]]]] = {
    "sseq": lambda oracle: literal.sequential(oracle, "sseq"),
    "sim": literal.sim,
    "fh_seq": lambda oracle: literal.fraser_hipel(oracle, "seq"),
    "fh_smr": lambda oracle: literal.fraser_hipel(oracle, "smr"),
}


def found(drawn: Drawn, name: str) -> set[tuple[str, State]]:
    """Who finds which state stable."""
    judged = zip(drawn.conflict.actors, rows(drawn.conflict, name), strict=True)
    return {(i, s) for i, row in judged for s in drawn.states(row)}


def test_stable_states_are_those_of_the_definition() -> None:
    for drawn in seeded(1, MANY):
        for name, definition in LITERAL.items():
            assert found(drawn, name) == definition(drawn.oracle), name


def test_limited_moves_are_foreseen_as_defined() -> None:
    for drawn in seeded(2, 200):
        states = sorted(drawn.oracle.feasible)
        ends = literal.nobody_moves(drawn.oracle)
        for moves in (1, 2, 3):
            ends = literal.one_more(drawn.oracle, ends)
            told = limited_move(drawn.conflict, moves)
            assert found(drawn, f"l{moves}") == literal.staying(ends)
            for k, i in enumerate(drawn.conflict.actors):
                expected = [(min(ends[i, s]), max(ends[i, s])) for s in states]
                flat = np.flatnonzero(drawn.conflict.space.mask)
                first, last = (
                    spelt(drawn.conflict, row[k, flat]) for row in (told.first, told.last)
                )
                assert list(zip(first, last, strict=True)) == expected
                assert told.unique[k, flat].tolist() == [len(ends[i, s]) == 1 for s in states]


@pytest.mark.parametrize("kind", ["arcs", "one_step", "same"])
def test_limited_moves_along_arcs_are_foreseen_as_defined(kind: str) -> None:
    for each, _ in cases(kind, 25):
        conflict, oracle = each.conflict(), each.oracle()
        for moves in (1, 2, 3):
            expected = literal.staying(literal.foreseen(oracle, moves))
            judged = zip(conflict.actors, limited_move(conflict, moves).stable, strict=True)
            stable = {(i, s) for i, row in judged for s in spelt(conflict, np.flatnonzero(row))}
            assert stable == expected


def test_non_myopic_is_what_holds_all_the_way_around_the_cycle() -> None:
    for drawn in seeded(3, 200, actors=(2, 3)):
        first, around = literal.cycle(drawn.oracle)
        stays = [literal.staying(ends) for ends in around]
        always, ever = set.intersection(*stays), set.union(*stays)
        told = non_myopic(drawn.conflict)
        actors = drawn.conflict.actors
        kept = {(i, s) for k, i in enumerate(actors) for s in drawn.states(told.stable[k])}
        turning = {(i, s) for k, i in enumerate(actors) for s in drawn.states(told.alternating[k])}
        assert (kept, turning) == (always, ever - always)
        assert told.since <= max(first, 1)
        assert len(around) % told.period == 0
        assert (told.period == 1) == (not turning)


def test_from_that_number_of_moves_on_the_stable_states_repeat_themselves() -> None:
    for drawn in seeded(4, 60):
        told = non_myopic(drawn.conflict)
        by_moves = [
            limited_move(drawn.conflict, moves).stable
            for moves in range(1, told.since + 2 * told.period + 1)
        ]
        start = told.since - 1
        for later in range(start, len(by_moves) - told.period):
            assert np.array_equal(by_moves[later], by_moves[later + told.period])
        if start:
            assert not np.array_equal(by_moves[start - 1], by_moves[start - 1 + told.period])


# --------------------------------------------------------------------------------- inclusions


def test_inclusions() -> None:
    for drawn in seeded(5, 150):
        stable = {
            name: rows(drawn.conflict, name)
            for name in ("nash", "seq", "smr", "sseq", "sim", "fh_seq", "fh_smr", "l1")
        }
        for narrow, wide in [
            ("sseq", "seq"),
            ("sseq", "smr"),
            ("nash", "sseq"),
            ("nash", "sim"),
            ("seq", "fh_seq"),
            ("smr", "fh_smr"),
        ]:
            assert not np.any(stable[narrow] & ~stable[wide]), (narrow, wide)
        assert np.array_equal(stable["l1"], stable["nash"])
        for base, solution in [("seq", "fh_seq"), ("smr", "fh_smr")]:
            assert not np.any(stable[solution] & ~(stable[base] | stable["sim"]))


def test_an_onlooker_changes_nothing() -> None:
    """Who has no move to make neither deters nor is feared."""
    for drawn in seeded(6, 40):
        space = drawn.conflict.space
        axes = (*space.options, option("onlooker", "watch", 1))
        wider = Space(axes, space.feasible[..., None], (0,) * len(axes))
        row = np.where(space.mask, 0, -1).astype(np.int32)
        watched = Conflict(wider, (*drawn.conflict.rows, row))
        for name in ("sseq", "sim", "fh_seq", "fh_smr", "l2", "l3", "nm"):
            assert np.array_equal(rows(watched, name)[:-1], rows(drawn.conflict, name)), name


def test_alone_an_actor_goes_where_it_is_best_off_however_far_it_sees() -> None:
    for drawn in seeded(7, 30, actors=(1, 1)):
        nash = rows(drawn.conflict, "nash")
        for name in ("sseq", "sim", "fh_seq", "l3", "nm"):
            assert np.array_equal(rows(drawn.conflict, name), nash)


# ------------------------------------------------------------------------------- 2 × 2 games


def test_the_patterns_of_all_strict_two_by_two_games_end_as_published() -> None:
    """[RegoOliveiraVieiraKilgour2025]: 440 settle, 48 alternate between two, 88 among four."""
    space = Space((option("a", "x"), option("b", "y")), np.ones((2, 2), dtype=np.bool_), (0, 0))
    orders = [np.array(order, dtype=np.int32) for order in permutations(range(4))]
    periods = [non_myopic(Conflict(space, (a, b))).period for a in orders for b in orders]
    assert {period: periods.count(period) for period in set(periods)} == {1: 440, 2: 48, 4: 88}


# ------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize("name", ["sim", "fh_seq", "fh_smr"])
def test_moves_at_the_same_time_are_refused_in_graph_form(name: str) -> None:
    (each, _), *_ = cases("arcs", 1)
    with pytest.raises(CannotAnswer, match=r"not defined in graph form: .*; ask for seq"):
        rows(each.conflict(), name)


def test_too_many_combinations_are_refused_before_they_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sim, "MOST_COMBINATIONS", 10)
    drawn = next(each for each in seeded(1, 10) if each.conflict.space.size > 16)
    with pytest.raises(CannotAnswer, match=r"combinations of improvements .* freeze options"):
        rows(drawn.conflict, "sim")


def test_what_never_repeats_itself_within_the_limit_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("detente.conflict.concepts.limited_move.MOST_MOVES", 1)
    drawn = next(seeded(1, 1))
    with pytest.raises(CannotAnswer, match="has not repeated itself within 1 moves"):
        non_myopic(drawn.conflict)


def test_too_many_states_to_look_ahead_in_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.conflict.concepts.anticipation.MOST_BYTES", 2**10)
    drawn = next(each for each in seeded(1, 10) if each.conflict.space.size > 16)
    with pytest.raises(CannotAnswer, match=r"to look moves ahead in .* states for .* freeze"):
        limited_move(drawn.conflict, 2)


def test_an_unknown_concept_is_refused() -> None:
    with pytest.raises(InputError, match="no concept `l10`: one of nash, gmr, smr, seq, sseq"):
        rows(next(seeded(1, 1)).conflict, "l10")
