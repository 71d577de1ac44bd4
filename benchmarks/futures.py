"""Futures per second with one worker and two, and what a future costs that costs nothing.

The second is measured beside the EMA Workbench, where that installs: a model of six inputs and two
outcomes that takes no time, in this process and on two.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.ema import printed, reason, workbench
from detente.case import load
from detente.claims.evaluation import Asked, Evaluated, Evaluator
from detente.futures.drawing.design import Design
from detente.futures.running import chunks
from detente.futures.running.local import Alone, Call, Team
from detente.futures.running.place import Place
from detente.futures.running.task import Task

__all__ = ["show"]

FUTURES = 10_000
BUSY, BUSY_CHUNK = 96, 8
REPEATS = 2
CASE = "fraser/cuban_missile_crisis"

TRIVIAL = """
detente: 1
id: trivial
title: Six inputs, and a claim with two answers
actors: {a: {name: A}}
options: {a: {go: {label: go}}}
uncertainties:
  x1: {kind: uniform, range: [0, 1]}
  x2: {kind: uniform, range: [0, 1]}
  x3: {kind: uniform, range: [0, 1]}
  x4: {kind: uniform, range: [0, 1]}
  x5: {kind: uniform, range: [0, 1]}
  x6: {kind: uniform, range: [0, 1]}
preferences: {a: {utility: "x1 + x2 + x3 + x4 + x5 + x6 + a.go"}}
claims: {it: {says: It goes, modality: likely, test: {commit: {a.go: yes}, expect: "a.go"}}}
"""
"""Every input is read, so that no two futures are alike."""

THEIRS = f"""
import time
from ema_workbench import (
    Model, MultiprocessingEvaluator, RealParameter, ScalarOutcome, SequentialEvaluator,
    perform_experiments,
)

def nothing(**inputs):
    return {{"y": 1.0, "z": 2.0}}

def seconds(evaluator, model):
    taken = []
    for _ in range({REPEATS}):
        begin = time.perf_counter()
        perform_experiments(model, {FUTURES}, evaluator=evaluator)
        taken.append(time.perf_counter() - begin)
    return min(taken)

if __name__ == "__main__":
    model = Model("trivial", function=nothing)
    model.uncertainties = [RealParameter(f"x{{n}}", 0, 1) for n in range(6)]
    model.outcomes = [ScalarOutcome("y"), ScalarOutcome("z")]
    with SequentialEvaluator(model) as alone:
        print(seconds(alone, model))
    with MultiprocessingEvaluator(model, n_processes=2) as two:
        print(seconds(two, model))
"""


class Nothing(Evaluator):
    """An evaluation that takes no time and has two answers."""

    ANSWER = Evaluated(
        (Asked("y", "nash", True, None, True), Asked("z", "nash", False, None, True)), ()
    )

    def __call__(self, _future: object, *, vary: bool = False) -> Evaluated:
        """The same for every future."""
        return self.ANSWER


@dataclass(frozen=True)
class Trivial(chunks.Job):
    """Futures that cost nothing to evaluate."""

    @cached_property
    def _evaluators(self) -> dict[str, Evaluator]:
        return {"": Nothing(self.situation)}


@dataclass(frozen=True)
class Busy:
    """Chunks in which every future is evaluated, also those that come to the same."""

    job: chunks.Job

    def __call__(
        self, start: int, stop: int, skip: Mapping[int, Any], mark: Callable[[int], None]
    ) -> Any:
        """Their table."""
        tables = [self.job(each, each + 1, skip, mark) for each in range(start, stop)]
        return tables[-1].take([0] * (stop - start))


def show() -> None:
    """Two tables, and what the other program takes."""
    with tempfile.TemporaryDirectory() as folder:
        show_speed(Path(folder))
        show_overhead(Path(folder))
        show_theirs(Path(folder))


def show_speed(folder: Path) -> None:
    """Futures per second, started workers, each future evaluated."""
    print(f"\nFutures of {CASE}, Nash and SEQ, single statements varied, by workers")
    job = Busy(chunks.Job(load(CASE), Design(), varied=BUSY))
    calls = [Call("chunk", start, start + BUSY_CHUNK) for start in range(0, BUSY, BUSY_CHUNK)]
    one, two = (BUSY / team_seconds(job, folder, size, calls) for size in (1, 2))
    print(f"{one:>8.0f} a second  1 worker")
    print(f"{two:>8.0f} a second  2 workers, {two / one:.2f} times as many")


def show_overhead(folder: Path) -> None:
    """What a trivial future costs, kept on disk and all."""
    (folder / "situation.yaml").write_text(TRIVIAL, encoding="utf-8")
    situation = load(folder)
    alike, apart = (Trivial(each, Design()) for each in (load("fang/chicken"), situation))
    whole = [Call("chunk", 0, FUTURES)]
    halves = [Call("chunk", 0, FUTURES // 2), Call("chunk", FUTURES // 2, FUTURES)]
    print(f"\nµs for each of {FUTURES:,} trivial futures: in this process, on two")
    for job, words in ((alike, "all alike"), (apart, "all distinct")):
        alone = Alone(Task(job, Place(str(folder))))
        here = min(seconds_of(alone, whole) for _ in range(REPEATS + 1))
        there = team_seconds(job, folder, 2, halves)
        print(f"{here / FUTURES * 1e6:>8.1f} {there / FUTURES * 1e6:>8.1f}  {words}")


def team_seconds(job: Any, folder: Path, size: int, calls: list[Call]) -> float:
    """The shortest of several runs on workers that have started and compiled."""
    team = Team(Task(job, Place(str(folder))), size, 300.0)
    try:
        return min(seconds_of(team, calls) for _ in range(REPEATS + 1))
    finally:
        team.close()


def seconds_of(crew: Any, calls: list[Call]) -> float:
    begin = perf_counter()
    for _ in crew.work(calls):
        pass
    return perf_counter() - begin


def show_theirs(folder: Path) -> None:
    """The same of the EMA Workbench; or why it was not measured."""
    python, version = workbench(folder / "ema")
    if python is None:
        print(f"         EMA Workbench: not measured, it does not install here: {version}")
        return
    try:
        program = folder / "theirs.py"
        program.write_text(THEIRS, encoding="utf-8")
        taken = printed(
            python, f"import runpy; runpy.run_path({str(program)!r}, run_name='__main__')"
        )
        here, there = (float(line) / FUTURES * 1e6 for line in taken.splitlines())
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        print(f"         EMA Workbench {version}: not measured: {reason(error)}")
        return
    print(f"{here:>8.1f} {there:>8.1f}  EMA Workbench {version}: sequential, two processes")
