"""Definitions beyond the four of the core, literally, on conflicts spelt out.

They use the lists of moves and improvements of `tests.oracle` and nothing of the room they judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, product
from math import prod

import numpy as np

from detente.case.situation import Option
from detente.conflict.model import Conflict
from detente.conflict.space import Space
from tests.oracle import Oracle, State
from tests.strategies import Drawn, drawn, option

Ends = dict[tuple[str, State], frozenset[State]]


MOST_STATES = 18


def seeded(seed: int, many: int, *, actors: tuple[int, int] = (2, 5)) -> Iterator[Drawn]:
    """Tiny conflicts: ties or none, infeasible states or none, one-way options, many levels."""
    for each in range(many):
        rng = np.random.default_rng([seed, each])
        space = drawn_space(rng, int(rng.integers(actors[0], actors[1] + 1)))
        strict, classes = rng.random() < 0.4, int(rng.choice([2, 3, 6]))
        ranks = [
            rng.permutation(space.size) if strict else rng.integers(classes, size=space.size)
            for _ in space.actors
        ]
        rows = [np.where(space.mask, row, -1).astype(np.int32) for row in ranks]
        yield drawn(Conflict(space, tuple(rows)))


def drawn_space(rng: np.random.Generator, actors: int) -> Space:
    """Up to 18 states, or the 32 in which each of five actors has one option."""
    axes: list[Option] = []
    for owner in (*rng.permutation(actors).tolist(), *rng.integers(actors, size=3).tolist()):
        levels, moves = int(rng.choice([2, 2, 3])), str(rng.choice(["both", "both", "up", "down"]))
        one = option(f"a{owner}", f"o{len(axes)}", levels if actors < 4 else 2, moves)
        if len(axes) < actors or prod(len(axis.levels) for axis in (*axes, one)) <= MOST_STATES:
            axes.append(one)
    shape = tuple(len(axis.levels) for axis in axes)
    feasible = rng.random(shape) >= rng.choice([0.0, 0.0, 0.2, 0.5])
    feasible[tuple(rng.integers(shape))] = True
    return Space(tuple(axes), feasible, (0,) * len(shape))


# ------------------------------------------------------------------------- at the same time


def joint_states(oracle: Oracle, i: str, s: State, s1: State, movers: list[str]) -> Iterator[State]:
    """The feasible states that i's change makes with improvements of some of these from s."""
    choices = [[s, *oracle.improvements(j, s)] for j in movers]
    for chosen in product(*choices):
        if any(s_j != s for s_j in chosen):
            after = {i: s1, **dict(zip(movers, chosen, strict=True))}
            q = tuple(after.get(axis.actor, s)[place] for place, axis in enumerate(oracle.axes))
            if q in oracle.feasible:
                yield q


def at_once_deterred(oracle: Oracle, i: str, s: State, movers: list[str]) -> bool:
    worth = oracle.ranks[i]
    return all(
        any(worth[q] <= worth[s] for q in joint_states(oracle, i, s, s1, movers))
        for s1 in oracle.improvements(i, s)
    )


def sim(oracle: Oracle) -> set[tuple[str, State]]:
    return {
        (i, s)
        for i in oracle.actors
        for s in oracle.feasible
        if at_once_deterred(oracle, i, s, oracle.others(i))
    }


def fraser_hipel(oracle: Oracle, base: str) -> set[tuple[str, State]]:
    """Who is rational, sanctioned, or struck out where."""
    sanctioned = sequential(oracle, base)
    unstable = {(i, s) for i in oracle.actors for s in oracle.feasible} - sanctioned
    struck_out = set()
    for i, s in unstable:
        others = [j for j in oracle.others(i) if (j, s) in unstable]
        if others and at_once_deterred(oracle, i, s, others):
            struck_out.add((i, s))
    return sanctioned | struck_out


def sequential(oracle: Oracle, concept: str) -> set[tuple[str, State]]:
    """Who finds which state stable under SMR, SEQ or SSEQ; answers are walked once each."""
    moves = oracle.moves if concept == "smr" else oracle.improvements
    stable = set()
    for i in oracle.actors:
        worth, others = oracle.ranks[i], oracle.others(i)
        answers = {s1: oracle.reached(others, s1, moves) for s1 in oracle.feasible}
        best = {s2: max(worth[s3] for s3 in [s2, *oracle.moves(i, s2)]) for s2 in oracle.feasible}
        left_with = worth if concept == "seq" else best
        stable |= {
            (i, s)
            for s in oracle.feasible
            if all(
                any(left_with[s2] <= worth[s] for s2 in answers[s1])
                for s1 in oracle.improvements(i, s)
            )
        }
    return stable


# ---------------------------------------------------------------------------- moves ahead


def nobody_moves(oracle: Oracle) -> Ends:
    """G₀."""
    return {(i, s): frozenset([s]) for i in oracle.actors for s in oracle.feasible}


def one_more(oracle: Oracle, ends: Ends) -> Ends:
    """Gₕ from Gₕ₋₁: all states where play may end, the cautious version."""
    return {(i, s): best_end(oracle, ends, i, s) for i in oracle.actors for s in oracle.feasible}


def best_end(oracle: Oracle, ends: Ends, i: str, s: State) -> frozenset[State]:
    worth = oracle.ranks[i]
    after = {t: feared(oracle, ends, i, t) for t in oracle.moves(i, s)}
    sure = {t: min(worth[x] for x in possible) for t, possible in after.items()}
    if not sure or max(sure.values()) <= worth[s]:
        return frozenset([s])
    return frozenset().union(*(after[t] for t in sure if sure[t] == max(sure.values())))


def feared(oracle: Oracle, ends: Ends, i: str, t: State) -> frozenset[State]:
    """Where play may end once i has moved to t."""
    worth = oracle.ranks[i]
    each = [ends[j, t] for j in oracle.others(i) if oracle.moves(j, t)]
    worst = [min(worth[x] for x in possible) for possible in each]
    if not each:
        return frozenset([t])
    return frozenset().union(
        *(possible for possible, low in zip(each, worst, strict=True) if low == min(worst))
    )


def foreseen(oracle: Oracle, moves: int) -> Ends:
    ends = nobody_moves(oracle)
    for _ in range(moves):
        ends = one_more(oracle, ends)
    return ends


def cycle(oracle: Oracle) -> tuple[int, list[Ends]]:
    """From how many moves on Gₕ repeats itself, and once around."""
    seen: list[Ends] = [nobody_moves(oracle)]
    for _ in count():
        after = one_more(oracle, seen[-1])
        if after in seen:
            first = seen.index(after)
            return first, seen[first:]
        seen.append(after)
    raise AssertionError


def staying(ends: Ends) -> set[tuple[str, State]]:
    """Who stays where."""
    return {(i, s) for (i, s), possible in ends.items() if possible == {s}}
