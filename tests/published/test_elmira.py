"""The Elmira groundwater conflict.

[HipelFangKilgourHaight1993]; [KilgourHipelFangPeng2001]; [XuHipelKilgourFang2018], chs. 4 and 8.
The publications merge every state with a closed plant into s9. In `hipel/elmira` it is four states
that tie, in `kilgour/elmira` one.
"""

import pytest

from detente.case import load
from detente.conflict.arcs import arcs
from detente.conflict.model import conflict
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


# ------------------------------------------------------------- as published: a closed plant is s9

NINE = "kilgour/elmira"
CODES = {state: codes[:1] for state, codes in STATES.items()}


@pytest.mark.parametrize(
    ("concept", "published", "towns"),
    [
        ("nash", {"s5", "s8", "s9"}, {"s5", "s6", "s7", "s8", "s9"}),
        ("gmr", {"s1", "s4", "s5", "s8", "s9"}, EVERY),
        ("smr", {"s1", "s4", "s5", "s8", "s9"}, EVERY),
        ("seq", {"s5", "s8", "s9"}, {"s2", "s3", "s5", "s6", "s7", "s8", "s9"}),
    ],
)
def test_nine_states_settle_as_published(
    concept: str, published: set[str], towns: set[str]
) -> None:
    assert settled(NINE).to_dict()["feasible"] == 9
    assert equilibria(NINE, concept, CODES) == published
    assert stable(NINE, concept, "ministry", CODES) == EVERY
    assert stable(NINE, concept, "uniroyal", CODES) == {"s1", "s4", "s5", "s8", "s9"}
    assert stable(NINE, concept, "towns", CODES) == towns


MOVES = {
    "ministry": "s1 s2, s3 s4, s5 s6, s7 s8",
    "uniroyal": "s1 s3, s2 s4, s5 s7, s6 s8, "
    "s1 s9, s2 s9, s3 s9, s4 s9, s5 s9, s6 s9, s7 s9, s8 s9",
    "towns": "s1 s5, s2 s6, s3 s7, s4 s8, s5 s1, s6 s2, s7 s3, s8 s4",
}


@pytest.mark.parametrize("actor", MOVES)
def test_nine_states_are_joined_by_the_published_arcs(actor: str) -> None:
    model = conflict(load(NINE))
    states = {model.space.index(codes[0]): state for state, codes in CODES.items()}
    found = {
        (states[state], states[int(end)])
        for state in states
        for end in arcs(model, actor).of(state)
    }
    assert found == {tuple(pair.split()) for pair in MOVES[actor].split(", ")}


def test_nine_states_are_ranked_as_published() -> None:
    for actor in MOVES:
        assert order(NINE, actor, CODES) == order(CASE, actor, STATES)
