"""The state space: codes, restrictions and what is refused."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case.expression import Names, expression
from detente.case.situation import Infeasible
from detente.conflict.space import Space, space
from detente.errors import InputError
from tests.strategies import option, spaces


def spelt(at: tuple[int, ...]) -> str:
    return "".join("0123456789abcdefghijklmnopqrstuvwxyz"[level] for level in at)


@settings(max_examples=200)
@given(found=spaces(), data=st.data())
def test_codes_spell_the_levels_also_of_what_is_left(found: Space, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(found.options), unique_by=lambda o: o.id))
    levels = {o.id: data.draw(st.integers(0, len(o.levels) - 1)) for o in chosen}
    left = found.restricted(levels)
    expected = [
        (spelt(at), bool(found.feasible[at]))
        for at in np.ndindex(found.shape)
        if all(levels.get(o.id, level) == level for o, level in zip(found.options, at, strict=True))
    ]
    codes = left.codes(np.arange(left.size))
    assert list(zip(codes, left.mask.tolist(), strict=True)) == expected
    assert codes == sorted(codes)
    assert left.indices(codes).tolist() == list(range(left.size))
    assert [left.code(state) for state in range(left.size)] == codes
    assert [left.index(code) for code in codes] == list(range(left.size))


def test_there_is_a_character_for_each_of_36_levels() -> None:
    found = space((option("a", "x", 36), option("b", "y")), [], {})
    assert found.code(71) == "z1"
    assert found.index("z1") == 71


@pytest.mark.parametrize("code", ["", "0", "000", "20", "0-", "é0", "0Z", " 0", "٣0"])
def test_a_code_that_is_no_state_is_refused(code: str) -> None:
    found = space((option("a", "x"), option("b", "y")), [], {})
    message = f"`{code}` is not a state here: a code has 2 characters, like 00, each the index"
    with pytest.raises(InputError, match=re.escape(message)):
        found.index(code)


def test_a_code_outside_of_what_is_left_is_refused() -> None:
    left = space((option("a", "x"), option("b", "y")), [], {}).restricted({"a.x": 1})
    assert left.index("10") == 0
    with pytest.raises(InputError, match=r"`00` is not a state here: .* like 10,"):
        left.index("00")


def test_infeasible_states_may_depend_on_what_is_unknown() -> None:
    axes = (option("a", "x"), option("b", "y"))
    names = Names({axis.id: axis.levels for axis in axes}, {"storm": ()})
    ruled_out = [Infeasible(expression("storm and a.x", names), None)]
    assert space(axes, ruled_out, {"storm": False}).all_feasible
    assert space(axes, ruled_out, {"storm": True}).mask.tolist() == [True, True, False, False]


def test_a_space_without_a_feasible_state_is_refused() -> None:
    axes = (option("a", "x"),)
    always = Infeasible(expression("a.x or not a.x", Names({"a.x": axes[0].levels})), None)
    with pytest.raises(InputError, match="no state is feasible"):
        space(axes, [always], {})


def test_a_space_too_large_is_refused_at_once() -> None:
    axes = tuple(option("a", f"x{n}") for n in range(60))
    message = (
        "60 options make 1,152,921,504,606,846,976 states, "
        "more than the 67,108,864 that can be settled: leave options out"
    )
    with pytest.raises(InputError, match=message):
        space(axes, [], {})


def test_too_many_one_way_options_of_one_actor_are_refused_at_once() -> None:
    axes = tuple(option("a", f"x{n}", moves="up") for n in range(14))
    message = "the one-way options of `a` combine in 16,384 ways, more than the 8,192"
    with pytest.raises(InputError, match=message):
        space(axes, [], {})
    shared = tuple(option("ab"[n % 2], f"x{n}", moves="up") for n in range(14))
    assert space(shared, [], {}).size == 2**14
