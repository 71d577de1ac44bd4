"""Lists of preference statements and what one edit makes of them, many lists at a time.

An edit drops a statement, lets two change places, or adds one of some candidates anywhere. A list
is a row of items (the numbers of statements), filled up at the end with an item that says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.case.situation import Statement

__all__ = ["Edit", "Layer", "edited", "edits_to", "first_layer", "number_of_edits"]

Rows = NDArray[np.uint8]


@dataclass(frozen=True)
class Edit:
    """One change to the statements that an analyst wrote."""

    actor: str
    change: Literal["dropped", "swapped", "added"]
    statements: tuple[Statement, ...]
    """The one dropped or added, or the two that change places."""
    place: int | None = None
    """Of an added one: where it then stands in the list, from 1."""

    @property
    def tells(self) -> bool:
        """Whether it only tells the model the answer: a typed-in means is held, or not."""
        return self.change != "swapped" and self.statements[0].role == "means"


class Layer(NamedTuple):
    """The lists that as many edits lead to, each once."""

    rows: Rows
    """(lists, longest)"""
    before: NDArray[np.int64]
    """(lists,), the row of the layer before that an edit made it from."""
    edits: NDArray[np.int64]
    """(lists, 3), that edit: its kind, and two numbers."""


DROPPED, SWAPPED, ADDED = range(3)


def first_layer(items: int, nothing: int, longest: int) -> Layer:
    """The list as it is."""
    rows = np.full((1, longest), nothing, dtype=np.uint8)
    rows[0, :items] = np.arange(items)
    return Layer(rows, np.zeros(1, dtype=np.int64), np.zeros((1, 3), dtype=np.int64))


def number_of_edits(length: int, candidates: int) -> int:
    """How many edits a list of some length allows."""
    return length + length * (length - 1) // 2 + candidates * (length + 1)


def edited(rows: Rows, nothing: int, candidates: Sequence[int]) -> Layer:
    """All lists that one edit makes of some lists, each once."""
    parts = [
        Layer(after, before, np.broadcast_to(edit, (len(after), 3)))
        for edit, before, after in _every_edit(rows, nothing, candidates)
        if len(after)
    ]
    if not parts:
        return Layer(rows[:0], np.zeros(0, dtype=np.int64), np.zeros((0, 3), dtype=np.int64))
    whole = Layer(*(np.concatenate(part) for part in zip(*parts, strict=True)))
    names = np.ascontiguousarray(whole.rows).view(f"V{rows.shape[1]}")[:, 0]
    first = np.sort(np.unique(names, return_index=True)[1])
    return Layer(whole.rows[first], whole.before[first], whole.edits[first])


def _every_edit(
    rows: Rows, nothing: int, candidates: Sequence[int]
) -> Iterator[tuple[tuple[int, int, int], NDArray[np.int64], Rows]]:
    """Each edit, the rows it can be made to, and what it makes of them."""
    lengths = np.count_nonzero(rows != nothing, axis=1)
    longest = int(lengths.max(initial=0))
    for place in range(longest):
        there = np.flatnonzero(lengths > place)
        after = np.delete(rows[there], place, axis=1)
        yield (DROPPED, place, 0), there, np.pad(after, ((0, 0), (0, 1)), constant_values=nothing)
    for one, other in combinations(range(longest), 2):
        there = np.flatnonzero(lengths > other)
        after = rows[there]
        after[:, [one, other]] = after[:, [other, one]]
        yield (SWAPPED, one, other), there, after
    for item in candidates:
        free = ~(rows == item).any(axis=1) & (lengths < rows.shape[1])
        for place in range(longest + 1):
            there = np.flatnonzero(free & (lengths >= place))
            after = np.insert(rows[there], place, item, axis=1)[:, :-1]
            yield (ADDED, place, item), there, after


def edits_to(
    layers: Sequence[Layer], row: int, actor: str, statements: Sequence[Statement]
) -> tuple[Edit, ...]:
    """The edits that lead to a row of the last layer."""
    found: list[Edit] = []
    for layer, earlier in zip(layers[:0:-1], layers[-2::-1], strict=True):
        kind, one, other = layer.edits[row].tolist()
        before = earlier.rows[row := int(layer.before[row])]
        if kind == ADDED:
            found.append(Edit(actor, "added", (statements[other],), one + 1))
        elif kind == SWAPPED:
            swapped = (statements[before[one]], statements[before[other]])
            found.append(Edit(actor, "swapped", swapped))
        else:
            found.append(Edit(actor, "dropped", (statements[before[one]],)))
    return tuple(reversed(found))
