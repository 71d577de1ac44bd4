"""Conditions in terms of statements: which states an actor's statements tell apart.

Two states compare by the most important statement that is true in one of them only. So all that
matters of a statement is in which of the states that conditions speak of it is true, and whether it
is in the wished-for state. States alike in that are one column; sets of columns are bits of words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from detente.case.situation import Statement
    from detente.conflict.inverse.conditions import Conditions
    from detente.conflict.space import Space

__all__ = ["Clause", "Statements", "Words", "clauses_of", "statements_of"]

WORD = 64
DIGITS = 20  # of base 3 that are told apart at once

Words = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Statements:
    """What an actor's list is made of, and in which columns its items tell what."""

    held: int
    """How many statements are held: the first items, most important first."""
    every: tuple[Statement, ...]
    """Those held, then the candidates to be added."""
    better: Words
    """(items + 1, words): the columns where an item is true, and is not in the wished-for state;
    none for the last item, which says nothing."""
    worse: Words
    """(items + 1, words): the other way about."""
    states: NDArray[np.int64]
    """Those that conditions speak of, sorted."""
    columns: NDArray[np.int64]
    """(states,), the column of each."""

    @property
    def nothing(self) -> int:
        """The item that says nothing."""
        return len(self.every)

    @property
    def candidates(self) -> range:
        """The items that can be added."""
        return range(self.held, len(self.every))

    def columns_of(self, states: NDArray[np.int64]) -> int:
        """The columns of some states, as bits."""
        found = np.unique(self.columns[np.searchsorted(self.states, states)]).tolist()
        return reduce(lambda bits, column: bits | 1 << column, found, 0)


def statements_of(
    space: Space,
    held: Sequence[Statement],
    candidates: Sequence[Statement],
    values: Mapping[str, Any],
    asked: Conditions,
) -> Statements:
    """What an actor's statements say of the states that conditions speak of.

    Parameters
    ----------
    space
        The states.
    held, candidates
        The actor's statements, most important first, and those that could be added.
    values
        Uncertainty -> its value.
    asked
        What is asked of the actor.
    """
    here = {**values, **space.axes()}
    every = (*held, *candidates)
    sides = np.zeros((len(every), len(asked.states)), dtype=np.int8)
    for row, statement in zip(sides, every, strict=True):
        truth = np.broadcast_to(statement.prefer.on(here), space.shape).reshape(-1)
        row[:] = truth[asked.states].view(np.int8) - truth[asked.state].view(np.int8)
    columns, first = _columns(sides)
    nobody = np.zeros((1, len(first)), dtype=np.bool_)
    better, worse = (_packed(np.vstack([sides[:, first] == side, nobody])) for side in (1, -1))
    return Statements(len(held), every, better, worse, asked.states, columns)


def _columns(sides: NDArray[np.int8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The column of each state, and for each column one of its states."""
    alike = np.zeros(sides.shape[1], dtype=np.int64)
    for start in range(0, len(sides), DIGITS):
        part = sides[start : start + DIGITS].astype(np.int64) + 1
        digits = reduce(lambda total, row: total * 3 + row, part, np.zeros_like(alike))
        alike = np.unique(digits, return_inverse=True)[1] + alike * sides.shape[1]
        alike = np.unique(alike, return_inverse=True)[1]
    first = np.unique(alike, return_index=True)[1]
    return alike, first


def _packed(bits: NDArray[np.bool_]) -> Words:
    """Rows of bits as rows of words."""
    words = -(-bits.shape[1] // WORD)
    padded = np.zeros((len(bits), max(words, 1) * WORD), dtype=np.bool_)
    padded[:, : bits.shape[1]] = bits
    return np.packbits(padded, axis=1, bitorder="little").view(np.uint64)


# ---------------------------------------------------------------------------------- the formula


class Clause(NamedTuple):
    """What one condition asks for: some column of the first, or all of some row, not better."""

    alone: Words
    """(words,)"""
    together: Words
    """(sets, words)"""

    def met(self, better: Words) -> NDArray[np.bool_]:
        """`(lists,)`: whether it is where these columns, `(lists, words)`, are better."""
        return np.logical_or((~better & self.alone).any(axis=1), self._whole(better).any(axis=1))

    def ways(self, better: Words) -> NDArray[np.int64]:
        """`(lists,)`: how many alternatives are met."""
        alone: NDArray[np.int64] = np.bitwise_count(~better & self.alone).sum(axis=1)
        whole: NDArray[np.int64] = np.count_nonzero(self._whole(better), axis=1)
        return alone + whole

    def _whole(self, better: Words) -> NDArray[np.bool_]:
        whole = np.ones((len(better), len(self.together)), dtype=np.bool_)
        for word in range(len(self.alone)):
            whole &= (better[:, word, None] & self.together[None, :, word]) == 0
        return whole


def clauses_of(asked: Conditions, known: Statements) -> list[Clause]:
    """The conditions in terms of columns, those that others imply left out."""
    shared = {id(states): states for each in asked.each for states in each.together}
    bits = {key: known.columns_of(states) for key, states in shared.items()}
    every = {
        _lean(known.columns_of(each.alone), {bits[id(states)] for states in each.together})
        for each in asked.each
    }
    kept: list[tuple[int, frozenset[int]]] = []
    for alone, together in sorted(every, key=lambda each: (each[0].bit_count(), len(each[1]))):
        if not any(least & alone == least and sets <= together for least, sets in kept):
            kept.append((alone, together))
    words = known.better.shape[1]
    return [Clause(_words([alone], words)[0], _words(sorted(sets), words)) for alone, sets in kept]


def _lean(alone: int, together: Iterable[int]) -> tuple[int, frozenset[int]]:
    """The alternatives that contain no other one."""
    alone = reduce(or_, (bits for bits in together if bits.bit_count() == 1), alone)
    kept: list[int] = []
    for bits in sorted(together, key=lambda each: (each.bit_count(), each)):
        if not bits & alone and not any(bits & least == least for least in kept):
            kept.append(bits)
    return alone, frozenset(kept)


def _words(sets: Sequence[int], words: int) -> Words:
    raw = b"".join(bits.to_bytes(words * WORD // 8, "little") for bits in sets)
    return np.frombuffer(raw, dtype=np.uint64).reshape(len(sets), words)
