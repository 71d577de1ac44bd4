"""Syria and Iraq over the Euphrates, 1975.

[HipelKilgourKinsara2014]; the manual of GMCR+ (Kinsara 2014), tables 1 to 3. The manual counts 420
of Syria's 720 orders that make state 2 SEQ-stable; its own conditions give 384. The program from
which it comes lets the last improvement alone decide; that is done here to see the 420 come out.
"""

from itertools import permutations

import pytest

import detente
from detente.conflict.inverse.inverse import inverse
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


@pytest.mark.parametrize(
    ("concept", "satisfying"), [("nash", 240), ("gmr", 384), ("smr", 300), ("seq", 384)]
)
def test_so_many_rankings_of_syria_make_releasing_water_last(concept: str, satisfying: int) -> None:
    found = inverse(detente.load(CASE), STATES["2"][0], [concept], actors=["syria"])
    counted = found.actors["syria"][concept].rankings
    assert counted is not None
    assert counted.counts == (satisfying, 720)


def test_syria_must_want_what_the_manual_says_in_words() -> None:
    """State 2 keeps Syria if state 1 or its answer 4, and state 3 or its answer 6, is no better."""
    found = inverse(detente.load(CASE), STATES["2"][0], ["seq"], actors=["syria"])
    asked = [
        {
            label
            for label, codes in STATES.items()
            if set(codes) & set(found.space.codes(each.alone))
        }
        for each in found.actors["syria"]["seq"].conditions.each
    ]
    assert asked == [{"1", "4"}, {"3", "6"}]


def test_the_manual_counts_what_comes_of_letting_the_last_improvement_decide() -> None:
    """An order passes if it has no improvement, or the last of them is answered: 420, not 384."""
    answers = {"1": "4", "3": "6"}
    all_answered = last_answered = 0
    for ranking in permutations(STATES):
        better = [s for s in answers if ranking.index(s) < ranking.index("2")]
        answered = [ranking.index(answers[s]) > ranking.index("2") for s in better]
        all_answered += all(answered)
        last_answered += not answered or answered[-1]
    assert (all_answered, last_answered) == (384, 420)
