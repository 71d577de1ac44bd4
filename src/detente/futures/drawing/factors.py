"""Everything that is drawn: uncertainties, doubted statements and open orders."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, overload

import numpy as np

from detente.case.format.uncertainty import Choice, Event
from detente.case.future import group_of
from detente.case.situation import Statements
from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from detente.case.format import Commitment, Uncertainty
    from detente.case.situation import Preference, Situation, Statement

__all__ = ["Factor", "Orders", "factors", "permutations"]

Kind = Literal["event", "number", "choice", "held", "order", "executed"]

MOST_UNORDERED = 12  # statements of a group: their orders are then still told apart by one double


@dataclass(frozen=True)
class Factor:
    """One thing that is drawn in every future; a column of the draws."""

    name: str
    """An uncertainty's or commitment's name; `prc.4`, a doubted statement; `rok.1`, the order of an
    `any_order` group (its place in the list); those of an expert's list as `expert:prc.4`."""
    kind: Kind
    levels: Sequence[str] = ()
    """What it can be, none for a number: no/yes of an event, the values of a choice,
    dropped/held of a statement, the orders of a group (`a>b>c`)."""
    probability: tuple[float, float] | None = None
    """Of happening or being held, where it is stated: an interval is kept apart from sampling."""
    weights: tuple[float, ...] = ()
    """The share of each level that is drawn, at midpoints; none for a number, and none for an
    order, whose levels are all alike."""
    says: str | None = None
    unit: str | None = None
    view: str = ""
    """The expert in whose list it stands; empty for the case's own."""

    @property
    def name_in_list(self) -> str:
        """Its name without the expert's."""
        return self.name.removeprefix(f"{self.view}:")


@dataclass(frozen=True)
class Orders(Sequence[str]):
    """The orders of a group's statements, `a>b>c` the first: spelt out only when asked for."""

    letters: tuple[str, ...]
    """What the statements are called, in the order of the file."""

    def __len__(self) -> int:
        return math.factorial(len(self.letters))

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        places = permutations(np.array([range(len(self))[index]]), len(self.letters))[0]
        return ">".join(self.letters[place] for place in places)


def permutations(indexes: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The orders with these indexes, counted in lexicographic order.

    Parameters
    ----------
    indexes
        `(n,) int64`, from 0, the order as it is, to the factorial of `count`, less one.
    count
        How many things are put in order.

    Returns
    -------
    ndarray
        `(n, count) int64`: which of the things comes first, second, …

    References
    ----------
    [Knuth2011], 7.2.1.2: the digits of the index in the factorial number system are the
    inversions of the permutation (Lehmer code).

    Examples
    --------
    >>> permutations(np.arange(6), 3).tolist()
    [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    """
    places = np.empty((len(indexes), count), dtype=np.int64)
    for column in reversed(range(count)):
        behind = count - 1 - column
        places[:, column] = indexes // math.factorial(behind) % (behind + 1)
        places[:, column + 1 :] += places[:, column + 1 :] >= places[:, [column]]
    return places


def factors(situation: Situation) -> tuple[Factor, ...]:
    """What is drawn in every future of a situation.

    Parameters
    ----------
    situation
        What the analyst wrote.

    Returns
    -------
    tuple
        The uncertainties and the commitments of uncertain execution in the order of the file; then
        what is open in the preferences, by decision maker and in the order of each list; then
        what is open in the lists of each expert.

    Raises
    ------
    CannotAnswer
        Where an `any_order` group has more than twelve statements.
    """
    return (
        *(_of_uncertainty(*item) for item in situation.uncertainties.items()),
        *(
            _of_execution(name, commitment)
            for name, commitment in situation.commitments.items()
            if commitment.executed is not None
        ),
        *_of_preferences(situation.preferences),
        *(
            factor
            for expert, preferences in situation.views.items()
            for factor in _of_preferences(preferences, expert)
        ),
    )


def _of_uncertainty(name: str, unknown: Uncertainty) -> Factor:
    if isinstance(unknown, Event):
        return _binary(name, "event", unknown.probability, unknown.says)
    if isinstance(unknown, Choice):
        largest = max(unknown.weights.values())
        relative = [weight / largest for weight in unknown.weights.values()]
        weights = tuple(weight / sum(relative) for weight in relative)
        return Factor(name, "choice", tuple(unknown.weights), None, weights, unknown.says)
    return Factor(name, "number", says=unknown.says, unit=unknown.unit)


def _of_execution(name: str, commitment: Commitment) -> Factor:
    assert commitment.executed is not None
    return _binary(name, "executed", commitment.executed, commitment.says)


def _binary(
    name: str, kind: Kind, probability: tuple[float, float], says: str | None, view: str = ""
) -> Factor:
    levels = ("dropped", "held") if kind == "held" else ("no", "yes")
    middle = sum(probability) / 2
    return Factor(name, kind, levels, probability, (1 - middle, middle), says, None, view)


def _of_preferences(preferences: Mapping[str, Preference], view: str = "") -> Iterator[Factor]:
    for preference in preferences.values():
        if isinstance(preference, Statements):
            for group, run in groupby(preference.statements, key=group_of):
                yield from _of_run(group, tuple(run), view)


def _of_run(group: str, members: tuple[Statement, ...], view: str) -> Iterator[Factor]:
    """The order of a group, and which of its statements are held; or one statement's own."""
    prefix = f"{view}:" if view else ""
    if len(members) > MOST_UNORDERED:
        raise CannotAnswer(
            f"the order of `{prefix}{group}` is not drawn: {len(members)} statements in any order, "
            f"at most {MOST_UNORDERED} can be\n  split the group where some order is known"
        )
    if members[0].group is not None:
        letters = tuple(member.id.removeprefix(group) for member in members)
        yield Factor(f"{prefix}{group}", "order", Orders(letters), view=view)
    for member in members:
        if member.credence is not None:
            says = member.says or str(member.prefer)
            yield _binary(f"{prefix}{member.id}", "held", member.credence, says, view)
