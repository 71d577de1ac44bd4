"""What makes a position higher, lower or equal, on networks small enough to see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from detente.errors import CannotAnswer, InputError
from detente.network.changes import changes
from detente.network.shift import At, carriers, change, lead
from tests.network.arranged import DAY, arranged, pact, recorded

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case.situation import Situation

THEN, NOW = At(date(2014, 1, 1)), At(date(2024, 1, 1))
TOKYO_IN = At(DAY, changes(["AUKUSP2J"]))


@pytest.fixture(scope="module")
def situation(shared: Path) -> Situation:
    return recorded(shared)


@pytest.fixture
def growing() -> Situation:
    """Two pacts of old, and two of b's that came later; c has none of them."""
    return arranged(
        {
            "old": pact("a b"),
            "other": pact("a c"),
            "first": pact("b d", **{"from": "2020-01-01"}),
            "second": pact("b e", **{"from": "2021-01-01"}),
        }
    )


def test_the_cost_of_staying_outside_is_an_artefact_of_normalisation(situation: Situation) -> None:
    found = change(situation, "ROK", "eigenvector", "all", At(DAY), TOKYO_IN)
    assert (round(found.before, 3), round(found.after, 3)) == (0.408, 0.381)
    assert found.signs == {"eigenvector": -1, "strength": 0, "katz": 1}
    answer = found.answer("lower")
    assert answer.holds is False
    assert answer.why == (
        "eigenvector 0.4079 → 0.3812, but it is a share, which moves when others do: "
        "strength equal, katz higher"
    )
    assert len(found.left_out) == 26


@pytest.mark.parametrize(
    ("measure", "direction", "holds"),
    [
        ("strength", "equal", True),
        ("strength", "lower", False),
        ("katz", "higher", True),
        ("katz", "lower", False),
        ("eigenvector", "higher", False),
        ("eigenvector", "equal", False),
    ],
)
def test_what_is_not_normalised_says_that_staying_outside_costs_nothing(
    situation: Situation, measure: str, direction: str, holds: bool
) -> None:
    found = change(situation, "ROK", measure, "all", At(DAY), TOKYO_IN)
    assert found.answer(direction).holds is holds  # type: ignore[arg-type]


def test_tokyo_gains_by_joining(situation: Situation) -> None:
    found = change(situation, "JPN", "eigenvector", "all", At(DAY), TOKYO_IN)
    assert found.answer("higher").holds is True


def test_a_tie_with_canberra_turns_on_any_arrangement_of_one_of_the_two(
    situation: Situation,
) -> None:
    found = lead(situation, ("JPN", "AUS"), "strength", "all", At(DAY))
    assert (found.before, found.after) == (12, 12)
    answer = found.answer("higher")
    assert answer.holds is None
    of_one = {"ANZUS", "AUKUS", "FVEY", "FPDA", "SOVFA", "AUROK"}
    assert set(answer.flips) == of_one


def test_canberra_is_between_more_only_if_the_five_power_arrangements_are_listed(
    situation: Situation,
) -> None:
    answer = lead(situation, ("AUS", "JPN"), "betweenness", "other", At(DAY)).answer("higher")
    assert answer.holds is None
    assert answer.why == (
        "betweenness 0.1432 beside JPN's 0.09081: higher (pairs_between higher); "
        "the opposite without FPDA"
    )


def test_two_later_pacts_raise_whoever_made_them_whichever_is_left_out(
    growing: Situation,
) -> None:
    answer = change(growing, "b", "strength", "all", THEN, NOW).answer("higher")
    assert answer.holds is True
    assert answer.flips == ()


def test_a_rise_that_one_pact_alone_brought_is_contingent_on_it(growing: Situation) -> None:
    found = change(growing, "d", "strength", "all", THEN, NOW)
    answer = found.answer("higher")
    assert (found.before, found.after) == (0, 1)
    assert answer.holds is None
    assert answer.flips == ("first",)
    assert answer.why.endswith("the opposite without first")


def test_what_a_change_names_is_not_also_left_out(growing: Situation) -> None:
    joined = At(date(2014, 1, 1), changes(["first"]))
    found = change(growing, "d", "strength", "all", THEN, joined)
    assert "first" not in found.left_out
    assert found.answer("higher").holds is True


