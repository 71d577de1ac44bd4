"""Boxes in columns: each right of all it rests on, in few crossings, and no line behind a box.

A line that passes a column takes a place of its own in it, as in the method of
`[SugiyamaTagawaToda1981]`; places in a column are by the mean place of what they are joined to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["BOX", "ROW", "Layered", "layered"]

BOX, BETWEEN = 150, 34
"""How wide a box is, and the room between columns [pixels]."""
ROW, LINE = 58, 16
"""How much of a column a box takes, and a line that passes [pixels]."""
SWEEPS = 12

Point = tuple[float, float]


@dataclass(frozen=True)
class Layered:
    """Where everything stands [pixels]."""

    boxes: Mapping[str, Point]
    """Left end and middle of each."""
    routes: Mapping[tuple[str, str], tuple[Point, ...]]
    """(premise, conclusion) -> the corners of the line between them."""
    width: float
    height: float


def layered(rests_on: Mapping[str, Sequence[str]]) -> Layered:
    """Places for a graph without circles.

    Parameters
    ----------
    rests_on
        Everything that is drawn -> what it rests on, all of it drawn too.

    References
    ----------
    [SugiyamaTagawaToda1981]
    """
    columns = columns_of(rests_on)
    paths = {
        (premise, id): path(premise, id, columns[premise], columns[id])
        for id, below in rests_on.items()
        for premise in below
    }
    for each in paths.values():
        columns |= {stop: columns[each[0]] + step for step, stop in enumerate(each)}
    joined: dict[str, list[str]] = {id: [] for id in columns}
    for each in paths.values():
        for one, other in pairwise(each):
            joined[one].append(other)
            joined[other].append(one)
    middles = arranged(columns, joined, frozenset(rests_on))
    lefts = {id: float(column * (BOX + BETWEEN)) for id, column in columns.items()}
    boxes = {id: (lefts[id], middles[id]) for id in rests_on}
    routes = {
        pair: tuple(corners([(lefts[stop], middles[stop]) for stop in each]))
        for pair, each in paths.items()
    }
    width = max(lefts.values(), default=0) + BOX
    return Layered(boxes, routes, width, max(middles.values(), default=0) + ROW / 2)


def columns_of(rests_on: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The column of each box: next to its premises, or next to the one conclusion there is."""
    carries = {id: [to for to, below in rests_on.items() if id in below] for id in rests_on}
    if sum(not to for to in carries.values()) > 1:
        return {id: steps(id, rests_on) for id in rests_on}
    above = {id: steps(id, carries) for id in rests_on}
    return {id: max(above.values()) - above[id] for id in rests_on}


def steps(id: str, ways: Mapping[str, Sequence[str]]) -> int:
    """How many steps lead on from here at most."""
    return max((1 + steps(each, ways) for each in ways[id]), default=0)


def path(premise: str, conclusion: str, first: int, last: int) -> tuple[str, ...]:
    """From a premise to its conclusion, with a stop in every column between."""
    stops = (f"{premise} to {conclusion} {column}" for column in range(first + 1, last))
    return premise, *stops, conclusion


def arranged(
    columns: Mapping[str, int], joined: Mapping[str, Sequence[str]], boxes: frozenset[str]
) -> dict[str, float]:
    """The middle of each box and stop in its column [pixels from the top]."""
    groups: dict[int, list[str]] = {}
    for id, column in columns.items():
        groups.setdefault(column, []).append(id)
    heights = {id: ROW if id in boxes else LINE for id in columns}
    tallest = max((sum(heights[id] for id in group) for group in groups.values()), default=0)
    middles: dict[str, float] = {}
    for group in groups.values():
        middles |= stacked(group, heights, tallest)
    for sweep in range(SWEEPS):
        for column in sorted(groups, reverse=sweep % 2 == 1):
            groups[column].sort(key=lambda id: mean_of(id, joined, middles))
            middles |= stacked(groups[column], heights, tallest)
    return middles


def stacked(group: Sequence[str], heights: Mapping[str, int], tallest: float) -> dict[str, float]:
    """A column from top to bottom, in the middle of the tallest."""
    top = (tallest - sum(heights[id] for id in group)) / 2
    found = {}
    for id in group:
        found[id] = round(top + heights[id] / 2, 1)
        top += heights[id]
    return found


def mean_of(id: str, joined: Mapping[str, Sequence[str]], middles: Mapping[str, float]) -> float:
    """The mean place of what it is joined to; its own where that is nothing."""
    near = joined[id]
    return sum(middles[each] for each in near) / len(near) if near else middles[id]


def corners(stops: Sequence[Point]) -> list[Point]:
    """From the right end of the first box to the left end of the last, straight past columns."""
    (x, y), *between, last = stops
    found = [(x + BOX, y)]
    for left, middle in between:
        found += [(left, middle), (left + BOX, middle)]
    return [*found, last]
