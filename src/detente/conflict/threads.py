"""The actors of a large conflict side by side; compiled code lets other threads run."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["one_thread", "side_by_side"]

Item = TypeVar("Item")
Result = TypeVar("Result")

IS_ALONE: ContextVar[bool] = ContextVar("IS_ALONE", default=False)

THREADS_FROM = 2**14  # states: below, starting threads costs more than it saves


def side_by_side(
    function: Callable[[Item], Result], items: Iterable[Item], states: int
) -> list[Result]:
    """The function of each item, in their order; on all cores where there are many states."""
    if states < THREADS_FROM or IS_ALONE.get():
        return [function(item) for item in items]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(function, items))


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep to this thread, as a worker does beside others that have the other cores."""
    token = IS_ALONE.set(True)
    try:
        yield
    finally:
        IS_ALONE.reset(token)
