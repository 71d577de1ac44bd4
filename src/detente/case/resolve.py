"""From the text of an expression to a tree whose names are resolved, or every fault in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from detente.case.order import circles, in_order_of_use
from detente.case.parse import CONNECTIVES, DEEPEST, LONGEST, ExpressionError, Fault, parse, place
from detente.case.problems import DidYouMean
from detente.case.tree import (
    FUNCTIONS,
    MISREAD,
    Call,
    Chain,
    Comparison,
    Constant,
    Logic,
    Node,
    OptionLevel,
    Table,
    Uncertain,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from lark import Token, Tree

__all__ = ["NAME", "RESERVED", "Names", "resolve"]

LARGEST = 10_000  # operations and operands, with the formulas of indicators put in
RESERVED = CONNECTIVES | FUNCTIONS.keys()
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?")
NOT_A_TRUTH = "a number where a truth value is asked for"
COMPARE_IT = "compare it with something"


@dataclass(frozen=True)
class Names:
    """The names an expression may use.

    Parameters
    ----------
    options
        Option id -> its levels.
    uncertainties
        Uncertainty -> its values where it is a choice, `()` where it is an event, None where it
        is a number.
    indicators
        Indicator -> the text of its formula.
    tables
        Indicator -> the table that stands for it: it has no formula.
    excused
        Names that are known to exist but could not be read: using one is not reported again.
    """

    options: Mapping[str, Sequence[str]]
    uncertainties: Mapping[str, Sequence[str] | None] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    excused: Container[str] = ()

    def __iter__(self) -> Iterator[str]:
        yield from self.options
        yield from self.uncertainties
        yield from self.indicators
        yield from self.tables

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def __contains__(self, name: object) -> bool:
        return any(name in part for part in self._parts)

    @property
    def _parts(self) -> tuple[Mapping[str, object], ...]:
        return self.options, self.uncertainties, self.indicators, self.tables

    @cached_property
    def circles(self) -> tuple[list[str], ...]:
        """Indicators that are defined by each other."""
        return tuple(circles(self._uses))

    @cached_property
    def trees(self) -> Mapping[str, Node]:
        """The formulas of the indicators; none for one that is at fault or lies on a circle."""
        trees: dict[str, Node] = {}
        for name in in_order_of_use(self._uses):
            try:
                trees[name] = resolve(self.indicators[name], self, trees)
            except ExpressionError:
                continue  # reported where the formula stands
        return trees

    @cached_property
    def read_before(self) -> dict[str, Node]:
        """Texts with their trees, so that none is parsed twice."""
        return {}

    @cached_property
    def _uses(self) -> Mapping[str, Sequence[str]]:
        return {
            indicator: [name for name in NAME.findall(formula[:LONGEST]) if name in self.indicators]
            for indicator, formula in self.indicators.items()
        }


def resolve(text: str, names: Names, trees: Mapping[str, Node] | None = None) -> Node:
    """Parse, and give every name its meaning.

    Raises
    ------
    ExpressionError
        With every name that is not known, or the first fault of grammar.
    """
    if text in names.read_before:
        return names.read_before[text]
    parsed = parse(text)
    resolver = Resolver(names, names.trees if trees is None else trees)
    node = resolver.node(parsed)
    if resolver.faults:
        raise ExpressionError(*resolver.faults)
    if node.depth > DEEPEST or node.size > LARGEST:
        message = "too large, with the formulas of its indicators put in"
        raise ExpressionError(Fault(message, 0, len(text)))
    names.read_before[text] = node
    return node


class Resolver:
    """Gives names their meaning and gathers the faults on the way; a method for each rule."""

    def __init__(self, names: Names, trees: Mapping[str, Node]) -> None:
        self.names, self.trees = names, trees
        self.faults: list[Fault] = []

    def node(self, tree: Tree[Token]) -> Node:
        return cast(Node, getattr(self, tree.data)(tree))

    def fault(self, message: str, where: Tree[Token] | Token, hint: str | DidYouMean = "") -> Node:
        self.faults.append(Fault(message, *place(where), hint))
        return MISREAD

    # ------------------------------------------------------------------------------ numbers, names

    def number(self, tree: Tree[Token]) -> Node:
        value = float(word(tree))
        return self.fault("too large a number", tree) if value == float("inf") else Constant(value)

    def name(self, tree: Tree[Token]) -> Node:
        name = word(tree)
        if name in self.names.options:
            return OptionLevel(name)
        if name in self.names.uncertainties:
            return Uncertain(name, is_event=self.names.uncertainties[name] == ())
        if name in self.names.tables:
            return self.names.tables[name]
        if name in self.trees:
            return self.trees[name]
        if name in self.names.excused:
            return MISREAD
        if name in self.names.indicators:
            return self.fault(f"the formula of `{name}` is at fault", tree)
        return self.fault(f"unknown name `{name}`", tree, DidYouMean(name, self.names))

    def call(self, tree: Tree[Token]) -> Node:
        function, *arguments = cast("list[Any]", tree.children)
        if function not in FUNCTIONS:
            hint = DidYouMean(function, FUNCTIONS)
            return self.fault(f"unknown function `{function}`", function, hint)
        takes_many = function in ("min", "max")
        if len(arguments) < 2 if takes_many else len(arguments) != 1:
            wanted = "two or more arguments" if takes_many else "one argument"
            return self.fault(f"`{function}` takes {wanted}", function)
        return Call(str(function), tuple(self.node(argument) for argument in arguments))

    # ------------------------------------------------------------------------------------- truths

    def equivalence(self, tree: Tree[Token]) -> Node:
        return self.logic("iff", tree)

    def implication(self, tree: Tree[Token]) -> Node:
        return self.logic("implies", tree)

    def disjunction(self, tree: Tree[Token]) -> Node:
        return self.logic("or", tree)

    def conjunction(self, tree: Tree[Token]) -> Node:
        return self.logic("and", tree)

    def negation(self, tree: Tree[Token]) -> Node:
        return self.logic("not", tree)

    def logic(self, operator: str, tree: Tree[Token]) -> Node:
        return Logic(operator, tuple(self.truth(cast("Tree[Token]", c)) for c in tree.children))

    def truth(self, tree: Tree[Token]) -> Node:
        node = self.node(tree)
        if node.kind == "number":
            return self.fault(NOT_A_TRUTH, tree, COMPARE_IT)
        return node

    def comparison(self, tree: Tree[Token]) -> Node:
        left, operator, right, *others = cast("list[Any]", tree.children)
        if others:
            hint = "join two comparisons with `and`"
            return self.fault("comparisons do not chain", others[0], hint)
        levels = self.levels(left) or self.levels(right)
        first = self.side(left, levels)
        if first is MISREAD:  # then nobody knows which levels could stand on the other side
            return MISREAD
        return Comparison(str(operator), first, self.side(right, levels))

    def levels(self, tree: Tree[Token]) -> Sequence[str]:
        """The level words that may stand on the other side of a comparison."""
        name = word(tree) if tree.data == "name" else ""
        return self.names.options.get(name) or self.names.uncertainties.get(name) or ()

    def side(self, tree: Tree[Token], levels: Sequence[str]) -> Node:
        name = word(tree) if tree.data == "name" else ""
        if name in levels:
            return Constant(float(levels.index(name)))
        is_known = name in self.names or name in self.names.excused or "." in name
        if name and levels and not is_known:
            return self.fault(f"`{name}` is not a level", tree, DidYouMean(name, levels))
        node = self.node(tree)
        if node.kind == "truth":
            hint = "use `iff`, or leave the comparison out"
            return self.fault("a truth value cannot be compared", tree, hint)
        return node

    # ---------------------------------------------------------------------------------- arithmetic

    def sum(self, tree: Tree[Token]) -> Node:
        first, *rest = cast("list[Any]", tree.children)
        steps = zip(rest[::2], rest[1::2], strict=True)
        return Chain(self.node(first), tuple((str(sign), self.node(term)) for sign, term in steps))

    product = sum

    def minus(self, tree: Tree[Token]) -> Node:
        return Chain(Constant(0.0), (("-", self.node(cast("Tree[Token]", tree.children[0]))),))


def word(tree: Tree[Token]) -> str:
    """The one word a rule consists of."""
    return str(tree.children[0])
