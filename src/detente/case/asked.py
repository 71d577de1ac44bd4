"""What somebody asks about a situation in its own words, after it has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from detente.case.expression import Expression, ExpressionError, Names, expression
from detente.case.tree import Table
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.case.situation import Situation

__all__ = ["formula", "names"]


def formula(
    situation: Situation, text: str, *, wanted: Literal["truth", "number"] = "truth"
) -> Expression:
    """Read an expression over the names of a situation.

    Parameters
    ----------
    situation
        Whose names it may use.
    text
        What was asked.
    wanted
        Whether a truth or a number is asked for.

    Raises
    ------
    InputError
        With every fault of the text and its place in it.

    Examples
    --------
    >>> from detente.case import load
    >>> formula(load("kinsara/syria_iraq_1975"), "syria_waits and iraq.attack").options == {
    ...     "syria.release_water",
    ...     "syria.escalate",
    ...     "iraq.attack",
    ... }
    True
    """
    try:
        return expression(text, names(situation), wanted=wanted)
    except ExpressionError as error:
        faults = [
            f"{fault.message}, at character {fault.start + 1}"
            + (f": {hint}" if (hint := str(fault.hint)) else "")
            for fault in error.faults
        ]
        raise InputError("\n".join([f"`{text}` cannot be read", *faults])) from None


def names(situation: Situation) -> Names:
    """What expressions over a situation may name."""
    trees = {name: each.formula.tree for name, each in situation.indicators.items()}
    return Names(
        {option.id: option.levels for option in situation.options},
        dict(_uncertainties(situation)),
        {
            name: each.formula.text
            for name, each in situation.indicators.items()
            if not isinstance(trees[name], Table)
        },
        {name: tree for name, tree in trees.items() if isinstance(tree, Table)},
    )


def _uncertainties(situation: Situation) -> Iterator[tuple[str, Sequence[str] | None]]:
    """Each with its values: `()` an event or an execution, None a number."""
    for name, unknown in situation.uncertainties.items():
        weights = getattr(unknown, "weights", None)
        if unknown.kind == "event":
            yield name, ()
        else:
            yield name, tuple(weights) if weights else None
    for name, commitment in situation.commitments.items():
        if commitment.executed is not None:
            yield name, ()
