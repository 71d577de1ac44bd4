"""Why a state is stable for an actor, or is not: the improvements and what answers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.conflict import gmr, seq, smr
from detente.conflict.model import Conflict
from detente.conflict.reach import Step, moves, shortest_path
from detente.conflict.relaxation import best_reply
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

__all__ = ["Response", "Witness", "witness"]

WORST: Mapping[str, Callable[[Conflict, str], NDArray[np.int32]]] = {
    "nash": Conflict.ranks_of,  # nobody answers
    "gmr": gmr.worst,
    "smr": smr.worst,
    "seq": seq.worst,
}


@dataclass(frozen=True)
class Response:
    """What the others can do about one improvement."""

    improvement: int
    """The state the actor would move to."""
    sanction: tuple[Step, ...] | None
    """A shortest legal sequence of the others that deters; None if there is none."""
    escaped: tuple[Step, ...] | None = None
    """Under SMR, where nothing deters: a sequence that would, were it not for the actor's own
    move at its end."""


@dataclass(frozen=True)
class Witness:
    """The grounds of one verdict."""

    concept: str
    actor: str
    state: int
    improvements: int
    """How many there are; `responses` may stop short of them."""
    undeterred: int
    """How many of them nothing answers."""
    responses: tuple[Response, ...]
    """The undeterred first, then from the best improvement to the least."""

    @property
    def stable(self) -> bool:
        """Whether every improvement is deterred."""
        return self.undeterred == 0


def witness(conflict: Conflict, actor: str, state: int, concept: str, *, most: int = 5) -> Witness:
    """Why a state is stable for an actor under a concept, or is not.

    Parameters
    ----------
    conflict
        The graph model.
    actor, state, concept
        The verdict in question.
    most
        How many improvements to answer in detail.

    Raises
    ------
    InputError
        For an unknown actor or concept, or an infeasible state.

    References
    ----------
    [FangHipelKilgour1993], ch. 3.

    Examples
    --------
    Whoever defects in the prisoner's dilemma is answered in kind.

    >>> from detente.case import load
    >>> from detente.conflict.model import conflict
    >>> dilemma = conflict(load("fang/prisoners_dilemma"))
    >>> (response,) = witness(dilemma, "row", dilemma.space.index("00"), "seq").responses
    >>> dilemma.space.code(response.improvement)
    '10'
    >>> [(mover, dilemma.space.code(state)) for mover, state in response.sanction]
    [('column', '11')]
    """
    _refuse(conflict, actor, state, concept)
    ranks = conflict.ranks_of(actor)
    better = moves(conflict, actor, state)
    better = better[ranks[better] > ranks[state]]
    undeterred = WORST[concept](conflict, actor)[better] > ranks[state]
    order = np.lexsort((better, -ranks[better], ~undeterred))[:most]
    responses = tuple(
        _response(conflict, actor, state, concept, int(better[place])) for place in order
    )
    return Witness(concept, actor, state, better.size, int(np.count_nonzero(undeterred)), responses)


def _response(
    conflict: Conflict, actor: str, state: int, concept: str, improvement: int
) -> Response:
    if concept == "nash":
        return Response(improvement, None)
    others, ranks = conflict.others(actor), conflict.ranks_of(actor)
    no_better = conflict.space.mask & (ranks <= ranks[state])
    targets = no_better
    if concept == "smr":
        targets = no_better & (best_reply(conflict, actor) <= ranks[state])
    sanction = shortest_path(conflict, improvement, targets, others, improving=concept == "seq")
    if concept != "smr" or sanction is not None:
        return Response(improvement, sanction)
    answer = shortest_path(conflict, improvement, no_better, others, improving=False)
    return Response(improvement, None, answer and (*answer, _best_move(conflict, actor, answer)))


def _best_move(conflict: Conflict, actor: str, answer: tuple[Step, ...]) -> Step:
    """The best the actor can do once it has been answered."""
    choices = moves(conflict, actor, answer[-1].state)
    return Step(actor, int(choices[np.argmax(conflict.ranks_of(actor)[choices])]))


def _refuse(conflict: Conflict, actor: str, state: int, concept: str) -> None:
    if actor not in conflict.actors:
        raise InputError(f"no decision maker `{actor}`: one of {', '.join(conflict.actors)}")
    if concept not in WORST:
        raise InputError(f"no concept `{concept}`: one of {', '.join(WORST)}")
    if not conflict.space.mask[state]:
        raise InputError(f"`{conflict.space.code(state)}` is not feasible")
