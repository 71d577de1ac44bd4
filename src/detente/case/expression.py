"""The one small language in which situations speak about states.

An expression names options (`rok.path`), uncertainties and indicators and combines them with
`not and or implies iff`, `== != < <= > >=`, `+ - * /` and `min max abs exp log sqrt`. It is parsed
by a grammar, never by Python, resolved once against the names of a situation, and then evaluated
on whole arrays, each on the axes of the options it names only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from detente.case.parse import ExpressionError, Fault
from detente.case.resolve import COMPARE_IT, NAME, NOT_A_TRUTH, RESERVED, Names, resolve
from detente.case.tree import Node

if TYPE_CHECKING:
    from detente.case.tree import Array, Values

__all__ = ["RESERVED", "Expression", "ExpressionError", "Fault", "Names", "expression"]


@dataclass(frozen=True)
class Expression:
    """A resolved expression; equal texts over the same names are equal."""

    text: str
    tree: Node
    is_truth: bool
    """Whether its value is a truth; else it is a number."""

    def __str__(self) -> str:
        return self.text

    @property
    def options(self) -> frozenset[str]:
        """Every option the value depends on, through indicators too."""
        return self.tree.options

    @property
    def uncertainties(self) -> frozenset[str]:
        """Every uncertainty the value depends on, through indicators too."""
        return self.tree.uncertainties

    @property
    def drawn(self) -> tuple[Node, ...]:
        """Its largest parts that depend on uncertainties alone; all it takes from a future."""
        return self.tree.drawn

    @property
    def names(self) -> frozenset[str]:
        """The words that stand in the text itself: names, and levels they are compared with."""
        return frozenset(NAME.findall(self.text)) - RESERVED

    def on(self, values: Values) -> Array:
        """Evaluate on whole arrays.

        Parameters
        ----------
        values
            Option id -> level indexes on the option's own axis; uncertainty -> its value.

        Returns
        -------
        ndarray
            bool where the expression is a truth, else float64; broadcasts to the state space.
        """
        return np.asarray(self.tree.truth(values) if self.is_truth else self.tree.number(values))


def expression(
    text: str, names: Names, *, wanted: Literal["truth", "number"] | None = None
) -> Expression:
    """Read an expression.

    Parameters
    ----------
    text
        What the analyst wrote.
    names
        What it may name.
    wanted
        What is asked for. A number cannot stand for a truth; a truth can stand for 1 or 0. Where
        nothing is asked for, an option alone is a truth: above its first level.

    Raises
    ------
    ExpressionError
        With every fault and its place in the text.

    Examples
    --------
    >>> names = Names({"prc.pressure": ("none", "diplomatic", "economic")})
    >>> expression("prc.pressure >= diplomatic", names).on({"prc.pressure": [0, 1, 2]})
    array([False,  True,  True])
    """
    tree = resolve(text, names)
    if wanted == "truth" and tree.kind == "number":
        raise ExpressionError(Fault(NOT_A_TRUTH, 0, len(text), COMPARE_IT))
    return Expression(text, tree, is_truth=wanted != "number" and tree.kind != "number")
