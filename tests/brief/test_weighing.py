"""What is unknown, much worse or preferred to a degree, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import detente
from detente.brief.explain import alike, ground_words
from detente.cli.explain import explanation
from detente.cli.main import main
from detente.conflict.model import conflict

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case.situation import Situation

AID = """
detente: 1
id: aid
title: Aid to a rival
actors: {north: {name: North}, south: {name: South}}
options:
  north: {arm: {label: arm}}
  south: {aid: {label: send aid}}
preferences:
  north: {NORTH}
  south: [{prefer: not south.aid}]
"""
"""Codes: whether North arms, whether South sends aid."""


def case(folder: Path, north: str) -> Situation:
    (folder / "situation.yaml").write_text(AID.replace("{NORTH}", north))
    return detente.load(folder)


def told(situation: Situation, state: str, *concepts: str) -> list[list[str]]:
    found = explanation(situation, conflict(situation), state, "north", concepts)
    return [ground_words(situation, *group) for group in alike(found.grounds)]


UNKNOWN = "[{prefer: north.arm, unknown: yes}, {prefer: south.aid}]"


def test_a_move_that_is_not_known_to_serve_is_told_as_such(tmp_path: Path) -> None:
    situation = case(tmp_path, UNKNOWN)
    plain, cautious = told(situation, "01", "gmr_b", "gmr_a")
    assert plain == ["GMR type b: holds; there is nothing to gain by moving alone."]
    assert cautious == [
        "GMR type a: does not hold; 1 improvement, not deterred.",
        (
            "It could move to 11: arm; it is not known whether that would serve it, since north.1 "
            "(north.arm) is unknown. No moves of the others would leave it as badly off as now, as "
            "far as is known."
        ),
    ]


def test_what_is_not_known_to_be_better_may_deter(tmp_path: Path) -> None:
    (deterred,) = told(case(tmp_path, UNKNOWN), "01", "gmr_c")
    assert deterred == [
        "GMR type c: holds; 1 improvement, deterred.",
        (
            "It could move to 11: arm; it is not known whether that would serve it, since north.1 "
            "(north.arm) is unknown. But then South would answer 10: not send aid. It is not known "
            "whether that leaves it any better off than now, since north.1 (north.arm) is unknown."
        ),
    ]


def test_a_strong_sanction_leaves_one_much_worse_off(tmp_path: Path) -> None:
    situation = case(tmp_path, "[{prefer: south.aid, much_more: yes}, {prefer: north.arm}]")
    weakly, strongly = told(situation, "01", "seq", "seq_strong")
    assert weakly[1].endswith(
        "That leaves it worse off than now, at the cost of north.1 (south.aid)."
    )
    assert strongly == [
        "strong SEQ: holds; 1 improvement, deterred.",
        (
            "It could move to 11: arm, which serves north.2 (north.arm). But then South would "
            "answer 10: not send aid. That leaves it much worse off than now, at the cost of "
            "north.1 (south.aid)."
        ),
    ]
    ((_, free),) = told(situation, "01", "seq_strong3")
    assert free.endswith("No answer that serves the others would leave it much worse off than now.")


def test_fuzzy_preferences_are_told_by_their_degree(tmp_path: Path) -> None:
    situation = case(
        tmp_path,
        """{ranking: ["11", "01", "10", "00"], threshold: 0.4, fuzzy: [
             {better: "11", than: "01", degree: 0.7}, {better: "10", than: "01", degree: 0.3}]}""",
    )
    assert told(situation, "01", "seq_fuzzy") == [
        [
            "fuzzy SEQ: holds; 1 improvement, deterred.",
            (
                "It could move to 11: arm, which it prefers to the degree 0.7. But then South "
                "would answer 10: not send aid. That it prefers to now to the degree 0.3 only."
            ),
        ]
    ]


@pytest.mark.parametrize(
    ("north", "compared", "said"),
    [
        (UNKNOWN, ("01", "11"), "Nobody knows which of them North prefers."),
        ("[{prefer: north.arm, much_more: yes}]", ("01", "11"), "North much prefers 11."),
        ("[{prefer: north.arm, much_more: 3}]", ("01", "11"), "North prefers 11 by degree 3."),
    ],
)
def test_two_states_are_compared_as_far_as_is_known(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    north: str,
    compared: tuple[str, str],
    said: str,
) -> None:
    case(tmp_path, north)
    with pytest.raises(SystemExit) as ended:
        main(["preferences", str(tmp_path), "--actor", "north", "--compare", *compared])
    assert ended.value.code == 0
    assert said in capsys.readouterr().out
