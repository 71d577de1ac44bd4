"""Why a state holds, in sentences."""

from __future__ import annotations

import detente
from detente.brief.explain import alike, ground_words, verdict_words
from detente.cli.explain import explanation
from detente.conflict.model import conflict

CONCEPTS = ("nash", "gmr", "smr", "seq")


def told(case: str, state: str, actor: str) -> list[list[str]]:
    situation = detente.load(case)
    found = explanation(situation, conflict(situation), state, actor, CONCEPTS)
    return [ground_words(situation, *group) for group in alike(found.grounds)]


def test_nothing_to_gain_is_said_once_for_all_concepts() -> None:
    assert told("fraser/cuban_missile_crisis", "0110", "ussr") == [
        ["Nash, GMR, SMR and SEQ: holds; there is nothing to gain by moving alone."]
    ]


def test_a_sanction_deters_at_the_cost_of_a_statement() -> None:
    nash, others = told("fraser/cuban_missile_crisis", "0110", "us")
    gain = (
        "It could move to 0010: not blockade Cuba, which serves us.4 "
        "(ussr.withdraw implies not us.blockade)."
    )
    assert nash == ["Nash: does not hold; 1 improvement.", gain]
    assert others == [
        "GMR, SMR and SEQ: holds; 1 improvement, deterred.",
        (
            f"{gain} But then Soviet Union would answer 0000: not withdraw the missiles. "
            "That leaves it worse off than now, at the cost of us.1 (ussr.withdraw)."
        ),
    ]


def test_a_sanction_that_hurts_those_who_answer_counts_under_gmr_only() -> None:
    seq, gmr = told("fang/chicken", "00", "row")
    assert seq == [
        "Nash and SEQ: does not hold; 1 improvement, not deterred.",
        (
            "It could move to 10: drive on. "
            "No answer that serves the others would leave it as badly off as now."
        ),
    ]
    assert gmr == [
        "GMR and SMR: holds; 1 improvement, deterred.",
        (
            "It could move to 10: drive on. But then Column would answer 11: drive on. "
            "That leaves it worse off than now."
        ),
    ]


def test_an_escape_is_told_under_smr() -> None:
    *_, smr = told("kinsara/syria_iraq_1975", "000", "iraq")
    assert smr == [
        "SMR: does not hold; 1 improvement, not deterred.",
        (
            "It could move to 001: attack, which serves iraq.2 (syria_waits and iraq.attack). "
            "Then Syria would answer 101: release water; but it escapes to 100: not attack."
        ),
    ]


def test_where_an_equilibrium_holds() -> None:
    assert verdict_words({"nash": True, "seq": True}) == "An equilibrium under Nash and SEQ."
    assert verdict_words({"nash": False, "seq": False}) == "No equilibrium under Nash or SEQ."
    assert verdict_words({"nash": False, "gmr": True, "seq": True}) == (
        "An equilibrium under GMR and SEQ, not under Nash."
    )
