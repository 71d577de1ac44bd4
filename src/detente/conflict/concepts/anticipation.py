"""Where play may end, one more foreseen move at a time; see `limited_move` beside it.

Of the states where play may end only the least rank for each actor matters to whoever counts on
it, and the first and the last tell whether there are several. So an anticipation is a few numbers
for each state, however many states it stands for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.arcs import Arcs, arcs
from detente.conflict.kernels import NOTHING, njit
from detente.conflict.relaxation import best_reply
from detente.conflict.threads import side_by_side
from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.conflict.model import Conflict
    from detente.conflict.moves import Lines

__all__ = ["Ends", "Play", "answered", "one_more", "playing"]

Ends = NDArray[np.int32]
"""(…, states, columns): of the states where play may end, the lowest rank for each actor, the
lowest state, and the lowest number of a state's negative."""

MOST_BYTES = 2**34  # held at once


class Play(NamedTuple):
    """What stays the same however many moves are foreseen."""

    mask: NDArray[np.bool_]
    staying: Ends
    """(states, columns): each state as its own end."""
    moves: Sequence[Lines | Arcs]
    """For each actor, where it can move."""
    free: NDArray[np.bool_]
    """(actors, states): where it can move at all."""

    @property
    def no_moves(self) -> Ends:
        """Where nobody moves any more: each state is its own end, whosever turn it is."""
        return np.broadcast_to(self.staying, (len(self.moves), *self.staying.shape))


def playing(conflict: Conflict, kept: int = 3) -> Play:
    """The play of a conflict, in which the ends of so many moves are held at once.

    Raises
    ------
    CannotAnswer
        Where that is too much, before anything is allocated for it.
    """
    space = conflict.space
    actors = len(conflict.actors)
    needed = kept * actors * space.size * (actors + 2) * np.dtype(np.int32).itemsize
    if needed > MOST_BYTES:
        raise CannotAnswer(
            f"to look moves ahead in {space.size:,} states for {actors} actors would take "
            f"{needed / 2**30:,.0f} GiB, more than {MOST_BYTES >> 30}: freeze options"
        )
    states = np.arange(space.size, dtype=np.int32)
    moves = [
        space.lines[actor] if space.transitive else arcs(conflict, actor)
        for actor in conflict.actors
    ]
    return Play(
        space.mask,
        np.ascontiguousarray(np.vstack([conflict.ranks, states, -states]).T),
        moves,
        np.array([can_move(conflict, actor) for actor in conflict.actors]),
    )


def can_move(conflict: Conflict, actor: str) -> NDArray[np.bool_]:
    """`(states,) bool`: where the actor has any move."""
    mask = conflict.space.mask
    upwards = np.where(mask, np.arange(mask.size, dtype=np.int32), -1)
    downwards = np.where(mask, mask.size - 1 - upwards, -1).astype(np.int32)
    further = [
        best_reply(conflict.with_ranks(actor, ranks), actor) > ranks
        for ranks in (upwards, downwards)
    ]
    return mask & (further[0] | further[1])


def one_more(play: Play, ends: Ends) -> Ends:
    """The ends if one more move is foreseen."""
    actors = range(len(play.moves))
    return np.array(side_by_side(lambda each: first_move(play, each, ends), actors, len(play.mask)))


def first_move(play: Play, actor: int, ends: Ends) -> Ends:
    """`(states, columns)`: where play may end if this actor moves first and then those ends."""
    answers = answered(ends, play.free, actor, play.staying)
    moves = play.moves[actor]
    if isinstance(moves, Arcs):
        best = best_of_arcs(answers, actor, moves)
    else:
        best = best_on_lines(answers, actor, play.mask, moves)
    stays = best[:, actor] <= play.staying[:, actor]
    best[stays] = play.staying[stays]
    return best


@njit
def answered(ends: Ends, free: NDArray[np.bool_], actor: int, staying: Ends) -> Ends:
    """Where play may end once the actor has moved to a state, as it fears."""
    answers = staying.copy()
    for state in range(len(answers)):
        feared = NOTHING
        for other in range(len(ends)):
            if other == actor or not free[other, state]:
                continue
            end = ends[other, state, actor]
            for column in range(answers.shape[1]):
                if end < feared:
                    answers[state, column] = ends[other, state, column]
                elif end == feared:
                    answers[state, column] = min(answers[state, column], ends[other, state, column])
            feared = min(feared, end)
    return answers


@njit
def take_better(best: Ends, state: int, answer: Ends, actor: int) -> None:
    """Keep what ends better for the actor, and both where they are equally good."""
    better, as_good = answer[actor] > best[state, actor], answer[actor] == best[state, actor]
    for column in range(len(answer)):
        if better:
            best[state, column] = answer[column]
        elif as_good:
            best[state, column] = min(best[state, column], answer[column])


@njit
def best_on_lines(answers: Ends, actor: int, mask: NDArray[np.bool_], lines: Lines) -> Ends:
    """The best the actor can be sure of by moving along its lines, and where that may end.

    A state is not a move from itself: what lies before it on its line is gone through forwards,
    what lies behind it backwards.
    """
    bases, offsets, parts, bars = lines.bases, lines.offsets, lines.parts, lines.bars
    best = np.full_like(answers, -NOTHING)
    passed = np.empty((1, answers.shape[1]), np.int32)
    for line in range(len(bases)):
        for part in range(len(bars)):
            for backwards in (False, True):
                passed[:] = -NOTHING
                for place in range(len(offsets)):
                    strategy = len(offsets) - 1 - place if backwards else place
                    state = bases[line] + offsets[strategy]
                    if not mask[state]:
                        continue
                    if parts[strategy] == part:
                        take_better(best, state, passed[0], actor)
                    if bars[parts[strategy], part] < 0:
                        take_better(passed, 0, answers[state], actor)
    return best


@njit
def best_of_arcs(answers: Ends, actor: int, moves: Arcs) -> Ends:
    """As `best_on_lines`, along moves written out one by one."""
    best = np.full_like(answers, -NOTHING)
    for state in range(len(answers)):
        for after in moves.to[moves.start[state] : moves.start[state + 1]]:
            take_better(best, state, answers[after], actor)
    return best
