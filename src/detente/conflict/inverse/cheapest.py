"""The cheapest change to what an analyst wrote that makes a state stable, or breaks it.

Edits to an actor's list of statements cost 1 each. All lists that so many edits lead to are looked
at, one number of edits after another, until one of them does what is wished for; before, a beam of
the most promising lists bounds how many it takes. Where there are too many lists to go on, the
bounds from both sides are what is known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from detente.conflict.columns import clauses_of
from detente.conflict.inverse.edits import (
    Edit,
    Layer,
    edited,
    edits_to,
    first_layer,
    number_of_edits,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from detente.conflict.columns import Clause, Statements, Words
    from detente.conflict.inverse.conditions import Conditions

__all__ = ["Change", "cheapest"]

MOST_LISTS = 400_000  # looked at, at one number of edits
MOST_WORK = 2**26  # words, likewise
MOST_EDITS = 12
MOST_TOLD = 1_000  # changes written out, and
SHOWN = 20  # of them kept
BEAM = 48
CHUNK = 2**14


@dataclass(frozen=True)
class Change:
    """What is known of the cheapest change that does what is wished for."""

    cost: int | None
    """Of the cheapest one found; None if none was."""
    at_least: int | None
    """No cheaper one exists; None: there is none at all."""
    ways: tuple[tuple[Edit, ...], ...] = ()
    """The first that cost so much; those that tell the model the answer last."""
    count: int = 0
    """How many lists that cost so much were found."""

    @property
    def exact(self) -> bool:
        """Whether nothing cheaper exists."""
        return self.cost == self.at_least


def cheapest(known: Statements, asked: Conditions, *, breaking: bool = False) -> Change:
    """The fewest edits of an actor's list that make a state stable for it.

    Parameters
    ----------
    known
        What the list is made of.
    asked
        What is asked of the actor.
    breaking
        Whether the state is to be stable no longer.

    Returns
    -------
    Change
        Exact unless there are more than some hundred thousand lists to look at; then with the
        bounds from both sides.
    """
    return Search(known, asked, breaking).change()


class Search:
    """Looks for lists that do what is wished for."""

    def __init__(self, known: Statements, asked: Conditions, breaking: bool) -> None:
        self.known, self.actor, self.breaking = known, asked.actor, breaking
        self.clauses = clauses_of(asked, known)

    def change(self) -> Change:
        """The cheapest change, or the bounds of its cost."""
        if self.breaking and not any(map(self.can_fail, self.clauses)):
            return Change(None, None)
        start = first_layer(self.known.held, self.known.nothing, len(self.known.every))
        if not self.away(start.rows)[0]:
            return Change(0, 0, ((),), 1)
        found, layers = self.beam(start), [start]
        for cost in range(1, (found.cost or MOST_EDITS) + 1):
            if self.is_too_much(layers[-1]):
                return replace(found, at_least=cost)
            layers.append(edited(layers[-1].rows, self.known.nothing, self.known.candidates))
            away = self.away(layers[-1].rows)
            if not away.all():
                return self.told(layers, np.flatnonzero(away == 0), cost)
        return replace(found, at_least=MOST_EDITS + 1)

    def can_fail(self, clause: Clause) -> bool:
        """Whether each of its alternatives has a column that some statement makes better."""
        ever = np.bitwise_or.reduce(self.known.better, axis=0)
        return not clause.met(ever[None])[0]

    def is_too_much(self, layer: Layer) -> bool:
        """Whether one more edit makes too many lists to be looked at."""
        length = int(np.count_nonzero(layer.rows != self.known.nothing, axis=1).max())
        lists = len(layer.rows) * number_of_edits(length, len(self.known.candidates))
        return lists > MOST_LISTS or lists * self.known.better.shape[1] > MOST_WORK

    def told(self, layers: Sequence[Layer], rows: NDArray[np.intp], cost: int) -> Change:
        """The changes that lead to some rows of the last layer."""
        every = self.known.every
        ways = [edits_to(layers, row, self.actor, every) for row in rows[:MOST_TOLD].tolist()]
        ways.sort(key=lambda edits: sum(edit.tells for edit in edits))
        return Change(cost, cost, tuple(ways[:SHOWN]), len(rows))

    # --------------------------------------------------------------------------- looking at lists

    def away(self, rows: NDArray[np.uint8]) -> NDArray[np.int64]:
        """`(lists,)`: 0 where a list does what is wished for, else how far it is from that."""
        chunks = [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)]
        return np.concatenate([np.zeros(0, dtype=np.int64), *map(self._away, chunks)])

    def _away(self, rows: NDArray[np.uint8]) -> NDArray[np.int64]:
        better = self.better(rows)
        names = np.ascontiguousarray(better).view(f"V{better.shape[1] * 8}")[:, 0]
        _, first, which = np.unique(names, return_index=True, return_inverse=True)
        different = better[first]
        if not self.breaking:
            failed = [~each.met(different) for each in self.clauses]
            away = np.sum([np.zeros(len(first)), *failed], axis=0, dtype=np.int64)
        else:
            away = np.min([each.ways(different) for each in self.clauses], axis=0)
        return np.asarray(away)[which]

    def better(self, rows: NDArray[np.uint8]) -> Words:
        """`(lists, words)`: the columns that are better than the wished-for state."""
        better = np.zeros((len(rows), self.known.better.shape[1]), dtype=np.uint64)
        undecided = ~better
        for items in rows.T:
            gains, losses = self.known.better[items], self.known.worse[items]
            better |= undecided & gains
            undecided &= ~(gains | losses)
        return better

    # --------------------------------------------------------------------------------- from above

    def beam(self, start: Layer) -> Change:
        """Some change that does it, found among the most promising lists."""
        layers = [start]
        for cost in range(1, self.known.held + 1):
            layer = edited(layers[-1].rows, self.known.nothing, self.known.candidates)
            away = self.away(layer.rows)
            best = np.argsort(away, kind="stable")[:BEAM]
            layers.append(Layer(layer.rows[best], layer.before[best], layer.edits[best]))
            if not away[best[0]]:
                done = np.flatnonzero(away[best] == 0)
                return replace(self.told(layers, done, cost), at_least=1)
        return Change(None, 1) if self.breaking else self.dropped()

    def dropped(self) -> Change:
        """Whoever wants nothing is content with everything."""
        every = self.known.every[: self.known.held]
        edits = tuple(Edit(self.actor, "dropped", (each,)) for each in every)
        return Change(len(edits), 1, (edits,), 1)
