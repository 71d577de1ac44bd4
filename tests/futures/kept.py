"""Small cases whose runs are kept, and what a run came to."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from detente.futures.local import Failure
from detente.futures.store import Store, opened

__all__ = ["DOUBTED", "Slow", "rows", "table", "written"]

DOUBTED = """
detente: 1
id: doubted
title: Would they go?
focus: a
actors: {a: {name: A}, b: {name: B}}
options:
  a: {go: {label: go}}
  b: {go: {label: go}}
uncertainties:
  war: {kind: event, probability: 0.3}
  cost: {kind: uniform, range: [0, 1]}
  path: {kind: choice, weights: {left: 1, right: 3}}
preferences:
  a:
    - any_order:
        - {prefer: "a.go iff b.go", role: end, assumption: so}
        - {prefer: "not a.go", role: end, assumption: so}
  b:
    - {prefer: "b.go", role: end, when: "war or cost > 0.75", assumption: so}
    - {prefer: "not b.go", role: end, credence: 0.6, assumption: so}
views:
  expert: {b: [{prefer: "b.go iff a.go", role: end, assumption: so}]}
goals: [{id: calm, says: calm, test: "not b.go"}]
strategies: {going: {a.go: yes}, staying: {a.go: no}}
claims:
  follows:
    says: It goes too
    modality: likely
    test: {commit: {a.go: yes}, against: {a.go: no}, expect: "b.go"}
"""
"""An event, a number of which half a comparison is read, a choice nothing reads, an expert."""


def written(folder: Path, text: str = DOUBTED) -> Path:
    """A case in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "situation.yaml").write_text(text, encoding="utf-8")
    return folder


def table(run: Store | str | Path) -> Any:
    """All that a run came to."""
    store = run if isinstance(run, Store) else opened(run)
    return pa.concat_tables(store.tables()).combine_chunks()


def rows(run: Store | str | Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = table(run).to_pylist()
    return found


@dataclass(frozen=True)
class Slow:
    """In place of `Job`: futures that take a few milliseconds and come to their own index."""

    situation: object
    design: object
    concepts: tuple[str, ...]
    varied: int
    seconds: float = 0.004

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "situation": None, "design": None}

    def __call__(
        self, start: int, stop: int, skip: Mapping[int, Failure], mark: Callable[[int], None]
    ) -> Any:
        for future in range(start, stop):
            mark(future)
            time.sleep(self.seconds)
        index = np.arange(start, stop)
        return pa.table({"index": index, "status": ["ok"] * len(index), "square": index**2})
