"""What is deterred where preferences are relations and no ranks.

One view of one actor at a time (`detente.conflict.relation`): the states that the others could
answer with, from the worst for the actor to the best, are each traced back along the others' legal
sequences to where these begin. A state from which two of them can be reached needs no third: a
sequence that comes back to where it began is no answer, so the worst that is not the state itself
is among the two. Every move is looked at a few times only, however many states are bad enough.

Improvements of a relation are not transitive, so the sequences carry the last mover.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.arcs import Arcs, arcs, joined, transposed
from detente.conflict.kernels import njit
from detente.conflict.relation import Order
from detente.conflict.sequences import best_by_a_move
from detente.conflict.threads import side_by_side
from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.conflict.model import Conflict
    from detente.conflict.relation import Relation

__all__ = ["Reading", "credible", "relations", "rows"]

Ranks = NDArray[np.int32]

MOST_ARCS = 2**29  # of all actors; three copies of four bytes each
MOST_STEPS = 2**34  # moves looked at, views and actors together: minutes
PER_STATE = 8  # moves that setting up a view is worth, for each state


class Reading(NamedTuple):
    """What a move to, or an answer by, a state of unknown comparison is."""

    leaves: bool = True
    """Whether the actor would move to such a state."""
    minds: bool = True
    """Whether it would rather be in such a state, so that an answer by it does not deter."""


def relations(conflict: Conflict, told: Mapping[str, Relation]) -> dict[str, Relation]:
    """How each actor compares states: as told, by its ranks otherwise."""
    return {
        actor: told.get(actor) or Order(row)
        for actor, row in zip(conflict.actors, conflict.rows, strict=True)
    }


def rows(
    conflict: Conflict, base: str, related: Mapping[str, Relation], reading: Reading
) -> NDArray[np.bool_]:
    """The stable states of every actor under a concept.

    Parameters
    ----------
    conflict
        Whose moves.
    base
        `nash`, `gmr`, `smr` or `seq`.
    related
        How each actor compares states.
    reading
        What unknown comparisons count as. To those who answer they are always worth a move.

    Returns
    -------
    ndarray
        `(actors, states) bool`; false where infeasible.

    Raises
    ------
    CannotAnswer
        Where it would take too long, before it is begun.

    References
    ----------
    [LiHipelKilgourFang2004]; [BasharKilgourHipel2012]
    """
    moves = [arcs(conflict, actor) for actor in conflict.actors]
    _refuse_large(conflict, moves, related)
    compared = [related[actor] for actor in conflict.actors]
    legal = map(credible, moves, compared) if base == "seq" else moves
    answers = joined([transposed(each) for each in legal])
    found = side_by_side(
        lambda actor: _row(moves[actor], answers, actor, compared[actor], base, reading),
        range(len(moves)),
        conflict.space.size,
    )
    return np.array(found, dtype=np.bool_).reshape(len(moves), conflict.space.size)


def credible(moves: Arcs, relation: Relation) -> Arcs:
    """The moves to a gain, or to a state of unknown comparison, for whoever makes them."""
    keep = np.zeros(len(moves.to), dtype=np.bool_)
    for view in range(relation.views):
        _mark_gains(moves, relation.members(view), relation.ranks(view, hopeful=True), keep)
    kept = np.concatenate([[0], np.cumsum(keep)])
    return Arcs(kept[moves.start], moves.to[keep])


def _refuse_large(
    conflict: Conflict, moves: Sequence[Arcs], related: Mapping[str, Relation]
) -> None:
    """Refuse what would take hours or more memory than there is, with its size."""
    arcs = sum(each.to.size for each in moves)
    each = 2 * arcs + PER_STATE * conflict.space.size * len(moves)
    steps = sum(relation.views for relation in related.values()) * each
    if arcs > MOST_ARCS:
        raise CannotAnswer(
            f"{arcs:,} moves have to be followed backwards one by one, which takes "
            f"{arcs * 12 / 2**30:,.0f} GiB; the most is {MOST_ARCS:,}: freeze options, or rule out "
            "states that cannot be"
        )
    if steps > MOST_STEPS:
        worst = max(related, key=lambda actor: related[actor].views)
        raise CannotAnswer(
            f"the preferences of `{worst}` look different from {related[worst].views:,} groups of "
            f"states, for each of which {each:,} moves are looked at: {steps:.1e} in all, more "
            f"than the {MOST_STEPS:.1e} that take minutes: freeze options, rule out states that "
            "cannot be, or put what is unknown higher in the list"
        )


def _row(
    own: Arcs,
    answers: Arcs,
    actor: int,
    relation: Relation,
    base: str,
    reading: Reading,
) -> NDArray[np.bool_]:
    """The stable states of one actor, view by view."""
    stable = np.zeros(len(own.start) - 1, dtype=np.bool_)
    for view in range(relation.views):
        members = relation.members(view)
        gain = relation.ranks(view, hopeful=reading.leaves)
        worth = relation.ranks(view, hopeful=reading.minds)
        kept = best_by_a_move(own, worth, worth) if base == "smr" else worth
        targets = _from_the_worst(kept, worth[members]) if base != "nash" else members[:0]
        first, second = _traced(answers, len(stable), actor, targets)
        stable[members] = _all_deterred(own, members, gain, worth, kept, first, second)
    return stable


def _from_the_worst(kept: Ranks, worth: Ranks) -> NDArray[np.int64]:
    """The states that deter some member of a view, the most deterring first."""
    targets = np.flatnonzero(kept <= worth.max(initial=-1))
    return targets[np.argsort(kept[targets], kind="stable")]


@njit
def _mark_gains(
    moves: Arcs, members: NDArray[np.int64], ranks: Ranks, keep: NDArray[np.bool_]
) -> None:
    """Mark the moves from the members of a view to a gain."""
    for state in members:
        for spot in range(moves.start[state], moves.start[state + 1]):
            keep[spot] = ranks[moves.to[spot]] > ranks[state]


@njit
def _traced(
    answers: Arcs, states: int, actor: int, targets: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The first two targets that the others' legal sequences lead to.

    `answers` holds everybody's moves from their ends.

    Returns
    -------
    tuple
        `(actors * states,)` twice, by who moves first and from where: a target, or the number of
        states for none.
    """
    movers = (len(answers.start) - 1) // states
    first = np.full(movers * states, states, np.uint32)
    second = np.full(movers * states, states, np.uint32)
    queue = np.empty(movers * states + 1, np.uint32)
    reached = np.full(states, states, np.uint32)  # by which target last
    nexts = np.empty(states, np.uint32)  # the only one to move next from there; `movers` if several
    for target in targets.astype(np.uint32):
        queue[0] = movers * states + target
        head, tail = 0, 1
        while head < tail:
            following, state = divmod(queue[head], states)
            head += 1
            again = reached[state] == target
            if again and nexts[state] in (following, movers):
                continue
            for mover in range(movers):
                # Who moves before is another; if not for the first time, all but one have done so.
                if mover != actor and (mover == nexts[state] if again else mover != following):
                    tail = _step_back(
                        answers, states, mover, state, target, first, second, queue, tail
                    )
            reached[state], nexts[state] = target, movers if again else following
    return first, second


