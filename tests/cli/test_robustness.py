"""`detente robustness`: tables, JSON, and what ranks do not allow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from detente.case import load
from detente.cli.robustness import MEASURES
from detente.futures.choosing.regret import measures
from detente.futures.drawing.design import Design
from detente.futures.running.driver import Means, Settings, ensemble
from tests.brief.argued import ARGUED

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.cli.conftest import Run

COST = """\
detente: 1
id: cost
title: Should South host?
focus: south
actors: {south: {}, north: {}}
options:
  south: {host: {}, talk: {}}
  north: {press: {}, accept: {}}
uncertainties:
  firm: {kind: event, probability: [0.2, 0.6], says: North stands firm}
preferences:
  south: {utility: "3*south.host - 4*north.press + north.accept", unit: billion USD}
  north:
    - {prefer: "south.host implies north.press", when: firm}
    - {prefer: not north.press}
    - {prefer: "south.talk iff north.accept"}
views:
  kim: {north: [{prefer: north.press}, {prefer: "south.talk iff north.accept"}]}
goals:
  - {id: calm, says: no pressure, test: not north.press}
strategies:
  wait: {says: Wait, south.host: no, south.talk: no}
  host: {says: Host, south.host: yes, south.talk: no}
claims:
  presses: {says: North presses, test: {commit: {south.host: yes}, expect: north.press}}
"""


def folder_of(text: str, folder: Path) -> Path:
    """A run of every combination."""
    (folder / "situation.yaml").write_text(text, encoding="utf-8")
    situation = load(folder)
    settings = Settings(Design("factorial"), ("nash",), varied=0)
    count = 2 if text == COST else 16
    ensemble(situation, count, folder / "run", settings, Means(workers=0))
    return folder / "run"


@pytest.fixture(scope="module")
def cost(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(COST, tmp_path_factory.mktemp("cost"))


@pytest.fixture(scope="module")
def order(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(ARGUED, tmp_path_factory.mktemp("order"))


def printed(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_every_measure_of_the_library_can_be_named() -> None:
    assert (*(each.id for each in measures(threshold=0)), "information") == MEASURES


def test_goals_comparisons_and_measures_are_shown(run: Run, cost: Path) -> None:
    # North stands firm with a share of 0.4: to host brings 3, or 3 - 4 where it does.
    result = run("robustness", cost)
    assert result.exit_code == 0, result.stderr
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[:2] == ["Should South host?", "2 futures, Nash"]
    assert "wait 100%" in lines
    assert "host 60%" in lines
    assert "95 % intervals reach up to 0 points to a side." in lines  # of all futures there are
    assert "host 60% 60% -" in lines  # best, unbeaten, dominated by
    assert "expected_value billion USD 0 1.4 *" in lines
    assert "maximin billion USD 0 * -1" in lines
    assert "minimax_regret billion USD 3 1 *" in lines
    assert any(line.startswith("The measures disagree: wait leads by maximin") for line in lines)
    assert "0.4 - North stands firm" in lines  # it pays to wait where North does
    assert "wait 0%" in lines  # by the lists of kim, who has North press whatever South does


def test_the_json_holds_orders_and_numbers(run: Run, cost: Path) -> None:
    found = printed(run("robustness", cost, "--json"))
    assert found["format"] == "detente.robustness/1"
    assert (found["design"], found["seed"]) == ("factorial", 0)
    standing = {each["strategy"]: each for each in found["ordinal"]["standings"]}
    assert standing["host"]["best"] == pytest.approx(0.6)
    scores = {each["measure"]: each["values"] for each in found["cardinal"]["scores"]}
    assert scores["minimax_regret"] == {"wait": 3.0, "host": 1.0}
    assert found["information"]["perfect"] == pytest.approx(0.4)
    assert [each["view"] for each in found["experts"]] == ["kim"]


def test_one_measure_can_be_asked_for(run: Run, cost: Path) -> None:
    found = printed(run("robustness", cost, "--measure", "maximin", "--json"))
    assert [each["measure"] for each in found["cardinal"]["scores"]] == ["maximin"]
    assert found["information"] is None
    result = run("robustness", cost, "--measure", "maximin")
    assert "goals are met" not in result.stdout
    assert "maximin" in result.stdout


def test_an_expert_can_be_asked(run: Run, cost: Path) -> None:
    found = printed(run("robustness", cost, "--view", "kim", "--json"))
    scores = {each["measure"]: each["values"] for each in found["cardinal"]["scores"]}
    assert scores["expected_value"] == {"wait": -4.0, "host": -1.0}
    assert found["experts"] == []


def test_what_is_good_enough_has_to_be_said(run: Run, cost: Path) -> None:
    result = run("robustness", cost, "--measure", "satisficing")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0] == "satisficing: what is good enough?"
    found = printed(
        run("robustness", cost, "--measure", "satisficing", "--threshold", "0", "--json")
    )
    assert found["cardinal"]["scores"][0]["values"] == {"wait": 1.0, "host": 0.6}


def test_ranks_have_no_regret(run: Run, order: Path) -> None:
    result = run("robustness", order, "--measure", "minimax_regret")
    assert result.exit_code == 3
    assert result.stdout == ""
    first, *cure = result.stderr.splitlines()
    assert first == (
        "minimax_regret: `south` has an order, not a utility, and a difference between ranks "
        "means nothing"
    )
    assert "`detente robustness` without --measure" in cure[0]


@pytest.mark.parametrize("measure", MEASURES)
def test_no_measure_of_numbers_is_answered_of_ranks(run: Run, order: Path, measure: str) -> None:
    result = run("robustness", order, "--measure", measure, "--threshold", "1")
    assert result.exit_code == 3
    assert "a difference between ranks means nothing" in result.stderr


def test_orders_alone_are_compared_and_it_is_said_why(run: Run, order: Path) -> None:
    result = run("robustness", order)
    assert result.exit_code == 0, result.stderr
    assert "16 futures, Nash" in result.stdout
    assert "all goals" in result.stdout
    assert "a difference between ranks means nothing" in " ".join(result.stdout.split())
    assert "Measures" not in result.stdout
    assert printed(run("robustness", order, "--json"))["cardinal"] is None


def test_an_unknown_expert_is_refused(run: Run, order: Path) -> None:
    result = run("robustness", order, "--view", "nobody")
    assert result.exit_code == 2
    assert "nobody" in result.stderr
