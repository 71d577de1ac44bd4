"""Expressions as trees whose names are resolved, evaluated on whole arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    Array = NDArray[Any]
    Values = Mapping[str, Any]
    Operation = Callable[[Array, Array], Array]

__all__ = [
    "FUNCTIONS", "MISREAD", "Call", "Chain", "Comparison", "Constant", "Logic", "Node",
    "OptionLevel", "Table", "Uncertain",
]  # fmt: skip

Kind = Literal["truth", "number", "option", "unclear"]

FUNCTIONS: Mapping[str, Callable[..., Array]] = {
    "min": np.minimum, "max": np.maximum, "abs": np.abs,
    "exp": np.exp, "log": np.log, "sqrt": np.sqrt,
}  # fmt: skip
COMPARISONS: Mapping[str, Operation] = {
    "==": np.equal, "!=": np.not_equal,
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip
ARITHMETIC: Mapping[str, Operation] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide,
}  # fmt: skip
LOGIC: Mapping[str, Operation] = {
    "and": np.logical_and,
    "or": np.logical_or,
    "implies": np.less_equal,  # false before true
    "iff": np.equal,
}


@dataclass(frozen=True)
class Node:
    """A part of an expression."""

    @property
    def kind(self) -> Kind:
        """What it is: a truth value, a number, an option (either of them), or not understood."""
        return "number"

    @property
    def parts(self) -> tuple[Node, ...]:
        """What it is made of."""
        return ()

    @cached_property
    def options(self) -> frozenset[str]:
        """Every option its value depends on."""
        return frozenset().union(*(part.options for part in self.parts))

    @cached_property
    def uncertainties(self) -> frozenset[str]:
        """Every uncertainty its value depends on."""
        return frozenset().union(*(part.uncertainties for part in self.parts))

    @cached_property
    def tables(self) -> frozenset[str]:
        """Every table its value depends on."""
        return frozenset().union(*(part.tables for part in self.parts))

    @cached_property
    def drawn(self) -> tuple[Node, ...]:
        """Its largest parts that depend on uncertainties alone; all it takes from a future."""
        if self.uncertainties and not self.options:
            return (self,)
        return tuple(dict.fromkeys(each for part in self.parts for each in part.drawn))

    @cached_property
    def size(self) -> int:
        """How many operations and operands there are, spelt out."""
        return 1 + sum(part.size for part in self.parts)

    @cached_property
    def depth(self) -> int:
        """How deep it is nested, spelt out."""
        return 1 + max((part.depth for part in self.parts), default=0)

    def on(self, values: Values) -> Array:
        """The value: truths as bool, everything else as numbers."""
        raise NotImplementedError

    def truth(self, values: Values) -> Array:
        """The value as a truth; an option alone means above its first level."""
        value = self.on(values)
        return value > 0 if self.kind == "option" else value

    def number(self, values: Values) -> Array:
        """The value as a number; a truth counts 1 or 0."""
        return np.asarray(self.on(values), dtype=np.float64)


@dataclass(frozen=True)
class Misread(Node):
    """Stands where something could not be understood, so that nothing follows from it."""

    @property
    def kind(self) -> Kind:
        return "unclear"


MISREAD = Misread()


@dataclass(frozen=True)
class Constant(Node):
    """A number, or the index of a level."""

    value: float

    def on(self, values: Values) -> Array:
        return np.asarray(self.value)


@dataclass(frozen=True)
class OptionLevel(Node):
    """An option: the index of its level."""

    option: str

    @property
    def kind(self) -> Kind:
        return "option"

    @cached_property
    def options(self) -> frozenset[str]:
        return frozenset({self.option})

    def on(self, values: Values) -> Array:
        return np.asarray(values[self.option])


@dataclass(frozen=True)
class Uncertain(Node):
    """An uncertainty: its value in one future."""

    name: str
    is_event: bool

    @property
    def kind(self) -> Kind:
        return "truth" if self.is_event else "number"

    @cached_property
    def uncertainties(self) -> frozenset[str]:
        return frozenset({self.name})

    def on(self, values: Values) -> Array:
        return np.asarray(values[self.name], dtype=np.bool_ if self.is_event else np.float64)


@dataclass(frozen=True)
class Table(Node):
    """A number that another room computes, once for each combination of some options' levels."""

    name: str
    axes: tuple[str, ...]
    """The options; none where it is one number."""
    shape: tuple[int, ...] = ()
    numbers: tuple[float, ...] = ()
    """In the order of the axes, the last one running fastest; none until they are computed."""

    @cached_property
    def options(self) -> frozenset[str]:
        return frozenset(self.axes)

    @cached_property
    def tables(self) -> frozenset[str]:
        return frozenset({self.name})

    @cached_property
    def array(self) -> Array:
        """One axis for each option."""
        if not self.numbers:
            raise CannotAnswer(f"nothing has measured `{self.name}`: `detente.load` does")
        return np.array(self.numbers, dtype=np.float64).reshape(self.shape)

    def on(self, values: Values) -> Array:
        levels = tuple(np.asarray(values[option], dtype=np.intp) for option in self.axes)
        return np.asarray(self.array[levels])


@dataclass(frozen=True)
class Logic(Node):
    """`not`, `and`, `or`, `implies`, `iff` over truths."""

    operator: str
    operands: tuple[Node, ...]

    @property
    def kind(self) -> Kind:
        return "truth"

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.operands

    def on(self, values: Values) -> Array:
        truths = [operand.truth(values) for operand in self.operands]
        return ~truths[0] if self.operator == "not" else reduce(LOGIC[self.operator], truths)


@dataclass(frozen=True)
class Comparison(Node):
    """Two numbers compared."""

    operator: str
    left: Node
    right: Node

    @property
    def kind(self) -> Kind:
        return "truth"

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right)

    def on(self, values: Values) -> Array:
        return COMPARISONS[self.operator](self.left.number(values), self.right.number(values))


@dataclass(frozen=True)
class Call(Node):
    """A function of numbers."""

    function: str
    arguments: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.arguments

    def on(self, values: Values) -> Array:
        first, *others = [argument.number(values) for argument in self.arguments]
        function = FUNCTIONS[self.function]
        with np.errstate(all="ignore"):  # what is not finite is reported where it is used
            return reduce(function, others, first) if others else function(first)


@dataclass(frozen=True)
class Chain(Node):
    """`first + a - b …` or `first * a / b …`, from left to right."""

    first: Node
    steps: tuple[tuple[str, Node], ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.first, *(operand for _, operand in self.steps))

    def on(self, values: Values) -> Array:
        result = self.first.number(values)
        with np.errstate(all="ignore"):
            for operator, operand in self.steps:
                result = ARITHMETIC[operator](result, operand.number(values))
        return result
