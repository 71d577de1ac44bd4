"""Where play ends if chance decides who moves: an absorbing Markov chain.

The process, exactly: at a state that is no equilibrium, one of the actors who can improve is drawn,
each as likely as the other; it takes one of its improvements, each as likely (`any`), or one of
those that are best for it (`best`). Play stops at the first equilibrium it meets. It has no
memory: who moved last may move again.

Play ends in the *closed classes* of the chain: single states that nobody leaves, and cycles,
from which no improvement leads out [KemenySnell1960]. Its probabilities are those of this process,
never of the world.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.links import visited
from detente.errors import InputError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from detente.conflict.links import Visited
    from detente.conflict.model import Conflict

__all__ = [
    "Choice",
    "End",
    "Landing",
    "RandomPlay",
    "exact_play",
    "landing",
    "ordered",
    "stationary",
    "transitions",
]

Choice = Literal["any", "best"]
Floats = NDArray[np.float64]

MOST_MOVES = 2**24  # written down: under half a gigabyte with their weights
SOLVED = 1_000  # states that are eliminated one by one, which takes the cube of them
MOST_WORK = 2**33  # multiplications, some ten seconds
LEFT, WRONG = 1e-12, 1e-9
"""What may be left when it is no longer followed, and how far a sum may be from one."""


class End(NamedTuple):
    """Where play ends."""

    states: tuple[int, ...]
    """One state that nobody leaves, or the states of a cycle, in ascending order."""
    probability: float
    error: float
    """Standard error; 0 where it is exact."""


@dataclass(frozen=True)
class RandomPlay:
    """Where random play from a state ends; the probabilities are of the process alone."""

    start: int
    choice: Choice
    ends: tuple[End, ...]
    """The likeliest first, then in the order of states."""
    moves: float
    """How many moves are expected until play has ended, or is in a cycle for good."""
    moves_error: float
    """Its standard error; 0 where it is exact."""
    rest: float
    """What is not accounted for: at most 1e-12 where computed; where simulated, the share of plays
    that had not ended."""
    states: int
    """How many states play can visit, or did."""
    plays: int | None = None
    """How many plays were simulated; None where nothing was."""
    seed: int | None = None


class Landing(NamedTuple):
    """Where a chain that starts in its first state is in the end."""

    classes: tuple[NDArray[np.int64], ...]
    """The closed classes, each by its members."""
    shares: Floats
    """(classes,), how likely each is."""
    visits: Floats
    """(states,), how often each state is visited in expectation; of closed classes 0."""
    rest: float
    """What is not accounted for."""


def exact_play(
    conflict: Conflict, start: int, stops: NDArray[np.bool_] | None = None, choice: Choice = "any"
) -> RandomPlay | None:
    """Where random play from a state ends, from all the states and moves it can come to.

    Parameters
    ----------
    conflict
        Whose improvements.
    start
        A feasible state.
    stops
        `(states,) bool`, the equilibria; those of Nash, which nobody leaves anyway, if left out.
    choice
        Which improvement the actor drawn takes: any, or one that is best for it.

    Returns
    -------
    RandomPlay or None
        None if there are too many moves; see `detente.conflict.evolution.plays`.

    Raises
    ------
    InputError
        If the start is infeasible.

    References
    ----------
    [KemenySnell1960], ch. 3

    Examples
    --------
    From the status quo at Elmira only the towns can improve, and what they come to is stable.

    >>> from detente.case import load
    >>> from detente.conflict.model import conflict
    >>> elmira = conflict(load("hipel/elmira"))
    >>> found = exact_play(elmira, elmira.space.index("000"))
    >>> [(elmira.space.code(end.states[0]), end.probability) for end in found.ends], found.moves
    ([('001', 1.0)], 1.0)
    """
    if not conflict.space.mask[start]:
        raise InputError(f"`{conflict.space.code(start)}` is infeasible, so nothing starts there")
    found = visited(conflict, start, stops, better=True, most=MOST_MOVES)
    landed = found and landing(transitions(found, chances(conflict, found, choice)))
    if not found or not landed:
        return None
    ends = [
        End(tuple(np.sort(found.states[members]).tolist()), float(share), 0.0)
        for members, share in zip(landed.classes, landed.shares, strict=True)
        if share > 0
    ]
    visits = landed.visits
    states = int(np.count_nonzero(visits)) + sum(len(end.states) for end in ends)
    return RandomPlay(start, choice, ordered(ends), float(visits.sum()), 0.0, landed.rest, states)


def ordered(ends: list[End]) -> tuple[End, ...]:
    """The likeliest first, then in the order of states."""
    return tuple(sorted(ends, key=lambda end: (-end.probability, end.states)))


def chances(conflict: Conflict, found: Visited, choice: Choice) -> Floats:
    """`(moves,)`: how likely each move is at its state."""
    counts = found.links.counts
    movers = np.count_nonzero(counts, axis=1)[:, None]
    if choice == "any":
        return np.repeat(1 / np.maximum(counts * movers, 1), counts.reshape(-1))
    groups = np.repeat(np.arange(counts.size), counts.reshape(-1))
    worth = conflict.ranks[groups % counts.shape[1], found.states[found.links.to]]
    best = np.full(counts.size, -1, dtype=np.int32)
    np.maximum.at(best, groups, worth)
    taken = worth == best[groups]
    among = np.bincount(groups[taken], minlength=counts.size).reshape(counts.shape)
    chances: Floats = taken * np.repeat(1 / np.maximum(among * movers, 1), counts.reshape(-1))
    return chances


def transitions(found: Visited, weights: Floats) -> csr_array:
    """The matrix of a chain, from rows to columns; rows are empty where play stops."""
    from scipy.sparse import csr_array

    starts = np.concatenate([[0], np.cumsum(found.links.counts.sum(axis=1))])
    chain = csr_array((weights, found.links.to, starts), shape=(found.states.size,) * 2)
    chain.sum_duplicates()
    chain.eliminate_zeros()
    return chain


def landing(chain: csr_array) -> Landing | None:
    """In which closed class a chain that starts in its first state is in the end.

    How likely each is follows from how often the other states are visited [KemenySnell1960], ch. 3.
    None where that takes too long to find.
    """
    from scipy.sparse.csgraph import connected_components

    count, label = connected_components(chain, directed=True, connection="strong")
    before = np.repeat(label, np.diff(chain.indptr))
    is_left = np.zeros(count, dtype=np.bool_)
    is_left[before[before != label[chain.indices]]] = True
    passing = is_left[label]
    closed, place = np.unique(label[~passing], return_inverse=True)
    members = np.flatnonzero(~passing)
    order = np.argsort(place, kind="stable")
    classes = np.split(members[order], np.cumsum(np.bincount(place))[:-1])
    if not passing[0]:
        certain = (closed == label[0]).astype(np.float64)
        return Landing(tuple(classes), certain, np.zeros(len(label)), 0.0)
    everywhere, rest = visits(chain, passing)
    reached = np.bincount(place, weights=(everywhere @ chain)[members], minlength=closed.size)
    if not abs(1 - reached.sum()) < WRONG:
        return None
    return Landing(tuple(classes), reached / reached.sum(), everywhere, rest)


def visits(chain: csr_array, passing: NDArray[np.bool_]) -> tuple[Floats, float]:
    """How often a chain that starts in its first state visits each passing one, and the rest.

    Of few states all digits are found: if the chain began anew whenever it leaves them, their
    shares in the long run would be to that of leaving as their visits to one. Of many states the
    probabilities are followed move by move until hardly any are left, which bounds the error.
    """
    inner, found = np.flatnonzero(passing), np.zeros(passing.size)
    if inner.size <= SOLVED:
        rows, size = chain[inner], inner.size
        anew = np.zeros((size + 1, size + 1))
        anew[:size, :size], anew[size, 0] = rows[:, inner].toarray(), 1.0
        anew[:size, size] = rows[:, np.flatnonzero(~passing)].sum(axis=1)
        shares = stationary(anew)
        found[inner] = shares[:size] / shares[size]
        return found, 0.0
    here = np.zeros(passing.size)
    here[0] = 1.0
    for _ in range(MOST_WORK // chain.nnz):
        found += here
        here = (chain.T @ here) * passing
        if here.sum() < LEFT:
            break
    return found, float(here.sum())


def stationary(chain: Floats) -> Floats:
    """The stationary distribution of an irreducible chain, by elimination without subtraction.

    So that also what is very unlikely comes out with all its digits [GrassmannTaksarHeyman1985];
    NaN where chances are so small that floating point knows them no more.

    Examples
    --------
    >>> stationary(np.array([[0.5, 0.5], [0.25, 0.75]])).round(6).tolist()
    [0.333333, 0.666667]
    """
    left = chain.astype(np.float64)
    found = np.ones(len(left))
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        for last in range(len(left) - 1, 0, -1):
            left[:last, last] /= left[last, :last].sum()
            left[:last, :last] += np.outer(left[:last, last], left[last, :last])
        for state in range(1, len(left)):
            found[state] = found[:state] @ left[:state, state]
            found[: state + 1] /= max(found[state], 1.0)  # keeps what is likely within bounds
    shares: Floats = found / found.sum()
    return shares
