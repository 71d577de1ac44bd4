"""The Cuban missile crisis, [FraserHipel1984], ch. 1."""

import pytest

import detente
from tests.published.answers import equilibria, order, settled, stable

CASE = "fraser/cuban_missile_crisis"

# Air strike, blockade; withdrawal, escalation. In decimals the air strike is the lowest bit.
STATES = {
    "0": ["0000"],
    "1": ["1000"],
    "2": ["0100"],
    "3": ["1100"],
    "4": ["0010"],
    "5": ["1010"],
    "6": ["0110"],
    "7": ["1110"],
    "8": ["0001"],
    "9": ["1001"],
    "10": ["0101"],
    "11": ["1101"],
}


def test_the_published_resolutions_are_withdrawal_with_and_without_blockade() -> None:
    # The book's method also strikes out simultaneous moves, which adds nothing to SEQ here.
    assert equilibria(CASE, "seq", STATES) == {"4", "6"}


@pytest.mark.parametrize(
    ("concept", "expected"),
    [
        ("nash", set()),
        ("gmr", {"0", "1", "2", "4", "5", "6", "7"}),
        ("smr", {"0", "1", "2", "4", "5", "6", "7"}),
    ],
)
def test_other_concepts(concept: str, expected: set[str]) -> None:
    """Not printed in the book: found by walking every move by the definitions."""
    assert equilibria(CASE, concept, STATES) == expected


@pytest.mark.parametrize(
    ("concept", "us", "ussr"),
    [
        ("nash", {"2", "4", "11"}, {"0", "5", "6", "7"}),
        ("seq", {"2", "4", "6", "11"}, {"0", "4", "5", "6", "7"}),
    ],
)
def test_stable_states_by_actor(concept: str, us: set[str], ussr: set[str]) -> None:
    assert stable(CASE, concept, "us", STATES) == us
    assert stable(CASE, concept, "ussr", STATES) == ussr


def test_the_statements_yield_the_published_preference_vectors() -> None:
    us = [4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8]
    ussr = [0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8]
    assert order(CASE, "us", STATES) == [{str(state)} for state in us]
    assert order(CASE, "ussr", STATES) == [{str(state)} for state in ussr]


def test_nobody_both_withdraws_and_escalates() -> None:
    assert settled(CASE).to_dict()["feasible"] == 12


def test_what_rests_on_an_answer_typed_in_is_called_assumed() -> None:
    """Moscow's last statement says that it yields to pressure; two of the claims repeat it."""
    report = detente.run(CASE)
    assert {result.claim.id: result.verdict for result in report.claims} == {
        "blockade_brings_withdrawal": "assumed",
        "strike_brings_escalation": "contradicted",
        "blockade_stays_because_of_moscow": "assumed",
    }
