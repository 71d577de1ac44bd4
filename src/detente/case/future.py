"""One future: every uncertainty fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from detente.case.situation import Statement, Statements

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from detente.case.situation import Situation

__all__ = ["Doubted", "Future", "future_of", "group_of", "nominal", "unheld"]

EVEN = 0.5  # the least midpoint from which the nominal future has something happen, or be held

Values = Mapping[str, float | bool | int]


@dataclass(frozen=True)
class Doubted:
    """A statement that an actor is not believed to hold in this future."""

    statement: Statement
    place: int
    """Where it would stand among those held, from 0."""


@dataclass(frozen=True)
class Future:
    """One draw of everything that is not known."""

    values: Values
    """Uncertainty -> true or false, a number, or the index of a choice."""
    statements: Mapping[str, tuple[Statement, ...]]
    """Decision maker -> the statements held in this future, most important first."""
    doubted: Mapping[str, tuple[Doubted, ...]] = field(default_factory=dict)
    """Decision maker -> the statements that count in this future and are not held."""
    unknown: Mapping[str, tuple[Doubted, ...]] = field(default_factory=dict)
    """Decision maker -> the statements of which nobody knows whether they or their opposites are
    held."""


def nominal(situation: Situation) -> Future:
    """The future in the middle of what is stated.

    Numbers take their mean, choices their mode; events, the execution of commitments and
    statements with a credence are held from a midpoint of one half on; the statements of an
    `any_order` group keep the file's order.
    """
    values = {name: unknown.nominal for name, unknown in situation.uncertainties.items()}
    for name, commitment in situation.commitments.items():
        if commitment.executed is not None:
            values[name] = is_even(commitment.executed)
    return future_of(situation, values, unheld(situation))


def unheld(situation: Situation) -> frozenset[str]:
    """The ids of the statements that are rather doubted than held."""
    return frozenset(
        statement.id
        for preference in situation.preferences.values()
        if isinstance(preference, Statements)
        for statement in preference.statements
        if statement.credence is not None and not is_even(statement.credence)
    )


def future_of(
    situation: Situation,
    values: Values,
    unheld: Container[str],
    orders: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> Future:
    """The future in which everything comes to this.

    Parameters
    ----------
    situation
        Whose preferences are drawn.
    values
        Uncertainty, or commitment of uncertain execution -> what it comes to.
    unheld
        The ids of the statements that their actor does not hold.
    orders
        `any_order` group (`rok.1`, by its place in the list) -> the places of its statements, the
        most important first; a group left out keeps the file's order.
    """
    counting = {
        actor: tuple(
            each for each in in_order(preference.statements, orders) if counts(each, values)
        )
        for actor, preference in situation.preferences.items()
        if isinstance(preference, Statements)
    }
    unknown = {
        actor: frozenset(each.id for each in statements if each.unknown)
        for actor, statements in counting.items()
    }
    sure = {
        actor: tuple(each for each in statements if not each.unknown)
        for actor, statements in counting.items()
    }
    return Future(
        values,
        {
            actor: tuple(each for each in statements if each.id not in unheld)
            for actor, statements in sure.items()
        },
        {actor: doubted(statements, unheld) for actor, statements in sure.items()},
        {
            actor: doubted([each for each in statements if each.id not in unheld], unknown[actor])
            for actor, statements in counting.items()
            if unknown[actor]
        },
    )


def is_even(probability: tuple[float, float]) -> bool:
    """Whether a probability, or the middle of its interval, is at least one half."""
    return sum(probability) / 2 >= EVEN


def in_order(
    statements: tuple[Statement, ...], orders: Mapping[str, Sequence[int]]
) -> Iterator[Statement]:
    """A list with each of its groups in the order that is drawn for it."""
    for group, run in groupby(statements, key=group_of):
        members = list(run)
        yield from (members[place] for place in orders[group]) if group in orders else members


def group_of(statement: Statement) -> str:
    """The name of the group it stands in, `rok.1` by its place in the list; else its own id."""
    if statement.group is None:
        return statement.id
    return f"{statement.actor}.{statement.group + 1}"


def counts(statement: Statement, values: Values) -> bool:
    """Whether its condition is true in this future."""
    return statement.when is None or bool(statement.when.on(values))


def doubted(statements: Iterable[Statement], unheld: Container[str]) -> tuple[Doubted, ...]:
    """Those not held, each with its place among those held."""
    found, place = [], 0
    for statement in statements:
        if statement.id in unheld:
            found.append(Doubted(statement, place))
        else:
            place += 1
    return tuple(found)
