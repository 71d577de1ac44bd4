"""Coalitions by their definitions, literally; see `tests.oracle`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations

from tests.oracle import Oracle, State


@dataclass(frozen=True)
class Party:
    """A coalition in a conflict, and what it fears."""

    oracle: Oracle
    members: Sequence[str]
    concept: str
    credible: str = "individual"
    frozen: Collection[str] = ()

    def gains(self, s: State, t: State) -> bool:
        """t ≻ᵢ s for all i ∈ H."""
        return gain(self.oracle, self.members, s, t)

    def improvements(self, s: State) -> set[State]:
        """CI_H(s)."""
        return improvements(self.oracle, self.members, s)

    def answers(self, s1: State) -> set[State]:
        """Where the others' answers lead."""
        oracle = self.oracle
        rest = [i for i in oracle.actors if i not in (*self.members, *self.frozen)]
        if self.concept == "nash":
            return set()
        if self.concept != "seq":
            return oracle.reached(rest, s1, oracle.moves)
        if self.credible == "individual":
            return oracle.reached(rest, s1, oracle.improvements)
        return together(oracle, rest, s1)

    def sanctions(self, s: State, s1: State) -> Iterator[State]:
        """The states that deter H from going from s to s₁."""
        for s2 in self.answers(s1):
            after = {s2}
            if self.concept == "smr":
                after |= self.oracle.reached(self.members, s2, self.oracle.moves)
            if not any(self.gains(s, s3) for s3 in after):
                yield s2

    def leaves(self, s: State) -> bool:
        return any(not any(True for _ in self.sanctions(s, s1)) for s1 in self.improvements(s))


def gain(oracle: Oracle, members: Sequence[str], s: State, t: State) -> bool:
    return all(oracle.ranks[i][t] > oracle.ranks[i][s] for i in members)


def improvements(oracle: Oracle, members: Sequence[str], s: State) -> set[State]:
    return {t for t in oracle.reached(members, s, oracle.moves) if gain(oracle, members, s, t)}


def groups(actors: Sequence[str]) -> list[tuple[str, ...]]:
    sizes = range(1, len(actors) + 1)
    return list(chain.from_iterable(combinations(actors, size) for size in sizes))


def together(oracle: Oracle, rest: Sequence[str], s: State) -> set[State]:
    """Where coalition improvements by groups of the others lead, no group twice in a row."""
    better = cache(lambda group, state: improvements(oracle, group, state))
    seen: set[tuple[State, tuple[str, ...]]] = set()
    frontier = [(t, group) for group in groups(rest) for t in better(group, s)]
    while frontier:
        state, last = frontier.pop()
        if (state, last) not in seen:
            seen.add((state, last))
            others = [group for group in groups(rest) if group != last]
            frontier += [(t, each) for each in others for t in better(each, state)]
    return {state for state, _ in seen}
