"""Random hypergames, and the same spelt out: one literal game for every actor.

What an actor sees is spelt out as the oracle knows games: with the ranks that it takes the others
to have, and without the states that it does not perceive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from detente.case.situation import Actor, Infeasible, Option, Perception, Ranking, Situation
from tests.oracle import Axis, Oracle, State
from tests.strategies import option

Ranks = dict[State, int]
MOST_STATES = 16


@dataclass(frozen=True)
class Sees:
    """What an actor sees: others' ranks where they are not as they are, options it misses."""

    ranks: dict[str, Ranks] = field(default_factory=dict)
    missed: tuple[int, ...] = ()
    """The places of the axes."""
    ascribed: dict[str, Sees] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Spelt:
    """A hypergame spelt out."""

    real: Oracle
    """The game as it is."""
    status_quo: State
    sees: dict[str, Sees]

    @property
    def actors(self) -> list[str]:
        return self.real.actors

    @cached_property
    def games(self) -> dict[str, Oracle]:
        """Each actor's game."""
        return {q: seen(self.real, self.sees.get(q), self.status_quo) for q in self.actors}

    @cached_property
    def thought(self) -> dict[tuple[str, str], Oracle]:
        """(q, r) -> the game that q thinks r sees."""
        pairs = product(self.actors, repeat=2)
        return {(q, r): seen(self.games[q], self.ascribed(q, r), self.status_quo) for q, r in pairs}

    def ascribed(self, q: str, r: str) -> Sees | None:
        return self.sees.get(q, Sees()).ascribed.get(r)

    @cache  # noqa: B019 - it lives as long as a test
    def stable(self, concept: str, q: str) -> set[State]:
        """Where q is stable in its own game."""
        return self.games[q].stable_states(concept, q)

    @cache  # noqa: B019
    def expected(self, concept: str, q: str) -> set[State]:
        """What q takes to be stable for everybody, each in the game that q thinks it sees."""
        games = {r: self.thought[q, r] for r in self.actors}
        return set.intersection(*(game.stable_states(concept, r) for r, game in games.items()))

    def equilibria(self, concept: str) -> set[State]:
        return set.intersection(*(self.stable(concept, q) for q in self.actors))

    def unseen(self, concept: str) -> set[State]:
        found = set()
        for s in self.real.feasible:
            perceive = [q for q in self.actors if s in self.games[q].feasible]
            stay = all(s in self.stable(concept, q) for q in perceive)
            if stay and 0 < len(perceive) < len(self.actors):
                found.add(s)
        return found

    def improvements(self, seer: str, mover: str, s: State) -> set[State]:
        """Where a seer sees a mover improve to; nowhere from what it does not perceive."""
        game = self.games[seer]
        return set(game.improvements(mover, s)) if s in game.feasible else set()

    def attained(self, concept: str) -> set[State]:
        """Where play ends, everybody improving in its own game."""
        ends, everywhere = self.equilibria(concept), self.real.feasible
        off = {s: sum(x != y for x, y in zip(s, self.status_quo, strict=True)) for s in everywhere}
        frontier = [s for s in off if off[s] == min(off.values())]
        reached = set(frontier)
        while frontier:
            s = frontier.pop()
            if s not in ends:
                steps = {t for q in self.actors for t in self.improvements(q, q, s)}
                frontier += steps - reached
                reached |= steps
        return reached & ends


def seen(game: Oracle, sees: Sees | None, status_quo: State) -> Oracle:
    """A game with somebody's view in place of what is."""
    if sees is None:
        return game
    states = {s for s in game.feasible if all(s[axis] == status_quo[axis] for axis in sees.missed)}
    return Oracle(game.axes, frozenset(states), {**game.ranks, **sees.ranks})


class Drawn(NamedTuple):
    """A hypergame as a case says it, and the same spelt out."""

    situation: Situation
    spelt: Spelt

    def states(self, mask: np.ndarray[Any, Any]) -> set[State]:
        shape = [len(option.levels) for option in self.situation.options]
        return {tuple(map(int, at)) for at in np.argwhere(mask.reshape(shape))}


class Ruled(NamedTuple):
    """An expression of which only the truth in every state is known."""

    truth: np.ndarray[Any, Any]
    text: str = "ruled out"
    uncertainties: frozenset[str] = frozenset()

    def on(self, _values: object) -> np.ndarray[Any, Any]:
        return self.truth


