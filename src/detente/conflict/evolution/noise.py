"""Where play is in the long run if actors err.

In each round one of the decision makers is drawn, each as likely as the other. It responds by one
of two rules.

*Mistakes*, at a rate ε: with probability 1 − ε it takes one of its improvements, each as likely,
and stays where it has none or where the state is an equilibrium; with probability ε it takes any
of its moves, each as likely. Only the order of states enters [KandoriMailathRob1993];
[Young1993].

*Logit*, at a rationality λ: it chooses among its moves and staying, with odds that grow
exponentially with what it gains [Blume1993]; [McKelveyPalfrey1995]. Ranks are no quantities. What λ
multiplies here is the number of classes of its ranking that a move climbs, as a part of all that
there are: between its best and its worst state the odds are exp(λ) to one. That is a convention;
mistakes need none.

As ε falls to 0 only the closed classes of `chain` keep a probability; as λ grows
only those of the process in which an actor drawn takes one of the states that are best for it
among its moves and staying, each as likely.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from detente.conflict.evolution.chain import landing, stationary, transitions
from detente.conflict.evolution.plays import PLAYS, frequencies
from detente.conflict.kernels import njit
from detente.conflict.legal import game
from detente.conflict.links import ends, most_moves, visited
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from detente.conflict.evolution.chain import Floats
    from detente.conflict.legal import Game
    from detente.conflict.links import Visited
    from detente.conflict.model import Conflict

__all__ = ["LongRun", "Noise", "long_run", "simulated_run"]

MOST_STATES = 1_500  # of one closed class: eliminating them takes the cube of it
MOST_MOVES = 2**22
ROUNDS = 500  # of a simulated play
TOGETHER = 100
STEEPEST = 500  # rationality beyond which odds are no longer told from certainty


@dataclass(frozen=True)
class Noise:
    """How actors err."""

    rule: Literal["mistakes", "logit"]
    level: float
    """The rate of mistakes ε in (0, 1], or the rationality λ ≥ 0."""

    def __post_init__(self) -> None:
        if self.rule == "mistakes" and not 0 < self.level <= 1:
            raise InputError(f"{self.level} is no rate of mistakes: above 0, at most 1")
        if self.rule == "logit" and not 0 <= self.level <= STEEPEST:
            raise InputError(f"{self.level} is no rationality: from 0 to {STEEPEST}")


@dataclass(frozen=True)
class LongRun:
    """How likely each state is in the long run of noisy play; of the process, not of the world."""

    start: int
    noise: Noise
    probabilities: dict[int, float]
    """State -> its probability, the likeliest first, then in the order of states."""
    errors: dict[int, float]
    """State -> standard error; empty where nothing was simulated."""
    plays: int | None = None
    rounds: int | None = None
    """Of each simulated play; what is told is where play stands after them, not the long run."""
    seed: int | None = None


def long_run(
    conflict: Conflict, start: int, stops: NDArray[np.bool_], noise: Noise
) -> LongRun | None:
    """How likely each state is in the long run of noisy play from a start.

    Where nothing is one-way it does not depend on the start: it is the stationary distribution.
    Where play can end in more than one closed class of the process, each class has its own, weighed
    by how likely play gets there.

    Parameters
    ----------
    conflict
        Whose moves.
    start
        A feasible state.
    stops
        `(states,) bool`, the equilibria: nobody leaves one but by mistake. Logit ignores them.
    noise
        How actors err.

    Returns
    -------
    LongRun or None
        None if there are too many states, or chances too small; see `simulated_run`.

    References
    ----------
    [KandoriMailathRob1993]; [Young1993]; [Blume1993]

    Examples
    --------
    With few mistakes the prisoners hardly ever cooperate.

    >>> from detente.case import load
    >>> from detente.conflict.model import conflict
    >>> from detente.conflict.stability import equilibria
    >>> dilemma = conflict(load("fang/prisoners_dilemma"))
    >>> nash = equilibria(dilemma, "nash")
    >>> found = long_run(dilemma, dilemma.space.index("00"), nash, Noise("mistakes", 0.01))
    >>> state, share = next(iter(found.probabilities.items()))
    >>> dilemma.space.code(state), round(share, 3)
    ('11', 0.98)
    """
    if not conflict.space.mask[start]:
        raise InputError(f"`{conflict.space.code(start)}` is infeasible, so nothing starts there")
    found = visited(conflict, start, better=False, most=MOST_MOVES)
    if not found:
        return None
    chain = rounds_of(conflict, found, stops, noise)
    landed = landing(chain)
    if not landed or max(map(len, landed.classes)) > MOST_STATES:
        return None
    likely: dict[int, float] = {}
    for members, share in zip(landed.classes, landed.shares, strict=True):
        within = stationary(chain[members][:, members].toarray()) if share > 0 else np.zeros(0)
        if not np.isfinite(within).all():
            return None
        if within.size:
            each = (share * within).tolist()
            likely |= dict(zip(found.states[members].tolist(), each, strict=True))
    return LongRun(start, noise, likeliest_first(likely), {})


def likeliest_first(likely: Mapping[int, float]) -> dict[int, float]:
    """The likeliest state first, then in the order of states."""
    return {state: likely[state] for state in sorted(likely, key=lambda at: (-likely[at], at))}


def rounds_of(
    conflict: Conflict, found: Visited, stops: NDArray[np.bool_], noise: Noise
) -> csr_array:
    """The chain of rounds, staying included."""
    from scipy.sparse import diags_array

    rule = mistaken if noise.rule == "mistakes" else logit
    moving = transitions(found, rule(conflict, found, stops, noise.level) / len(conflict.actors))
    staying = np.maximum(1.0 - moving.sum(axis=1), 0.0)
    return (moving + diags_array(staying)).tocsr()


def mistaken(conflict: Conflict, found: Visited, stops: NDArray[np.bool_], rate: float) -> Floats:
    """`(moves,)`: how likely its actor, once drawn, makes each move, by mistake or not.

    It stays with what is left to one.
    """
    counts = found.links.counts
    groups = np.repeat(np.arange(counts.size), counts.reshape(-1))
    gains = climbed(conflict.ranks, found, groups) > 0
    gains &= ~stops[found.states[groups // counts.shape[1]]]
    good = np.bincount(groups[gains], minlength=counts.size)
    chances: Floats = rate / counts.reshape(-1)[groups]
    chances[gains] += (1 - rate) / good[groups[gains]]
    return chances


def logit(
    conflict: Conflict, found: Visited, _stops: NDArray[np.bool_], rationality: float
) -> Floats:
    """`(moves,)`: how likely its actor, once drawn, makes each move by the logit rule."""
    counts = found.links.counts
    groups = np.repeat(np.arange(counts.size), counts.reshape(-1))
    rising = rationality * climbed(heights(conflict), found, groups)
    top = np.zeros(counts.size)
    np.maximum.at(top, groups, rising)
    odds = np.exp(rising - top[groups])
    total = np.exp(-top) + np.bincount(groups, weights=odds, minlength=counts.size)
    return np.asarray(odds / total[groups])


def climbed(
    heights: NDArray[Any], found: Visited, groups: NDArray[np.int64]
) -> NDArray[np.float64]:
    """`(moves,)`: how much higher each move ends on its actor's scale."""
    places, actors = np.divmod(groups, found.links.counts.shape[1])
    after, before = found.states[found.links.to], found.states[places]
    gained: Floats = heights[actors, after].astype(np.float64) - heights[actors, before]
    return gained


