"""Preferences as exact integer ranks: larger is better, -1 where infeasible."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.case.situation import Ranking, Utility
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.case.future import Future
    from detente.case.situation import Preference, Statement
    from detente.conflict.space import Space

__all__ = ["Truths", "ranks", "truths"]

Ranks = NDArray[np.int32]
WORD = 31  # statements to a word: an int32 without its sign
SIGNIFICANT = 12


def ranks(space: Space, preference: Preference, actor: str, future: Future) -> Ranks:
    """How an actor ranks the states.

    Parameters
    ----------
    space
        The states.
    preference
        The actor's statements, ranking or utility.
    actor
        Whose they are.
    future
        Which statements are held, and what the uncertainties come to.

    Returns
    -------
    ndarray
        `(states,) int32`.

    Raises
    ------
    InputError
        Where a ranking leaves out a feasible state or names one twice, or a utility is not a
        finite number in every feasible state.
    """
    if isinstance(preference, Ranking):
        return _ranking(space, preference, actor)
    if isinstance(preference, Utility):
        return _utility(space, preference, actor, future.values)
    return truths(space, future.statements[actor], future.values).ranks()


# ------------------------------------------------------------------------ option prioritisation


@dataclass(frozen=True, eq=False)
class Truths:
    """Which of an actor's statements are true in which states.

    Keeps one bit for each statement and state, so that the ranks with a statement dropped or
    moved need no expression to be evaluated again.
    """

    space: Space
    count: int
    """How many statements there are, most important first."""
    words: tuple[Ranks, ...]
    """`(states,) int32` each: up to 31 statements, the more important the higher the bit; -1
    where infeasible."""

    def ranks(self) -> Ranks:
        """The states by their truth vectors, compared lexicographically [Peng1999]."""
        return reduce(_refined, self.words)

    def without(self, *places: int) -> Ranks:
        """The ranks if the statements at these places (from 0) were dropped."""
        words = list(self.words)
        for word, bit in map(self._bit, places):
            words[word] = np.maximum(words[word] & ~np.int32(1 << bit), np.int32(-1))
        return replace(self, words=tuple(words)).ranks()

    def swapped(self, one: int, other: int) -> Ranks:
        """The ranks if the statements at these places (from 0) changed places."""
        (word, bit), (other_word, other_bit) = self._bit(one), self._bit(other)
        differ = ((self.words[word] >> bit) ^ (self.words[other_word] >> other_bit)) & 1
        words = list(self.words)
        words[word] = words[word] ^ (differ << bit)
        words[other_word] = words[other_word] ^ (differ << other_bit)
        return replace(self, words=tuple(words)).ranks()

    def _bit(self, place: int) -> tuple[int, int]:
        """The word and the bit in it where a statement is kept."""
        if not 0 <= place < self.count:
            raise IndexError(f"no statement at {place} of {self.count}")
        word = place // WORD
        return word, min(self.count - word * WORD, WORD) - 1 - place % WORD


def truths(space: Space, statements: Sequence[Statement], values: Mapping[str, Any]) -> Truths:
    """Evaluate an actor's statements once.

    Parameters
    ----------
    space
        The states.
    statements
        Most important first.
    values
        Uncertainty -> its value.
    """
    here = {**values, **space.axes()}
    held = [statement.prefer.on(here) for statement in statements]
    starts = range(0, max(len(held), 1), WORD)
    return Truths(
        space, len(held), tuple(_word(space, held[start : start + WORD]) for start in starts)
    )


def _word(space: Space, held: Sequence[NDArray[np.bool_]]) -> Ranks:
    """One bit for each statement, the first one highest."""
    bits = [truth.astype(np.int32) << bit for bit, truth in enumerate(reversed(held))]
    # Statements on few axes first: their sum stays small for longer.
    total = sum(sorted(bits, key=np.size), start=np.zeros(1, dtype=np.int32))
    return np.where(space.feasible, total, np.int32(-1)).reshape(-1)


def _refined(ranks: Ranks, word: Ranks) -> Ranks:
    """Ranks among which ties are decided by a further word."""
    return _dense((ranks.astype(np.int64) << WORD) + word)


def _dense(values: NDArray[Any]) -> Ranks:
    """The place of each value among all that occur; -1 for the one below 0, the infeasible."""
    occurring, places = np.unique(values, return_inverse=True)
    return (places - np.searchsorted(occurring, 0)).astype(np.int32)


# --------------------------------------------------------------------------- rankings, utilities


def _ranking(space: Space, ranking: Ranking, actor: str) -> Ranks:
    """The better the class, the larger the rank."""
    classes = ranking.classes
    states = space.combinations([code for tied in classes for code in tied])
    worth = np.repeat(np.arange(len(classes))[::-1], [len(tied) for tied in classes])
    named = np.bincount(states, minlength=space.size)
    _refuse(space, named > 1, f"the ranking of `{actor}` names {{}} more than once")
    _refuse(space, space.mask & (named == 0), f"the ranking of `{actor}` leaves out {{}}")
    ranks = np.full(space.size, -1, dtype=np.int32)
    ranks[states] = worth
    ranks[~space.mask] = -1
    return ranks


def _utility(space: Space, utility: Utility, actor: str, values: Mapping[str, Any]) -> Ranks:
    """Utilities that agree in 12 significant digits are tied; the rest is order."""
    worth = utility.utility.on({**values, **space.axes()}).astype(np.float64)
    worth = np.broadcast_to(worth, space.shape).reshape(-1)
    _refuse(
        space, space.mask & ~np.isfinite(worth), f"the utility of `{actor}` is no number in {{}}"
    )
    ranks = np.full(space.size, -1, dtype=np.int32)
    ranks[space.mask] = np.unique(_significant(worth[space.mask]), return_inverse=True)[1]
    return ranks


def _significant(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values rounded to 12 significant digits."""
    occurring, places = np.unique(values, return_inverse=True)
    rounded = [float(f"{value:.{SIGNIFICANT - 1}e}") for value in occurring]
    return np.array(rounded)[places]


def _refuse(space: Space, at_fault: NDArray[np.bool_], message: str) -> None:
    """Refuse a preference for the states at fault, naming the first."""
    states = np.flatnonzero(at_fault)
    if states.size:
        more = f" and {states.size - 1:,} more" if states.size > 1 else ""
        raise InputError(message.format(f"`{space.code(int(states[0]))}`{more}"))
