"""Stability where some preferences are much stronger than others [HamoudaKilgourHipel2004].

An actor may prefer one state to another mildly, greatly, and so on to any degree
[XuHipelKilgour2009]. All of these make an improvement. A state is *strongly* stable if every
improvement meets an answer that is worse than the state left by a degree of at least d (2, greatly,
unless another is named), and under SMR nothing the actor can then do brings it within that degree;
*weakly* stable if it is stable, but not strongly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.case.situation import Ranking
from detente.conflict.concepts import gmr, seq, smr
from detente.conflict.kernels import NOTHING
from detente.conflict.preferences import truths
from detente.conflict.relation import Steps
from detente.conflict.relaxation import (
    all_deterred,
    best_reply,
    worst_of_improvements,
    worst_of_moves,
)
from detente.conflict.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from detente.case.future import Future
    from detente.case.situation import Preference, Statement
    from detente.conflict.model import Conflict
    from detente.conflict.space import Space

__all__ = ["GREATLY", "degree_of", "deterred", "rows", "steps", "strongly", "worst"]

PLAIN = {"gmr": gmr.stable, "smr": smr.stable, "seq": seq.stable}
GREATLY = 2


def rows(conflict: Conflict, base: str, kind: str) -> NDArray[np.bool_]:
    """The states strongly or weakly stable for every actor.

    Parameters
    ----------
    conflict
        The graph model.
    base
        `gmr`, `smr` or `seq`.
    kind
        `strong` or `weak`; a degree of three or more after it.

    Returns
    -------
    ndarray
        `(actors, states) bool`; false where infeasible.

    References
    ----------
    [HamoudaKilgourHipel2004], [HamoudaKilgourHipel2006]; [XuHipelKilgour2009]
    """
    degree = degree_of(kind)

    def row(actor: str) -> NDArray[np.bool_]:
        strong = strongly(conflict, actor, base, degree)
        return strong if kind.startswith("strong") else PLAIN[base](conflict, actor) & ~strong

    found = side_by_side(row, conflict.actors, conflict.space.size)
    return np.array(found, dtype=np.bool_).reshape(len(conflict.actors), conflict.space.size)


def strongly(conflict: Conflict, actor: str, base: str, degree: int = GREATLY) -> NDArray[np.bool_]:
    """`(states,) bool`: the states strongly stable for the actor, to this degree.

    Parameters
    ----------
    conflict
        The graph model.
    actor
        Whose preferences differ in strength.
    base
        `gmr`, `smr` or `seq`.
    degree
        How much worse an answer has to be.

    References
    ----------
    [HamoudaKilgourHipel2004], [HamoudaKilgourHipel2006]; [XuHipelKilgour2009]
    """
    return all_deterred(conflict, actor, worst(conflict, actor, base, degree))


def worst(conflict: Conflict, actor: str, base: str, degree: int) -> NDArray[np.int32]:
    """`(states,) int32`: from each state, the lowest rank the others leave the actor far below."""
    feared = best_reply(conflict, actor) if base == "smr" else conflict.ranks_of(actor)
    answer = worst_of_improvements if base == "seq" else worst_of_moves
    return answer(conflict, actor, deterred(conflict, actor, feared, degree))


def degree_of(kind: str) -> int:
    """The degree that a kind is named for: `strong` is 2, `weak3` is 3."""
    return int(kind.removeprefix("strong").removeprefix("weak") or GREATLY)


def deterred(
    conflict: Conflict, actor: str, feared: NDArray[np.int32], degree: int
) -> NDArray[np.int32]:
    """`(states,) int32`: the lowest rank that is better than a feared one by a degree.

    The largest number where none is: it deters from no state.
    """
    steps = conflict.beyond.steps.get(actor)
    far = np.zeros(0, dtype=np.int32) if steps is None else steps.ranks[steps.degrees >= degree]
    return np.append(far, NOTHING)[np.searchsorted(far, feared, side="right")]


def steps(space: Space, preference: Preference, future: Future, actor: str) -> Steps | None:
    """The ranks that are much better than the next lower one; None where all preference is mild.

    Parameters
    ----------
    space
        The states.
    preference, future, actor
        The actor's statements, of which the future holds some, or its ranking.
    """
    if isinstance(preference, Ranking):
        degrees = np.array(preference.degrees[::-1], dtype=np.int8)
        great = np.flatnonzero(degrees > 1)
        return Steps((great + 1).astype(np.int32), degrees[great]) if great.size else None
    held = future.statements.get(actor, ())
    if all(statement.degree == 1 for statement in held):
        return None
    return _between(space, held, future)


def _between(space: Space, held: Sequence[Statement], future: Future) -> Steps:
    """Where, from one rank to the next, a statement of more than the first degree decides."""
    states = np.flatnonzero(space.mask)
    ranks, firsts = np.unique(truths(space, held, future.values).ranks()[states], return_index=True)
    degrees = np.ones(len(ranks), dtype=np.int8)
    for degree in sorted({statement.degree for statement in held}):
        great = [statement for statement in held if statement.degree >= degree]
        coarse = truths(space, great, future.values).ranks()[states[firsts]]
        degrees[1:][np.diff(coarse) > 0] = degree
    return Steps(ranks[degrees > 1], degrees[degrees > 1])
