"""The compiled search through legal sequences: moves by several actors, nobody twice in a row.

Searches start from single states, breadth first, and touch what they visit and nothing else. Where
moves are not transitive, a state reached by one actor is told apart from the same state reached by
another: the last mover decides who may go on. Where they are transitive it changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.arcs import arcs
from detente.conflict.kernels import njit
from detente.conflict.moves import Jumps
from detente.conflict.search import allowed, own_strategy

if TYPE_CHECKING:
    from detente.conflict.model import Conflict

__all__ = [
    "NOBODY",
    "NOT_FOUND",
    "TOO_LONG",
    "Game",
    "Trail",
    "begin",
    "game",
    "is_over",
    "lead",
    "places_to",
    "reach",
    "step",
    "trail",
    "visit",
]

NOBODY = -1
NOT_FOUND, TOO_LONG = -1, -2


class Game(NamedTuple):
    """Who can move where, and who prefers what; compiled code takes it as it is."""

    jumps: Jumps
    """The moves of option form."""
    mask: NDArray[np.bool_]
    """(states,), the feasible ones."""
    start: NDArray[np.int64]
    """(actors, states + 1): actor j's moves lead to `to[start[j, s]:start[j, s + 1]]`; no rows in
    option form."""
    to: NDArray[np.uint32]
    """(arcs,)"""
    ranks: NDArray[np.int32]
    """(actors, states)"""


class Trail(NamedTuple):
    """What a search has visited, in order; kept from one search to the next."""

    seen: NDArray[np.uint32]
    """(last movers, states), the mark of the last search that met a state so; one row where it
    does not matter who moved last."""
    states: NDArray[np.int64]
    """(nodes,)"""
    movers: NDArray[np.int64]
    """(nodes,), the actor, or the group, that led there; `NOBODY` at the start."""
    before: NDArray[np.int64]
    """(nodes,), the place from which it did."""
    targets: NDArray[np.int64]
    """Room for the moves of one actor."""
    mark: NDArray[np.int64]
    """(1,), that of the present search."""
    work: NDArray[np.int64]
    """(2,), the moves looked at by all that share it, and how many may be."""


def game(conflict: Conflict) -> Game:
    """The moves and preferences of a conflict."""
    space = conflict.space
    start, to = np.zeros((0, 0), dtype=np.int64), np.zeros(0, dtype=np.uint32)
    if not space.transitive:
        every = [arcs(conflict, actor) for actor in conflict.actors]
        ends = np.cumsum([0, *(len(each.to) for each in every)])
        start = np.array([each.start + end for each, end in zip(every, ends, strict=False)])
        to = np.concatenate([each.to for each in every])
    return Game(space.jumps, space.mask, start, to, conflict.ranks)


def trail(played: Game, lasts: int, work: NDArray[np.int64]) -> Trail:
    """Room for searches in which this many, if any, can have moved last."""
    states, is_listed = len(played.mask), len(played.start) > 0
    rows = lasts + 1 if is_listed else 1
    return Trail(
        np.zeros((rows, states), dtype=np.uint32),
        np.empty(rows * states, dtype=np.int64),
        np.empty(rows * states, dtype=np.int64),
        np.empty(rows * states, dtype=np.int64),
        np.empty(states if is_listed else len(played.jumps.offsets) + 1, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
        work,
    )


# --------------------------------------------------------------------------------------- one step


@njit
def targets(played: Game, mover: int, state: int, trail: Trail) -> int:
    """Write down where an actor can move; how many states."""
    found, count = trail.targets, 0
    if len(played.start):
        for spot in range(played.start[mover, state], played.start[mover, state + 1]):
            found[count] = played.to[spot]
            count += 1
        trail.work[0] += count
        return count
    jumps = played.jumps
    own = own_strategy(jumps, mover, state)
    base = np.uint32(state) - jumps.offsets[own]
    for strategy in range(jumps.start[mover], jumps.start[mover + 1]):
        after = base + jumps.offsets[strategy]
        found[count] = after
        count += played.mask[after] & (strategy != own) & allowed(jumps, mover, own, strategy)
    trail.work[0] += jumps.start[mover + 1] - jumps.start[mover]
    return count


@njit
def visit(trail: Trail, tail: int, state: int, mover: int, before: int) -> int:
    """Note that a mover leads to a state, unless that is known; how many are visited."""
    row = mover + 1 if len(trail.seen) > 1 else 0
    if trail.seen[row, state] == trail.mark[0]:
        return tail
    trail.seen[row, state] = trail.mark[0]
    trail.states[tail], trail.movers[tail], trail.before[tail] = state, mover, before
    return tail + 1


@njit
def begin(trail: Trail, state: int) -> int:
    """Start a search from a state; how many are visited."""
    trail.mark[0] += 1
    trail.seen[0, state] = trail.mark[0]
    trail.states[0], trail.movers[0], trail.before[0] = state, NOBODY, 0
    return int(trail.before[0]) + 1  # for a plain 1 all that takes it is compiled once more


@njit
def step(
    played: Game, movers: NDArray[np.int64], improving: bool, trail: Trail, place: int, tail: int
) -> int:
    """Visit where any of the movers but the last leads from a place; how many are visited."""
    state, last = trail.states[place], trail.movers[place]
    for mover in movers:
        if mover == last:
            continue
        count = targets(played, mover, state, trail)
        for spot in range(count):
            after = trail.targets[spot]
            if not improving or played.ranks[mover, after] > played.ranks[mover, state]:
                tail = visit(trail, tail, after, mover, place)
    return tail


@njit
def is_over(trail: Trail) -> bool:
    """Whether more has been looked at than may be."""
    return bool(trail.work[0] > trail.work[1])


# --------------------------------------------------------------------------------------- searches


@njit
def reach(played: Game, movers: NDArray[np.int64], trail: Trail, state: int) -> int:
    """Visit all that legal sequences lead to from a state; how many places, or `TOO_LONG`."""
    tail = begin(trail, state)
    head = tail - 1
    while head < tail:
        tail = step(played, movers, False, trail, head, tail)
        head += 1
        if is_over(trail):
            return TOO_LONG
    return tail


@njit
def lead(played: Game, movers: NDArray[np.int64], trail: Trail, state: int, wanted: int) -> int:
    """The place where legal sequences first meet another state; `NOT_FOUND`, or `TOO_LONG`."""
    tail = begin(trail, state)
    head = tail - 1
    while head < tail:
        first, tail = tail, step(played, movers, False, trail, head, tail)
        head += 1
        for place in range(first, tail):
            if trail.states[place] == wanted:
                return place
        if is_over(trail):
            return TOO_LONG
    return NOT_FOUND


def places_to(found: Trail, place: int) -> list[int]:
    """The places that a search passed on its way to one, itself last, the start left out."""
    passed = []
    while place:
        passed.append(place)
        place = int(found.before[place])
    return passed[::-1]
