"""The states of a situation as arrays: one axis per option."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from detente.case.situation import Infeasible, Option

__all__ = ["DIGITS", "LARGEST", "axes", "code_levels", "feasible", "size"]

LARGEST = 2**26
"""The largest state space that is taken on: the product of the numbers of levels."""

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


def code_levels(code: str, options: Sequence[Option]) -> tuple[int, ...] | None:
    """The level indexes a code spells, or None where it is not a code of these options."""
    if len(code) != len(options):
        return None
    levels = tuple(DIGITS.find(character) for character in code)
    fits = all(
        0 <= level < len(option.levels) for level, option in zip(levels, options, strict=True)
    )
    return levels if fits else None
