"""The definitions, literally: explicit lists of moves and explicit legal sequences.

Slow and plain on purpose. States are tuples of levels; nothing here shares code with the room it
judges. A legal sequence lets nobody move twice in a row, so a search carries the last mover.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

State = tuple[int, ...]
Moves = Callable[[str, State], list[State]]


@dataclass(frozen=True)
class Axis:
    """One option: whose it is, how many levels it has, where it may move."""

    actor: str
    levels: int
    moves: str = "both"

    def choices(self, i: str, level: int) -> list[int]:
        """The levels that actor i can have here after one move."""
        if self.actor != i:
            return [level]
        from_level = level if self.moves == "up" else 0
        to_level = level if self.moves == "down" else self.levels - 1
        return list(range(from_level, to_level + 1))


@dataclass(frozen=True)
class Oracle:
    """A conflict spelt out."""

    axes: tuple[Axis, ...]
    feasible: frozenset[State]
    ranks: dict[str, dict[State, int]]

    @cached_property
    def actors(self) -> list[str]:
        return list(dict.fromkeys(axis.actor for axis in self.axes))

    @cached_property
    def reachable(self) -> dict[tuple[str, State], list[State]]:
        return {(i, s): self._moves(i, s) for i in self.actors for s in self.feasible}

    def _moves(self, i: str, s: State) -> list[State]:
        choices = [axis.choices(i, level) for axis, level in zip(self.axes, s, strict=True)]
        return [q for q in product(*choices) if q != s and q in self.feasible]

    def moves(self, i: str, s: State) -> list[State]:
        """Rᵢ(s)."""
        return self.reachable[i, s]

    def improvements(self, i: str, s: State) -> list[State]:
        """Rᵢ⁺(s)."""
        return [q for q in self.moves(i, s) if self.ranks[i][q] > self.ranks[i][s]]

    def reached(self, movers: Sequence[str], s: State, moves: Moves) -> set[State]:
        """R_H(s) or R_H⁺(s): where legal sequences of at least one move end."""
        seen: set[tuple[State, str]] = set()
        frontier = [(q, j) for j in movers for q in moves(j, s)]
        while frontier:
            seen.update(frontier)
            frontier = [
                (after, j)
                for state, last in frontier
                for j in movers
                if j != last
                for after in moves(j, state)
                if (after, j) not in seen
            ]
            frontier = list(dict.fromkeys(frontier))
        return {state for state, _ in seen}

    def others(self, i: str) -> list[str]:
        return [j for j in self.actors if j != i]

    def stable(self, concept: str, i: str, s: State) -> bool:
        """Whether s is stable for i."""
        return all(self.deterred(concept, i, s, s1) for s1 in self.improvements(i, s))

    def deterred(self, concept: str, i: str, s: State, s1: State) -> bool:
        """Whether the others can answer this improvement."""
        return any(True for _ in self.sanctions(concept, i, s, s1))

    def sanctions(self, concept: str, i: str, s: State, s1: State) -> Iterator[State]:
        """The states that deter i from improving from s to s1."""
        if concept == "nash":
            return
        moves = self.improvements if concept in ("seq", "sseq") else self.moves
        worth = self.ranks[i]
        for s2 in self.reached(self.others(i), s1, moves):
            escapes = [s3 for s3 in self.moves(i, s2) if worth[s3] > worth[s]]
            if worth[s2] <= worth[s] and not (concept in ("smr", "sseq") and escapes):
                yield s2

    def stable_states(self, concept: str, i: str) -> set[State]:
        return {s for s in self.feasible if self.stable(concept, i, s)}

    def equilibria(self, concept: str) -> set[State]:
        return {s for s in self.feasible if all(self.stable(concept, i, s) for i in self.actors)}

    def attainable(self, starts: Sequence[State], equilibria: set[State]) -> set[State]:
        """The equilibria that improvements lead to, each sequence ending at the first it meets."""
        seen = set(starts)
        frontier = list(starts)
        while frontier:
            state = frontier.pop()
            if state not in equilibria:
                steps = {q for i in self.actors for q in self.improvements(i, state)} - seen
                seen |= steps
                frontier.extend(steps)
        return seen & equilibria


@dataclass(frozen=True)
class GraphOracle(Oracle):
    """A conflict in graph form: its moves themselves are given, and need not be transitive."""

    arcs: dict[tuple[str, State], list[State]]

    @cached_property
    def actors(self) -> list[str]:
        return list(self.ranks)

    def _moves(self, i: str, s: State) -> list[State]:
        return self.arcs[i, s]

    @cached_property
    def _reached(self) -> dict[tuple[tuple[str, ...], State, str], set[State]]:
        return {}

    def reached(self, movers: Sequence[str], s: State, moves: Moves) -> set[State]:
        """The same, each once."""
        key = (tuple(movers), s, moves.__name__)
        if key not in self._reached:
            self._reached[key] = super().reached(movers, s, moves)
        return self._reached[key]

    def without(self, frozen: str) -> GraphOracle:
        """The same where one actor cannot move."""
        arcs = {(i, s): [] if i == frozen else ends for (i, s), ends in self.arcs.items()}
        return GraphOracle((), self.feasible, self.ranks, arcs)

    def attainable(self, starts: Sequence[State], equilibria: set[State]) -> set[State]:
        """The equilibria that legal sequences of improvements meet first."""
        frontier: list[tuple[State, str | None]] = [(s, None) for s in starts]
        seen = set(frontier)
        while frontier:
            state, last = frontier.pop()
            if state not in equilibria:
                steps = {
                    (q, i) for i in self.actors if i != last for q in self.improvements(i, state)
                }
                frontier.extend(steps - seen)
                seen |= steps
        return {state for state, _ in seen} & equilibria


def score(truths: Sequence[bool]) -> int:
    """The textbook score of option prioritisation, in Python's unbounded integers."""
    return sum(2 ** (len(truths) - j) for j, true in enumerate(truths, start=1) if true)
