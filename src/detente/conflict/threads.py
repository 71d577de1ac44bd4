"""The actors of a large conflict side by side; compiled code lets other threads run."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["side_by_side"]

Item = TypeVar("Item")
Result = TypeVar("Result")

THREADS_FROM = 2**14  # states: below, starting threads costs more than it saves


def side_by_side(
    function: Callable[[Item], Result], items: Iterable[Item], states: int
) -> list[Result]:
    """The function of each item, in their order; on all cores where there are many states."""
    if states < THREADS_FROM:
        return [function(item) for item in items]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(function, items))
