"""`detente inverse`: its contract, its words, and what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

CASE = "kinsara/syria_iraq_1975"
RANKED = "fang/chicken"


def test_the_document_has_the_fields_of_the_contract(run: Run) -> None:
    result = run("inverse", CASE, "--state", "100", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert found["format"] == "detente.inverse/1"
    counts = {
        actor: {concept: each["rankings"] for concept, each in concepts.items()}
        for actor, concepts in found["actors"].items()
    }
    assert counts["syria"] == {
        "nash": {"satisfying": 240, "of": 720},
        "gmr": {"satisfying": 384, "of": 720},
        "smr": {"satisfying": 300, "of": 720},
        "seq": {"satisfying": 384, "of": 720},
    }
    assert found["actors"]["syria"]["seq"]["conditions"] == [
        {
            "move": "000",
            "met": True,
            "no_better": [["000"], ["001"]],
            "when": "not syria.release_water and not syria.escalate",
            "left_out": 0,
            "says": "000 or 001",
        },
        {
            "move": "010",
            "met": False,
            "no_better": [["010"], ["011"]],
            "when": "syria.escalate",
            "left_out": 0,
            "says": "010 or 011",
        },
    ]


def test_only_who_and_what_is_asked_for_is_told(run: Run) -> None:
    asked = ("inverse", CASE, "--state", "100", "--json", "--actor", "iraq", "--concept", "sseq")
    found = json.loads(run(*asked).stdout)
    assert list(found["actors"]) == ["iraq"]
    assert list(found["actors"]["iraq"]) == ["sseq"]
    assert found["together"] == {}


def test_conditions_shares_and_changes_are_said_in_words(run: Run) -> None:
    said = run("inverse", CASE, "--state", "syria.release_water and not iraq.attack").stdout
    for words in (
        "100  Syria: release water",
        "GMR and SEQ: not stable: 1 of 2 conditions unmet; 384 of its 720 strict",
        "unmet  010 or 011",
        "unmet  000 or all of 001, 011 and 101",
        "Cheapest change to make it stable: 1 edit.",
        "-  swap syria.2 (syria.escalate) with syria.3 (not iraq.attack)",
        "(which tells the model the answer: a means)",
        "All together",
    ):
        assert words in said


def test_an_equilibrium_can_be_broken_and_statements_be_added(run: Run) -> None:
    asked = ("inverse", CASE, "--state", "011", "--concept", "nash", "--break", "--json")
    kept = json.loads(run(*asked).stdout)
    assert kept["wished"] == "broken"
    assert kept["together"]["nash"]["at_least"] is None
    lost = json.loads(run(*asked, "--add", "not iraq.attack", "--add", "syria_waits").stdout)
    assert lost["together"]["nash"]["cost"] == lost["together"]["nash"]["at_least"] == 1
    (edit,) = lost["together"]["nash"]["ways"][0]
    assert edit["change"] == "added"
    assert edit["statements"][0].startswith("added.")


def test_a_mere_taste_for_the_answer_is_marked(run: Run) -> None:
    asked = ("inverse", CASE, "--state", "100", "--concept", "nash", "--json")
    found = json.loads(run(*asked, "--add", "syria.release_water").stdout)
    (way,) = found["actors"]["syria"]["nash"]["change"]["ways"]
    assert way == [
        {
            "actor": "syria",
            "change": "added",
            "statements": ["added.1"],
            "place": 1,
            "tells": True,
        }
    ]


def test_a_ranking_has_no_statements_to_change(run: Run) -> None:
    found = json.loads(
        run("inverse", RANKED, "--state", "00", "--concept", "nash", "--json").stdout
    )
    change = found["actors"]["row"]["nash"]["change"]
    assert (change["cost"], change["at_least"]) == (None, None)
    said = run("inverse", RANKED, "--state", "00", "--concept", "nash").stdout
    assert "No change of its statements would make it stable." in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--state", "110"), "`110` is not feasible"),
        (("--state", "not iraq.attack"), "is true in 3 feasible states, one is asked for"),
        (("--state", "iraq.atack"), "did you mean `iraq.attack`?"),
        (("--state", "100", "--add", "iraq.atack"), "did you mean `iraq.attack`?"),
        (("--state", "100", "--actor", "iran"), "no decision maker `iran`: one of syria, iraq"),
        (("--state", "100", "--concept", "l2"), "no conditions are known for `l2`"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    run: Run, arguments: tuple[str, ...], message: str
) -> None:
    result = run("inverse", CASE, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not result.stdout


def test_text_of_a_case_cannot_command_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text(
        'detente: 1\nid: hostile\ntitle: x\nactors: {a: {name: "A\\e[31m"}}\n'
        'options: {a: {x: {label: "go\\e[2J"}}}\n'
        'preferences: {a: [{prefer: a.x, says: "be\\e[31m red"}]}\n',
        encoding="utf-8",
    )
    result = run("inverse", tmp_path, "--state", "0")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "drop a.1 (be[31m red)" in result.stdout
