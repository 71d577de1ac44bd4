"""A run as arrays, block by block: what shares, intervals and ranges are added up from.

Blocks are those of the design, whatever the shards are, so that no sum depends on how a run was
parted or on who computed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from detente.futures.drawing.design import BLOCK, SOBOL_BLOCK

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from detente.case.situation import Situation
    from detente.futures.drawing.factors import Factor
    from detente.futures.reading.run import Run

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

__all__ = ["Block", "Key", "Layout", "Level", "Played", "block_size", "blocks", "layout_of"]

EDGES_FROM = 100_000  # futures, the first, from which the quarters of a number are taken
FIRST = " first"


class Key(NamedTuple):
    """A claim, or a strategy, by whose lists and under which concept."""

    view: str
    name: str
    concept: str


class Level(NamedTuple):
    """What a factor may be: `yes`, `held`, a choice, `rok.1a first`, `lowest quarter`."""

    factor: str
    name: str


class Played(NamedTuple):
    """Strategies by future, view and concept: `(n, strategies)`, goals as a third axis."""

    attained: Bools
    every: Bools
    some: Bools
    unbeaten: Bools


@dataclass(frozen=True)
class Layout:
    """What is read of a run, and in which columns it stands."""

    claims: tuple[Key, ...]
    """A claim's headline concept comes first."""
    strategies: tuple[Key, ...]
    goals: tuple[str, ...]
    factors: tuple[Factor, ...]
    levels: tuple[Level, ...]
    edges: Mapping[str, tuple[float, float]]
    """Number -> where its lowest quarter ends and its highest begins."""

    @cached_property
    def headlines(self) -> tuple[int, ...]:
        """The columns of claims under their headline concepts."""
        seen: dict[tuple[str, str], int] = {}
        for column, key in enumerate(self.claims):
            seen.setdefault((key.view, key.name), column)
        return tuple(seen.values())


@dataclass(frozen=True, eq=False)
class Block:
    """Some futures of one block; `n` of them."""

    index: NDArray[np.int64]
    """`(n,)`"""
    weight: Floats
    """`(n,)`, 0 of a future that failed."""
    varied: Bools
    """`(n,)`, whether statements were varied in it, and it is ok."""
    levels: Bools
    """`(n, levels)`"""
    holds: Floats
    """`(n, claims)`, 1 where it is determined and holds."""
    against: Floats
    """`(n, claims)`, the same under the contrast."""
    determined: Floats
    """`(n, claims)`"""
    attained: Bools
    """`(n, strategies)`, whether any equilibrium is."""
    every: Bools
    """`(n, strategies, goals)`, whether the goal is met in each of them."""
    some: Bools
    """`(n, strategies, goals)`"""
    unbeaten: Bools
    """`(n, strategies)`, whether no other strategy of the same view and concept is better."""
    turned: pd.DataFrame
    """The rows of `Run.turned`."""

    def cut(self, start: int, stop: int) -> Block:
        """The futures at these places."""
        arrays = {each.name: getattr(self, each.name) for each in fields(self)}
        within = np.isin(self.turned["future"], self.index[start:stop])
        kept = {name: array[start:stop] for name, array in arrays.items() if name != "turned"}
        return Block(**kept, turned=self.turned[within])

    def __add__(self, other: Block) -> Block:
        import pandas as pd

        both = {each.name: [getattr(x, each.name) for x in (self, other)] for each in fields(self)}
        joined = {name: np.concatenate(two) for name, two in both.items() if name != "turned"}
        return Block(**joined, turned=pd.concat(both["turned"], ignore_index=True))


# -------------------------------------------------------------------------------------- layout


