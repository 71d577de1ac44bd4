"""Which equilibria outlast coalitions, and to which others they would be left.

An *equilibrium jump* is a coalition's undeterred improvement from one equilibrium to another
[KilgourHipelFangPeng2001]; a *universal coalition equilibrium* is stable for every coalition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.conflict.coalitions.coalition import (
    MOST_LOOKS,
    Coalition,
    Credible,
    all_coalitions,
    coalition,
)
from detente.conflict.coalitions.witness import undeterred
from detente.conflict.reach import Step
from detente.conflict.space import Space
from detente.conflict.stability import equilibria
from detente.errors import CannotAnswer, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.conflict.model import Conflict

__all__ = ["Coalitions", "Jump", "Standing", "coalition_equilibria"]


@dataclass(frozen=True)
class Jump:
    """An equilibrium that a coalition leaves for another one."""

    coalition: tuple[str, ...]
    start: int
    end: int
    path: tuple[Step, ...]
    """A shortest legal sequence of its members that leads there."""


@dataclass(frozen=True, eq=False)
class Standing:
    """What becomes of some states under one concept."""

    states: NDArray[np.int64]
    """Those judged, sorted."""
    leaves: NDArray[np.bool_]
    """(coalitions, judged), which coalition would leave which."""
    jumps: tuple[Jump, ...]

    @property
    def kept(self) -> NDArray[np.int64]:
        """The states that no coalition leaves."""
        return self.states[~self.leaves.any(axis=0)]


@dataclass(frozen=True, eq=False)
class Coalitions:
    """Which states coalitions would leave, and how it was found."""

    situation: str
    """The situation's id."""
    space: Space
    coalitions: tuple[tuple[str, ...], ...]
    credible: Credible
    standings: Mapping[str, Standing]
    """By concept."""
    is_every: bool
    """Whether every coalition was asked: what is kept then is kept universally."""
    method: str = "coalition improvements by legal sequences"
    version: str = field(default_factory=lambda: version("detente"))

    def to_dict(self) -> dict[str, Any]:
        """What `detente coalitions --json` prints."""
        return {
            "format": "detente.coalitions/1",
            "situation": self.situation,
            "credible": self.credible,
            "coalitions": [list(each) for each in self.coalitions],
            "every": self.is_every,
            "concepts": {name: self._standing(each) for name, each in self.standings.items()},
        }

    def _standing(self, standing: Standing) -> dict[str, Any]:
        codes = self.space.codes(standing.states)
        return {
            "states": codes,
            "left": {
                code: [list(self.coalitions[row]) for row in np.flatnonzero(column)]
                for code, column in zip(codes, standing.leaves.T, strict=True)
                if column.any()
            },
            "jumps": [
                {
                    "from": self.space.code(jump.start),
                    "to": self.space.code(jump.end),
                    "coalition": list(jump.coalition),
                    "path": [
                        {"actor": step.actor, "state": self.space.code(step.state)}
                        for step in jump.path
                    ],
                }
                for jump in standing.jumps
            ],
            "kept": self.space.codes(standing.kept),
        }


def coalition_equilibria(
    conflict: Conflict,
    concepts: Sequence[str] = ("nash",),
    *,
    coalitions: Iterable[Sequence[str]] | None = None,
    credible: Credible = "individual",
    states: Sequence[int] | None = None,
    situation: str = "",
) -> Coalitions:
    """Which equilibria coalitions would leave, for which others, and which they keep.

    Parameters
    ----------
    conflict
        The graph model.
    concepts
        Of `nash`, `gmr`, `smr`, `seq`.
    coalitions
        Those asked; every non-empty one if left out.
    credible
        Which answers are credible under SEQ.
    states
        Feasible states to be judged; the equilibria of each concept if left out.
    situation
        Its id, for the record.

    Raises
    ------
    InputError
        For an unknown actor or concept, or an infeasible state.
    CannotAnswer
        Where there are too many coalitions, or they would have to look at too much.

    References
    ----------
    [KilgourHipelFangPeng2001]; [InoharaHipel2008].

    Examples
    --------
    At Elmira the Ministry and Uniroyal jump from one equilibrium to another.

    >>> from detente.case import load
    >>> from detente.conflict.model import conflict
    >>> found = coalition_equilibria(conflict(load("hipel/elmira")))
    >>> standing = found.standings["nash"]
    >>> [(jump.coalition, jump.start, jump.end) for jump in standing.jumps]
    [(('ministry', 'uniroyal'), 1, 9)]
    >>> found.space.codes(standing.kept)
    ['020', '021', '111', '120', '121']
    """
    is_every = coalitions is None
    asked = all_coalitions(conflict.actors) if coalitions is None else list(coalitions)
    for state in states or ():
        if not conflict.space.mask[state]:
            raise InputError(f"`{conflict.space.code(state)}` is not feasible")
    standings, named = {}, []
    for concept in dict.fromkeys(concepts):
        parties = [coalition(conflict, each, concept, credible) for each in asked]
        named = [party.members for party in parties]
        settled = equilibria(conflict, concept)
        judged = np.flatnonzero(settled) if states is None else np.unique(states)
        refuse_many(parties, judged)
        standings[concept] = standing(parties, judged.astype(np.int64), settled)
    return Coalitions(situation, conflict.space, tuple(named), credible, standings, is_every)


def standing(
    parties: Sequence[Coalition], judged: NDArray[np.int64], settled: NDArray[np.bool_]
) -> Standing:
    """What becomes of the states judged; `settled`, `(states,) bool`, are the equilibria."""
    leaves = np.array([party.leaves(judged) for party in parties], dtype=np.bool_)
    jumps = (
        Jump(party.members, int(start), found.improvement, found.path)
        for party, row in zip(parties, leaves, strict=True)
        for start in judged[row & settled[judged]]
        for found in undeterred(party, int(start), settled)
    )
    return Standing(judged, leaves, tuple(sorted(jumps, key=lambda jump: jump.start)))


def refuse_many(parties: Sequence[Coalition], judged: NDArray[np.integer]) -> None:
    """Refuse what would take too long, if no coalition left soon."""
    looks = sum(map(span, parties)) * judged.size
    if looks > MOST_LOOKS:
        raise CannotAnswer(
            f"{len(parties):,} coalitions at {judged.size:,} states would compare {looks:,} pairs "
            f"of states, more than {MOST_LOOKS:,}: ask about single states (--state) or single "
            "coalitions (--coalition), under Nash, or freeze options"
        )


def span(party: Coalition) -> int:
    """How many states the members' options span, once for each member."""
    space = party.conflict.space
    lengths = zip(space.options, space.shape, strict=True)
    own = prod(n for option, n in lengths if option.actor in party.members)
    return len(party.members) * (own if space.transitive else space.size)
