"""Syria and Iraq over the Euphrates, 1975.

[HipelKilgourKinsara2014]; the manual of GMCR+ (Kinsara 2014), tables 1 to 3. The manual counts 420
of Syria's 720 orders that make state 2 SEQ-stable; its own conditions give 384. That is a question
of inverse analysis, and not asked here.
"""

import pytest

from tests.published.answers import equilibria, order, stable

CASE = "kinsara/syria_iraq_1975"

# Syria releases water? Syria escalates? Iraq attacks?
STATES = {"1": ["000"], "2": ["100"], "3": ["010"], "4": ["001"], "5": ["101"], "6": ["011"]}


@pytest.mark.parametrize(
    ("concept", "published"),
    [("nash", {"6"}), ("gmr", {"1", "6"}), ("smr", {"6"}), ("seq", {"6"})],
)
def test_escalation_and_attack_is_what_lasts(concept: str, published: set[str]) -> None:
    assert equilibria(CASE, concept, STATES) == published


@pytest.mark.parametrize(
    ("concept", "syria", "iraq"),
    [
        ("nash", {"1", "6"}, {"2", "4", "6"}),
        ("gmr", {"1", "3", "6"}, {"1", "2", "4", "5", "6"}),
        ("smr", {"1", "3", "6"}, {"2", "4", "6"}),
        ("seq", {"1", "3", "6"}, {"2", "4", "5", "6"}),
    ],
)
def test_stable_states_by_actor(concept: str, syria: set[str], iraq: set[str]) -> None:
    assert stable(CASE, concept, "syria", STATES) == syria
    assert stable(CASE, concept, "iraq", STATES) == iraq


def test_the_prioritised_statements_yield_the_printed_orders() -> None:
    assert order(CASE, "syria", STATES) == [{"1"}, {"3"}, {"6"}, {"2"}, {"4"}, {"5"}]
    assert order(CASE, "iraq", STATES) == [{"2"}, {"4"}, {"6"}, {"1"}, {"5"}, {"3"}]
