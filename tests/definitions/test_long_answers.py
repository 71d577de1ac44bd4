"""Answers that take very many moves: no pass over the states may stop short of their end."""

from __future__ import annotations

import numpy as np
import pytest

from detente.conflict.concepts.seq import stable
from detente.conflict.model import Conflict
from detente.conflict.space import Space
from tests.strategies import Drawn, drawn, option


def staircase(steps: int, *, moves: str = "both", broken: int | None = None) -> Drawn:
    """`a` and `b` climb a staircase by turns, each step an improvement for whoever takes it.

    `c` would rather have its option taken, and fears nothing but the top. Where the staircase is
    broken, `a` does not care to take that step.
    """
    axes = (option("c", "z"), option("a", "x", steps, moves), option("b", "y", steps, moves))
    shape = (2, steps, steps)
    ranks = np.zeros((3, *shape), np.int32)
    own, a, b = ranks
    own[0], own[1], own[:, -1, -1] = 1, 2, 0
    for step in range(steps - 1):
        a[:, step, step], a[:, step + 1, step] = 1, 1 if step == broken else 2
        b[:, step + 1, step], b[:, step + 1, step + 1] = 1, 2
    rows = tuple(row.reshape(-1) for row in ranks)
    return drawn(Conflict(Space(axes, np.ones(shape, np.bool_), (0, 0, 0)), rows))


@pytest.mark.parametrize("moves", ["both", "up"])
@pytest.mark.parametrize("broken", [None, 0, 2, 4])
def test_a_threat_of_many_steps_is_believed_as_far_as_it_leads(
    moves: str, broken: int | None
) -> None:
    climbed = staircase(6, moves=moves, broken=broken)
    found = climbed.states(stable(climbed.conflict, "c"))
    assert found == climbed.oracle.stable_states("seq", "c")
    assert ((0, 0, 0) in found) == (broken is None)


def test_a_staircase_of_thirty_steps_is_climbed_to_its_top() -> None:
    whole, cut = staircase(30), staircase(30, broken=28)
    foot = whole.flat((0, 0, 0))
    assert stable(whole.conflict, "c")[foot]
    assert not stable(cut.conflict, "c")[foot]
