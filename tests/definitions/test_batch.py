"""Many draws of preferences settled together, against the definitions and one draw at a time."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from numpy.typing import NDArray

from detente.case import load
from detente.conflict import batch
from detente.conflict.batch import settled_by_draw, stability_by_draw
from detente.conflict.concepts.registry import rows
from detente.conflict.model import Conflict
from detente.conflict.space import Space, space
from detente.errors import CannotAnswer, InputError
from tests.strategies import drawn, option

CORE = ("nash", "gmr", "smr", "seq")
ACTORS, MANY = "abcde", 4
WAYS = ("both", "both", "up", "down")


def random_space(rng: np.random.Generator) -> Space:
    """Two to five actors with few options; some have three levels, are one-way, are ruled out."""
    actors = int(rng.integers(2, 6))
    owners = [*range(actors), *([0] if actors < MANY else [])]
    axes = tuple(
        option(ACTORS[owner], f"x{n}", levels=3 if n == 1 and actors < MANY else 2, moves=way)
        for n, (owner, way) in enumerate(zip(owners, rng.choice(WAYS, len(owners)), strict=True))
    )
    possible = rng.random([len(axis.levels) for axis in axes]) >= rng.choice([0.0, 0.0, 0.2, 0.5])
    possible[tuple(rng.integers(possible.shape))] = True
    return Space(axes, possible, (0,) * len(axes))


def random_ranks(rng: np.random.Generator, states: Space, draws: int) -> NDArray[np.integer]:
    """Few classes or many; what stands where a state is infeasible must not matter."""
    shape = (draws, len(states.actors), states.size)
    return rng.integers(0, rng.choice([2, 3, 6, 200]), shape)


def test_every_draw_is_settled_by_the_definitions() -> None:
    rng = np.random.default_rng(0)
    for _ in range(40):
        states = random_space(rng)
        ranks = random_ranks(rng, states, 3)
        found = settled_by_draw(states, ranks)
        for draw, own in enumerate(np.where(states.mask, ranks, -1).astype(np.int32)):
            spelt = drawn(Conflict(states, tuple(own)))
            for concept in CORE:
                for actor, row in zip(states.actors, found.stable[concept][draw], strict=True):
                    assert spelt.states(row) == spelt.oracle.stable_states(concept, actor)
                everybody = found.equilibria(concept)[draw]
                assert spelt.states(everybody) == spelt.oracle.equilibria(concept)


def test_draws_settled_together_are_those_settled_one_by_one() -> None:
    rng = np.random.default_rng(1)
    names = (*CORE, "sseq", "sim", "fh_seq")
    for _ in range(20):
        states = random_space(rng)
        ranks = random_ranks(rng, states, 6)
        found = settled_by_draw(states, ranks, names)
        for draw, own in enumerate(np.where(states.mask, ranks, -1).astype(np.int32)):
            for concept in names:
                alone = rows(Conflict(states, tuple(own)), concept)
                assert np.array_equal(found.stable[concept][draw], alone)


def test_threads_and_how_many_are_settled_at_once_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(2)
    axes = tuple(option("abc"[n % 3], f"x{n}", moves=("both", "up")[n % 2]) for n in range(9))
    states = space(axes, [], {})
    ranks = rng.integers(0, 9, (67, 3, states.size))
    threaded = settled_by_draw(states, ranks)
    monkeypatch.setattr(batch, "TOGETHER", 5 * states.size)
    for concept, found in settled_by_draw(states, ranks).stable.items():
        assert np.array_equal(found, threaded.stable[concept])


def test_the_strict_two_by_two_games_have_the_equilibria_they_are_known_to_have() -> None:
    """Of the 576 one in eight has no pure Nash equilibrium, one in eight two."""
    ranks = np.array(list(product(permutations(range(4)), repeat=2)))
    found = stability_by_draw(load("fang/prisoners_dilemma"), ranks, ["nash"])
    assert found.draws == 576
    assert np.bincount(found.equilibria("nash").sum(axis=1)).tolist() == [72, 432, 72]
    assert found.shares("nash").tolist() == [0.25] * 4
    assert found.to_frame()["nash"].to_dict() == dict.fromkeys(["00", "01", "10", "11"], 0.25)


def test_what_are_no_ranks_is_refused() -> None:
    states = space((option("a", "x"), option("b", "y")), [], {})
    with pytest.raises(InputError, match=r"ranks of shape \(2, 4\): one number for each draw"):
        settled_by_draw(states, np.zeros((2, 4), int))
    with pytest.raises(InputError, match=r"ranks of shape \(0, 2, 4\)"):
        settled_by_draw(states, np.zeros((0, 2, 4), int))
    with pytest.raises(InputError, match="ranks below 0: rank the worst state 0"):
        settled_by_draw(states, np.full((1, 2, 4), -1))
    with pytest.raises(InputError, match="no concept `cournot`"):
        settled_by_draw(states, np.zeros((1, 2, 4), int), ["cournot"])
    with pytest.raises(InputError, match="no concept `seq` here: one of nash"):
        settled_by_draw(states, np.zeros((1, 2, 4), int), ["nash"]).equilibria("seq")


def test_too_many_verdicts_are_refused_with_their_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "MOST_VERDICTS", 31)
    states = space((option("a", "x"), option("b", "y")), [], {})
    with pytest.raises(CannotAnswer, match="settle fewer draws at a time, or freeze options"):
        settled_by_draw(states, np.zeros((1, 2, 4), int))