@njit
def _step_back(  # noqa: PLR0913 - compiled code takes arrays
    answers: Arcs,
    states: int,
    mover: int,
    state: int,
    target: int,
    first: NDArray[np.uint32],
    second: NDArray[np.uint32],
    queue: NDArray[np.uint32],
    tail: int,
) -> int:
    """Note from where a mover leads to a state, and so to a target, unless two others are known."""
    row = np.uint32(mover * states)
    for spot in range(answers.start[row + state], answers.start[row + state + 1]):
        origin = row + answers.to[spot]
        if second[origin] == states and first[origin] != target:
            if first[origin] == states:
                first[origin] = target
            else:
                second[origin] = target
            queue[tail] = origin
            tail += 1
    return tail


@njit
def _all_deterred(  # noqa: PLR0913 - compiled code takes arrays
    own: Arcs,
    members: NDArray[np.int64],
    gain: Ranks,
    worth: Ranks,
    kept: Ranks,
    first: NDArray[np.uint32],
    second: NDArray[np.uint32],
) -> NDArray[np.bool_]:
    """The members of a view from which every gain may be answered by something no better."""
    stable = np.ones(len(members), np.bool_)
    for place, state in enumerate(members):
        for spot in range(own.start[state], own.start[state + 1]):
            improvement = own.to[spot]
            if gain[improvement] > gain[state]:
                answered = False
                for node in range(improvement, len(first), len(kept)):  # whoever moves first
                    end = second[node] if first[node] == improvement else first[node]
                    answered |= end < len(kept) and kept[end] <= worth[state]
                stable[place] &= answered
    return stable
