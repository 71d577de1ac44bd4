"""A chunk of futures, evaluated: a table with one row a future.

    index, status, reason, weight     ok, failed or timed_out; why; its part in shares
    draw                              everything that was drawn, by factor
    claims, strategies, outcomes      what it comes to, by view and concept
    turned, varied                    what single statements do to it, where they were varied

Futures that no evaluation can tell apart are evaluated once. A future that fails says why, and
nothing is filled in for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from detente.claims.evaluation import Evaluator
from detente.futures.drawing.draws import draws
from detente.futures.running.local import Failure, unmarked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.case.situation import Concept, Situation
    from detente.claims.evaluation import Evaluated, Played
    from detente.futures.drawing.design import Design
    from detente.futures.drawing.draws import Draws

__all__ = ["Job"]

Mark = Callable[[int], None]
Skip = Mapping[int, Failure]
NONE_LEFT_OUT: Skip = {}

ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")  # differs from process to process
LONGEST = 300  # characters of a reason
NO_FACTOR = "nothing"  # Parquet knows no struct without a field


class Part(NamedTuple):
    """A nested column: what it has rows of, and what stands in a row."""

    name: str
    fields: Mapping[str, Any]
    each: Callable[[Evaluated], Sequence[Any]]
    row: Callable[[Any], tuple[Any, ...]]


TEXT, TRUTH, RANK, WORTH = pa.string(), pa.bool_(), pa.int32(), pa.float64()
ANSWER = {"holds": TRUTH, "against": TRUTH, "determined": TRUTH}
PLAYED = {"strategy": TEXT, "concept": TEXT}
RANKED = {
    "attainable": RANK, "best": RANK, "worst": RANK, "utility_best": WORTH, "utility_worst": WORTH,
}  # fmt: skip
TURNED = {"claim": TEXT, "statement": TEXT, "change": TEXT, "swapped_with": TEXT}

asked_row = attrgetter("claim", "concept", "holds", "against", "is_determined")
played_row = attrgetter("strategy", "concept", *RANKED)
turned_row = attrgetter(*TURNED, "holds", "against", "is_determined")


def parts(goals: Sequence[str]) -> tuple[Part, ...]:
    """The nested columns, for a situation with these goals."""

    def with_goals(played: Played) -> tuple[Any, ...]:
        return *played_row(played), {goal: played.goals.get(goal) for goal in goals}

    met = {"goals": pa.struct([(goal, TEXT) for goal in goals])} if goals else {}
    strategy_row = with_goals if goals else played_row
    return (
        Part("claims", {"claim": TEXT, "concept": TEXT} | ANSWER, attrgetter("asked"), asked_row),
        Part("strategies", PLAYED | RANKED | met, attrgetter("played"), strategy_row),
        Part("outcomes", PLAYED | {"state": TEXT}, outcomes, tuple),
        Part("turned", TURNED | ANSWER, attrgetter("turned"), turned_row),
    )


def outcomes(evaluated: Evaluated) -> list[tuple[str, str, str]]:
    """The attained equilibria of each strategy."""
    return [
        (played.strategy, played.concept, code)
        for played in evaluated.played
        for code in played.outcomes
    ]


@dataclass(frozen=True)
class Job:
    """Any futures of a situation as a table; the same for any division into chunks.

    Parameters
    ----------
    situation
        What the analyst wrote.
    design
        How futures are drawn.
    concepts
        Under which claims and strategies are settled.
    varied
        In how many futures, the first, single statements are varied.
    """

    situation: Situation
    design: Design
    concepts: tuple[Concept, ...] = ("nash", "seq")
    varied: int = 0

    def __getstate__(self) -> dict[str, Any]:
        return {name: vars(self)[name] for name in ("situation", "design", "concepts", "varied")}

    def __call__(
        self, start: int, stop: int, skip: Skip = NONE_LEFT_OUT, mark: Mark = unmarked
    ) -> Any:
        """The futures from one index to before another.

        Parameters
        ----------
        start, stop
            The first index, and the one after the last.
        skip
            Futures that are not tried, and why.
        mark
            Told the index of the future that is begun.

        Returns
        -------
        pyarrow.Table
        """
        if start < self.varied < stop:
            halves = ((start, self.varied), (self.varied, stop))
            return pa.concat_tables([self(*half, skip, mark) for half in halves])
        drawn = draws(self.situation, self.design, start, stop)
        found, inverse = side_by_side([self._seen(view, drawn, skip, mark) for view in self.views])
        return tabled(drawn, found, inverse, self.views, start < self.varied)

    @property
    def views(self) -> tuple[str, ...]:
        """The case's own lists, and each expert's."""
        return ("", *self.situation.views)

    @cached_property
    def _evaluators(self) -> dict[str, Evaluator]:
        return {view: Evaluator(self.situation.seen_by(view), self.concepts) for view in self.views}

    def _seen(
        self, view: str, drawn: Draws, skip: Skip, mark: Mark
    ) -> tuple[list[Evaluated | Failure], NDArray[np.intp]]:
        """What the futures come to in one view, each distinct one once; and which each is."""
        rows, inverse = drawn.distinct(view)
        start, evaluator = drawn.start, self._evaluators[view]
        left_out = {
            inverse[index - start]: why
            for index, why in skip.items()
            if start <= index < start + len(drawn)
        }
        found: list[Evaluated | Failure] = []
        for group, row in enumerate(rows.tolist()):
            if group in left_out:
                found.append(left_out[group])
                continue
            mark(start + row)
            try:
                future = drawn.future(row, view)
                found.append(evaluator(future, vary=start < self.varied))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is this future's alone
                found.append(Failure("failed", reason(error)))
        return found, inverse


def reason(error: Exception) -> str:
    """An error in one line, the same in every process."""
    said = " ".join(str(error).split())
    name = type(error).__name__
    return ADDRESS.sub("", f"{name}: {said}" if said else name)[:LONGEST]


def side_by_side(
    seen: Sequence[tuple[list[Evaluated | Failure], NDArray[np.intp]]],
) -> tuple[list[tuple[Evaluated | Failure, ...]], NDArray[np.intp]]:
    """What the futures come to in all views, each combination once; and which each is."""
    if len(seen) == 1:
        found, inverse = seen[0]
        return [(each,) for each in found], inverse
    each = np.column_stack([inverse for _, inverse in seen])
    combinations, joint = np.unique(each, axis=0, return_inverse=True)
    return [
        tuple(found[group] for (found, _), group in zip(seen, combination, strict=True))
        for combination in combinations
    ], joint.reshape(-1)


# ---------------------------------------------------------------------------------------- the table


def tabled(
    drawn: Draws,
    found: Sequence[tuple[Evaluated | Failure, ...]],
    inverse: NDArray[np.intp],
    views: Sequence[str],
    is_varied: bool,
) -> Any:
    """The table of a chunk, from what each of its distinct futures comes to."""
    failures = [next((e for e in each if isinstance(e, Failure)), None) for each in found]
    ok = np.array([failure is None for failure in failures])
    whole = [each for each, failure in zip(found, failures, strict=True) if failure is None]
    evaluated = [e for each in whole for e in each if not isinstance(e, Failure)]
    where = pa.array(inverse)
    columns = {
        "index": pa.array(np.arange(drawn.start, drawn.start + len(drawn))),
        "status": pa.array([f.status if f else "ok" for f in failures], TEXT).take(where),
        "reason": pa.array([f.reason if f else None for f in failures], TEXT).take(where),
        "weight": pa.array(drawn.weights),
        "draw": draw_column(drawn),
    }
    for part in parts(tuple(drawn.situation.goals)):
        columns[part.name] = nested(part, evaluated, ok, views).take(where)
    columns["varied"] = pa.array(np.full(len(drawn), is_varied))
    return pa.table(columns)


def draw_column(drawn: Draws) -> Any:
    """Everything drawn; a level by its name."""
    columns = {}
    for factor in drawn.factors:
        values = drawn.columns[factor.name]
        if factor.kind in ("choice", "order"):
            levels, places = np.unique(values, return_inverse=True)
            names = pa.array([factor.levels[int(level)] for level in levels], TEXT)
            columns[factor.name] = names.take(pa.array(places))
        else:
            columns[factor.name] = pa.array(values)
    columns = columns or {NO_FACTOR: pa.nulls(len(drawn), TRUTH)}
    return pa.StructArray.from_arrays(list(columns.values()), names=list(columns))


def nested(
    part: Part, evaluated: Sequence[Evaluated], ok: NDArray[np.bool_], views: Sequence[str]
) -> Any:
    """A column of lists, one for each distinct future; null for one that failed.

    In `evaluated` stands what each of the others comes to, view after view.
    """
    lists = [part.each(each) for each in evaluated]
    sizes = np.array([len(each) for each in lists], int).reshape(-1, len(views))
    ends = np.zeros(len(ok) + 1, np.int32)
    ends[1:][ok] = sizes.sum(axis=1)
    ends = ends.cumsum(dtype=np.int32)
    seen = np.repeat(np.tile(np.arange(len(views)), len(sizes)), sizes.ravel())
    rows = zip(*map(part.row, chain.from_iterable(lists)), strict=True)
    values = list(rows) or [()] * len(part.fields)
    arrays = [pa.array(views, TEXT).take(pa.array(seen))]
    arrays += [pa.array(v, kind) for v, kind in zip(values, part.fields.values(), strict=True)]
    structs = pa.StructArray.from_arrays(arrays, names=["view", *part.fields])
    return pa.ListArray.from_arrays(pa.array(ends), structs, mask=pa.array(~ok))
