"""One future: every uncertainty fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.situation import Statement, Statements

if TYPE_CHECKING:
    from detente.case.situation import Situation

__all__ = ["Future", "nominal"]

HELD_FROM = 0.5  # an event, or a statement with a credence, is held from this midpoint on


@dataclass(frozen=True)
class Future:
    """One draw of everything that is not known."""

    values: Mapping[str, float | bool | int]
    """Uncertainty -> true or false, a number, or the index of a choice."""
    statements: Mapping[str, tuple[Statement, ...]]
    """Decision maker -> the statements held in this future, most important first."""


def nominal(situation: Situation) -> Future:
    """The future in the middle of what is stated.

    Numbers take their mean, choices their mode; events and statements with a credence are held
    from a midpoint of one half on; the statements of an `any_order` group keep the file's order.
    """
    values = {name: unknown.nominal for name, unknown in situation.uncertainties.items()}
    statements = {
        actor: tuple(s for s in preference.statements if held(s, values))
        for actor, preference in situation.preferences.items()
        if isinstance(preference, Statements)
    }
    return Future(values, statements)


def held(statement: Statement, values: Mapping[str, float | bool | int]) -> bool:
    """Whether the statement counts in the middle of what is stated."""
    if statement.when is not None and not statement.when.on(values):
        return False
    return statement.credence is None or sum(statement.credence) / 2 >= HELD_FROM
