"""Why a state is stable, or is not, where actors look several moves ahead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from detente.conflict.concepts.anticipation import answered, one_more, playing
from detente.conflict.concepts.limited_move import non_myopic
from detente.conflict.reach import Step, moves
from detente.conflict.verdict import Foresight, Response, Witness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.conflict.concepts.anticipation import Ends, Play
    from detente.conflict.model import Conflict

__all__ = ["witness_ahead", "witness_non_myopic"]


def witness_ahead(conflict: Conflict, actor: str, state: int, ahead: int, most: int) -> Witness:
    """Where each move of an actor leads, as it anticipates.

    Parameters
    ----------
    conflict
        Any conflict, also in graph form.
    actor, state
        The verdict in question.
    ahead
        How many moves the actor looks ahead, its own among them.
    most
        How many moves to follow in detail.

    Raises
    ------
    CannotAnswer
        Where there are too many states to hold what is anticipated at each move.

    References
    ----------
    [Kilgour1985]; see `detente.conflict.concepts.limited_move`.
    """
    play, own = playing(conflict, kept=ahead + 3), conflict.actors.index(actor)
    layers = [play.no_moves]
    while len(layers) < ahead:
        layers.append(one_more(play, layers[-1]))
    choices = moves(conflict, actor, state)
    sure = answered(layers[-1], play.free, own, play.staying)[choices, own]
    worth = conflict.rows[own][state]
    order = np.lexsort((choices, -sure))  # what pays comes first, being worth most
    responses = []
    for place in order[:most]:
        course = anticipated(conflict, play, layers, own, int(choices[place]))
        deters = sure[place] <= worth
        responses.append(Response(int(choices[place]), course if deters else None, foreseen=course))
    paying = int(np.count_nonzero(sure > worth))
    told = Foresight(ahead)
    return Witness(
        f"l{ahead}", actor, state, choices.size, paying, tuple(responses), foresight=told
    )


def anticipated(
    conflict: Conflict, play: Play, layers: Sequence[Ends], first: int, state: int
) -> tuple[Step, ...]:
    """What an actor anticipates once it has moved to a state.

    Of several courses that are as good for those who move, one that is worst for the actor.
    """
    steps: list[Step] = []
    last = first
    for layer in range(len(layers) - 1, 0, -1):
        others = [j for j in range(len(play.moves)) if j != last and play.free[j, state]]
        if not others:
            break
        ends = layers[layer]
        mover = min(others, key=lambda j: (ends[j, state, last], ends[j, state, first]))
        if ends[mover, state, -2] == state:
            break
        choices = moves(conflict, conflict.actors[mover], state)
        after = answered(layers[layer - 1], play.free, mover, play.staying)[choices]
        state = int(choices[np.lexsort((choices, after[:, first], -after[:, mover]))[0]])
        steps.append(Step(conflict.actors[mover], state))
        last = mover
    return tuple(steps)


def witness_non_myopic(conflict: Conflict, actor: str, state: int, most: int) -> Witness:
    """Where each move leads from some number of moves on.

    Told for the least such number at which the actor moves, if at any it does.

    References
    ----------
    [Kilgour1985]
    """
    found, own = non_myopic(conflict), conflict.actors.index(actor)
    alternates = bool(found.alternating[own, state])
    for ahead in range(found.since, found.since + found.period):
        told = witness_ahead(conflict, actor, state, ahead, most)
        if found.stable[own, state] or not told.stable:
            break
    foresight = Foresight(ahead, found.since, found.period, alternates)
    return replace(told, concept="nm", foresight=foresight)
