"""The compiled search for what a coalition would leave a state for, and what answers that.

See `detente.conflict.coalitions.coalition` for the definitions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.kernels import njit
from detente.conflict.legal import NOT_FOUND, TOO_LONG, begin, is_over, reach, step, visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.conflict.legal import Game, Trail

__all__ = ["Rule", "Side", "answer", "answer_each", "escape", "leave_each", "side"]


class Side(NamedTuple):
    """Actors who move together, and all groups of them: `of[start[g]:start[g + 1]]`."""

    movers: NDArray[np.int64]
    start: NDArray[np.int64]
    of: NDArray[np.int64]


def side(actors: Sequence[str], movers: Sequence[str], groups: Sequence[Sequence[str]]) -> Side:
    """Actors by their places among all, and groups of them."""
    place = {actor: spot for spot, actor in enumerate(actors)}
    return Side(
        np.array([place[actor] for actor in movers], dtype=np.int64),
        np.cumsum([0, *map(len, groups)]).astype(np.int64),
        np.array([place[actor] for group in groups for actor in group], dtype=np.int64),
    )


class Rule(NamedTuple):
    """Which answers a coalition fears."""

    any: bool
    """Whether it fears answers at all."""
    improving: bool
    """Whether every move of an answer improves on where it is made for its mover."""
    together: bool
    """Whether those who answer form groups, all of whose members gain by what the group does."""
    final: bool
    """Whether the coalition has the last move."""


@njit
def all_gain(ranks: NDArray[np.int32], members: NDArray[np.int64], before: int, after: int) -> bool:
    """Whether all of them prefer one state to another."""
    gain = True
    for member in members:
        gain &= ranks[member, after] > ranks[member, before]
    return gain


@njit
def step_together(
    played: Game, side: Side, trail: Trail, within: Trail, place: int, tail: int
) -> int:
    """Visit where any group but the last leads to the gain of all its members; `TOO_LONG`."""
    state, last = trail.states[place], trail.movers[place]
    for group in range(len(side.start) - 1):
        if group == last:
            continue
        members = side.of[side.start[group] : side.start[group + 1]]
        ended = reach(played, members, within, state)
        if ended == TOO_LONG:
            return TOO_LONG
        for spot in range(ended):
            after = within.states[spot]
            if all_gain(played.ranks, members, state, after):
                tail = visit(trail, tail, after, group, place)
    return tail


@njit
def escape(played: Game, coalition: Side, here: int, trail: Trail, state: int) -> int:
    """The place where a coalition gets to what all of it prefers to `here`, or why there is none.

    `NOT_FOUND`, or `TOO_LONG`.
    """
    tail = begin(trail, state)
    head = tail - 1
    while head < tail:
        first, tail = tail, step(played, coalition.movers, False, trail, head, tail)
        head += 1
        for place in range(first, tail):
            if all_gain(played.ranks, coalition.movers, here, trail.states[place]):
                return place
        if is_over(trail):
            return TOO_LONG
    return NOT_FOUND


@njit
def answer(  # noqa: PLR0913 - compiled code takes arrays
    played: Game,
    coalition: Side,
    rest: Side,
    rule: Rule,
    here: int,
    trails: tuple[Trail, Trail],
    state: int,
) -> int:
    """The place where the others' answer leaves not all of a coalition better off than `here`.

    `NOT_FOUND` where they have none, or `TOO_LONG`.
    """
    trail, within = trails
    tail = begin(trail, state)
    head = tail - 1
    while head < tail:
        first = tail
        if rule.together:
            tail = step_together(played, rest, trail, within, head, tail)
        else:
            tail = step(played, rest.movers, rule.improving, trail, head, tail)
        head += 1
        if tail == TOO_LONG or is_over(trail):
            return TOO_LONG
        for place in range(first, tail):
            found = deterring(played, coalition, rule, here, within, trail.states[place])
            if found != NOT_FOUND:
                return TOO_LONG if found == TOO_LONG else place
    return NOT_FOUND


@njit
def deterring(
    played: Game, coalition: Side, rule: Rule, here: int, trail: Trail, state: int
) -> int:
    """The state itself where an answer that ends in it deters, or `NOT_FOUND`, or `TOO_LONG`."""
    if all_gain(played.ranks, coalition.movers, here, state):
        return NOT_FOUND
    away = escape(played, coalition, here, trail, state) if rule.final else NOT_FOUND
    if away == NOT_FOUND:
        return state
    return TOO_LONG if away == TOO_LONG else NOT_FOUND


@njit
def answer_each(  # noqa: PLR0913 - compiled code takes arrays
    played: Game,
    coalition: Side,
    rest: Side,
    rule: Rule,
    here: int,
    trails: tuple[Trail, Trail],
    states: NDArray[np.int64],
) -> tuple[NDArray[np.bool_], bool]:
    """`(states,) bool`: which of these improvements is answered; and whether all were judged."""
    answered = np.zeros(len(states), np.bool_)
    for spot in range(len(states) if rule.any else 0):
        place = answer(played, coalition, rest, rule, here, trails, states[spot])
        if place == TOO_LONG:
            return answered, False
        answered[spot] = place != NOT_FOUND
    return answered, True


@njit
def leave(
    played: Game,
    coalition: Side,
    rest: Side,
    rule: Rule,
    trails: tuple[Trail, Trail, Trail],
    here: int,
) -> int:
    """The place of the first coalition improvement that nothing answers, or why there is none.

    `NOT_FOUND`, or `TOO_LONG`.
    """
    trail, answers = trails[0], (trails[1], trails[2])
    tail = begin(trail, here)
    head = tail - 1
    while head < tail:
        first, tail = tail, step(played, coalition.movers, False, trail, head, tail)
        head += 1
        for place in range(first, tail):
            after = trail.states[place]
            if not all_gain(played.ranks, coalition.movers, here, after):
                continue
            answered = NOT_FOUND
            if rule.any:
                answered = answer(played, coalition, rest, rule, here, answers, after)
            if answered == NOT_FOUND:
                return place
            if answered == TOO_LONG:
                return TOO_LONG
        if is_over(trail):
            return TOO_LONG
    return NOT_FOUND


@njit
def leave_each(
    played: Game,
    coalition: Side,
    rest: Side,
    rule: Rule,
    trails: tuple[Trail, Trail, Trail],
    states: NDArray[np.int64],
) -> tuple[NDArray[np.bool_], bool]:
    """`(states,) bool`: which of these states a coalition leaves; and whether all were judged."""
    leaves = np.zeros(len(states), np.bool_)
    for spot in range(len(states)):
        place = leave(played, coalition, rest, rule, trails, states[spot])
        if place == TOO_LONG:
            return leaves, False
        leaves[spot] = place != NOT_FOUND
    return leaves, True