def layout_of(run: Run) -> Layout:
    """The columns that a run has."""
    from detente.claims.focal import strategies
    from detente.futures.drawing.factors import factors

    situation, drawn = run.situation, factors(run.situation)
    concepts = tuple(run.manifest["concepts"])
    edges = edges_of(run, [factor.name for factor in drawn if factor.kind == "number"])
    return Layout(
        claims=tuple(claim_keys(situation, concepts)),
        strategies=tuple(
            Key(view, strategy, concept)
            for view in views_of(situation)
            for strategy in strategies(situation)
            for concept in concepts
        ),
        goals=tuple(situation.goals),
        factors=drawn,
        levels=tuple(level for factor in drawn for level in levels_of(factor, edges)),
        edges=edges,
    )


def views_of(situation: Situation) -> tuple[str, ...]:
    """The case's own lists, then each expert's."""
    return ("", *situation.views)


def claim_keys(situation: Situation, concepts: Sequence[str]) -> Iterator[Key]:
    from detente.claims.argument import KINDS, headline

    for view in views_of(situation):
        for claim in situation.claims.values():
            if type(claim.test) in KINDS:
                for concept in dict.fromkeys((headline(claim), *concepts)):
                    yield Key(view, claim.id, concept)


def levels_of(factor: Factor, edges: Mapping[str, tuple[float, float]]) -> Iterator[Level]:
    """What a factor is split by; of an order, which statement stands first."""
    if factor.kind == "order":
        letters = factor.levels[0].split(">")
        yield from (Level(factor.name, letter + FIRST) for letter in letters)
    elif factor.kind == "number":
        if factor.name in edges:
            yield from (Level(factor.name, f"{side} quarter") for side in ("lowest", "highest"))
    else:
        yield from (Level(factor.name, level) for level in factor.levels)


