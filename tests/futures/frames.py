"""Runs made by hand: what strategies attain, future by future."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from detente.case import load
from detente.case.situation import Situation
from detente.futures.reading.run import Run

Ranks = Sequence[int]
"""The focal actor's ranks of the equilibria a strategy attains in one future."""


@cache
def crisis() -> Situation:
    """Some situation, where it does not matter which."""
    return load("fraser/cuban_missile_crisis")


def run_of(
    attained: Mapping[str, Sequence[Ranks]],
    *,
    goals: Mapping[str, Mapping[str, Sequence[str | None]]] | None = None,
    weights: Sequence[float] | None = None,
    failed: int = 0,
    situation: Situation | None = None,
    factors: Mapping[str, Sequence[Any]] | None = None,
) -> Run:
    """A run in which strategies attain these ranks in futures 0, 1, …; the last ones failed."""
    (count,) = {len(futures) for futures in attained.values()}
    rows = [
        {
            "future": future,
            "view": "",
            "strategy": strategy,
            "concept": "nash",
            "status": "ok",
            "attainable": len(ranks),
            "best": max(ranks, default=None),
            "worst": min(ranks, default=None),
            **{f"goal.{goal}": met[strategy][future] for goal, met in (goals or {}).items()},
        }
        for future in range(count)
        for strategy, ranks in ((strategy, each[future]) for strategy, each in attained.items())
    ]
    return run_with(rows, count, weights, failed, situation or crisis(), factors or {})


def payoff_run(
    situation: Situation,
    payoffs: Mapping[str, Sequence[float | None]],
    *,
    weights: Sequence[float] | None = None,
    factors: Mapping[str, Sequence[Any]] | None = None,
) -> Run:
    """A run in which strategies bring so much in futures 0, 1, …; at best ten times as much."""
    (count,) = {len(futures) for futures in payoffs.values()}
    rows = [
        {
            "future": future,
            "view": "",
            "strategy": strategy,
            "concept": "nash",
            "status": "ok",
            "attainable": 0 if value is None else 2,
            "best": None if value is None else 2,
            "worst": None if value is None else 1,
            "utility_worst": value,
            "utility_best": None if value is None else 10 * value,
        }
        for future in range(count)
        for strategy, value in ((strategy, each[future]) for strategy, each in payoffs.items())
    ]
    return run_with(rows, count, weights, 0, situation, factors or {})


def run_with(
    rows: Sequence[Mapping[str, Any]],
    count: int,
    weights: Sequence[float] | None,
    failed: int,
    situation: Situation,
    factors: Mapping[str, Sequence[Any]],
) -> Run:
    futures = pd.DataFrame(
        {
            "status": ["ok"] * count + ["failed"] * failed,
            "reason": None,
            "weight": [*(weights or [1.0] * count), *[1.0] * failed],
            "varied": False,
            **factors,
        }
    ).rename_axis("future")
    strategies = pd.DataFrame(rows)
    return Run.from_frames(situation, {}, futures=futures, strategies=strategies)
