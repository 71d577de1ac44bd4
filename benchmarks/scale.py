"""The four core concepts by the number of states, beside a copy of the ranks and beside matrices.

The last column of the tables is what an outsider can compare: how many times as long it takes as
copying the rank arrays once, or how many times as long dense matrices take.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import numpy as np

from benchmarks.conflicts import ACTORS, situation
from benchmarks.matrices import stable_by_matrices
from benchmarks.timing import best, peak
from detente.brief.figures import picture
from detente.conflict.batch import settled_by_draw
from detente.conflict.model import Conflict, conflict
from detente.conflict.space import Space, space
from detente.conflict.stability import stable_states

__all__ = ["show"]

SIZES = range(12, 23, 2)
BY_MATRICES = (6, 8, 10)
DRAWS, DRAWN, DRAWERS = 1_000, 12, 4
OUT = Path("out", "benchmarks")


class Row(NamedTuple):
    """One measurement."""

    kind: str
    states: int
    seconds: float

    @property
    def each(self) -> float:
        """For each state and actor [ns]."""
        return self.seconds / self.states / ACTORS * 1e9


def show(largest: int) -> None:
    """Three tables, the scaling as a picture and its numbers.

    Parameters
    ----------
    largest
        The most binary options.
    """
    print("Nash, GMR, SMR and SEQ for six actors; best of several runs, compiled code warm\n")
    print(
        f"{'states':>10}  {'kind':<5}  {'s':>8}  {'ns/s·a':>6}  {'of cores':>8}  {'× copy':>6}  "
        f"{'bytes/s·a':>9}"
    )
    sizes = [options for options in SIZES if options <= largest]
    rows = [by_arrays(options, rough) for rough in (False, True) for options in sizes]
    print("\nplain: every state feasible, every option free to move; rough: one option of every")
    print("actor is one-way and two actors have a ruled-out combination. s·a: state and actor.")
    print("of cores: the same of the processor's time, all cores together, whatever else they do.")
    print("× copy: beside one NumPy copy of the rank arrays. bytes: peak, the ranks included.\n")
    rows += [by_matrices(options) for options in BY_MATRICES]
    by_draws()
    draw(rows)


def by_arrays(options: int, rough: bool) -> Row:
    """One line of the first table."""
    case, kind = situation(options, rough=rough), "rough" if rough else "plain"
    model = conflict(case)
    row = Row(kind, model.space.size, best(lambda: stable_states(afresh(model))))
    busy = row._replace(seconds=best(lambda: stable_states(afresh(model)), process_time))
    copying = best(model.ranks.copy)
    held = peak(lambda: stable_states(conflict(case))) / model.ranks.size
    print(
        f"{row.states:>10,}  {kind:<5}  {row.seconds:>8.4f}  {row.each:>6.1f}  "
        f"{busy.each:>8.1f}  {row.seconds / copying:>6.0f}  {held:>9.1f}"
    )
    return row


def afresh(model: Conflict) -> Conflict:
    """The same conflict with nothing remembered from earlier runs."""
    return Conflict(replace(model.space), model.rows)


def by_matrices(options: int) -> Row:
    """How long dense reachability matrices take, once; they must find the same."""
    model = conflict(situation(options))
    arrays = best(lambda: stable_states(afresh(model)))
    begin = perf_counter()
    found = stable_by_matrices(model)
    seconds = perf_counter() - begin
    alike = all(np.array_equal(found[name], rows) for name, rows in stable_states(model).items())
    print(
        f"{model.space.size:>10,}  dense reachability matrices, {seconds:.3f} s: "
        f"{seconds / arrays:,.0f} times as long, {'same' if alike else 'NOT THE SAME'} answers"
    )
    return Row("matrices", model.space.size, seconds)


def by_draws() -> None:
    """How long many draws of preferences take together."""
    states = drawn_space()
    shape = (DRAWS, DRAWERS, states.size)
    ranks = np.random.default_rng(0).integers(0, states.size, shape, dtype=np.int32)
    seconds = best(lambda: settled_by_draw(states, ranks))
    print(
        f"\n{seconds:>8.2f} s  {DRAWS:,} random rankings of {states.size:,} states by {DRAWERS} "
        f"actors, all four concepts: {seconds / ranks.size * 1e9:.1f} ns/s·a"
    )


def drawn_space() -> Space:
    """Four actors with three binary options each."""
    axes = situation(DRAWN).options
    return space(
        tuple(
            replace(axis, id=f"a{place % DRAWERS}.{place}", actor=f"a{place % DRAWERS}")
            for place, axis in enumerate(axes)
        ),
        [],
        {},
    )


def draw(rows: list[Row]) -> None:
    """Write the numbers and, where it can be drawn, a picture of them."""
    OUT.mkdir(parents=True, exist_ok=True)
    with (OUT / "scale.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["kind", "states", "seconds", "nanoseconds_per_state_and_actor"])
        table.writerows([row.kind, row.states, row.seconds, row.each] for row in rows)
    if picture.is_drawable():
        spec = picture.complete(figure(rows), "Seconds for four concepts and six actors", SAID)
        (OUT / "scale.svg").write_text(picture.standing_alone(spec), encoding="utf-8")
    print(f"{'':>10}  the scaling: {', '.join(str(each) for each in sorted(OUT.iterdir()))}")


SAID = "Seconds by states, both on logarithmic scales: arrays rise in a line, matrices steeply."


def figure(rows: list[Row]) -> dict[str, object]:
    """Vega-Lite: a line for each kind, both scales logarithmic."""
    values = [{"kind": row.kind, "states": row.states, "seconds": row.seconds} for row in rows]
    return {
        "data": {"values": values},
        "width": 480,
        "height": 300,
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "states", "type": "quantitative", "scale": {"type": "log", "base": 2}},
            "y": {"field": "seconds", "type": "quantitative", "scale": {"type": "log"}},
            "color": {"field": "kind", "type": "nominal", "title": None},
            "shape": {"field": "kind", "type": "nominal", "title": None},
        },
    }
