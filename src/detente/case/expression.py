"""The one small language in which situations speak about states.

An expression names options (`rok.path`), uncertainties and indicators and combines them with
`not and or implies iff`, `== != < <= > >=`, `+ - * /` and `min max abs exp log sqrt`. It is parsed
by a grammar, never by Python, resolved once against the names of a situation, and then evaluated
on whole arrays, each on the axes of the options it names only.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any, Literal, cast

import numpy as np
from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from numpy.typing import NDArray

__all__ = ["RESERVED", "Expression", "ExpressionError", "Fault", "Names", "expression"]

Kind = Literal["truth", "number", "option"]
Values = Mapping[str, Any]
Array = NDArray[Any]

LONGEST = 4_000
DEEPEST = 100
FUNCTIONS: Mapping[str, tuple[int, Callable[..., Array]]] = {
    "min": (2, np.minimum),
    "max": (2, np.maximum),
    "abs": (1, np.abs),
    "exp": (1, np.exp),
    "log": (1, np.log),
    "sqrt": (1, np.sqrt),
}
RESERVED = frozenset({"not", "and", "or", "implies", "iff", *FUNCTIONS})
OTHER_SPELLINGS = {
    "=": "`==` compares", "&": "write `and`", "|": "write `or`", "!": "write `not`",
    "~": "write `not`", "^": "write `and` or `implies`", "%": "there is no remainder here",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What is wrong with an expression, from character `start` to before `end`."""

    message: str
    start: int
    end: int
    hint: str | None = None


class ExpressionError(ValueError):
    """An expression that cannot be understood, with every fault found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.message for fault in self.faults))


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
        Indicator -> the text of its formula; resolved on first use.
    excused
        Names that are known to exist but could not be read: using one is not reported again.
    """

    def __init__(
        self,
        options: Mapping[str, Sequence[str]],
        uncertainties: Mapping[str, Sequence[str] | None] | None = None,
        indicators: Mapping[str, str] | None = None,
        excused: Iterable[str] = (),
    ) -> None:
        self.options = options
        self.uncertainties = uncertainties or {}
        self.formulas = indicators or {}
        self.excused = frozenset(excused)
        self._resolved: dict[str, Node | None] = {}
        self._open: list[str] = []

    def __iter__(self) -> Iterator[str]:
        yield from self.options
        yield from self.uncertainties
        yield from self.formulas

    def indicator(self, name: str) -> Node | None:
        """The indicator's own tree; None where its formula is itself at fault or cyclic."""
        if name in self._open:
            cycle = " → ".join([*self._open[self._open.index(name) :], name])
            raise ExpressionError([Fault(f"`{name}` is defined by itself: {cycle}", 0, 0)])
        if name not in self._resolved:
            self._open.append(name)
            try:
                self._resolved[name] = resolve(self.formulas[name], self)
            except ExpressionError as error:
                if any("is defined by itself" in fault.message for fault in error.faults):
                    raise
                self._resolved[name] = None
            finally:
                self._open.pop()
        return self._resolved[name]


# ---------------------------------------------------------------------------------------- trees


@dataclass(frozen=True)
class Node:
    """A resolved part of an expression."""

    @property
    def kind(self) -> Kind:
        return "number"

    @property
    def parts(self) -> tuple[Node, ...]:
        return ()

    def on(self, values: Values) -> Array:
        """The value: truth values as bool, everything else as numbers."""
        raise NotImplementedError

    def truth(self, values: Values) -> Array:
        """The value as a truth; an option alone means above its first level."""
        value = self.on(values)
        return value > 0 if self.kind == "option" else value

    def number(self, values: Values) -> Array:
        """The value as a number; a truth counts 1 or 0."""
        value = self.on(values)
        return value.astype(np.float64) if self.kind == "truth" else value


@dataclass(frozen=True)
class Constant(Node):
    value: float

    def on(self, values: Values) -> Array:
        return np.asarray(self.value)


@dataclass(frozen=True)
class OptionLevel(Node):
    id: str

    @property
    def kind(self) -> Kind:
        return "option"

    def on(self, values: Values) -> Array:
        return np.asarray(values[self.id])


@dataclass(frozen=True)
class Unknown(Node):
    """An uncertainty: its value in one future."""

    id: str
    is_event: bool

    @property
    def kind(self) -> Kind:
        return "truth" if self.is_event else "number"

    def on(self, values: Values) -> Array:
        return np.asarray(values[self.id])


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
        return cast(Array, reduce(LOGIC[self.operator], truths, *START[self.operator]))


LOGIC: Mapping[str, Callable[[Array, Array], Array]] = {
    "not": np.not_equal,
    "and": np.logical_and,
    "or": np.logical_or,
    "implies": lambda premise, conclusion: np.logical_or(~premise, conclusion),
    "iff": np.equal,
}
# `not x` is `True != x`, so that one reduction serves all five.
START: Mapping[str, tuple[Array, ...]] = {
    "not": (np.asarray(True),), "and": (), "or": (), "implies": (), "iff": (),
}  # fmt: skip


