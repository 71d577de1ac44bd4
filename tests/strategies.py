"""Random conflicts and situations: small, tied, holed, one-way, with interleaved options."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from hypothesis import strategies as st

from detente.case.situation import Option
from detente.conflict.model import Conflict
from detente.conflict.space import Space
from tests.oracle import Axis, Oracle, State

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_STATES = 160


def option(actor: str, name: str, levels: int = 2, moves: str = "both") -> Option:
    names = tuple(f"l{level}" for level in range(levels))
    return Option(f"{actor}.{name}", actor, names, moves, name, names)  # type: ignore[arg-type]


class Drawn(NamedTuple):
    """A conflict, and the same one spelt out."""

    conflict: Conflict
    oracle: Oracle

    def states(self, mask: NDArray[np.bool_]) -> set[State]:
        """The states of a mask as the oracle knows them."""
        shape = self.conflict.space.shape
        return {tuple(map(int, at)) for at in np.argwhere(mask.reshape(shape))}

    def flat(self, state: State) -> int:
        return int(np.ravel_multi_index(state, self.conflict.space.shape))

    def spelt(self, index: int) -> State:
        return tuple(map(int, np.unravel_index(index, self.conflict.space.shape)))


@st.composite
def options(draw: st.DrawFn) -> tuple[Option, ...]:
    """One to five actors with one to three options each, in any order."""
    # `sampled_from` where `integers` would mostly draw the least: tiny conflicts show little.
    owner = st.integers(0, draw(st.sampled_from([0, 1, 1, 2, 2, 3, 4])))
    number = draw(st.sampled_from([1, 3, 4, 5, 6, 6, 7, 7]))
    owners = draw(st.lists(owner, min_size=number, max_size=number))
    axes: list[Option] = []
    states = 1
    for place, who in enumerate(owners):
        levels = draw(st.sampled_from([2, 2, 3]))
        states *= levels
        if states > MOST_STATES or owners[:place].count(who) == 3:
            break
        moves = draw(st.sampled_from(["both", "both", "up", "down"]))
        axes.append(option(f"actor{who}", f"option{place}", levels, moves))
    return tuple(axes)


@st.composite
def spaces(draw: st.DrawFn) -> Space:
    """A state space of which up to three fifths are infeasible, never all."""
    axes = draw(options())
    shape = tuple(len(axis.levels) for axis in axes)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    feasible = rng.random(shape) >= draw(st.sampled_from([0.0, 0.0, 0.1, 0.3, 0.6]))
    feasible[tuple(rng.integers(shape))] = True
    return Space(axes, feasible, (0,) * len(shape))


@st.composite
def parted_spaces(draw: st.DrawFn) -> Space:
    """A state space in which some options rule out nothing of the others, nor these of them."""
    axes = draw(options())
    shape = tuple(len(axis.levels) for axis in axes)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    one = rng.random(len(axes)) < 0.5
    feasible = np.ones(shape, dtype=np.bool_)
    for part in (one, ~one):
        narrow = tuple(np.where(part, shape, 1))
        possible = rng.random(narrow) >= draw(st.sampled_from([0.0, 0.3, 0.6]))
        possible[tuple(rng.integers(narrow))] = True
        feasible &= possible
    return Space(axes, feasible, (0,) * len(shape))


@st.composite
def conflicts(draw: st.DrawFn) -> Drawn:
    """A conflict in which everybody ranks the states at random, with many ties or few."""
    space = draw(spaces())
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    classes = draw(st.sampled_from([2, 3, 6, 200]))
    drawn_ranks = rng.integers(0, classes, (len(space.actors), space.size))
    rows = tuple(np.where(space.mask, drawn_ranks, -1).astype(np.int32))
    return drawn(Conflict(space, rows))


def drawn(conflict: Conflict) -> Drawn:
    """Spell a conflict out."""
    space = conflict.space
    axes = tuple(Axis(axis.actor, len(axis.levels), axis.moves) for axis in space.options)
    states = [tuple(map(int, at)) for at in np.argwhere(space.feasible)]
    ranks = {
        actor: {s: int(row.reshape(space.shape)[s]) for s in states}
        for actor, row in zip(conflict.actors, conflict.rows, strict=True)
    }
    return Drawn(conflict, Oracle(axes, frozenset(states), ranks))
