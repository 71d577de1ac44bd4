"""What unilateral improvements lead to, searched from single states.

Status quo analysis [LiKilgourHipel2005] asks which equilibria can be attained from where things
stand. The search touches only the states it visits: no concept is solved on the whole space.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detente.conflict.arcs import arcs
from detente.conflict.concepts import nash
from detente.conflict.paths import followed
from detente.conflict.search import own_strategy, search

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from detente.conflict.model import Conflict
    from detente.conflict.paths import Followed

__all__ = ["Step", "attainable", "improvement_paths", "moves", "reachable", "shortest_path"]


class Step(NamedTuple):
    """One move: who makes it, and the state it ends in."""

    actor: str
    state: int


def attainable(
    conflict: Conflict,
    starts: Sequence[int] | NDArray[np.integer],
    equilibria: NDArray[np.bool_] | None = None,
) -> NDArray[np.int64]:
    """The equilibria that unilateral improvements lead to from any of these states.

    A sequence of improvements, by any actors, ends at the first equilibrium it meets; one that
    starts in an equilibrium ends there.

    Parameters
    ----------
    conflict
        Whose improvements.
    starts
        Feasible states.
    equilibria
        `(states,) bool`; the Nash equilibria if left out, which are found on the way.

    Returns
    -------
    ndarray
        `(attained,) int64`, sorted.

    References
    ----------
    [LiKilgourHipel2005]

    Examples
    --------
    Of the six Nash equilibria at Elmira one is attained from where things stood.

    >>> from detente.case import load
    >>> from detente.conflict.model import conflict
    >>> elmira = conflict(load("hipel/elmira"))
    >>> elmira.space.codes(attainable(elmira, [elmira.space.index("000")]))
    ['001']
    """
    if not conflict.space.transitive:
        return _attained(conflict, starts, equilibria)
    return conflict.board.attainable({}, np.asarray(starts, dtype=np.int64), equilibria)


def improvement_paths(
    conflict: Conflict, start: int, targets: Iterable[int]
) -> dict[int, tuple[Step, ...]]:
    """A shortest sequence of unilateral improvements to each target that can be reached.

    No sequence passes through another target.

    Parameters
    ----------
    conflict
        Whose improvements.
    start
        A feasible state.
    targets
        Where sequences end, such as the attainable equilibria.

    Returns
    -------
    dict
        Target -> its steps, none where the start is a target itself; targets out of reach are
        left out.
    """
    stops = np.zeros(conflict.space.size, dtype=np.bool_)
    stops[list(targets)] = True
    if not conflict.space.transitive:
        return _first_ways(followed(conflict, [start], stops, conflict.actors, better=True), stops)
    ends, parents = _improvements(conflict, [start], stops)
    return {end: _steps(conflict, parents, end) for end in np.sort(ends).tolist()}


def reachable(conflict: Conflict, starts: Sequence[int] | NDArray[np.integer]) -> NDArray[np.int64]:
    """These states and all that any moves by anybody lead to from them, improvements or not."""
    if not conflict.space.transitive:
        found = followed(conflict, starts, _nowhere(conflict), conflict.actors, better=False)
        return np.unique(found.states)
    return conflict.board.reachable({}, np.asarray(starts, dtype=np.int64))


def moves(conflict: Conflict, actor: str, state: int) -> NDArray[np.int64]:
    """The feasible states the actor can move to from this one, in ascending order."""
    if not conflict.space.transitive:
        return arcs(conflict, actor).of(state).astype(np.int64)
    jumps, row = conflict.space.jumps, conflict.actors.index(actor)
    own, guard = own_strategy(jumps, row, state), jumps.guards[row]
    strategies = slice(jumps.start[row], jumps.start[row + 1])
    after = state - jumps.offsets[own] + jumps.offsets[strategies]
    allowed = ((jumps.heights[strategies] | guard) - jumps.heights[own]) & guard == guard
    return np.sort(after[allowed & conflict.space.mask[after] & (after != state)])


def shortest_path(
    conflict: Conflict,
    start: int,
    targets: NDArray[np.bool_],
    movers: Sequence[str],
    *,
    improving: bool,
) -> tuple[Step, ...] | None:
    """A shortest sequence of moves by these actors to any of the targets, or None.

    Nobody moves twice in a row in it: in option form one move would have done.
    """
    if not conflict.space.transitive:
        ways = _first_ways(followed(conflict, [start], targets, movers, better=improving), targets)
        return min(ways.values(), key=len, default=None)
    rows = np.array([conflict.actors.index(mover) for mover in movers], dtype=np.uint32)
    starts = np.array([start], dtype=np.uint32)
    jumps = conflict.space.jumps
    ends, parents = search(conflict.ranks, jumps, rows, improving, starts, targets, True)
    return _steps(conflict, parents, int(ends[0])) if ends.size else None


# ---------------------------------------------------------------------------------- in graph form


def _attained(
    conflict: Conflict,
    starts: Sequence[int] | NDArray[np.integer],
    equilibria: NDArray[np.bool_] | None,
) -> NDArray[np.int64]:
    if equilibria is None:
        stable = [nash.stable(conflict, actor) for actor in conflict.actors]
        equilibria = np.logical_and.reduce(stable) & conflict.space.mask
    found = np.unique(followed(conflict, starts, equilibria, conflict.actors, better=True).states)
    return found[equilibria[found]]


def _nowhere(conflict: Conflict) -> NDArray[np.bool_]:
    return np.zeros(conflict.space.size, dtype=np.bool_)


def _first_ways(found: Followed, ends: NDArray[np.bool_]) -> dict[int, tuple[Step, ...]]:
    """A shortest way to each of the ends that were met."""
    met, first = np.unique(found.states, return_index=True)
    return {
        int(state): tuple(Step(*step) for step in found.way(int(found.nodes[place])))
        for state, place in zip(met, first, strict=True)
        if ends[state]
    }


# --------------------------------------------------------------------------------- in option form


def _improvements(
    conflict: Conflict, starts: Sequence[int] | NDArray[np.integer], stops: NDArray[np.bool_]
) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    rows = np.arange(len(conflict.actors), dtype=np.uint32)
    from_here = np.unique(np.asarray(starts, dtype=np.uint32))
    return search(conflict.ranks, conflict.space.jumps, rows, True, from_here, stops, False)


def _steps(conflict: Conflict, parents: NDArray[np.int32], end: int) -> tuple[Step, ...]:
    """The steps of the search that led here."""
    states = [end]
    while parents[states[-1]] != states[-1]:
        states.append(int(parents[states[-1]]))
    states.reverse()
    return tuple(
        Step(_mover(conflict, before, after), after) for before, after in itertools.pairwise(states)
    )


def _mover(conflict: Conflict, before: int, after: int) -> str:
    """Whose options differ between two states one move apart."""
    shape = conflict.space.shape
    changed = np.not_equal(np.unravel_index(before, shape), np.unravel_index(after, shape))
    return conflict.space.options[int(np.argmax(changed))].actor
