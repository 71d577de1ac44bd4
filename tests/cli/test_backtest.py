"""`detente backtest`: what it prints, and how it ends without an aftermath."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.claims.test_backtest import CASE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_forecasts_stand_with_what_became_of_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text(CASE, encoding="utf-8")
    result = run("backtest", tmp_path)
    assert result.exit_code == 0
    assert "(without 1 of preferences, known only later)" in " ".join(result.stdout.split())
    told = result.stdout[result.stdout.index("Forecasts") :].splitlines()
    assert told[:4] == [
        "Forecasts: what became of them",
        "  did not come (2025-05-01): Beijing presses",
        "    Not so [news]",
        "    contradicted blind, supported informed; called likely: Brier score 0.456",
    ]
    assert "  contradicted → contingent  A fact" in told
    assert told[-4:] == [
        "  3 came true, 4 did not come, 1 came for another cause, 0 not yet decided, 0",
        "  its condition never came about",
        "  2 hits and 2 misses among what was called possible or certain",
        "  Brier score 0.304 over 3 stated likelihoods",
    ]


def test_json_is_the_only_thing_on_stdout(run: Run, tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text(CASE, encoding="utf-8")
    document = json.loads(run("backtest", tmp_path, "--json").stdout)
    assert document["format"] == "detente.backtest/1"


def test_a_case_without_an_aftermath_ends_with_2_and_the_cure(run: Run) -> None:
    result = run("backtest", "fang/chicken")
    assert result.exit_code == 2
    assert result.stderr.startswith("chicken has no `aftermath`")
    assert "\n  write what became of" in result.stderr
