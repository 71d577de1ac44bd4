"""What publications say of foresight and of moves at the same time.

Non-myopic equilibria of Chicken and the Prisoner's Dilemma [BramsWittman1981]; [Kilgour1985]. The
solution of the Cuban missile crisis with simultaneous sanctions [FraserHipel1984], ch. 1. Tables by
number of moves and by actor are not printed there: they were found by walking the definitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from detente.case import load
from detente.conflict.concepts.limited_move import non_myopic
from detente.conflict.model import Conflict, conflict
from detente.conflict.stability import Stability, stability
from detente.conflict.stability import equilibria as everywhere
from detente.conflict.verdict import Foresight
from detente.conflict.witness import witness
from tests.published.answers import Labels, labelled
from tests.published.test_cuban_missile_crisis import CASE as CRISIS
from tests.published.test_cuban_missile_crisis import STATES as CRISIS_STATES
from tests.published.test_definition_witnesses import code, graph_model, strict, witnesses
from tests.published.test_elmira import CASE as ELMIRA
from tests.published.test_elmira import STATES as ELMIRA_STATES
from tests.published.test_garrison import CASE as GARRISON
from tests.published.test_garrison import NASH as GARRISON_NASH
from tests.published.test_garrison import STATES as GARRISON_STATES
from tests.published.test_sustainable_development import CASE as DEVELOPMENT
from tests.published.test_sustainable_development import STATES as DEVELOPMENT_STATES
from tests.published.test_syria_iraq_1975 import CASE as EUPHRATES
from tests.published.test_syria_iraq_1975 import STATES as EUPHRATES_STATES
from tests.published.test_two_by_two import CHICKEN, CHICKEN_STATES, DILEMMA, DILEMMA_STATES

__all__ = ["witnesses"]  # the fixture

KEPT_BY_THREAT = {"0", "1", "2", "4", "5", "6", "7"}  # of the missile crisis: GMR, SMR
BY_MOVES: Mapping[str, tuple[Labels, tuple[tuple[str, str], ...]]] = {
    CHICKEN: (CHICKEN_STATES, (("SD DS", "SD DS"), ("DS", "SD"), *[("SS DS", "SS SD")] * 7)),
    DILEMMA: (DILEMMA_STATES, (("DC DD", "CD DD"), *[("CC DC DD", "CC CD DD")] * 8)),
    CRISIS: (
        CRISIS_STATES,
        (("2 4 11", "0 5 6 7"), ("4 6", "0 4 6"), ("4", "0 4 6"), *[("4", "0 4")] * 5),
    ),
    EUPHRATES: (
        EUPHRATES_STATES,
        (("1 6", "2 4 6"), ("1 3 6", "2 4 6"), ("1 3", "2 4 6"), ("1 3 6", "1 2 4 6")) * 2,
    ),
    DEVELOPMENT: (
        DEVELOPMENT_STATES,
        (
            ("s1 s2", "s1 s3"), ("s1", "s1 s3"), ("s1", "s3"), ("s1 s3", "s1 s3"),
            ("s1", "s1 s3"), ("s1", "s1 s3"), ("s1", "s3"), ("s1 s3", "s1 s3"),
        ),
    ),
}  # fmt: skip


def settled(case: str, *concepts: str) -> Stability:
    return stability(load(case), concepts)


def equilibria(case: str, concept: str, labels: Labels) -> set[str]:
    return labelled(settled(case, concept).equilibria(concept), labels)


@pytest.mark.parametrize("case", BY_MOVES)
def test_stable_states_by_number_of_moves(case: str) -> None:
    labels, by_moves = BY_MOVES[case]
    names = [f"l{moves}" for moves in range(1, len(by_moves) + 1)]
    stable = settled(case, *names).to_dict()["stable"]
    for name, expected in zip(names, by_moves, strict=True):
        found = [labelled(codes, labels) for codes in stable[name].values()]
        assert found == [set(states.split()) for states in expected], name


@pytest.mark.parametrize(
    ("case", "labels", "published"),
    [
        (CHICKEN, CHICKEN_STATES, {"SS"}),
        (DILEMMA, DILEMMA_STATES, {"CC", "DD"}),
        (CRISIS, CRISIS_STATES, {"4"}),
    ],
)
def test_non_myopic_equilibria(case: str, labels: Labels, published: set[str]) -> None:
    assert equilibria(case, "nm", labels) == published


@pytest.mark.parametrize(
    ("case", "since", "period", "alternating"),
    [(CHICKEN, 3, 1, 0), (DILEMMA, 2, 1, 0), (EUPHRATES, 1, 4, 3), (DEVELOPMENT, 2, 4, 2)],
)
def test_foresight_settles_or_goes_around_in_a_cycle(
    case: str, since: int, period: int, alternating: int
) -> None:
    found = non_myopic(conflict(load(case)))
    assert (found.since, found.period, found.alternating.sum()) == (since, period, alternating)


def test_what_is_stable_by_turns_is_told_where_its_actor_moves() -> None:
    """Developers stay at s1 looking two or four moves ahead, and move looking three."""
    model = conflict(load(DEVELOPMENT))
    found = witness(model, "developers", model.space.index("11"), "nm")
    assert not found.stable
    assert found.foresight == Foresight(moves=3, since=2, period=4, alternates=True)


# ------------------------------------------------------------------------------- at the same time


@pytest.mark.parametrize(
    ("case", "labels", "by_seq", "by_smr"),
    [
        (CRISIS, CRISIS_STATES, {"4", "6"}, KEPT_BY_THREAT),
        (EUPHRATES, EUPHRATES_STATES, {"6"}, {"6"}),
        (DEVELOPMENT, DEVELOPMENT_STATES, {"s1"}, {"s1", "s3"}),
        (
            GARRISON, GARRISON_STATES, GARRISON_NASH,
            GARRISON_NASH | {"4", "6", "8", "10", "13", "14", "15", "19"},
        ),
    ],
)  # fmt: skip
def test_the_solution_of_fraser_and_hipel(
    case: str, labels: Labels, by_seq: set[str], by_smr: set[str]
) -> None:
    assert equilibria(case, "fh_seq", labels) == by_seq
    assert equilibria(case, "fh_smr", labels) == by_smr


def irreversible() -> Conflict:
    """The missile crisis in which an air strike cannot be taken back."""
    situation = load(CRISIS)
    options = tuple(
        replace(option, moves="up") if option.id == "us.air_strike" else option
        for option in situation.options
    )
    return conflict(replace(situation, options=options))


@pytest.mark.parametrize(
    ("concept", "expected"),
    [
        ("seq", {"4", "5", "6"}),
        ("sseq", {"4", "5", "6"}),
        ("sim", {"5"}),
        ("fh_seq", {"4", "5", "6"}),
        ("fh_smr", KEPT_BY_THREAT),
    ],
)
def test_the_crisis_with_a_strike_that_cannot_be_taken_back(
    concept: str, expected: set[str]
) -> None:
    model = irreversible()
    codes = model.space.codes(everywhere(model, concept).nonzero()[0])
    assert labelled(codes, CRISIS_STATES) == expected


def test_every_combination_is_tried_against_every_improvement(
    witnesses: dict[str, Any], tmp_path: Any
) -> None:
    entry = witnesses["sim_generator"]["detail"]
    states = dict(enumerate(entry["yn"], start=1))
    owned = {f"D{each}": options for each, options in enumerate(entry["opts"])}
    orders = {f"D{each}": order for each, order in enumerate(entry["rank"])}
    model = graph_model(tmp_path, owned, states, strict(orders))
    at = model.space.index(code(states[entry["state"]]))
    verdict = witness(model, f"D{entry['dm']}", at, "sim")
    assert verdict.stable is entry["fixed"] is True
    assert verdict.improvements == 2
    solved = model.space.codes(everywhere(model, "fh_seq").nonzero()[0])
    assert sorted(solved) == sorted(code(states[each]) for each in entry["fh"])


# ----------------------------------------------------------------------------------------- SSEQ


@pytest.mark.parametrize(
    ("case", "labels", "expected"),
    [
        (CHICKEN, CHICKEN_STATES, {"SD", "DS"}),
        (DILEMMA, DILEMMA_STATES, {"CC", "DD"}),
        (CRISIS, CRISIS_STATES, {"4", "6"}),
        (ELMIRA, ELMIRA_STATES, {"s5", "s8", "s9"}),
        (GARRISON, GARRISON_STATES, GARRISON_NASH),
        (EUPHRATES, EUPHRATES_STATES, {"6"}),
        (DEVELOPMENT, DEVELOPMENT_STATES, {"s1"}),
    ],
)
def test_equilibria_under_sseq(case: str, labels: Labels, expected: set[str]) -> None:
    assert equilibria(case, "sseq", labels) == expected


def test_sseq_takes_from_iraq_what_seq_leaves_it() -> None:
    """State 5: Syria's answer is credible, but Iraq escapes from it."""
    stable = settled(EUPHRATES, "seq", "sseq").to_dict()["stable"]
    assert labelled(stable["seq"]["iraq"], EUPHRATES_STATES) == {"2", "4", "5", "6"}
    assert labelled(stable["sseq"]["iraq"], EUPHRATES_STATES) == {"2", "4", "6"}