def heights(conflict: Conflict) -> Floats:
    """`(actors, states)`: the place of each state in its actor's ranking, from 0 to 1."""
    mask = conflict.space.mask
    scale = np.zeros(conflict.ranks.shape)
    for row, ranks in zip(scale, conflict.rows, strict=True):
        classes, place = np.unique(ranks[mask], return_inverse=True)
        row[mask] = place / max(len(classes) - 1, 1)
    return scale


def simulated_run(
    conflict: Conflict,
    start: int,
    stops: NDArray[np.bool_],
    noise: Noise,
    *,
    plays: int = PLAYS,
    seed: int = 0,
) -> LongRun:
    """Where noisy play stands after 500 rounds, in so many plays from a start.

    Parameters
    ----------
    conflict, start, stops, noise
        As for `long_run`.
    plays
        How many.
    seed
        Of `numpy.random.Generator`.
    """
    rng = np.random.default_rng(seed)
    played, scale = game(conflict), heights(conflict)
    last = np.empty(plays, dtype=np.int64)
    for first in range(0, plays, TOGETHER):
        some = slice(first, min(first + TOGETHER, plays))
        chances = rng.random((some.stop - some.start, ROUNDS, 3))
        go_on(played, scale, start, stops, noise.rule == "logit", noise.level, chances, last[some])
    found = frequencies(last, plays)
    likely = likeliest_first({state: share for state, (share, _) in found.items()})
    errors = {state: found[state][1] for state in likely}
    return LongRun(start, noise, likely, errors, plays, ROUNDS, seed)


@njit
def go_on(  # noqa: PLR0913 - compiled code takes arrays
    played: Game,
    scale: Floats,
    start: int,
    stops: NDArray[np.bool_],
    is_logit: bool,
    level: float,
    chances: Floats,
    last: NDArray[np.int64],
) -> None:
    """Play as many rounds as there are chances: three for each."""
    found = np.empty(most_moves(played) + 1, np.int64)
    for play in range(len(chances)):
        state = start
        for chance in chances[play]:
            mover = int(chance[0] * len(played.ranks))
            errs = is_logit or chance[1] < level
            if not errs and stops[state]:
                continue
            count = ends(played, mover, state, not errs, found)
            if is_logit:
                found[count] = state
                state = int(found[by_odds(scale[mover], found[: count + 1], level, chance[2])])
            elif count:
                state = int(found[int(chance[2] * count)])
        last[play] = state


@njit
def by_odds(scale: Floats, states: NDArray[np.int64], rationality: float, chance: float) -> int:
    """Which of some states is chosen, the odds exponential in their height."""
    odds = np.exp(rationality * (scale[states] - scale[states].max()))
    place = np.searchsorted(np.cumsum(odds), chance * odds.sum(), side="right")
    return min(int(place), len(odds) - 1)
