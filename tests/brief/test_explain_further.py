"""Simultaneous sanctions and foresight, in sentences."""

from __future__ import annotations

import detente
from detente.brief.explain import alike, ground_words
from detente.brief.foresight import foresight_words
from detente.cli.explain import explanation, explanation_dict
from detente.conflict.model import conflict

DRIVE = "It could move to 10: drive on."


def told(case: str, state: str, actor: str, *concepts: str) -> list[list[str]]:
    situation = detente.load(case)
    found = explanation(situation, conflict(situation), state, actor, concepts)
    return [ground_words(situation, *group) for group in alike(found.grounds)]


def test_who_is_struck_out_is_told_with_whom_and_what_they_make_together() -> None:
    crash = (
        f"{DRIVE} But at the same time Column would drive on, which together makes 11. "
        "That leaves it worse off than now."
    )
    assert told("fang/chicken", "00", "row", "sim", "fh_seq", "fh_smr") == [
        ["SIM: holds; 1 improvement, deterred.", crash],
        [
            (
                "Fraser–Hipel (SEQ): holds, struck out together with Column; "
                "1 improvement, deterred."
            ),
            crash,
        ],
        [
            "Fraser–Hipel (SMR): holds; 1 improvement, deterred.",
            (
                f"{DRIVE} But then Column would answer 11: drive on. "
                "That leaves it worse off than now."
            ),
        ],
    ]


def test_where_nobody_else_would_move_nothing_is_struck_out() -> None:
    sequential, at_once = told("fang/prisoners_dilemma", "01", "row", "fh_seq", "sim")
    assert sequential == [
        "Fraser–Hipel (SEQ): does not hold; 1 improvement, not deterred.",
        (
            "It could move to 11: defect. "
            "No answer that serves the others would leave it as badly off as now."
        ),
    ]
    assert at_once[1].endswith(
        "Nothing that others would do at the same time would leave it as badly off as now."
    )


def test_an_escape_is_told_under_sseq() -> None:
    ((verdict, gain),) = told("kinsara/syria_iraq_1975", "101", "iraq", "sseq")
    assert verdict == "SSEQ: does not hold; 1 improvement, not deterred."
    assert gain.endswith(
        "Then Syria would answer 010: not release water and escalate; "
        "but it escapes to 011: attack."
    )


def test_what_is_anticipated_is_told_move_by_move() -> None:
    one, three, last = told("fang/chicken", "00", "row", "l1", "l3", "nm")
    assert one == [
        "L1: does not hold; looking 1 move ahead: 1 move, which ends better.",
        f"{DRIVE} Nobody would answer. That leaves it better off than now.",
    ]
    course = (
        f"{DRIVE} Then Column would answer 11: drive on, and then it would go on to 01: "
        "not drive on. That leaves it worse off than now."
    )
    assert three == ["L3: holds; looking 3 moves ahead: 1 move, which ends no better.", course]
    assert last == [
        "non-myopic: holds; looking 3 moves ahead or more: 1 move, which ends no better.",
        course,
    ]


def test_an_answer_that_never_comes_to_rest_is_said_to_hold_neither_way() -> None:
    ((verdict, *_),) = told("hipel/sustainable_development", "01", "agencies", "nm")
    assert verdict.startswith(
        "non-myopic: neither holds nor fails for good: looking ever further ahead, the answer "
        "changes and comes back every 4 moves; looking "
    )


def test_a_move_that_costs_at_first_may_pay_in_the_end() -> None:
    ((verdict, first, *_),) = told("fraser/cuban_missile_crisis", "0100", "us", "l3")
    assert verdict == "L3: does not hold; looking 3 moves ahead: 3 moves, 2 of them ending better."
    assert first == (
        "It could move to 1000: strike the missile sites and not blockade Cuba. Then Soviet Union "
        "would answer 1010: withdraw the missiles, and then it would go on to 0010: not strike the "
        "missile sites. That leaves it better off than now, which serves us.1 (ussr.withdraw)."
    )


def test_json_says_who_moves_at_the_same_time_and_what_is_foreseen() -> None:
    situation = detente.load("fang/chicken")
    found = explanation(situation, conflict(situation), "00", "row", ("fh_seq", "l2"))
    struck_out, ahead = explanation_dict(situation, found)["grounds"]
    assert struck_out["together"] == ["column"]
    assert struck_out["answers"][0]["sanction"] == [{"actor": "column", "state": "11"}]
    assert ahead["foresight"] == {
        "moves": 2, "since": None, "period": None, "alternates": False,
    }  # fmt: skip
    assert ahead["answers"][0]["foreseen"] == []
    assert ahead["answers"][0]["sanction"] is None


def test_notes_say_from_when_on_foresight_changes_nothing() -> None:
    situation = detente.load("fang/chicken")
    result = detente.stability(situation, ["l2", "nm"])
    assert list(foresight_words(situation, result)) == [
        "non-myopic: looking further than 3 moves ahead makes no difference."
    ]


def test_notes_say_what_alternates() -> None:
    situation = detente.load("hipel/sustainable_development")
    (note,) = foresight_words(situation, detente.stability(situation, ["nm"]))
    assert note == (
        "non-myopic: from 2 moves ahead on the answers come back every 4 moves; states that are "
        "stable by turns only are not non-myopically stable: 1 for Environmental agencies and 1 "
        "for Developers."
    )


def test_notes_say_where_ends_are_not_unique_and_who_is_expected_next() -> None:
    situation = detente.load("fraser/garrison")
    note, last = foresight_words(situation, detente.stability(situation, ["l2"]))
    assert note.startswith("L2: where play ends is not unique in ")
    assert "of 92 verdicts; it counts as the worst it may be" in note
    assert last == "With more than two actors each expects that whoever is worst for it moves next."
