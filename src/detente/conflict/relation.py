"""How an actor compares states where a list of ranks does not say it.

What is not known, or known to a degree only, is no weak order: it need not be transitive. But from
any one state it looks like one: all that counts there is which states are a gain. States that see
the others alike share a *view*, and in each view ranks do again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Beyond", "Order", "Pairs", "Prefixed", "Relation", "Steps", "pairs"]

Ranks = NDArray[np.int32]
Carry = Callable[[Ranks], Ranks]
"""Takes values from state to state; -1 where a state is infeasible."""


class Relation(Protocol):
    """An actor's comparisons, view by view."""

    @property
    def views(self) -> int:
        """How many views there are."""

    def members(self, view: int) -> NDArray[np.int64]:
        """`(members,)`, the feasible states that share a view."""

    def view_of(self, state: int) -> int:
        """The view of a feasible state."""

    def ranks(self, view: int, *, hopeful: bool) -> Ranks:
        """How the others look from the members of a view.

        Parameters
        ----------
        view
            Which one.
        hopeful
            Whether a state of unknown comparison counts as a gain, or as none.

        Returns
        -------
        ndarray
            `(states,) int32`, meaningless where infeasible: for a member, a state is a gain if
            and only if its rank is above the member's own.
        """

    def carried(self, carry: Carry) -> Relation:
        """The relation among other states, those of a conflict in which options are fixed."""


@dataclass(frozen=True, eq=False)
class Order:
    """A weak order: a single view."""

    rows: Ranks
    """(states,), larger is better, -1 where infeasible."""
    views: int = 1

    def members(self, view: int) -> NDArray[np.int64]:
        """All feasible states."""
        return np.flatnonzero(self.rows >= view)

    def view_of(self, state: int) -> int:
        """The only one."""
        return 0

    def ranks(self, view: int, *, hopeful: bool) -> Ranks:
        """The ranks, whatever the view."""
        return self.rows

    def carried(self, carry: Carry) -> Order:
        """The order among other states."""
        return Order(carry(self.rows))


@dataclass(frozen=True, eq=False)
class Prefixed:
    """Option prioritisation in which some statements may be held the one way or the other.

    The statements up to the last unknown one sort the states into groups, which see the others
    alike: another group differs from them first in a statement that is known, or in one that is
    not. Within a group the statements that follow decide.
    """

    groups: NDArray[np.int32]
    """(states,), by the truth of the statements up to the last unknown one, read as if it were
    known: the better the larger; -1 where infeasible."""
    truths: NDArray[np.bool_]
    """(groups, statements), what makes each group."""
    unknown: NDArray[np.bool_]
    """(statements,), which of them are unknown."""
    rest: Ranks
    """(states,), ranks by the statements that follow."""

    @property
    def views(self) -> int:
        """One for each group."""
        return len(self.truths)

    def members(self, view: int) -> NDArray[np.int64]:
        """The states of a group."""
        return np.flatnonzero(self.groups == view)

    def view_of(self, state: int) -> int:
        """The group of a state."""
        return int(self.groups[state])

    def ranks(self, view: int, *, hopeful: bool) -> Ranks:
        """The group by the statements that follow, all others above or below it."""
        first = (self.truths != self.truths[view]).argmax(axis=1)
        gain = np.where(self.unknown[first], hopeful, np.arange(self.views) > view)
        sides = np.where(gain, np.int32(np.iinfo(np.int32).max), np.int32(-1))
        return np.where(self.groups == view, self.rest, sides[self.groups])

    def carried(self, carry: Carry) -> Prefixed:
        """The relation among other states."""
        return replace(self, groups=carry(self.groups), rest=carry(self.rest))


@dataclass(frozen=True, eq=False)
class Pairs:
    """A ranking but for pairs of states that compare otherwise.

    The first view is that of all states in no such pair; each of the others has its own.
    """

    rows: Ranks
    """(states,), by the ranking alone; -1 where infeasible."""
    places: NDArray[np.int32]
    """(states,), a number from 1 for the states in pairs, 0 for all others."""
    exceptions: Sequence[Mapping[int, bool | None]]
    """For each number from 1, the numbers it compares with otherwise, and whether they are a gain;
    None where nobody knows."""

    @property
    def views(self) -> int:
        """One for each state in pairs, and the first."""
        return len(self.exceptions) + 1

    def members(self, view: int) -> NDArray[np.int64]:
        """The state of this number."""
        return np.flatnonzero((self.places == view) & (self.rows >= 0))

    def view_of(self, state: int) -> int:
        """The number of a state."""
        return int(self.places[state])

    def ranks(self, view: int, *, hopeful: bool) -> Ranks:
        """The ranking, with the state's exceptions above or below all."""
        if view == 0:
            return self.rows
        told = self.exceptions[view - 1]
        sides = np.zeros(self.views, dtype=np.int32)
        for other, gain in told.items():
            sides[other] = 1 if (hopeful if gain is None else gain) else -1
        side = sides[self.places]
        above = np.iinfo(np.int32).max
        return np.where(side == 0, self.rows, np.where(side > 0, np.int32(above), np.int32(-1)))

    def carried(self, carry: Carry) -> Pairs:
        """The relation among other states."""
        return replace(self, rows=carry(self.rows), places=carry(self.places))


def pairs(rows: Ranks, told: Mapping[tuple[int, int], bool | None]) -> Pairs:
    """A ranking with exceptions.

    Parameters
    ----------
    rows
        `(states,) int32`, by the ranking alone; -1 where infeasible.
    told
        From a state, whether another is a gain; None where nobody knows.
    """
    among = sorted({state for pair in told for state in pair if rows[state] >= 0})
    places = np.zeros(len(rows), dtype=np.int32)
    places[among] = np.arange(1, len(among) + 1)
    exceptions: list[dict[int, bool | None]] = [{} for _ in among]
    for (state, other), gain in told.items():
        if places[state] and places[other] and state != other:
            exceptions[places[state] - 1][int(places[other])] = gain
    return Pairs(rows, places, exceptions)


class Steps(NamedTuple):
    """The ranks that are much better than the next lower one."""

    ranks: Ranks
    """(steps,), ascending."""
    degrees: NDArray[np.int8]
    """(steps,), how much better: 2 greatly, and so on."""


@dataclass(frozen=True, eq=False)
class Beyond:
    """What the actors' preferences say beyond ranks; actors for whom it is nothing are left out."""

    unknown: Mapping[str, Relation] = field(default_factory=dict)
    """What it is not known how the actor compares."""
    fuzzy: Mapping[str, Relation] = field(default_factory=dict)
    """What the actor prefers with sufficient certainty."""
    steps: Mapping[str, Steps] = field(default_factory=dict)
    """Where preferences are more than mild."""

    def carried(self, carry: Carry) -> Beyond:
        """The same among other states."""
        return replace(
            self,
            unknown={actor: each.carried(carry) for actor, each in self.unknown.items()},
            fuzzy={actor: each.carried(carry) for actor, each in self.fuzzy.items()},
        )

    def without(self, actor: str) -> Beyond:
        """The same, but for an actor of whom nothing but ranks is known any more."""
        return Beyond(
            {other: each for other, each in self.unknown.items() if other != actor},
            {other: each for other, each in self.fuzzy.items() if other != actor},
            {other: each for other, each in self.steps.items() if other != actor},
        )
