"""Prisoner's Dilemma and Chicken, as every textbook of the field prints them.

[FangHipelKilgour1993]; [BramsWittman1981] for the two orders.
"""

import pytest

from tests.published.answers import equilibria, order, stable

DILEMMA, CHICKEN = "fang/prisoners_dilemma", "fang/chicken"

# Row's choice first: C cooperates and D defects; S swerves and D drives on.
DILEMMA_STATES = {"CC": ["00"], "CD": ["01"], "DC": ["10"], "DD": ["11"]}
CHICKEN_STATES = {"SS": ["00"], "SD": ["01"], "DS": ["10"], "DD": ["11"]}


@pytest.mark.parametrize(
    ("concept", "published"),
    [
        ("nash", {"DD"}),
        ("gmr", {"CC", "DD"}),
        ("smr", {"CC", "DD"}),
        ("seq", {"CC", "DD"}),
    ],
)
def test_foresight_adds_cooperation_to_the_dilemma(concept: str, published: set[str]) -> None:
    assert equilibria(DILEMMA, concept, DILEMMA_STATES) == published


@pytest.mark.parametrize("concept", ["gmr", "smr", "seq"])
def test_the_dilemma_by_actor(concept: str) -> None:
    assert stable(DILEMMA, concept, "row", DILEMMA_STATES) == {"CC", "DC", "DD"}
    assert stable(DILEMMA, concept, "column", DILEMMA_STATES) == {"CC", "CD", "DD"}


@pytest.mark.parametrize(
    ("concept", "published"),
    [
        ("nash", {"SD", "DS"}),
        ("gmr", {"SS", "SD", "DS"}),
        ("smr", {"SS", "SD", "DS"}),
        ("seq", {"SD", "DS"}),
    ],
)
def test_only_an_incredible_threat_makes_both_swerve(concept: str, published: set[str]) -> None:
    assert equilibria(CHICKEN, concept, CHICKEN_STATES) == published


@pytest.mark.parametrize("actor", ["row", "column"])
def test_in_chicken_both_find_the_same_states_stable(actor: str) -> None:
    assert stable(CHICKEN, "seq", actor, CHICKEN_STATES) == {"SD", "DS"}
    assert stable(CHICKEN, "gmr", actor, CHICKEN_STATES) == {"SS", "SD", "DS"}


def test_the_orders_are_those_of_brams_and_wittman() -> None:
    assert order(DILEMMA, "row", DILEMMA_STATES) == [{"DC"}, {"CC"}, {"DD"}, {"CD"}]
    assert order(DILEMMA, "column", DILEMMA_STATES) == [{"CD"}, {"CC"}, {"DD"}, {"DC"}]
    assert order(CHICKEN, "row", CHICKEN_STATES) == [{"DS"}, {"SS"}, {"SD"}, {"DD"}]
    assert order(CHICKEN, "column", CHICKEN_STATES) == [{"SD"}, {"SS"}, {"DS"}, {"DD"}]
