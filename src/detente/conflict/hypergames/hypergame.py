"""Hypergames: each actor judged in the game as it sees it.

A first-level hypergame holds one game for every actor q, G_q: with the preferences that q takes
the others to have, and without the options that it does not know of. A state is a *perceived
equilibrium* of q if it is stable for everybody in G_q, and a *hypergame equilibrium* if it is
stable for every q in its own G_q [Bennett1977]; [WangHipelFraser1988]. At the second level G_q is
itself a hypergame, of the games that q thinks the others see.

A state that q does not perceive is no state of G_q, and is not called stable for q.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.metadata import version
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.case.concepts import CORE
from detente.case.future import nominal
from detente.case.perceived import Seen, perceived
from detente.conflict.ground import nearest
from detente.conflict.hypergames.perceived import Game, game
from detente.conflict.model import Conflict
from detente.conflict.reach import Step, attainable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from detente.case.future import Future
    from detente.case.situation import Levels, Situation
    from detente.conflict.space import Space

__all__ = ["Hypergame", "hypergame", "own_game"]

Mask = NDArray[np.bool_]
States = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Hypergame:
    """What every actor sees, and where that leaves them all."""

    known: Seen
    """What the analyst wrote, in one future."""
    real: Game
    """The game as it is."""
    games: Mapping[str, Game]
    """Actor -> the game as it sees it; the real one for those without a perception."""
    starts: States
    """The feasible states nearest to the status quo."""
    concepts: tuple[str, ...]
    method: str = "hypergame, each actor judged in its own game"
    version: str = field(default_factory=lambda: version("detente"))

    @property
    def actors(self) -> tuple[str, ...]:
        """The decision makers, in order."""
        return tuple(self.games)

    @property
    def space(self) -> Space:
        """All states, whoever perceives them."""
        return self.real.space

    @cached_property
    def perceived(self) -> Mask:
        """`(actors, states)`: which states each actor perceives."""
        return np.array([game.perceived for game in self.games.values()])

    def own(self, concept: str) -> Mask:
        """`(actors, states)`: where each actor is stable in its own game."""
        games = self.games.items()
        return np.array([seen.stable_for(actor, concept) for actor, seen in games])

    def settled(self, concept: str) -> Mask:
        """`(states,)`: the hypergame equilibria, stable for every actor in its own game."""
        return np.asarray(self.own(concept).all(axis=0))

    def equilibria(self, concept: str) -> list[str]:
        """The codes of the hypergame equilibria, sorted."""
        return self.space.codes(np.flatnonzero(self.settled(concept)))

    def unseen(self, concept: str) -> Mask:
        """`(states,)`: stable for all who perceive the state, which not everybody does."""
        stays = (self.own(concept) | ~self.perceived).all(axis=0)
        return np.asarray(stays & self.perceived.any(axis=0) & ~self.perceived.all(axis=0))

    def in_vain(self, actor: str, concept: str) -> Mask:
        """`(states,)`: what an actor expects that is no hypergame equilibrium."""
        return np.asarray(self.games[actor].expected(concept) & ~self.settled(concept))

    def unexpected(self, actor: str, concept: str) -> Mask:
        """`(states,)`: the hypergame equilibria that an actor does not expect."""
        return np.asarray(self.settled(concept) & ~self.games[actor].expected(concept))

    def attained(self, concept: str) -> States:
        """The hypergame equilibria that play leads to from the status quo, ascending.

        Everybody moves by the improvements of its own game, until a hypergame equilibrium is met.
        """
        if concept not in self._attained:
            ends = attainable(self._played, self.starts, self.settled(concept))
            self._attained[concept] = ends
        return self._attained[concept]

    @cached_property
    def _attained(self) -> dict[str, States]:
        """By concept, what has been asked for."""
        return {}

    def to_frame(self) -> pd.DataFrame:
        """One row for each concept and feasible state: whose equilibrium it is."""
        import pandas as pd

        states = np.flatnonzero(self.space.mask)
        codes = pd.Index(self.space.codes(states), name="state")
        frames = {
            concept: pd.DataFrame(
                {
                    "as_it_is": self.real.expected(concept)[states],
                    "hypergame": self.settled(concept)[states],
                    "attained": np.isin(states, self.attained(concept)),
                    **{
                        f"{actor}_expects": seen.expected(concept)[states]
                        for actor, seen in self.games.items()
                    },
                },
                index=codes,
            )
            for concept in self.concepts
        }
        return pd.concat(frames, names=["concept"])

    @cached_property
    def _played(self) -> Conflict:
        """The conflict in which everybody ranks the states as in its own game."""
        played = self.real.whole
        for actor, seen in self.games.items():
            played = played.with_ranks(actor, seen.ranks_of(actor))
            if played.space.graph is not None:  # its arcs may lead back from what it does not see
                played = played.moving_from(actor, seen.perceived)
        return played

    def unforeseen(self, actor: str, state: int) -> tuple[Step, ...]:
        """The improvements of others from a state that an actor does not see to be any."""
        seen = dict.fromkeys(self.games, self.games[actor])
        return self._beyond(self.games, seen, state)

    def imagined(self, actor: str, state: int) -> tuple[Step, ...]:
        """What an actor takes for improvements of others from a state, that are none to them."""
        seen = dict.fromkeys(self.games, self.games[actor])
        return self._beyond(seen, self.games, state)

    def _beyond(
        self, one: Mapping[str, Game], other: Mapping[str, Game], state: int
    ) -> tuple[Step, ...]:
        """The improvements, each in its mover's first game, that are none in its second."""
        return tuple(
            Step(mover, int(end))
            for mover in self.actors
            for end in np.setdiff1d(
                one[mover].improvements(mover, state), other[mover].improvements(mover, state)
            )
        )


def hypergame(
    situation: Situation,
    concepts: Sequence[str] = CORE,
    *,
    future: Future | None = None,
    levels: Levels = MappingProxyType({}),
) -> Hypergame:
    """The game as every actor sees it, and where that leaves them all.

    Parameters
    ----------
    situation
        What the analyst wrote, `perceptions` among it.
    concepts
        Any of `detente.case.concepts.NAMES`.
    future
        The draw of everything unknown; the nominal one if left out.
    levels
        Options that nobody can move, and all know it.

    Raises
    ------
    InputError
        Where an actor perceives no feasible state, or a game is none that can be taken.

    References
    ----------
    [Bennett1977]; [WangHipelFraser1988]
    """
    known = Seen(situation, nominal(situation) if future is None else future, levels)
    real = game(replace(known, situation=replace(situation, perceptions={})), concepts)
    games = {actor: own_game(known, actor, real, concepts) for actor in real.conflict.actors}
    starts = nearest(real.space, situation.status_quo, levels)
    return Hypergame(known, real, games, starts, tuple(concepts))


def own_game(known: Seen, actor: str, real: Game, concepts: Sequence[str]) -> Game:
    """The game as an actor sees it: the real one, where it has no perception."""
    if actor not in known.situation.perceptions:
        return real
    return game(perceived(known, actor), concepts)
