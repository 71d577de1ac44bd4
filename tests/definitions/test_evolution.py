"""How play gets somewhere, and where chance leads it, against the definitions spelt out.

The literal chains are dictionaries of fractions; nothing here shares code with the room it judges.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from scipy.sparse import csr_array

from detente.conflict.evolution import chain as chain_room
from detente.conflict.evolution import noise as noise_room
from detente.conflict.evolution.chain import exact_play, landing, stationary
from detente.conflict.evolution.noise import Noise, long_run, simulated_run
from detente.conflict.evolution.plays import simulated_play
from detente.conflict.evolution.status_quo import evolution
from detente.conflict.reach import attainable
from detente.conflict.stability import equilibria
from detente.errors import InputError
from tests.definitions.literal import seeded
from tests.definitions.test_graph_form import KINDS, cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.conflict.evolution.chain import Choice
    from detente.conflict.evolution.status_quo import Way
    from detente.conflict.model import Conflict
    from tests.oracle import Oracle, State

Chain = dict[int, dict[int, Fraction]]
Node = tuple[int, str | None]
MOST_STATES = 16


class Case(NamedTuple):
    """A conflict, the same one spelt out, and where play starts and stops."""

    conflict: Conflict
    oracle: Oracle
    start: int
    stops: frozenset[int]

    def flat(self, state: State) -> int:
        return int(np.ravel_multi_index(state, self.conflict.space.shape))

    def spelt(self, state: int) -> State:
        return tuple(map(int, np.unravel_index(state, self.conflict.space.shape)))

    @property
    def mask(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        mask = np.zeros(self.conflict.space.size, dtype=np.bool_)
        mask[list(self.stops)] = True
        return mask

    def improvements(self, actor: str, state: int) -> list[int]:
        return [self.flat(q) for q in self.oracle.improvements(actor, self.spelt(state))]

    def moves(self, actor: str, state: int) -> list[int]:
        return [self.flat(q) for q in self.oracle.moves(actor, self.spelt(state))]


def drawn(seed: int, many: int, *, concepts: tuple[str, ...] = ("nash", "seq")) -> Iterator[Case]:
    """Small conflicts in option form and in graph form, with the equilibria of some concept."""
    plain = ((each.conflict, each.oracle) for each in seeded(seed, many))
    listed = (
        (each.conflict(), each.oracle()) for kind in KINDS for each, _ in cases(kind, many // 8 + 1)
    )
    rng = np.random.default_rng(seed)
    for source in (plain, listed):
        for conflict, oracle in source:
            feasible = np.flatnonzero(conflict.space.mask)
            if feasible.size <= MOST_STATES:
                settled = equilibria(conflict, str(rng.choice(concepts)))
                stops = frozenset(np.flatnonzero(settled).tolist())
                yield Case(conflict, oracle, int(rng.choice(feasible)), stops)


# -------------------------------------------------------------------------- status quo analysis


def fewest_costly(case: Case) -> dict[int, int]:
    """State -> the fewest costly moves of any legal sequence that leads there."""
    begin: Node = (case.start, None)
    costs, waiting = {begin: 0}, [begin]
    while waiting:
        state, last = node = waiting.pop(0)
        for actor in case.oracle.actors:
            better = () if state in case.stops else case.improvements(actor, state)
            for after in case.moves(actor, state) if actor != last else ():
                cost = costs[node] + (after not in better)
                if cost < costs.get((after, actor), cost + 1):
                    costs[after, actor] = cost
                    waiting.append((after, actor))
    fewest: dict[int, int] = {}
    for (state, _), cost in costs.items():
        fewest[state] = min(cost, fewest.get(state, cost))
    return fewest


def lengths(case: Case, *, by_moves: bool) -> dict[int, int]:
    """State -> the fewest moves of a legal sequence of free moves, or of any."""
    found = {case.start: 0}
    layer: set[Node] = {(case.start, None)}
    seen, length = set(layer), 0
    while layer:
        length += 1
        ways = case.moves if by_moves else case.improvements
        longer: set[Node] = {
            (after, actor)
            for state, last in layer
            for actor in case.oracle.actors
            if actor != last and (by_moves or state not in case.stops)
            for after in ways(actor, state)
        }
        layer = longer - seen
        seen |= layer
        for state, _ in layer:
            found.setdefault(state, length)
    return found


def is_legal(case: Case, way: Way) -> bool:
    """Whether the moves are legal, end in the target, and are costly where it is said."""
    here, last, costly = case.start, None, []
    for place, (mover, after) in enumerate(way.steps):
        if mover == last or after not in case.moves(mover, here):
            return False
        gains = after in case.improvements(mover, here)
        if here in case.stops or not gains:
            costly.append((place, gains))
        here, last = after, mover
    return here == way.target and tuple(costly) == way.costly


def test_ways_by_improvements_have_fewest_costly_moves() -> None:
    for case in drawn(1, 70):
        feasible = np.flatnonzero(case.conflict.space.mask).tolist()
        found = evolution(case.conflict, case.start, feasible, case.mask)
        fewest, free = fewest_costly(case), lengths(case, by_moves=False)
        assert all(is_legal(case, way) for way in found.ways)
        assert {way.target: len(way.costly) for way in found.ways} == fewest
        assert {way.target: len(way.steps) for way in found.reached()} == free
        assert set(found.out_of_reach) == set(feasible) - set(fewest)
        assert found.spread == tuple(np.bincount(list(free.values())).tolist())


def test_ways_by_any_moves_are_shortest() -> None:
    for case in drawn(2, 70):
        feasible = np.flatnonzero(case.conflict.space.mask).tolist()
        found = evolution(case.conflict, case.start, feasible, case.mask, by_moves=True)
        shortest = lengths(case, by_moves=True)
        assert all(is_legal(case, way) for way in found.ways)
        assert {way.target: len(way.steps) for way in found.ways} == shortest
        assert found.reached() == found.ways
        assert set(found.out_of_reach) == set(feasible) - set(shortest)
        assert [len(way.steps) for way in found.ways] == sorted(shortest.values())


def test_the_equilibria_reached_are_the_attainable_ones() -> None:
    for case in drawn(3, 100):
        found = evolution(case.conflict, case.start, case.stops, case.mask)
        reached = sorted(way.target for way in found.reached())
        assert reached == attainable(case.conflict, [case.start], case.mask).tolist()


def test_a_bound_on_steps_leaves_out_what_takes_more() -> None:
    for case in drawn(4, 40):
        found = evolution(case.conflict, case.start, case.stops, case.mask)
        for steps in range(3):
            near = {way.target for way in found.ways if not way.costly and len(way.steps) <= steps}
            assert {way.target for way in found.reached(steps)} == near


# -------------------------------------------------------------------------------- random play


def literal_play(case: Case, choice: Choice) -> Chain:
    """Uniformly one of those who can improve, then uniformly one of its (best) improvements."""
    found: Chain = {}
    for state in map(case.flat, case.oracle.feasible):
        ways = [case.improvements(actor, state) for actor in case.oracle.actors]
        if choice == "best":
            ways = [best(case, a, w) for a, w in zip(case.oracle.actors, ways, strict=True)]
        able = [] if state in case.stops else [each for each in ways if each]
        found[state] = {}
        for each in able:
            for after in each:
                add(found[state], after, Fraction(1, len(able) * len(each)))
    return found


def best(case: Case, actor: str, states: list[int]) -> list[int]:
    worth = {state: case.oracle.ranks[actor][case.spelt(state)] for state in states}
    return [state for state in states if worth[state] == max(worth.values())]


def add(row: dict[int, Fraction], state: int, chance: Fraction) -> None:
    row[state] = row.get(state, Fraction(0)) + chance


def reached(chain: Chain, start: int) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        new = {q for q, chance in chain[waiting.pop()].items() if chance} - found
        found |= new
        waiting.extend(new)
    return found


def closed(chain: Chain) -> set[frozenset[int]]:
    """The sets of states that lead to each other and to nothing else."""
    leads = {state: reached(chain, state) for state in chain}
    return {
        frozenset(found)
        for found in leads.values()
        if all(leads[other] == found for other in found)
    }


def solve(rows: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """Gauss, in fractions."""
    rows = [[*row, value] for row, value in zip(rows, right, strict=True)]
    for k in range(len(rows)):
        pivot = next(n for n in range(k, len(rows)) if rows[n][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for n in range(len(rows)):
            if n != k and rows[n][k]:
                factor = rows[n][k]
                rows[n] = [a - factor * b for a, b in zip(rows[n], rows[k], strict=True)]
    return [row[-1] for row in rows]


def ends(chain: Chain, start: int) -> tuple[dict[frozenset[int], Fraction], Fraction]:
    """Closed class -> its probability; and the moves expected until one is entered."""
    known = {state: chain[state] for state in reached(chain, start)}
    classes = closed(known)
    inside = set().union(*classes)
    passing = [state for state in known if state not in inside]
    if start in inside:
        return {each: Fraction(1) for each in classes if start in each}, Fraction(0)
    rows = [[Fraction(s == q) - known[s].get(q, Fraction(0)) for q in passing] for s in passing]
    place = passing.index(start)

    def expected(value: list[Fraction]) -> Fraction:
        return solve(rows, value)[place]

    chances = {
        each: expected(
            [sum((known[s].get(q, Fraction(0)) for q in each), Fraction(0)) for s in passing]
        )
        for each in classes
    }
    return chances, expected([Fraction(1)] * len(passing))


@pytest.mark.parametrize("choice", ["any", "best"])
@pytest.mark.parametrize("solved", [0, chain_room.SOLVED])
def test_random_play_ends_where_fractions_say(
    choice: Choice, solved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain_room, "SOLVED", solved)
    for case in drawn(5, 60):
        found = exact_play(case.conflict, case.start, case.mask, choice)
        assert found is not None
        chances, moves = ends(literal_play(case, choice), case.start)
        told = {frozenset(end.states): end.probability for end in found.ends}
        assert told == pytest.approx({s: float(p) for s, p in chances.items() if p}, abs=1e-9)
        assert sum(told.values()) == pytest.approx(1)
        assert found.moves == pytest.approx(float(moves))


def test_random_play_by_improvements_ends_in_the_attainable_equilibria_or_cycles() -> None:
    for case in drawn(6, 100):
        if case.conflict.space.transitive:  # elsewhere a legal sequence remembers who moved last
            found = exact_play(case.conflict, case.start, case.mask)
            assert found is not None
            single = sorted(end.states[0] for end in found.ends if len(end.states) == 1)
            assert single == attainable(case.conflict, [case.start], case.mask).tolist()


@pytest.mark.parametrize("choice", ["any", "best"])
def test_simulation_agrees_within_its_error(choice: Choice) -> None:
    for seed, case in enumerate(drawn(7, 12)):
        exact = exact_play(case.conflict, case.start, case.mask, choice)
        assert exact is not None
        found = simulated_play(case.conflict, case.start, case.mask, choice, plays=200, seed=seed)
        told = {end.states: end for end in found.ends}
        for end in exact.ends:
            if len(end.states) == 1:
                seen = told.pop(end.states, None)
                error = (end.probability * (1 - end.probability) / 200) ** 0.5
                assert abs((seen.probability if seen else 0) - end.probability) <= 5 * error + 1e-9
        assert told == {}
        circling = sum(end.probability for end in exact.ends if len(end.states) > 1)
        assert abs(found.rest - circling) <= 5 * (circling * (1 - circling) / 200) ** 0.5 + 1e-9
        if circling == 0:
            assert abs(found.moves - exact.moves) <= 5 * found.moves_error + 1e-9


def test_simulation_is_the_same_for_the_same_seed() -> None:
    case = next(drawn(8, 1))
    one, same, other = (
        simulated_play(case.conflict, case.start, case.mask, plays=150, seed=seed)
        for seed in (0, 0, 1)
    )
    assert one == same
    assert (one.seed, other.seed) == (0, 1)


def test_too_many_moves_are_left_to_simulation(monkeypatch: pytest.MonkeyPatch) -> None:
    case = next(each for each in drawn(9, 9) if each.start not in each.stops)
    monkeypatch.setattr(chain_room, "MOST_MOVES", 0)
    assert exact_play(case.conflict, case.start, case.mask) is None


def test_absorbing_chain_as_published() -> None:
    """The drunkard's walk of [KemenySnell1960]: five corners, the outer two home and bar."""
    half = 0.5
    # From the corner next to home: itself, the middle, the corner next to the bar, home, bar.
    rows = [[0, half, 0, half, 0], [half, 0, half, 0, 0], [0, half, 0, 0, half]]
    found = landing(csr_array(np.array([*rows, [0] * 5, [0] * 5], dtype=np.float64)))
    assert found is not None
    assert [each.tolist() for each in found.classes] == [[3], [4]]
    assert found.shares == pytest.approx([0.75, 0.25])
    assert found.visits[:3] == pytest.approx([1.5, 1, 0.5])


