"""Why a state is stable, or is not, where others may move at the same time."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from detente.conflict.concepts import sim
from detente.conflict.concepts.registry import FRASER_HIPEL, rows
from detente.conflict.reach import Step, moves
from detente.conflict.verdict import Response, Witness

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from detente.conflict.model import Conflict

__all__ = ["struck_out", "witness_at_once"]


def witness_at_once(
    conflict: Conflict, actor: str, state: int, moving: NDArray[np.bool_], most: int
) -> Witness:
    """What others who improve at the same time do to each improvement.

    Parameters
    ----------
    conflict
        In option form.
    actor, state
        The verdict in question.
    moving
        `(actors, states)`, whose improvements count.
    most
        How many improvements to answer in detail.

    Raises
    ------
    CannotAnswer
        In graph form, or where there are too many improvements.

    References
    ----------
    [FraserHipel1984]
    """
    found, own = sim.at_once(conflict, moving), conflict.actors.index(actor)
    ranks = conflict.rows[own]
    better = moves(conflict, actor, state)
    better = better[ranks[better] > ranks[state]]
    joint = [sim.combination(found, own, state, int(one)) for one in better]
    undeterred = np.array([each is None for each in joint], dtype=np.bool_)
    responses = []
    for place in np.lexsort((better, -ranks[better], ~undeterred))[:most].tolist():
        improvement, each = int(better[place]), joint[place]
        steps = None if each is None else one_by_one(conflict, state, improvement, each)
        responses.append(Response(improvement, steps))
    movers = zip(conflict.actors, moving[:, state], found.start[:, state + 1], strict=True)
    together = tuple(
        other
        for k, (other, counts, end) in enumerate(movers)
        if other != actor and counts and end > found.start[k, state]
    )
    return Witness(
        "sim", actor, state, better.size, int(undeterred.sum()), tuple(responses), "sim", together
    )


def one_by_one(
    conflict: Conflict, state: int, improvement: int, changes: list[tuple[int, int]]
) -> tuple[Step, ...]:
    """Changes made at the same time, written one after another."""
    ends = accumulate((after - state for _, after in changes), initial=improvement)
    next(ends)
    return tuple(
        Step(conflict.actors[other], end) for (other, _), end in zip(changes, ends, strict=True)
    )


def struck_out(
    conflict: Conflict,
    actor: str,
    state: int,
    concept: str,
    most: int,
    sequential: Callable[[str], Witness],
) -> Witness:
    """Why an actor is rational, sanctioned or struck out at a state, or none of these.

    Parameters
    ----------
    conflict
        In option form.
    actor, state, concept
        The verdict in question: `fh_seq` or `fh_smr`.
    most
        How many improvements to answer in detail.
    sequential
        The witness under a concept of the sequential step.

    References
    ----------
    [FraserHipel1984]
    """
    base = FRASER_HIPEL[concept]
    unstable = conflict.space.mask & ~rows(conflict, base)
    first = replace(sequential(base), concept=concept, by=base)
    if first.stable:
        return first
    then = witness_at_once(conflict, actor, state, unstable, most)
    if then.stable:
        return replace(then, concept=concept)
    return replace(first, together=then.together)