def edges_of(run: Run, numbers: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Where the outer quarters of each number lie, from the first futures of the run."""
    if not numbers:
        return {}
    import pandas as pd

    drawn = pd.concat([p["futures"][list(numbers)] for p in run.head(EDGES_FROM).parts("futures")])
    quarters = drawn.quantile([0.25, 0.75]) if len(drawn) else pd.DataFrame()
    return {
        str(name): (float(column.iloc[0]), float(column.iloc[1]))
        for name, column in quarters.items()
    }


def block_size(design: str) -> int:
    """Futures in a block of a design."""
    return SOBOL_BLOCK if design == "sobol" else BLOCK


# -------------------------------------------------------------------------------------- reading


def blocks(run: Run, layout: Layout) -> Iterator[Block]:
    """The blocks of a run in order, each whole unless futures are missing."""
    size = block_size(run.manifest["design"])
    open_parts: list[Block] = []
    for part in run.parts("futures", "claims", "strategies", "turned"):
        for piece in pieces(read(part, layout), size):
            if open_parts and open_parts[0].index[0] // size != piece.index[0] // size:
                yield reduce(Block.__add__, open_parts)
                open_parts = []
            open_parts.append(piece)
    if open_parts:
        yield reduce(Block.__add__, open_parts)


def pieces(part: Block, size: int) -> Iterator[Block]:
    """A shard, cut where blocks end."""
    cuts = np.flatnonzero(np.diff(part.index // size)) + 1
    for start, stop in zip([0, *cuts], [*cuts, len(part.index)], strict=True):
        if stop > start:
            yield part.cut(start, stop)


def read(part: Mapping[str, pd.DataFrame], layout: Layout) -> Block:
    """The frames of a shard as arrays."""
    futures = part["futures"]
    index = futures.index.to_numpy(np.int64)
    ok = (futures["status"] == "ok").to_numpy(bool)
    holds, against, determined = asked(part["claims"], index, layout.claims)
    played = played_of(part["strategies"], index, layout)
    return Block(
        index=index,
        weight=futures["weight"].to_numpy(float) * ok,
        varied=futures["varied"].to_numpy(bool) & ok,
        levels=drawn_levels(futures, layout),
        holds=holds,
        against=against,
        determined=determined,
        turned=part["turned"],
        **played._asdict(),
    )


def placed(frame: pd.DataFrame, index: NDArray[np.int64], keys: Sequence[Key], name: str) -> Any:
    """Row and column of each row of a long frame, and which rows have a place at all."""
    import pandas as pd

    columns = pd.MultiIndex.from_tuples(keys, names=Key._fields) if keys else None
    if columns is None or frame.empty:
        return np.empty(0, int), np.empty(0, int), np.zeros(len(frame), bool)
    column = columns.get_indexer(pd.MultiIndex.from_frame(frame[["view", name, "concept"]]))
    row = np.minimum(np.searchsorted(index, frame["future"]), len(index) - 1)
    known = (column >= 0) & (index[row] == frame["future"].to_numpy())
    return row[known], column[known], known


def asked(
    frame: pd.DataFrame, index: NDArray[np.int64], keys: Sequence[Key]
) -> tuple[Floats, Floats, Floats]:
    """Each claim in each future: whether it holds, against what, and whether it is determined."""
    holds, against, determined = (np.zeros((len(index), len(keys))) for _ in range(3))
    row, column, known = placed(frame, index, keys, "claim")
    frame = frame[known]
    counts = frame["determined"].to_numpy(float)
    for array, name in ((holds, "holds"), (against, "against")):
        array[row, column] = truth(frame[name]) * counts
    determined[row, column] = counts
    return holds, against, determined


def truth(column: pd.Series[Any]) -> Floats:
    """1 of what is true, else 0."""
    return np.asarray(column.to_numpy(dtype=bool, na_value=False), float)


def played_of(frame: pd.DataFrame, index: NDArray[np.int64], layout: Layout) -> Played:
    """Each strategy in each future."""
    shape = len(index), len(layout.strategies)
    row, column, known = placed(frame, index, layout.strategies, "strategy")
    frame = frame[known]
    attained = np.zeros(shape, bool)
    attained[row, column] = (frame["attainable"] > 0).to_numpy(dtype=bool, na_value=False)
    every, some = (np.zeros((*shape, len(layout.goals)), bool) for _ in range(2))
    for number, goal in enumerate(layout.goals):
        if (name := f"goal.{goal}") in frame:
            met = frame[name].to_numpy(dtype=object)
            every[row, column, number] = met == "every"
            some[row, column, number] = (met == "every") | (met == "some")
    best, worst = (np.full(shape, np.nan) for _ in range(2))
    for array, name in ((best, "best"), (worst, "worst")):
        array[row, column] = frame[name].to_numpy(dtype=float, na_value=np.nan)
    return Played(attained, every, some, unbeaten(best, worst, layout.strategies))


def unbeaten(best: Floats, worst: Floats, keys: Sequence[Key]) -> Bools:
    """Where no other strategy is better: all it attains at least as good, and some better."""
    result = np.ones(best.shape, bool)
    for group in dict.fromkeys((key.view, key.concept) for key in keys):
        columns = [c for c, key in enumerate(keys) if (key.view, key.concept) == group]
        for own in columns:
            for other in columns:
                better = (worst[:, other] >= best[:, own]) & (best[:, other] > worst[:, own])
                result[:, own] &= ~better
    return result


def drawn_levels(futures: pd.DataFrame, layout: Layout) -> Bools:
    """At which levels the factors stand, future by future."""
    result = np.zeros((len(futures), len(layout.levels)), bool)
    for column, level in enumerate(layout.levels):
        result[:, column] = at_level(futures[level.factor], level, layout)
    return result


def at_level(drawn: pd.Series[Any], level: Level, layout: Layout) -> Any:
    if level.factor in layout.edges:
        low, high = layout.edges[level.factor]
        return drawn <= low if level.name.startswith("lowest") else drawn >= high
    if level.name.endswith(FIRST):
        return (drawn.astype(str) + ">").str.startswith(level.name.removesuffix(FIRST) + ">")
    if drawn.dtype == bool:
        return drawn if level.name in ("yes", "held", "executed") else ~drawn
    return drawn == level.name
