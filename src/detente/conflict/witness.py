"""Why a state is stable for an actor, or is not: the improvements and what answers them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from detente.case.concepts import split
from detente.conflict.concepts import gmr, seq, smr, sseq
from detente.conflict.concepts.at_once import struck_out, witness_at_once
from detente.conflict.concepts.by_kind import witness_of_kind
from detente.conflict.concepts.foresight import witness_ahead, witness_non_myopic
from detente.conflict.concepts.kinds import is_plain
from detente.conflict.concepts.registry import FRASER_HIPEL, refuse_unknown
from detente.conflict.model import Conflict
from detente.conflict.reach import Step, moves, shortest_path
from detente.conflict.relaxation import best_reply
from detente.conflict.verdict import Response, Witness
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
    "sseq": sseq.worst,
}
CREDIBLE = frozenset({"seq", "sseq"})  # sanctions serve those who make them
FINAL = frozenset({"smr", "sseq"})  # the actor must not escape from them
FORESIGHT = {f"l{moves}": moves for moves in range(1, 10)}


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
    CannotAnswer
        For simultaneous sanctions in graph form, or preferences beyond the concept's kind.

    References
    ----------
    [FangHipelKilgour1993], ch. 3; those of the concept.

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
    base, kind = split(concept)
    if kind and not is_plain(conflict, kind):
        return witness_of_kind(conflict, actor, state, base, kind, most)
    if base in WORST:
        return replace(_sequential(conflict, actor, state, base, most), concept=concept)
    if concept in FRASER_HIPEL:
        return struck_out(
            conflict, actor, state, concept, most,
            lambda base: _sequential(conflict, actor, state, base, most),
        )  # fmt: skip
    if concept == "sim":
        everybody = np.ones_like(conflict.ranks, dtype=np.bool_)
        return witness_at_once(conflict, actor, state, everybody, most)
    if concept == "nm":
        return witness_non_myopic(conflict, actor, state, most)
    return witness_ahead(conflict, actor, state, FORESIGHT[concept], most)


def _sequential(conflict: Conflict, actor: str, state: int, concept: str, most: int) -> Witness:
    """What others can do about each improvement, one after another."""
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
    if concept in FINAL:
        targets = no_better & (best_reply(conflict, actor) <= ranks[state])
    improving = concept in CREDIBLE
    sanction = shortest_path(conflict, improvement, targets, others, improving=improving)
    if concept not in FINAL or sanction is not None:
        return Response(improvement, sanction)
    answer = shortest_path(conflict, improvement, no_better, others, improving=improving)
    return Response(improvement, None, answer and (*answer, _best_move(conflict, actor, answer)))


def _best_move(conflict: Conflict, actor: str, answer: tuple[Step, ...]) -> Step:
    """The best the actor can do once it has been answered."""
    choices = moves(conflict, actor, answer[-1].state)
    return Step(actor, int(choices[np.argmax(conflict.ranks_of(actor)[choices])]))


def _refuse(conflict: Conflict, actor: str, state: int, concept: str) -> None:
    if actor not in conflict.actors:
        raise InputError(f"no decision maker `{actor}`: one of {', '.join(conflict.actors)}")
    refuse_unknown([concept])
    if not conflict.space.mask[state]:
        raise InputError(f"`{conflict.space.code(state)}` is not feasible")
