"""Things that are defined by other things: an order in which each comes after what it uses."""

from __future__ import annotations

from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

__all__ = ["circles", "in_order_of_use"]


def in_order_of_use(uses: Mapping[str, Collection[str]]) -> list[str]:
    """Every name after those it uses; without the names that lie on a circle or use one that does.

    What is used has to be a key itself.

    Examples
    --------
    >>> in_order_of_use({"sum": ["part"], "part": [], "hen": ["egg"], "egg": ["hen"]})
    ['part', 'sum']
    """
    sorter = TopologicalSorter(uses)
    with suppress(CycleError):  # what does not depend on a circle can still be had
        sorter.prepare()
    order: list[str] = []
    while sorter.is_active():
        ready = sorter.get_ready()
        order += ready
        sorter.done(*ready)
    return order


def circles(uses: Mapping[str, Collection[str]]) -> Iterator[list[str]]:
    """Circles of names that use each other, none sharing a name with another, all that block.

    Examples
    --------
    >>> list(circles({"farm": ["hen"], "hen": ["egg"], "egg": ["hen"]}))
    [['hen', 'egg']]
    """
    sound = set(in_order_of_use(uses))
    onward = {
        name: next(used for used in used_by_it if used not in sound)
        for name, used_by_it in uses.items()
        if name not in sound
    }
    seen: set[str] = set()
    for start in onward:
        name, path = start, []
        while name not in seen:
            seen.add(name)
            path.append(name)
            name = onward[name]
        if name in path:
            yield path[path.index(name) :]