# -------------------------------------------------------------------------------------- mistakes


def literal_mistakes(case: Case, rate: Fraction) -> Chain:
    """One actor in each round: at the rate any of its moves, else an improvement, or staying."""
    found: Chain = {}
    for state in map(case.flat, case.oracle.feasible):
        found[state] = {}
        for actor in case.oracle.actors:
            each = Fraction(1, len(case.oracle.actors))
            better = [] if state in case.stops else case.improvements(actor, state)
            anything = case.moves(actor, state)
            for after in better or [state]:
                add(found[state], after, each * (1 - rate) / (len(better) or 1))
            for after in anything or [state]:
                add(found[state], after, each * rate / (len(anything) or 1))
    return found


def literal_logit(case: Case, rationality: float) -> dict[int, dict[int, float]]:
    """One actor in each round: odds exponential in the classes climbed, of all there are."""
    found: dict[int, dict[int, float]] = {}
    for state in map(case.flat, case.oracle.feasible):
        found[state] = dict.fromkeys(map(case.flat, case.oracle.feasible), 0.0)
        for actor in case.oracle.actors:
            ranks = case.oracle.ranks[actor]
            classes = sorted(set(ranks.values()))
            odds = {
                after: np.exp(
                    rationality * classes.index(ranks[case.spelt(after)]) / max(len(classes) - 1, 1)
                )
                for after in [state, *case.moves(actor, state)]
            }
            for after, each in odds.items():
                found[state][after] += each / sum(odds.values()) / len(case.oracle.actors)
    return found


