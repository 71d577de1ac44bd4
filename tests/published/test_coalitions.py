"""What coalitions do at Elmira, and in the Cuban missile crisis.

[KilgourHipelFangPeng2001]; [XuHipelKilgourFang2018], ch. 8: the Ministry and Uniroyal jump from s5
to s8, by s6; no other coalition takes an equilibrium away.
"""

from __future__ import annotations

import pytest

from detente.case import load
from detente.conflict.coalitions.coalition import coalition
from detente.conflict.coalitions.equilibria import coalition_equilibria
from detente.conflict.coalitions.witness import coalition_witness
from detente.conflict.model import conflict
from tests.published.test_elmira import STATES

NINE = {name: codes[:1] for name, codes in STATES.items()}
CASES = {"hipel/elmira": STATES, "kilgour/elmira": NINE}
BOTH = ("ministry", "uniroyal")


@pytest.mark.parametrize(("case", "states"), CASES.items())
@pytest.mark.parametrize("concept", ["nash", "seq"])
def test_the_equilibrium_jump_at_elmira(
    case: str, states: dict[str, list[str]], concept: str
) -> None:
    model = conflict(load(case))
    standing = coalition_equilibria(model, [concept]).standings[concept]
    (jump,) = standing.jumps
    code = model.space.code
    assert jump.coalition == BOTH
    assert ([code(jump.start)], [code(jump.end)]) == (states["s5"], states["s8"])
    assert [(step.actor, code(step.state)) for step in jump.path] == [
        ("ministry", states["s6"][0]),
        ("uniroyal", states["s8"][0]),
    ]
    assert model.space.codes(standing.kept) == sorted(states["s8"] + states["s9"])


@pytest.mark.parametrize(("case", "states"), CASES.items())
@pytest.mark.parametrize(
    ("members", "gained"),
    [
        (BOTH, {"s2": {"s4"}, "s5": {"s8"}, "s6": {"s8"}}),
        (("ministry", "towns"), {"s1": {"s5"}, "s3": {"s7"}}),
        (("uniroyal", "towns"), {"s2": {"s4", "s8"}, "s6": {"s8"}}),
        ((*BOTH, "towns"), {"s2": {"s4", "s8"}, "s6": {"s8"}}),
    ],
)
def test_coalition_improvements_at_elmira(
    case: str,
    states: dict[str, list[str]],
    members: tuple[str, ...],
    gained: dict[str, set[str]],
) -> None:
    model = conflict(load(case))
    party = coalition(model, members)
    for state, codes in states.items():
        ends = {states[name][0] for name in gained.get(state, ())}
        for code in codes:
            assert set(model.space.codes(party.improvements(model.space.index(code)))) == ends


def test_both_powers_are_better_off_without_the_blockade() -> None:
    """The missiles are withdrawn, and there is no blockade any more."""
    model = conflict(load("fraser/cuban_missile_crisis"))
    both = coalition(model, ["us", "ussr"], "seq")
    (response,) = coalition_witness(both, model.space.index("0110")).responses
    assert model.space.code(response.improvement) == "0010"
    assert response.sanction is None
    alone = coalition(model, ["us"], "seq")
    assert alone.holds(model.space.index("0110"))
