"""Random play by trial: many plays with a recorded seed, where equations do not fit.

The processes are those of `chain` and `noise`. A frequency `f`
among `n` plays has the standard error √(f (1 − f) / n).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.conflict.evolution.chain import Choice, End, RandomPlay, ordered
from detente.conflict.kernels import njit
from detente.conflict.legal import game
from detente.conflict.links import ends, most_moves

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.conflict.legal import Game
    from detente.conflict.model import Conflict

__all__ = ["frequencies", "simulated_play"]

PLAYS = 2_000
LONGEST = 1_000  # moves of one play
TOGETHER = 100  # plays for which chances are drawn at once


def simulated_play(
    conflict: Conflict,
    start: int,
    stops: NDArray[np.bool_],
    choice: Choice = "any",
    *,
    plays: int = PLAYS,
    seed: int = 0,
) -> RandomPlay:
    """Where random play from a state ends, in so many plays of at most 1,000 moves each.

    A play that goes round in a cycle does not end; `rest` is the share of those.

    Parameters
    ----------
    conflict
        Whose improvements.
    start
        A feasible state.
    stops
        `(states,) bool`, the equilibria.
    choice
        Which improvement the actor drawn takes: any, or one that is best for it.
    plays
        How many.
    seed
        Of `numpy.random.Generator`.
    """
    rng = np.random.default_rng(seed)
    played = game(conflict)
    last, moves = np.empty(plays, dtype=np.int64), np.empty(plays, dtype=np.int64)
    seen = np.zeros(conflict.space.size, dtype=np.bool_)
    for first in range(0, plays, TOGETHER):
        some = slice(first, min(first + TOGETHER, plays))
        chances = rng.random((some.stop - some.start, LONGEST, 2))
        play_out(played, start, stops, choice == "best", chances, last[some], moves[some], seen)
    ended = moves < LONGEST
    spread = moves.std(ddof=1) / np.sqrt(plays) if plays > 1 else np.inf
    return RandomPlay(
        start,
        choice,
        ordered([End((state,), *both) for state, both in frequencies(last[ended], plays).items()]),
        float(moves.mean()),
        float(spread),
        float(1 - ended.mean()),
        int(seen.sum()),
        plays,
        seed,
    )


def frequencies(states: NDArray[np.int64], plays: int) -> dict[int, tuple[float, float]]:
    """State -> its frequency and the standard error of it."""
    found, counts = np.unique(states, return_counts=True)
    shares = counts / plays
    errors = np.sqrt(shares * (1 - shares) / plays)
    return dict(
        zip(found.tolist(), zip(shares.tolist(), errors.tolist(), strict=True), strict=True)
    )


@njit
def play_out(  # noqa: PLR0913 - compiled code takes arrays
    played: Game,
    start: int,
    stops: NDArray[np.bool_],
    best: bool,
    chances: NDArray[np.float64],
    last: NDArray[np.int64],
    moves: NDArray[np.int64],
    seen: NDArray[np.bool_],
) -> None:
    """Play until nobody moves on, or until there are no chances left: two for each move."""
    found = np.empty(most_moves(played), np.int64)
    movers = np.empty(len(played.ranks), np.int64)
    for play in range(len(chances)):
        state, made = start, 0
        seen[state] = True
        while made < chances.shape[1]:
            able = 0
            for actor in range(0 if stops[state] else len(played.ranks)):
                movers[able] = actor
                able += ends(played, actor, state, True, found) > 0
            if able == 0:
                break
            mover = movers[int(chances[play, made, 0] * able)]
            count = ends(played, mover, state, True, found)
            if best:
                count = only_best(played.ranks[mover], found, count)
            state = int(found[int(chances[play, made, 1] * count)])
            seen[state] = True
            made += 1
        last[play], moves[play] = state, made


@njit
def only_best(ranks: NDArray[np.int32], found: NDArray[np.int64], count: int) -> int:
    """Keep those of the first states that rank highest, in front; how many."""
    top, kept = -1, 0
    for spot in range(count):
        top = max(top, ranks[found[spot]])
    for spot in range(count):
        found[kept] = found[spot]
        kept += ranks[found[spot]] == top
    return kept