def test_the_long_run_with_mistakes_is_what_fractions_say() -> None:
    for case in drawn(10, 40):
        literal = literal_mistakes(case, Fraction(1, 10))
        found = long_run(case.conflict, case.start, case.mask, Noise("mistakes", 0.1))
        assert found is not None
        chances, _ = ends(literal, case.start)
        told = found.probabilities
        assert sum(told.values()) == pytest.approx(1)
        for states, chance in chances.items():
            assert sum(told.get(s, 0.0) for s in states) == pytest.approx(float(chance), abs=1e-9)
        for state, share in told.items():
            inflow = sum(told[s] * float(literal[s].get(state, 0)) for s in told)
            assert inflow == pytest.approx(share, abs=1e-12)


def test_the_long_run_by_logit_repeats_itself_round_by_round() -> None:
    for case in drawn(11, 40):
        literal = literal_logit(case, 3.0)
        found = long_run(case.conflict, case.start, case.mask, Noise("logit", 3.0))
        assert found is not None
        told = found.probabilities
        assert sum(told.values()) == pytest.approx(1)
        for state, share in told.items():
            inflow = sum(told[s] * literal[s][state] for s in told)
            assert inflow == pytest.approx(share, abs=1e-10)


def test_rare_mistakes_leave_only_where_random_play_ends() -> None:
    for case in drawn(12, 60):
        found = long_run(case.conflict, case.start, case.mask, Noise("mistakes", 1e-7))
        assert found is not None
        stay = set().union(*closed(literal_play(case, "any")))
        outside = [share for state, share in found.probabilities.items() if state not in stay]
        assert sum(outside) < 1e-4


