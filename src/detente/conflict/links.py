"""What play can lead to from one state, move by move: only the states it visits are touched.

Where moves are lines (option form) they are worked out from the states visited; in graph form
they are written out already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.kernels import njit
from detente.conflict.legal import game
from detente.conflict.search import UNSEEN, allowed, own_strategy

if TYPE_CHECKING:
    from detente.conflict.legal import Game
    from detente.conflict.model import Conflict

__all__ = ["Links", "Visited", "ends", "most_moves", "visited"]

States = NDArray[np.int64]


class Links(NamedTuple):
    """Moves from some states, state by state and for each state actor by actor."""

    counts: NDArray[np.int64]
    """(states, actors), how many moves."""
    to: States
    """(moves,), where they lead."""


class Visited(NamedTuple):
    """The states that play visits, in the order in which it can first come to them."""

    states: States
    """(visited,); the start first."""
    links: Links
    """Their moves; `to` counts places among the visited states."""


def visited(
    conflict: Conflict,
    start: int,
    stops: NDArray[np.bool_] | None = None,
    *,
    better: bool,
    most: int,
) -> Visited | None:
    """Every state that moves lead to from a start, with the moves; None if these are too many.

    Who moved last does not matter here: the same actor may move on.

    Parameters
    ----------
    conflict
        Whose moves.
    start
        A feasible state.
    stops
        `(states,) bool`, where nobody moves on.
    better
        Whether only improvements count.
    most
        How many moves are written down at most.
    """
    played = game(conflict)
    place = np.full(conflict.space.size, UNSEEN, dtype=np.int64)
    frontier, seen, room = np.array([start], dtype=np.int64), 0, most
    states: list[States] = []
    found: list[Links] = []
    while frontier.size:
        place[frontier] = np.arange(seen, seen + frontier.size)
        seen += frontier.size
        moving = np.ones(frontier.size, np.bool_) if stops is None else ~stops[frontier]
        onwards = written(played, better, frontier, moving, room)
        if onwards is None:
            return None
        room -= onwards.to.size
        states.append(frontier)
        found.append(onwards)
        frontier = np.unique(onwards.to[place[onwards.to] == UNSEEN])
    counts, to = (np.concatenate(each) for each in zip(*found, strict=True))
    links = Links(counts, place[to])
    return Visited(np.concatenate(states), links)


def written(
    played: Game, better: bool, states: States, moving: NDArray[np.bool_], room: int
) -> Links | None:
    """The moves from some states, of which some are left; None if there is no room for them."""
    counts = np.zeros((len(states), len(played.ranks)), dtype=np.int64)
    total = write(played, better, states, moving, counts, np.empty(0, dtype=np.int64))
    if total > room:
        return None
    to = np.empty(total, dtype=np.int64)
    write(played, better, states, moving, counts, to)
    return Links(counts, to)


@njit
def write(
    played: Game,
    better: bool,
    states: States,
    moving: NDArray[np.bool_],
    counts: NDArray[np.int64],
    to: States,
) -> int:
    """Count the moves from some states and, where there is room, write them down; how many."""
    found = np.empty(most_moves(played), np.int64)
    spot = 0
    for place in range(len(states)):
        state = states[place]
        for actor in range(len(played.ranks) if moving[place] else 0):
            count = ends(played, actor, state, better, found)
            if spot + count <= len(to):
                to[spot : spot + count] = found[:count]
            counts[place, actor] = count
            spot += count
    return spot


@njit
def most_moves(played: Game) -> int:
    """How many moves a state can have at most."""
    return len(played.mask) if len(played.start) else len(played.jumps.offsets)


@njit
def ends(played: Game, mover: int, state: int, better: bool, found: States) -> int:
    """Write down where an actor can move, or if asked improve, from a state; how many."""
    ranks, jumps, count = played.ranks[mover], played.jumps, 0
    floor = ranks[state] if better else UNSEEN
    if len(played.start):
        for spot in range(played.start[mover, state], played.start[mover, state + 1]):
            found[count] = played.to[spot]
            count += ranks[played.to[spot]] > floor
        return count
    own = own_strategy(jumps, mover, state)
    base = np.int64(state) - np.int64(jumps.offsets[own])
    for strategy in range(jumps.start[mover], jumps.start[mover + 1]):
        after = base + np.int64(jumps.offsets[strategy])
        if ranks[after] > floor and strategy != own and allowed(jumps, mover, own, strategy):
            found[count] = after
            count += 1
    return count