def drawn(rng: np.random.Generator) -> Drawn:
    """Two to four actors; ties, infeasible states, one-way options, views at two levels."""
    options = drawn_options(rng)
    shape = [len(option.levels) for option in options]
    feasible = rng.random(shape) >= rng.choice([0.0, 0.0, 0.2])
    status_quo = tuple(int(rng.integers(length)) for length in shape)
    feasible[status_quo] |= rng.random() < 0.9
    feasible[tuple(length - 1 for length in shape)] = True
    states = [s for s in product(*map(range, shape)) if feasible[s]]
    actors = list(dict.fromkeys(option.actor for option in options))
    axes = tuple(Axis(each.actor, len(each.levels), each.moves) for each in options)
    ranks = {actor: drawn_ranks(rng, states) for actor in actors}
    sees = {
        actor: drawn_sight(rng, actor, ranks, status_quo) for actor in actors if rng.random() < 0.7
    }
    spelt = Spelt(Oracle(axes, frozenset(states), ranks), status_quo, sees)
    return Drawn(written(options, ~feasible, spelt), spelt)


def drawn_options(rng: np.random.Generator) -> tuple[Option, ...]:
    owners, number = int(rng.integers(2, 5)), int(rng.integers(2, 6))
    options: list[Option] = []
    states = 1
    for place in range(max(owners, number)):
        levels = int(rng.choice([2, 2, 2, 3]))
        if states * levels <= MOST_STATES:
            owner = place if place < owners else int(rng.integers(owners))
            moves = str(rng.choice(["both", "both", "both", "up", "down"]))
            options.append(option(f"actor{owner}", f"option{place}", levels, moves))
            states *= levels
    return tuple(options[place] for place in rng.permutation(len(options)))


def drawn_ranks(rng: np.random.Generator, states: list[State]) -> Ranks:
    classes = int(rng.choice([2, 4, 200]))
    return dict(zip(states, map(int, rng.integers(0, classes, len(states))), strict=True))


def drawn_sight(
    rng: np.random.Generator,
    actor: str,
    ranks: dict[str, Ranks],
    status_quo: State,
    ascriber: Sees | None = None,
) -> Sees:
    """What an actor sees, or is thought to see by an ascriber: who perceives no less."""
    states, others = list(ranks[actor]), [other for other in ranks if other != actor]
    missed = tuple(map(int, rng.permutation(len(status_quo))[: rng.choice([0, 0, 0, 1, 2])]))
    both = missed + (ascriber.missed if ascriber else ())
    if not any(all(s[axis] == status_quo[axis] for axis in both) for s in states):
        missed = ()
    views = {other: drawn_ranks(rng, states) for other in others if rng.random() < 0.5}
    sees = Sees(views, missed)
    if ascriber is None:
        thought = [other for other in others if rng.random() < 0.3]
        ascribed = {each: drawn_sight(rng, each, ranks, status_quo, sees) for each in thought}
        return Sees(views, missed, ascribed)
    return sees


def written(
    options: tuple[Option, ...], ruled_out: np.ndarray[Any, Any], spelt: Spelt
) -> Situation:
    """The hypergame as a case."""
    actors = spelt.real.actors
    rules = (Infeasible(Ruled(ruled_out), None),) if ruled_out.any() else ()  # type: ignore[arg-type]
    return Situation(
        id="drawn",
        title="drawn",
        actors={actor: Actor(actor, actor) for actor in actors},
        options=options,
        infeasible=rules,
        status_quo={each.id: level for each, level in zip(options, spelt.status_quo, strict=True)},
        preferences={actor: ranking(ranks) for actor, ranks in spelt.real.ranks.items()},
        perceptions={q: perception(sees, options) for q, sees in spelt.sees.items()},
    )


def perception(sees: Sees, options: tuple[Option, ...]) -> Perception:
    return Perception(
        {other: ranking(ranks) for other, ranks in sees.ranks.items()},
        tuple(options[axis].id for axis in sees.missed),
        {other: perception(inner, options) for other, inner in sees.ascribed.items()},
    )


def ranking(ranks: Ranks) -> Ranking:
    """Best class first."""
    worths = sorted(set(ranks.values()), reverse=True)
    return Ranking(
        tuple(
            tuple("".join(map(str, s)) for s in sorted(ranks) if ranks[s] == worth)
            for worth in worths
        )
    )
