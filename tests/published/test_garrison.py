"""The Garrison conflict, [HipelFraser1980]; [FraserHipel1984], ch. 2.

The model is that of the public file; no printed table was read again. Three GMR answers circulate:
12 equilibria where a sanction is a single move, 14 where each opponent moves at most once, and 15
by the definition, where an actor may move again after another has. States 4, 6 and 10 tell them
apart.
"""

import pytest

from tests.published.answers import equilibria, settled, stable

CASE = "fraser/garrison"

# Numbered by increasing decimal, the first option being the lowest bit.
DECIMALS = [34, 36, 41, 42, 50, 52, 57, 58, 66, 68, 74, 82, 84, 89, 90]
DECIMALS += [146, 148, 153, 154, 274, 276, 281, 282]
STATES = {str(k): [f"{decimal:09b}"[::-1]] for k, decimal in enumerate(DECIMALS, start=1)}
EVERY = set(STATES)

NASH = {"2", "3", "11", "17", "18", "21", "22"}
BY_SINGLE_MOVES = NASH | {"8", "13", "14", "15", "19"}
BY_REPEATED_MOVES = {"4", "6", "10"}


def test_twenty_three_states_are_feasible() -> None:
    assert set(settled(CASE).space.codes(settled(CASE).space.mask.nonzero()[0])) == {
        code for codes in STATES.values() for code in codes
    }


@pytest.mark.parametrize("concept", ["nash", "seq"])
def test_equilibria_on_which_all_programs_agree(concept: str) -> None:
    assert equilibria(CASE, concept, STATES) == NASH


@pytest.mark.parametrize("concept", ["gmr", "smr"])
def test_the_definition_keeps_three_more_than_single_moves_do(concept: str) -> None:
    assert equilibria(CASE, concept, STATES) == BY_SINGLE_MOVES | BY_REPEATED_MOVES


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq"])
def test_the_indifferent_commission_finds_everything_stable(concept: str) -> None:
    assert stable(CASE, concept, "ijc", STATES) == EVERY


def test_canada_by_concept() -> None:
    improvable = {"5", "6", "7", "8", "12", "13", "15"}
    assert stable(CASE, "nash", "canada", STATES) == EVERY - improvable
    assert stable(CASE, "seq", "canada", STATES) == EVERY - {"6", "7", "12", "13", "15"}
    assert stable(CASE, "gmr", "canada", STATES) == EVERY - {"7"}
