"""Runs in which a claim holds where a test says so, over factors of every kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from detente.case import load
from detente.futures.drawing.design import Design
from detente.futures.drawing.draws import draws
from detente.futures.reading.run import Run

if TYPE_CHECKING:
    from detente.case.situation import Situation

CASE = """
detente: 1
id: drawn
title: What nobody knows, of every kind
actors: {a: {name: A}, b: {name: B}}
options:
  a: {go: {label: go}}
  b: {go: {label: go}}
focus: a
uncertainties:
  cost: {kind: uniform, range: [0, 1], unit: "% of GDP", says: cost of coercion}
  delay: {kind: uniform, range: [10, 20], unit: months}
  noise: {kind: uniform, range: [0, 1]}
  war: {kind: event, probability: 0.5}
  path: {kind: choice, weights: {left: 0.4, middle: 0.3, right: 0.3}}
preferences:
  a:
    - {prefer: "b.go", role: end, assumption: so}
    - any_order:
        - {prefer: "a.go and b.go", role: end, assumption: so}
        - {prefer: "a.go or b.go", role: end, assumption: so}
        - {prefer: "a.go iff b.go", role: end, assumption: so}
  b:
    - {prefer: "a.go", role: end, credence: 0.5, assumption: so}
    - any_order:
        - {prefer: "a.go and b.go", role: end, assumption: so}
        - {prefer: "a.go or b.go", role: end, assumption: so}
goals: [{id: calm, says: calm, test: "not b.go"}]
strategies: {going: {a.go: yes}, staying: {a.go: no}}
claims:
  it: {says: It holds, modality: likely, test: {commit: {a.go: yes}, expect: "b.go"}}
"""

Answer = Callable[[pd.DataFrame], Any]
"""Futures -> whether the claim holds in each."""


@cache
def situation() -> Situation:
    with TemporaryDirectory() as folder:
        (Path(folder) / "situation.yaml").write_text(CASE, encoding="utf-8")
        return load(folder)


def futures_of(design: Design, count: int) -> pd.DataFrame:
    """The frame `futures` of a run of so many."""
    drawn = draws(situation(), design, 0, count)
    frame = pd.DataFrame({"status": "ok", "reason": None, "weight": drawn.weights, "varied": False})
    for factor in drawn.factors:
        values = drawn.columns[factor.name]
        if factor.kind in ("choice", "order"):
            levels = list(factor.levels)
            names = [levels[code] for code in values]
            frame[factor.name] = pd.Categorical(names, categories=levels)
        else:
            frame[factor.name] = values
    return frame.rename_axis("future")


def run_where(
    holds: Answer,
    futures: int = 1_000,
    design: str = "lhs",
    undetermined: Answer | None = None,
    failed: int = 0,
) -> Run:
    """A run in which the claim `it` holds where the answer is true; its last futures failed."""
    drawn = futures_of(Design(design), futures)  # type: ignore[arg-type]
    truth = pd.Series(np.asarray(holds(drawn), dtype=bool), dtype="boolean")
    unknown = np.zeros(futures, dtype=bool) if undetermined is None else undetermined(drawn)
    drawn.loc[futures - failed :, "status"] = "failed"
    claims = pd.DataFrame(
        {
            "future": np.arange(futures),
            "view": "",
            "claim": "it",
            "concept": "nash",
            "status": drawn["status"],
            "holds": truth.mask(np.asarray(unknown, dtype=bool) | (drawn["status"] != "ok")),
            "against": pd.NA,
            "determined": ~np.asarray(unknown, dtype=bool),
        }
    )
    manifest = {"futures": futures, "design": design, "seed": 0}
    return Run.from_frames(situation(), manifest, futures=drawn, claims=claims)
