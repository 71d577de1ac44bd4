"""`detente necessity`: what must hold, what may, and the nearest future that says otherwise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from detente.case import load
from detente.futures.judging.necessity import necessity

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_claims_stand_under_what_they_are(run: Run, argued: Path) -> None:
    result = run("necessity", argued)
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[1] == "16 combinations of what is open, every one tried"
    necessary = lines.index("Necessary: holds however the open questions come out")
    possible = lines.index("Possible: holds in some futures and not in others")
    impossible = lines.index("Impossible: fails however the open questions come out")
    assert "  An offer of talks is accepted" in lines[necessary:possible]
    at = lines.index("  If South hosts the base, North protests")
    assert possible < at < impossible
    assert lines[at + 1 : at + 3] == [
        "    holds in the nominal future",
        "    fails if North does not hold “answer the base”",
    ]
    assert "  The ally stays either way" in lines[impossible:]


def test_the_json_is_what_the_library_says(run: Run, argued: Path) -> None:
    result = run("necessity", argued, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["format"] == "detente.necessity/1"
    assert found["situation"] == "base"
    assert found["claims"] == [each.to_dict() for each in necessity(load(argued))]


def test_a_limit_below_the_combinations_is_a_search(run: Run, argued: Path) -> None:
    result = run("necessity", argued, "--limit", "6", "--seed", "2")
    assert result.exit_code == 0, result.stderr
    assert "up to 6 futures tried, seed 2" in result.stdout
    assert "Necessary" not in result.stdout
    assert "No counter-example found" in result.stdout


def test_a_case_of_which_nothing_can_be_tested(run: Run) -> None:
    result = run("necessity", "fraser/garrison")
    assert result.exit_code == 0, result.stderr
    assert "no claim can be tested" in result.stdout


NUMBER = """\
detente: 1
id: number
title: Would it press?
actors: {south: {}, north: {}}
options: {south: {host: {}}, north: {press: {}}}
uncertainties: {cost: {kind: uniform, range: [0, 10], says: its cost, unit: bn USD}}
preferences: {north: [{prefer: not north.press, when: cost > 9.9}, {prefer: north.press}]}
claims: {a: {says: It presses, test: {commit: {south.host: yes}, expect: north.press}}}
"""


def test_a_number_is_said_with_its_unit(run: Run, tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text(NUMBER, encoding="utf-8")
    result = run("necessity", tmp_path)
    assert "    fails if its cost is 10 bn USD" in result.stdout.splitlines()
    assert "cost can only be sampled" in result.stdout


@pytest.mark.parametrize(
    "wrong", [("--limit", "0"), ("--seed", "-1"), ("--concept", "hope"), ("--view", "nobody")]
)
def test_what_is_wrong_is_said(run: Run, argued: Path, wrong: tuple[str, str]) -> None:
    result = run("necessity", argued, *wrong)
    assert result.exit_code == 2
    assert wrong[1] in result.stderr
