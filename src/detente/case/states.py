"""The states of a situation as arrays: one axis per option."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from detente.case.situation import Infeasible, Option

__all__ = [
    "DIGITS", "LARGEST", "MOST_OPTIONS", "axes", "code", "code_levels", "distinct", "feasible",
    "looks_like_code", "representatives", "size",
]  # fmt: skip

LARGEST = 2**26
"""The largest state space that is taken on: the product of the numbers of levels."""

MOST_OPTIONS = 64  # NumPy's arrays have no more axes

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
"""A level's index as a character of a state's code."""


def size(options: Iterable[Option]) -> int:
    """How many combinations of levels there are."""
    return math.prod(len(option.levels) for option in options)


def axes(options: Sequence[Option]) -> dict[str, NDArray[np.int64]]:
    """Each option's level indexes along its own axis.

    Returns
    -------
    dict
        Option id -> integers of shape (1, …, levels, …, 1); they broadcast to the state space.
    """
    n = len(options)
    return {
        option.id: np.arange(len(option.levels)).reshape(
            [-1 if axis == k else 1 for axis in range(n)]
        )
        for k, option in enumerate(options)
    }


def feasible(
    options: Sequence[Option],
    infeasible: Iterable[Infeasible],
    uncertainties: Mapping[str, Any],
) -> NDArray[np.bool_]:
    """Which states are not ruled out, in one future.

    Returns
    -------
    ndarray
        bool, one axis per option.
    """
    values = {**uncertainties, **axes(options)}
    mask = np.ones([len(option.levels) for option in options], dtype=np.bool_)
    for rule in infeasible:
        mask &= ~rule.when.on(values)
    return mask


def representatives(
    options: Sequence[Option],
    possible: NDArray[np.bool_],
    same: Iterable[Infeasible],
    uncertainties: Mapping[str, Any],
) -> NDArray[np.int64]:
    """The state that each state counts as: the first of those with which it is one.

    Parameters
    ----------
    options
        In code order.
    possible
        One axis per option: the states that are not ruled out.
    same
        The states that are one; where two of these speak about a state, so are all of theirs.
    uncertainties
        Name -> value.

    Returns
    -------
    ndarray
        `(states,)`, flat indices in C order; its own where a state stands for itself alone.
    """
    values = {**uncertainties, **axes(options)}
    stands_for = np.arange(possible.size)
    for rule in same:
        alike = np.broadcast_to(rule.when.on(values), possible.shape) & possible
        members = np.unique(stands_for[np.flatnonzero(alike)])
        if members.size:
            stands_for[np.isin(stands_for, members)] = members[0]
    return stands_for


def distinct(
    options: Sequence[Option],
    possible: NDArray[np.bool_],
    same: Sequence[Infeasible],
    uncertainties: Mapping[str, Any],
) -> NDArray[np.bool_]:
    """Those of the possible states that count as themselves, one axis per option."""
    if not same:
        return possible
    stands_for = representatives(options, possible, same, uncertainties)
    first: NDArray[np.bool_] = stands_for == np.arange(possible.size)
    return possible & first.reshape(possible.shape)


def code(levels: Iterable[int]) -> str:
    """The code of the state with these level indexes."""
    return "".join(DIGITS[level] for level in levels)


def looks_like_code(text: str, options: int) -> bool:
    """Whether a text can only be meant as the code of a state."""
    return set(text) <= set(DIGITS) and (len(text) == options or text.isdecimal())


def code_levels(text: str, options: Sequence[Option]) -> tuple[int, ...] | None:
    """The level indexes a text spells, or None where it is not a code of these options."""
    if len(text) != len(options):
        return None
    levels = tuple(DIGITS.find(character) for character in text)
    fits = all(
        0 <= level < len(option.levels) for level, option in zip(levels, options, strict=True)
    )
    return levels if fits else None