@dataclass(frozen=True)
class Comparison(Node):
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
        return COMPARE[self.operator](self.left.number(values), self.right.number(values))


COMPARE: Mapping[str, Callable[[Array, Array], Array]] = {
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


@dataclass(frozen=True)
class Call(Node):
    """A function of numbers."""

    function: str
    arguments: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.arguments

    def on(self, values: Values) -> Array:
        numbers = [argument.number(values) for argument in self.arguments]
        _, function = FUNCTIONS[self.function]
        with np.errstate(all="ignore"):  # what is not finite is reported where it is used
            return function(numbers[0]) if len(numbers) == 1 else reduce(function, numbers)


@dataclass(frozen=True)
class Chain(Node):
    """`first + a - b …` or `first * a / b …`, from left to right, however long."""

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


ARITHMETIC: Mapping[str, Callable[[Array, Array], Array]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
}


# --------------------------------------------------------------------------------- the expression


@dataclass(frozen=True)
class Expression:
    """A resolved expression; equal texts over the same names are equal."""

    text: str
    tree: Node

    def __str__(self) -> str:
        return self.text

    @property
    def is_truth(self) -> bool:
        """Whether it may stand where a truth value is asked for."""
        return self.tree.kind in ("truth", "option")

    @property
    def options(self) -> frozenset[str]:
        """Every option the value depends on, through indicators too."""
        return frozenset(node.id for node in walk(self.tree) if isinstance(node, OptionLevel))

    @property
    def uncertainties(self) -> frozenset[str]:
        """Every uncertainty the value depends on, through indicators too."""
        return frozenset(node.id for node in walk(self.tree) if isinstance(node, Unknown))

    @property
    def names(self) -> frozenset[str]:
        """The names that stand in the text itself."""
        return frozenset(str(token) for token in tokens(self.text) if token.type == "NAME")

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
        if self.is_truth:
            return np.asarray(self.tree.truth(values), dtype=np.bool_)
        return np.asarray(self.tree.number(values), dtype=np.float64)


def expression(text: str, names: Names, *, truth: bool = False) -> Expression:
    """Read an expression.

    Parameters
    ----------
    text
        What the analyst wrote.
    names
        What it may name.
    truth
        Whether a truth value is asked for.

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
    read = Expression(text, resolve(text, names))
    if truth and not read.is_truth:
        raise ExpressionError(
            [
                Fault(
                    "a number where a truth value is asked for",
                    0,
                    len(text),
                    "compare it with something",
                )
            ]
        )
    return read


def walk(node: Node) -> Iterator[Node]:
    """The node and all its parts."""
    yield node
    for part in node.parts:
        yield from walk(part)


# ------------------------------------------------------------------------------ text to tree


@cache
def grammar() -> Lark:
    return Lark.open("expression.lark", rel_to=__file__, parser="lalr", propagate_positions=True)


def tokens(text: str) -> Iterable[Token]:
    return grammar().lex(text)


def resolve(text: str, names: Names) -> Node:
    """Parse and resolve against the names; every unknown name is reported at once."""
    if len(text) > LONGEST:
        raise ExpressionError(
            [
                Fault(
                    f"longer than {LONGEST:,} characters",
                    0,
                    LONGEST,
                    "name its parts as indicators",
                )
            ]
        )
    parsed = parse(text)
    refuse_deep(parsed)
    resolver = Resolver(names)
    node = resolver.node(parsed)
    if resolver.faults:
        raise ExpressionError(resolver.faults)
    return node


def parse(text: str) -> Tree[Token]:
    try:
        return cast("Tree[Token]", grammar().parse(text).children[0])
    except UnexpectedCharacters as error:
        character = text[error.pos_in_stream]
        raise ExpressionError(
            [
                Fault(
                    f"unexpected `{character}`",
                    error.pos_in_stream,
                    error.pos_in_stream + 1,
                    OTHER_SPELLINGS.get(character),
                )
            ]
        ) from None
    except UnexpectedToken as error:
        raise ExpressionError([unexpected(error.token, text)]) from None
    except UnexpectedInput:
        raise ExpressionError([Fault("not an expression", 0, len(text))]) from None


def unexpected(token: Token, text: str) -> Fault:
    if token.type == "$END":
        return Fault("ends too early" if text.strip() else "is empty", len(text), len(text) + 1)
    start = token.start_pos or 0
    return Fault(f"unexpected `{token}`", start, start + len(token))


def refuse_deep(tree: Tree[Token]) -> None:
    """Refuse what recursion could not follow; itself without recursion."""
    layer: list[Any] = [tree]
    for _ in range(DEEPEST):
        layer = [child for node in layer if isinstance(node, Tree) for child in node.children]
        if not layer:
            return
    raise ExpressionError(
        [Fault(f"nested deeper than {DEEPEST}", 0, 1, "name its parts as indicators")]
    )


class Resolver:
    """Gives names their meaning and gathers the faults on the way."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.faults: list[Fault] = []

    def node(self, tree: Any) -> Node:
        method = getattr(self, tree.data if isinstance(tree, Tree) else "number")
        return cast(Node, method(tree))

    def fault(self, message: str, where: Any, hint: str | None = None) -> Node:
        start, end = place(where)
        self.faults.append(Fault(message, start, end, hint))
        return Constant(0.0)

    # one method for each rule of the grammar

    def number(self, tree: Tree[Token]) -> Node:
        return Constant(float(str(tree.children[0])))

    def name(self, tree: Tree[Token]) -> Node:
        token = cast(Token, tree.children[0])
        name = str(token)
        if name in self.names.options:
            return OptionLevel(name)
        if name in self.names.uncertainties:
            return Unknown(name, is_event=self.names.uncertainties[name] == ())
        if name in self.names.formulas:
            return self.indicator(name, token)
        if name in self.names.excused:
            return Constant(0.0)
        return self.fault(f"unknown name `{name}`", token, suggestion(name, self.names))

    def indicator(self, name: str, token: Token) -> Node:
        try:
            return self.names.indicator(name) or Constant(0.0)
        except ExpressionError as error:
            return self.fault(error.faults[0].message, token)

    def call(self, tree: Tree[Token]) -> Node:
        token = cast(Token, tree.children[0])
        arguments = [child for child in tree.children[1:] if child is not None]
        if str(token) not in FUNCTIONS:
            return self.fault(
                f"unknown function `{token}`", token, suggestion(str(token), FUNCTIONS)
            )
        arity, _ = FUNCTIONS[str(token)]
        enough = len(arguments) >= 2 if arity == 2 else len(arguments) == 1
        if not enough:
            wanted = "two or more arguments" if arity == 2 else "one argument"
            return self.fault(f"`{token}` takes {wanted}", token)
        return Call(str(token), tuple(self.node(argument) for argument in arguments))

    def negation(self, tree: Tree[Token]) -> Node:
        return self.logic("not", tree)

    def implies(self, tree: Tree[Token]) -> Node:
        if tree.children[1] is None:
            return self.node(tree.children[0])
        return self.logic("implies", tree)

    def iff(self, tree: Tree[Token]) -> Node:
        return self.logic("iff", tree)

    def logic(self, operator: str, tree: Tree[Token]) -> Node:
        return Logic(operator, tuple(self.truth(child) for child in tree.children))

    def truth(self, tree: Any) -> Node:
        node = self.node(tree)
        if node.kind == "number" and not self.excused(tree) and not self.faults:
            self.fault(
                "a number where a truth value is asked for", tree, "compare it with something"
            )
        return node

    def excused(self, tree: Any) -> bool:
        return (
            isinstance(tree, Tree)
            and tree.data == "name"
            and str(tree.children[0]) in self.names.excused
        )

    def comparison(self, tree: Tree[Token]) -> Node:
        if len(tree.children) > 3:
            return self.fault(
                "comparisons do not chain", tree.children[3], "join two comparisons with `and`"
            )
        left, operator, right = tree.children
        levels = self.levels(left) or self.levels(right)
        return Comparison(str(operator), self.side(left, levels), self.side(right, levels))

    def levels(self, tree: Any) -> Sequence[str]:
        """The level words that may stand on the other side of a comparison."""
        name = str(tree.children[0]) if isinstance(tree, Tree) and tree.data == "name" else ""
        return self.names.options.get(name) or self.names.uncertainties.get(name) or ()

    def side(self, tree: Any, levels: Sequence[str]) -> Node:
        if isinstance(tree, Tree) and tree.data == "name":
            word = str(tree.children[0])
            if word in levels:
                return Constant(float(levels.index(word)))
            if levels and word not in {*self.names, *self.names.excused} and "." not in word:
                return self.fault(
                    f"`{word}` is not a level",
                    tree,
                    suggestion(word, levels) or f"one of {', '.join(levels)}",
                )
        node = self.node(tree)
        if node.kind == "truth" and not self.faults:
            self.fault(
                "a truth value cannot be compared", tree, "use `iff`, or leave the comparison out"
            )
        return node

    def sum(self, tree: Tree[Token]) -> Node:
        first, *rest = tree.children
        steps = zip(rest[::2], rest[1::2], strict=True)
        return Chain(self.node(first), tuple((str(sign), self.node(tree)) for sign, tree in steps))

    product = sum

    def minus(self, tree: Tree[Token]) -> Node:
        return Chain(Constant(0.0), (("-", self.node(tree.children[0])),))


# `and` and `or` are Python's words and cannot be written as methods.
for _word in ("and", "or"):
    setattr(Resolver, _word, lambda self, tree, word=_word: self.logic(word, tree))


def place(where: Any) -> tuple[int, int]:
    """First character and the one behind the last, of a token or a tree."""
    if isinstance(where, Token):
        start = where.start_pos or 0
        return start, start + len(where)
    return where.meta.start_pos, where.meta.end_pos


def suggestion(word: str, known: Iterable[str]) -> str | None:
    """`did you mean …`, where something known is near enough."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else None
