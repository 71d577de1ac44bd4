"""Small cases whose runs are kept, and what a run came to."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa

from detente.futures.running.local import Failure
from detente.futures.running.store import Store, opened

__all__ = ["DOUBTED", "SMALL", "Slow", "rows", "squares", "table", "written"]

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

SMALL = """\
detente: 1
id: small
title: A small argument
focus: south
actors: {south: {}, north: {}}
"""
"""The head of a case; options and the rest come after it."""


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
    """In place of `Job`: futures that take a few milliseconds and come to their own index.

    Some futures hang and some kill their worker, as the case's title says: `hangs 3 17, dies 5`.
    """

    situation: Any
    design: object
    concepts: tuple[str, ...]
    varied: int
    seconds: float = 0.004

    def __getstate__(self) -> dict[str, Any]:
        title = SimpleNamespace(title=self.situation.title)
        return {**vars(self), "situation": title, "design": None}

    def __call__(
        self, start: int, stop: int, skip: Mapping[int, Failure], mark: Callable[[int], None]
    ) -> Any:
        if folder := os.environ.get("WORKERS_SAY_THEY_ARE_IN"):
            Path(folder, str(os.getpid())).touch()
        index = range(start, stop)
        for future in index:
            mark(future)
            if future not in skip:
                self.come_to(future)
        statuses = [skip[each].status if each in skip else "ok" for each in index]
        squares = np.arange(start, stop) ** 2
        return pa.table({"index": list(index), "status": statuses, "square": squares})

    def come_to(self, future: int) -> None:
        time.sleep(self.seconds)
        for part in self.situation.title.split(", "):
            what, *futures = part.split()
            if str(future) in futures:
                time.sleep(600) if what == "hangs" else os._exit(3)


def squares(futures: int) -> Any:
    """What slow futures come to."""
    index = np.arange(futures)
    return pa.table({"index": index, "status": ["ok"] * futures, "square": index**2})
