"""`detente coalitions`: who leaves an equilibrium together, on which way, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

ELMIRA = "hipel/elmira"

# The first two would drop their arms together; the third, if it may, then strikes the first.
TALKS = """\
detente: 1
id: talks
title: Two who could disarm, and a third
actors: {a: {name: Ashland}, b: {name: Birchland}, c: {name: Cedarland}}
options:
  a: {arm: {label: arm}}
  b: {arm: {label: arm itself}}
  c: {strike: {label: strike}}
status_quo: {a.arm: yes, b.arm: yes}
preferences:
  a: [{prefer: not b.arm and not c.strike, says: be safe}, {prefer: a.arm}]
  b: [{prefer: not a.arm, says: see Ashland disarmed}, {prefer: b.arm}]
  c: [{prefer: a.arm iff not c.strike, says: strike the weak alone}]
"""


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    (tmp_path / "situation.yaml").write_text(TALKS, encoding="utf-8")
    return tmp_path


def test_equilibria_who_leaves_them_and_for_which_others(run: Run) -> None:
    result = run("coalitions", ELMIRA)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == (
        "Elmira: who cleans the groundwater?\n"
        "7 coalitions asked\n"
        "\n"
        "Nash: 6 equilibria\n"
        "  001  left by Ministry of the Environment and Uniroyal\n"
        "  020  nobody leaves it\n"
        "  021  nobody leaves it\n"
        "  111  nobody leaves it\n"
        "  120  nobody leaves it\n"
        "  121  nobody leaves it\n"
        "\n"
        "Equilibrium jumps\n"
        "  001 -> 111 by Ministry of the Environment and Uniroyal\n"
        "    101  Ministry of the Environment: soften the control order\n"
        "    111  Uniroyal: accept the order\n"
        "\n"
        "Stable for every coalition\n"
        "  020, 021, 111, 120, 121\n"
    )


def test_no_equilibrium_no_question(run: Run) -> None:
    result = run("coalitions", "fraser/cuban_missile_crisis", "--coalition", "us,ussr")
    assert "1 coalition asked\n\nNash: 0 equilibria\n  none: no state is stable" in result.stdout


def test_of_the_coalitions_asked_alone(run: Run, talks: Path) -> None:
    result = run("coalitions", talks, "--concept", "gmr", "--coalition", "a,b")
    assert "  110  nobody leaves it\n" in result.stdout
    assert "Stable for the coalitions asked\n" in result.stdout


def why(run: Run, talks: Path, *options: str) -> str:
    result = run("coalitions", talks, "--state", "110", "--coalition", "b,a", *options)
    assert result.exit_code == 0, result.stderr
    return " ".join(result.stdout.split())


def test_a_state_in_sentences(run: Run, talks: Path) -> None:
    assert why(run, talks) == (
        "110 Ashland: arm; Birchland: arm itself "
        "Ashland and Birchland Nash: does not hold; 1 joint improvement. "
        "- To 000: Ashland: not arm, then Birchland: not arm itself. Ashland gains, which serves "
        "a.1 (be safe); Birchland gains, which serves b.1 (see Ashland disarmed)."
    )


def test_what_deters_a_coalition_in_sentences(run: Run, talks: Path) -> None:
    said = why(run, talks, "--concept", "seq")
    assert "SEQ: holds; 1 joint improvement, deterred." in said
    assert said.endswith(
        "But then Cedarland would answer 001: strike. Ashland is then worse off than now, at the "
        "cost of a.2 (a.arm)."
    )
    assert "No coalition would leave it" in run("coalitions", ELMIRA, "--state", "111").stdout


def test_without_the_third_nothing_deters_them(run: Run, talks: Path) -> None:
    said = why(run, talks, "--concept", "seq", "--drop-actor", "c")
    assert "SEQ: does not hold; 1 joint improvement, 1 not deterred." in said
    assert said.endswith("No credible answer would leave any of them as badly off as now.")


def printed(run: Run, *arguments: str | Path) -> Any:
    result = run("coalitions", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_json(run: Run) -> None:
    found = printed(run, ELMIRA, "--coalition", "ministry,uniroyal", "--coalition", "towns")
    assert found == {
        "format": "detente.coalitions/1",
        "situation": "elmira",
        "credible": "individual",
        "coalitions": [["ministry", "uniroyal"], ["towns"]],
        "every": False,
        "concepts": {
            "nash": {
                "states": ["001", "020", "021", "111", "120", "121"],
                "left": {"001": [["ministry", "uniroyal"]]},
                "jumps": [
                    {
                        "from": "001",
                        "to": "111",
                        "coalition": ["ministry", "uniroyal"],
                        "path": [
                            {"actor": "ministry", "state": "101"},
                            {"actor": "uniroyal", "state": "111"},
                        ],
                    }
                ],
                "kept": ["020", "021", "111", "120", "121"],
            }
        },
    }


def test_json_of_a_state(run: Run, talks: Path) -> None:
    found = printed(
        run, talks, "--state", "110", "--coalition", "a,b", "--concept", "seq",
        "--credible", "coalitional",
    )  # fmt: skip
    assert found["credible"] == "coalitional"
    assert found["concepts"]["seq"]["states"] == ["110"]
    assert found["grounds"] == [
        {
            "concept": "seq",
            "coalition": ["a", "b"],
            "state": "110",
            "stable": True,
            "improvements": 1,
            "undeterred": 0,
            "responses": [
                {
                    "improvement": "000",
                    "path": [{"actor": "a", "state": "010"}, {"actor": "b", "state": "000"}],
                    "gains": {"a": "a.1", "b": "b.1"},
                    "sanction": [{"actors": ["c"], "moves": [{"actor": "c", "state": "001"}]}],
                    "losers": ["a"],
                    "escaped": None,
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--coalition", "a,nobody"], "no decision maker `nobody`: one of a, b, c"),
        (["--concept", "l3"], "no concept for coalitions `l3`: one of nash, gmr, smr, seq"),
        (["--state", "11"], "`11` is not a state here"),
    ],
)
def test_what_cannot_be_asked(run: Run, talks: Path, options: list[str], message: str) -> None:
    result = run("coalitions", talks, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_what_would_take_too_long_says_how_large_it_is(
    run: Run, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.conflict.coalitions.equilibria.MOST_LOOKS", 10)
    result = run("coalitions", talks, "--concept", "gmr")
    assert result.exit_code == 3
    assert "7 coalitions at" in result.stderr
    assert "--state" in result.stderr
