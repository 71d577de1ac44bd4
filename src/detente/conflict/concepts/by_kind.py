"""Why a state is stable, or is not, where preferences say more than ranks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.conflict.arcs import arcs
from detente.conflict.concepts import kinds, strength
from detente.conflict.concepts.deterrence import Reading, credible, relations
from detente.conflict.concepts.unknown import TYPES
from detente.conflict.paths import first_way
from detente.conflict.reach import Step, moves, shortest_path
from detente.conflict.relaxation import best_reply
from detente.conflict.sequences import best_by_a_move
from detente.conflict.verdict import Response, Witness
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.conflict.model import Conflict

__all__ = ["witness_of_kind"]

Ranks = NDArray[np.int32]
States = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Outlook:
    """One actor, as it sees the others' answers from one state."""

    wanted: NDArray[np.int64]
    """`(improvements,)`, the states it would move to."""
    worth: Ranks
    """`(states,)`, how good each is to it."""
    no_better: States
    """`(states,)`, those that would deter it if it had no reply."""
    deterring: States
    """`(states,)`, those that deter it."""
    way: Callable[[int, States], tuple[Step, ...] | None]
    """From one state, a shortest legal sequence of the others to any of these."""


def witness_of_kind(
    conflict: Conflict, actor: str, state: int, base: str, kind: str, most: int
) -> Witness:
    """Why a state is stable under a concept whose preferences are read as a kind says, or is not.

    Parameters
    ----------
    conflict
        The graph model.
    actor, state
        The verdict in question.
    base, kind
        `seq` and `a` of `seq_a`.
    most
        How many improvements to answer in detail.

    Raises
    ------
    CannotAnswer
        Where preferences are beyond this kind.
    InputError
        For weak stability, which has no ground of its own.

    References
    ----------
    [LiHipelKilgourFang2004]; [HamoudaKilgourHipel2004]; [BasharKilgourHipel2012]
    """
    kinds.refuse_beyond(conflict, base, kind)
    if kind.startswith("weak"):
        strong = f"{base}_{kind.replace('weak', 'strong')}"
        raise InputError(
            f"`{base}_{kind}` has no ground of its own: it is `{base}` without `{strong}`, and "
            "these are explained"
        )
    seen = (_by_strength if kind.startswith("strong") else _by_relation)(
        conflict, actor, state, base, kind
    )
    ways = [seen.way(int(each), seen.deterring) for each in seen.wanted]
    undeterred = np.array([way is None for way in ways], dtype=np.bool_)
    order = np.lexsort((seen.wanted, -conflict.ranks_of(actor)[seen.wanted], ~undeterred))
    responses = tuple(
        _response(conflict, actor, seen, int(seen.wanted[place]), ways[place])
        for place in order[:most]
    )
    count = int(np.count_nonzero(undeterred))
    return Witness(f"{base}_{kind}", actor, state, len(ways), count, responses)


def _response(
    conflict: Conflict,
    actor: str,
    seen: Outlook,
    improvement: int,
    sanction: tuple[Step, ...] | None,
) -> Response:
    """The sanction, or one from which the actor escapes."""
    if sanction is not None:
        return Response(improvement, sanction)
    answer = seen.way(improvement, seen.no_better)
    if answer is None:
        return Response(improvement, None)
    choices = moves(conflict, actor, answer[-1].state)
    best = Step(actor, int(choices[np.argmax(seen.worth[choices])]))
    return Response(improvement, None, (*answer, best))


def _by_strength(conflict: Conflict, actor: str, state: int, base: str, kind: str) -> Outlook:
    """Deterred by what is worse by a degree."""
    ranks, degree = conflict.ranks_of(actor), strength.degree_of(kind)
    feared = best_reply(conflict, actor) if base == "smr" else ranks
    no_better, deterring = (
        conflict.space.mask & (strength.deterred(conflict, actor, worst, degree) <= ranks[state])
        for worst in (ranks, feared)
    )
    within = moves(conflict, actor, state)

    def way(start: int, targets: States) -> tuple[Step, ...] | None:
        others = conflict.others(actor)
        return shortest_path(conflict, start, targets, others, improving=base == "seq")

    return Outlook(within[ranks[within] > ranks[state]], ranks, no_better, deterring, way)


def _by_relation(conflict: Conflict, actor: str, state: int, base: str, kind: str) -> Outlook:
    """By what is unknown or fuzzy, in the view of the state."""
    told = conflict.beyond.fuzzy if kind == "fuzzy" else conflict.beyond.unknown
    related, reading = relations(conflict, told), TYPES.get(kind, Reading())
    view = related[actor].view_of(state)
    gain = related[actor].ranks(view, hopeful=reading.leaves)
    worth = related[actor].ranks(view, hopeful=reading.minds)
    feared = best_by_a_move(arcs(conflict, actor), worth, worth) if base == "smr" else worth
    others = {} if base == "nash" else {j: arcs(conflict, j) for j in conflict.others(actor)}
    legal = {j: credible(each, related[j]) if base == "seq" else each for j, each in others.items()}
    within, mask = moves(conflict, actor, state), conflict.space.mask

    def way(start: int, targets: States) -> tuple[Step, ...] | None:
        # Who comes back to where it answers from has answered nothing.
        found = first_way(legal, start, targets & (np.arange(len(targets)) != start))
        return None if found is None else tuple(Step(*step) for step in found)

    return Outlook(
        within[gain[within] > gain[state]],
        worth,
        mask & (worth <= worth[state]),
        mask & (feared <= worth[state]),
        way,
    )
