"""Limited-move stability (L₁, L₂, …) and non-myopic stability.

Where actor i moves first from s and h moves are foreseen, it anticipates that play ends in

    Gₕ(i, s) = s                     if h = 0 or Rᵢ(s) = ∅
             = best                  if best ≻ᵢ s
             = s                     otherwise, where best is the Gₕ₋₁(j, t) that i ranks highest,
                                     t ∈ Rᵢ(s), j who moves next,

and s is Lₕ-stable for i if Gₕ(i, s) = s [Kilgour1985]; [FangHipelKilgour1993], ch. 3. It is
non-myopically stable if it is Lₕ-stable for every h from some point on: Gₕ repeats itself sooner
or later, but may do so in a cycle [RegoOliveiraVieiraKilgour2025], and then there is no such point.

With two actors and strict rankings that says all. For the rest this is the *cautious* version:

* Tied ends are not unique [LimitedMove2024]. All are kept, and an end counts for whoever counts on
  it as the worst of those it may be: i moves if the best it can be sure of is better than s.
* With more than two actors anyone else who can move from t may be the next, and i expects the one
  whose end is the worst for i; where nobody else can move, t is the end. Of several who are equally
  bad for i all are kept. The Lₕ^CC and Lₕ^CI of [Soares2026] are other versions.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

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

__all__ = ["LimitedMove", "NonMyopic", "limited_move", "non_myopic"]

Ends = NDArray[np.int32]
"""(…, states, columns): of the states where play may end, the lowest rank for each actor, the
lowest state, and the lowest number of a state's negative."""

MOST_MOVES = 1000


@dataclass(frozen=True, eq=False)
class LimitedMove:
    """Where play ends if each actor in turn moves first and this many moves are foreseen."""

    moves: int
    first: NDArray[np.int32]
    """(actors, states): the first state where play may end."""
    last: NDArray[np.int32]
    """(actors, states): the last such state; another than `first` where several are possible."""
    stable: NDArray[np.bool_]
    """(actors, states): where the actor stays; false where infeasible."""

    @property
    def unique(self) -> NDArray[np.bool_]:
        """`(actors, states) bool`: where only one end is anticipated."""
        only_one: NDArray[np.bool_] = self.first == self.last
        return only_one

    def to_dict(self, actors: Sequence[str]) -> dict[str, Any]:
        """The moves, and in how many states several ends are anticipated, by actor."""
        return {"moves": self.moves, "not_unique": counts(actors, ~self.unique)}


@dataclass(frozen=True, eq=False)
class NonMyopic:
    """What stays so, however many more moves are foreseen."""

    since: int
    """The number of moves from which on the stable states repeat themselves."""
    period: int
    """After how many more moves they do: 1 if they stay the same."""
    stable: NDArray[np.bool_]
    """(actors, states): where the actor stays, from some number of moves on."""
    alternating: NDArray[np.bool_]
    """(actors, states): where it stays and moves by turns, so that nothing holds from some number
    of moves on."""

    def to_dict(self, actors: Sequence[str]) -> dict[str, Any]:
        """The cycle, and in how many states the actors stay and move by turns."""
        turns = counts(actors, self.alternating)
        return {"since": self.since, "period": self.period, "alternating": turns}


def counts(actors: Sequence[str], rows: NDArray[np.bool_]) -> dict[str, int]:
    return {actor: int(row.sum()) for actor, row in zip(actors, rows, strict=True)}


def limited_move(conflict: Conflict, moves: int) -> LimitedMove:
    """What every actor anticipates, looking this many moves ahead.

    Parameters
    ----------
    conflict
        Any conflict, also in graph form.
    moves
        At least 1, which is Nash stability.

    References
    ----------
    [Kilgour1985]; [FangHipelKilgour1993], ch. 3. With ties or more than two actors the cautious
    version that stands at the head of this module.

    Examples
    --------
    Whoever looks two moves ahead in the prisoner's dilemma does not start.

    >>> from detente.case import load
    >>> from detente.conflict.model import conflict
    >>> dilemma = conflict(load("fang/prisoners_dilemma"))
    >>> [dilemma.space.codes(np.flatnonzero(row)) for row in limited_move(dilemma, 2).stable]
    [['00', '10', '11'], ['00', '01', '11']]
    """
    return told(conflict, foreseen(conflict, moves), moves)


