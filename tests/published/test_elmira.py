"""The Elmira groundwater conflict.

[HipelFangKilgourHaight1993]; [KilgourHipelFangPeng2001]; [XuHipelKilgourFang2018], chs. 4 and 8.
The publications merge every state with a closed plant into s9; here it is four states that tie.
"""

import pytest

from tests.published.answers import equilibria, order, settled, stable

CASE = "hipel/elmira"

# Ministry modifies? Uniroyal delays (0), accepts (1) or abandons (2)? towns insist?
STATES = {
    "s1": ["000"],
    "s2": ["100"],
    "s3": ["010"],
    "s4": ["110"],
    "s5": ["001"],
    "s6": ["101"],
    "s7": ["011"],
    "s8": ["111"],
    "s9": ["020", "021", "120", "121"],
}
EVERY = set(STATES)


@pytest.mark.parametrize(
    ("concept", "published"),
    [
        ("nash", {"s5", "s8", "s9"}),
        ("gmr", {"s1", "s4", "s5", "s8", "s9"}),
        ("smr", {"s1", "s4", "s5", "s8", "s9"}),
        ("seq", {"s5", "s8", "s9"}),
    ],
)
def test_equilibria(concept: str, published: set[str]) -> None:
    assert equilibria(CASE, concept, STATES) == published


@pytest.mark.parametrize(
    ("concept", "towns"),
    [
        ("nash", {"s5", "s6", "s7", "s8", "s9"}),
        ("gmr", EVERY),
        ("smr", EVERY),
        ("seq", {"s2", "s3", "s5", "s6", "s7", "s8", "s9"}),
    ],
)
def test_stable_states_by_actor(concept: str, towns: set[str]) -> None:
    assert stable(CASE, concept, "ministry", STATES) == EVERY
    assert stable(CASE, concept, "uniroyal", STATES) == {"s1", "s4", "s5", "s8", "s9"}
    assert stable(CASE, concept, "towns", STATES) == towns


def test_one_way_options_leave_twelve_states() -> None:
    assert settled(CASE).to_dict()["feasible"] == 12


def test_orders() -> None:
    assert order(CASE, "ministry", STATES) == sets("s7 s3 s4 s8 s5 s1 s2 s6 s9")
    assert order(CASE, "uniroyal", STATES) == sets("s1 s4 s8 s5 s9 s3 s7 s2 s6")
    assert order(CASE, "towns", STATES) == sets("s7 s3 s5 s1 s8 s6 s4 s2 s9")


def sets(states: str) -> list[set[str]]:
    return [{state} for state in states.split()]
