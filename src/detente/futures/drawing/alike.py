"""Which futures no evaluation can tell apart.

An evaluation sees of a future which statements count, which of them are held, their order, and the
values of uncertainties only as far as some expression reads them: of `cost > 0.5`, whether it is
so. Futures that agree in all of this come to the same, and only one of them need be evaluated.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from detente.case.future import group_of
from detente.case.perceived import preferences_seen, statements_seen
from detente.case.situation import Statements, Utility
from detente.futures.drawing.factors import permutations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from detente.case.expression import Expression
    from detente.case.situation import Situation, Statement

    Columns = Mapping[str, NDArray[Any]]

__all__ = ["Trait", "groups", "traits"]

LONGEST = 2**62  # how many combinations one int64 can tell apart


class Trait(NamedTuple):
    """Something that evaluations see, as a whole number for every future."""

    values: NDArray[np.int64]
    """`(n,)`, from 0."""
    size: int
    """How many values there can be."""


def groups(traits: Iterable[Trait], n: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The futures that agree in every trait.

    Parameters
    ----------
    traits
        What futures are told apart by.
    n
        How many futures there are.

    Returns
    -------
    rows : ndarray
        `(groups,)`, the first future of each group, ascending.
    inverse : ndarray
        `(n,)`, each future's group.
    """
    key, size = np.zeros(n, dtype=np.int64), 1
    for trait in traits:
        values, count = trait
        if size * count > LONGEST:
            key, size = renumbered(key)
            values, count = renumbered(values)
            if size == n:  # no two are alike already
                break
        key, size = key * count + values, size * count
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    by_row = np.argsort(first)
    place = np.empty_like(by_row)
    place[by_row] = np.arange(len(by_row))
    return first[by_row], place[group]


def renumbered(values: NDArray[np.int64]) -> Trait:
    """The same differences without gaps."""
    distinct, places = np.unique(values, return_inverse=True)
    return Trait(places, len(distinct))


def traits(situation: Situation, columns: Columns, n: int) -> Iterator[Trait]:
    """Everything that an evaluation of these futures can see.

    Parameters
    ----------
    situation
        With the preferences in question.
    columns
        What is drawn, by the names that the situation knows it by.
    n
        How many futures there are.
    """
    for preference in situation.preferences.values():
        if isinstance(preference, Statements):
            for group, run in groupby(preference.statements, key=group_of):
                yield from _of_statements(group, tuple(run), columns, n)
    for seen in statements_seen(situation):
        if seen.when is not None:
            yield Trait(_counts(seen, columns, n).astype(np.int64), 2)
    parts = dict.fromkeys(part for each in formulas(situation) for part in each.drawn)
    for part in parts:
        yield _of_values(np.asarray(part.on(columns)))


def formulas(situation: Situation) -> Iterator[Expression]:
    """Every expression that is evaluated on states; indicators are read through these."""
    yield from (rule.when for rule in (*situation.infeasible, *situation.same))
    seen = preferences_seen(situation.perceptions)
    for preference in (*situation.preferences.values(), *seen):
        if isinstance(preference, Statements):
            yield from (statement.prefer for statement in preference.statements)
        elif isinstance(preference, Utility):
            yield preference.utility
    yield from (goal.test for goal in situation.goals.values())
    for strategy in situation.strategies.values():
        yield from (step.when for step in strategy.then)
    for claim in situation.claims.values():
        yield from claim.formulas.values()


def _of_values(values: NDArray[Any]) -> Trait:
    if values.dtype == np.bool_:
        return Trait(values.astype(np.int64), 2)
    # As bits, so that what is not a number is told apart like everything else.
    bits = np.ascontiguousarray(values, dtype=np.float64).view(np.int64)
    return renumbered(bits)


def _of_statements(
    group: str, members: tuple[Statement, ...], columns: Columns, n: int
) -> Iterator[Trait]:
    """Which of these statements count, which are held, and in which order they come."""
    counting = np.column_stack([_counts(member, columns, n) for member in members])
    for member, counts in zip(members, counting.T, strict=True):
        if member.credence is not None:
            yield Trait((counts & columns[member.id]).astype(np.int64), 2)
    if group in columns:
        yield _order(permutations(columns[group], len(members)), counting)
        return
    for member, counts in zip(members, counting.T, strict=True):
        if member.when is not None:
            yield Trait(counts.astype(np.int64), 2)


def _counts(statement: Statement, columns: Columns, n: int) -> NDArray[np.bool_]:
    if statement.when is None:
        return np.ones(n, dtype=np.bool_)
    return np.broadcast_to(statement.when.on(columns), (n,))


def _order(places: NDArray[np.int64], counting: NDArray[np.bool_]) -> Trait:
    """Which statement comes at which place among those that count; 0 for one that does not."""
    n, members = places.shape
    in_turn = np.take_along_axis(counting, places, axis=1)
    rank = np.zeros((n, members), dtype=np.int64)
    np.put_along_axis(rank, places, np.cumsum(in_turn, axis=1) * in_turn, axis=1)
    base = members + 1
    return Trait(rank @ base ** np.arange(members), base**members)
