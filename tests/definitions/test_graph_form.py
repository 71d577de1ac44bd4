"""Graph form against its definition: arcs one by one, and sequences that remember who moved last.

Arcs are drawn at random, so that hardly any are transitive; the oracle walks them literally.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from detente.case.situation import Situation
from detente.conflict.arcs import arcs, improving
from detente.conflict.graph import in_graph_form
from detente.conflict.model import Conflict
from detente.conflict.reach import attainable, improvement_paths, moves, reachable
from detente.conflict.space import Space
from detente.conflict.stability import equilibria, stable_states
from detente.errors import CannotAnswer
from tests.oracle import GraphOracle, State
from tests.strategies import option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from detente.case.situation import Option
    from detente.conflict.reach import Step

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
KINDS = ("arcs", "one_step", "same", "all")

Moves = dict[tuple[str, State], list[State]]


class Spelt(NamedTuple):
    """A random situation in graph form, spelt out."""

    options: tuple[Option, ...]
    feasible: list[State]
    arcs: dict[str, dict[State, list[State]]]
    one_step: tuple[str, ...]
    stands_for: dict[State, State]
    ranks: dict[str, dict[State, int]]
    """Of the states that stand for themselves."""

    def moves(self) -> Moves:
        """Where each actor can move from each combination."""
        return {(i, s): self.moves_of(i, s) for i in self.ranks for s in self.feasible}

    def moves_of(self, i: str, s: State) -> list[State]:
        if i in self.arcs:
            return self.arcs[i][s]
        ends = [q for q in self.feasible if q != s and self.allows(i, s, q)]
        return [q for q in ends if i not in self.one_step or changed(s, q) == 1]

    def allows(self, i: str, s: State, q: State) -> bool:
        return all(
            here == there
            or (axis.actor == i and axis.moves in ("both", "up" if here < there else "down"))
            for axis, here, there in zip(self.options, s, q, strict=True)
        )

    def oracle(self, levels: Mapping[int, int] = {}) -> GraphOracle:
        """The literal quotient, of those combinations alone that have these levels."""
        kept = [s for s in self.feasible if all(s[axis] == n for axis, n in levels.items())]
        first = {s: min(q for q in kept if self.stands_for[q] == self.stands_for[s]) for s in kept}
        moves = self.moves()
        between = {
            (i, s): sorted(
                {
                    first[q]
                    for member in kept
                    if first[member] == s
                    for q in moves[i, member]
                    if q in first
                }
                - {s}
            )
            for i in self.ranks
            for s in set(first.values())
        }
        ranks = {
            i: {s: row[self.stands_for[s]] for s in set(first.values())}
            for i, row in self.ranks.items()
        }
        return GraphOracle((), frozenset(first.values()), ranks, between)

    def conflict(self) -> Conflict:
        """The same as Detente has it."""
        shape = tuple(len(axis.levels) for axis in self.options)
        feasible = np.zeros(shape, dtype=np.bool_)
        feasible[tuple(zip(*self.feasible, strict=True))] = True
        stands_for = np.arange(feasible.size)
        for s, q in self.stands_for.items():
            stands_for[np.ravel_multi_index(s, shape)] = np.ravel_multi_index(q, shape)
        written = {
            i: {code(s): tuple(map(code, ends)) for s, ends in row.items()}
            for i, row in self.arcs.items()
        }
        situation = Situation(
            "drawn", "", {}, self.options, (), {}, {}, arcs=written, one_step=self.one_step
        )
        space = in_graph_form(
            Space(self.options, feasible, (0,) * len(shape)), situation, stands_for
        )
        rows = [np.full(feasible.size, -1, dtype=np.int32) for _ in space.actors]
        for row, i in zip(rows, space.actors, strict=True):
            for s, rank in self.ranks[i].items():
                row[np.ravel_multi_index(s, shape)] = rank
        return Conflict(space, tuple(rows))


def changed(s: State, q: State) -> int:
    return sum(here != there for here, there in zip(s, q, strict=True))


def code(s: State) -> str:
    return "".join(map(str, s))


def drawn(rng: np.random.Generator, kind: str) -> Spelt:
    """Two to five actors on up to 27 combinations of levels."""
    number = int(rng.integers(2, 6))
    owners = rng.integers(0, number, int(rng.integers(2, 4)))
    options = tuple(
        option(f"a{owner}", f"o{place}", int(rng.choice([2, 2, 3])), str(direction))
        for place, owner in enumerate(owners)
        for direction in [rng.choice(["both", "both", "up", "down"])]
    )
    states = list(product(*(range(len(axis.levels)) for axis in options)))
    feasible = [s for s in states if rng.random() < 0.85] or states
    written = {}
    for i in [f"a{each}" for each in range(number)]:
        density = rng.choice([0.05, 0.12, 0.25])
        if kind == "arcs" or (kind == "all" and rng.random() < 0.5):
            written[i] = {
                s: [q for q in feasible if q != s and rng.random() < density] for s in feasible
            }
    everybody = list(dict.fromkeys([*(axis.actor for axis in options), *written]))
    single = [i for i in everybody if i not in written and kind in ("one_step", "all")]
    stands_for = {s: s for s in feasible}
    if kind in ("same", "all"):
        stands_for = partition(
            [int(rng.integers(0, 1 + len(feasible))) for _ in feasible], feasible
        )
    many = int(rng.choice([2, 3, 6, 200]))
    ranks = {i: {s: int(rng.integers(many)) for s in set(stands_for.values())} for i in everybody}
    return Spelt(options, feasible, written, tuple(single), stands_for, ranks)


def partition(names: list[int], states: list[State]) -> dict[State, State]:
    """Those that drew the same name are one state."""
    return {s: states[names.index(name)] for s, name in zip(states, names, strict=True)}


def cases(kind: str, many: int) -> Iterator[tuple[Spelt, np.random.Generator]]:
    for seed in range(many):
        rng = np.random.default_rng([KINDS.index(kind), seed])
        yield drawn(rng, kind), rng


def spelt(conflict: Conflict, states: NDArray[np.integer]) -> list[State]:
    """States as tuples of levels, also where options are fixed."""
    places = np.array(np.unravel_index(states, conflict.space.shape)).T + conflict.space.origin
    return [tuple(map(int, place)) for place in places]


def agrees(conflict: Conflict, oracle: GraphOracle) -> None:
    found = stable_states(conflict, CONCEPTS)
    assert set(spelt(conflict, np.flatnonzero(conflict.space.mask))) == oracle.feasible
    assert np.array_equal(
        conflict.ranks >= 0, np.tile(conflict.space.mask, (len(conflict.rows), 1))
    )
    for concept in CONCEPTS:
        for i, row in zip(conflict.actors, found[concept], strict=True):
            stable = set(spelt(conflict, np.flatnonzero(row)))
            assert stable == oracle.stable_states(concept, i), (concept, i)


@pytest.mark.parametrize("kind", KINDS)
def test_concepts_agree_with_their_definitions(kind: str) -> None:
    for each, _ in cases(kind, 250):
        agrees(each.conflict(), each.oracle())


@pytest.mark.parametrize("kind", KINDS)
def test_a_commitment_leaves_the_moves_between_states_that_keep_it(kind: str) -> None:
    for each, rng in cases(kind, 60):
        axis = int(rng.integers(len(each.options)))
        level = int(rng.choice([s[axis] for s in each.feasible]))
        committed = each.conflict().committed({each.options[axis].id: level})
        agrees(committed, each.oracle({axis: level}))


def border(*, supplied: bool) -> Spelt:
    """Guard, raider and patron: the raider goes to the border and from there across."""
    options = (option("a0", "rest"), option("a1", "force", 3), option("a2", "supply"))
    states: list[State] = list(product(range(2), range(3), range(2 if supplied else 1)))
    stages = {0: [1], 1: [0, 2], 2: [1]}
    along: dict[State, list[State]] = {
        s: [(s[0], force, s[2]) for force in stages[s[1]]] for s in states
    }
    ranks = {
        "a0": {s: 2 * (s[1] < 2) + s[0] for s in states},
        "a1": {s: s[1] for s in states},
        "a2": {s: int(s[2] == (s[1] > 0)) for s in states},
    }
    return Spelt(options, states, {"a1": along}, (), {s: s for s in states}, ranks)


@pytest.mark.parametrize("concept", ["gmr", "smr", "seq", "sseq"])
def test_two_moves_in_a_row_deter_only_where_another_moves_between_them(concept: str) -> None:
    """Any two moves of the raider in a row lead across, and that would deter the guard always."""
    for supplied in (True, False):
        conflict = border(supplied=supplied).conflict()
        guards = stable_states(conflict, [concept])[concept][0]
        assert bool(guards[conflict.space.index("000")]) == supplied


@pytest.mark.parametrize("kind", KINDS)
def test_arcs_are_the_moves_of_the_definition(kind: str) -> None:
    for each, _ in cases(kind, 40):
        conflict, oracle = each.conflict(), each.oracle()
        for i, s in product(conflict.actors, np.flatnonzero(conflict.space.mask).tolist()):
            here = spelt(conflict, np.array([s]))[0]
            assert spelt(conflict, moves(conflict, i, s)) == oracle.moves(i, here)
            assert spelt(conflict, arcs(conflict, i).of(s)) == oracle.moves(i, here)
            assert spelt(conflict, improving(conflict, i).of(s)) == oracle.improvements(i, here)


@pytest.mark.parametrize("kind", KINDS)
def test_attainable_is_what_legal_sequences_of_improvements_meet(kind: str) -> None:
    for each, rng in cases(kind, 60):
        conflict, oracle = each.conflict(), each.oracle()
        start = int(rng.choice(np.flatnonzero(conflict.space.mask)))
        here = spelt(conflict, np.array([start]))[0]
        for concept in ("nash", "seq"):
            settled = equilibria(conflict, concept)
            ends = set(spelt(conflict, np.flatnonzero(settled)))
            lengths = distances(oracle, here, ends)
            given = None if concept == "nash" else settled
            assert set(spelt(conflict, attainable(conflict, [start], given))) == set(lengths)
            paths = improvement_paths(conflict, start, np.flatnonzero(settled).tolist())
            assert {
                spelt(conflict, np.array([end]))[0]: len(way) for end, way in paths.items()
            } == (lengths)
            for end, way in paths.items():
                is_legal(conflict, oracle, start, way)
                assert (way[-1].state if way else start) == end
        everywhere = set(spelt(conflict, reachable(conflict, [start])))
        assert everywhere == {here} | oracle.reached(oracle.actors, here, oracle.moves)


def is_legal(conflict: Conflict, oracle: GraphOracle, start: int, way: Sequence[Step]) -> None:
    """Each move improves on where it is made, and nobody makes two in a row."""
    here, last = spelt(conflict, np.array([start]))[0], None
    for mover, state in way:
        after = spelt(conflict, np.array([state]))[0]
        assert after in oracle.improvements(mover, here)
        assert mover != last
        here, last = after, mover


def distances(oracle: GraphOracle, start: State, stops: set[State]) -> dict[State, int]:
    """The fewest improvements, nobody's two in a row, to each stop; none leads on from a stop."""
    found: dict[State, int] = {}
    layer: set[tuple[State, str | None]] = {(start, None)}
    seen, steps = set(layer), 0
    while layer:
        for state, _ in layer:
            if state in stops:
                found.setdefault(state, steps)
        longer: set[tuple[State, str | None]] = {
            (after, i)
            for state, last in layer
            for i in oracle.actors
            if state not in stops and i != last
            for after in oracle.improvements(i, state)
        }
        layer = longer - seen
        seen |= layer
        steps += 1
    return found


def test_too_many_moves_are_refused_by_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.conflict.arcs.MOST_ARCS", 5)
    with pytest.raises(CannotAnswer) as refused:
        border(supplied=True).conflict()
    assert str(refused.value) == (
        "`a0` has 12 moves, which one by one take 0.0 GiB; the most is 5: "
        "freeze options, or rule out states that cannot be"
    )
