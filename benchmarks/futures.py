"""Futures per second with one worker and two, and what a future costs that costs nothing.

One worker and two take turns, round by round, so that what else the machine does meets both; beside
them a plain loop says how much two processes are worth at that time. The second is measured beside
the EMA Workbench, where that installs: a model of six inputs and two outcomes that takes no time,
in one process (the processor's time) and on two (the clock's).
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
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
BUSY, BUSY_CHUNK = 64, 4
ROUNDS = 7
COUNTED = 2_000_000  # a plain loop for about as long as a chunk
REPEATS = 10
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

def seconds(evaluator, model, clock):
    taken = []
    for _ in range({REPEATS}):
        begin = clock()
        perform_experiments(model, {FUTURES}, evaluator=evaluator)
        taken.append(clock() - begin)
    return min(taken)

if __name__ == "__main__":
    model = Model("trivial", function=nothing)
    model.uncertainties = [RealParameter(f"x{{n}}", 0, 1) for n in range(6)]
    model.outcomes = [ScalarOutcome("y"), ScalarOutcome("z")]
    with SequentialEvaluator(model) as alone:
        print(seconds(alone, model, time.process_time))
    with MultiprocessingEvaluator(model, n_processes=2) as two:
        print(seconds(two, model, time.perf_counter))
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


@dataclass(frozen=True)
class Loop:
    """A task that counts, and shares nothing with anybody."""

    def chunk(self, *_futures: object, **_how: object) -> int:
        """Count up."""
        return sum(range(COUNTED))


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
    for task, words in ((Task(job, Place(str(folder))), ""), (Loop(), ", of a plain loop")):
        rounds = by_turns(task)
        if not words:
            one, two = (BUSY / median(seconds) for seconds in zip(*rounds, strict=True))
            print(f"{one:>8.0f} a second  1 worker\n{two:>8.0f} a second  2 workers")
        ratios = sorted(one / two for one, two in rounds)
        print(
            f"{median(ratios):>8.2f} times as many{words}: median of {ROUNDS} rounds, "
            f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
        )


def by_turns(task: object) -> list[tuple[float, float]]:
    """What one worker and two take [s], round by round."""
    calls = [Call("chunk", start, start + BUSY_CHUNK) for start in range(0, BUSY, BUSY_CHUNK)]
    with closing(Team(task, 1, 300.0)) as one, closing(Team(task, 2, 300.0)) as two:
        rounds = [(seconds_of(one, calls), seconds_of(two, calls)) for _ in range(ROUNDS + 1)]
    return rounds[1:]  # in the first they start and compile


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
        here = min(seconds_of(alone, whole, process_time) for _ in range(REPEATS))
        there = team_seconds(job, folder, 2, halves)
        print(f"{here / FUTURES * 1e6:>8.1f} {there / FUTURES * 1e6:>8.1f}  {words}")


def team_seconds(job: Any, folder: Path, size: int, calls: list[Call]) -> float:
    """The shortest of several runs on workers that have started and compiled."""
    with closing(Team(Task(job, Place(str(folder))), size, 300.0)) as team:
        return min(seconds_of(team, calls) for _ in range(REPEATS))


def seconds_of(crew: Any, calls: list[Call], clock: Callable[[], float] = perf_counter) -> float:
    begin = clock()
    for _ in crew.work(calls):
        pass
    return clock() - begin


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
