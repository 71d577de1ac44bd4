"""Play on a board of small tables, against explicit moves in the whole space."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from detente.conflict.alone import ALONE, stable_alone
from detente.conflict.board import Board, layout
from detente.conflict.model import Conflict
from detente.conflict.space import Space
from detente.conflict.stability import CONCEPTS, equilibria
from tests.oracle import Axis, Oracle, State
from tests.strategies import option, parted_spaces, spaces


class Played(NamedTuple):
    """A board, what is fixed on it, where play starts, and the same spelt out."""

    board: Board
    levels: dict[str, int]
    starts: NDArray[np.int64]
    oracle: Oracle

    def spelt(self, states: NDArray[np.int64]) -> set[State]:
        shape = self.board.layout.space.shape
        return {tuple(map(int, np.unravel_index(s, shape))) for s in states}


@st.composite
def boards(draw: st.DrawFn) -> Played:
    """Actors who care about some options only, and rank what they can tell apart at random."""
    space = draw(st.one_of(spaces(), parted_spaces()))
    ids = [each.id for each in space.options]
    laid_out = layout(space, {actor: draw(st.sets(st.sampled_from(ids))) for actor in space.actors})
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    classes = draw(st.sampled_from([2, 3, 6, 200]))
    scales = [
        np.where(scale.mask, rng.integers(0, classes, scale.size), -1).astype(np.int32)
        for scale in laid_out.scales
    ]
    board = Board(laid_out, np.concatenate(scales))
    state = draw(st.sampled_from(np.flatnonzero(space.mask).tolist()))
    here = dict(zip(ids, map(int, np.unravel_index(state, space.shape)), strict=True))
    levels = {id: here[id] for id in draw(st.sets(st.sampled_from(ids), max_size=2))}
    kept = np.zeros(space.shape, dtype=np.bool_)
    kept[space.slices(levels)] = True
    left = np.flatnonzero(kept.reshape(-1) & space.mask)
    starts = draw(st.lists(st.sampled_from(left.tolist()), min_size=1, max_size=3))
    return Played(board, levels, np.array(starts), spelt(board, left))


def spelt(board: Board, left: NDArray[np.int64]) -> Oracle:
    """The conflict among the states that are left."""
    space = board.layout.space
    axes = tuple(Axis(each.actor, len(each.levels), each.moves) for each in space.options)
    rows = {actor: board.row(actor).reshape(space.shape) for actor in board.actors}
    states = [tuple(map(int, np.unravel_index(s, space.shape))) for s in left]
    ranks = {actor: {s: int(row[s]) for s in states} for actor, row in rows.items()}
    return Oracle(axes, frozenset(states), ranks)


@pytest.mark.parametrize("concept", ["nash", "seq"])
@settings(max_examples=300)
@given(played=boards())
def test_equilibria_are_attained_as_the_definition_says(played: Played, concept: str) -> None:
    board, oracle, starts = played.board, played.oracle, sorted(played.spelt(played.starts))
    attained = board.attainable if concept == "nash" else board.attainable_sequentially
    expected = oracle.attainable(starts, oracle.equilibria(concept))
    assert played.spelt(attained(played.levels, played.starts)) == expected


@settings(max_examples=150)
@given(played=boards())
def test_a_search_that_knows_how_many_there_are_finds_the_same(played: Played) -> None:
    board, levels, starts = played.board, played.levels, played.starts
    count = len(played.oracle.equilibria("nash"))
    expected = board.attainable(levels, starts).tolist()
    assert board.attainable(levels, starts, most=count).tolist() == expected
    assert len(board.attainable(levels, starts, most=1)) == min(1, len(expected))


@settings(max_examples=300)
@given(played=boards(), concept=st.sampled_from(sorted(ALONE)))
def test_who_fears_any_move_is_stable_by_the_options_that_matter_to_it(
    played: Played, concept: str
) -> None:
    space, oracle = played.board.layout.space, played.oracle
    cut = space.slices(played.levels)
    for actor in oracle.actors:
        found = np.zeros(space.shape, dtype=np.bool_)
        found[cut] = stable_alone(played.board, actor, concept, played.levels)
        stable = {tuple(map(int, at)) for at in np.argwhere(found)} & oracle.feasible
        assert stable == {at for at in oracle.feasible if oracle.stable(concept, actor, at)}


def test_what_is_of_no_matter_to_an_actor_is_not_looked_at() -> None:
    axes = (option("a", "x"), option("b", "y"), option("c", "z"))
    space = Space(axes, np.ones((2, 2, 2), np.bool_), (0, 0, 0))
    laid_out = layout(space, {"a": {"b.y"}, "b": {"b.y"}, "c": {"a.x", "b.y"}})
    assert [scope.shape for scope in laid_out.scopes] == [(2, 2, 1), (1, 2, 1), (2, 2, 2)]
    tied = np.ones((2, 2, 2), np.bool_)
    tied[1, :, 1] = False  # a's move can be barred by c
    laid_out = layout(Space(axes, tied, (0, 0, 0)), {"a": {"b.y"}, "b": set(), "c": set()})
    assert [scope.shape for scope in laid_out.scopes] == [(2, 2, 2), (1, 2, 1), (2, 1, 2)]


@settings(max_examples=150)
@given(played=boards())
def test_who_stays_where_it_is_has_no_improvement(played: Played) -> None:
    board, oracle = played.board, played.oracle
    states = sorted(oracle.feasible)
    rows = board.layout.rows(np.ravel_multi_index(np.array(states).T, board.layout.space.shape))
    for actor in oracle.actors:
        expected = [oracle.stable("nash", actor, state) for state in states]
        assert board.stays(actor, played.levels, rows).tolist() == expected


@settings(max_examples=150)
@given(played=boards())
def test_any_moves_lead_where_the_definition_says(played: Played) -> None:
    found = played.board.reachable(played.levels, played.starts)
    oracle, starts = played.oracle, played.spelt(played.starts)
    ends = (oracle.reached(oracle.actors, start, oracle.moves) for start in starts)
    assert played.spelt(found) == starts.union(*ends)


@settings(max_examples=150)
@given(played=boards(), concept=st.sampled_from(sorted(CONCEPTS)))
def test_a_state_is_stable_under_a_commitment_by_the_definition(
    played: Played, concept: str
) -> None:
    state = int(played.starts[0])
    (at,) = played.spelt(played.starts[:1])
    for actor in played.oracle.actors:
        found = played.board.stable_at(actor, state, concept, played.levels)
        assert found == played.oracle.stable(concept, actor, at)


@settings(max_examples=10)
@given(seed=st.integers(0, 2**32 - 1), moves=st.sampled_from(["both", "up"]))
def test_long_lines_are_sorted_like_short_ones(seed: int, moves: str) -> None:
    rng = np.random.default_rng(seed)
    axes = [option("a", f"x{k}", 2, moves if k == 0 else "both") for k in range(6)]
    axes += [option("b", "y0", 3), option("b", "y1", 2)]
    space = Space(tuple(axes), np.ones([len(each.levels) for each in axes], np.bool_), (0,) * 8)
    rows = rng.integers(0, 40, (2, space.size)).astype(np.int32)
    model = Conflict(space, tuple(rows))
    starts = rng.integers(0, space.size, 3)
    expected = model.board.attainable({}, starts, equilibria(model, "seq"))
    assert model.board.attainable_sequentially({}, starts).tolist() == expected.tolist()


def test_a_queue_too_short_is_made_longer_and_marks_start_again() -> None:
    axes = tuple(option("a" if k % 2 else "b", f"x{k}") for k in range(14))
    space = Space(axes, np.ones([2] * 14, np.bool_), (0,) * 14)
    board = Conflict(space, (np.zeros(space.size, np.int32),) * 2).board
    everywhere = list(range(space.size))
    for _ in range(3):  # more states than the queue holds at first
        assert board.reachable({}, np.array([5])).tolist() == everywhere
    for _ in range(300):  # more walks than there are marks
        assert board.attainable({}, np.array([5])).tolist() == [5]
    assert board.reachable({}, np.array([5])).tolist() == everywhere


def test_nothing_is_attained_from_nowhere() -> None:
    space = Space((option("a", "x"),), np.ones(2, np.bool_), (0,))
    board = Conflict(space, (np.array([0, 1], np.int32),)).board
    nowhere = np.empty(0, dtype=np.int64)
    assert board.attainable({}, nowhere).size == 0
    assert board.attainable_sequentially({}, nowhere).size == 0
