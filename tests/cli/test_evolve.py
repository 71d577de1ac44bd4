"""`detente evolve`: how play gets somewhere, what blocks it, and where chance leads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

ELMIRA = "hipel/elmira"


def asked(run: Run, *arguments: str) -> dict[str, Any]:
    result = run("evolve", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_way_to_the_historical_outcome_is_blocked_where_the_dispute_rested(run: Run) -> None:
    """Elmira rested at s5 and ended at s8 by a joint move [KilgourHipelFangPeng2001]."""
    result = run("evolve", ELMIRA)
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert "6 Nash equilibria; improvements lead to 1 of them." in lines
    reached = lines.index("Reached by improvements")
    blocked = lines.index("Blocked, or longer than asked")
    assert lines[reached + 1 : reached + 3] == [
        "  001 in 1 move",
        "    001  Local governments: insist on the original order",
    ]
    at = lines.index(
        "  111: blocked after 1 improvement, at 001: Ministry of the Environment would"
    )
    assert at > blocked
    assert lines[at + 1] == "  have to move, though it gains nothing by it"


def test_the_json_has_the_ways_and_what_they_cost(run: Run) -> None:
    found = asked(run, ELMIRA, "--to", "111")
    assert found["format"] == "detente.evolve/1"
    assert (found["from"], found["to"], found["concept"]) == ("000", "111", "nash")
    assert (found["targets"], found["reached"], found["out_of_reach"]) == (1, 0, [])
    assert found["ways"] == [
        {
            "state": "111",
            "equilibrium": True,
            "reached": False,
            "moves": [
                {"actor": "towns", "state": "001", "costly": None},
                {"actor": "ministry", "state": "101", "costly": "no gain"},
                {"actor": "uniroyal", "state": "111", "costly": None},
            ],
        }
    ]
    assert "chain" not in found
    assert "noise" not in found


def test_any_moves_lead_further_and_steps_bound_them(run: Run) -> None:
    assert asked(run, ELMIRA, "--by", "moves")["reached"] == 6
    assert asked(run, ELMIRA, "--by", "moves", "--steps", "1")["reached"] == 2
    assert asked(run, ELMIRA, "--steps", "0")["reached"] == 0


def test_what_nobody_can_take_back_is_out_of_reach(run: Run) -> None:
    found = asked(run, ELMIRA, "--from", "020", "--to", "not (uniroyal.answer == abandon)")
    assert found["reached"] == 0
    assert found["out_of_reach"] == ["000", "001", "010", "011", "100", "101", "110", "111"]


def test_another_concept_stops_play_sooner(run: Run) -> None:
    dilemma = "fang/prisoners_dilemma"
    nash, seq = (asked(run, dilemma, "--concept", each, "--chain") for each in ("nash", "seq"))
    assert nash["chain"]["ends"] == [{"states": ["11"], "probability": 1.0, "error": 0.0}]
    assert seq["chain"]["ends"] == [{"states": ["00"], "probability": 1.0, "error": 0.0}]
    costs = [each["costly"] for way in seq["ways"] for each in way["moves"]]
    assert costs == ["deterred", None]


@pytest.mark.parametrize("noise", [("--mistakes", "0.05"), ("--logit", "4")])
def test_probabilities_are_said_to_be_of_the_process(run: Run, noise: tuple[str, str]) -> None:
    result = run("evolve", ELMIRA, "--chain", *noise, "--plays", "50", "--seed", "3")
    assert result.exit_code == 0, result.stderr
    said = " ".join(result.stdout.split())
    assert "These are probabilities of the random process that is stated, not of the world" in said
    assert "Simulated: 50 plays, seed 3" in said
    assert "Simulated: where 50 plays stand after 500 rounds, seed 3" in said


def test_exact_chances_are_told_as_such(run: Run) -> None:
    found = asked(run, ELMIRA, "--chain", "--mistakes", "0.05")
    assert (found["chain"]["method"], found["noise"]["method"]) == ("exact", "exact")
    assert sum(each["probability"] for each in found["noise"]["states"]) == pytest.approx(1)
    assert found["noise"]["rule"] == "mistakes"


def test_figures_are_written(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    result = run("evolve", ELMIRA, "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    written = sorted(each.name for each in (tmp_path / "figures").iterdir())
    assert written == ["outcomes.svg", "outcomes.vl.json", "reaction.svg", "reaction.vl.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--concept", "nsh"], "--concept: no concept `nsh`"),
        (["--to", "towns.insist and not towns.insist"], "means no feasible state"),
        (["--to", "nobody.acts"], "`nobody.acts` cannot be read"),
        (["--from", "0000"], "`0000` is not a state here"),
        (["--mistakes", "2"], "2.0 is no rate of mistakes"),
        (["--mistakes", "0.1", "--logit", "1"], "one rule at a time"),
    ],
)
def test_what_cannot_be_asked_is_refused(run: Run, arguments: list[str], said: str) -> None:
    result = run("evolve", ELMIRA, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
