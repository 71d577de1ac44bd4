"""How play gets from one state to others, and what stands in the way: status quo analysis.

A sequence of moves is *free* while each move improves on the state where it is made for whoever
makes it, and no equilibrium is left. Each other move is *costly*: its mover does not gain by it,
or it leaves an equilibrium, where every improvement there may be is deterred. So an equilibrium is
attained (`detente.conflict.reach.attainable`) iff some sequence without a costly move leads there;
of the others, the sequences with fewest costly moves show whose restraint is in the way, and where.

[LiKilgourHipel2005]; [XuKilgourHipelKemkes2010]. Nobody moves twice in a row; in graph form that
rules out sequences, so there a state is told apart by who moved last. The count of costly moves is
ours.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.kernels import njit
from detente.conflict.legal import Game, game
from detente.conflict.links import ends, most_moves
from detente.conflict.reach import Step
from detente.conflict.search import UNSEEN
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.conflict.model import Conflict

__all__ = ["Costly", "Evolution", "Way", "evolution"]


class Costly(NamedTuple):
    """A move that costs."""

    place: int
    """Among the steps."""
    gains: bool
    """Whether its mover gains by the step itself; then it costs by leaving an equilibrium."""


@dataclass(frozen=True)
class Way:
    """A sequence of moves that leads to a state."""

    target: int
    steps: tuple[Step, ...]
    """None where play starts in the target."""
    costly: tuple[Costly, ...]


@dataclass(frozen=True)
class Evolution:
    """How play gets from a start to some states."""

    start: int
    by_moves: bool
    """Whether any moves count; else improvements."""
    ways: tuple[Way, ...]
    """To the targets that any moves lead to, those of fewest costly moves first, then the shortest,
    then in the order of states. Where any moves count: the shortest first."""
    out_of_reach: tuple[int, ...]
    """The targets that no moves lead to."""
    spread: tuple[int, ...]
    """How many states play can first come to at each step, the start alone at step 0: by
    improvements that leave no equilibrium, or by any moves."""

    def reached(self, steps: int | None = None) -> tuple[Way, ...]:
        """The ways that lead to their target in so many steps, without a costly move if asked."""
        return tuple(
            way
            for way in self.ways
            if (self.by_moves or not way.costly) and (steps is None or len(way.steps) <= steps)
        )


class Tracks(NamedTuple):
    """What a search has visited, in order; a node is a state and, in graph form, who led there."""

    states: NDArray[np.int64]
    """(nodes,)"""
    movers: NDArray[np.int64]
    """(nodes,), who led there; none at the start."""
    before: NDArray[np.int64]
    """(nodes,), the node it was met from; the first is met from itself."""
    depths: NDArray[np.int64]
    """(nodes,), how many moves lead there."""
    seen: NDArray[np.bool_]
    """(last movers, states), one row where it does not matter who moved last."""


def evolution(
    conflict: Conflict,
    start: int,
    targets: Iterable[int],
    stops: NDArray[np.bool_],
    *,
    by_moves: bool = False,
) -> Evolution:
    """How play gets from a start to each of some states.

    By improvements the ways without costly moves are shortest, and the others have as few costly
    moves as can be; by any moves they are shortest.

    Parameters
    ----------
    conflict
        Whose moves.
    start
        A feasible state.
    targets
        Feasible states.
    stops
        `(states,) bool`, the equilibria, which no free move leaves.
    by_moves
        Whether any moves count, from wherever.

    Raises
    ------
    InputError
        If the start is infeasible.

    References
    ----------
    [LiKilgourHipel2005]; [XuKilgourHipelKemkes2010]

    Examples
    --------
    At Elmira all parties ended in `111`. Once the towns' insistence had led to `001`, the ministry
    would have had to give way first, against its own interest.

    >>> from detente.case import load
    >>> from detente.conflict.model import conflict
    >>> from detente.conflict.stability import equilibria
    >>> elmira = conflict(load("hipel/elmira"))
    >>> index, code = elmira.space.index, elmira.space.code
    >>> found = evolution(elmira, index("000"), [index("111")], equilibria(elmira, "nash"))
    >>> (way,) = found.ways
    >>> [(step.actor, code(step.state)) for step in way.steps], way.costly
    ([('towns', '001'), ('ministry', '101'), ('uniroyal', '111')], (Costly(place=1, gains=False),))
    """
    if not conflict.space.mask[start]:
        raise InputError(f"`{conflict.space.code(start)}` is infeasible, so nothing starts there")
    wanted = np.zeros(conflict.space.size, dtype=np.bool_)
    wanted[list(targets)] = True
    tracks, free = search(game(conflict), start, wanted, stops, by_moves)
    met, first = np.unique(tracks.states, return_index=True)
    ways = [way(conflict, tracks, int(node), stops) for node in first[wanted[met]]]
    ways.sort(key=lambda each: (len(each.costly) * (not by_moves), len(each.steps), each.target))
    wanted[met] = False
    spread = np.bincount(tracks.depths[first[first < free]])
    return Evolution(
        start, by_moves, tuple(ways), tuple(np.flatnonzero(wanted).tolist()), tuple(spread.tolist())
    )


def way(conflict: Conflict, tracks: Tracks, node: int, stops: NDArray[np.bool_]) -> Way:
    """The moves that led to a node, and which of them are costly."""
    nodes = [node]
    while tracks.before[nodes[-1]] != nodes[-1]:
        nodes.append(int(tracks.before[nodes[-1]]))
    states, movers = (array[nodes[::-1]].tolist() for array in (tracks.states, tracks.movers))
    costly = []
    for place, (before, after) in enumerate(itertools.pairwise(states)):
        row = conflict.rows[movers[place + 1]]
        gains = bool(row[after] > row[before])
        if stops[before] or not gains:
            costly.append(Costly(place, gains))
    steps = zip((conflict.actors[mover] for mover in movers[1:]), states[1:], strict=True)
    return Way(states[-1], tuple(itertools.starmap(Step, steps)), tuple(costly))


@njit
def search(
    played: Game,
    start: int,
    wanted: NDArray[np.bool_],
    stops: NDArray[np.bool_],
    by_moves: bool,
) -> tuple[Tracks, int]:
    """Visit by free moves, breadth first; then, round by round, after one more costly move.

    It goes on while there are targets that were not met. Also how many nodes no costly move leads
    to: the first ones.
    """
    tracks = begun(played, start)
    found = np.empty(most_moves(played), np.int64)
    first, head, tail, free = 0, 0, 1, 0
    while head < tail:
        while head < tail:
            if by_moves or not stops[tracks.states[head]]:
                tail = step(played, tracks, head, tail, not by_moves, found)
            head += 1
        if first == 0:
            free = tail
        if by_moves or all_met(tracks.states[:tail], wanted):
            break
        for node in range(first, head):
            tail = step(played, tracks, node, tail, False, found)
        first = head
    states, movers, before, depths, seen = tracks
    return Tracks(states[:tail], movers[:tail], before[:tail], depths[:tail], seen), free


@njit
def begun(played: Game, start: int) -> Tracks:
    """Room for a search, with its first node."""
    actors, states = played.ranks.shape
    listed = len(played.start) > 0
    lasts = actors if listed else 1
    nodes = lasts * states + 1
    movers, before = np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    reached, depths = np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    reached[0], movers[0], before[0], depths[0] = start, UNSEEN, 0, 0
    seen = np.zeros((lasts, states), np.bool_)
    if not listed:
        seen[0, start] = True
    return Tracks(reached, movers, before, depths, seen)


@njit
def step(
    played: Game, tracks: Tracks, node: int, tail: int, better: bool, found: NDArray[np.int64]
) -> int:
    """Visit where anybody but the last mover leads from a node; how many nodes there are."""
    states, movers, before, depths, seen = tracks
    listed = len(played.start) > 0
    for mover in range(len(played.ranks)):
        if listed and mover == movers[node]:
            continue
        row = mover if listed else 0
        for after in found[: ends(played, mover, states[node], better, found)]:
            if not seen[row, after]:
                seen[row, after] = True
                states[tail], movers[tail] = after, mover
                before[tail], depths[tail] = node, depths[node] + 1
                tail += 1
    return tail


@njit
def all_met(states: NDArray[np.int64], wanted: NDArray[np.bool_]) -> bool:
    """Whether all targets are among some states, in which some may stand twice."""
    met = wanted.copy()
    for state in states:
        met[state] = False
    return not met.any()
