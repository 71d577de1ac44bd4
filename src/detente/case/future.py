"""One future: every uncertainty fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.case.situation import Statement, Statements

if TYPE_CHECKING:
    from detente.case.situation import Situation

__all__ = ["Doubted", "Future", "nominal"]

HELD_FROM = 0.5  # an event, or a statement with a credence, is held from this midpoint on

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


def nominal(situation: Situation) -> Future:
    """The future in the middle of what is stated.

    Numbers take their mean, choices their mode; events and statements with a credence are held
    from a midpoint of one half on; the statements of an `any_order` group keep the file's order.
    """
    values = {name: unknown.nominal for name, unknown in situation.uncertainties.items()}
    counting = {
        actor: tuple(each for each in preference.statements if counts(each, values))
        for actor, preference in situation.preferences.items()
        if isinstance(preference, Statements)
    }
    return Future(
        values,
        {actor: tuple(filter(is_held, statements)) for actor, statements in counting.items()},
        {actor: doubted(statements) for actor, statements in counting.items()},
    )


def counts(statement: Statement, values: Values) -> bool:
    """Whether its condition is true in this future."""
    return statement.when is None or bool(statement.when.on(values))


def is_held(statement: Statement) -> bool:
    """Whether it is believed to be held at least as much as not."""
    return statement.credence is None or sum(statement.credence) / 2 >= HELD_FROM


def doubted(statements: Iterable[Statement]) -> tuple[Doubted, ...]:
    """Those not held, each with its place among those held."""
    found, place = [], 0
    for statement in statements:
        if is_held(statement):
            place += 1
        else:
            found.append(Doubted(statement, place))
    return tuple(found)
