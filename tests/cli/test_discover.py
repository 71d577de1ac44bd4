"""`detente discover` and `detente sensitivity`: what a run shows, on the terminal and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.futures.drawn import run_where

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let any folder hold the run in which the claim holds where a test says so."""

    def opened(holds: Any, futures: int = 400, **settings: Any) -> None:
        found = run_where(holds, futures, **settings)
        monkeypatch.setattr("detente.futures.reading.run.open_run", lambda _: found)

    return opened


def fails_in_a_dear_war(frame: Any) -> Any:
    return ~((frame["cost"] > 0.7) & frame["war"])


def test_a_box_is_said_in_words_with_its_statistics(run: Run, opened: Any) -> None:
    opened(fails_in_a_dear_war, failed=3)
    result = run("discover", "folder", "--claim", "it")
    assert result.exit_code == 0
    drawn = run_where(fails_in_a_dear_war, 400).futures[:397]
    count = int((~fails_in_a_dear_war(drawn)).sum())
    assert f"Claim `it` fails in {count} of 397 determined futures (15%), under Nash." in (
        result.stdout
    )
    assert "Left out: 3 futures failed." in result.stdout
    assert "cost of coercion is at least 0.7 % of GDP" in result.stdout
    assert "“war” happens" in result.stdout
    assert "quasi-p" in result.stdout
    assert "again 100%" in result.stdout
    assert "taken" in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_a_tree_shows_its_leaves(run: Run, opened: Any) -> None:
    opened(fails_in_a_dear_war)
    result = run("discover", "folder", "--claim", "it", "--method", "cart")
    assert "“war” happens" in result.stdout
    assert "Other boxes" not in result.stdout


def test_boxes_as_json_are_one_document(run: Run, opened: Any) -> None:
    opened(fails_in_a_dear_war)
    result = run("discover", "folder", "--claim", "it", "--seed", "3", "--step", "2", "--json")
    document = json.loads(result.stdout)
    assert document["format"] == "detente.discovery/1"
    assert (document["seed"], document["boxes"][0]["taken"]) == (3, 2)


@pytest.mark.parametrize(
    ("holds", "why"),
    [
        (lambda f: f["cost"] >= 0, "claim `it` fails in none of 400 determined futures"),
        (lambda f: f["cost"] < 0, "claim `it` fails in all of 400 determined futures"),
        (lambda f: f.index >= 4, "claim `it` fails in 4 of 400 determined futures: too few"),
        (lambda f: f.index % 2 == 0, "no limit on what was drawn tells them from the others"),
    ],
    ids=["none", "all", "few", "chance"],
)
def test_where_there_is_nothing_to_find_the_exit_code_is_3(
    run: Run, opened: Any, holds: Any, why: str
) -> None:
    opened(holds)
    result = run("discover", "folder", "--claim", "it")
    assert (result.exit_code, result.stdout) == (3, "")
    assert why in result.stderr


@pytest.mark.parametrize(
    "asked", [(), ("--claim", "it", "--strategy", "going"), ("--claim", "that")]
)
def test_what_cannot_be_asked_is_refused(run: Run, opened: Any, asked: tuple[str, ...]) -> None:
    opened(fails_in_a_dear_war)
    result = run("discover", "folder", *asked)
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("command", ["discover", "sensitivity"])
def test_a_folder_without_a_run_is_refused(run: Run, command: str, tmp_path: Any) -> None:
    result = run(command, tmp_path, "--claim", "it")
    assert result.exit_code == 2
    assert "run" in result.stderr


def test_sensitivity_shows_what_decides_each_claim(run: Run, opened: Any) -> None:
    opened(fails_in_a_dear_war)
    result = run("sensitivity", "folder")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "it: It holds" in lines
    assert "By permutation over 400 determined futures" in result.stdout
    rows = [line.split("  ")[-1] for line in lines if " to " in line and "(" in line][:2]
    assert set(rows) == {"cost of coercion", "war"}
    assert "… and 5 factors more: --claim ID, --json" in result.stdout
    assert all(len(line) <= 80 for line in lines)


def test_sobol_indices_are_shown_with_their_intervals(run: Run, opened: Any) -> None:
    opened(fails_in_a_dear_war, 10 * 64, design="saltelli")
    result = run("sensitivity", "folder", "--claim", "it")
    assert "Sobol' indices over 640 determined futures" in result.stdout
    opened(fails_in_a_dear_war, 10 * 64, design="saltelli")
    (document,) = json.loads(run("sensitivity", "folder", "--claim", "it", "--json").stdout)[
        "claims"
    ]
    assert document["method"] == "sobol"
    assert document["influences"][0]["first"]["low"] < document["influences"][0]["first"]["value"]


def test_a_claim_that_never_varies_has_no_sensitivity(run: Run, opened: Any) -> None:
    opened(lambda f: f["cost"] >= 0)
    result = run("sensitivity", "folder", "--claim", "it")
    assert result.exit_code == 3
    assert "claim `it` comes out the same in all 400 determined futures" in result.stderr
    assert run("sensitivity", "folder").exit_code == 3
