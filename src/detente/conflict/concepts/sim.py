"""Simultaneous stability (SIM).

A state s is SIM stable for actor i if every improvement s₁ ∈ Rᵢ⁺(s) is deterred by what others may
do at the same time: some of them, at least one, each change to an improvement of their own from s,
and with i's change that makes a feasible state q with s ≿ᵢ q [FraserHipel1984]. The others need
not be better off in q, where all have moved at once.

The improvements of all others count here. In the solution of Fraser and Hipel, of which this is one
step, only those do who would move in any case: see `detente.conflict.concepts.fraser_hipel`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detente.conflict.arcs import improving
from detente.conflict.kernels import njit
from detente.conflict.threads import side_by_side
from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.conflict.model import Conflict

__all__ = ["at_once", "combination", "deterred", "stable"]

MOST_COMBINATIONS = 1e11  # a few minutes at most


class AtOnce(NamedTuple):
    """What actors may do at the same time; a tuple of arrays, which compiled code takes as it is.

    From a state, actor k improves to `to[start[k, state]:start[k, state + 1]]`.
    """

    start: NDArray[np.int64]
    """(actors, states + 1)"""
    to: NDArray[np.uint32]
    """(improvements,)"""
    moving: NDArray[np.bool_]
    """(actors, states): whose improvements count as sanctions."""
    ranks: NDArray[np.int32]
    """(actors, states)"""
    mask: NDArray[np.bool_]
    """(states,)"""


def stable(conflict: Conflict) -> NDArray[np.bool_]:
    """`(actors, states) bool`: where others who improve at the same time deter each improvement.

    Raises
    ------
    CannotAnswer
        In graph form, where moves at the same time make no state, or where there are too many
        combinations.

    References
    ----------
    [FraserHipel1984], the unrestricted reading.
    """
    shape = (len(conflict.actors), conflict.space.size)
    everywhere = np.broadcast_to(conflict.space.mask, shape)
    return deterred(conflict, everywhere, np.ones(shape, dtype=np.bool_))


def deterred(
    conflict: Conflict, asked: NDArray[np.bool_], moving: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Where moves at the same time deter each of an actor's improvements.

    Parameters
    ----------
    conflict
        In option form.
    asked
        `(actors, states)`, the verdicts in question.
    moving
        `(actors, states)`, who would move where: only their improvements deter.

    Returns
    -------
    ndarray
        `(actors, states) bool`, false where it was not asked.

    Raises
    ------
    CannotAnswer
        As `stable`.
    """
    found = at_once(conflict, moving)
    many = combinations(found, asked)
    if many > MOST_COMBINATIONS:
        raise CannotAnswer(
            f"up to {many:.1e} combinations of improvements would have to be looked at, more than "
            f"{MOST_COMBINATIONS:.0e}: freeze options, or ask for seq"
        )
    actors = range(len(conflict.actors))
    rows = side_by_side(lambda actor: row(found, actor, asked[actor]), actors, len(found.mask))
    return np.array(rows, dtype=np.bool_).reshape(asked.shape)


def at_once(conflict: Conflict, moving: NDArray[np.bool_]) -> AtOnce:
    """Everybody's improvements, and whose count as sanctions.

    Raises
    ------
    CannotAnswer
        In graph form, or where there are too many.
    """
    space = conflict.space
    if not space.transitive:
        raise CannotAnswer(
            "simultaneous sanctions are not defined in graph form: arcs do not say which state "
            "several moves at the same time make; ask for seq, or write options in place of arcs"
        )
    each = side_by_side(lambda actor: improving(conflict, actor), conflict.actors, space.size)
    shifts = np.cumsum([0, *(len(one.to) for one in each[:-1])])
    start = np.array([one.start + shift for one, shift in zip(each, shifts, strict=True)])
    to = np.concatenate([one.to for one in each])
    return AtOnce(start, to, np.ascontiguousarray(moving), conflict.ranks, space.mask)


def combination(
    found: AtOnce, actor: int, state: int, improvement: int
) -> list[tuple[int, int]] | None:
    """Who moves where at the same time so that the improvement does not pay; None if nobody.

    Returns
    -------
    list
        The other actors, and the state each would be in had it moved alone.
    """
    chosen = np.zeros(len(found.start), dtype=np.int64)
    if not deters(found, actor, state, improvement, chosen):
        return None
    return [
        (other, int(found.to[found.start[other, state] + choice - 1]))
        for other, choice in enumerate(chosen.tolist())
        if choice
    ]


@njit
def combinations(found: AtOnce, asked: NDArray[np.bool_]) -> float:
    """How many combinations there are to look at, at most."""
    total = 0.0
    for actor in range(len(asked)):
        for state in range(asked.shape[1]):
            if asked[actor, state]:
                many = 1.0
                for other in range(len(asked)):
                    many *= 1 + sanctions(found, actor, other, state)
                own = found.start[actor, state + 1] - found.start[actor, state]
                total += own * (many - 1)
    return total


@njit
def sanctions(found: AtOnce, actor: int, other: int, state: int) -> int:
    """How many improvements of another the actor must fear."""
    if other == actor or not found.moving[other, state]:
        return 0
    return int(found.start[other, state + 1] - found.start[other, state])


@njit
def row(found: AtOnce, actor: int, asked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """`(states,) bool`: where it is asked and each of the actor's improvements is deterred."""
    holds = asked.copy()
    chosen = np.zeros(len(found.start), np.int64)
    for state in range(len(asked)):
        spot, last = found.start[actor, state], found.start[actor, state + 1]
        while holds[state] and spot < last:
            holds[state] = deters(found, actor, state, found.to[spot], chosen)
            spot += 1
    return holds


@njit
def deters(
    found: AtOnce, actor: int, state: int, improvement: int, chosen: NDArray[np.int64]
) -> bool:
    """Whether a combination of the others' improvements deters one of the actor's.

    Options are the axes of the states, so changes of several actors add up. `chosen` counts through
    the combinations: 0 where an actor stays, else which of its improvements it takes.
    """
    chosen[:] = 0
    end = np.int64(improvement)
    other = 0
    while other < len(chosen):
        before_first = found.start[other, state] - 1
        if chosen[other]:
            end -= np.int64(found.to[before_first + chosen[other]]) - state
        if chosen[other] == sanctions(found, actor, other, state):
            chosen[other] = 0  # all seen: this one stays again, and the next takes one step
            other += 1
            continue
        chosen[other] += 1
        end += np.int64(found.to[before_first + chosen[other]]) - state
        if found.mask[end] and found.ranks[actor, end] <= found.ranks[actor, state]:
            return True
        other = 0
    return False