def test_a_party_that_joins_gains_and_one_that_stays_out_keeps_what_it_has(
    growing: Situation,
) -> None:
    joined = At(date(2014, 1, 1), changes(["old:c"]))
    assert change(growing, "c", "strength", "all", THEN, joined).difference == 1
    assert change(growing, "b", "strength", "all", THEN, joined).difference == 0
    assert change(growing, "b", "degree", "all", THEN, joined).difference == 1


def test_a_share_that_falls_where_nothing_else_does_is_no_loss() -> None:
    """A pact of two others adds pairs that the hub does not stand between, and takes none."""
    situation = arranged(
        {"one": pact("hub a"), "two": pact("hub b"), "far": pact("x y", **{"from": "2020-01-01"})}
    )
    found = change(situation, "hub", "betweenness", "all", THEN, NOW)
    assert (found.before, round(found.after, 3)) == (1, 0.167)
    assert found.signs == {"betweenness": -1, "pairs_between": 0}
    assert found.answer("lower").holds is False
    assert found.untold == ("one", "two")


def test_more_partners_are_no_rise_where_less_is_agreed() -> None:
    """Three pacts with b give way to one club with c and d."""
    situation = arranged(
        {
            "one": pact("a b", to="2020-01-01"),
            "two": pact("a b", to="2020-01-01"),
            "three": pact("a b", to="2020-01-01"),
            "club": pact("a c d", **{"from": "2020-01-01"}),
        }
    )
    found = change(situation, "a", "degree", "all", THEN, NOW)
    assert (found.before, found.after) == (1, 2)
    assert found.signs == {"degree": 1, "strength": -1, "katz": -1}
    assert found.answer("higher").holds is False
    assert found.answer("higher").why == "degree 1 → 2, but strength lower, katz lower"


def test_a_share_that_stays_is_not_equal_where_all_gain_alike() -> None:
    pacts = {"one": pact("a b"), "two": pact("b c")}
    later = {f"{id}_more": pact(each.name, **{"from": "2020-01-01"}) for id, each in pacts.items()}
    found = change(arranged(pacts | later), "b", "eigenvector", "all", THEN, NOW)
    assert found.signs == {"eigenvector": 0, "strength": 1, "katz": 1}
    assert found.answer("equal").holds is False


def test_who_is_a_party_to_nothing_has_walks_of_no_step_only(growing: Situation) -> None:
    found = change(growing, "d", "katz", "all", THEN, NOW)
    assert found.before == 1
    assert found.after > 1


def test_a_position_is_carried_by_what_it_loses_most_without() -> None:
    situation = arranged({"triple": pact("a b c"), "pair": pact("a b"), "apart": pact("d e")})
    found = carriers(situation, "a", "degree", "all", NOW)
    assert [(each.arrangement, each.drop) for each in found] == [("triple", 1.0)]
    path = arranged({"far": pact("b d"), "leaf": pact("a c"), "near": pact("a b")})
    found = carriers(path, "a", "katz", "all", NOW)
    assert [each.arrangement for each in found] == ["near", "leaf", "far"]


def test_a_measure_the_network_cannot_carry_is_refused_with_its_reason() -> None:
    situation = arranged({"one": pact("a b"), "two": pact("c d")})
    with pytest.raises(CannotAnswer, match="weigh the same: neither leads"):
        change(situation, "a", "eigenvector", "all", THEN, NOW)
    situation = arranged({"one": pact("a b c"), "two": pact("a b"), "three": pact("d e")})
    with pytest.raises(CannotAnswer, match="eigenvector says nothing of d"):
        change(situation, "d", "eigenvector", "all", THEN, NOW)


@pytest.mark.parametrize(
    ("actor", "measure", "layer", "said"),
    [
        ("x", "strength", "all", "no actor `x`: one of a, b, c, d, e"),
        ("a", "strenght", "all", "no measure `strenght`: did you mean `strength`?"),
        ("a", "strength", "treat", "no layer `treat`: did you mean `treaty`?"),
    ],
)
def test_an_unknown_name_is_refused(
    growing: Situation, actor: str, measure: str, layer: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        change(growing, actor, measure, layer, THEN, NOW)
    assert str(caught.value) == said