def test_great_rationality_leaves_only_what_best_replies_never_leave() -> None:
    for case in drawn(13, 60):
        found = long_run(case.conflict, case.start, case.mask, Noise("logit", 200))
        assert found is not None
        replies: Chain = {}
        for state in map(case.flat, case.oracle.feasible):
            replies[state] = {}
            for actor in case.oracle.actors:
                for after in best(case, actor, [state, *case.moves(actor, state)]):
                    add(replies[state], after, Fraction(1))
        stay = set().union(*closed(replies))
        outside = [share for state, share in found.probabilities.items() if state not in stay]
        assert sum(outside) < 1e-3


@pytest.mark.parametrize("noise", [Noise("mistakes", 0.5), Noise("logit", 1.0)])
def test_simulated_rounds_come_to_the_long_run(
    noise: Noise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noise_room, "ROUNDS", 150)
    for seed, case in enumerate(drawn(14, 4)):
        exact = long_run(case.conflict, case.start, case.mask, noise)
        assert exact is not None
        found = simulated_run(case.conflict, case.start, case.mask, noise, plays=200, seed=seed)
        assert set(found.probabilities) <= set(exact.probabilities)
        for state, share in exact.probabilities.items():
            error = (share * (1 - share) / 200) ** 0.5
            assert abs(found.probabilities.get(state, 0.0) - share) <= 5 * error + 1e-3


def test_stationary_distribution_as_published() -> None:
    """The weather of the land of Oz [KemenySnell1960]: rain, nice, snow."""
    oz = np.array([[0.5, 0.25, 0.25], [0.5, 0, 0.5], [0.25, 0.25, 0.5]])
    assert stationary(oz) == pytest.approx([0.4, 0.2, 0.4])


def test_very_unlikely_states_keep_their_digits() -> None:
    tiny = 1e-200
    chain = np.array([[1 - tiny, tiny], [1.0, 0.0]])
    assert stationary(chain)[1] == pytest.approx(tiny)


def test_many_states_are_left_to_simulation(monkeypatch: pytest.MonkeyPatch) -> None:
    case = next(drawn(15, 1))
    monkeypatch.setattr(noise_room, "MOST_STATES", 0)
    assert long_run(case.conflict, case.start, case.mask, Noise("mistakes", 0.1)) is None


@pytest.mark.parametrize(("rule", "level"), [("mistakes", 0.0), ("mistakes", 1.5), ("logit", -1)])
def test_noise_beyond_its_bounds_is_refused(rule: str, level: float) -> None:
    with pytest.raises(InputError, match="is no "):
        Noise(rule, level)  # type: ignore[arg-type]