def non_myopic(conflict: Conflict) -> NonMyopic:
    """What every actor anticipates, looking ever further ahead.

    Raises
    ------
    CannotAnswer
        Where nothing has repeated itself within a thousand moves.

    References
    ----------
    [Kilgour1985]; [RegoOliveiraVieiraKilgour2025] on cycles.

    Examples
    --------
    In Chicken both swerve in the end.

    >>> from detente.case import load
    >>> from detente.conflict.model import conflict
    >>> chicken = conflict(load("fang/chicken"))
    >>> found = non_myopic(chicken)
    >>> chicken.space.codes(np.flatnonzero(found.stable.all(axis=0))), found.since, found.period
    (['00'], 3, 1)
    """
    patterns, cycle = patterns_until_repeated(conflict)
    repeated = patterns[cycle:]
    period = next(
        length
        for length in range(1, len(repeated) + 1)
        if all(np.array_equal(now, repeated[at - length]) for at, now in enumerate(repeated))
    )
    since = len(patterns) - period
    while since and np.array_equal(patterns[since - 1], patterns[since - 1 + period]):
        since -= 1
    in_turn = [unpacked(conflict, pattern) for pattern in repeated[:period]]
    always, ever = np.logical_and.reduce(in_turn), np.logical_or.reduce(in_turn)
    return NonMyopic(since + 1, period, always, ever & ~always)


def patterns_until_repeated(conflict: Conflict) -> tuple[list[NDArray[np.uint8]], int]:
    """The stable states by the number of moves, one bit each, and where the last cycle starts."""
    seen: dict[bytes, int] = {}
    patterns: list[NDArray[np.uint8]] = []
    play = playing(conflict)
    ends = play.no_moves
    while len(patterns) < MOST_MOVES:
        ends = one_more(play, ends)
        digest = hashlib.blake2b(ends.tobytes(), digest_size=16).digest()
        if digest in seen:
            return patterns, seen[digest]
        seen[digest] = len(patterns)
        patterns.append(np.packbits(told(conflict, ends, len(patterns) + 1).stable))
    raise CannotAnswer(
        f"what actors anticipate has not repeated itself within {MOST_MOVES:,} moves: "
        "ask for a limited number of moves, such as l9"
    )


def unpacked(conflict: Conflict, pattern: NDArray[np.uint8]) -> NDArray[np.bool_]:
    shape = (len(conflict.actors), conflict.space.size)
    bits = np.unpackbits(pattern, count=shape[0] * shape[1])
    return bits.view(np.bool_).reshape(shape)


def told(conflict: Conflict, ends: Ends, moves: int) -> LimitedMove:
    """The ends as states."""
    first, last = ends[:, :, -2], -ends[:, :, -1]
    stays = first == np.arange(conflict.space.size)
    return LimitedMove(moves, first, last, conflict.space.mask & stays)


def foreseen(conflict: Conflict, moves: int) -> Ends:
    """`(actors, states, columns)`: where play may end, by who moves first."""
    play = playing(conflict)
    ends = play.no_moves
    for _ in range(moves):
        ends = one_more(play, ends)
    return ends


# ----------------------------------------------------------------------------------- one more move


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


def playing(conflict: Conflict) -> Play:
    """The play of a conflict."""
    space = conflict.space
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
    number = np.arange(conflict.space.size, dtype=np.int32)
    higher = best_reply(conflict.with_ranks(actor, number), actor) > number
    lower = best_reply(conflict.with_ranks(actor, -number), actor) > -number
    return conflict.space.mask & (higher | lower)


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
