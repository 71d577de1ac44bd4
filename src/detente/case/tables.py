"""Tables in expressions: numbers that another room computes by the levels of options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from detente.case.tree import Node, Table

if TYPE_CHECKING:
    from detente.case.situation import Situation

__all__ = ["filled", "tables"]

Anything = TypeVar("Anything")


def tables(situation: Situation) -> dict[str, Table]:
    """Indicator -> its table, of those that have one in place of a formula."""
    return {
        name: indicator.formula.tree
        for name, indicator in situation.indicators.items()
        if isinstance(indicator.formula.tree, Table)
    }


def filled(situation: Situation, numbers: Mapping[str, Table]) -> Situation:
    """The situation with other tables, wherever its expressions name one.

    Parameters
    ----------
    numbers
        Indicator -> its table.
    """
    return _with(situation, numbers, {}) if numbers else situation


def _with(value: Anything, numbers: Mapping[str, Table], done: dict[int, Any]) -> Anything:
    """The same value with tables put in; what holds none is left as it is."""
    if id(value) not in done:
        done[id(value)] = _rebuilt(value, numbers, done)
    found: Anything = done[id(value)]
    return found


def _rebuilt(value: Any, numbers: Mapping[str, Table], done: dict[int, Any]) -> Any:
    if isinstance(value, Table):
        return numbers[value.name]
    if isinstance(value, Node) and not value.tables:
        return value
    if isinstance(value, tuple):
        return tuple(_with(each, numbers, done) for each in value)
    if isinstance(value, Mapping):
        return {key: _with(each, numbers, done) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: getattr(value, each.name) for each in fields(value)}
        return replace(value, **_rebuilt(parts, numbers, done))
    return value
