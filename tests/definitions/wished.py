"""Small random conflicts and states wished for in them, spelt out; rankings tried one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detente.conflict.model import Conflict
from detente.conflict.space import Space
from tests.definitions.literal import at_once_deterred
from tests.definitions.test_graph_form import KINDS
from tests.definitions.test_graph_form import drawn as drawn_graph
from tests.strategies import drawn, option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tests.oracle import Oracle, State

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq", "sim")


class Wished(NamedTuple):
    """A conflict as Detente has it and literally, and a state in it."""

    conflict: Conflict
    oracle: Oracle
    state: State

    @property
    def concepts(self) -> tuple[str, ...]:
        """Those that are defined here: nobody moves at the same time in graph form."""
        return CONCEPTS if self.conflict.space.transitive else CONCEPTS[:-1]

    @property
    def states(self) -> list[State]:
        return sorted(self.oracle.feasible)

    @property
    def target(self) -> int:
        return self.flat(self.state)

    def flat(self, state: State) -> int:
        return int(np.ravel_multi_index(state, self.conflict.space.shape))

    def ranked(self, i: str, worth: dict[State, int]) -> Oracle:
        """The same where one actor ranks the states so."""
        changed = replace(self.oracle, ranks={**self.oracle.ranks, i: worth})
        vars(changed)["reachable"] = self.oracle.reachable  # moves are the same
        return changed

    def no_better(self, worth: dict[State, int]) -> NDArray[np.bool_]:
        """`(states,)`: those worth no more than the wished-for one."""
        mask = np.zeros(self.conflict.space.size, dtype=np.bool_)
        for state in self.states:
            mask[self.flat(state)] = worth[state] <= worth[self.state]
        return mask

    def rankings(self) -> Iterator[dict[State, int]]:
        """All strict rankings."""
        for order in permutations(range(len(self.states))):
            yield dict(zip(self.states, order, strict=True))


def stable(oracle: Oracle, concept: str, i: str, state: State) -> bool:
    """Whether a state is stable for an actor, by the definition."""
    if concept == "sim":
        return at_once_deterred(oracle, i, state, oracle.others(i))
    return oracle.stable(concept, i, state)


def option_form(rng: np.random.Generator, most: int) -> Wished:
    """One to four actors and no more than so many feasible states; one-way options, ties."""
    while True:
        owners = rng.integers(0, int(rng.integers(1, 5)), int(rng.integers(2, 5)))
        options = tuple(
            option(
                f"a{owner}",
                f"o{place}",
                int(rng.choice([2, 2, 3])),
                str(rng.choice(["both", "both", "up", "down"])),
            )
            for place, owner in enumerate(owners)
        )
        shape = tuple(len(axis.levels) for axis in options)
        feasible = rng.random(shape) >= rng.choice([0, 0.2, 0.5, 0.7])
        if 2 <= feasible.sum() <= most:
            break
    space = Space(options, feasible, (0,) * len(shape))
    ranks = rng.integers(0, int(rng.choice([2, 3, 50])), (len(space.actors), space.size))
    spelt = drawn(Conflict(space, tuple(np.where(space.mask, ranks, -1).astype(np.int32))))
    return Wished(spelt.conflict, spelt.oracle, any_of(rng, spelt.oracle))


def graph_form(rng: np.random.Generator, most: int) -> Wished:
    """The same in graph form, where moves are not transitive."""
    while True:
        spelt = drawn_graph(rng, str(rng.choice(KINDS)))
        oracle = spelt.oracle()
        if 2 <= len(oracle.feasible) <= most:
            return Wished(spelt.conflict(), oracle, any_of(rng, oracle))


def any_of(rng: np.random.Generator, oracle: Oracle) -> State:
    states = sorted(oracle.feasible)
    return states[int(rng.integers(len(states)))]
