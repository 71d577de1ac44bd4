"""Sets of states in the words of the case: what each option may be in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from detente.case.situation import Option
    from detente.conflict.space import Space

__all__ = ["description"]

LONGEST = 160  # characters


def description(space: Space, states: NDArray[np.int64]) -> str | None:
    """A short expression that is true in these feasible states and in no others.

    None where it takes more than saying for every option what it may be.

    Examples
    --------
    >>> from detente.case import load
    >>> from detente.conflict.model import conflict
    >>> space = conflict(load("kinsara/syria_iraq_1975")).space
    >>> description(space, space.indices(["000", "001"]))
    'not syria.release_water and not syria.escalate'
    """
    places = np.unravel_index(states, space.shape)
    occurring = [np.flatnonzero(np.bincount(each)) for each in places]
    if _count(space, occurring) != len(states):
        return None
    for axis, length in enumerate(space.shape):  # what goes without saying is not said
        wider = [*occurring[:axis], np.arange(length), *occurring[axis + 1 :]]
        if _count(space, wider) == len(states):
            occurring = wider
    text = " and ".join(_limits(space, occurring))
    return text if 0 < len(text) <= LONGEST else None


def _count(space: Space, levels: list[NDArray[np.int64]]) -> int:
    """How many feasible states have one of these levels of each option."""
    return int(np.count_nonzero(space.feasible[np.ix_(*levels)]))


def _limits(space: Space, occurring: list[NDArray[np.int64]]) -> Iterator[str]:
    """What is said of the options that may not be everything they could."""
    for option, length, first, places in zip(
        space.options, space.shape, space.origin, occurring, strict=True
    ):
        if len(places) < length:
            yield _limit(option, (places + first).tolist())


def _limit(option: Option, levels: list[int]) -> str:
    """That an option is at one of some levels."""
    words, last = option.levels, len(option.levels) - 1
    if words == ("no", "yes"):
        return option.id if levels == [1] else f"not {option.id}"
    if len(levels) == 1:
        return f"{option.id} == {words[levels[0]]}"
    if len(levels) == last:
        (missing,) = set(range(last + 1)) - set(levels)
        return f"{option.id} != {words[missing]}"
    if levels[-1] - levels[0] + 1 == len(levels) and (levels[0] == 0 or levels[-1] == last):
        return f"{option.id} {'<=' if levels[0] == 0 else '>='} {words[levels[0] or levels[-1]]}"
    return f"({' or '.join(f'{option.id} == {words[level]}' for level in levels)})"
