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
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.conflict.concepts.anticipation import one_more, playing
from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.conflict.concepts.anticipation import Ends
    from detente.conflict.model import Conflict

__all__ = ["LimitedMove", "NonMyopic", "limited_move", "non_myopic"]

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
