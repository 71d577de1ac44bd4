"""Shares as futures are added: those of the first so many, counted by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest

from detente.futures.judging.convergence import convergence
from detente.futures.judging.intervals import wilson
from detente.futures.reading.run import Run
from tests.futures.frames import crisis

CLAIM = "blockade_brings_withdrawal"


def run_of(holds: Sequence[bool | None], design: str = "lhs") -> Run:
    """A run in which the claim holds, does not, or is undetermined, future by future."""
    count = len(holds)
    futures = pd.DataFrame(
        {"status": "ok", "reason": None, "weight": 1.0, "varied": False}, index=range(count)
    ).rename_axis("future")
    claims = pd.DataFrame(
        {
            "future": range(count),
            "view": "",
            "claim": CLAIM,
            "concept": "nash",
            "status": "ok",
            "holds": pd.array(holds, dtype="boolean"),
            "against": pd.array([pd.NA] * count, dtype="boolean"),
            "determined": [each is not None for each in holds],
        }
    )
    manifest: dict[str, Any] = {"design": design, "concepts": ["nash"], "seed": 0}
    return Run.from_frames(crisis(), manifest, futures=futures, claims=claims)


def test_each_stage_counts_the_futures_before_it() -> None:
    holds: list[bool | None] = [number % 3 == 0 for number in range(1100)]
    stages = convergence(run_of(holds))[CLAIM]
    assert [stage.futures for stage in stages] == [25, 50, 100, 250, 500, 1000, 1100]
    for stage in stages:
        assert stage.share == pytest.approx(
            sum(map(bool, holds[: stage.futures])) / stage.futures, abs=1e-11
        )
        assert stage.low <= stage.share <= stage.high


def test_a_few_futures_have_the_interval_of_independent_ones() -> None:
    stages = convergence(run_of([True] * 20 + [False] * 10))[CLAIM]
    low, high = wilson(20, 25)
    assert stages[0].share == 20 / 25
    assert (stages[0].low, stages[0].high) == pytest.approx((float(low), float(high)))


def test_undetermined_futures_count_for_no_share() -> None:
    stages = convergence(run_of([True, None, None, False] * 10))[CLAIM]
    assert [(stage.futures, stage.share) for stage in stages] == [
        (25, pytest.approx(7 / 13)),
        (40, 0.5),
    ]


def test_a_claim_that_no_future_determines_has_no_course() -> None:
    assert convergence(run_of([None] * 30)) == {}


def test_a_factorial_run_has_none() -> None:
    assert convergence(run_of([True] * 30, "factorial")) == {}
