"""From the text of an expression to a tree of its grammar, or the first fault in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

    from detente.case.problems import DidYouMean

__all__ = ["CONNECTIVES", "DEEPEST", "LONGEST", "ExpressionError", "Fault", "parse", "place"]

LONGEST = 4_000  # characters
DEEPEST = 100
NAME_ITS_PARTS = "name its parts as indicators"
CONNECTIVES = frozenset({"not", "and", "or", "implies", "iff"})
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
    hint: str | DidYouMean = ""


class ExpressionError(ValueError):
    """An expression that cannot be understood, with every fault found."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.message for fault in faults))


@cache
def grammar() -> Lark:
    from lark import Lark

    return Lark.open("expression.lark", rel_to=__file__, parser="lalr")


def parse(text: str) -> Tree[Token]:
    """The tree of a text.

    Raises
    ------
    ExpressionError
        If it is not of this language, or too long or deep to be followed.
    """
    if len(text) > LONGEST:
        message = f"longer than {LONGEST:,} characters"
        raise ExpressionError(Fault(message, 0, LONGEST, NAME_ITS_PARTS))
    tree = grammatical(text)
    if is_deep(tree):
        message = f"nested deeper than {DEEPEST}"
        raise ExpressionError(Fault(message, 0, len(text), NAME_ITS_PARTS))
    return tree


def grammatical(text: str) -> Tree[Token]:
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    try:
        return cast("Tree[Token]", grammar().parse(text).children[0])
    except UnexpectedCharacters as error:
        at = cast(int, error.pos_in_stream)
        hint = OTHER_SPELLINGS.get(text[at], "")
        raise ExpressionError(Fault(f"unexpected `{text[at]}`", at, at + 1, hint)) from None
    except UnexpectedToken as error:
        raise ExpressionError(unexpected(error.token, text)) from None


def unexpected(token: Token, text: str) -> Fault:
    if token.type == "$END":
        return Fault("ends too early" if text.strip() else "is empty", len(text), len(text) + 1)
    word = token.lower()
    hint = f"write `{word}`" if word in CONNECTIVES and word != token else ""
    return Fault(f"unexpected `{token}`", *place(token), hint)


def is_deep(tree: Tree[Token]) -> bool:
    """Whether recursion could not follow it; found out without recursion."""
    layer: list[Any] = [tree]
    for _ in range(DEEPEST):
        layer = [child for node in layer for child in getattr(node, "children", ())]
    return bool(layer)


def place(where: Tree[Token] | Token) -> tuple[int, int]:
    """First character and the one behind the last.

    Lark could note them for every tree, and would take twice as long; only faults need them.
    """
    tokens = [where] if isinstance(where, str) else list(where.scan_values(bool))
    return cast(int, tokens[0].start_pos), cast(int, tokens[-1].end_pos)
