"""Expressions against a literal reading of them, state by state."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.expression import ExpressionError, Names, expression

Tree = tuple[Any, ...]

OPTIONS = {"a.x": ("no", "yes"), "a.y": ("none", "some", "much"), "b.x": ("no", "yes")}
INDEXES = {
    option: np.arange(len(levels)).reshape([-1 if other == option else 1 for other in OPTIONS])
    for option, levels in OPTIONS.items()
}
FUTURE = {"storm": True, "calm": False, "cost": 1.5, "mood": 1}
NAMES = Names(OPTIONS, {"storm": (), "calm": (), "cost": None, "mood": ("good", "bad")})

BINDING = {
    "iff": 0, "implies": 1, "or": 2, "and": 3, "not": 4, "compare": 5,
    "+": 6, "-": 6, "*": 7, "/": 7, "minus": 8,
}  # fmt: skip
COMPARE = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
ARITHMETIC: dict[str, Callable[..., float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
FUNCTIONS: dict[str, Callable[..., float]] = {
    "minus": operator.neg, "abs": abs, "min": min, "max": max
}  # fmt: skip
LOGIC: dict[str, Callable[[bool, bool], bool]] = {
    "and": lambda a, b: a and b,
    "or": lambda a, b: a or b,
    "implies": lambda a, b: b if a else True,
    "iff": lambda a, b: a is b,
}

NUMBERS = st.recursive(
    st.sampled_from([("number", text) for text in ("0", "2", "0.5", "1e1", ".25", "3.")])
    | st.sampled_from([("name", name) for name in (*OPTIONS, "cost", "mood")]),
    lambda numbers: st.one_of(
        st.tuples(st.sampled_from("+-*"), numbers, numbers),
        st.tuples(st.just("/"), numbers, st.sampled_from([("number", "2"), ("number", "0.5")])),
        st.tuples(st.just("minus"), numbers),
        st.tuples(st.just("abs"), numbers),
        st.tuples(st.sampled_from(["min", "max"]), numbers, numbers, numbers),
    ),
    max_leaves=6,
)
TRUTHS = st.recursive(
    st.sampled_from([("name", name) for name in (*OPTIONS, "storm", "calm")])
    | st.tuples(st.just("compare"), NUMBERS, st.sampled_from(sorted(COMPARE)), NUMBERS)
    | st.tuples(
        st.just("level"),
        st.sampled_from([(o, word) for o, words in OPTIONS.items() for word in words]),
        st.sampled_from(sorted(COMPARE)),
        st.booleans(),
    ),
    lambda truths: st.one_of(
        st.tuples(st.just("not"), truths),
        st.tuples(st.sampled_from(sorted(LOGIC)), truths, truths),
    ),
    max_leaves=12,
)


def written(tree: Tree, least: int = 0) -> str:
    """The text of a tree with parentheses only where the order of binding asks for them."""
    kind = tree[0]
    text = text_of(tree)
    return f"({text})" if BINDING.get("compare" if kind == "level" else kind, 9) < least else text


def text_of(tree: Tree) -> str:
    kind, *rest = tree
    if kind in ("number", "name"):
        return str(rest[0])
    if kind == "level":
        (option, word), sign, is_turned = rest
        return f"{word} {sign} {option}" if is_turned else f"{option} {sign} {word}"
    if kind == "compare":
        return f"{written(rest[0], 6)} {rest[1]} {written(rest[2], 6)}"
    if kind in ("abs", "min", "max"):
        return f"{kind}({', '.join(map(written, rest))})"
    binding = BINDING[kind]
    if kind in ("not", "minus"):
        return f"{'-' if kind == 'minus' else 'not '}{written(rest[0], binding)}"
    to_the_right = kind == "implies"
    left = written(rest[0], binding + to_the_right)
    return f"{left} {kind} {written(rest[1], binding + (not to_the_right))}"


def number(tree: Tree, state: dict[str, Any]) -> float:
    kind, *rest = tree
    if kind == "number":
        return float(rest[0])
    if kind == "name":
        return float(state[rest[0]])
    operands = [number(operand, state) for operand in rest]
    if kind in ARITHMETIC:
        return float(ARITHMETIC[kind](*operands))
    return FUNCTIONS[kind](*operands)


def truth(tree: Tree, state: dict[str, Any]) -> bool:
    kind, *rest = tree
    if kind == "name":
        return bool(state[rest[0]] > 0)
    if kind == "compare":
        return bool(COMPARE[rest[1]](number(rest[0], state), number(rest[2], state)))
    if kind == "level":
        (option, word), sign, is_turned = rest
        sides = [state[option], OPTIONS[option].index(word)]
        return bool(COMPARE[sign](*(reversed(sides) if is_turned else sides)))
    operands = [truth(operand, state) for operand in rest]
    return not operands[0] if kind == "not" else LOGIC[kind](*operands)


def everywhere(array: np.ndarray[Any, Any]) -> list[Any]:
    shape = tuple(map(len, OPTIONS.values()))
    return [item.item() for item in np.broadcast_to(array, shape).ravel()]


def states() -> list[dict[str, Any]]:
    indexes = product(*(range(len(levels)) for levels in OPTIONS.values()))
    return [{**FUTURE, **dict(zip(OPTIONS, state, strict=True))} for state in indexes]


@given(TRUTHS)
def test_truths_bind_and_evaluate_as_they_read(tree: Tree) -> None:
    read = expression(written(tree), NAMES, wanted="truth")
    assert everywhere(read.on({**INDEXES, **FUTURE})) == [truth(tree, state) for state in states()]


@given(NUMBERS)
def test_numbers_bind_and_evaluate_as_they_read(tree: Tree) -> None:
    read = expression(written(tree), NAMES, wanted="number")
    assert everywhere(read.on({**INDEXES, **FUTURE})) == [number(tree, state) for state in states()]


@given(TRUTHS, TRUTHS)
def test_an_indicator_means_its_formula(part: Tree, whole: Tree) -> None:
    text = f"({written(part)}) implies not ({written(whole)})"
    through = Names(OPTIONS, NAMES.uncertainties, {"part": written(part), "whole": written(whole)})
    named = expression("part implies not whole", through)
    spelt = expression(text, NAMES)
    assert everywhere(named.on({**INDEXES, **FUTURE})) == everywhere(
        spelt.on({**INDEXES, **FUTURE})
    )
    assert named.options == spelt.options
    assert named.uncertainties == spelt.uncertainties


@given(TRUTHS)
def test_a_value_lies_on_the_axes_of_its_options_only(tree: Tree) -> None:
    read = expression(written(tree), NAMES)
    value = read.on({**INDEXES, **FUTURE})
    for axis, (option, levels) in enumerate(OPTIONS.items()):
        length = value.shape[axis] if value.ndim else 1
        assert length == (len(levels) if option in read.options else 1)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("not a.x == yes", "not (a.x == yes)"),
        ("not a.x and b.x", "(not a.x) and b.x"),
        ("a.x or b.x and calm", "a.x or (b.x and calm)"),
        ("a.x implies b.x implies calm", "a.x implies (b.x implies calm)"),
        ("a.x iff b.x implies calm", "a.x iff (b.x implies calm)"),
        ("a.x or b.x implies calm", "(a.x or b.x) implies calm"),
        ("a.y + 1 >= 2 * cost", "(a.y + 1) >= (2 * cost)"),
        ("-a.y * 2 < 0 - 1", "((-a.y) * 2) < -1"),
    ],
)
def test_binding(text: str, same: str) -> None:
    assert expression(text, NAMES).tree == expression(same, NAMES).tree


def test_an_option_alone_is_above_its_first_level_and_an_index_in_arithmetic() -> None:
    values = {"a.y": np.arange(3)}
    assert expression("a.y", NAMES).on(values).tolist() == [False, True, True]
    assert expression("a.y", NAMES, wanted="number").on(values).tolist() == [0.0, 1.0, 2.0]
    assert expression("10 * a.y", NAMES).on(values).tolist() == [0.0, 10.0, 20.0]


def test_a_truth_counts_one_in_arithmetic() -> None:
    names = Names(OPTIONS, {}, {"armed": "a.x and b.x"})
    values = {"a.x": np.array([0, 1]), "b.x": 1}
    assert expression("2 * armed + 1", names).on(values).tolist() == [1.0, 3.0]


def test_a_choice_is_compared_with_its_words() -> None:
    assert expression("mood == bad", NAMES).on({"mood": 1}).item() is True
    assert expression("good == mood", NAMES).on({"mood": 1}).item() is False


def test_functions_are_those_of_mathematics() -> None:
    def value(text: str) -> float:
        return float(expression(text, NAMES).on({}))

    assert value("exp(1)") == math.e
    assert value("log(exp(2))") == pytest.approx(2)
    assert value("sqrt(9)") == 3
    assert value("1 / 0") == math.inf  # no warning; a check reports it where it matters
    assert value("min(3, 1, 2) + max(3, 1, 2)") == 4


def test_words_that_only_begin_like_connectives_are_names() -> None:
    names = Names({"a.order": ("no", "yes")}, {"android": (), "note": ()}, {"iffy": "a.order"})
    read = expression("android and note or iffy", names)
    assert read.names == {"android", "note", "iffy"}
    assert read.options == {"a.order"}


def test_the_first_level_wins_over_a_name() -> None:
    names = Names(OPTIONS, {"none": ()})
    assert expression("a.y == none", names).on({"a.y": 0}).item() is True
    assert expression("a.x and none", names).on({"a.x": 1, "none": False}).item() is False


@pytest.mark.parametrize(
    ("links", "is_small"),
    [
        (13, True),  # 2¹³ - 1 operations and operands, spelt out
        (14, False),
    ],
)
def test_formulas_that_double_at_every_step_are_limited(links: int, is_small: bool) -> None:
    formulas = {f"i{n}": f"i{n + 1} and i{n + 1}" for n in range(links - 1)}
    known = Names(OPTIONS, {}, {**formulas, f"i{links - 1}": "a.x"})
    if is_small:
        assert expression("i0", known).on({"a.x": 1}).item() is True
    else:
        with pytest.raises(ExpressionError, match="is at fault"):
            expression("i0", known)


def test_a_name_whose_formula_is_at_fault_is_said_so() -> None:
    names = Names(OPTIONS, {}, {"wrong": "a.z", "round": "round + 1"})
    with pytest.raises(ExpressionError, match="the formula of `wrong` is at fault"):
        expression("wrong and a.x", names)
    with pytest.raises(ExpressionError, match="the formula of `round` is at fault"):
        expression("round > 1", names)
    assert names.circles == (["round"],)


def test_every_unknown_name_is_reported() -> None:
    with pytest.raises(ExpressionError) as refused:
        expression("p and (q or a.x) implies 1 + r > 2", NAMES)
    assert [(f.message, f.start, f.end) for f in refused.value.faults] == [
        ("unknown name `p`", 0, 1),
        ("unknown name `q`", 7, 8),
        ("unknown name `r`", 29, 30),
    ]


def test_as_text_it_is_what_was_written() -> None:
    assert str(expression("a.x  and b.x", NAMES)) == "a.x  and b.x"
    assert expression("a.x and b.x", NAMES) == expression("a.x and b.x", Names(OPTIONS))
